"""Trained ratings of a whole report, 0 to 4: ordinal logistic steps over what the stages found, read from a JSON file of numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, isfinite, log
from pathlib import Path
from typing import Any

from govnlp.document import Finding, Report, Source
from govnlp.errors import ConfigError
from govnlp.schema import ELEMENTS, NARRATIVE_SECTIONS, PARTS, TOPICS
from govnlp.scoring.definitions import completeness_rating

FILE = "ratings.json"
RATINGS = ("completeness", "boilerplate")


@dataclass(frozen=True, slots=True)
class OrdinalModel:
    """P(rating > k) = logistic(bias[k] + weights[k] · z), z the features less `mean` over `scale`; `features` their names, in order."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]

    def probabilities(self, values: Mapping[str, float]) -> list[float]:
        """The probability of each rating, 0 to 4."""
        z = [(values[f] - m) / s for f, m, s in zip(self.features, self.mean, self.scale, strict=True)]
        above = [
            1 / (1 + exp(-max(-30.0, min(30.0, b + sum(w * x for w, x in zip(row, z, strict=True))))))
            for row, b in zip(self.weights, self.bias, strict=True)
        ]
        for k in range(1, len(above)):  # the steps are fitted one by one: keep them in order
            above[k] = min(above[k], above[k - 1])
        return [a - b for a, b in zip([1.0, *above], [*above, 0.0], strict=True)]

    def rate(self, values: Mapping[str, float]) -> int:
        """The median rating: what the measure of agreement punishes least."""
        total = 0.0
        for rating, p in enumerate(self.probabilities(values)):
            total += p
            if total >= 0.5:
                return rating
        return len(self.bias)


RatingModel = Mapping[str, OrdinalModel]
"""Rating name (`RATINGS`) to its model."""


def rating_features(report: Report, findings: Sequence[Finding]) -> dict[str, float]:
    """What a rating may depend on, by name; every value is finite whatever the report holds."""
    size = report.label_sizes()
    told = size["specific"] + size["boilerplate"]
    places = [(s, report.section_at(s.start) or "") for s in report.sentences]
    overview = [(s, place) for s, place in places if place.startswith("overview")]
    present = {e.id for e in report.elements if e.present}
    sections = {s.id.partition(".")[0] for s in report.sections}
    topics = {place for _, place in overview} & set(TOPICS)
    with_facts = {place for s, place in overview if s.label == "specific"} & set(TOPICS)
    without_facts = dict.fromkeys(topics, 1.0)  # the probability that no sentence of a topic is specific
    for s, place in overview:
        if place in topics:
            without_facts[place] *= 1 - s.specific_probability
    elements = sum(float(e.present) if e.score is None else e.score for e in report.elements)
    narrative = sum(s.end - s.start for s in report.sections if s.id in NARRATIVE_SECTIONS and s.id != "preamble")
    codes = {f.code for f in findings}
    empty = {report.section_at(start) or "" for f in findings if f.code == "GD104" for start, _ in f.evidence}
    return {
        "definition": float(completeness_rating(report, findings)),
        "share": size["boilerplate"] / told if told else 0.5,
        "expected_share": report.expected_boilerplate() / told if told else 0.5,
        "specific": float(sum(s.label == "specific" for s in report.sentences)),
        "boilerplate": float(sum(s.label == "boilerplate" for s in report.sentences)),
        "overview_specific": float(sum(s.label == "specific" for s, _ in overview)),
        "overview_facts": log(1 + sum(s.specific_probability for s, _ in overview)),
        "overview_length": log(1 + sum(s.end - s.start for s, _ in overview)),
        "length": log(1 + narrative),
        "claims": log(1 + len(report.claims)),
        "claim_types": float(len({c.type for c in report.claims if c.value})),
        "elements": float(len(present)),
        "expected_elements": elements,
        "elements_below_12": max(0.0, 12 - elements),
        "elements_past_18": max(0.0, elements - 18),
        "parts": float(sum(p in sections for p in PARTS)),
        "topics": float(len(topics)),
        "topics_with_facts": float(len(with_facts)),
        "expected_topics_with_facts": sum(1 - p for p in without_facts.values()),
        "empty_part": float(any(not part.startswith("other_matters") for part in empty)),
        "pre2019": float(report.format == "pre2019"),
        **{f"element.{e}": float(e in present) for e in ELEMENTS},
        **{f"finding.{code}": float(code in codes) for code in ("GD101", "GD102", "GD103", "GD104", "GD405", "GD406")},
    }


def load_ratings(folder: Path) -> RatingModel | None:
    """The rating models of a model folder, None where it has none. Raises `ConfigError` where the file is broken."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {name: _model(raw[name]) for name in RATINGS if name in raw}
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"no rating model: {error}", source=str(path), advice="train the model again") from error


def _model(raw: Mapping[str, Any]) -> OrdinalModel:
    features = tuple(raw["features"])
    unknown = sorted(set(features) - _known_features())
    if unknown:
        raise ValueError(f"this version knows no feature {unknown[0]!r}")
    mean, scale, bias = _numbers(raw["mean"]), _numbers(raw["scale"]), _numbers(raw["bias"])
    weights = tuple(_numbers(row) for row in raw["weights"])
    sizes = {len(row) for row in (mean, scale, *weights)}
    if sizes != {len(features)} or len(bias) != len(weights) or min(scale, default=1.0) <= 0:
        raise ValueError("its numbers do not fit its features")
    return OrdinalModel(features, mean, scale, weights, bias)


def _numbers(raw: Sequence[float]) -> tuple[float, ...]:
    out = tuple(float(v) for v in raw)
    if not all(isfinite(v) for v in out):
        raise ValueError("not all of its numbers are finite")
    return out


@cache
def _known_features() -> frozenset[str]:
    """The names that `rating_features` has a value for, whatever the report."""
    empty = Report(Source("", "", "text", ""), None, "other", None, "2021", (), (), (), {})
    return frozenset(rating_features(empty, ()))
