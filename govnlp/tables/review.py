"""The review table: three blocks of five numbers in one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govnlp.document import NationalTable
from govnlp.schema import REVIEW_BLOCKS, REVIEW_COLUMNS
from govnlp.tables.build import national_table
from govnlp.tables.entries import cells_of_words
from govnlp.tables.labels import REVIEW_HEADS, check_labels, key_of
from govnlp.tables.numbers import cell_kind, parse_number
from govnlp.tables.rows import Piece, Row
from govnlp.tables.slots import Filled, ways_to_fill

BLOCK: Final = len(REVIEW_COLUMNS)
WIDTH: Final = BLOCK * len(REVIEW_BLOCKS)
MARKS: Final = ("结果维持", "结果纠正", "尚未审结", "未经复议直接起诉", "复议后起诉")
"""Labels that nothing but this table has; a header has at least `LEAST_MARKS` of them."""
LEAST_MARKS: Final = 2
LONGEST_HEADER: Final = 60
"""Rows of a header with one word a line."""
LONGEST_GAP: Final = 4


def review_table(rows: Sequence[Row], text: str, after: int = 0) -> NationalTable | None:
    """The review table among the rows from index `after` on, or None."""
    head = _head(rows, after)
    if head is None:
        return None
    header, values, by_block = _parts(rows, head)
    if not header:
        return None
    filled = _by_blocks(by_block) if by_block else _in_one_row(values)
    issues = check_labels(_header_cells(header), REVIEW_HEADS)
    pieces = [p for row in (*header, *values) for p in row.pieces] + [p for _, ps in by_block for p in ps]
    span = (min(p.start for p in pieces), max(p.end for p in pieces))
    missing = [block for block, (cells, _) in filled.items() if not any(cells)]
    return national_table("review", span, filled, issues=issues, missing=missing)


def _head(rows: Sequence[Row], after: int) -> int | None:
    """Index of the header's first row."""
    keys = ["" if row.kind == "text" else "".join(key_of(p.text) for p in row.labels) for row in rows]
    for i in range(after, len(rows)):
        if not keys[i] or not any(keys[i].startswith(k) for k in ("行政复议", "行政诉讼", "结果", *MARKS)):
            continue
        if rows[i].kind == "line" and len(keys[i]) > 60:
            continue
        joined = "".join(keys[i : i + LONGEST_HEADER])
        near = "".join(keys[i : i + 8])
        if (
            sum(m in joined for m in MARKS) >= LEAST_MARKS
            and any(k in near for k in ("结果", "起诉"))
            and _is_cell_row(rows[i])
        ):
            return i
    return None


def _is_cell_row(row: Row) -> bool:
    """Whether the row is one of labels, not a heading such as 四、政府信息公开行政复议、行政诉讼情况."""
    return not any("情况" in p.text or "。" in p.text for p in row.labels)


def _parts(rows: Sequence[Row], head: int) -> tuple[list[Row], list[Row], list[tuple[str, list[Piece]]]]:
    """Header rows, rows of numbers, and the numbers of rows that a block's label opens (a table turned on its side)."""
    header: list[Row] = []
    values: list[Row] = []
    by_block: list[tuple[str, list[Piece]]] = []
    blocks = {key_of(label): block for block, label in REVIEW_BLOCKS.items()}
    count = quiet = 0
    for row in rows[head : head + LONGEST_HEADER + WIDTH]:
        if count >= WIDTH and (row.labels or len(_filled(row)) < min(BLOCK, len(_filled(values[-1])))):
            break
        if row.kind == "text" or any(mark in p.text for p in row.labels for mark in ("。", "情况")):
            break
        label = next(
            (blocks[k] for p in reversed(row.labels) if not p.carried and (k := key_of(p.text)) in blocks), None
        )
        if row.has_value and label and len(_filled(row)) in (BLOCK, BLOCK - 1):
            by_block.append((label, _filled(row)))
            header.append(Row(row.start, tuple(row.labels), row.kind))
        elif row.has_value or (header and not row.labels and row.kind != "line" and _is_blank_row(row)):
            values.append(row)
            count += len(_filled(row))
            quiet = 0
        elif row.labels:
            header.append(row)
        else:
            quiet += 1
        if quiet > LONGEST_GAP:
            break
    marks = "".join(key_of(p.text) for row in header for p in row.labels)
    return (header if sum(m in marks for m in MARKS) >= LEAST_MARKS else []), values, by_block


