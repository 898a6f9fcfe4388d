"""Word documents: numbering, merged cells, text boxes, tracked changes, and files that are not what they seem."""

from __future__ import annotations

import io
import zipfile

import pytest
from make_docx import DOWN, MORE, docx, levels, numbered, p, r, tbl, tc, wide

from govnlp.errors import BrokenInput, EmptyInput, EncryptedInput, UnsupportedFormat
from govnlp.readers import read_bytes
from govnlp.readers.office.numerals import chinese, show


def lines(data: bytes) -> list[str]:
    return read_bytes("r.docx", data).text.splitlines()


LIST = (
    '<w:abstractNum w:abstractNumId="7">'
    + levels(
        ("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4")
    )
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def test_automatic_numbers_are_written_out():
    body = (
        numbered("总体情况", 3) + numbered("主动公开", 3, 1) + numbered("依申请公开", 3, 1) + numbered("2023年", 3, 2)
    )
    body += p("正文") + numbered("申请", 3) + numbered("新收", 3, 1) + numbered("其他", 3, 3)
    assert lines(docx(body, numbering=LIST)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1. 2023年",
        "正文",
        "二、申请",
        "（一）新收",
        "二.1其他",
    ]


def test_legal_levels_show_digits_and_bullets_nothing():
    legal = LIST.replace('<w:lvl w:ilvl="3">', '<w:lvl w:ilvl="3"><w:isLgl/>')
    assert lines(docx(numbered("甲", 3) + numbered("乙", 3, 3), numbering=legal)) == ["一、甲", "1.1乙"]
    bullets = LIST.replace('w:val="chineseCountingThousand"', 'w:val="bullet"')
    assert lines(docx(numbered("甲", 3), numbering=bullets)) == ["甲"]


def test_lists_that_share_or_restart():
    more = '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    restart = (
        '<w:num w:numId="5"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = (
        numbered("甲", 3)
        + numbered("乙", 4)
        + numbered("丙", 5)
        + numbered("丁", 5)
        + numbered("无", 0)
        + numbered("戊", 99)
    )
    assert lines(docx(body, numbering=LIST + more + restart)) == ["一、甲", "二、乙", "一、丙", "二、丁", "无", "戊"]


def test_numbers_and_headings_of_styles():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="my own"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="Subtle"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="1"/>') + p("乙", '<w:pStyle w:val="a"/>') + p("丙", '<w:pStyle w:val="b"/>')
    body += p("丁", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p(
        "戊", '<w:outlineLvl w:val="0"/>'
    )
    source = read_bytes("r.docx", docx(body, numbering=LIST, styles=styles))
    assert source.text.splitlines() == ["一、甲", "二、乙", "丙", "丁", "戊"]
    assert [b.kind for b in source.blocks] == ["heading", "heading", "paragraph", "heading", "heading"]


@pytest.mark.parametrize(
    ("form", "n", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 105, "一百零五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 2, "②"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 27, "aa"),
        ("decimalZero", 3, "03"),
        ("neverHeardOf", 3, "3"),
    ],
)
def test_numerals(form, n, shown):
    assert show(n, form) == shown


def test_chinese_numerals_at_the_borders():
    assert [chinese(n) for n in (0, 1, 11, 20, 1001, 1010, 9999, 10000)] == [
        "0", "一", "十一", "二十", "一千零一", "一千零一十", "九千九百九十九", "10000",
    ]  # fmt: skip


def test_merged_cells_both_ways():
    table = tbl(
        tc("情况", DOWN + wide(2)) + tc("申请人", wide(2)),
        tc("", MORE + wide(2)) + tc("自然人") + tc("总计"),
        tc("公开", DOWN) + tc("1.部分") + tc("3") + tc(""),
        tc("隐藏", MORE) + tc("2.全部") + tc("4") + tc("5"),
    )
    source = read_bytes("r.docx", docx(p("表") + table + p("后")))
    (grid,) = source.grids
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells] == [
        (0, 0, 2, 2, "情况"),
        (0, 2, 1, 2, "申请人"),
        (1, 2, 1, 1, "自然人"),
        (1, 3, 1, 1, "总计"),
        (2, 0, 2, 1, "公开"),
        (2, 1, 1, 1, "1.部分"),
        (2, 2, 1, 1, "3"),
        (2, 3, 1, 1, ""),
        (3, 1, 1, 1, "2.全部"),
        (3, 2, 1, 1, "4"),
        (3, 3, 1, 1, "5"),
    ]
    assert source.text == "表\n情况\t申请人\n\t自然人\t总计\n公开\t1.部分\t3\t\n\t2.全部\t4\t5\n后\n"
    assert all(source.text[c.start : c.end] == c.text for c in grid.cells)


