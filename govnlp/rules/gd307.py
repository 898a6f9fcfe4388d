"""GD307: a rate over 100 %, or one that the counts contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Claim, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import claims_between, lead, show, stretch, trail

GROWTH = re.compile(
    "增长|上升|提高|同比|环比|增幅|增加|提升|翻|高于|涨|超额|目标|任务|计划|是上年|为上年|达到上年|相当于|降|较"
)
SHARE = re.compile("率|占|比例|比重|达标|满意")
DONE_RATE = re.compile("办结率|答复率|回复率|办理率|办复率|反馈率|处理率")
IN_TIME = re.compile("按期|按时|限时|及时|期限内|法定")
CASES = ("responses", "proposals")
LATE = re.compile(
    "(?<!没有)(?<!无)(?<!未)(?<!不)(?:逾期|超期|超时|超(?:出|过)了?(?:法定)?(?:答复)?期限|(?:法定)?期限已过)"
)
AFTER = 30
"""How many characters after a number may tell that these cases were late."""
CAME_IN = re.compile("收到|接到|接收|受理|接受|转来|转办|派发|交办|接|收")
SETTLED = re.compile("办结|办理|办复|答复|回复|处理|解决|回应")
PENDING = re.compile("其余|剩余|正在|在办|未到期|尚在|跨年|结转|转结|转入|余下|去年|上年")
"""Words that tell what became of those not yet closed."""
TOLERANCE = 1.5
"""Percentage points that rounding and late closing may explain."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    for claim in report.claims_of("rate"):
        words = lead(report, claim)
        if claim.value > 100 and claim.unit in ("%", "％", "") and not GROWTH.search(words) and SHARE.search(words):
            yield hit(claim)
        elif DONE_RATE.search(words) and claim.qualifier == "exact":
            yield from against_counts(report, claim, words)


def against_counts(report: Report, rate: Claim, words: str) -> Iterator[Hit]:
    """A closing rate beside the counts that it is made of, in the same sentence."""
    near = [c for c in claims_between(report, *stretch(report.text, rate, "。\n")) if c.qualifier == "exact"]
    late = [c for c in near if c.value > 0 and was_late(report, c)]
    if rate.value >= 100 and late and IN_TIME.search(words):
        yield hit(rate, *late)
        return
    received = [c for c in near if c.type == "requests_received" and c.part_of is None]
    handled = [c for c in near if c.type == "requests_handled" and c.part_of is None]
    carried = [c for c in near if c.type == "requests_carried" and c.part_of is None]
    if len(received) != 1 or len(handled) != 1 or not received[0].value:
        yield from against_cases(report, rate, words, near)
        return
    came_in = sum(c.value for c in carried if re.search("上年|去年|往年", lead(report, c)))
    left_over = sum(c.value for c in carried) - came_in
    due = received[0].value + came_in
    # what is carried over is not closed, though it may be answered in time
    not_closed = left_over and "办结率" in words and not IN_TIME.search(words)
    if rate.value >= 100 and (not_closed or due > handled[0].value + left_over):
        yield hit(rate, received[0], handled[0])
    elif rate.value < 100 and not IN_TIME.search(words) and not left_over:
        worked_out = 100 * handled[0].value / due
        if abs(worked_out - rate.value) > TOLERANCE:
            yield hit(rate, received[0], handled[0])


def was_late(report: Report, claim: Claim) -> bool:
    """Whether the words before a number, or right after it in its sentence, say that these cases were late."""
    return LATE.search(lead(report, claim) + "\n" + trail(report, claim, "。；;\n", AFTER)) is not None


def against_cases(report: Report, rate: Claim, words: str, near: list[Claim]) -> Iterator[Hit]:
    """A closing rate right after the numbers of complaints, messages or proposals that came and that were closed."""
    before = [c for c in near if c.end <= rate.start][-2:]
    if len(before) != 2 or IN_TIME.search(words):
        return
    came, settled = before
    if came.type != settled.type or came.type not in CASES or came.unit != settled.unit or not came.value:
        return
    if settled.part_of not in (came.id, None) or came.part_of is not None:
        return
    said = report.span(came.start, rate.start)
    if not CAME_IN.search(lead(report, came)) or not SETTLED.search(lead(report, settled)) or PENDING.search(said):
        return
    if abs(100 * settled.value / came.value - rate.value) > TOLERANCE:
        yield hit(rate, came, settled)


