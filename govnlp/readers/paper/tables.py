"""Ruled tables with their text: cells filled with the lines that stand in them, rows without a line of their own parted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace

from govnlp.document import Box
from govnlp.readers import structure
from govnlp.readers.joining import join_soft
from govnlp.readers.paper.lattice import Lattice
from govnlp.readers.paper.lines import Line, lines_of
from govnlp.readers.paper.page import Glyph

_NUMBER = re.compile(r"[-+]?[\d０-９][\d０-９,，.．\s]*%?|[/／—–-]+")
_SAME_ROW = 3.0
_LEAST_HIDDEN = 3
"""So many cells must show several numbers above each other before a row is parted."""
_SAME_EDGE = 4.0
_FULL = 1.6
"""A line that ends nearer to its cell's edge than this many characters may have been broken there."""


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell on paper: rows counted from the table's first, its left and right edge, text, and how its edges are drawn."""

    row: int
    row_span: int
    x0: float
    x1: float
    text: str
    open_top: bool = False
    open_bottom: bool = False
    full: bool = False
    """Whether its last line reaches its right edge, so that the text may go on."""
    box: Box | None = None
    lines: tuple[Line, ...] = ()

    @property
    def is_number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text))

    @property
    def end(self) -> int:
        return self.row + self.row_span


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table on paper, on one page or joined over several; `edges` are the columns' limits in points."""

    cells: tuple[PaperCell, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float
    page: int

    @property
    def n_rows(self) -> int:
        return max((c.end for c in self.cells), default=0)


def fill(lattice: Lattice, glyphs: list[Glyph], page: int) -> tuple[PaperTable, list[Glyph]]:
    """The table with its text, and the characters that stand outside it."""
    inside: list[list[Glyph]] = [[] for _ in lattice.rects]
    outside: list[Glyph] = []
    for glyph in glyphs:
        at = lattice.find((glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * (glyph.bottom - glyph.top))
        (outside if at is None else inside[at]).append(glyph)
    cells = []
    last = len(lattice.ys) - 1
    for rect, held in zip(lattice.rects, inside, strict=True):
        lines = tuple(lines_of(held)) if held else ()
        cells.append(
            PaperCell(
                row=rect.row,
                row_span=rect.row_span,
                x0=rect.x0,
                x1=rect.x1,
                text=join_soft((line.text for line in lines), paper=True),
                open_top=rect.row == 0 and rect.open_top,
                open_bottom=rect.row + rect.row_span == last and rect.open_bottom,
                full=bool(lines) and rect.x1 - lines[-1].x1 < _FULL * lines[-1].size,
                box=Box(page, rect.x0, rect.top, rect.x1, rect.bottom),
                lines=lines,
            )
        )
    table = PaperTable(tuple(cells), tuple(lattice.xs), lattice.ys[0], lattice.ys[-1], page)
    return part_rows(table), outside


def part_rows(table: PaperTable) -> PaperTable:
    """Part rows whose ruling line is missing: several numbers above each other in at least three cells of one row."""
    by_row: dict[int, list[PaperCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.row_span == 1:
            by_row[cell.row].append(cell)
    for row in sorted(by_row, reverse=True):
        bases = _hidden_rows(by_row[row])
        if bases:
            table = _parted(table, row, bases)
    return table


def to_structure(table: PaperTable) -> structure.Table:
    """The table with columns counted instead of measured."""
    edges: list[float] = []
    for x in sorted({x for c in table.cells for x in (c.x0, c.x1)}):
        if not edges or x - edges[-1] > _SAME_EDGE:
            edges.append(x)
    cells = []
    for cell in sorted(table.cells, key=lambda c: (c.row, c.x0)):
        col, end = _index(edges, cell.x0), _index(edges, cell.x1)
        content = (structure.Paragraph(cell.text),) if cell.text else ()
        cells.append(structure.TableCell(cell.row, col, content, cell.row_span, max(1, end - col), cell.box))
    box = Box(table.page, table.edges[0], table.top, table.edges[-1], table.bottom)
    return structure.Table(tuple(cells), box)


def _index(edges: list[float], x: float) -> int:
    """The edge that stands for `x`: the last one at or left of it, since near edges were taken together."""
    return max(0, bisect_right(edges, x + 0.01) - 1)


def _hidden_rows(cells: list[PaperCell]) -> list[float]:
    """Base lines that the number cells of a row share, if there are several; otherwise none."""
    if sum(len(c.lines) > 1 for c in cells) < _LEAST_HIDDEN:
        return []
    numbers = [c for c in cells if c.lines and all(_NUMBER.fullmatch(line.text) for line in c.lines)]
    many = [c for c in numbers if len(c.lines) > 1]
    if len(many) < _LEAST_HIDDEN or len(many) < len(numbers):
        return []
    first = [line.base for line in many[0].lines]
    for cell in many[1:]:
        bases = [line.base for line in cell.lines]
        if len(bases) != len(first) or any(abs(a - b) > _SAME_ROW for a, b in zip(first, bases, strict=True)):
            return []
    return first


def _parted(table: PaperTable, row: int, bases: list[float]) -> PaperTable:
    more = len(bases) - 1
    cells = []
    for cell in table.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + more))
        elif cell.row == row and cell.row_span == 1:
            held: list[list[Line]] = [[] for _ in bases]
            for line in cell.lines:
                held[min(range(len(bases)), key=lambda n: abs(bases[n] - line.base))].append(line)
            for n, lines in enumerate(held):
                text = join_soft((line.text for line in lines), paper=True)
                cells.append(replace(cell, row=row + n, text=text, lines=tuple(lines)))
        elif cell.end > row:
            cells.append(replace(cell, row_span=cell.row_span + more))
        else:
            cells.append(cell)
    return replace(table, cells=tuple(cells))
