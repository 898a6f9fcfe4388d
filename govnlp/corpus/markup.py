"""The authoring format of the labelled corpus: YAML front matter, then the text with its marks.

`@section` opens a section, `#` marks a heading line, `{S}` `{B}` `{F}` end a sentence and label it.
`[[table requests]]` places a table of the front matter.
A claim is `⟦text|type|value|unit|options⟧` with the options `q=` (qualifier), `ch=` (channel), `id=`, `part=` (id of
the total) and `also=1` (a second claim on the span of the one before; its text is not printed again).
A backslash takes a mark's meaning away and stands for line breaks inside a marked line: see `escapes`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govnlp.corpus.escapes import fields, goes_on, unescaped
from govnlp.corpus.labelled import DeclaredFinding, LabelledReport, boilerplate_share, gold_dict
from govnlp.corpus.rendering import RawRows, render, row_ids, width
from govnlp.document import Block, Claim, Element, Grid, NationalTable, Number, Report, Section, Sentence, Source
from govnlp.errors import CorpusError
from govnlp.schema import (
    AGENCY_KINDS,
    CHANNEL_TYPES,
    CHANNELS,
    CLAIM_TYPES,
    ELEMENTS,
    FORMATS,
    NARRATIVE_SECTIONS,
    QUALIFIERS,
    SECTIONS,
    TABLES,
)

__all__ = ["DeclaredFinding", "LabelledReport", "boilerplate_share", "gold_dict", "parse", "parse_with_lines"]

LABEL_MARKS = {"S": "specific", "B": "boilerplate", "F": "statutory"}
REQUIRED = ("id", "year", "agency", "kind")
KNOWN = (
    *REQUIRED,
    *("format", "region", "family", "author", "completeness", "boilerplate", "elements", "findings", "tables"),
    *("previous", "copied_from", "partial_parts", "altered_labels", "published"),
)

_SHAPES: Mapping[str, tuple[type, str]] = {
    "year": (int, "a whole number"),
    "elements": (list, "a list"),
    "findings": (list, "a list"),
    "tables": (dict, "a mapping"),
    "altered_labels": (dict, "a mapping"),
}
"""Keys whose value has a type, and what an error calls it."""

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.S)
_MARK = re.compile(r"⟦((?:[^⟦⟧\\]|\\.)*)⟧|\{([SBF])\}|(\\.)")
_TABLE = re.compile(r"\[\[table (\w+)\]\]")
_FINDING = re.compile(r"(\s*-\s+)(GD\d{3}\b.*)")
_SHOWN_NUMBER = re.compile(r"\d(?:[\d,，]|\s+(?=\d))*(?:\.\d+)?")
_PART_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_INLINE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|[①-⑩]|[一二三四五六七八九十]是)[^，、。：:；\s]{2,20}[。：:]"
)
SPACE = " \u3000\t"


@dataclass(slots=True)
class _Body:
    """What reading the marked text line by line has found so far."""

    name: str
    first_line: int
    front: Mapping[str, Any]
    raw_tables: Mapping[str, RawRows]
    text: list[str] = field(default_factory=list)
    pos: int = 0
    line: int = 0
    starts: list[tuple[int, int]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    open: str = ""
    open_at: int = 0
    heading_end: int = -1
    title: tuple[int, int] | None = None
    sentences: list[Sentence] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    tables: dict[str, NationalTable] = field(default_factory=dict)

    def fail(self, cause: str) -> CorpusError:
        return _error(self.name, self.first_line + self.line, cause)

    def plain(self, raw: str) -> str:
        try:
            return unescaped(raw)
        except ValueError as error:
            raise self.fail(str(error)) from None

    def add(self, text: str) -> None:
        self.text.append(text)
        self.pos += len(text)

    def close_section(self) -> None:
        if self.open:
            self.sections.append(Section(self.open, self.open_at, self.pos, max(self.heading_end, self.open_at)))


def parse(text: str, *, name: str = "") -> LabelledReport:
    """Read one authored report. CorpusError names `name` and the line of the first mistake."""
    return parse_with_lines(text, name=name)[0]


def parse_with_lines(text: str, *, name: str = "") -> tuple[LabelledReport, list[tuple[int, int]]]:
    """As `parse`; also (offset, line of the file) for each line that text begins in, in order."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _FRONT.match(text)
    if not match:
        raise _error(name, 1, "no front matter between two lines of ---")
    front = _front_matter(match.group(1), name)
    raw_tables = _raw_tables(front, name)
    marked = text[match.end() :].lstrip("\n")
    body = _Body(name, text[: len(text) - len(marked)].count("\n") + 1, front, raw_tables)
    for n, line in enumerate(marked.rstrip("\n").split("\n")):
        body.line = n
        _read_line(body, line)
    body.close_section()
    _check_claims(body)
    plain = "".join(body.text)
    findings = tuple(_declared(str(f), plain, name) for f in front.get("findings") or ())
    labelled = LabelledReport(
        id=str(front["id"]),
        report=_report(body, plain),
        findings=findings,
        completeness=front.get("completeness"),
        boilerplate=front.get("boilerplate"),
        region=_optional(front.get("region")),
        family=_optional(front.get("family")),
        author=_optional(front.get("author")),
        previous=_optional(front.get("previous")),
        copied_from=_optional(front.get("copied_from")),
        partial_parts=bool(front.get("partial_parts")),
        raw_tables=raw_tables,
        altered_labels={str(old): str(new) for old, new in (front.get("altered_labels") or {}).items()},
    )
    return labelled, body.starts


