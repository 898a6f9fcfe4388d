"""GD305: a statement about the year names another year, or a plan is dated in the year already over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report, Section
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6, ART_50
from govnlp.rules.cases import fails, passes
from govnlp.rules.names import take_apart
from govnlp.schema import TABLE_SECTIONS

WIDE_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
YEAR = r"(?<!\d)(20\d\d|19[89]\d)"
PERIOD = re.compile(
    rf"{YEAR}\s*(?:年\s*0?1\s*月\s*0?1\s*日|[.．/-]0?1[.．/-]0?1)(?!\d)[^。；\n]{{0,24}}?"
    rf"(?:{YEAR}\s*)?(?:年?\s*12\s*月\s*31\s*日|[.．/-]12[.．/-]31)"
)
QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|“[^”]*”|（[^（）]*号[^（）]*）")
EVENT = "(?:举办|召开|开展|组织|印发|上线|改版|启用|建成|完成|发布|公布|推出|开通)"
_STATED = rf"(?:在|截至|截止)?(?P<year>{YEAR})\s*年(?P<month>\s*\d{{1,2}}\s*月|度)?(?P<rest>[^。；\n]*)"
STATEMENT = re.compile(rf"(?:(?<=[。；;：:\n])[ \u3000]*|^){_STATED}")
STATED = re.compile(_STATED)
INLINE_HEADING = re.compile("[^，。；：\n]{2,16}[ \u3000]+")
"""A section's heading, where only blanks part it from a statement: （三）政府信息管理情况 2022年，我镇……"""
EVENT_INSIDE = re.compile(rf"(?<=[，,])(?P<year>{YEAR})\s*年(?P<month>\s*\d{{1,2}}\s*月)(?P<rest>{EVENT}[^。；\n]*)")
OF_ANOTHER_YEAR = re.compile(
    r"^(?:度?(?:部门|财政|政府|本级)?(?:预算|决算|预决算|三公|报告|工作要点|要点|重点|计划|年报|版|修订|印发|制定|出台|发布的|以[前来后]|之[前后]|起|末|底前|"
    r"遗留|结转|未(?!收到|接到|收取|发生|受理)|提出|指出|的))|^(?!\S{0,8}(?:未收到|未接到|没有收到|没有接到))[^\s在]{0,12}的|^[^，,。]{0,16}以来|^[^，,]{0,20}(?:反馈|查出|指出|遗留)"
)
"""What follows a year when the clause is about a thing of that year, not about what was done in it."""
COMPARED = re.compile(
    "同比|相比|比上年|比去年|较上年|较去年|上年(?!结转|转)|去年(?!结转|转)|往年|增长|下降|减少|增加|回升|多于"
    "|少于|对比|跌|由"
)
FUTURE = (
    "将(?:进一步|继续|持续|不断|重点|着力|大力|切实|认真|严格|积极|更加|加强|加大|聚焦|围绕|坚持|按照|以|从|"
    "在|对|努力|全面|深入|通过|针对|组织|适时|"
    "逐步|着重|狠抓|结合|开展|推出|建立|完善|优化|创新|拓展|推动|深化|强化|力争|紧扣|着眼|立足|"
    "为|给|把|按|由|于|会|到|再|陆续|分批|增加|增设|增配|新增|新设|安排|邀请|举办|统一|启动|落实|定期|补齐|补充|实行|实施|改进|健全|推行|推进|选派|聘请)"
    "|(?<![主重需只纲])要(?:进一步|继续|持续|不断|着力|大力|切实|重点抓|重点做|突出抓|抓好|做好|努力|全力)"
)
"""Words of a plan. 将 with a noun after it (将公开栏纳入管理) tells of something done."""
ACTIVITY = (
    "坚持|继续|认真|严格|积极|高度|紧紧|紧扣|紧跟|全面|深入|扎实|不断|持续|进一步|着力|大力|切实|立足|聚焦|围绕|按照|依托|以|"
    "始终|主动|加强|落实|推进|强化|健全|完善|贯彻|组织|开展|共|累计|对[^，。]{2,14}(?:进行|开展|实行)了"
)
"""Words with which a report goes on to tell what the agency did all the year."""
OWN_OFFICE = (
    r"(?:[省市县区旗州镇乡局](?:人民)?(?:政府)?(?:党委|党组|党政)?(?:(?:综合)?办公室|办)?|街道(?:党工委|办事处)?"
    r"|[我全本][省市县区旗镇乡局委]|(?:我|全)?街道)"
)
_UNDER = r"(?:在[^，,。]{2,40}下[，,])?"
OF_THE_YEAR = re.compile(
    rf"^{_UNDER}(?:{OWN_OFFICE})?{_UNDER}(?:(?:政府)?信息公开工作|政务公开工作)?(?:各[^，,]{{1,6}}?)?(?:{ACTIVITY})"
)
REQUIRED = ("requests_received", "reconsiderations", "lawsuits", "fees")
YEAR_BEFORE = re.compile(rf"{YEAR}\s*年(?:度)?[，,]?[^，。；\d]{{0,8}}$")
PLANNED = re.compile("将|计划|拟|预计|争取|力争|目标|要|确保|继续|下一步|截至|截止|以来|进一步|打算|安排|实施|施行")
"""Words of what is still to come: a statement about a later year is none with one of them."""
LATER = re.compile("今年|本年|目前|现已|此后|以来|次年|当年|上年|去年|试点|(?<!同)时(?![代效间刻常政])|(?<!审)后")
"""Words that set an earlier year against the present: the sentence tells where things come from."""
PLAN_AFTER = re.compile(
    rf"{YEAR}\s*年(?:度|底前?|内|上半年|下半年)?(?:是[^。；，,\n]{{2,24}}[，,])?[，,]?[^。；，,\n]{{0,16}}?(?:{FUTURE}|计划|拟|预计|打算|力争|争取)"
)
PLAN_BEFORE = re.compile(
    rf"(?:确保|力争|争取|计划|预计|拟|打算|将)[^，。；\n]{{0,8}}?{YEAR}\s*年\s*(?:(?:底|末|内|年底|\d{{1,2}}月底?)(?:之?前|内)?|(?:实现|达到|取得|完成))"
)
PLAN_BY = re.compile(
    rf"{YEAR}\s*年(?:底|末|年底|\s*\d{{1,2}}\s*月底?)之?前[，,]?(?:全部|全面|基本|力求)?(?:完成|实现|建成|做到|补齐|更换|配齐|整改到位|再)"
)
DONE = re.compile("已|完成了|如期|按计划完成|原计划|原定|上年|去年|列入|此前|当时")
"""Words that make a dated plan one of the past that is reported on."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    if report.year is None:
        return
    text = blank_quotes(report.text.translate(WIDE_DIGITS))
    taken: list[tuple[int, int]] = []
    for kind, start, end, year in (
        *period(report, text, report.year),
        *plans(report, text, report.year),
        *statements(report, text, report.year),
        *zeros(report, text, report.year),
    ):
        if any(a < end and start < b for a, b in taken):
            continue
        taken.append((start, end))
        yield Hit(evidence=((start, end),), values={"found": year, "year": report.year}, message=kind)


def blank_quotes(text: str) -> str:
    """The text with titles of documents, their numbers and quoted names blanked out; offsets stay."""
    return QUOTED.sub(lambda m: "＿" * len(m.group()), text)


def period(report: Report, text: str, year: int) -> Iterator[tuple[str, int, int, int]]:
    """The period's dates. Where only the title has the report's year, the title is what is wrong (GD110)."""
    body = text[report.title[1] :] if report.title else text
    if not re.search(rf"(?<!\d){year}\s*[年.]", body):
        return
    for match in PERIOD.finditer(text):
        if re.match(r"\s*(?:起)?(?:施行|实施|执行)", text[match.end() : match.end() + 8]) or in_table(
            report, match.start()
        ):
            continue
        years = [int(y) for y in match.groups() if y]
        wrong = [y for y in years if y != year]
        if wrong:
            yield "period", match.start(), match.end(), wrong[0]


def plans(report: Report, text: str, year: int) -> Iterator[tuple[str, int, int, int]]:
    """Plans in part five, or for a date before the report was written, that name the report's year or an earlier one."""
    for pattern in (PLAN_AFTER, PLAN_BEFORE, PLAN_BY):
        for section in report.sections:
            if not section.id.startswith(("problems", "other_matters")):
                continue
            for match in pattern.finditer(text, section.start, section.end):
                sentence = sentence_around(text, match.start(), match.end(), section)
                own = int(match.group(1))
                if own <= year and not DONE.search(match.group() if pattern is PLAN_BEFORE else sentence):
                    yield "plan", match.start(), match.end(), own


