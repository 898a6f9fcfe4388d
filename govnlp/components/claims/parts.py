"""Which quantity is a stated share of which: by marker words, list form, and by sums (parts that add up to a total)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.vocabulary import any_of, load

MAX_ITEMS = 60
LOOK_BACK, FAR = 8, 14
"""How many quantities before a list its total may stand; the farther only for lists of three and more."""
NEAR = 4
OVERRUN = 1.15
"""Shares may add up to a little more than their total: then the report is wrong, not the list."""
PUBLISHED_UNITS = ("条", "篇", "条次")
ITEM_UNITS = ("条", "篇", "份", "则", "期", "幅", "张", "个")
"""Measure words that one total of published items may be made up of."""
_AMONG = "(?:中(?!心|小|央|医|学|国|华|队)|里)"
"""Among: not the first half of 中心 or 中学."""
_NAMES_AGAIN = re.compile(f"[；;][^，。；：\\d]{{2,16}}{_AMONG}[，,]?[^，。；]*$")
"""A later clause of one sentence that names the total again: 网站604条，公众号317条；网站信息中，…"""
_ONLY_NAMED = re.compile(
    "[，；](?!.*(?:通过|利用|依托|收到|受理|办理|办结|答复|公众号|微信|微博|网站|新媒体|[在向对]))"
    "(?:[^，。；：“”（）\\d]{2,9}|“[^，。；：“”（）\\d]{2,10}”(?:栏目|专栏|版块)(?:信息)?)"
)
"""Between two quantities of a list: a mark and the name of what the second counts."""
_CHANNEL_LAST = re.compile("(?:网站|网|平台|媒体|公众号|微信|微博|客户端|公示栏|公开栏|公告栏)[^，。；：、\\d]{0,4}$")
_ONLY_CHANNEL = re.compile(
    f"{_ONLY_NAMED.pattern}|[，；](?:《[^》]*》、?|“[^”]*”|[^，。；：“”\\d]){{0,20}}{_CHANNEL_LAST.pattern[:-1]}"
)
"""The same where the names are channels: 包括网站41条，“石桥发布”公众号93条."""
_TITLES = re.compile("《[^》]*》")
CERTAIN = 30
"""Three numbers seldom add up by chance to a number as large as this."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A run of quantities presented as shares of one total (indices into the candidates); `exact`: they add up to it."""

    total: int
    items: tuple[int, ...]
    exact: bool
    marked: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("parts")
    marker = re.compile(any_of(words["markers"]))
    lead_in = re.compile("(?:^|[，。；：\n]\\s*)(?:" + "|".join(words["lead_ins"]) + ")")
    return marker, lead_in


def find_shares(text: str, candidates: Sequence[Candidate]) -> list[Shares]:
    """Every run of shares among candidates in text order (nones and rates are neither shares nor totals), nested runs too."""
    numbers = [i for i, c in enumerate(candidates) if c.pattern == "count"]
    out: list[Shares] = []
    taken: set[int] = set()
    for k in range(1, len(numbers)):
        i = numbers[k]
        if i in taken:
            continue
        gap = _lead(text, candidates, numbers[k - 1], i)
        if both := _of_both(text, candidates, numbers, k, gap):
            taken.update(both)
            continue
        found = _before_total(text, candidates, numbers, k, gap, taken)
        found = found or _marked(text, candidates, numbers, k, gap, taken) or _summed(text, candidates, numbers, k)
        if found:
            out.append(found)
            taken.update(found.items)
    return out


def _lead(text: str, candidates: Sequence[Candidate], last: int, i: int) -> str:
    """The words between the number before and this one, without a marker that belongs to a rate (其中线上占八成，)."""
    start = candidates[last].end
    for rate in candidates[last + 1 : i]:
        words = text[start : rate.start]
        if re.search("其中[^，。；]*$", words):
            start = rate.end
    return text[start : candidates[i].start]


def _before_total(
    text: str, candidates: Sequence[Candidate], numbers: list[int], k: int, gap: str, taken: set[int]
) -> Shares | None:
    """Shares that stand before their total: 网站187条，公众号643条，合计830条."""
    if not re.search(f"(?:{any_of(load('parts')['after'])})[^，。；]{{0,4}}$", gap):
        return None
    total, summed, items = candidates[numbers[k]], 0.0, []
    for j in range(k - 1, max(-1, k - MAX_ITEMS), -1):
        c = candidates[numbers[j]]
        if c.unit != total.unit or numbers[j] in taken or re.search("[。！？\n]", text[c.end : total.start]):
            return None
        items.append(numbers[j])
        summed = round(summed + float(c.value), 6)
        if summed == float(total.value) and len(items) > 1:
            return Shares(numbers[k], tuple(reversed(items)), True, True)
    return None