def _is_blank_row(row: Row) -> bool:
    return len(row.pieces) >= WIDTH and not any(p.text for p in row.pieces)


def _filled(row: Row) -> list[Piece]:
    return [p for p in row.pieces if cell_kind(p.text) in ("number", "null")]


def _header_cells(header: Sequence[Row]) -> list[Piece]:
    out = []
    for row in header:
        for piece in row.labels:
            words = cells_of_words([piece])
            whole = key_of(piece.text) in REVIEW_HEADS or len(words) == 1
            known = sum(key_of(w.text) in REVIEW_HEADS for w in words)
            out.extend([piece] if piece.carried or whole or not known else words)
    return [p for p in out if not p.carried]


def _nothing() -> Filled:
    return (None,) * BLOCK, (None,) * BLOCK


def _plain(cells: Sequence[Piece | None]) -> Filled:
    return tuple(cells), tuple(parse_number(p.text) if p else None for p in cells)


def _by_blocks(found: Sequence[tuple[str, list[Piece]]]) -> dict[str, Filled]:
    out = {}
    for block in REVIEW_BLOCKS:
        cells = next((pieces for name, pieces in found if name == block), None)
        if cells is None:
            out[block] = _nothing()
        elif len(cells) == BLOCK:
            out[block] = _plain(cells)
        else:
            ways = ways_to_fill(cells)
            out[block] = ways[0] if len(ways) == 1 else _nothing()
    return out


def _in_one_row(values: Sequence[Row]) -> dict[str, Filled]:
    """The fifteen cells in order, over one row or several (a row broken by a page)."""
    known = [p for row in values for p in _filled(row)]
    cells = _fifteen(values)
    if cells is not None:
        out = {block: _plain(cells[i * BLOCK : (i + 1) * BLOCK]) for i, block in enumerate(REVIEW_BLOCKS)}
        inside = all(cell_kind(p.text) in ("number", "null") for p in (cells[0], cells[-1]))
        if len(known) != WIDTH - 1 or inside or all(_adds_up(filled) for filled in out.values()):
            return out
    if len(known) == WIDTH - 1:
        return _with_one_lost(known)
    if len(known) == BLOCK and values:
        return {b: _plain(known) if b == "reconsideration" else _nothing() for b in REVIEW_BLOCKS}
    return {block: _nothing() for block in REVIEW_BLOCKS}


def _adds_up(filled: Filled) -> bool:
    """False where all five numbers are known and the fifth is not the sum of the others."""
    known = [n for n in filled[1] if n is not None]
    return len(known) < BLOCK or sum(known[:-1]) == known[-1]


def _fifteen(values: Sequence[Row]) -> list[Piece] | None:
    """The row's cells, blank ones included, where there is one way to choose them."""
    known = [p for row in values for p in _filled(row)]
    if len(known) == WIDTH:
        return known
    if len(values) != 1 or values[0].kind == "line":
        return None
    pieces = [p for p in values[0].pieces for _ in range(p.width if len(values[0].pieces) < WIDTH else 1)]
    if len(pieces) == WIDTH:
        return pieces
    at = [i for i, p in enumerate(pieces) if cell_kind(p.text) in ("number", "null")]
    inner = pieces[at[0] : at[-1] + 1] if at else pieces[:WIDTH]
    return inner if len(inner) == WIDTH else None


def _with_one_lost(known: Sequence[Piece]) -> dict[str, Filled]:
    """Blocks of a row that lost one cell: the block that lacks it is the only one whose lack lets the others add up."""
    answers = []
    for b in range(len(REVIEW_BLOCKS)):
        parts = [known[i * BLOCK - (i > b) : (i + 1) * BLOCK - (i >= b)] for i in range(len(REVIEW_BLOCKS))]
        whole = [_plain(p) for i, p in enumerate(parts) if i != b]
        if all(None not in filled[1] and _adds_up(filled) for filled in whole):
            ways = ways_to_fill(parts[b])
            restored = ways[0] if len(ways) == 1 else _nothing()
            answers.append([restored if i == b else _plain(part) for i, part in enumerate(parts)])
    distinct = {tuple(numbers for _, numbers in answer): answer for answer in reversed(answers)}
    if len(distinct) == 1:
        return dict(zip(REVIEW_BLOCKS, next(iter(distinct.values())), strict=True))
    return {block: _nothing() for block in REVIEW_BLOCKS}
