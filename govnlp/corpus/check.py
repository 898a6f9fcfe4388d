"""Whether labelled reports keep the rules of the corpus: spans, values, arithmetic, completeness, names, relations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govnlp.corpus.arithmetic import TABLE_CODES, parts_break, table_breaks, years_break
from govnlp.corpus.files import read_source
from govnlp.corpus.labelled import LabelledReport, boilerplate_share
from govnlp.corpus.markup import parse_with_lines
from govnlp.corpus.splits import family_of
from govnlp.corpus.stated import qualifier_problem, value_problem
from govnlp.document import Report
from govnlp.errors import CorpusError, in_chinese
from govnlp.schema import Lang

SHARES_OF_RATING = ((0.0, 0.15), (0.0, 0.4), (0.25, 0.65), (0.5, 0.92), (0.8, 1.0))
"""Shares of boilerplate that each boilerplate rating (0 to 4) can go with; the words of `labels.md` are about sentences, so they overlap."""
LONGEST_INLINE_HEADING = 25
"""A heading in front of a sentence on the same line is part of it, full stop and all."""
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、.．]")
_SENTENCE_END = re.compile(r"[。！？](?=[^”』」）)】》\"’])")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a labelled report, and where: `file` as given, `line` of that file counted from 1 (0: no line of it)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def told(self, lang: Lang) -> str:
        """Place and message in one line."""
        return f"{self.place}: {self.message if lang == 'en' else in_chinese(self.message, 'causes')}"

    @property
    def place(self) -> str:
        """FILE:LINE, or FILE alone."""
        return f"{self.file}:{self.line}" if self.line else self.file


def check_corpus(files: Iterable[Path], *, codes: Collection[str] = ()) -> list[Problem]:
    """All problems of the files, each by itself and together, sorted. `codes`: the finding codes that are known (empty: any)."""
    problems: list[Problem] = []
    reports: list[tuple[LabelledReport, str]] = []
    for path in files:
        labelled, text, found = check_file(path, codes=codes)
        problems += found
        if labelled:
            reports.append((labelled, text))
    return sorted({*problems, *check_together(reports)})


def check_file(path: Path, *, codes: Collection[str] = ()) -> tuple[LabelledReport | None, str, list[Problem]]:
    """The report (None where it is malformed), the file's text, and its problems."""
    try:
        text = read_source(path)
    except CorpusError as error:
        return None, "", [problem_of(error)]
    labelled, problems = check_text(text, str(path), codes=codes)
    if labelled and labelled.id != path.stem:
        problems.append(Problem(str(path), key_line(text, "id"), f"the id {labelled.id} is not the file's name"))
    return labelled, text, problems


def check_text(text: str, name: str, *, codes: Collection[str] = ()) -> tuple[LabelledReport | None, list[Problem]]:
    """The report (None where it is malformed, which ends the checks at the first mistake) and its problems."""
    try:
        labelled, starts = parse_with_lines(text, name=name)
    except CorpusError as error:
        return None, [problem_of(error)]

    def line_of(offset: int) -> int:
        return max((number for at, number in starts if at <= offset), default=1)

    found = [
        *((line_of(at), message) for at, message in (*_claims(labelled), *_sections(labelled), *_parts(labelled))),
        *((key_line(text, key), message) for key, message in (*_front(labelled, codes), *_tables(labelled))),
    ]
    return labelled, [Problem(name, line, message) for line, message in found]


def problem_of(error: CorpusError) -> Problem:
    """The problem that an error tells of, whose `source` is FILE:LINE or FILE."""
    file, _, line = (error.source or "").rpartition(":")
    return Problem(file, int(line), error.cause) if line.isdecimal() else Problem(error.source or "", 0, error.cause)


def key_line(text: str, key: str) -> int:
    """The line of a key (or of a declared finding's code) in the front matter."""
    for number, line in enumerate(text.split("\n"), 1):
        if number > 1 and line == "---":
            break
        if line.startswith(key + ":") or re.match(rf"\s*-\s+{re.escape(key)}\b", line):
            return number
    return 1


Place = tuple[int, str]
"""An offset of the text, and what is wrong there."""
Key = tuple[str, str]
"""A key of the front matter, and what is wrong with it."""


def _claims(labelled: LabelledReport) -> Iterator[Place]:
    report = labelled.report
    claims = {c.id: c for c in report.claims}
    for claim in report.claims:
        if report.span(claim.start, claim.end) != claim.text:
            yield claim.start, f"the claim's span holds {report.span(claim.start, claim.end)!r}, not {claim.text!r}"
        if claim.text != claim.text.strip():
            yield claim.start, f"the claim begins or ends with a space: {claim.text!r}"
        for problem in (value_problem(claim), qualifier_problem(claim)):
            if problem:
                yield claim.start, problem
        seen = {claim.id}
        above = claims.get(claim.part_of or "")
        while above:
            if above.id in seen:
                yield claim.start, f"{claim.text} is a part of itself"
                break
            seen.add(above.id)
            above = claims.get(above.part_of or "")


def _parts(labelled: LabelledReport) -> Iterator[Place]:
    if "GD301" not in labelled.codes and not labelled.partial_parts:
        yield from parts_break(labelled)