def _marked(
    text: str, candidates: Sequence[Candidate], numbers: list[int], k: int, gap: str, taken: set[int]
) -> Shares | None:
    """A run that a marker opens before this quantity: exact where it adds up to one of the quantities before, else by form."""
    form = _marker_form(gap)
    if form is None:
        return None
    run = _run(text, candidates, numbers, k, close="）)" if form == "bracket" else "")
    exact = _exact(candidates, numbers, k, run, LOOK_BACK if len(run) < 3 else FAR, marked=True)
    if exact:
        apart = _breaks(text, candidates[exact.total].end, candidates[run[0]].start)
        if form in ("across", "sum") or apart == 0 or len(exact.items) > 2:
            return exact
    if form == "list" and _one_each(text, candidates, numbers, k, gap):
        return None
    first = candidates[run[0]]
    before = [numbers[j] for j in range(k - 1, max(-1, k - 1 - LOOK_BACK), -1)]
    limit = 0 if form in ("list", "bracket") else 2
    fitting = [
        j for j in before if _holds(candidates[j], first) and _breaks(text, candidates[j].end, first.start) <= limit
    ]
    if not fitting:
        return None
    # in a later sentence the total of the sentence before is meant rather than one of its shares
    again = form in ("across", "sum") or _NAMES_AGAIN.search(gap)
    named = _taken_up(text, candidates, fitting, gap) if again else None
    if form == "sum" and named is None:
        return None
    total = next((j for j in fitting if j not in taken), fitting[0]) if form == "across" else fitting[0]
    total = total if named is None else named
    channels = _CHANNEL_LAST.search(gap) is not None
    listed = _listed(text, candidates, run, channels) if form != "sum" else 0
    whole = float(candidates[total].value)
    kept, summed = [], 0.0
    for n, i in enumerate(_evenly(text, candidates, run)):
        value = float(candidates[i].value)
        summed += value
        if (value > whole and (n >= listed or not channels)) or (summed > OVERRUN * whole and n >= listed):
            break
        kept.append(i)
    return Shares(total, tuple(kept), False, True) if kept else None


def _one_each(text: str, candidates: Sequence[Candidate], numbers: list[int], k: int, gap: str) -> bool:
    """Whether the list gives each of several totals its own: 建议52件、提案64件，复文公开分别为40件和51件."""
    if k < 2 or not re.search("分别|依次", gap):
        return False
    between = text[candidates[numbers[k - 2]].end : candidates[numbers[k - 1]].start]
    return re.fullmatch("[、和与及][^，。；]*", between) is not None


def _of_both(text: str, candidates: Sequence[Candidate], numbers: list[int], k: int, gap: str) -> list[int]:
    """A list that shares out two numbers together, so is no share of either: 新收6件，上年结转1件，其中予以公开3件、部分公开4件."""
    if k < 2:
        return []
    first, second = candidates[numbers[k - 2]], candidates[numbers[k - 1]]
    carried = first.unit == second.unit and re.search("结转|转结|转来|遗留", text[first.end : second.start])
    if not carried or _marker_form(gap) != "list":
        return []
    run = _run(text, candidates, numbers, k, close="")
    both = float(first.value) + float(second.value)
    return run if len(run) > 1 and sum(float(candidates[i].value) for i in run) == both else []


def _listed(text: str, candidates: Sequence[Candidate], run: list[int], channels: bool) -> int:
    """How many quantities at the beginning of a run one enumeration joins (40条、20条和5条): shares whatever they add up to.

    A comma or semicolon joins what only a name stands between: 其中文件类40条，动态类20条，年报5条; where the list is one of `channels`, also
    another channel's.
    """
    named = _ONLY_CHANNEL if channels else _ONLY_NAMED
    for n in range(1, len(run)):
        gap = text[candidates[run[n - 1]].end : candidates[run[n]].start]
        listed = re.match("、|以及|[和及与]", gap) and not re.search("[，；：]", gap)
        if not listed and not named.fullmatch(gap):
            return n
    return len(run)


