"""PDF: running text, page furniture, engines, and files that cannot be read."""

from __future__ import annotations

import pytest
from make_pdf import HEIGHT, LEFT, MEASURE, PITCH, SIZE, Pdf, raw_pdf

from govnlp.errors import BrokenInput, EmptyInput, EncryptedInput, ReadError
from govnlp.readers import read_bytes
from govnlp.readers.paper import engine_pdfium, engine_pdfminer
from govnlp.readers.paper.page import Glyph, Page

ENGINES = ("pdfium", "pdfminer")
LONG = "全年公开各类信息一千二百条，" * 6 + "完。"


def lines(data: bytes, engine: str = "pdfium") -> list[str]:
    return read_bytes("r.pdf", data, pdf_engine=engine).text.splitlines()


@pytest.mark.parametrize("engine", ENGINES)
def test_paragraphs_headings_and_title(engine):
    pdf = Pdf()
    pdf.centred(100, "某某市某某区人民政府某某街道办事处", 22)
    pdf.centred(135, "2023年政府信息公开年度报告", 22)
    top = pdf.paragraph(200, "一、总体情况")
    top = pdf.paragraph(top, LONG)
    top = pdf.paragraph(top, "（一）主动公开")
    pdf.paragraph(top, LONG + LONG)
    assert lines(pdf.bytes(), engine) == [
        "某某市某某区人民政府某某街道办事处2023年政府信息公开年度报告",
        "一、总体情况",
        LONG,
        "（一）主动公开",
        LONG + LONG,
    ]


def test_short_title_lines_stay_apart():
    pdf = Pdf()
    pdf.centred(100, "某某区人民政府")
    pdf.centred(135, "2023年年度报告")
    pdf.paragraph(200, LONG)
    assert lines(pdf.bytes()) == ["某某区人民政府", "2023年年度报告", LONG]


def test_paragraphs_without_indent_end_with_their_short_line():
    pdf = Pdf()
    top = pdf.paragraph(100, "一、总体情况", 0)
    top = pdf.paragraph(top, LONG, 0)
    top = pdf.paragraph(top, "二、其他", 0)
    pdf.paragraph(top, LONG, 0)
    assert lines(pdf.bytes()) == ["一、总体情况", LONG, "二、其他", LONG]


def test_a_word_that_did_not_fit_leaves_the_line_short_but_soft():
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.text(LEFT + 2 * SIZE, 300, "字" * (MEASURE - 8))
    pdf.text(LEFT, 300 + PITCH, "abcdefghij@example.com）联系。")
    pdf.text(LEFT + 2 * SIZE, 300 + 2 * PITCH, "字" * (MEASURE - 8))
    pdf.text(LEFT, 300 + 3 * PITCH, "另起一段。")
    assert lines(pdf.bytes())[1:] == [
        "字" * (MEASURE - 8) + "abcdefghij@example.com）联系。",
        "字" * (MEASURE - 8),
        "另起一段。",
    ]


def test_paragraph_over_a_page_break_without_page_numbers_and_heads():
    pdf = Pdf()
    parts = [LONG[:25], *(LONG[25 + 27 * n : 52 + 27 * n] for n in range(3))]
    for number in range(4):
        pdf.text(LEFT, 50, "某某区年度报告", 9)
        pdf.text(LEFT + (2 * SIZE if number == 0 else 0), 100 if number else 740, parts[number])
        pdf.text(280, HEIGHT - 40, f"— {number + 1} —", 12)
        if number in (1, 2):
            pdf.text(LEFT, 100 + PITCH, "条" * MEASURE)
        pdf.page()
    text = "".join((parts[0], parts[1], "条" * MEASURE, parts[2], "条" * MEASURE, parts[3]))
    assert lines(pdf.bytes()) == [text]


@pytest.mark.parametrize("kept", ["2023", "第2页共3页", "- 5 -"])
def test_numbers_within_the_page_are_no_page_numbers(kept):
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.text(280, 400, kept)
    pdf.paragraph(500, LONG)
    assert kept in lines(pdf.bytes())


@pytest.mark.parametrize("dropped", ["3", "- 3 -", "—3—", "第 3 页", "第3页 共9页", "3 / 9", "Ⅲ3"[1:]])
def test_page_numbers(dropped):
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.text(280, HEIGHT - 45, dropped, 10)
    assert lines(pdf.bytes()) == [LONG]


def test_watermarks_across_the_page_are_dropped():
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.canvas.saveState()
    pdf.canvas.translate(200, 400)
    pdf.canvas.rotate(45)
    pdf.canvas.drawString(0, 0, "内部资料")
    pdf.canvas.restoreState()
    data = pdf.bytes()
    assert lines(data) == lines(data, "pdfminer") == [LONG]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(engine, turn):
    pdf = Pdf()
    pdf.canvas.setPageRotation(turn)
    pdf.canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn])
    pdf.canvas.rotate(turn)
    pdf.paragraph(100, "一、总体情况")
    pdf.paragraph(150, LONG)
    pdf.table([100, 200, 300], [350, 380, 410], {(0, 0): "规章", (0, 1): "3", (1, 0): "许可", (1, 1): "4"})
    data = pdf.bytes()
    source = read_bytes("r.pdf", data, pdf_engine=engine)
    assert source.text.splitlines() == ["一、总体情况", LONG, "规章\t3", "许可\t4"]
    box = source.grids[0].cells[1].box
    assert box is not None
    assert [round(v) for v in (box.x0, box.top, box.x1, box.bottom)] == [200, 350, 300, 380]


