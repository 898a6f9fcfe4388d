"""The three national tables, from any reader's cells to numbers."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.document import NationalTable, Section, Source
from govnlp.schema import TABLE_OF_SECTION
from govnlp.tables.layout import layout_of
from govnlp.tables.proactive import proactive_table
from govnlp.tables.requests import requests_table
from govnlp.tables.review import review_table
from govnlp.tables.rows import rows_of

__all__ = ["extract_tables", "layout_of"]


def extract_tables(source: Source, sections: Sequence[Section] = ()) -> dict[str, NationalTable]:
    """The national tables of a file by name ("proactive", "requests", "review"); a table that is not there is left out.

    Tables are known by their labels and the order of their rows, wherever they stand; `sections` only decides between two that
    look alike. Cells are those of `source.grids` where merged cells are known, else the text's tab-separated lines, else lines of
    labels and numbers. A number is given only where its place in the format is sure; it is None where the cell is blank, holds
    no number, or cannot be placed. A cell that was lost and could be restored from the table's sums has a `CellRef` with
    `raw` None.
    """
    expected = {TABLE_OF_SECTION[s.id]: (s.start, s.end) for s in reversed(sections) if s.id in TABLE_OF_SECTION}
    rows = rows_of(source)
    requests, _ = requests_table(rows, source.text, expected.get("requests"))
    found = {
        "proactive": proactive_table(rows, source.text, expected.get("proactive")),
        "requests": requests,
        "review": review_table(rows, source.text),
    }
    return {name: table for name, table in found.items() if table is not None}
