"""Pooling over windows, the losses' gradients, and the round trip of a trained pipeline."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy

from govnlp.components.learned.component import SpanClassifier, bag_logits, loss_of
from govnlp.components.learned.network import _add_unpeaked, peaks_of, pool, running_sums
from govnlp.components.learned.task import Answers, load_task
from govnlp.errors import ConfigError
from govnlp.pipeline import annotate
from govnlp.training.build import TASKS, build_pipeline
from govnlp.training.data import make_examples, source_of_report
from tests.training.reports import reports


def test_a_window_is_its_sum_over_the_root_of_its_length() -> None:
    vectors = np.array([[1.0], [2.0], [4.0], [8.0]], np.float32)
    windows = np.array([[[0, 4], [1, 2]], [[2, 2], [0, 1]]])
    out, _ = pool(running_sums(vectors), windows)
    assert out[..., 0].tolist() == [[7.5, 2.0], [0.0, 1.0]]


def test_a_peak_is_the_greatest_of_each_column_in_a_window() -> None:
    vectors = np.array([[1.0, -5.0], [2.0, -1.0], [4.0, -3.0], [-8.0, -9.0]], np.float32)
    windows = np.array([[[0, 4], [1, 3]], [[2, 2], [3, 4]]])
    out = peaks_of(vectors, windows)
    assert out.tolist() == [[[4.0, -1.0], [4.0, -1.0]], [[0.0, 0.0], [-8.0, -9.0]]]
    total = np.zeros_like(vectors)
    _add_unpeaked(total, np.ones(8, np.float32), out, vectors, windows)
    assert total.tolist() == [[0.0, 0.0], [0.0, 2.0], [2.0, 0.0], [1.0, 1.0]]


@pytest.mark.parametrize("kind", ["one", "any", "bag"])
def test_gradients_are_the_slopes_of_the_loss(kind: str) -> None:
    rng = np.random.default_rng(3)
    logits = rng.normal(size=(4, 3)).astype(np.float32)
    rows = 1 if kind == "bag" else 4
    targets = np.eye(3, dtype=np.float32)[rng.integers(0, 3, rows)]
    answers = Answers(targets, np.ones(rows, np.float32))
    _, gradient, _ = loss_of(kind, logits, answers)
    for i, j in ((0, 0), (2, 1), (3, 2)):
        up, down = logits.copy(), logits.copy()
        up[i, j] += 1e-2
        down[i, j] -= 1e-2
        slope = (loss_of(kind, up, answers)[0] - loss_of(kind, down, answers)[0]) / 2e-2
        assert gradient[i, j] == pytest.approx(slope, abs=2e-3)


def test_a_bag_is_as_sure_as_its_surest_candidate() -> None:
    whole, shares = bag_logits(np.array([[5.0, -9.0], [-9.0, -9.0]], np.float32))
    assert whole[0, 0] == pytest.approx(5.0, abs=1e-3)
    assert whole[0, 1] < -8
    assert shares.sum(axis=0).tolist() == pytest.approx([1.0, 1.0])


def test_an_unknown_task_names_the_next_step() -> None:
    with pytest.raises(ConfigError, match="no trained stage called 'nothing'"):
        load_task("nothing")


@pytest.mark.parametrize("stage", TASKS)
def test_a_task_brings_as_many_features_for_an_empty_document(stage: str) -> None:
    """What `propose` gives has one width, with candidates and without: the network's size depends on it."""
    nlp = build_pipeline(())
    (example,) = make_examples(nlp, reports(1))
    task = load_task(stage)
    full = task.propose(example.predicted)
    bare = nlp.make_doc("")
    bare.user_data.update(sections=(), sentences=(), claims=(), year=None)
    none = task.propose(bare)
    assert full.n > 0 or stage == "claims.whole"
    assert none.n == 0
    assert none.features.shape[1] == full.features.shape[1]
    assert none.windows.shape[1:] == full.windows.shape[1:]


def test_a_saved_pipeline_says_the_same(tmp_path: Path) -> None:
    nlp = build_pipeline(
        encoder={"@architectures": "govnlp.CharEncoder.v2", "width": 8, "rows": 256, "longest": 2}, hidden=8
    )
    examples = make_examples(nlp, reports(3))
    nlp.initialize(lambda: examples)
    nlp.update(examples)
    nlp.to_disk(tmp_path / "m", exclude=["vocab"])
    again = spacy.load(tmp_path / "m")
    source = source_of_report(reports(4)[3])
    a, b = annotate(nlp, source)[0], annotate(again, source)[0]
    for key in ("sections", "claims", "sentences", "elements"):
        assert a[key] == b[key]
        assert a[key], key
    stage = again.get_pipe("sentences")
    assert isinstance(stage, SpanClassifier)
    assert {p.suffix for p in (tmp_path / "m").rglob("*") if p.is_file()} <= {"", ".cfg", ".json"}, (
        "no pickle, no archive"
    )
