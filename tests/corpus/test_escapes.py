"""What the authoring format carries of a text that is not laid out for it: breaks inside spans, marks as plain signs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import FIRST, report

from govnlp.corpus.check import check_text
from govnlp.corpus.convert import export_reports, import_reports
from govnlp.corpus.escapes import escaped, fields, goes_on, unescaped
from govnlp.corpus.labelled import DeclaredFinding, LabelledReport
from govnlp.corpus.markup import parse
from govnlp.corpus.writing import to_markup
from govnlp.document import Section
from govnlp.errors import CorpusError


def with_first(line: str) -> LabelledReport:
    return parse(report(first=line), name="x")


@settings(deadline=None)
@given(st.text("a⟦⟧{}SBF[]table \\\n\r\t|#@", max_size=20))
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert [unescaped(f) for f in fields(escaped(text, field=True) + "|" + escaped(text, field=True))] == [text, text]
    assert "\n" not in escaped(text)
    assert not goes_on(escaped(text))


def test_a_sentence_and_a_claim_go_on_over_a_line_break() -> None:
    labelled = with_first("（一）主动公开。印发简报⟦100\\n\\n多份|info_published|100|份|q=at_least⟧，\\n持续用力。{S}")
    text, (claim, *_) = labelled.text, labelled.report.claims
    assert claim.text == text[claim.start : claim.end] == "100\n\n多份"
    sentence = labelled.report.sentences[1]
    assert text[sentence.start : sentence.end] == "（一）主动公开。印发简报100\n\n多份，\n持续用力。"
    assert parse(to_markup(labelled), name="x") == labelled


def test_a_number_over_a_line_break_keeps_its_value() -> None:
    assert with_first("公开⟦1\\n20件|info_published|120|件⟧。{S}").report.claims[0].value == 120


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("编号\\⟦3\\⟧公开。{S}", "编号⟦3⟧公开。"),
        ("标记\\{S}见附注。{S}", "标记{S}见附注。"),
        ("路径C:\\\\公开。{S}", "路径C:\\公开。"),
        ("\\#公开。{S}", "#公开。"),
        ("\\@公开。{S}", "@公开。"),
        ("\\[[table proactive]]公开。{S}", "[[table proactive]]公开。"),
        ("回车\\r公开。{S}", "回车\r公开。"),
        ("换页\f公开。{S}\f", "换页\f公开。\f"),
        ("#\\　　（一）主动公开", "　　（一）主动公开"),
        ("公开⟦3\\|条|info_published|3|\\|条⟧。{S}", "公开3|条。"),
    ],
)
def test_marks_as_plain_signs(line: str, plain: str) -> None:
    labelled = with_first(line)
    assert f"\n{plain}\n" in labelled.text
    assert line in to_markup(labelled)
    assert parse(to_markup(labelled), name="x") == labelled


def test_a_section_begins_inside_a_line() -> None:
    text = report(second="公开栏少。{S}\\\n@problems.improvements\n下一步增设三处。")
    labelled = parse(text, name="x")
    assert "公开栏少。下一步增设三处。\n" in labelled.text
    (section,) = labelled.report.of_section("problems.improvements")
    assert labelled.text[section.start : section.end] == "下一步增设三处。\n"
    assert "公开栏少。{S}\\\n@problems.improvements\n" in to_markup(labelled)
    assert parse(to_markup(labelled), name="x") == labelled


@pytest.mark.parametrize("end", ["", "\n\n\n"])
def test_a_text_ends_as_it_does(end: str) -> None:
    labelled = parse(report(), name="x")
    text = labelled.text.rstrip("\n") + end
    last = labelled.report.sections[-1]
    sections = (*labelled.report.sections[:-1], Section(last.id, last.start, len(text), last.heading_end))
    source = replace(labelled.report.source, text=text)
    changed = replace(labelled, report=replace(labelled.report, source=source, sections=sections))
    back = parse(to_markup(changed), name="x")
    assert (back.text, back.report.sections) == (text, sections)


def test_an_anchor_over_a_line_break() -> None:
    labelled = with_first(FIRST)
    anchor = "一、总体情况\n（一）主动公开。"
    back = parse(to_markup(replace(labelled, findings=(DeclaredFinding("GD104", anchor),))), name="x")
    assert back.findings == (DeclaredFinding("GD104", anchor),)


@pytest.mark.parametrize("name", ["brat", "docbin", "doccano", "label-studio"])
def test_every_tool_brings_them_back(name: str) -> None:
    labelled = with_first(
        "（一）主动公开\\{S}\\⟦⟦100\\n多份|info_published|100|份|q=at_least⟧，\\n持续。{S}\\\n@overview.platform\n网站。{B}"
    )
    assert import_reports(export_reports([labelled], name), name).reports == (labelled,)


def test_an_unknown_escape_is_told_with_its_line() -> None:
    with pytest.raises(CorpusError, match=r"unknown escape \\q") as caught:
        with_first("公开\\q。{S}")
    assert caught.value.source == "x:27"


def test_problems_after_a_soft_break_name_their_line() -> None:
    text = report(first="上半年\\n下半年公开⟦约30条|info_published|30|条⟧。{S}")
    line = text.split("\n").index("上半年\\n下半年公开⟦约30条|info_published|30|条⟧。{S}") + 1
    assert [(p.line, p.message) for p in check_text(text, "t001.src")[1] if "qualifier" in p.message] == [
        (line, "'约30条' says about, the qualifier is exact")
    ]
