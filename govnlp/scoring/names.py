"""What elements, sections, claim types and scores are called, in Chinese and in English: the only place that says so."""

from __future__ import annotations

from collections.abc import Mapping

from govnlp.schema import Lang

ELEMENT_NAMES: Mapping[str, Mapping[Lang, str]] = {
    "legal_basis": {"zh": "编制依据", "en": "legal basis"},
    "period": {"zh": "统计期限", "en": "reporting period"},
    "contact": {"zh": "联系方式", "en": "contact"},
    "proactive_volume": {"zh": "主动公开数量", "en": "volume of proactive disclosure"},
    "proactive_content": {"zh": "主动公开内容", "en": "areas disclosed"},
    "interpretation": {"zh": "政策解读", "en": "policy interpretation"},
    "response": {"zh": "回应关切", "en": "response to the public"},
    "request_volume": {"zh": "依申请公开数量", "en": "volume of applications"},
    "request_process": {"zh": "申请办理流程", "en": "handling of applications"},
    "info_management": {"zh": "政府信息管理", "en": "information management"},
    "secrecy_review": {"zh": "保密审查", "en": "secrecy review"},
    "website": {"zh": "政府网站", "en": "website"},
    "new_media": {"zh": "政务新媒体", "en": "new media"},
    "offline_venue": {"zh": "线下公开场所", "en": "offline venues"},
    "organisation": {"zh": "组织机构和人员", "en": "organisation and staff"},
    "training": {"zh": "培训", "en": "training"},
    "assessment": {"zh": "工作考核", "en": "work assessment"},
    "social_evaluation": {"zh": "社会评议", "en": "social evaluation"},
    "accountability": {"zh": "责任追究", "en": "accountability"},
    "problems": {"zh": "存在问题", "en": "problems"},
    "improvements": {"zh": "改进情况", "en": "improvements"},
    "fees": {"zh": "信息处理费", "en": "information processing fees"},
    "annual_priorities": {"zh": "年度工作要点落实", "en": "annual priorities"},
}
