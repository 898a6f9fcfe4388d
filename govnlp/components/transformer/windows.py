"""Long texts in windows that overlap: each piece's vector is taken from the window where it stands furthest from an edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from govnlp.components.transformer.pieces import Ints, Pieces

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) are read; the vectors of [kept_from, kept_to) are used. `text`: which of the batch's texts it is of."""

    text: int
    start: int
    end: int
    kept_from: int
    kept_to: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What an encoder reads: `ids` and `mask` (1 where there is a piece), both (windows, length); and what it is made of."""

    ids: Ints
    mask: Ints
    windows: tuple[Window, ...]
    lead: int
    """How many ids open each window."""

    sizes: tuple[int, ...]
    """Number of pieces of each text."""


def cut_windows(n: int, size: int, context: int, *, text: int = 0) -> list[Window]:
    """Windows of at most `size` over `n` pieces, even in size; inside, each kept piece has at least `context` to both sides."""
    if n <= 0:
        return []
    if n <= size:
        return [Window(text, 0, n, 0, n)]
    count = -(-(n - 2 * context) // (size - 2 * context))
    size = -(-(n - 2 * context) // count) + 2 * context  # no longer than they have to be
    starts = np.linspace(0, n - size, count).round().astype(int).tolist()
    middles = [(a + size + b) // 2 for a, b in pairwise(starts)]
    edges = [0, *middles, n]
    return [Window(text, s, s + size, a, b) for s, (a, b) in zip(starts, pairwise(edges), strict=True)]


def make_batch(texts: Sequence[Ints], pieces: Pieces, *, size: int, context: int) -> Batch:
    """The windows of some texts, given as their pieces' ids, filled up to the longest."""
    lead, tail = len(pieces.before), len(pieces.after)
    windows = [w for i, ids in enumerate(texts) for w in cut_windows(len(ids), size - lead - tail, context, text=i)]
    length = max((w.end - w.start for w in windows), default=0) + lead + tail
    ids = np.full((len(windows), length), pieces.pad, np.int64)
    mask = np.zeros((len(windows), length), np.int64)
    for row, w in enumerate(windows):
        n = w.end - w.start
        ids[row, :lead] = pieces.before
        ids[row, lead : lead + n] = texts[w.text][w.start : w.end]
        ids[row, lead + n : lead + n + tail] = pieces.after
        mask[row, : lead + n + tail] = 1
    return Batch(ids, mask, tuple(windows), lead, tuple(len(t) for t in texts))


def gather(batch: Batch, vectors: Floats) -> list[Floats]:
    """From (windows, length, width), one (pieces, width) for each text."""
    out = [np.zeros((n, vectors.shape[-1]), np.float32) for n in batch.sizes]
    for row, w in enumerate(batch.windows):
        shift = batch.lead - w.start
        out[w.text][w.kept_from : w.kept_to] = vectors[row, w.kept_from + shift : w.kept_to + shift]
    return out


def scatter(batch: Batch, gradients: Sequence[Floats], width: int) -> Floats:
    """The way back of `gather`: the gradient of the (windows, length, width) vectors."""
    out = np.zeros((*batch.ids.shape, width), np.float32)
    for row, w in enumerate(batch.windows):
        shift = batch.lead - w.start
        out[row, w.kept_from + shift : w.kept_to + shift] = gradients[w.text][w.kept_from : w.kept_to]
    return out
