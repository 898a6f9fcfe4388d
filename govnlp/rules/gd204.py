"""GD204: a review or litigation block does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.schema import REVIEW_BLOCKS


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("review")
    if table is None:
        return
    for block, numbers in table.rows.items():
        parts = [n for n in numbers[:-1] if n is not None]
        total = numbers[-1]
        if len(parts) < len(numbers) - 1 or total is None or abs(sum(parts) - total) < 1e-6:
            continue
        keys = [(block, col) for col in range(len(numbers))]
        yield Hit(
            evidence=cell_spans(table, *keys),
            cells=tuple(("review", block, col, numbers[col]) for _, col in keys),
            values={"block": REVIEW_BLOCKS[block], "sum": sum(parts), "total": total},
        )


RULE = Rule(
    code="GD204",
    name="review-total",
    severity="error",
    title={"zh": "复议诉讼表合计不符", "en": "The review table does not add up"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "复议诉讼表每一组中，结果维持、结果纠正、其他结果、尚未审结之和应当等于总计。",
        "en": "In each block of the review table upheld, corrected, other and pending add up to the total.",
    },
    advice={
        "zh": "核对案件台账，改正分项或者总计。",
        "en": "Check the register of cases and correct the parts or the total.",
    },
    messages={
        "default": {
            "zh": "“{block}”四项相加为{sum}，总计却是{total}。",
            "en": "The four results of “{block}” add up to {sum}, but the total is {total}.",
        }
    },
    check=check,
    passes=(passes(), passes(("[1, 0, 0, 0, 1]", "[1, null, 0, 0, 1]"))),
    fails=(fails(("[1, 0, 0, 0, 1]", "[1, 1, 0, 0, 1]"), evidence=("1", "1", "0", "0", "1")),),
)
