"""GD403: most of the narrative stands in the agency's own earlier report."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Copy, Report
from govnlp.rules.base import Case, Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import sound
from govnlp.rules.copies import hit
from govnlp.rules.limits import limit


def check(report: Report, context: Context) -> Iterator[Hit]:
    for copy in context.copies:
        if copy.kind == "previous" and copy.share > limit(context, "copied_share"):
            yield hit(copy)


RULE = Rule(
    code="GD403",
    name="copied-from-last-year",
    severity="error",
    title={"zh": "照搬以前年度报告", "en": "Copied from an earlier year"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": "叙述文字大部分照搬本单位以前年度的报告，只改了年份和数字，没有反映当年工作。",
        "en": (
            "Most of the narrative is taken over from the agency's own earlier report with years and numbers changed."
        ),
    },
    advice={"zh": "按当年实际情况重写叙述部分。", "en": "Rewrite the narrative from this year's work."},
    messages={
        "default": {
            "zh": "叙述文字有{percent}%与“{other}”相同。",
            "en": "{percent} % of the narrative stands in the report “{other}”.",
        },
        "dated": {
            "zh": "叙述文字有{percent}%与“{name}”{year}年度的报告相同。",
            "en": "{percent} % of the narrative stands in the report of “{name}” for {year}.",
        },
        "unnamed": {
            "zh": "叙述文字有{percent}%与本机关以前年度的报告相同。",
            "en": "{percent} % of the narrative stands in an earlier report of the agency.",
        },
        "unnamed_dated": {
            "zh": "叙述文字有{percent}%与本机关{year}年度的报告相同。",
            "en": "{percent} % of the narrative stands in the agency's report for {year}.",
        },
    },
    check=check,
    needs="batch",
    passes=(
        Case(sound(), copies=(Copy("previous", "青云县白石镇人民政府2022年", 0.3),)),
        Case(sound(), copies=(Copy("peer", "青云县黑水乡人民政府", 0.9),)),
    ),
    fails=(
        Case(
            sound(),
            evidence=("青云县白石镇人民政府",),
            copies=(Copy("previous", "青云县白石镇人民政府2022年", 0.8, ((0, 10, 0, 10),)),),
        ),
        Case(sound(), copies=(Copy("previous", "2022年", 0.8),)),
    ),
)
