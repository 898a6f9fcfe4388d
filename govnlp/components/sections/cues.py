"""Scores of each unit as a section's heading or as its text, from wording, enumerators and tables (no training data)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

import numpy as np

from govnlp.components.sections.decode import IMPOSSIBLE, Scores, as_matrix
from govnlp.components.sections.lines import PART_STYLES, Unit
from govnlp.schema import NARRATIVE_SECTIONS, SECTIONS, TABLE_SECTIONS, TOPICS

MAX_TITLE = 34
OFFICIAL = 8.0
"""The score of a heading that leaves no doubt."""
_PART_ONE = re.compile("总体情况|概述|总体概述|基本情况")
_AND = "(?:、|和|与|及|并)?"
_OTHER_TOPIC = re.compile(
    f"(?:加强|强化|做好|深化|推进)?(?:政策|文件)解读{_AND}(?:舆情|社会|公众)?(?:回应)?(?:社会|公众)?(?:关切|热点)?(?:工作)?(?:方面|情况|进一步细化)?"
    f"|(?:因?(?:政府)?信息公开(?:工作)?(?:申请|引起的|引发的)?)?(?:投诉|举报|行政复议|复议){_AND}(?:提起|申请)?(?:行政复议|复议)?{_AND}"
    "(?:行政)?(?:诉讼)?的?(?:工作)?(?:方面|情况)?"
)
"""A topic of part one that is none of the five: what is explained and answered, and complaints and lawsuits."""
_PART_TWO = re.compile("主动公开政府信息的?(?:情况|工作情况)?")
_PART_THREE = re.compile("收到和处理(?:的)?政府信息公开申请的?(?:情况)?")
"""Only the formats with tables have a part of this title: the second part's table has the first one's then, whatever stands before it."""
_TABLE_WORDS = {
    "requests_table": re.compile("自然人|商业企业|科研机构|新收政府信息公开申请|勾稽|予以公开|办理结果|结转"),
    "proactive_table": re.compile("第二十条|规章|规范性文件|行政许可|行政处罚|行政强制|行政事业性收费|信息内容"),
    "review_table": re.compile("结果\\s*维持|结果\\s*纠正|尚未\\s*审结|复议后起诉|未经复议"),
}
_OPENS_IMPROVEMENTS = re.compile(
    r"^.{0,4}(?:针对(?:上述|以上|存在|这些|此)|下一步|下步|改进措施|改进情况|整改措施|今后|下一阶段|对(?:上述|以上|存在))"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    titles: dict[str, tuple[tuple[re.Pattern[str], float], ...]]
    content: dict[str, tuple[tuple[re.Pattern[str], float], ...]]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    raw = tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))

    def compiled(kind: str) -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
        return {
            section: tuple((re.compile(row["pattern"]), float(row["score"])) for row in rows)
            for section, rows in raw[kind].items()
        }

    return Vocabulary(compiled("titles"), compiled("content"))


@lru_cache(maxsize=4096)
def title_scores(title: str) -> Mapping[str, float]:
    """For each section that the wording of a heading fits, how well (the best pattern counts). Reports share their headings."""
    out: dict[str, float] = {}
    title = title.strip().replace(" ", "").replace("\u3000", "")
    for section, patterns in vocabulary().titles.items():
        best = max((score for pattern, score in patterns if pattern.search(title)), default=0.0)
        if best:
            out[section] = best
    clear = max(out.values(), default=0.0)
    # 因政府信息公开申请行政复议… names applications too, but is clearly about something else
    return MappingProxyType({section: score for section, score in out.items() if score >= clear - 2.2})


def topic_style(units: Sequence[Unit], titles: Sequence[Mapping[str, float]]) -> str | None:
    """The enumerator style under which the topics of part one stand: the one that names most different topics."""
    seen: dict[str, dict[str, float]] = {}
    for unit, scores in zip(units, titles, strict=True):
        if unit.enumerator is None:
            continue
        for topic in TOPICS:
            if scores.get(topic, 0.0) >= 2.0:
                slot = seen.setdefault(unit.enumerator.style, {})
                slot[topic] = max(slot.get(topic, 0.0), scores[topic])
    best = max(seen.items(), key=lambda item: (sum(item[1].values()), item[0]), default=None)
    return best[0] if best and len(best[1]) >= 2 else None


def table_kind(text: str, unit: Unit) -> str | None:
    """Which national table a table unit belongs to, by its words."""
    chunk = text[unit.start : unit.end]
    counts = {section: len(pattern.findall(chunk)) for section, pattern in _TABLE_WORDS.items()}
    section = max(counts, key=lambda s: counts[s])
    return section if counts[section] else None


def score_units(text: str, units: Sequence[Unit]) -> tuple[Scores, Scores, Scores]:
    """`opens` and `stays` for the decoder, each (n_units, n_sections), and its `reluctance` (n_units,)."""
    titles = [_titles_of(text, unit) for unit in units]
    style = topic_style(units, titles)
    part_five = _part_five(units, titles)
    has_tables = any(unit.is_table for unit in units)
    new_form = any(_is_part(text, unit, _PART_THREE) for unit in units)
    opens, stays = [], []
    part_one = False
    for i, unit in enumerate(units):
        following = units[i + 1] if i + 1 < len(units) else None
        part_one = _PART_ONE.fullmatch(unit.title(text).strip()) is not None if _numbers_a_part(unit) else part_one
        if new_form and _is_part(text, unit, _PART_TWO):
            opens.append({"proactive_table": OFFICIAL})
        elif part_one and _is_other_topic(text, unit, style):
            opens.append({"overview.extra": OFFICIAL})
        else:
            opens.append({} if unit.is_table else _open_scores(text, unit, titles[i], style, following, has_tables))
        stay = _stay_scores(text, unit, titles[i], style, i)
        stay["problems.improvements"] += part_five.get(i, 0.0)
        stays.append(stay)
    reluctance = np.array([1.0 if unit.opens_line else 1.2 for unit in units])
    return as_matrix(opens, IMPOSSIBLE), as_matrix(stays, 0.0), reluctance


def _is_part(text: str, unit: Unit, title: re.Pattern[str]) -> bool:
    """Whether a line is the heading of a part with this title."""
    return _numbers_a_part(unit) and unit.fills_line and title.fullmatch(unit.title(text).strip()) is not None


def _numbers_a_part(unit: Unit) -> bool:
    return unit.enumerator is not None and unit.enumerator.style in PART_STYLES


def _is_other_topic(text: str, unit: Unit, style: str | None) -> bool:
    """Whether a heading of the topics' own style is about something that is none of the five, and known to be."""
    return (
        unit.enumerator is not None
        and unit.enumerator.style == style
        and _OTHER_TOPIC.fullmatch(unit.title(text).strip()) is not None
    )