def statements(report: Report, text: str, year: int) -> Iterator[tuple[str, int, int, int]]:
    """Sentences that begin with another year and go on to tell or count what was done in it."""
    for section in report.sections:
        if section.id.startswith("problems"):
            continue
        span = (section.start, section.end)
        heading = INLINE_HEADING.match(text, *span)
        opening = STATED.match(text, heading.end(), section.end) if heading else None
        for match in [
            *([opening] if opening else []),
            *STATEMENT.finditer(text, *span),
            *EVENT_INSIDE.finditer(text, *span),
        ]:
            own, rest = int(match["year"]), match["rest"]
            if (
                own == year
                or (own > year and (match["month"] or PLANNED.search(rest)))
                or OF_ANOTHER_YEAR.match(rest.lstrip("，, "))
                or COMPARED.search(rest)
            ):
                continue
            if own < year and general(report, text, match, year):
                yield "statement", match.start(), match.start("rest") + 1 + len(re.split("[，,]", rest)[1]), own
                continue
            counted = [c for c in report.claims if match.start() <= c.start < match.end() and c.part_of is None]
            first = rest.lstrip("，, ").split("，")[0]
            if counted and (match["month"] or first):
                end = counted[0].end
                yield "statement", match.start(), max(end, match.start() + 5), own


