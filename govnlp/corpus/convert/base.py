"""What every annotation tool knows of a report: a text, spans with labels, relations; and what goes along beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from govnlp.corpus.labelled import DeclaredFinding, LabelledReport
from govnlp.corpus.markup import parse
from govnlp.corpus.rendering import RawRows, render, row_ids
from govnlp.corpus.stated import attributes_of
from govnlp.corpus.writing import sections_in_order, to_markup
from govnlp.document import Claim, Element, NationalTable, Report, Section, Sentence, Source
from govnlp.errors import CorpusError
from govnlp.schema import ELEMENTS, TABLES

LAYERS: Final = ("section", "heading", "sentence", "claim", "finding")
HEADING_LABELS: Final = ("heading", "title")
PART_OF: Final = "part_of"
CLAIM_ATTRIBUTES: Final = ("value", "unit", "qualifier", "channel")


Loaded = LabelledReport | CorpusError | None
"""One report of a tool's files: as labelled, or why it cannot be read, or None where nobody has labelled it."""


@dataclass(frozen=True, slots=True)
class Converter:
    """One format. `dump`: reports to file name and content; `load`: back, so that one bad report never stops the others.

    `extra`: files that set the tool up (name to content) for these finding codes.
    """

    name: str
    dump: Callable[[Sequence[LabelledReport]], dict[str, bytes]]
    load: Callable[[Mapping[str, bytes]], Iterable[Loaded]]
    extra: Callable[[Sequence[str]], dict[str, bytes]] = lambda codes: {}


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span of one of `LAYERS`. `id`: of a claim its own, else "". `attributes`: of a claim, `CLAIM_ATTRIBUTES`."""

    layer: str
    start: int
    end: int
    label: str
    id: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A labelled report as tools see it. `parts`: (claim id, id of the claim that it is a part of).

    `meta`: JSON-ready, what is said of the whole report: the front matter's keys, ratings, elements, findings without an anchor, tables
    and where they stand, sections without text.
    """

    text: str
    marks: tuple[Mark, ...]
    parts: tuple[tuple[str, str], ...]
    meta: dict[str, Any]


_PLAIN_KEYS: Final = (
    "id",
    "completeness",
    "boilerplate",
    "region",
    "family",
    "author",
    "previous",
    "copied_from",
    "partial_parts",
)


def to_record(labelled: LabelledReport) -> Record:
    """The report's text, marks, relations and the rest."""
    report = labelled.report
    marks = [Mark("section", s.start, s.end, s.id) for s in report.sections if s.end > s.start]
    marks += [Mark("heading", s.start, s.heading_end, "heading") for s in report.sections if s.heading_end > s.start]
    if report.title:
        marks.append(Mark("heading", *report.title, "title"))
    marks += [Mark("sentence", s.start, s.end, s.label) for s in report.sentences]
    marks += [
        Mark("claim", c.start, c.end, c.type, c.id, {name: getattr(c, name) for name in CLAIM_ATTRIBUTES})
        for c in report.claims
    ]
    for finding in labelled.findings:
        if finding.anchor is not None:
            at = report.text.index(finding.anchor)
            marks.append(Mark("finding", at, at + len(finding.anchor), finding.code))
    meta: dict[str, Any] = {key: getattr(labelled, key) for key in _PLAIN_KEYS}
    meta |= {
        "name": report.source.name,
        "year": report.year,
        "agency": report.agency,
        "kind": report.agency_kind,
        "format": report.format,
        "published": report.published,
        "elements": [e.id for e in report.elements if e.present],
        "findings": [f.code for f in labelled.findings if f.anchor is None],
        "altered_labels": dict(labelled.altered_labels),
        "tables": {
            name: {row: list(cells) for row, cells in rows.items()} for name, rows in labelled.raw_tables.items()
        },
        "placed": {name: table.start for name, table in report.tables.items()},
        "empty_sections": [[s.id, s.start] for s in report.sections if s.end == s.start],
    }
    parts = tuple((c.id, c.part_of) for c in report.claims if c.part_of)
    return Record(report.text, tuple(marks), parts, meta)


