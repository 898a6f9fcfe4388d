"""Tables without ruling lines: runs of lines whose pieces stand in columns, as far as the distances tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from govnlp.document import Box
from govnlp.readers.joining import join_soft
from govnlp.readers.paper.lines import Line, text_of
from govnlp.readers.paper.page import Glyph
from govnlp.readers.structure import Paragraph, Table, TableCell

_GAP = 1.3
"""A gap of this many characters parts two pieces of a line."""
_NUMBER = re.compile(r"[-+]?[\d０-９,，.．]+%?|[/／—–-]+")
_SENTENCE = re.compile(r"[。；]")
_ENUMERATED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|第.{1,3}条)")
_LEAST_ROWS = 3
_MOST_LOOSE = 3
"""So many lines of one piece may stand between two rows: labels on several lines, rows of one merged cell."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that stands by itself."""

    x0: float
    x1: float
    text: str

    @property
    def is_number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table without lines and where it stands; `top` is its place among the page's lines, in points."""

    table: Table
    top: float


def take_tables(lines: Sequence[Line], page: int) -> tuple[list[LooseTable], list[Line]]:
    """The tables among a page's lines outside ruled tables, and the lines that remain."""
    pieces = [pieces_of(line) for line in lines]
    tables: list[LooseTable] = []
    rest: list[Line] = []
    done = 0
    for start, end in _runs(lines, pieces):
        rest += lines[done:start]
        tables.append(
            LooseTable(_table(lines[start:end], pieces[start:end], page), lines[start].base - lines[start].size)
        )
        done = end
    rest += lines[done:]
    return tables, rest


def join_tables(first: LooseTable, second: LooseTable) -> LooseTable | None:
    """The two as one, if the second, on the next page, has as many columns; otherwise None."""
    widths = [max(c.col for c in t.table.cells) for t in (first, second)]
    if widths[0] != widths[1]:
        return None
    above = 1 + max(c.row for c in first.table.cells)
    moved = tuple(replace(c, row=c.row + above) for c in second.table.cells)
    return replace(first, table=replace(first.table, cells=first.table.cells + moved))


def pieces_of(line: Line) -> list[Piece]:
    """The pieces of a line that wide gaps part."""
    groups: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if glyph.char.isspace():
            continue
        if groups and glyph.x0 - groups[-1][-1].x1 <= _GAP * line.size:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [Piece(g[0].x0, g[-1].x1, text_of(g, line.size)) for g in groups]


def _is_row(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < 2 or any(_SENTENCE.search(p.text) for p in pieces):
        return False
    return len(pieces) >= 3 or pieces[-1].is_number


def _runs(lines: Sequence[Line], pieces: Sequence[list[Piece]]) -> list[tuple[int, int]]:
    rows = [n for n, held in enumerate(pieces) if _is_row(held)]
    groups: list[list[int]] = []
    for n in rows:
        last = groups[-1][-1] if groups else -1
        between = range(last + 1, n)
        joined = groups and len(between) <= _MOST_LOOSE and all(_may_belong(lines[k], pieces[k]) for k in between)
        if joined:
            groups[-1].append(n)
        else:
            groups.append([n])
    out = []
    for group in groups:
        wide = max(len(pieces[n]) for n in group)
        if len(group) >= _LEAST_ROWS or (len(group) >= 2 and wide >= 5):
            out.append((group[0], group[-1] + 1))
    return out


def _may_belong(line: Line, pieces: Sequence[Piece]) -> bool:
    """Whether a line between two rows can be part of the table: a label, no sentence and no heading of a part."""
    text = line.text
    heading = re.match(r"\s*[一二三四五六七八九十]、", text) and len(pieces) == 1 and "情况" in text
    return not (_SENTENCE.search(text) or heading or len(text) > 45)


@dataclass(slots=True)
class _Row:
    labels: list[Piece]
    values: list[Piece]
    base: float
    """The base line of its last line."""
    more: dict[int, list[str]] = field(default_factory=dict)
    """Further lines of a label, by its index."""

    def goes_on(self, labels: Sequence[Piece], line: Line) -> bool:
        """Whether pieces of the next line go on with the labels of this row: below them, near, and without a number."""
        if len(labels) > len(self.labels) or any(_ENUMERATED.match(p.text) for p in labels):
            return False
        return line.base - self.base < 1.7 * line.size and all(self.index_of(p, line.size) is not None for p in labels)

    def index_of(self, piece: Piece, size: float) -> int | None:
        """Which label stands above a piece."""
        near = (n for n, x in enumerate(self.labels) if x.x0 - size < piece.x0 and piece.x1 < x.x1 + size)
        return next(near, None)

    def add(self, labels: Sequence[Piece], line: Line) -> None:
        for piece in labels:
            self.more.setdefault(self.index_of(piece, line.size) or 0, []).append(piece.text)
        self.base = line.base


def _table(lines: Sequence[Line], pieces: Sequence[list[Piece]], page: int) -> Table:
    columns = _number_columns(pieces)
    border = columns[0][0] if columns else float("inf")
    rows: list[_Row] = []
    for line, held in zip(lines, pieces, strict=True):
        labels = [p for p in held if p.x0 < border and not (p.is_number and p.x1 > border)]
        values = [p for p in held if p not in labels]
        row = rows[-1] if rows else None
        if row is None or (values and row.values) or not row.labels or not row.goes_on(labels, line):
            rows.append(_Row(labels, values, line.base))
        else:
            row.add(labels, line)
            row.values = row.values or values
    return _placed(rows, columns, lines, page)


def _number_columns(pieces: Sequence[list[Piece]]) -> list[tuple[float, float]]:
    """Where numbers stand above each other, as ranges from left to right."""
    spans = sorted((p.x0, p.x1) for held in pieces if len(held) > 1 for p in held[1:] if p.is_number)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _placed(rows: Sequence[_Row], columns: Sequence[tuple[float, float]], lines: Sequence[Line], page: int) -> Table:
    n_labels = max((len(r.labels) for r in rows), default=0) or 1
    left = min((p.x0 for r in rows for p in r.labels), default=0.0)
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    cells = []
    for number, row in enumerate(rows):
        texts: dict[int, list[str]] = {}
        indented = len(row.labels) == 1 and n_labels > 1 and row.labels[0].x0 > left + 2 * lines[0].size
        for n, piece in enumerate(row.labels):
            texts[n_labels - 1 if indented else n] = [piece.text]
        for n, more in row.more.items():
            texts[n_labels - 1 if indented else n] += more
        for piece in row.values:
            middle = (piece.x0 + piece.x1) / 2
            col = n_labels + sum(middle > m for m in middles)
            texts.setdefault(col, []).append(piece.text)
        for col in range(n_labels + len(columns)):
            text = join_soft(texts.get(col, ()), paper=True)
            cells.append(TableCell(number, col, (Paragraph(text),) if text else ()))
    box = Box(page, min(x.x0 for x in lines), lines[0].top, max(x.x1 for x in lines), lines[-1].bottom)
    return Table(tuple(cells), box, spans_known=False)
