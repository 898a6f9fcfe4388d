"""GD401: boilerplate sentences hold most of the narrative."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.limits import limit

NEAR = 0.03
"""Where the share exceeds the limit by less, one sentence decides: a person should look."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    share, most = report.boilerplate_share(), limit(context, "boilerplate_share")
    if share is not None and share > most:
        evidence = tuple((s.start, s.end) for s in report.sentences if s.label == "boilerplate")
        values = {"percent": round(100 * share), "limit": round(100 * most)}
        yield Hit(evidence=evidence, values=values, message="near" if share < most + NEAR else "default")


_FILLER = "我们不断提高站位、强化担当、压实责任、狠抓落实，推动政府信息公开工作迈上新台阶，让群众更加满意。{B}\n"

RULE = Rule(
    code="GD401",
    name="mostly-boilerplate",
    severity="warning",
    title={"zh": "套话过多", "en": "Mostly boilerplate"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": (
            "统一格式要求“全面、简洁”，不重复填报、不写空话。去掉机关名称和年份就能搬到别处的句子占了大部分，公"
            "众看不出做了什么。"
        ),
        "en": "Sentences that could stand in any agency's report of any year hold most of the narrative (statutory "
        "sentences "
        "aside), so that the public cannot see what was done. The limit is the rubric's.",
    },
    advice={
        "zh": "把空泛的表述换成本单位当年的数字、事项、时间和做法。",
        "en": "Replace general phrases by this year's counts, events, dates and measures.",
    },
    messages={
        "default": {
            "zh": "叙述文字有{percent}%是套话。",
            "en": "{percent} % of the narrative is boilerplate.",
        },
        "near": {
            "zh": "叙述文字约有{percent}%是套话，在{limit}%的限值上下，请人工核对。",
            "en": "About {percent} % of the narrative is boilerplate, close to the limit of {limit} %: have a person look.",
        },
    },
    check=check,
    passes=(passes(), passes(("本年度⟦未收取", _FILLER + "本年度⟦未收取"))),
    fails=(fails(("本年度⟦未收取", _FILLER * 12 + "本年度⟦未收取"), evidence=(_FILLER[:-4],) * 12),),
)
