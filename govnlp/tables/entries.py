"""Rows with numbers, each with the words before it: what the rows of a national table are found among."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from govnlp.tables.labels import RENAMED, canonical, key_of, similarity
from govnlp.tables.numbers import cell_kind
from govnlp.tables.rows import Piece, Row

LEAST_SIMILAR: Final = 0.45
"""Keys less alike than this are not taken for the same label, whatever the order of the rows says."""
LONGEST_BREAK: Final = 6
"""A label is broken over at most this many pieces."""
LONGEST_FUZZY_BREAK: Final = 3
"""A label that is also misspelt, over at most this many."""


@dataclass(slots=True)
class Entry:
    """A row that may hold numbers. `labels`: words before the numbers, those of rows without numbers just above included.

    `tail`: the cells after the label. `own`: how many of `labels` stand in the entry's own row. `index`: of the row in the stream.
    """

    index: int
    kind: str
    labels: list[Piece]
    tail: list[Piece]
    own: int = 0
    lead: int = 0
    """Cells of the row before the tail."""
    scores: dict[str, float] = field(default_factory=dict)
    """Official key to how well the label fits."""
    used: int = 1
    """How many of `labels`, from the last one back, the best score is for."""

    @property
    def filled(self) -> list[Piece]:
        """The cells of the tail that are not blank."""
        return [p for p in self.tail if p.text]

    def label_text(self, text: str) -> tuple[int, int, str]:
        """Start, end and wording of the label that the scores are for."""
        pieces = self.labels[-self.used :]
        start, end = pieces[0].start, pieces[-1].end
        return start, end, text[start:end]


def entries_of(
    rows: Sequence[Row],
    official: Mapping[str, object],
    *,
    first: int = 0,
    width: int = 99,
    least_blank: int = 1,
    heads: Collection[str] = (),
) -> list[Entry]:
    """The entries among `rows`; `official` holds the keys of row labels, `width` how many numbers fill a row.

    A row of a known label and blank cells only is an entry if there are `least_blank` of them.
    Numbers on lines of their own continue the entry before them, unless it is full and they fill a row themselves. They get no label where the labels of several
    rows stand before them (a table read column by column); `heads` are the keys of labels over several rows.
    """
    out: list[Entry] = []
    pending: list[Piece] = []
    for index, row in enumerate(rows, first):
        if row.kind == "text":
            pending = []
            continue
        split = _split(row, official, least_blank)
        if split is None:
            pending = (pending + row.labels)[-2 * LONGEST_BREAK :]
            continue
        labels, tail, lead = split
        open_entry = out[-1] if out and not pending else None
        if (
            not labels
            and open_entry
            and row.kind == open_entry.kind == "line"
            and not (len(open_entry.tail) >= width and len(tail) >= width - 1)
        ):
            open_entry.tail.extend(tail)
            continue
        entry = Entry(index, row.kind, pending + labels, tail, own=len(labels), lead=lead)
        entry.scores, entry.used = label_scores([p.text for p in entry.labels], official)
        if row.kind == "line" and not labels:
            passed = {canonical(key_of(p.text)) for p in pending[: -entry.used]}
            if any(key in official and key not in heads for key in passed):
                entry.scores = {}
        out.append(entry)
        pending = []
    return out


def _split(row: Row, official: Collection[str], least_blank: int) -> tuple[list[Piece], list[Piece], int] | None:
    """Labels, the cells after them, and the number of cells before those; None where the row holds no numbers."""
    kinds = [cell_kind(p.text) for p in row.pieces]
    start = next((i for i, k in enumerate(kinds) if k in ("number", "null")), None)
    words = [i for i, k in enumerate(kinds) if k == "words" and not row.pieces[i].carried]
    exact = [i for i in words if canonical(key_of(row.pieces[i].text)) in official]
    if (
        start is not None
        and words
        and start < words[0]
        and not any(kinds[i] == "number" for i in range(words[0] + 1, len(kinds)))
    ):
        return None  # a number and then words: a heading or a sentence
    if start is not None and words and start < words[0]:
        start = next(
            i for i in range(words[0] + 1, len(kinds)) if kinds[i] in ("number", "null")
        )  # a column of serial numbers
    if start is None:
        if not exact or row.kind == "line" or sum(p.width for p in row.pieces[exact[-1] + 1 :]) < least_blank:
            return None
        start = exact[-1] + 1
    before = [i for i in words if i < start]
    last = before[-1] if before else -1
    if before and last not in exact:
        known = [i for i in exact if i < start]
        if known and not label_scores([row.pieces[last].text], official)[0]:
            last = known[-1]  # words in the place of a number
    if last < 0 and row.kind != "line":
        # cells under a label that began above do not belong to this row's numbers
        last = max((i for i, p in enumerate(row.pieces) if p.carried and kinds[i] == "words" and i < start), default=-1)
    return [row.pieces[i] for i in before if i <= last], list(row.pieces[last + 1 :]), last + 1


def label_scores(texts: Sequence[str], official: Collection[str]) -> tuple[dict[str, float], int]:
    """How well the last pieces of a label fit each official key, and how many pieces the best fit takes."""
    joined = ""
    for n in range(1, min(LONGEST_BREAK, len(texts)) + 1):
        joined = texts[-n] + joined
        key = canonical(key_of(joined))
        if key in official:
            return {key: 1.0}, n
    scores: dict[str, float] = {}
    used, best = 1, 0.0
    joined = ""
    for n in range(1, min(LONGEST_FUZZY_BREAK, len(texts)) + 1):
        joined = texts[-n] + joined
        key = key_of(joined)
        for label in official:
            score = _fit(key, label)
            if score >= LEAST_SIMILAR:
                scores[label] = max(score, scores.get(label, 0.0))
                if score > best + 1e-9:
                    used, best = n, score
    return scores, used


def _fit(key: str, label: str) -> float:
    if RENAMED.get(key) == label:
        return 0.9
    if len(label) >= 4 and key.endswith(label):
        return 0.97  # a cell that holds the group's label too
    score = similarity(key, label)
    if len(key) >= 4 and label.startswith(key):
        score = max(score, 0.6 + 0.4 * len(key) / len(label))  # the rest of the label stands elsewhere
    return score


def in_order(scores: Sequence[Mapping[str, float]], official: Sequence[str]) -> list[str | None]:
    """Which official key each entry is: the assignment of the greatest total score that keeps the official order.

    Every key is given at most once. Two rows with the same wording are told apart by what stands around them.
    """
    place = {key: i for i, key in enumerate(official)}
    # best[j]: the best chain that ends at official row j
    best: list[tuple[float, tuple[tuple[int, str], ...]]] = [(0.0, ())] * (len(official) + 1)
    for i, options in enumerate(scores):
        found = []
        for key, score in options.items():
            j = place[key]
            total, chain = max(best[: j + 1], key=lambda b: b[0])
            found.append((j + 1, total + score, (*chain, (i, key))))
        for j, total, chain in found:
            if total > best[j][0] + 1e-9:
                best[j] = (total, chain)
    out: list[str | None] = [None] * len(scores)
    for i, key in max(best, key=lambda b: b[0])[1]:
        out[i] = key
    return out


def clusters(indices: Iterable[int], gap: int) -> list[list[int]]:
    """Runs of indices with no hole of more than `gap` between neighbours."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and i - runs[-1][-1] <= gap:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def cells_of_words(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, each split at its white space: the header cells of a line that lost its tabs."""
    out = []
    for piece in pieces:
        at = piece.start
        for word in piece.text.split():
            offset = piece.text.find(word, at - piece.start)
            out.append(Piece(piece.start + offset, piece.start + offset + len(word), word))
            at = piece.start + offset + len(word)
    return out
