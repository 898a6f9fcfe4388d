"""The notice of what to correct: one document for each agency, in the form that offices use, with blanks left to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from govnlp.document import Finding, Scorecard
from govnlp.exports.docx.wordml import line, paragraph, run, table
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.rules.basis import basis_in
from govnlp.schema import SEVERITIES, Lang

_ITEMS = 12
"""Findings of one code that a notice spells out."""
_PASSAGES, _QUOTED = 6, 120
"""Passages of one finding that are quoted, and characters of each."""


@dataclass(frozen=True, slots=True)
class Point:
    """One finding, in words: what is wrong, and the passages with the part that they stand in."""

    message: str
    passages: tuple[str, ...]
    n_passages: int
    section: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """All findings of one code in a report."""

    code: str
    severity: str
    points: tuple[Point, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Matter:
    """What a notice says of one report: texts only, so that it can wait for the agency's other reports."""

    agency: str | None
    year: int | None
    file: str
    rubric: str
    grade: str
    scores: tuple[tuple[str, float | None], ...]
    codes: tuple[Code, ...]
    missing: tuple[str, ...]

    @property
    def due(self) -> bool:
        """Whether there is anything that an agency must see to; notes alone are no matter for a notice."""
        return bool(self.missing) or any(c.severity != "info" for c in self.codes)

    def count(self, severity: str) -> int:
        return sum(c.count for c in self.codes if c.severity == severity)


def matter_of(card: Scorecard, words: Words) -> Matter:
    """What there is to correct in a report."""
    report, scores = card.report, card.scores
    rank = {s: i for i, s in enumerate(SEVERITIES)}
    ordered = sorted(card.findings, key=lambda f: (rank.get(f.severity, len(rank)), f.code))
    codes = []
    for (severity, code), group in groupby(ordered, key=lambda f: (f.severity, f.code)):
        findings = list(group)
        points = tuple(_point(card, f, words) for f in findings[:_ITEMS])
        codes.append(Code(one_line(code, 20), severity, points, len(findings)))
    return Matter(
        one_line(report.agency, 80) if report.agency else None,
        report.year,
        one_line(report.source.name, 200),
        one_line(card.rubric, 60),
        one_line(words.grade(card), 40),
        (
            ("overall", scores.overall),
            ("completeness", scores.completeness),
            ("consistency", scores.consistency),
            ("boilerplate", scores.boilerplate),
        ),
        tuple(codes),
        tuple(one_line(d.reason, 40) for d in scores.deductions if d.kind == "element"),
    )


def _point(card: Scorecard, finding: Finding, words: Words) -> Point:
    spans = [(a, b) for a, b in dict.fromkeys(finding.evidence) if 0 <= a < b <= len(card.report.text)]
    quoted = tuple(filter(None, (one_line(card.report.span(a, b), _QUOTED) for a, b in spans[:_PASSAGES])))
    section = card.report.section_at(spans[0][0]) if spans else None
    return Point(one_line(words.message(card, finding), 400), quoted, len(spans), section)


def notice(matters: Sequence[Matter], words: Words) -> Iterator[str]:
    """The body of an agency's notice: `matters` are its reports, in the order of years."""
    first = matters[0]
    yield line(words("docx.notice.title"), "Title")
    yield line(words("docx.notice.number"), "DocNumber")
    agency = first.agency or words("terms.unknown_agency")
    yield line(words("docx.notice.addressee", agency=agency), "Addressee")
    years = [words("docx.notice.year", year=m.year) for m in matters if m.year is not None]
    counts = {f"{s}s": sum(m.count(s) for m in matters) for s in SEVERITIES}
    yield line(
        words(
            "docx.notice.opening",
            basis=words("docx.notice.basis"),
            years=words("docx.list_comma").join(years) or words("docx.notice.years_unknown"),
            total=sum(counts.values()),
            missing=sum(len(m.missing) for m in matters),
            **counts,
        )
    )
    for matter in matters:
        if len(matters) > 1:
            yield line(_title_of(matter, words), "Heading1")
        sections = _sections(matter, words)
        for number, (title, blocks) in enumerate(sections, 1):
            yield _heading(title, number, words)
            yield from blocks
    # with several reports the numbers are theirs, and what is required holds for all
    yield _heading(words("docx.notice.required"), len(sections) + 1 if len(matters) == 1 else None, words)
    for number, key in enumerate(("deadline", "verify"), 1):
        yield line(words("docx.item", number=number, text=words(f"docx.notice.{key}")))
    yield line(words("docx.notice.contact"))
    yield from (
        line("", "Signature"),
        line(words("docx.notice.seal"), "Signature"),
        line(words("docx.notice.date"), "Signature"),
    )
    files = words("docx.list_comma").join(m.file for m in matters[:10])
    rubrics = words("docx.list_comma").join(dict.fromkeys(m.rubric for m in matters))
    yield line(words("docx.notice.note", rubric=rubrics, files=files), "Note")


