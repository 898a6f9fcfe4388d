"""GD208: last year's documents in force, plus issued, less repealed, are not this year's in force."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Case, Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import sound
from govnlp.rules.gd206 import STOCK_ROWS
from govnlp.rules.gd207 import follows


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not follows(report, context.previous) or context.previous is None:
        return
    now, before = report.tables.get("proactive"), context.previous.tables.get("proactive")
    if now is None or before is None:
        return
    for row in STOCK_ROWS:
        numbers, earlier = now.rows.get(row, ()), before.rows.get(row, ())
        if len(numbers) != 3 or len(earlier) != 3 or earlier[2] is None:
            continue
        issued, repealed, valid = numbers
        if issued is None or repealed is None or valid is None:
            continue
        expected = earlier[2] + issued - repealed
        if abs(expected - valid) > 1e-6:
            values = {"row": row, "stock": earlier[2], "issued": issued, "repealed": repealed, "valid": valid}
            yield Hit(
                evidence=cell_spans(now, *((row, col) for col in range(3))),
                cells=tuple(("proactive", row, col, n) for col, n in enumerate(numbers)),
                values={**values, "expected": expected},
            )


RULE = Rule(
    code="GD208",
    name="stock-flow",
    severity="warning",
    title={"zh": "现行有效件数与上年衔接不上", "en": "Documents in force do not follow from last year's"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "上年现行有效件数加本年制发、减本年废止，应当等于本年现行有效件数。",
        "en": "Last year's documents in force plus those issued less those repealed are this year's in force.",
    },
    advice={
        "zh": "核对文件清理结果；统计口径有调整的，在报告中说明。",
        "en": "Check the stock of documents; where the way of counting changed, say so in the report.",
    },
    messages={
        "default": {
            "zh": (
                "“{row}”上年现行有效{stock}件，加本年制发{issued}件、减废止{repealed}件应为{expected}件，表中是"
                "{valid}件。"
            ),
            "en": "“{row}”: {stock} in force last year, {issued} issued and {repealed} repealed make {expected}, "
            "but the table "
            "has {valid}.",
        }
    },
    check=check,
    needs="previous",
    passes=(
        Case(sound(), previous=sound(("行政规范性文件: [1, 0, 3]", "行政规范性文件: [0, 1, 2]"), year=2022)),
        Case(sound(), previous=sound(year=2021)),
    ),
    fails=(Case(sound(), evidence=("1", "0", "3"), previous=sound(year=2022)),),
)
