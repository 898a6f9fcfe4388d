"""Replacing a model by a new one, only when no layer gets worse beyond noise; the old one is kept and can be brought back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govnlp.errors import ConfigError, OutputError
from govnlp.pipeline import load
from govnlp.training.data import read_material
from govnlp.training.measure import Comparison, compare, corpus_cases, measure
from govnlp.training.run import SCORES

KEPT = ".previous"
"""What is added to a model folder's name for the one that it replaced."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """The comparison, and whether the new model took the old one's place."""

    comparison: tuple[Comparison, ...]
    done: bool


def promote(new: Path, target: Path, corpora: Sequence[str] = ()) -> Promotion:
    """Measure both models on the held-out split of `corpora` (default: those that the new one was trained on), and put the new one
    in `target` if no layer is worse beyond noise. What was there stays beside it (`KEPT`). Without an old model the stages by rules
    are measured against. Raises `ConfigError` where `new` is no model."""
    if not (new / "config.cfg").is_file():
        raise ConfigError("no model here", source=str(new), advice="give the folder that govnlp train wrote")
    given = list(corpora) or _corpora_of(new)
    cases = corpus_cases(read_material(given).test)
    old = load(target if (target / "config.cfg").is_file() else "rules")
    comparison = tuple(compare(measure(old, cases), measure(load(new), cases)))
    if any(c.worse for c in comparison):
        return Promotion(comparison, False)
    _swap(new, target)
    return Promotion(comparison, True)


def restore(target: Path) -> None:
    """Bring back the model that the last promotion replaced; the replaced one is kept in its turn. Raises `ConfigError` without one."""
    kept = target.with_name(target.name + KEPT)
    if not (kept / "config.cfg").is_file():
        raise ConfigError("no earlier model is kept", source=str(kept), advice="only the last promotion can be undone")
    aside = target.with_name(target.name + ".aside")
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    kept.rename(target)
    if aside.exists():
        aside.rename(kept)


def _corpora_of(new: Path) -> list[str]:
    try:
        corpora = json.loads((new / SCORES).read_text("utf-8"))["corpora"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            f"{SCORES} tells no corpora: {error}", source=str(new), advice="name them: --corpus DIR"
        ) from error
    missing = [c for c in corpora if not Path(c).exists()]
    if missing:
        raise ConfigError(f"the corpus {missing[0]} is not here", source=str(new), advice="name it: --corpus DIR")
    return [str(c) for c in corpora]


def _swap(new: Path, target: Path) -> None:
    """Copy first, then rename: whatever fails, one whole model is in place."""
    part, kept = target.with_name(target.name + ".part"), target.with_name(target.name + KEPT)
    try:
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(new, part)
        if target.exists():
            shutil.rmtree(kept, ignore_errors=True)
            target.rename(kept)
        part.rename(target)
    except OSError as error:
        raise OutputError(f"cannot be written: {error}", source=str(target), advice="check space and rights") from error
