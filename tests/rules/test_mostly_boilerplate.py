"""GD401: labels that are nearly even do not decide."""

from __future__ import annotations

from dataclasses import replace

from govnlp.document import Report, Section, Sentence, Source
from govnlp.rules import Context, rule_of

TEXT = "字" * 100


def codes(filler_score: float | None, fact_score: float | None = None) -> list[str]:
    sentences = (Sentence(0, 75, "boilerplate", filler_score), Sentence(75, 100, "specific", fact_score))
    report = Report(
        Source("r.txt", "", "text", TEXT),
        "柳庄镇人民政府",
        "township",
        2023,
        "2021",
        (Section("overview", 0, 100),),
        sentences,
        (),
        {},
    )
    return [f.code for f in rule_of("GD401").findings(report, Context(limits={"boilerplate_share": 0.7}))]


def test_sure_labels_over_the_limit_fire() -> None:
    assert codes(None) == ["GD401"]
    assert codes(0.99, 0.9) == ["GD401"]


def test_uncertain_labels_do_not() -> None:
    assert codes(0.6, 0.95) == []


def test_the_labels_themselves_must_be_over_the_limit() -> None:
    base = Report(
        Source("r.txt", "", "text", TEXT), None, "other", None, "2021", (Section("overview", 0, 100),), (), (), {}
    )
    even = replace(base, sentences=(Sentence(0, 60, "boilerplate", 1.0), Sentence(60, 100, "specific", 0.5)))
    assert rule_of("GD401").findings(even, Context(limits={"boilerplate_share": 0.7})) == []
