"""A table that goes on overleaf: joined, its repeated header dropped, rows and merged cells over the break made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govnlp.readers.joining import join_soft
from govnlp.readers.paper.tables import PaperCell, PaperTable

_SAME = 5.0
"""Edges nearer than this on two pages are the same, in points."""
_ENUMERATED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|第.{1,3}条)")


def goes_on(first: PaperTable, second: PaperTable) -> bool:
    """Whether `second`, the first thing on its page, is the rest of `first`, the last thing on the page before."""
    width = first.edges[-1] - first.edges[0]
    if abs(width - (second.edges[-1] - second.edges[0])) > 2 * _SAME:
        return False
    shift = first.edges[0] - second.edges[0]
    fewer, more = sorted((first.edges[1:-1], tuple(x + shift for x in second.edges[1:-1])), key=len)
    found = sum(any(abs(x - y) <= _SAME for y in more) for x in fewer)
    return found >= 0.6 * len(fewer)


def join(first: PaperTable, second: PaperTable) -> PaperTable:
    """The two parts as one table, with the place of the first."""
    shift = first.edges[0] - second.edges[0]
    moved = [replace(c, x0=c.x0 + shift, x1=c.x1 + shift) for c in second.cells]
    repeated = _repeated_rows(first.cells, moved)
    moved = [replace(c, row=c.row - repeated, open_top=False) if repeated else c for c in moved if c.row >= repeated]
    moved = _without_blank_row(moved, 0)
    if not moved:
        return first
    first = replace(first, cells=tuple(_without_blank_row(first.cells, first.n_rows - 1)))
    height = first.n_rows
    above = [c for c in first.cells if c.end == height]
    below = [c for c in moved if c.row == 0]
    pairs = [(a, b) for a in above for b in below if abs(a.x0 - b.x0) <= _SAME and abs(a.x1 - b.x1) <= _SAME]
    whole_row = _row_goes_on(pairs, len(above), len(below))
    start = height - (1 if whole_row else 0)
    cells = list(first.cells)
    merged: set[int] = set()
    for a, b in pairs:
        if whole_row or _cell_goes_on(a, b, below):
            at = cells.index(a)
            text = join_soft((a.text, b.text), paper=True)
            cells[at] = replace(a, text=text, row_span=start + b.end - a.row, open_bottom=b.open_bottom, full=b.full)
            merged.add(id(b))
    cells += [replace(c, row=c.row + start) for c in moved if id(c) not in merged]
    edges = sorted({*first.edges, *(x + shift for x in second.edges)})
    return replace(first, cells=tuple(cells), edges=tuple(edges))


def _repeated_rows(first: Sequence[PaperCell], second: Sequence[PaperCell]) -> int:
    """How many rows `second` begins with that `first` begins with too: the header, printed again."""
    n = 0
    while True:
        a = [(round(c.x0 / 8), c.text) for c in sorted(first, key=lambda c: c.x0) if c.row == n]
        b = [(round(c.x0 / 8), c.text) for c in sorted(second, key=lambda c: c.x0) if c.row == n]
        texts = [t for _, t in b if t]
        if not texts or [t for _, t in a if t] != texts or any(c.is_number for c in second if c.row == n):
            break
        n += 1
    # A merged cell may reach from the header into the rows below it: then it is no header.
    while n and any(c.row < n < c.end for c in second):
        n -= 1
    return n


def _row_goes_on(pairs: Sequence[tuple[PaperCell, PaperCell]], n_above: int, n_below: int) -> bool:
    """Whether the page break cuts through a row rather than between two."""
    if not pairs or len(pairs) < min(n_above, n_below):
        return False
    if any(a.is_number and b.is_number for a, b in pairs):
        return False
    if all(a.open_bottom and b.open_top for a, b in pairs):
        return not any(a.text and _ENUMERATED.match(b.text) and _ENUMERATED.match(a.text) for a, b in pairs)
    above = [b for a, b in pairs if a.is_number]
    below = [a for a, b in pairs if b.is_number]
    if bool(above) == bool(below) or any(c.text for c in (*above, *below)):
        return False
    labels = [(a, b) for a, b in pairs if a.text and b.text]
    return bool(labels) and all(a.full and not _ENUMERATED.match(b.text) for a, b in labels)


def _cell_goes_on(a: PaperCell, b: PaperCell, row: Sequence[PaperCell]) -> bool:
    """Whether a merged cell reaches over the break, though the rows beside it end there."""
    if a.is_number or b.is_number:
        return False
    merged = a.row_span > 1 or b.row_span > 1
    both_open = a.open_bottom and b.open_top
    if a.text and b.text:
        return (both_open or (merged and a.full)) and not _ENUMERATED.match(b.text)
    if both_open:
        return True
    among_labels = not any(c.is_number and c.x0 < b.x0 for c in row)
    return merged and among_labels and any(c.text for c in row)


def _without_blank_row(cells: Sequence[PaperCell], row: int) -> list[PaperCell]:
    """Without a row beside the break in which nothing stands: the blank rest of the row on the other page."""
    within = [c for c in cells if c.row == row and c.row_span == 1]
    if not within or any(c.text for c in within) or any(c.row == row and c.text for c in cells):
        return list(cells)
    out = []
    for cell in cells:
        if cell.row > row:
            out.append(replace(cell, row=cell.row - 1))
        elif cell.end <= row:
            out.append(cell)
        elif cell.row_span > 1:
            out.append(replace(cell, row_span=cell.row_span - 1))
    return out
