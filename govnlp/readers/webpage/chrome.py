"""Takes away what a page puts around the report: navigation, header, footer, share buttons, attachments, hidden parts."""

from __future__ import annotations

import re
from typing import Any

from govnlp.readers.webpage import vocabulary as words

Node = Any
"""A selectolax node; the library has no types."""

_BLANK = re.compile(r"\s+")
_NOT_CONTENT = ", ".join(sorted(words.DEAD_TAGS - {"head", "title", "meta"}))


def prune(root: Node) -> None:
    """Remove from `root` (the body), in place, the elements that are no part of the report."""
    for node in root.css(_NOT_CONTENT):
        node.decompose()
    whole = weight(root)
    for node in root.css("[class], [id], [style], [hidden], [role]"):
        if node.parent is not None and node.tag not in ("body", "html") and _is_chrome(node, whole):
            node.decompose()


def content_root(root: Node) -> Node:
    """The innermost element that still holds everything of substance."""
    while True:
        holders = [child for child in root.iter() if child.tag in words.BLOCK_TAGS and _has_substance(child)]
        loose = any(
            n.is_text_node and words.SUBSTANCE.search(n.text_content or "") for n in root.iter(include_text=True)
        )
        if loose or len(holders) != 1 or holders[0].tag not in ("div", "section", "article", "main", "center", "form"):
            return root
        root = holders[0]


def weight(node: Node) -> int:
    """How many characters of text stand in `node` outside links."""
    linked = sum(_size(link) for link in node.css("a[href]"))
    return max(0, _size(node) - linked)


def _size(node: Node) -> int:
    return len(_BLANK.sub("", node.text() or ""))


def _is_chrome(node: Node, whole: int) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or words.HIDDEN_STYLE.search(attributes.get("style") or ""):
        return True
    if attributes.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return weight(node) <= whole * words.CHROME_SHARE
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not words.CHROME_NAME.search(names):
        return False
    if node.tag in words.HEADING_TAGS or node.css_first("h1") is not None or node.css_first("table") is not None:
        return weight(node) <= whole * words.CHROME_SHARE and not _has_substance(node) and node.css_first("h1") is None
    return weight(node) <= whole * words.CHROME_SHARE


def _has_substance(node: Node) -> bool:
    if node.tag == "table" or node.css_first("table") is not None:
        return True
    return bool(words.SUBSTANCE.search((node.text() or "").strip()))
