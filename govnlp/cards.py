"""Scorecards as JSON and back: the output that `scorecard.md` describes, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from govnlp.document import (
    SCHEMA,
    CellRef,
    Claim,
    Copy,
    Deduction,
    Element,
    Finding,
    LabelIssue,
    NationalTable,
    Report,
    Scorecard,
    Scores,
    Section,
    Sentence,
    Source,
)
from govnlp.errors import ReadError


def to_dict(card: Scorecard) -> dict[str, Any]:
    """The scorecard as plain data, in the order of the schema. Offsets point into its `text`."""
    report, scores = card.report, card.scores
    return {
        "schema": SCHEMA,
        "source": report.source.name,
        "sha256": report.source.sha256,
        "agency": report.agency,
        "agency_kind": report.agency_kind,
        "year": report.year,
        "format": report.format,
        "published": report.published,
        "title": list(report.title) if report.title else None,
        "text": report.text,
        "sections": [
            {"id": s.id, "start": s.start, "end": s.end, "heading_end": s.heading_end} for s in report.sections
        ],
        "sentences": [{"start": s.start, "end": s.end, "label": s.label, "score": s.score} for s in report.sentences],
        "claims": [_claim(c) for c in report.claims],
        "tables": {name: {row: list(v) for row, v in t.rows.items()} for name, t in report.tables.items()},
        "table_cells": {name: _table_cells(t) for name, t in report.tables.items()},
        "elements": [
            {"id": e.id, "present": e.present, "evidence": [list(x) for x in e.evidence], "score": e.score}
            for e in report.elements
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "message": f.message,
                "evidence": [list(x) for x in f.evidence],
                "cells": [dict(c) for c in f.cells],
                "values": dict(f.values),
            }
            for f in card.findings
        ],
        "scores": {
            "completeness": scores.completeness,
            "boilerplate": scores.boilerplate,
            "consistency": scores.consistency,
            "overall": scores.overall,
            "grade": scores.grade,
            "completeness_rating": scores.completeness_rating,
            "boilerplate_rating": scores.boilerplate_rating,
            "percentiles": dict(scores.percentiles),
            "measures": dict(scores.measures),
            "deductions": [
                {"score": d.score, "points": d.points, "kind": d.kind, "reason": d.reason, "message": d.message}
                for d in scores.deductions
            ],
        },
        "copies": [_copy(c) for c in card.copies],
        "unchecked": list(card.unchecked),
        "rule_failures": [list(x) for x in card.rule_failures],
        "notes": list(report.source.notes),
        "model": dict(card.model),
        "rubric": card.rubric,
        "lang": card.lang,
    }


def _claim(c: Claim) -> dict[str, Any]:
    return {
        "id": c.id,
        "start": c.start,
        "end": c.end,
        "text": c.text,
        "type": c.type,
        "value": c.value,
        "unit": c.unit,
        "qualifier": c.qualifier,
        "channel": c.channel,
        "part_of": c.part_of,
        "section": c.section,
        "score": c.score,
    }


def _copy(c: Copy) -> dict[str, Any]:
    return {
        "kind": c.kind,
        "other": c.other,
        "other_source": c.other_source,
        "other_published": c.other_published,
        "share": c.share,
        "other_share": c.other_share,
        "passages": [list(p) for p in c.passages],
    }


def _table_cells(table: NationalTable) -> dict[str, Any]:
    return {
        "start": table.start,
        "end": table.end,
        "cells": [[c.row, c.col, c.start, c.end, c.raw] for c in table.cells.values()],
        "labels": [[x.start, x.end, x.found, x.expected] for x in table.labels],
        "missing_rows": list(table.missing_rows),
        "layout": table.layout,
    }


def from_dict(data: Mapping[str, Any]) -> Scorecard:
    """A scorecard from its JSON. Raises `KeyError`, `TypeError` or `ValueError` where it is none; see `read_cards`."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']!r}, not {SCHEMA!r}")
    source = Source(
        data["source"], data["sha256"], data.get("kind", ""), data["text"], notes=tuple(data.get("notes", ()))
    )
    title = data.get("title")
    report = Report(
        source=source,
        agency=data["agency"],
        agency_kind=data["agency_kind"],
        year=data["year"],
        format=data["format"],
        sections=tuple(Section(s["id"], s["start"], s["end"], s.get("heading_end", -1)) for s in data["sections"]),
        sentences=tuple(Sentence(s["start"], s["end"], s["label"], s.get("score")) for s in data["sentences"]),
        claims=tuple(Claim(**c) for c in data["claims"]),
        tables={
            name: _table(name, rows, data.get("table_cells", {}).get(name)) for name, rows in data["tables"].items()
        },
        elements=tuple(
            Element(e["id"], e["present"], tuple((a, b) for a, b in e["evidence"]), e.get("score"))
            for e in data["elements"]
        ),
        title=(title[0], title[1]) if title else None,
        published=data.get("published"),
    )
    findings = tuple(
        Finding(
            f["code"],
            f["severity"],
            f["message"],
            tuple((a, b) for a, b in f["evidence"]),
            tuple(f["cells"]),
            f.get("values", {}),
        )
        for f in data["findings"]
    )
    s = data["scores"]
    scores = Scores(
        s["completeness"],
        s["boilerplate"],
        s["consistency"],
        s["overall"],
        s["grade"],
        s.get("completeness_rating"),
        s.get("boilerplate_rating"),
        s.get("percentiles", {}),
        tuple(Deduction(**d) for d in s.get("deductions", ())),
        s.get("measures", {}),
    )
    return Scorecard(
        report,
        findings,
        scores,
        data["model"],
        data["rubric"],
        data.get("lang", "zh"),
        unchecked=tuple(data.get("unchecked", ())),
        rule_failures=tuple((code, error) for code, error in data.get("rule_failures", ())),
        copies=tuple(
            Copy(**{**c, "passages": tuple((a, b, x, y) for a, b, x, y in c["passages"])})
            for c in data.get("copies", ())
        ),
    )


def _table(name: str, rows: Mapping[str, Any], extra: Mapping[str, Any] | None) -> NationalTable:
    values = {row: tuple(cells) for row, cells in rows.items()}
    if extra is None:
        return NationalTable(name, -1, -1, values)
    cells = {(row, col): CellRef(name, row, col, start, end, raw) for row, col, start, end, raw in extra["cells"]}
    labels = tuple(LabelIssue(*x) for x in extra["labels"])
    missing, layout = tuple(extra["missing_rows"]), extra.get("layout", "2021")
    return NationalTable(name, extra["start"], extra["end"], values, cells, labels, missing, layout)


def dumps(card: Scorecard) -> str:
    """One line of `scorecards.jsonl`, without the line's end. Line separators inside texts are escaped."""
    line = json.dumps(to_dict(card), ensure_ascii=False, separators=(",", ":"))
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def read_cards(path: str | Path) -> Iterator[Scorecard]:
    """The scorecards of a `scorecards.jsonl` file (or of the folder that holds it), one after another.

    Raises `errors.ReadError` that names file and line.
    """
    file = Path(path)
    if file.is_dir():
        file = file / "scorecards.jsonl"
    try:
        lines: Iterable[str] = file.open(encoding="utf-8", newline="\n")
    except OSError as error:
        raise ReadError(
            "no scorecards here", source=str(file), advice="give the --out folder of `govnlp score`"
        ) from error
    with lines:  # type: ignore[attr-defined]
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(
                    f"line {number} is no scorecard: {error}", source=str(file), advice="score the reports again"
                ) from error
