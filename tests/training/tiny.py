"""A tiny transformer pipeline for tests, and the labelled reports that it learns from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govnlp.corpus.markup import parse
from govnlp.training.build import build_pipeline
from govnlp.training.data import make_examples
from govnlp.training.pretrain import Plan, pretrain
from tests.corpus.small_corpus import OTHER, report

TINY = Plan(steps=4, batch=2, length=32, width=16, layers=1, heads=2, inner=24)


def reports() -> list[Any]:
    return [parse(report(), name="t001.src"), parse(report("t002", **OTHER), name="t002.src")]


def pretrained(folder: Path) -> Path:
    return pretrain([r.text for r in reports()], folder / "encoder", TINY)


def transformer_pipeline(source: Path, width: int) -> tuple[Any, list[Any]]:
    """An initialised pipeline with the trained sentence stage on the encoder, and its examples."""
    encoder = {
        "@architectures": "govnlp.TransformerEncoder.v1",
        "width": width,
        "source": str(source),
        "size": 64,
        "context": 8,
    }
    nlp = build_pipeline(["sentences"], encoder=encoder)
    examples = make_examples(nlp, reports())
    nlp.initialize(lambda: examples)
    return nlp, examples


def vectors(nlp: Any, text: str) -> Any:
    return nlp.get_pipe("encoder").model.predict([nlp.make_doc(text)])[0]
