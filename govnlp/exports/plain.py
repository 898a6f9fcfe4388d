"""Text of a report made safe to show: control characters visible, direction marks harmless, nothing that no file can hold.

A report may hold anything. Characters that act unseen (U+202E turns the reading order of what follows) are shown as what they
are; formulas are the business of the spreadsheets' own modules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls; tab and line feed stay
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen: separators, joiners, directions
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"  # lone surrogates, non-characters, tags
)
_PILE = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""More marks on one character than any language has: they would paint over the lines around."""
_HARMLESS = {
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\ufeff": "",
    "\u00ad": "",
    "\r": "",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x85": "\n",
}
"""Common leftovers of web pages and Word that mean nothing here."""


def visible(text: str) -> str:
    """The text as it may be shown: line feeds and tabs stay, other acting characters become pictures or `[U+XXXX]`."""
    if text.isprintable() and not _PILE.search(text):  # what Python calls printable holds nothing that acts
        return text
    return _PILE.sub(r"\1", _ACTING.sub(_shown, text))


def one_line(text: str, longest: int | None = None) -> str:
    """`visible`, with every run of white space one space; cut with an ellipsis where it is longer than `longest` characters."""
    if longest is not None and len(text) > longest:
        text = text[: longest * 4 + 100]
    line = " ".join(visible(text).split())
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def _shown(match: re.Match[str]) -> str:
    return _picture(match.group())


@cache
def _picture(char: str) -> str:
    code = ord(char)
    if char in _HARMLESS:
        return _HARMLESS[char]
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if unicodedata.category(char) in ("Cs", "Cn") else f"[U+{code:04X}]"
