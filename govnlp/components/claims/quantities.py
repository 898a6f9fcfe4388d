"""Find every quantity in a text: patterns propose a candidate, checks confirm it or veto it, and the veto is kept.

`inspect_quantities` gives all candidates with their vetoes; `find_quantities` only the confirmed ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.distractors import veto
from govnlp.components.claims.nones import propose_nones
from govnlp.components.claims.numerals import CHINESE, HALF_WIDTH, SCALES, parse_numeral, tidy
from govnlp.components.claims.vocabulary import any_of, load
from govnlp.document import Number

WEAK_UNITS = frozenset("类种支点道项个块位段套级家")
"""Measure words with which a small Chinese numeral seldom counts work (四类, 三个)."""


def find_quantities(text: str, start: int = 0, end: int | None = None, *, year: int | None = None) -> list[Candidate]:
    """The confirmed quantities within [start, end), in text order; of several on one span, in the order of the text.

    `year` is the report's year, which tells last year's figures and later years' plans; None leaves those checks to words alone.
    """
    return [c for c in inspect_quantities(text, start, end, year=year) if c.veto is None]


def inspect_quantities(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None
) -> list[Candidate]:
    """As `find_quantities`, with the vetoed candidates and the name of the check that vetoed each."""
    end = len(text) if end is None else end
    plain = _half_width(text)
    shares = propose_shares(plain, start, end)
    counts = _uncovered(propose_counts(text, plain, start, end), shares)
    numbers = sorted([*shares, *counts], key=lambda c: c.start)
    nones = propose_nones(text, start, end, numbers)
    checked = [replace(c, veto=veto(c, text, plain, year)) for c in _uncovered(numbers, nones)]
    return sorted([*checked, *nones], key=lambda c: (c.start, c.end))


@lru_cache(maxsize=2)
def _half_width(text: str) -> str:
    """The text with half-width digits; kept, for a report is read stretch by stretch."""
    return text.translate(HALF_WIDTH)


def _uncovered(candidates: list[Candidate], others: list[Candidate]) -> list[Candidate]:
    """The candidates that none of the others overlaps."""
    spans = sorted((o.start, o.end) for o in others)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))
    out = []
    for c in candidates:
        before = bisect_left(starts, c.end)
        if not before or furthest[before - 1] <= c.start:
            out.append(c)
    return out


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    tail: re.Pattern[str]
    before: re.Pattern[str]
    share: re.Pattern[str]
    qualifier: dict[str, str]
    counting: frozenset[str]


@cache
def _patterns() -> _Patterns:
    words = load("quantities")
    units, quals = words["units"], words["qualifiers"]
    guards = units["not_before"]
    counting = [*units["counting"], *units["money"]]
    measured = [*counting, *units["time"], *units["space"]]
    guarded = "|".join(
        re.escape(unit) + (f"(?![{guards[unit]}])" if unit in guards else "")
        for unit in sorted(set(measured), key=lambda u: (-len(u), u))
    )
    qualifier = {
        w: kind
        for kind in ("at_least", "at_most", "about")
        for side in ("before", "after")
        for w in quals[f"{kind}_{side}"]
    }
    after = any_of(w for kind in ("at_least", "at_most", "about") for w in quals[f"{kind}_after"] if len(w) > 1)
    before = any_of(w for kind in ("at_least", "at_most", "about") for w in quals[f"{kind}_before"])
    chinese = f"[{CHINESE}]"
    share_before = f"(?P<pre>{before})?"
    return _Patterns(
        number=re.compile(
            r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
            r"|\d{1,3}(?:[ \u00a0\u3000]\d{3})+(?![\d,.])"
            r"|\d+(?:\.\d+)?亿\d+(?:\.\d+)?(?=万)"
            r"|\d+(?:\.\d+)?(?:万\d(?:\.\d+)?(?=千))?"
            rf"|{chinese}+(?:点[零一二三四五六七八九]+(?=[万亿]))?"
        ),
        tail=re.compile(
            r"\s{0,4}(?P<more>[余多几])?\s{0,2}(?P<scale>(?:万亿|百万|千万|[万亿千百])(?!元))?\s{0,2}(?P<more2>[余多])?"
            rf"\s{{0,4}}(?P<unit>{guarded})?(?P<more3>余|多(?!次|种|个|项))?(?P<post>{after})?"
        ),
        before=re.compile(f"(?:{before})\\s{{0,2}}$"),
        share=re.compile(
            rf"{share_before}(?:"
            r"(?P<percent>(?<!\d)\d+(?:\.\d+)?)\s*(?P<sign>[%‰]|个百分点|百分点)"
            rf"|百分之(?P<hundredth>{chinese}+(?:点[零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
            rf"|千分之(?P<thousandth>{chinese}+|\d+(?:\.\d+)?)"
            rf"|(?P<lower>(?<!{chinese}){chinese}+)分之(?P<upper>{chinese}+)"
            r"|(?P<slash>(?<![\d./])[1-9]/[1-9]\d?(?![\d/年月日.]))"
            r"|(?P<tenths>[一二两三四五六七八九]|(?<!\d)[1-9])成(?P<fifth>[半一二三四五六七八九])?(?![立员果效为功绩就长本型都人交品熟套分形年因文书不])"
            r"|(?P<half>(?<![一多大])半数|过半数?(?![年个月天日小])|(?<!\d)一半(?!年)|多半数)"
            r"|(?P<times>(?<!\d)\d+(?:\.\d+)?|[一二两三四五六七八九])倍"
            rf")\s*(?P<more>[多余])?(?P<post>{after})?"
        ),
        qualifier=qualifier,
        counting=frozenset(counting),
    )


def propose_counts(text: str, plain: str, start: int, end: int) -> list[Candidate]:
    """Numbers with what follows them: scale, measure word, qualifiers. Numbers without a measure word have the unit ""."""
    patterns = _patterns()
    out = []
    at = start
    while found := patterns.number.search(plain, at, end):
        at = found.end()
        chinese = found.group()[0] in CHINESE
        tail = patterns.tail.match(plain, found.end(), end)
        if tail is None or (chinese and not _may_count(found.group(), tail)):
            continue
        candidate = _count(plain, found, tail, chinese)
        out.append(candidate)
        at = max(at, candidate.end)
    return out


def _may_count(numeral: str, tail: re.Match[str]) -> bool:
    """A Chinese numeral without a measure word counts nothing, but for a zero or a large round number (约三万)."""
    return tail["unit"] is not None or numeral == "零" or (len(numeral) > 1 and numeral[-1] in "万亿")


def _count(plain: str, found: re.Match[str], tail: re.Match[str], chinese: bool) -> Candidate:
    numeral, unit, scale = found.group(), tail["unit"] or "", tail["scale"] or ""
    if chinese and unit == "元" and len(numeral) > 1 and numeral[-1] in "万亿" and not scale:
        numeral, unit = numeral[:-1], numeral[-1] + unit
    if "点" in numeral:
        value = _with_point(numeral)
    else:
        value = parse_numeral(numeral.replace("\u3000", "").replace("\u00a0", "") + (scale if not chinese else ""))
    if value is None:
        return Candidate(found.start(), found.end(), 0, unit, veto="vague", number=found.span())
    if chinese:
        for ch in scale:
            value *= SCALES[ch]
    more = next((tail[g] for g in ("more", "more2", "more3") if tail[g]), None)
    stop = max(tail.end(g) for g in ("more", "scale", "more2", "unit", "more3", "post"))
    if stop < 0:
        stop = found.end()
    begin, before = _qualifier_before(plain, found.start())
    qualifier = _patterns().qualifier.get(tail["post"] or more or before or "", "exact")
    return Candidate(
        begin,
        stop,
        value,
        unit,
        qualifier,
        "count",
        weak=chinese and (value == 1 or (value <= 10 and unit in WEAK_UNITS)),
        number=found.span(),
    )


def _with_point(numeral: str) -> Number | None:
    whole, _, part = numeral.partition("点")
    head = parse_numeral(whole)
    return None if head is None else tidy(head + float("0." + "".join(str(parse_numeral(d)) for d in part)))


def _qualifier_before(plain: str, at: int) -> tuple[int, str | None]:
    """Where the quantity begins, and the qualifier word right before the numeral (None where there is none)."""
    found = _patterns().before.search(plain, max(0, at - 7), at)
    return (found.start(), found.group().strip()) if found else (at, None)


def propose_shares(plain: str, start: int, end: int) -> list[Candidate]:
    """Percentages, fractions, tenths, halves and multiples, all as rates in percent."""
    patterns = _patterns()
    out = []
    for found in patterns.share.finditer(plain, start, end):
        pattern, value = _share_value(found)
        if value is None:
            continue
        word = found["post"] or found["more"] or found["pre"] or ""
        qualifier = patterns.qualifier.get(word, "exact")
        if found["half"] in ("过半", "过半数"):
            qualifier = "at_least"
        stop = max(found.end("post"), found.end("more"), _core_end(found))
        begin = found.start("pre") if found["pre"] else found.start()
        out.append(Candidate(begin, stop, value, "%", qualifier, pattern, number=(found.start(), stop)))
    return out


def _core_end(found: re.Match[str]) -> int:
    """Where the share ends without its qualifier."""
    return len(found.string[: found.end()].rstrip()) if not (found["more"] or found["post"]) else found.end()


def _share_value(found: re.Match[str]) -> tuple[str, Number | None]:
    if found["percent"]:
        value = parse_numeral(found["percent"])
        return "percent", None if value is None else (tidy(value / 10) if found["sign"] == "‰" else value)
    if found["hundredth"]:
        text = found["hundredth"]
        return "percent", _with_point(text) if "点" in text else 100 if text == "百" else parse_numeral(text)
    if found["thousandth"]:
        value = parse_numeral(found["thousandth"])
        return "percent", None if value is None else tidy(value / 10)
    if found["lower"] or found["slash"]:
        upper, lower = (found["upper"], found["lower"]) if found["lower"] else found["slash"].split("/")
        over, under = parse_numeral(upper), parse_numeral(lower)
        return "fraction", tidy(over / under * 100) if over is not None and under else None
    if found["tenths"]:
        tenths, fifth = parse_numeral(found["tenths"]), found["fifth"]
        more = 0 if not fifth else 5 if fifth == "半" else parse_numeral(fifth)
        return "tenths", None if tenths is None or more is None else tenths * 10 + more
    if found["half"]:
        return "half", 50
    value = parse_numeral(found["times"])
    return "times", None if value is None else tidy(value * 100)
