"""Tables on paper: how they may be drawn, broken over pages, or not drawn at all."""

from __future__ import annotations

import pytest
from make_pdf import LEFT, PITCH, Pdf

from govnlp.document import Grid
from govnlp.readers import read_bytes

ENGINES = ("pdfium", "pdfminer")
XS, YS = [80, 180, 280, 380], [200, 225, 250, 275]
MERGED = {
    (0, 0, 2, 1): "情况",
    (0, 1, 1, 2): "申请人",
    (1, 1): "自然人",
    (1, 2): "总计",
    (2, 0): "公开",
    (2, 1): "3",
    (2, 2): "",
}
SPANS = [
    (0, 0, 2, 1, "情况"),
    (0, 1, 1, 2, "申请人"),
    (1, 1, 1, 1, "自然人"),
    (1, 2, 1, 1, "总计"),
    (2, 0, 1, 1, "公开"),
    (2, 1, 1, 1, "3"),
    (2, 2, 1, 1, ""),
]


def grids(data: bytes, engine: str = "pdfium") -> tuple[Grid, ...]:
    source = read_bytes("r.pdf", data, pdf_engine=engine)
    assert all(source.text[c.start : c.end] == c.text for g in source.grids for c in g.cells)
    return source.grids


def spans(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]


def rows(data: bytes) -> list[list[str]]:
    """The text's lines of all grids, as fields."""
    source = read_bytes("r.pdf", data)
    return [line.split("\t") for g in source.grids for line in source.text[g.start : g.end].split("\n")]


def _by_lines(pdf: Pdf) -> None:
    pdf.table(XS, YS, MERGED)


def _by_rectangles(pdf: Pdf) -> None:
    _texts(pdf)
    for (row, col, *more), _ in MERGED.items():
        height, width = more or (1, 1)
        x0, x1, y0, y1 = XS[col], XS[col + width], YS[row], YS[row + height]
        pdf.canvas.rect(x0, 842 - y1, x1 - x0, y1 - y0)


def _by_thin_fills(pdf: Pdf) -> None:
    _texts(pdf)
    for x0, y0, x1, y1 in _strokes():
        pdf.canvas.rect(x0 - 0.4, 842 - y1 - 0.4, x1 - x0 + 0.8, y1 - y0 + 0.8, stroke=0, fill=1)


def _by_one_path(pdf: Pdf) -> None:
    _texts(pdf)
    path = pdf.canvas.beginPath()
    for x0, y0, x1, y1 in _strokes():
        path.moveTo(x0, 842 - y0)
        path.lineTo(x1, 842 - y1)
    pdf.canvas.drawPath(path)


def _by_one_fill(pdf: Pdf) -> None:
    _texts(pdf)
    path = pdf.canvas.beginPath()
    for x0, y0, x1, y1 in _strokes():
        path.rect(x0 - 0.4, 842 - y1 - 0.4, x1 - x0 + 0.8, y1 - y0 + 0.8)
    pdf.canvas.drawPath(path, stroke=0, fill=1)


def _in_a_form(pdf: Pdf) -> None:
    pdf.canvas.beginForm("table")
    pdf.canvas.translate(-50, 30)
    pdf.table(XS, YS, MERGED)
    pdf.canvas.endForm()
    pdf.canvas.translate(50, -30)
    pdf.canvas.doForm("table")


def _over_shades(pdf: Pdf) -> None:
    pdf.canvas.setFillGray(0.9)
    pdf.canvas.rect(80, 842 - 250, 300, 50, stroke=0, fill=1)
    pdf.canvas.rect(180, 842 - 275, 60, 25, stroke=0, fill=1)
    pdf.canvas.setFillGray(0)
    pdf.table(XS, YS, MERGED)


def _without_sides(pdf: Pdf) -> None:
    _texts(pdf)
    for x0, y0, x1, y1 in _strokes():
        if not x0 == x1 in (80, 380):
            pdf.line(x0, y0, x1, y1)


def _texts(pdf: Pdf) -> None:
    for (row, col, *_), text in MERGED.items():
        pdf.text(XS[col] + 5, YS[row] + 15, text, 9)