def _error(name: str, line: int, cause: str) -> CorpusError:
    return CorpusError(cause, source=f"{name or 'report'}:{line}")


def _optional(value: Any) -> str | None:
    return None if value is None else str(value)


def _front_matter(raw: str, name: str) -> dict[str, Any]:
    import yaml

    # An anchor may hold a tab (two cells of a table), a colon or a hash: quoted as a whole, YAML takes it as it is.
    lines = [_FINDING.sub(lambda m: m[1] + json.dumps(m[2], ensure_ascii=False), line) for line in raw.split("\n")]
    try:
        front = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        raise _error(name, mark.line + 2 if mark else 1, f"front matter is no YAML: {what}") from error
    if not isinstance(front, dict):
        raise _error(name, 1, "front matter is no mapping")
    where = {key: next((n for n, ln in enumerate(lines, 2) if ln.startswith(f"{key}:")), 1) for key in front}
    for key in REQUIRED:
        if key not in front:
            raise _error(name, 1, f"front matter lacks {key}")
    for key in front:
        if key not in KNOWN:
            raise _error(name, where[key], f"front matter has an unknown key {key}")
    for key, (kind, due) in _SHAPES.items():
        if front.get(key) is not None and type(front[key]) is not kind:
            raise _error(name, where[key], f"{key} is {front[key]!r}, {due} is due")
    front["format"] = str(front.get("format", FORMATS[0]))
    _one_of(front["format"], FORMATS, "format", name, where.get("format", 1))
    _one_of(front["kind"], AGENCY_KINDS, "kind", name, where["kind"])
    for element in front.get("elements") or ():
        _one_of(element, ELEMENTS, "element", name, where["elements"])
    for key in ("completeness", "boilerplate"):
        if front.get(key) is not None:
            _one_of(front[key], range(5), key, name, where[key])
    return front


def _one_of(value: Any, known: Any, what: str, name: str, line: int) -> None:
    if value not in known:
        raise _error(name, line, f"unknown {what}: {value!r}, one of {', '.join(map(str, known))} is due")


def _raw_tables(front: Mapping[str, Any], name: str) -> dict[str, RawRows]:
    out: dict[str, RawRows] = {}
    given = front.get("tables") or {}
    for table in given:
        _one_of(table, TABLES, "table", name, 1)
    for table in TABLES:
        if given.get(table) is None:
            continue
        if not isinstance(given[table], dict):
            raise _error(name, 1, f"{table} is {given[table]!r}, a mapping is due")
        rows = {row: (0,) * width(table, row) for row in row_ids(table)}
        for row, cells in given[table].items():
            _one_of(row, rows, f"row of table {table}", name, 1)
            cells = tuple(cells) if isinstance(cells, list) else (cells,)
            if len(cells) != len(rows[row]):
                raise _error(name, 1, f"row {row} of table {table} has {len(cells)} cells, {len(rows[row])} are due")
            rows[row] = cells
        out[table] = rows
    return out


