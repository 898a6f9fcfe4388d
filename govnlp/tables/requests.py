"""The requests table: 25 rows of seven numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from govnlp.document import LabelIssue, NationalTable, Number
from govnlp.schema import APPLICANTS, OUTCOME_ROWS, REQUEST_GROUPS, REQUEST_ROWS
from govnlp.tables.build import national_table
from govnlp.tables.entries import Entry, cells_of_words, clusters, entries_of, in_order
from govnlp.tables.labels import (
    APPLICANT_COLUMNS,
    GROUP_LABELS,
    REQUEST_FRAME,
    REQUEST_LABELS,
    check_labels,
    key_of,
    similarity,
)
from govnlp.tables.numbers import cell_kind
from govnlp.tables.rows import Piece, Row
from govnlp.tables.slots import Filled, Slots, fill_lost, slots_of

WIDTH: Final = len(APPLICANTS)
LEAST_ROWS: Final = 4
"""Fewer rows with the labels of the format are no requests table."""
LONGEST_GAP: Final = 12
"""Rows between two rows of one table (page numbers, headers repeated on a new page, one cell a line)."""
HEADER_REACH: Final = 40
"""Rows above the first one with numbers that may be the table's header (one cell a line)."""


def _row_order() -> tuple[str, ...]:
    """Keys of all rows in official order, each group's own label (where all its rows are merged) before its rows."""
    keys = []
    groups = {group: key for key, group in GROUP_LABELS.items()}
    for key, row in REQUEST_LABELS.items():
        group = row.partition(".")[0]
        if group in groups:
            keys.append(groups.pop(group))
        keys.append(key)
    return tuple(keys)


ROW_ORDER: Final = _row_order()
_OFFICIAL: Final = dict.fromkeys(ROW_ORDER)
_WORDING: Final = {key: REQUEST_ROWS[row] for key, row in REQUEST_LABELS.items()} | {
    key: REQUEST_GROUPS[group] for key, group in GROUP_LABELS.items()
}
_HEADER: Final = APPLICANT_COLUMNS | {k: v for k, v in REQUEST_FRAME.items() if not k.startswith("本年度")}
_SIDE: Final = {k: v for k, v in REQUEST_FRAME.items() if k.startswith("本年度")} | {
    key: REQUEST_GROUPS[group] for key, group in GROUP_LABELS.items()
}
_TITLE = re.compile(r"(收到和处理|申请情况$|主动公开|行政复议)")


def requests_table(
    rows: Sequence[Row], text: str, prefer: tuple[int, int] | None = None
) -> tuple[NationalTable | None, int]:
    """The requests table among the rows, or None; and the index of the first row after it.

    `prefer`: the part of the text where it is expected, which decides between several tables alike.
    """
    anchors = [i for i, row in enumerate(rows) if _is_anchor(row)]
    runs = [run for near in clusters(anchors, 3 * LONGEST_GAP) for run in _one_by_one(rows, near)]
    runs = [run for run in runs if len(run) >= LEAST_ROWS]
    if not runs:
        return None, 0
    run = max(runs, key=lambda r: (prefer is not None and prefer[0] <= rows[r[0]].start < prefer[1], len(r)))
    first, last = _reach(rows, run[0], run[-1])
    head = _header(rows, first)
    region = rows[head:last]
    entries = entries_of(region, _OFFICIAL, first=head, width=WIDTH, least_blank=WIDTH - 1, heads=GROUP_LABELS)
    entries = [e for e in entries if len(e.filled) > 1 or e.kind != "line" or e.scores]
    keys = in_order([e.scores for e in entries], ROW_ORDER)
    by_gaps(entries, keys)
    matched = [(e, k) for e, k in zip(entries, keys, strict=True) if k is not None]
    if len(matched) < LEAST_ROWS:
        return None, 0
    top = min(e.index for e, _ in matched)
    header = [p for row in rows[head:top] for p in row.labels]
    columns = _columns(rows[head:top])
    # a blank header cell is no label: rows whose every cell is blank count only under a label of the format
    found = _numbers([e for e, _ in matched], [k for _, k in matched], columns)
    filled, missing = _whole_groups(found)
    issues = check_labels(cells_of_header(header), _HEADER)
    issues += _row_issues(matched, text) + check_labels(_side_labels(matched), _SIDE)
    end = _end(rows, matched[-1][0].index, text)
    return national_table("requests", (rows[head].start, end), filled, issues=issues, missing=missing), last


def _is_anchor(row: Row) -> bool:
    """Whether one of the row's labels is, to the letter, that of a row of the format."""
    return any(len(key) >= 4 and key in REQUEST_LABELS for key in (key_of(p.text) for p in row.labels))


def _one_by_one(rows: Sequence[Row], anchors: Sequence[int]) -> list[list[int]]:
    """The anchors of each table: one begins wherever the format's first row stands again."""
    out: list[list[int]] = [[]]
    for i in anchors:
        if len(out[-1]) >= LEAST_ROWS and any(key_of(p.text) == ROW_ORDER[0] for p in rows[i].labels):
            out.append([])
        out[-1].append(i)
    return out


