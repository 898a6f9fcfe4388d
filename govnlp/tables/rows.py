"""A file's tables as one stream of rows, whatever they were: merged cells, tab-separated lines, or lines that lost their tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from govnlp.document import Cell, Grid, Source
from govnlp.tables.numbers import cell_kind

LONGEST_LABEL_LINE = 80
"""A line without tabs that is longer is a paragraph, unless it is full of numbers."""
_TOKEN = re.compile(r"\S+")
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－―]+\s*\d{1,3}\s*[-—–－―]+|第\s*\d{1,3}\s*页(?:\s*[/／,，(（]?\s*共\s*\d{1,3}\s*页\s*[)）]?)?)\s*"
)
"""A line that holds a page's number and nothing else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's text, stripped, and where it stands in the text.

    `width`: columns that the cell covers. `shared`: the cell covers several rows; `carried`: it began in a row above.
    """

    start: int
    end: int
    text: str
    width: int = 1
    shared: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line of text that may be one.

    `kind`: "grid" (columns known), "tabs" (cells known, columns may be shifted), "line" (blank cells lost) or "text" (a paragraph).
    """

    start: int
    pieces: tuple[Piece, ...]
    kind: Literal["grid", "tabs", "line", "text"]

    @property
    def labels(self) -> list[Piece]:
        """The pieces of words."""
        return [p for p in self.pieces if cell_kind(p.text) == "words"]

    @property
    def has_value(self) -> bool:
        return any(cell_kind(p.text) in ("number", "null") for p in self.pieces)


def rows_of(source: Source) -> list[Row]:
    """All rows of a source in the order of its text. Blank lines are left out: they mean nothing inside a table."""
    grids = [g for g in source.grids if g.cells and (g.spans_known or any("\n" in c.text for c in g.cells))]
    out: list[Row] = []
    at = 0
    for grid in sorted(grids, key=lambda g: g.start):
        if grid.start < at:
            continue
        out.extend(_lines(source.text, at, grid.start))
        out.extend(_grid_rows(grid))
        at = max(at, grid.end)
    out.extend(_lines(source.text, at, len(source.text)))
    return out


def _stripped(start: int, text: str, **more: bool | int) -> Piece:
    plain = text.strip()
    lead = len(text) - len(text.lstrip()) if plain else 0
    return Piece(start + lead, start + lead + len(plain), plain, **more)  # type: ignore[arg-type]


def _lines(text: str, start: int, end: int) -> Iterator[Row]:
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if not line.strip() or PAGE_NUMBER.fullmatch(line):
            if "\t" in line and not line.strip():
                yield _tab_row(at, line)  # a row of blank cells
        elif "\t" in line:
            yield _tab_row(at, line)
        else:
            yield from _loose_rows(at, line)
        at += len(line)


def _tab_row(at: int, line: str) -> Row:
    pieces = []
    offset = at
    for cell in line.rstrip("\r\n").split("\t"):
        pieces.append(_stripped(offset, cell))
        offset += len(cell) + 1
    return Row(at, tuple(pieces), "tabs")


def _loose_rows(at: int, line: str) -> Iterator[Row]:
    """Rows of a line without tabs: each label with the numbers that follow it."""
    if len(line) <= LONGEST_LABEL_LINE and not any(c.isdecimal() or c in "/-—无" for c in line):
        yield Row(at, (_stripped(at, line),), "line")
        return
    tokens = [(m.start(), m.end(), cell_kind(m.group()) in ("number", "null")) for m in _TOKEN.finditer(line)]
    values = sum(is_value for *_, is_value in tokens)
    if len(line) > LONGEST_LABEL_LINE and values * 3 < len(tokens):
        yield Row(at, (), "text")
        return
    # a number before a label is the label's own numbering
    if len(tokens) > 1 and tokens[0][2] and not tokens[1][2]:
        tokens[0] = (*tokens[0][:2], False)
    pieces: list[Piece] = []
    label: tuple[int, int] | None = None
    for start, end, is_value in tokens:
        if is_value:
            if label:
                pieces.append(_stripped(at + label[0], line[label[0] : label[1]]))
                label = None
            pieces.append(_stripped(at + start, line[start:end]))
        else:
            if label is None and pieces:
                yield Row(pieces[0].start, tuple(pieces), "line")
                pieces = []
            label = (label[0] if label else start, end)
    if label:
        pieces.append(_stripped(at + label[0], line[label[0] : label[1]]))
    yield Row(pieces[0].start, tuple(pieces), "line")


def _grid_rows(grid: Grid) -> Iterator[Row]:
    by_row: dict[int, list[tuple[Cell, bool]]] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + max(1, cell.row_span)):
            by_row.setdefault(row, []).append((cell, row > cell.row))
    kind: Literal["grid", "tabs"] = "grid" if grid.spans_known else "tabs"
    for row in sorted(by_row):
        members = sorted(by_row[row], key=lambda m: m[0].col)
        pieces = tuple(
            _stripped(c.start, c.text, width=max(1, c.col_span), shared=c.row_span > 1, carried=carried)
            for c, carried in members
        )
        start = min((c.start for c, carried in members if not carried), default=grid.start)
        yield Row(start, pieces, kind)