def zeros(report: Report, text: str, year: int) -> Iterator[tuple[str, int, int, int]]:
    """Explicit nones of another year: 做好准备，2022年未收到申请."""
    for claim in report.claims:
        if claim.value or claim.type not in REQUIRED or (claim.section or "").startswith("problems"):
            continue
        named = YEAR_BEFORE.search(text, max(0, claim.start - 24), claim.start)
        if named and int(named.group(1)) != year and not re.search("以来|至今|起", named.group()):
            yield "statement", named.start(), claim.end, int(named.group(1))


def general(report: Report, text: str, match: re.Match[str], year: int) -> bool:
    """Whether a sentence of part one says what the agency did in general in the other year, which it names and a comma.

    Where the next sentence comes to the report's year, the other year is the one before it in a story.
    """
    rest = match["rest"]
    if not rest.startswith(("，", ",")) or (match["month"] or "").strip() not in ("", "度"):
        return False
    if not (report.section_at(match.start()) or "").startswith("overview") or LATER.search(rest):
        return False
    said = rest[1:]
    if report.agency:
        agency = take_apart(report.agency)
        for name in (*agency.superiors, agency.own, "人民政府"):
            said = said.removeprefix(name)
        said = re.sub(f"^[省市县区旗州盟]{re.escape(agency.own)}", "", said)
    return bool(OF_THE_YEAR.match(said)) and f"{year}年" not in text[match.start() : match.end() + 12]


