"""How well scorecards agree with gold annotations: the measures of the project, layer by layer.

A gold folder holds `NAME.gold.json` files; the scorecard of a gold report is the one whose source has the stem NAME. Spans are
compared without white space, through an alignment where the two texts differ (a PDF against the text it was made from).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from govnlp.errors import ReadError
from govnlp.schema import SENTENCE_LABELS, TABLES

ACROSS = ("GD207", "GD208", "GD402", "GD403")
"""Codes that need more than one report; they are measured apart."""
Span = tuple[int, int]
Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of `n` gold items."""

    precision: float
    recall: float
    f1: float
    n: int

    @classmethod
    def of(cls, right: int, predicted: int, gold: int) -> Score:
        p = right / predicted if predicted else 0.0
        r = right / gold if gold else 0.0
        return cls(p, r, 2 * p * r / (p + r) if p + r else 0.0, gold)


@dataclass(slots=True)
class Tally:
    """Right, predicted and gold items of one label."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def score(self) -> Score:
        return Score.of(self.right, self.predicted, self.gold)


class Alignment:
    """Maps spans of one text to positions in another text's characters without white space."""

    def __init__(self, text: str, gold_text: str) -> None:
        kept, self._index = _squeeze(text)
        gold, self.gold_index = _squeeze(gold_text)
        self.length = len(gold)
        self._to: dict[int, int] | None = None
        if kept != gold:
            self._to = {}
            for a, b, size in SequenceMatcher(None, kept, gold, autojunk=False).get_matching_blocks():
                self._to.update((a + k, b + k) for k in range(size))

    def of_prediction(self, start: int, end: int) -> Span | None:
        first, last = self._index[start], self._index[end]
        if self._to is None:
            return first, last
        hits = [self._to[k] for k in range(first, last) if k in self._to]
        return (min(hits), max(hits) + 1) if hits else None

    def of_gold(self, start: int, end: int) -> Span:
        return self.gold_index[start], self.gold_index[end]


def _squeeze(text: str) -> tuple[str, list[int]]:
    kept: list[str] = []
    index = []
    for ch in text:
        index.append(len(kept))
        if not ch.isspace():
            kept.append(ch)
    index.append(len(kept))
    return "".join(kept), index


