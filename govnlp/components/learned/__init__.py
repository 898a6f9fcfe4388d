"""Trained stages: one encoder of characters, and one generic component that labels candidate spans for every task.

`encoder` turns a document into a vector for each character, `network` labels spans from those vectors and from the rules' own
scores, `component` is the spaCy component around it, `task` says what a task has to bring.
"""
