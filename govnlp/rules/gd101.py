"""GD101: one of the six parts of the national format is absent."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import parts_present, six_parts_due
from govnlp.schema import PART_TITLES, PARTS


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not six_parts_due(report) or not report.sections:
        return
    there = parts_present(report)
    for part in PARTS:
        if part not in there:
            yield Hit(values={"part": PART_TITLES[part]})


RULE = Rule(
    code="GD101",
    name="missing-part",
    severity="error",
    title={"zh": "缺少部分", "en": "A part is missing"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": (
            "统一格式要求报告依次写明六个部分，没有发生的也要写明“无”或者填零，不得省略。2018年及以前的报告不适用。"
        ),
        "en": "The national format asks for six parts; what did not happen is reported as none or zero, never left "
        "out. "
        "Reports for 2018 and before are not held to it.",
    },
    advice={
        "zh": "补上缺少的部分；没有相关情况的，在该部分写明没有。",
        "en": "Add the missing part; where there is nothing to report, say so in it.",
    },
    messages={"default": {"zh": "报告缺少“{part}”部分。", "en": "The report lacks the part “{part}”."}},
    check=check,
    passes=(
        passes(),
        passes(("@review_table\n#四、政府信息公开行政复议、行政诉讼情况\n", "")),
        passes(
            ("@other_matters\n#六、其他需要报告的事项\n本年度⟦未收取信息处理费|fees|0|元⟧。{F}\n", ""),
            year=2016,
            format="pre2019",
        ),
    ),
    fails=(
        fails(("@other_matters\n#六、其他需要报告的事项\n本年度⟦未收取信息处理费|fees|0|元⟧。{F}\n", "")),
        fails(("@review_table\n#四、政府信息公开行政复议、行政诉讼情况\n[[table review]]\n", "")),
    ),
)
