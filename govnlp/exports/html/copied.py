"""Passages that a report shares with others, with the other report's text beside them.

A page is written as soon as its scorecard comes; who it shares text with may come later. So texts wait in a temporary file,
and the side-by-side part is put into the page at the end.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govnlp.document import Scorecard
from govnlp.exports.copies import CopyEdge, CopyGraph
from govnlp.exports.plain import one_line, visible
from govnlp.exports.words import Words

MOST_SOURCES, MOST_PASSAGES, LONGEST = 5, 40, 1200
"""Per report: other reports shown, passages of each, characters of a passage. Keeps a page, and the batch, small."""
Span = tuple[int, int]
_RECENT = 256
"""Texts kept at hand: reports that share text come in groups."""


@dataclass(frozen=True, slots=True)
class CopiedFrom:
    """One other report that shares passages, each as (text here, text there; "" where that is not kept).

    `page`: its page's file name without suffix, None where it is not in the batch.
    """

    name: str
    page: str | None
    kind: str
    share: float
    passages: tuple[tuple[str, str], ...]

    @property
    def percent(self) -> str:
        return f"{100 * self.share:.0f}%"


def edges_of(card: Scorecard, graph: CopyGraph | None) -> tuple[CopyEdge, ...]:
    """What the report shares with others, the largest share ahead: from the scorecard, else from the copy graph."""
    name = card.report.source.name
    if not card.copies:
        return graph.by_source.get(name, ()) if graph else ()
    edges = [CopyEdge(name, c.other_source or c.other, c.kind, c.share, c.passages) for c in card.copies]
    return tuple(sorted(edges, key=lambda e: (-e.share, e.other)))


def shown_passages(edges: Sequence[CopyEdge]) -> list[Span]:
    """The stretches of the report's own text that its page sets beside others."""
    return [(a, b) for edge in edges[:MOST_SOURCES] for a, b, _, _ in edge.passages[:MOST_PASSAGES]]


class Others:
    """What pages need of other reports. Call `add` for each report of the batch, then `sides`. Holds little per report."""

    def __init__(self, graph: CopyGraph | None, words: Words) -> None:
        self.graph, self.words = graph, words
        self.edges: list[CopyEdge] = []
        """All edges of the batch, without their passages."""
        self.pages: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._at: dict[str, tuple[int, int, int]] = {}
        """Where a report's text and what it shares stand in the file: offset, length of the one, of the other."""
        self._sharing: list[str] = []
        self._recent: dict[str, str] = {}
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as this object)

    def __enter__(self) -> Others:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, card: Scorecard, edges: Sequence[CopyEdge], page: str) -> None:
        """Take note of a report and of what it shares; a second report of the same name is left out."""
        name = card.report.source.name
        if name in self.pages:
            return
        self.pages[name] = page
        self._names[name] = report_name(card, self.words)
        kept = [
            (e.other, e.kind, e.share, [p for p in e.passages if _inside(p, card.report.text)][:MOST_PASSAGES])
            for e in edges[:MOST_SOURCES]
        ]
        # "surrogatepass": a lone half of a pair, however it came there, is no reason to stop
        text, line = card.report.text.encode("utf-8", "surrogatepass"), json.dumps(kept).encode("ascii")
        self._at[name] = (self._file.tell(), len(text), len(line))
        self._file.write(text + line)
        if edges:
            self._sharing.append(name)
            self.edges += [replace(e, passages=()) for e in edges]

    def name_of(self, node: str) -> str:
        """How to show a report or a node of the reference corpus."""
        return self._names.get(node) or one_line(self.graph.name_of(node) if self.graph else node, 80)

    def sides(self) -> Iterator[tuple[str, list[CopiedFrom]]]:
        """For each report that shares text: its page, and those that it shares with, the largest share ahead."""
        for name in self._sharing:
            text = self._text(name)
            offset, skipped, length = self._at[name]
            self._file.seek(offset + skipped)
            edges = json.loads(self._file.read(length))
            found = []
            for other, kind, share, passages in edges:
                there = self._text(other) if other in self._at else ""
                pairs = tuple((_cut(text, a, b), _cut(there, c, d)) for a, b, c, d in sorted(passages))
                kind_name = self.words.term("copy_kind", kind)
                found.append(CopiedFrom(self.name_of(other), self.pages.get(other), kind_name, share, pairs))
            yield self.pages[name], found

    def _text(self, name: str) -> str:
        if name not in self._recent:
            offset, length, _ = self._at[name]
            self._file.seek(offset)
            while len(self._recent) >= _RECENT:
                self._recent.pop(next(iter(self._recent)))
            self._recent[name] = self._file.read(length).decode("utf-8", "surrogatepass")
        return self._recent[name]


def report_name(card: Scorecard, words: Words) -> str:
    """Agency and year, in one line."""
    report = card.report
    agency = one_line(report.agency or words("terms.unknown_agency"), 60)
    return f"{agency} {report.year}" if report.year is not None else agency


def _inside(passage: Sequence[int], text: str) -> bool:
    return 0 <= passage[0] < passage[1] <= len(text)


def _cut(text: str, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text):
        return ""
    return visible(text[start : min(end, start + LONGEST)]) + ("…" if end - start > LONGEST else "")
