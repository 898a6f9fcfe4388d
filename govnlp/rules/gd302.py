"""GD302: applications in the text differ from the requests table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from govnlp.document import Claim, NationalTable, Number, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.wording import (
    CLAUSE_ENDS,
    WIDER,
    adds_up,
    clause,
    clause_span,
    in_turn,
    is_main,
    lead,
    show,
    told_after,
    trail,
)
from govnlp.schema import APPLICANTS, OUTCOME_ROWS, REQUEST_GROUPS, REQUEST_ROWS

TOTAL = len(APPLICANTS) - 1
APPLICANT_WORDS = re.compile("自然人|个人|企业|公司|科研|社会组织|公益|律师|律所|法律服务|合作社")
"""An applicant of one kind: the table's row total is not what is counted."""
ONE_WAY = re.compile("书面|网上|网络|网页|信函|邮寄|邮件|当面|现场")
WHOLE_YEAR = re.compile("全年|年内|年度|共|总计|累计")
NEW_ONLY = re.compile("新收|新增|新接|新受理")
DONE = re.compile(
    r"(?<!终止)(?<!停止)(?<!不再)(?:办结|办理完毕|办理完成|已办理|答复|办理|处理)(?:申请|完毕|完成|了|率)?(?:共|共计|合计)?\s*$"
)
FROM_BEFORE = re.compile("上年|去年|往年|上一年|年初|承接|前一年")
AFTER = 30
"""How many characters after a number may tell where it was carried to: 1件因情况复杂，跨年办理."""
TO_NEXT = re.compile("下年|下一年|次年|明年|来年|跨年|转入|转至|结转到|结转至")
OUTCOMES = {
    "granted": re.compile("(?<!部分)(?<!不)予以公开|(?<!部分)同意公开|全部公开"),
    "partial": re.compile("部分公开"),
    "denied": re.compile("不予公开"),
    "unable": re.compile("无法提供"),
    "unprocessed": re.compile("不予处理"),
    "other": re.compile("其他处理"),
}
"""Outcome, a row of the table or a group of rows, to the words that name it."""
JOINED = re.compile("(?:公开|提供|处理)、(?:部分公开|不予公开|无法提供|不予处理|其他处理)[^，。；、\\d]{0,4}$")
"""Two outcomes told together: 予以公开、部分公开231件."""
REASON = re.compile("因|为由|属|涉及|对|其中一|主要|保护|危及|第三方|国家秘密")
"""Words that name one reason of an outcome: fewer than all with that outcome."""
APPLICANT_COLUMNS = (
    (APPLICANTS.index("自然人"), re.compile("自然人")),
    (APPLICANTS.index("商业企业"), re.compile("商业企业")),
    (APPLICANTS.index("法律服务机构"), re.compile("法律服务机构|律师事务所")),
)


def check(report: Report, context: Context) -> Iterator[Hit]:
    table = report.tables.get("requests")
    if table is None:
        return
    yield from received(report, table)
    yield from carried(report, table)
    yield from handled(report, table)
    yield from outcomes(report, table)
    yield from applicants(report, table)


def total_of(table: NationalTable, row: str, col: int = TOTAL) -> Number | None:
    """The number of a row, or of a group of rows, in a column; None where a cell of it is blank."""
    rows = [row] if row in table.rows else [r for r in OUTCOME_ROWS if r.startswith(row + ".")]
    numbers = [table.rows[r][col] for r in rows if r in table.rows]
    known = [n for n in numbers if n is not None]
    return sum(known) if numbers and len(known) == len(numbers) else None


def received(report: Report, table: NationalTable) -> Iterator[Hit]:
    """The first statement of how many applications came, and any other that says it counts the whole year."""
    new, before = total_of(table, "new"), total_of(table, "carried_in")
    first: Claim | None = None
    if new is None or before is None:
        return
    whole = [c for c in report.claims_of("requests_received") if c.part_of is None]
    for claim in report.claims_of("requests_received"):
        told = in_turn(report, claim)
        words = lead(report, claim) if told is None else "、".join(told)
        if told is None and is_too_many(report, claim, words, new + before):
            yield hit(claim, "new", new)
            continue
        if (
            told == ()
            or not is_main(report, claim)
            or APPLICANT_WORDS.search(words)
            or DONE.search(words.replace("申请", ""))
        ):
            continue
        again = first is not None and WHOLE_YEAR.search(words)
        if first is None and adds_up(report, claim, whole, claim.value, (new, new + before)):
            return  # 市政府收到3件，各部门收到5件: both are what the table counts
        if first is None or again:
            both = not NEW_ONLY.search(words) and not told_apart(report, claim)
            if claim.value != new and not (both and claim.value == new + before):
                yield hit(claim, "new", new)
        first = first or claim


