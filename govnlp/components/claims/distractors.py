"""What only looks like a claim: each check has a name, looks at a candidate in its text, and says whether it vetoes it.

The checks run in the order of `CHECKS`, the cheap and certain ones first; the first that vetoes is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.vocabulary import any_of, load

SENTENCE_ENDS = "。！？\n"
CLAUSE_ENDS = "，。！？；\n,;"


@dataclass(frozen=True, slots=True)
class Look:
    """A candidate in its text. `plain` is the text with half-width digits; `at` and `stop` bound the bare numeral."""

    c: Candidate
    text: str
    plain: str
    year: int | None
    at: int
    stop: int

    def before(self, n: int) -> str:
        return self.text[max(0, self.at - n) : self.at]

    def after(self, n: int) -> str:
        return self.text[self.c.end : self.c.end + n]


def veto(c: Candidate, text: str, plain: str, year: int | None) -> str | None:
    """The name of the first check that rejects the candidate, or None."""
    if c.veto:
        return c.veto
    look = Look(c, text, plain, year, *c.number)
    return next((name for name, check in CHECKS if check(look)), None)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    w = load("quantities")
    return {
        "vague_before": re.compile(f"(?:{any_of(w['vague']['before'])})$"),
        "phrases": re.compile(any_of(w["fixed"]["phrases"])),
        "abstract": re.compile(r"\s*(?:" + any_of(w["abstract"]["heads"]) + ")"),
        "place": re.compile(r"\s*(?:" + any_of(w["place"]["nouns"]) + ")(?!级)"),
        "boards": re.compile(any_of(w["place"]["boards"])),
        "owners": re.compile("(?:" + any_of(w["place"]["owners_before"]) + r")[^，。；、]{0,4}$"),
        "whole": re.compile("(?:" + any_of(w["place"]["whole_before"]) + r")(?:共有|现有|有|共|的)?$"),
        "plan": re.compile(any_of(w["plan"]["words"])),
        "not_plan": re.compile(any_of(w["plan"]["not_plan"])),
        "rules": re.compile(any_of(w["plan"]["rules"])),
        "least": re.compile(any_of(w["plan"]["least"])),
        "excused": re.compile(any_of(w["earlier"]["excused"])),
        "taken_over": re.compile("(?:" + any_of(w["earlier"]["taken_over"]) + ")[^，。]{0,3}$"),
        "done": re.compile(any_of(w["plan"]["done"])),
        "earlier": re.compile(any_of(w["earlier"]["words"])),
        "earlier_rate": re.compile("(?:" + any_of(w["earlier"]["words"]) + r")(?:同期)?(?:仅|只有)?[为是的]?\s*$"),
        "carried": re.compile(any_of(w["earlier"]["carried"])),
        "unitless": re.compile(
            "(?:" + any_of(w["unitless"]["before"]) + ")(?:" + any_of(w["unitless"]["links"]) + r")?\s*$"
            r"|(?:均为|均|都是|都为|总计|合计|共计|总数为)\s*$"
        ),
    }


@cache
def _sets() -> dict[str, frozenset[str]]:
    w = load("quantities")
    return {
        "time": frozenset(w["units"]["time"]),
        "space": frozenset(w["units"]["space"]),
        "abstract": frozenset(w["abstract"]["units"]),
    }


_ASCII = re.compile(r"[A-Za-z@_/&=×*#]")
_RANGE_AFTER = re.compile(r"\s*(?:[-—~～–]|至|到)\s*[\d一二三四五六七八九十]")
_RANGE_BEFORE = re.compile(r"[\d一二三四五六七八九十][条件次个篇人名]?(?:[-—~～–]|至|到)\s*$")
_ARTICLE = re.compile(r"第[^，。；（）\n]{1,9}[条款项、和及至到]$")
_ENUMERATOR = re.compile(r"(?:^|[\n。；：:;，,、\s])[（(]?$")
_COUNTED = re.compile(r"\d\s*[个处块台面组]")
_SET_UP = re.compile(r"(?:[设建立置摆放装贴挂配投布开增]|采购)[^，。；]{0,16}?" + _COUNTED.pattern)
_GROUPING = ("处", "个", "项", "家", "块", "类", "种", "支")
_ITEMS = ("条", "篇", "份", "期", "则", "件")
"""Measure words of what is written: 内设机构类2条 counts no offices."""
_SMALL = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_FROM = re.compile("(?:由|从)(?:原来的?|原有的?|原)?$")
_INTO = re.compile(r"[^，。；\d]{0,8}?(?:[增压减并扩降升提]|集约|整合|精简|调整|到|至|为)")
_EACH_TIME = re.compile("每(?:个)?(?:半年|季|月|两?周|星期|年|旬|天|日)[^，。；：\\d]*$")
_TASK = re.compile("(?:下达|分配|规定)[^，。；]{0,6}(?:任务|指标)(?:数|量)?$")
_SAME_KIND = re.compile(r"(?:[前后同另这那哪任某整头下上末])$")
_NOT_ONE = re.compile("(?:没有?|未有|无)$")
_NOR_ONE = re.compile("[^，。；、\n\\d]{0,14}?[也都](?:没有|没|未)")
_ONE_BY_ONE = re.compile("[一-鿿]{2}一([件次条项个])[、，][一-鿿]{2}一\\1")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_THAN_IN = re.compile(r"(?:[比较]|高于|低于)(?:19|20)\d\d\s*年度?(?:同期)?的?\s*$")
"""What another year's rate stands after: 高于2023年的81%."""


