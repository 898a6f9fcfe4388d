"""GD104: a narrative part is there but says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import PART_NUMBER, opening, says_something
from govnlp.schema import PART_TITLES

NARRATIVE_PARTS = ("overview", "problems", "other_matters")


def check(report: Report, context: Context) -> Iterator[Hit]:
    for section in report.sections:
        # Before 2019 what is now a topic was a part of its own, numbered 一、二、…
        if (
            section.id.startswith("overview.")
            and PART_NUMBER.match(report.span(*opening(report, section)))
            and not says_something(report, section)
            and not any(section.start <= claim.start < section.end for claim in report.claims)
        ):
            start, end = opening(report, section)
            yield Hit(evidence=((start, end),), values={"part": report.span(start, end)})
    for part in NARRATIVE_PARTS:
        sections = report.of_section(part, deep=True)
        if sections and not any(says_something(report, s) for s in sections):
            yield Hit(evidence=(opening(report, sections[0]),), values={"part": PART_TITLES[part]})


_LAST = "本年度⟦未收取信息处理费|fees|0|元⟧。{F}\n"

RULE = Rule(
    code="GD104",
    name="empty-part",
    severity="error",
    title={"zh": "部分内容空白", "en": "A part says nothing"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": "叙述部分只有标题，或者只写一个“无”字，等于没有报告。没有相关情况的，应当写明是什么事项没有发生。",
        "en": "A narrative part with a bare heading, or with the one word “none”, reports nothing. "
        "Where nothing happened, the text has to say what did not happen.",
    },
    advice={
        "zh": "写明这一部分的实际情况；其他事项部分至少写明是否收取信息处理费。",
        "en": "Report on this part; the last part at least says whether processing fees were collected.",
    },
    messages={"default": {"zh": "“{part}”部分没有内容。", "en": "The part “{part}” has no content."}},
    check=check,
    passes=(
        passes(),
        passes((_LAST, "本单位没有其他需要报告的事项。{F}\n")),
        passes((_LAST, "无其他需要报告的事项{F}\n")),
    ),
    fails=(
        fails((_LAST, ""), evidence=("六、其他需要报告的事项",)),
        fails((_LAST, "- 4 -{F}\n"), evidence=("六、其他需要报告的事项",)),
        fails((_LAST, "- 4{F}\n"), evidence=("六、其他需要报告的事项",)),
        fails((_LAST, "第 3 页 共 3 页{F}\n"), evidence=("六、其他需要报告的事项",)),
        fails((_LAST, "无。{F}\n"), evidence=("六、其他需要报告的事项",)),
        fails(
            ("@other_matters", "@overview.extra\n#四、收费及减免情况\n无。{F}\n@other_matters"),
            year=2015,
            format="pre2019",
            evidence=("四、收费及减免情况",),
        ),
        fails(
            ("黄坑、下洋两村的公开栏半年没有换过内容。{S}\n", "#（一）存在的主要问题\n"),
            ("两村公开栏改由驻村干部每月更换。{S}\n", "#（二）改进情况\n"),
            evidence=("五、存在的主要问题及改进情况",),
        ),
    ),
)