def _part_five(units: Sequence[Unit], titles: Sequence[Mapping[str, float]]) -> dict[int, float]:
    """What the layout of part five says for improvements at each of its units.

    Problems are counted first, then what is done about them: a list that starts again at one, or a new paragraph that is no
    further item of a list, is likely to be the latter; where a heading announces it, what stands before that is not.
    """
    out: dict[int, float] = {}
    inside = False
    seen: set[str] = set()
    longest = paragraphs = first = 0
    for i, unit in enumerate(units):
        enum = unit.enumerator
        if titles[i].get("problems", 0.0) >= 3.6 and enum and enum.style in PART_STYLES:
            inside, seen, longest, paragraphs, first = True, set(), 0, 0, i + 1
            continue
        if not inside:
            continue
        if titles[i].get("problems.improvements", 0.0) >= 3.8 and (enum or unit.fills_line) and paragraphs:
            out = dict.fromkeys(range(first, i), -2.5)
            break
        if not unit.opens_line:
            continue
        if titles[i].get("other_matters", 0.0) >= 3.0 and enum and enum.style in PART_STYLES:
            inside = False
            continue
        paragraphs += 1
        if enum is None:
            out[i] = 0.9 if paragraphs == 2 else 0.3 if paragraphs > 2 else 0.0
            continue
        if enum.number == 1 and (enum.style in seen or longest >= 2):
            out[i] = 2.2
        elif enum.number == 1 and paragraphs == 2:
            out[i] = 0.9
        seen.add(enum.style)
        longest = enum.number
    return out


def _titles_of(text: str, unit: Unit) -> Mapping[str, float]:
    if unit.is_table or not (unit.opens_line or unit.enumerator or unit.bold):
        return {}
    title = unit.title(text)
    # a PDF may run the text on right after the title: look at its beginning only
    return title_scores(title[:MAX_TITLE]) if title else {}


