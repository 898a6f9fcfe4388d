"""From cells and numbers to a `NationalTable`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from govnlp.document import CellRef, LabelIssue, NationalTable, Number
from govnlp.tables.rows import Piece

Cells = Sequence[Piece | None]


def national_table(
    name: str,
    span: tuple[int, int],
    rows: Mapping[str, tuple[Cells, Sequence[Number | None]]],
    *,
    issues: Iterable[LabelIssue] = (),
    missing: Iterable[str] = (),
    layout: str = "2021",
) -> NationalTable:
    """`rows`: row id to its cells (None: lost) and numbers. Every cell of every row gets a `CellRef`."""
    refs = {}
    for row, (cells, _) in rows.items():
        for col, piece in enumerate(cells):
            place = (piece.start, piece.end, piece.text) if piece else (-1, -1, None)
            refs[row, col] = CellRef(name, row, col, *place)
    distinct = {(i.start, i.end): i for i in issues}
    labels = tuple(distinct[at] for at in sorted(distinct))
    numbers = {row: tuple(values) for row, (_, values) in rows.items()}
    return NationalTable(name, *span, numbers, refs, labels, tuple(missing), layout)
