"""Exact alignment: shares and passages of both sides."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.boilerplate.align import align
from govnlp.boilerplate.mask import mask, masked_narrative
from tests.boilerplate.make_reports import HERDING, SCHOOL, WATER, make_report


def texts(report: object, other: object) -> list[tuple[str, str]]:
    from govnlp.document import Report

    assert isinstance(report, Report)
    assert isinstance(other, Report)
    found = align(masked_narrative(report), masked_narrative(other))
    return [(report.span(a, b), other.span(c, d)) for a, b, c, d in found.passages]


def test_a_copy_with_swapped_names_years_and_numbers_is_whole() -> None:
    ours = make_report("青云县白石镇人民政府", 2023, WATER, own="白石镇", n=12)
    theirs = make_report("丰川县黑水乡人民政府", 2020, WATER, own="黑水乡", n=3401)
    found = align(masked_narrative(ours), masked_narrative(theirs))
    assert (found.share, found.other_share) == (1.0, 1.0)
    here, there = "".join(x for x, _ in texts(ours, theirs)), "".join(x for _, x in texts(ours, theirs))
    assert here.startswith("2023年，白石镇在汛期")
    assert there.startswith("2020年，黑水乡在汛期")


def test_half_a_copy() -> None:
    ours = make_report(sentences=(*WATER[:2], *SCHOOL[:2]))
    theirs = make_report("丰川县黑水乡人民政府", 2023, (*SCHOOL[:2], *HERDING), own="黑水乡")
    found = align(masked_narrative(ours), masked_narrative(theirs))
    assert 0.4 < found.share < 0.6
    assert 0.2 < found.other_share < 0.45
    assert [here[:6] for here, _ in texts(ours, theirs)] == ["白石镇小学招"]


def test_unrelated_reports_share_nothing() -> None:
    found = align(masked_narrative(make_report()), masked_narrative(make_report(sentences=HERDING)))
    assert (found.share, found.passages) == (0.0, ())


def test_a_swapped_word_does_not_part_a_passage() -> None:
    a, b = "张三同志负责把公开栏搬到村口的大槐树下面去。", "李四光同志负责把公开栏搬到村口的老槐树下面去。"
    found = align(mask(a), mask(b))
    assert [(a[s:e], b[x:y]) for s, e, x, y in found.passages] == [(a[2:15], b[3:16])]
    longer = mask(a + a[2:]), mask(b + b[3:])
    assert align(*longer).share > 0.5


def test_a_passage_ends_at_a_table() -> None:
    body = "集镇供水管网改造的施工进度按周贴在施工围挡上"
    table = "\t".join("0" * 20)
    a = f"{body}\n{table}\n水费收缴底册由会计每季度抄写一遍"
    found = align(mask(a), mask(a))
    assert [a[s:e] for s, e, _, _ in found.passages] == [body, "水费收缴底册由会计每季度抄写一遍"]


def test_a_text_that_repeats_itself_is_counted_once() -> None:
    once = "各村把财务收支账目张贴在公示栏内接受监督"
    found = align(mask(once * 5), mask(once))
    assert found.other_share == 1.0
    assert abs(found.share - 0.2) < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="公开信息条例政府网站", max_size=80), st.text(alphabet="公开信息条例政府网站", max_size=80))
def test_both_sides_agree(a: str, b: str) -> None:
    x, y = mask(a), mask(b)
    found = align(x, y)
    assert 0 <= found.share <= 1
    assert 0 <= found.other_share <= 1
    assert abs(found.share * len(x.text) - found.other_share * len(y.text)) < 1e-6
    assert found.turned().turned() == found
    assert all(a[s:e] and b[u:v] for s, e, u, v in found.passages)
