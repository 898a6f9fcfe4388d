"""The proactive table: regulations, normative documents, decisions and fees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govnlp.document import NationalTable, Number
from govnlp.schema import PROACTIVE_ROWS
from govnlp.tables.build import national_table
from govnlp.tables.entries import Entry, cells_of_words, clusters, entries_of, in_order, label_scores
from govnlp.tables.labels import (
    ARTICLE_LABELS,
    NEW_MARKS,
    OLD_MARKS,
    PROACTIVE_COLUMNS,
    PROACTIVE_LABELS,
    check_labels,
    key_of,
)
from govnlp.tables.layout import layout_of_text
from govnlp.tables.numbers import cell_kind, parse_number
from govnlp.tables.rows import Piece, Row
from govnlp.tables.slots import Filled

FEES: Final = "行政事业性收费"
FEE_UNIT: Final = 10_000
"""Fees are stated in 万元."""
LEAST_ROWS: Final = 2
LONGEST_GAP: Final = 14
OLD_DECISIONS: Final = "处理决定数量"
"""The column of the 2019 table that counts what 本年处理决定数量 counts today."""
_ORDER: Final = tuple(PROACTIVE_LABELS)
_MARKS: Final = frozenset((*ARTICLE_LABELS, *PROACTIVE_COLUMNS, *OLD_MARKS, OLD_DECISIONS, "本年增减"))


def proactive_table(rows: Sequence[Row], text: str, prefer: tuple[int, int] | None = None) -> NationalTable | None:
    """The proactive table among the rows, or None. `prefer`: the part of the text where it is expected."""
    marked = [i for i, row in enumerate(rows) if _is_mark(row)]
    runs = [run for run in clusters(marked, LONGEST_GAP) if sum(_is_header(rows[i]) for i in run)]
    if not runs:
        return None
    run = max(runs, key=lambda r: (prefer is not None and prefer[0] <= rows[r[0]].start < prefer[1], len(r)))
    first = run[0]
    region = rows[first : _last(rows, run[-1]) + 1]
    entries = entries_of(region, PROACTIVE_LABELS, first=first, width=3)
    entries = [e for e in entries if e.tail]
    keys = in_order([e.scores for e in entries], _ORDER)
    matched = [(e, k) for e, k in zip(entries, keys, strict=True) if k is not None]
    if len(matched) < LEAST_ROWS:
        return None
    layout = layout_of_text(text[region[0].start : _row_end(region[-1])]) or "2021"
    found = {k: _filled(e, k, _header_above(rows, first, e.index), layout) for e, k in matched}
    missing = [row for key, row in PROACTIVE_LABELS.items() if key not in found]
    if layout == "2019":
        missing = [row for row in PROACTIVE_ROWS if row in missing or not found[key_of(row)][0][0]]
    filled = {row: found.get(key) or _nothing(row) for key, row in PROACTIVE_LABELS.items()}
    issues = (
        [] if layout == "2019" else check_labels(_labels(region), ARTICLE_LABELS | PROACTIVE_COLUMNS | PROACTIVE_LABELS)
    )
    span = (region[0].start, _row_end(region[-1]))
    return national_table("proactive", span, filled, issues=issues, missing=missing, layout=layout)


def _is_mark(row: Row) -> bool:
    """Whether the row has a label of the table."""
    return row.kind != "text" and any(
        key_of(p.text) in _MARKS or key_of(p.text) in PROACTIVE_LABELS for p in _cells(row)
    )


def _is_header(row: Row) -> bool:
    keys = {key_of(p.text) for p in _cells(row)}
    return bool(keys & _MARKS)


def _cells(row: Row) -> list[Piece]:
    """The row's label cells; a line without tabs is split where that makes known labels."""
    if row.kind != "line":
        return row.labels
    out = []
    for piece in row.labels:
        words = cells_of_words([piece])
        known = sum(key_of(w.text) in _MARKS for w in words)
        out.extend(words if len(words) > 1 and known > 1 else [piece])
    return out


def _last(rows: Sequence[Row], last: int) -> int:
    """Index of the table's last row: rows of a damaged label, and numbers on lines of their own, included."""
    reach = last + LONGEST_GAP
    while last + 1 < min(len(rows), reach):
        row = rows[last + 1]
        alone = row.has_value and not row.labels and not (rows[last].has_value and rows[last].labels)
        if not alone and not (row.has_value and label_scores([p.text for p in row.labels], PROACTIVE_LABELS)[0]):
            break
        last += 1
    return last


