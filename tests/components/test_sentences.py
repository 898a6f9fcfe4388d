"""Sentences: where they end, what is a heading, and what label they get."""

from __future__ import annotations

import pytest

from govnlp.components.sections.segment import segment
from govnlp.components.sentences.label import label_sentences
from govnlp.components.sentences.split import LONGEST, split_sentences
from govnlp.document import Claim, Section


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, segment(text))]


HEAD = "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n"


def test_headings_and_the_title_are_no_sentences() -> None:
    assert sentences(HEAD + "（一）主动公开\n登出通知。贴出公告！") == ["登出通知。", "贴出公告！"]


def test_an_inline_heading_belongs_to_the_sentence_after_it() -> None:
    assert sentences(HEAD + "（一）主动公开。登出通知。又贴出公告。\n（二）依申请公开。无人申请。") == [
        "（一）主动公开。登出通知。",
        "又贴出公告。",
        "（二）依申请公开。无人申请。",
    ]


def test_a_lead_in_of_a_list_is_a_sentence() -> None:
    text = HEAD + "（一）主动公开\n一是突出重点。登出通知。\n（二）依申请公开\n无人申请。"
    assert sentences(text)[:2] == ["一是突出重点。", "登出通知。"]


def test_semicolons_do_not_end_a_sentence() -> None:
    assert sentences(HEAD + "一是登出通知；二是贴出公告。")[-1:] == ["一是登出通知；二是贴出公告。"]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences(HEAD + "群众说“看得懂了。”干部说好。") == ["群众说“看得懂了。”", "干部说好。"]


def test_a_line_without_an_end_mark_is_a_sentence() -> None:
    assert sentences(HEAD + "（一）主动公开\n平台有网站、公示栏和微信群\n（二）依申请公开\n无人申请") == [
        "平台有网站、公示栏和微信群",
        "无人申请",
    ]


def test_tables_hold_no_sentences() -> None:
    text = HEAD + "登出通知。\n二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\n规章\t0\t0\n"
    assert sentences(text) == ["登出通知。"]


def label(sentence: str, section: str, *claims: tuple[str, str, float]) -> str:
    found = []
    for i, (text, kind, value) in enumerate(claims):
        at = sentence.index(text)
        found.append(Claim(f"c{i}", at, at + len(text), text, kind, value, "件"))
    spans = [(0, len(sentence))]
    return label_sentences(sentence, spans, [Section(section, 0, len(sentence))], found)[0].label


@pytest.mark.parametrize(
    ("sentence", "section", "expected"),
    [
        ("根据《中华人民共和国政府信息公开条例》规定，编制本报告。", "preamble", "statutory"),
        ("所列数据的统计期限为2023年1月1日至2023年12月31日。", "preamble", "statutory"),
        ("对本报告有疑问的，可拨打联系电话0712-1234567。", "preamble", "statutory"),
        ("没有其他需要报告的事项。", "other_matters", "statutory"),
        ("进一步提高认识，不断加强和完善信息公开工作，切实保障群众的知情权。", "overview", "boilerplate"),
        ("下一步将继续加大力度，推动工作再上新台阶。", "problems.improvements", "boilerplate"),
        ("“柳庄发布”公众号6月改版。", "overview.platform", "specific"),
        ("村务公示栏由党政办每周三更换，综治中心负责核对。", "overview.platform", "specific"),
    ],
)
def test_labels_by_wording(sentence: str, section: str, expected: str) -> None:
    assert label(sentence, section) == expected


def test_a_count_is_specific_and_a_bare_required_zero_is_statutory() -> None:
    assert label("全年公开信息35条。", "overview.proactive", ("35条", "info_published", 35)) == "specific"
    assert label("本年未收到申请。", "overview.on_request", ("未收到申请", "requests_received", 0)) == "statutory"
    assert label("全年发现错链0处。", "overview.management", ("0处", "corrections", 0)) == "specific"


def test_a_stretch_without_an_end_is_cut_where_a_clause_ends() -> None:
    found = sentences(HEAD + "登出通知，" * 500)
    assert max(map(len, found)) <= LONGEST
    assert "".join(found) == "登出通知，" * 500
    assert all(piece.endswith("，") for piece in found)


def test_a_stretch_without_any_mark_is_cut_too() -> None:
    assert [len(piece) for piece in sentences(HEAD + "年" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]
