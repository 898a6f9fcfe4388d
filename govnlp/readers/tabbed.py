"""Runs of tab-separated lines in plain text: tables of which only the rows are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Block, Cell, Grid

_LINE = re.compile(r"[^\r\n]*")
_ROW_OF_ONE_CELL = re.compile(r"\s*第.{1,5}条(?:第.{1,5}款)?(?:第.{1,5}项)?\s*")
"""第二十条第（一）项: a row that is one merged cell across the table, so that it has no tab."""


def find_grids(text: str) -> tuple[Grid, ...]:
    """The tables of `text`: lines with tabs, and the blank lines and rows of one merged cell between or before them.

    Cells hold their exact offsets; surrounding blanks are left out of them. `spans_known` is false.
    """
    return tuple(_grid(text, run) for run in _runs(text))


def find_blocks(text: str, grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    """Every line with text as a paragraph, every grid as one block of kind "table", in order."""
    blocks = [Block(g.start, g.end, "table") for g in grids]
    spans = [(g.start, g.end) for g in grids]
    for start, end in _lines(text):
        while spans and spans[0][1] < start:
            spans.pop(0)
        if not (spans and spans[0][0] <= start):
            start, end = _strip(text, start, end)
            if start < end:
                blocks.append(Block(start, end))
    return tuple(sorted(blocks, key=lambda b: b.start))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while position < len(text):
        end = _LINE.match(text, position).end()  # type: ignore[union-attr]
        yield position, end
        position = end + (2 if text.startswith("\r\n", end) else 1)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    """Lines that belong to the run only if a tabbed line follows; the last row of one cell may open a run."""
    for start, end in _lines(text):
        if "\t" in text[start:end] and text[start:end].strip():
            opening = waiting if run or any(text[a:b].strip() for a, b in waiting) else []
            run += [w for w in opening if text[w[0] : w[1]].strip()]
            run.append((start, end))
            waiting = []
        elif _ROW_OF_ONE_CELL.fullmatch(text, start, end) or not text[start:end].strip():
            waiting.append((start, end))
        else:
            if run:
                yield run
            run, waiting = [], []
    if run:
        yield run


def _grid(text: str, run: list[tuple[int, int]]) -> Grid:
    cells = []
    for row, (start, end) in enumerate(run):
        left = start
        for col, value in enumerate(text[start:end].split("\t")):
            a, b = _strip(text, left, left + len(value))
            cells.append(Cell(row, col, a, b, text[a:b]))
            left += len(value) + 1
    return Grid(run[0][0], run[-1][1], tuple(cells), spans_known=False)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
