"""GD102: one of the five topics of part one is covered nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Element, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import lines, opening, part_of, six_parts_due
from govnlp.schema import PART_TITLES, TOPICS

OPENING_WORDS = {
    "overview.proactive": re.compile("主动公开"),
    "overview.on_request": re.compile("依申请|依法申请|申请公开"),
    "overview.management": re.compile("信息管理|信息资源管理"),
    "overview.platform": re.compile("平台建设|公开平台|平台情况"),
    "overview.supervision": re.compile("监督|保障"),
}
"""Words that open a topic, also where a heading names two topics at once and the text of the second begins nowhere else."""
OPENING_LENGTH = 24


ELEMENTS_OF = {
    "overview.proactive": ("proactive_volume", "proactive_content"),
    "overview.on_request": ("request_volume", "request_process"),
    "overview.management": ("info_management", "secrecy_review"),
    "overview.supervision": ("training", "assessment", "social_evaluation", "accountability"),
}
"""What tells that a topic is covered although no passage of its own was found. Platforms are named under every topic."""
ANYWHERE = ("secrecy_review",)
"""What is of its topic also under the heading of another: many tell of the secrecy review under supervision."""
CLAIMS_OF = {
    "overview.proactive": ("info_published",),
    "overview.on_request": ("requests_received", "requests_handled"),
    "overview.supervision": ("training_sessions", "training_attendance"),
}
PLATFORM_WORDS = re.compile("网站|公众号|平台|公开栏|公示栏|专区|公示屏|查询机|微信|微博")
MARKED_OUT = 3
"""So many topics with a passage of their own show that the report is divided by topics, and that the division was understood."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    overview = report.of_section("overview", deep=True)
    if not six_parts_due(report) or not overview or report.format == "pre2019":
        # A form from before 2019 has parts where the topics are: that is GD106.
        return
    there = {s.id for s in overview}
    heads = [
        report.span(a, min(b, a + OPENING_LENGTH)).split("。")[0]
        for section in overview
        for a, b in lines(report, section.start, section.end)
    ]
    for topic in TOPICS:
        if topic in there or any(OPENING_WORDS[topic].search(head) for head in heads if is_heading(head)):
            continue
        if not covered(report, topic, len(there & set(TOPICS))):
            yield Hit(evidence=(opening(report, overview[0]),), values={"topic": PART_TITLES[topic]})


def covered(report: Report, topic: str, marked_out: int) -> bool:
    """Whether part one deals with a topic that has no passage of its own."""
    if any(
        part_of(report.section_at(c.start) or "") == "overview" for c in report.claims_of(*CLAIMS_OF.get(topic, ()))
    ):
        return True
    if topic in ELEMENTS_OF:
        shown = [e for e in report.elements if e.present and e.id in ELEMENTS_OF[topic]]
        return any(e.id in ANYWHERE or stands_apart(report, e, marked_out) for e in shown)
    text = "".join(report.span(s.start, s.end) for s in report.of_section("overview", deep=True))
    return marked_out < MARKED_OUT and PLATFORM_WORDS.search(text) is not None


def stands_apart(report: Report, element: Element, marked_out: int) -> bool:
    """Whether an element shows in part one, and not under another topic, so far as the topics are told apart."""
    if not element.evidence:
        return True
    places = [report.section_at(start) or "" for start, _ in element.evidence]
    return any(part_of(p) == "overview" and (marked_out < MARKED_OUT or p not in TOPICS) for p in places)


def is_heading(head: str) -> bool:
    """Whether the first characters of a line read like a heading: numbered, and without a verb phrase's comma."""
    return bool(
        re.match(r"(\*\*)?([（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑩]|[一二三四五六七八九十]是)[^，,]*$", head)
    )


RULE = Rule(
    code="GD102",
    name="missing-topic",
    severity="warning",
    title={"zh": "总体情况缺少内容", "en": "A topic of part one is missing"},
    basis=(FORMAT_2021,),
    explanation={
        "zh": "总体情况应当从主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面反映全年工作。",
        "en": "Part one reports on five topics: proactive disclosure, disclosure on request, information management, "
        "platforms, supervision and support.",
    },
    advice={"zh": "在总体情况中补写这一方面做了什么。", "en": "Add to part one what was done on this topic."},
    messages={"default": {"zh": "总体情况没有写“{topic}”。", "en": "Part one says nothing of “{topic}”."}},
    check=check,
    passes=(
        passes(),
        passes(
            ("@overview.management\n#（三）政府信息管理\n", ""),
            front="elements: [info_management]\n",
        ),
        passes(
            ("@overview.platform\n", ""),
            ("#（四）政府信息公开平台建设\n", ""),
            ("（三）政府信息管理", "（三）政府信息管理及平台建设"),
        ),
    ),
    fails=(
        fails(
            (
                (
                    "@overview.management\n#（三）政府信息管理\n5月清理过期栏目⟦7个|corrections|7|个⟧，由党政办逐条登"
                    "记。{S}\n"
                ),
                "",
            ),
            evidence=("一、总体情况",),
        ),
        fails(
            ("@overview.platform\n#（四）政府信息公开平台建设\n便民大厅新设查询机⟦2台|venues|2|台⟧。{S}\n", ""),
            evidence=("一、总体情况",),
        ),
    ),
)
