"""What the batch page keeps of each report: one small row, so that a batch of any size fits in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govnlp.document import Scorecard

SCORES = ("overall", "completeness", "consistency", "boilerplate")


@dataclass(frozen=True, slots=True)
class Row:
    """One report in the ranking. `page`: file name of its page, without suffix. `codes`: finding codes, each once, sorted."""

    page: str
    source: str
    agency: str | None
    kind: str
    year: int | None
    overall: float
    completeness: float
    consistency: float
    boilerplate: float | None
    grade: str
    rubric: str
    model: str
    errors: int
    warnings: int
    infos: int
    codes: tuple[str, ...]

    @classmethod
    def of(cls, card: Scorecard, page: str) -> Row:
        report, s = card.report, card.scores
        count = Counter(f.severity for f in card.findings)
        model = " ".join(str(card.model[k]) for k in ("name", "version") if card.model.get(k))
        return cls(
            page,
            report.source.name,
            report.agency,
            report.agency_kind,
            report.year,
            s.overall,
            s.completeness,
            s.consistency,
            s.boilerplate,
            s.grade,
            card.rubric,
            model,
            count["error"],
            count["warning"],
            count["info"],
            tuple(sorted({f.code for f in card.findings})),
        )


@dataclass(frozen=True, slots=True)
class YearPair:
    """One agency's report and its report of the year before. Codes that went, that stayed and that are new."""

    before: Row
    now: Row

    @property
    def change(self) -> float:
        return round(self.now.overall - self.before.overall, 1)

    @property
    def mended(self) -> tuple[str, ...]:
        return tuple(c for c in self.before.codes if c not in self.now.codes)

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(c for c in self.now.codes if c in self.before.codes)

    @property
    def new(self) -> tuple[str, ...]:
        return tuple(c for c in self.now.codes if c not in self.before.codes)


def pair_years(rows: Iterable[Row], earlier: Mapping[tuple[str, int], Row]) -> list[YearPair]:
    """The reports of which the year before is there too, in the order of `rows`. `earlier`: by agency and year."""
    pairs = []
    for row in rows:
        if row.agency and row.year is not None:
            before = earlier.get((row.agency, row.year - 1))
            if before is not None:
                pairs.append(YearPair(before, row))
    return pairs


def by_agency_and_year(rows: Iterable[Row]) -> dict[tuple[str, int], Row]:
    """The first row of each agency and year."""
    found: dict[tuple[str, int], Row] = {}
    for row in rows:
        if row.agency and row.year is not None:
            found.setdefault((row.agency, row.year), row)
    return found
