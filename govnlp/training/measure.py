"""Two models on the same held-out reports: the figures of each layer, and whether a difference is more than noise."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from govnlp.cards import to_dict
from govnlp.corpus.labelled import LabelledReport, gold_dict
from govnlp.document import Source
from govnlp.evaluation import Card, Evaluation, Tally, read_gold
from govnlp.pipeline import Scorer
from govnlp.readers import read
from govnlp.training.data import source_of_report

Figures = Mapping[str, Any]
LAYERS: Mapping[str, Callable[[Figures], float | None]] = {
    "sections": lambda f: f["sections"]["accuracy"],
    "claims F1": lambda f: f["claims"]["f1"],
    "claims value-F1": lambda f: f["claims"]["value_f1"],
    "claims channel": lambda f: f["claims"]["channel"],
    "claims part_of": lambda f: f["claims"]["part_of"],
    "sentences macro-F1": lambda f: f["sentences"]["macro_f1"],
    "elements F1": lambda f: f["elements"]["f1"],
    "findings F1": lambda f: f["findings"]["f1"],
    "completeness QWK": lambda f: f["ratings"]["completeness"]["qwk"],
    "boilerplate QWK": lambda f: f["ratings"]["boilerplate"]["qwk"],
    "boilerplate Spearman": lambda f: f["boilerplate_spearman"],
}
"""Name of a layer to its figure among those of `Evaluation.report`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A layer's figure of both models; `low`, `high`: the middle 95 % of the difference (new less old) over resampled reports.

    `limit`: the upper end where all layers are looked at together (Bonferroni): by its own interval alone, one of eleven layers that do not
    differ would look worse in one comparison of four.
    """

    layer: str
    old: float
    new: float
    low: float
    high: float
    limit: float

    @property
    def worse(self) -> bool:
        """Whether the new model is worse beyond noise, with as many layers as there are."""
        return self.new < self.old and self.limit < 0

    @property
    def better(self) -> bool:
        return self.new > self.old and self.low > 0


@dataclass(frozen=True, slots=True)
class Case:
    """A report to measure on: its name, its text as read, and its labels as a gold file has them."""

    name: str
    source: Source
    gold: Card


def corpus_cases(reports: Sequence[LabelledReport]) -> list[Case]:
    return [Case(r.id, source_of_report(r), gold_dict(r)) for r in reports]


def gold_half(folder: str | Path, half: int) -> list[Case]:
    """One half (0 or 1, by a hash of the name) of a folder's gold reports that have a .txt beside them."""
    out = []
    for name, gold in read_gold(folder).items():
        path = Path(folder) / f"{name}.txt"
        if path.is_file() and hashlib.sha256(name.encode()).digest()[0] % 2 == half:
            out.append(Case(name, read(path), gold))
    return out


def measure(scorer: Scorer, cases: Sequence[Case]) -> list[Evaluation]:
    """What scoring each report's text comes to against its labels: one `Evaluation` a report."""
    out = []
    for case in cases:
        evaluation = Evaluation()
        evaluation.add(case.name, case.gold, to_dict(scorer.judge(scorer.analyse(case.source))))
        out.append(evaluation)
    return out


def total(evaluations: Sequence[Evaluation]) -> Figures:
    """The figures of several reports together."""
    whole = Evaluation()
    for one in evaluations:
        for field in fields(Evaluation):
            setattr(whole, field.name, _add(getattr(whole, field.name), getattr(one, field.name)))
    return whole.report()


def _add(a: Any, b: Any) -> Any:
    if isinstance(a, Tally):
        return Tally(a.right + b.right, a.predicted + b.predicted, a.gold + b.gold)
    if isinstance(a, Counter):
        return a + b
    if isinstance(a, dict):
        for key, value in b.items():
            a[key] = _add(a[key], value) if key in a else value
        return a
    return a + b


def compare(
    old: Sequence[Evaluation], new: Sequence[Evaluation], *, seed: int = 1, draws: int = 1000
) -> list[Comparison]:
    """Layer by layer, by a paired bootstrap over the reports; layers that nothing measures are left out."""
    rng = random.Random(seed)
    n = len(old)
    before, after = total(old), total(new)
    gaps: dict[str, list[float]] = {layer: [] for layer in LAYERS}
    for _ in range(draws):
        chosen = [rng.randrange(n) for _ in range(n)]
        a, b = total([old[i] for i in chosen]), total([new[i] for i in chosen])
        for layer, figure in LAYERS.items():
            x, y = figure(a), figure(b)
            if x is not None and y is not None:
                gaps[layer].append(y - x)
    out = []
    for layer, figure in LAYERS.items():
        x, y = figure(before), figure(after)
        if x is None or y is None or not gaps[layer]:
            continue
        spread = sorted(gaps[layer])
        ends = (spread[round(q * (len(spread) - 1))] for q in (0.025, 0.975, 1 - 0.025 / len(LAYERS)))
        out.append(Comparison(layer, x, y, *ends))
    return out


def as_table(comparisons: Sequence[Comparison]) -> str:
    """The comparison in plain lines of at most 80 columns."""
    lines = [f"{'':22}{'old':>8}{'new':>8}{'change':>9}   95 % of resamples"]
    for c in comparisons:
        verdict = "  worse" if c.worse else "  better" if c.better else ""
        lines.append(
            f"{c.layer:22}{c.old:8.4f}{c.new:8.4f}{c.new - c.old:+9.4f}   {c.low:+.4f} … {c.high:+.4f}{verdict}"
        )
    return "\n".join(lines)
