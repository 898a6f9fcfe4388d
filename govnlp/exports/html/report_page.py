"""What a report's page shows, from its scorecard: find it here, the template only lays it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from govnlp import schema
from govnlp.document import Claim, Scorecard
from govnlp.exports.html.marked_text import Evidence, clip, mark_text
from govnlp.exports.html.national_tables import CellKey, cell_anchor, cells_of, show_number, table_views
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.schema import SEVERITIES, Lang

LONGEST_QUOTE = 48
MOST_LINKS = 12
"""Passages and cells that a finding links to one by one; the text marks them all."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with links to its evidence: (anchor, what stands there). `more`: passages that are marked but not listed."""

    number: int
    code: str
    severity: str
    severity_name: str
    title: str
    message: str
    explanation: str
    advice: str
    basis: tuple[str, ...]
    passages: list[tuple[str, str]]
    cells: list[tuple[str, str]]
    points: str
    more: int


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One score with what was taken off it: (points, what for, anchor of the finding or None)."""

    id: str
    name: str
    value: str
    width: float
    rating: int | None
    percentile: int | None
    deductions: list[tuple[str, str, str | None]]


def show_score(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def view_of(card: Scorecard, words: Words, copied: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    """The template's variables for one report. `copied`: the stretches of its text that stand in others too."""
    report = card.report
    marked = cells_of(card.findings)
    evidence = _evidence(card)
    return {
        "agency": one_line(report.agency or words("terms.unknown_agency"), 80),
        "kind": one_line(words.term("kind", report.agency_kind), 30),
        "year": report.year,
        "format": one_line(words.term("format", report.format), 30),
        "published": one_line(report.published or "", 30),
        "source": one_line(report.source.name, 200),
        "sha256": one_line(report.source.sha256, 64),
        "grade": one_line(words.grade(card), 30),
        "scores": _scores(card, words),
        "findings": _findings(card, words, evidence, marked),
        "counts": [(s, words.term("severity", s), sum(f.severity == s for f in card.findings)) for s in SEVERITIES],
        "stretches": mark_text(report, evidence, copied, words),
        "n_claims": len(report.claims),
        "claims": _claims(report.claims, words),
        "tables": table_views(report, marked, words),
        "elements": Markup("\n".join(_element(words.lang, e.id, e.present) for e in report.elements)),
        "copied": bool(copied),
        "unchecked": [(c, words.rule_title(c)) for c in card.unchecked],
        "rule_failures": [(one_line(c, 20), one_line(e, 200)) for c, e in card.rule_failures],
        "notes": [one_line(n, 300) for n in report.source.notes],
        "rubric": one_line(card.rubric, 60),
        "model": one_line(" ".join(str(card.model[k]) for k in ("name", "version") if card.model.get(k)), 80),
    }


def _evidence(card: Scorecard) -> list[Evidence]:
    length = len(card.report.text)
    found = []
    for number, finding in enumerate(card.findings, 1):
        part = 0
        for span in finding.evidence:
            if inside := clip(span, length):
                found.append(Evidence(*inside, number, part, finding.severity))
                part += 1
    return found


def _findings(
    card: Scorecard, words: Words, evidence: Sequence[Evidence], marked: Mapping[CellKey, Sequence[int]]
) -> list[FindingView]:
    text = card.report.text
    # a passage that is the text of a cell linked to anyway is not listed a second time
    refs = (t.cells.get((row, col)) for table, row, col in marked if (t := card.report.tables.get(table)))
    cell_spans = {(ref.start, ref.end) for ref in refs if ref}
    passages: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for e in evidence:
        if (e.start, e.end) in cell_spans:
            continue
        passages[e.finding].append((e.anchor, one_line(text[e.start : e.end], LONGEST_QUOTE) or "…"))
    cells: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, numbers in marked.items():
        anchor = cell_anchor(key)
        if anchor is None or key[0] not in card.report.tables:
            continue
        for number in numbers:
            cells[number].append((anchor, cell_name(key, words)))
    points: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for deduction in card.scores.deductions:
        if deduction.kind == "finding":
            points[deduction.reason, deduction.message].append(deduction.points)
    views = []
    for number, finding in enumerate(card.findings, 1):
        rule = words.rule(finding.code)
        taken = points[finding.code, finding.message]
        listed = passages[number]
        views.append(
            FindingView(
                number,
                one_line(finding.code, 20),
                finding.severity if finding.severity in SEVERITIES else "info",
                words.term("severity", finding.severity),
                one_line(words.rule_title(finding.code), 80),
                one_line(words.message(card, finding), 600),
                rule.explanation[words.lang] if rule else "",
                rule.advice[words.lang] if rule else "",
                rule.basis if rule else (),
                listed[:MOST_LINKS],
                cells[number][:MOST_LINKS],
                f"{taken.pop(0):g}" if taken else "",
                max(0, len(listed) - MOST_LINKS) + max(0, len(cells[number]) - MOST_LINKS),
            )
        )
    return views


