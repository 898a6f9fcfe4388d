"""Fits the ratings of a whole report with scikit-learn, by ordinal logistic steps; what is saved are plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import MissingDependency
from govnlp.evaluation import quadratic_kappa
from govnlp.pipeline import Scorer
from govnlp.scoring.ratings import FILE, RATINGS, OrdinalModel, rating_features
from govnlp.training.data import source_of_report

GRADES = 5
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
"""Inverse strengths of regularisation to choose from, by the development split."""
FEATURES: Mapping[str, tuple[str, ...]] = {
    "boilerplate": ("share", "expected_share", "specific", "boilerplate", "overview_specific"),
    "completeness": (
        *(
            "definition",
            "expected_elements",
            "topics_with_facts",
            "parts",
            "overview_length",
            "overview_specific",
            "claims",
        ),
        *(f"finding.{code}" for code in ("GD101", "GD102", "GD103", "GD104", "GD405")),
    ),
}
"""The features of each rating. More of them (each element, say) agree better on the training split, and worse elsewhere."""


def need_sklearn() -> None:
    """Raises `MissingDependency` where scikit-learn is not installed."""
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise MissingDependency(
            "scikit-learn is needed to train ratings", advice='install it: pip install "govnlp[train]"'
        ) from error


def rating_rows(scorer: Scorer, reports: Sequence[LabelledReport]) -> list[dict[str, float]]:
    """The features of each report as the model sees it."""
    rows = []
    for labelled in reports:
        report = scorer.analyse(source_of_report(labelled))
        rows.append(rating_features(report, scorer.judge(report).findings))
    return rows


def fit_ratings(
    train_rows: Sequence[Mapping[str, float]],
    train_reports: Sequence[LabelledReport],
    dev_rows: Sequence[Mapping[str, float]],
    dev_reports: Sequence[LabelledReport],
) -> dict[str, OrdinalModel]:
    """A model for each rating. The regularisation is what agrees best with the development split's ratings.

    Raises `MissingDependency` without scikit-learn.
    """
    need_sklearn()
    out = {}
    for name in RATINGS:
        rows, y = _known(name, train_rows, train_reports)
        check, want = _known(name, dev_rows, dev_reports)
        models = [_fit(rows, y, FEATURES[name], c) for c in STRENGTHS]
        out[name] = models[max((_agreement(m, check, want), -k) for k, m in enumerate(models))[1] * -1]
    return out


def _known(
    name: str, rows: Sequence[Mapping[str, float]], reports: Sequence[LabelledReport]
) -> tuple[list[Mapping[str, float]], list[int]]:
    pairs = [(row, getattr(r, name)) for row, r in zip(rows, reports, strict=True) if getattr(r, name) is not None]
    return [row for row, _ in pairs], [int(y) for _, y in pairs]


def _fit(rows: Sequence[Mapping[str, float]], y: Sequence[int], names: tuple[str, ...], c: float) -> OrdinalModel:
    from sklearn.linear_model import LogisticRegression

    x = np.array([[row[f] for f in names] for row in rows])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    z = (x - mean) / scale
    weights, bias = [], []
    for k in range(GRADES - 1):
        above = np.array(y) > k
        if above.all() or not above.any():
            weights.append([0.0] * len(names))
            bias.append(6.0 if above.all() else -6.0)
            continue
        model = LogisticRegression(C=c, max_iter=2000).fit(z, above)
        weights.append([float(w) for w in model.coef_[0]])
        bias.append(float(model.intercept_[0]))
    return OrdinalModel(
        names,
        tuple(float(m) for m in mean),
        tuple(float(s) for s in scale),
        tuple(tuple(row) for row in weights),
        tuple(bias),
    )


def _agreement(model: OrdinalModel, rows: Sequence[Mapping[str, float]], y: Sequence[int]) -> tuple[float, float]:
    """Quadratic kappa, then the likelihood."""
    kappa = quadratic_kappa([(k, model.rate(row)) for row, k in zip(rows, y, strict=True)]) or 0.0
    likely = float(np.mean([np.log(max(1e-4, model.probabilities(row)[k])) for row, k in zip(rows, y, strict=True)]))
    return round(kappa, 3), likely


def save_ratings(folder: Path, models: Mapping[str, OrdinalModel]) -> None:
    """Write the models' numbers as JSON into a model folder."""
    plain: dict[str, Any] = {
        name: {
            "features": list(m.features),
            "mean": [round(v, 6) for v in m.mean],
            "scale": [round(v, 6) for v in m.scale],
            "weights": [[round(w, 6) for w in row] for row in m.weights],
            "bias": [round(b, 6) for b in m.bias],
        }
        for name, m in models.items()
    }
    (folder / FILE).write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", "utf-8")
