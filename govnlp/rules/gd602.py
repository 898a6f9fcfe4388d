"""GD602: a repealed version of the regulation is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import SINCE_2019
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import FIRST_YEAR

REPEALED = re.compile(r"国(?:务院)?令?\s*第?\s*[4４][9９][2２]\s*号(?:令|公布)?")
OLD_DATES = re.compile(
    r"2008年5月1日(?:起|开始)?(?:正式)?(?:施行|实施|生效)(?=的《?(?:中华人民共和国)?政府信息公开条例)"
    r"|(?<=政府信息公开条例》（)2007年[^）]{0,12}(?:公布|版|国务院)|2007年版(?=《?(?:中华人民共和国)?政府信息公开条例)"
)
HISTORY = re.compile(r"废止|修订前|原条例|旧条例|旧版|不再|此前|替代|取代|代替|失效|误引|仍引用|仍然引用|引用的")
NUMBER_IN_FORCE = re.compile(r"711\s*号")


def check(report: Report, context: Context) -> Iterator[Hit]:
    if report.year is None or report.year < FIRST_YEAR:
        return
    for match in [*REPEALED.finditer(report.text), *OLD_DATES.finditer(report.text)]:
        start = max(report.text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        end = min((i for mark in "。；\n" if (i := report.text.find(mark, match.end())) >= 0), default=len(report.text))
        around = report.span(start, end)
        if HISTORY.search(around) or NUMBER_IN_FORCE.search(around):
            continue
        yield Hit(evidence=(match.span(),), values={"year": report.year})
        return


RULE = Rule(
    code="GD602",
    name="repealed-law",
    severity="warning",
    title={"zh": "引用已废止的条例", "en": "A repealed regulation is cited"},
    basis=(SINCE_2019,),
    explanation={
        "zh": (
            "《政府信息公开条例》2019年修订，以国务院令第711号公布。2019年度起的报告仍以第492号令为依据，是沿用旧稿。"
        ),
        "en": "The regulation was revised in 2019 and promulgated as decree 711. Reports from 2019 on that rest on "
        "decree 492 "
        "follow an old draft. A mention as history is no defect.",
    },
    advice={"zh": "改为国务院令第711号，并核对条文序号。", "en": "Cite decree 711 and check the article numbers."},
    messages={
        "default": {
            "zh": "{year}年度的报告引用了已被修订替代的旧条例（国务院令第492号）。",
            "en": "The report for {year} cites the old regulation (decree 492), which has been replaced.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes(("信息公开条例》编制", "信息公开条例》（国务院令第492号）编制"), year=2015, format="pre2019"),
        passes(("半年没有换过内容", "仍贴着国务院令第492号的旧版条例，没有换过")),
    ),
    fails=(
        fails(("信息公开条例》编制", "信息公开条例》（国务院令第492号）编制"), evidence=("国务院令第492号",)),
        fails(("本报告依据", "本报告依据2008年5月1日起施行的"), evidence=("2008年5月1日起施行",)),
        fails(("信息公开条例》编制", "信息公开条例》（国务院第492号令）编制"), evidence=("国务院第492号令",)),
    ),
)
