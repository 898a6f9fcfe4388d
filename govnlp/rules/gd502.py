"""GD502: a misspelt fixed term."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import DOCUMENTS_2012
from govnlp.rules.cases import fails, passes
from govnlp.rules.fixed_terms import CONFUSED, FIXED_TERMS, KNOWN_SLIPS, LEGAL_NEIGHBOURS, NAMES_OF_LAWS


def check(report: Report, context: Context) -> Iterator[Hit]:
    text = report.text
    taken: list[tuple[int, int]] = []
    for start, end, term in misspelt(text):
        line, _, _ = text[text.rfind("\n", 0, start) + 1 :].partition("\n")
        if "\t" not in line.strip() and not any(x < end and start < y for x, y in taken):
            taken.append((start, end))
            yield Hit(evidence=((start, end),), values={"found": text[start:end], "term": term})


def misspelt(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a term stands in the text with one character swapped for one that is taken for it or two in the wrong order, longest terms
    first, and where the Regulation goes by another name."""
    for term, pattern in _PATTERNS if _ANY.search(text) else _LAWS:
        for match in pattern.finditer(text):
            if match.group() not in LEGAL_NEIGHBOURS and match.group() != term:
                yield match.start(), match.end(), term
    for match in _SLIPS.finditer(text):
        yield match.start(), match.end(), KNOWN_SLIPS[match.group()]
    for match in _OTHER_LAW.finditer(text):
        yield match.start(), match.end(), "政府信息公开条例"


def _spellings(term: str) -> list[str]:
    """Any spelling of `term` with one of its characters confused or two in the wrong order; in the name of a law also with any other, or one
    left out."""
    spellings = [
        re.escape(term[:i] + wrong + term[i + 1 :]) for i, right in enumerate(term) for wrong in CONFUSED.get(right, "")
    ]
    if len(term) > 3:
        swapped = (
            term[:i] + term[i + 1] + term[i] + term[i + 2 :] for i in range(len(term) - 1) if term[i] != term[i + 1]
        )
        spellings += [re.escape(s) for s in swapped]
    if term in NAMES_OF_LAWS:
        inner = range(2, len(term))
        spellings += [re.escape(term[:i]) + "[\u4e00-\u9fff]" + re.escape(term[i + 1 :]) for i in inner]
        spellings += [re.escape(term[:i] + term[i + 1 :]) for i in range(2, len(term) - 1)]
    return spellings


def _by_first(spellings: Iterable[str]) -> re.Pattern[str]:
    """Any of them; put together by their first characters, it is found nine times as fast as one after the other."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for spelling in spellings:
        rests[spelling[0]].append(spelling[1:])
    return re.compile("|".join(f"{first}(?:{'|'.join(found)})" for first, found in rests.items()))


_SLIPS = re.compile("|".join(KNOWN_SLIPS))
_OTHER_LAW = re.compile(
    "(?<=中华人民共和国)(?!政府)[\u4e00-\u9fff]{1,4}信息公开条例|(?<=《)政府信息(?:管理|公布|公示)条例(?=》)"
)
"""The Regulation with a word of the agency's own put into its name: 中华人民共和国街道信息公开条例."""
_PATTERNS = [(term, re.compile("|".join(_spellings(term)))) for term in sorted(FIXED_TERMS, key=len, reverse=True)]
_LAWS = [(term, pattern) for term, pattern in _PATTERNS if term in NAMES_OF_LAWS]
_ANY = _by_first(spelling for term in FIXED_TERMS if term not in NAMES_OF_LAWS for spelling in _spellings(term))

RULE = Rule(
    code="GD502",
    name="wrong-term",
    severity="info",
    title={"zh": "固定用语有错字", "en": "A misspelt term"},
    basis=(DOCUMENTS_2012,),
    explanation={
        "zh": "法规名称和固定用语有唯一写法，错一个字就是严重表述差错，政府网站检测也会扣分。",
        "en": (
            "Names of laws and fixed terms have one spelling; website inspections count a wrong character as an error."
        ),
    },
    advice={"zh": "改为正确写法。", "en": "Correct the term."},
    messages={"default": {"zh": "“{found}”应为“{term}”。", "en": "“{found}” should read “{term}”."}},
    check=check,
    passes=(
        passes(),
        passes(("半年没有换过内容", "落实三审三校和村务公开、财务公开，配合行政复查")),
        passes(("半年没有换过内容", "对相关负责人追究责任，集中整治度假区，没有换过")),
        passes(("半年没有换过内容", "政府信息公开条目、政府信息公开条数没有换过")),
    ),
    fails=(
        fails(("半年没有换过内容", "没有落实谁发部谁负责"), evidence=("谁发部谁负责",)),
        fails(("信息公开条例", "信息公开条列"), evidence=("政府信息公开条列",)),
        fails(("信息公开条例", "信息公条例"), evidence=("政府信息公条例",)),
        fails(("半年没有换过内容", "没有落实三审三效"), evidence=("三审三效",)),
        fails(("收到申请", "依申请工开收到申请"), evidence=("依申请工开",)),
        fails(("收到申请", "坚持不公开为列外，收到申请"), evidence=("不公开为列外",)),
        fails(("中华人民共和国政府信息公开条例", "中华人民共和国乡镇信息公开条例"), evidence=("乡镇信息公开条例",)),
        fails(("收到申请", "对照《政府信息管理条例》，收到申请"), evidence=("政府信息管理条例",)),
        fails(("收到申请", "没有依申公开，收到申请"), evidence=("依申公开",)),
        fails(("收到申请", "没有主动公开和依申公请开，收到申请"), evidence=("依申公请开",)),
    ),
)
