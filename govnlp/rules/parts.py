"""The parts of the national format in a report: which are due, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report, Section
from govnlp.page import is_page_fact
from govnlp.schema import PARTS, TABLE_OF_SECTION
from govnlp.tables.rows import PAGE_NUMBER

FIRST_YEAR = 2019
"""The first reported year that the national format of six parts holds for."""
FIRST_YEAR_OF_2021 = 2021
"""The first reported year that the format of 2021 holds for."""
_NOTHING = re.compile(r"(暂时?)?(无|没有)?[。.；;]?|[-—–\s]*\d{1,3}[-—–\s]*|" + PAGE_NUMBER.pattern)
"""What says nothing: a bare 无, or a page's number."""
_NONE_OF_IT = re.compile("(?:暂?无|没有)\\S{3}")
"""The beginning of a statement that there is nothing, which may end like a heading: 无其他需要报告的事项."""
PART_NUMBER = re.compile("[一二三四五六七八九十]+、")
_HEADING = re.compile(
    r"[（(]?([一二三四五六七八九十]+|\d+)[）)、.．]\s*[^。；;，,]{0,24}|[^。；;，,]{0,12}(情况|问题|事项|措施|建设|保障)[:：]?"
)


def six_parts_due(report: Report) -> bool:
    """Whether the national format holds for the report: from 2019 on; without a year, unless it follows an older form."""
    return report.format != "pre2019" if report.year is None else report.year >= FIRST_YEAR


def part_of(section_id: str) -> str:
    """The part that a section belongs to; "preamble" is none of `PARTS`."""
    return section_id.split(".")[0]


def parts_present(report: Report) -> tuple[str, ...]:
    """The parts that the report has, in the order of the format: as sections, or as a table read from anywhere in it."""
    there = {part_of(s.id) for s in report.sections}
    return tuple(p for p in PARTS if p in there or TABLE_OF_SECTION.get(p) in report.tables)


def opening(report: Report, section: Section) -> tuple[int, int]:
    """The span of a section's heading, or of its first line where it has none."""
    start, end = section.start, section.heading_end
    if not report.span(start, end).strip():
        body = report.span(section.start, section.end)
        start += len(body) - len(body.lstrip())
        line_end = report.text.find("\n", start, section.end)
        end = section.end if line_end < 0 else line_end
    while start < end and report.text[start].isspace():
        start += 1
    while end > start and report.text[end - 1].isspace():
        end -= 1
    return start, end


def lines(report: Report, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines with text between two offsets, without the white space around them."""
    at = start
    for line in report.span(start, end).split("\n"):
        if stripped := line.strip():
            first = at + line.index(stripped)
            yield first, first + len(stripped)
        at += len(line) + 1


def says_something(report: Report, section: Section) -> bool:
    """Whether a section holds more than headings and a bare 无.

    What follows it counts too, up to the next part's heading: a list below a heading may have been taken for another section.
    """
    start = max(section.start, section.heading_end)
    for a, b in lines(report, start, len(report.text)):
        line = report.span(a, b).strip("*＊# \u3000")
        if a >= section.end and (PART_NUMBER.match(line) or _heading_at(report, a, section.id) or "\t" in line):
            return False
        if is_page_fact(line):
            continue
        if not _NOTHING.fullmatch(line) and (_NONE_OF_IT.match(line) or not _HEADING.fullmatch(line)):
            return True
    return False


def _heading_at(report: Report, offset: int, section_id: str) -> bool:
    """Whether another part's section begins at the line with a heading of its own."""
    return any(
        s.start <= offset < s.heading_end and s.id in PARTS and s.id != part_of(section_id) for s in report.sections
    )