def _looks_like_row(row: Row) -> bool:
    return sum(cell_kind(p.text) in ("number", "null") for p in row.pieces) in (WIDTH - 1, WIDTH)


def _reach(rows: Sequence[Row], first: int, last: int) -> tuple[int, int]:
    """The table's first row with numbers and the row after its last one, labels that are damaged beyond recognition included."""
    while first and _looks_like_row(rows[first - 1]):
        first -= 1
    end = last + 1
    quiet = 0
    for i in range(last + 1, min(len(rows), last + 3 * LONGEST_GAP)):
        row = rows[i]
        joined = "".join(p.text for p in row.labels)
        if (
            row.kind == "text"
            or (joined and _TITLE.search(joined) and not row.has_value)
            or "结果维持" in key_of(joined)
        ):
            break
        if _looks_like_row(row) or (row.kind == "line" and row.has_value and not row.labels):
            end, quiet = i + 1, 0
        else:
            quiet += 1
            if quiet > 3:
                break
    return first, end


def _header(rows: Sequence[Row], first: int) -> int:
    """Index of the first row of the table's header: after the part's title or the last paragraph."""
    i = first
    while i > 0 and first - i < HEADER_REACH:
        row = rows[i - 1]
        joined = "".join(p.text for p in row.labels)
        is_note = key_of(joined).startswith("本列数据")
        if row.kind == "text" or (_TITLE.search(joined) and not is_note) or (row.has_value and not is_note):
            break
        i -= 1
    return i


def cells_of_header(pieces: Iterable[Piece]) -> list[Piece]:
    """Header cells; a piece of several labels (a line without tabs) is split into them."""
    out: list[Piece] = []
    for piece in pieces:
        words = cells_of_words([piece])
        several = len(words) > 1 and sum(key_of(w.text) in _HEADER for w in words) > 1
        out.extend(words if several else [piece])
    return out


def _columns(header: Sequence[Row]) -> tuple[str | None, ...]:
    """The applicant of each column of numbers, None for a column that the format does not have.

    Read from the row of the header that names the organisations; the official order where that row is damaged.
    """
    for row in reversed(header):
        names = [p for p in cells_of_header(row.labels) if not p.carried]
        keys = [key_of(p.text) for p in names]
        inner = [k for k in keys if k not in ("自然人", "总计", "合计")]
        if sum(k in APPLICANTS[1:6] for k in keys) >= 4:
            known = [k if k in APPLICANTS[1:6] else None for k in inner]
            if len(known) == len(APPLICANTS) - 2 and known.count(None) <= 1:
                left = [a for a in APPLICANTS[1:6] if a not in known]
                known = [k or left[0] for k in known] if left else known
            if set(APPLICANTS[1:6]) <= set(known) and len(set(known) - {None}) == len([k for k in known if k]):
                return (APPLICANTS[0], *known, APPLICANTS[-1])
    return APPLICANTS


def _numbers(entries: Sequence[Entry], keys: Sequence[str], columns: Sequence[str | None]) -> dict[str, Filled]:
    """Cells and numbers by row key, in the official order of columns."""
    slots = slots_of(entries, len(columns))
    if len(columns) != WIDTH and all(not any(s.cells) for s in slots):
        columns, slots = APPLICANTS, slots_of(entries, WIDTH)
    if tuple(columns) != APPLICANTS:
        order = [columns.index(a) for a in APPLICANTS]
        slots = [s if s.lost else Slots(tuple(s.cells[i] for i in order)) for s in slots]
        slots = [Slots((None,) * WIDTH) if s.lost else s for s in slots]
    return _first_of_groups(fill_lost(dict(zip(keys, slots, strict=True)), WIDTH, _adds_up))


def _first_of_groups(found: dict[str, Filled]) -> dict[str, Filled]:
    """Rows, with the numbers beside a group's label given to the group's first row where that one's own label is lost.

    Only where the table's sums then hold: the row could be the group's subtotal.
    """
    for key, group in GROUP_LABELS.items():
        rows = [k for k, row in REQUEST_LABELS.items() if row.startswith(group + ".")]
        if key in found and rows[0] not in found and any(k in found for k in rows):
            changed = {rows[0] if k == key else k: filled for k, filled in found.items()}
            if _adds_up({k: numbers for k, (_, numbers) in changed.items()}):
                found = changed
    return found


