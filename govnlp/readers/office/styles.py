"""Paragraph styles and automatic numbering: which paragraphs are headings, and the number that stands before each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govnlp.readers.office.numerals import show
from govnlp.readers.office.package import Element, child, is_on, local, number, value

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*\d?$|title$|^标题", re.I)
_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_CHAIN = 20
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters here; None where it leaves it to the style that it is based on."""

    name: str
    based_on: str | None
    num_id: str | None
    level: int | None
    outline: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(slots=True)
class Lists:
    """The document's lists and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By abstract list, by level."""
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, num_id: str, level: int) -> str:
        """Count one paragraph of the list and give its number as shown ("" for a bullet or an unknown list)."""
        abstract = self.abstract_of.get(num_id)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        override = self.overrides.get(num_id, {}).get(level)
        current = counts[level]
        if override is not None and (num_id, level) not in self.started:
            counts[level] = override
        else:
            counts[level] = levels[level].start if current is None else current + 1
        self.started.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts[deeper] = None
        return self._label(levels, counts, level)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level of a list that belongs to a paragraph style."""
        levels = self.levels.get(self.abstract_of.get(num_id, ""), {})
        return next((n for n, level in sorted(levels.items()) if level.style == style), None)

    @staticmethod
    def _label(levels: dict[int, Level], counts: list[int | None], level: int) -> str:
        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index not in levels:
                return ""
            count = counts[index]
            form = "decimal" if levels[level].legal and index < level else levels[index].form
            return show(levels[index].start if count is None else count, form)

        if levels[level].form == "bullet":
            return ""
        return _PLACEHOLDER.sub(fill, levels[level].text)


@dataclass(frozen=True, slots=True)
class Styles:
    """The document's paragraph styles."""

    by_id: dict[str, Style]
    default: str | None

    def is_heading(self, properties: Element | None) -> bool:
        """Whether the paragraph's own outline level or its style makes it a heading."""
        own = number(child(properties, "outlineLvl"))
        if own is not None:
            return own < _LEVELS
        for style in self._chain(properties):
            if style.outline is not None:
                return style.outline < _LEVELS
            if _HEADING_NAME.search(style.name):
                return True
        return False

    def numbering(self, properties: Element | None, lists: Lists) -> tuple[str, int] | None:
        """List and level of a paragraph, its own or its style's; None without (list 0 takes a style's away)."""
        own = child(properties, "numPr")
        num_id, level = value(child(own, "numId")), number(child(own, "ilvl"))
        for style_id, style in self._chain_items(properties):
            if num_id is None and style.num_id is not None:
                num_id = style.num_id
                level = level if level is not None else style.level
                if level is None:
                    level = lists.level_of_style(num_id, style_id)
        if num_id is None or num_id == "0":
            return None
        return num_id, min(max(level or 0, 0), _LEVELS - 1)

    def _chain(self, properties: Element | None) -> list[Style]:
        return [style for _, style in self._chain_items(properties)]

    def _chain_items(self, properties: Element | None) -> list[tuple[str, Style]]:
        name = value(child(properties, "pStyle")) or self.default
        out: list[tuple[str, Style]] = []
        while name is not None and name in self.by_id and len(out) < _MAX_CHAIN:
            out.append((name, self.by_id[name]))
            name = self.by_id[name].based_on
        return out


def read_styles(root: Element | None) -> Styles:
    """The paragraph styles of `styles.xml`."""
    styles: dict[str, Style] = {}
    default = None
    for item in root if root is not None else ():
        style_id = value(item, "styleId")
        if local(item) != "style" or style_id is None or value(item, "type") not in (None, "paragraph"):
            continue
        properties = child(item, "pPr")
        styles[style_id] = Style(
            name=value(child(item, "name")) or "",
            based_on=value(child(item, "basedOn")),
            num_id=value(child(properties, "numPr", "numId")),
            level=number(child(properties, "numPr", "ilvl")),
            outline=number(child(properties, "outlineLvl")),
        )
        if value(item, "default") in ("1", "true", "on"):
            default = style_id
    return Styles(styles, default)


def read_lists(root: Element | None) -> Lists:
    """The lists of `numbering.xml`."""
    lists = Lists()
    items = list(root) if root is not None else []
    for item in items:
        if local(item) == "abstractNum" and (abstract := value(item, "abstractNumId")) is not None:
            lists.levels[abstract] = dict(_level(x) for x in item if local(x) == "lvl")
    for item in items:
        num_id, abstract = value(item, "numId"), value(child(item, "abstractNumId"))
        if local(item) != "num" or num_id is None or abstract is None:
            continue
        own: dict[int, Level] = {}
        for override in (x for x in item if local(x) == "lvlOverride"):
            level = number(override, "ilvl") or 0
            if (start := number(child(override, "startOverride"))) is not None:
                lists.overrides.setdefault(num_id, {})[level] = start
            if (redefined := child(override, "lvl")) is not None:
                own.update([_level(redefined)])
        if own:
            # A list with levels of its own counts by itself.
            lists.levels[f"{abstract}/{num_id}"] = {**lists.levels.get(abstract, {}), **own}
            abstract = f"{abstract}/{num_id}"
        lists.abstract_of[num_id] = abstract
    return lists


def _level(item: Element) -> tuple[int, Level]:
    start = number(child(item, "start"))
    level = Level(
        start=1 if start is None else start,
        form=value(child(item, "numFmt")) or "decimal",
        text=value(child(item, "lvlText")) or "",
        restart=number(child(item, "lvlRestart")),
        legal=is_on(child(item, "isLgl")),
        style=value(child(item, "pStyle")),
    )
    return number(item, "ilvl") or 0, level