def _taken_up(text: str, candidates: Sequence[Candidate], fitting: list[int], gap: str) -> int | None:
    """The total whose own words a later sentence takes up again (新收申请中，): the most pairs of characters in common."""
    rest = re.split("[。！？；\n]", gap)[-1][:24]
    best: tuple[int, int] | None = None
    for j in fitting:
        start = candidates[j].start
        label = re.split("[，。；、：（\n0-9条件]", text[max(0, start - 18) : start])[-1]
        pairs = {label[n : n + 2] for n in range(len(label) - 1)} - set(load("parts")["common"])
        shared = sum(pair in rest for pair in pairs)
        if shared and (best is None or shared > best[0]):
            best = (shared, j)
    return best[1] if best else None


def _breaks(text: str, start: int, end: int) -> int:
    """How many sentence ends stand in [start, end); a line's end counts twice."""
    between = text[start:end]
    return len(re.findall("[。！？]", between)) + 2 * between.strip("。 ").count("\n")


def _marker_form(gap: str) -> str | None:
    """How a run is opened: "list" in the same sentence, "bracket", "across" a sentence's end, "sum" where only an exact sum tells."""
    marker, lead_in = _patterns()
    if re.match(r"[^，。；、]{0,6}[（(]", gap) and not re.search("[）)]", gap):
        return "bracket"
    if re.fullmatch(r"[，,：:][^，。；、：\d]{1,14}[（(]", gap):
        return "list"  # 处罚57起，以占道（31起）、违建（14起）居多
    ends = list(re.finditer("[。！？\n]", gap))
    if ends:
        rest = gap[ends[-1].end() :]
        if re.match(r"\s*(?:其中|这些|上述|具体(?:[为是]|包括|如下)?[：:])", rest) and len(ends) == 1:
            return "across"
        if re.match(rf"[^，。；\d]{{2,16}}{_AMONG}[，,]?", rest):
            return "sum"
        return "sum" if marker.search(rest) or lead_in.match(rest) else None
    if re.match(r"[^，。；]{0,12}[：:]", gap) or (marker.search(gap) and "其中之一" not in gap):
        return "list"
    return "list" if lead_in.search(gap) else None


def _run(text: str, candidates: Sequence[Candidate], numbers: list[int], k: int, *, close: str) -> list[int]:
    """The quantities from number `k` on that may stand in one list: to the end of the sentence or bracket, of one measure word.

    What stands in brackets, or after a marker, within the list is a list of its own and left out.
    """
    first = candidates[numbers[k]]
    run, depth, within = [numbers[k]], 0, False
    for j in range(k + 1, min(len(numbers), k + MAX_ITEMS)):
        c = candidates[numbers[j]]
        gap = text[candidates[numbers[j - 1]].end : c.start]
        if any(ch in gap for ch in "。！？\n") or (close and depth == 0 and any(ch in gap for ch in close)):
            break
        depth = max(0, depth + gap.count("（") + gap.count("(") - gap.count("）") - gap.count(")"))
        within = _opens_nested(gap) or (within and "；" not in gap and gap[:1] != "，")
        if depth or within:
            continue
        named = gap[:1] == "、" or _ONLY_NAMED.fullmatch(gap)
        alike = c.unit == first.unit or (named and {c.unit, first.unit} <= {*ITEM_UNITS, "件"})
        if not alike and _of_one_item(text, candidates, numbers, j, first.unit):
            continue
        if not alike or len(_TITLES.sub("", gap)) > 60:
            break
        run.append(numbers[j])
    return run


def _of_one_item(text: str, candidates: Sequence[Candidate], numbers: list[int], j: int, unit: str) -> bool:
    """Whether a quantity of another measure word only stands before one item's own: 公众号推送65次230条."""
    if j + 1 >= len(numbers):
        return False
    c, after = candidates[numbers[j]], candidates[numbers[j + 1]]
    return after.unit == unit and re.fullmatch(r"[^，。；：、\n（）\d]{0,4}", text[c.end : after.start]) is not None


def _opens_nested(gap: str) -> bool:
    """Whether the words between two quantities of a list open a list of shares of the first: ，包括, ，其中, 采纳的当中."""
    return re.search("其中|[，,、](?:包括|包含|分为|含|内[有含])|[^，。；\\d](?:当中|之中)", gap) is not None


