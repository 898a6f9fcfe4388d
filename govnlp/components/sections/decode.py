"""Viterbi decoding of units into sections under what the national format allows.

A unit either goes on with the section before it, opens a new one with its heading, or (rarely) changes the section without one.
Scores are log-odds-like; those of headings and content come from `cues`, or from a trained model in their place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from govnlp.schema import PARTS, SECTIONS, TABLE_SECTIONS, TOPICS

Scores = npt.NDArray[np.float64]
INDEX = {s: i for i, s in enumerate(SECTIONS)}
IMPOSSIBLE = -1e6
_PART_RANK = {part: i for i, part in enumerate(("preamble", *PARTS))}


def part_of(section: str) -> str:
    """The part that a section id belongs to: `overview.platform` is of `overview`."""
    return section.partition(".")[0]


def _transitions(silent: bool) -> Scores:
    """Score of going from the row's section to the column's, with a heading or (`silent`) without one."""
    t = np.zeros((len(SECTIONS), len(SECTIONS)))
    for a in SECTIONS:
        for b in SECTIONS:
            t[INDEX[a], INDEX[b]] = _silent(a, b) if silent else _opened(a, b)
    return t


def _opened(a: str, b: str) -> float:
    pa, pb = part_of(a), part_of(b)
    if b == "preamble":
        return IMPOSSIBLE
    if pa == pb:
        if pa == "overview":
            if b == "overview":
                return -8.0 if a != "overview" else 0.0
            forward = a not in TOPICS or b not in TOPICS or TOPICS.index(b) > TOPICS.index(a)
            return 0.5 if forward else -1.2
        if b == "problems":
            return -4.0
        return 0.5 if (a, b) != ("problems.improvements", "problems.issues") else -1.0
    step = _PART_RANK[pb] - _PART_RANK[pa]
    score = 1.0 if step == 1 else 0.0 if step > 1 else -3.0
    if pb == "overview" and pa != "preamble":
        score -= 4.0  # a topic's name in a later part is no topic
    if pb == "overview" and pa == "preamble" and b != "overview":
        score -= 1.0
    if b in ("problems.issues", "problems.improvements"):
        score -= 2.0
    return score


def _silent(a: str, b: str) -> float:
    if a == b:
        return 0.0
    pa, pb = part_of(a), part_of(b)
    if b in TABLE_SECTIONS:
        return -3.0 if _PART_RANK[pb] > _PART_RANK[pa] else -6.0
    if (a, b) == ("problems", "problems.issues"):
        return 0.6
    if (a, b) in (("problems.issues", "problems.improvements"), ("problems", "problems.improvements")):
        return -1.6
    if pa == pb == "overview" and b != "overview":
        if a == "overview":
            return -2.6
        forward = a in TOPICS and b in TOPICS and TOPICS.index(b) > TOPICS.index(a)
        return -4.2 if forward else -5.5
    if (a, b) == ("preamble", "overview"):
        return -3.5
    if (a, b) == ("preamble", "overview.proactive"):
        return -4.5
    return -9.0


OPENED = _transitions(silent=False)
SILENT = _transitions(silent=True)


def viterbi(opens: Scores, stays: Scores, reluctance: Scores | None = None) -> list[tuple[str, bool]]:
    """The best section of each unit, and whether the unit opens it with its heading.

    `reluctance` (n_units,) scales what a silent change costs at each unit: 1 at the start of a line, more inside one.

    `opens` (n_units, 15): score of the unit being the heading that opens the section (IMPOSSIBLE where it cannot be one).
    `stays` (n_units, 15): score of the unit being text of the section.
    """
    n, k = stays.shape
    if n == 0:
        return []
    start = np.full(k, -2.5)
    start[INDEX["preamble"]] = 0.0
    best = np.maximum(start + stays[0], start - 0.5 + opens[0])
    opened_at = np.zeros((n, k), dtype=bool)
    opened_at[0] = start - 0.5 + opens[0] > start + stays[0]
    back = np.zeros((n, k), dtype=np.int64)
    own = np.stack([opens, stays], axis=1)
    costs = [1.0] * n if reluctance is None else reluctance.tolist()
    changes = {cost: np.stack([OPENED, SILENT * cost]) for cost in set(costs)}
    for i in range(1, n):
        ways = best[:, None] + changes[costs[i]]  # (through a heading or quietly, from, to)
        origin = ways.argmax(axis=1)
        with_h, without = ways.max(axis=1) + own[i]
        opened_at[i] = with_h > without
        back[i] = np.where(opened_at[i], origin[0], origin[1])
        best = np.maximum(with_h, without)
    state = int(best.argmax())
    path: list[tuple[str, bool]] = []
    for i in range(n - 1, -1, -1):
        path.append((SECTIONS[state], bool(opened_at[i, state])))
        state = int(back[i, state])
    return path[::-1]


def as_matrix(rows: Sequence[dict[str, float]], default: float) -> Scores:
    """Rows of {section: score} as a dense matrix."""
    out = np.full((len(rows), len(SECTIONS)), default)
    for i, row in enumerate(rows):
        for section, score in row.items():
            out[i, INDEX[section]] = score
    return out