def _read_line(body: _Body, line: str) -> None:
    if line.startswith("@"):
        section = line[1:].strip()
        if section not in SECTIONS:
            raise body.fail(f"unknown section {section}")
        body.close_section()
        body.open, body.open_at, body.heading_end = section, body.pos, -1
        return
    if not body.open:
        raise body.fail("text before the first @section")
    body.starts.append((body.pos, body.first_line + body.line))
    if table := _TABLE.fullmatch(line.strip()):
        _place_table(body, table.group(1))
        return
    is_heading = line.startswith("#")
    start, end = body.pos, "" if goes_on(line) else "\n"
    if not end:
        line = line[:-1]
    plain = _read_marks(body, line[1:].lstrip(SPACE) if is_heading else line, is_heading)
    first = start == body.open_at
    if first and body.open == "problems.issues" and _PART_HEADING.match(plain) and len(plain) < 40:
        # The heading of part five belongs to `problems`, also where the author opened `problems.issues` before it.
        before = body.sections[-1].id if body.sections else ""
        if before != "problems":
            after = start + len(plain + end)
            body.sections.append(Section("problems", start, after, start + len(plain)))
            body.open_at = after
            first = False
    if first and is_heading:
        body.heading_end = start + len(plain)
    elif first and (inline := _INLINE_HEADING.match(plain)):
        body.heading_end = start + inline.end()
    if is_heading and body.open == "preamble":
        # A title over two lines is two heading lines, one after the other.
        if body.title is None:
            body.title = (start, start + len(plain))
        elif body.title[1] + 1 == start:
            body.title = (body.title[0], start + len(plain))
    if plain.strip():
        body.blocks.append(Block(start, start + len(plain)))
    body.add(plain + end)


def _place_table(body: _Body, table: str) -> None:
    if table not in body.raw_tables:
        raise body.fail(f"table {table} is placed but the front matter does not give it")
    if table in body.tables:
        raise body.fail(f"table {table} is placed twice")
    text, grid, national = render(table, body.raw_tables[table], body.pos, body.front.get("altered_labels"))
    body.grids.append(grid)
    body.tables[table] = national
    body.blocks.append(Block(grid.start, grid.end, "table"))
    body.add(text + "\n")


def _read_marks(body: _Body, line: str, is_heading: bool) -> str:
    """The line without its marks; its sentences and claims go to `body`."""
    plain, done, sentence_start = "", 0, 0
    for mark in _MARK.finditer(line):
        plain += line[done : mark.start()]
        done = mark.end()
        if mark.group(3):
            plain += body.plain(mark.group(3))
        elif mark.group(2):
            body_text = plain[sentence_start:]
            if not body_text.strip():
                raise body.fail(f"no sentence before {mark.group(0)}")
            if is_heading:
                raise body.fail("a heading is no sentence, it has no label")
            start = body.pos + len(plain) - len(body_text.lstrip())
            body.sentences.append(Sentence(start, body.pos + len(plain), LABEL_MARKS[mark.group(2)]))
            sentence_start = len(plain)
        else:
            plain += _read_claim(body, mark.group(1), body.pos + len(plain))
    plain += line[done:]
    if any(c in "⟦⟧" for c in _MARK.sub("", line)):
        raise body.fail("a claim that is not closed")
    rest = plain[sentence_start:].strip()
    if rest and not is_heading and body.open in NARRATIVE_SECTIONS and body.open != "preamble":
        raise body.fail(f"a sentence without a label: {rest[:30]}")
    return plain


