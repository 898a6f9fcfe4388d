"""Radicals that stand for the ideograph of the same shape: fonts of PDFs give ⼯ (U+2F2F) where 工 (U+5DE5) is read.

Each is one character for one, so offsets stay. Source: Unicode 16, blocks Kangxi Radicals and CJK Radicals Supplement.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from govnlp.readers.base import Content

_RADICAL = re.compile("[\u2e80-\u2fd5]")
_SIMPLIFIED = dict(
    zip(
        "⼾⻅⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⺠⻄⻉⺟⻳⻆⻙",
        "户见车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙民西贝母龟角韦",
        strict=True,
    )
)
"""Those that Unicode gives no or the traditional equivalent of."""


def plain_ideographs(content: Content) -> Content:
    """The content with every such radical as its ideograph, in its text, cells and title."""
    if not _RADICAL.search(content.text):
        return content
    grids = tuple(
        replace(grid, cells=tuple(replace(c, text=_plain(c.text)) for c in grid.cells)) for grid in content.grids
    )
    title = None if content.title is None else _plain(content.title)
    return replace(content, text=_plain(content.text), grids=grids, title=title)


def _plain(text: str) -> str:
    return _RADICAL.sub(lambda m: _SIMPLIFIED.get(m.group()) or unicodedata.normalize("NFKC", m.group()), text)
