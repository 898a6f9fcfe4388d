"""GD105: numbering restarts, repeats or skips at one level."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Case, Context, Hit, Rule
from govnlp.rules.basis import DOCUMENTS_2012, FORMAT_2021
from govnlp.rules.cases import fails, passes, sound
from govnlp.rules.numbering import Marker, breaks, markers
from govnlp.rules.parts import part_of
from govnlp.schema import PARTS


def check(report: Report, context: Context) -> Iterator[Hit]:
    found = sorted(markers(report), key=lambda m: m.start)
    official = [m for m in found if has_official_number(report, m)]
    moved = any(a.value > b.value for a, b in itertools.pairwise(official))
    for marker, due in breaks(found):
        if moved and marker in official:
            # Parts out of order that keep their own numbers: the order is what is wrong (GD103).
            continue
        text = report.span(marker.start, marker.end)
        yield Hit(evidence=((marker.start, marker.end),), values={"text": text, "due": due, "found": marker.value})


def has_official_number(report: Report, marker: Marker) -> bool:
    """Whether a marker opens a part's heading with the number that the format gives the part."""
    if marker.style != "part":
        return False
    section = next((s for s in report.sections if s.start <= marker.start < max(s.heading_end, s.start + 1)), None)
    part = None if section is None else part_of(section.id)
    return part in PARTS and PARTS.index(part) + 1 == marker.value


_ISSUE = "黄坑、下洋两村的公开栏半年没有换过内容。{S}"
_THIRD = "@requests_table\n#三、收到和处理政府信息公开申请情况\n[[table requests]]\n"
_FOURTH = "@review_table\n#四、政府信息公开行政复议、行政诉讼情况\n[[table review]]\n"
_TABLES, _SWAPPED = _THIRD + _FOURTH, _FOURTH + _THIRD

RULE = Rule(
    code="GD105",
    name="numbering",
    severity="info",
    title={"zh": "序号有误", "en": "Numbering is broken"},
    basis=(FORMAT_2021, DOCUMENTS_2012),
    explanation={
        "zh": (
            "同一层次的序号应当连续，不重复、不跳号，部分之下不再用“一、”另起。引出语之后另列的“一是”“1.”不算差错。"
        ),
        "en": "Numbers of one level follow each other without repeats or gaps, and the parts' numbering (“一、”) does "
        "not start again inside a part. A new list after a lead-in may start at one.",
    },
    advice={"zh": "按层次重新编号。", "en": "Renumber the level."},
    messages={
        "default": {
            "zh": "“{text}”处应为第{due}，实为第{found}。",
            "en": "At “{text}” number {due} is due, but {found} stands there.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes((_ISSUE, "一是公开栏旧。{S}二是人手少。{S}"), ("两村公开栏", "一是两村公开栏")),
        passes((_ISSUE, "1.公开栏旧；{S}\n2.人手少。{S}"), ("两村公开栏", "1.2024年起两村公开栏")),
        passes((_ISSUE, "（一）公开栏旧。{S}\n（二）下一步如下：{S}\n（一）换公开栏。{S}\n（二）添人手。{S}")),
        Case(sound((_TABLES, _SWAPPED))),
        passes((_ISSUE, "统一是难点，唯一是人手少，三是路远。{S}")),
    ),
    fails=(
        fails((_ISSUE, "一是公开栏旧。{S}二是人手少。{S}二是路远。{S}"), evidence=("二是路远",)),
        fails(
            ("#（四）政府信息公开平台建设", "#（五）政府信息公开平台建设"),
            evidence=("（五）政府信息公开平台建设", "（五）监督保障"),
        ),
        fails(("#（一）主动公开", "#一、主动公开"), evidence=("一、主动公开",)),
        fails(
            (_TABLES, _SWAPPED.replace("三、收到", "五、收到")),
            evidence=("四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"),
        ),
        fails((_ISSUE, "公开栏旧。{S}2.人手少。{S}3.路远。{S}"), evidence=("2.人手少",)),
        fails((_ISSUE, "①公开栏旧；②人手少；④路远。{S}"), evidence=("④路远",)),
    ),
)
