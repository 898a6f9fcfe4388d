"""Annotated copies of Word reports, read back: each comment stands on exactly its passage, and the copy does nothing by itself."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from govnlp.document import Finding, Report, Scorecard
from govnlp.exports.docx.annotate import annotate
from govnlp.exports.docx.passages import locate
from govnlp.exports.words import Words
from govnlp.readers import read
from tests.exports.make_cards import make_card

W = nsdecls("w")


def card_of(path: Path, passages: list[str], *, nth: int = 0) -> Scorecard:
    """A scorecard of the file, with a finding on each passage (its `nth` place)."""
    source = read(path)
    findings = []
    for passage in passages:
        found = [m.start() for m in re.finditer(re.escape(passage), source.text)]
        assert found, (passage, source.text)
        start = found[nth]
        findings.append(Finding("GD301", "error", f"说明{len(findings)}。", ((start, start + len(passage)),)))
    base = make_card()
    report = Report(source, "某镇", "township", 2023, "2021", (), (), (), {})
    return replace(base, report=report, findings=tuple(findings))


def comments_on(path: Path) -> list[tuple[str, str]]:
    """(text of the comment, text under it) in the order of the comments' ids."""
    document = docx.Document(str(path))
    under: defaultdict[str, str] = defaultdict(str)
    open_now: list[str] = []
    closed, referred = set(), set()
    for element in document.element.body.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name == "commentRangeStart":
            open_now.append(element.get(qn("w:id")))
        elif name == "commentRangeEnd":
            open_now.remove(element.get(qn("w:id")))
            closed.add(element.get(qn("w:id")))
        elif name == "commentReference":
            referred.add(element.get(qn("w:id")))
        elif name == "t":
            for number in open_now:
                under[number] += element.text or ""
    assert not open_now
    comments = [(c.text, under[str(c.comment_id)]) for c in document.comments]
    assert {str(c.comment_id) for c in document.comments} == closed == referred
    return comments


def annotated(document: Document, passages: list[str], tmp_path: Path, *, nth: int = 0) -> list[tuple[str, str]]:
    source, copy = tmp_path / "报告.docx", tmp_path / "out" / "copy.docx"
    document.save(str(source))
    before = read(source).text
    assert annotate(card_of(source, passages, nth=nth), copy, Words("zh")) is None
    assert read(copy).text == before
    return comments_on(copy)


