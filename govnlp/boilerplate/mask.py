"""Texts with names, years and numbers masked: what is left is the wording, which a copy shares with its original.

White space and punctuation are left out too, for a copy often differs in them. Every masked character keeps the offset that
it stands for, so that what is found points into the report's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govnlp.boilerplate.agencies import name_parts, plain_name
from govnlp.document import Report

NAME, NUMBER, KIND = "@", "#", "&"
"""What stands for the agency's names, for any number or year, and for a kind of agency or place (镇, 乡, 街道, 县…)."""
_WIDE = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)})
_DIGITS = "0-9〇○零一二三四五六七八九十百千万亿两几"
_GENERAL = re.compile(
    # a number with its qualifier; dates fall to it as well, 年 and 月 being words that stay
    rf"(?P<number>[{_DIGITS}](?:[{_DIGITS}.,%‰\s]*[{_DIGITS}%‰])?[余多]?)"
    r"|(?P<kind>街道办事处|街道办|街道|乡镇|镇街|(?<=[我本全各该])[局厅委办院站所会旗]|[镇乡县区市州旗])"
    r"|(?P<skip>[^\u4e00-\u9fffA-Za-z]+)"
)
_SYMBOLS = {"number": NUMBER, "kind": KIND, "skip": ""}


@dataclass(frozen=True, slots=True)
class Masked:
    """`text`: the masked characters; `starts[i]`, `ends[i]`: the span of the source text that character i stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@lru_cache(maxsize=1024)
def _names(agency: str) -> re.Pattern[str]:
    parts = name_parts(agency)
    names = {agency, plain_name(agency), *(p for p in parts if len(p) >= 2)}
    # 马蹄寨 of 马蹄寨镇: the name alone, if it is long enough to be one
    names |= {stem for p in parts if len(stem := re.sub(r"(?:街道|[省市县区旗乡镇])$", "", p)) >= 2}
    own = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?:{own})(?:人民政府|办事处)?")


def mask(text: str, agency: str | None = None, *, start: int = 0, end: int | None = None) -> Masked:
    """Mask `text[start:end]`; offsets are those of `text`. `agency`: the name whose parts are masked as names."""
    stop = len(text) if end is None else end
    plain = text[start:stop].translate(_WIDE)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for a, b, symbol in _masked_spans(plain, agency):
        if at < a:
            out.append(plain[at:a])
            starts.extend(range(start + at, start + a))
            ends.extend(range(start + at + 1, start + a + 1))
        at = b
        if symbol in (NAME, NUMBER) and out and out[-1] == symbol and ends[-1] >= start + a - 1:
            ends[-1] = start + b  # 云浦县 马蹄寨镇: one name
        elif symbol:
            out.append(symbol)
            starts.append(start + a)
            ends.append(start + b)
    out.append(plain[at:])
    starts.extend(range(start + at, stop))
    ends.extend(range(start + at + 1, stop + 1))
    return Masked("".join(out), starts, ends)


def _masked_spans(plain: str, agency: str | None) -> Iterator[tuple[int, int, str]]:
    """What does not stay as it is, in order: (start, end, symbol), the symbol "" for what is left out."""
    at = 0
    for name in _names(agency).finditer(plain) if agency else ():
        yield from _general_spans(plain, at, name.start())
        at = name.end()
        yield name.start(), at, NAME
    yield from _general_spans(plain, at, len(plain))


def _general_spans(plain: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _GENERAL.finditer(plain, start, end):
        yield match.start(), match.end(), _SYMBOLS[match.lastgroup or ""]


def masked_sentences(report: Report) -> list[Masked]:
    """The sentences of a report's narrative, masked; headings and statutory sentences are left out.

    What the format itself asks for (basis, contacts, required zeros) stands in every report and makes no copy.
    """
    kept = (s for s in report.sentences if s.label != "statutory")
    return [mask(report.text, report.agency, start=s.start, end=s.end) for s in kept]


def join(pieces: Sequence[Masked]) -> Masked:
    """Pieces of one text after another."""
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        starts += piece.starts
        ends += piece.ends
    return Masked("".join(piece.text for piece in pieces), starts, ends)


def masked_narrative(report: Report) -> Masked:
    """The sentences of `masked_sentences` as one text."""
    return join(masked_sentences(report))
