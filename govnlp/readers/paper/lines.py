"""Characters to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from govnlp.readers.paper.page import Glyph

_WIDE = re.compile("[\u2e80-\u303e\u3040-\u9fff\uf900-\ufaff\uff01-\uff60]")
_SAME_LINE = 0.4
"""Base lines nearer than this share of the character size are one line."""
_HEIGHT_TO_SIZE = 0.75
"""A font's height is about a third more than its size."""
_WORD_GAP = 0.2
"""A gap of this share of the size between two Latin letters or digits is a blank."""

_PIECE_GAP = 1.0
"""A gap of this share of the size is a blank between any two characters."""


@dataclass(slots=True)
class Line:
    """A line of text: its characters from left to right, its box, base line and character size, in points."""

    glyphs: list[Glyph]
    base: float
    size: float

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(g.x1 for g in self.glyphs[-3:])

    @property
    def top(self) -> float:
        return self.base - self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.2 * self.size

    @property
    def text(self) -> str:
        return text_of(self.glyphs, self.size)


def is_wide(char: str) -> bool:
    """Whether a character takes a whole square, as Chinese ones do."""
    return bool(_WIDE.match(char))


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom, blanks at their ends left out."""
    ordered = sorted(glyphs, key=lambda g: g.base)
    groups: list[list[Glyph]] = []
    anchor = reach = 0.0
    for glyph in ordered:
        height = glyph.bottom - glyph.top
        if groups and glyph.base - anchor <= reach:
            groups[-1].append(glyph)
            if glyph.char != " ":
                reach = max(reach, _SAME_LINE * _HEIGHT_TO_SIZE * height)
        else:
            groups.append([glyph])
            anchor, reach = glyph.base, _SAME_LINE * _HEIGHT_TO_SIZE * height
    lines = []
    for group in groups:
        group.sort(key=lambda g: g.x0)
        while group and group[-1].char.isspace():
            group.pop()
        while group and group[0].char.isspace():
            group.pop(0)
        if group:
            lines.append(Line(group, median(g.base for g in group), _size(group)))
    return lines


def text_of(glyphs: list[Glyph], size: float) -> str:
    """The text of characters that stand on one line from left to right."""
    out = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and (gap := glyph.x0 - before.x1) > _WORD_GAP * size:
            narrow = not is_wide(glyph.char) and not is_wide(before.char)
            if (narrow or gap > _PIECE_GAP * size) and not before.char.isspace() and not glyph.char.isspace():
                out.append(" ")
        out.append(glyph.char)
        before = glyph
    return "".join(out)


def _size(glyphs: list[Glyph]) -> float:
    wide = [g.x1 - g.x0 for g in glyphs if is_wide(g.char)]
    if wide:
        return max(median(wide), 1.0)
    return max(median(g.bottom - g.top for g in glyphs) * _HEIGHT_TO_SIZE, 1.0)
