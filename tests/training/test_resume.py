"""A run that was broken off goes on to the very result of one that was not, or starts clean and says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from govnlp.training.trainer import Pass, Recipe, train
from tests.training.small import small, weights

RECIPE = Recipe(passes=3, batch=2, patience=9)


def stop_after(number: int) -> Callable[[Pass], None]:
    def stop(done: Pass) -> None:
        if done.number == number:
            raise KeyboardInterrupt

    return stop


def broken_off(work: Path, recipe: Recipe = RECIPE, *, after: int = 1, **options: Any) -> None:
    nlp, examples, dev = small()
    with pytest.raises(KeyboardInterrupt):
        train(nlp, examples, dev, recipe, work, on_pass=stop_after(after), **options)


def state(work: Path) -> dict[str, Any]:
    """All that the last checkpoint in `work` holds."""
    folder = work / "checkpoint"
    files = [p for name in ("now", "best") for p in (folder / name).iterdir()]
    out: dict[str, Any] = {f"{p.parent.name}/{p.name}": p.read_bytes() for p in files}
    with np.load(folder / "optimizer.npz") as arrays:
        out.update({name: arrays[name].tobytes() for name in arrays.files})
    out["passes"] = json.loads((folder / "progress.json").read_text("utf-8"))["passes"]
    return out


def same(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> bool:
    return a.keys() == b.keys() and all((a[name] == b[name]).all() for name in a)


def test_a_broken_run_ends_the_same_in_every_number(tmp_path: Path) -> None:
    whole, examples, dev = small()
    train(whole, examples, dev, RECIPE, tmp_path / "a")
    broken_off(tmp_path / "b")
    resumed, examples, dev = small()
    seen: list[int] = []
    train(resumed, examples, dev, RECIPE, tmp_path / "b", resume=True, on_pass=lambda p: seen.append(p.number))
    assert seen == [2]
    assert same(weights(whole), weights(resumed))
    a, b = state(tmp_path / "a"), state(tmp_path / "b")
    assert any(name.startswith("gradient/encoder") and any(value) for name, value in a.items())
    assert a.keys() == b.keys()
    assert [name for name in a if a[name] != b[name]] == []


def test_fewer_passes_keep_those_that_were_made(tmp_path: Path) -> None:
    broken_off(tmp_path)
    nlp, examples, dev = small()
    seen: list[int] = []
    fewer = Recipe(passes=1, batch=2, patience=9)
    made = train(nlp, examples, dev, fewer, tmp_path, resume=True, on_pass=lambda p: seen.append(p.number))
    assert (seen, [p.number for p in made]) == ([], [0, 1])


@pytest.mark.parametrize("fresh", [True, False])
def test_another_plan_starts_clean(tmp_path: Path, fresh: bool) -> None:
    """Nothing of the other run's weights, gradients or optimizer is left, with new weights or from a model's."""
    broken_off(tmp_path / "b", key="one")

    def run(work: Path, **options: Any) -> dict[str, np.ndarray]:
        nlp, examples, dev = small()
        if not fresh:
            from thinc.api import fix_random_seed

            fix_random_seed(7)
            nlp.initialize(lambda: examples)
        train(nlp, examples, dev, Recipe(passes=1, batch=2), work, fresh=fresh, key="two", **options)
        return weights(nlp)

    told: list[str] = []
    clean = run(tmp_path / "a")
    assert same(clean, run(tmp_path / "b", resume=True, echo=told.append))
    assert told == ["the checkpoint is of another plan, corpus or version: training starts afresh"]
    assert state(tmp_path / "a") == state(tmp_path / "b")


def test_other_stages_start_clean(tmp_path: Path) -> None:
    broken_off(tmp_path, key="same")
    nlp, examples, dev = small(("sentences", "sections"))
    told: list[str] = []
    train(nlp, examples, dev, Recipe(passes=1), tmp_path, resume=True, key="same", echo=told.append)
    assert told == ["the checkpoint is of another plan, corpus or version: training starts afresh"]


@pytest.mark.parametrize(
    "file", ["optimizer.npz", "progress.json", "now/encoder", "best/sentences"], ids=lambda f: f.replace("/", "-")
)
def test_a_damaged_checkpoint_is_told_and_left(tmp_path: Path, file: str) -> None:
    broken_off(tmp_path / "b")
    path = tmp_path / "b" / "checkpoint" / file
    path.write_bytes(path.read_bytes()[:-40])
    told: list[str] = []
    nlp, examples, dev = small()
    train(nlp, examples, dev, RECIPE, tmp_path / "b", resume=True, echo=told.append)
    assert len(told) == 1
    assert told[0].startswith("the checkpoint is damaged")
    clean, examples, dev = small()
    train(clean, examples, dev, RECIPE, tmp_path / "a")
    assert same(weights(clean), weights(nlp))


def test_without_a_checkpoint_it_starts_and_says_so(tmp_path: Path) -> None:
    nlp, examples, dev = small()
    told: list[str] = []
    assert len(train(nlp, examples, dev, Recipe(passes=1), tmp_path, resume=True, echo=told.append)) == 1
    assert told == ["there is no checkpoint: training starts afresh"]


ONE_PASS = """
import sys
from pathlib import Path
from govnlp.training.trainer import Recipe, train
from tests.training.small import small
nlp, examples, dev = small()
train(nlp, examples, dev, Recipe(passes=1, batch=2), Path(sys.argv[1]))
"""


def test_the_seed_decides_whatever_the_process_hashes_by(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        subprocess.run([sys.executable, "-c", ONE_PASS, str(tmp_path / seed)], check=True, env=environment)
    assert state(tmp_path / "1") == state(tmp_path / "2")
