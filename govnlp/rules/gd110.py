"""GD110: the title lacks agency or year, or they disagree with the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.names import take_apart
from govnlp.rules.wording import half_width

YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]\S{2}")
YEAR_LINE = re.compile(r"[（(]?\s*(?:20\d\d|二[〇○零]\S{2})\s*年度?\s*[）)]?")
"""A line of a title that holds nothing but its year."""
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
WORDS_OF_TITLES = re.compile(
    r"[\W_]|(?:19|20)\d\d|二[〇○零]..|年度?|政府信息|政务|公开|信息|工作|总结|报告|情况|的|年报|关于|公布|发布"
)
TITLE_WORDS = re.compile("报告|年报|总结")
TOLD_NAME = r"[\u4e00-\u9fff]{2,24}"
"""A name in running text; it ends in the kind of the title's name."""
NAME_STARTS = re.compile(r"(?:^|[，。；：、\s（(由])")
LONGEST_LINE = 60


def check(report: Report, context: Context) -> Iterator[Hit]:
    if report.title is None:
        return
    start, end = with_neighbour_lines(report, *report.title)
    title = unicodedata.normalize("NFKC", report.span(start, end))
    if len(title) > 2 * LONGEST_LINE or not TITLE_WORDS.search(title):
        # What was taken for the title is no title: nothing can be said of it.
        return
    name = WORDS_OF_TITLES.sub("", title)
    years = [int(y.translate(CHINESE_DIGITS)) for y in YEAR.findall(title)]
    body_year = year_of_body(report, end)
    body = half_width(report.text)[end:]
    if len(name) < 2:
        yield Hit(evidence=((start, end),), values={"title": title}, message="no_agency")
    elif other := other_name(report, name, end):
        yield Hit(evidence=((start, end),), values={"title": title, "other": other}, message="agency")
    if not years:
        yield Hit(evidence=((start, end),), values={"title": title}, message="no_year")
    elif body_year is not None and not any(re.search(rf"{year}\s*[年.]", body) for year in years):
        # Where the text names the title's year too, the period or a statement is what is wrong (GD305).
        yield Hit(evidence=((start, end),), values={"title": title, "other": body_year}, message="year")


def with_neighbour_lines(report: Report, start: int, end: int) -> tuple[int, int]:
    """The title with a short line before or after it that belongs to it: the agency on one line, the rest on the next."""
    text = report.text
    head = text[:start].rstrip()
    above = head[head.rfind("\n") + 1 :].strip()
    if (
        above
        and len(above) < LONGEST_LINE
        and not re.search("[:：>]", above)
        and re.search("(政府|办事处|局|委员会|[镇乡县区市])$", above)
    ):
        start = head.rindex(above)
    tail = text[end:]
    below = tail.lstrip().split("\n", 1)[0].strip()
    goes_on = not TITLE_WORDS.search(text[start:end]) and len(below) < LONGEST_LINE and TITLE_WORDS.search(below)
    if goes_on or YEAR_LINE.fullmatch(below):
        end += tail.index(below) + len(below)
    return start, end


def year_of_body(report: Report, after: int) -> int | None:
    """The year that the text itself reports on: the one whose 1 January or 31 December opens or ends the period."""
    body = half_width(report.text)[after : after + 2000]
    period = re.search(r"((?:19|20)\d\d)\s*[年.]\s*1\s*[月.]\s*1\s*日?.{0,12}?12\s*[月.]\s*31", body, re.S)
    if period:
        return int(period.group(1))
    told = re.findall(r"((?:19|20)\d\d)\s*年(?=度?(?:[，,]|政府信息公开|以来|全年|工作))", body)
    return int(told[0]) if len(told) > 1 and len(set(told)) == 1 else None


def other_name(report: Report, name: str, after: int) -> str | None:
    """A name in the text that is nearly the title's but not the same, where the text never calls itself what the title says."""
    title_name = take_apart(name)
    own = title_name.own
    if report.agency and len(own) > 2:
        agency = take_apart(report.agency)
        body = re.sub(r"\s", "", report.text[after:])
        if agency.own != own and agency.kind == title_name.kind and agency.own in body and own not in body:
            return report.agency
        if agency.own == own and own not in body and title_name.kind:
            for told in re.findall(NAME_STARTS.pattern + f"({TOLD_NAME}?{title_name.kind})", body[:1500]):
                told_own = take_apart(told).own
                if told_own != own and len(told_own) > 4 and contains_in_order(told_own, own):
                    return str(told)
    return None


def contains_in_order(long: str, short: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order, with at most three others between."""
    rest = iter(long)
    return 0 < len(long) - len(short) <= 3 and all(c in rest for c in short)


RULE = Rule(
    code="GD110",
    name="title",
    severity="warning",
    title={"zh": "标题不完整或与正文不符", "en": "The title is incomplete or disagrees with the text"},
    basis=(FORMAT_2021,),
    explanation={
        "zh": "标题应当写明行政机关名称和年度，并与正文一致，公众和主管部门凭它查找和汇总报告。",
        "en": (
            "The title names the agency and the year, as the text does; the public and supervisors find reports by it."
        ),
    },
    advice={
        "zh": "标题写成“机关名称＋年度＋政府信息公开工作年度报告”。",
        "en": "Write the title as the agency's name, the year and “政府信息公开工作年度报告” (annual report on the "
        "disclosure of government information).",
    },
    messages={
        "default": {"zh": "标题“{title}”有误。", "en": "The title “{title}” is wrong."},
        "no_agency": {"zh": "标题“{title}”没有写机关名称。", "en": "The title “{title}” names no agency."},
        "no_year": {"zh": "标题“{title}”没有写年度。", "en": "The title “{title}” names no year."},
        "agency": {
            "zh": "标题“{title}”的机关名称与正文的“{other}”不一致。",
            "en": "The title “{title}” names another agency than the text, {other}.",
        },
        "year": {
            "zh": "标题“{title}”的年度与正文的{other}年不一致。",
            "en": "The title “{title}” names another year than the text, {other}.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(("#青云县白石镇人民政府2023年政府信息公开工作年度报告", "#白石镇２０２３年度政府信息公开年报")),
        passes(("白石镇人民政府2023年政府", "白石镇人民政府\n#2023年政府")),
        passes(
            ("白石镇人民政府2023年政府信息公开工作年度报告", "白石镇人民政府政府信息公开工作年度报告\n#（2023年度）")
        ),
    ),
    fails=(
        fails(
            ("#青云县白石镇人民政府2023年", "#2023年"),
            evidence=("2023年政府信息公开工作年度报告",),
        ),
        fails(
            ("#青云县白石镇人民政府2023年", "#青云县白石镇人民政府"),
            evidence=("青云县白石镇人民政府政府信息公开工作年度报告",),
        ),
        fails(
            ("#青云县白石镇人民政府2023年", "#青云县白石镇人民政府2022年"),
            evidence=("青云县白石镇人民政府2022年政府信息公开工作年度报告",),
        ),
    ),
)
