"""Whose report it is, of which year and in which national format: read from the title, the first sentences and the tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.document import Section, Source
from govnlp.page import is_page_fact

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TITLE = re.compile(
    r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:总结)?(?:年度)?(?:报告|年报)|年度报告"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?:度)?")
_CN_YEAR = re.compile(r"(二[〇○零]一[〇○零一二三四五六七八九]|二[〇○零]二[〇○零一二三四五六七八九])\s*年")
_PERIOD = re.compile(r"(20\d\d)\s*[年.\-/]\s*0?1\s*[月.\-/]\s*0?1(?!\d)")
_PLACE = re.compile(r"(?:[省市县区旗盟乡镇]|自治[州县区旗]|苏木|街道|新区)$")
_AGENCY_END = r"(?:人民政府(?:办公[厅室]|办事处)?|街道办事处|街道|苏木|管理委员会|管委会|委员会|委|[\u4e00-\u9fff]{1,12}局|厅|办公室|大队|支队|总队|中心|站|所|院|队|社|处|公司|乡|镇|县|区|市|旗|省)"
_IN_TEXT = (
    re.compile(rf"(?:现将|现公布|现就|现发布)([\u4e00-\u9fff]{{2,30}}?{_AGENCY_END})\s*(?:20\d\d\s*年|政府信息|的)"),
    re.compile(
        rf"(?:^|[。\n])\s*([\u4e00-\u9fff]{{2,30}}?{_AGENCY_END})(?:根据|依据|按照|依照|遵照|严格|始终|认真|坚持|切实|紧紧|高度|全面|深入|就|对|编制|现)"
    ),
    re.compile(
        rf"(?:本(?:年度)?报告(?:由|系))([\u4e00-\u9fff]{{2,30}}?{_AGENCY_END})(?:根据|依据|按照|编制|制作|负责)"
    ),
    re.compile(
        rf"20\d\d\s*年度?[，,]?\s*([\u4e00-\u9fff]{{2,30}}?{_AGENCY_END})(?:根据|认真|坚持|深入|严格|紧|以|按|高度|全面|切实|政府信息公开)"
    ),
)
_TITLE_LABEL = re.compile(r"^(?:(?:标\s*题|名\s*称|信息名称)\s*[:：]|标\s{2,}题\s)\s*")
"""What such a page calls the title by."""
_SECOND_NAME = re.compile(r"(人民政府|局|委员会|管委会|办事处)[（(][^（）()]*[）)]")
"""A full name with another one in brackets after it: 某县人民政府（政府办公室）."""
_NAME_LINE = re.compile(
    r"[\u4e00-\u9fff（）()·\s]{3,40}?(?:\d{4}\s*年?度?)?\s*(?:政府(?:信息)?|(?:政府)?(?:信息|政务)公开)?(?:工作)?\s*"
)
"""A line above the title's last one that may hold the agency's name, and the title's beginning."""
_MIDDLE_LINE = re.compile(r"(?:\d{4}\s*年?度?)?\s*(?:(?:政府)?(?:信息|政务)公开)?(?:工作)?\s*")
"""A line between those, without a name."""
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")


@dataclass(frozen=True, slots=True)
class Identity:
    """`agency` is the full name or None; `title` the span of the title in the text, or None where there is none."""

    agency: str | None
    kind: str
    year: int | None
    title: tuple[int, int] | None


def identify(source: Source, sections: Sequence[Section]) -> Identity:
    """Read agency, kind and year; each is None (kind: "other") where nothing tells it."""
    text = source.text.translate(_WIDE)
    head_end = next((s.end for s in sections if s.id == "preamble"), min(len(text), 400))
    title = _find_title(text, max(head_end, 1))
    stated = text[title[0] : title[1]] if title else ""
    name = _agency_in_title(stated) or _agency_in_title((source.title or "").translate(_WIDE))
    told = _agency_in_text(text, head_end)
    if name is None or (told and complete(told).endswith(complete(name))):
        name = told
    year = _year_of(stated) or _year_of((source.title or "").translate(_WIDE)) or _year_in_text(text)
    agency = complete(name) if name else None
    return Identity(agency, kind_of(agency) if agency else "other", year, title)


def complete(name: str) -> str:
    """A bare place name with 人民政府 after it (王集乡: 王集乡人民政府), a subdistrict with 办事处, a development zone with 管理委员会; other
    names as they are."""
    if name.endswith("街道"):
        return name + "办事处"
    if name.endswith("开发区"):
        return name + "管理委员会"
    return name + "人民政府" if _PLACE.search(name) else name


