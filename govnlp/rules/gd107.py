"""GD107: one of the three national tables is absent or unreadable."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_20, ART_50, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.gd106 import TABLE_LABELS_OF_2019
from govnlp.rules.gd108 import is_blank
from govnlp.rules.parts import opening, six_parts_due
from govnlp.schema import PART_TITLES, TABLES


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not six_parts_due(report):
        return
    for name in TABLES:
        sections = report.of_section(f"{name}_table")
        evidence = tuple(opening(report, s) for s in sections[:1])
        values = {"table": PART_TITLES[f"{name}_table"]}
        table = report.tables.get(name)
        if table is None:
            # The first table had other rows and columns in the format of 2019; whether it may still be used is GD106's matter.
            if not any(TABLE_LABELS_OF_2019.search(report.span(s.start, s.end)) for s in sections):
                yield Hit(evidence=evidence, values=values)
        elif (
            table.layout != "2019"
            and not any(n is not None for row in table.rows.values() for n in row)
            and not any(is_blank(ref) for ref in table.cells.values())
        ):
            yield Hit(evidence=evidence, values=values, message="unreadable")


RULE = Rule(
    code="GD107",
    name="missing-table",
    severity="error",
    title={"zh": "缺少表格", "en": "A table is missing"},
    basis=(ART_20, ART_50, FORMAT_2021),
    explanation={
        "zh": "第二、三、四部分各有一张全国统一的表格。没有发生的事项填零，不得删去表格，也不得只放无法读取的图片。",
        "en": "Parts two, three and four each hold a national table. What did not happen is zero; the table may not "
        "be left "
        "out, nor given as a picture that cannot be read.",
    },
    advice={
        "zh": "按统一格式补上表格，逐格填数。",
        "en": "Add the table of the national format with a number in each cell.",
    },
    messages={
        "default": {"zh": "没有“{table}”的表格。", "en": "The table of “{table}” is absent."},
        "unreadable": {"zh": "“{table}”的表格里读不出数字。", "en": "No number can be read in the table of “{table}”."},
    },
    check=check,
    passes=(
        passes(),
        passes(("[[table requests]]\n", ""), year=2015, format="pre2019"),
        passes(
            ("[[table proactive]]", "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0"),
            year=2020,
            format="2019",
        ),
    ),
    fails=(
        fails(("[[table requests]]\n", ""), evidence=("三、收到和处理政府信息公开申请情况",)),
        fails(("[[table review]]", "见附图"), evidence=("四、政府信息公开行政复议、行政诉讼情况",)),
    ),
)
