"""The running text of a source: without breaks inside a sentence, pages' numbers, what a web page says of itself, and blanks between
Chinese and digits.

The stages read this text, so that a page's edge or an editor's blanks change nothing that they see; the source itself is never
altered, and what they find is moved back to where it stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from govnlp.components.sections.lines import SENTENCE_END, enumerator_at, prose_lines
from govnlp.document import Claim, Element, Report, Section, Sentence, Source
from govnlp.page import is_page_fact
from govnlp.tables.rows import PAGE_NUMBER

Cut = tuple[int, int]
Placed = TypeVar("Placed", Section, Sentence, Claim)

_OPEN_END = re.compile(r"[一-鿿\d，、（(“《%]\s*$")
_LONG = 30
"""A line that is broken at a page's edge has so many characters at least."""
_FURTHEST = 40
"""A sentence goes on over so many lines at most."""
_BLANK = "[ \u3000\u00a0]+"
_WIDE = "一-鿿，。、；：！？（）《》“”‘’％"
_LOOSE = re.compile(f"(?<=[{_WIDE}]){_BLANK}(?=[{_WIDE}\\d])|(?<=\\d){_BLANK}(?=[{_WIDE}])")
_STOP = re.compile("[。；，：;,:]")
_PAGE_EDGE = re.compile("\\s*\\n" + PAGE_NUMBER.pattern + "(?=\\n)")
_NUMBERS_IN_ROW = re.compile(rf"\d{_BLANK}\d+{_BLANK}\d")
_HEADING = 30
"""Blanks among the first characters of a numbered line may part a heading from its text, and stay."""


