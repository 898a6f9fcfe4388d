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

FACT_LABELS = (
    r"索\s*引\s*号|统一编号|发布机构|发文机关|发文机构|公开主体|公开机构|责任部门|发布日期|发文日期|成文日期|公开日期|生成日期|"
    r"发布时间|公开时间|生成时间|更新时间|发文字号|文\s*号|信息来源|来\s*源|名\s*称|标\s*题|主题词|主题分类|分类|组配分类|公开方式|公开范围|"
    r"有效性|效力状态|是否有效|浏览次数|浏览量|阅读次数|点击数|点击量|点击次数|访问量|访问次数|阅读量|阅读|浏览|点击|作\s*者|编\s*辑|责任编辑|责编|审核|字号|字体|关键词|"
    r"内容概述|概\s*述|时\s*间|日\s*期"
)
FACT = re.compile(rf"[\[【]?\s*(?:{FACT_LABELS})\s*[\]】]?\s*[:：]")
FACT_LABEL_ONLY = re.compile(rf"[\[【]?\s*(?:{FACT_LABELS})\s*[\]】]?\s*[:：]?")
"""Labels of the table and of the line in which a page describes the document."""
WEAK_FACT = re.compile(
    r"[\[【]?\s*(?:名\s*称|标\s*题|时\s*间|日\s*期|审核|编\s*辑|作\s*者|分类|文\s*号|关键词|来\s*源|概\s*述)"
)
"""Labels that a report may use itself: alone on a line they say nothing of the page, unless a bare date follows."""
BARE_DATE = re.compile(r"\D{0,12}(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[\s\d:：]*")
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

CHROME_LINE = re.compile(
    r"(?:您?(?:现在|当前)?(?:的|所在)?位置\s*[:：].*|首页\s*[>›»].*|【?\s*(?:打\s*印(?:本页)?|关\s*闭(?:窗口|本页)?|返回(?:顶部|首页)?|收藏|分享|纠错)"
    r"(?:[\s】|｜【]*(?:打\s*印|关\s*闭|返回|收藏|分享|纠错|本页|窗口|顶部|首页))*\s*】?(?:\s*分享.{0,24})?|(?:分享|转发)(?:到|至)?\s*(?:[:：].{0,30})?|"
    r"(?:上|下)一(?:篇|条|页)\s*[:：]?.*|(?:附件|相关附件|附件下载|相关链接|友情链接|相关文档|相关阅读|相关解读|扫一扫.*|二维码.*)\s*[:：]?|"
    r"[\[【]?(?:字号|字体)\s*[:：]?.*|(?:大\s*中\s*小|\[\s*大\s*中\s*小\s*\])|责任编辑\s*[:：].{0,20}|"
    r"(?:(?:主办|承办|维护)(?:单位)?\s*[:：]|版权所有|Copyright|©|技术支持|网站标识码|网站地图|联系我们).{0,200}|.{0,60}(?:ICP备|公网安备|网站标识码).{0,120})",
    re.I,
)
"""Lines of a page that are no part of the report, wherever they stand; never a whole sentence."""

ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|zip|rar|pptx?)(?:$|[?#])", re.I)
PAGE_TITLE_PARTS = re.compile(r"\s*[-_—|｜–]{1,2}\s*")
