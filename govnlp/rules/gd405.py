"""GD405: part one states no count at all, required zeros aside."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import BODY, fails, passes
from govnlp.rules.parts import opening, part_of


def check(report: Report, context: Context) -> Iterator[Hit]:
    overview = report.of_section("overview", deep=True)
    if not overview:
        return
    if any(c.value > 0 for c in report.claims if part_of(report.section_at(c.start) or "") == "overview"):
        return
    yield Hit(evidence=(opening(report, overview[0]),))


_START = BODY.index("@overview.proactive")
_TOPICS = BODY[_START : BODY.index("@proactive_table")]

RULE = Rule(
    code="GD405",
    name="no-numbers",
    severity="warning",
    title={"zh": "总体情况没有数据", "en": "Part one without numbers"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": (
            "总体情况应当用数据说明公开了多少、办理了多少、开展了几次；除“未收到申请”一类的零报告外没有一个数字，"
            "无法核对。"
        ),
        "en": "Part one tells how much was published, handled and done. Without a single number besides required "
        "zeros nothing "
        "in it can be checked.",
    },
    advice={
        "zh": "补充公开信息条数、解读回应、培训、检查等数据。",
        "en": "Add how much was published, explained, answered, trained and inspected.",
    },
    messages={
        "default": {
            "zh": "总体情况除零报告外没有一个数字。",
            "en": "Part one states no number besides required zeros.",
        }
    },
    check=check,
    passes=(passes(), passes((_TOPICS, "@overview.proactive\n公开信息⟦30条|info_published|30|条⟧。{S}\n"))),
    fails=(
        fails(
            (_TOPICS, "@overview.on_request\n全年⟦没有收到申请|requests_received|0|件⟧，公开有序开展。{F}\n"),
            evidence=("一、总体情况",),
        ),
    ),
)