def _adds_up(rows: Mapping[str, Sequence[Number | None]]) -> bool | None:
    """Whether the outcomes add up to the total, and what came in to what was done and carried over, in every column.

    A row that the table does not have counts as zeros; None where a number of a row that it has is unknown.
    """
    ids = {REQUEST_LABELS.get(key, GROUP_LABELS.get(key, key)): numbers for key, numbers in rows.items()}
    whole = {row for row in ids if row in REQUEST_GROUPS and not any(r.startswith(row + ".") for r in ids)}
    known = True
    for col in range(WIDTH):
        parts = [ids[row][col] for row in (*OUTCOME_ROWS, *whole) if row in ids]
        ends = [ids[row][col] if row in ids else None for row in ("total", "new", "carried_in", "carried_out")]
        total, new, carried_in, carried_out = ends
        numbers = [p for p in parts if p is not None]
        if total is None or len(numbers) < len(parts):
            known = False
        elif sum(numbers) != total:
            return False
        if total is None or new is None or carried_in is None or carried_out is None:
            known = False
        elif new + carried_in != total + carried_out:
            return False
    return True if known else None


def _whole_groups(found: Mapping[str, Filled]) -> tuple[dict[str, Filled], list[str]]:
    """Rows by id, all 25, and the ids of those that the table lacks.

    Where a group stands in one row of its own (（六）其他处理 with numbers, its rows left out), its numbers are those of the group's
    last row if that is the group's remainder (`other.other`), the other rows being 0; numbers of another group cannot be told
    apart, so that its rows are 0 where the group is 0, else unknown.
    """
    out: dict[str, Filled] = {}
    missing = []
    groups = {group: found[key] for key, group in GROUP_LABELS.items() if key in found}
    present = {row.partition(".")[0] for key, row in REQUEST_LABELS.items() if key in found}
    for key, row in REQUEST_LABELS.items():
        group = row.partition(".")[0]
        if key in found:
            out[row] = found[key]
            continue
        whole = groups.get(group) if group not in present else None
        nothing: tuple[Piece | None, ...] = (None,) * WIDTH
        if whole and row == "other.other":
            out[row] = whole
            continue
        missing.append(row)
        if whole:
            zero_beside = group == "other"
            out[row] = nothing, tuple(0 if n == 0 or (zero_beside and n is not None) else None for n in whole[1])
        else:
            out[row] = nothing, (None,) * WIDTH
    return out, missing


def by_gaps(entries: Sequence[Entry], keys: list[str | None]) -> None:
    """Give rows whose label is lost or unreadable the official rows between their neighbours, where there are just as many.

    A label that is there must at least have the right number or be somewhat alike.
    """
    rows_only = [k for k in ROW_ORDER if k in REQUEST_LABELS]
    place = {key: i for i, key in enumerate(rows_only)}
    anchors = [(-1, -1)] + [(i, place[k]) for i, k in enumerate(keys) if k in place] + [(len(keys), len(rows_only))]
    for (i, j), (i2, j2) in itertools.pairwise(anchors):
        lost = [n for n in range(i + 1, i2) if keys[n] is None and len(entries[n].filled) in (WIDTH, WIDTH - 1)]
        due = rows_only[j + 1 : j2]
        inner_groups = any(keys[n] is not None for n in range(i + 1, i2))
        if (
            lost
            and len(lost) == len(due)
            and not inner_groups
            and all(_may_be(entries[n], key) for n, key in zip(lost, due, strict=True))
        ):
            for n, key in zip(lost, due, strict=True):
                keys[n] = key
                entries[n].used = 1


_NUMBERING = re.compile(r"\s*[（(]?([一二三四五六七八九十\d]+)[）).、．]")


def _may_be(entry: Entry, key: str) -> bool:
    if not entry.own:
        return True
    text = entry.labels[-1].text
    if key_of(text) in _SIDE:
        return True  # the row's own label is lost
    numbering, official = _NUMBERING.match(text), _NUMBERING.match(_WORDING[key])
    same = bool(numbering and official and numbering[1] == official[1])
    return similarity(key_of(text), key) >= (0.15 if same else 0.3)


def _row_issues(matched: Sequence[tuple[Entry, str]], text: str) -> list[LabelIssue]:
    issues = []
    for entry, key in matched:
        if not entry.labels or (not entry.own and key not in entry.scores):
            continue
        score = entry.scores.get(key, 0.0)
        start, end, found = entry.label_text(text)
        label = key_of(found)
        if score == 1.0 or label in _SIDE or (len(key) >= 4 and label.endswith(key)):
            continue
        if entry.kind == "line" and key.startswith(label):
            continue  # the rest of the label stands after the numbers
        issues.append(LabelIssue(start, end, found, _WORDING[key]))
    return issues


def _side_labels(matched: Sequence[tuple[Entry, str]]) -> list[Piece]:
    """The labels of groups: words before a row's own label, from the second row on (before it stands the header)."""
    return [p for entry, _ in matched[1:] if entry.kind != "line" for p in entry.labels[: -entry.used] if not p.carried]


def _end(rows: Sequence[Row], index: int, text: str) -> int:
    """Where the table's last row ends."""
    row = rows[index]
    end = max((p.end for p in row.pieces), default=row.start)
    line_end = text.find("\n", end)
    return line_end if line_end >= 0 and not text[end:line_end].strip() else end