def _strokes() -> list[tuple[float, float, float, float]]:
    across = [(80, 200, 380, 200), (180, 225, 380, 225), (80, 250, 380, 250), (80, 275, 380, 275)]
    down = [(80, 200, 80, 275), (180, 200, 180, 275), (280, 225, 280, 275), (380, 200, 380, 275)]
    return [*across, *down]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "draw",
    [_by_lines, _by_rectangles, _by_thin_fills, _by_one_path, _by_one_fill, _in_a_form, _over_shades, _without_sides],
)
def test_merged_cells_however_they_are_drawn(draw, engine):
    pdf = Pdf()
    pdf.paragraph(150, "二、情况")
    draw(pdf)
    pdf.paragraph(320, "三、其他")
    (grid,) = grids(pdf.bytes(), engine)
    assert spans(grid) == SPANS


def test_the_text_has_each_cell_once_and_soft_breaks_joined():
    pdf = Pdf()
    pdf.paragraph(150, "二、情况")
    pdf.table(XS, [200, 230, 260, 290], {**MERGED, (1, 1): "自然\n人", (2, 0): "Office\nWord"})
    pdf.paragraph(320, "三、其他")
    text = read_bytes("r.pdf", pdf.bytes()).text
    assert text == "二、情况\n情况\t申请人\n\t自然人\t总计\nOffice Word\t3\t\n三、其他\n"


@pytest.mark.parametrize("draw", ["frame", "underline", "shade", "white"])
def test_lines_that_are_no_table(draw):
    pdf = Pdf()
    pdf.paragraph(100, "一、总体情况")
    pdf.paragraph(140, "全年公开信息12条。")
    if draw == "frame":
        pdf.canvas.rect(60, 60, 480, 720)
    elif draw == "underline":
        pdf.line(80, 105, 300, 105)
        pdf.line(80, 146, 300, 146)
    elif draw == "shade":
        pdf.canvas.setFillGray(0.95)
        pdf.canvas.rect(80, 842 - 150, 400, 30, stroke=0, fill=1)
        pdf.canvas.rect(80, 842 - 110, 400, 30, stroke=0, fill=1)
    else:
        pdf.canvas.setStrokeGray(1)
        pdf.canvas.grid([80, 200, 400], [842 - 150, 842 - 120, 842 - 90])
    source = read_bytes("r.pdf", pdf.bytes())
    assert (source.grids, len(source.text.splitlines())) == ((), 2)


HEAD = {(0, 0): "事项", (0, 1): "自然人", (0, 2): "总计"}


def over_pages(first: dict, second: dict, n_first: int, n_second: int, *, open_edges: str = "") -> bytes:
    """A table of three columns whose rows stand on two pages, with page numbers between."""
    pdf = Pdf()
    pdf.paragraph(100, "三、申请情况")
    bottom = 740
    ys = [bottom - 25 * (n_first - n) for n in range(n_first + 1)]
    pdf.table(XS, ys, first, without=["bottom"] if "first" in open_edges else [])
    pdf.text(290, 805, "- 1 -", 10)
    pdf.page()
    pdf.table(XS, [80 + 25 * n for n in range(n_second + 1)], second, without=["top"] if "second" in open_edges else [])
    pdf.text(290, 805, "- 2 -", 10)
    pdf.paragraph(400, "四、其他")
    return pdf.bytes()


FIRST = {**HEAD, (1, 0): "1.国家秘密", (1, 1): "1", (1, 2): "1"}
SECOND = {(0, 0): "2.法律禁止", (0, 1): "2", (0, 2): "2"}
JOINED = [["事项", "自然人", "总计"], ["1.国家秘密", "1", "1"], ["2.法律禁止", "2", "2"]]


@pytest.mark.parametrize("edges", ["", "first", "second", "first second"])
def test_a_table_goes_on_overleaf_with_closed_and_open_edges(edges):
    assert rows(over_pages(FIRST, SECOND, 2, 1, open_edges=edges)) == JOINED


def test_a_repeated_header_is_dropped():
    again = {**HEAD, (1, 0): "2.法律禁止", (1, 1): "2", (1, 2): "2"}
    assert rows(over_pages(FIRST, again, 2, 2)) == JOINED


@pytest.mark.parametrize("edges", ["", "first second"], ids=["closed", "open"])
def test_a_row_broken_by_the_page_is_one_row(edges):
    first = {**HEAD, (1, 0): "1.申请人逾期未按收费通", (1, 1): "", (1, 2): ""}
    second = {(0, 0): "知要求缴纳费用", (0, 1): "2", (0, 2): "2", (1, 0): "2.其他", (1, 1): "3", (1, 2): "3"}
    assert rows(over_pages(first, second, 2, 2, open_edges=edges)) == [
        ["事项", "自然人", "总计"],
        ["1.申请人逾期未按收费通知要求缴纳费用", "2", "2"],
        ["2.其他", "3", "3"],
    ]


