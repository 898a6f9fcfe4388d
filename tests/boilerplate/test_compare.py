"""Who copied from whom in a batch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govnlp.boilerplate.compare import Comparison
from govnlp.boilerplate.fingerprint import fingerprint
from govnlp.boilerplate.mask import mask
from govnlp.document import Copy, Report
from tests.boilerplate.make_reports import HERDING, SCHOOL, WATER, make_report

OURS = make_report("青云县白石镇人民政府", 2023, WATER, own="白石镇")
THEIRS = make_report("丰川县黑水乡人民政府", 2023, WATER, own="黑水乡", n=77)
LAST_YEAR = make_report("甘泉市青云县白石镇人民政府", 2022, WATER, own="白石镇", n=5)
OTHER = make_report("青云县雪岭乡人民政府", 2023, HERDING, own="雪岭乡")
UNRELATED_LAST_YEAR = make_report("青云县白石镇人民政府", 2022, SCHOOL, own="白石镇")


def compare(*reports: Report, known: tuple[Report, ...] = ()) -> Comparison:
    return Comparison([fingerprint(r) for r in reports], lambda n: reports[n], [fingerprint(r) for r in known])


def told(copies: tuple[Copy, ...]) -> list[tuple[str, str, float]]:
    return [(c.kind, c.other, c.share) for c in copies]


def test_peers_of_one_year_are_each_others_copies() -> None:
    found = compare(OURS, OTHER, THEIRS)
    assert told(found.copies(0)) == [("peer", "丰川县黑水乡人民政府", 1.0)]
    assert told(found.copies(2)) == [("peer", "青云县白石镇人民政府", 1.0)]
    assert found.copies(1) == ()


def test_the_passages_of_both_sides_say_the_same() -> None:
    (copy,) = compare(OURS, THEIRS).copies(0)
    assert copy.other_source == THEIRS.source.name
    for a, b, c, d in copy.passages:
        here, there = OURS.span(a, b), THEIRS.span(c, d)
        assert here != there
        assert mask(here, OURS.agency).text == mask(there, THEIRS.agency).text


def test_the_agencys_own_last_report_under_a_longer_name() -> None:
    found = compare(OURS, LAST_YEAR, OTHER)
    assert found.previous(0) == LAST_YEAR
    assert told(found.copies(0)) == [("previous", "甘泉市青云县白石镇人民政府2022年", 1.0)]
    assert found.copies(1) == ()  # the earlier one is the original
    assert found.previous(1) is None


def test_last_years_report_that_was_not_copied() -> None:
    found = compare(OURS, UNRELATED_LAST_YEAR)
    assert found.previous(0) == UNRELATED_LAST_YEAR
    assert found.copies(0) == ()


def test_a_peers_report_of_an_earlier_year_is_the_original() -> None:
    earlier = make_report("丰川县黑水乡人民政府", 2021, WATER, own="黑水乡")
    found = compare(OURS, earlier)
    assert told(found.copies(0)) == [("peer", "丰川县黑水乡人民政府", 1.0)]
    assert found.copies(1) == ()


def test_the_other_publication_date_is_told() -> None:
    (copy,) = compare(OURS, replace(THEIRS, published="2024-01-20")).copies(0)
    assert copy.other_published == "2024-01-20"


@pytest.mark.parametrize("other", [OURS, replace(OURS, published="2024-02-01"), make_report(n=13)])
def test_the_same_report_twice_is_no_copy(other: Report) -> None:
    assert compare(OURS, other).copies(0) == ()


def test_a_report_without_an_agency_is_a_peer() -> None:
    nameless = replace(THEIRS, agency=None)
    assert told(compare(OURS, nameless).copies(0)) == [("peer", THEIRS.source.name, pytest.approx(1.0, abs=0.2))]


def test_a_passage_in_otherwise_different_reports() -> None:
    ours = make_report(sentences=(*SCHOOL, *WATER[:2]))
    theirs = make_report("丰川县黑水乡人民政府", 2023, (*HERDING, *WATER[:2]), own="黑水乡")
    (copy,) = compare(ours, theirs).copies(0)
    assert 0.2 < copy.share < 0.5


def test_two_years_back() -> None:
    old = make_report("青云县白石镇人民政府", 2021, WATER, own="白石镇", n=50)
    found = compare(OURS, UNRELATED_LAST_YEAR, old)
    assert told(found.copies(0)) == [("previous", "青云县白石镇人民政府2021年", 1.0)]


def test_a_report_that_only_a_profile_knows() -> None:
    (copy,) = compare(OURS, known=(THEIRS, OTHER)).copies(0)
    assert (copy.kind, copy.other, copy.passages, copy.other_source) == ("peer", "丰川县黑水乡人民政府", (), "")
    assert copy.share > 0.9


def test_a_profile_does_not_tell_a_report_of_itself() -> None:
    assert compare(OURS, known=(OURS, make_report(n=99))).copies(0) == ()


def test_a_short_narrative_is_not_compared() -> None:
    short = make_report(sentences=WATER[:1])
    assert compare(short, make_report("丰川县黑水乡人民政府", 2023, WATER[:1], own="黑水乡")).copies(0) == ()


def test_neighbours_are_those_that_the_text_names() -> None:
    foreign = make_report(sentences=(*SCHOOL, "黑水乡政府今年把村务公开栏换成了不锈钢的。"))
    found = compare(foreign, THEIRS, OTHER)
    assert found.neighbours(foreign) == ("丰川县黑水乡人民政府",)
    assert found.neighbours(OTHER) == ()


def test_many_reports_of_one_template_stay_bounded() -> None:
    same = [
        make_report(f"青云县{a}{b}镇人民政府", 2023, WATER, own=f"{a}{b}镇")
        for a in "东南西北中"
        for b in "山水田林路湖"
    ]
    found = compare(*same)
    numbers = [len(found.copies(n)) for n in range(len(same))]
    assert min(numbers) >= 1
    assert max(numbers) <= 14
