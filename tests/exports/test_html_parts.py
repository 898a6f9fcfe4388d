"""The parts that pages are made of: marks in the text, table cells, rows and pairs of years, JSON inside a page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

pytest.importorskip("jinja2")

from govnlp.document import Finding, Report, Section, Sentence, Source
from govnlp.exports.html.batch_page import script_json, short_name
from govnlp.exports.html.marked_text import Evidence, clip, mark_text
from govnlp.exports.html.national_tables import cell_anchor, cells_of, show_number, table_views
from govnlp.exports.html.rows import Row, by_agency_and_year, pair_years
from govnlp.exports.words import Words
from tests.exports.make_cards import make_card

TEXT = "甲乙丙丁\n戊己庚辛\n"


def report_of(*, text: str = TEXT, sections: tuple[Section, ...] = (), sentences: tuple[Sentence, ...] = ()) -> Report:
    return Report(Source("r.txt", "", "text", text), None, "other", None, "2021", sections, sentences, (), {})


def marked(evidence: list[Evidence], report: Report | None = None, copied: tuple[tuple[int, int], ...] = ()) -> str:
    return "".join(str(s.html) for s in mark_text(report or report_of(), evidence, copied, Words("zh")))


def test_plain_text_is_paragraphs() -> None:
    assert marked([]) == "<p>甲乙丙丁</p><p>戊己庚辛</p>"


def test_one_passage() -> None:
    assert marked([Evidence(1, 3, 1, 0, "error")]) == (
        '<p>甲<mark class="error" data-f="1" id="e1-0"><sup aria-hidden="true">1</sup><a href="#f1">乙丙</a></mark>丁</p>'
        "<p>戊己庚辛</p>"
    )


def test_overlapping_passages_are_cut_and_the_worse_one_leads() -> None:
    html = marked([Evidence(0, 3, 1, 0, "warning"), Evidence(2, 4, 2, 0, "error")])
    assert html == (
        '<p><mark class="warning" data-f="1" id="e1-0"><sup aria-hidden="true">1</sup><a href="#f1">甲乙</a></mark>'
        '<mark class="error" data-f="2 1" id="e2-0"><sup aria-hidden="true">2·1</sup><a href="#f2">丙</a></mark>'
        '<mark class="error" data-f="2"><a href="#f2">丁</a></mark></p><p>戊己庚辛</p>'
    )


def test_a_passage_over_two_lines_has_its_anchor_once() -> None:
    html = marked([Evidence(3, 6, 1, 0, "info")])
    assert html.count('id="e1-0"') == 1
    assert html.count('data-f="1"') == 2


def test_two_passages_that_begin_together_have_both_anchors() -> None:
    html = marked([Evidence(0, 2, 1, 0, "error"), Evidence(0, 2, 2, 0, "error")])
    assert '<i id="e2-0"></i><mark class="error" data-f="1 2" id="e1-0">' in html


def test_boilerplate_and_copies_are_marked() -> None:
    html = marked([], report_of(sentences=(Sentence(0, 2, "boilerplate"), Sentence(5, 7, "specific"))), ((1, 3),))
    assert html == (
        '<p><span class="bp">甲</span><span class="bp cp">乙</span><span class="cp">丙</span>丁</p><p>戊己庚辛</p>'
    )


def test_sections_overlap_and_gaps_lose_nothing() -> None:
    sections = (Section("overview", 1, 4, 3), Section("preamble", 0, 2), Section("proactive_table", 5, 99))
    stretches = mark_text(report_of(sections=sections), (), (), Words("zh"))
    assert [(s.name, str(s.html), s.folded) for s in stretches] == [
        ("开头", "<p>甲乙</p>", False),
        ("一、总体情况", "<p>丙丁</p>", False),
        ("二、主动公开情况表", "<p>戊己庚辛</p>", True),
    ]


@pytest.mark.parametrize(
    ("span", "inside"),
    [((0, 2), (0, 2)), ((1, 99), (1, 4)), ((-1, 2), None), ((3, 3), None), ((3, 1), None), ((4, 9), None)],
)
def test_spans_are_kept_inside_the_text(span: tuple[int, int], inside: tuple[int, int] | None) -> None:
    assert clip(span, 4) == inside


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (3.0, "3"),
        (2.50, "2.5"),
        (66.666667, "66.666667"),
        (-4, "-4"),
        (1e20, "1e+20"),
    ],
)
def test_numbers(number: float, shown: str) -> None:
    assert show_number(number) == shown


def test_cells_of_findings_and_their_anchors() -> None:
    cell = {"table": "requests", "row": "new", "col": 6, "value": 4}
    findings = [Finding("GD201", "error", "", (), (cell, cell)), Finding("GD203", "error", "", (), (cell,))]
    assert cells_of(findings) == {("requests", "new", 6): [1, 2]}
    assert cell_anchor(("requests", "new", 6)) == "t1-0-6"
    assert cell_anchor(("requests", "nowhere", 6)) is None
    assert cell_anchor(("nowhere", "new", 6)) is None


def test_a_table_shows_failing_blank_and_missing_cells() -> None:
    views = {v.name: v for v in table_views(make_card().report, {("requests", "new", 6): [2]}, Words("zh"))}
    assert views["review"].body is None
    requests, proactive = str(views["requests"].body), str(views["proactive"].body)
    assert '<td class="bad" id="t1-0-6" data-f="2"><a href="#f2">4</a></td>' in requests
    assert '<th scope="row" class="gone">四、结转下年度继续办理</th>' in requests
    assert proactive.count('<span class="none" title="未填或无法读出">—</span>') == 10 - 1
    assert views["requests"].labels == (("新收", "一、本年新收政府信息公开申请数量"),)


def test_pairs_of_years() -> None:
    def row(agency: str | None, year: int | None, *codes: str) -> Row:
        return replace(Row.of(make_card(agency=agency, year=year), "p"), codes=codes)

    rows = [
        row("甲", 2023, "GD101", "GD301"),
        row("甲", 2022, "GD301", "GD401"),
        row("乙", 2023),
        row(None, 2023),
        row("甲", None),
    ]
    (pair,) = pair_years(rows, by_agency_and_year(rows))
    assert (pair.now.year, pair.before.year, pair.change) == (2023, 2022, 0.0)
    assert (pair.mended, pair.kept, pair.new) == (("GD401",), ("GD301",), ("GD101",))


def test_json_inside_a_page_cannot_end_its_element() -> None:
    data = {"a": "</script><!--<script>&\u2028"}
    text = str(script_json(data))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("云溪县青石镇人民政府 2023", "云溪县青石镇 2023"),
        ("榕荫街道办事处 2025", "榕荫街道 2025"),
        ("灵河县教育局", "灵河县教育局"),
        ("喀什地区某某自治县某某镇人民政府 2023", "喀什地区某某自治县某某镇…"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
