"""Small labelled reports for the tests of the corpus's tools."""

from __future__ import annotations

from pathlib import Path

HEAD = """---
id: {id}
year: {year}
agency: {place}人民政府
kind: township
format: {format}
region: 湖北
family: {family}
author: t
completeness: 2
boilerplate: 2
elements: [proactive_volume, website, fees]
{more}---
"""
BODY = """@preamble
#{place}人民政府{year}年政府信息公开工作年度报告
统计期限为{year}年1月1日至12月31日。{{F}}
@overview
#一、总体情况
@overview.proactive
{first}
@overview.on_request
#（二）依申请公开
⟦行政复议、行政诉讼均为0|reconsiderations|0|件⟧⟦行政复议、行政诉讼均为0|lawsuits|0|件|also=1⟧。{{F}}
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
{second}{{S}}
@other_matters
#六、其他需要报告的事项
本年⟦未收取费用|fees|0|元⟧。{{F}}
"""
FIRST = (
    "（一）主动公开。公开信息⟦30条|info_published|30|条|ch=website|id=a⟧，其中通知⟦21条|info_published|21|条|ch=website|part=a⟧、"
    "动态⟦9条|info_published|9|条|ch=website|part=a⟧。{S} 持续用力，久久为功，务求取得更大成效。{B}"
)
SECOND = "白石水库移民补偿的花名册没有及时上墙。"
MORE = """tables:
  proactive: {行政许可: 12, 行政事业性收费: 0.5}
  requests:
    new: [1, 0, 0, 0, 0, 0, 1]
    granted: [1, 0, 0, 0, 0, 0, 1]
    total: [1, 0, 0, 0, 0, 0, 1]
  review: {}
"""


def report(
    name: str = "t001",
    *,
    year: int = 2023,
    family: str = "baishi",
    place: str = "青云县白石镇",
    format: str = "2021",
    more: str = MORE,
    first: str = FIRST,
    second: str = SECOND,
) -> str:
    """The text of a `.src` file without mistakes, or with those that the arguments bring in."""
    front = HEAD.format(id=name, year=year, place=place, family=family, format=format, more=more)
    return front + BODY.format(year=year, place=place, first=first, second=second)


def put(folder: Path, *reports: str) -> list[Path]:
    """Write reports into a folder, each under its id."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for text in reports:
        path = folder / (text.split("id: ", 1)[1].split("\n", 1)[0] + ".src")
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


OTHER = {
    "family": "heshan",
    "place": "临江县鹤山乡",
    "first": "（一）主动公开。茶园补贴、渡口改造两件事群众最关心，⟦两期|info_published|2|期⟧公示都贴在渡口。{S}"
    "我们深知责任重大，丝毫不敢懈怠，唯有再接再厉、奋勇争先。{B}",
    "second": "渡口公示栏被洪水冲走后三个月才重新立起来。",
}
"""Arguments for a report of another family that shares no words with the first."""
