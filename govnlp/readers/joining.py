"""Pieces of one line or cell put back together, as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff\u2018-\u201d\u2026\u2460-\u24ff"
_BREAK = re.compile(r"[^\S\r\n]*[\r\n]\s*")
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200a]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_WIDE_END = re.compile(f"[{_WIDE}]$")
_WIDE_START = re.compile(f"[{_WIDE}]")
_NUMBER_END = re.compile(r"\d[.,]?$")
_NUMBER_START = re.compile(r"[.,]?\d")


def join_soft(pieces: Iterable[str], *, paper: bool = False) -> str:
    """Pieces that a line break parted: a blank comes between them only where neither side is Chinese.

    On `paper` a number goes on in the next line if it was broken there; elsewhere a line break parts two numbers.
    """
    out = ""
    for piece in pieces:
        piece = piece.strip()
        if not piece:
            continue
        wide = _WIDE_END.search(out) or _WIDE_START.match(piece)
        number = paper and _NUMBER_END.search(out) and _NUMBER_START.match(piece)
        glued = not out or wide or number
        out += piece if glued else " " + piece
    return out


def tidy(text: str) -> str:
    """One line without invisible characters, runs of blanks as one, source line breaks undone, ends stripped."""
    text = _INVISIBLE.sub("", text)
    if "\n" in text or "\r" in text:
        text = join_soft(_BREAK.split(text))
    return _BLANKS.sub(" ", text).strip()


def is_seen(char: str) -> bool:
    """Whether a character is neither blank nor invisible: those that `tidy` never takes away."""
    return not char.isspace() and not _INVISIBLE.match(char)
