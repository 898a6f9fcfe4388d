"""Which cells of a row are its numbers: seven per row of the requests table, also where cells were lost or blank ones put in.

A row that lost one cell is filled only where every place that the lost cell may have had gives the same numbers, or where the
table's own sums leave a single one; otherwise its numbers stay unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from govnlp.document import Number
from govnlp.tables.entries import Entry
from govnlp.tables.numbers import cell_kind, parse_number
from govnlp.tables.rows import Piece


@dataclass(slots=True)
class Slots:
    """The cells of one row, None where a cell is lost. `lost`: one is, at a place not known; then `cells` are the others."""

    cells: tuple[Piece | None, ...]
    lost: bool = False


def slots_of(entries: Sequence[Entry], width: int) -> list[Slots]:
    """The cells of each entry."""
    tails = [_expanded(e.tail, width) for e in entries]
    columns = _columns(entries, tails, width)
    return [_slots(e, tail, width, columns) for e, tail in zip(entries, tails, strict=True)]


def _expanded(tail: list[Piece], width: int) -> list[Piece]:
    """The tail with each cell that covers several columns once per column, where that fills the row."""
    if len(tail) < width and sum(p.width for p in tail) == width:
        return [p for p in tail for _ in range(p.width)]
    return tail


def _filled(tail: Iterable[Piece]) -> list[Piece]:
    return [p for p in tail if p.text]


@dataclass(slots=True)
class _Columns:
    """Where the full rows of a table have their numbers. `by_lead`: cells before the tail to (length of the tail, first number).

    `start`: the column that all numbers start from. `compact`: most rows have nothing but their numbers after the label.
    """

    by_lead: dict[int, tuple[int, int]]
    start: int | None
    compact: bool

    def first(self, entry: Entry, tail: Sequence[Piece], width: int) -> int | None:
        """Index in the tail of the first number's cell, blank or not; None where the table's other rows do not tell."""
        if entry.lead in self.by_lead:
            length, first = self.by_lead[entry.lead]
            return first if length == len(tail) else None
        if self.start is not None:
            return self.start - entry.lead
        return 0 if self.compact and len(tail) == width else None


def _columns(entries: Sequence[Entry], tails: Sequence[list[Piece]], width: int) -> _Columns:
    """What the full rows tell. Nothing where most rows are not full, or rows alike have their numbers in different places.

    In such a table cells were lost or shifted, so that a blank cell beside the numbers need not be one of them.
    """
    cells = [(e, t) for e, t in zip(entries, tails, strict=True) if e.kind != "line"]
    full = [(e, t) for e, t in cells if len(_filled(t)) == width]
    compact = sum(len(t) == width for _, t in full) * 2 >= len(full)
    if not compact and len(full) * 2 < len(cells):
        return _Columns({}, None, False)
    places: dict[int, set[tuple[int, int]]] = {}
    for e, t in full:
        places.setdefault(e.lead, set()).add((len(t), next(i for i, p in enumerate(t) if p.text)))
    by_lead = {lead: found.pop() if len(found) == 1 else (-1, 0) for lead, found in places.items()}
    starts = {lead + first for lead, (length, first) in by_lead.items() if length >= 0}
    return _Columns(by_lead, starts.pop() if len(starts) == 1 and not compact else None, compact)


def _slots(entry: Entry, tail: list[Piece], width: int, columns: _Columns) -> Slots:
    nothing = Slots((None,) * width)
    filled = _filled(tail)
    if len(filled) > width and all(cell_kind(p.text) == "words" for p in filled[width:]):
        filled = filled[:width]  # remarks after the numbers
    words = sum(cell_kind(p.text) == "words" for p in filled)
    if len(filled) == width and not words:
        return Slots(tuple(filled))
    if len(filled) > width:
        return nothing
    if entry.kind == "line":
        return Slots(tuple(filled), lost=True) if len(filled) == width - 1 and not words else nothing
    if not filled:
        return Slots(tuple(tail[:width])) if len(tail) >= width else nothing
    first = columns.first(entry, tail, width)
    if first is not None and 0 <= first <= len(tail) - width and not _filled((*tail[:first], *tail[first + width :])):
        return Slots(tuple(tail[first : first + width]))
    if words:
        return nothing  # a number that cannot be read, or a remark after a row that lost a cell
    inner = _trimmed(tail)
    if len(inner) == width:
        return Slots(tuple(inner))
    # every cell there has a number, and there is one too few: a cell was lost
    return Slots(tuple(filled), lost=True) if len(filled) == len(inner) == width - 1 else nothing


def _trimmed(tail: list[Piece]) -> list[Piece]:
    """The tail without the blank cells at its ends."""
    at = [i for i, p in enumerate(tail) if p.text]
    return tail[at[0] : at[-1] + 1] if at else []


Filled = tuple[tuple[Piece | None, ...], tuple[Number | None, ...]]
"""The cells of a row and their numbers; a restored number has no cell."""


def plain(slots: Slots) -> Filled:
    """Cells and numbers as they stand."""
    return slots.cells, tuple(parse_number(p.text) if p else None for p in slots.cells)


def ways_to_fill(cells: Sequence[Piece | None]) -> list[Filled]:
    """Each way to put a lost cell into a row whose last number is the sum of the others, without repeating equal numbers."""
    numbers = [parse_number(p.text) if p else None for p in cells]
    if any(n is None for n in numbers):
        return []
    known = [n for n in numbers if n is not None]
    ways: list[Filled] = [((*cells, None), (*known, sum(known)))]
    lost = known[-1] - sum(known[:-1])
    if lost >= 0:
        ways += [((*cells[:k], None, *cells[k:]), (*known[:k], lost, *known[k:])) for k in range(len(known))]
    distinct = {numbers: (way, numbers) for way, numbers in reversed(ways)}
    return list(reversed(distinct.values()))


def fill_lost(
    rows: Mapping[str, Slots], width: int, adds_up: Callable[[Mapping[str, Sequence[Number | None]]], bool | None]
) -> dict[str, Filled]:
    """Cells and numbers of every row, lost cells restored where that is safe.

    `adds_up` tells for a whole table whether its columns balance, None where it cannot. All rows are taken to have lost the cell
    of the same column.
    """
    out = {row: plain(slots) for row, slots in rows.items() if not slots.lost}
    nothing: Filled = ((None,) * width, (None,) * width)
    ways = {row: ways_to_fill(slots.cells) for row, slots in rows.items() if slots.lost}
    single = {row: found[0] for row, found in ways.items() if len(found) == 1}
    several = [row for row, found in ways.items() if len(found) != 1]
    unknown = dict.fromkeys(several, nothing)
    if adds_up({row: numbers for row, (_, numbers) in (out | single | unknown).items()}) is False:
        single = {row: filled if not any(filled[1]) else nothing for row, filled in single.items()}
    out |= single | unknown
    answers: dict[tuple[tuple[Number | None, ...], ...], dict[str, Filled]] = {}
    for k in range(width if several else 0):
        choice = {row: filled for row in several if (filled := _with_lost_at(k, rows[row].cells))}
        if len(choice) == len(several) and adds_up({row: numbers for row, (_, numbers) in (out | choice).items()}):
            answers[tuple(numbers for _, numbers in choice.values())] = choice
    return out | next(iter(answers.values())) if len(answers) == 1 else out


def _with_lost_at(k: int, cells: Sequence[Piece | None]) -> Filled | None:
    known = [n for p in cells if p and (n := parse_number(p.text)) is not None]
    if len(known) < len(cells):
        return None
    lost = sum(known) if k == len(known) else known[-1] - sum(known[:-1])
    if lost < 0:
        return None
    return (*cells[:k], None, *cells[k:]), (*known[:k], lost, *known[k:])
