"""The numbering of a report read in order: which markers stand where, and where a sequence breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govnlp.document import Report
from govnlp.rules.parts import lines
from govnlp.schema import TABLE_SECTIONS

DIGITS = "一二三四五六七八九"
CHINESE = r"(十[一二三四五六七八九]?|[一二三四五六七八九])"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
STYLES = (
    ("part", re.compile(rf"{CHINESE}\s*、")),
    ("bracket", re.compile(rf"[（(]\s*{CHINESE}\s*[）)]")),
    ("number", re.compile(r"(\d{1,2})\s*(?:、(?!\d{1,2}月)|[.．](?!\d)|[.．](?=20\d\d))")),
    ("number_bracket", re.compile(r"[（(]?(\d{1,2})[）)]")),
    ("circle", re.compile(rf"([{CIRCLED}])")),
    ("list", re.compile(rf"{CHINESE}(?:是|要(?![求点素件不]))")),
    ("ordinal", re.compile(rf"第{CHINESE}[，、：,:]")),
)
"""Style of numbering and its marker. 一、 only counts where a line begins."""
HEADINGS = ("part", "bracket")
"""Styles whose items end the lists below the item before."""
NUMBERED = ("bracket", "number", "number_bracket")
"""Styles that begin at one; 二是 may follow a first matter that is told without 一是."""
BEFORE_INLINE = "。；;：:！\n"
TABLE_LABELS = re.compile("本年新收|上年结转|本年度办理|结转下年")
ORDER = ("part", "bracket", "number", "number_bracket", "circle", "list", "ordinal")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that opens an item: its style, its value and the span of its line up to the next stop."""

    style: str
    value: int
    start: int
    end: int


def value_of(raw: str) -> int:
    """1 for 一, 1 or ①; 12 for 十二."""
    if raw in CIRCLED:
        return CIRCLED.index(raw) + 1
    if raw.isdigit():
        return int(raw)
    tens, _, ones = raw.rpartition("十")
    if "十" not in raw:
        return DIGITS.index(raw) + 1
    return 10 * (DIGITS.index(tens) + 1 if tens else 1) + (DIGITS.index(ones) + 1 if ones else 0)


def markers(report: Report) -> Iterator[Marker]:
    """All markers in the order of the text; of the tables only the headings above them."""
    for section in report.sections:
        for start, end in lines(report, section.start, section.end):
            line = report.span(start, end)
            if "\t" in line or TABLE_LABELS.search(line[:12]):
                continue
            bold = len(line) - len(line.lstrip("*＊# "))
            for style, pattern in STYLES:
                if section.id in TABLE_SECTIONS and style != "part":
                    continue
                if section.id == "preamble" and style == "part":
                    continue  # no part stands before the first: it is a table of contents
                for match in [pattern.match(line, bold)] if style == "part" else pattern.finditer(line):
                    if match is None or not opens(line, match.start(), bold, style):
                        continue
                    stop = re.search("[。；;，,：:]", line[match.end() :])
                    tail = match.end() + (stop.start() if stop else len(line) - match.end())
                    yield Marker(style, value_of(match.group(1)), start + match.start(), start + tail)


def opens(line: str, at: int, bold: int, style: str) -> bool:
    """Whether a marker at this place of the line opens an item: at the line's start or after a stop."""
    if at <= bold:
        return True
    before = line[:at].rstrip(" *＊")
    return bool(before) and (before[-1] in BEFORE_INLINE or (style == "list" and before[-1] in "，,"))


def breaks(found: list[Marker]) -> Iterator[tuple[Marker, int]]:
    """Markers that neither go on a sequence nor open a new one, each with the number that was due.

    Every style keeps its open sequences on a stack: a 1 opens one, and a number may go on any of them. What is numbered
    below a heading ends with it. A second 一、 in the report is a break: the parts have one sequence.
    """
    stacks: dict[str, list[int]] = {style: [] for style in ORDER}
    broken = False  # once a part's number goes on nothing, what follows it may be numbered below another
    for marker in found:
        stack = stacks[marker.style]
        if marker.style in HEADINGS:
            for lower in ORDER[ORDER.index(marker.style) + 1 :]:
                stacks[lower] = []
        if marker.value == 1:
            if marker.style == "part" and stack:
                broken = True
                yield marker, stack[-1] + 1
            stack.append(1)
            continue
        if not stack:
            if marker.value == 2 and marker.style in NUMBERED and not broken:
                yield marker, 1
            stack.append(marker.value)
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth] + 1 == marker.value:
                del stack[depth + 1 :]
                stack[depth] = marker.value
                break
        else:
            yield marker, stack[-1] + 1
            stack[-1] = marker.value
