"""GD206: fewer documents in force than issued in the same year, and nothing repealed explains it."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes

STOCK_ROWS = ("规章", "行政规范性文件")


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("proactive")
    if table is None:
        return
    for row in STOCK_ROWS:
        numbers = table.rows.get(row, ())
        if len(numbers) != 3:
            continue
        issued, repealed, valid = numbers
        if issued is None or repealed is None or valid is None or valid >= issued - repealed:
            continue
        yield Hit(
            evidence=cell_spans(table, *((row, col) for col in range(3))),
            cells=tuple(("proactive", row, col, n) for col, n in enumerate(numbers)),
            values={"row": row, "issued": issued, "repealed": repealed, "valid": valid},
        )


RULE = Rule(
    code="GD206",
    name="stock",
    severity="warning",
    title={"zh": "现行有效件数偏小", "en": "Fewer documents in force than issued"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "本年制发的文件扣除本年废止的，年末至少还应当有效；现行有效件数不能比它小。",
        "en": "What was issued in the year less what was repealed is at least in force at its end.",
    },
    advice={
        "zh": "核对文件清理结果，填写年末全部现行有效件数。",
        "en": "Count all documents in force at the end of the year.",
    },
    messages={
        "default": {
            "zh": "“{row}”本年制发{issued}件、废止{repealed}件，现行有效却只有{valid}件。",
            "en": "“{row}”: {issued} issued and {repealed} repealed in the year, but only {valid} in force.",
        }
    },
    check=check,
    passes=(passes(), passes(("[1, 0, 3]", "[4, 2, 2]"))),
    fails=(fails(("[1, 0, 3]", "[4, 0, 2]"), evidence=("4", "0", "2")),),
)
