"""GD404: another agency's name or kind is left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6
from govnlp.rules.cases import fails, passes
from govnlp.rules.names import AgencyName, is_district, one_off, take_apart
from govnlp.schema import TABLE_SECTIONS

SELF = re.compile("(?<![自他忘小])我(?P<kind>街道|镇|乡|街|苏木|局|县|区|市|旗)(?![定村愁亲情土域场])")
WHOLE_COUNTY = re.compile("全县(?=政府|政务|依申请|主动公开|各(?:乡镇|部门|单位|级)|上下|经济)")
WHOLE_PROVINCE = re.compile("(?:推进|抓好|做好|组织|加强|指导)(?P<word>全省)(?:政府|政务)?(?:信息)?公开工作")
ANNOUNCED = re.compile(
    "现(?:将|予以?公布|公布|发布|向社会公布)(?P<name>[\\u4e00-\\u9fff]{2,20}?(?:局|委员会|人民政府|办事处|镇|乡|街道))(?=20\\d\\d\\s*年)"
)
TOWNS = ("镇", "乡", "街道", "苏木")
DISTRICTS = ("县", "区", "市", "旗")
KIND_WORDS = {
    "镇": re.compile(
        "(?P<before>^|[，。；：、\\s年由经向在各对是和与]|我)(?P<word>镇(?:党委|政府|人大|纪委|领导|长(?![期远效]"
        ")|直部门|级各)|(?:全|本)镇(?![区村江]))"
    ),
    "街道": re.compile(
        "(?P<before>^|[，。；：、\\s年由经向在各对是和与]|我|了解|增强)(?P<word>街道(?:党工委|各项工作|领导班子|公信力)|(?:全|本)街道)"
    ),
    "乡": re.compile(
        "(?P<before>^|[，。；：、\\s年由经向在各对是和与]|我)(?P<word>乡(?:党委|政府|人大|纪委|领导|长(?!期))|(?:"
        "全|本)乡(?![镇村]))"
    ),
}
"""A bare kind that speaks of the agency itself: 镇党委, 全镇."""
WITH = re.compile("[与和同赴邻等]$|学习|考察|毗邻|邻近|联合|借鉴|来自|原$|协助|支援|相邻|兄弟|外")
"""Words before another agency's name that make it a partner, a neighbour or an example."""
LEARNING = re.compile("学习|考察|观摩|取经|交流|借鉴")
LEADING = re.compile(
    "(?:^|(?<=[。；\\n]))(?:20\\d\\d\\s*年(?:度)?[，,]?\\s*)?(?P<name>[\\u4e00-\\u9fff]{2,4}(?P<kind>街道|镇|乡))"
)
OTHER_PLACE = re.compile(
    r"(?:^|(?<=[。；\n]))(?:20\d\d\s*年(?:度)?[，,]?\s*)?(?P<name>(?P<place>[\u4e00-\u9fff]{1,5}?(?P<kind>[县区旗市])))"
)
"""A county's name that opens a sentence."""
NO_COUNTY = re.compile("[园小社城库景山灾片校郊新辖专牧林矿地厂街]区$|[发验范护流作景]区$|[超集菜夜门]市$")
HOW_ONE_WORKS = re.compile(
    "始终|坚持|认真|严格|积极|高度|紧紧|紧扣|全面|不断|进一步|立足|聚焦|围绕|按照|切实|着力|深入|扎实|主动|持续|加强|共"
)
PREDICATE = re.compile(
    "(?:人民政府|政府|党委|党工委|办事处)|将|始终|坚持|认真|严格|积极|高度|紧紧|紧扣|全面|不断|进一步|立足|聚焦|"
    "围绕|按照|把|以|在|共|主动|各(?:社区|村|居|部门|科室|站所)"
)
NOT_A_NAME = re.compile(
    "^[一二三四五六七八九]是|^[镇乡](?:党|纪|人大)?[委工]|会同|各|全|本|我|该|每|乡镇|城镇|村镇|小城|集镇|重点|先进|其他|部分|个别|有"
    "的|一些|所有|辖区|中心|建制|特色|示范|"
    "下属|县|市|区|省|对|请|由|经|为|及|和|与|以|将|建立|成立|设立|组建|健全|加强|明确|形成|完善|召开|落实|充实|"
    "调整|依托|结合|围绕|根据|按照|推进|强化|确保|做好|抓好|坚持|紧扣|针对|通过|利用|原|虽然|尽管|但是|然而|目前|"
    "当前|同时|此外|另外|今后|下步|下一步|过去|今年|去年|上年|近年|由于|因为|鉴于|随着"
)
OWN_HOUSE = re.compile(
    "(?:在|由|依托|通过)(?P<name>[\\u4e00-\\u9fff]{2,6}(?:街道|苏木|镇|乡))"
    "(?=便民服务中心|政务服务中心|党群服务中心|党政办|党政综合办|综合办|公开栏|政府大院|政府网站)"
)
"""An office or place of a town that a report speaks of as its own."""
OWN_WORK = re.compile(
    "(?:结合|立足|展示|反映|推动|提升)(?P<name>[\\u4e00-\\u9fff]{2,4}(?:街道|苏木|镇|乡))的?(?=实际|政务公开|政府信息公开|信息公开)"
)
"""A town whose circumstances or whose disclosure a report speaks of as its own."""
PLACE_AFTER = re.compile("村|区|域|镇|企|长制|土|亲|愁|风|贤|情|化|建设|街")


