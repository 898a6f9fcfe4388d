"""What stands in a table cell: a number, a mark for "nothing here", blank, or words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from govnlp.document import Number

CellKind = Literal["blank", "null", "number", "words"]

NULL_MARKS: Final = frozenset(
    ("无", "空", "/", "//", "\\", "-", "--", "---", "~", "*", "n/a", "null", "none", "—", "——", "–", "―", "─", "──")
)
"""What offices write for "no number", after full-width forms are folded."""
COUNT_UNITS: Final = "件条个份起次项宗人篇部"
_NUMBER = re.compile(
    r"(?P<sign>[-+−负]?)(?P<int>\d{1,3}(?:,\d{3})+|\d+)(?P<frac>\.\d+)?(?P<scale>万|亿)?(?P<unit>元|人次|["
    + COUNT_UNITS
    + r"])?"
)
_SCALE: Final = {"万": 10_000, "亿": 100_000_000}
_BRACKETED_UNIT = re.compile(r"\((?:万元|元|人次|[" + COUNT_UNITS + r"])\)$")


LONGEST = 40
"""No count, with its unit and separators, is written with more characters."""


def fold(raw: str) -> str:
    """`raw` in half-width forms, lower case, without any white space."""
    return "".join(unicodedata.normalize("NFKC", raw).split()).lower()


@lru_cache(maxsize=4096)
def cell_kind(raw: str) -> CellKind:
    """What kind of thing a cell holds. A number may carry a unit, separators and spaces."""
    text = fold(raw)
    if not text:
        return "blank"
    if text in NULL_MARKS:
        return "null"
    return "number" if _read(text) else "words"


@lru_cache(maxsize=4096)
def parse_number(raw: str, *, per: int = 1) -> Number | None:
    """The number of a cell, or None where it holds none (blank, a null mark, words, several numbers).

    `per` is the unit of the column: 1 for counts, 10000 for amounts in 万元, where `3万元` is 3 and `500元` is 0.05; a number
    without 元 is taken as it stands. Negative and fractional numbers are kept; `0.0000` is 0.
    """
    match = _read(fold(raw))
    if match is None:
        return None
    digits = match["int"].replace(",", "") + (match["frac"] or "")
    value: Number = float(digits) if match["frac"] else int(digits)
    scale = _SCALE.get(match["scale"] or "", 1)
    if match["unit"] == "元":
        value = _divide(value * scale, per)
    elif per == 1:
        value = value * scale
    if match["sign"] in ("-", "−", "负"):
        value = -value
    if isinstance(value, float):
        value = round(value, 8)
        return int(value) if value.is_integer() else value
    return value


def _divide(value: Number, per: int) -> Number:
    return value // per if isinstance(value, int) and value % per == 0 else value / per


def _read(text: str) -> re.Match[str] | None:
    text = _BRACKETED_UNIT.sub(lambda m: m.group()[1:-1], text)
    return _NUMBER.fullmatch(text) if len(text) <= LONGEST else None
