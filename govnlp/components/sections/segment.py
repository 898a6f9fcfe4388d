"""Text to sections: find the units, decode them, write the sections with the ends of their headings."""

from __future__ import annotations

import re

from govnlp.components.sections.cues import score_units
from govnlp.components.sections.decode import viterbi
from govnlp.components.sections.lines import PART_STYLES, Unit, split_units
from govnlp.document import Grid, Section

LEAST_PARTS = 5
"""So many parts in a row without a word below their headings are a table of contents."""
PREFACE = 12
"""Units that may stand between a table of contents and the first part."""
_GOES_ON = re.compile("\\s*[，,；;]")
"""After what would be the title of a heading: it was the first clause of a sentence."""
_QUANTITY = re.compile("\\d(?![\\d.,年月日])|年.{8}")
"""A number in it tells the same, and a date with much after it: no title counts anything."""


def segment(text: str, grids: tuple[Grid, ...] = ()) -> tuple[Section, ...]:
    """The sections of a report, in order, covering the whole text (nothing for an empty one)."""
    units = merge_units(split_units(text, grids))
    if not units:
        return ()
    return to_sections(text, units, viterbi(*score_units(text, units)))


def merge_units(units: list[Unit]) -> list[Unit]:
    """Neighbouring table lines as one unit, since they can only be decoded together, and a table of contents as one without a heading."""
    out: list[Unit] = []
    end_of_contents = 0
    for i, unit in enumerate(units):
        if i < end_of_contents:
            continue
        if unit.is_table and out and out[-1].is_table:
            first = out[-1]
            out[-1] = Unit(first.start, unit.end, True, True, True, None, first.start, first.start)
        elif (end_of_contents := _contents_end(units, i)) > i:
            last = units[end_of_contents - 1]
            out.append(Unit(unit.start, last.end, False, False, False, None, unit.start, unit.start))
        else:
            out.append(unit)
    return out


def _contents_end(units: list[Unit], at: int) -> int:
    """Where a table of contents that begins at a unit ends (`at` itself: there is none).

    It is a run of lines with enumerators, the parts' among them from the first on, before the parts themselves begin at one again.
    """
    if not _numbers_part(units[at], 1):
        return at
    parts, end = 1, at + 1
    while end < len(units) and units[end].fills_line and units[end].enumerator and not _numbers_part(units[end], 1):
        parts += _numbers_part(units[end], parts + 1)
        end += 1
    again = any(_numbers_part(u, 1) for u in units[end : end + PREFACE])
    return end if parts >= LEAST_PARTS and again else at


def _numbers_part(unit: Unit, number: int) -> bool:
    enumerator = unit.enumerator
    return (
        unit.fills_line and enumerator is not None and enumerator.style in PART_STYLES and enumerator.number == number
    )


def to_sections(text: str, units: list[Unit], path: list[tuple[str, bool]]) -> tuple[Section, ...]:
    """Runs of units of one section, each reaching to the next run's start."""
    runs: list[tuple[str, int, int]] = []
    for unit, (section, opened) in zip(units, path, strict=True):
        if runs and runs[-1][0] == section and not (opened and section != runs[-1][0]):
            continue
        runs.append((section, unit.start, _heading_end(text, unit) if opened else unit.start))
    sections = []
    for k, (section, start, heading_end) in enumerate(runs):
        begin = 0 if k == 0 else start
        end = runs[k + 1][1] if k + 1 < len(runs) else len(text)
        sections.append(Section(section, begin, end, max(heading_end, begin)))
    return tuple(sections)


def _heading_end(text: str, unit: Unit) -> int:
    if not unit.fills_line or unit.title_end < unit.end - 1:
        first_clause = _GOES_ON.match(text, unit.title_end) or _QUANTITY.search(text, unit.title_start, unit.title_end)
        return unit.start if first_clause else unit.title_end
    plain = unit.enumerator is None and not unit.bold
    # a sentence may open a section, and is still one
    return unit.start if plain and text[unit.start : unit.end].rstrip().endswith(("。", "！", "？")) else unit.end