def is_too_many(report: Report, claim: Claim, words: str, all_of_them: Number) -> bool:
    """Whether a number of applications received by one way exceeds all that the table counts."""
    return (
        claim.part_of is None
        and claim.qualifier in ("exact", "at_least")
        and claim.value > all_of_them
        and ONE_WAY.search(words) is not None
        and not WIDER.search(clause(report, claim))
    )


def told_apart(report: Report, claim: Claim) -> bool:
    """Whether the clause gives those carried in besides the claim's number, not as a share of it."""
    start, end = clause_span(report, claim)
    return any(
        start <= c.start < end and c.part_of != claim.id and FROM_BEFORE.search(lead(report, c))
        for c in report.claims_of("requests_carried")
    )


def carried(report: Report, table: NationalTable) -> Iterator[Hit]:
    for claim in report.claims_of("requests_carried"):
        if claim.qualifier != "exact" or not about_applications(report, claim, clause(report, claim)):
            continue
        around = lead(report, claim) + claim.text + trail(report, claim, CLAUSE_ENDS, AFTER)
        row = "carried_in" if FROM_BEFORE.search(around) else "carried_out" if TO_NEXT.search(around) else None
        if row is None:
            continue
        number = total_of(table, row)
        if number is not None and claim.value != number:
            yield hit(claim, row, number)


def about_applications(report: Report, claim: Claim, words: str) -> bool:
    """Whether a claim tells of applications, by its section or the words around it: messages and hotline cases are answered too."""
    return report.section_at(claim.start) == "overview.on_request" or "申请" in words


def handled(report: Report, table: NationalTable) -> Iterator[Hit]:
    """The first statement of how many applications were closed."""
    total = total_of(table, "total")
    for claim in report.claims_of("requests_handled"):
        if total is None or not is_main(report, claim) or not DONE.search(lead(report, claim)):
            continue
        if any(pattern.search(lead(report, claim)) for pattern in OUTCOMES.values()):
            continue
        if not about_applications(report, claim, lead(report, claim)):
            continue
        # 办结13件；上年结转3件也已办结
        before = [c.value for c in report.claims_of("requests_carried") if told_after(report, claim, c)]
        if claim.value != total and claim.value + sum(before) != total:
            yield hit(claim, "total", total)
        return


def outcomes(report: Report, table: NationalTable) -> Iterator[Hit]:
    """Statements of how many applications had one outcome; several of one outcome may be so many together."""
    found: dict[str, list[Hit]] = {}
    stated: defaultdict[str, Number] = defaultdict(int)
    for claim in report.claims_of("requests_handled"):
        if claim.qualifier != "exact" or report.section_at(claim.start) != "overview.on_request":
            continue
        told = in_turn(report, claim)
        words = lead(report, claim) if told is None else "和".join(told)
        rows = [row for row, pattern in OUTCOMES.items() if pattern.search(words)]
        if (
            len(rows) != 1
            or re.search("和|及|或|含|合计|依次|分别", words)
            or JOINED.search(report.span(max(0, claim.start - 24), claim.start))
        ):
            continue
        number = total_of(table, rows[0])
        stated[rows[0]] += claim.value
        if number is None or claim.value == number or (claim.value < number and REASON.search(words)):
            continue
        found.setdefault(rows[0], []).append(hit(claim, rows[0], number))
    for row, hits in found.items():
        if stated[row] != total_of(table, row):
            yield from hits


def applicants(report: Report, table: NationalTable) -> Iterator[Hit]:
    """Statements of how many applications came from one kind of applicant."""
    for claim in report.claims_of("requests_received"):
        told = in_turn(report, claim)
        words = lead(report, claim) if told is None else "、".join(told)
        cols = [col for col, pattern in APPLICANT_COLUMNS if pattern.search(words)]
        if claim.qualifier != "exact" or len(cols) != 1 or WIDER.search(words):
            continue
        new, before = total_of(table, "new", cols[0]), total_of(table, "carried_in", cols[0])
        if new is not None and before is not None and claim.value not in (new, new + before):
            yield hit(claim, "new", new, cols[0])


