"""A small corpus in three splits, and a model trained on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.training.reports import markup
from tests.training.small import SMALL, STAGES


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for k in range(12):
        (folder / f"t{k:03}.src").write_text(markup(k), "utf-8")
    splits = {f"family-{k}": "train" if k < 6 else "dev" if k < 9 else "test" for k in range(12)}
    (folder / "splits.json").write_text(json.dumps(splits), "utf-8")
    return folder


@pytest.fixture(scope="session")
def model(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    from govnlp.training.plan import Plan
    from govnlp.training.run import run_training
    from govnlp.training.trainer import Recipe

    out = tmp_path_factory.mktemp("models") / "new"
    out.mkdir()
    plan = Plan((str(corpus),), out, stages=STAGES, encoder=SMALL, recipe=Recipe(passes=3), choose=False)
    run_training(plan, echo=lambda line: None)
    return out
