"""The trained stage for claims: the quantities that rules find, each of one type or no claim. Values, units, explicit nones and rates stay
with the rules, and so do the lists of shares, read again with the types that the network gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log10

import numpy as np
from spacy.tokens import Doc

from govnlp.components.claims.candidate import Candidate
from govnlp.components.claims.claim_type import Place, Typer, typer
from govnlp.components.claims.extract import Draft, find_candidates, neighbours, read_drafts, to_claims
from govnlp.components.claims.parts import Shares, find_shares
from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot, section_features
from govnlp.components.tokens import set_spans, source_of
from govnlp.document import Report
from govnlp.schema import CLAIM_TYPES

NO_CLAIM = "none"
MEASURE_WORDS = (
    *"条件篇份次场期个处块台名人项起封户家册张批轮部套幅则只版面宗本元",
    *("人次", "万元", "亿元", "场次", "件次", ""),
)
"""The measure words that the network tells apart; not the vocabulary's, for a trained model must outlive an edit of that."""
CERTAIN = 0.99
"""The score of claims that rules alone decide: rates and explicit nones."""
FORCED = 100.0
"""More than any cue: the type that the network gives."""
SURE = 2.5
"""How much the rules' choice counts before the network has a say."""
STOPS = "。！？\n"


@dataclass(frozen=True, slots=True)
class Found:
    """All quantities of a document with the section and stretch of each, which of them the network types (`asked`), and the lists of shares."""

    candidates: list[Candidate]
    where: list[tuple[str | None, int]]
    asked: list[int]
    shares: list[Shares]


class ClaimTask:
    """See `learned.task.Task`."""

    labels: Sequence[str] = (*CLAIM_TYPES, NO_CLAIM)
    kind: Kind = "one"

    def propose(self, doc: Doc) -> Proposals:
        text, year = source_of(doc).text, doc.user_data.get("year")
        candidates, where = find_candidates(text, doc.user_data["sections"], year)
        asked = [i for i, c in enumerate(candidates) if c.type is None and c.pattern in ("count", "none")]
        shares = find_shares(text, candidates)
        if not asked:
            return replace(empty(7, _n_features()), items=Found(candidates, where, [], shares))
        scorer = _Kept()
        drafts = read_drafts(text, candidates, where, scorer, shares)
        by_candidate = {id(d.c): d for d in drafts}
        totals = {i: s.total for s in shares for i in s.items}
        windows, features, prior = [], [], []
        for i in asked:
            c = candidates[i]
            place = Place(text, c.start, c.end, c.unit, *neighbours(candidates, i), where[i][0])
            windows.append(windows_of(text, c.start, c.end))
            before = next((by_candidate.get(id(o)) for o in reversed(candidates[max(0, i - 2) : i])), None)
            total = by_candidate.get(id(candidates[totals[i]])) if i in totals else None
            draft, scores = by_candidate.get(id(c)), scorer.own[c.start, c.end]
            features.append(_features(c, draft, scores, place, before, total, text))
            prior.append(_prior(draft, scores))
        return Proposals(
            np.array(windows, np.int64),
            np.array(features, np.float32),
            Found(candidates, where, asked, shares),
            np.array(prior, np.float32),
        )

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        found: Found = proposals.items
        targets = np.zeros((proposals.n, len(self.labels)), np.float32)
        for row, i in enumerate(found.asked):
            c = found.candidates[i]
            hits = [g for g in gold.claims if g.start < c.end and c.start < g.end]
            exact = [g for g in hits if abs(float(g.value) - float(c.value)) < 1e-6] or hits
            targets[row, self.labels.index(exact[0].type if exact else NO_CLAIM)] = 1.0
        return Answers(targets, np.ones(proposals.n, np.float32))

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        found: Found = proposals.items
        text = source_of(doc).text
        types: dict[int, tuple[str, float]] = {}
        gone = set()
        for i, row in zip(found.asked, logs, strict=True):
            label = self.labels[int(row.argmax())]
            if label == NO_CLAIM:
                gone.add(i)
            else:
                types[found.candidates[i].start] = (label, float(np.exp(row.max())))
        kept = [i for i in range(len(found.candidates)) if i not in gone]
        candidates, where = [found.candidates[i] for i in kept], [found.where[i] for i in kept]
        drafts = read_drafts(text, candidates, where, _Given(types), None if gone else found.shares)
        for draft in drafts:
            draft.score = types.get(draft.c.start, ("", CERTAIN))[1]
        claims = to_claims(text, drafts)
        doc.user_data["claims"] = claims
        set_spans(doc, "claims", [(c.start, c.end, c.type) for c in claims])


