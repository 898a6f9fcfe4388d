"""A small pipeline with two trained stages for tests of training, and a look at its weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from govnlp.training.build import build_pipeline
from govnlp.training.data import make_examples
from tests.training.reports import reports

SMALL = {"@architectures": "govnlp.CharEncoder.v2", "width": 16, "rows": 512, "longest": 3}
STAGES = ("sentences", "elements")


def small(stages: tuple[str, ...] = STAGES) -> tuple[Any, list[Any], list[Any]]:
    """The pipeline, its examples to train on, and those to check with."""
    nlp = build_pipeline(stages, encoder=SMALL, hidden=16)
    return nlp, make_examples(nlp, reports(6)), make_examples(nlp, reports(9)[6:])


def weights(nlp: Any) -> dict[str, np.ndarray]:
    out = {}
    for name, pipe in nlp.pipeline:
        if hasattr(pipe, "model"):
            for k, node in enumerate(pipe.model.walk()):
                out.update({f"{name}{k}{p}": np.array(node.get_param(p)) for p in node.param_names})
    return out
