"""The type of a quantity from its surroundings, by cues with weights (types.toml), and how sure that is.

A trained model takes this module's place behind the same interface: `Typer.scores(place)` gives a score for each type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govnlp.components.claims.vocabulary import Lexicon, load

LEAD = 60
TAIL = 26
BREAKS = {
    "、": 0.9,
    "，": 0.55,
    ",": 0.55,
    "：": 0.75,
    ":": 0.75,
    "；": 0.3,
    ";": 0.3,
    "（": 0.8,
    "(": 0.8,
    "）": 0.8,
    ")": 0.8,
}
STOPS = "。！？\n"
_OPEN_BRACKET = re.compile("[（(](?=[^）)]*$)")
"""A bracket that is not closed again."""
PAST_NUMBER = 0.4
"""How much a cue beyond another quantity still counts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its text: its span and unit, where the quantities beside it stand, and its section id.

    `floor` is the end of the quantity before it in the sentence (or -1), `ceiling` the start of the next one (or -1).
    """

    text: str
    start: int
    end: int
    unit: str
    floor: int
    ceiling: int
    section: str | None


Votes = tuple[tuple[str, float], ...]


class Typer:
    """Scores the claim types of a place by the vocabulary; `threshold` and `fallback` tell what to do with a low score."""

    def __init__(self, words: Mapping[str, object]) -> None:
        types = dict(words["types"])  # type: ignore[call-overload]
        self.foreign_unit = float(words["foreign_unit"])  # type: ignore[arg-type]
        self.threshold = float(words["threshold"])  # type: ignore[arg-type]
        self.fallback = str(words["fallback"])
        self.units: dict[str, dict[str, float]] = {t: v.get("units", {}) for t, v in types.items()}
        self.sections: dict[str, dict[str, float]] = {t: v.get("sections", {}) for t, v in types.items()}
        votes: dict[str, dict[str, float]] = {}
        for type_, vocabulary in types.items():
            for weight, cues in vocabulary.get("cues", {}).items():
                for cue in cues:
                    found = votes.setdefault(cue, {})
                    found[type_] = max(found.get(type_, 0.0), float(weight))
        self.cues: Lexicon[Votes] = Lexicon((cue, tuple(v.items())) for cue, v in votes.items())
        self.patterns = [
            (re.compile(pattern), type_, float(weight))
            for type_, vocabulary in types.items()
            for weight, patterns in vocabulary.get("patterns", {}).items()
            for pattern in patterns
        ]

    def scores(self, place: Place) -> dict[str, float]:
        """A score for each type that something speaks for; the best cue of a type counts in full, further ones a little."""
        best: dict[str, float] = {}
        extra: dict[str, float] = {}

        def add(type_: str, weight: float) -> None:
            if weight > best.get(type_, 0.0):
                best[type_], weight = weight, best.get(type_, 0.0)
            extra[type_] = extra.get(type_, 0.0) + 0.15 * weight

        text = place.text
        begin = self._begin(place)
        for at, stop, votes in self.cues.find(text, begin, place.start):
            factor = self._factor(text, stop, place.start, 14.0) * (PAST_NUMBER if at < place.floor else 1.0)
            for type_, weight in votes:
                add(type_, weight * factor)
        finish = self._finish(place)
        for at, _, votes in self.cues.find(text, place.end, finish):
            factor = self._factor(text, place.end, at, 8.0)
            for type_, weight in votes:
                add(type_, weight * factor)
        for pattern, type_, weight in self.patterns:
            if found := pattern.search(text, max(begin, place.floor), place.start):
                add(type_, weight * self._factor(text, found.end(), place.start, 14.0))
            if found := pattern.search(text, place.end, finish):
                add(type_, weight * self._factor(text, place.end, found.start(), 14.0))
        out = {}
        for type_, units in self.units.items():
            score = best.get(type_, 0.0) + min(extra.get(type_, 0.0), 1.0)
            score += units.get(place.unit, 0.0 if type_ == self.fallback else self.foreign_unit)
            if place.section is not None:
                score += self.sections[type_].get(place.section, 0.0)
            out[type_] = score
        return out

    def _begin(self, place: Place) -> int:
        low = max(0, place.start - LEAD)
        return max([low, *(place.text.rfind(ch, low, place.start) + 1 for ch in STOPS)])

    def _finish(self, place: Place) -> int:
        limit = min(len(place.text), place.end + TAIL)
        if place.ceiling >= 0:
            limit = min(limit, self._own_tail(place, min(limit, place.ceiling)))
        hits = [i for ch in STOPS + "；;" if (i := place.text.find(ch, place.end, limit)) >= 0]
        return min([limit, *hits])

    @staticmethod
    def _own_tail(place: Place, limit: int) -> int:
        """Before the next quantity: only up to the first comma, or the bracket that the next stands in, for what follows belongs to that."""
        cuts = [i for ch in "，,、：:；" if (i := place.text.find(ch, place.end, limit)) >= 0]
        if opened := _OPEN_BRACKET.search(place.text, place.end, limit):
            cuts.append(opened.start())
        return min([limit, *cuts])

    @staticmethod
    def _factor(text: str, start: int, end: int, reach: float) -> float:
        """How much a cue counts over the text [start, end) between it and the quantity."""
        factor = 1.0 / (1.0 + (end - start) / reach / 2)
        for ch in text[start:end]:
            if ch in BREAKS:
                factor *= BREAKS[ch]
        return factor


@cache
def typer() -> Typer:
    """The shipped vocabulary's typer."""
    return Typer(load("types"))
