"""Checkpoints of a training run: weights, optimizer and progress, so that a killed run goes on where it was, to the same result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Optimizer

_MOMENTS = ("mom1", "mom2", "averages")


def save(folder: Path, nlp: Language, optimizer: Optimizer, progress: dict[str, Any]) -> None:
    """Write a checkpoint; the one before is replaced only once this one is whole."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    nlp.to_disk(part / "pipeline", exclude=["vocab"])
    names = {key: name for name, key in _weights(nlp)}
    state: dict[str, Any] = {}
    for kind in _MOMENTS:
        state.update({f"{kind}/{names[k]}": np.asarray(v) for k, v in getattr(optimizer, kind).items() if k in names})
    state.update({f"nr_update/{names[k]}": np.int64(v) for k, v in optimizer.nr_update.items() if k in names})
    np.savez(part / "optimizer.npz", **state)
    (part / "progress.json").write_text(json.dumps(progress, indent=1), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def load(folder: Path, nlp: Language, optimizer: Optimizer) -> dict[str, Any] | None:
    """Put the weights and the optimizer's state back into `nlp` and `optimizer`; the progress, or None without a checkpoint."""
    if not (folder / "progress.json").is_file():
        return None
    for name, component in nlp.pipeline:
        if hasattr(component, "from_disk") and (folder / "pipeline" / name).is_dir():
            component.from_disk(folder / "pipeline" / name, exclude=["vocab"])
    keys = dict(_weights(nlp))
    with np.load(folder / "optimizer.npz", allow_pickle=False) as state:
        for name in state.files:
            kind, _, weight = name.partition("/")
            value = state[name]
            getattr(optimizer, kind)[keys[weight]] = int(value) if kind == "nr_update" else value
    progress: dict[str, Any] = json.loads((folder / "progress.json").read_text("utf-8"))
    return progress


def _weights(nlp: Language) -> Iterator[tuple[str, tuple[int, str]]]:
    """A stable name for each weight, and the key that the optimizer has for it in this process."""
    for name, component in nlp.pipeline:
        if hasattr(component, "model"):
            for number, node in enumerate(component.model.walk()):
                for param in node.param_names:
                    yield f"{name}:{number}:{param}", (node.id, param)
