"""XLSX: a workbook for Excel and WPS. Overview with charts, ranking, findings, claims, the three tables, elements, definitions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from govnlp.exports.base import Cards, Export
from govnlp.exports.copies import CopyGraph
from govnlp.schema import Lang

STAMP = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands for the time of writing, so that the same scorecards give the same workbook."""


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write one workbook, in one pass over the scorecards; of each report only its line of the ranking stays in memory."""
    import xlsxwriter

    from govnlp.exports.tally import Tally
    from govnlp.exports.words import Words
    from govnlp.exports.xlsx.copied import write_copies
    from govnlp.exports.xlsx.definitions import write_definitions
    from govnlp.exports.xlsx.overview import Overview, fill_ranking, open_ranking
    from govnlp.exports.xlsx.rows import StreamedSheet
    from govnlp.exports.xlsx.sheets import Sheets
    from govnlp.exports.xlsx.styles import FONTS, styles_of

    words, tally = Words(lang), Tally()
    if previous is not None:
        tally.remember(previous())
    path = out / words("xlsx.file")
    temporary = path.with_name(path.name + ".part")  # a workbook that is open in Excel is not half replaced
    book = xlsxwriter.Workbook(
        str(temporary),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONTS[lang], "font_size": 10},
        },
    )
    book.set_properties({"title": words("xlsx.title"), "created": STAMP})
    styles = styles_of(book, lang)
    overview_sheet = book.add_worksheet(words("xlsx.sheet.overview"), StreamedSheet)
    ranking = open_ranking(book, words, styles)
    sheets = Sheets(book, words, styles)
    for card in cards():
        sheets.add(card, tally.add(card, words))
    sheets.close()
    fill_ranking(ranking, words, tally)
    Overview(book, overview_sheet, words, styles, tally).write()
    if copies is not None and copies.edges:
        write_copies(book, words, styles, copies)
    write_definitions(book, words, styles, tally)
    overview_sheet.activate()
    book.close()
    temporary.replace(path)
    return [path]


EXPORT = Export("xlsx", {"zh": "Excel/WPS 工作簿", "en": "workbook for Excel and WPS"}, write, needs=("xlsxwriter",))