def _ordinal(x: Look) -> bool:
    before = x.before(1)
    if _SAME_KIND.match(before) and (x.text[x.at] == "一" or x.c.unit in ("位", "名")):
        return True  # 前一件, 后四位, 前三名
    if x.text[x.at] == "一" and _NOT_ONE.search(x.before(2)):
        return True  # 没有一件, 无一起: none, not one
    if x.text[x.at] == "一" and (
        _NOR_ONE.match(x.text, x.c.end) or _ONE_BY_ONE.search(x.before(18) + x.text[x.at : x.c.end + 8])
    ):
        return True  # 一件也没有; 办理一件、满意一件
    return before == "第" or x.text[x.at : x.at + 1] == "第" or bool(_ARTICLE.search(x.before(12)))


def _identifier(x: Look) -> bool:
    """Part of a telephone number, an address, a code: glued to letters, hyphens, dots or 号."""
    if x.c.pattern != "count":
        return False
    left, right = x.plain[max(0, x.at - 1) : x.at], x.plain[x.stop : x.stop + 1]
    if _ASCII.match(right) or (_ASCII.match(left) and not (x.c.unit and left.isalpha())):
        return True
    if (left in ("-", "·", ".", "〔", "－", "—", "×") and left) or (
        right in ("-", "·", "〔", "〕", "－", "×") and right
    ):
        return True
    return x.stop - x.at >= 5 and x.plain[x.at : x.stop].isdigit() and x.text[x.at] == "0"


def _time(x: Look) -> bool:
    """Years, dates, periods, durations and deadlines."""
    return x.c.unit in _sets()["time"]


def _space(x: Look) -> bool:
    """Areas, distances, floors, marks and other measures that count no work."""
    if x.c.unit == "分":
        return bool(re.search(r"(?:占|权重|分值|满分|总分|占比|留了?|点|时|赋)[^，。；、\d]{0,3}$", x.before(7)))
    return x.c.unit in _sets()["space"]


def _enumerator(x: Look) -> bool:
    if x.c.pattern != "count" or x.c.unit:
        return False
    return x.text[x.c.end : x.c.end + 1] in tuple(".．、）)") and bool(_ENUMERATOR.search(x.before(2)))


def _no_unit(x: Look) -> bool:
    """A bare number, unless a word that asks for one stands right before it and nothing goes on after it."""
    if x.c.unit or x.c.pattern != "count":
        return False
    following = x.after(1)
    if following and following not in "，。；、,;）)！ \n" and following not in ("人", "次"):
        return True
    before = x.text[max(0, x.c.start - 12) : x.c.start]
    if x.c.value == 0:
        return not (
            _words()["unitless"].search(before)
            or re.search(r"(?:为|是|量|数|申请|复议|诉讼|收费|结转|新收)\s*$", before)
        )
    return not _words()["unitless"].search(before)


def _vague(x: Look) -> bool:
    """数十次, 上百条, 几十, 十几, 两三次, 3至5次."""
    first = x.text[x.at]
    if first in "十百千万亿" and _words()["vague_before"].search(x.before(2)):
        return True
    if x.c.pattern == "count" and x.text[x.stop : x.stop + 1] == "几":
        return True
    return bool(_RANGE_AFTER.match(x.text, x.c.end) or _RANGE_BEFORE.search(x.before(7)))


