"""Ratings are fitted on reports of both splits, and a report is measured by models that do not know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from govnlp.corpus.labelled import LabelledReport
from govnlp.document import Finding, Report, Sentence, Source
from govnlp.scoring.ratings import rating_features
from govnlp.training.rating import FEATURES, fit_ratings
from tests.training.reports import report

pytest.importorskip("sklearn")

Rows = Sequence[Mapping[str, float]]


def rated(n: int, rating: int | None, elements: float, prefix: str = "t") -> tuple[Rows, list[LabelledReport]]:
    """`n` reports alike, each a family of its own."""
    row = {name: 0.0 for names in FEATURES.values() for name in names} | {"expected_elements": elements, "share": 0.5}
    one = report(0)
    made = [
        replace(one, id=f"{prefix}{k}", family=f"{prefix}{k}", completeness=rating, boilerplate=None) for k in range(n)
    ]
    return [row] * n, made


def joined(*parts: tuple[Rows, list[LabelledReport]]) -> tuple[Rows, list[LabelledReport]]:
    return [row for rows, _ in parts for row in rows], [one for _, reports in parts for one in reports]


def test_the_reports_that_did_not_train_weigh_as_much_as_those_that_did() -> None:
    """Forty reports that trained say 2 where four others, seen alike, say 3."""
    train = joined(rated(40, 2, 13.0, "a"), rated(40, 4, 22.0, "b"))
    dev = joined(rated(4, 3, 13.0, "c"), rated(4, 4, 22.0, "d"))
    model = fit_ratings(*train, *dev).models["completeness"]
    p = model.probabilities(train[0][0])
    assert p[2] == pytest.approx(p[3], abs=0.1)
    assert model.rate(train[0][-1]) == 4


def test_a_development_report_is_rated_by_models_that_do_not_know_its_family() -> None:
    rows, reports = joined(rated(6, 2, 12.0, "c"), rated(1, 4, 22.0, "d"), rated(1, 4, 22.0, "e"))
    reports[6:] = [replace(r, family="copies") for r in reports[6:]]
    fitted = fit_ratings(*rated(9, 2, 12.0, "a"), rows, reports)
    whole = fitted.models["completeness"]
    assert whole.rate(rows[6]) == 4
    assert fitted.for_report("e0")["completeness"] == fitted.for_report("d0")["completeness"] != whole
    assert fitted.for_report("e0")["completeness"].rate(rows[6]) == 2, "no other report has more than 2"
    assert fitted.for_report("of another corpus") is fitted.models


def test_a_rating_that_no_report_has_is_not_fitted() -> None:
    assert set(fit_ratings(*rated(3, 2, 12.0, "a"), *rated(2, 3, 15.0, "c")).models) == {"completeness"}
    assert fit_ratings(*rated(3, None, 12.0, "a"), *rated(2, 3, 15.0, "c")).models == {}


@pytest.mark.parametrize(
    ("label", "score", "expected"),
    [
        ("specific", None, 1.0),
        ("specific", 0.7, 0.7),
        ("boilerplate", 0.7, 0.3),
        ("boilerplate", None, 0.0),
        ("statutory", 0.9, 0.0),
    ],
)
def test_how_likely_a_sentence_is_specific(label: str, score: float | None, expected: float) -> None:
    assert Sentence(0, 1, label, score).specific_probability == pytest.approx(expected)


def test_a_topic_has_facts_as_surely_as_one_of_its_sentences_is_specific() -> None:
    full = report(0).report
    doubt = replace(full, sentences=tuple(replace(s, label="boilerplate", score=0.6) for s in full.sentences))
    topics: Any = [
        full.section_at(s.start) for s in full.sentences if (full.section_at(s.start) or "")[:9] == "overview."
    ]
    expected = sum(1 - 0.6 ** topics.count(topic) for topic in set(topics))
    values = rating_features(doubt, ())
    assert values["expected_topics_with_facts"] == pytest.approx(expected)
    assert values["topics_with_facts"] == 0
    empty = Report(Source("", "", "text", ""), None, "other", None, "2021", (), (), (), {})
    assert rating_features(empty, ())["expected_topics_with_facts"] == 0


@pytest.mark.parametrize(("part", "empty"), [("problems", 1.0), ("other_matters", 0.0)])
def test_a_bare_none_in_part_six_is_no_empty_part(part: str, empty: float) -> None:
    full = report(0).report
    start = next(s.start for s in full.sections if s.id == part)
    finding = Finding("GD104", "error", "", ((start, start + 1),))
    values = rating_features(full, (finding,))
    assert (values["empty_part"], values["finding.GD104"]) == (empty, 1.0)
