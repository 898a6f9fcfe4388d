"""Text to sections: find the units, decode them, write the sections with the ends of their headings."""

from __future__ import annotations

from govnlp.components.sections.cues import score_units
from govnlp.components.sections.decode import viterbi
from govnlp.components.sections.lines import Unit, split_units
from govnlp.document import Grid, Section


def segment(text: str, grids: tuple[Grid, ...] = ()) -> tuple[Section, ...]:
    """The sections of a report, in order, covering the whole text (nothing for an empty one)."""
    units = merge_tables(split_units(text, grids))
    if not units:
        return ()
    return to_sections(text, units, viterbi(*score_units(text, units)))


def merge_tables(units: list[Unit]) -> list[Unit]:
    """Neighbouring table lines as one unit: they can only be decoded together."""
    out: list[Unit] = []
    for unit in units:
        if unit.is_table and out and out[-1].is_table:
            first = out[-1]
            out[-1] = Unit(first.start, unit.end, True, True, True, None, first.start, first.start)
        else:
            out.append(unit)
    return out


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
        return unit.title_end
    plain = unit.enumerator is None and not unit.bold
    # a sentence may open a section, and is still one
    return unit.start if plain and text[unit.start : unit.end].rstrip().endswith(("。", "！", "？")) else unit.end
