"""Character n-grams of masked text as 64-bit numbers, the same on every machine and in every run.

Eight characters are about four Chinese words, the length of phrase that research on English filings counts (tetragrams).
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

GRAM = 8
Hashes = NDArray[np.uint64]
_STEP, _MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)


def gram_hashes(text: str, size: int = GRAM) -> Hashes:
    """The hash of each n-gram in the order of the text, shape (len(text) - size + 1,), empty where the text is shorter."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    for i in range(size):
        hashes = hashes * _STEP + codes[i : i + count]
    return _mixed(hashes)


def text_hash(text: str) -> int:
    """The hash of a whole sentence (or of a name), 64 bits."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(hashes: Hashes) -> Hashes:
    # multiplication alone leaves the low bits weak, and the profile keeps the smallest hashes as its sample
    hashes = (hashes ^ (hashes >> _SHIFT)) * _MIX
    hashes = (hashes ^ (hashes >> _SHIFT)) * _STEP
    return hashes ^ (hashes >> _SHIFT)
