"""Which national format a report's tables follow."""

from __future__ import annotations

from govnlp.document import NationalTable, Source
from govnlp.tables.labels import NEW_MARKS, OLD_MARKS


def layout_of_text(text: str) -> str | None:
    """ "2021" or "2019" by the labels that only one of them has, None where there are none of either."""
    plain = "".join(text.split())
    old, new = sum(m in plain for m in OLD_MARKS), sum(m in plain for m in NEW_MARKS)
    if old == new == 0:
        return None
    return "2019" if old > new else "2021"


def layout_of(given: NationalTable | Source) -> str | None:
    """The national format, "2021" or "2019", of a table or of a whole file; None where a file has no table that tells.

    Only the proactive table differs between the two formats.
    """
    return given.layout if isinstance(given, NationalTable) else layout_of_text(given.text)
