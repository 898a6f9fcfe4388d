"""GD201: in a row of the requests table the six applicant columns do not add up to the total."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.schema import REQUEST_ROWS


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("requests")
    if table is None:
        return
    for row, numbers in table.rows.items():
        parts = [n for n in numbers[:-1] if n is not None]
        total = numbers[-1]
        if len(parts) < len(numbers) - 1 or total is None or abs(sum(parts) - total) < 1e-6:
            continue
        keys = [(row, col) for col in range(len(numbers))]
        yield Hit(
            evidence=cell_spans(table, keys[-1]),
            cells=tuple(("requests", row, col, numbers[col]) for _, col in keys),
            values={"row": REQUEST_ROWS[row], "sum": sum(parts), "total": total},
        )


RULE = Rule(
    code="GD201",
    name="row-total",
    severity="error",
    title={"zh": "申请表行合计不符", "en": "A row of the requests table does not add up"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "申请表每一行中，自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六列之和应当等于总计。",
        "en": "In each row of the requests table the six kinds of applicants add up to the total.",
    },
    advice={
        "zh": "核对申请台账，改正分项或者总计。",
        "en": "Check the register of requests and correct the parts or the total.",
    },
    messages={
        "default": {
            "zh": "“{row}”一行六列相加为{sum}，总计却是{total}。",
            "en": "The six columns of “{row}” add up to {sum}, but the total is {total}.",
        }
    },
    check=check,
    passes=(passes(), passes(("new: [2, 1, 0, 0, 0, 0, 3]", "new: [2, null, 0, 0, 0, 0, 3]"))),
    fails=(fails(("new: [2, 1, 0, 0, 0, 0, 3]", "new: [2, 1, 0, 0, 0, 0, 13]"), evidence=("13",)),),
)
