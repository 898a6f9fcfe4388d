"""GD402: most of the narrative stands in another agency's report."""

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
        if copy.kind != "peer" or copy.share <= limit(context, "copied_share"):
            continue
        if report.published and copy.other_published and report.published < copy.other_published:
            # The other report came later: the copy is there, not here.
            continue
        yield hit(copy)


RULE = Rule(
    code="GD402",
    name="copied-from-peer",
    severity="error",
    title={"zh": "与其他单位报告雷同", "en": "Alike to another agency's report"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": "年度报告应当反映本机关当年的工作。叙述文字大部分与另一单位的报告相同，说明其中一份是照抄的；两份都未"
        "注明发布日期时，"
        "两份都予以标记。",
        "en": "A report tells of the agency's own year. Where most of the narrative stands in another agency's "
        "report, one is a "
        "copy; both are marked unless their publication dates tell which came first.",
    },
    advice={
        "zh": "按本单位实际情况重写叙述部分。",
        "en": "Rewrite the narrative from this agency's own work.",
    },
    messages={
        "default": {
            "zh": "叙述文字有{percent}%与“{other}”的报告相同。",
            "en": "{percent} % of the narrative stands in the report of “{other}”.",
        },
        "dated": {
            "zh": "叙述文字有{percent}%与“{name}”{year}年度的报告相同。",
            "en": "{percent} % of the narrative stands in the report of “{name}” for {year}.",
        },
        "unnamed": {
            "zh": "叙述文字有{percent}%与另一份未写明机关的报告相同。",
            "en": "{percent} % of the narrative stands in another report, which names no agency.",
        },
        "unnamed_dated": {
            "zh": "叙述文字有{percent}%与另一份未写明机关的{year}年度报告相同。",
            "en": "{percent} % of the narrative stands in another report for {year}, which names no agency.",
        },
    },
    check=check,
    needs="batch",
    passes=(
        Case(sound(), copies=(Copy("peer", "青云县黑水乡人民政府", 0.2),)),
        Case(sound(), copies=(Copy("previous", "青云县白石镇人民政府2022年", 0.9),)),
        Case(
            sound(front='published: "2024-01-20"\n'),
            copies=(Copy("peer", "青云县黑水乡人民政府", 0.9, (), "2024-01-28"),),
        ),
    ),
    fails=(
        Case(
            sound(),
            evidence=("青云县白石镇人民政府",),
            copies=(Copy("peer", "青云县黑水乡人民政府", 0.9, ((0, 10, 0, 10),)),),
        ),
        Case(
            sound(front='published: "2024-01-30"\n'),
            copies=(Copy("peer", "青云县黑水乡人民政府", 0.9, (), "2024-01-28"),),
        ),
        Case(sound(), copies=(Copy("peer", "", 0.9),)),
    ),
)