def test_a_short_label_with_blank_numbers_is_a_row_of_its_own():
    first = {**HEAD, (1, 0): "1.秘密", (1, 1): "", (1, 2): ""}
    assert rows(over_pages(first, SECOND, 2, 1))[1:] == [["1.秘密", "", ""], ["2.法律禁止", "2", "2"]]


@pytest.mark.parametrize("edges", ["", "first second"], ids=["closed", "open"])
def test_a_merged_cell_reaches_over_the_page(edges):
    first = {(0, 0, 2, 1): "（三）不予公开", (0, 1): "1.秘密", (0, 2): "1", (1, 1): "2.法律", (1, 2): "2"}
    second = {(0, 0, 2, 1): "", (0, 1): "3.安全", (0, 2): "3", (1, 1): "4.他人", (1, 2): "4"}
    (grid,) = grids(over_pages(first, second, 2, 2, open_edges=edges))
    assert spans(grid) == [
        (0, 0, 4, 1, "（三）不予公开"),
        (0, 1, 1, 1, "1.秘密"),
        (0, 2, 1, 1, "1"),
        (1, 1, 1, 1, "2.法律"),
        (1, 2, 1, 1, "2"),
        (2, 1, 1, 1, "3.安全"),
        (2, 2, 1, 1, "3"),
        (3, 1, 1, 1, "4.他人"),
        (3, 2, 1, 1, "4"),
    ]


def test_a_merged_cell_that_ends_with_the_page_ends():
    first = {(0, 0, 2, 1): "（三）不予公开", (0, 1): "1.秘密", (0, 2): "1", (1, 1): "2.法律", (1, 2): "2"}
    second = {(0, 0, 2, 1): "（四）无法提供", (0, 1): "1.不掌握", (0, 2): "3", (1, 1): "2.没有", (1, 2): "4"}
    (grid,) = grids(over_pages(first, second, 2, 2, open_edges="first second"))
    assert [c.text for c in grid.cells if c.col == 0] == ["（三）不予公开", "（四）无法提供"]
    assert grid.n_rows == 4


def test_blank_numbers_after_a_page_break_stay_blank():
    second = {(0, 0): "2.法律禁止", (0, 1): "", (0, 2): "2"}
    assert rows(over_pages(FIRST, second, 2, 1))[-1] == ["2.法律禁止", "", "2"]


@pytest.mark.parametrize("between", ["text", "columns", "width"])
def test_tables_that_do_not_belong_together(between):
    pdf = Pdf()
    pdf.table(XS, [690, 715, 740], FIRST)
    pdf.page()
    xs = XS
    if between == "text":
        pdf.paragraph(70, "四、复议诉讼情况")
    elif between == "columns":
        xs = [80, 120, 245, 380]
    else:
        xs = [80, 180, 280, 500]
    pdf.table(xs, [100, 125], SECOND)
    assert len(grids(pdf.bytes())) == 2


def test_a_table_over_three_pages():
    pdf = Pdf()
    for number in range(3):
        cells = {(n, c): f"{number}{n}" if c else f"{number + 1}.甲{n}" for n in range(20) for c in range(3)}
        pdf.table(XS, [80 + 30 * n for n in range(21)], cells)
        pdf.page()
    (grid,) = grids(pdf.bytes())
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (60, 3, 180)


def test_rows_whose_line_is_missing_are_parted():
    pdf = Pdf()
    cells = {(0, 0): "情况", (0, 1): "甲\n乙", (0, 2): "丙", (0, 3): "丁"}
    cells |= {(1, 0): "1.国家秘密\n2.法律禁止", (1, 1): "0\n1", (1, 2): "2\n3", (1, 3): "4\n5"}
    pdf.table([80, 200, 260, 320, 380], [200, 230, 260], cells)
    assert rows(pdf.bytes()) == [
        ["情况", "甲乙", "丙", "丁"],
        ["1.国家秘密", "0", "2", "4"],
        ["2.法律禁止", "1", "3", "5"],
    ]


def test_a_number_broken_in_one_cell_is_one_number():
    pdf = Pdf()
    pdf.table(
        XS,
        [200, 230, 260],
        {(0, 0): "情况", (0, 1): "甲", (0, 2): "乙", (1, 0): "收费", (1, 1): "7730.\n28", (1, 2): "0"},
    )
    assert rows(pdf.bytes())[1] == ["收费", "7730.28", "0"]


