"""Variants keep their labels true: each span still covers the same words."""

from __future__ import annotations

import random

import pytest

from govnlp.training import variants
from govnlp.training.variants import CHANGES, make_variants
from tests.training.reports import report, reports

_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789", " \u3000\n")


@pytest.mark.parametrize("change", CHANGES)
def test_every_span_still_covers_its_words(change: object) -> None:
    before = report(3).report
    after = variants._edited(before, change(before, random.Random(4)))  # type: ignore[operator]
    assert [c.text.translate(_PLAIN) for c in before.claims] == [c.text.translate(_PLAIN) for c in after.claims]
    assert all(after.text[c.start : c.end] == c.text for c in after.claims)
    for a, b in zip(before.sentences, after.sentences, strict=True):
        assert before.text[a.start : a.end].translate(_PLAIN)[-5:] == after.text[b.start : b.end].translate(_PLAIN)[-5:]
    assert [s.id for s in before.sections] == [s.id for s in after.sections]
    assert after.sections[-1].end == len(after.text)


def test_filler_with_a_fact_is_specific() -> None:
    labelled = report(0)
    joined = variants._join_sentences(labelled.report, random.Random(1))
    assert len(joined.text) == len(labelled.text)
    assert len(joined.sentences) <= len(labelled.report.sentences)
    starts = {s.start: s.label for s in labelled.report.sentences}
    for s in joined.sentences:
        inside = {label for start, label in starts.items() if s.start <= start < s.end}
        assert s.label == ("specific" if len(inside) > 1 else inside.pop())


def test_headings_left_out_leave_their_sections() -> None:
    before = report(1).report
    after = variants._edited(before, variants._drop_headings(before, random.Random(2)))
    assert "（一）主动公开" in before.text
    assert "（一）主动公开" not in after.text
    (section,) = after.of_section("overview.proactive")
    assert after.text[section.start : section.start + 7] == "全年在县政府网"


def test_the_seed_decides() -> None:
    one, same, other = (make_variants(reports(3), seed=s) for s in (1, 1, 2))
    assert [v.text for v in one] == [v.text for v in same]
    assert [v.text for v in one] != [v.text for v in other]
    assert [v.id for v in one] == ["t000~0", "t001~0", "t002~0"]