def _row_end(row: Row) -> int:
    return max((p.end for p in row.pieces), default=row.start)


def _header_above(rows: Sequence[Row], first: int, index: int) -> Row | None:
    """The nearest row above that names columns."""
    for i in range(index - 1, first - 1, -1):
        if any(mark in key_of(p.text) for p in rows[i].labels for mark in (*NEW_MARKS, *OLD_MARKS, OLD_DECISIONS)):
            return rows[i]
    return None


def _nothing(row: str) -> Filled:
    width = len(PROACTIVE_ROWS[row])
    return (None,) * width, (None,) * width


def _filled(entry: Entry, key: str, header: Row | None, layout: str) -> Filled:
    """Cells and numbers of one row."""
    row = PROACTIVE_LABELS[key]
    width = len(PROACTIVE_ROWS[row])
    if layout == "2019":
        return _old_decisions(entry, header) if width == 1 and row != FEES else _nothing(row)
    cells = _single(entry) if width == 1 else _by_header(entry, header, width) or _by_place(entry, header, width)
    if cells is None:
        return _nothing(row)
    per = FEE_UNIT if row == FEES else 1
    numbers: tuple[Number | None, ...] = tuple(parse_number(p.text, per=per) if p else None for p in cells)
    return tuple(cells), numbers


def _single(entry: Entry) -> Sequence[Piece | None] | None:
    """The one number of a row: the only cell that is not blank, or one of several that say the same."""
    filled = entry.filled
    while len(filled) > 1 and cell_kind(filled[-1].text) == "words":
        filled = filled[:-1]
    if len({p.text for p in filled}) == 1:
        return filled[:1]
    return entry.tail[:1] if entry.tail and not filled else None


def _by_place(entry: Entry, header: Row | None, width: int) -> Sequence[Piece | None] | None:
    """The cells of a row whose blank cells, or cells of words, can only stand in one way."""
    tail = entry.tail
    at = [i for i, p in enumerate(tail) if cell_kind(p.text) in ("number", "null")]
    inner = tail[at[0] : at[-1] + 1] if at else []
    if len(inner) == width:
        return inner
    if len(at) == width:
        return [tail[i] for i in at]
    as_header = header is None or entry.kind == "grid" or len(header.pieces) == entry.lead + len(tail)
    return tail if len(tail) == width and as_header else None


def _by_header(entry: Entry, header: Row | None, width: int) -> Sequence[Piece | None] | None:
    """The cells under the three labels of the header, in the format's order, where the header has all three to the letter."""
    if header is None or entry.kind == "line":
        return None
    wanted = [key_of(c) for c in PROACTIVE_ROWS["规章"]]
    named = [(i, key_of(p.text)) for i, p in enumerate(header.pieces) if p.text and cell_kind(p.text) == "words"]
    values = [k for _, k in named if k in wanted]
    if len(values) != width or len(set(values)) != width:
        return None
    filled = [p for p in entry.filled if cell_kind(p.text) != "words"]
    after_first = [k for _, k in named[1:]]
    if len(filled) == len(after_first) and all(k in after_first for k in wanted):
        return [filled[after_first.index(k)] for k in wanted]
    if len(header.pieces) != entry.lead + len(entry.tail):
        return None
    places = {k: i for i, k in named}
    cells = [places[k] - entry.lead for k in wanted]
    if min(cells) < 0 or any(p.text and i not in cells for i, p in enumerate(entry.tail)):
        return None
    return [entry.tail[i] for i in cells]


def _old_decisions(entry: Entry, header: Row | None) -> Filled:
    """The number of decisions from a row of the 2019 table: the third of three."""
    if header is None or len(entry.filled) != 3:
        return (None,), (None,)
    names = [key_of(p.text) for p in _cells(header)][1:]
    if len(names) != 3 or OLD_DECISIONS not in names[2]:
        return (None,), (None,)
    piece = entry.filled[2]
    return (piece,), (parse_number(piece.text),)


def _labels(region: Sequence[Row]) -> list[Piece]:
    """All words of the table that may be labels: of a row with numbers only what stands before them."""
    out: list[Piece] = []
    for row in region:
        first = next((i for i, p in enumerate(row.pieces) if cell_kind(p.text) in ("number", "null")), len(row.pieces))
        before = set(row.pieces[:first])
        out.extend(
            p for p in _cells(row) if not p.carried and (first == len(row.pieces) or p in before or row.kind == "line")
        )
    return out
