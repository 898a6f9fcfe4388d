"""How sure a stage may say it is: one temperature for each, fitted on the development split, and how well that holds elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from govnlp.components.learned.component import GOLD_KEY, SpanClassifier
from govnlp.components.learned.task import Floats, sigmoid_logs, softmax_logs
from govnlp.training.build import ENCODER
from govnlp.training.trainer import answers_of, stages_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

TEMPERATURES = tuple(float(t) for t in np.round(np.geomspace(0.4, 6.0, 41), 3))


@dataclass(frozen=True, slots=True)
class Reliability:
    """`ece`: expected calibration error; `bins`: (from, to, mean confidence, share right, n) of ten bins, those with any."""

    ece: float
    bins: tuple[tuple[float, float, float, float, int], ...]


def calibrate(nlp: Language, dev: Sequence[Example]) -> None:
    """Set each trained stage's temperature to what makes the right answers of `dev` likeliest."""
    for name, (logits, targets) in answers_of(nlp, dev).items():
        stage = stages_of(nlp)[name]
        one = stage.task.kind == "one"
        stage.cfg["temperature"] = min((_surprise(logits / t, targets, one), t) for t in TEMPERATURES)[1]


def _surprise(logits: Floats, targets: Floats, one: bool) -> float:
    if one:
        return -float((targets * softmax_logs(logits)).sum())
    return -float((targets * sigmoid_logs(logits) + (1 - targets) * sigmoid_logs(-logits)).sum())


def reliability(nlp: Language, examples: Sequence[Example]) -> dict[str, Reliability]:
    """For each trained stage how its confidence compares with how often it is right."""
    out = {}
    for name, (logits, targets) in answers_of(nlp, examples).items():
        stage = stages_of(nlp)[name]
        scaled = logits / stage.cfg["temperature"]
        if stage.task.kind == "one":
            sure = np.exp(softmax_logs(scaled).max(axis=1))
            right = scaled.argmax(axis=1) == targets.argmax(axis=1)
        else:
            p = np.exp(sigmoid_logs(scaled)).ravel()
            sure = np.maximum(p, 1 - p)
            right = (p > 0.5) == (targets.ravel() > 0.5)
        out[name] = _reliability(sure, right)
    return out


def _reliability(sure: np.ndarray, right: np.ndarray, n_bins: int = 10) -> Reliability:
    where = np.minimum((sure * n_bins).astype(int), n_bins - 1)
    bins, ece = [], 0.0
    for k in range(n_bins):
        inside = where == k
        n = int(inside.sum())
        if n:
            mean, share = float(sure[inside].mean()), float(right[inside].mean())
            ece += n / len(sure) * abs(mean - share)
            bins.append((k / n_bins, (k + 1) / n_bins, round(mean, 4), round(share, 4), n))
    return Reliability(round(ece, 4), tuple(bins))


def tune(nlp: Language, dev: Sequence[Example]) -> None:
    """Choose the decoding settings of stages whose task offers several (`GRID`), by what it makes of `dev` (`judge`)."""
    encoder: Any = nlp.get_pipe(ENCODER)
    for stage in stages_of(nlp).values():
        grid = getattr(stage.task, "GRID", None)
        if not grid:
            continue
        found = []
        for example in dev:
            doc = example.predicted
            doc.tensor = encoder.model.predict([doc])[0]
            found.append((example, *stage.predict([doc])[0]))
            doc.tensor = np.zeros((0, 0), np.float32)
        choices = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
        scored = [(_right(stage, found, settings), -k) for k, settings in enumerate(choices)]
        stage.cfg["settings"] = choices[-max(scored)[1]]


def _right(stage: SpanClassifier, found: Sequence[tuple], settings: dict[str, float]) -> float:
    total = 0.0
    for example, proposals, logits in found:
        doc = example.predicted
        kept = dict(doc.user_data)
        stage.task.write(doc, proposals, stage.logs(logits), settings)
        total += stage.task.judge(doc, example.reference.user_data[GOLD_KEY])  # type: ignore[attr-defined]
        doc.user_data.update(kept)
    return total
