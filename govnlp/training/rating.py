"""Fits the ratings of a whole report with scikit-learn, by ordinal logistic steps; what is saved are plain numbers.

The stages answer for the reports that they were trained on better than for any other: their elements are counted twice as exactly as in a
new report. Steps fitted on such reports alone trust a count more than they should. So the reports of the development split, which the
stages were not trained on, weigh as much as all those of the training split.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.splits import family_of
from govnlp.errors import MissingDependency
from govnlp.pipeline import Scorer
from govnlp.scoring.ratings import FILE, RATINGS, OrdinalModel, RatingModel, rating_features
from govnlp.training.data import source_of_report

GRADES = 5
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
"""Inverse strengths of regularisation to choose from."""
FOLDS = 5
FEATURES: Mapping[str, tuple[str, ...]] = {
    "boilerplate": ("share", "expected_share", "finding.GD405"),
    "completeness": (
        *(
            "definition",
            "expected_elements",
            "elements_below_12",
            "elements_past_18",
            "expected_topics_with_facts",
            "parts",
            "overview_length",
            "overview_facts",
            "claims",
            "empty_part",
        ),
        *(f"finding.{code}" for code in ("GD101", "GD102", "GD103", "GD104", "GD405", "GD406")),
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


@dataclass(frozen=True, slots=True)
class FittedRatings:
    """The rating models, and for each development report (by id) those that were fitted without it and its family."""

    models: RatingModel
    unseen: Mapping[str, RatingModel]

    def for_report(self, name: str) -> RatingModel:
        """The models that a report may be measured with."""
        return self.unseen.get(name, self.models)


def fit_ratings(
    train_rows: Sequence[Mapping[str, float]],
    train_reports: Sequence[LabelledReport],
    dev_rows: Sequence[Mapping[str, float]],
    dev_reports: Sequence[LabelledReport],
) -> FittedRatings:
    """A model for each rating that some training report has, of the regularisation under which development reports are likeliest by models fitted
    without them.

    Raises `MissingDependency` without scikit-learn.
    """
    need_sklearn()
    train = list(zip(train_rows, train_reports, strict=True))
    dev = list(zip(dev_rows, dev_reports, strict=True))
    folds = _folds(dev)
    models: dict[str, OrdinalModel] = {}
    unseen: dict[str, dict[str, OrdinalModel]] = {labelled.id: {} for _, labelled in dev}
    for name in RATINGS:
        if not _known(train, name):
            continue
        tried = [[(_fit(train, rest, name, c), fold) for rest, fold in folds] for c in STRENGTHS]
        best = max(range(len(STRENGTHS)), key=lambda k: (_likelihood(tried[k], name), -k))
        models[name] = _fit(train, dev, name, STRENGTHS[best])
        for model, fold in tried[best]:
            for _, labelled in fold:
                unseen[labelled.id][name] = model
    return FittedRatings(models, unseen)


_Rated = tuple[Mapping[str, float], LabelledReport]


def _folds(rated: Sequence[_Rated]) -> list[tuple[list[_Rated], list[_Rated]]]:
    """The reports without one part, and that part, for up to `FOLDS` parts; a family stands in one of them."""
    families = sorted({family_of(labelled) for _, labelled in rated})
    place = {family: k % FOLDS for k, family in enumerate(families)}
    where = [(place[family_of(labelled)], (row, labelled)) for row, labelled in rated]
    return [([x for k, x in where if k != part], [x for k, x in where if k == part]) for part in set(place.values())]


def _fit(train: Sequence[_Rated], unseen: Sequence[_Rated], name: str, c: float) -> OrdinalModel:
    """One rating's model; the reports of `unseen` weigh together as much as those of `train`. A report without a label is left out."""
    from sklearn.linear_model import LogisticRegression

    train, unseen = _known(train, name), _known(unseen, name)
    y = np.array([getattr(labelled, name) for _, labelled in (*train, *unseen)])
    weight = np.repeat([1.0, len(train) / max(1, len(unseen))], [len(train), len(unseen)])
    x = np.array([[row[f] for f in FEATURES[name]] for row, _ in (*train, *unseen)])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    z = (x - mean) / scale
    weights, bias = [], []
    for k in range(GRADES - 1):
        above = y > k
        if above.all() or not above.any():
            weights.append([0.0] * len(FEATURES[name]))
            bias.append(6.0 if above.all() else -6.0)
            continue
        model = LogisticRegression(C=c, max_iter=2000).fit(z, above, sample_weight=weight)
        weights.append([float(w) for w in model.coef_[0]])
        bias.append(float(model.intercept_[0]))
    return OrdinalModel(
        FEATURES[name],
        tuple(float(m) for m in mean),
        tuple(float(s) for s in scale),
        tuple(tuple(row) for row in weights),
        tuple(bias),
    )


def _known(rated: Sequence[_Rated], name: str) -> list[_Rated]:
    return [x for x in rated if getattr(x[1], name) is not None]


def _likelihood(tried: Sequence[tuple[OrdinalModel, Sequence[_Rated]]], name: str) -> float:
    """The mean logarithm of the probability that the labels of reports have by the model fitted without them."""
    found = [
        np.log(max(1e-4, model.probabilities(row)[getattr(labelled, name)]))
        for model, fold in tried
        for row, labelled in _known(fold, name)
    ]
    return float(np.mean(found)) if found else 0.0


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
