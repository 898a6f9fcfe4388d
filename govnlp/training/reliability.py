"""How far confidences can be trusted: the reliability curve of each layer, and the expected calibration error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from govnlp.evaluation import Alignment

BINS = 10
Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence is in [low, high): how many, their mean confidence, and the share of them that are right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """`bins`: those that hold any answer. `error`: expected calibration error, 0 to 1: the mean gap between confidence and accuracy."""

    n: int
    accuracy: float
    confidence: float
    error: float
    bins: tuple[Bin, ...]


def reliability(confidences: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> Reliability:
    """The curve of answers with these confidences (0 to 1); with none, everything is 0."""
    sure, hits = np.asarray(confidences, float), np.asarray(right, float)
    if not len(sure):
        return Reliability(0, 0.0, 0.0, 0.0, ())
    at = np.minimum((sure * bins).astype(int), bins - 1)
    found = []
    for k in range(bins):
        inside = at == k
        if inside.any():
            n = int(inside.sum())
            found.append(Bin(k / bins, (k + 1) / bins, n, float(sure[inside].mean()), float(hits[inside].mean())))
    error = sum(b.n * abs(b.confidence - b.accuracy) for b in found) / len(sure)
    return Reliability(len(sure), float(hits.mean()), float(sure.mean()), float(error), tuple(found))


def calibration(golds: Mapping[str, Card], cards: Iterable[Card]) -> dict[str, Reliability]:
    """Layer to its curve: gold reports by name (`evaluation.read_gold`) against the scorecards with the same stem.

    sentences: the label is right. claims: a gold claim of that type and value overlaps. elements: presence is right. Layers whose
    scores are no probabilities, and answers without a score, are left out.
    """
    answers: dict[str, list[tuple[float, bool]]] = {"sentences": [], "claims": [], "elements": []}
    for card in cards:
        gold = golds.get(Path(card["source"]).stem)
        if gold is None:
            continue
        alignment = Alignment(card["text"], gold["text"])
        answers["sentences"] += _sentences(gold, card, alignment)
        answers["claims"] += _claims(gold, card, alignment)
        present = set(gold["elements"])
        for element in card["elements"]:
            if element.get("score") is not None:
                p = float(element["score"])
                answers["elements"].append(
                    (p if element["present"] else 1 - p, element["present"] == (element["id"] in present))
                )
    return {
        layer: reliability([c for c, _ in pairs], [r for _, r in pairs])
        for layer, pairs in answers.items()
        if pairs and all(0 <= c <= 1 for c, _ in pairs)
    }


def _sentences(gold: Card, card: Card, alignment: Alignment) -> list[tuple[float, bool]]:
    wanted = [(alignment.of_gold(s["start"], s["end"]), s["label"]) for s in gold["sentences"]]
    out = []
    for s in card["sentences"]:
        span = alignment.of_prediction(s["start"], s["end"])
        if s.get("score") is None or span is None:
            continue
        size, label = max(((_shared(span, w), label) for w, label in wanted), default=(0, ""))
        if size * 2 >= span[1] - span[0]:
            out.append((float(s["score"]), label == s["label"]))
    return out


def _claims(gold: Card, card: Card, alignment: Alignment) -> list[tuple[float, bool]]:
    wanted = [(alignment.of_gold(c["start"], c["end"]), c["type"], c["value"]) for c in gold["claims"]]
    out = []
    for c in card["claims"]:
        span = alignment.of_prediction(c["start"], c["end"])
        if c.get("score") is None or span is None:
            continue
        right = any(_shared(span, w) and t == c["type"] and abs(v - c["value"]) < 1e-6 for w, t, v in wanted)
        out.append((float(c["score"]), right))
    return out


def _shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def markdown(curves: Mapping[str, Reliability]) -> str:
    """Two tables for a model card: the error of each layer, and the curves (accuracy and number for each band of confidence)."""
    lines = ["| layer | answers | accuracy | mean confidence | calibration error |", "|---|---|---|---|---|"]
    for layer, c in curves.items():
        lines.append(f"| {layer} | {c.n} | {c.accuracy:.3f} | {c.confidence:.3f} | {c.error:.3f} |")
    bands = sorted({(b.low, b.high) for c in curves.values() for b in c.bins})
    lines += ["", "| confidence | " + " | ".join(curves) + " |", "|---" * (len(curves) + 1) + "|"]
    for band in bands:
        by_layer = [next((b for b in c.bins if (b.low, b.high) == band), None) for c in curves.values()]
        shown = ["" if b is None else f"{b.accuracy:.3f} ({b.n})" for b in by_layer]
        lines.append(f"| {band[0]:.1f} to {band[1]:.1f} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def svg(curves: Mapping[str, Reliability], *, size: int = 320) -> str:
    """The curves as a picture: confidence to the right, accuracy upwards, the diagonal where both agree; dots grow with their number."""
    colours = ("#1f5fa8", "#b5472a", "#3b7d3b", "#7a4fa0", "#8a6d1a")
    edge, side = 36, size - 52
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 120} {size}" font-family="sans-serif" font-size="11">',
        f'<rect x="{edge}" y="12" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{edge}" y1="{12 + side}" x2="{edge + side}" y2="12" stroke="#bbb" stroke-dasharray="4 3"/>',
    ]
    for tick in (0, 0.5, 1):
        x, y = edge + tick * side, 12 + (1 - tick) * side
        parts.append(f'<text x="{x:.0f}" y="{26 + side}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{edge - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:g}</text>')
    for number, (layer, curve) in enumerate(curves.items()):
        colour = colours[number % len(colours)]
        points = [(edge + b.confidence * side, 12 + (1 - b.accuracy) * side, b.n) for b in curve.bins]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}"/>')
        for x, y, n in points:
            radius = 2 + 5 * (n / max(1, curve.n)) ** 0.5
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.7"/>')
        label = f"{layer} ({curve.error:.3f})"
        parts.append(f'<text x="{edge + side + 10}" y="{26 + 16 * number}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])
