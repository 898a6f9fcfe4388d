"""The running text: what is left out of it, what is not, and that spans come back to where they stand."""

from __future__ import annotations

import pytest

from govnlp.components.flow import Flow
from govnlp.document import Claim, Element, Section, Sentence
from govnlp.pipeline import load
from govnlp.readers import read_string

LONG = "镇里把各办所报来的材料逐件看过，凡是该让群众知道的都及时贴到公示墙上"


def flow(text: str) -> Flow:
    return Flow(read_string("报告.txt", text))


@pytest.mark.parametrize(
    ("text", "running"),
    [
        (f"{LONG}，共2\n6张。", f"{LONG}，共26张。"),
        (f"{LONG}，共26\n\n多张。", f"{LONG}，共26多张。"),
        (f"{LONG}，并且\n{LONG}，没\n有遗漏。", f"{LONG}，并且{LONG}，没有遗漏。"),
        (f"{LONG}，共\n\n- 2 -\n\n26张。", f"{LONG}，共26张。"),
        (f"{LONG}。\n第 2 页 共 3 页\n共26张。", f"{LONG}。\n\n共26张。"),
        ("全年 贴出 26 张，其中 3 张是 2023 年 5 月补贴的， 没有遗漏，也没有贴错。", None),
        ("全年贴出\u300026张，其中３ 张是补贴的，\u00a0没有遗漏，也没有贴错地方，群众都看得见。", None),
    ],
)
def test_breaks_inside_a_sentence_and_loose_blanks_are_left_out(text: str, running: str | None) -> None:
    expected = running or "".join(text.split())
    assert flow(text).source.text == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}。\n下一句。",  # the sentence has ended
        f"{LONG}\n（二）依申请公开。无人申请。",  # an item begins
        f"{LONG}\n没有句号的一行",  # nothing says that it is one sentence
        "主动公开\n全年贴出26张。",  # a short line
        "（三）政府信息公开平台建设、政府信息公开查阅点建设以及政务新媒体的管理\n全年贴出26张。",  # a heading
        f"柳庄镇人民政府二〇二三年度政府信息公开和政务公开工作年度报告\n{LONG}。",  # the title
        f"{LONG}\n\n\n\n\n另起一段。",  # too far below
        f"{LONG}\n甲\t乙\n丙丁。",  # a table stands between
        "新收申请数量 3 1 0 0 0 0 4 上年结转申请数量 0 0 0 0 0 0 0",  # numbers in a row
        "一、总体情况 全年贴出26张。",  # the blank parts the heading from its text
        "See the web site www example org for the report of 2023 and 2024",  # no Chinese at the blank
    ],
)
def test_what_is_no_break_inside_a_sentence_stays(text: str) -> None:
    given = flow(text)
    assert given.source is given.origin


def test_spans_come_back_to_where_they_stand() -> None:
    text = f"总体情况\n{LONG}，共26\n\n多张。下一句 ， 说完。"
    given = flow(text)
    running = given.source.text
    at = running.index("26多张")
    (claim,) = given.restored([Claim("c1", at, at + 4, "26多张", "other", 26, "张", "at_least")])
    assert claim.text == text[claim.start : claim.end] == "26\n\n多张"
    end = running.index("。") + 1
    first, second = given.restored([Sentence(5, end, "specific"), Sentence(end, len(running), "boilerplate")])
    assert text[first.start : first.end].endswith("26\n\n多张。")
    assert text[second.start : second.end] == "下一句 ， 说完。"
    (section,) = given.restored([Section("overview", 0, len(running), 4)])
    assert (section.start, section.heading_end, section.end) == (0, 4, len(text))
    (element,) = given.restored_elements([Element("website", True, ((at, at + 3),))])
    assert text[slice(*element.evidence[0])] == "26\n\n多"


def test_both_ways_agree_at_every_offset() -> None:
    text = f"{LONG}，共 26\n\n多张， 其中 3 张是补贴的。\n{LONG}，共 2\n张。"
    given = flow(text)
    assert len(given.cuts) == 4
    for offset in range(len(given.source.text) + 1):
        assert given.forth(given.back(offset)) == offset
        assert given.forth(given.back(offset, is_end=True)) == offset
    kept = [text[i] for i in range(len(text)) if not any(a <= i < b for a, b in given.cuts)]
    assert "".join(kept) == given.source.text


def test_a_page_edge_changes_no_claim_and_no_share() -> None:
    body = "（一）主动公开。坚持应公开尽公开，全年通过县政府门户网站主动公开政府信息126条，其中工作动态100条，通知公告26条。\n"
    head, tail = (
        "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n",
        "（二）依申请公开。全年未收到政府信息公开申请。\n",
    )
    scorer = load("rules")
    whole = scorer.analyse(read_string("a.txt", head + body + tail))
    for cut in range(36, 56):
        broken = head + body[:cut] + "\n" + body[cut:] + tail
        report = scorer.analyse(read_string("b.txt", broken))
        assert [(c.value, c.unit, c.type, c.channel, c.part_of) for c in report.claims] == [
            (c.value, c.unit, c.type, c.channel, c.part_of) for c in whole.claims
        ]
        assert all(c.text == broken[c.start : c.end] for c in report.claims)


def test_what_stands_above_the_first_section_belongs_to_it() -> None:
    given = flow("首页 > 政府信息公开\n柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n贴出26张。")
    end = given.source.text.index("一、")
    (preamble,) = given.restored([Section("preamble", 0, end)])
    assert (preamble.start, preamble.heading_end) == (0, 0)
    assert given.origin.text[preamble.end :].startswith("一、")
