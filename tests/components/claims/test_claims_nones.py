"""Explicit nones: what is denied, thing by thing, and where the span ends."""

from __future__ import annotations

import pytest

from govnlp.components.claims.quantities import find_quantities


def denied(text: str) -> list[tuple[str, str | None, str]]:
    """(span text, claim type, unit) of each none."""
    return [(text[c.start : c.end], c.type, c.unit) for c in find_quantities(text) if c.pattern == "none"]


BOTH = ["reconsiderations", "lawsuits"]


@pytest.mark.parametrize(
    ("text", "span", "types"),
    [
        ("本年度未收到政府信息公开申请。", "未收到政府信息公开申请", ["requests_received"]),
        ("没有接到村民和企业提出的公开申请，", "没有接到村民和企业提出的公开申请", ["requests_received"]),
        ("全年无人申请公开信息。", "无人申请公开信息", ["requests_received"]),
        ("年内没有群众提出申请。", "没有群众提出申请", ["requests_received"]),
        ("实现零申请。", "零申请", ["requests_received"]),
        ("无上年结转；", "无上年结转", ["requests_carried"]),
        ("没有结转下年的件。", "没有结转下年的件", ["requests_carried"]),
        ("新收、结转申请都是0，", "新收、结转申请都是0", ["requests_received", "requests_carried"]),
        ("没有发生行政复议、诉讼。", "没有发生行政复议、诉讼", BOTH),
        ("没有因公开工作引发行政复议和诉讼。", "没有因公开工作引发行政复议和诉讼", BOTH),
        ("复议、诉讼都为0件。", "复议、诉讼都为0件", BOTH),
        ("2023年全县复议、诉讼均为零。", "复议、诉讼均为零", BOTH),
        ("全部办结，无一件转入下一年。", "无一件转入下一年", ["requests_carried"]),
        ("到年底为止一件申请也没有收到。", "一件申请也没有收到", ["requests_received"]),
        ("申请公开的人我们一分钱没有收。", "一分钱没有收", ["fees"]),
        ("申请信息一分钱也没收取过。", "一分钱也没收取过", ["fees"]),
        ("全年没有一起行政复议。", "没有一起行政复议", ["reconsiderations"]),
        ("应诉案件无一败诉。", "无一败诉", ["lawsuits"]),
        ("未收取信息处理费。", "未收取信息处理费", ["fees"]),
        ("未向申请人收取任何费用。", "未向申请人收取任何费用", ["fees"]),
        ("未对依申请公开收取信息处理费。", "未对依申请公开收取信息处理费", ["fees"]),
        ("信息处理费收取金额为零。", "信息处理费收取金额为零", ["fees"]),
        ("没有发生责任追究情形。", "没有发生责任追究情形", ["accountability"]),
        ("未接到针对公开工作的举报。", "未接到针对公开工作的举报", ["accountability"]),
        ("未发现失密、泄密问题。", "未发现失密、泄密问题", ["corrections"]),
        ("未制发行政规范性文件。", "未制发行政规范性文件", ["documents"]),
    ],
)
def test_denies(text: str, span: str, types: list[str]) -> None:
    assert [(s, t) for s, t, _ in denied(text)] == [(span, t) for t in types]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("未收取信息处理费。", "元"), ("没有行政诉讼。", "件"), ("没有人员因公开不当被追责。", "人")],
)
def test_the_unit_of_a_none(text: str, unit: str) -> None:
    assert [u for _, _, u in denied(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "span", "types"),
    [
        ("四、收费情况\n未收取。\n", "未收取", ["fees"]),
        ("五、行政复议和诉讼情况\n无。\n", "无", BOTH),
        ("信息处理费本年没有发生。", "没有发生", ["fees"]),
    ],
)
def test_a_bare_denial_takes_its_thing_from_what_stands_before(text: str, span: str, types: list[str]) -> None:
    assert [(s, t) for s, t, _ in denied(text)] == [(span, t) for t in types]


def test_a_denial_of_what_was_just_named_has_no_type_of_its_own() -> None:
    assert denied("落实责任追究制度，本年未出现此类情况。") == [("未出现此类情况", None, "件")]


@pytest.mark.parametrize(
    "text",
    [
        "没有其他要说明的事。",
        "六、其他事项\n无。\n",
        "未及时答复申请的予以通报。",
        "无正当理由大量反复申请的说明理由。",
        "未公开的申请材料逐件归档。",
        "没有引导群众依法申请。",
        "信息“不存在”的答复引起申请人不满。",
        "无收费情况：",
        "该信息本机关无法提供。",
        "栏目没有及时更新。",
    ],
)
def test_a_lack_is_no_claim(text: str) -> None:
    assert denied(text) == []


def test_a_single_zero_with_a_measure_word_stays_a_number() -> None:
    found = find_quantities("信息处理费为0元，收到申请0件。")
    assert [(c.pattern, c.unit) for c in found] == [("count", "元"), ("count", "件")]
