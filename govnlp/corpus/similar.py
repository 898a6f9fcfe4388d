"""Labelled reports that say nearly the same: their narratives share most of their runs of characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from govnlp.corpus.labelled import LabelledReport
from govnlp.schema import NARRATIVE_SECTIONS

RUN: Final = 10
"""Characters of a run; digits count as one sign, so that changed numbers hide no copy."""
NEAR: Final = 0.5
"""Share of the shorter narrative's runs from which two reports are near-duplicates."""
_NOT_WORD = re.compile(r"[^\w]+|_")
_DIGITS = re.compile(r"[\d零〇一二两三四五六七八九十百千万]+")


@dataclass(frozen=True, slots=True)
class Near:
    """Two reports (ids) and the share of the shorter one's runs that stand in the other."""

    id: str
    other: str
    share: float


def runs_of(labelled: LabelledReport) -> frozenset[str]:
    """The runs of characters of the narrative, its statutory sentences aside."""
    report = labelled.report
    narrative = [(s.start, s.end) for s in report.sections if s.id in NARRATIVE_SECTIONS]
    out: set[str] = set()
    for sentence in report.sentences:
        if sentence.label == "statutory" or not any(a <= sentence.start < b for a, b in narrative):
            continue
        plain = _DIGITS.sub("0", _NOT_WORD.sub("", report.span(sentence.start, sentence.end)))
        out.update(plain[i : i + RUN] for i in range(max(1, len(plain) - RUN + 1)))
    return frozenset(out)


class Neighbours:
    """The reports of a corpus by their runs: add reports, then ask for those near another."""

    def __init__(self, reports: Iterable[LabelledReport] = ()) -> None:
        self._holders: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        for report in reports:
            self.add(report)

    def add(self, labelled: LabelledReport) -> None:
        """Take a report in."""
        runs = runs_of(labelled)
        self._sizes[labelled.id] = len(runs)
        for run in runs:
            self._holders.setdefault(run, []).append(labelled.id)

    def near(self, labelled: LabelledReport, *, least: float = NEAR) -> list[Near]:
        """The reports, other than itself, that share `least` of the shorter narrative's runs with it, the nearest first."""
        runs = runs_of(labelled)
        shared = Counter(holder for run in runs for holder in self._holders.get(run, ()) if holder != labelled.id)
        return sorted(self._over(labelled.id, len(runs), shared, least), key=lambda n: (-n.share, n.other))

    def _over(self, name: str, size: int, shared: Counter[str], least: float) -> Iterator[Near]:
        for other, count in shared.items():
            share = count / max(1, min(size, self._sizes[other]))
            if share >= least:
                yield Near(name, other, round(share, 3))
