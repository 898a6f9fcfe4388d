"""The three national tables of a report as HTML tables, with the cells that findings compare marked and linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from govnlp.document import Finding, NationalTable, Number, Report
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.schema import (
    APPLICANTS,
    PROACTIVE_ROWS,
    REQUEST_ROWS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    TABLES,
    Lang,
)

CellKey = tuple[str, str, int]
"""Table, row id, column."""


@dataclass(frozen=True, slots=True)
class TableView:
    """One table to show: `body` is None where the report lacks it. `labels`: (found, expected) where labels differ."""

    name: str
    title: str
    body: Markup | None
    labels: tuple[tuple[str, str], ...] = ()


def cells_of(findings: Sequence[Finding]) -> dict[CellKey, list[int]]:
    """The cells that findings point to, with the numbers (from 1) of these findings."""
    found: defaultdict[CellKey, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        for cell in finding.cells:
            key = (str(cell.get("table")), str(cell.get("row")), cell.get("col"))
            if isinstance(key[2], int) and number not in found[key]:  # type: ignore[index]
                found[key].append(number)  # type: ignore[index]
    return dict(found)


def cell_anchor(key: CellKey) -> str | None:
    """The id of a cell on the page; None where no table of the format has it."""
    table, row, col = key
    rows = _ROW_IDS.get(table, {})
    return f"t{TABLES.index(table)}-{rows[row]}-{col}" if row in rows and 0 <= col < 7 else None


_ROW_IDS: Mapping[str, Mapping[str, int]] = {
    "proactive": {row: i for i, row in enumerate(PROACTIVE_ROWS)},
    "requests": {row: i for i, row in enumerate(REQUEST_ROWS)},
    "review": {row: i for i, row in enumerate(REVIEW_BLOCKS)},
}


def show_number(value: Number) -> str:
    """Thousands parted; whole numbers without a point, others without trailing zeros."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{int(value):,}" if abs(value) < 1e15 else f"{value:g}"


def table_views(report: Report, marked: Mapping[CellKey, Sequence[int]], words: Words) -> list[TableView]:
    """All three, those that the report lacks too."""
    views = []
    for name in TABLES:
        table = report.tables.get(name)
        title = words.term("table", name)
        if table is None:
            views.append(TableView(name, title, None))
            continue
        labels = tuple((one_line(x.found, 80), one_line(x.expected or "", 80)) for x in table.labels)
        body = Markup("".join(_BODIES[name](_Cells(table, marked, words))))
        views.append(TableView(name, title, body, labels))
    return views


_ZERO = '<td class="z">0</td>'
"""Nearly every cell of nearly every report."""


@lru_cache(1024)
def _label(lang: Lang, group: str, name: str) -> str:
    """A name of the format, escaped: the same on every page."""
    return str(escape(Words(lang).term(group, name)))


class _Cells:
    """Writes one table's cells."""

    def __init__(self, table: NationalTable, marked: Mapping[CellKey, Sequence[int]], words: Words) -> None:
        self.table, self.marked = table, marked
        self.blank, self.lang = words("html.blank"), words.lang
        self.missing = frozenset(table.missing_rows)
        self.marked_rows = {key[1] for key in marked if key[0] == table.name}

    def row(self, row: str, width: int) -> str:
        values = self.table.rows.get(row, ())
        if not any(values) and None not in values and len(values) == width and row not in self.marked_rows:
            return _ZERO * width
        return "".join(self.cell(row, col, values[col] if col < len(values) else None) for col in range(width))

    def cell(self, row: str, col: int, value: Number | None) -> str:
        name = self.table.name
        numbers = self.marked.get((name, row, col)) if self.marked else None
        if value == 0 and not numbers:
            return _ZERO
        if isinstance(value, int | float):
            shown = show_number(value)
        else:
            ref = self.table.cells.get((row, col))
            raw = one_line(ref.raw, 30) if ref and ref.raw else ""
            shown = str(escape(raw)) or f'<span class="none" title="{escape(self.blank)}">—</span>'
        if not numbers:
            return f"<td>{shown}</td>"
        anchor = cell_anchor((name, row, col))
        return f'<td class="bad" id="{anchor}" data-f="{" ".join(map(str, numbers))}"><a href="#f{numbers[0]}">{shown}</a></td>'

    def heading(self, group: str, row: str, attributes: str = "") -> str:
        kind = ' class="gone"' if row in self.missing else ""
        return f'<th scope="row"{kind}{attributes}>{self.label(group, row)}</th>'

    def label(self, group: str, name: str) -> str:
        return _label(self.lang, group, name)


@lru_cache(16)
def _head(lang: Lang, group: str, columns: tuple[str, ...]) -> str:
    first = escape(Words(lang)("html.item"))
    cells = "".join(f'<th scope="col">{_label(lang, group, c)}</th>' for c in columns)
    return f'<thead><tr><th scope="col">{first}</th>{cells}</tr></thead>'


def _proactive(cells: _Cells) -> Iterator[str]:
    yield "<tbody>"
    for row, columns in PROACTIVE_ROWS.items():
        values = cells.table.rows.get(row, ())
        span = f' rowspan="{len(columns)}"' if len(columns) > 1 else ""
        first = cells.heading("proactive_row", row, span)
        for col, column in enumerate(columns):
            cell = cells.cell(row, col, values[col] if col < len(values) else None)
            yield f'<tr>{first}<th scope="row" class="sub">{cells.label("proactive_column", column)}</th>{cell}</tr>'
            first = ""
    yield "</tbody>"


def _requests(cells: _Cells) -> Iterator[str]:
    width = len(APPLICANTS)
    yield _head(cells.lang, "applicant", APPLICANTS) + "<tbody>"
    group = ""
    for row in REQUEST_ROWS:
        parent = row.partition(".")[0]
        if parent not in (row, group):
            group = parent
            label = cells.label("request_group", group)
            yield f'<tr class="group"><th scope="rowgroup" colspan="{width + 1}">{label}</th></tr>'
        yield f"<tr>{cells.heading('request_row', row)}{cells.row(row, width)}</tr>"
    yield "</tbody>"


def _review(cells: _Cells) -> Iterator[str]:
    yield _head(cells.lang, "review_column", REVIEW_COLUMNS) + "<tbody>"
    for block in REVIEW_BLOCKS:
        yield f"<tr>{cells.heading('review_block', block)}{cells.row(block, len(REVIEW_COLUMNS))}</tr>"
    yield "</tbody>"


_BODIES = {"proactive": _proactive, "requests": _requests, "review": _review}
