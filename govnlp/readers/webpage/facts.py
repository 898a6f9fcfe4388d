"""What a page says of the document: title and date of publication, from meta tags, the metadata table or its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govnlp.page import FACT, FACT_LABEL
from govnlp.readers.structure import Paragraph, Table, cell_text
from govnlp.readers.webpage import vocabulary as words
from govnlp.readers.webpage.chrome import Node

_FEW = 40
"""A table with more cells than this is not the page's metadata."""


def meta_facts(tree: Node) -> tuple[str | None, str | None]:
    """Title and ISO date of the meta tags; the title falls back to the page's own, without the name of the site."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        if name and (content := (node.attributes.get("content") or "").strip()):
            found.setdefault(name, content)
    title = next((found[name] for name in words.META_TITLE if name in found), None)
    date = next((iso for name in words.META_DATE if name in found and (iso := iso_date(found[name]))), None)
    node = tree.css_first("title")
    if title is None and node is not None:
        parts = [p for p in words.PAGE_TITLE_PARTS.split((node.text() or "").strip()) if p]
        title = next((p for p in parts if "报告" in p), parts[0] if parts else None)
    return title, date


def described(pairs: Iterable[str]) -> tuple[str | None, str | None]:
    """Title and ISO date from the texts of a metadata table's cells or of a line with 发布日期：…, in order."""
    title = date = None
    texts = [t for t in pairs if t]
    for n, text in enumerate(texts):
        value = texts[n + 1] if n + 1 < len(texts) else ""
        if title is None and words.TITLE_LABEL.fullmatch(text) and not FACT_LABEL.fullmatch(value):
            title = value or None
        if date is None and (label := words.PUBLISHED_LABEL.search(text)):
            date = iso_date(text[label.end() :]) or iso_date(value)
    return title, date


def iso_date(text: str) -> str | None:
    """The first date of `text` as YYYY-MM-DD, or None."""
    found = words.DATE.search(text)
    if not found:
        return None
    year, month, day = (int(g) for g in found.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def is_metadata(table: Table) -> bool:
    """Whether the table describes the document (索引号, 发布机构, 发布日期 …) rather than being part of it."""
    texts = [t for t in map(cell_text, table.cells) if t]
    labels = sum(bool(FACT_LABEL.fullmatch(t) or FACT.match(t)) for t in texts)
    return len(table.cells) <= _FEW and labels >= 2 and labels * 3 >= len(texts)


def same_text(a: str, b: str) -> bool:
    """Whether two texts are the same but for blanks and punctuation."""
    return _letters(a) == _letters(b)


def begins_with(text: str, beginning: str) -> bool:
    """Whether `text` begins with `beginning`, but for blanks and punctuation."""
    return _letters(text).startswith(_letters(beginning))


def texts_of(items: Sequence[Paragraph | Table]) -> list[str]:
    """The texts of paragraphs and cells, in order."""
    out = []
    for item in items:
        if isinstance(item, Paragraph):
            out.append(item.text)
        else:
            out += [cell_text(cell) for cell in item.cells]
    return out


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
