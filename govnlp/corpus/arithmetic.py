"""Which findings the numbers of a labelled report make true: declared ones must be among them, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govnlp.corpus.labelled import LabelledReport
from govnlp.document import NationalTable, Number
from govnlp.schema import APPLICANTS, OUTCOME_ROWS

TABLE_CODES = ("GD201", "GD202", "GD203", "GD204", "GD206")
"""Codes that only the tables' numbers can make true: declared without a break they are mistakes."""
Row = Sequence[Number | None]


def table_breaks(labelled: LabelledReport) -> dict[str, str]:
    """Codes of the table rules that the placed tables break, each with the first place."""
    out: dict[str, str] = {}
    tables = labelled.report.tables
    for name, table in tables.items():
        for row, numbers in table.rows.items():
            for col, number in enumerate(numbers):
                raw = labelled.raw_tables[name][row][col]
                if number is None and (raw is None or str(raw).strip() in ("", "/", "-", "—", "——", "－", "无")):
                    out.setdefault("GD108", f"{name} {row} column {col + 1}")
                elif number is None or number < 0 or (number != int(number) and row != "行政事业性收费"):
                    out.setdefault("GD205", f"{name} {row} column {col + 1}: {raw}")
    if "requests" in tables:
        _requests(tables["requests"], out)
    if "review" in tables:
        for row, numbers in tables["review"].rows.items():
            if _known(numbers) and sum(_known(numbers)[:-1]) != numbers[-1]:
                out.setdefault("GD204", f"review {row}")
    if "proactive" in tables:
        for row in ("规章", "行政规范性文件"):
            issued, repealed, valid = tables["proactive"].rows[row]
            if issued is not None and valid is not None and valid < issued - (repealed or 0):
                out.setdefault("GD206", f"proactive {row}")
    return out


def _known(numbers: Row) -> list[Number]:
    """The numbers, or [] where one is unknown."""
    out = [n for n in numbers if n is not None]
    return out if len(out) == len(numbers) else []


def _requests(table: NationalTable, out: dict[str, str]) -> None:
    rows = table.rows
    for row, numbers in rows.items():
        if _known(numbers) and sum(_known(numbers)[:-1]) != numbers[-1]:
            out.setdefault("GD201", f"requests {row}")
    for col, applicant in enumerate(APPLICANTS):
        outcomes = _known([rows[row][col] for row in OUTCOME_ROWS])
        total = rows["total"][col]
        if outcomes and total is not None and sum(outcomes) != total:
            out.setdefault("GD202", f"requests column {applicant}")
        ends = _known([rows[row][col] for row in ("new", "carried_in", "total", "carried_out")])
        if ends and ends[0] + ends[1] != ends[2] + ends[3]:
            out.setdefault("GD203", f"requests column {applicant}")


def years_break(previous: LabelledReport, labelled: LabelledReport) -> dict[str, str]:
    """GD207 and GD208 between two years of one agency, each with the first place."""
    out: dict[str, str] = {}
    before, now = previous.report.tables, labelled.report.tables
    if "requests" in before and "requests" in now:
        for col, (a, b) in enumerate(
            zip(before["requests"].rows["carried_out"], now["requests"].rows["carried_in"], strict=True)
        ):
            if a is not None and b is not None and a != b:
                out.setdefault("GD207", f"{a} carried out, {b} carried in, column {APPLICANTS[col]}")
    if "proactive" in before and "proactive" in now:
        for row in ("规章", "行政规范性文件"):
            numbers = _known([before["proactive"].rows[row][2], *now["proactive"].rows[row]])
            if numbers and numbers[0] + numbers[1] - numbers[2] != numbers[3]:
                out.setdefault("GD208", f"{row}: {numbers[0]} + {numbers[1]} - {numbers[2]} is not {numbers[3]}")
    return out


def parts_break(labelled: LabelledReport) -> Iterable[tuple[int, str]]:
    """Totals whose parts do not add up to them: the total's offset, and what is wrong."""
    claims = labelled.report.claims
    for total in claims:
        parts = [c for c in claims if c.part_of == total.id]
        added = sum(c.value for c in parts)
        if parts and total.type != "rate" and abs(added - total.value) > 1e-6 * max(1.0, abs(total.value)):
            yield total.start, f"the parts of {total.text} add up to {added:g}; declare GD301 or set partial_parts"