def load_one(read: Callable[[], Record | None], place: str, *, advice: str = "export it from the tool again") -> Loaded:
    """The report of what `read` gives; an error names `place` (the file, and which report in it) and the report's id."""
    try:
        record = read()
        if record is None:
            return None
        place = f"{place} {record.meta['id']}" if record.meta.get("id") else place
        return from_record(record)
    except CorpusError as error:
        return CorpusError(error.cause, source=place, advice=error.advice or "mend its labels in the tool")
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        return CorpusError(f"not as the tool exports it ({what})", source=place, advice=advice)


def from_record(record: Record) -> LabelledReport:
    """The labelled report of a record. CorpusError where it breaks the rules of the corpus."""
    meta, text = record.meta, record.text
    name = str(meta.get("name") or meta.get("id") or "report")
    for key in ("id", "kind"):
        if meta.get(key) is None:
            raise CorpusError(
                f"the record lacks {key}", source=name, advice="keep the data that was exported along with the text"
            )
    raw_tables = {
        table: {row: tuple(meta["tables"][table][row]) for row in row_ids(table)}
        for table in TABLES
        if table in meta.get("tables", {})
    }
    altered = meta.get("altered_labels") or {}
    report = _report(record, name, _placed(meta.get("placed") or {}, raw_tables, altered))
    findings = [DeclaredFinding(m.label, text[m.start : m.end]) for m in record.marks if m.layer == "finding"]
    findings += [DeclaredFinding(code, None) for code in meta.get("findings") or ()]
    plain: dict[str, Any] = {key: meta.get(key) for key in _PLAIN_KEYS} | {
        "partial_parts": bool(meta.get("partial_parts"))
    }
    given = LabelledReport(
        report=report, findings=tuple(findings), raw_tables=raw_tables, altered_labels=altered, **plain
    )
    parsed = parse(to_markup(given), name=str(meta.get("name") or ""))
    if parsed.text != text:
        at = next(
            (i for i, (a, b) in enumerate(zip(parsed.text, text, strict=False)) if a != b),
            min(len(text), len(parsed.text)),
        )
        raise CorpusError(
            f"the text does not fit its marks from {text[at : at + 20]!r} on",
            source=name,
            advice="leave the text as exported",
        )
    return parsed


def _placed(
    places: Mapping[str, int], raw_tables: Mapping[str, RawRows], altered: Mapping[str, str]
) -> dict[str, NationalTable]:
    return {name: render(name, raw_tables[name], start, altered)[2] for name, start in places.items()}


def _report(record: Record, name: str, tables: Mapping[str, NationalTable]) -> Report:
    meta, text = record.meta, record.text
    headings = {m.start: m.end for m in record.marks if m.layer == "heading" and m.label == "heading"}
    sections = [
        Section(m.label, m.start, m.end, headings.get(m.start, -1)) for m in record.marks if m.layer == "section"
    ]
    sections += [Section(section_id, at, at) for section_id, at in meta.get("empty_sections") or ()]
    above = dict(record.parts)
    claims = [_claim(m, text, above.get(m.id)) for m in record.marks if m.layer == "claim"]
    sentences = [Sentence(m.start, m.end, m.label) for m in record.marks if m.layer == "sentence"]
    title = next(((m.start, m.end) for m in record.marks if m.layer == "heading" and m.label == "title"), None)
    present = set(meta.get("elements") or ())
    return Report(
        source=Source(name, "", "corpus", text),
        agency=meta.get("agency"),
        agency_kind=meta["kind"],
        year=meta.get("year"),
        format=str(meta.get("format", "2021")),
        sections=sections_in_order(sections),
        sentences=tuple(sorted(sentences, key=lambda s: s.start)),
        claims=tuple(sorted(claims, key=lambda c: (c.start, c.end))),
        tables=tables,
        elements=tuple(Element(e, e in present) for e in ELEMENTS),
        title=title,
        published=meta.get("published"),
    )


def _claim(mark: Mark, text: str, part_of: str | None) -> Claim:
    shown = text[mark.start : mark.end]
    value, unit, qualifier = attributes_of(shown)
    known = mark.attributes
    return Claim(
        id=mark.id,
        start=mark.start,
        end=mark.end,
        text=shown,
        type=mark.label,
        value=value if known.get("value") is None else known["value"],
        unit=known.get("unit") or ("" if "unit" in known and known["unit"] == "" else unit),
        qualifier=known.get("qualifier") or ("exact" if "value" in known else qualifier),
        channel=known.get("channel"),
        part_of=part_of,
    )
