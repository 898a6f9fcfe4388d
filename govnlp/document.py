"""The data model: what a file holds (Source), what a report states (Report), and how it is judged (Scorecard).

All offsets are Python string offsets, half-open, into `text`. Everything here is immutable; nothing here imports a heavy library.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from govnlp.schema import SENTENCE_LABELS, Lang, Severity

SCHEMA = "govnlp.scorecard/1"
Number = int | float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: page counts from 1, coordinates in points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that the file presents as one: a paragraph, a heading, or the text of a table.

    `kind`: "paragraph", "heading" (only where the file itself says so: a Word heading style, an HTML h1) or "table".
    """

    start: int
    end: int
    kind: str = "paragraph"
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at (row, col), counted from 0, that may span several rows and columns.

    `start` and `end` are the cell's text in `Source.text`; equal where the cell is empty.
    """

    row: int
    col: int
    start: int
    end: int
    text: str
    row_span: int = 1
    col_span: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the file holds it: `cells` in reading order, each cell once; `start`..`end` is its text in `Source.text`.

    `spans_known` is false where the file only has rows of values (tab-separated text), so that columns may be shifted.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    spans_known: bool = True

    @property
    def n_rows(self) -> int:
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        return max((c.col + c.col_span for c in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, read: its text in reading order (tables as tab-separated lines, each cell once) and where things stand.

    `name` is the path as given; `sha256` of the file's bytes; `kind` the reader's name ("text", "html", "docx", "pdf").
    `title` and `published` (ISO date) are what the file says of itself (an HTML metadata table, a page's date), or None.
    `notes` tells what the reader had to do or could not do (engine taken over, page without text).
    """

    name: str
    sha256: str
    kind: str
    text: str
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    title: str | None = None
    published: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text of one section id (`schema.SECTIONS`); sections do not overlap and come in order.

    `heading_end`: where the section's heading ends (== start where it has none). An inline heading ends before the text of its line.
    """

    id: str
    start: int
    end: int
    heading_end: int = -1

    def __post_init__(self) -> None:
        if self.heading_end < 0:
            object.__setattr__(self, "heading_end", self.start)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative section with its label (`schema.SENTENCE_LABELS`) and the label's probability (or None)."""

    start: int
    end: int
    label: str
    score: float | None = None

    @property
    def specific_probability(self) -> float:
        """How likely the sentence is specific, 0 to 1: a label without a probability (by rules, or given) is taken as sure, and what is
        not boilerplate as specific; a statutory sentence is neither."""
        if self.label == "statutory":
            return 0.0
        sure = 1.0 if self.score is None else self.score
        return sure if self.label == "specific" else 1 - sure


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of how much; see `labels.md`. `part_of` is the id of the claim that this one is a share of."""

    id: str
    start: int
    end: int
    text: str
    type: str
    value: Number
    unit: str
    qualifier: str = "exact"
    channel: str | None = None
    part_of: str | None = None
    section: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of a national table: where its text stands, and the text as written.

    `raw` is "" for a blank cell and None where the cell is missing altogether (then start == end == -1).
    """

    table: str
    row: str
    col: int
    start: int
    end: int
    raw: str | None


@dataclass(frozen=True, slots=True)
class LabelIssue:
    """A label of a table that differs from the national format: what stands there, and what is due (None: not in the format)."""

    start: int
    end: int
    found: str
    expected: str | None


@dataclass(frozen=True, slots=True)
class NationalTable:
    """One of the three national tables.

    `rows`: row id to its numbers (None where blank, `/`, `-` or unreadable), as wide as the format asks for.
    `cells`: (row id, column) to where it stands. `labels`: labels that differ. `missing_rows`: row ids of the format that the table
    lacks (their numbers in `rows` are None, or 0 where another row of the table stands for them, as 其他处理 in one row).
    """

    name: str
    start: int
    end: int
    rows: Mapping[str, tuple[Number | None, ...]]
    cells: Mapping[tuple[str, int], CellRef] = field(default_factory=dict)
    labels: tuple[LabelIssue, ...] = ()
    missing_rows: tuple[str, ...] = ()
    layout: str = "2021"
    """The national format that the table follows: "2021" or "2019". A 2019 proactive table has no 规章, 行政规范性文件 and fees rows in
    today's sense: they are among `missing_rows`."""