class _Kept(Typer):
    """The rules' typer; keeps the scores of each place (`own`, by its span) before its neighbours have a say."""

    def __init__(self) -> None:
        shipped = typer()
        self.threshold, self.fallback, self.units = shipped.threshold, shipped.fallback, shipped.units
        self.own: dict[tuple[int, int], dict[str, float]] = {}

    def scores(self, place: Place) -> dict[str, float]:
        found = typer().scores(place)
        self.own[place.start, place.end] = dict(found)
        return found


class _Given(Typer):
    """Scores that leave no choice: the type given for the place's start."""

    def __init__(self, types: Mapping[int, tuple[str, float]]) -> None:
        shipped = typer()
        self.types = types
        self.threshold, self.fallback, self.units = shipped.threshold, shipped.fallback, shipped.units

    def scores(self, place: Place) -> dict[str, float]:
        out = dict.fromkeys(CLAIM_TYPES, 0.0)
        out[self.types[place.start][0]] = FORCED
        return out


def windows_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Seven windows around [start, end): itself, what stands close and further before and after it, its sentence's two sides."""
    first = max(text.rfind(ch, 0, start) for ch in STOPS) + 1
    last = min((at for ch in STOPS if (at := text.find(ch, end)) >= 0), default=len(text))
    first, last = max(first, start - 120), min(last, end + 80)
    return [
        (start, end),
        (max(first, start - 6), start),
        (max(first, start - 18), start),
        (first, start),
        (end, min(last, end + 6)),
        (end, min(last, end + 18)),
        (max(0, first - 40), first),
    ]


def _features(
    c: Candidate,
    draft: Draft | None,
    scores: Mapping[str, float],
    place: Place,
    before: Draft | None,
    total: Draft | None,
    text: str,
) -> list[float]:
    gap = text[before.c.end : c.start] if before else ""
    near = before is not None and len(gap) <= 30 and not any(ch in gap for ch in STOPS)
    return [
        *one_hot(draft.type if draft else NO_CLAIM, (*CLAIM_TYPES, NO_CLAIM)),
        *(min(max(scores.get(t, 0.0) / 4, -1.5), 3.0) for t in CLAIM_TYPES),
        *one_hot(before.type if before and near else None, CLAIM_TYPES),
        *one_hot(total.type if total else None, CLAIM_TYPES),
        *one_hot(c.unit, MEASURE_WORDS),
        *section_features(place.section),
        min(draft.score, 12.0) / 4 if draft else 0.0,
        float(near),
        float(bool(before and before.c.unit == c.unit)),
        float(len(gap) <= 3 and near),
        float(total is not None),
        float(c.weak),
        float(c.pattern == "none"),
        float(c.unit == ""),
        log10(1 + abs(float(c.value))) / 2,
        float(c.value == 0),
        float(c.qualifier != "exact"),
        float(place.floor >= 0 and place.start - place.floor < 12),
        float(0 <= place.ceiling - place.end < 12),
    ]


def _prior(draft: Draft | None, scores: Mapping[str, float]) -> list[float]:
    """The rules' answer as logits: what they chose, then what else they had reasons for."""
    chosen = draft.type if draft else NO_CLAIM
    return [
        SURE * (label == chosen) + min(max(scores.get(label, 0.0) / 4, -0.5), 2.0) for label in (*CLAIM_TYPES, NO_CLAIM)
    ]


@cache
def _n_features() -> int:
    c = Candidate(0, 0, 0, "")
    return len(_features(c, None, {}, Place("", 0, 0, "", -1, -1, None), None, None, ""))


TASK = ClaimTask()
