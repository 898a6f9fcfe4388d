"""The three national tables as text: tab-separated lines the way offices' web pages give them, with every cell's place.

A label that spans several rows is printed once, in the first of them; the rows below begin with a tab for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnlp.document import Cell, CellRef, Grid, LabelIssue, NationalTable, Number
from govnlp.schema import (
    APPLICANTS,
    OUTCOME_ROWS,
    PROACTIVE_ROWS,
    REQUEST_GROUPS,
    REQUEST_ROWS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
)

RawRows = Mapping[str, tuple[Any, ...]]
"""Row id to its cells as an author gives them: a number, None for a blank, or a text such as "/"."""

PROACTIVE_CLAUSES = {
    "规章": "第二十条第（一）项",
    "行政许可": "第二十条第（五）项",
    "行政处罚": "第二十条第（六）项",
    "行政事业性收费": "第二十条第（八）项",
}
"""First row of a block to the clause of the regulation (第711号, article 20) that heads the block."""
BALANCE_NOTE = "(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)"
OUTCOMES = "三、本年度办理结果"
_LABEL_COLUMNS = 3
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(slots=True)
class _Sheet:
    """Cells in the making: `rows` of (col, text, row_span, col_span, key); `indents`: empty cells that begin a line."""

    rows: list[list[tuple[int, str, int, int, tuple[str, int] | None]]] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)

    def line(self, indent: int = 0) -> None:
        self.rows.append([])
        self.indents.append(indent)

    def put(self, col: int, text: str, down: int = 1, across: int = 1, key: tuple[str, int] | None = None) -> None:
        self.rows[-1].append((col, text, down, across, key))


def width(name: str, row: str) -> int:
    """How many numbers a row of table `name` holds; KeyError where the format has no such row."""
    if name == "proactive":
        return len(PROACTIVE_ROWS[row])
    known: Mapping[str, str] = REQUEST_ROWS if name == "requests" else REVIEW_BLOCKS
    known[row]
    return len(APPLICANTS) if name == "requests" else len(REVIEW_COLUMNS)


def row_ids(name: str) -> tuple[str, ...]:
    """Row ids of table `name` in the format's order."""
    if name == "proactive":
        return tuple(PROACTIVE_ROWS)
    return tuple(REQUEST_ROWS if name == "requests" else REVIEW_BLOCKS)


def render(
    name: str, values: RawRows, at: int, altered: Mapping[str, str] | None = None
) -> tuple[str, Grid, NationalTable]:
    """The text of table `name` (without a final line break), its grid and its numbers; offsets count from `at`.

    `values` has every row of the format. `altered` maps pieces of the official labels to what stands there instead.
    """
    sheet = {"proactive": _proactive, "requests": _requests, "review": _review}[name](values)
    text, cells, refs, issues = "", [], {}, []
    for row, line in enumerate(sheet.rows):
        text += ("\n" if row else "") + "\t" * sheet.indents[row]
        for n, (col, official, down, across, key) in enumerate(line):
            text += "\t" if n else ""
            start = at + len(text)
            shown = official
            if key is None:
                shown, where = _alter(official, altered or {})
                issues += [LabelIssue(start + i, start + i + len(new), shown, official) for i, new in where if new]
            text += shown
            cells.append(Cell(row, col, start, start + len(shown), shown, down, across))
            if key is not None:
                refs[key] = CellRef(name, *key, start, start + len(shown), shown)
    grid = Grid(at, at + len(text), tuple(cells))
    rows = {row: tuple(number(v) for v in values[row]) for row in row_ids(name)}
    return text, grid, NationalTable(name, at, at + len(text), rows, refs, tuple(issues))


