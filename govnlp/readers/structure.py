"""What the readers of HTML, DOCX and PDF have in common: paragraphs and tables in order, and how they become text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govnlp.document import Block, Box, Cell, Grid
from govnlp.readers.base import Content
from govnlp.readers.joining import join_soft, tidy

MAX_SPAN = 200
"""Wider or higher spans are cut: no table of a report has as many columns, and a page must not exhaust memory."""
_PROSE_CHARS = 300
"""A cell with more text than this, in sentences, frames a page rather than holding a value."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the report. `kind` as in `document.Block`."""

    text: str
    kind: str = "paragraph"
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at (row, col), counted from 0, and what stands in it."""

    row: int
    col: int
    content: tuple[Paragraph | Table, ...]
    row_span: int = 1
    col_span: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order. `spans_known`: whether the file shows how far cells reach."""

    cells: tuple[TableCell, ...]
    box: Box | None = None
    spans_known: bool = True


Flow = Iterable[Paragraph | Table]


@dataclass(frozen=True, slots=True)
class SpannedContent:
    """A cell as HTML gives it: what stands in it and how far it reaches, its place still unknown."""

    content: tuple[Paragraph | Table, ...]
    row_span: int = 1
    col_span: int = 1


def place(rows: Sequence[Sequence[SpannedContent]]) -> Table:
    """Give each cell its row and column, spans of the rows above taken into account (the HTML table model)."""
    cells = []
    taken: dict[int, int] = {}
    """Column to the first row where it is free again."""
    for row, items in enumerate(rows):
        col = 0
        for item in items:
            while taken.get(col, 0) > row:
                col += 1
            height = min(item.row_span or MAX_SPAN, len(rows) - row)
            width = max(1, min(item.col_span, MAX_SPAN))
            cells.append(TableCell(row, col, item.content, max(1, height), width))
            for covered in range(col, col + width):
                taken[covered] = row + max(1, height)
            col += width
    return Table(tuple(cells))


def assemble(
    flow: Flow, *, title: str | None = None, published: str | None = None, notes: Sequence[str] = ()
) -> Content:
    """Write paragraphs and tables as text, one line for each paragraph and table row, and tell where each stands.

    A row's line has a field for each cell that covers it, parted by tabs; the text of a cell stands in its first row.
    """
    writer = _Writer()
    for item in _unframe(flow):
        writer.add(item)
    return Content("".join(writer.parts), tuple(writer.blocks), tuple(writer.grids), title, published, tuple(notes))


def cell_text(cell: TableCell) -> str:
    """The cell's text on one line; the cells of a table within it are parted by blanks."""
    pieces = []
    for item in cell.content:
        if isinstance(item, Paragraph):
            pieces.append(tidy(item.text))
        else:
            pieces.append(" ".join(filter(None, map(cell_text, item.cells))))
    return join_soft(pieces).replace("\t", " ")


def _unframe(flow: Flow) -> Iterable[Paragraph | Table]:
    """Tables that only lay out a page give way to what stands in their cells."""
    for item in flow:
        if isinstance(item, Table) and _is_frame(item):
            for cell in item.cells:
                yield from _unframe(cell.content)
        else:
            yield item


def _is_frame(table: Table) -> bool:
    if len(table.cells) <= 1:
        return True
    inner = [item for cell in table.cells for item in cell.content if isinstance(item, Table)]
    if any(len(t.cells) >= len(table.cells) for t in inner):
        return True
    for cell in table.cells:
        texts = [item.text for item in cell.content if isinstance(item, Paragraph)]
        if len(texts) > 2 and sum(map(len, texts)) > _PROSE_CHARS and sum(t.count("。") for t in texts) > 2:
            return True
    return False


@dataclass(slots=True)
class _Writer:
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    length: int = 0

    def add(self, item: Paragraph | Table) -> None:
        if isinstance(item, Table):
            self._add_table(item)
            return
        text = tidy(item.text)
        if text:
            self.blocks.append(Block(self.length, self.length + len(text), item.kind, item.box))
            self._write(text + "\n")

    def _add_table(self, table: Table) -> None:
        start, cells = self.length, []
        n_rows = max((c.row + c.row_span for c in table.cells), default=0)
        covering: list[list[TableCell]] = [[] for _ in range(n_rows)]
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                covering[row].append(cell)
        for row, line in enumerate(covering):
            for n, cell in enumerate(sorted(line, key=lambda c: c.col)):
                if n:
                    self._write("\t")
                if cell.row == row:
                    text, at = cell_text(cell), self.length
                    self._write(text)
                    span = (cell.row_span, cell.col_span)
                    cells.append(Cell(row, cell.col, at, self.length, text, *span, box=cell.box))
            self._write("\n")
        if any(c.text for c in cells):
            self.blocks.append(Block(start, self.length - 1, "table", table.box))
            self.grids.append(Grid(start, self.length - 1, tuple(cells), table.spans_known))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
