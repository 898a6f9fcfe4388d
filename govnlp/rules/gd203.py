"""GD203: in a column of the requests table new and carried in do not balance with handled and carried out."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.schema import APPLICANTS

ROWS = ("new", "carried_in", "total", "carried_out")


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("requests")
    if table is None or any(row not in table.rows for row in ROWS):
        return
    for col, applicant in enumerate(APPLICANTS):
        new, carried_in, total, carried_out = (table.rows[row][col] for row in ROWS)
        if new is None or carried_in is None or total is None or carried_out is None:
            continue
        if abs(new + carried_in - total - carried_out) < 1e-6:
            continue
        yield Hit(
            evidence=cell_spans(table, *((row, col) for row in ROWS)),
            cells=tuple(("requests", row, col, table.rows[row][col]) for row in ROWS),
            values={
                "column": applicant,
                "new": new,
                "carried_in": carried_in,
                "total": total,
                "carried_out": carried_out,
            },
        )


RULE = Rule(
    code="GD203",
    name="balance",
    severity="error",
    title={"zh": "申请表勾稽关系不成立", "en": "The requests table does not balance"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "格式规定的勾稽关系：本年新收加上年结转，等于办理结果总计加结转下年度。",
        "en": "The format's balance: new requests and those carried in equal those handled and those carried out.",
    },
    advice={
        "zh": "核对收件、结转和办结台账，改正四个数中有误的一个。",
        "en": "Check the registers and correct whichever of the four numbers is wrong.",
    },
    messages={
        "default": {
            "zh": "“{column}”一列：新收{new}加上年结转{carried_in}，不等于办理{total}加结转下年{carried_out}。",
            "en": "Column “{column}”: {new} new and {carried_in} carried in do not equal {total} handled and "
            "{carried_out} "
            "carried out.",
        }
    },
    check=check,
    passes=(passes(), passes(("carried_in: [1, 0, 0, 0, 0, 0, 1]", "carried_in: [null, 0, 0, 0, 0, 0, null]"))),
    fails=(
        fails(
            ("new: [2, 1, 0, 0, 0, 0, 3]", "new: [2, 1, 0, 0, 0, 0, 3], carried_out: [0, 0, 0, 0, 0, 2, 2]"),
            evidence=("0", "0", "0", "2", "3", "1", "4", "2"),
        ),
    ),
)
