"""GD501: a word typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import DOCUMENTS_2012
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import lines
from govnlp.schema import TABLE_SECTIONS

TWICE = re.compile(
    r"([\u4e00-\u9fff]{2,6})\1|(?<!的)的的(?!确)|(?<!性)性性(?![别格质能情])|们们|(?<=[一二三四五六七八九])是是|(?<=[\u4e00-\u9fff]{2})(?:镇镇(?!长|政|党|委|纪|人(?!民政府)|干|机|直|级|属|域|村|里|容|区|上|内|情)|乡乡(?=[坚认严积高按始]))"
)
LEGAL = re.compile(
    r"一.一.|(.)\1\1\1|"  # 一件一件, 哈哈哈哈
    r"(?:研究|讨论|商量|合计|琢磨|思考|考虑|学习|练习|锻炼|检验|调查|沟通|交流|了解|试验|反复|逐条|逐项|逐级|某某|[零〇一二三四五六七八九十百千万]+){2}"
)
"""What Chinese doubles on purpose: 一件一件, and verbs of trying."""
ACROSS_WORDS = frozenset(
    [
        "公开",
        "管理",
        "建设",
        "服务",
        "工作",
        "发展",
        "教育",
        "审查",
        "审核",
        "培训",
        "报告",
        "信息",
        "社区",
        "政务",
        "农村",
        "党委",
        "单位",
        "网站",
        "平台",
        "系统",
        "学校",
        "公司",
    ]
)
"""Words that end one phrase and begin the next (信息公开|公开栏): doubled only where no noun of the next phrase follows."""
NEXT_PHRASE = re.compile(
    "栏|指南|目录|平台|专栏|专区|属性|内容|方式|渠道|事项|形式|人员|制度|机构|中心|大厅|办法|局|委|厅|部门|员|班|"
    "科|股|办|期|中|所|化|技术|新媒体|公开|服务|书记|工作|管理|负责|主管|内|上"
)


def check(report: Report, context: Context) -> Iterator[Hit]:
    for section in report.sections:
        if section.id in TABLE_SECTIONS:
            continue
        for start, end in lines(report, section.start, section.end):
            line = report.span(start, end)
            if "\t" in line:
                continue
            for match in TWICE.finditer(line):
                word = match.group(1) or match.group()[-1]
                if LEGAL.fullmatch(match.group()):
                    continue
                if line.startswith("建共建共治", match.start()):
                    continue  # 构建共建共治共享的格局
                if word == "政府" and line[: match.start()].endswith("人民"):
                    continue
                if word in ACROSS_WORDS and NEXT_PHRASE.match(line, match.end()):
                    continue
                yield Hit(evidence=((start + match.start(), start + match.end()),), values={"word": word})


RULE = Rule(
    code="GD501",
    name="repeated-words",
    severity="info",
    title={"zh": "词语重复", "en": "A word typed twice"},
    basis=(DOCUMENTS_2012,),
    explanation={
        "zh": "同一个词连写两遍，多为录入或者修改时留下的差错。",
        "en": "The same word stands twice in a row, usually a slip of typing or editing.",
    },
    advice={"zh": "删去多余的词。", "en": "Delete the second one."},
    messages={"default": {"zh": "“{word}”连写了两遍。", "en": "“{word}” is typed twice."}},
    check=check,
    passes=(
        passes(),
        passes(("半年没有换过内容", "一块一块核对过，村村响广播层层落实、人人知晓")),
        passes(("半年没有换过内容", "只看信息公开公开栏，政务公开公开指南没有人看")),
        passes(("半年没有换过内容", "由白石镇人民政府政府网站公开")),
        passes(("半年没有换过内容", "的的确确没有换")),
        passes(("半年没有换过内容", "努力构建共建共治共享的格局")),
    ),
    fails=(
        fails(("半年没有换过内容", "半年没有没有换过内容"), evidence=("没有没有",)),
        fails(("半年没有换过内容", "半年里的的内容没有换"), evidence=("的的",)),
        fails(("半年没有换过内容", "二是是没有换过内容"), evidence=("是是",)),
        fails(("半年没有换过内容", "白石镇镇没有换过内容"), evidence=("镇镇",)),
        fails(("半年没有换过内容", "政府网站政府网站都没有换"), evidence=("政府网站政府网站",)),
    ),
)