class Flow:
    """The running text of `origin`: `source` holds it as if it had been read so; where nothing is left out, it is `origin` itself."""

    def __init__(self, origin: Source) -> None:
        self.origin = origin
        self.cuts = _cuts(origin)
        sizes = [b - a for a, b in self.cuts]
        self._starts = [a for a, _ in self.cuts]
        self._removed = [0, *accumulate(sizes)]
        self._at = [a - gone for a, gone in zip(self._starts, self._removed, strict=False)]
        self.source = self._shortened() if self.cuts else origin

    def _shortened(self) -> Source:
        text, pieces, at = self.origin.text, [], 0
        for a, b in self.cuts:
            pieces.append(text[at:a])
            at = b
        pieces.append(text[at:])
        return replace(
            self.origin,
            text="".join(pieces),
            blocks=tuple(replace(b, start=self.forth(b.start), end=self.forth(b.end)) for b in self.origin.blocks),
            grids=tuple(
                replace(
                    g,
                    start=self.forth(g.start),
                    end=self.forth(g.end),
                    cells=tuple(replace(c, start=self.forth(c.start), end=self.forth(c.end)) for c in g.cells),
                )
                for g in self.origin.grids
            ),
        )

    def forth(self, offset: int) -> int:
        """Where an offset of the origin's text stands in the running text."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return offset
        return offset - self._removed[k] - min(offset - self._starts[k], self._removed[k + 1] - self._removed[k])

    def back(self, offset: int, *, is_end: bool = False) -> int:
        """Where an offset of the running text stands in the origin's: at the end of a span before what is left out, else after it."""
        k = (bisect_left if is_end else bisect_right)(self._at, offset)
        return offset + self._removed[k]

    def restored(self, items: Sequence[Placed]) -> tuple[Placed, ...]:
        """Sections, sentences or claims of the running text, as they stand in the origin's."""
        return tuple(self._restored(items)) if self.cuts else tuple(items)

    def _restored(self, items: Sequence[Placed]) -> Iterator[Placed]:
        for item in items:
            start, end = self.back(item.start), self.back(item.end, is_end=True)
            if isinstance(item, Section):
                # sections lie side by side: what is left out between two belongs to the first, what is before the first to it
                start = start if item.start else 0
                heading = item.heading_end == item.start
                yield replace(
                    item,
                    start=start,
                    end=self.back(item.end),
                    heading_end=start if heading else self.back(item.heading_end, is_end=True),
                )
            elif isinstance(item, Claim):
                yield replace(item, start=start, end=end, text=self.origin.text[start:end])
            else:
                yield replace(item, start=start, end=end)

    def restored_elements(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """The same for the evidence of elements."""
        if not self.cuts:
            return tuple(elements)
        return tuple(
            replace(e, evidence=tuple((self.back(a), self.back(b, is_end=True)) for a, b in e.evidence))
            for e in elements
        )

    def labelled(self, report: Report) -> Report:
        """A labelled report of the origin, its spans moved to the running text: what the stages learn from."""
        if not self.cuts:
            return report

        text = self.source.text

        def moved(item: Placed) -> Placed:
            return replace(item, start=self.forth(item.start), end=self.forth(item.end))

        return replace(
            report,
            source=self.source,
            sections=tuple(replace(moved(s), heading_end=self.forth(s.heading_end)) for s in report.sections),
            sentences=tuple(moved(s) for s in report.sentences),
            claims=tuple(replace(c, text=text[c.start : c.end]) for c in map(moved, report.claims)),
            tables={},
            title=None,
        )


def _cuts(source: Source) -> list[Cut]:
    """What is left out of a source's text, in order."""
    lines = list(_lines(source))
    text = source.text
    found = [cut for a, b in lines for cut in _loose_blanks(text, a, b)]
    pages = [(a, b) for a, b in lines if PAGE_NUMBER.fullmatch(text, a, b) or is_page_fact(text[a:b])]
    found += pages
    lines = sorted(set(lines) - set(pages))
    k = 0
    while k + 1 < len(lines):
        last = _goes_on_to(text, lines, k)
        found += [(lines[i][1], lines[i + 1][0]) for i in range(k, last)]
        k = max(k + 1, last)
    return list(_apart(sorted(found)))


def _apart(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """The cuts without those that stand within another (a page's number in a break)."""
    end = 0
    for cut in cuts:
        if cut[1] > end:
            yield cut
            end = cut[1]


def _lines(source: Source) -> Iterator[tuple[int, int]]:
    """The lines of prose that are in no table."""
    grids = sorted((g.start, g.end) for g in source.grids)
    g = 0
    for a, b in prose_lines(source.text, 0, len(source.text)):
        while g < len(grids) and grids[g][1] <= a:
            g += 1
        if g == len(grids) or grids[g][0] >= b:
            yield a, b


def _loose_blanks(text: str, start: int, end: int) -> Iterator[Cut]:
    if end - start < _LONG or _NUMBERS_IN_ROW.search(text, start, end):
        return
    first = start + _HEADING if enumerator_at(text, start, end) else start
    for m in _LOOSE.finditer(text, start, end):
        if m.start() >= first:
            yield m.span()


def _goes_on_to(text: str, lines: Sequence[tuple[int, int]], k: int) -> int:
    """The line that the sentence open at the end of line `k` ends in: `k` itself where it does not go on."""
    for n in range(k, min(k + _FURTHEST, len(lines) - 1)):
        if not _may_go_on(text, lines[n], lines[n + 1]):
            return k
        if SENTENCE_END.search(text, *lines[n + 1]):
            return n + 1
    return k


def _may_go_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a line is long and open and no heading, and the next one starts like no item, and not too far below."""
    tail = text[max(line[0], line[1] - 40) : line[1]]
    return (
        line[1] - line[0] >= _LONG
        and not tail.endswith(("报告", "情况"))
        and not (enumerator_at(text, *line) is not None and not _STOP.search(text, *line))
        and not SENTENCE_END.search(tail[-3:])
        and _OPEN_END.search(tail) is not None
        and "\t" not in text[line[1] : following[0]]
        and _PAGE_EDGE.sub("", text[line[1] : following[0]]).count("\n") <= 3
        and enumerator_at(text, *following) is None
    )
