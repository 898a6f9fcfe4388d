"""GD306: statements about fees contradict each other or the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6, ART_42, FEES_2020
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import lead, show

ADMINISTRATIVE = re.compile("行政事业性收费|登记费|考试费|水资源费|罚没")
DISCLOSURE = re.compile("信息处理费|处理费|信息公开|检索|复制|复印|邮寄|工本|申请人|成本费")
"""Fees for disclosure on request, the only ones that the last part reports on."""
KINDS = re.compile("检索|复制|复印|邮寄|工本|公告")
REDUCED = re.compile("减免|免收|退还|减征")
NARROW_NONE = re.compile("行政事业性收费|捐赠|罚没")


def check(report: Report, context: Context) -> Iterator[Hit]:
    fees = report.claims_of("fees")
    collected = [
        c
        for c in fees
        if c.value > 0
        and DISCLOSURE.search(lead(report, c) + c.text)
        and (c.unit == "元" or "信息处理费" in lead(report, c))
        and not REDUCED.search(lead(report, c) + c.text)
        and not ADMINISTRATIVE.search(lead(report, c))
    ]
    none = [
        c
        for c in fees
        if c.value == 0 and c.part_of is None and not REDUCED.search(c.text) and not NARROW_NONE.search(c.text)
    ]
    # of the single kinds of fees one may be charged and another not
    none = [c for c in none if not any(of_other_kinds(lead(report, x) + x.text, c.text) for x in collected)]
    if collected and none:
        yield Hit(
            evidence=((collected[0].start, collected[0].end), (none[0].start, none[0].end)),
            values={"one": collected[0].text, "other": none[0].text},
        )
    amounts = [c for c in collected if "信息处理费" in lead(report, c) + c.text and c.part_of is None]
    for one, other in pairwise(amounts):
        if one.value != other.value and one.unit == other.unit:
            yield Hit(
                evidence=((one.start, one.end), (other.start, other.end)),
                values={"one": one.text, "other": other.text},
            )
            break
    yield from against_table(report)


def of_other_kinds(charged: str, denied: str) -> bool:
    """Whether both name kinds of fees, and none in common: 收取复制费218元，没有收取检索费、邮寄费."""
    kinds, others = set(KINDS.findall(charged)), set(KINDS.findall(denied))
    return bool(kinds and others) and not kinds & others


def against_table(report: Report) -> Iterator[Hit]:
    """Administrative fees that the text has and the table's zero denies, or the other way round."""
    table = report.tables.get("proactive")
    number = table.rows.get("行政事业性收费", (None,))[0] if table else None
    if number is None:
        return
    for claim in report.claims_of("fees"):
        if "行政事业性收费" not in lead(report, claim) + claim.text or REDUCED.search(lead(report, claim) + claim.text):
            continue
        if (claim.value == 0) != (number == 0):
            yield Hit(
                evidence=((claim.start, claim.end),),
                cells=(("proactive", "行政事业性收费", 0, number),),
                values={"text": claim.text, "number": show(number)},
                message="table",
            )
            return


RULE = Rule(
    code="GD306",
    name="fees-conflict",
    severity="error",
    title={"zh": "收费情况自相矛盾", "en": "Statements about fees conflict"},
    basis=(ART_6, ART_42, FEES_2020),
    explanation={
        "zh": "一处写收取了费用，另一处写没有收取任何费用，或者与表格中的行政事业性收费矛盾。",
        "en": (
            "One place states fees collected, another that none were, or the table of administrative fees says "
            "otherwise."
        ),
    },
    advice={"zh": "核对收费台账，统一各处表述。", "en": "Check the register of fees and make the statements agree."},
    messages={
        "default": {"zh": "“{one}”与“{other}”矛盾。", "en": "“{one}” contradicts “{other}”."},
        "table": {
            "zh": "文中“{text}”，表中行政事业性收费却是{number}万元。",
            "en": "The text says “{text}”, but the table has {number} (10,000 yuan) of administrative fees.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(("本年度⟦未收取信息处理费|fees|0|元⟧", "收取复印费⟦12元|fees|12|元⟧，⟦无减免|fees|0|元⟧")),
        passes(("培训村级", "行政事业性收费⟦0元|fees|0|元⟧，培训村级")),
    ),
    fails=(
        fails(("培训村级", "收取复制费⟦12元|fees|12|元⟧，培训村级"), evidence=("12元", "未收取信息处理费")),
        fails(("培训村级", "收取行政事业性收费⟦3万元|fees|3|万元⟧，培训村级"), evidence=("3万元",)),
    ),
)
