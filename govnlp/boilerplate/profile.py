"""The corpus profile: what is common in the reports of a corpus, how they score, and the fingerprints of its reports.

Profiles of parts of a corpus, built apart, add up to exactly the profile of the whole (`merge`). Nothing in a profile grows
without bound: counts and fingerprints are samples of fixed capacity, the same whatever the order. Texts are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.counts import Counts, add_up, agency_bit, counts_of, no_counts, number_of
from govnlp.boilerplate.fingerprint import Fingerprint, agency_hash, fingerprint
from govnlp.boilerplate.grams import Hashes, gram_hashes, text_hash
from govnlp.boilerplate.mask import mask, masked_sentences
from govnlp.boilerplate.standing import Standing, add_standings, standing_of
from govnlp.document import Report

GRAMS, SENTENCES, FINGERPRINTS = 1 << 20, 1 << 18, 10_000
"""Capacities unless others are given; a full profile is about 30 MB on disk."""
_AT_ONCE = 256
_SHORTEST_SENTENCE = 6


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """`n_reports`: how many reports made it. `fingerprints`: sorted by `sha256`, at most `n_fingerprints` of them."""

    n_reports: int
    grams: Counts
    sentences: Counts
    standing: Standing = field(default_factory=Standing)
    fingerprints: tuple[Fingerprint, ...] = ()
    n_fingerprints: int = FINGERPRINTS

    def common(
        self, hashes: Hashes, *, agencies: float = 0, share: float = 0, at_most: float = 1, but: str | None = None
    ) -> NDArray[np.bool_]:
        """Which n-grams are common: used by at least `agencies` agencies (not counting the agency `but`), and in a share of
        all reports from `share` to `at_most`."""
        at = self.grams.find(hashes)
        found = at >= 0
        if not found.any():
            return found
        bits = self.grams.agencies[at] & ~np.uint64(agency_bit(agency_hash(but)) if but else 0)
        part = self.grams.reports[at] / max(1, self.n_reports)
        return found & (number_of(bits) >= agencies - 0.5) & (part >= share) & (part <= at_most)

    def sentence_reports(self, sentence: str, agency: str | None = None) -> int | None:
        """In how many reports a sentence stands, names, years and numbers aside; None where the profile cannot tell."""
        hashes = np.array([text_hash(mask(sentence, agency).text)], np.uint64)
        at = int(self.sentences.find(hashes)[0])
        if at >= 0:
            return int(self.sentences.reports[at])
        return 0 if self.sentences.known(hashes)[0] else None


def part_of(
    report: Report,
    scores: Mapping[str, float | None] | None = None,
    *,
    keep_fingerprint: bool = False,
    pieces: Sequence[str] | None = None,
) -> Profile:
    """The profile of one report. `scores`: its scores by name, where they shall count for percentiles. `pieces`: the texts of
    its `masked_sentences`, where they are there already."""
    agency = agency_hash(report.agency)
    pieces = [p.text for p in masked_sentences(report)] if pieces is None else pieces
    whole = np.array([text_hash(p) for p in pieces if len(p) >= _SHORTEST_SENTENCE], np.uint64)
    # the file's name says enough; where it lay on its maker's machine is nobody's business
    name, nothing = Path(report.source.name).name, np.zeros(0, np.uint64)
    kept = replace(fingerprint(report, pieces), source=name, sentences=nothing) if keep_fingerprint else None
    return Profile(
        1,
        counts_of(gram_hashes("".join(pieces)), agency, report.year, GRAMS),
        counts_of(whole, agency, report.year, SENTENCES),
        standing_of(scores, report.agency_kind, report.year) if scores else Standing(),
        (kept,) if kept is not None and kept.signature is not None else (),
    )


class ProfileBuilder:
    """Adds reports to a profile, in any order. `keep_fingerprints`: also what finding copies of these reports later needs.

    `grams`, `sentences`, `n_fingerprints`: capacities, at most those that a profile has by default.
    """

    def __init__(
        self,
        *,
        grams: int = GRAMS,
        sentences: int = SENTENCES,
        keep_fingerprints: bool = True,
        n_fingerprints: int = FINGERPRINTS,
    ) -> None:
        self._profile = Profile(0, no_counts(grams), no_counts(sentences), n_fingerprints=n_fingerprints)
        self._keep = keep_fingerprints
        self._pending: list[Profile] = []

    def add(self, report: Report, scores: Mapping[str, float | None] | None = None) -> None:
        """Add one report, and its scores by name where they shall count for percentiles."""
        self.add_part(part_of(report, scores, keep_fingerprint=self._keep))

    def add_part(self, part: Profile) -> None:
        """Add a profile made elsewhere."""
        self._pending.append(part)
        if len(self._pending) >= _AT_ONCE:
            self._settle()

    def build(self) -> Profile:
        """The profile of what was added so far."""
        self._settle()
        return self._profile

    def _settle(self) -> None:
        if self._pending:
            self._profile = merge(self._profile, *self._pending)
            self._pending = []


def merge(*profiles: Profile) -> Profile:
    """The profile of all their reports together. A report that stands in two of them is counted twice (see `counted_twice`)."""
    n_fingerprints = min(p.n_fingerprints for p in profiles)
    prints = sorted(
        {(f.sha256, f.source): f for p in profiles for f in p.fingerprints}.values(), key=lambda f: (f.sha256, f.source)
    )
    return Profile(
        sum(p.n_reports for p in profiles),
        add_up(*(p.grams for p in profiles)),
        add_up(*(p.sentences for p in profiles)),
        add_standings(*(p.standing for p in profiles)),
        tuple(prints[:n_fingerprints]),
        n_fingerprints,
    )


def counted_twice(*profiles: Profile) -> int:
    """How many reports too many `merge` counts, as far as fingerprints tell: nothing can be taken out of counts again."""
    shas = [sha for p in profiles for sha in {f.sha256 for f in p.fingerprints}]
    return len(shas) - len(set(shas))


def without_fingerprints(profile: Profile) -> Profile:
    """The same profile without anything that names a report."""
    return replace(profile, fingerprints=())


def load_profile(path: str | Path | None = None) -> Profile:
    """Read a profile; None is the one that comes with the package. Raises `errors.ConfigError`."""
    from govnlp.boilerplate.storage import read_profile

    return _shipped() if path is None else read_profile(Path(path))


@lru_cache(maxsize=1)
def _shipped() -> Profile:
    from govnlp.boilerplate.storage import read_stream

    file = resources.files(__package__).joinpath("data", "national.npz")
    if not file.is_file():
        return ProfileBuilder().build()
    stream: IO[bytes]
    with file.open("rb") as stream:
        return read_stream(stream, "national.npz")
