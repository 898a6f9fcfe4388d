"""Transformer encoders in the place of the small convolutional one: a spaCy `tok2vec` model that gives a vector for each character.

`pieces` turns text into what an encoder reads, `windows` cuts long texts, `layer` holds the architectures that a config names,
`modules` the torch networks (our own character encoder, and any of Hugging Face), `graph` runs an exported encoder by ONNX Runtime.
torch is imported by training only; a model with an exported encoder needs onnxruntime.
"""