def _title_of(matter: Matter, words: Words) -> str:
    if matter.year is None:
        return words("docx.notice.of_file", file=matter.file)
    return words("docx.notice.of_year", year=words("docx.notice.year", year=matter.year))


def _heading(title: str, number: int | None, words: Words) -> str:
    if number is not None:
        title = words("docx.heading", number=ordinal(number, words.lang), title=title)
    return line(title, "Heading1")


def _sections(matter: Matter, words: Words) -> list[tuple[str, list[str]]]:
    """What the notice says of one report: titles and their blocks."""
    sections: list[tuple[str, list[str]]] = [(words("docx.notice.result"), [_result(matter, words)])]
    for severity in SEVERITIES:
        codes = [c for c in matter.codes if c.severity == severity]
        if codes:
            blocks = [block for n, code in enumerate(codes, 1) for block in _code(n, code, words)]
            sections.append((words(f"docx.notice.{severity}"), blocks))
    if matter.missing:
        names = words("docx.list_comma").join(words.term("element", e) for e in matter.missing)
        sections.append((words("docx.notice.missing"), [line(words("docx.notice.missing_list", elements=names))]))
    return sections


def _result(matter: Matter, words: Words) -> str:
    header = [words.term("score", name) for name, _ in matter.scores]
    row = [None if value is None else f"{value:.1f}" for _, value in matter.scores]
    return table([*header, words("terms.field.grade")], [[*row, matter.grade]], [1750] * 5)


def _code(number: int, code: Code, words: Words) -> Iterator[str]:
    key = "docx.notice.times" if code.count > 1 else "docx.notice.once"
    title = words(key, title=words.rule_title(code.code), code=code.code, count=code.count)
    yield line(words("docx.subheading", number=ordinal(number, words.lang), title=title), "Heading2")
    for n, point in enumerate(code.points, 1):
        yield line(words("docx.item", number=n, text=point.message) if code.count > 1 else point.message)
        if point.passages:
            yield line(_quoted(point, words), "Quoted")
    if code.count > len(code.points):
        yield line(words("docx.notice.more_items", count=code.count - len(code.points)))
    rule = words.rule(code.code)
    if rule is not None:
        basis = "；".join(rule.basis) if words.lang == "zh" else "; ".join(basis_in(b, words.lang) for b in rule.basis)
        yield _labelled(words("terms.field.basis"), basis, words)
        yield _labelled(words("terms.field.advice"), rule.advice[words.lang], words)


def _quoted(point: Point, words: Words) -> str:
    name = words("docx.notice.passage")
    if point.section:
        name = words("docx.notice.passage_in", section=words.term("section", point.section))
    quotes = words("docx.list_comma").join(words("docx.quote", text=p) for p in point.passages)
    if point.n_passages > len(point.passages):
        quotes += words("docx.notice.more_passages", count=point.n_passages)
    return words("docx.colon", name=name, value=quotes)


def _labelled(name: str, text: str, words: Words) -> str:
    return paragraph(run(words("docx.colon", name=name, value=""), bold=True), run(text))


_DIGITS = "零一二三四五六七八九"


def ordinal(number: int, lang: Lang) -> str:
    """The number of a heading: 一, 十二, 二十 in Chinese (up to 99)."""
    if lang == "en" or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
