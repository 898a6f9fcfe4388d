"""Where the characters of a report's text stand in its Word document, and runs cut so that a passage is whole runs.

The reader leaves out and adds (blanks, list numbers) but never changes the order: its text elements, in the order that it read them,
and the text are walked side by side.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from govnlp.readers.joining import is_seen
from govnlp.readers.office.body import BodyReader
from govnlp.readers.office.styles import Lists, Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LABEL = 60
"""Characters that the reader may have put before a paragraph's own: the number of a list."""
Place = tuple[Any, int]
"""A text element and an offset in its text."""


@dataclass(slots=True)
class Passages:
    """The places of a document's characters by their offset in the report's text; None for blanks and for what is not there."""

    places: list[Place | None]
    share: float
    """The part of the document's characters that stand in the text."""

    def between(self, start: int, end: int) -> tuple[int, int] | None:
        """The offsets of the first and the last character of a passage that have a place; None where none has."""
        inside = [i for i in range(max(start, 0), min(end, len(self.places))) if self.places[i] is not None]
        return (inside[0], inside[-1]) if inside else None


def locate(body: Any, text: str) -> Passages:
    """Find every character of `text` in the body (an lxml element) of the document that it was read from."""
    reader = BodyReader(Styles({}, None), Lists())
    for _ in reader.flow(body):
        pass
    where = [i for i, c in enumerate(text) if is_seen(c)]
    seen = "".join(text[i] for i in where)
    places: list[Place | None] = [None] * len(text)
    at = 0
    for _, group in groupby(reader.read, key=_paragraph_of):
        paragraph = list(group)
        found = _match(seen, at, paragraph)
        pieces = [(paragraph, found)]
        if found < 0:  # a character that the reader made of something else (a hyphen): each piece for itself
            pieces = []
            position = at
            for element in paragraph:
                hit = _match(seen, position, [element])
                if hit >= 0:
                    pieces.append(([element], hit))
                    position = hit + sum(map(is_seen, element.text or ""))
        for elements, start in pieces:
            at = start
            for element in elements:
                for offset, char in enumerate(element.text or ""):
                    if is_seen(char):
                        places[where[at]] = (element, offset)
                        at += 1
    total = sum(is_seen(c) for element in reader.read for c in element.text or "")
    return Passages(places, sum(p is not None for p in places) / total if total else 0.0)


def _match(seen: str, at: int, elements: Sequence[Any]) -> int:
    own = "".join(c for e in elements for c in e.text or "" if is_seen(c))
    return seen.find(own, at, at + len(own) + _LABEL) if own else -1


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(f"{W}p"), None)


Pieces = dict[Any, list[tuple[int, Any]]]
"""Text element to what it was cut into: (offset in its text as it was, text element), in order."""


def cut_runs(passages: Passages, spans: Iterable[tuple[int, int]]) -> Pieces:
    """Cut the runs so that each span of offsets, its last character included, begins and ends where a run does."""
    cuts: dict[Any, set[int]] = {}
    for first, last in spans:
        for offset, behind in ((first, 0), (last, 1)):
            place = passages.places[offset]
            if place is not None:
                cuts.setdefault(place[0], set()).add(place[1] + behind)
    pieces: Pieces = {}
    for element, offsets in cuts.items():
        run = element.getparent()
        if run is None or run is not _run_of(element):
            continue  # the text of a text box or of ruby is left whole
        own = [(0, element)]
        for offset in sorted(offsets, reverse=True):
            second = _cut(run, element, offset)
            if second is not None:
                own.insert(1, (offset, second))
        pieces[element] = own
    return pieces


def runs_of(passages: Passages, pieces: Pieces, first: int, last: int) -> tuple[Any, Any] | None:
    """The first and the last run of a span, after `cut_runs`."""
    ends = []
    for offset in (first, last):
        place = passages.places[offset]
        if place is None:
            return None
        element, at = place
        run = _run_of(next((e for start, e in reversed(pieces.get(element, [])) if start <= at), element))
        if run is None:
            return None
        ends.append(run)
    return ends[0], ends[1]


def _run_of(element: Any) -> Any | None:
    """The outermost run around a text element: a comment cannot begin inside a text box."""
    return next(iter(list(element.iterancestors(f"{W}r"))[::-1]), None)


def _cut(run: Any, element: Any, offset: int) -> Any | None:
    """Cut a run before the character `offset` of its text element (behind it where that is the text's length).

    Returns the element that holds the second half of the text, None where the text stays whole.
    """
    text = element.text or ""
    moved = list(element.itersiblings())
    second = None
    if offset == 0:
        if all(e.tag == f"{W}rPr" for e in element.itersiblings(preceding=True)):
            return None
        moved.insert(0, element)
    elif offset < len(text):
        second = run.makeelement(element.tag, dict(element.attrib))
        element.text, second.text = text[:offset], text[offset:]
        for half in (element, second):
            half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        moved.insert(0, second)
    if not moved:
        return None
    rest = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    rest.extend(moved)
    run.addnext(rest)
    return second
