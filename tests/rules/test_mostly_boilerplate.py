"""GD401: labels and their doubts decide together, and a share near the limit is told as such."""

from __future__ import annotations

from govnlp.document import Finding, Report, Section, Sentence, Source
from govnlp.rules import Context, rule_of

TEXT = "字" * 100


def found(filler: int, filler_score: float | None, fact_score: float | None = None) -> list[Finding]:
    """The findings of a report with `filler` of 100 characters labelled boilerplate, the others specific, with these probabilities."""
    sentences = (Sentence(0, filler, "boilerplate", filler_score), Sentence(filler, 100, "specific", fact_score))
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
    return rule_of("GD401").findings(report, Context(limits={"boilerplate_share": 0.7}))


def test_sure_labels_over_the_limit_fire() -> None:
    for scores in ((None, None), (0.99, 0.99)):
        (finding,) = found(75, *scores)
        assert finding.message == "叙述文字有75%是套话。"


def test_uncertain_labels_do_not() -> None:
    assert found(75, 0.6, 0.95) == []


def test_doubts_about_specific_sentences_count_too_and_are_told() -> None:
    (finding,) = found(68, 1.0, 0.8)
    assert finding.message == "叙述文字约有71%是套话，在70%的限值上下，请人工核对。"
    assert found(60, 1.0, 0.7) == []


def test_a_share_just_over_the_limit_is_told() -> None:
    (finding,) = found(72, 1.0)
    assert "72%" in finding.message
    assert "人工核对" in finding.message
