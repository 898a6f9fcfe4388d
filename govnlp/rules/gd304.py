"""GD304: documents, licences, penalties or fees in the text differ from the proactive table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.document import Claim, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6, ART_20, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import NARROWER, WIDER, clause_span, in_turn, lead, show, trail

DECISIONS = {
    "行政许可": re.compile(r"行政许可(?!率)|^(?:共|累计)?(?:作出|办理|办结|核发|实施)?许可(?:决定|事项)?$"),
    "行政处罚": re.compile(r"行政处罚(?!率)|^(?:共|累计)?(?:作出|实施|下达)?处罚(?:决定)?$"),
    "行政强制": re.compile(r"行政强制(?!率)|^(?:共|累计)?(?:采取|实施)?强制(?:措施)?$"),
}
DOCUMENTS = re.compile("规范性文件")
RULES = re.compile("规章(?!制度)")
OTHER_DOCUMENTS = re.compile("公文|其他文件|政策文件|党内|党委文件|镇发|上级文件|主动公开文件|印发文件")
VERBS = (
    (0, re.compile("制发|制定|印发|出台|新制定|颁布|制订|新出")),
    (1, re.compile("废止|宣布失效|失效")),
    (2, re.compile("现行有效|继续有效|有效")),
)
"""Column of the table and the words for it, from the last that may stand in a lead to the first."""
REVIEWED = re.compile("清理(?!废止)|修改|修订|合并|审查|评估|解读|审核|备案|征求")
"""Documents that were looked at or changed: the table does not count them."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("proactive")
    if table is None:
        return
    for claim in report.claims_of("decisions", "documents", "fees"):
        told = in_turn(report, claim)
        for words in (lead(report, claim).strip(),) if told is None else told:
            place = place_of(report, claim, words)
            if place is None or place[0] not in table.rows:
                continue
            row, col = place
            number = table.rows[row][col]
            stated = claim.value / 10000 if claim.type == "fees" and claim.unit == "元" else claim.value
            if number is None or abs(stated - number) < 0.005:
                continue
            yield Hit(
                evidence=((claim.start, claim.end),),
                cells=(("proactive", row, col, number),),
                values={"text": claim.text, "stated": show(stated), "row": row, "number": show(number)},
            )


def place_of(report: Report, claim: Claim, words: str) -> tuple[str, int] | None:
    """The row and column of the table that counts what the claim counts, or None. `words` say what it counts."""
    after = trail(report, claim)
    if claim.qualifier != "exact" or NARROWER.search(words.replace("其中行政规范性文件", "")):
        return None
    if claim.type == "fees":
        return ("行政事业性收费", 0) if "行政事业性收费" in words and "减" not in words else None
    start, _ = clause_span(report, claim)
    before = report.span(start, claim.start)
    if WIDER.search(before):
        return None
    if claim.type == "decisions":
        if claim.part_of is not None:
            return None
        named = [row for row, pattern in DECISIONS.items() if pattern.search(words)]
        if not words:
            named = [row for row in DECISIONS if after.startswith(row)]
        return (named[-1], 0) if named else None
    if REVIEWED.search(words) or REVIEWED.match(after):
        return None
    kind = words + after
    row = "行政规范性文件" if DOCUMENTS.search(kind) else "规章" if RULES.search(kind) else None
    col = next((c for c, pattern in reversed(VERBS) if pattern.search(words)), None)
    if row is None and col is not None and len(words) <= 6 and DOCUMENTS.search(before):
        # 制发规范性文件3件、废止1件: the second number's noun is the first one's.
        row = None if OTHER_DOCUMENTS.search(before) or RULES.search(before) else "行政规范性文件"
    if row is None or (col is None and not after.startswith(("行政规范性文件", "规范性文件"))):
        return None
    return row, col or 0


RULE = Rule(
    code="GD304",
    name="text-table-proactive",
    severity="error",
    title={"zh": "主动公开数据文表不一致", "en": "Documents, decisions and fees: text and table differ"},
    basis=(ART_6, ART_20, FORMAT_2021),
    explanation={
        "zh": (
            "文中的规范性文件制发、废止、有效件数，行政许可、处罚、强制决定数和行政事业性收费金额，应当与第二部分"
            "的表格一致。"
        ),
        "en": "Documents issued, repealed and in force, licences, penalties, enforcement measures and "
        "administrative fees in the "
        "text agree with the table of part two.",
    },
    advice={"zh": "以台账为准，改正文字或者表格。", "en": "Correct the text or the table from the register."},
    messages={
        "default": {
            "zh": "文中“{text}”（{stated}），表中“{row}”为{number}。",
            "en": "The text says “{text}” ({stated}), the table has {number} for “{row}”.",
        }
    },
    check=check,
    passes=(
        passes(),
        passes(("作出行政处罚决定⟦6件|decisions|6|件⟧", "上半年作出行政处罚决定⟦4件|decisions|4|件⟧")),
        passes(("作出行政处罚决定⟦6件|decisions|6|件⟧", "清理规范性文件⟦9件|documents|9|件⟧")),
        passes(("作出行政处罚决定⟦6件|decisions|6|件⟧", "印发公文⟦90件|documents|90|件⟧")),
        passes(
            (
                "作出行政处罚决定⟦6件|decisions|6|件⟧",
                "行政许可、行政处罚决定各⟦9件|decisions|9|件⟧、⟦6件|decisions|6|件⟧",
            ),
            ("行政处罚: 6}", "行政许可: 9, 行政处罚: 6}"),
        ),
        passes(
            ("作出行政处罚决定⟦6件|decisions|6|件⟧", "许可、处罚分别作出⟦9件|decisions|9|件⟧和⟦6件|decisions|6|件⟧"),
            ("行政处罚: 6}", "行政许可: 9, 行政处罚: 6}"),
        ),
    ),
    fails=(
        fails(("决定⟦6件|decisions|6|件⟧", "决定⟦9件|decisions|9|件⟧"), evidence=("9件",)),
        fails(("作出行政处罚决定⟦6件|decisions|6|件⟧", "行政处罚：⟦9件|decisions|9|件⟧"), evidence=("9件",)),
        fails(
            (
                "作出行政处罚决定⟦6件|decisions|6|件⟧",
                "行政许可、行政处罚决定各⟦6件|decisions|6|件⟧、⟦9件|decisions|9|件⟧",
            ),
            ("行政处罚: 6}", "行政许可: 9, 行政处罚: 6}"),
            evidence=("6件", "9件"),
        ),
        fails(
            ("作出行政处罚决定⟦6件|decisions|6|件⟧", "作出行政许可、行政处罚决定各⟦6件|decisions|6|件⟧"),
            ("行政处罚: 6}", "行政许可: 9, 行政处罚: 6}"),
            evidence=("6件",),
        ),
        fails(
            (
                "作出行政处罚决定⟦6件|decisions|6|件⟧",
                "制发规范性文件⟦2件|documents|2|件⟧、废止⟦1件|documents|1|件⟧，现行有效⟦3件|documents|3|件⟧",
            ),
            evidence=("2件", "1件"),
        ),
        fails(
            ("作出行政处罚决定⟦6件|decisions|6|件⟧", "行政事业性收费⟦3.5万元|fees|3.5|万元⟧"),
            evidence=("3.5万元",),
        ),
    ),
)