def _quoted(x: Look) -> bool:
    """Inside a short quotation (“三块阵地”) or the title of a document (《…》)."""
    opened = x.text.rfind("“", max(0, x.at - 14), x.at)
    if opened >= 0 and "”" not in x.text[opened : x.at] and "\n" not in x.text[opened : x.at]:
        closed = x.text.find("”", x.at, x.at + 14)
        if closed >= 0 and closed - opened <= 14:
            return True
    opened = x.text.rfind("《", max(0, x.at - 60), x.at)
    return opened >= 0 and "》" not in x.text[opened : x.at] and "》" in x.text[x.at : x.at + 60]


def _fixed_phrase(x: Look) -> bool:
    """A phrase such as 三审三校 or 一次性 that covers the numeral."""
    if x.c.pattern != "count":
        return False
    low = max(0, x.at - 8)
    return any(
        m.start() <= x.at < m.end() or x.at <= m.start() < x.stop
        for m in _words()["phrases"].finditer(x.text, low, min(len(x.text), x.stop + 8))
        if m.start() < x.stop
    )


def _abstract(x: Look) -> bool:
    """三个方面, 5个环节: things counted that are no work done."""
    of_unit = load("quantities")["abstract"]["of_unit"].get(x.c.unit)
    if of_unit and x.text[x.c.end : x.c.end + 2].startswith(tuple(of_unit)):
        return True
    if x.c.unit == "条" and re.match("主要(?:是|为|涉及|集中)", x.text[x.c.end : x.c.end + 4]):
        return False  # 其余54条主要是工作动态
    return x.c.unit in _sets()["abstract"] and bool(_words()["abstract"].match(x.text, x.c.end))


def _summary(x: Look) -> bool:
    """网站、公众号、公开栏三处: a numeral that only counts the names before it."""
    if x.stop - x.at != 1 or x.text[x.at] not in _SMALL or x.c.unit not in _GROUPING:
        return False
    begin = max(x.text.rfind(ch, max(0, x.at - 50), x.at) for ch in CLAUSE_ENDS) + 1
    joints = len(re.findall("[、和与及]", x.text[max(begin, x.at - 50) : x.at]))
    return joints >= 1 and joints >= _SMALL[x.text[x.at]] - 1


def _place(x: Look) -> bool:
    """The agency's villages, people and area."""
    if x.c.pattern != "count":
        return False
    before = x.text[max(0, x.c.start - 12) : x.c.start]
    stop = _clause_end(x.text, x.c.end, 40)
    if before.endswith("在") and _SET_UP.search(x.plain, x.c.end, stop):
        return True  # 在8个所设触摸屏8台
    if x.c.unit not in _ITEMS and _words()["owners"].search(before):
        return True
    if x.c.unit in ("人", "户", "个", "家") and _words()["whole"].search(before):
        return x.c.unit in ("人", "户") or bool(_words()["place"].match(x.text, x.c.end))
    if x.c.unit in ("个", "") and _words()["place"].match(x.text, x.c.end):
        return not _words()["boards"].search(x.text, x.c.end, min(stop, x.c.end + 24)) or bool(
            _COUNTED.search(x.plain, x.c.end, stop)
        )
    return False


def _frequency(x: Look) -> bool:
    """每月2次, 每村1块: a rule, not a count."""
    before = x.before(9)
    cut = max(before.rfind(ch) for ch in CLAUSE_ENDS + "、")
    clause = before[cut + 1 :]
    if not any(word in clause for word in load("quantities")["frequency"]["words"]):
        return _is_rule(x)
    return x.c.weak or _is_rule(x) or x.text[max(0, x.at - 1) : x.at] in ("每", "月", "周", "年", "季", "日", "天")


def _how_often(x: Look) -> bool:
    """每季度末对已发布的信息开展一次自查."""
    return x.c.unit == "次" and _EACH_TIME.search(x.before(28)) is not None


def _is_rule(x: Look) -> bool:
    """规定每月不少于4条."""
    begin = max(x.text.rfind(ch, max(0, x.at - 30), x.at) for ch in CLAUSE_ENDS) + 1
    found = _words()["least"].search(x.text, max(begin, x.at - 8), x.at)
    return bool(found) and bool(_words()["rules"].search(x.text, max(begin, x.at - 30), x.at))


def _plan(x: Look) -> bool:
    """What is to be done: after 计划, 力争, 将于 or a later year in the same sentence, with nothing done in between."""
    far = max(0, x.at - 160)
    begin = max(far, max(x.text.rfind(ch, far, x.at) for ch in SENTENCE_ENDS) + 1)
    lead = x.text[begin : x.at]
    marks = [m.end() for m in _words()["plan"].finditer(lead)]
    if marks:
        blocked = [m.span() for m in _words()["not_plan"].finditer(lead)]
        marks = [m for m in marks if not any(a < m <= b for a, b in blocked)]
    if x.year is not None:
        marks += [
            m.end() for m in _YEAR.finditer(x.plain[begin : x.at]) if int(m.group()[:4]) > x.year and _will(lead, m)
        ]
    if not marks:
        return False
    last = max(marks)
    return not _words()["done"].search(lead, last)