def hit(rate: Claim, *counts: Claim) -> Hit:
    evidence = ((rate.start, rate.end), *((c.start, c.end) for c in counts))
    values = {"rate": show(rate.value), "counts": "、".join(c.text for c in counts)}
    return Hit(evidence=evidence, values=values, message="counts" if counts else "default")


RULE = Rule(
    code="GD307",
    name="impossible-rate",
    severity="warning",
    title={"zh": "比率不可能成立", "en": "An impossible rate"},
    basis=(ART_6,),
    explanation={
        "zh": "办结率、答复率、满意率等不可能超过100%（增长率除外），也不能与同处写明的件数矛盾。",
        "en": "Rates of closing, answering or satisfaction cannot exceed 100 % (growth can), nor contradict the "
        "counts beside "
        "them.",
    },
    advice={"zh": "按件数重新计算比率。", "en": "Work the rate out again from the counts."},
    messages={
        "default": {"zh": "比率{rate}%超过了100%{counts}。", "en": "The rate of {rate} % exceeds 100 %{counts}."},
        "counts": {
            "zh": "比率{rate}%与件数（{counts}）矛盾。",
            "en": "The rate of {rate} % contradicts the counts ({counts}).",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(
            (
                "培训村级",
                "接到诉求⟦60件|responses|60|件|id=q⟧，办结⟦59件|responses|59|件|part=q⟧，办结率⟦98.3%|rate|98.3|%⟧，培训村级",
            ),
        ),
        passes(
            (
                "培训村级",
                "接到诉求⟦60件|responses|60|件|id=q⟧，办结⟦50件|responses|50|件|part=q⟧，按时办结率⟦100%|rate|100|%⟧，培训村级",
            ),
        ),
        passes(
            (
                "培训村级",
                "接到诉求⟦60件|responses|60|件|id=q⟧，办结⟦50件|responses|50|件|part=q⟧，其余未到期，办结率⟦100%|rate|100|%⟧，"
                "培训村级",
            ),
        ),
        passes(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件⟧，没有超期的，按期答复率⟦100%|rate|100|%⟧",
            )
        ),
        passes(("培训村级", "浏览量同比增长⟦230%|rate|230|%⟧，培训村级")),
        passes(("办结⟦4件|requests_handled|4|件⟧", "办结⟦4件|requests_handled|4|件⟧，答复率⟦100%|rate|100|%⟧")),
        passes(
            (
                "上年结转⟦1件|requests_carried|1|件⟧，办结⟦4件|requests_handled|4|件⟧",
                "办结⟦2件|requests_handled|2|件⟧，结转下年⟦1件|requests_carried|1|件⟧，答复率⟦100%|rate|100|%⟧",
            ),
        ),
    ),
    fails=(
        fails(
            (
                "培训村级",
                "接到诉求⟦60件|responses|60|件|id=q⟧，办结⟦50件|responses|50|件|part=q⟧，办结率达⟦99.2%|rate|99.2|%⟧，培训村级",
            ),
            evidence=("99.2%", "60件", "50件"),
        ),
        fails(("培训村级", "诉求办结率⟦109%|rate|109|%⟧，培训村级"), evidence=("109%",)),
        fails(
            (
                "上年结转⟦1件|requests_carried|1|件⟧，办结⟦4件|requests_handled|4|件⟧",
                "办结⟦2件|requests_handled|2|件⟧，答复率⟦100%|rate|100|%⟧",
            ),
            evidence=("100%", "3件", "2件"),
        ),
        fails(
            (
                "上年结转⟦1件|requests_carried|1|件⟧，办结⟦4件|requests_handled|4|件⟧",
                "办结⟦2件|requests_handled|2|件⟧，结转下年⟦1件|requests_carried|1|件⟧，办结率⟦100%|rate|100|%⟧",
            ),
            evidence=("100%", "3件", "2件"),
        ),
        fails(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件⟧，其中⟦1件|requests_handled|1|件⟧因经办人生病超出法定期限，按期答复率⟦100%|rate|100|%⟧",
            ),
            evidence=("100%", "1件"),
        ),
        fails(
            ("办结⟦4件|requests_handled|4|件⟧", "办结⟦4件|requests_handled|4|件⟧，办结率⟦75%|rate|75|%⟧"),
            evidence=("75%", "3件", "4件"),
        ),
    ),
)
