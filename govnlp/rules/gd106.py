"""GD106: tables or parts of an older national format for the report's year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import FORMAT_2019, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import FIRST_YEAR, FIRST_YEAR_OF_2021, lines, opening

TABLE_LABELS_OF_2019 = re.compile(
    "本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|其他对外管理服务事项|采购项目数量|政府集中采购"
)
PARTS_BEFORE_2019 = re.compile(
    r"[一二三四五六七八九十]+、\s*(概述|(政府信息)?(公开)?(的)?收费(标准)?(及|和|、|与)?(其)?减免.{0,4}|"
    r"政府信息公开(的)?(支出|收费).{0,10})"
)


def check(report: Report, context: Context) -> Iterator[Hit]:
    if report.year is None or report.year < FIRST_YEAR:
        return
    found = False
    for section in report.sections:
        for a, b in lines(report, section.start, section.end):
            line = report.span(a, b)
            if report.year >= FIRST_YEAR_OF_2021 and (label := TABLE_LABELS_OF_2019.search(line)) and "\t" in line:
                found = True
                where = (a + label.start(), a + label.end())
                yield Hit(evidence=(where,), values={"what": label.group(), "year": report.year}, message="label")
                break
            if PARTS_BEFORE_2019.fullmatch(line):
                found = True
                yield Hit(evidence=((a, b),), values={"what": line, "year": report.year}, message="part")
    obsolete = report.format == "pre2019" or (report.format == "2019" and report.year >= FIRST_YEAR_OF_2021)
    if obsolete and not found and report.sections:
        where = opening(report, report.sections[0])
        yield Hit(evidence=(where,), values={"what": report.format, "year": report.year})


RULE = Rule(
    code="GD106",
    name="obsolete-format",
    severity="warning",
    title={"zh": "沿用旧格式", "en": "An older national format"},
    basis=(FORMAT_2021, FORMAT_2019),
    explanation={
        "zh": "2019年度起报告按全国统一格式编写，2021年度起改用2021年印发的格式。旧格式的部分（概述、收费及减免）和"
        "旧表"
        "（本年新制作数量、上一年项目数量、政府集中采购）不再使用。",
        "en": "From the year 2019 reports follow a national format, from 2021 the one issued in 2021. Parts and "
        "tables of "
        "older forms (fees and exemptions as a part, items of the year before, procurement) are no longer in use.",
    },
    advice={
        "zh": "改用现行格式的六个部分和三张表。",
        "en": "Use the six parts and three tables of the format in force.",
    },
    messages={
        "default": {
            "zh": "{year}年度的报告仍按旧格式（{what}）编写。",
            "en": "The report for {year} follows an older format ({what}).",
        },
        "part": {
            "zh": "{year}年度的报告保留了旧格式的“{what}”。",
            "en": "The report for {year} has the old part “{what}”.",
        },
        "label": {
            "zh": "{year}年度的报告使用了旧表的“{what}”一栏。",
            "en": "The report for {year} has the old table's column “{what}”.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(
            ("[[table proactive]]", "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量"),
            year=2019,
            format="2019",
        ),
        passes(("#六、其他需要报告的事项", "#四、收费及减免情况"), year=2017, format="pre2019"),
    ),
    fails=(
        fails(
            ("@other_matters\n", "@other_matters\n#七、收费及减免情况\n"),
            evidence=("七、收费及减免情况",),
        ),
        fails(("[[table proactive]]", "信息内容\t本年新制作数量\t对外公开总数量"), evidence=("本年新制作数量",)),
    ),
)
