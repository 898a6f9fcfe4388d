"""A report of the labelled corpus, and the JSON that gold files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govnlp.corpus.rendering import RawRows, number
from govnlp.document import Report

BOILERPLATE_LIMIT = 0.7
"""Share of the narrative (statutory sentences aside) above which the labels themselves say GD401; see `rules.md`."""


@dataclass(frozen=True, slots=True)
class DeclaredFinding:
    """A defect that the author declares: its code, and the piece of text that shows it (None: the whole report)."""

    code: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report of the labelled corpus: what it states, and what a careful expert would say of it.

    `raw_tables`: the tables' cells as the author gives them (null or "/" for a blank). `partial_parts`: some stated
    parts rightly cover only some of their total. `previous`, `copied_from`: ids of other reports of the corpus.
    `altered_labels`: pieces of the tables' official labels to what stands there instead.
    """

    id: str
    report: Report
    findings: tuple[DeclaredFinding, ...]
    completeness: int | None = None
    boilerplate: int | None = None
    region: str | None = None
    family: str | None = None
    author: str | None = None
    previous: str | None = None
    copied_from: str | None = None
    partial_parts: bool = False
    raw_tables: Mapping[str, RawRows] = field(default_factory=dict)
    altered_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.report.text

    @property
    def format(self) -> str:
        return self.report.format

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all defects, with GD401 where the sentence labels say so."""
        codes = {f.code for f in self.findings} - {"GD401"}
        return frozenset(codes | ({"GD401"} if boilerplate_share(self.report) > BOILERPLATE_LIMIT else set()))


def boilerplate_share(report: Report) -> float:
    """Share (0 to 1) of the narrative's characters in boilerplate sentences, statutory ones aside; 0 without any."""
    size = report.label_sizes()
    return size["boilerplate"] / max(1, size["boilerplate"] + size["specific"])


def gold_dict(labelled: LabelledReport) -> dict[str, Any]:
    """The labelled report as the JSON of a gold file, the same keys and values as the shared gold reports have."""
    report, text = labelled.report, labelled.text
    findings = [{"code": f.code, "anchor": f.anchor} for f in labelled.findings if f.code != "GD401"]
    if "GD401" in labelled.codes:
        findings.append({"code": "GD401", "anchor": None})
    claims = [
        {
            "start": c.start,
            "end": c.end,
            "text": c.text,
            "type": c.type,
            "value": float(c.value),
            "unit": c.unit,
            "qualifier": c.qualifier,
            "channel": c.channel,
            "part_of": c.part_of,
            "id": c.id,
        }
        for c in report.claims
    ]
    tables = {
        table: {row: [_cell(v) for v in cells] for row, cells in rows.items()}
        for table, rows in labelled.raw_tables.items()
    }
    return {
        "id": labelled.id,
        "agency": report.agency,
        "kind": report.agency_kind,
        "year": report.year,
        "previous": labelled.previous,
        "copied_from": labelled.copied_from,
        "format": report.format,
        "text": text,
        "sections": [{"id": s.id, "start": s.start, "end": s.end} for s in report.sections],
        "sentences": [
            {"start": s.start, "end": s.end, "label": s.label, "text": text[s.start : s.end]} for s in report.sentences
        ],
        "claims": claims,
        "tables": tables,
        "elements": sorted(e.id for e in report.elements if e.present),
        "findings": findings,
        "ratings": {"completeness": labelled.completeness, "boilerplate": labelled.boilerplate},
        "boilerplate_share": round(boilerplate_share(report), 3),
    }


def _cell(value: Any) -> Any:
    """A number where the cell states one ("2,317.8" too), else what the author gave."""
    stated = number(value)
    return value if stated is None else stated
