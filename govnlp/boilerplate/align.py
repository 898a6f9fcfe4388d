"""What two reports share, exactly: their masked narratives are tiled with the stretches that stand in both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.grams import GRAM, gram_hashes
from govnlp.boilerplate.mask import Masked

SHORTEST = 12
"""A stretch of fewer masked characters is a phrase that anybody writes."""
_BRIDGE = 6
"""Stretches are one passage where not more than this lies between them on either side: a name that was swapped."""
_SEAM = 12
"""More of the text's characters than this between two masked ones are a heading or a table, where a passage ends."""
_REPEATS = 8

Tile = tuple[int, int, int]
"""Start in the first text, start in the second, length."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """`share`, `other_share`: the part (0 to 1) of each narrative's masked characters that stands in the other.

    `passages`: (start, end, other start, other end) in the reports' texts, in the order of the first.
    """

    share: float
    other_share: float
    passages: tuple[tuple[int, int, int, int], ...] = ()

    def turned(self) -> Alignment:
        """The same, seen from the other report."""
        passages = sorted((c, d, a, b) for a, b, c, d in self.passages)
        return Alignment(self.other_share, self.share, tuple(passages))


def align(a: Masked, b: Masked) -> Alignment:
    """Align two masked narratives. Each character of one stands for at most one of the other."""
    tiles = _tiles(a.text, b.text)
    if not tiles:
        return Alignment(0.0, 0.0)
    shared = sum(n for *_, n in tiles)
    passages = [passage for run in _bridged(tiles) for passage in _split(a, b, run)]
    return Alignment(shared / len(a.text), shared / len(b.text), tuple(passages))


def _tiles(a: str, b: str) -> list[Tile]:
    """Longest matches first, none overlapping another in either text; in the order of the first text."""
    matches = _matches(a, b)
    free_a, free_b = np.ones(len(a), bool), np.ones(len(b), bool)
    tiles = []
    for i, j, n in sorted(matches, key=lambda m: (-m[2], m[0], m[1])):
        for start, end in _runs(free_a[i : i + n] & free_b[j : j + n]):
            if end - start >= SHORTEST:
                free_a[i + start : i + end] = False
                free_b[j + start : j + end] = False
                tiles.append((i + start, j + start, end - start))
    return sorted(tiles)


def _matches(a: str, b: str) -> list[Tile]:
    """All stretches of at least `SHORTEST` characters that stand in both and cannot be made longer."""
    left, right = gram_hashes(a), gram_hashes(b)
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    low, high = np.searchsorted(ranked, left), np.searchsorted(ranked, left, side="right")
    # a phrase that one text repeats over and over would make a match of each with each
    number = np.minimum(high - low, _REPEATS)
    i = np.repeat(np.arange(len(left)), number)
    if not len(i):
        return []
    step = np.arange(len(i)) - np.repeat(np.cumsum(number) - number, number)
    j = order[np.repeat(low, number) + step]
    by_diagonal = np.lexsort((i, j - i))
    i, j = i[by_diagonal], j[by_diagonal]
    new = np.concatenate(([True], (np.diff(i) != 1) | (np.diff(j) != 1)))
    first = np.flatnonzero(new)
    size = np.diff(np.append(first, len(i))) + GRAM - 1
    return [(int(i[f]), int(j[f]), int(n)) for f, n in zip(first, size, strict=True) if n >= SHORTEST]


def _runs(free: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False]))))
    return [(int(s), int(e)) for s, e in zip(edges[::2], edges[1::2], strict=True)]


def _bridged(tiles: list[Tile]) -> list[tuple[int, int, int, int]]:
    """Tiles that follow each other closely in both texts, as one: (start, end, other start, other end)."""
    out: list[tuple[int, int, int, int]] = []
    for i, j, n in tiles:
        if out and 0 <= i - out[-1][1] <= _BRIDGE and 0 <= j - out[-1][3] <= _BRIDGE:
            out[-1] = (out[-1][0], i + n, out[-1][2], j + n)
        else:
            out.append((i, i + n, j, j + n))
    return out


def _split(a: Masked, b: Masked, run: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The run in offsets of the reports' texts, cut where either text has a heading or a table in between."""
    i, i_end, j, j_end = run
    cuts_a, cuts_b = _seams(a, i, i_end), _seams(b, j, j_end)
    out = []
    if i_end - i == j_end - j:  # the usual case: character by character
        cuts = sorted({c - i for c in cuts_a} | {c - j for c in cuts_b})
        for start, end in zip([0, *cuts], [*cuts, i_end - i], strict=True):
            out.append((a.starts[i + start], a.ends[i + end - 1], b.starts[j + start], b.ends[j + end - 1]))
        return out
    if len(cuts_a) == len(cuts_b):
        pieces = zip([i, *cuts_a], [*cuts_a, i_end], [j, *cuts_b], [*cuts_b, j_end], strict=True)
        return [(a.starts[p], a.ends[q - 1], b.starts[r], b.ends[s - 1]) for p, q, r, s in pieces]
    return [(a.starts[i], a.ends[i_end - 1], b.starts[j], b.ends[j_end - 1])]


def _seams(text: Masked, start: int, end: int) -> list[int]:
    return [k for k in range(start + 1, end) if text.starts[k] - text.ends[k - 1] > _SEAM]