def sentence_around(text: str, start: int, end: int, section: Section) -> str:
    first = max(max(text.rfind(mark, section.start, start) for mark in "。\n") + 1, section.start)
    ends = [i for mark in "。\n" if (i := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]


def in_table(report: Report, offset: int) -> bool:
    return report.section_at(offset) in TABLE_SECTIONS


_ISSUE = "两村公开栏改由驻村干部每月更换。{S}"

RULE = Rule(
    code="GD305",
    name="wrong-year",
    severity="error",
    title={"zh": "年份有误", "en": "A wrong year"},
    basis=(ART_6, ART_50),
    explanation={
        "zh": (
            "统计期限、全年工作的表述写了别的年份，或者把打算写在已经过去的年份里，多为沿用旧稿。与上年比较、引用"
            "以前年度的文件不算差错。"
        ),
        "en": "The period or a statement about the year names another year, or a plan is dated in a year that is "
        "over: usually an old "
        "draft. A comparison with another year, or a document of it, is no defect.",
    },
    advice={
        "zh": "改正年份，并核对该句数字是否为本年数据。",
        "en": "Correct the year and check that the numbers are this year's.",
    },
    messages={
        "default": {"zh": "{year}年度的报告写成了{found}年。", "en": "The report for {year} says {found}."},
        "period": {
            "zh": "{year}年度的报告，统计期限却写了{found}年。",
            "en": "The report is for {year}, but its period names {found}.",
        },
        "plan": {
            "zh": "打算写在了{found}年，而{year}年度的报告完成时该年已过。",
            "en": "A plan is dated {found}, which is over when the report for {year} is written.",
        },
        "statement": {
            "zh": "{year}年度的报告，这里说的却是{found}年的工作。",
            "en": "The report is for {year}, but this tells of {found}.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(("#（三）政府信息管理\n", "#（三）政府信息管理\n2024年，我镇计划添置公开栏⟦2块|venues|2|块⟧。{S}\n")),
        passes((_ISSUE, "2024年将继续更换两村公开栏。{S}")),
        passes((_ISSUE, "2022年列入计划的公开栏已经更换。{S}")),
        passes(("收到申请⟦3件", "落实《2022年政务公开工作要点》，收到申请⟦3件")),
        passes(("#（三）政府信息管理\n", "#（三）政府信息管理\n2022年部门决算公开⟦2份|info_published|2|份⟧。{S}")),
        passes(("收到申请⟦3件|requests_received|3|件⟧", "收到申请⟦3件|requests_received|3|件⟧，比2022年多1件")),
        passes(("#（三）政府信息管理\n", "#（三）政府信息管理\n2023年将公开栏⟦2块|venues|2|块⟧纳入管理。{S}")),
        passes((_ISSUE, "2023年，我镇将公开栏纳入管理，两村公开栏每月更换。{S}")),
        passes(("#（三）政府信息管理\n", "#（三）政府信息管理\n2022年，我镇开展目录编制试点，今年全部铺开。{S}\n")),
        passes(
            (
                "#（三）政府信息管理\n",
                "#（三）政府信息管理\n2008年《条例》施行以来，历年累计公开⟦2716条|info_published|2716|条⟧。{S}\n",
            )
        ),
        passes(("#（三）政府信息管理\n", "#（三）政府信息管理\n2022年，省政府印发管理办法。{S}\n")),
    ),
    fails=(
        fails(
            ("2023年1月1日至2023年12月31日", "2022年1月1日至12月31日"),
            ("黄坑、下洋", "2023年，黄坑、下洋"),
            evidence=("2022年1月1日至12月31日",),
        ),
        fails((_ISSUE, "2023年，我镇将进一步更换两村公开栏。{S}"), evidence=("2023年，我镇将进一步",)),
        fails((_ISSUE, "2023年要重点抓好公开栏的更换。{S}"), evidence=("2023年要重点抓",)),
        fails((_ISSUE, "2023年是改进之年，将继续更换公开栏。{S}"), evidence=("2023年是改进之年，将继续",)),
        fails((_ISSUE, "力争在2023年实现每月更换。{S}"), evidence=("力争在2023年实现",)),
        fails((_ISSUE, "2022年，我镇将为两村更换公开栏。{S}"), evidence=("2022年，我镇将为",)),
        fails(
            ("#（五）监督保障\n", "#（五）监督保障\n2022年，白石镇人民政府严格落实责任，专人负责。{S}\n"),
            evidence=("2022年，白石镇人民政府严格落实责任",),
        ),
        fails(
            ("#（五）监督保障\n", "#（五）监督保障\n2022年，镇政府在县委的领导下，紧扣要点，专人负责。{S}\n"),
            evidence=("2022年，镇政府在县委的领导下",),
        ),
        fails((_ISSUE, "下一步，2023年底前完成两村公开栏的更换。{S}"), evidence=("2023年底前完成",)),
        fails((_ISSUE, "力争2023年底前更换两村公开栏。{S}"), evidence=("力争2023年底前",)),
        fails(
            (
                "\n收到申请⟦3件|requests_received|3|件⟧",
                "\n2022年，我镇⟦未收到依申请公开的书面申请|requests_received|0|件⟧",
            ),
            evidence=("2022年，我镇未收到依申请公开的书面申请",),
        ),
        fails(
            ("\n收到申请⟦3件|requests_received|3|件⟧", "\n做好准备，2022年⟦未收到申请|requests_received|0|件⟧"),
            evidence=("2022年未收到申请",),
        ),
        fails(
            ("#（三）政府信息管理\n", "#（三）政府信息管理\n2022年，我镇对目录进行了全面梳理。{S}\n"),
            evidence=("2022年，我镇对目录进行了全面梳理",),
        ),
        fails(
            ("#（三）政府信息管理\n", "（三）政府信息管理情况 2022年，我镇制发文件⟦3件|documents|3|件⟧。{S}\n"),
            evidence=("2022年，我镇制发文件3件",),
        ),
        fails(("\n收到申请⟦3件", "\n2024年收到申请⟦3件"), evidence=("2024年收到申请3件",)),
        fails(("\n收到申请⟦3件", "\n2022年收到申请⟦3件"), evidence=("2022年收到申请3件",)),
    ),
)
