"""Examples for the rules' pass and fail cases: a short sound report, and what becomes of it by replacing pieces."""

from __future__ import annotations

from govnlp.rules.base import Case

TABLES = (
    "{proactive: {行政规范性文件: [1, 0, 3], 行政处罚: 6},"
    " requests: {new: [2, 1, 0, 0, 0, 0, 3], carried_in: [1, 0, 0, 0, 0, 0, 1], granted: [3, 0, 0, 0, 0, 0, 3],"
    " unable.not_held: [0, 1, 0, 0, 0, 0, 1], total: [3, 1, 0, 0, 0, 0, 4]},"
    " review: {reconsideration: [1, 0, 0, 0, 1]}}"
)
BODY = """@preamble
#青云县白石镇人民政府2023年政府信息公开工作年度报告
本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为2023年1月1日至2023年12月31日。{F}联系电话：0599-6620018。{F}
@overview
#一、总体情况
@overview.proactive
#（一）主动公开
全年公开信息⟦120条|info_published|120|条|id=a⟧，其中县政府网站⟦80条|info_published|80|条|ch=website|part=a⟧、\
“白石发布”公众号⟦40条|info_published|40|条|ch=wechat|part=a⟧。{S}
作出行政处罚决定⟦6件|decisions|6|件⟧。{S}
@overview.on_request
#（二）依申请公开
收到申请⟦3件|requests_received|3|件⟧，上年结转⟦1件|requests_carried|1|件⟧，办结⟦4件|requests_handled|4|件⟧。{S}
发生行政复议⟦1件|reconsiderations|1|件⟧，⟦没有行政诉讼|lawsuits|0|件⟧。{S}
@overview.management
#（三）政府信息管理
5月清理过期栏目⟦7个|corrections|7|个⟧，由党政办逐条登记。{S}
@overview.platform
#（四）政府信息公开平台建设
便民大厅新设查询机⟦2台|venues|2|台⟧。{S}
@overview.supervision
#（五）监督保障
培训村级信息员⟦1次|training_sessions|1|次⟧。{S}
@proactive_table
#二、主动公开政府信息情况
[[table proactive]]
@requests_table
#三、收到和处理政府信息公开申请情况
[[table requests]]
@review_table
#四、政府信息公开行政复议、行政诉讼情况
[[table review]]
@problems
#五、存在的主要问题及改进情况
@problems.issues
黄坑、下洋两村的公开栏半年没有换过内容。{S}
@problems.improvements
两村公开栏改由驻村干部每月更换。{S}
@other_matters
#六、其他需要报告的事项
本年度⟦未收取信息处理费|fees|0|元⟧。{F}
"""
"""A report without a defect, in the corpus's markup."""


def sound(
    *edits: tuple[str, str],
    year: int = 2023,
    agency: str = "青云县白石镇人民政府",
    kind: str = "township",
    format: str = "2021",
    front: str = "",
) -> str:
    """The sound report after replacing each (old, new) of `edits` in its markup; ValueError where `old` is not in it.

    A year, agency or kind given here changes the front matter and, where the text names them, the text. `front`: more lines.
    """
    text = f"id: case\nyear: {year}\nagency: {agency}\nkind: {kind}\nformat: {format}\ntables: {TABLES}\n"
    text = f"---\n{text}{front}---\n" + BODY.replace("2023年", f"{year}年").replace("青云县白石镇人民政府", agency)
    for old, new in edits:
        if old not in text:
            raise ValueError(f"nothing to replace: {old}")
        text = text.replace(old, new, 1)
    return text


def passes(*edits: tuple[str, str], **front: object) -> Case:
    """A passing case: the sound report with `edits`."""
    return Case(sound(*edits, **front))  # type: ignore[arg-type]


def fails(*edits: tuple[str, str], evidence: tuple[str, ...] = (), **front: object) -> Case:
    """A failing case: the sound report with `edits`, whose hits point to `evidence`."""
    return Case(sound(*edits, **front), evidence)  # type: ignore[arg-type]
