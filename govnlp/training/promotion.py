"""Replacing a model by a new one, only when no layer gets worse beyond noise; the old one is kept and can be brought back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from govnlp.errors import ConfigError, OutputError, writing
from govnlp.pipeline import load
from govnlp.training.data import read_material
from govnlp.training.measure import Comparison, compare, corpus_cases, measure
from govnlp.training.run import SCORES

KEPT = ".previous"
"""What is added to a model folder's name for the one that it replaced."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """The comparison, and whether the new model took the old one's place; `kept`: where that one is now, None where there was none."""

    comparison: tuple[Comparison, ...]
    done: bool
    kept: Path | None = None


def promote(new: Path, target: Path, corpora: Sequence[str] = ()) -> Promotion:
    """Measure both models on the held-out split of `corpora` (default: those that the new one was trained on), and put the new one
    in `target` if no layer is worse beyond noise. What was there stays beside it (`KEPT`). Without an old model the stages by rules
    are measured against. Raises `ConfigError` where `new` is no model or there is nothing to measure on, `OutputError` where something
    other than a model would have to make room."""
    if not (new / "config.cfg").is_file():
        raise ConfigError("no model here", source=str(new), advice="give the folder that govnlp train wrote")
    _check_places(target)
    given = list(corpora) or _corpora_of(new)
    cases = corpus_cases(read_material(given).test)
    comparison: tuple[Comparison, ...] = ()
    if cases:
        old = load(target if target.exists() else "rules")
        comparison = tuple(compare(measure(old, cases), measure(load(new), cases)))
    if not comparison:
        raise ConfigError(
            "nothing was measured: no report of the corpus is in the test split",
            source=", ".join(given),
            advice="name a corpus that has some: --corpus DIR",
        )
    if any(c.worse for c in comparison):
        return Promotion(comparison, False)
    return Promotion(comparison, True, _swap(new, target))


def restore(target: Path) -> None:
    """Bring back the model that the last promotion replaced; the replaced one is kept in its turn. Raises `ConfigError` without one,
    `OutputError` where what stands in its place is no model."""
    kept = _kept(target)
    if not (kept / "config.cfg").is_file():
        raise ConfigError("no earlier model is kept", source=str(kept), advice="only the last promotion can be undone")
    _check_places(target)
    with writing(target, advice="check space and rights"):
        aside = Path(mkdtemp(dir=target.parent, prefix=f".{target.name}."))  # whatever fails, neither model is removed
        if target.exists():
            target.rename(aside / "model")
        kept.rename(target)
        if (aside / "model").exists():
            (aside / "model").rename(kept)
        aside.rmdir()


def _kept(target: Path) -> Path:
    if not target.name:
        raise ConfigError("no folder is named", source="--to", advice="give the folder of the model to replace")
    return target.with_name(target.name + KEPT)


def _check_places(target: Path) -> None:
    """Only models may be moved or removed: whatever else is there was put there by somebody for something else."""
    for place in (target, _kept(target)):
        if (place.exists() or place.is_symlink()) and not (place / "config.cfg").is_file():
            raise OutputError(
                "this is no model folder", source=str(place), advice="choose another --to, or move it away"
            )


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


def _swap(new: Path, target: Path) -> Path | None:
    """Copy first, then rename: whatever fails, one whole model is in place. Where the old one is now, None where there was none."""
    kept = _kept(target)
    with writing(target, advice="check space and rights"):
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            part = shutil.copytree(new, Path(folder) / "model")
            had_old = target.exists()
            if had_old:
                shutil.rmtree(kept, ignore_errors=True)
                target.rename(kept)
            part.rename(target)
    return kept if had_old else None
