"""CSV: one file for each table, for spreadsheets and programs. What the columns hold stands beside them in `columns.csv`.

Files are UTF-8 with the mark that Excel needs to know it, lines end in CR LF, text is always quoted. A text that a spreadsheet
would take for a formula (it begins with = + - @, tab, carriage return or line feed, or the full-width form of a sign) gets a
single quote in front; programs that need the text as it was take the Parquet files.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from govnlp.exports.base import Cards, Export
from govnlp.exports.columns import TABLES
from govnlp.exports.copies import CopyGraph
from govnlp.exports.plain import visible
from govnlp.exports.words import Words
from govnlp.schema import Lang

_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DICTIONARY = "columns.csv"


def inert(text: str) -> str:
    """The text as no spreadsheet takes it for a formula, with characters that act unseen shown or dropped."""
    shown = visible(text)
    return "'" + shown if text.startswith(_ACTS) or shown.startswith(_ACTS) else shown


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write `reports.csv`, `claims.csv`, `findings.csv`, `elements.csv`, `sentences.csv` and `columns.csv`, in one pass."""
    words = Words(lang)
    files = [out / f"{name}.csv" for name in TABLES]
    with ExitStack() as stack:
        sheets = []
        for file, table in zip(files, TABLES.values(), strict=True):
            writer = _open(stack, file)
            writer.writerow([column.name for column in table.columns])
            sheets.append((writer, table))
        for card in cards():
            for writer, table in sheets:
                writer.writerows([_plain(value) for value in row] for row in table.rows(card, words))
        dictionary = _open(stack, out / DICTIONARY)
        dictionary.writerow([words(f"columns.dictionary.{key}") for key in ("table", "column", "type", "meaning")])
        for name, table in TABLES.items():
            for column in table.columns:
                meaning = table.about(column, words)
                dictionary.writerow([f"{name}.csv", column.name, words(f"columns.type.{column.type}"), meaning])
    return [*files, out / DICTIONARY]


def _open(stack: ExitStack, file: Path) -> Any:
    # QUOTE_NONNUMERIC: a quoted text stays whole also where semicolons part the fields
    stream = stack.enter_context(file.open("w", encoding="utf-8-sig", newline=""))
    return csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int | float):
        return value
    return inert(str(value))


EXPORT = Export("csv", {"zh": "CSV 数据表", "en": "CSV tables"}, write)
