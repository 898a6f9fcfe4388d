"""GD108: blank, slash or dash cells where a number is due."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import CellRef, Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.schema import PART_TITLES

ROWS_OF_2019 = (
    "规章",
    "规范性文件",
    "行政许可",
    "其他对外管理服务事项",
    "行政处罚",
    "行政强制",
    "行政事业性收费",
    "政府集中采购",
)
ONLY_IN_2019 = ("其他对外管理服务事项", "政府集中采购")
BLANKS = ("", "/", "／", "-", "－", "—", "——", "–", "--", "\\", "无", "*")


def check(report: Report, context: Context) -> Iterator[Hit]:
    for table in report.tables.values():
        if table.layout == "2019":
            continue  # its rows are not those of today: see below
        blank = [key for key, ref in table.cells.items() if is_blank(ref)]
        if blank:
            yield Hit(
                evidence=cell_spans(table, *blank),
                cells=tuple((table.name, row, col, table.cells[row, col].raw) for row, col in blank),
                values={"table": PART_TITLES[f"{table.name}_table"], "n": len(blank)},
            )
    rows = list(blank_rows_of_2019(report))
    if rows:
        yield Hit(evidence=tuple(rows), values={"table": PART_TITLES["proactive_table"], "n": len(rows)})


def blank_rows_of_2019(report: Report) -> Iterator[tuple[int, int]]:
    """Rows of the first table in its form of 2019 (see GD106) that hold nothing but their label.

    In a table of today's form, only rows that belong to the older one.
    """
    table = report.tables.get("proactive")
    labels = ONLY_IN_2019 if table is not None and table.layout != "2019" else ROWS_OF_2019
    for section in report.of_section("proactive_table"):
        at = section.start
        for line in report.span(section.start, section.end).split("\n"):
            label, *cells = line.split("\t")
            if label.strip() in labels and cells and all(cell.strip() in BLANKS for cell in cells):
                yield at, at + len(label)
            at += len(line) + 1


def is_blank(ref: CellRef) -> bool:
    """Whether a cell is there and holds a mark for nothing instead of a number."""
    return ref.raw is not None and ref.raw.strip() in BLANKS


RULE = Rule(
    code="GD108",
    name="blank-cells",
    severity="warning",
    title={"zh": "表格有空白格", "en": "Blank cells in a table"},
    basis=(FORMAT_2021,),
    explanation={
        "zh": "统一格式的表格每一格都要填数，没有的填0。空白、“/”、“-”无法汇总，也分不清是没有发生还是没有统计。",
        "en": "Every cell of a national table holds a number, zero where nothing happened. A blank, a slash or a "
        "dash cannot be "
        "added up, and leaves open whether nothing happened or nothing was counted.",
    },
    advice={
        "zh": "把空白格、“/”、“-”改为实际数字，没有的填0。",
        "en": "Put the number in each cell, 0 where there is none.",
    },
    messages={
        "default": {
            "zh": "“{table}”的表格有{n}格没有填数字。",
            "en": "{n} cells in the table of “{table}” hold no number.",
        }
    },
    check=check,
    passes=(passes(),),
    fails=(
        fails(("[[table proactive]]", "规范性文件\t0\t0\t0\n政府集中采购\t\t"), evidence=("政府集中采购",)),
        fails(("行政处罚: 6", '行政处罚: "/"'), evidence=("/",)),
        fails(("reconsideration: [1, 0, 0, 0, 1]", "lawsuit_direct: [null, 0, 0, 0, 0]")),
        fails(("carried_in: [1, 0, 0, 0, 0, 0, 1]", 'carried_in: [1, 0, 0, "-", "-", 0, 1]'), evidence=("-", "-")),
    ),
)
