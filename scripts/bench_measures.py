#!/usr/bin/env python3
"""How well each measure of boilerplate ranks reports as annotators do: Spearman with the gold share of boilerplate characters.

Usage: scripts/bench_measures.py GOLD_FOLDER

GOLD_FOLDER holds NAME.txt and NAME.gold.json (`govnlp corpus text corpora --split test --out …` writes them from the corpus).
Beside govnlp's score and the known measures stand those of the PyPI package MoreThanSentiments, where it is installed
(pip install MoreThanSentiments jieba); its English tokenisers are replaced by Chinese ones, without which it sees no words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from govnlp.batch import Failure, score_many
from govnlp.boilerplate.measures import MEASURES
from govnlp.document import Scorecard


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    ra, rb = ranks(a), ranks(b)
    ma, mb = sum(ra) / len(ra), sum(rb) / len(rb)
    cov = sum((x - ma) * (y - mb) for x, y in zip(ra, rb, strict=True))
    size = (sum((x - ma) ** 2 for x in ra) * sum((y - mb) ** 2 for y in rb)) ** 0.5
    return cov / size if size else 0.0


def ranks(values: Sequence[float]) -> list[float]:
    return [sum(v < x for v in values) + (sum(v == x for v in values) + 1) / 2 for x in values]


def others(texts: Sequence[str]) -> dict[str, list[float]]:
    """The measures of MoreThanSentiments; {} where it is not installed."""
    try:
        import jieba
        import nltk
        import pandas as pd
        import spacy
    except ImportError:
        return {}
    # on import it fetches English models: keep it from the network, and give it Chinese sentences and words
    nltk.download = lambda *a, **k: True
    nltk.sent_tokenize = lambda text: [s for s in re.split(r"(?<=[。！？；])", text) if s.strip()]
    spacy.load = lambda *a, **k: spacy.blank("xx")
    try:
        package: Any = __import__("morethansentiments")
    except ImportError:
        return {}
    quiet: Any = lambda items, **k: items  # noqa: E731
    package.tqdm = quiet
    jieba.setLogLevel(60)
    words = pd.Series([" ".join(jieba.cut(re.sub(r"\s+", "", t))) for t in texts])
    named: dict[str, Callable[[], list[float]]] = {
        "Boilerplate": lambda: package.Boilerplate(words, n=4, min_doc=5),
        "Boilerplate (min_doc 2)": lambda: package.Boilerplate(words, n=4, min_doc=2),
        "Redundancy": lambda: package.Redundancy(words, n=10),
        "Redundancy (n 5)": lambda: package.Redundancy(words, n=5),
        "Relative_prevalence": lambda: package.Relative_prevalence(words),
    }
    return {f"MoreThanSentiments {name}": list(map(float, measure())) for name, measure in named.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    sys.modules.setdefault("en_core_web_sm", types.ModuleType("en_core_web_sm"))
    gold = {p.name.removesuffix(".gold.json"): json.loads(p.read_text("utf-8")) for p in args.gold.glob("*.gold.json")}
    files = sorted(p for p in args.gold.iterdir() if p.suffix == ".txt" and p.stem in gold)
    cards: list[Scorecard] = []
    for result in score_many(files):
        if isinstance(result, Failure):
            raise SystemExit(f"{result.source}: {result.message}")
        cards.append(result)
    shares = [float(gold[Path(c.report.source.name).stem]["boilerplate_share"]) for c in cards]
    rows = {"govnlp boilerplate score": [c.scores.boilerplate or 0.0 for c in cards]}
    for name in MEASURES:
        values = [c.scores.measures.get(name) for c in cards]
        if sum(v is not None for v in values) > 2:
            rows[name] = [v if v is not None else 0.0 for v in values]
    rows |= others(["".join(c.report.span(s.start, s.end) for s in c.report.sentences) for c in cards])
    print(f"{len(cards)} reports; Spearman with the gold share of boilerplate")
    for name, row in rows.items():
        print(f"  {name:44} {spearman(row, shares):6.3f}")


if __name__ == "__main__":
    main()
