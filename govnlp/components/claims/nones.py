"""Explicit nones: 未收到政府信息公开申请, 没有发生复议、诉讼, 复议、诉讼均为0件, 零申请.

Each denied thing is a candidate of its own, with its claim type, on the same span.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.vocabulary import Lexicon, any_of, load

MAX_OBJECT = 60
LOOK_BACK = 44
FAR = 400
"""How far back the line before a bare denial may begin."""
ABOUT = ("方面", "情况", "上")
"""How a clause ends that only names what the next one denies."""
_CHARGED = re.compile("对[^，。；、]{1,16}收(?:取|费)")
"""What nothing was charged for stands before the verb: 未对依申请公开收取费用."""
_NOT_EVEN_ONE = re.compile(
    "(?<![第前后])一[件起例次条](?P<thing>[^，。；：、\n\\d]{0,14}?)[也都](?:没有|没|未)[^，。；、\n\\d]{0,8}"
)
"""The negation stands after the thing: 一件申请也没有收到."""
_NOT_A_CENT = re.compile("一(?:分|毛|块|元)钱?[也都]?(?:没有|没|未|不)(?:收|要|取)取?过?")
"""一分钱也没有收."""


@dataclass(frozen=True, slots=True)
class _Denial:
    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    verb: re.Pattern[str]
    preposition: re.Pattern[str]
    second_verb: re.Pattern[str]
    lacking: re.Pattern[str]
    stop: re.Pattern[str]
    modifier: re.Pattern[str]
    joint: re.Pattern[str]
    back: re.Pattern[str]
    bare: re.Pattern[str]
    zero_word: re.Pattern[str]
    all_zero: re.Pattern[str]
    things: Lexicon[int]
    types: tuple[tuple[str, str], ...]


@cache
def _denial() -> _Denial:
    words = load("quantities")["none"]
    things = words["things"]
    return _Denial(
        negation=re.compile(any_of(words["negations"])),
        not_negation=re.compile(any_of(words["not_negations"])),
        verb=re.compile(f"(?:{any_of(words['verbs'])})过?"),
        preposition=re.compile(f"(?:{any_of(words['prepositions'])})"),
        second_verb=re.compile(any_of(words["second_verbs"])),
        lacking=re.compile(any_of(words["lacking"])),
        stop=re.compile(any_of(words["stops"])),
        modifier=re.compile(any_of(words["modifiers"])),
        joint=re.compile(any_of(words["joints"])),
        back=re.compile(any_of(words["back_references"])),
        bare=re.compile(any_of(words["bare"])),
        zero_word=re.compile(f"零(?:{any_of(words['zero_words'])})"),
        all_zero=re.compile(f"(?:{any_of(words['all_zero'])})$"),
        things=Lexicon((word, i) for i, thing in enumerate(things) for word in thing["words"]),
        types=tuple((thing["type"], thing["unit"]) for thing in things),
    )


def propose_nones(text: str, start: int, end: int, numbers: Sequence[Candidate]) -> list[Candidate]:
    """The nones within [start, end). `numbers`: the quantities found there, among which zeros may deny several things at once."""
    out = _not_even_one(text, start, end)
    taken = _places(out)
    out += [c for c in _negated(text, start, end) if c.start not in taken]
    taken = _places(out)
    zero_words = _zero_words(text, start, end, taken)
    out += zero_words
    taken |= _places(zero_words)
    for i, number in enumerate(numbers):
        if number.value == 0 and number.pattern == "count" and number.start not in taken:
            floor = max(start, numbers[i - 1].end if i else start, number.start - LOOK_BACK)
            out += _all_zero(text, floor, number)
    return out


def _not_even_one(text: str, start: int, end: int) -> list[Candidate]:
    cents = [
        Candidate(m.start(), m.end(), 0, "元", pattern="none", type="fees")
        for m in _NOT_A_CENT.finditer(text, start, end)
    ]
    return cents + [
        Candidate(m.start(), m.end(), 0, unit, pattern="none", type=type_)
        for m in _NOT_EVEN_ONE.finditer(text, start, end)
        for type_, unit in _heads(m["thing"])
    ]


def _places(candidates: Sequence[Candidate]) -> set[int]:
    """Every offset within the candidates."""
    return {at for c in candidates for at in range(c.start, c.end)}


def _negated(text: str, start: int, end: int) -> list[Candidate]:
    d = _denial()
    out: list[Candidate] = []
    at = start
    while found := d.negation.search(text, at, end):
        at = found.end()
        if d.not_negation.match(text, found.start()) or text[found.start() - 1 : found.end()] == "有没有":
            continue
        stop = _object_end(text, found.end(), end)
        denied = text[found.end() : stop]
        if text[stop : stop + 1] in ("：", ":"):
            continue  # a heading: 无收费情况：
        if not denied.strip() or d.bare.fullmatch(found.group() + denied.strip()):
            out += _bare(text, found.start(), stop)
            continue
        if not _denies(found.group(), denied):
            continue
        hits = _things(denied)
        unit_of_people = "人" if "人员" in denied else None
        for type_, unit in hits:
            people = unit_of_people if type_ == "accountability" else None
            out.append(Candidate(found.start(), stop, 0, people or unit, pattern="none", type=type_))
        if not hits and d.back.search(denied):
            out.append(Candidate(found.start(), stop, 0, "件", pattern="none"))
        if out and out[-1].end == stop:
            at = stop
    return out


def _bare(text: str, at: int, stop: int) -> list[Candidate]:
    """A denial whose thing stands before it: in its clause (信息处理费未收取), or as the heading (五、复议和诉讼 无。)."""
    d = _denial()
    if not d.bare.fullmatch(text[at:stop].strip()) or text[stop : stop + 1] not in ("。", "，", "；", "\n", ""):
        return []
    begin = _clause_start(text, at)
    if not text[begin:at].strip() and text.endswith(ABOUT, 0, max(0, begin - 1)):
        begin = _clause_start(text, begin - 1)  # 依申请公开方面，没有。
    subject = text[begin:at]
    if re.fullmatch(r"[\s均都也皆]*(?:全年|本年度?|今年|年内|当年|\d{4}年度?)?[\s均都也皆]*", subject):
        before = text[max(0, begin - FAR) : max(0, begin - 1)].rstrip("\n")
        subject = before[before.rfind("\n") + 1 :][:LOOK_BACK]
        if "。" in subject:
            return []
    return [Candidate(at, stop, 0, unit, pattern="none", type=type_) for type_, unit in _heads(subject)]


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(ch, max(0, at - LOOK_BACK), at) for ch in "。！？；\n，,") + 1


def _denies(negation: str, denied: str) -> bool:
    """Whether what follows the negation is the denial of a count, not of an act left undone."""
    d = _denial()
    verb = d.verb.match(denied)
    if negation in ("无", "没有", "没"):
        if verb:
            return not d.preposition.match(denied) or bool(d.second_verb.search(denied, 1))
        if d.lacking.match(denied):
            return False
        first = next(d.things.find(denied, 0, len(denied)), None)
        return first is not None and first[0] <= 14
    if negation == "不":
        return denied.startswith(("存在", "收取", "收费", "收信息", "涉及收费"))
    if not verb:
        return denied.startswith("收费") or _CHARGED.match(denied) is not None
    return not d.preposition.match(denied) or bool(d.second_verb.search(denied, 1))


def _object_end(text: str, at: int, end: int) -> int:
    """The end of what is denied: of the clause, with a joined second thing after 、 in it."""
    limit = min(end, at + MAX_OBJECT)
    found = _denial().stop.search(text, at, limit)
    stop = found.start() if found else limit
    return at + len(text[at:stop].rstrip(" \u3000.、"))


def _things(denied: str) -> list[tuple[str, str]]:
    """(type, unit) of each thing in the words after a negation, in the order of the text, each type once.

    What only modifies the thing (因…引起的) is cut; each part that 、 and 和 join names one thing, the one first in the vocabulary.
    """
    d = _denial()
    modifiers = list(d.modifier.finditer(denied))
    heads = _heads(denied[modifiers[-1].end() :]) if modifiers else []
    return heads or _heads(denied)


def _heads(phrase: str) -> list[tuple[str, str]]:
    d = _denial()
    out: list[tuple[str, str]] = []
    for part in d.joint.split(phrase):
        ranks = [rank for _, _, rank in d.things.find(part, 0, len(part))]
        if ranks and d.types[min(ranks)] not in out:
            out.append(d.types[min(ranks)])
    return out


def _zero_words(text: str, start: int, end: int, taken: Collection[int]) -> list[Candidate]:
    """零申请, 零收费."""
    return [
        Candidate(m.start(), m.end(), 0, unit, pattern="none", type=type_)
        for m in _denial().zero_word.finditer(text, start, end)
        if text[m.start() - 1 : m.start()] not in tuple("〇十百千") and m.start() not in taken
        for type_, unit in _heads(m.group())
    ]


def _all_zero(text: str, floor: int, zero: Candidate) -> list[Candidate]:
    """A zero of several things at once (复议、诉讼均为0件), or a 零 without a measure word; else nothing."""
    d = _denial()
    begin = max([floor, *(text.rfind(ch, floor, zero.start) + 1 for ch in "，。；：！？\n,;:（(“")])
    subject = text[begin : zero.start].rstrip()
    while link := d.all_zero.search(subject):
        subject = subject[: link.start()].rstrip()
    things = _heads(subject)
    if len(things) < 2 and not (things and text[zero.number[0]] == "零" and not zero.unit):
        return []
    skipped = re.match(
        r"\s*(?:\d{4}\s*年度?|本年度?|全年|当年|年内|我[镇乡县区市局委街道]{1,2}|全[镇乡县区市局]|共|的)*", subject
    )
    begin += skipped.end() if skipped else 0
    return [Candidate(begin, zero.end, 0, unit, pattern="none", type=type_) for type_, unit in things]
