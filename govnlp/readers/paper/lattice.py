"""Ruling lines to the rectangles of a table, merged cells whole, open edges at a page's end closed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from govnlp.readers.paper.page import Stroke

_SNAP = 3.0
"""Lines nearer than this are one line, and ends nearer than this touch, in points."""
_COVER = 0.6
"""A side of a cell is ruled if lines cover this share of it."""
_MAX_LINES = 400
"""More rows or columns than this are a drawing."""

_ONE_ROW = 60.0
"""A single frame lower than this, in points, may be a row."""
_MAX_CROSSINGS = 1_000_000
"""A page whose lines could cross more often than this is a map or a pattern, not a table."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A cell's place: rows `row` up to `row + row_span`, columns likewise, counted from 0, and its box in points."""

    row: int
    col: int
    row_span: int
    col_span: int
    x0: float
    top: float
    x1: float
    bottom: float
    open_top: bool = False
    """Whether the file draws no line along the top, so that the cell may come from the page before."""
    open_bottom: bool = False


@dataclass(slots=True)
class Lattice:
    """A ruled table of one page: the places of its lines, and its cells."""

    xs: list[float]
    ys: list[float]
    rects: list[Rect]
    owners: list[list[int]] = field(default_factory=list)
    """Index into `rects` by elementary row and column."""

    def find(self, x: float, y: float) -> int | None:
        """The index of the rectangle at a point, or None outside the table."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owners[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]


def lattices(across: Iterable[Stroke], down: Iterable[Stroke]) -> list[Lattice]:
    """The ruled tables of a page, from top to bottom. A single frame around text is no table.

    A single low frame may be the first or last row of a table that a page break parts: the caller knows.
    """
    horizontal, vertical = _merge(across), _merge(down)
    if len(horizontal) * len(vertical) > _MAX_CROSSINGS:
        return []
    found = []
    for rows, columns in _components(horizontal, vertical):
        lattice = _build(rows, columns)
        if lattice is not None and (len(lattice.rects) > 1 or lattice.ys[-1] - lattice.ys[0] < _ONE_ROW):
            found.append(lattice)
    found.sort(key=lambda t: (t.ys[0], t.xs[0]))
    return [t for t in found if not any(_inside(t, other) for other in found if other is not t)]


def _merge(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on the same line that touch become one; their place is the mean."""
    ordered = sorted(strokes)
    groups: list[list[Stroke]] = []
    for stroke in ordered:
        if groups and stroke.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    merged = []
    for group in groups:
        at = sum(s.at for s in group) / len(group)
        start = end = None
        for stroke in sorted(group, key=lambda s: s.start):
            if start is None or end is None:
                start, end = stroke.start, stroke.end
            elif stroke.start - end <= _SNAP:
                end = max(end, stroke.end)
            else:
                merged.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
        if start is not None and end is not None:
            merged.append(Stroke(at, start, end))
    return merged


