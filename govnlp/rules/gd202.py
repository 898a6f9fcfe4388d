"""GD202: in a column of the requests table the outcomes do not add up to （七）总计."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.schema import APPLICANTS, OUTCOME_ROWS


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("requests")
    if table is None or "total" not in table.rows:
        return
    for col, applicant in enumerate(APPLICANTS):
        outcomes = [table.rows[row][col] for row in OUTCOME_ROWS if row in table.rows]
        known = [n for n in outcomes if n is not None]
        total = table.rows["total"][col]
        if len(known) < len(OUTCOME_ROWS) or total is None or abs(sum(known) - total) < 1e-6:
            continue
        cells = [("requests", row, col, table.rows[row][col]) for row in OUTCOME_ROWS if table.rows[row][col]]
        yield Hit(
            evidence=cell_spans(table, ("total", col)),
            cells=(*cells, ("requests", "total", col, total)),
            values={"column": applicant, "sum": sum(known), "total": total},
        )


RULE = Rule(
    code="GD202",
    name="outcome-total",
    severity="error",
    title={"zh": "办理结果合计不符", "en": "The outcomes do not add up"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "申请表每一列中，（一）至（六）各类办理结果之和应当等于（七）总计。",
        "en": "In each column of the requests table the outcomes （一） to （六） add up to （七）.",
    },
    advice={
        "zh": "核对办理台账，改正各类结果或者总计。",
        "en": "Check the register and correct the outcomes or the total.",
    },
    messages={
        "default": {
            "zh": "“{column}”一列各类办理结果相加为{sum}，（七）总计却是{total}。",
            "en": "The outcomes in the column “{column}” add up to {sum}, but （七） is {total}.",
        }
    },
    check=check,
    passes=(passes(), passes(("granted: [3, 0, 0, 0, 0, 0, 3]", "granted: [null, 0, 0, 0, 0, 0, null]"))),
    fails=(
        fails(
            ("total: [3, 1, 0, 0, 0, 0, 4]", "total: [3, 1, 0, 0, 0, 0, 5]"),
            evidence=("5",),
        ),
    ),
)
