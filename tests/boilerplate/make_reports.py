"""Small reports that tests compare: sentences with {own}, {year} and {n}, put together for an agency and a year."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.document import Report, Section, Sentence, Source

WATER = (
    "{year}年，{own}在汛期每天早晨把河道水位写到码头的黑板上，共写{n}天，渔民出船前先来看一眼。",
    "集镇供水管网改造的施工进度按周贴在施工围挡上，停水时段提前{n}天用广播通知到各村民小组。",
    "{own}把小型水库巡查员的姓名和手机号码印成卡片，发给下游{n}户人家，方便夜里报险。",
    "水费收缴底册由会计每季度抄写一遍，张贴在水管站门口，群众核对后改正错账{n}笔。",
)
SCHOOL = (
    "{own}小学招生划片图画在校门口的白墙上，家长对着门牌号找自己的位置，咨询电话接了{n}个。",
    "营养午餐的采购单据每月拍照发到家长群，食堂阿姨把{n}种蔬菜的价格抄在黑板上。",
    "教师职称评审结果公示七天，期间收到{n}条意见，逐条约谈当事人后在教工大会上说明。",
    "校车线路调整前，{own}请{n}位家长坐了一趟试运行的车，按他们说的加了两个站点。",
)
HERDING = (
    "草场承包面积核实表翻译成两种文字，贴在{own}夏季牧场的转场路口，{n}户牧民签字确认。",
    "牲畜疫苗的领取数量按户列表，由兽医骑马带到放牧点当面念，年内更正登记差错{n}处。",
    "冬储饲草补贴的发放名单在{own}供销社门口公示，有{n}人提出异议，复核后补发三户。",
    "转场期间的公路封闭消息由护路员在垭口挂旗通知，全年挂旗{n}次，没有畜群被堵在山上。",
)
STATUTORY = "根据《中华人民共和国政府信息公开条例》第五十条的规定，{own}编制{year}年度政府信息公开工作年度报告。"


def make_report(
    agency: str = "青云县白石镇人民政府",
    year: int | None = 2023,
    sentences: Sequence[str] = WATER,
    *,
    own: str = "白石镇",
    n: int = 12,
    name: str = "",
    published: str | None = None,
    kind: str = "township",
) -> Report:
    """A report of one part whose sentences are specific but for a statutory one in front."""
    text, spans = f"{agency}{year}年政府信息公开工作年度报告\n", []
    head = len(text)
    for i, wording in enumerate((STATUTORY, *sentences)):
        said = wording.format(own=own, year=year, n=n + i)
        spans.append(Sentence(len(text), len(text) + len(said), "specific" if i else "statutory"))
        text += said + ("\n" if i % 2 else "")
    source = Source(name or f"{agency}{year}.txt", str(hash_of(text)), "text", text)
    sections = (Section("preamble", 0, head), Section("overview.proactive", head, len(text)))
    return Report(source, agency, kind, year, "2021", sections, tuple(spans), (), {}, published=published)


def hash_of(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
