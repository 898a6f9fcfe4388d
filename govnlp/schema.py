"""The names that everything shares: sections, claim types, elements, table rows, and the official part titles.

Source of the format: 国办公开办函〔2021〕30号 (2021), 国办公开办函〔2019〕60号 (2019, trial). Each name is stated here once.
"""

from __future__ import annotations

from typing import Final, Literal

SECTIONS: Final = (
    "preamble",
    "overview",
    "overview.proactive",
    "overview.on_request",
    "overview.management",
    "overview.platform",
    "overview.supervision",
    "overview.extra",
    "proactive_table",
    "requests_table",
    "review_table",
    "problems",
    "problems.issues",
    "problems.improvements",
    "other_matters",
)
TABLE_SECTIONS: Final = ("proactive_table", "requests_table", "review_table")
NARRATIVE_SECTIONS: Final = tuple(s for s in SECTIONS if s not in TABLE_SECTIONS)
TOPICS: Final = SECTIONS[2:7]
"""The five topics of part one."""
PARTS: Final = ("overview", "proactive_table", "requests_table", "review_table", "problems", "other_matters")
"""The six parts of the national format, in order."""

PART_TITLES: Final = {
    "overview": "总体情况",
    "overview.proactive": "主动公开",
    "overview.on_request": "依申请公开",
    "overview.management": "政府信息管理",
    "overview.platform": "政府信息公开平台建设",
    "overview.supervision": "监督保障",
    "proactive_table": "主动公开政府信息情况",
    "requests_table": "收到和处理政府信息公开申请情况",
    "review_table": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}

CLAIM_TYPES: Final = (
    "info_published",
    "documents",
    "interpretations",
    "responses",
    "requests_received",
    "requests_handled",
    "requests_carried",
    "reconsiderations",
    "lawsuits",
    "training_sessions",
    "training_attendance",
    "meetings",
    "inspections",
    "corrections",
    "venues",
    "staff",
    "proposals",
    "audience",
    "fees",
    "accountability",
    "decisions",
    "rate",
    "other",
)
NARROWER_TYPES: Final = {"info_published": ("documents", "interpretations")}
"""Claim types that count some of what another type counts in all: a share of these is a share of that."""
CHANNELS: Final = (
    "website",
    "wechat",
    "weibo",
    "video",
    "app",
    "new_media",
    "board",
    "press",
    "gazette",
    "other",
)
CHANNEL_TYPES: Final = ("info_published", "audience")
"""Only these claim types have a channel."""
QUALIFIERS: Final = ("exact", "at_least", "at_most", "about")
SENTENCE_LABELS: Final = ("specific", "boilerplate", "statutory")

ELEMENTS: Final = (
    "legal_basis",
    "period",
    "contact",
    "proactive_volume",
    "proactive_content",
    "interpretation",
    "response",
    "request_volume",
    "request_process",
    "info_management",
    "secrecy_review",
    "website",
    "new_media",
    "offline_venue",
    "organisation",
    "training",
    "assessment",
    "social_evaluation",
    "accountability",
    "problems",
    "improvements",
    "fees",
    "annual_priorities",
)
AGENCY_KINDS: Final = ("township", "subdistrict", "county", "city", "province", "department", "other")
FORMATS: Final = ("2021", "2019", "pre2019")
SEVERITIES: Final = ("error", "warning", "info")

TABLES: Final = ("proactive", "requests", "review")
TABLE_OF_SECTION: Final = {f"{name}_table": name for name in TABLES}

PROACTIVE_ROWS: Final = {
    "规章": ("本年制发件数", "本年废止件数", "现行有效件数"),
    "行政规范性文件": ("本年制发件数", "本年废止件数", "现行有效件数"),
    "行政许可": ("本年处理决定数量",),
    "行政处罚": ("本年处理决定数量",),
    "行政强制": ("本年处理决定数量",),
    "行政事业性收费": ("本年收费金额（单位：万元）",),
}
"""Row id (also its official label) to the labels of its columns."""

APPLICANTS: Final = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
"""The seven columns of the requests table."""

REQUEST_ROWS: Final = {
    "new": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "denied.state_secret": "1.属于国家秘密",
    "denied.law_forbids": "2.其他法律行政法规禁止公开",
    "denied.safety_stability": "3.危及“三安全一稳定”",
    "denied.third_party": "4.保护第三方合法权益",
    "denied.internal_affairs": "5.属于三类内部事务信息",
    "denied.process_info": "6.属于四类过程性信息",
    "denied.enforcement_file": "7.属于行政执法案卷",
    "denied.admin_query": "8.属于行政查询事项",
    "unable.not_held": "1.本机关不掌握相关政府信息",
    "unable.needs_creation": "2.没有现成信息需要另行制作",
    "unable.still_unclear": "3.补正后申请内容仍不明确",
    "unprocessed.petition": "1.信访举报投诉类申请",
    "unprocessed.repeat": "2.重复申请",
    "unprocessed.publication": "3.要求提供公开出版物",
    "unprocessed.mass_requests": "4.无正当理由大量反复申请",
    "unprocessed.confirmation": "5.要求行政机关确认或重新出具已获取信息",
    "other.overdue_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other.overdue_fee": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other.other": "3.其他",
    "total": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}
"""Row id to its official label, in the order of the national format."""
OUTCOME_ROWS: Final = tuple(REQUEST_ROWS)[2:23]
"""The rows that (七)总计 adds up."""
REQUEST_GROUPS: Final = {
    "denied": "（三）不予公开",
    "unable": "（四）无法提供",
    "unprocessed": "（五）不予处理",
    "other": "（六）其他处理",
}

REVIEW_BLOCKS: Final = {
    "reconsideration": "行政复议",
    "lawsuit_direct": "未经复议直接起诉",
    "lawsuit_after_reconsideration": "复议后起诉",
}
REVIEW_COLUMNS: Final = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

Severity = Literal["error", "warning", "info"]
Lang = Literal["zh", "en"]
