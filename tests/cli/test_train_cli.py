"""`govnlp train` and `govnlp promote` as they are typed: what reaches the plan, what is printed, how they end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from govnlp.cli import build_app
from govnlp.errors import ConfigError
from govnlp.pipeline import default_model
from govnlp.training import promotion, run
from govnlp.training.measure import Comparison
from govnlp.training.plan import Plan
from govnlp.training.promotion import Promotion


def typed(*words: str) -> Result:
    return CliRunner().invoke(build_app(), list(words))


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """What `run_training` is asked for; each run is broken off."""
    seen: list[Plan] = []

    def broken_off(plan: Plan, **options: Any) -> None:
        seen.append(plan)
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run_training", broken_off)
    return seen


def test_a_broken_run_names_resume(plans: list[Plan]) -> None:
    done = typed("train", "corpus", "--out", "new")
    assert done.exit_code == 130
    assert "--resume" in done.stderr


def test_the_defaults_leave_the_choice_to_the_plan(plans: list[Plan]) -> None:
    typed("train", "corpus", "--gold", "g", "--out", "new")
    assert plans == [Plan(("corpus",), Path("new"), gold="g")]


def test_options_reach_the_plan(plans: list[Plan], tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("## 说明", "utf-8")
    words = ("--stages", "sections, claims", "--encoder", "cnn", "--keep-all", "--name", "n", "--model-version", "2")
    typed("train", "c", "--out", "new", *words, "--licence", "MIT", "--notes", str(tmp_path / "notes.md"))
    (plan,) = plans
    assert plan.stages == ("sections", "claims")
    assert plan.encoder is not None
    assert (plan.choose, plan.name, plan.version, plan.licence, plan.notes) == (False, "n", "2", "MIT", "## 说明")
    typed("train", "c", "--out", "new", "--stages", ",")
    with pytest.raises(ConfigError, match="no stage is named"):
        plans[1].check()


def test_notes_that_are_not_there_are_told(plans: list[Plan]) -> None:
    assert isinstance(typed("train", "c", "--out", "new", "--notes", "nowhere.md").exception, ConfigError)
    assert plans == []


@pytest.mark.parametrize(
    ("given", "kept", "hint"),
    [
        (["--to", "my models/x"], True, "govnlp promote --restore --to 'my models/x'"),
        ([], True, "govnlp promote --restore"),
        (["--to", "x"], False, None),
    ],
)
def test_the_way_back_is_told_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, given: list[str], kept: bool, hint: str | None
) -> None:
    equal = Comparison("sections", 0.9, 0.9, 0.0, 0.0, 0.0)
    places: list[Path] = []

    def promote(new: Path, target: Path, corpora: Any) -> Promotion:
        places.append(target)
        return Promotion((equal,), True, Path("x.previous") if kept else None)

    monkeypatch.setattr(promotion, "promote", promote)
    done = typed("promote", "m2", *given)
    assert done.exit_code == 0
    assert places == [Path(given[1]) if given else default_model()]
    lines = [line.partition("：")[2] for line in done.stdout.splitlines() if "--restore" in line]
    assert lines == ([hint] if hint else [])