@dataclass(frozen=True, slots=True)
class Element:
    """Whether an element of disclosure is present, with the spans that show it; `score` is the probability of presence (or None)."""

    id: str
    present: bool
    evidence: tuple[tuple[int, int], ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one report states: the input of every rule. Built by the pipeline from a spaCy Doc, or from a labelled corpus file."""

    source: Source
    agency: str | None
    agency_kind: str
    year: int | None
    format: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    tables: Mapping[str, NationalTable]
    elements: tuple[Element, ...] = ()
    title: tuple[int, int] | None = None
    """Span of the title in the text, or None."""
    published: str | None = None
    """ISO date of publication, where known."""

    @property
    def text(self) -> str:
        return self.source.text

    def span(self, start: int, end: int) -> str:
        return self.source.text[start:end]

    def of_section(self, section_id: str, *, deep: bool = False) -> tuple[Section, ...]:
        """The stretches of a section id; with `deep` also of the sections below it (`overview` and `overview.*`)."""
        dot = section_id + "."
        return tuple(s for s in self.sections if s.id == section_id or (deep and s.id.startswith(dot)))

    def has(self, element_id: str) -> bool:
        return any(e.present for e in self.elements if e.id == element_id)

    def section_at(self, offset: int) -> str | None:
        """The section id that holds the character at `offset`."""
        for s in self.sections:
            if s.start <= offset < s.end:
                return s.id
        return None

    def label_sizes(self) -> dict[str, int]:
        """Characters in the sentences of each label."""
        sizes = dict.fromkeys(SENTENCE_LABELS, 0)
        for s in self.sentences:
            sizes[s.label] += s.end - s.start
        return sizes

    def expected_boilerplate(self, common: Collection[int] = ()) -> float:
        """Characters of boilerplate as the labels' probabilities expect them, statutory sentences aside; what starts at one of `common`
        is boilerplate for sure."""
        told = (s for s in self.sentences if s.label != "statutory")
        return sum((s.end - s.start) * (1.0 if s.start in common else 1 - s.specific_probability) for s in told)

    def boilerplate_share(self, common: Collection[int] = ()) -> float | None:
        """Boilerplate's share of the narrative's characters, statutory sentences aside, 0 to 1; None where there is no such sentence.

        The mean of what the labels say and what their probabilities expect: a label that is nearly even should not count in full, and on
        held-out reports the squared error is smaller so. `common`: starts of sentences that count as boilerplate whatever their label, because
        others have them too.
        """
        told = [s for s in self.sentences if s.label != "statutory"]
        size = sum(s.end - s.start for s in told)
        if not size:
            return None
        labelled = sum(s.end - s.start for s in told if s.label == "boilerplate" or s.start in common)
        return (labelled + self.expected_boilerplate(common)) / 2 / size

    def claims_of(self, *types: str) -> tuple[Claim, ...]:
        return tuple(c for c in self.claims if c.type in types)


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: its code, evidence and message in the chosen language.

    `cells`: the table cells compared, as {"table", "row", "col", "value"} dicts. `values`: the numbers and words of the message.
    """

    code: str
    severity: Severity
    message: str
    evidence: tuple[tuple[int, int], ...] = ()
    cells: tuple[Mapping[str, Any], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """What a report shares with one other report.

    `kind`: "peer" (another agency's report) or "previous" (the agency's own earlier one). `other`: how the other report is
    named. `share` (0 to 1): the part of this report's narrative characters that stand in the other. `passages`: (start, end,
    other start, other end) of the shared stretches. `other_published`: ISO date of the other's publication, where known.
    `other_source`: the other's file as given ("" where it is known by a profile only, which keeps no text: no passages then).
    `other_share`: the part of the other's narrative that stands in this one.
    """

    kind: Literal["peer", "previous"]
    other: str
    share: float
    passages: tuple[tuple[int, int, int, int], ...] = ()
    other_published: str | None = None
    other_source: str = ""
    other_share: float | None = None


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken off one score, and the finding or element that they are for (`reason` is a code or an element id)."""

    score: str
    points: float
    kind: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Scores:
    """0 to 100 each; `boilerplate`: more is more boilerplate. Ratings 0 to 4 as in `labels.md`; percentiles in the reference corpus."""

    completeness: float
    boilerplate: float | None
    consistency: float
    overall: float
    grade: str
    completeness_rating: int | None = None
    boilerplate_rating: int | None = None
    percentiles: Mapping[str, int] = field(default_factory=dict)
    deductions: tuple[Deduction, ...] = ()
    measures: Mapping[str, float | None] = field(default_factory=dict)
    """The known measures of disclosure research, by name (`boilerplate.measures.MEASURES`); None where not to be measured."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One scored report: the report, its findings and scores, and what they were made with."""

    report: Report
    findings: tuple[Finding, ...]
    scores: Scores
    model: Mapping[str, str]
    rubric: str
    lang: Lang = "zh"
    unchecked: tuple[str, ...] = ()
    """Codes that could not be looked at, because last year's report or the batch is not there."""
    rule_failures: tuple[tuple[str, str], ...] = ()
    """Rules that crashed on this report: (code, error). What they look for is not known."""
    copies: tuple[Copy, ...] = ()
    """What the report shares with other reports of the batch, of earlier years and of the profile; the likest first."""
