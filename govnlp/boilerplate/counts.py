"""How often things (sentences, n-grams) occur: in how many reports, by how many agencies, in which years.

A table holds the things with the smallest hashes, which is a sample of all things that does not depend on the order in which
they came; so tables made apart add up to exactly the table made at once, and none grows over its capacity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.grams import Hashes

BITS = 64
_FIRST_YEAR, _YEARS = 2008, 32
"""Reports are due since 2008."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Four columns of one length, sorted by `hashes`, each hash once.

    `reports`: number of reports (uint32). `agencies`: one of 64 bits for each agency, so that some fall together (uint64).
    `years`: one bit for each year from 2008 (uint32). At `capacity` things, only those up to `limit` are known of.
    """

    hashes: Hashes
    reports: NDArray[np.uint32]
    agencies: NDArray[np.uint64]
    years: NDArray[np.uint32]
    capacity: int

    @property
    def limit(self) -> int:
        """The largest hash that the table tells of; a larger one that is not there may well have occurred."""
        return int(self.hashes[-1]) if len(self.hashes) >= self.capacity else 2**64 - 1

    def find(self, hashes: Hashes) -> NDArray[np.int64]:
        """Where each hash stands in the columns, -1 where it does not."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at, -1)

    def known(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which hashes the table can tell of at all."""
        return hashes <= np.uint64(self.limit)


def no_counts(capacity: int) -> Counts:
    """A table of nothing."""
    return Counts(
        np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint64), np.zeros(0, np.uint32), capacity
    )


def counts_of(hashes: Hashes, agency: int, year: int | None, capacity: int) -> Counts:
    """The table of one report: its things, each counted once."""
    kept = np.unique(hashes)[:capacity]
    n = len(kept)
    return Counts(
        kept,
        np.ones(n, np.uint32),
        np.full(n, agency_bit(agency), np.uint64),
        np.full(n, year_bit(year), np.uint32),
        capacity,
    )


def add_up(*tables: Counts) -> Counts:
    """One table of several: exact, whatever their order. The capacity is the smallest of theirs."""
    capacity = min(t.capacity for t in tables)
    hashes = np.concatenate([t.hashes for t in tables])
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    if not len(hashes):
        return no_counts(capacity)
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    reports = np.add.reduceat(np.concatenate([t.reports for t in tables])[order], first, dtype=np.uint32)
    agencies = np.bitwise_or.reduceat(np.concatenate([t.agencies for t in tables])[order], first)
    years = np.bitwise_or.reduceat(np.concatenate([t.years for t in tables])[order], first)
    # a table that is full knows nothing beyond its largest hash: beyond it the sum would be a part only
    end = min(capacity, int(np.searchsorted(hashes[first], np.uint64(min(t.limit for t in tables)), side="right")))
    return Counts(hashes[first][:end], reports[:end], agencies[:end], years[:end], capacity)


def agency_bit(agency: int) -> int:
    """The bit of an agency, given by the hash of its name."""
    return 1 << (agency % BITS)


def year_bit(year: int | None) -> int:
    """The bit of a year; 0 where it is not known."""
    if year is None:
        return 0
    return 1 << min(max(year - _FIRST_YEAR, 0), _YEARS - 1)


def number_of(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """About how many agencies set these bits: exact for few, estimated (linear counting) where bits fall together."""
    unset = BITS - np.bitwise_count(bits).astype(np.float64)
    return BITS * np.log(BITS / np.maximum(unset, 0.5))