def test_nested_tables_stay_in_their_cell_or_take_the_place_of_a_frame():
    inner = tbl(tc("甲") + tc("1"), tc("乙") + tc("2"))
    cell = f"<w:tc>{inner}{p('')}</w:tc>"
    assert lines(docx(tbl(cell + tc("右")))) == ["甲\t1", "乙\t2", "右"]
    data = tbl(tc("a") + tc("b") + tc("c"), cell + tc("d") + tc("e"))
    assert lines(docx(data)) == ["a\tb\tc", "甲 1 乙 2\td\te"]


def test_tracked_changes_are_accepted():
    body = f"<w:p>{r('公开')}<w:del><w:r><w:delText>十</w:delText></w:r></w:del><w:ins>{r('12')}</w:ins>{r('条')}</w:p>"
    body += p("上半", "<w:rPr><w:del/></w:rPr>") + p("下半")
    body += tbl("<w:trPr><w:del/></w:trPr>" + tc("旧") + tc("0"), tc("新") + tc("1"), tc("又") + tc("2"))
    body += f"<w:moveFrom>{p('旧处')}</w:moveFrom><w:p><w:moveTo>{r('新处')}</w:moveTo></w:p>"
    assert lines(docx(body)) == ["公开12条", "上半下半", "新\t1", "又\t2", "新处"]


def test_breaks_fields_boxes_and_hidden_text():
    box = "<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:tab/><w:t>丙</w:t></w:r>{r('密', '<w:vanish/>')}</w:p>"
    body += "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    body += f"<w:p>{r('锚')}<w:r>{box.format(p('框'), p('框'))}</w:r></w:p><w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    assert lines(docx(body)) == ["甲", "乙 丙", "链接", "锚", "框", "控件"]


def test_headers_footers_and_comments_are_left_out_and_strict_documents_read():
    extra = {"word/header1.xml": "<h>页眉</h>", "word/comments.xml": "<c>批注</c>", "word/footer1.xml": "<f>1</f>"}
    assert lines(docx(p("正文"), strict=True, extra=extra)) == ["正文"]


def test_a_document_of_python_docx(tmp_path):
    docx_module = pytest.importorskip("docx")
    document = docx_module.Document()
    document.add_heading("某县2023年报告", 0)
    document.add_paragraph("全年公开12条。")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "规章"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "数"
    table.cell(1, 2).text = "7"
    path = tmp_path / "r.docx"
    document.save(path)
    source = read_bytes("r.docx", path.read_bytes())
    assert source.text == "某县2023年报告\n全年公开12条。\n规章\t数\n\t\t7\n"
    assert [b.kind for b in source.blocks] == ["heading", "paragraph", "table"]


def test_bombs_are_refused():
    with pytest.raises(BrokenInput, match="larger"):
        read_bytes("r.docx", docx("<w:p/>" + " " * (49 * 2**20)))
    entity = {"word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}
    with pytest.raises(BrokenInput, match="document type"):
        read_bytes("r.docx", docx("", extra=entity))
    with pytest.raises(BrokenInput):
        read_bytes("r.docx", docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))


def test_huge_spans_are_cut():
    table = tbl(tc("甲", wide(10**9)) + tc("1"), tc("乙") + tc("2"))
    (grid,) = read_bytes("r.docx", docx(table)).grids
    assert grid.n_cols <= 401


@pytest.mark.parametrize("cut", [60, 300])
def test_damaged(cut):
    with pytest.raises((BrokenInput, UnsupportedFormat)):
        read_bytes("r.docx", docx(p("正文"))[:cut])


def test_body_missing_or_malformed():
    for text in ("<w/>", "<w:document", ""):
        with pytest.raises(BrokenInput, match=r"r\.docx"):
            read_bytes("r.docx", docx("", extra={"word/document.xml": text}))


def test_encrypted_member():
    data = bytearray(docx(p("正文")))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[at + 8] |= 1
    with pytest.raises(EncryptedInput):
        read_bytes("r.docx", bytes(data))


def test_no_text():
    with pytest.raises(EmptyInput, match="OCR"):
        read_bytes("r.docx", docx("<w:p/>"))


def test_other_zip_files_are_named():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnsupportedFormat, match="Excel"):
        read_bytes("r.docx", buffer.getvalue())
