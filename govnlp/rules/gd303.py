"""GD303: reconsideration or litigation in the text differs from the review table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Number, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import is_main, lead, show, trail
from govnlp.schema import REVIEW_BLOCKS, REVIEW_COLUMNS

BLOCKS = {
    "reconsiderations": ("reconsideration",),
    "lawsuits": ("lawsuit_direct", "lawsuit_after_reconsideration"),
}
ONE_RESULT = re.compile(
    "维持|纠正|纠错|败诉|胜诉|驳回|撤销|撤回|撤诉|确认违法|未审结|尚未|审结|责令|变更|调解|尚有|被纠|类案|出庭|直"
    "接起诉|复议后"
)
"""Words that say that only cases of one result or kind are counted."""

RESULTS = (
    (REVIEW_COLUMNS.index("结果维持"), re.compile("维持")),
    (REVIEW_COLUMNS.index("结果纠正"), re.compile("纠正|纠错")),
    (REVIEW_COLUMNS.index("尚未审结"), re.compile("未审结")),
)
"""Column of the table and the words for the result that it counts."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("review")
    if table is None:
        return
    for kind, blocks in BLOCKS.items():
        totals: list[Number | None] = [table.rows[b][-1] for b in blocks if b in table.rows]
        known = [n for n in totals if n is not None]
        if len(known) < len(blocks):
            continue
        for claim in report.claims_of(kind):
            around = lead(report, claim) + claim.text
            if not is_main(report, claim) or ONE_RESULT.search(around) or ONE_RESULT.match(trail(report, claim)):
                continue
            if claim.value != sum(known):
                yield Hit(
                    evidence=((claim.start, claim.end),),
                    cells=tuple(("review", b, len(table.rows[b]) - 1, table.rows[b][-1]) for b in blocks),
                    values={
                        "text": claim.text,
                        "stated": show(claim.value),
                        "block": "、".join(REVIEW_BLOCKS[b] for b in blocks),
                        "number": show(sum(known)),
                    },
                )
            break
    yield from results(report)


def results(report: Report) -> Iterator[Hit]:
    """Statements of how many reconsiderations had one result."""
    numbers = report.tables["review"].rows.get("reconsideration", ())
    for claim in report.claims_of("reconsiderations"):
        before, after = lead(report, claim), trail(report, claim)
        cols = [col for col, words in RESULTS if words.search(before) or words.search(after[:6])]
        if claim.qualifier != "exact" or not claim.value or len(cols) != 1 or after.startswith("中"):
            continue
        number = numbers[cols[0]] if cols[0] < len(numbers) else None
        if number is not None and claim.value != number:
            yield Hit(
                evidence=((claim.start, claim.end),),
                cells=(("review", "reconsideration", cols[0], number),),
                values={
                    "text": before[-8:] + claim.text,
                    "stated": show(claim.value),
                    "block": REVIEW_COLUMNS[cols[0]],
                    "number": show(number),
                },
                message="result",
            )


RULE = Rule(
    code="GD303",
    name="text-table-review",
    severity="error",
    title={"zh": "复议诉讼数量文表不一致", "en": "Review and litigation: text and table differ"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": (
            "总体情况中的行政复议、行政诉讼件数应当与第四部分的表格一致；行政诉讼为“未经复议直接起诉”与“复议后"
            "起诉”总计之和。"
        ),
        "en": "Reconsiderations and lawsuits in the text agree with the table of part four; lawsuits are those "
        "brought directly "
        "and those after reconsideration together.",
    },
    advice={
        "zh": "以案件台账为准，改正文字或者表格。",
        "en": "Correct the text or the table from the register of cases.",
    },
    messages={
        "default": {
            "zh": "文中“{text}”（{stated}），表中“{block}”总计为{number}。",
            "en": "The text says “{text}” ({stated}), the table has {number} for “{block}”.",
        },
        "result": {
            "zh": "文中“{text}”（{stated}），表中行政复议“{block}”为{number}。",
            "en": "The text says “{text}” ({stated}), the table has {number} reconsiderations under “{block}”.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(("发生行政复议⟦1件|reconsiderations|1|件⟧", "行政复议中被纠正的⟦0件|reconsiderations|0|件⟧")),
    ),
    fails=(
        fails(
            (
                "发生行政复议⟦1件|reconsiderations|1|件⟧",
                "行政复议⟦1件|reconsiderations|1|件|id=r⟧，其中纠正⟦1件|reconsiderations|1|件|part=r⟧",
            ),
            evidence=("1件",),
        ),
        fails(
            ("发生行政复议⟦1件|reconsiderations|1|件⟧", "发生行政复议⟦2件|reconsiderations|2|件⟧"), evidence=("2件",)
        ),
        fails(
            ("发生行政复议⟦1件|reconsiderations|1|件⟧", "⟦没有行政复议|reconsiderations|0|件⟧"),
            evidence=("没有行政复议",),
        ),
        fails(("⟦没有行政诉讼|lawsuits|0|件⟧", "行政诉讼⟦3起|lawsuits|3|起⟧"), evidence=("3起",)),
    ),
)
