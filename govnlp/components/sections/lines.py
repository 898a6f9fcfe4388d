"""The units that segmentation labels: lines of the text, cut further where a sentence ends.

A unit knows where it stands, its enumerator (一、 （一） 1. ① 一是 …) and whether it stands alone on its line as a heading would.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from govnlp.document import Grid

_DIGITS = "一二三四五六七八九十"
_ORDINAL = {c: i for i, c in enumerate(_DIGITS, 1)}
_CIRCLED = {
    c: i for row in ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩") for i, c in enumerate(row, 1)
}
_WIDE = str.maketrans("０１２３４５６７８９（）．，、：", "0123456789().,、:")

# style name, pattern of the whole enumerator, the part that counts
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(rf"(?P<n>[{_DIGITS}]{{1,3}})\s*[、.]\s*")),
    ("第一部分", re.compile(rf"第(?P<n>[{_DIGITS}]{{1,3}})(?:部分|章)[、：:\s]*")),
    ("（一）", re.compile(rf"\(\s*(?P<n>[{_DIGITS}]{{1,3}})\s*\)[、.]?\s*")),
    ("一是", re.compile(rf"(?:第)?(?P<n>[{_DIGITS}]{{1,2}})(?:是|、?\s*是|,|，)\s*")),
    ("（1）", re.compile(r"\(\s*(?P<n>\d{1,2})\s*\)[、.]?\s*")),
    ("1）", re.compile(r"(?P<n>\d{1,2})\s*\)\s*")),
    ("1.", re.compile(r"(?P<n>\d{1,2})\s*(?:\.(?!\d)|\.(?=(?:20\d\d|\d{1,2})\s*[年月])|、)\s*")),
    ("①", re.compile(rf"(?P<n>[{''.join(_CIRCLED)}])[、.]?\s*")),
)
PART_STYLES = ("一、", "第一部分")
"""The styles of enumerators that number parts."""
SENTENCE_END = re.compile(r"[。！？!?][”’」』）)]*(?:\*\*)?")
# a part's official title in the middle of a line, where a file lost its line breaks
_BURIED_PART = re.compile(
    r"[一二三四五六七]、(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政复议、?行政诉讼情况"
    r"|存在的主要问题及改进情况|其他需要报告的事项)"
)
_NO_TITLE = re.compile(r"[。；;！？!?\t]|[：:](?!$)")
# lines of the proactive table that hold no tab
_ROW = re.compile(r"第二十条\s*第\s*[（(][一二三四五六七八九十]+[）)]\s*项\s*$|信息内容(?:\t|\s*本年)")
_LEAD = re.compile(r"[\s\u3000#>·•■◆●▪-]*(?:\*\*)?[\s【〖]*")
TITLE_STOP = re.compile(r"[.,](?!\d)|[。．：:；;，！？】〗\n\t]|\*\*|(?<=况)[ \u3000]")


def chinese_ordinal(text: str) -> int:
    """一 to 九十九 as a number; 0 where the text is no ordinal."""
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED[text]
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _ORDINAL.get(text, 0)
    return (_ORDINAL.get(tens, 1 if not tens else 0)) * 10 + (_ORDINAL.get(ones, 0) if ones else 0)


@dataclass(frozen=True, slots=True)
class Enumerator:
    """`style` is one of 一、 第一部分 （一） 一是 （1） 1） 1. ①; `number` counts from 1; `end` is where the text after it starts."""

    style: str
    number: int
    start: int
    end: int


def enumerator_at(text: str, start: int, end: int) -> Enumerator | None:
    """The enumerator that stands at `start` (after blanks and a bold mark), or None."""
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    window = text[at : min(end, at + 8)].translate(_WIDE)
    for style, pattern in _STYLES:
        m = pattern.match(window)
        if m:
            number = chinese_ordinal(m["n"])
            if number:
                return Enumerator(style, number, at, at + m.end())
    return None


def prose_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch that hold text and no tab, each without the blanks around it."""
    for raw in text[start:end].splitlines(keepends=True):
        a, start = start, start + len(raw)
        if raw.strip() and "\t" not in raw.strip():
            yield a + len(raw) - len(raw.lstrip()), a + len(raw.rstrip())


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one line: `start`..`end` without the blanks around it.

    `opens_line`, `fills_line`: whether it starts its line, whether it is all of it. `is_table`: part of a table as the file has it.
    `title_start`..`title_end`: what would be its title if it were a heading (after the enumerator, before the first stop).
    """

    start: int
    end: int
    opens_line: bool
    fills_line: bool
    is_table: bool
    enumerator: Enumerator | None
    title_start: int
    title_end: int
    bold: bool = False

    def title(self, text: str) -> str:
        return text[self.title_start : self.title_end]


def split_units(text: str, grids: tuple[Grid, ...] = ()) -> list[Unit]:
    """Cut the text into units; every character that is not blank stands in exactly one."""
    starts = [g.start for g in grids]
    units: list[Unit] = []
    pos = 0
    for raw in text.splitlines(keepends=True):
        start, end = pos, pos + len(raw)
        pos = end
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace() and text[start] != "\t":
            start += 1
        if start >= end or not text[start:end].strip():
            continue
        k = bisect_right(starts, start) - 1
        in_grid = k >= 0 and start < grids[k].end
        if (
            in_grid
            or text.count("\t", start, end) >= (1 if units and units[-1].is_table else 2)
            or _ROW.match(text, start, end)
        ):
            units.append(Unit(start, end, True, True, True, None, start, start))
            continue
        cuts = [m.end() for m in SENTENCE_END.finditer(text, start, end)]
        cuts += [m.start() for m in _BURIED_PART.finditer(text, start + 1, end)]
        cuts.sort()
        if not cuts or cuts[-1] < end:
            cuts.append(end)
        at = start
        for cut in cuts:
            while at < cut and text[at].isspace():
                at += 1
            if at < cut:
                units.append(_unit(text, at, cut, at == start, at == start and cut == end))
            at = cut
    return units


def _unit(text: str, start: int, end: int, opens: bool, fills: bool) -> Unit:
    enumerator = enumerator_at(text, start, end)
    lead = _LEAD.match(text, start, end)
    title_start = enumerator.end if enumerator else (lead.end() if lead else start)
    bold = "**" in text[start:title_start]
    if text.startswith("**", title_start):
        title_start, bold = title_start + 2, True
    stop = TITLE_STOP.search(text, title_start, end)
    title_end = stop.start() if stop else end
    if fills and end - start <= 36 and not _NO_TITLE.search(text, title_start, end):
        title_end = end  # a heading on its own line may hold a comma: 一、坚持需求导向，做实…
    return Unit(start, end, opens, fills, False, enumerator, title_start, title_end, bold)
