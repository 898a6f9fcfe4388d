"""Segmentation: every heading style, parts missing or out of order, no headings at all."""

from __future__ import annotations

import itertools

import pytest

from govnlp.components.sections.lines import Unit, chinese_ordinal, enumerator_at, split_units
from govnlp.components.sections.segment import segment, to_sections


def layout(text: str) -> list[tuple[str, str]]:
    """Each section's id and its first twelve characters."""
    return [(s.id, text[s.start : s.end].strip()[:12]) for s in segment(text)]


def ids(text: str) -> list[str]:
    return [s.id for s in segment(text)]


@pytest.mark.parametrize(
    ("written", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("7", 7), ("③", 3), ("甲", 0)],
)
def test_ordinals(written: str, number: int) -> None:
    assert chinese_ordinal(written) == number


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("一、总体情况", "一、", 1),
        ("（二）依申请公开", "（一）", 2),
        ("(三) 信息管理", "（一）", 3),
        ("4．平台建设", "1.", 4),
        ("5、监督保障", "1.", 5),
        ("２．平台", "1.", 2),
        ("(6)其他", "（1）", 6),
        ("2）依申请公开", "1）", 2),
        ("③信息管理", "①", 3),
        ("四是强化保障。", "一是", 4),
        ("**（一）主动公开。**", "（一）", 1),
        ("第三部分 申请", "第一部分", 3),
    ],
)
def test_enumerators(line: str, style: str, number: int) -> None:
    found = enumerator_at(line, 0, len(line))
    assert found is not None
    assert (found.style, found.number) == (style, number)


@pytest.mark.parametrize("line", ["2023年，我镇公开信息", "3.5万人次浏览", "一年来，全乡上下", "统一部署", "12345热线"])
def test_what_is_no_enumerator(line: str) -> None:
    assert enumerator_at(line, 0, len(line)) is None


def test_units_cut_lines_at_sentence_ends_and_keep_tables_whole() -> None:
    text = "一、总体情况\n好。坏！\n行政许可\t0\n"
    assert [text[u.start : u.end] for u in split_units(text)][:3] == ["一、总体情况", "好。", "坏！"]


STYLES = {
    "brackets": ("（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）平台建设", "（五）监督保障"),
    "ascii brackets, inline": (
        "(一)主动公开。",
        "(二)依申请公开。",
        "(三)信息管理。",
        "(四)平台建设。",
        "(五)监督保障。",
    ),
    "numbers": ("1、主动公开", "2、依申请公开", "3、政府信息管理", "4、公开平台建设", "5、监督保障"),
    "circled": ("①主动公开", "②依申请公开", "③信息管理", "④平台建设", "⑤监督保障"),
    "words": (
        "一是主动公开有新进展。",
        "二是依申请公开有章法。",
        "三是信息管理有台账。",
        "四是平台建设有突破。",
        "五是监督保障有力度。",
    ),
    "restarted": (
        "一、主动公开情况",
        "二、依申请公开情况",
        "三、政府信息管理情况",
        "四、平台建设情况",
        "五、监督保障情况",
    ),
    "bold": ("**主动公开：**", "**依申请公开：**", "**信息管理：**", "**平台建设：**", "**监督保障：**"),
    "own words": (
        "（一）围绕群众关切抓公开内容",
        "（二）依法受理公开申请",
        "（三）从严审核，管好政府信息",
        "（四）拓宽公开渠道",
        "（五）加强组织领导",
    ),
}
BODY = (
    "镇政府在县网站登出各类通知。",
    "本年没有人提出申请。",
    "信息上网前由两人核对。",
    "公众号和公示栏一并更新。",
    "镇长召集会议部署此项工作。",
)
TOPICS = [
    "overview.proactive",
    "overview.on_request",
    "overview.management",
    "overview.platform",
    "overview.supervision",
]
TAIL = (
    "二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n"
    "三、收到和处理政府信息公开申请情况\n\t自然人\t商业企业\t科研机构\n一、本年新收政府信息公开申请数量\t0\t0\t0\n"
    "四、政府信息公开行政复议、行政诉讼情况\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n0\t0\t0\t0\t0\n"
)


@pytest.mark.parametrize("style", STYLES)
def test_topics_under_every_heading_style(style: str) -> None:
    lines = [h + ("" if h.endswith(("。", "：**")) else "\n") + b for h, b in zip(STYLES[style], BODY, strict=True)]
    text = "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n" + "\n".join(lines) + "\n" + TAIL
    assert ids(text) == ["preamble", "overview", *TOPICS, "proactive_table", "requests_table", "review_table"]


def test_a_list_inside_a_topic_opens_no_other_topic() -> None:
    text = (
        "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开\n登出通知。\n（二）依申请公开\n无人申请。\n"
        "（三）政府信息管理\n一是明确主动公开的范围。二是加强平台维护。三是组织培训。\n（四）平台建设\n改版公众号。\n（五）监督保障\n开会部署。\n"
    )
    assert ids(text) == ["preamble", "overview", *TOPICS]


PROBLEMS = {
    "headings": "（一）存在的问题\n栏目更新慢。\n（二）改进措施\n每周核对一次。\n",
    "lead-ins": "存在的问题：栏目更新慢。\n改进措施：每周核对一次。\n",
    "paragraphs": "一是栏目更新慢；二是人手不足。\n一是每周核对一次；二是增加专人。\n",
    "one paragraph": "目前栏目更新不及时，人手不足。针对上述问题，下一步将每周核对一次。\n",
    "two lists": "1.栏目更新慢。\n2.人手不足。\n1.每周核对一次。\n2.增加专人。\n",
}


