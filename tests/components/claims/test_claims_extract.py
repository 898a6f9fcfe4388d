"""From sentences to claims: types, channels, shares; each case is marked ⟦text|type⟧, with options ch= id= part= on it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.components.claims.extract import extract_claims
from govnlp.document import Claim, Section


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, str | None, str | None]]]:
    """The text, and (span text, type, channel, span text of the whole) of each mark."""
    text, at, ids, rows = "", 0, {}, []
    for m in re.finditer(r"⟦([^⟧]*)⟧", marked):
        text += marked[at : m.start()]
        words, type_, *rest = m[1].split("|")
        options = dict(option.split("=") for option in rest)
        if "id" in options:
            ids[options["id"]] = words
        rows.append((words, type_, options.get("ch"), options.get("part")))
        text += words
        at = m.end()
    return text + marked[at:], [(w, t, ch, ids[p] if p else None) for w, t, ch, p in rows]


def claims(text: str, section: str, year: int = 2023) -> list[tuple[str, str, str | None, str | None]]:
    found = extract_claims(text, [Section(section, 0, len(text))], year)
    by_id = {c.id: c.text for c in found}
    return [(c.text, c.type, c.channel, by_id[c.part_of] if c.part_of else None) for c in found]


PROACTIVE = [
    "镇政府在县政府网站挂出信息⟦86条|info_published|ch=website|id=a⟧，其中政策⟦20条|info_published|ch=website|part=a⟧、动态⟦66条|info_published|ch=website|part=a⟧。",
    "公众号、微博分别推送⟦310条|info_published|ch=wechat⟧、⟦95条|info_published|ch=weibo⟧。",
    "通过公众号、抖音等发布信息⟦120条|info_published|ch=new_media⟧，公示栏张贴⟦40张|info_published|ch=board⟧。",
    "网站⟦50条|info_published|ch=website⟧，公众号⟦70条|info_published|ch=wechat⟧，合计⟦130条|info_published⟧。",
    "网站⟦50条|info_published|ch=website|part=s⟧，公众号⟦70条|info_published|ch=wechat|part=s⟧，合计⟦120条|info_published|id=s⟧。",
    "印发公文⟦90件|documents|id=d⟧，主动公开⟦40件|documents|part=d⟧、依申请公开⟦30件|documents|part=d⟧、不公开⟦20件|documents|part=d⟧。",
    "办理行政许可⟦26件|decisions⟧，作出行政处罚⟦8件|decisions⟧。",
    "编写政策解读⟦6篇|interpretations|id=i⟧：文字⟦4篇|interpretations|part=i⟧，图解⟦2篇|interpretations|part=i⟧。",
    "办理12345热线工单⟦300件|responses⟧，满意率⟦98%|rate⟧。",
    "公开征求意见，收到意见⟦48条|responses|id=y⟧，采纳⟦12条|responses|part=y⟧。",
    "作出行政处罚⟦57起|decisions|id=d⟧，以占道经营（⟦31起|decisions|part=d⟧）、违规装修（⟦14起|decisions|part=d⟧）居多。",
    "年初预计公开150条，实际在县政府网站发布⟦188条|info_published|ch=website⟧。",
    "开展政策宣讲⟦90场|meetings|id=m⟧，由线上直播⟦32场|meetings|part=m⟧和现场辅导⟦68场|meetings|part=m⟧构成。",
    "公开信息⟦300条|info_published|id=a⟧，其中网站⟦180条|info_published|ch=website|id=w|part=a⟧，包括部门⟦110条|info_published|ch=website|part=w⟧、乡镇⟦70条|info_published|ch=website|part=w⟧；公众号⟦120条|info_published|ch=wechat|part=a⟧。",
    "办理人大代表建议⟦52件|proposals⟧、政协提案⟦64件|proposals⟧，复文公开分别为⟦40件|proposals⟧和⟦51件|proposals⟧。",
    "热线工单⟦972件|responses|id=g⟧，其中按时办结⟦965件|responses|part=g⟧；人大代表建议⟦8件|proposals⟧、政协提案⟦13件|proposals⟧，面复⟦7件|proposals⟧。",
    "公众号推文⟦620篇|info_published|ch=wechat|id=t⟧，原创的有⟦415篇|info_published|ch=wechat|part=t⟧。",
    "答复人大代表建议⟦5件|proposals⟧、政协提案⟦3件|proposals⟧。",
    "接到热线诉求⟦500件|responses|id=g⟧，按时办结⟦480件|responses|part=g⟧。",
    "受理热线诉求⟦500件|responses⟧，办结⟦500件|responses⟧。",
    "公开信息⟦60条|info_published|id=a⟧，其中机构类⟦25条|info_published|id=b|part=a⟧，内有领导简介⟦12条|info_published|part=b⟧、职能介绍⟦13条|info_published|part=b⟧；动态类⟦35条|info_published|part=a⟧。",
    "公开信息⟦47条|info_published|id=a⟧。其中政策文件⟦28条|info_published|part=a⟧，组织机构⟦4条|info_published|part=a⟧，年报⟦1条|info_published|part=a⟧。",
    "公开信息⟦58条|info_published|id=a⟧，其中部门文件⟦19件|info_published|part=a⟧，通知公告⟦24条|info_published|part=a⟧，人事任免⟦7条|info_published|part=a⟧。",
    "政府网站发布信息⟦95条|info_published|ch=website⟧，县融媒体中心播发⟦70条|info_published⟧。",
    "公开信息⟦9条|info_published|id=a⟧。其中文件⟦4条|info_published|part=a⟧，政策解读⟦3条|info_published|id=b|part=a⟧（包括文字⟦2条|info_published|part=b⟧，图片⟦1条|info_published|part=b⟧），公示公告⟦2条|info_published|part=a⟧。",
    "公开信息⟦31条|info_published|id=a⟧，其中法定公开⟦31条|info_published|part=a⟧，财政信息⟦4条|info_published|part=a⟧，指南⟦2条|info_published|part=a⟧，通过公众号发布⟦268条|info_published|ch=wechat⟧。",
    "全镇公开信息⟦100条|info_published|id=a⟧，其中网站⟦50条|info_published|ch=website|part=a⟧、公众号⟦30篇|info_published|ch=wechat|part=a⟧、公开栏⟦20份|info_published|ch=board|part=a⟧。",
]
ON_REQUEST = [
    "办结依申请公开件⟦152件|requests_handled|id=h⟧（含2022年结转的⟦3件|requests_carried⟧），其中，予以公开⟦50件|requests_handled|part=h⟧，部分公开⟦102件|requests_handled|part=h⟧。",
    "收到申请⟦12件|requests_received⟧，上年转结⟦2件|requests_carried⟧，其中网上申请⟦8件|requests_received⟧、信函申请⟦6件|requests_received⟧。",
    "新收申请⟦6件|requests_received⟧，上年结转⟦1件|requests_carried⟧，全部按期答复，其中予以公开⟦3件|requests_handled⟧、部分公开⟦2件|requests_handled⟧、无法提供⟦2件|requests_handled⟧。",
    "新收申请⟦20件|requests_received|id=r⟧，比上年增加⟦5%|rate⟧，自然人、企业分别提出⟦15件|requests_received|part=r⟧和⟦5件|requests_received|part=r⟧。",
    "收到申请⟦18件|requests_received|id=r⟧，自然人⟦10件|requests_received|part=r⟧，其余⟦8件|requests_received|part=r⟧为企业。",
    "收到申请⟦18件|requests_received|id=r⟧，除⟦4件|requests_received|part=r⟧由企业提出外，余者均来自个人。",
    "答复⟦9件|requests_handled|id=h⟧，余⟦1件|requests_carried⟧结转下年。答复结果为：予以公开⟦6件|requests_handled|part=h⟧，部分公开⟦1件|requests_handled|part=h⟧，不予公开⟦2件|requests_handled|part=h⟧。",
    "发生行政复议⟦3件|reconsiderations|id=f⟧，⟦1件|reconsiderations|part=f⟧因告知不完整被纠正。",
    "收到申请⟦11件|requests_received⟧，办结⟦10件|requests_handled⟧，⟦1件|requests_carried⟧转入下年办理。",
    "收到申请⟦9件|requests_received|id=r⟧，其中自然人⟦8件|requests_received|part=r⟧、企业⟦1件|requests_received|part=r⟧，上年结转⟦2件|requests_carried⟧。",
    "当年办结⟦7件|requests_handled|id=h⟧，其中予以公开⟦4件|requests_handled|part=h⟧、不予公开⟦3件|requests_handled|part=h⟧，结转下年度⟦2件|requests_carried⟧。",
    "新收⟦2件|requests_received⟧，办结⟦1件|requests_handled⟧，转入2024年⟦1件|requests_carried⟧。",
    "收到申请⟦30件|requests_received⟧，办结⟦26件|requests_handled⟧。行政复议⟦19件|reconsiderations|id=f⟧，被纠正⟦2件|reconsiderations|part=f⟧；行政诉讼⟦4件|lawsuits|id=l⟧，⟦1件|lawsuits|part=l⟧败诉。",
    "引发行政复议⟦3件|reconsiderations|id=f⟧，其中被纠正⟦1件|reconsiderations|part=f⟧；行政诉讼⟦1件|lawsuits⟧。",
]
PLATFORM = [
    "“白石公众网”微信平台发布⟦60条|info_published|ch=wechat⟧。",
    "做强“白石教育”公众号，年末粉丝⟦2.6万人|audience|ch=wechat⟧，比上年多⟦15%|rate⟧；累计发布信息⟦398条|info_published|ch=wechat⟧。",
    "公众号年末粉丝⟦3150人|audience|ch=wechat⟧，网站访问量⟦12万次|audience|ch=website⟧。",
    "新建公开栏⟦12块|venues⟧，设查阅点⟦2处|venues⟧。",
    "⟦11个|venues⟧村的公开栏统一编号。",
    "在⟦5个|venues⟧县级档案馆、图书馆和⟦28个|venues⟧乡镇服务站点设公开专区。",
    "在⟦3处|venues⟧码头、⟦7处|venues⟧车站入口加装电子屏。",
]
SUPERVISION = [
    "举办业务培训⟦2期|training_sessions⟧，⟦46人次|training_attendance⟧参加。",
    "组织⟦一次|training_sessions⟧业务培训。",
    "召开专题会议⟦3次|meetings⟧，开展检查⟦4轮|inspections⟧。",
    "配备专职工作人员⟦3名|staff⟧。",
    "群众满意率⟦92.4%|rate⟧，上年为90.1%。",
    "群众满意率⟦92.4%|rate⟧，高于2022年的90.1%，按期办结率⟦99%|rate⟧，较上年的97%略升。",
    "约谈⟦2人|accountability⟧，纠正错别字⟦34处|corrections⟧。",
    "落实责任追究制度，本年度⟦未出现此类情况|accountability⟧。",
    "办公室配备⟦一名|staff⟧专职工作人员，把一次次检查当作一面镜子，抓好两件大事。",
]


@pytest.mark.parametrize(
    ("section", "marked"),
    [("overview.proactive", m) for m in PROACTIVE]
    + [("overview.on_request", m) for m in ON_REQUEST]
    + [("overview.platform", m) for m in PLATFORM]
    + [("overview.supervision", m) for m in SUPERVISION],
)
def test_claims(section: str, marked: str) -> None:
    text, expected = unmarked(marked)
    assert claims(text, section) == expected


def test_a_list_goes_on_after_the_sentence_where_it_says_so() -> None:
    text = "共发布信息30条。其中，动态20条；其他10条。"
    assert [whole for *_, whole in claims(text, "overview.proactive")] == [None, "30条", "30条"]


def test_shares_that_add_up_to_too_much_stay_shares() -> None:
    text = "共发布信息247条，其中动态197条、重点32条、其他20条。"
    assert [whole for *_, whole in claims(text, "overview.proactive")] == [None, "247条", "247条", "247条"]


def test_a_nested_list_has_its_own_whole() -> None:
    text = "网站发布100条，其中审批类60条（受理35条、决定25条），监管类40条。"
    wholes = [whole for *_, whole in claims(text, "overview.proactive")]
    assert wholes == [None, "100条", "60条", "60条", "100条"]


def test_numbers_that_happen_to_add_up_are_no_shares() -> None:
    text = "收到申请2件，办结1件，结转1件。"
    assert [whole for *_, whole in claims(text, "overview.on_request")] == [None, None, None]


def test_each_denied_thing_is_a_claim_on_the_same_span() -> None:
    text = "没有发生行政复议、行政诉讼。"
    found = extract_claims(text, [Section("overview.on_request", 0, len(text))], 2023)
    span = (0, 13, 0, "件")
    assert [(c.start, c.end, c.value, c.unit) for c in found] == [span, span]
    assert [c.type for c in found] == ["reconsiderations", "lawsuits"]


def test_headings_and_tables_hold_no_claims() -> None:
    heading = "二、公开信息10条\n"
    table = "行政许可\t3件\n行政处罚\t2件\n"
    text = heading + "公开信息20条。\n" + table
    sections = [Section("overview.proactive", 0, len(text), heading_end=len(heading))]
    assert [c.text for c in extract_claims(text, sections, 2023)] == ["20条"]


def test_a_sentence_in_a_tables_section_is_read() -> None:
    text = "五、行政复议情况\n信息内容\t0件\n结果维持3件\n没有行政复议。\n"
    assert [c.text for c in extract_claims(text, [Section("review_table", 0, len(text))], 2018)] == ["没有行政复议"]


def test_without_sections_the_whole_text_is_read() -> None:
    found = extract_claims("公开信息20条。\n举办培训2次。")
    assert [(c.id, c.text, c.section) for c in found] == [("c1", "20条", None), ("c2", "2次", None)]


def test_an_empty_text_has_no_claims() -> None:
    assert extract_claims("") == ()


def test_a_claim_tells_where_it_stands() -> None:
    text = "全年公开信息约20条。"
    (claim,) = extract_claims(text, [Section("overview.proactive", 0, len(text))], 2023)
    assert isinstance(claim, Claim)
    assert text[claim.start : claim.end] == claim.text == "约20条"
    assert (claim.value, claim.unit, claim.qualifier, claim.section) == (20, "条", "about", "overview.proactive")
    assert claim.score is not None
    assert 0.5 < claim.score < 1


def test_a_clearer_claim_is_likelier() -> None:
    text = "发布12个。全年主动公开政府信息12条，其中网站8条、微信4条。"
    vague, clear, *shares = (c.score or 0.0 for c in extract_claims(text))
    assert 0 < vague < clear < min(shares) <= max(shares) < 1


PIECES = [
    "公开",
    "信息",
    "12",
    "三",
    "万",
    "余",
    "条",
    "件",
    "%",
    "其中",
    "（",
    "）",
    "，",
    "。",
    "\n",
    "\t",
    "未",
    "收到",
    "申请",
    "、",
    "均为",
    "0",
    "2022年",
    "分之",
    "成",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_well_formed_claims(text: str) -> None:
    found = extract_claims(text, [Section("overview", 0, len(text))], 2023)
    ids = [c.id for c in found]
    assert ids == [f"c{n}" for n in range(1, len(found) + 1)]
    assert all(text[c.start : c.end] == c.text and c.start < c.end for c in found)
    assert all(c.part_of is None or (c.part_of in ids and c.part_of != c.id) for c in found)
    assert [c.start for c in found] == sorted(c.start for c in found)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("全年公开信息50条，其中工作动态40条、通知公告20条。", 2),
        ("全年公开信息50条，包括工作动态40条和通知公告20条。", 2),
        ("全年公开信息50条：工作动态40条、通知公告5条以及其他20条。", 3),
        ("全年公开信息50条（工作动态40条、通知公告20条）。", 2),
        ("全年公开信息50条，其中工作动态40条，公众号推送20条。", 1),
        ("全年公开信息50条，其中工作动态40条、公众号推送80条。", 1),
        ("全年公开信息50条，包括政府网站20条，《云溪报》、电视台等媒体9条，“云溪”公众号80条。", 3),
        ("全年公开信息50条，包括政府网站20条，公众号推送6次20条，公示栏10条。", 3),
        ("全年公开信息50条，均登在县政府网站。具体为：工作动态40条，政策解读3条，年报7条。", 3),
    ],
)
def test_an_enumeration_holds_shares_even_where_they_exceed_their_total(text: str, shares: int) -> None:
    found = extract_claims(text, (Section("overview.proactive", 0, len(text)),), 2023)
    rest = [c for c in found[1:] if c.unit == "条"]
    assert [c.part_of for c in rest] == ["c1"] * shares + [None] * (len(rest) - shares)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("公开信息4条，其中内设机构类2条、上年度信息公开年报2条。", ["4条", "2条", "2条"]),
        ("每季度末对已发布的信息开展一次自查。", []),
        ("公开信息57条，其余54条主要是工作动态。", ["57条", "54条"]),
        ("登录邮箱，看有没有群众留言提问，做到及时回应。", []),
    ],
)
def test_what_is_listed_counts_and_how_often_does_not(text: str, counted: list[str]) -> None:
    found = extract_claims(text, (Section("overview.proactive", 0, len(text)),), 2023)
    assert [c.text for c in found] == counted


def test_things_alike_in_one_list_are_no_shares_by_chance() -> None:
    text = "全年发布工作动态53条，公示公告44条，政策文件3条，财政预算6条、决算7条。"
    found = extract_claims(text, (Section("overview.proactive", 0, len(text)),), 2023)
    assert [c.part_of for c in found] == [None] * 5