def hit(claim: Claim, row: str, number: Number, col: int = TOTAL) -> Hit:
    label = REQUEST_ROWS.get(row) or REQUEST_GROUPS[row]
    values = {"text": claim.text, "stated": show(claim.value), "row": label, "number": show(number)}
    cells = (("requests", row, col, number),) if row in REQUEST_ROWS else ()
    return Hit(evidence=((claim.start, claim.end),), cells=cells, values=values)


RULE = Rule(
    code="GD302",
    name="text-table-requests",
    severity="error",
    title={"zh": "申请数量文表不一致", "en": "Applications: text and table differ"},
    basis=(ART_6, FORMAT_2021),
    explanation={
        "zh": (
            "总体情况中的收到、办结、结转申请数应当与第三部分的表格一致。文中注明只统计一部分或者更大范围的，不比较。"
        ),
        "en": "Applications received, closed and carried in part one agree with the table of part three. A number "
        "that the text "
        "says to count less or more than the table is not compared.",
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
        passes(
            (
                "收到申请⟦3件|requests_received|3|件⟧，上年结转⟦1件|requests_carried|1|件⟧",
                "共有申请⟦4件|requests_received|4|件⟧",
            )
        ),
        passes(("办结⟦4件|requests_handled|4|件⟧", "经会审答复⟦2件|requests_handled|2|件⟧")),
        passes(("办结⟦4件|requests_handled|4|件⟧", "因不掌握无法提供⟦1件|requests_handled|1|件⟧")),
        passes(("收到申请⟦3件|requests_received|3|", "收到网上申请⟦2件|requests_received|2|")),
        passes(
            (
                "收到申请⟦3件|requests_received|3|件⟧",
                "收到申请⟦3件|requests_received|3|件⟧，自然人、商业企业分别提出⟦2件|requests_received|2|件⟧和"
                "⟦1件|requests_received|1|件⟧",
            ),
        ),
        passes(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件|id=h⟧，其中予以公开或部分公开⟦3件|requests_handled|3|件|part=h⟧",
            ),
        ),
        passes(
            (
                "#（五）监督保障\n",
                "#（五）监督保障\n热线工单当年办结，跨年办理⟦9件|requests_carried|9|件⟧。{S}\n",
            ),
        ),
        passes(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件|id=h⟧，予以公开、无法提供依次为⟦3件|requests_handled|3|件|part=h⟧、"
                "⟦1件|requests_handled|1|件|part=h⟧",
            ),
        ),
    ),
    fails=(
        fails(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件|id=h⟧，予以公开⟦2件|requests_handled|2|件|part=h⟧",
            ),
            evidence=("2件",),
        ),
        fails(
            (
                "收到申请⟦3件|requests_received|3|件⟧",
                "收到申请⟦3件|requests_received|3|件|id=n⟧，其中自然人⟦1件|requests_received|1|件|part=n⟧",
            ),
            evidence=("1件",),
        ),
        fails(("收到申请⟦3件|requests_received|3|", "收到申请⟦5件|requests_received|5|"), evidence=("5件",)),
        fails(("上年结转⟦1件|requests_carried|1|", "上年结转⟦2件|requests_carried|2|"), evidence=("2件",)),
        fails(
            (
                "办结⟦4件|requests_handled|4|件⟧",
                "办结⟦4件|requests_handled|4|件⟧，另⟦1件|requests_carried|1|件⟧要征求意见，跨年办理",
            ),
            evidence=("1件",),
        ),
        fails(("收到申请⟦3件|requests_received|3|件⟧", "收到书面申请⟦5件|requests_received|5|件⟧"), evidence=("5件",)),
        fails(("办结⟦4件|requests_handled|4|", "办结⟦3件|requests_handled|3|"), evidence=("3件",)),
        fails(
            ("收到申请⟦3件|requests_received|3|", "⟦未收到申请|requests_received|0|"),
            evidence=("未收到申请",),
        ),
        fails(
            (
                "收到申请⟦3件|requests_received|3|件⟧",
                "收到申请⟦3件|requests_received|3|件⟧，自然人、商业企业分别提出⟦1件|requests_received|1|件⟧和"
                "⟦2件|requests_received|2|件⟧",
            ),
            evidence=("1件", "2件"),
        ),
    ),
)
