"""A report's fingerprint: the little that is kept of each report of a batch to find who shares text with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.agencies import own_parts
from govnlp.boilerplate.grams import Hashes, gram_hashes, text_hash
from govnlp.boilerplate.mask import masked_sentences
from govnlp.document import Report

PERMUTATIONS, SEED = 256, 711
FEWEST_GRAMS = 80
"""A shorter narrative says too little for a copy of it to be told from chance."""
_LONG = 24
"""A shorter sentence is common by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """Whose report it is, and what of its masked narrative is kept.

    `size`: the number of different n-grams. `signature`: their MinHash, shape (256,), or None where the narrative is too
    short to compare. `sentences`: hashes of its long sentences.
    """

    source: str
    sha256: str
    agency: str | None
    kind: str
    year: int | None
    published: str | None
    size: int
    signature: NDArray[np.uint32] | None
    sentences: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))


def fingerprint(report: Report, pieces: Sequence[str] | None = None) -> Fingerprint:
    """The fingerprint of a report. `pieces`: the texts of its `masked_sentences`, where they are there already."""
    pieces = [p.text for p in masked_sentences(report)] if pieces is None else pieces
    grams = np.unique(gram_hashes("".join(pieces)))
    return Fingerprint(
        report.source.name,
        report.source.sha256,
        report.agency,
        report.agency_kind,
        report.year,
        report.published,
        len(grams),
        minhash(grams) if len(grams) >= FEWEST_GRAMS else None,
        np.unique(np.array([text_hash(p) for p in pieces if len(p) >= _LONG], np.uint64)),
    )


def minhash(hashes: Hashes) -> NDArray[np.uint32]:
    """The MinHash signature of a set of hashes, shape (256,)."""
    from rensa import RMinHash

    rows = RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], PERMUTATIONS, SEED).to_rows()
    return np.array(rows[0], np.uint32)


def contained(
    jaccard: NDArray[np.float64], size: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Which share (0 to 1) of the smaller of two sets of these sizes stands in the larger, from their Jaccard similarity."""
    return np.minimum(1.0, jaccard * (size + other) / (1 + jaccard) / np.minimum(size, other))


def similar(a: Fingerprint, b: Fingerprint) -> tuple[float, float]:
    """About which share (0 to 1) of each of two narratives stands in the other, by their signatures; 0 without them."""
    if a.signature is None or b.signature is None:
        return 0.0, 0.0
    jaccard = float((a.signature == b.signature).mean())
    common = jaccard * (a.size + b.size) / (1 + jaccard)
    return min(1.0, common / a.size), min(1.0, common / b.size)


def agency_hash(agency: str | None) -> int:
    """A number for an agency, the same whether its name tells its superiors or not."""
    return text_hash("".join(own_parts(agency))) if agency else 0