def check(report: Report, context: Context) -> Iterator[Hit]:
    if not report.agency or not report.agency.strip():
        return
    agency = take_apart(report.agency)
    taken: list[tuple[int, int]] = []
    for start, end, word in [
        *other_self(report, agency),
        *wider(report, agency),
        *other_author(report, agency),
        *other_kind(report, agency),
        *other_town(report, agency),
        *other_place(report, agency),
        *neighbours(report, agency, context),
    ]:
        if any(a < end and start < b for a, b in taken) or report.section_at(start) in TABLE_SECTIONS:
            continue
        taken.append((start, end))
        yield Hit(evidence=((start, end),), values={"word": word, "agency": report.agency.strip()})


Found = tuple[int, int, str]


def other_self(report: Report, agency: AgencyName) -> Iterator[Found]:
    """我镇 in a 乡's report. What stands above the agency (我县 in a township's) is its own too."""
    own = agency.kind
    if report.agency_kind in ("township", "subdistrict"):
        foreign = {k for k in (*TOWNS, "街", "局") if k != own}
        foreign -= {"街"} if own == "街道" else set()
    elif report.agency_kind == "department":
        foreign = {*TOWNS, "街"} | (set() if own in ("局", "") else {"局"} if own in ("委员会", "社") else set())
    elif report.agency_kind in ("county", "city") and is_district(agency):
        foreign = {*TOWNS, "街", "局"}
        foreign |= {k for k in ("县", "旗") if k != own and own in DISTRICTS}
    else:
        return
    no_county = _place_kind(agency) in ("区", "市")
    foreign |= {"县", "旗"} if no_county else set()
    for match in SELF.finditer(report.text):
        if match["kind"] in foreign:
            yield match.start(), match.end(), match.group()
    for match in WHOLE_COUNTY.finditer(report.text) if no_county else ():
        yield match.start(), match.end(), match.group()


def _place_kind(agency: AgencyName) -> str:
    """县, 区, 市 or 旗: what the agency governs, or belongs to; "" where its name does not tell."""
    place = agency.own if is_district(agency) else agency.superiors[-1] if agency.superiors else ""
    return place[-1:]


def other_author(report: Report, agency: AgencyName) -> Iterator[Found]:
    """Another agency's report announced: 现公布黑水县林业局2023年政府信息公开工作年度报告."""
    for section in report.of_section("preamble"):
        for match in ANNOUNCED.finditer(report.text, section.start, section.end):
            name = take_apart(match["name"])
            known = name.own in agency.own or agency.own in name.own or one_off(name.own, agency.own)
            # a department's report may be announced by another name of it
            town = report.agency_kind in ("township", "subdistrict")
            if not known and (town or level(name) != "department"):
                yield match.start("name"), match.end("name"), match["name"]


def wider(report: Report, agency: AgencyName) -> Iterator[Found]:
    """推进全省信息公开工作 in the report of an agency that is no province's."""
    if report.agency_kind in ("province", "other") or re.search("(?:省|自治区)[^市县区州旗]*$", agency.full):
        return
    for match in WHOLE_PROVINCE.finditer(report.text):
        yield match.start("word"), match.end("word"), match["word"]


