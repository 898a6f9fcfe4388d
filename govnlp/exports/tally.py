"""What a batch adds up to: one line for each report and counts over all. Kept in memory, unlike the scorecards themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import NamedTuple

from govnlp.document import Scorecard
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.schema import ELEMENTS, Lang, Severity
from govnlp.scoring.rubric import load_rubric, shipped

BIN = 10
"""Width of a bin of the score distribution, in points."""
_LONGEST = 300
"""Characters kept of a name; no agency's is longer, and a hostile one must not fill the memory."""


class Standing(NamedTuple):
    """What the ranking says of a report. `number`: its place in the batch, from 1."""

    number: int
    agency: str | None
    year: int | None
    kind: str
    format: str
    overall: float
    grade: str
    completeness: float
    consistency: float
    boilerplate: float | None
    completeness_rating: int | None
    boilerplate_rating: int | None
    errors: int
    warnings: int
    infos: int
    elements_present: int
    published: str | None
    source: str


@dataclass(slots=True)
class CodeCount:
    """How often a finding was made: in how many reports, how many times, and of what severity."""

    severity: Severity
    reports: int = 0
    times: int = 0


@dataclass(slots=True)
class Tally:
    """Counts over a batch. `add` each scorecard once, in order; `history` holds overall scores of (agency, year)."""

    standings: list[Standing] = field(default_factory=list)
    codes: dict[str, CodeCount] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    """Element to the number of reports without it."""
    history: dict[tuple[str, int], float] = field(default_factory=dict)
    rubrics: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    grade_titles: dict[str, str] = field(default_factory=dict)

    def remember(self, cards: Iterable[Scorecard]) -> None:
        """Last year's scorecards, for comparison only."""
        for card in cards:
            if card.report.agency and card.report.year:
                self.history[card.report.agency, card.report.year] = card.scores.overall

    def add(self, card: Scorecard, words: Words) -> Standing:
        """Count a scorecard. Returns its line of the ranking."""
        report, scores = card.report, card.scores
        severities = Counter(f.severity for f in card.findings)
        present = {e.id for e in report.elements if e.present}
        standing = Standing(
            len(self.standings) + 1,
            one_line(report.agency, _LONGEST) if report.agency else None,
            report.year,
            one_line(report.agency_kind, _LONGEST),
            one_line(report.format, _LONGEST),
            scores.overall,
            one_line(scores.grade, 20),
            scores.completeness,
            scores.consistency,
            scores.boilerplate,
            scores.completeness_rating,
            scores.boilerplate_rating,
            severities["error"],
            severities["warning"],
            severities["info"],
            len(present),
            one_line(report.published, _LONGEST) if report.published else None,
            one_line(report.source.name, _LONGEST),
        )
        self.standings.append(standing)
        if report.agency and report.year:
            self.history[report.agency, report.year] = scores.overall
        times = Counter(f.code for f in card.findings)
        for finding in card.findings:
            count = self.codes.setdefault(finding.code, CodeCount(finding.severity))
            count.times += 1
        for code in times:
            self.codes[code].reports += 1
        self.missing.update(e for e in ELEMENTS if e not in present)
        self.rubrics[one_line(card.rubric, 80)] += 1
        self.models[one_line(" ".join(str(v) for v in card.model.values()), 80)] += 1
        self.grade_titles[standing.grade] = one_line(words.grade(card), 40)
        return standing

    def ranked(self) -> list[Standing]:
        """Best first; equal scores in the order of the batch."""
        return sorted(self.standings, key=lambda s: (-s.overall, s.number))

    def ranks(self) -> dict[int, int]:
        """Report number to rank; equal scores share the best of their ranks."""
        ranks: dict[int, int] = {}
        last: tuple[float, int] | None = None
        for place, standing in enumerate(self.ranked(), 1):
            if last is None or standing.overall != last[0]:
                last = (standing.overall, place)
            ranks[standing.number] = last[1]
        return ranks

    def year_before(self, standing: Standing) -> float | None:
        """The overall score of the agency's report of the year before, where it is known."""
        if standing.agency is None or standing.year is None:
            return None
        return self.history.get((standing.agency, standing.year - 1))

    def grades(self, lang: Lang) -> list[tuple[str, int]]:
        """Each grade (with its title) and its number of reports, best first; all grades of a shipped rubric, empty ones too."""
        counts = Counter(s.grade for s in self.standings)
        known: dict[str, str] = {}
        for name in self.rubrics:
            if name in shipped():
                known.update({g.grade: f"{g.grade} {g.title[lang]}" for g in load_rubric(name).grades})
        others = {g: self.grade_titles[g] for g in sorted(counts) if g not in known}
        return [(title, counts[grade]) for grade, title in {**known, **others}.items()]

    def bins(self, score: str) -> list[int]:
        """How many reports fall into each bin of `BIN` points from 0 to 100; 100 itself is in the last one."""
        counts = [0] * (100 // BIN)
        for standing in self.standings:
            value = getattr(standing, score)
            if value is not None:
                counts[min(max(int(value // BIN), 0), len(counts) - 1)] += 1
        return counts

    def frequent(self) -> list[tuple[str, CodeCount]]:
        """Codes by the number of reports that have them, the most first."""
        return sorted(self.codes.items(), key=lambda item: (-item[1].reports, -item[1].times, item[0]))

    def kinds(self) -> list[tuple[str, list[Standing]]]:
        """Reports by the kind of agency, the most first."""
        groups: dict[str, list[Standing]] = {}
        for standing in self.standings:
            groups.setdefault(standing.kind, []).append(standing)
        return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def bin_labels() -> list[str]:
    """The bins in words, from the lowest: "0–9" … "90–100"."""
    return [f"{low}–{low + BIN - 1 if low + BIN < 100 else 100}" for low in range(0, 100, BIN)]


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is known, to one decimal; None of nothing."""
    known = [v for v in values if v is not None]
    return round(fmean(known), 1) if known else None


def middle(values: Iterable[float | None]) -> float | None:
    """The median of what is known, to one decimal; None of nothing."""
    known = [v for v in values if v is not None]
    return round(median(known), 1) if known else None


def years_of(standings: Iterable[Standing]) -> list[int]:
    return sorted({s.year for s in standings if s.year is not None})


def agencies_of(standings: Iterable[Standing]) -> int:
    """How many agencies there are, reports without a name counted one each."""
    return len({s.agency or s.number for s in standings})


def cells_compared(card: Scorecard) -> Mapping[tuple[str, str, int], tuple[str, ...]]:
    """The table cells that findings compare, as (table, row id, column from 0), with the findings' codes in order."""
    found: dict[tuple[str, str, int], tuple[str, ...]] = {}
    for finding in card.findings:
        for cell in finding.cells:
            table, row, col = cell.get("table"), cell.get("row"), cell.get("col")
            if isinstance(table, str) and isinstance(row, str) and isinstance(col, int):
                codes = found.get((table, row, col), ())
                if finding.code not in codes:
                    found[table, row, col] = (*codes, finding.code)
    return found
