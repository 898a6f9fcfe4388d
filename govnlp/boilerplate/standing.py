"""Where a report's scores stand among those of the reference corpus: percentiles by kind of agency and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SCORES = ("completeness", "boilerplate")
POINTS = 101
FEWEST = 20
"""A percentile among fewer reports than these says nothing."""
Histogram = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """`groups`: (kind of agency, year) to how many reports have which score: shape (2, 101), rows in the order of `SCORES`."""

    groups: Mapping[tuple[str, int], Histogram] = field(default_factory=dict)

    def percentiles(self, scores: Mapping[str, float | None], kind: str, year: int | None) -> dict[str, int]:
        """The share (0 to 100) of the reference reports that score lower, ties counted half.

        Compared with the same kind and year where there are at least `FEWEST` of them, else with the same kind, else with all;
        a score that is None or has too few reports to compare with is left out.
        """
        out = {}
        for row, name in enumerate(SCORES):
            value = scores.get(name)
            if value is None:
                continue
            for fits in (lambda k, y: (k, y) == (kind, year), lambda k, y: k == kind, lambda k, y: True):
                histogram = sum((h[row] for (k, y), h in self.groups.items() if fits(k, y)), np.zeros(POINTS, np.int64))
                total = int(histogram.sum())
                if total >= FEWEST:
                    at = _point(value)
                    out[name] = round(100 * (int(histogram[:at].sum()) + int(histogram[at]) / 2) / total)
                    break
        return out


def standing_of(scores: Mapping[str, float | None], kind: str, year: int | None) -> Standing:
    """The standing that one report makes; a year that is not known is 0."""
    histogram = np.zeros((len(SCORES), POINTS), np.int64)
    for row, name in enumerate(SCORES):
        value = scores.get(name)
        if value is not None:
            histogram[row, _point(value)] = 1
    return Standing({(kind, year or 0): histogram})


def add_standings(*standings: Standing) -> Standing:
    """One standing of several."""
    groups: dict[tuple[str, int], Histogram] = {}
    for standing in standings:
        for key, histogram in standing.groups.items():
            groups[key] = groups[key] + histogram if key in groups else histogram
    return Standing({key: groups[key] for key in sorted(groups)})


def _point(value: float) -> int:
    return min(max(round(value), 0), POINTS - 1)