def test_blocks_have_boxes():
    pdf = Pdf()
    pdf.paragraph(100, "一、总体情况")
    pdf.page()
    pdf.paragraph(200, LONG)
    blocks = read_bytes("r.pdf", pdf.bytes()).blocks
    assert [(b.kind, b.box.page, round(b.box.x0)) for b in blocks] == [("paragraph", 1, 112), ("paragraph", 2, 80)]


def test_both_engines_find_the_same_characters():
    pdf = Pdf()
    pdf.centred(80, "某某区2023年度报告（ABC）")
    pdf.paragraph(150, LONG + "１２３，4567条。")
    pdf.table([100, 200, 300], [350, 380, 410], {(0, 0): "规章", (0, 1): "3.5", (1, 0, 1, 2): "《许可》"})
    data = pdf.bytes()
    (one,), (two,) = engine_pdfium.pages(data), engine_pdfminer.pages(data)
    assert sorted(g.char for g in one.glyphs) == sorted(g.char for g in two.glyphs)
    for a, b in zip(sorted(one.across), sorted(two.across), strict=True):
        assert max(abs(x - y) for x, y in zip(a, b, strict=True)) < 1.5
    assert lines(data) == lines(data, "pdfminer")


def _scan(pdf: Pdf) -> None:
    image_module = pytest.importorskip("PIL.Image")
    from reportlab.lib.utils import ImageReader

    pdf.canvas.drawImage(ImageReader(image_module.new("L", (20, 20), 128)), 0, 0, 595, 842)


@pytest.mark.parametrize("engine", ENGINES)
def test_scans(engine):
    pdf = Pdf()
    _scan(pdf)
    with pytest.raises(EmptyInput, match="OCR"):
        read_bytes("r.pdf", pdf.bytes(), pdf_engine=engine)
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.page()
    _scan(pdf)
    source = read_bytes("r.pdf", pdf.bytes(), pdf_engine=engine)
    assert source.text.splitlines() == [LONG]
    assert source.notes == ("page 2: no text, perhaps a scan",)


def _page(chars: str, unmapped: int = 0) -> Page:
    glyphs = [Glyph(c, 80 + 16 * n, 100, 96 + 16 * n, 116, 114) for n, c in enumerate(chars)]
    return Page(1, 595, 842, glyphs, [], [], unmapped=unmapped)


@pytest.mark.parametrize(
    ("first", "second", "text", "notes"),
    [
        (_page("\ufffd" * 20), _page("某" * 20), "某" * 20, ("page 1: read by pdfminer, the text that pdfium found was doubtful",)),
        (_page("乱" * 20, 20), _page("某" * 20), "某" * 20, ("page 1: read by pdfminer, the text that pdfium found was doubtful",)),
        (_page("少"), _page("某" * 20), "某" * 20, ("page 1: read by pdfminer, the text that pdfium found was doubtful",)),
        (_page("好" * 20), _page("某" * 30), "好" * 20, ()),
        (_page("少"), _page("少"), "少", ()),
        (_page("\ue000" * 20), _page("\ue001" * 20), "\ue000" * 20, ("page 1: characters without a known meaning, its text may be wrong",)),
    ],
)  # fmt: skip
def test_the_second_engine_takes_over_where_the_text_is_doubtful(monkeypatch, first, second, text, notes):
    from govnlp.readers import pdf

    monkeypatch.setitem(pdf._ENGINES, "pdfium", lambda data: iter([first]))
    monkeypatch.setattr(engine_pdfminer, "pages", lambda data, only=None: iter([second]))
    source = read_bytes("r.pdf", b"%PDF-1.4")
    assert (source.text.strip(), source.notes) == (text, notes)


def test_a_failing_second_engine_leaves_the_first(monkeypatch):
    from govnlp.readers import pdf

    def fail(data, only=None):
        raise BrokenInput("no")
        yield

    monkeypatch.setitem(pdf._ENGINES, "pdfium", lambda data: iter([_page("少")]))
    monkeypatch.setattr(engine_pdfminer, "pages", fail)
    assert read_bytes("r.pdf", b"%PDF-1.4").text == "少\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_encrypted(engine):
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf = Pdf(encrypt=StandardEncryption("secret", canPrint=0))
    pdf.paragraph(100, LONG)
    with pytest.raises(EncryptedInput, match=r"r\.pdf: .*password"):
        read_bytes("r.pdf", pdf.bytes(), pdf_engine=engine)
    pdf = Pdf(encrypt=StandardEncryption("", ownerPassword="owner"))
    pdf.paragraph(100, LONG)
    assert lines(pdf.bytes(), engine) == [LONG]


@pytest.mark.parametrize("engine", ENGINES)
def test_broken(engine):
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    data = pdf.bytes()
    for damaged in (b"%PDF-1.4\n", b"%PDF-1.4\n" + b"\x00\xff" * 500, data[:200]):
        with pytest.raises(ReadError):
            read_bytes("r.pdf", damaged, pdf_engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "objects",
    [
        ("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        ("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"),
        ("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"),
        ("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /F 4 0 R >> >> >>",
         "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 5 >>\nstream\n/F Do\nendstream"),
    ],
)  # fmt: skip
def test_hostile_structures_end_in_an_error(engine, objects):
    with pytest.raises(ReadError):
        read_bytes("r.pdf", raw_pdf(*objects), pdf_engine=engine)
