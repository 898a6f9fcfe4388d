"""Variants with other values: the same seed gives the same, labels stay true, broken balances are declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from govnlp.corpus.arithmetic import TABLE_CODES, table_breaks
from govnlp.corpus.check import check_text
from govnlp.corpus.files import load_corpus
from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.writing import to_markup
from govnlp.training.revalued import revalue

CORPUS = Path(__file__).resolve().parents[2] / "corpora"
pytestmark = pytest.mark.skipif(not (CORPUS / "reports").is_dir(), reason="the corpus is not part of this checkout")


@pytest.fixture(scope="module")
def reports() -> list[LabelledReport]:
    return load_corpus(CORPUS)[::9]


def test_every_variant_passes_the_corpus_checks(reports: list[LabelledReport]) -> None:
    for report in reports:
        variant = revalue(report, seed=3)
        assert check_text(to_markup(variant), variant.id)[1] == []


def test_the_same_seed_gives_the_same_and_another_seed_another(reports: list[LabelledReport]) -> None:
    assert [to_markup(revalue(r, seed=3)) for r in reports] == [to_markup(revalue(r, seed=3)) for r in reports]
    assert [revalue(r, seed=3).text for r in reports] != [revalue(r, seed=4).text for r in reports]


def test_values_follow_the_text_and_nothing_moves(reports: list[LabelledReport]) -> None:
    changed = 0
    for report in reports:
        variant = revalue(report, seed=3).report
        assert [(c.start, c.end, c.type, c.part_of) for c in variant.claims] == [
            (c.start, c.end, c.type, c.part_of) for c in report.report.claims
        ]
        assert all(variant.text[c.start : c.end] == c.text for c in variant.claims)
        changed += sum(a.value != b.value for a, b in zip(variant.claims, report.report.claims, strict=True))
    assert changed > 20


def test_a_broken_balance_is_declared(reports: list[LabelledReport]) -> None:
    variants = [revalue(r, seed=seed) for r in reports for seed in (1, 2)]
    new = 0
    for variant in variants:
        broken = set(table_breaks(variant)) & set(TABLE_CODES)
        assert broken <= variant.codes
        new += bool(broken)
    assert new > len(variants) / 10
