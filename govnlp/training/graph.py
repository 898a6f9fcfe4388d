"""From a trained transformer pipeline to one that scores without torch: the encoder as an ONNX graph, in fp32 or int8."""

from __future__ import annotations

import io
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from govnlp.components.transformer.layer import set_encoder
from govnlp.components.transformer.pieces import load_pieces
from govnlp.errors import ConfigError, MissingDependency, OutputError
from govnlp.pipeline import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model

Precision = Literal["fp32", "int8"]
TRAINED, EXPORTED = "govnlp.TransformerEncoder.v1", "govnlp.GraphEncoder.v1"
TRAINABLE = "trainable"
"""The folder in an exported model that holds it as it was trained, to go on from."""
OPSET = 20


def export_pipeline(nlp: Language, precision: Precision = "int8") -> Language:
    """The same pipeline with its encoder exported; the stages are copied as they are.

    Raises `ConfigError` where its encoder is no transformer, `MissingDependency` without torch, onnx or onnxruntime.
    """
    from spacy.util import load_model_from_config

    name, encoder = encoder_of(nlp)
    with _quiet():
        graph = graph_of(encoder, precision)
    config = nlp.config.copy()
    block: dict[str, Any] = config["components"][name]["model"]
    chosen: dict[str, Any] = {
        "@architectures": EXPORTED,
        **{key: block[key] for key in ("width", "size", "context") if key in block},
    }
    config["components"][name]["model"] = chosen
    exported = load_model_from_config(config, auto_fill=True, meta=dict(nlp.meta))
    for pipe in nlp.pipe_names:
        stage, copied = _pipe(nlp, pipe), _pipe(exported, pipe)
        if pipe != name and hasattr(stage, "to_bytes"):
            copied.from_bytes(stage.to_bytes())
    exported.vocab.from_bytes(nlp.vocab.to_bytes())
    set_encoder(_pipe(exported, name).model, graph, load_pieces(encoder.attrs["pieces"]))
    exported.meta.update({key: nlp.meta[key] for key in ("name", "version")})
    return exported


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the exporters tell of packages and axes that no user can do anything about."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def can_export() -> bool:
    """Whether all that exporting needs is installed."""
    return all(find_spec(package) for package in ("torch", "onnx", "onnxscript", "onnxruntime"))


def _pipe(nlp: Language, name: str) -> Any:
    return nlp.get_pipe(name)


def encoder_of(nlp: Language) -> tuple[str, Model[Any, Any]]:
    """The name of the pipeline's transformer component, and its model. Raises `ConfigError` where it has none."""
    components: Mapping[str, Any] = nlp.config["components"]
    for name in nlp.pipe_names:
        block = components[name].get("model")
        if isinstance(block, Mapping) and block.get("@architectures") == TRAINED:
            return name, _pipe(nlp, name).model
    raise ConfigError("the model has no transformer encoder", advice="give one that was trained with --encoder")


def graph_of(encoder: Model[Any, Any], precision: Precision = "fp32") -> bytes:
    """The encoder as an ONNX graph, any number and length of windows. int8: weights of matrices and embeddings as 8-bit
    integers, the inputs of matrices quantised as they come (dynamically)."""
    graph = _export(_torch_module(encoder))
    return graph if precision == "fp32" else quantise(graph)


def _torch_module(encoder: Model[Any, Any]) -> Any:
    return encoder.layers[0].shims[0]._model


def _export(module: Any) -> bytes:
    try:
        import onnx
        import onnxscript  # noqa: F401  (torch's exporter needs it)
        import torch
    except ImportError as error:
        raise MissingDependency(f"exporting needs {error.name}", advice='pip install "govnlp[transformer]"') from error
    was_training = module.training
    module.eval()
    ids = torch.from_numpy(np.full((2, 24), 3, np.int64))
    windows, length = torch.export.Dim("windows", min=1), torch.export.Dim("length", min=2, max=4096)
    try:
        with torch.no_grad():
            program = torch.onnx.export(
                module,
                (ids, torch.ones_like(ids)),
                dynamo=True,
                input_names=["ids", "mask"],
                output_names=["vectors"],
                dynamic_shapes=({0: windows, 1: length}, {0: windows, 1: length}),
                opset_version=OPSET,
                verbose=False,
            )
    finally:
        module.train(was_training)
    out = io.BytesIO()
    onnx.save(without_traces(program.model_proto), out)
    return out.getvalue()


def without_traces(proto: Any) -> Any:
    """The graph without the exporter's notes, which name files of the machine that it ran on."""
    functions = list(proto.functions)
    for part in (proto, proto.graph, *functions, *proto.graph.node, *(n for f in functions for n in f.node)):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for value in (*proto.graph.value_info, *proto.graph.input, *proto.graph.output, *proto.graph.initializer):
        value.ClearField("metadata_props")
    return proto


def quantise(graph: bytes) -> bytes:
    """The graph with int8 weights. Raises `MissingDependency` without onnx and onnxruntime."""
    try:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic
    except ImportError as error:
        raise MissingDependency(f"int8 needs {error.name}", advice='pip install "govnlp[transformer]"') from error
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "int8.onnx"
        quantize_dynamic(
            onnx.load_from_string(graph),
            target,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=False,
        )
        return target.read_bytes()


def write_exported(nlp: Language, out: Path, precision: Precision = "int8") -> None:
    """Write a pipeline with its encoder exported, and in `TRAINABLE` as it is. Raises as `export_pipeline`."""
    exported = export_pipeline(nlp, precision)
    out.mkdir(parents=True, exist_ok=True)
    exported.to_disk(out, exclude=["vocab"])
    nlp.to_disk(out / TRAINABLE, exclude=["vocab"])


def trainable(model: Path) -> Path:
    """The folder to train on from: that in an exported model which holds it as it was trained; else the model itself."""
    kept = model / TRAINABLE
    return kept if (kept / "config.cfg").is_file() else model


def export_folder(model: Path, out: Path, precision: Precision = "int8") -> Path:
    """Write the model folder `model` (one as trained, or exported) to `out` with its encoder exported; what else is in it (ratings,
    scores, card) goes along.

    Raises as `export_pipeline`, and `OutputError` where `out` holds a model already.
    """
    if (out / "config.cfg").is_file():
        raise OutputError("a model is there already", source=str(out), advice="give another folder, or remove it")
    write_exported(load_pipeline(trainable(model)), out, precision)
    for file in sorted(p for p in model.iterdir() if p.is_file() and not (out / p.name).exists()):
        shutil.copy2(file, out / file.name)
    return out
