"""Which reports of a batch to compare: the same agency's reports of other years, and reports that look alike.

Alike are reports whose MinHash signatures meet in a band, or that have rare sentences in common (passages in otherwise
different reports). Every list is bounded, so that the work for each report does not grow with the batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.agencies import group_agencies
from govnlp.boilerplate.fingerprint import PERMUTATIONS, Fingerprint, contained

ROWS = 3
"""Permutations in a band: two narratives that share half of their text meet in one of the 85 bands 19 times in 20."""
_NEIGHBOURS = 24
"""Reports of one band entry that each is paired with: more are copies of one template, and show as such anyway."""
_LEAST_ALIKE = 0.25
_RARE = 8
_MOST = 12
"""Reports that each is compared with at the most, the likest first."""
Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matches:
    """For each report, by index: `previous` (last year's report of the agency, or -1), `earlier` (its agency's reports of earlier
    years, the latest first), and `alike` (other reports that may share text with it, either way round)."""

    previous: tuple[int, ...]
    earlier: tuple[tuple[int, ...], ...]
    alike: tuple[tuple[int, ...], ...]
    agencies: tuple[int, ...]
    """A number for each report's agency, the same for the same agency; -1 where it is not known."""

    def same_agency(self, i: int, j: int) -> bool:
        return self.agencies[i] == self.agencies[j] >= 0


def match(prints: Sequence[Fingerprint], n_texts: int | None = None) -> Matches:
    """Find whom to compare with whom. Each pair of `alike` stands at both of its reports.

    `n_texts`: how many of the reports, from the first, can be read; the others are known by their fingerprints only, and are
    not compared with each other nor anybody's `previous`.
    """
    n_texts = len(prints) if n_texts is None else n_texts
    agencies = group_agencies([p.agency for p in prints])
    previous, earlier = _years(prints, agencies, n_texts)
    best: list[list[tuple[float, int]]] = [[] for _ in prints]
    for i, j, likeness in _alike(prints):
        if (
            i >= n_texts
            or prints[i].sha256 == prints[j].sha256
            or (agencies[i] == agencies[j] >= 0 and prints[i].year == prints[j].year)
        ):
            continue  # the same report twice, or two states of it
        best[i].append((-likeness, j))
        best[j].append((-likeness, i))
    found = tuple(tuple(j for _, j in sorted(partners)[:_MOST]) for partners in best)
    return Matches(tuple(previous), tuple(earlier), found, tuple(agencies))


def _years(
    prints: Sequence[Fingerprint], agencies: Sequence[int], n_texts: int
) -> tuple[list[int], list[tuple[int, ...]]]:
    by_agency: dict[int, list[int]] = defaultdict(list)
    for i, agency in enumerate(agencies):
        if agency >= 0 and prints[i].year is not None:
            by_agency[agency].append(i)
    previous = [-1] * len(prints)
    earlier: list[tuple[int, ...]] = [()] * len(prints)
    for members in by_agency.values():
        for i in members:
            year = prints[i].year or 0
            before = sorted(
                (j for j in members if (prints[j].year or 0) < year), key=lambda j: (-(prints[j].year or 0), j)
            )
            earlier[i] = tuple(before[:_MOST])
            previous[i] = next((j for j in before if j < n_texts and prints[j].year == year - 1), -1)
    return previous, earlier


def _alike(prints: Sequence[Fingerprint]) -> list[tuple[int, int, float]]:
    """Pairs i < j that look alike, and about which share of the smaller stands in the other."""
    found = {(i, j): likeness for i, j, likeness in _that_share_sentences(prints)}
    rows = np.array([i for i, p in enumerate(prints) if p.signature is not None], np.int64)
    if len(rows) > 1:
        signatures = np.stack([p.signature for p in prints if p.signature is not None])
        sizes = np.array([prints[i].size for i in rows], np.float64)
        met = (_that_meet(signatures[:, at : at + ROWS]) for at in range(0, PERMUTATIONS - ROWS + 1, ROWS))
        pairs = np.unique(np.concatenate([p[_likeness(signatures, sizes, p) >= _LEAST_ALIKE] for p in met]))
        i, j = np.divmod(pairs, len(rows))
        likeness = _likeness(signatures, sizes, pairs)
        found |= {(a, b): s for a, b, s in zip(rows[i].tolist(), rows[j].tolist(), likeness.tolist(), strict=True)}
    return [(i, j, likeness) for (i, j), likeness in sorted(found.items())]


def _that_meet(band: NDArray[np.uint32]) -> Pairs:
    """Pairs of rows that are equal in a band, as i * len(band) + j with i < j."""
    keys = np.zeros(len(band), np.uint64)
    for column in band.T:
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + column
    return _pairs_of_equals(keys, np.arange(len(band)), len(band), _NEIGHBOURS)


def _pairs_of_equals(keys: NDArray[np.uint64], owners: Pairs, n: int, reach: int) -> Pairs:
    """Pairs of owners that have a key in common, as i * n + j with i < j; each with the next `reach` of its kind only."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    out = [np.zeros(0, np.int64)]
    for step in range(1, reach + 1):
        hit = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(hit):
            break
        a, b = owners[hit], owners[hit + step]
        out.append((np.minimum(a, b) * n + np.maximum(a, b))[a != b])
    return np.concatenate(out)


def _likeness(signatures: NDArray[np.uint32], sizes: NDArray[np.float64], pairs: Pairs) -> NDArray[np.float64]:
    out = [np.zeros(0)]
    for at in range(0, len(pairs), 1 << 14):
        i, j = np.divmod(pairs[at : at + (1 << 14)], len(signatures))
        jaccard = (signatures[i] == signatures[j]).mean(axis=1)
        out.append(contained(jaccard, sizes[i], sizes[j]))
    return np.concatenate(out)


def _that_share_sentences(prints: Sequence[Fingerprint]) -> list[tuple[int, int, float]]:
    """Pairs with at least two long sentences in common that few other reports have."""
    keys = np.concatenate([np.zeros(0, np.uint64), *(p.sentences for p in prints)])
    owners = np.repeat(np.arange(len(prints)), [len(p.sentences) for p in prints])
    values, inverse, number = np.unique(keys, return_inverse=True, return_counts=True)
    rare = (number <= _RARE)[inverse] if len(values) else np.zeros(0, bool)
    pairs, common = np.unique(_pairs_of_equals(keys[rare], owners[rare], len(prints), _RARE), return_counts=True)
    i, j = np.divmod(pairs[common >= 2], max(1, len(prints)))
    fewer = [min(len(prints[a].sentences), len(prints[b].sentences)) for a, b in zip(i, j, strict=True)]
    return list(zip(i.tolist(), j.tolist(), (common[common >= 2] / np.array(fewer)).tolist(), strict=True))