def other_kind(report: Report, agency: AgencyName) -> Iterator[Found]:
    """镇党委 or 全镇 in a 乡's or a 街道's report."""
    if report.agency_kind not in ("township", "subdistrict") or agency.kind not in TOWNS:
        return
    for kind, pattern in KIND_WORDS.items():
        if kind == agency.kind or (agency.kind == "苏木" and kind == "乡"):
            continue
        for match in pattern.finditer(report.text):
            if match["before"] == "各":
                continue
            yield match.start("word"), match.end("word"), match["word"]


def other_town(report: Report, agency: AgencyName) -> Iterator[Found]:
    """Another town's name as the subject of a sentence, or one that differs from the agency's in one character."""
    if report.agency_kind not in ("township", "subdistrict") or agency.kind not in TOWNS:
        return
    for match in LEADING.finditer(report.text):
        name, after = match["name"], report.text[match.end() : match.end() + 6]
        if (
            name in agency.full
            or agency.own in (name[-len(agency.own) :], name[:-1])
            or NOT_A_NAME.search(name[: -len(match["kind"])])
        ):
            continue
        if PREDICATE.match(after):
            yield match.start("name"), match.end("name"), name
    for match in [*OWN_HOUSE.finditer(report.text), *OWN_WORK.finditer(report.text)]:
        name = match["name"]
        if not (name in agency.full or name.endswith(agency.own) or NOT_A_NAME.search(name) or WITH.search(name)):
            yield match.start("name"), match.end("name"), name
    size = len(agency.own)
    for match in re.finditer(re.escape(agency.kind), report.text):
        name = report.text[max(0, match.end() - size) : match.end()]
        doubled = name == agency.own[1:] + agency.kind  # 白石镇镇: a word typed twice
        near = size >= 4 and not doubled and one_off(name, agency.own) and name[0] == agency.own[0]
        if near and not PLACE_AFTER.match(report.text, match.end()):
            yield match.end() - size, match.end(), name


def other_place(report: Report, agency: AgencyName) -> Iterator[Found]:
    """Another county's bureau of the same name, or its government, as the subject of a sentence about how it works."""
    office = agency.own if report.agency_kind == "department" else ""
    own_place = agency.superiors[-1] if office and agency.superiors else agency.own
    if report.agency_kind not in ("county", "department") or own_place[-1:] not in DISTRICTS:
        return
    # A city's bureau stands above a county's: only one of the same level is a neighbour's.
    level_kinds = "市" if own_place[-1] == "市" else "县区旗"
    for match in OTHER_PLACE.finditer(report.text):
        name, end = match["name"], match.end("name")
        if match["kind"] not in level_kinds or len(name) < 3 or name in agency.full or agency.full.endswith(name):
            continue
        if office and not report.text.startswith(office, end):
            continue
        end += len(office)
        if not office and report.text.startswith("人民政府", end):
            end += len("人民政府")
        if NO_COUNTY.search(name) and not office:
            continue
        if "自治" in own_place and own_place.startswith(name[:-1]):
            continue  # 桓岭县 for 桓岭满族自治县
        if NOT_A_NAME.search(name[:-1]) or not HOW_ONE_WORKS.match(report.text, end):
            continue
        yield match.start("name"), end, report.span(match.start("name"), end)


def neighbours(report: Report, agency: AgencyName, context: Context) -> Iterator[Found]:
    """Names of the batch's other agencies of the same level, where nothing says that they are partners."""
    for other in context.neighbours:
        name = take_apart(other)
        if name.own == agency.own and name.superiors == agency.superiors:
            continue
        if level(name) != level(agency):
            continue
        words = [name.own] if name.kind in TOWNS or is_district(name) else []
        if not words and name.own == agency.own and name.superiors and agency.superiors:
            # Two counties' bureaus of one name: the county's name is what tells them apart.
            words = [name.superiors[-1]]
        for word in words:
            if len(word) < 3 or word in (report.agency or ""):
                continue
            for match in re.finditer(re.escape(word), report.text):
                before = report.text[max(0, match.start() - 4) : match.start()]
                after = report.text[match.end() : match.end() + 8]
                if not WITH.search(before) and not PLACE_AFTER.match(after) and not LEARNING.search(after):
                    yield match.start(), match.end(), word


def level(name: AgencyName) -> str:
    """What an agency is among the batch's: a city may name its counties, and a county its towns."""
    if name.kind in TOWNS:
        return "town"
    if is_district(name):
        return "city" if name.kind == "市" else "county"
    return "department"


