"""Elements: for each, wording that shows it and wording that does not."""

from __future__ import annotations

import pytest

from govnlp.components.elements.find import cues, find_elements
from govnlp.document import Claim, Section, Sentence
from govnlp.schema import ELEMENTS

HITS = {
    "legal_basis": ("preamble", "根据《中华人民共和国政府信息公开条例》，编制本报告。"),
    "period": ("preamble", "统计期限为2022年1月1日至12月31日。"),
    "contact": ("preamble", "联系电话：0712-1234567。"),
    "proactive_content": ("overview.proactive", "主要公布低保名单和财政预决算。"),
    "interpretation": ("overview.proactive", "对新政策作了图解。"),
    "response": ("overview.proactive", "及时回应群众关切。"),
    "request_process": ("overview.on_request", "规范申请受理登记流程。"),
    "info_management": ("overview.management", "信息先审后发。"),
    "secrecy_review": ("overview.management", "发布前做保密审查。"),
    "website": ("overview.platform", "在政府网站设专栏。"),
    "new_media": ("overview.platform", "公众号每周更新。"),
    "offline_venue": ("overview.platform", "在大厅设查阅点。"),
    "organisation": ("overview.supervision", "成立领导小组。"),
    "training": ("overview.supervision", "组织人员参加培训。"),
    "assessment": ("overview.supervision", "列入年度考核。"),
    "social_evaluation": ("overview.supervision", "邀请村民代表开展评议。"),
    "accountability": ("overview.supervision", "没有发生责任追究情形。"),
    "problems": ("problems.issues", "更新不及时。"),
    "improvements": ("problems.improvements", "按月核对。"),
    "fees": ("other_matters", "未收取信息处理费。"),
    "annual_priorities": ("other_matters", "政务公开工作要点的任务已办结。"),
}
MISSES = {
    "legal_basis": ("overview", "认真学习有关文件。"),
    "period": ("preamble", "2022年工作报告如下。"),
    "contact": ("overview", "群众可以来访。"),
    "training": ("problems.improvements", "组织人员参加培训。"),
    "new_media": ("problems.improvements", "下一步开通公众号。"),
    "assessment": ("problems.issues", "考核力度不够。"),
    "improvements": ("problems.issues", "按月核对不够。"),
    "website": ("overview.platform", "在村口立了一块牌子。"),
}


def found(section: str, text: str, *claims: Claim) -> set[str]:
    elements = find_elements(text, [Section(section, 0, len(text))], [Sentence(0, len(text), "specific")], claims)
    return {e.id for e in elements if e.present}


def test_every_element_has_cues_and_no_cue_is_for_nothing() -> None:
    assert set(cues()) == set(ELEMENTS)


@pytest.mark.parametrize("element", HITS)
def test_shown(element: str) -> None:
    assert element in found(*HITS[element])


@pytest.mark.parametrize("element", MISSES)
def test_not_shown(element: str) -> None:
    assert element not in found(*MISSES[element])


def test_a_plan_does_not_count() -> None:
    assert "training" not in found("overview.supervision", "下一步将组织培训。")


def test_claims_show_the_elements_that_they_count() -> None:
    text = "全年公开12条。"
    claim = Claim("c1", 4, 7, "12条", "info_published", 12, "条", section="overview.proactive")
    assert "proactive_volume" in found("overview.proactive", text, claim)


def test_evidence_points_to_the_words() -> None:
    text = "成立领导小组，由镇长任组长。"
    elements = find_elements(
        text, [Section("overview.supervision", 0, len(text))], [Sentence(0, len(text), "specific")], ()
    )
    organisation = next(e for e in elements if e.id == "organisation")
    assert [text[a:b] for a, b in organisation.evidence] == ["成立领导小组"]