def kind_of(agency: str) -> str:
    """One of `schema.AGENCY_KINDS`, from the name alone."""
    body = re.sub(r"人民政府(?:办公[厅室])?$", "", agency)
    if re.search(r"街道$|街道办$|(?<!驻)[\u4e00-\u9fff]{2}办事处$", body):
        return "subdistrict"
    if re.search(r"(?:[乡镇]|苏木)$", body):
        return "township"
    if re.search(r"(?:管理委员会|管委会)$", body):
        return "other"
    if body != agency:
        if body in _MUNICIPALITIES or re.search(r"(?:省|自治区)$", body):
            return "province"
        if re.search(r"(?:县|区|旗|特区|林区)$", body):
            return "county"
        if re.search(r"(?:市|州|盟|地区)$", body):
            return "city"
        return "other"
    if re.search(r"(?:局|厅|委|委员会|办|办公室|队|院|站|所|中心|社|署|处|海关|银行|联合会|部|馆|会)$", body):
        return "department"
    return "other"


def _find_title(text: str, limit: int) -> tuple[int, int] | None:
    """The first line that names such a report, with one or two lines above it where the agency's name stands there.

    A line without the name is a page's heading where the title with the name follows in the next lines.
    """
    pos = 0
    above: list[tuple[int, int]] = []
    nameless: tuple[int, int] | None = None
    for raw in text[:limit].splitlines(keepends=True):
        line = _TITLE_LABEL.sub("", raw.strip())
        start = pos + len(raw.rstrip()) - len(line)
        pos += len(raw)
        if not line or is_page_fact(line):
            continue
        hit = _TITLE.search(line)
        stop = re.search(r"[。；;]", line[: hit.start()]) if hit else None
        if hit and not stop and (nameless is None or hit.end() == len(line)):
            end = start + hit.end()
            if not _agency_in_title(line[: hit.end()]):
                if len(above) > 1 and _MIDDLE_LINE.fullmatch(text, *above[-1]):
                    above.pop()
                if above and _NAME_LINE.fullmatch(text, *above[-1]):
                    return above[-1][0], end
                nameless, above = nameless or (start, end), []
                continue
            return start, end
        if (above or nameless) and re.search(r"[。；]", line):
            break
        above.append((start, start + len(line)))
        if nameless and len(above) > 2:
            break
    return nameless


def _agency_in_title(title: str) -> str | None:
    if not title:
        return None
    cut, *after = re.split(r"(?:(?:19|20)\d\d|二[〇○零][一二].)\s*年?度?", title.replace("\n", ""), maxsplit=1)
    if not cut.strip() and after:
        cut = after[0]  # 2022年度河畔镇政府信息公开…
    cut = re.split(r"(?:政府信息公开|(?<!府)信息公开|政务公开|年度报告|(?:关于|年度)?工作)", cut, maxsplit=1)[0]
    cut = _SECOND_NAME.sub(r"\1", cut)
    first, _, second = cut.partition("、")
    cut = first if second and _PLACE.search(first) else cut  # two bodies that report together
    cut = re.sub(r"[\s\u3000·“”\"《》（）()#*]", "", cut)
    cut = re.sub(r"^(?:关于|附件\d*[：:]?)|(?:关于|本年度|年度|的)$", "", cut)
    if cut.endswith("人民"):
        cut += "政府"  # 长塘镇人民政府信息公开…: the split took 政府 with it
    elif cut.endswith("政府") and not cut.endswith("人民政府"):
        cut = cut[:-2]  # 下洲乡政府信息公开…: the split took 政府 with it, or the name is short
    return cut if len(cut) >= 3 or (len(cut) == 2 and _PLACE.search(cut)) else None


def _agency_in_text(text: str, head_end: int) -> str | None:
    window = text[: max(head_end, 300) + 300]
    for pattern in _IN_TEXT:
        for m in pattern.finditer(window):
            name = re.sub(r"^(?:(?:本(?:年度)?|年度)?报告[由系]|本|我|按|将|由|为|现|的)", "", m.group(1))
            if not re.search(r"根据|按照|依据|条例|信息公开|国务院|要求|上级|领导", name):
                return name
    return None


def _year_of(title: str) -> int | None:
    m = _YEAR.search(title)
    if m:
        return int(m.group(1))
    m = _CN_YEAR.search(title)
    return int(m.group(1).translate(_CHINESE_YEAR)) if m else None


def _year_in_text(text: str) -> int | None:
    m = _PERIOD.search(text)
    if m:
        return int(m.group(1))
    years = Counter(int(y) for y in re.findall(r"(?<!\d)(20[0-3]\d)\s*年(?!.{0,4}(?:版|号|令))", text))
    return min(years, key=lambda y: (-years[y], y)) if years else None


def format_of(
    text: str, sections: Sequence[Section], year: int | None, layout: str | None, tables: Sequence[str]
) -> str:
    """The national format that the report follows: "2021", "2019" or "pre2019".

    `layout` is what the tables say ("2021", "2019" or None), `tables` the names of the national tables found.
    """
    if layout == "2019":
        return "2019"
    titles = [text[s.start : s.heading_end] for s in sections]
    today = {"proactive_table", "requests_table", "review_table"} <= {s.id for s in sections}
    old_parts = not today and any(re.search(r"概\s*述|收费|减免|附表", t) for t in titles)
    if tables:
        return "2019" if year in (2019, 2020) else "2021"
    if (year is not None and year < 2019) or old_parts:
        return "pre2019"
    return "2019" if year in (2019, 2020) else "2021"
