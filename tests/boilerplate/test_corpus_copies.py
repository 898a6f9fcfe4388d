"""Copies on the labelled corpus: those declared, and no others, from the labels and from the pipeline's own reading of dev gold."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from govnlp.boilerplate.compare import LEAST_SHARE, Comparison
from govnlp.boilerplate.fingerprint import fingerprint
from govnlp.corpus.files import load_corpus
from govnlp.rules import Context, rule_of

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "reports"
CODES = ("GD402", "GD403", "GD207", "GD208")
GOLD = os.environ.get("GOVNLP_GOLD", "")


@cache
def found_and_declared() -> dict[str, tuple[set[str], set[str]]]:
    """For each code the ids that have it: as found, as declared by the authors."""
    corpus = load_corpus(CORPUS)
    reports = [r.report for r in corpus]
    comparison = Comparison([fingerprint(r) for r in reports], lambda n: reports[n])
    out: dict[str, tuple[set[str], set[str]]] = {code: (set(), set()) for code in CODES}
    for n, labelled in enumerate(corpus):
        context = Context(previous=comparison.previous(n), copies=comparison.copies(n), compared=comparison.compared)
        for code in CODES:
            if rule_of(code).findings(labelled.report, context):
                out[code][0].add(labelled.id)
            if code in labelled.codes:
                out[code][1].add(labelled.id)
    return out


@pytest.mark.parametrize("code", CODES)
def test_what_the_authors_declared_is_found(code: str) -> None:
    found, declared = found_and_declared()[code]
    assert len(declared) >= 8
    right = len(found & declared)
    assert 2 * right / (len(found) + len(declared)) >= 0.95, (found - declared, declared - found)


def test_unrelated_reports_share_little() -> None:
    corpus = load_corpus(CORPUS)
    reports = [r.report for r in corpus]
    comparison = Comparison([fingerprint(r) for r in reports], lambda n: reports[n])
    family = {r.report.source.name: r.family or r.id for r in corpus}
    strangers = [
        (labelled.id, copy.other_source, copy.share)
        for n, labelled in enumerate(corpus)
        for copy in comparison.copies(n)
        if family[copy.other_source] != family[labelled.report.source.name]
    ]
    assert LEAST_SHARE < 0.25
    assert strangers == []


@pytest.mark.skipif(not GOLD, reason="set GOVNLP_GOLD to the folder of the gold reports to measure on them")
def test_gold_reports_across() -> None:
    from govnlp.batch import Failure, score_many
    from govnlp.cards import to_dict
    from govnlp.evaluation import evaluate, read_gold

    folder = Path(GOLD) / "dev"
    golds = read_gold(folder)
    results = score_many([folder / f"{name}.txt" for name in sorted(golds)])
    figures = evaluate(golds, [to_dict(r) for r in results if not isinstance(r, Failure)]).report()
    assert figures["findings"]["across_reports"]["f1"] == 1.0
    assert figures["boilerplate_spearman"] >= 0.9
