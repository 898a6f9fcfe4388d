"""Word documents read back: the notice's form, the summary's numbers, and what a hostile report leaves in them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("xlsxwriter")

import docx

from govnlp.document import Deduction, Finding, Scorecard
from govnlp.exports import export_cards
from govnlp.exports.docx.notice import ordinal
from govnlp.schema import Lang
from tests.exports.make_cards import HOSTILE, empty_card, hostile_card, make_card, small_batch

CJK = re.compile("[㐀-鿿]")


def export(cards: list[Scorecard], out: Path, lang: Lang = "zh") -> dict[str, list[str]]:
    """The paragraphs of each document written, by its path."""
    files = export_cards("docx", lambda: cards, out, lang=lang)
    for file in files:
        with zipfile.ZipFile(file) as package:
            assert package.testzip() is None
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(package.read(name))
    return {str(f.relative_to(out)): [p.text for p in docx.Document(str(f)).paragraphs] for f in files}


def test_a_notice_has_the_form_that_offices_use(tmp_path: Path) -> None:
    found = export([make_card()], tmp_path)
    assert list(found) == ["审核情况报告.docx", "整改通知书/0001-云溪县青石镇人民政府.docx"]
    notice = found["整改通知书/0001-云溪县青石镇人民政府.docx"]
    assert notice[:3] == [
        "政府信息公开工作年度报告整改通知书",
        "〔\u3000\u3000\u3000\u3000〕第\u3000\u3000\u3000号",
        "云溪县青石镇人民政府：",
    ]
    assert "整改的问题4项，其中错误3项、警告1项、提示0项，未见应当载明的公开要素1项" in notice[3]
    headings = [p for p in notice if re.match("[一二三四五六]、", p)]
    assert headings == [
        "一、审核结果",
        "二、必须改正的问题",
        "三、应当核实的问题",
        "四、应当补充的公开要素",
        "五、整改要求",
    ]
    assert "（三）分项之和与总数不符（GD301）" in notice
    assert "原文（主动公开）：“247条”、“197条”、“32条”、“20条”" in [
        p.replace("一、总体情况", "主动公开") for p in notice
    ]
    assert any(p.startswith("依据：《中华人民共和国政府信息公开条例》") for p in notice)
    assert "整改意见：核对台账，改正分项或者总数。" in notice
    assert any("信息处理费" in p for p in notice)
    assert [p.strip() for p in notice[-3:-1]] == ["（印章）", "年\u3000\u3000月\u3000\u3000日"]
    [scores] = docx.Document(str(tmp_path / "整改通知书/0001-云溪县青石镇人民政府.docx")).tables
    assert [c.text for c in scores.rows[1].cells] == ["71.5", "92.0", "78.0", "20.4", "C 合格"]


def test_one_notice_for_an_agency_with_several_reports(tmp_path: Path) -> None:
    found = export(small_batch(), tmp_path)
    notices = [name for name in found if name.startswith("整改")]
    assert len(notices) == 3
    first = found[notices[0]]
    assert [p for p in first if p in ("2022年度报告", "2023年度报告", "整改要求")] == [
        "2022年度报告",
        "2023年度报告",
        "整改要求",
    ]
    assert "对你单位2022年度、2023年度政府信息公开" in first[3]


def test_nothing_to_correct_no_notice(tmp_path: Path) -> None:
    note = Finding("GD501", "info", "“的的”重复。")
    clean = replace(make_card(), findings=(note,), scores=replace(make_card().scores, deductions=()))
    assert list(export([clean], tmp_path / "1")) == ["审核情况报告.docx"]
    missing = replace(
        clean,
        scores=replace(clean.scores, deductions=(Deduction("completeness", 2, "element", "training", "未见培训"),)),
    )
    assert len(export([missing], tmp_path / "2")) == 2


def test_many_findings_of_a_kind_are_counted(tmp_path: Path) -> None:
    card = make_card()
    many = replace(card, findings=tuple(replace(card.findings[1], message=f"第{i}行不符。") for i in range(30)))
    [_, notice] = export([many], tmp_path).values()
    assert any("（GD201，30处）" in p for p in notice)
    assert "12．第11行不符。" in notice
    assert "其余18处同类问题见所附评分表或者批注。" in notice


def test_the_summary_counts_and_draws(tmp_path: Path) -> None:
    cards = small_batch()
    summary = export(cards, tmp_path)["审核情况报告.docx"]
    assert (
        "4个机关的7份报告（2022–2023年度），平均总分63.9分，中位数67.0分。共发现问题24项，其中错误18项、警告6项、提示0项；1份"
        in summary[2]
    )
    path = tmp_path / "审核情况报告.docx"
    tables = docx.Document(str(path)).tables
    ranking = [[c.text for c in row.cells] for row in tables[-1].rows]
    assert ranking[1][:4] == ["1", "云溪县财政局", "2023", "79.0"]
    assert ranking[1][-1] == "74.0"
    assert len(ranking) == 8
    with zipfile.ZipFile(path) as package:
        charts = [n for n in package.namelist() if n.startswith("word/charts/chart")]
        assert len(charts) == 3
        grades = package.read("word/charts/chart1.xml").decode()
        assert re.findall("<c:v>([^<]*)</c:v>", grades) == [
            "份数",
            "A 优秀",
            "B 良好",
            "C 合格",
            "D 不合格",
            "0",
            "1",
            "5",
            "1",
        ]
        assert "word/embeddings/chart1.xlsx" in package.namelist()


def test_no_report(tmp_path: Path) -> None:
    assert export([], tmp_path)["审核情况报告.docx"][1] == "本次没有可供审核的报告。"


def test_english_says_nothing_in_chinese(tmp_path: Path) -> None:
    card = make_card(agency="Qingshi Town")
    card = replace(card, findings=tuple(replace(f, evidence=()) for f in card.findings))
    found = export([card, replace(empty_card(), rubric="national-2021")], tmp_path, "en")
    assert list(found) == ["summary.docx", "notices/0001-Qingshi_Town.docx"]
    assert [p for paragraphs in found.values() for p in paragraphs if CJK.search(p)] == []
    for file in tmp_path.rglob("*.docx"):
        cells = [c.text for t in docx.Document(str(file)).tables for row in t.rows for c in row.cells]
        assert [c for c in cells if CJK.search(c)] == []


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for out in ("1", "2"):
        export(small_batch(), tmp_path / out)
    for one in (tmp_path / "1").rglob("*.docx"):
        assert one.read_bytes() == (tmp_path / "2" / one.relative_to(tmp_path / "1")).read_bytes()


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_reports_leave_only_text(attack: str, tmp_path: Path) -> None:
    export([hostile_card(attack), make_card()], tmp_path)
    for file in tmp_path.rglob("*.docx"):
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            assert not [n for n in names if "vba" in n or "external" in n.lower()]
            data = b"".join(package.read(n) for n in names if n.endswith((".xml", ".rels"))).decode()
        assert 'TargetMode="External"' not in data
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\u2066\ufffe\uffff]", data)
        assert "<script" not in data


@pytest.mark.parametrize(
    ("number", "zh"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (120, "120")]
)
def test_ordinal(number: int, zh: str) -> None:
    assert ordinal(number, "zh") == zh
    assert ordinal(number, "en") == str(number)
