"""Web pages: the report on a page of a content-management system, without what the page puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.errors import BrokenInput
from govnlp.page import is_page_fact
from govnlp.readers.base import Content, Options, Reader
from govnlp.readers.decoding import decode
from govnlp.readers.structure import Paragraph, Table, assemble
from govnlp.readers.webpage import facts
from govnlp.readers.webpage.chrome import Node, content_root, prune
from govnlp.readers.webpage.flow import flow_of

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:div|p|table|h[1-6]|span|section|article|style|script)\b[^>]*>", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*?(/?)>")
_UNNESTED = frozenset(
    [
        "br",
        "img",
        "meta",
        "link",
        "hr",
        "input",
        "col",
        "area",
        "base",
        "embed",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "option",
        "dt",
        "dd",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_MAX_DEPTH = 2000
"""Open elements: parsers need quadratic time for more, and no page has as many."""


def sniff(data: bytes) -> float:
    """Sure of a page's opening tags, less of a fragment's."""
    head = data[:4096]
    if b"<" not in head and b"<\0" not in head:
        return 0.0
    decoded = decode(data)
    if decoded is None:
        return 0.0
    if _START.match(decoded[0]):
        return 0.9
    return 0.6 if _FRAGMENT.match(decoded[0]) else 0.0


def read_html(data: bytes, options: Options) -> Content:
    """The page's report. Raises `BrokenInput` where the bytes are no text or nested without end."""
    from selectolax.lexbor import LexborHTMLParser

    declared = _CHARSET.search(data[:8192])
    decoded = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    if decoded is None:
        raise BrokenInput("the page's encoding is not known", advice="save it as UTF-8")
    text = decoded[0]
    if _depth(text) > _MAX_DEPTH:
        raise BrokenInput("the page's elements are nested without end", advice="save the report from the browser again")
    tree = LexborHTMLParser(text)
    title, published = facts.meta_facts(tree)
    if tree.body is None:
        return Content("")
    whole = tree.body
    heading = whole.css_first("h1")
    prune(whole)
    outside, date = _page_facts(whole)
    title, published = title or outside, published or date
    root = content_root(whole)
    items = list(_report(flow_of(root)))
    items = _with_title(items, whole, heading, title)
    notes = ("some bytes could not be decoded",) if "\ufffd" in text else ()
    return assemble(items, title=title, published=published, notes=notes)


def _page_facts(body: Node) -> tuple[str | None, str | None]:
    """Title and date from metadata tables and lines anywhere on the page."""
    title = date = None
    for item in flow_of(body):
        if isinstance(item, Table):
            found = facts.described(facts.texts_of([item])) if facts.is_metadata(item) else (None, None)
        else:
            found = facts.described([item.text]) if is_page_fact(item.text) else (None, None)
        title, date = title or found[0], date or found[1]
    return title, date


def _report(items: list[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """What of a page's flow is the report: no metadata, no lines of the page itself."""
    for item in items:
        if isinstance(item, Table):
            if not facts.is_metadata(item):
                yield item
        elif not is_page_fact(item.text):
            yield item


def _with_title(
    items: list[Paragraph | Table], body: Node, heading: Node | None, title: str | None
) -> list[Paragraph | Table]:
    """Begin with the title: what stands before it goes, and a title that stood outside the report's element comes back."""
    firsts = [item.text for item in items[:12] if isinstance(item, Paragraph)]
    known = [t for t in (_text(heading), title) if t]
    for n, item in enumerate(items[:12]):
        if isinstance(item, Table):
            break
        if any(facts.same_text(item.text, t) for t in known):
            return items[n:]
    if any(facts.begins_with("".join(firsts[:3]), t) for t in known):
        return items
    shown = [item.text for item in flow_of(body) if isinstance(item, Paragraph)]
    for candidate in known:
        if any(facts.same_text(line, candidate) for line in shown):
            return [Paragraph(candidate, "heading"), *items]
    return items


def _text(node: Node | None) -> str | None:
    return "".join((node.text() or "").split()) if node is not None else None


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _TAG.finditer(text):
        close, name, empty = match.groups()
        if empty or name.lower() in _UNNESTED:
            continue
        depth = max(0, depth + (-1 if close else 1))
        deepest = max(deepest, depth)
    return deepest


READER = Reader(
    "html",
    (".html", ".htm", ".xhtml", ".shtml"),
    sniff,
    read_html,
    empty_advice="the page may load the report by script or as an attachment: save the report itself",
)
