"""GD301: stated parts do not add up to their stated total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from govnlp.document import Claim, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import adds_up, lead, show
from govnlp.schema import NARROWER_TYPES

REST = re.compile("其他|其它|其余|余下|剩余|另外")
"""A part that is called the rest says that the parts are all."""
ONE_CHANNEL = re.compile("其中[，,：:]?(?:在|通过|利用|经)[^，。；、]{2,24}(?:公开|发布|登载|刊登|推送|更新)")
"""Parts that are published on one channel are not all of what several published."""
EACH = re.compile("各$|均$|都$|分别$")
NEARLY_ALL = 0.9
"""Three or more parts that reach this share of the total are meant to be all of it."""
FAR = 400
"""Parts further than so many characters from their total are linked by mistake."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    by_id = {claim.id: claim for claim in report.claims}
    parts_of: dict[str, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        if claim.part_of in by_id and claim.part_of is not None:
            total = by_id[claim.part_of]
            if claim.type != "rate" and total.type != "rate" and abs(claim.start - total.start) <= FAR:
                parts_of[claim.part_of].append(claim)
    for total_id, parts in parts_of.items():
        total = by_id[total_id]
        if contradicts(report, total, parts):
            values = {
                "parts": "+".join(str(show(p.value)) for p in parts),
                "sum": show(sum(p.value for p in parts)),
                "total": show(total.value),
            }
            evidence = ((total.start, total.end), *((p.start, p.end) for p in parts))
            yield Hit(evidence=evidence, values=values)


def contradicts(report: Report, total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts cannot be shares of the total, or are said to be all of it and are not."""
    values = [p.value for p in parts]
    sums = [sum(values[: n + 1]) for n in range(len(values))]
    if total.qualifier != "exact" or len(parts) < 2:
        # One part says nothing of the others; only that it cannot be more than all.
        return total.qualifier == "exact" and parts[0].type == total.type and surely_more(parts[0], total.value)
    if total.value in sums[1:] or (total.value in values and total.value * 2 == sums[-1]):
        return False
    if any(sums[-1] - s == total.value and s <= total.value for s in sums[:-2]):
        return False  # named in part by kind, then all of it by channel
    if any(p.type != total.type and p.type not in NARROWER_TYPES.get(total.type, ()) for p in parts):
        return False
    if sums[-1] > total.value:
        return not any(p.qualifier in ("at_most", "about") for p in parts)
    if any(p.qualifier != "exact" or EACH.search(lead(report, p)) for p in parts):
        return False
    if ONE_CHANNEL.search(report.span(total.end, parts[0].start)):
        return False
    alike = [c for c in report.claims_of(total.type) if c.unit == total.unit]
    if adds_up(report, parts[-1], alike, sums[-1], (total.value,)):
        return False  # a list that something else stands in
    if any(REST.search(lead(report, p)) for p in parts):
        return True
    if len(parts) == 2 and total.type.startswith(("requests", "recons", "lawsuits")):
        # 自然人141件、商业企业10件 of 157: kinds of applicants and results are often named in part.
        return False
    return sums[-1] >= NEARLY_ALL * total.value


def surely_more(part: Claim, total: float) -> bool:
    return part.value > total and part.qualifier in ("exact", "at_least")


_PARTS = "其中县政府网站⟦80条|info_published|80|条|ch=website|part=a⟧"

RULE = Rule(
    code="GD301",
    name="parts-sum",
    severity="error",
    title={"zh": "分项之和与总数不符", "en": "Parts do not add up"},
    basis=(ART_6,),
    explanation={
        "zh": "文中分项之和应当等于总数。分项只列举一部分的（“其中……”一两项）不算差错；分项超过总数，或者列举了"
        "全部却加不起来的，"
        "是差错。",
        "en": "Parts that are meant to be all of a total add up to it. Naming only some parts is no defect; parts "
        "that exceed the "
        "total, or a full list that does not reach it, are.",
    },
    advice={"zh": "核对台账，改正分项或者总数。", "en": "Check the register and correct the parts or the total."},
    messages={
        "default": {
            "zh": "{parts}={sum}，与总数{total}不符。",
            "en": "{parts} = {sum}, but the stated total is {total}.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes(("⟦120条|info_published|120|条|id=a⟧", "⟦220条|info_published|220|条|id=a⟧")),
        passes(("⟦120条|info_published|120|条|id=a⟧", "⟦90余条|info_published|90|条|q=at_least|id=a⟧")),
        passes(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦121条|info_published|121|条|id=a⟧"),
            ("其中县政府网站⟦80条", "其中县政府网站各 ⟦80条"),
        ),
        passes((_PARTS, "其中县政府网站⟦近90条|info_published|90|条|q=at_most|ch=website|part=a⟧")),
    ),
    fails=(
        fails(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦110条|info_published|110|条|id=a⟧"),
            evidence=("110条", "80条", "40条"),
        ),
        fails(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦110条|info_published|110|条|id=a⟧"),
            ("“白石发布”公众号⟦40条|info_published|40|条|ch=wechat|", "政策解读⟦40条|interpretations|40|条|"),
            evidence=("110条", "80条", "40条"),
        ),
        fails(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦80条|info_published|80|条|id=a⟧"),
            evidence=("80条", "80条", "40条"),
        ),
        fails(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦130条|info_published|130|条|id=a⟧"),
            ("、“白石发布”", "、公开栏⟦5条|info_published|5|条|ch=board|part=a⟧、“白石发布”"),
            evidence=("130条", "80条", "5条", "40条"),
        ),
        fails(
            ("⟦120条|info_published|120|条|id=a⟧", "⟦150条|info_published|150|条|id=a⟧"),
            ("“白石发布”公众号⟦40条|info_published|40|条|ch=wechat|", "其他⟦40条|info_published|40|条|"),
            evidence=("150条", "80条", "40条"),
        ),
    ),
)