@pytest.mark.parametrize("form", PROBLEMS)
def test_problems_and_what_is_done_about_them(form: str) -> None:
    text = TAIL + "五、存在的主要问题及改进情况\n" + PROBLEMS[form] + "六、其他需要报告的事项\n无其他事项。\n"
    found = layout(text)
    assert [i for i, _ in found][-4:] == ["problems", "problems.issues", "problems.improvements", "other_matters"]
    assert any(word in dict(found)["problems.improvements"] for word in ("改进", "每周", "一是每周", "针对"))


def test_an_extra_topic_of_part_one() -> None:
    text = (
        "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开\n登出通知。\n（二）依申请公开\n无人申请。\n（三）政府信息管理\n核对。\n"
        "（四）平台建设\n改版。\n（五）监督保障\n开会。\n（六）村级账目上墙\n各村逐月贴出收支。\n" + TAIL
    )
    assert ids(text)[7] == "overview.extra"


@pytest.mark.parametrize("heading", ["政策解读回应情况", "强化政策解读和舆情回应", "行政复议、行政诉讼情况"])
def test_what_is_none_of_the_five_topics(heading: str) -> None:
    topics = f"（一）主动公开。公开6条。\n（二）依申请公开。收到1件。\n（三）{heading}。逐件办理。\n（四）监督保障。培训1次。"
    text = f"一、总体情况\n{topics}\n二、主动公开政府信息情况\n（一）主动公开。公开6条。\n（二）{heading}。逐件办理。\n"
    found = ids(text)
    assert found.count("overview.extra") == 1
    assert found.index("overview.extra") == found.index("overview.on_request") + 1


def test_parts_out_of_order_and_missing() -> None:
    text = "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n开展了工作。\n二、其他需要报告的事项\n无。\n三、存在的主要问题及改进情况\n更新慢。\n"
    assert [i for i in ids(text) if "." not in i] == ["preamble", "overview", "other_matters", "problems"]


@pytest.mark.parametrize("of", ["", "的"])
def test_prose_above_the_table_of_part_two_does_not_make_it_a_topic(of: str) -> None:
    text = (
        "一、总体情况\n全年工作有序。\n"
        f"二、主动公开政府信息{of}情况\n更新法定公开内容46条。\n规章\t0\t0\t0\n行政规范性文件\t0\t0\t0\n"
        f"三、收到和处理政府信息公开申请{of}情况\n全年收到申请0件。\n"
    )
    found = {s.id: text[s.start : s.end] for s in segment(text)}
    assert found["proactive_table"].startswith("二、")
    assert "更新法定" in found["proactive_table"]
    assert "overview.proactive" not in found


def test_parts_of_the_format_before_2019() -> None:
    text = (
        "柳庄镇2016年政府信息公开工作年度报告\n一、概述\n开展了工作。\n二、主动公开政府信息情况\n全年登出通知多份。\n三、依申请公开政府信息情况\n没有人申请。\n"
        "四、收费及减免情况\n没有收费。\n五、行政复议、行政诉讼情况\n没有发生。\n六、存在的主要问题和改进措施\n更新慢。今后按月核对。\n七、其他需要说明的事项\n无。\n"
    )
    expected = [
        "preamble",
        "overview",
        "overview.proactive",
        "overview.on_request",
        "overview.extra",
        "review_table",
        "problems",
    ]
    assert ids(text)[:7] == expected


def test_buried_titles_where_line_breaks_were_lost() -> None:
    text = "四、政府信息公开行政复议、行政诉讼情况五、存在的主要问题及改进情况更新不及时。今后按月核对。六、其他需要报告的事项无。"
    assert {"review_table", "problems", "other_matters"} <= set(ids(text))


def test_sections_cover_the_text_without_overlap() -> None:
    text = "\n\n柳庄镇报告\n一、总体情况\n  好。\n" + TAIL
    sections = segment(text)
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(sections))
    assert all(s.start <= s.heading_end <= s.end for s in sections)


def test_an_empty_text_has_no_sections() -> None:
    assert segment("") == ()
    assert segment("  \n ") == ()


def test_headings_in_black_brackets() -> None:
    text = (
        "柳庄镇2023年政府信息公开工作年度报告\n一、总体情况\n【主动公开】网站发布信息3,918条。\n"
        "【依申请公开】无人申请。\n【信息管理】先审后发。\n【平台建设】更新栏目。\n【监督保障】培训1次。\n"
    )
    found = {s.id: text[s.start : s.heading_end] for s in segment(text) if s.id.startswith("overview.")}
    assert found == {
        "overview.proactive": "【主动公开",
        "overview.on_request": "【依申请公开",
        "overview.management": "【信息管理",
        "overview.platform": "【平台建设",
        "overview.supervision": "【监督保障",
    }


@pytest.mark.parametrize("line", ["没有依申请公开信息。", "依申请公开有章法！"])
def test_a_sentence_that_opens_a_section_is_no_heading(line: str) -> None:
    unit = Unit(0, len(line), True, True, False, None, 0, len(line))
    (section,) = to_sections(line, [unit], [("overview.on_request", True)])
    assert (section.start, section.heading_end) == (0, 0)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("主动公开情况。全年发布信息115条。", "主动公开情况"),
        ("（一）主动公开：全年发布信息115条。", "（一）主动公开"),
        ("全年主动公开信息115条，比上年多。", ""),
        ("主动公开信息115条。网站发布30条。", ""),
        ("（一）主动公开信息115条；解读3篇。", ""),
    ],
)
def test_the_first_clause_of_a_sentence_is_no_heading(line: str, heading: str) -> None:
    unit = split_units(line)[0]
    (section,) = to_sections(line, [unit], [("overview.proactive", True)])
    assert line[: section.heading_end] == heading