def _columns(pdf: Pdf, top: float, label: str, *values: str, x: float = LEFT) -> None:
    pdf.text(x, top, label, 10)
    for n, value in enumerate(values):
        pdf.text(330 + 40 * n, top, value, 10)


def test_a_table_without_lines():
    pdf = Pdf()
    pdf.paragraph(100, "三、申请情况")
    pdf.paragraph(130, "全年收到申请，具体数字如下。")
    _columns(pdf, 170, "事项", "个人", "企业", "总计")
    _columns(pdf, 190, "一、新收", "1", "2", "3")
    _columns(pdf, 210, "二、结转", "0", "", "10")
    pdf.text(LEFT, 230, "三、其他没有写完的很长的", 10)
    _columns(pdf, 245, "一个事项", "4", "5", "9")
    pdf.paragraph(300, "四、其他情况")
    data = pdf.bytes()
    source = read_bytes("r.pdf", data)
    (grid,) = source.grids
    assert not grid.spans_known
    assert rows(data) == [
        ["事项", "个人", "企业", "总计"],
        ["一、新收", "1", "2", "3"],
        ["二、结转", "0", "", "10"],
        ["三、其他没有写完的很长的一个事项", "4", "5", "9"],
    ]
    assert source.text.splitlines()[-1] == "四、其他情况"


@pytest.mark.parametrize(
    "placed",
    [
        [("联系人：某某", "电话：123")],
        [("某某区人民政府", "2024年1月"), ("地址某路", "邮编")],
        [("全年公开。", "12"), ("培训。", "3"), ("检查。", "4")],
    ],
)
def test_wide_gaps_that_are_no_table(placed):
    pdf = Pdf()
    for n, (left, right) in enumerate(placed):
        pdf.text(LEFT, 100 + PITCH * n, left)
        pdf.text(LEFT + 250, 100 + PITCH * n, right)
    assert grids(pdf.bytes()) == ()


@pytest.mark.parametrize("edges", ["", "first second"], ids=["closed", "open"])
def test_the_label_of_a_merged_cell_may_stand_on_the_second_page(edges):
    first = {(0, 0): "", (0, 1): "1.秘密", (0, 2): "1"}
    second = {(0, 0, 2, 1): "（三）不予公开", (0, 1): "2.法律", (0, 2): "2", (1, 1): "3.安全", (1, 2): "3"}
    (grid,) = grids(over_pages(first, second, 1, 2, open_edges=edges))
    assert [(c.row, c.row_span, c.text) for c in grid.cells if c.col == 0] == [(0, 3, "（三）不予公开")]


@pytest.mark.parametrize("blank", ["above", "below"])
def test_the_blank_rest_of_a_row_on_the_other_page_is_no_row(blank):
    first, second = dict(FIRST), dict(SECOND)
    if blank == "above":
        first |= {(2, 0): "", (2, 1): "", (2, 2): ""}
    else:
        second = {(r + 1, c): text for (r, c), text in SECOND.items()} | {(0, c): "" for c in range(3)}
    data = over_pages(first, second, 3 if blank == "above" else 2, 1 if blank == "above" else 2)
    assert rows(data) == JOINED


def test_a_cell_that_comes_from_the_page_before_and_goes_on_to_the_next():
    pdf = Pdf()
    for number in range(3):
        top, end = 80, 80 + 25 * 26
        for row in range(26):
            y = top + 25 * row
            if row or number == 0:
                pdf.line(180, y, 380, y)
            pdf.text(185, y + 15, f"{number * 26 + row + 1}.事项", 9)
            pdf.text(285, y + 15, "7", 9)
        if number == 0:
            pdf.line(80, top, 180, top)
            pdf.text(85, 300, "三、办理结果", 9)
        if number == 2:
            pdf.line(80, end, 380, end)
        for x in XS:
            pdf.line(x, top, x, end)
        pdf.page()
    (grid,) = grids(pdf.bytes())
    assert (grid.n_rows, grid.n_cols) == (78, 3)
    assert [(c.row, c.row_span, c.text) for c in grid.cells if c.col == 0] == [(0, 78, "三、办理结果")]


def test_one_row_alone_on_its_page_belongs_to_the_table():
    first = {(0, 0, 1, 3): "第二十条第（一）项"}
    assert rows(over_pages(first, FIRST, 1, 2))[0] == ["第二十条第（一）项"]
