"""Where spans stand among the sections."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.document import Section


def sections_of(spans: Sequence[tuple[int, int]], sections: Sequence[Section]) -> list[str]:
    """The section id that each span, in text order, starts in."""
    out, k = [], 0
    for start, _ in spans:
        while k + 1 < len(sections) and sections[k + 1].start <= start:
            k += 1
        out.append(sections[k].id if sections else "")
    return out