def number(value: Any) -> Number | None:
    """The number that a cell states, None for a blank, a dash, a slash or a word."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    plain = unicodedata.normalize("NFKC", str(value)).replace(",", "").strip()
    if not _PLAIN_NUMBER.fullmatch(plain):
        return None
    return float(plain) if "." in plain else int(plain)


def web_label(official: str) -> str:
    """A label as web pages print it: half-width brackets and commas with a space after."""
    label = re.sub(r"^（(.)）", r"(\1) ", official).replace("（", " (").replace("）", ")").replace("，", ", ")
    return re.sub(r"^(\d)\.", r"\1. ", label)


def _alter(label: str, altered: Mapping[str, str]) -> tuple[str, list[tuple[int, str]]]:
    where = []
    for old, new in altered.items():
        at = label.find(old)
        if at >= 0 and old != new:
            label = label.replace(old, new, 1)
            where.append((at, new))
    return label, where


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _numbers(sheet: _Sheet, row: str, values: Sequence[Any], first_col: int, across: int = 1) -> None:
    for n, value in enumerate(values):
        sheet.put(first_col + n, _shown(value), across=across, key=(row, n))


def _proactive(values: RawRows) -> _Sheet:
    sheet = _Sheet()
    for row, labels in PROACTIVE_ROWS.items():
        across = 3 // len(labels)
        if row in PROACTIVE_CLAUSES:
            sheet.line()
            sheet.put(0, PROACTIVE_CLAUSES[row], across=4)
            sheet.line()
            sheet.put(0, "信息内容")
            for n, label in enumerate(labels):
                sheet.put(1 + n, label, across=across)
        sheet.line()
        sheet.put(0, row)
        _numbers(sheet, row, values[row], 1, across)
    return sheet


def _requests(values: RawRows) -> _Sheet:
    sheet = _Sheet()
    people = len(APPLICANTS) - 1
    sheet.line()
    sheet.put(0, BALANCE_NOTE, down=3, across=_LABEL_COLUMNS)
    sheet.put(_LABEL_COLUMNS, "申请人情况", across=people)
    sheet.put(_LABEL_COLUMNS + people, APPLICANTS[-1], down=3)
    sheet.line(1)
    sheet.put(_LABEL_COLUMNS, APPLICANTS[0], down=2)
    sheet.put(_LABEL_COLUMNS + 1, "法人或其他组织", across=people - 1)
    sheet.line(2)
    for n, label in enumerate(APPLICANTS[1:-1]):
        sheet.put(_LABEL_COLUMNS + 1 + n, label)
    seen: set[str] = set()
    for row, official in REQUEST_ROWS.items():
        group = row.split(".")[0] if "." in row else ""
        opens = bool(group) and group not in seen
        seen.add(group)
        if row == OUTCOME_ROWS[0]:
            sheet.line()
            sheet.put(0, OUTCOMES, down=len(OUTCOME_ROWS) + 1)
        elif row in OUTCOME_ROWS or row == "total":
            sheet.line(2 if group and not opens else 1)
        else:
            sheet.line()
        if not group:
            outer = row in ("new", "carried_in", "carried_out")
            sheet.put(0 if outer else 1, web_label(official), across=_LABEL_COLUMNS if outer else _LABEL_COLUMNS - 1)
        else:
            if opens:
                members = sum(r.startswith(group + ".") for r in REQUEST_ROWS)
                sheet.put(1, web_label(REQUEST_GROUPS[group]), down=members)
            sheet.put(2, web_label(official))
        _numbers(sheet, row, values[row], _LABEL_COLUMNS)
    return sheet


def _review(values: RawRows) -> _Sheet:
    sheet = _Sheet()
    n = len(REVIEW_COLUMNS)
    first, *suits = REVIEW_BLOCKS.values()
    sheet.line()
    sheet.put(0, first, across=n)
    sheet.put(n, "行政诉讼", across=n * len(suits))
    sheet.line()
    for col, label in enumerate(REVIEW_COLUMNS):
        sheet.put(col, label, down=2)
    for k, label in enumerate(suits):
        sheet.put(n * (k + 1), label, across=n)
    sheet.line()
    for k in range(len(suits)):
        for col, label in enumerate(REVIEW_COLUMNS):
            sheet.put(n * (k + 1) + col, label)
    sheet.line()
    for k, row in enumerate(REVIEW_BLOCKS):
        _numbers(sheet, row, values[row], n * k)
    return sheet
