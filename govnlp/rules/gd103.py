"""GD103: the parts are out of order."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report, Section
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import FORMAT_2021
from govnlp.rules.cases import BODY, fails, passes
from govnlp.rules.parts import PART_NUMBER, opening, part_of, six_parts_due
from govnlp.schema import PART_TITLES, PARTS


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not six_parts_due(report):
        return
    first = {part: where(report, part) for part in {part_of(s.id) for s in report.sections} & set(PARTS)}
    order = sorted(first, key=lambda part: first[part].start)
    for place, part in enumerate(order):
        late = [p for p in order[place + 1 :] if PARTS.index(p) < PARTS.index(part)]
        if late:
            values = {"part": PART_TITLES[part], "before": PART_TITLES[late[0]]}
            yield Hit(evidence=(opening(report, first[part]),), values=values)
            return


def where(report: Report, part: str) -> Section:
    """Where a part stands: where a heading is numbered as a part's is, else where anything of it comes first. Part one may have an item on
    what another part is about."""
    sections = report.of_section(part, deep=True)
    return next((s for s in sections if PART_NUMBER.match(report.span(*opening(report, s)))), sections[0])


_OTHER = BODY[BODY.index("@other_matters") :]
_PROBLEMS = BODY[BODY.index("@problems\n") : BODY.index("@other_matters")]

RULE = Rule(
    code="GD103",
    name="part-order",
    severity="warning",
    title={"zh": "各部分顺序不符合格式", "en": "The parts are out of order"},
    basis=(FORMAT_2021,),
    explanation={
        "zh": "六个部分的顺序由统一格式规定，不得调换。",
        "en": "The national format sets the order of the six parts.",
    },
    advice={
        "zh": "按统一格式调整各部分顺序并重新编号。",
        "en": "Put the parts in the format's order and renumber them.",
    },
    messages={
        "default": {
            "zh": "“{part}”排在了“{before}”之前。",
            "en": "“{part}” stands before “{before}”.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes((_PROBLEMS, "")),
        passes(("@proactive_table\n", "@review_table\n5、因信息公开引起的复议：无。\n@proactive_table\n")),
    ),
    fails=(fails((_PROBLEMS + _OTHER, _OTHER + _PROBLEMS), evidence=("六、其他需要报告的事项",)),),
)