def _evenly(text: str, candidates: Sequence[Candidate], run: list[int]) -> list[int]:
    """The beginning of a run that one separator joins: a list of 、 ends at the first ， or ；, a list of ， at the first ；.

    A word for another kind of work ends it too.
    """
    rank = {"、": 0, "，": 1, "；": 2}
    first: int | None = None
    for n in range(1, len(run)):
        gap = text[candidates[run[n - 1]].end : candidates[run[n]].start]
        work = gap.replace("组织机构", "")  # a body, and no work
        if any(word in work for word in load("parts")["breakers"]):
            return run[:n]
        strongest = max((rank[ch] for ch in gap if ch in rank), default=0)
        if first is None:
            if strongest == 2 and len(run) < 3:
                return run[:1]
            first = strongest
        elif first == 2 and strongest < 2:
            return run[:1]  # 满意209件；提案17件，复文15件: after the first of them another matter begins
        elif strongest > first:
            return run[:n]
    return run


def _exact(
    candidates: Sequence[Candidate], numbers: list[int], k: int, run: list[int], look_back: int, *, marked: bool
) -> Shares | None:
    """The beginning of the run that adds up to a quantity before it: to the nearest such quantity, and the longest."""
    totals = {}
    for j in range(max(0, k - look_back), k):
        c = candidates[numbers[j]]
        if c.unit == candidates[run[0]].unit:
            totals[round(float(c.value), 6)] = numbers[j]
    best = None
    summed = 0.0
    for n, i in enumerate(run, 1):
        summed = round(summed + float(candidates[i].value), 6)
        fits = n >= 2 and summed in totals and float(candidates[run[0]].value) < summed
        if fits and (best is None or totals[summed] >= best.total):
            best = Shares(totals[summed], tuple(run[:n]), True, marked)
    return best


def _holds(total: Candidate, item: Candidate) -> bool:
    same = total.unit == item.unit or (total.unit in ITEM_UNITS and item.unit in ITEM_UNITS)
    same = same or (total.unit in PUBLISHED_UNITS and item.unit in (*ITEM_UNITS, "件"))  # 信息58条，其中文件19件
    return same and float(total.value) >= float(item.value)


def _summed(text: str, candidates: Sequence[Candidate], numbers: list[int], k: int) -> Shares | None:
    """Without a marker: quantities that add up to the one right before them, or three and more to one a little before."""
    run = _run(text, candidates, numbers, k, close="")
    if any(candidates[i].value == 0 for i in run[:2]) or len(run) < 2:
        return None
    nearest = _exact(candidates, numbers, k, run, 1, marked=False)
    if nearest and len(nearest.items) < len(run) and _by_chance(text, candidates, nearest, run):
        return None
    if nearest and _breaks(text, candidates[nearest.total].end, candidates[run[0]].start) == 0:
        return nearest
    further = _exact(candidates, numbers, k, run, NEAR, marked=False)
    if further is None or len(further.items) < 3 or candidates[further.total].value < CERTAIN:
        return None
    near = "\n" not in text[candidates[further.total].end : candidates[run[0]].start]
    return further if near or candidates[further.total].unit in PUBLISHED_UNITS else None


def _by_chance(text: str, candidates: Sequence[Candidate], found: Shares, run: list[int]) -> bool:
    """Whether total and shares stand in one list of things alike, which goes on: 动态53条，公告44条，文件3条，预算6条，决算7条."""
    if candidates[found.total].unit not in PUBLISHED_UNITS:
        return False
    n = len(found.items)
    pairs = [(found.total, run[0]), (run[n - 1], run[n])]
    gaps = [text[candidates[a].end : candidates[b].start] for a, b in pairs]
    return all(_ONLY_NAMED.fullmatch(gap) or re.fullmatch("、[^，；：“”（）\\d]{1,9}", gap) for gap in gaps)


def share_words(type_: str, gap: str) -> bool:
    """Whether the words between two quantities of a type name the second a share of the first (采纳, 纠正)."""
    return any(word in gap for word in load("parts")["shares"].get(type_, ()))


def outcome_after(text: str, end: int) -> bool:
    """Whether the words right after a quantity tell what became of it (3件被纠正, 1件予以公开)."""
    words = re.split("[，。；、！？\n]", text[end : end + 22])[0]
    return any(word in words for word in load("parts")["outcomes"])


def applicant_named(gap: str) -> bool:
    """Whether the last clause before a quantity names who applied."""
    return any(word in re.split("[，；：]", gap)[-1] for word in load("parts")["applicants"])
