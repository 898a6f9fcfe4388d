"""The words around a claim, from which rules tell what exactly it counts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from govnlp.document import Claim, Report

CLAUSE_ENDS = "。；;！？!?\n"
COMMAS = "，,、：:（(）)" + CLAUSE_ENDS
LONGEST = 2000
"""No clause has more characters; text without any punctuation is looked through no further."""
GOVERNMENTS = ("county", "city", "province")
LONGEST_CLAIM = 200
LONGEST_VERB = 2
"""So many characters may stand between 各 and the first number that it hands out: 各收到3件."""
_START = attrgetter("start")
_IN_NAME = re.compile("(?<=[镇乡县区市局门室办村])[（(][^（()），,、。；：:\\d]{1,6}[）)](?=[一-鿿])")
"""Brackets inside a name: 各镇（街道）共公开."""
IN_TURN = re.compile("各|分别|依次")
"""Words that hand out the numbers after them to the subjects before them, in order."""
JOINED = re.compile("、|和|及|与|以及")
SENTENCE_PIECES = re.compile(r"[，；。：;:\n]|,(?!\d{3}(?!\d))")
"""Marks that end a list and its numbers; the comma of 1,276 is none."""
INCLUSION = re.compile("(?:包括|包含|含|连同)?[^，。；,;\n]*?在内的?")
"""A在内的B: A is named as one of what B counts in all."""
NARROWER = re.compile(
    "其中|包括|当中|单独|已包含在|已计入|本级|县级|市级|区级|机关本身|作为(?:答复)?主体|为被告|被告的|代理|名义|预审|会审|会商|抽"
    "查|窗口|平台转|转办|"
    "上半年|下半年|季度|第[一二三四]|[1-9一二三四五六七八九十]{1,2}月|办公室(?:本身)?(?:受理|收到|办理)|县政"
    "府(?:受理|收到)|网页|网络|网上|信函|当面|"
    "邮寄|线上|线下|书面|口头|传真|邮箱"
)
"""Words that say that a number counts only part of what a table counts."""
WIDER = re.compile("历年|(?:开通|成立|设立|运行|上线|施行)以来|含(?:咨询|信访|村)|连同|包含")
"""Words that say that a number counts more than a table counts."""
ALL_BELOW = re.compile("全系统|系统内|辖区内|各单位|所属|下属|全[县市区省]各|各级(?:行政)?机关|汇总")
"""Words that do so in the report of one body; that of a government, and its tables, are about all below it."""


def clause_span(report: Report, claim: Claim) -> tuple[int, int]:
    """The clause that holds the claim, up to a full stop, a semicolon or the line's end."""
    return stretch(report.text, claim, CLAUSE_ENDS)


def stretch(text: str, claim: Claim, marks: str) -> tuple[int, int]:
    """The words around the claim, from the last of the marks before it to the next one after it."""
    high = min(len(text), claim.end + LONGEST)
    places = _places(text, marks)
    after = bisect_left(places, claim.end)
    return _begin(text, claim.start, marks), min(high, places[after]) if after < len(places) else high


def _begin(text: str, at: int, marks: str) -> int:
    """Where the words before an offset begin: after the last of the marks before it."""
    places = _places(text, marks)
    before = bisect_left(places, at)
    return max(0, at - LONGEST, places[before - 1] + 1 if before else 0)


@lru_cache(maxsize=8)
def _places(text: str, marks: str) -> Sequence[int]:
    """Where any of the marks stands in a text, in order, but for brackets inside a name: many claims of one report ask."""
    inside = {at for m in _IN_NAME.finditer(text) for at in (m.start(), m.end() - 1)}
    return [m.start() for m in re.finditer(f"[{re.escape(marks)}]", text) if m.start() not in inside]


def claims_between(report: Report, start: int, end: int) -> tuple[Claim, ...]:
    """The claims that begin in [start, end), in text order."""
    claims = report.claims
    return claims[bisect_left(claims, start, key=_START) : bisect_left(claims, end, key=_START)]


def told_after(report: Report, first: Claim, other: Claim) -> bool:
    """Whether a claim follows another in its sentence."""
    return other.start > first.end and not re.search("[。！？\n]", report.span(first.end, other.start))


