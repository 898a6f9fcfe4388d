"""What a web page says of itself above and below a report: where one is, who put it there and when, how often it was read.

Readers of pages and stages for copied text tell it by the same words.
"""

from __future__ import annotations

import re

LONGEST = 200
"""No such line has more characters."""
_LABELS = (
    r"(?:信息|稿件|文章)?来\s*源|稿源|(?:信息)?(?:发布|公开|成文|发文|生成|更新|公文生成|添加|录入|发表)(?:日期|时间)"
    r"|字体(?:大小)?|字号|(?:访问|浏览|阅读|点击)(?:量|次数|数|率)?|(?:信息)?索\s*引\s*号|统一编号|(?:发布|发文|公开)机[构关]|公开主体|责任部门"
    r"|(?:备注/)?文\s*号|发文字号|(?:信息|主题|体裁|组配|公文)分类|主\s*题\s*词|公开(?:方式|范围)|(?:公文)?时效性?|有效性|效力(?:说明|状态)|是否有效"
    r"|文件状态|作\s*者|录入|(?:责任)?编\s*辑|责编|内容概述|分享到?"
)
_WEAK_LABELS = r"日\s*期|时\s*间|名\s*称|标\s*题|审核|分类|关键词|概\s*述"
"""Labels that a report may use itself: alone on a line they say nothing of the page, unless a bare date follows."""
_LABEL = rf"[\[【]?\s*(?:{_LABELS}|{_WEAK_LABELS})\s*[\]】]?\s*[:：]"
FACT, FACT_LABEL = re.compile(_LABEL), re.compile(_LABEL + "?")
"""Labels of the table and of the line in which a page describes the document."""
_FACT_LINE = re.compile(rf"[【（(\[|·•\s]*(?:{_LABELS})\s*[:：】\]]")
_BARE_DATE = re.compile(r"\D{0,12}(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[\s\d:：]*")
_PLACE = re.compile(r"[^：:，。]{0,8}位置\s*[:：]|[^，。]{0,16}首\s*页\s*[>›»→]")
_PRESS = r"打\s*印(?:本页)?|关\s*闭(?:窗口|本页)?|返回(?:顶部|首页)?|(?:我要)?(?:收藏|分享|纠错)|无障碍(?:阅读)?|扫一扫[^，。]{0,16}"
_BUTTONS = re.compile(
    rf"[【\[\s]*(?:{_PRESS})(?:[\s】\]｜|【\[]*(?:{_PRESS}|本页|窗口|顶部|首页))*[】\]\s|]*(?:分享.{{0,24}})?"
    rf"|[【\[\s]*打\s*印(?:本页)?[】\]\s|]+[【\[\s]*关\s*闭.*|(?:分享|转发)(?:到|至)?\s*(?:[:：].{{0,30}})?"
)
_CHROME = re.compile(
    r"(?:上|下)一(?:篇|条|页)\s*[:：]?.*|(?:附件|相关附件|附件下载|相关链接|友情链接|相关文档|相关阅读|相关解读|二维码.*)\s*[:：]?|"
    r"[\[【]?(?:字号|字体)\s*[:：]?.*|(?:大\s*中\s*小|\[\s*大\s*中\s*小\s*\])|"
    r"(?:(?:主办|承办|维护)(?:单位)?\s*[:：]|版权所有|Copyright|©|技术支持|网站标识码|网站地图|联系我们).{0,200}|.{0,60}(?:ICP备|公网安备|网站标识码).{0,120}",
    re.I,
)
"""Other lines of a page that are no part of the report, wherever they stand."""


def is_page_fact(line: str) -> bool:
    """Whether a line, stripped, is such a statement: no title, no sentence of the report, and its numbers no claims."""
    if len(line) > LONGEST or "。" in line:
        return False
    if _FACT_LINE.match(line) or _PLACE.match(line) or _BUTTONS.fullmatch(line) or _CHROME.fullmatch(line):
        return True
    weak = FACT.match(line)
    return weak is not None and bool(FACT.search(line, weak.end()) or _BARE_DATE.fullmatch(line, weak.end()))
