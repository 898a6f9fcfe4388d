"""What the batch page shows, from one row per report: find it here, the template only lays it out."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from govnlp.exports import charts
from govnlp.exports.copies import CopyEdge
from govnlp.exports.html.copied import Others
from govnlp.exports.html.report_page import show_score
from govnlp.exports.html.rows import SCORES, Row, YearPair, by_agency_and_year, pair_years
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.schema import AGENCY_KINDS

MOST_NODES, MOST_PAIRS, MOST_YEARS, FULL_LABELS = 120, 300, 500, 40
"""Limits of the drawings and lists beside the ranking, so that the page stays quick with any number of reports."""
_STEPS = (0.0, 0.05, 0.15, 0.3, 0.5, 0.75)
"""Lower limits of the heat map's shades: the share of the kind's reports that have the finding."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    count: int
    share: str
    shade: int
    link: str


def view_of(
    rows: Sequence[Row], earlier: Sequence[Row], others: Others, words: Words, grade_titles: Mapping[str, str]
) -> dict[str, Any]:
    """The template's variables for the batch. `earlier`: rows of the year before that are no part of the batch."""
    known = by_agency_and_year([*rows, *earlier])
    pairs = pair_years(rows, known)
    ranks = _ranks([r.overall for r in rows])
    before = {id(p.now): p for p in pairs}
    codes = Counter(code for row in rows for code in row.codes)
    listed = sorted(codes)
    position = {code: i for i, code in enumerate(listed)}
    lines = [
        [*_data(row, rank, before.get(id(row)), words), [position[c] for c in row.codes]]
        for row, rank in zip(rows, ranks, strict=True)
    ]
    years = sorted({r.year for r in rows if r.year is not None})
    return {
        "n": len(rows),
        "agencies": len({r.agency for r in rows if r.agency}),
        "years": years,
        "mean": show_score(fmean(r.overall for r in rows)) if rows else "—",
        "median": show_score(median(r.overall for r in rows)) if rows else "—",
        "n_errors": sum(1 for r in rows if r.errors),
        "grades": [
            (one_line(g, 12), one_line(grade_titles.get(g, ""), 12), n, round(100 * n / len(rows)))
            for g, n in sorted(Counter(r.grade for r in rows).items())
        ],
        "kinds": [(one_line(k, 30), one_line(words.term("kind", k), 30)) for k in _kinds(rows)],
        "findings": [(one_line(c, 20), one_line(words.rule_title(c), 60), n) for c, n in sorted(codes.items())],
        "histograms": _histograms(rows, words),
        "heat": _heat(rows, codes, words),
        "pairs": _pair_views(pairs, words),
        "pairs_chart": _years_chart(pairs, words),
        "n_pairs": len(pairs),
        "n_up": sum(p.change > 0 for p in pairs),
        "n_down": sum(p.change < 0 for p in pairs),
        "copies": _copies(others),
        "graph": _graph(others, words),
        "n_edges": len(others.edges),
        "rubrics": sorted({one_line(r.rubric, 60) for r in rows}),
        "models": sorted({one_line(r.model, 60) for r in rows if r.model}),
        "data": script_json({"rows": lines, "codes": [one_line(c, 20) for c in listed]}),
    }


def script_json(data: Any) -> Markup:
    """JSON that may stand inside a script element: nothing in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def page_link(page: str, fragment: str = "") -> str:
    return f"reports/{quote(page)}.html" + (f"#{fragment}" if fragment else "")


def _ranks(values: Sequence[float]) -> list[int]:
    """1 for the highest; equals share a rank."""
    first: dict[float, int] = {}
    for rank, value in enumerate(sorted(values, reverse=True), 1):
        first.setdefault(value, rank)
    return [first[v] for v in values]


def _data(row: Row, rank: int, pair: YearPair | None, words: Words) -> list[Any]:
    """A row of the ranking as the page's script reads it: the order is that of `FIELDS` in batch.js."""
    return [
        row.page,
        rank,
        one_line(row.agency or words("terms.unknown_agency"), 80),
        one_line(row.kind, 30),
        row.year,
        row.overall,
        one_line(row.grade, 12),
        row.completeness,
        row.consistency,
        row.boilerplate,
        row.errors,
        row.warnings,
        pair.change if pair else None,
        one_line(row.source, 120),
    ]


def _kinds(rows: Sequence[Row]) -> list[str]:
    there = {r.kind for r in rows}
    return [k for k in AGENCY_KINDS if k in there] + sorted(there - set(AGENCY_KINDS))


