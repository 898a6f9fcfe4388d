"""What an engine takes out of a PDF: characters and ruling lines by page, in points from the top left corner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MAX_PAGES = 300
MAX_GLYPHS = 60_000
MAX_OBJECTS = 60_000
"""Bounds for hostile files: pages of a document, characters and drawn objects of a page."""

THIN = 3.5
"""A filled shape at most this high or wide is a ruling line, in points."""
_SHORT = 1.5
"""A shape must be longer than this to be a line; the rest of a table's side after a page break is short, but counts."""
_BAD = re.compile("[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0b-\x1f\U000f0000-\U0010ffff]")


class Glyph(NamedTuple):
    """A character, its box by font height and advance, and the height of its base line."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float


class Stroke(NamedTuple):
    """A horizontal (`at` is its height, from x to x) or vertical (`at` is its x, from height to height) ruling line."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """One page as an engine found it; `number` counts from 1. `pictures`: whether it shows any."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Stroke]
    down: list[Stroke]
    pictures: bool = False
    unmapped: int = 0
    """Characters for which the font names no Unicode."""
    shapeless: bool = False
    """Chinese characters have no outline: their font is neither in the file nor on this machine, and PDFium takes some for repeated."""

    @property
    def doubtful(self) -> bool:
        """Whether the characters may not be those that the page shows."""
        bad = self.unmapped + sum(1 for g in self.glyphs if _BAD.match(g.char))
        return bad > max(2, len(self.glyphs) // 50)


class Frame(NamedTuple):
    """Where a page's own coordinates lie: its box and how it is turned (degrees clockwise), to be seen upright."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turned in (90, 270) else (width, height)

    def show(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle in the page's coordinates (y upwards) as (x0, top, x1, bottom) seen from the top left."""
        if self.turned == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turned == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turned == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


def add_line(page: Page, x0: float, top: float, x1: float, bottom: float) -> None:
    """Take a thin shape as a ruling line; others are ignored."""
    width, height = x1 - x0, bottom - top
    if height <= THIN and width > max(2 * height, _SHORT):
        page.across.append(Stroke((top + bottom) / 2, x0, x1))
    elif width <= THIN and height > max(2 * width, _SHORT):
        page.down.append(Stroke((x0 + x1) / 2, top, bottom))


def add_frame(page: Page, x0: float, top: float, x1: float, bottom: float) -> None:
    """Take the four sides of a drawn rectangle as ruling lines."""
    if bottom - top <= THIN or x1 - x0 <= THIN:
        add_line(page, x0, top, x1, bottom)
        return
    page.across += (Stroke(top, x0, x1), Stroke(bottom, x0, x1))
    page.down += (Stroke(x0, top, bottom), Stroke(x1, top, bottom))
