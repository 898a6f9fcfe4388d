"""Agreement of two annotators: kappa by hand, and the corpus's own second labels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from govnlp.agreement import agreement, cohen_kappa
from govnlp.corpus.files import load_corpus
from govnlp.errors import CorpusError

CORPUS = Path(__file__).resolve().parents[1] / "corpora"


def test_kappa() -> None:
    assert cohen_kappa(Counter({("a", "a"): 5, ("b", "b"): 5})) == 1
    assert cohen_kappa(Counter({("a", "b"): 5, ("b", "a"): 5})) == -1
    assert cohen_kappa(Counter({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})) == pytest.approx(0.4)
    assert cohen_kappa(Counter()) == 1


@pytest.mark.skipif(not (CORPUS / "second").is_dir(), reason="the corpus is not part of this checkout")
def test_a_tenth_of_the_corpus_was_labelled_twice_and_the_labels_agree() -> None:
    first, second = load_corpus(CORPUS), load_corpus(CORPUS / "second")
    assert len(second) >= len(first) / 10
    figures = agreement(first, second)
    assert figures["reports"] == len(second)
    assert figures["claims"]["f1"] > 0.9
    assert figures["sentences"]["kappa"] > 0.9


def test_nothing_to_compare() -> None:
    with pytest.raises(CorpusError, match="no report is labelled twice"):
        agreement([], [])
