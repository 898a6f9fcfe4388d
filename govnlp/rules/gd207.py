"""GD207: what last year's report carried out is not what this year's carried in."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Case, Context, Hit, Rule, cell_spans
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import sound
from govnlp.schema import APPLICANTS


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not follows(report, context.previous) or context.previous is None:
        return
    now, before = report.tables.get("requests"), context.previous.tables.get("requests")
    if now is None or before is None:
        return
    pairs = list(zip(before.rows.get("carried_out", ()), now.rows.get("carried_in", ()), strict=False))
    wrong = [
        (col, out, into)
        for col, (out, into) in enumerate(pairs)
        if out is not None and into is not None and abs(out - into) > 1e-6
    ]
    if not wrong:
        return
    # The total says it all where it differs; else the kind of applicant that does.
    col, out, into = wrong[-1]
    yield Hit(
        evidence=cell_spans(now, ("carried_in", col)),
        cells=(("requests", "carried_in", col, into),),
        values={"out": out, "into": into, "column": APPLICANTS[col], "year": context.previous.year or ""},
    )


def follows(report: Report, previous: Report | None) -> bool:
    """Whether `previous` is the report of the year right before."""
    return previous is not None and (report.year is None or previous.year is None or previous.year == report.year - 1)


RULE = Rule(
    code="GD207",
    name="carry-over",
    severity="error",
    title={"zh": "结转数与上年报告不符", "en": "Carried in differs from last year's carried out"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": "上年报告的“结转下年度继续办理”应当等于本年报告的“上年结转”。",
        "en": "What last year's report carries out equals what this year's carries in.",
    },
    advice={
        "zh": "核对两年台账；上年报告有误的，在本年报告中说明。",
        "en": "Check both years' registers; where last year's report was wrong, say so in this one.",
    },
    messages={
        "default": {
            "zh": "{year}年报告结转下年{out}件（{column}），本年报告的上年结转却是{into}件。",
            "en": "The report for {year} carried {out} out ({column}), but this one carries {into} in.",
        }
    },
    check=check,
    needs="previous",
    passes=(
        Case(
            sound(),
            previous=sound(("carried_in: [1, 0, 0, 0, 0, 0, 1]", "carried_out: [1, 0, 0, 0, 0, 0, 1]"), year=2022),
        ),
        Case(sound(), previous=sound(year=2020)),
    ),
    fails=(Case(sound(), evidence=("1",), previous=sound(year=2022)),),
)
