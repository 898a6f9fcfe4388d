"""Lines to paragraphs: soft line breaks undone, page numbers and running heads dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from govnlp.document import Box
from govnlp.readers.joining import join_soft
from govnlp.readers.paper.lines import Line, is_wide
from govnlp.readers.paper.page import Page
from govnlp.readers.structure import Paragraph

_PAGE_NUMBER = re.compile(
    r"[-—–─―－·•~\s]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,5})(?:\s*页)?"
    r"(?:\s*[/／,，共]+\s*(?:共\s*)?\d{1,3}\s*页?)?[-—–─―－·•~\s]*"
)
_MARGIN = 0.1
"""Page numbers and running heads stand in this share of the page's height at its top and bottom."""
_SLACK = 0.7
"""A line counts as full if what follows would have stuck out by more than all but this many characters."""
_INDENT = 1.2
"""A line that begins this many characters right of the margin begins a paragraph."""
_OPENING = "（(《“‘〈【［[{「『〔"
_CLOSING = re.compile(r"[，。、；：？！）》”’〉】］\]}」』〕,.;:?!)%％…—]")
_DIGITS = re.compile(r"\d+")
_LEADER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}(?:部分|章|节|条)")


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the running text, the usual distance of its lines and size of its characters, in points."""

    left: float
    right: float
    pitch: float
    size: float


def drop_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without page numbers and without heads and feet that repeat from page to page."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, held in zip(pages, lines, strict=True):
        seen.update({_place(line) for line in held if _in_margin(line, page)})
    often = max(3, 0.5 * len(pages)) if len(pages) > 2 else 3
    out = []
    for page, held in zip(pages, lines, strict=True):
        outer = _outer(page, held)
        kept = []
        for line in held:
            number = line in outer and _PAGE_NUMBER.fullmatch(line.text)
            if not (number or (_in_margin(line, page) and seen[_place(line)] >= often)):
                kept.append(line)
        out.append(kept)
    return out


def margins_of(pages: Sequence[Page], lines: Sequence[list[Line]]) -> dict[int, Margins]:
    """The margins of each page, by its number: those of all pages of its width together."""
    by_width: dict[int, list[tuple[Page, list[Line]]]] = defaultdict(list)
    for page, held in zip(pages, lines, strict=True):
        by_width[round(page.width / 10)].append((page, held))
    out = {}
    for group in by_width.values():
        flat = [line for _, held in group for line in held]
        pitches = [b.base - a.base for _, held in group for a, b in pairwise(held)]
        margins = _margins(flat, pitches)
        out.update({page.number: margins for page, _ in group})
    return out


def _margins(lines: Sequence[Line], pitches: Sequence[float]) -> Margins:
    if not lines:
        return Margins(0.0, 0.0, 0.0, 0.0)
    starts = Counter(round(line.x0 / 4) for line in lines)
    often = max(2, 0.06 * len(lines))
    common = [n for n in starts if starts[n] + starts[n + 1] >= often]
    left = min((line.x0 for line in lines if round(line.x0 / 4) in common), default=min(x.x0 for x in lines))
    ends = sorted(line.x1 for line in lines)
    right = ends[min(len(ends) - 1, int(0.9 * len(ends)))]
    usual = [p for p in pitches if p > 0]
    return Margins(left, right, median(usual) if usual else 0.0, median(line.size for line in lines))


def paragraphs(lines: Iterable[tuple[int, Line]], margins: dict[int, Margins]) -> list[Paragraph]:
    """Consecutive lines (with their page numbers) as paragraphs; the box is that on the first page."""
    groups: list[list[tuple[int, Line]]] = []
    for number, line in lines:
        if groups and _goes_on(groups[-1], number, line, margins):
            groups[-1].append((number, line))
        else:
            groups.append([(number, line)])
    return [_paragraph(group) for group in groups]


def _paragraph(group: list[tuple[int, Line]]) -> Paragraph:
    first = group[0][0]
    held = [line for number, line in group if number == first]
    box = Box(first, min(x.x0 for x in held), held[0].top, max(x.x1 for x in held), held[-1].bottom)
    return Paragraph(join_soft((line.text for _, line in group), paper=True), box=box)


def _goes_on(group: list[tuple[int, Line]], number: int, line: Line, margins: dict[int, Margins]) -> bool:
    page, before = group[-1]
    size = before.size
    if abs(line.size - size) > 0.13 * size:
        return False
    old, new = margins[page], margins[number]
    if page == number and old.pitch and line.base - before.base > max(1.6 * old.pitch, 2.4 * size):
        return False
    if _centred(line, new):
        # A title on several lines: only a line that is as good as full goes on.
        return _even(before, old) and before.x1 - before.x0 > 0.75 * (old.right - old.left)
    if _centred(before, old):
        return False
    if line.x0 - new.left > _INDENT * line.size:
        return False
    room = old.right - before.x1
    if room > _head_width(line) + _SLACK * size:
        return False
    return not (_LEADER.match(line.text) and room > size and before.text.endswith(("。", "：", "；")))


def _even(line: Line, margins: Margins) -> bool:
    """Whether a line stands as far from the left margin as from the right."""
    return abs((line.x0 - margins.left) - (margins.right - line.x1)) < 1.2 * line.size


def _centred(line: Line, margins: Margins) -> bool:
    """Even, and further in than the first line of a paragraph, or larger than the running text."""
    indent = 0.4 if line.size > 1.15 * margins.size else 2.6
    return _even(line, margins) and line.x0 - margins.left > indent * line.size


def _head_width(line: Line) -> float:
    """How wide the first piece of a line is that may not be broken: a word or number, a character with its punctuation."""
    glyphs = line.glyphs
    n = 0
    while n < len(glyphs) and glyphs[n].char in _OPENING:
        n += 1
    if n < len(glyphs) and not is_wide(glyphs[n].char):
        while n < len(glyphs) and not is_wide(glyphs[n].char) and not glyphs[n].char.isspace():
            n += 1
    else:
        n += 1
    while n < len(glyphs) and _CLOSING.match(glyphs[n].char):
        n += 1
    return glyphs[min(n, len(glyphs)) - 1].x1 - glyphs[0].x0


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _outer(page: Page, held: Sequence[Line]) -> list[Line]:
    """The first and last line of a page, if they stand in its margins."""
    ordered = sorted(held, key=lambda line: line.base)
    return [line for line in (*ordered[:1], *ordered[-1:]) if _in_margin(line, page)]


def _place(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / 6)
