"""Who shares how much text with whom, the largest share first."""

from __future__ import annotations

from typing import Any

from govnlp.exports.copies import CopyGraph
from govnlp.exports.words import Words
from govnlp.exports.xlsx.rows import Sheet, StreamedSheet
from govnlp.exports.xlsx.styles import RED, Styles


def write_copies(book: Any, words: Words, styles: Styles, copies: CopyGraph) -> None:
    def finish(sheet: StreamedSheet, rows: int) -> None:
        if rows:
            sheet.conditional_format(1, 3, rows, 3, {"type": "data_bar", "bar_color": RED, "bar_solid": True})

    titles = (
        "terms.field.source",
        "xlsx.field.other",
        "xlsx.field.copy_kind",
        "xlsx.field.share",
        "xlsx.field.characters",
    )
    sheet = Sheet(
        book,
        words("xlsx.sheet.copies"),
        [words(t) for t in titles],
        widths=(52, 52, 16, 11, 11),
        styles=[styles.text, styles.text, styles.text, styles.percent, styles.whole],
        header_style=styles.header,
        frozen=1,
        finish=finish,
    )
    for edge in sorted(copies.edges, key=lambda e: (-e.share, e.source, e.other)):
        characters = sum(max(0, end - start) for start, end, *_ in edge.passages)
        names = (copies.name_of(edge.source), copies.name_of(edge.other))
        sheet.add([*names, words.term("copy_kind", edge.kind), edge.share, characters])
    sheet.close()