@dataclass(slots=True)
class Evaluation:
    """What was counted; `report` turns it into figures."""

    reports: int = 0
    missed: list[str] = field(default_factory=list)
    meta: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    sections: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    claims: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    values: Tally = field(default_factory=Tally)
    attributes: Counter[str] = field(default_factory=Counter)
    parts: Tally = field(default_factory=Tally)
    sentences: dict[str, Tally] = field(default_factory=lambda: {label: Tally() for label in SENTENCE_LABELS})
    elements: Tally = field(default_factory=Tally)
    codes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    cells: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    ratings: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {"completeness": [], "boilerplate": []})
    shares: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Card, card: Card | None) -> None:
        """Count one gold report against its scorecard (None: it was not scored, and everything in it is missed)."""
        self.reports += 1
        if card is None:
            self.missed.append(name)
            card = {"text": ""}
        align = Alignment(card["text"], gold["text"])
        self._add_meta(gold, card)
        self._add_sections(align, gold, card)
        self._add_claims(name, align, gold, card)
        self._add_sentences(align, gold, card)
        self._add_sets(name, gold, card)
        self._add_tables(gold, card)
        self._add_ratings(gold, card)

    def _add_meta(self, gold: Card, card: Card) -> None:
        for key, ours in (("agency", "agency"), ("year", "year"), ("kind", "agency_kind")):
            if gold.get(key) is not None:
                self.meta[key].gold += 1
                self.meta[key].right += card.get(ours) == gold[key]

    def _add_sections(self, align: Alignment, gold: Card, card: Card) -> None:
        wanted: list[str | None] = [None] * align.length
        got: list[str | None] = [None] * align.length
        for s in gold["sections"]:
            a, b = align.of_gold(s["start"], s["end"])
            wanted[a:b] = [s["id"]] * (b - a)
        for s in card.get("sections", ()):
            span = align.of_prediction(s["start"], s["end"])
            if span:
                got[slice(*span)] = [s["id"]] * (span[1] - span[0])
        for w, g in zip(wanted, got, strict=True):
            if g is not None:
                self.sections[g].predicted += 1
            if w is not None:
                self.sections[w].gold += 1
                self.sections[w].right += w == g

    def _add_claims(self, name: str, align: Alignment, gold: Card, card: Card) -> None:
        wanted = gold["claims"]
        spans = [align.of_gold(c["start"], c["end"]) for c in wanted]
        all_got = card.get("claims", ())
        placed = [(align.of_prediction(c["start"], c["end"]), c) for c in all_got]
        got = [(span, c) for span, c in placed if span]
        for c in all_got:
            self.claims[c["type"]].predicted += 1
        self.values.predicted += len(all_got)
        self.values.gold += len(wanted)
        pairs = _pair(wanted, spans, got)
        number_of = {c["id"]: i for i, c in enumerate(wanted)}
        for i, want in enumerate(wanted):
            self.claims[want["type"]].gold += 1
            have = got[pairs[i]][1] if i in pairs else None
            if have is None:
                self.errors.append(f"{name}: missed {want['type']} {want['text']}")
                continue
            self.values.right += 1
            if have["type"] == want["type"]:
                self.claims[want["type"]].right += 1
                for key in ("unit", "qualifier", "channel"):
                    self.attributes[key] += (have.get(key) or None) == (want.get(key) or None)
            else:
                self.errors.append(f"{name}: {want['text']} is {want['type']}, got {have['type']}")
            if want.get("part_of") or have.get("part_of"):
                gold_of = {j: k for k, j in pairs.items()}
                whole = next((j for j, (_, c) in enumerate(got) if c.get("id") == have.get("part_of")), None)
                self.parts.gold += 1
                expected = number_of.get(want.get("part_of"))
                self.parts.right += (
                    bool(have.get("part_of"))
                    and expected is not None
                    and whole is not None
                    and gold_of.get(whole) == expected
                )
        used = set(pairs.values())
        for j, (_, c) in enumerate(got):
            if j not in used:
                self.errors.append(f"{name}: not in gold {c['type']} {c.get('text')} = {c.get('value')}")

    def _add_sentences(self, align: Alignment, gold: Card, card: Card) -> None:
        got = [(align.of_prediction(s["start"], s["end"]), s["label"]) for s in card.get("sentences", ())]
        placed = [(span, label) for span, label in got if span]
        for s in gold["sentences"]:
            want = align.of_gold(s["start"], s["end"])
            size, label = max(((_overlap(want, span), label) for span, label in placed), default=(0, ""))
            label = label if size else ""
            self.sentences[s["label"]].gold += 1
            self.sentences[s["label"]].right += label == s["label"]
            if label in self.sentences:
                self.sentences[label].predicted += 1

    def _add_sets(self, name: str, gold: Card, card: Card) -> None:
        wanted = set(gold["elements"])
        got = {e["id"] for e in card.get("elements", ()) if e.get("present")}
        self.elements.right += len(wanted & got)
        self.elements.predicted += len(got)
        self.elements.gold += len(wanted)
        self.errors += [f"{name}: element {e} missed" for e in sorted(wanted - got)]
        self.errors += [f"{name}: element {e} not in gold" for e in sorted(got - wanted)]
        codes = {f["code"] for f in gold["findings"]}
        found = {f["code"] for f in card.get("findings", ())}
        for code in codes | found:
            tally = self.codes[code]
            tally.gold += code in codes
            tally.predicted += code in found
            tally.right += code in codes and code in found
        self.errors += [f"{name}: finding {c} missed" for c in sorted(codes - found)]
        self.errors += [f"{name}: finding {c} not in gold" for c in sorted(found - codes)]

    def _add_tables(self, gold: Card, card: Card) -> None:
        for table, rows in gold["tables"].items():
            ours = (card.get("tables") or {}).get(table) or {}
            for row, cells in rows.items():
                mine = ours.get(row) or ()
                for k, cell in enumerate(cells):
                    want = _number(cell)
                    self.cells[table].gold += 1
                    if k >= len(mine):
                        continue
                    have = _number(mine[k])
                    same = want is None and mine[k] is None if want is None else have is not None and _close(want, have)
                    self.cells[table].right += same

    def _add_ratings(self, gold: Card, card: Card) -> None:
        scores = card.get("scores", {})
        for key, pairs in self.ratings.items():
            got, want = scores.get(key + "_rating"), gold["ratings"].get(key)
            if got is not None and want is not None:
                pairs.append((want, int(got)))
        size = Counter[str]()
        for s in gold["sentences"]:
            size[s["label"]] += s["end"] - s["start"]
        total = size["boilerplate"] + size["specific"]
        if total and scores.get("boilerplate") is not None:
            self.shares.append((size["boilerplate"] / total, scores["boilerplate"]))

    def report(self) -> dict[str, Any]:
        """The figures as plain data, under the names that the project's targets use."""
        chars = _sum(self.sections.values())
        typed = _sum(self.claims.values())
        n = max(1, typed.right)
        single = [t for code, t in self.codes.items() if code not in ACROSS]
        across = [t for code, t in self.codes.items() if code in ACROSS]
        sentences = _sum(self.sentences.values())
        return {
            "reports": self.reports,
            "scored": self.reports - len(self.missed),
            "missed": self.missed,
            "meta": {k: t.right / t.gold for k, t in self.meta.items()},
            "sections": {
                "accuracy": chars.right / max(1, chars.gold),
                "macro_f1": _macro(t for t in self.sections.values() if t.gold),
            },
            "claims": {
                **_as_dict(typed.score()),
                "value_f1": self.values.score().f1,
                **{key: self.attributes[key] / n for key in ("unit", "qualifier", "channel")},
                "part_of": self.parts.right / max(1, self.parts.gold),
                "by_type": {k: _as_dict(t.score()) for k, t in sorted(self.claims.items())},
            },
            "sentences": {
                "accuracy": sentences.right / max(1, sentences.gold),
                "macro_f1": _macro(self.sentences.values()),
                "by_label": {k: _as_dict(t.score()) for k, t in self.sentences.items()},
            },
            "elements": _as_dict(self.elements.score()),
            "findings": {
                **_as_dict(_sum(single).score()),
                "across_reports": _as_dict(_sum(across).score()),
                "by_code": {k: _as_dict(t.score()) for k, t in sorted(self.codes.items())},
            },
            "tables": {k: self.cells[k].right / self.cells[k].gold for k in TABLES if k in self.cells},
            "ratings": {k: {"qwk": quadratic_kappa(v), "mae": _mae(v), "n": len(v)} for k, v in self.ratings.items()},
            "boilerplate_spearman": spearman(self.shares),
        }


