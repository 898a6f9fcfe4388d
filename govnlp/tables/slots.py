"""Which cells of a row are its numbers: seven per row of the requests table, also where cells were lost or blank ones put in.

A row that lost one cell is filled only where every place that the lost cell may have had gives the same numbers, or where the
table's own sums leave a single one; otherwise its numbers stay unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from govnlp.document import Number
from govnlp.tables.entries import Entry
from govnlp.tables.numbers import cell_kind, parse_number
from govnlp.tables.rows import Piece

Style = Literal["compact", "aligned", "ragged"]


@dataclass(slots=True)
class Slots:
    """The cells of one row, None where a cell is lost. `lost`: one is, at a place not known; then `cells` are the others."""

    cells: tuple[Piece | None, ...]
    lost: bool = False


def slots_of(entries: Sequence[Entry], width: int) -> list[Slots]:
    """The cells of each entry."""
    tails = [_expanded(e.tail, width) for e in entries]
    style, first = _style(entries, tails, width)
    return [_slots(e, tail, width, style, first) for e, tail in zip(entries, tails, strict=True)]


def _expanded(tail: list[Piece], width: int) -> list[Piece]:
    """The tail with each cell that covers several columns once per column, where that fills the row."""
    if len(tail) < width and sum(p.width for p in tail) == width:
        return [p for p in tail for _ in range(p.width)]
    return tail


def _filled(tail: Iterable[Piece]) -> list[Piece]:
    return [p for p in tail if p.text]


def _style(entries: Sequence[Entry], tails: Sequence[list[Piece]], width: int) -> tuple[Style, int]:
    """How the rows keep their columns, told by the full ones: each right after its label, or all from the same column on.

    The second value is that column for "aligned". Anything else is "ragged": cells were lost or shifted, so that a blank cell
    beside the numbers tells nothing.
    """
    cells = [(e, t) for e, t in zip(entries, tails, strict=True) if e.kind != "line"]
    full = [(e, t) for e, t in cells if len(_filled(t)) == width]
    compact = sum(len(t) == width for _, t in full)
    if compact * 2 >= len(full):
        return "compact", 0
    starts = {e.lead + next(i for i, p in enumerate(t) if p.text) for e, t in full}
    if len(starts) == 1:
        start = starts.pop()
        outside = any(p.text and not start <= e.lead + i < start + width for e, t in cells for i, p in enumerate(t))
        if not outside and all(e.lead <= start for e, _ in cells):
            return "aligned", start
    return "ragged", 0


def _slots(entry: Entry, tail: list[Piece], width: int, style: Style, first: int) -> Slots:
    nothing = Slots((None,) * width)
    filled = _filled(tail)
    while len(filled) > width and cell_kind(filled[-1].text) == "words":
        filled = filled[:-1]  # a remark after the numbers
    if len(filled) == width:
        return Slots(tuple(filled))
    if len(filled) > width:
        return nothing
    if entry.kind == "line":
        return Slots(tuple(filled), lost=True) if len(filled) == width - 1 else nothing
    if not filled:
        return Slots(tuple(tail[:width])) if len(tail) >= width else nothing
    if style == "aligned":
        window = tail[first - entry.lead : first - entry.lead + width]
        return Slots(tuple(window)) if len(window) == width else nothing
    if style == "ragged":
        tail = _trimmed(tail)
    windows = [
        tail[i : i + width]
        for i in range(len(tail) - width + 1)
        if not _filled(tail[:i]) and not _filled(tail[i + width :])
    ]
    if len(windows) == 1:
        return Slots(tuple(windows[0]))
    # all cells there have numbers, one too few: one was lost
    if len(filled) == width - 1 == len(_trimmed(tail)):
        return Slots(tuple(filled), lost=True)
    return nothing


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
