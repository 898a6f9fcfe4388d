"""The elements of a page to paragraphs and tables, as a browser shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govnlp.readers.joining import tidy
from govnlp.readers.structure import Paragraph, SpannedContent, Table, place
from govnlp.readers.webpage import vocabulary as words
from govnlp.readers.webpage.chrome import Node

_DIGITS = re.compile(r"\d{1,4}")


def flow_of(root: Node) -> list[Paragraph | Table]:
    """Paragraphs and tables below `root`, in order; links to attachments and lines of links only are left out."""
    flow = _Flow()
    flow.walk(root)
    flow.close()
    return flow.items


@dataclass(slots=True)
class _Flow:
    items: list[Paragraph | Table] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    linked: int = 0
    """Characters of the open line that stand in links."""
    attached: bool = False

    def walk(self, node: Node, kind: str = "paragraph") -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self.line.append(child.text_content or "")
            elif child.tag == "br":
                self.close(kind)
            elif child.tag in words.DEAD_TAGS or child.is_comment_node:
                continue
            elif child.tag == "table":
                self.close(kind)
                self.items.append(_table(child))
            elif child.tag in words.BLOCK_TAGS:
                self.close(kind)
                inner = "heading" if child.tag in words.HEADING_TAGS else kind
                self.walk(child, inner)
                self.close(inner)
            else:
                self._inline(child, kind)

    def close(self, kind: str = "paragraph") -> None:
        text = tidy("".join(self.line))
        only_links = self.linked and self.linked >= 0.8 * len(text.replace(" ", "")) and "。" not in text
        if text and not (only_links or (self.attached and len(text) < 80)):
            self.items.append(Paragraph(text, kind))
        self.line, self.linked, self.attached = [], 0, False

    def _inline(self, node: Node, kind: str) -> None:
        before = len(self.line)
        self.walk(node, kind)
        href = node.attributes.get("href") if node.tag == "a" else None
        if href:
            self.linked += len("".join("".join(self.line[before:]).split()))
            self.attached = self.attached or bool(words.ATTACHMENT.search(href))


def _table(node: Node) -> Table:
    rows: list[list[SpannedContent]] = []
    for row in _rows(node):
        cells = []
        for cell in row.iter():
            if cell.tag in ("td", "th"):
                spans = (_span(cell, "rowspan", 0), _span(cell, "colspan", 1))
                cells.append(SpannedContent(tuple(flow_of(cell)), *spans))
        rows.append(cells)
    return place(rows)


def _rows(node: Node) -> list[Node]:
    rows = []
    for child in node.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child.iter() if row.tag == "tr"]
    return rows


def _span(cell: Node, name: str, least: int) -> int:
    found = _DIGITS.match((cell.attributes.get(name) or "1").strip())
    return max(least, int(found[0])) if found else 1
