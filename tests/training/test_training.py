"""A whole small run: it learns, it resumes to the same weights, it is measured, promoted and restored."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from govnlp.components.learned.component import SpanClassifier
from govnlp.corpus.labelled import gold_dict
from govnlp.errors import ConfigError, CorpusError, GovnlpError, MissingDependency, OutputError, ReadError
from govnlp.pipeline import load
from govnlp.training import run
from govnlp.training.data import read_material
from govnlp.training.plan import Plan
from govnlp.training.run import run_training
from govnlp.training.trainer import Recipe, score_stages, train
from tests.training.reports import reports
from tests.training.small import SMALL, STAGES, small, weights

pytest.importorskip("sklearn")


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
    assert f"govnlp train {corpus} --out DIR --stages sentences,elements --seed 1 --passes 3" in text
    assert "--keep-all" in text.splitlines()[-1]
    assert not any(word in text for word in ("Licence", "this project", "gold", "Limits", "half 0"))
    assert load(model).nlp.meta["license"] == ""
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
    assert load(tmp_path / "next").model == {"name": "govnlp-zh", "version": "1.0.1"}
    assert f"--from {model}" in (tmp_path / "next" / "README.md").read_text("utf-8")
    assert max(float(np.abs(a[name] - b[name]).max()) for name in a) < 0.01
    assert {c.layer for c in outcome.comparison if c.old != pytest.approx(c.new, abs=0.2)} == set()


def test_without_a_pass_the_stages_stay_and_the_ratings_are_fitted(model: Path, corpus: Path, tmp_path: Path) -> None:
    plan = Plan((str(corpus),), tmp_path / "next", start=model, recipe=Recipe(passes=0), choose=False)
    (model / "ratings.json").rename(tmp_path / "ratings.json")
    try:
        outcome = run_training(plan, echo=lambda line: None)
    finally:
        (tmp_path / "ratings.json").rename(model / "ratings.json")
    assert outcome.passes == ()
    assert "The stages are those of govnlp-zh 1.0.0 as they were" in (plan.out / "README.md").read_text("utf-8")
    assert set(load(plan.out).ratings or {}) == {"completeness", "boilerplate"}
    kept = [p.relative_to(model) for p in model.rglob("*") if p.name in ("cfg", "model", "ratings.json")]
    assert len(kept) > 3
    assert all((model / p).read_bytes() == (plan.out / p).read_bytes() for p in kept)
    assert {c.layer for c in outcome.comparison if c.old != c.new} <= {"completeness QWK", "boilerplate QWK"}


def test_a_model_is_not_written_over(model: Path, corpus: Path) -> None:
    with pytest.raises(OutputError, match="is there already"):
        run_training(Plan((str(corpus),), model), echo=lambda line: None)


def test_what_is_asked_for_in_vain_is_told_before_any_training(
    model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing package, a wrong start, wrong stages, gold reports without text, a place that cannot be written."""

    def never(*args: object, **options: object) -> list[object]:
        raise AssertionError("nothing is to be made of the corpus")

    monkeypatch.setattr(run, "make_examples", never)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.gold.json").write_text("{}", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    plan = Plan((str(corpus),), tmp_path / "new", stages=STAGES, encoder=SMALL)

    def refused(error: type[GovnlpError], message: str, **changes: object) -> None:
        with pytest.raises(error, match=message):
            run_training(replace(plan, **changes), echo=lambda line: None)  # type: ignore[arg-type]

    anew = {"stages": None, "encoder": None}
    refused(ConfigError, "no stage 'sums'", stages=("sums",))
    refused(ConfigError, "no model here", start=tmp_path / "nowhere", **anew)
    refused(ConfigError, "no gold report has its text", gold=str(tmp_path / "gold"))
    refused(ReadError, "no \\*.gold.json here", gold=str(tmp_path / "nowhere"))
    refused(OutputError, "cannot be written", out=tmp_path / "file" / "new")
    refused(CorpusError, "no \\*.src reports", corpora=(str(tmp_path),))
    monkeypatch.setitem(sys.modules, "sklearn", None)
    refused(MissingDependency, "scikit-learn")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "gold"]


def test_gold_reports_help_to_choose_and_the_card_says_so(corpus: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for labelled in reports(14)[12:]:
        (gold / f"{labelled.id}.txt").write_text(labelled.text, "utf-8")
        (gold / f"{labelled.id}.gold.json").write_text(json.dumps(gold_dict(labelled), ensure_ascii=False), "utf-8")
    plan = Plan(
        (str(corpus),),
        tmp_path / "new",
        stages=STAGES,
        encoder=SMALL,
        recipe=Recipe(passes=1),
        gold=str(gold),
        licence="MIT",
        notes="## Speed\n\nQuick.",
    )
    told: list[str] = []
    outcome = run_training(plan, echo=told.append)
    halves = {name for name in outcome.figures if name.startswith("gold")}
    assert halves
    sets = {"dev", *(halves & {"gold, half 0"})}
    assert all(set(c.rules) == set(c.trained) == sets for c in outcome.choices)
    assert [c.stage for c in outcome.choices] == [*STAGES, "completeness rating", "boilerplate rating"]
    text = (plan.out / "README.md").read_text("utf-8")
    assert "Licence: MIT. Runs on numpy alone." in text
    assert "The gold reports did not train." in text
    assert ("Half 0 of them helped" in text) == ("gold, half 0" in halves)
    assert "## Speed\n\nQuick." in text
    assert text.splitlines()[-1].endswith("--gold GOLD --licence MIT")
    assert load(plan.out).nlp.meta["license"] == "MIT"


def test_a_corpus_without_reports_or_with_one_twice_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_material([tmp_path])
    with pytest.raises(CorpusError, match="a second report has the id"):
        read_material([corpus, corpus / "t001.src"])
