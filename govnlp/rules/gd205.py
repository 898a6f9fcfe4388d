"""GD205: a negative, fractional or unreadable number where a count is due."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.gd108 import is_blank

MONEY = ("proactive", "行政事业性收费")
"""The one row that holds money, and so may have decimals."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    for table in report.tables.values():
        for (row, col), ref in table.cells.items():
            if ref.raw is None or is_blank(ref) or row not in table.rows or col >= len(table.rows[row]):
                continue
            number = table.rows[row][col]
            if number is None:
                kind = "unreadable"
            elif number < 0:
                kind = "negative"
            elif number != int(number) and (table.name, row) != MONEY:
                kind = "fractional"
            else:
                continue
            cells = ((table.name, row, col, ref.raw),)
            values = {"raw": ref.raw.strip(), "row": row}
            yield Hit(evidence=cell_spans(table, (row, col)), cells=cells, values=values, message=kind)


RULE = Rule(
    code="GD205",
    name="bad-number",
    severity="error",
    title={"zh": "表格数字无效", "en": "An invalid number in a table"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "件数只能是零或者正整数；只有行政事业性收费金额可以有小数。",
        "en": "Counts are zero or positive whole numbers; only the amount of fees may have decimals.",
    },
    advice={"zh": "按台账改正这一格。", "en": "Correct the cell from the register."},
    messages={
        "default": {"zh": "“{row}”填的{raw}无效。", "en": "“{row}” holds the invalid {raw}."},
        "negative": {"zh": "“{row}”填了负数{raw}。", "en": "“{row}” holds the negative number {raw}."},
        "fractional": {"zh": "“{row}”应填整数，却填了{raw}。", "en": "“{row}” counts whole things, but holds {raw}."},
        "unreadable": {"zh": "“{row}”填的“{raw}”不是数字。", "en": "“{row}” holds “{raw}”, which is no number."},
    },
    check=check,
    passes=(passes(), passes(("行政处罚: 6", "行政处罚: 6, 行政事业性收费: 12.58"))),
    fails=(
        fails(("行政处罚: 6", "行政处罚: 6.5"), evidence=("6.5",)),
        fails(("[1, 0, 3]", "[1, -1, 3]"), evidence=("-1",)),
        fails(("[1, 0, 3]", "[1, 0, O3]"), evidence=("O3",)),
    ),
)
