"""A whole small run: it learns, it resumes to the same weights, it is measured, promoted and restored."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from govnlp.components.learned.component import SpanClassifier
from govnlp.errors import ConfigError, CorpusError, OutputError
from govnlp.pipeline import load
from govnlp.training.data import read_material
from govnlp.training.plan import Plan
from govnlp.training.promotion import promote, restore
from govnlp.training.run import run_training
from govnlp.training.trainer import Recipe, score_stages, train
from tests.training.reports import markup, reports
from tests.training.small import SMALL, STAGES, small, weights

pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for k in range(12):
        (folder / f"t{k:03}.src").write_text(markup(k), "utf-8")
    splits = {f"family-{k}": "train" if k < 6 else "dev" if k < 9 else "test" for k in range(12)}
    (folder / "splits.json").write_text(json.dumps(splits), "utf-8")
    return folder


@pytest.fixture(scope="module")
def model(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "new"
    plan = Plan((str(corpus),), out, stages=STAGES, encoder=SMALL, recipe=Recipe(passes=3), choose=False)
    run_training(plan, echo=lambda line: None)
    return out


def test_it_learns(tmp_path: Path) -> None:
    nlp, examples, dev = small()
    nlp.initialize(lambda: examples)
    before = score_stages(nlp, dev)
    passes = train(nlp, examples, dev, Recipe(passes=8, batch=2, dropout=0.0), tmp_path)
    best = max(passes, key=lambda p: p.score)
    assert best.stages["sentences"] > 0.9 > before["sentences"]
    assert passes[-1].stages.keys() == {"sentences", "elements"}
    assert score_stages(nlp, dev) == best.stages, "the best weights are the ones kept"


def test_a_run_writes_a_model_that_scores(model: Path, corpus: Path) -> None:
    scorer = load(model)
    assert scorer.model == {"name": "govnlp-zh", "version": "1.0.0"}
    assert set(scorer.ratings or {}) == {"completeness", "boilerplate"}
    card = scorer.score_text(reports(1)[0].text)
    assert card.scores.completeness_rating in range(5)
    assert all(0 < (s.score or 0) <= 1 for s in card.report.sentences)
    scores = json.loads((model / "scores.json").read_text("utf-8"))
    assert scores["reports"] == {"train": 6, "dev": 3, "test": 3}
    assert scores["held_out"] == ["t009", "t010", "t011"]
    assert {c["layer"] for c in scores["comparison"]} >= {"sections", "sentences macro-F1", "elements F1"}
    text = (model / "README.md").read_text("utf-8")
    assert "## Calibration" in text
    assert f"govnlp train {corpus} --out DIR" in text
    assert not [p for p in model.rglob("*") if p.suffix in (".pkl", ".pickle", ".npz")]
    assert not model.with_name("new.work").exists()


def test_a_trained_model_is_trained_further(model: Path, corpus: Path, tmp_path: Path) -> None:
    plan = Plan(
        (str(corpus),),
        tmp_path / "next",
        start=model,
        recipe=Recipe(passes=1, rate=1e-6, decay=0.0, batch=1),
        choose=False,
    )
    outcome = run_training(plan, echo=lambda line: None)
    old, new = load(model).nlp.get_pipe("sentences"), load(tmp_path / "next").nlp.get_pipe("sentences")
    assert isinstance(old, SpanClassifier)
    assert isinstance(new, SpanClassifier)
    a, b = weights(load(model).nlp), weights(load(tmp_path / "next").nlp)
    assert max(float(np.abs(a[name] - b[name]).max()) for name in a) < 0.01
    assert {c.layer for c in outcome.comparison if c.old != pytest.approx(c.new, abs=0.2)} == set()


def test_a_model_is_not_written_over(model: Path, corpus: Path) -> None:
    with pytest.raises(OutputError, match="is there already"):
        run_training(Plan((str(corpus),), model), echo=lambda line: None)


def test_promotion_keeps_the_old_model_and_brings_it_back(model: Path, corpus: Path, tmp_path: Path) -> None:
    place = tmp_path / "models" / "used"
    place.parent.mkdir()
    first = promote(model, place)
    assert (first.done, (place / "config.cfg").is_file()) == (not any(c.worse for c in first.comparison), first.done)
    if not first.done:
        pytest.skip("the tiny model is worse than the rules")
    (place / "mark").write_text("old", "utf-8")
    assert promote(model, place, [str(corpus)]).done
    assert not (place / "mark").exists()
    restore(place)
    assert (place / "mark").read_text("utf-8") == "old"
    restore(place)
    assert not (place / "mark").exists()


def test_a_worse_model_is_not_promoted(
    model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govnlp.training import promotion
    from govnlp.training.measure import Comparison

    worse = Comparison("sections", 0.9, 0.5, -0.5, -0.3)
    monkeypatch.setattr(promotion, "compare", lambda old, new: [worse])
    result = promote(model, tmp_path / "used")
    assert (result.done, result.comparison) == (False, (worse,))
    assert not (tmp_path / "used").exists()


def test_promotion_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no model here"):
        promote(tmp_path, tmp_path / "x")
    with pytest.raises(ConfigError, match="no earlier model is kept"):
        restore(tmp_path / "x")


def test_a_corpus_without_reports_or_with_one_twice_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_material([tmp_path])
    with pytest.raises(CorpusError, match="a second report has the id"):
        read_material([corpus, corpus / "t001.src"])