def _heading_form(unit: Unit, title_length: int, *, aspect: bool = False) -> float:
    """How much a unit looks like a heading, whatever it says."""
    score = 0.0
    if unit.enumerator is not None:
        score += 1.0
    elif not unit.bold:
        score -= 0.0 if aspect else 1.5
    if unit.fills_line and title_length <= MAX_TITLE and unit.title_end >= unit.end - 1:
        score += 1.5
    if unit.bold:
        score += 1.0
    if not unit.opens_line:
        score -= 1.0
    if title_length > MAX_TITLE:
        score -= 1.5
    return score


def _open_scores(
    text: str, unit: Unit, titles: Mapping[str, float], style: str | None, following: Unit | None, has_tables: bool
) -> dict[str, float]:
    if not (unit.opens_line or unit.enumerator):
        return {}
    length = unit.title_end - unit.title_start
    form = _heading_form(unit, length, aspect=unit.title(text).endswith(("方面", "情况", "工作")))
    enum = unit.enumerator
    out: dict[str, float] = {}
    for section, score in titles.items():
        total = score + form - 2.5
        if section in TOPICS or section == "overview.extra":
            if style is not None and enum is not None:
                total += 2.0 if enum.style == style else -3.5
            elif style is not None and not unit.bold:
                total -= 1.0
            if length > 16 and not unit.fills_line:
                total -= 1.0
        elif enum is not None and enum.style == "一、" and not section.startswith("problems."):
            total += 1.5
        elif enum is not None and enum.style in ("一是", "①", "（1）", "1）"):
            total -= 2.0
        if section in TABLE_SECTIONS:
            if following is not None and following.is_table:
                total += 2.5
            elif following is not None and following.enumerator is not None and following.enumerator.style == "一、":
                total -= 0.5  # the table was lost, the heading is still there
            else:
                total -= 1.5 if has_tables or section == "review_table" else 3.5
        if section in ("overview.proactive", "overview.on_request") and following is not None:
            parts = [u.enumerator is not None and u.enumerator.style == "一、" for u in (unit, following)]
            if following.is_table or all(parts):
                total -= 4.0  # a heading with no prose under it
        out[section] = total
    if enum is not None and style is not None and enum.style == style:
        # a heading of the topics' own style that names none of them: an extra topic, or a topic in its own words
        if unit.fills_line and 2 <= length <= 26 and unit.title_end >= unit.end - 1 and not titles:
            out["overview.extra"] = max(out.get("overview.extra", 0.0), 2.4)
        for topic in TOPICS:
            weight = _content(text, unit, topic)
            if weight and topic not in out:
                out[topic] = weight - 1.5
    elif enum is not None and style is None and enum.style in ("（一）", "1.", "一是"):
        # no topic is named anywhere: number and content have to tell
        for k, topic in enumerate(TOPICS):
            if topic not in out:
                out[topic] = _content(text, unit, topic) + (1.0 if enum.number == k + 1 else -1.0) - 1.0
    second_list = enum is not None and enum.number == 1 and "problems.improvements" not in out
    if second_list and _OPENS_IMPROVEMENTS.search(text[unit.start : unit.end]):
        out["problems.improvements"] = 1.5
    return out


def _content(text: str, unit: Unit, section: str) -> float:
    chunk = text[unit.start : unit.end]
    return sum(score * min(2, len(p.findall(chunk))) for p, score in vocabulary().content.get(section, ()))


def _stay_scores(text: str, unit: Unit, titles: Mapping[str, float], style: str | None, index: int) -> dict[str, float]:
    if unit.is_table:
        kind = table_kind(text, unit)
        out = dict.fromkeys(NARRATIVE_SECTIONS, -6.0)
        for section in TABLE_SECTIONS:
            out[section] = 6.0 if section == kind else (-4.0 if kind else 0.0)
        return out
    out = {section: min(_content(text, unit, section), 4.4) * 0.5 for section in NARRATIVE_SECTIONS}
    # prose in a table's part is unusual; a heading that is read as text costs what it is sure of
    for section in TABLE_SECTIONS:
        out[section] = -0.8
    out["problems"] = -1.3
    strongest = max((s for k, s in titles.items() if k in SECTIONS), default=0.0)
    if strongest >= 3.5 and unit.enumerator is not None and (unit.enumerator.style in ("一、", style) or unit.bold):
        cost = min(strongest, 5.0) * 0.5
        out = {section: score - cost for section, score in out.items()}
    if index == 0:
        out["preamble"] += 3.0
    return out
