from dataclasses import replace

import pytest

from govnlp.corpus.markup import parse
from govnlp.document import Section
from govnlp.rules.cases import sound
from govnlp.rules.parts import opening
from govnlp.rules.wording import LONGEST, claims_between, clause, in_turn, is_main, lead, trail

OLD = "收到申请⟦3件|requests_received|3|件⟧"


def first(text: str):
    report = parse(sound((OLD, text))).report
    return report, report.claims_of("requests_received")[0]


def test_words_around_a_claim():
    report, claim = first("全年新收申请⟦3件|requests_received|3|件⟧均由自然人提出")
    assert lead(report, claim) == "全年新收申请"
    assert trail(report, claim) == "均由自然人提出"
    assert clause(report, claim) == "全年新收申请3件均由自然人提出，上年结转1件，办结4件"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年收到申请⟦3件|requests_received|3|件⟧", True),
        ("其中收到网上申请⟦3件|requests_received|3|件⟧", False),
        ("上半年收到申请⟦3件|requests_received|3|件⟧", False),
        ("收到申请⟦3件以上|requests_received|3|件|q=at_least⟧", False),
        ("全系统收到申请⟦3件|requests_received|3|件⟧", False),
        ("开通以来收到申请⟦3件|requests_received|3|件⟧", False),
        ("2023年以来收到申请⟦3件|requests_received|3|件⟧", True),
    ],
)
def test_main_statements(text, expected):
    assert is_main(*first(text)) is expected


def test_claims_within_a_stretch_and_words_without_any_mark():
    text = "年" * 3000 + "收到申请⟦3件|requests_received|3|件⟧" + "年" * 3000
    report, claim = first(text)
    assert len(lead(report, claim)) == len(trail(report, claim)) == LONGEST
    assert claims_between(report, claim.start, claim.end) == (claim,)
    assert claim not in claims_between(report, claim.end, claim.end + 1)


def test_a_heading_of_blanks_is_none():
    report, _ = first("收到申请⟦3件|requests_received|3|件⟧")
    source = replace(report.source, text="\n规章\t0\n")
    section = Section("proactive_table", 0, 6, 1)
    assert opening(replace(report, source=source), section) == (1, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("许可、处罚各⟦9件|decisions|9|件⟧、⟦6件|decisions|6|件⟧", [("许可",), ("处罚",)]),
        ("许可、处罚决定，分别为⟦9件|decisions|9|件⟧和⟦6件|decisions|6|件⟧", [("许可",), ("处罚决定",)]),
        ("许可、处罚各⟦6件|decisions|6|件⟧", [("许可", "处罚")]),
        ("许可、处罚、强制依次为⟦9件|decisions|9|件⟧、⟦6件|decisions|6|件⟧", [(), ()]),
        ("许可、处罚等各类事项⟦9件|decisions|9|件⟧", [None]),
        ("分别作出许可⟦9件|decisions|9|件⟧、处罚⟦6件|decisions|6|件⟧", [None, None]),
        ("许可⟦9件|decisions|9|件⟧、处罚⟦6件|decisions|6|件⟧", [None, None]),
    ],
)
def test_numbers_handed_out_in_turn(text, told):
    report = parse(sound(("作出行政处罚决定⟦6件|decisions|6|件⟧", "作出决定，" + text))).report
    assert [in_turn(report, c) for c in report.claims_of("decisions")] == told