def test_a_comment_stands_on_its_passage_whatever_the_runs(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("全年公", "开信息24", "7条，其中网站197条、", "微信32条", "。"):
        run = paragraph.add_run(piece)
        run.bold, run.font.size = len(piece) % 2 == 0, Pt(14)
    passages = ["247条", "197条", "网站197条、微信", "公开信息", "全年公开信息247条，其中网站197条、微信32条。", "32条"]
    found = annotated(document, passages, tmp_path)
    assert [under for _, under in found] == passages
    assert found[0][0].split("\n") == [
        "【错误 GD301】分项之和与总数不符",
        "说明0。",
        "依据：《中华人民共和国政府信息公开条例》（国务院令第711号）第六条：行政机关应当及时、准确地公开政府信息",
        "整改意见：核对台账，改正分项或者总数。",
    ]


def test_runs_keep_their_looks(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("甲乙丙丁")
    run.italic = True
    annotated(document, ["乙丙"], tmp_path)
    runs = docx.Document(str(tmp_path / "out" / "copy.docx")).paragraphs[0].runs
    assert [(r.text, r.italic) for r in runs if r.text] == [("甲", True), ("乙丙", True), ("丁", True)]


def test_line_breaks_tabs_and_blanks_inside_a_run(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("  一、总体 情况\n公开\t12 条\n完。")
    document.add_paragraph().add_run("结尾12条").add_break()
    found = annotated(document, ["总体 情况", "公开 12 条", "完。", "尾12条"], tmp_path)
    assert [re.sub(r"\s", "", under) for _, under in found] == ["总体情况", "公开12条", "完。", "尾12条"]


def test_list_numbers_and_like_texts(tmp_path: Path) -> None:
    document = docx.Document()
    for _ in range(3):
        document.add_paragraph("召开会议2次。", style="List Number")
    source = tmp_path / "x.docx"
    document.save(str(source))
    text = read(source).text
    assert text.startswith("1.")
    found = annotated(document, ["召开会议2次。"], tmp_path, nth=2)
    assert found[0][1] == "召开会议2次。"
    body = docx.Document(str(tmp_path / "out" / "copy.docx")).element.body
    third = body.findall(qn("w:p"))[2]
    assert third.find(qn("w:commentRangeStart")) is not None


def test_cells_of_tables_merged_ones_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("三、收到和处理申请情况")
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "申请人情况"
    for row in range(4):
        for col in range(4):
            if row > 1 or col > 1:
                table.cell(row, col).text = f"{row}{col}"
    table.cell(2, 2).add_paragraph("续")
    document.add_paragraph("四、复议诉讼 33")
    found = annotated(document, ["申请人情况", "33", "22续", "03"], tmp_path)
    assert [under for _, under in found] == ["申请人情况", "33", "22续", "03"]
    copy = docx.Document(str(tmp_path / "out" / "copy.docx"))
    cell = copy.tables[0].cell(3, 3)
    assert cell._tc.findall(".//" + qn("w:commentRangeStart"))


def test_deleted_hidden_and_inserted_text(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("公开")
    change = f'{W} w:id="1" w:author="x"'
    paragraph._p.append(parse_xml(f"<w:del {change}><w:r><w:delText>12条</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {change}><w:r><w:t>信息21条</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>21条</w:t></w:r>"))
    paragraph.add_run("，回应21条。")
    found = annotated(document, ["信息21条", "回应21条"], tmp_path)
    assert [under for _, under in found] == ["信息21条", "回应21条"]


def test_several_passages_one_finding(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("共5件，甲2件，乙2件。")
    path = tmp_path / "a.docx"
    document.save(str(path))
    card = card_of(path, ["5件", "甲2件", "乙2件"])
    one = replace(card.findings[0], evidence=tuple(f.evidence[0] for f in card.findings))
    nowhere = Finding("GD107", "error", "没有复议诉讼表。")
    assert annotate(replace(card, findings=(one, nowhere)), tmp_path / "c.docx", Words("zh")) is None
    found = comments_on(tmp_path / "c.docx")
    assert [under for _, under in found] == ["5件", "甲2件", "乙2件", "共5件，甲2件，乙2件。"]
    assert found[1][0].endswith("第 2 处，共 3 处。说明0。")
    assert "（针对全文）没有复议诉讼表。" in found[3][0]


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    document = docx.Document()
    runs = [document.add_paragraph().add_run(t) for t in ("公开信息", "共30条")]
    document.add_comment(runs[1], "领导批示", author="甲")
    found = annotated(document, ["30条"], tmp_path)
    assert [text.split("\n")[0] for text, _ in found] == ["领导批示", "【错误 GD301】分项之和与总数不符"]
    assert [under for _, under in found] == ["共30条", "30条"]


def test_a_text_box_gets_its_comment_on_the_run_that_holds_it(tmp_path: Path) -> None:
    document = docx.Document()
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>框内公开8条</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph("前文")._p.append(parse_xml(box))
    [(_, under)] = annotated(document, ["公开8条"], tmp_path)
    assert under == "框内公开8条"
    body = docx.Document(str(tmp_path / "out" / "copy.docx")).element.body
    assert [box.findall(".//" + qn("w:commentRangeStart")) for box in body.iter(qn("w:txbxContent"))] == [[]]


@pytest.mark.parametrize("reason", ["gone", "changed", "broken", "unlike"])
def test_why_there_is_no_copy(reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph("公开信息30条。")
    document.save(str(path))
    card = card_of(path, ["30条"])
    source = card.report.source
    if reason == "gone":
        path.unlink()
    elif reason == "changed":
        document.add_paragraph("改")
        document.save(str(path))
    elif reason == "unlike":
        card = replace(card, report=replace(card.report, source=replace(source, text="完全不同的文字" * 20)))
    else:
        path.write_bytes(b"PK\x03\x04 nothing")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        card = replace(card, report=replace(card.report, source=replace(source, sha256=digest)))
    assert annotate(card, tmp_path / "c.docx", Words("zh")) == reason
    assert not (tmp_path / "c.docx").exists()


def test_the_copy_does_nothing_by_itself(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("公开信息30条。")
    for piece in ("DDEAU", 'TO c:\\\\x "y"'):
        paragraph._p.append(parse_xml(f'<w:r {W}><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'))
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {W} w:instr=" INCLUDEPICTURE &quot;http://example.invalid/x&quot; "/>')
    )
    paragraph._p.append(parse_xml(f"<w:r {W}><w:object/></w:r>"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    settings = document.part._settings_part
    rid = settings.relate_to("http://example.invalid/t.dotm", kind, is_external=True)
    template = parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{rid}"/>')
    settings.element.append(template)
    document.part.relate_to("http://example.invalid/y", kind.replace("attachedTemplate", "hyperlink"), is_external=True)
    [(_, under)] = annotated(document, ["30条"], tmp_path)
    assert under == "30条"
    with zipfile.ZipFile(tmp_path / "out" / "copy.docx") as package:
        data = b"".join(package.read(n) for n in package.namelist() if n.endswith((".xml", ".rels"))).decode()
    assert not re.search("example.invalid|DDEAU|INCLUDEPICTURE|attachedTemplate r:id|<w:object", data)
    assert "about:blank" in data


def test_every_character_of_a_report_has_its_place(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("某镇2023年政府信息公开工作年度报告", 1)
    document.add_paragraph("零\u200b宽 与 全\u3000角")
    document.add_table(2, 2).cell(1, 1).text = "0"
    path = tmp_path / "a.docx"
    document.save(str(path))
    text = read(path).text
    body = docx.Document(str(path)).element.body
    passages = locate(body, text)
    for offset, place in enumerate(passages.places):
        assert (place is None) == text[offset].isspace()
        assert place is None or place[0].text[place[1]] == text[offset]


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph("公开信息30条。")
    document.save(str(path))
    card = card_of(path, ["30条"])
    for name in ("1.docx", "2.docx"):
        assert annotate(card, tmp_path / name, Words("zh")) is None
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()
