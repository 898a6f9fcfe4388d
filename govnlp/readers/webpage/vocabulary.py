"""The words and marks by which government web pages tell the report from what stands around it."""

from __future__ import annotations

import re

DEAD_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "iframe",
        "template",
        "svg",
        "canvas",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "nav",
        "aside",
        "footer",
        "button",
        "select",
        "input",
        "textarea",
        "head",
        "link",
        "meta",
        "title",
        "dialog",
    ]
)
"""Elements that never hold the report's text."""

CHROME_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|menu\w*|crumbs?|breadcrumbs?|bread|location|position|curpos|dqwz|foot(?:er)?|bottom|"
    r"head(?:er)?|top(?:bar|nav)?|banner|logo|share\w*|bdshare\w*|bshare\w*|social\w*|copyright|sidebar|side|"
    r"(?:friend)?links?|login|search\w*|toolbar|tools?|print\w*|qr(?:code)?|ewm|related|xgxw|xglj|prev\w*|next\w*|"
    r"pag(?:er|ebar|ination|ing)|comments?|attach\w*|fujian|annex|fontsize|font-?size|hits|counter)(?=$|[-_\s])",
    re.I,
)
"""Words of class and id names for navigation, header, footer, share buttons and attachments."""
CHROME_SHARE = 0.3
"""An element named so still stays if it holds more than this share of the page's text outside links."""

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

SUBSTANCE = re.compile(
    r"[。；]|^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]+(?:部分|章))"
)
"""Text that belongs to a report's body: a sentence, or a numbered heading."""

PUBLISHED_LABEL = re.compile(r"(?:发布|公开|发文|生成|更新|成文)\s*(?:日期|时间)|^\s*(?:日\s*期|时\s*间)")
TITLE_LABEL = re.compile(r"[\[【]?\s*(?:名\s*称|标\s*题)\s*[\]】]?\s*[:：]?")
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")

META_TITLE = ("articletitle", "article_title", "title", "og:title", "dc.title")
META_DATE = (
    "pubdate",
    "publishdate",
    "pubtime",
    "publicationdate",
    "article:published_time",
    "dc.date",
    "contentpublishdate",
)

ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|zip|rar|pptx?)(?:$|[?#])", re.I)
PAGE_TITLE_PARTS = re.compile(r"\s*[-_—|｜–]{1,2}\s*")
