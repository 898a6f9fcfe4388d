"""Seeded variants of labelled reports with other numbers, units, years, names and table values; labels and findings stay true.

Every change keeps the length of what it replaces, so that no span moves. Numbers change only where nothing else in the report speaks of
them: no share, no total, no rate beside them. For training only; `scripts/make_variants` writes them as corpus files.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from govnlp.corpus.arithmetic import table_breaks
from govnlp.corpus.labelled import DeclaredFinding, LabelledReport
from govnlp.corpus.markup import parse
from govnlp.corpus.writing import to_markup
from govnlp.document import Claim
from govnlp.schema import OUTCOME_ROWS

FREE_TYPES = (
    *("info_published", "interpretations", "responses", "training_sessions", "training_attendance", "meetings"),
    *("inspections", "corrections", "venues", "staff", "proposals", "audience", "other"),
)
"""Claims that no table repeats."""
OTHER_UNITS = {"条": "篇", "篇": "条", "次": "场", "场": "次"}
YEARS_OF = {"2021": (2021, 2025), "2019": (2019, 2020), "pre2019": (2010, 2018)}
SYLLABLES = "松柏梅兰竹菊云溪石泉桥岭坪湾塘沙柳桃杏槐枫银玉青白红黄南北东西河江湖海山川谷原林滩"
_YEAR = re.compile(r"(?<![\d〔第])20[012]\d(?=\s*(?:年|\.))")
_PLACE = re.compile(r"([\u4e00-\u9fff]{2})(?:镇|乡|街道)(?:人民政府|办事处)?$")
_NUMBER = re.compile(r"[1-9]\d{0,3}")


def revalue(labelled: LabelledReport, *, seed: int, n: int = 0) -> LabelledReport:
    """One variant, with the id of its report and `~vN`; the same seed gives the same. CorpusError where it cannot be written."""
    rng = random.Random(f"{seed}/{labelled.id}/v{n}")
    text = list(labelled.text)
    claims = _other_numbers(labelled, text, rng)
    year = _other_year(labelled, text, rng)
    agency = _other_place(labelled, text, rng)
    report = replace(
        labelled.report,
        source=replace(labelled.report.source, text="".join(text)),
        claims=tuple(replace(c, text="".join(text[c.start : c.end])) for c in claims),
        year=year,
        agency=agency,
    )
    variant = replace(labelled, id=f"{labelled.id}~v{n}", report=report, previous=None, copied_from=None)
    variant = replace(variant, findings=_still_there(labelled, variant))
    whole = parse(to_markup(variant), name=variant.id)
    return _broken_balance(whole, rng) if rng.random() < 0.3 else whole


def _still_there(before: LabelledReport, variant: LabelledReport) -> tuple[DeclaredFinding, ...]:
    """The findings that one report can show, their anchors read again where the text changed below them."""
    out = []
    for finding in before.findings:
        if finding.code in ("GD207", "GD208", "GD402", "GD403"):
            continue
        at = before.text.find(finding.anchor) if finding.anchor else -1
        anchor = variant.text[at : at + len(finding.anchor)] if finding.anchor and at >= 0 else finding.anchor
        out.append(DeclaredFinding(finding.code, anchor))
    return tuple(out)


def _other_numbers(labelled: LabelledReport, text: list[str], rng: random.Random) -> list[Claim]:
    """Free counts get other numbers of as many digits, some another measure word."""
    report = labelled.report
    totals = {c.part_of for c in report.claims if c.part_of}
    spans = [(c.start, c.end) for c in report.claims]
    rates = [c.start for c in report.claims if c.type == "rate"]
    touchy = {"GD307", "GD308", "GD301"} & labelled.codes
    out = []
    for c in report.claims:
        sentence = next((s for s in report.sentences if s.start <= c.start < s.end), None)
        shown = _NUMBER.match(c.text)
        free = (
            c.type in FREE_TYPES
            and c.part_of is None
            and c.id not in totals
            and not touchy
            and shown is not None
            and float(shown[0]) == float(c.value)
            and spans.count((c.start, c.end)) == 1
            and sentence is not None
            and not any(sentence.start <= r < sentence.end for r in rates)
            and sum(o.value == c.value and o.type == c.type for o in report.claims) == 1
        )
        if not free or shown is None or rng.random() < 0.2:
            out.append(c)
            continue
        digits = len(shown[0])
        value = rng.randrange(10 ** (digits - 1) + (digits == 1), 10**digits)
        text[c.start : c.start + digits] = str(value)
        unit = OTHER_UNITS.get(c.unit, c.unit) if c.type == "info_published" and rng.random() < 0.3 else c.unit
        if unit != c.unit and c.text.endswith(c.unit):
            text[c.end - 1] = unit
        else:
            unit = c.unit
        out.append(replace(c, value=value, unit=unit))
    return out


def _other_year(labelled: LabelledReport, text: list[str], rng: random.Random) -> int | None:
    """All years moved by as much, within the format's own years."""
    year = labelled.report.year
    low, high = YEARS_OF[labelled.format]
    if year is None or not low <= year <= high:
        return year
    by = rng.randrange(low, high + 1) - year
    moved = [(m.start(), int(m[0]) + by) for m in _YEAR.finditer(labelled.text)]
    if not by or any(y > high + 1 for _, y in moved) or {"GD106", "GD110", "GD602", "GD701"} & labelled.codes:
        return year
    for at, new in moved:
        text[at : at + 4] = str(new)
    return year + by


def _other_place(labelled: LabelledReport, text: list[str], rng: random.Random) -> str | None:
    """The last two characters of a township's or subdistrict's own name, everywhere in the narrative."""
    agency = labelled.report.agency
    found = _PLACE.search(agency or "")
    if agency is None or found is None or {"GD110", "GD404"} & labelled.codes:
        return agency
    new = "".join(rng.sample(SYLLABLES, 2))
    for m in re.finditer(re.escape(found[1]), labelled.text):
        text[m.start() : m.end()] = new
    return agency[: found.start(1)] + new + agency[found.end(1) :]


def _broken_balance(labelled: LabelledReport, rng: random.Random) -> LabelledReport:
    """One outcome of the requests table raised by one: its sums no longer hold, and the findings say so."""
    rows = labelled.raw_tables.get("requests")
    if rows is None or {"GD108", "GD205", "GD302"} & labelled.codes:
        return labelled
    row, col = rng.choice(OUTCOME_ROWS), rng.randrange(6)
    cells = list(rows[row])
    cells[col] += 1
    tables = {**labelled.raw_tables, "requests": {**rows, row: tuple(cells)}}
    broken = parse(to_markup(replace(labelled, raw_tables=tables)), name=labelled.id)
    breaks = table_breaks(broken)
    if table_breaks(labelled).keys() - breaks.keys():
        return labelled  # raised where the report was one short, it would balance
    codes = breaks.keys() - labelled.codes
    findings = (*labelled.findings, *(DeclaredFinding(code, None) for code in sorted(codes)))
    return replace(broken, findings=findings)
