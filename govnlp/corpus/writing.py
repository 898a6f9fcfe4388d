"""A labelled report back into the authoring format: what `markup.parse` reads, written so that reading it gives the same report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from govnlp.corpus.escapes import escaped
from govnlp.corpus.labelled import DeclaredFinding, LabelledReport
from govnlp.corpus.markup import LABEL_MARKS, SPACE
from govnlp.document import Claim, Report, Section, Sentence
from govnlp.errors import CorpusError
from govnlp.schema import NARRATIVE_SECTIONS, TABLES

_OPENERS = ("@", "#")
_MARK_OF = {label: mark for mark, label in LABEL_MARKS.items()}


def to_markup(labelled: LabelledReport) -> str:
    """The report as the text of a `.src` file.

    CorpusError where the report cannot be written so: spans that cross each other, a table or the beginning of a section.
    """
    name = labelled.report.source.name or labelled.id
    return f"---\n{_front_matter(labelled)}---\n{_body(labelled.report, labelled, name)}"


def _front_matter(labelled: LabelledReport) -> str:
    import yaml

    report = labelled.report
    front: dict[str, Any] = {
        "id": labelled.id,
        "year": report.year,
        "agency": report.agency,
        "kind": report.agency_kind,
        "format": report.format,
        "region": labelled.region,
        "family": labelled.family,
        "author": labelled.author,
        "completeness": labelled.completeness,
        "boilerplate": labelled.boilerplate,
        "previous": labelled.previous,
        "copied_from": labelled.copied_from,
        "published": report.published,
        "partial_parts": labelled.partial_parts or None,
        "altered_labels": dict(labelled.altered_labels) or None,
        "elements": [e.id for e in report.elements if e.present],
    }
    kept = {key: value for key, value in front.items() if value is not None or key in ("year", "agency")}
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    if labelled.findings:
        text += "findings:\n" + "".join(f"  - {_finding(f)}\n" for f in labelled.findings)
    if labelled.raw_tables:
        tables = {t: _due_rows(labelled.raw_tables[t]) for t in TABLES if t in labelled.raw_tables}
        text += yaml.safe_dump(
            {"tables": tables}, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000
        )
    return text


def _finding(finding: DeclaredFinding) -> str:
    return finding.code if finding.anchor is None else f'{finding.code} "{escaped(finding.anchor)}"'


def _due_rows(rows: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """The rows that are not zeros, a row of one cell as the cell."""
    return {
        row: list(cells) if len(cells) > 1 else cells[0]
        for row, cells in rows.items()
        if any(type(c) is not int or c != 0 for c in cells)
    }


def _body(report: Report, labelled: LabelledReport, name: str) -> str:
    text = report.text
    tables = {t.start: t for t in report.tables.values() if t.name in labelled.raw_tables}
    sections = list(report.sections)
    soft = _soft_breaks(report)
    lines: list[str] = []
    at = 0
    while at < len(text):
        while sections and sections[0].start == at:
            lines.append("@" + sections.pop(0).id)
        if table := tables.get(at):
            lines.append(f"[[table {table.name}]]")
            at = table.end + 1
            continue
        end = text.find("\n", at)
        while end in soft:
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        stop = min(end, sections[0].start) if sections else end
        # a blank line at the very end would be lost: its break is written out, and the line goes on to nothing
        blank = not text[at:].strip("\n") and not sections
        goes_on = stop < end or end == len(text)
        lines.append("\\n\\" if blank else _line(report, at, stop, name) + "\\" * goes_on)
        at = stop + (0 if goes_on else 1)
    lines += ["@" + section.id for section in sections]
    return "\n".join(lines) + "\n"


def _soft_breaks(report: Report) -> set[int]:
    """Where the line breaks stand that a sentence, a claim or a section's heading goes on over."""
    spans = [(s.start, s.end) for s in report.sentences] + [(c.start, c.end) for c in report.claims]
    spans += [(s.start, s.start + len(report.span(s.start, s.heading_end).rstrip())) for s in report.sections]
    return {at for start, end in spans for at in range(start, end) if report.text[at] == "\n"}


def _line(report: Report, start: int, end: int, name: str) -> str:
    sentences = [s for s in report.sentences if start <= s.start < end]
    claims = [c for c in report.claims if start <= c.start < end]
    pieces: list[tuple[int, int, Sentence | Claim]] = [(s.end, 1, s) for s in sentences]
    pieces += [(c.start, 2, c) for c in claims]
    heading = not sentences and _is_heading(report, start, end)
    out = ""
    at = start
    last: Claim | None = None
    for place, _, item in sorted(pieces, key=lambda piece: piece[:2]):
        if isinstance(item, Sentence):
            if not at <= place <= end:
                raise CorpusError(
                    f"a sentence crosses a claim, a table or the beginning of a section: {report.span(item.start, item.end)[:20]}",
                    source=name,
                )
            out += escaped(report.text[at:place]) + "{" + _MARK_OF[item.label] + "}"
            at = place
        elif last and (item.start, item.end) == (last.start, last.end):
            out += _claim(report, item, also=True)
        else:
            if place < at or item.end > end:
                raise CorpusError(
                    f"a claim crosses another claim, a table or the beginning of a section: {item.text[:20]}",
                    source=name,
                )
            out += escaped(report.text[at:place]) + _claim(report, item, also=False)
            at, last = item.end, item
    out += escaped(report.text[at:end])
    if heading:
        return "#" + ("\\" if out.startswith(tuple(SPACE)) else "") + out
    return ("\\" if out.startswith(_OPENERS) else "") + out


def _is_heading(report: Report, start: int, end: int) -> bool:
    """Whether a line without sentences is to be marked as a heading."""
    if start == end:
        return False
    section = next((s for s in report.sections if s.start <= start < s.end), None)
    if section is None:
        return False
    if section.id == "preamble" or section.id not in NARRATIVE_SECTIONS:
        title = report.title
        return bool(title and title[0] <= start < title[1]) or (section.start == start and section.heading_end == end)
    return True


def _claim(report: Report, claim: Claim, *, also: bool) -> str:
    fields = [claim.text, claim.type, _number(claim.value), claim.unit]
    if claim.qualifier != "exact":
        fields.append(f"q={claim.qualifier}")
    if claim.channel:
        fields.append(f"ch={claim.channel}")
    if claim.id != f"_{report.claims.index(claim)}":
        fields.append(f"id={claim.id}")
    if claim.part_of:
        fields.append(f"part={claim.part_of}")
    if also:
        fields.append("also=1")
    return "⟦" + "|".join(escaped(f, field=True) for f in fields) + "⟧"


def _number(value: float) -> str:
    return json.dumps(value)


def sections_in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections by place; one without text stands before the one that begins where it does."""
    return tuple(sorted(sections, key=lambda s: (s.start, s.end)))
