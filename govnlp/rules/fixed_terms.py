"""Terms of disclosure work that have one spelling, and the characters that are typed for others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FIXED_TERMS = (
    "政府信息公开条例",
    "信息公开条例",
    "政府信息公开",
    "政务公开",
    "主动公开",
    "依申请公开",
    "行政复议",
    "行政诉讼",
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政事业性收费",
    "规范性文件",
    "三审三校",
    "先审后发",
    "保密审查",
    "信息处理费",
    "政策解读",
    "监督保障",
    "社会评议",
    "责任追究",
    "微信公众号",
    "标准化规范化",
    "双随机、一公开",
    "两微一端",
    "谁公开谁负责",
    "谁发布谁负责",
    "谁主管谁负责",
    "谁审核谁负责",
    "信息公开",
    "公开为常态",
    "不公开为例外",
    "应公开尽公开",
    "改进情况",
)
CONFUSED: Mapping[str, str] = MappingProxyType(
    {
        "例": "列利历厉立理烈",
        "条": "调",
        "校": "效较教交",
        "审": "申省甚",
        "布": "部步",
        "公": "工功共",
        "开": "升工",
        "申": "审伸甲",
        "请": "清情青",
        "依": "衣移",
        "务": "物误雾",
        "政": "证正整",
        "府": "付腐",
        "信": "心新",
        "息": "惜媳思",
        "常": "长尝",
        "态": "太",
        "外": "处",
        "尽": "进",
        "复": "覆副付",
        "议": "义意异仪",
        "诉": "述速",
        "讼": "颂松",
        "许": "需须",
        "罚": "伐阀",
        "制": "治至智",
        "规": "归",
        "范": "泛犯",
        "性": "信姓",
        "费": "废",
        "密": "秘蜜",
        "查": "察茬",
        "读": "毒独渎犊续",
        "责": "职",
        "究": "纠救",
        "监": "检坚临",
        "障": "章账",
        "微": "徽威",
        "众": "从",
        "号": "好",
        "随": "遂",
        "机": "击",
        "策": "测册",
        "评": "平凭",
        "端": "瑞",
        "准": "淮",
        "后": "候",
        "发": "法",
        "追": "推",
        "主": "住注",
        "动": "懂",
        "任": "认",
    }
)
"""A character to those that sound or look like it and are typed in its place."""
NAMES_OF_LAWS = ("政府信息公开条例",)
"""Terms so long that any other character in them, or one left out, is a slip."""
LEGAL_NEIGHBOURS = frozenset(f"政府信息公开条{c}" for c in "目款件数文") | {"社评会议"}
"""One slip away from a term, and right."""
KNOWN_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "制渡": "制度",
        "公开拦": "公开栏",
        "布署": "部署",
        "既时": "及时",
        "依申公开": "依申请公开",
        "已申请公开情况": "依申请公开情况",
        "公开办涵": "公开办函",
    }
)
"""Misspellings that are no word in any context, and what is meant; too short to be looked for by their characters."""
