"""From a text and its sections to claims: find quantities, tell lists of shares, give each its type, channel and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.channels import channel_of, respective_channels
from govnlp.components.claims.claim_type import Place, Typer, typer
from govnlp.components.claims.parts import Shares, applicant_named, find_shares, outcome_after, share_words
from govnlp.components.claims.quantities import find_quantities
from govnlp.document import Claim, Section
from govnlp.schema import CHANNEL_TYPES, NARROWER_TYPES, TABLE_SECTIONS

EXACT_SHARE, MARKED_SHARE, SUMMED_SHARE = 7.0, 4.5, 2.5
"""How much a total's type counts for its shares, beside cues of their own."""
SIBLING = 3.0
"""How much the type of the quantity before counts where only 、 or 和 stands between."""
INERTIA = 0.8
"""How much it counts for a quantity that follows closely in the same measure word."""
SHARE_WORD = 5.0
"""How much it counts where a word between names a share of it (采纳, 纠正)."""
CLEAR = 9.0
"""The score from which the words beside a quantity name its type clearly."""
NEAR_GAP = 14
FAR = 1000
"""No sentence begins further back than so many characters."""
REQUEST_TYPES = ("requests_handled", "requests_carried")
"""Shares that applications received may have beside their own kind: what was done with them."""
PEOPLE_OF = {"training_sessions": "training_attendance", "meetings": "audience"}
"""Of what the people that stand right after an event's number are."""
FOLLOWED = ("粉丝", "用户", "听众", "人数", "关注", "访客")
VIEWED = ("阅读", "浏览", "播放", "粉丝", "关注", "点击", "访问", "观看", "点赞", "用户")
_JOINT = re.compile(r"[、，和及与]|以及|并为|增至|增加到|压减到?|减至|降至|减少到")
_NEW_MATTER = re.compile("。(?!\\s*(?:其中|具体))")
"""A sentence that does not go on with what the one before it counted."""
_SENT_TOO = re.compile(
    "[，；,;](?:全年|年内|本年度?|累计|总?共计?|先后|已)*(?:发布|推送|更新|刊发|编发|推出|转发)[^，。；,;“”]{0,10}$"
)
"""A clause with no subject of its own: (公众号)粉丝2.6万人，……；累计发布信息398条."""
_REST = re.compile("(?:其余|余下|剩下|剩余)的?$")
_PLACES_JOINED = re.compile("[一-鿿、]{1,16}[、和及与]")
LONE_SCORE = 4.0
"""The score that a lone 两 or 三 must reach to be a claim."""
WEAK_SCORE = 5.5
"""The score that 一次, 两个 and the like must reach to be a claim."""
CHANCE_AT_ZERO, CHANCE_PER_POINT = -0.65, 0.52
"""The log odds that a claim is right, by its points. Fitted by maximum likelihood (logistic regression) on what the rules find in
the 262 reports of the corpus's train split: 4406 claims, right where a labelled claim of the same type and value overlaps."""
SMALL_NUMERALS = "一两二三四五六七八九十"
"""A lone one of these with nothing to tell its type counts no work (两件大事)."""


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    c: Candidate
    section: str | None
    stretch: int
    type: str
    score: float
    whole: int | None = None
    channel: str | None = None


def extract_claims(text: str, sections: Sequence[Section] = (), year: int | None = None) -> tuple[Claim, ...]:
    """The claims of a report in text order, with ids c1, c2….

    `sections`: as found by the sections component; without any the whole text is read as narrative. Headings, tables and tab-separated lines
    hold no claims; sentences in a table's section do. `year`: the report's year, or None.
    """
    found, where = find_candidates(text, sections, year)
    drafts = read_drafts(text, found, where, typer())
    for draft in drafts:
        draft.score = _chance(draft.score)
    return to_claims(text, drafts)


def _chance(points: float) -> float:
    """About how likely a claim of so many points is right, 0 to 1."""
    return 1 / (1 + exp(-(CHANCE_AT_ZERO + CHANCE_PER_POINT * points)))


def find_candidates(
    text: str, sections: Sequence[Section], year: int | None
) -> tuple[list[Candidate], list[tuple[str | None, int]]]:
    """The confirmed quantities of a report in text order, and for each its section id and where its stretch starts."""
    found: list[Candidate] = []
    where: list[tuple[str | None, int]] = []
    for section_id, start, end in _stretches(text, sections):
        here = find_quantities(text, start, end, year=year)
        found += here
        where += [(section_id, start)] * len(here)
    return found, where


