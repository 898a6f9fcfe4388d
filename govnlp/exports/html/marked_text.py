"""The report's text with its marks in place: evidence of findings, claims, boilerplate and copied passages.

Marks may overlap in any way, so the text is cut at every edge of a mark and each piece carries what it lies in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from govnlp.document import Report
from govnlp.exports.plain import visible
from govnlp.exports.words import Words
from govnlp.schema import TABLE_SECTIONS

_WORST = {"error": 0, "warning": 1, "info": 2}
LONG = 60
"""Characters from which a passage is underlaid lightly instead of painted over."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that shows the finding with the number `finding` (from 1); `part` counts the finding's passages from 0."""

    start: int
    end: int
    finding: int
    part: int
    severity: str

    @property
    def long(self) -> bool:
        return self.end - self.start > LONG

    @property
    def anchor(self) -> str:
        return f"e{self.finding}-{self.part}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One section of the text as HTML. `folded`: a table's text, which the page shows as a table elsewhere. `headed`: begins with a heading."""

    name: str
    html: Markup
    folded: bool = False
    headed: bool = False


@dataclass(slots=True)
class _Edges:
    """What begins and ends at an offset."""

    opens: defaultdict[int, list[tuple[str, object]]] = field(default_factory=lambda: defaultdict(list))
    closes: defaultdict[int, list[tuple[str, object]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, start: int, end: int, kind: str, item: object) -> None:
        self.opens[start].append((kind, item))
        self.closes[end].append((kind, item))


def clip(span: Span, length: int) -> Span | None:
    """The span inside the text; None where it is empty or points elsewhere (a scorecard may come from anywhere)."""
    start, end = span
    return (start, min(end, length)) if 0 <= start < min(end, length) else None


def mark_text(report: Report, evidence: Sequence[Evidence], copied: Sequence[Span], words: Words) -> list[Stretch]:
    """The whole text, section by section, each line a paragraph. Passages of `evidence` must lie inside the text."""
    text = report.text
    edges = _Edges()
    for item in evidence:
        edges.add(item.start, item.end, "evidence", item)
    for number, claim in enumerate(report.claims, 1):
        if span := clip((claim.start, claim.end), len(text)):
            edges.add(*span, "claim", number)
    for sentence in report.sentences:
        if sentence.label == "boilerplate" and (span := clip((sentence.start, sentence.end), len(text))):
            edges.add(*span, "boilerplate", span)
    for passage in copied:
        if span := clip(passage, len(text)):
            edges.add(*span, "copied", span)
    cuts = sorted({*edges.opens, *edges.closes})
    pieces = _Pieces(text, edges, cuts)
    return [
        Stretch(
            words.term("section", name),
            Markup("".join(pieces.lines(start, end, heading_end))),
            name in TABLE_SECTIONS,
            heading_end > start,
        )
        for name, start, end, heading_end in _stretches(report)
    ]


def _stretches(report: Report) -> Iterator[tuple[str, int, int, int]]:
    """Sections, and what lies outside of any, in order and without overlaps."""
    position, length = 0, len(report.text)
    for section in sorted(report.sections, key=lambda s: s.start):
        start, end = max(section.start, position), min(section.end, length)
        if start >= end:
            continue
        if start > position and not report.text[position:start].isspace():
            yield "", position, start, position
        yield section.id, start, end, section.heading_end
        position = end
    if position < length and not report.text[position:].isspace():
        yield "", position, length, position


class _Pieces:
    """Walks the text once, from left to right."""

    def __init__(self, text: str, edges: _Edges, cuts: list[int]) -> None:
        self.text, self.edges, self.cuts = text, edges, cuts
        # most reports hold no character that must be shown as another: seen once for the whole text
        self.plain = visible(text) == text
        self.bare = escape(text) == text
        self.next_cut = 0
        self.active: list[tuple[str, object]] = []
        self.named: set[object] = set()

    def lines(self, start: int, end: int, heading_end: int) -> Iterator[str]:
        position = start
        while position < end:
            line_end = self.text.find("\n", position, end)
            if line_end < 0:
                line_end = end
            if line_end > position:
                body = "".join(self.pieces(position, line_end))
                if body.strip():
                    yield f'<p class="h">{body}</p>' if line_end <= heading_end else f"<p>{body}</p>"
            position = line_end + 1

    def pieces(self, start: int, end: int) -> Iterator[str]:
        self._cross(start)
        position = start
        while position < end:
            at_cut = self.next_cut < len(self.cuts) and self.cuts[self.next_cut] < end
            stop = self.cuts[self.next_cut] if at_cut else end
            yield self._piece(position, stop)
            position = stop
            self._cross(stop)

    def _cross(self, position: int) -> None:
        """Take notice of every edge up to `position`."""
        cuts, edges = self.cuts, self.edges
        while self.next_cut < len(cuts) and cuts[self.next_cut] <= position:
            cut = cuts[self.next_cut]
            for mark in edges.closes.get(cut, ()):
                if mark in self.active:
                    self.active.remove(mark)
            self.active += edges.opens.get(cut, ())
            self.next_cut += 1

    def _piece(self, start: int, end: int) -> str:
        body = self.text[start:end]
        if not self.plain:
            body = visible(body)
        if not self.bare:
            body = str(escape(body))
        if not self.active:
            return body
        shown: list[Evidence] = []
        classes: list[str] = []
        anchor = ""
        for kind, item in self.active:
            if kind == "evidence":
                assert isinstance(item, Evidence)
                shown.append(item)
            elif kind == "claim":
                classes.append("cl")
                if ("claim", item) not in self.named:
                    self.named.add(("claim", item))
                    anchor = f' id="c{item}"'
            else:
                classes.append("bp" if kind == "boilerplate" else "cp")
        if shown:
            body = self._evidence(shown, body)
        if classes:
            body = f'<span class="{" ".join(dict.fromkeys(classes))}"{anchor}>{body}</span>'
        return body

    def _evidence(self, shown: list[Evidence], body: str) -> str:
        # a whole paragraph that is copied must not hide the number in it that is wrong
        shown = sorted(shown, key=lambda e: (e.long, _WORST.get(e.severity, 3), e.finding))
        numbers = list(dict.fromkeys(e.finding for e in shown))
        new = [e.anchor for e in shown if e not in self.named]
        self.named.update(shown)
        anchors = "".join(f'<i id="{a}"></i>' for a in new[1:])
        name = f' id="{new[0]}"' if new else ""
        first = shown[0]
        tag = f'<sup aria-hidden="true">{"·".join(map(str, numbers))}</sup>' if new else ""
        severity = first.severity if first.severity in _WORST else "info"
        return f'{anchors}<mark class="{severity}{" long" if first.long else ""}" data-f="{" ".join(map(str, numbers))}"{name}>{tag}<a href="#f{first.finding}">{body}</a></mark>'
