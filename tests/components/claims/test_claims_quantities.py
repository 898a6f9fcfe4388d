"""The quantity recogniser: each case is a text with its quantities marked ⟦text|value|unit⟧ or ⟦text|value|unit|qualifier⟧."""

from __future__ import annotations

import re

import pytest

from govnlp.components.claims.quantities import find_quantities, inspect_quantities

Found = list[tuple[int, int, float, str, str]]


def unmarked(marked: str) -> tuple[str, Found]:
    """The text without marks, and (start, end, value, unit, qualifier) of each mark."""
    text, spans, at = "", [], 0
    for m in re.finditer(r"⟦([^⟧]*)⟧", marked):
        text += marked[at : m.start()]
        words, value, unit, *rest = m[1].split("|")
        spans.append((len(text), len(text) + len(words), float(value), unit, rest[0] if rest else "exact"))
        text += words
        at = m.end()
    return text + marked[at:], spans


def quantities(text: str, year: int | None = 2023) -> Found:
    return [(c.start, c.end, float(c.value), c.unit, c.qualifier) for c in find_quantities(text, year=year)]


@pytest.mark.parametrize(
    "marked",
    [
        "全年挂网信息⟦312条|312|条⟧。",
        "挂网信息⟦３１２条|312|条⟧。",
        "发布⟦1,530条|1530|条⟧、⟦12，345次|12345|次⟧。",
        "发布 ⟦85 件|85|件⟧文件",
        "共发布信息⟦100\n\n多条|100|条|at_least⟧。",
        "阅读⟦2.31万次|23100|次⟧，累计⟦1.08亿次|108000000|次⟧。",
        "推文⟦一百二十余篇|120|篇|at_least⟧",
        "培训⟦两千三百多人次|2300|人次|at_least⟧",
        "办件⟦一万二千余件|12000|件|at_least⟧",
        "访问⟦1,530余万次|15300000|次|at_least⟧",
        "访问⟦30余万次|300000|次|at_least⟧",
        "挂网⟦10条以上|10|条|at_least⟧",
        "挂网⟦超过210条|210|条|at_least⟧，访问⟦突破30万次|300000|次|at_least⟧",
        "访问⟦近3万次|30000|次|at_most⟧，关注⟦不到500人|500|人|at_most⟧",
        "访问⟦约1.3万次|13000|次|about⟧，点击⟦9万次左右|90000|次|about⟧",
        "粉丝数⟦约2.6万|26000||about⟧，另发短信",
        "征收水费⟦84.62万元|84.62|万元⟧、⟦三十万元|30|万元⟧、⟦12元|12|元⟧",
        "增长⟦18.6%|18.6|%⟧，提高⟦1.2个百分点|1.2|%⟧，按期率⟦百分之九十八|98|%⟧，满意率⟦百分之百|100|%⟧",
        "满意率⟦95.5％|95.5|%⟧",
        "采纳⟦三分之二|66.666667|%⟧，占⟦四分之一|25|%⟧",
        "占⟦八成多|80|%|at_least⟧，⟦九成以上|90|%|at_least⟧满意，⟦六成五|65|%⟧来自网络，⟦近七成|70|%|at_most⟧来自信函",
        "⟦半数以上|50|%|at_least⟧来自企业",
        "设查询机⟦两台|2|台⟧，听课⟦三十六人|36|人⟧",
        "组织⟦１期|1|期⟧、⟦2场|2|场⟧",
        "收到⟦0件|0|件⟧",
        "由28个并为⟦13个|13|个⟧",
        "由2020年的59处降到⟦4处|4|处⟧",
        "上年结转⟦1件|1|件⟧，去年转来⟦2件|2|件⟧",
        "结转2024年⟦3件|3|件⟧，⟦2件|2|件⟧延到2024年1月答复",
        "“某某发布”APP推送⟦133条|133|条⟧",
        "拟写培训计划后，年内办班⟦3期|3|期⟧",
    ],
)
def test_finds(marked: str) -> None:
    text, expected = unmarked(marked)
    assert quantities(text) == expected


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("数据截至2023年11月30日，自3月1日起算", "time"),
        ("在20个工作日内答复", "time"),
        ("公示3天", "time"),
        ("近三年来", "time"),
        ("依据某办函〔2021〕30号", "time"),
        ("《条例》第五十条要求", "ordinal"),
        ("按照第四十九条、五十条规定", "ordinal"),
        ("前一件已答复", "ordinal"),
        ("身份证后四位已隐去", "ordinal"),
        ("辖区面积12平方公里", "space"),
        ("分值占3分", "space"),
        ("邮编223100，地址90号", "no_unit"),
        ("拨打0999-1234567", "identifier"),
        ("“3·15”宣传", "identifier"),
        ("7×24小时在线", "identifier"),
        ("完成IPv6改造", "identifier"),
        ("\n1.主动公开", "enumerator"),
        ("数十次上门", "vague"),
        ("上百条留言", "vague"),
        ("十几次上门", "vague"),
        ("两三次上门", "vague"),
        ("3至5次上门", "vague"),
        ("落实三审三校，一次性告知", "fixed_phrase"),
        ("编成“三张卡片”", "quoted"),
        ("从三个方面着力", "abstract"),
        ("打通5个环节", "abstract"),
        ("下辖30个行政村", "place"),
        ("全镇1.2万人", "place"),
        ("在8个服务所设触摸屏8台", "place"),
        ("每月2次", "frequency"),
        ("每季度末对已发布的信息开展一次", "how_often"),
        ("规定每村每季不少于4条", "frequency"),
        ("2024年将推出1期", "plan"),
        ("下一步，计划开办培训2次", "plan"),
        ("上年为1.5万件", "earlier_year"),
        ("去年收的是95件", "earlier_year"),
        ("而2022年为7,340条", "earlier_year"),
        ("专栏由28个并为专区", "former"),
    ],
)
def test_a_near_miss_is_vetoed_and_says_why(text: str, check: str) -> None:
    vetoes = [c.veto for c in inspect_quantities(text, year=2023)]
    assert check in vetoes
    confirmed = [c for c in find_quantities(text, year=2023) if c.unit != "台"]
    assert confirmed == []


@pytest.mark.parametrize(
    "text",
    [
        "统一思想，一些问题一定要解决，万众一心",
        "三农工作、第一责任人、进一步",
        "一成不变，分成小组",
        "12345热线",
        "开展双随机、一公开检查，一网通办",
        "名单5名单位",
        "过半个月没有更新",
        "走进千家万户，十分重视",
        "没有一件超期，无一次差错",
        "办理一件、满意一件",
    ],
)
def test_words_with_numerals_are_no_quantities(text: str) -> None:
    assert [c for c in find_quantities(text) if c.unit != "名"] == []


def test_a_part_of_a_text_has_the_offsets_of_the_whole() -> None:
    text = "公开10条。公开20条。"
    assert [(c.start, c.value) for c in find_quantities(text, 6)] == [(8, 20)]


def test_a_lone_numeral_is_marked_as_weak() -> None:
    assert [c.weak for c in find_quantities("组织一次培训，挂网二十条")] == [True, False]


def test_what_a_rate_or_a_none_covers_is_counted_once() -> None:
    found = find_quantities("答复率100%，办结12件，网站1.5%，行政复议、行政诉讼均为0件，未收到申请。")
    assert [(c.value, c.pattern, c.type) for c in found] == [
        (100, "percent", None),
        (12, "count", None),
        (1.5, "percent", None),
        (0, "none", "reconsiderations"),
        (0, "none", "lawsuits"),
        (0, "none", "requests_received"),
    ]
