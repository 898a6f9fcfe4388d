"""GD701: published after 31 January of the next year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_49
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import lines
from govnlp.rules.wording import half_width

DATE = r"(?P<y>20\d\d)\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?"
LABELLED = re.compile(
    rf"(?:发布|公布|公开|发文|成文|印发|上网|添加|录入|发表)(?:日期|时间)(?:为|是)?\s*[:：]?\s*{DATE}"
)
PUBLISHED = (
    LABELLED,
    re.compile(
        rf"{DATE}\s*(?:\d\d:\d\d(?::\d\d)?)?\s*(?:起?正式)?[^。；，,\n]{{0,12}}?(?:发布|公布|登载|刊登|刊载|上网)"
    ),
    re.compile(rf"本(?:年度)?报告[^。；\n]{{0,12}}于\s*{DATE}[^。；\n]{{0,40}}(?:发布|公布|公开|刊登|刊载|上网)"),
)
PERIOD_END = re.compile(r"(20\d\d)\s*年\s*12\s*月\s*31\s*日")
SIGNED = re.compile(rf"^\s*{DATE}\s*$")
Dated = tuple[date, tuple[int, int] | None]
TAIL = 80
"""A date on a line of its own within so many characters of the end is the date of signing."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    if report.year is None:
        return
    # Art. 49 gives departments until 31 January and the authority that reports on a whole government until 31 March. One limit
    # holds here for every kind of agency, the earlier one; the explanation says so.
    # Where title and period name two years, which is GD110, the later one is meant: an old title is the likelier slip.
    deadline = date(max(report.year, *years_of_period(report)) + 1, 1, 31)
    told = report.published or report.source.published
    found: Iterable[Dated] = dates_in_text(report)
    if told:
        found = [(date.fromisoformat(told[:10]), None)] if re.match(r"\d{4}-\d\d-\d\d", told) else []
    for day, span in found:
        if day > deadline:
            evidence = (span,) if span else ()
            yield Hit(evidence=evidence, values={"day": day.isoformat(), "deadline": deadline.isoformat()})
            return


def years_of_period(report: Report) -> list[int]:
    """The years that the period ends in, as the preamble and part one state it; the report's own where none is stated."""
    head = "".join(report.span(s.start, s.end) for s in report.sections if s.id in ("preamble", "overview"))
    return [int(y) for y in PERIOD_END.findall(unicodedata.normalize("NFKC", head))] or [report.year or 0]


def dates_in_text(report: Report) -> Iterator[Dated]:
    """Dates that the text itself calls its publication, or that sign it at its end, with their spans."""
    text = half_width(report.text)
    for pattern in PUBLISHED:
        for match in pattern.finditer(text):
            if pattern is not LABELLED and report.section_at(match.start("y")) != "preamble":
                # Outside the preamble a date of publishing is that of some document or notice.
                continue
            if day := as_date(match):
                yield day, (match.start("y"), match.end("d") + text.startswith("日", match.end("d")))
    for section in report.of_section("preamble"):
        for a, b in lines(report, section.start, section.end):
            alone = SIGNED.match(text[a:b].strip("（）()[]【】 "))
            if alone and (day := as_date(alone)):
                yield day, (a, b)
    tail = text.rstrip()
    start = max(tail.rfind("\n"), 0)
    signed = SIGNED.match(tail[start:]) if len(tail) - start <= TAIL else None
    if signed and (day := as_date(signed)):
        yield day, (start + signed.start("y"), len(tail))


def as_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


RULE = Rule(
    code="GD701",
    name="late",
    severity="warning",
    title={"zh": "公布逾期", "en": "Published late"},
    basis=(ART_49,),
    explanation={
        "zh": "年度报告应当在次年1月31日前公布；汇总本级政府情况的报告，条例给到3月31日，这里同样按1月31日提示。公布日期取自网页信息、正文注明的发布日期或者文末落款。",
        "en": "The report is due by 31 January of the next year; a report on a whole government, for which the "
        "Regulation allows until 31 March, is held to the same date here. The date of publication is the page's, the one that the text "
        "gives, or that "
        "of the signature at its end.",
    },
    advice={
        "zh": "今后按期公布；日期有误的，改正日期。",
        "en": "Publish in time; where the date is wrong, correct it.",
    },
    messages={
        "default": {
            "zh": "报告公布于{day}，期限是{deadline}。",
            "en": "The report was published on {day}; it was due by {deadline}.",
        }
    },
    check=check,
    passes=(
        passes(front='published: "2024-01-31"\n'),
        passes(("费|fees|0|元⟧。{F}\n", "费|fees|0|元⟧。{F}\n2024年1月30日{F}\n")),
        passes(("青云县白石镇人民政府2023年", "青云县白石镇人民政府2022年"), front='published: "2024-01-20"\n'),
        passes(("半年没有换过内容", "2024年3月5日公布的规划没有换过")),
    ),
    fails=(
        fails(("\n本报告依据", "\n（2024-03-05）\n本报告依据"), evidence=("（2024-03-05）",)),
        fails(front='published: "2024-02-01"\n'),
        fails(front='published: "2024-03-06"\n', agency="青云县人民政府", kind="county"),
        fails(("费|fees|0|元⟧。{F}\n", "费|fees|0|元⟧。{F}\n2024年3月5日{F}\n"), evidence=("2024年3月5日",)),
        fails(("电话：0599-6620018", "发布日期：2024-02-08"), evidence=("2024-02-08",)),
        fails(("本报告依据", "本报告于2024年4月2日在县政府网站公布，依据"), evidence=("2024年4月2日",)),
    ),
)