def _read_claim(body: _Body, raw: str, at: int) -> str:
    """Take down one claim; the text to print for it."""
    shown, *rest = map(body.plain, fields(raw))
    if len(rest) < 3:
        raise body.fail(f"a claim is text|type|value|unit: {raw}")
    kind, raw_value, unit, *options = rest
    opts = dict(o.partition("=")[::2] for o in options)
    for known, what, given in (
        (CLAIM_TYPES, "claim type", kind),
        (QUALIFIERS, "qualifier", opts.get("q", "exact")),
        ((None, *CHANNELS), "channel", opts.get("ch")),
        (("q", "ch", "id", "part", "also"), "option", next(iter(opts.keys() - {"q", "ch", "id", "part", "also"}), "q")),
    ):
        if given not in known:
            raise body.fail(f"unknown {what}: {given} in {raw}")
    if opts.get("ch") and kind not in CHANNEL_TYPES:
        raise body.fail(f"a claim of type {kind} has no channel: {raw}")
    try:
        value = _value(raw_value)
    except ValueError:
        raise body.fail(f"{raw_value} is no number: {raw}") from None
    if not _fits(value, shown):
        raise body.fail(f"the value {raw_value} is not what the text says: {raw}")
    start, end = at, at + len(shown)
    if "also" in opts:
        if not body.claims or body.claims[-1].text != shown:
            raise body.fail(f"also=1 needs the same text right before: {raw}")
        start, end = body.claims[-1].start, body.claims[-1].end
    claim = Claim(
        id=opts.get("id") or f"_{len(body.claims)}",
        start=start,
        end=end,
        text=shown,
        type=kind,
        value=value,
        unit=unit,
        qualifier=opts.get("q", "exact"),
        channel=opts.get("ch"),
        part_of=opts.get("part"),
        section=body.open,
    )
    body.claims.append(claim)
    return "" if "also" in opts else shown


def _value(raw: str) -> Number:
    number = float(raw)
    return int(number) if number.is_integer() else number


def _fits(value: Number, shown: str) -> bool:
    """Whether a value can be what the Arabic digits of `shown` say (with 十, 百, 千, 万 or 亿); true without any."""
    digits = [float(re.sub(r"[,，\s]", "", d)) for d in _SHOWN_NUMBER.findall(unicodedata.normalize("NFKC", shown))]
    scales = (1, 10, 100, 1e3, 1e4, 1e8)
    return not value or not digits or any(abs(value - d * k) < 1e-6 * max(1, value) for d in digits for k in scales)


def _check_claims(body: _Body) -> None:
    ids = [c.id for c in body.claims]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise body.fail(f"two claims have the id {twice}")
    for claim in body.claims:
        if claim.part_of and claim.part_of not in ids:
            raise body.fail(f"part={claim.part_of} is the id of no claim: {claim.text}")


def _declared(raw: str, text: str, name: str) -> DeclaredFinding:
    code, _, anchor = raw.partition(" ")
    if not re.fullmatch(r"GD\d{3}", code):
        raise _error(name, 1, f"a finding is a code and an anchor, not {raw}")
    anchor = anchor.strip()
    if len(anchor) > 1 and anchor[0] == anchor[-1] and anchor[0] in "\"'":
        anchor = anchor[1:-1]
    try:
        read = unescaped(anchor)
    except ValueError:
        read = anchor
    if read not in text:
        raise _error(name, 1, f"the anchor of {code} is not in the text: {anchor}")
    return DeclaredFinding(code, read or None)


def _report(body: _Body, text: str) -> Report:
    front = body.front
    present = set(front.get("elements") or ())
    source = Source(
        name=body.name or str(front["id"]),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        kind="corpus",
        text=text,
        blocks=tuple(body.blocks),
        grids=tuple(body.grids),
        published=_optional(front.get("published")),
    )
    return Report(
        source=source,
        agency=_optional(front["agency"]),
        agency_kind=front["kind"],
        year=front["year"],
        format=front["format"],
        sections=tuple(body.sections),
        sentences=tuple(body.sentences),
        claims=tuple(body.claims),
        tables=body.tables,
        elements=tuple(Element(e, e in present) for e in ELEMENTS),
        title=body.title,
        published=source.published,
    )