_COLUMNS = {"requests": "applicant", "review": "review_column", "proactive": "proactive_column"}


def cell_name(key: CellKey, words: Words) -> str:
    """A cell in words: its row and its column."""

    table, row, col = key
    columns = {
        "requests": schema.APPLICANTS,
        "review": schema.REVIEW_COLUMNS,
        "proactive": schema.PROACTIVE_ROWS.get(row, ()),
    }.get(table, ())
    group = {"requests": "request_row", "review": "review_block", "proactive": "proactive_row"}[table]
    name = one_line(words.term(group, row), 16)
    return f"{name} · {words.term(_COLUMNS[table], columns[col])}" if col < len(columns) else name


def _scores(card: Scorecard, words: Words) -> list[ScoreView]:
    s = card.scores
    numbers = {(f.code, f.message): f"f{i}" for i, f in reversed(list(enumerate(card.findings, 1)))}
    by_score: defaultdict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for d in card.scores.deductions:
        anchor = numbers.get((d.reason, d.message)) if d.kind == "finding" else None
        by_score[d.score].append((f"{d.points:g}", one_line(words.deduction(card, d), 120), anchor))
    values = {
        "overall": s.overall,
        "completeness": s.completeness,
        "consistency": s.consistency,
        "boilerplate": s.boilerplate,
    }
    ratings = {"completeness": s.completeness_rating, "boilerplate": s.boilerplate_rating}
    return [
        ScoreView(
            name,
            words.term("score", name),
            show_score(value),
            max(0.0, min(100.0, value or 0.0)),
            ratings.get(name),
            s.percentiles.get(name),
            by_score[name],
        )
        for name, value in values.items()
    ]


@lru_cache(1024)
def _name(lang: Lang, group: str, name: str | None) -> str:
    """A name of the schema as HTML; what a scorecard of another make calls so may be anything."""
    return str(escape(one_line(Words(lang).term(group, name), 40)))


@lru_cache(256)
def _element(lang: Lang, name: str, present: bool) -> str:
    words = Words(lang)
    sign, kind, said = ("✓", "there", "html.there") if present else ("✗", "lacking", "html.lacking")
    return (
        f'<li class="{kind}"><span aria-hidden="true">{sign}</span> {_name(lang, "element", name)}'
        f'<span class="sr"> {escape(words(said))}</span></li>'
    )


def _claims(claims: Sequence[Claim], words: Words) -> Markup:
    """The rows of the claims' table. Written here and not in the template, which would take three times as long over them."""
    numbers = {c.id: i for i, c in enumerate(claims, 1)}
    rows = []
    for i, c in enumerate(claims, 1):
        whole = numbers.get(c.part_of) if c.part_of else None
        qualifier = "" if c.qualifier == "exact" else _name(words.lang, "qualifier", c.qualifier)
        link = f'<a href="#k{whole}">{whole}</a>' if whole else ""
        text, unit = escape(one_line(c.text, 40)), escape(one_line(c.unit, 12))
        kind, channel, section = (
            _name(words.lang, *x) for x in (("claim_type", c.type), ("channel", c.channel), ("section", c.section))
        )
        rows.append(
            f'<tr id="k{i}"><td class="r num">{i}</td><td lang="zh-CN"><a href="#c{i}">{text}</a></td><td>{kind}</td>'
            f'<td class="r num">{show_number(c.value)}</td><td lang="zh-CN">{unit}</td><td>{qualifier}</td>'
            f'<td>{channel}</td><td class="r num">{link}</td><td>{section}</td></tr>'
        )
    return Markup("\n".join(rows))