def _will(lead: str, year: re.Match[str]) -> bool:
    """After a later year: a plan, unless the year only says until when something was carried or put off."""
    if re.search(r"[转带延留结][入至到待于]?\s*$", lead[: year.start()]):
        return False
    rest = lead[year.end() :]
    return not re.match(r"[^，。]{0,4}(?:办|继续办理|答复|办结)", rest) or "将" in rest[:12]


def _earlier_year(x: Look) -> bool:
    """Last year's own figure, given for comparison: 上年为1.5万件, 去年收的是95件, 而2020年为5,020条; of a rate, 上年为91.8%."""
    if x.c.pattern == "none":
        return False
    if x.c.pattern != "count":
        before = x.plain[max(0, x.at - 16) : x.at]
        return _words()["earlier_rate"].search(before) is not None or _THAN_IN.search(before) is not None
    begin = max(max(x.text.rfind(ch, max(0, x.at - 60), x.at) for ch in "，。！？；\n;（("), x.at - 40) + 1
    lead = x.plain[begin : x.at]
    marks = list(_words()["earlier"].finditer(lead))
    if not marks and x.year is not None:
        set_against = re.match(rf"[，；][^。，；]{{0,6}}(?:{x.year}\s*年|今年|本年)", x.plain[x.c.end : x.c.end + 14])
        earlier = [m for m in _YEAR.finditer(lead) if int(m.group()[:4]) < x.year]
        marks = [m for m in earlier if set_against or _compares(lead, m.end())]
    if not marks:
        return False
    last = marks[-1]
    rest = lead[last.end() :] + x.after(8)
    if _words()["excused"].search(rest) or _words()["taken_over"].search(lead[: last.start()]):
        return False
    if re.search(r"\d", lead[last.end() :]):
        return False  # 由2024年的59处降到4处: the earlier figure came first
    if _words()["carried"].search(rest) or len(lead) - last.end() > 22:
        return False
    increase = re.search(r"(?:增加|减少|增长|下降|多|少|上升|增|减)了?\s*$", lead[last.end() :].rstrip())
    return not (
        increase and re.search(r"[比较]", lead[: last.start() + 1] + lead[max(0, last.start() - 2) : last.start()])
    )


def _compares(lead: str, at: int) -> bool:
    """Whether a clause on an earlier year gives a figure to compare with, not a count of documents of that year."""
    if re.match(r"以来|至|—|-|起|以前|之前|度?(?:部门|财政|预算|决算|年度|工作|政府|\d)", lead[at:]):
        return False
    linked = re.search(r"(?:为|是|仅|只有|有|的)\s*$", lead[at:].rstrip("约近超过"))
    return (
        bool(linked)
        or bool(re.match(r"\s*[比较而由从与同对]", lead))
        or lead[max(0, at - 6) : at - 5] in tuple("比较而由从")
    )


def _target(x: Look) -> bool:
    """完成下达任务数100条的163%: what was to be done, as somebody else set it."""
    return x.after(1) == "的" and _TASK.search(x.before(12)) is not None


def _former(x: Look) -> bool:
    """由28个并为13个: what there was before."""
    return bool(_FROM.search(x.text[max(0, x.c.start - 4) : x.c.start])) and bool(_INTO.match(x.text, x.c.end))


def _clause_end(text: str, at: int, most: int) -> int:
    stop = min(len(text), at + most)
    return next((i for i in range(at, stop) if text[i] in CLAUSE_ENDS), stop)


CHECKS: tuple[tuple[str, Callable[[Look], bool]], ...] = (
    ("time", _time),
    ("ordinal", _ordinal),
    ("space", _space),
    ("identifier", _identifier),
    ("enumerator", _enumerator),
    ("no_unit", _no_unit),
    ("vague", _vague),
    ("fixed_phrase", _fixed_phrase),
    ("quoted", _quoted),
    ("abstract", _abstract),
    ("summary", _summary),
    ("frequency", _frequency),
    ("how_often", _how_often),
    ("place", _place),
    ("former", _former),
    ("target", _target),
    ("plan", _plan),
    ("earlier_year", _earlier_year),
)