def to_claims(text: str, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """The drafts, in text order, as claims with the ids c1, c2…"""
    return tuple(
        Claim(
            id=f"c{i + 1}",
            start=d.c.start,
            end=d.c.end,
            text=text[d.c.start : d.c.end],
            type=d.type,
            value=d.c.value,
            unit=d.c.unit or _implied_unit(text, d),
            qualifier=d.c.qualifier,
            channel=d.channel,
            part_of=None if d.whole is None else f"c{d.whole + 1}",
            section=d.section,
            score=round(d.score, 3),
        )
        for i, d in enumerate(drafts)
    )


def _implied_unit(text: str, d: Draft) -> str:
    """The measure word of a number without one: people for followers, times for views, cases for applications."""
    if d.type == "audience":
        words = text[max(0, d.c.start - 12) : d.c.start]
        return "人" if any(word in words for word in FOLLOWED) else "次"
    if d.type == "fees":
        return "元"
    return "件" if d.type.startswith("requests") or d.type in ("reconsiderations", "lawsuits") else ""


def _stretches(text: str, sections: Sequence[Section]) -> Iterator[tuple[str | None, int, int]]:
    """(section id, start, end) of each stretch that may hold claims: without headings and without table rows."""
    if not sections:
        sections = (Section("", 0, len(text)),)
    for section in sections:
        begin = section.heading_end
        at = begin
        while at < section.end:
            stop = text.find("\n", at, section.end)
            stop = section.end if stop < 0 else stop + 1
            line = text[at:stop]
            if "\t" in line.strip() or (section.id in TABLE_SECTIONS and not _is_prose(line)):
                if begin < at:
                    yield section.id or None, begin, at
                begin = stop
            at = stop
        if begin < section.end:
            yield section.id or None, begin, section.end


def _is_prose(line: str) -> bool:
    """Whether a line of a table's section is a sentence, not a label or a cell."""
    return "。" in line and "勾稽" not in line


def read_drafts(
    text: str,
    found: Sequence[Candidate],
    where: Sequence[tuple[str | None, int]],
    scorer: Typer,
    shares: Sequence[Shares] | None = None,
) -> list[Draft]:
    """The claims among the quantities of a report; `where`: the section id and the stretch's start of each; `shares`: as `find_shares`
    finds them, where that is known."""
    of_item = {i: s for s in (find_shares(text, found) if shares is None else shares) for i in s.items}
    drafts: list[Draft] = []
    kept: dict[int, int] = {}
    for i, c in enumerate(found):
        section = where[i][0]
        place = Place(text, c.start, c.end, c.unit, *neighbours(found, i), section)
        whole = of_item.get(i)
        total = drafts[kept[whole.total]] if whole and whole.total in kept else None
        before = next((d for d in reversed(drafts[-3:]) if d.type != "rate"), None)
        before = before if before and before.c.pattern == c.pattern == "count" else None
        type_, score = _decide(text, c, place, scorer, whole, total, before)
        if total is None and _is_small_talk(text, c, type_, score, section, scorer):
            continue
        kept[i] = len(drafts)
        drafts.append(Draft(c, section, where[i][1], type_, score))
    _take_from_the_next(text, drafts, scorer.fallback)
    for i, k in kept.items():
        whole = of_item.get(i)
        if whole and whole.total in kept and _is_part(text, drafts, kept, whole, k):
            drafts[k].whole = kept[whole.total]
        elif drafts[k].c.pattern in ("count", "none") and k:
            drafts[k].whole = _named_share(text, drafts, k)
    _write_channels(text, drafts)
    return drafts


def _take_from_the_next(text: str, drafts: Sequence[Draft], fallback: str) -> None:
    """在5处码头、7处车站入口加装电子屏: what stands at both places is named after the last."""
    for d, following in reversed(list(pairwise(drafts))):
        gap = text[d.c.end : following.c.start]
        if (
            d.type == fallback != following.type
            and d.c.unit == following.c.unit
            and _PLACES_JOINED.fullmatch(gap)
            and text[d.c.start - 1 : d.c.start] in ("在", "于")
        ):
            d.type = following.type


def _is_small_talk(text: str, c: Candidate, type_: str, score: float, section: str | None, scorer: Typer) -> bool:
    """一次, 两件 and the like where nothing tells that work is counted."""
    if c.pattern != "count":
        return False
    lone = text[c.number[0]] in SMALL_NUMERALS and c.number[1] - c.number[0] == 1
    if lone and (type_ == scorer.fallback or score < LONE_SCORE):
        return True
    if c.weak and c.unit == "次" and type_.startswith("requests"):
        return True  # 一次讲清
    return c.weak and (score < WEAK_SCORE or (section or "").startswith("problems"))


def neighbours(found: Sequence[Candidate], i: int) -> tuple[int, int]:
    floor = max((o.end for o in found[max(0, i - 2) : i] if o.end <= found[i].start), default=-1)
    ceiling = next((o.start for o in found[i + 1 : i + 3] if o.start >= found[i].end), -1)
    return floor, ceiling


def _decide(
    text: str,
    c: Candidate,
    place: Place,
    scorer: Typer,
    whole: Shares | None,
    total: Draft | None,
    before: Draft | None,
) -> tuple[str, float]:
    """The type of a candidate and its score: its own cues, its total's type, its neighbour's type."""
    if c.type is not None:
        return c.type, 10.0
    if c.pattern not in ("count", "none"):
        return "rate", 10.0
    scores = scorer.scores(place)

    def favour(favoured: str, bonus: float) -> None:
        scores[favoured] = scores.get(favoured, 0.0) + bonus

    if (
        total is not None
        and whole is not None
        and _may_inherit(scorer, total.type, c.unit, scores)
        and (whole.marked or not _told_otherwise(scores, total.type))
    ):
        sure = whole.exact and (whole.marked or len(whole.items) > 2)
        favour(total.type, EXACT_SHARE if sure else MARKED_SHARE if whole.marked else SUMMED_SHARE)
    if before is not None:
        gap = text[before.c.end : c.start].strip()
        close = len(gap) <= NEAR_GAP and not re.search("[。！？\n]", gap)
        if before.c.unit == c.unit:
            if gap.endswith(("其余", "其余的")):
                favour(before.type, EXACT_SHARE)
            elif _JOINT.fullmatch(gap):
                favour(before.type, SIBLING)
            elif close:
                favour(before.type, SHARE_WORD if share_words(before.type, gap) else INERTIA)
        elif close and c.unit in ("人", "人次", "名"):
            for first, second in PEOPLE_OF.items():
                if before.type == first:
                    favour(second, SIBLING)
    type_ = max(scores, key=lambda t: (scores[t], t))
    if scores[type_] < scorer.threshold + min(1.0, scorer.units.get(type_, {}).get(c.unit, 0.0)):
        return scorer.fallback, scores[type_]
    return type_, scores[type_]


def _told_otherwise(scores: Mapping[str, float], type_: str) -> bool:
    """Whether the words beside a quantity name another type so clearly that a sum that happens to fit does not count."""
    best = max(scores, key=lambda t: (scores[t], t))
    return best != type_ and scores[best] >= CLEAR and scores[best] - scores[type_] >= CLEAR / 2


def _may_inherit(scorer: Typer, type_: str, unit: str, scores: Mapping[str, float]) -> bool:
    """Whether a share may have its total's type: not what was done with applications from those received."""
    if type_ == "requests_received" and scores["requests_handled"] >= scores[type_] - 0.3:
        return False
    return type_ == scorer.fallback or unit in scorer.units.get(type_, {})


def _is_part(text: str, drafts: Sequence[Draft], kept: dict[int, int], whole: Shares, k: int) -> bool:
    """Whether a listed quantity is of its total's kind; without a marker all that add up must be."""
    total = drafts[kept[whole.total]]
    if not whole.marked:
        return all(i in kept and drafts[kept[i]].type == total.type for i in whole.items)
    if drafts[k].type in NARROWER_TYPES.get(total.type, ()):
        return _NEW_MATTER.search(text, total.c.end, drafts[k].c.start) is None
    return drafts[k].type == total.type or (total.type == "requests_received" and drafts[k].type in REQUEST_TYPES)


def _named_share(text: str, drafts: Sequence[Draft], k: int) -> int | None:
    """The claim in the same sentence that this one is called a share of, without a marker: by what became of it
    (意见1433条，采纳512条; 3件，1件被纠正), by who asked (收到7件，自然人5件), or as an exception (18件，除4件由企业提出外)."""
    d, before = drafts[k], drafts[k - 1]
    gap = text[before.c.end : d.c.start]
    if before.c.pattern != "count" or re.search("[。！？\n]", gap):
        return None
    above = k - 1 if before.whole is None else before.whole
    if d.c.pattern == "none":
        denied = text[d.c.start : d.c.end]
        fits = d.type == before.type and len(gap) < 20 and not re.search("[；]", gap) and before.c.value
        return above if fits and share_words(d.type, denied) else None
    if d.c.value > before.c.value and before.whole is None:
        return None
    if _REST.search(gap) and before.whole is not None and (d.type, d.c.unit) == (before.type, before.c.unit):
        return before.whole
    if d.c.unit == before.c.unit and d.c.value <= drafts[above].c.value:
        kin = d.type == before.type or {d.type, before.type} <= set(REQUEST_TYPES)
        if kin and re.fullmatch("[，；,、]", gap) and outcome_after(text, d.c.end):
            return above
        if kin and gap.endswith("除") and "外" in text[d.c.end : d.c.end + 16]:
            return above
        if d.type == before.type and len(gap) <= 14 and "；" not in gap and share_words(d.type, gap):
            if "办结" in gap and (d.c.value == before.c.value or not _came_in(text, before)):
                return None  # all of them: nothing is singled out
            return above
    return _of_applicants(text, drafts, k, gap)


def _came_in(text: str, total: Draft) -> bool:
    """Whether a total is what came in, of which some was settled; what was dealt with is no total of what was settled."""
    told = text[_sentence_start(text, total) : total.c.start]
    return re.search("收到|接到|受理|接收|派单|派发|转办|交办|来[信电件]", told) is not None


def _of_applicants(text: str, drafts: Sequence[Draft], k: int, gap: str) -> int | None:
    """The applications received, where the words before a quantity say who made them (自然人、企业分别提出198件和31件)."""
    d, before = drafts[k], drafts[k - 1]
    if d.type != "requests_received" or "；" in gap:
        return None
    if gap in ("、", "和", "及") and before.type == d.type and before.whole is not None:
        return before.whole
    if not applicant_named(gap):
        return None
    start = _sentence_start(text, d)
    for j in range(k - 1, -1, -1):
        total = drafts[j]
        if total.c.start < start:
            return None
        if total.type == d.type and total.whole is None and total.c.value >= d.c.value and total.c.pattern == "count":
            return j
    return None


def _write_channels(text: str, drafts: Sequence[Draft]) -> None:
    """Named channels, those of a respective list in order, a total's for shares that name none, and of views their text's."""
    floor = 0
    for d in drafts:
        if d.type in CHANNEL_TYPES:
            d.channel = channel_of(text, d.c.start, d.c.end, max(floor, _sentence_start(text, d)))
        if d.type in CHANNEL_TYPES or d.c.pattern != "count":
            floor = d.c.end  # a channel named before another kind of quantity goes on: 公报4期，刊文39件
    for k, d in enumerate(drafts):
        if d.type not in CHANNEL_TYPES or (k and _joined(text, drafts[k - 1], d)):
            continue
        run = [d]
        for following in drafts[k + 1 :]:
            if not _joined(text, run[-1], following):
                break
            run.append(following)
        if len(run) > 1 and (named := respective_channels(text, _sentence_start(text, d), d.c.start, len(run))):
            for member, channel in zip(run, named, strict=True):
                member.channel = channel
    for k, d in enumerate(drafts):
        if d.channel is not None or d.type not in CHANNEL_TYPES:
            continue
        if d.whole is not None and drafts[d.whole].type in CHANNEL_TYPES:
            d.channel = drafts[d.whole].channel
            continue
        last = next((o for o in reversed(drafts[max(0, k - 3) : k]) if o.type != "rate"), None)
        if last is not None and last.c.end > _sentence_start(text, d):
            words = text[last.c.end : d.c.start]
            viewed = d.type == "audience" and any(word in words for word in VIEWED)
            seen = last.type == "audience"
            if (len(words) <= NEAR_GAP and (viewed or seen)) or (seen and _SENT_TOO.search(words)):
                d.channel = last.channel


def _sentence_start(text: str, d: Draft) -> int:
    low = max(d.stretch, d.c.start - FAR)
    return max(text.rfind(ch, low, d.c.start) for ch in "。！？\n") + 1 or low


def _joined(text: str, first: Draft, second: Draft) -> bool:
    return first.type == second.type and text[first.c.end : second.c.start].strip() in (
        "、",
        "，",
        "和",
        "及",
        "以及",
        "与",
    )