def _histograms(rows: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    views = []
    for score in SCORES:
        values = [v for v in (getattr(r, score) for r in rows) if v is not None]
        if not values:
            continue
        spec = charts.histogram(
            values, x=words.term("score", score), y=words("html.reports"), describe=words("html.bar"), linked=True
        )
        links = [f"#by={score}&min={i * charts.BIN}&max={(i + 1) * charts.BIN}" for i in range(100 // charts.BIN)]
        views.append(
            {
                "name": words.term("score", score),
                "meaning": words(f"terms.score_meaning.{score}"),
                "mean": show_score(fmean(values)),
                "median": show_score(median(values)),
                "svg": Markup(charts.svg(spec, f"h-{score}", links=links)),
            }
        )
    return views


def _heat(rows: Sequence[Row], codes: Counter[str], words: Words) -> dict[str, Any]:
    kinds = _kinds(rows)
    totals = Counter(r.kind for r in rows)
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_kind[row.kind].update(row.codes)
    lines = []
    for code, total in sorted(codes.items(), key=lambda x: (-x[1], x[0])):
        rule = words.rule(code)
        severity = rule.severity if rule else "info"
        link = f"#finding={quote(one_line(code, 20))}"
        cells = [_cell(by_kind[k][code], totals[k], f"{link}&kind={quote(one_line(k, 30))}") for k in kinds]
        lines.append(
            {
                "code": one_line(code, 20),
                "title": one_line(words.rule_title(code), 60),
                "severity": severity,
                "severity_name": words.term("severity", severity),
                "all": _cell(total, len(rows), link),
                "cells": cells,
            }
        )
    return {"kinds": [(one_line(words.term("kind", k), 30), totals[k]) for k in kinds], "lines": lines}


def _cell(count: int, total: int, link: str) -> HeatCell:
    share = count / total if total else 0.0
    percent = f"{100 * share:.0f}%" if share >= 0.01 or not count else "<1%"
    return HeatCell(count, percent, sum(share > step for step in _STEPS), link)


def _pair_views(pairs: Sequence[YearPair], words: Words) -> list[dict[str, Any]]:
    chosen = sorted(pairs, key=lambda p: (p.change, p.now.agency or ""))[:MOST_YEARS]
    return [
        {
            "agency": one_line(p.now.agency or "", 60),
            "year": p.now.year,
            "page": page_link(p.now.page),
            "before": show_score(p.before.overall),
            "before_grade": one_line(p.before.grade, 12),
            "now": show_score(p.now.overall),
            "now_grade": one_line(p.now.grade, 12),
            "change": f"{p.change:+.1f}".replace("-", "−"),
            "sign": (p.change > 0) - (p.change < 0),
            "sort": p.change,
            "mended": [(c, words.rule_title(c)) for c in p.mended],
            "kept": [(c, words.rule_title(c)) for c in p.kept],
            "new": [(c, words.rule_title(c)) for c in p.new],
        }
        for p in chosen
    ]


def _years_chart(pairs: Sequence[YearPair], words: Words) -> Markup | None:
    if not pairs:
        return None
    points = [
        {
            "before": p.before.overall,
            "now": p.now.overall,
            "text": words(
                "html.point", agency=one_line(p.now.agency or "", 60), before=p.before.overall, now=p.now.overall
            ),
            "link": f"link-{i}",
        }
        for i, p in enumerate(pairs[:MOST_YEARS])
    ]
    spec = charts.years(points, x=words("html.before"), y=words("html.now"))
    return Markup(charts.svg(spec, "years", links=[page_link(p.now.page) for p in pairs[:MOST_YEARS]]))


def short_name(name: str) -> str:
    """A label for a drawing: without the words that every agency's name ends with."""
    return one_line(re.sub(r"(?:人民政府)?(?:办公室|办事处)?(?= |$)", "", name, count=1), 13)


def _both_ways(edges: Sequence[CopyEdge]) -> list[tuple[str, str, float, str]]:
    """Each pair once, with its larger share, the largest ahead."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for e in edges:
        key = (min(e.source, e.other), max(e.source, e.other))
        if key not in found or e.share > found[key][0]:
            found[key] = (e.share, e.kind)
    return sorted(((a, b, s, k) for (a, b), (s, k) in found.items()), key=lambda x: (-x[2], x[0], x[1]))


def _copies(others: Others) -> list[dict[str, Any]]:
    views = []
    for edge in sorted(others.edges, key=lambda e: (-e.share, e.source, e.other))[:MOST_PAIRS]:
        page, other_page = others.pages.get(edge.source), others.pages.get(edge.other)
        views.append(
            {
                "name": others.name_of(edge.source),
                "page": page_link(page, "copied") if page else None,
                "other": others.name_of(edge.other),
                "other_page": page_link(other_page) if other_page else None,
                "kind": edge.kind,
                "share": f"{100 * edge.share:.0f}%",
                "width": round(100 * min(1.0, max(0.0, edge.share)), 1),
            }
        )
    return views


def _graph(others: Others, words: Words) -> Markup | None:
    if not others.edges:
        return None
    pairs = _both_ways(others.edges)
    nodes: dict[str, int] = {}
    links = []
    for a, b, share, _ in pairs:
        if len({a, b} - nodes.keys()) + len(nodes) > MOST_NODES:
            continue
        for node in (a, b):
            nodes.setdefault(node, len(nodes))
        links.append({"source": nodes[a], "target": nodes[b], "share": share})
    degree = Counter(end for link in links for end in (link["source"], link["target"]))
    views = [
        {"name": short_name(others.name_of(n)), "text": others.name_of(n), "degree": degree[i], "link": f"link-{i}"}
        for n, i in nodes.items()
    ]
    targets = [page_link(others.pages[n], "copied") if n in others.pages else "#copies" for n in nodes]
    return Markup(charts.svg(charts.graph(views, links, labels=len(nodes) <= FULL_LABELS), "copies", links=targets))
