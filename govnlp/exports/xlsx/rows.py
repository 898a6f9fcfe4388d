"""Rows of a sheet, written as they come: text stays text, numbers stay numbers, and a row that is written is forgotten.

`xlsxwriter` makes the workbook (styles, filters, conditional formats, charts, the package). Its rows are replaced here: a batch has
hundreds of thousands of cells, which it writes at a fifth of this speed, and it takes a text that begins with "<r>" for markup.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from govnlp.exports.plain import visible

MAX_ROWS = 1_048_576
"""Rows that a sheet can hold, its heading included."""
MAX_TEXT = 32_767
"""UTF-16 units that a cell can hold."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads `_x0041_` as the letter A: the underscore is written as `_x005F_`."""
_EXACT = 10**15
"""Spreadsheets hold fifteen digits of a number."""
LINE, _HIGHEST = 14, 400
"""Height of a line of text and of the highest row, in points (Excel ends at 409)."""
_BUTTON = 3
"""Characters that the filter's button takes of a heading."""
Value = str | int | float | bool | None


def cell_text(text: str) -> str:
    """The text as a cell holds it: visible characters only, no longer than the limit (an ellipsis shows the cut)."""
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
    shown = visible(text)
    if len(shown) * 2 > MAX_TEXT and (size := len(shown.encode("utf-16-le")) // 2) > MAX_TEXT - 1:
        while size > MAX_TEXT - 1:
            shown = shown[: -max(1, (size - MAX_TEXT + 1) // 2)]
            size = len(shown.encode("utf-16-le")) // 2
        shown += "…"
    return shown


def _markup(text: str) -> str:
    return escape(_ESCAPE.sub("_x005F_", cell_text(text)), quote=False)


_markup_of_name = lru_cache(maxsize=20_000)(_markup)
"""Names of agencies, rows and types come again and again."""


class StreamedSheet(Worksheet):
    """A worksheet in constant memory that takes whole rows."""

    _widest = 0

    def add_row(
        self, row: int, letters: Sequence[str], styles: Sequence[int], values: Sequence[Value], height: int = 0
    ) -> None:
        """Write row `row` (from 0, each above the one before). A None leaves its cell empty; `height` in points, 0: as it fits."""
        n = row + 1
        parts = [f'<row r="{n}" ht="{height}" customHeight="1">' if height else f'<row r="{n}">']
        for letter, style, value in zip(letters, styles, values, strict=False):
            if value is None:
                continue
            if type(value) is int and -_EXACT < value < _EXACT:  # nearly all cells
                parts.append(f'<c r="{letter}{n}" s="{style}"><v>{value}</v></c>')
            elif isinstance(value, str):
                markup = _markup_of_name(value) if len(value) < 100 else _markup(value)
                parts.append(
                    f'<c r="{letter}{n}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{markup}</t></is></c>'
                )
            elif isinstance(value, float) and not math.isfinite(value):
                parts.append(f'<c r="{letter}{n}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>')
            else:
                parts.append(f'<c r="{letter}{n}" s="{style}"><v>{_number(value)}</v></c>')
        parts.append("</row>")
        self.row_data_fh.write("".join(parts))
        self._widest = max(self._widest, len(values) - 1)
        self.dim_rowmin, self.dim_colmin, self.dim_rowmax, self.dim_colmax = 0, 0, row, self._widest
        self.previous_row = n


def _number(value: float) -> str:
    if abs(value) >= _EXACT:
        return repr(float(value)) if abs(value) < 1e308 else "1E+308" if value > 0 else "-1E+308"
    return repr(value) if isinstance(value, float) else str(int(value))


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column of `width` characters; Chinese ones are two wide."""
    sizes = (len(line) + sum(c > "\u2e7f" for c in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(size / width)) for size in sizes)


class Sheet:
    """A sheet with one heading row, that goes on in a further sheet where one is full.

    `widths`: in characters of the body font; `styles`: the formats of the columns. `finish` is called with each part and its
    number of rows, to add what needs to know its size.
    """

    def __init__(
        self,
        book: Any,
        name: str,
        header: Sequence[str],
        *,
        widths: Sequence[float],
        styles: Sequence[Format],
        header_style: Format,
        frozen: int = 0,
        max_rows: int = MAX_ROWS,
        finish: Callable[[StreamedSheet, int], None] | None = None,
    ) -> None:
        self._book, self._name, self._header = book, name, tuple(header)
        self._header_style, self._frozen = header_style, frozen
        # a word of a heading is not cut
        words = [max((len(w) for w in title.split() if w.isascii()), default=0) for title in header]
        self._widths = [max(width, word + _BUTTON + 1) for width, word in zip(widths, words, strict=True)]
        self._max_rows, self._finish = max_rows, finish
        self._styles = [style._get_xf_index() for style in styles]
        self._wrapped = [(i, self._widths[i] - 1) for i, style in enumerate(styles) if style.text_wrap]
        self._letters = [xl_col_to_name(i) for i in range(len(header))]
        self.parts: list[StreamedSheet] = []
        self.rows = 0
        self._open()

    def _open(self) -> None:
        name = self._name if not self.parts else f"{self._name} ({len(self.parts) + 1})"
        sheet = self._book.add_worksheet(name, StreamedSheet)
        for col, width in enumerate(self._widths):
            sheet.set_column(col, col, width)
        sheet.freeze_panes(1, self._frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        header = self._header_style._get_xf_index()
        room = [max(width - _BUTTON, 4) for width in self._widths]
        lines = max(map(lines_of, self._header, room))
        sheet.add_row(0, self._letters, [header] * len(self._header), self._header, height=8 + LINE * lines)
        self.parts.append(sheet)
        self._next = 1

    def add(self, values: Sequence[Value], marked: Mapping[int, Format] | None = None) -> None:
        """Write a row; `marked`: column to the format that takes the place of its own."""
        if self._next >= self._max_rows:
            self._close_part()
            self._open()
        styles = self._styles
        if marked:
            styles = [marked[i]._get_xf_index() if i in marked else style for i, style in enumerate(styles)]
        # Excel fits the height of such rows when it opens the file, WPS and LibreOffice do not
        lines = max((lines_of(str(values[i]), width) for i, width in self._wrapped if values[i]), default=1)
        height = min(4 + LINE * lines, _HIGHEST) if lines > 1 else 0
        self.parts[-1].add_row(self._next, self._letters, styles, values, height)
        self._next += 1
        self.rows += 1

    def _close_part(self) -> None:
        sheet = self.parts[-1]
        sheet.autofilter(0, 0, max(self._next - 1, 1), len(self._header) - 1)
        if self._finish is not None:
            self._finish(sheet, self._next - 1)

    def close(self) -> None:
        """Set the filter and what else depends on the number of rows."""
        self._close_part()