def _sections(labelled: LabelledReport) -> Iterator[Place]:
    report = labelled.report
    at = 0
    for section in report.sections:
        if section.start != at:
            yield (
                at,
                "text that is in no section" if section.start > at else f"section {section.id} overlaps the one before",
            )
        at = section.end
    if at != len(report.text):
        yield at, "text that is in no section"
    if report.title is None and "GD110" not in labelled.codes:
        yield 0, "no title; mark its line with # or declare GD110"
    for sentence in report.sentences:
        line_start = report.text.rfind("\n", 0, sentence.start) + 1
        at_line_start = not report.span(line_start, sentence.start).strip()
        inner = report.span(sentence.start, sentence.end).rstrip()[:-1]
        may_open = at_line_start or _NUMBERED.match(inner)
        if _SENTENCE_END.search(inner, LONGEST_INLINE_HEADING if may_open else 0):
            yield sentence.start, f"two sentences under one label: {inner[:30]}"


def _front(labelled: LabelledReport, codes: Collection[str]) -> Iterator[Key]:
    for key in ("region", "author"):
        if not getattr(labelled, key):
            yield key, f"front matter lacks {key}"
    for key in ("completeness", "boilerplate"):
        if getattr(labelled, key) is None:
            yield key, f"front matter lacks {key}"
    report = labelled.report
    if not any(e.present for e in report.elements) and labelled.completeness:
        yield "elements", "no element is present, but completeness is not 0"
    for finding in labelled.findings:
        if codes and finding.code not in codes:
            yield finding.code, f"unknown finding {finding.code}"
    for (code, anchor), times in Counter((f.code, f.anchor) for f in labelled.findings).items():
        if times > 1:
            yield (
                code,
                f"{code} is declared {times} times at {anchor}" if anchor else f"{code} is declared {times} times",
            )
    rating = labelled.boilerplate
    if rating is not None and rating != fitting_rating(rating, report):
        share = boilerplate_share(report)
        yield "boilerplate", f"rating {rating} does not go with a boilerplate share of {share:.2f}"
    expected = "pre2019" if (report.year or 0) < 2019 else "2019" if (report.year or 0) < 2021 else "2021"
    if report.format != expected and "GD106" not in labelled.codes and report.year:
        yield "format", f"format {report.format} in a report of {report.year} without GD106"


def fitting_rating(rating: int, report: Report) -> int:
    """The boilerplate rating (0 to 4) nearest to `rating` that goes with the report's sentence labels."""
    if all(s.label == "statutory" for s in report.sentences):
        return rating
    share = boilerplate_share(report)
    fits = [n for n, (low, high) in enumerate(SHARES_OF_RATING) if low <= share <= high]
    return min(fits, key=lambda n: abs(n - rating))


def _tables(labelled: LabelledReport) -> Iterator[Key]:
    declared = labelled.codes
    broken = table_breaks(labelled)
    for code, where in broken.items():
        if code not in declared:
            yield "tables", f"the tables break {code} ({where}), which is not declared"
    for code in sorted(declared & set(TABLE_CODES) - set(broken)):
        yield code, f"{code} is declared, but the tables do not break it"
    altered = any(t.labels for t in labelled.report.tables.values())
    if altered and "GD109" not in declared:
        yield "altered_labels", "altered labels without GD109"
    if not altered and labelled.altered_labels:
        yield "altered_labels", "the labels to alter stand in no placed table"
    for table in sorted(labelled.raw_tables.keys() - labelled.report.tables.keys()):
        yield "tables", f"table {table} is given, but [[table {table}]] stands nowhere"


def check_together(reports: Sequence[tuple[LabelledReport, str]]) -> Iterator[Problem]:
    """Problems between reports: ids given twice, relations to reports that are not there, what relations ask for."""
    by_id: dict[str, LabelledReport] = {}
    for labelled, text in reports:
        if labelled.id in by_id:
            yield _at(
                labelled, text, "id", f"the id {labelled.id} is also that of {by_id[labelled.id].report.source.name}"
            )
        by_id.setdefault(labelled.id, labelled)
    copied = {r.copied_from for r, _ in reports if r.copied_from}
    for labelled, text in reports:
        for key in ("previous", "copied_from"):
            other_id = getattr(labelled, key)
            if other_id and other_id not in by_id:
                yield _at(labelled, text, key, f"{key} names {other_id}, which is not there")
            elif other_id and family_of(by_id[other_id]) != family_of(labelled):
                yield _at(
                    labelled, text, key, f"{key} names {other_id} of another family ({family_of(by_id[other_id])})"
                )
        previous = by_id.get(labelled.previous or "")
        if previous:
            yield from _years(previous, labelled, text)
        if (labelled.copied_from or labelled.id in copied) and "GD402" not in labelled.codes:
            yield _at(labelled, text, "findings", "copied from or by another report, but GD402 is not declared")
        for code, key in (("GD207", "previous"), ("GD208", "previous"), ("GD403", "previous")):
            if code in labelled.codes and not labelled.previous:
                yield _at(labelled, text, code, f"{code} is declared without {key}")


def _years(previous: LabelledReport, labelled: LabelledReport, text: str) -> Iterator[Problem]:
    before, now = previous.report.year, labelled.report.year
    if before is not None and now is not None and before != now - 1:
        yield _at(labelled, text, "previous", f"the earlier report is of {before}, this one of {now}")
        return
    broken = years_break(previous, labelled)
    for code, what in broken.items():
        if code not in labelled.codes:
            yield _at(labelled, text, "previous", f"the two years break {code} ({what}), which is not declared")
    for code in sorted(labelled.codes & {"GD207", "GD208"} - set(broken)):
        yield _at(labelled, text, code, f"{code} is declared, but the two years do not break it")


def _at(labelled: LabelledReport, text: str, key: str, message: str) -> Problem:
    return Problem(labelled.report.source.name, key_line(text, key), message)