RULE = Rule(
    code="GD404",
    name="foreign-name",
    severity="error",
    title={"zh": "出现其他单位名称", "en": "Another agency's name"},
    basis=(ART_6,),
    explanation={
        "zh": (
            "报告中自称与本机关的类型不符（乡的报告写“我镇”），或者留有其他单位的名称，多为照抄其他单位报告。上"
            "级机关和合作单位的名称不算差错。"
        ),
        "en": "The report calls itself a kind that the agency is not (“我镇”, our town, in the report of a township, "
        "“乡”), or another agency's name is left in: usually a copy. Superiors and partners may be named.",
    },
    advice={
        "zh": "改为本机关的名称，并检查该段内容是否属实。",
        "en": "Put the agency's own name, and check whether the passage is its own.",
    },
    messages={
        "default": {
            "zh": "“{word}”不是{agency}的自称或者名称。",
            "en": "“{word}” is no name of the reporting agency, “{agency}”.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes(("黄坑、下洋", "我镇黄坑、下洋"), ("两村公开栏改由", "我县各乡镇都有此问题，两村公开栏改由")),
        passes(("黄坑、下洋", "全镇黄坑、下洋"), agency="青云县白石镇人民政府"),
        passes(("黄坑、下洋", "推进全省信息公开工作，黄坑、下洋"), agency="云江省水务局", kind="department"),
        passes(("黄坑、下洋", "我县黄坑、下洋"), agency="云江市青云县水务局", kind="department"),
        passes(("黄坑、下洋", "全县水务局系统坚持公开，黄坑、下洋"), agency="青云县水务局", kind="department"),
        passes(
            ("{S}\n@problems.improvements", "{S}云江市水务局高度重视，已来督办。{S}\n@problems.improvements"),
            agency="青云县水务局",
            kind="department",
        ),
        passes(("\n黄坑、下洋", "\n工业园区坚持公开。黄坑、下洋"), agency="青云县人民政府", kind="county"),
        passes(("黄坑、下洋", "各镇政府都有此问题，黄坑、下洋"), agency="青云县黑水乡人民政府"),
        passes(
            ("\n黄坑、下洋", "\n虽然街道做了很多工作，黄坑、下洋"), agency="青云县白石街道办事处", kind="subdistrict"
        ),
        passes(("\n黄坑、下洋", "\n青云县围绕便民公开。黄坑、下洋"), agency="青云满族自治县人民政府", kind="county"),
        passes(("黄坑、下洋", "结合乡镇实际，推动全县各镇信息公开，展示白石镇政务公开工作，黄坑、下洋")),
    ),
    fails=(
        fails(("黄坑、下洋", "我乡黄坑、下洋"), evidence=("我乡",)),
        fails(("黄坑、下洋", "我县黄坑、下洋"), agency="青云区水务局", kind="department", evidence=("我县",)),
        fails(("黄坑、下洋", "全县政务公开，黄坑、下洋"), agency="青云市水务局", kind="department", evidence=("全县",)),
        fails(("本报告依据", "现公布黑水县林业局2023年报告。本报告依据"), evidence=("黑水县林业局",)),
        fails(("黄坑、下洋", "组织推进全省信息公开工作，黄坑、下洋"), evidence=("全省",)),
        fails(("黄坑、下洋", "了解街道各项工作，黄坑、下洋"), evidence=("街道各项工作",)),
        fails(("黄坑、下洋", "黑水镇政府坚持公开，黄坑、下洋"), evidence=("黑水镇",)),
        fails(("黄坑、下洋", "结合黑水镇的实际，黄坑、下洋"), evidence=("黑水镇",)),
        fails(("\n黄坑、下洋", "\n黑水镇各社区设了公开栏。黄坑、下洋"), evidence=("黑水镇",)),
        fails(("黄坑、下洋", "镇党委要求公开，黄坑、下洋"), agency="青云县黑水乡人民政府", evidence=("镇党委",)),
        fails(
            ("\n黄坑、下洋", "\n黑石县水务局高度重视公开。黄坑、下洋"),
            agency="青云县水务局",
            kind="department",
            evidence=("黑石县水务局",),
        ),
        fails(
            ("\n黄坑、下洋", "\n黑石县人民政府高度重视公开。黄坑、下洋"),
            agency="青云县人民政府",
            kind="county",
            evidence=("黑石县人民政府",),
        ),
        fails(("黄坑、下洋", "我镇黄坑、下洋"), agency="青云县水务局", kind="department", evidence=("我镇",)),
    ),
)
