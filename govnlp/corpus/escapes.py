"""How a `.src` file holds what its lines and marks would otherwise stand for: a backslash, then the character.

`\\n` is a line break inside a sentence, a claim or a heading (a page's edge), `\\r` and `\\t` a carriage return and a tab; before any
other sign the backslash makes it a plain one: `\\⟦`, `\\{S}`, `\\|`, `\\#`, `\\@`, `\\\\`. At the end of a line it says that the text goes on
without a break, so that a section can begin inside a line.
"""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t"}
_LETTERS: Final = {"\n": "n", "\r": "r"}
_ESCAPE = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[⟦⟧\\\n\r]|\{(?=[SBF]\})|\[(?=\[table )")
_PIECE = re.compile(r"\\.|\||[^|\\]+", re.S)


def escaped(text: str, *, field: bool = False) -> str:
    """The text with a backslash before what would be a mark; `field`: as one field of a claim, where `|` is one too."""
    out = _SPECIAL.sub(lambda m: "\\" + _LETTERS.get(m[0], m[0]), text)
    return out.replace("|", "\\|") if field else out


def unescaped(text: str) -> str:
    """What `escaped` was given. ValueError where a backslash stands before a letter or digit that it says nothing of."""
    return _ESCAPE.sub(lambda m: _sign(m[1]), text)


def _sign(after: str) -> str:
    if after not in _NAMED and after.isalnum():
        raise ValueError(f"unknown escape \\{after}")
    return _NAMED.get(after, after)


def fields(raw: str) -> list[str]:
    """A claim's fields, parted at each `|` without a backslash, each still escaped."""
    out = [""]
    for piece in _PIECE.findall(raw):
        if piece == "|":
            out.append("")
        else:
            out[-1] += piece
    return out


def goes_on(line: str) -> bool:
    """Whether a line ends with a backslash that is not itself escaped."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
