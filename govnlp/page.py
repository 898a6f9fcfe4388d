"""What a web page says of itself above and below a report: where one is, who put it there and when, how often it was read."""

from __future__ import annotations

import re

LONGEST = 160
"""No such line has more characters."""
_FACT = (
    "(?:信息|稿件|文章)?来\\s*源|稿源|(?:信息)?(?:发布|成文|发文|生成|更新|公文生成|添加|录入|发表)(?:日期|时间)|日期|时间|字体(?:大小)?|字号"
    "|(?:访问|浏览|阅读|点击)(?:量|次数|数|率)?|(?:信息)?索\\s*引\\s*号|(?:发布|发文)机[构关]|(?:备注/)?文\\s*号|发文字号"
    "|(?:信息|主题|体裁|组配|公文)分类|主\\s*题\\s*词|公开方式|(?:公文)?时效性?|有效性|效力说明|文件状态|作者|录入|(?:责任)?编辑|分享到?"
)
_PAGE_FACT = re.compile(
    f"[【（(\\[|·•\\s]*(?:{_FACT})\\s*[:：】]"
    "|[^：:，。]{0,8}位置\\s*[:：]|[^，。]{0,16}首\\s*页\\s*[>›»→]"
    "|[【\\[\\s]*(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|分享|我要(?:收藏|纠错)|无障碍(?:阅读)?|扫一扫[^，。]{0,16})[】\\]\\s|]*$"
    "|[【\\[\\s]*打印(?:本页)?[】\\]\\s|]+[【\\[\\s]*关闭"
)


def is_page_fact(line: str) -> bool:
    """Whether a line, stripped, is such a statement: no title, no sentence of the report, and its numbers no claims."""
    return len(line) <= LONGEST and "。" not in line and _PAGE_FACT.match(line) is not None