def adds_up(report: Report, first: Claim, claims: Iterable[Claim], summed: float, totals: Collection[float]) -> bool:
    """Whether those of the claims that follow the first in its sentence bring the sum up to one of the totals."""
    for claim in claims:
        if claim.value and told_after(report, first, claim):
            summed += claim.value
            if summed in totals:
                return True
    return False


def clause(report: Report, claim: Claim) -> str:
    return report.span(*clause_span(report, claim))


def lead(report: Report, claim: Claim) -> str:
    """What stands before the claim since the last comma or the claim before it, without a blank at its end.

    A colon right before the claim is none: 行政处罚：412件.
    """
    text = report.text
    start, _ = stretch(text, claim, COMMAS)
    if text[start - 1 : start] in tuple("：:") and not text[start : claim.start].strip():
        start = _begin(text, start - 1, COMMAS)
    nearest = claims_between(report, start - LONGEST_CLAIM, claim.start)[-4:]
    return text[max([start, *(c.end for c in nearest if c.end <= claim.start)]) : claim.start].rstrip()


def trail(report: Report, claim: Claim, marks: str = COMMAS, most: int = LONGEST) -> str:
    """What stands after the claim up to the next of the marks or the claim after it, of `most` characters at most."""
    _, end = stretch(report.text, claim, marks)
    after = claims_between(report, claim.end, end)
    return report.span(claim.end, min(claim.end + most, after[0].start if after else end))


def in_turn(report: Report, claim: Claim) -> tuple[str, ...] | None:
    """What the claim counts where subjects joined before 各, 分别 or 依次 share out the numbers after it in order.

    None where the claim is in no such list, () where it is in one but subjects and numbers do not pair up. 行政许可、行政处罚各5件
    gives the one number to every subject.
    """
    text = report.text
    low = max(0, claim.start - LONGEST)
    marks = [low, *(low + m.end() for m in SENTENCE_PIECES.finditer(text[low : claim.start]))]
    start = marks[-1]
    spoken = list(IN_TURN.finditer(text, start, claim.start))
    if not spoken:
        return None
    word = spoken[-1]
    end_of_subjects = word.start()
    if not text[start:end_of_subjects].strip() and len(marks) > 1:
        # 许可、处罚决定，分别为3件、2件: the subjects stand before the comma.
        start, end_of_subjects = marks[-2], marks[-1] - 1
    inside = claims_between(report, start, end_of_subjects)
    subjects = JOINED.split(text[max([start, *(c.end for c in inside)]) : end_of_subjects])
    stop = SENTENCE_PIECES.search(text, claim.end)
    counts = claims_between(report, word.end(), stop.start() if stop else len(text))
    if len(subjects) < 2 or (word.group() == "各" and counts[0].start - word.end() > LONGEST_VERB):
        # 各渠道公开5条 shares out nothing.
        return None
    if len(counts) == 1 and word.group() == "各":
        return tuple(s.strip() for s in subjects)
    return (subjects[counts.index(claim)].strip(),) if len(counts) == len(subjects) else ()


def is_main(report: Report, claim: Claim) -> bool:
    """Whether a claim states an exact number on its own: no share of another, and no word that narrows or widens its circle."""
    if claim.part_of is not None or claim.qualifier != "exact":
        return False
    start, _ = clause_span(report, claim)
    before = INCLUSION.sub("", report.span(start, claim.start))
    if report.agency_kind not in GOVERNMENTS and ALL_BELOW.search(before):
        return False
    around = INCLUSION.sub("", lead(report, claim)) + trail(report, claim)
    return not NARROWER.search(around) and not WIDER.search(before)


@lru_cache(maxsize=4)
def half_width(text: str) -> str:
    """The text with wide digits, letters and signs as plain ones (NFKC), each character by itself: offsets stay. Several rules ask."""
    plain = {ord(c): n for c in set(text) if len(n := unicodedata.normalize("NFKC", c)) == 1}
    return text.translate(plain)


def show(value: float) -> int | float:
    """A number without a needless decimal."""
    return int(value) if float(value).is_integer() else value