def _pair(wanted: Sequence[Card], spans: Sequence[Span], got: Sequence[tuple[Span, Card]]) -> dict[int, int]:
    """Gold claim to predicted claim: equal value and the largest overlap, first among those of the same type, then of any."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for same_type in (True, False):
        for i, want in enumerate(wanted):
            if i in pairs:
                continue
            best, best_j = 0, -1
            for j, (span, have) in enumerate(got):
                if j in used or not _close(want["value"], have.get("value")):
                    continue
                if same_type and have["type"] != want["type"]:
                    continue
                size = _overlap(spans[i], span)
                if size > best:
                    best, best_j = size, j
            if best:
                pairs[i] = best_j
                used.add(best_j)
    return pairs


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _close(a: Any, b: Any) -> bool:
    return a is not None and b is not None and abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for t in tallies:
        total.right += t.right
        total.predicted += t.predicted
        total.gold += t.gold
    return total


def _macro(tallies: Iterable[Tally]) -> float:
    f1s = [t.score().f1 for t in tallies]
    return sum(f1s) / len(f1s) if f1s else 0.0


def _as_dict(score: Score) -> dict[str, float]:
    return {"p": score.precision, "r": score.recall, "f1": score.f1, "n": score.n}


def _mae(pairs: Sequence[tuple[int, int]]) -> float | None:
    return sum(abs(a - b) for a, b in pairs) / len(pairs) if pairs else None


def quadratic_kappa(pairs: Sequence[tuple[int, int]], grades: int = 5) -> float | None:
    """Cohen's kappa with quadratic weights of (gold, predicted) ratings 0 to `grades` - 1; None without pairs."""
    if not pairs:
        return None
    n = len(pairs)
    rows, cols = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / n
    expected = sum(rows[a] * cols[b] * (a - b) ** 2 for a in range(grades) for b in range(grades)) / n**2
    return 1 - observed / expected if expected else 1.0


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation, ties at their mean rank; None for fewer than three pairs."""
    if len(pairs) < 3:
        return None
    a, b = _ranks([p[0] for p in pairs]), _ranks([p[1] for p in pairs])
    mean = (len(pairs) - 1) / 2
    cov = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    spread = (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5
    return cov / spread if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = defaultdict(list)
    for rank, value in enumerate(sorted(values)):
        places[value].append(rank)
    return [sum(places[v]) / len(places[v]) for v in values]


def read_gold(folder: str | Path) -> dict[str, Card]:
    """The gold reports of a folder by name. Raises `errors.ReadError` where there are none or one is broken."""
    golds = {}
    for path in sorted(Path(folder).glob("*.gold.json")):
        try:
            golds[path.name.removesuffix(".gold.json")] = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise ReadError(f"no gold report: {error}", source=str(path), advice="mend or remove it") from error
    if not golds:
        raise ReadError("no *.gold.json here", source=str(folder), advice="give the folder of the gold reports")
    return golds


def evaluate(golds: Mapping[str, Card], cards: Iterable[Card]) -> Evaluation:
    """Compare scorecards (as plain data) with gold reports."""
    by_name = {Path(card["source"]).stem: card for card in cards}
    evaluation = Evaluation()
    for name, gold in sorted(golds.items()):
        evaluation.add(name, gold, by_name.get(name))
    return evaluation