def _components(rows: Sequence[Stroke], columns: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that cross or touch each other, directly or through others."""
    parent = list(range(len(rows) + len(columns)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for j, column in enumerate(columns, len(rows)):
        for i, row in enumerate(rows):
            if row.at > column.end + _SNAP:
                break
            meets = row.start - _SNAP <= column.at <= row.end + _SNAP
            if meets and row.at >= column.start - _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(rows):
        groups[root(i)][0].append(row)
    for j, column in enumerate(columns, len(rows)):
        groups[root(j)][1].append(column)
    whole = [g for g in groups.values() if g[0] and g[1] and len(g[0]) + len(g[1]) >= 3]
    for lonely, columns_alone in groups.values():
        if not lonely:
            for column in columns_alone:
                _adopt(column, whole)
    return whole


def _adopt(column: Stroke, tables: Sequence[tuple[list[Stroke], list[Stroke]]]) -> None:
    """Give an upright line that meets no other to the table beside it.

    Such a line bounds a merged cell that comes from the page before and goes on to the next.
    """
    for _, columns in tables:
        above, below = min(c.start for c in columns), max(c.end for c in columns)
        shared = min(below, column.end) - max(above, column.start)
        if shared >= 0.9 * (column.end - column.start) and shared >= 0.7 * (below - above):
            columns.append(column)
            columns.sort()
            return


def _build(rows: list[Stroke], columns: list[Stroke]) -> Lattice | None:
    left = min(min(r.start for r in rows), columns[0].at)
    right = max(max(r.end for r in rows), columns[-1].at)
    above = min(min(c.start for c in columns), rows[0].at)
    below = max(max(c.end for c in columns), rows[-1].at)
    drawn = rows
    rows = _merge([*rows, Stroke(above, left, right), Stroke(below, left, right)])
    columns = _merge([*columns, Stroke(left, above, below), Stroke(right, above, below)])
    ys, xs = _places(rows), _places(columns)
    if not (2 <= len(ys) <= _MAX_LINES and 2 <= len(xs) <= _MAX_LINES):
        return None
    lattice = Lattice(xs, ys, [])
    _cut(lattice, rows, columns)
    for n, rect in enumerate(lattice.rects):
        at_top, at_bottom = rect.row == 0, rect.row + rect.row_span == len(ys) - 1
        if at_top or at_bottom:
            open_top, open_bottom = (
                at_top and not _ruled(drawn, above, rect),
                at_bottom and not _ruled(drawn, below, rect),
            )
            lattice.rects[n] = replace(rect, open_top=open_top, open_bottom=open_bottom)
    return lattice


def _ruled(rows: Iterable[Stroke], at: float, rect: Rect) -> bool:
    """Whether drawn lines at a height cover most of a cell's width."""
    covered = sum(
        min(r.end, rect.x1) - max(r.start, rect.x0)
        for r in rows
        if abs(r.at - at) <= _SNAP and r.end > rect.x0 and r.start < rect.x1
    )
    return covered >= _COVER * (rect.x1 - rect.x0)


def _places(strokes: Iterable[Stroke]) -> list[float]:
    return sorted({s.at for s in strokes})


def _cut(lattice: Lattice, rows: list[Stroke], columns: list[Stroke]) -> None:
    """Fill in the rectangles: from each free elementary cell to the right and down as long as no line is in the way."""
    xs, ys = lattice.xs, lattice.ys
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    wall_right = _walls(columns, xs, ys)
    wall_below = _walls(rows, ys, xs)
    owners = [[-1] * n_cols for _ in range(n_rows)]
    for row in range(n_rows):
        for col in range(n_cols):
            if owners[row][col] >= 0:
                continue
            last_col = col
            while last_col + 1 < n_cols and not wall_right[last_col + 1][row] and owners[row][last_col + 1] < 0:
                last_col += 1
            last_row = row
            while last_row + 1 < n_rows and not any(
                wall_below[last_row + 1][c] or owners[last_row + 1][c] >= 0 for c in range(col, last_col + 1)
            ):
                if any(wall_right[c + 1][last_row + 1] for c in range(col, last_col)):
                    break
                last_row += 1
            for r in range(row, last_row + 1):
                for c in range(col, last_col + 1):
                    owners[r][c] = len(lattice.rects)
            spans = (last_row - row + 1, last_col - col + 1)
            box = (xs[col], ys[row], xs[last_col + 1], ys[last_row + 1])
            lattice.rects.append(Rect(row, col, *spans, *box))
    lattice.owners = owners


def _walls(strokes: Iterable[Stroke], places: list[float], steps: list[float]) -> list[list[bool]]:
    """For each place of a line and each step along it whether a line is drawn there."""
    index = {place: n for n, place in enumerate(places)}
    covered = [[0.0] * (len(steps) - 1) for _ in places]
    for stroke in strokes:
        line = covered[index[stroke.at]]
        for n in range(max(0, bisect_right(steps, stroke.start) - 1), len(steps) - 1):
            if steps[n] >= stroke.end:
                break
            line[n] += max(0.0, min(stroke.end, steps[n + 1]) - max(stroke.start, steps[n]))
    return [[c >= _COVER * (steps[n + 1] - steps[n]) for n, c in enumerate(line)] for line in covered]


def _inside(inner: Lattice, outer: Lattice) -> bool:
    return (
        outer.xs[0] - _SNAP <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + _SNAP
        and outer.ys[0] - _SNAP <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + _SNAP
        and len(inner.rects) < len(outer.rects)
    )
