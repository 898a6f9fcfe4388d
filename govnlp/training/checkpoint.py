"""Checkpoints of a training run: all that its next step depends on, so that a run that was broken off goes on to the same result."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Optimizer

Weights = Mapping[str, bytes]
"""Component name to its weights and settings, as `Pipe.to_bytes` gives them."""
FOLDER = "checkpoint"
PART = FOLDER + ".part"
_PROGRESS, _OPTIMIZER = "progress.json", "optimizer.npz"
_MOMENTS = ("mom1", "mom2", "averages")


class Unusable(Exception):
    """No run can go on from what is there; the message says why."""


def weights_of(nlp: Language) -> Weights:
    """The weights of the pipeline as they are now."""
    return {name: pipe.to_bytes(exclude=["vocab"]) for name, pipe in _trainable(nlp)}


def set_weights(nlp: Language, weights: Weights) -> None:
    """Put weights of the same pipeline in place."""
    for name, pipe in _trainable(nlp):
        pipe.from_bytes(weights[name], exclude=["vocab"])


def save(
    work: Path, nlp: Language, optimizer: Optimizer, *, key: str, passes: list[dict[str, Any]], best: Weights
) -> None:
    """Write a checkpoint into the folder `work`; the one before is replaced only once this one is whole."""
    part, folder = work / PART, work / FOLDER
    shutil.rmtree(part, ignore_errors=True)
    files = {_OPTIMIZER: _state(nlp, optimizer)}
    files.update({f"now/{name}": data for name, data in weights_of(nlp).items()})
    files.update({f"best/{name}": data for name, data in best.items()})
    for name, data in files.items():
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        (part / name).write_bytes(data)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    progress = {"key": key, "passes": passes, "shapes": _shapes(nlp), "files": digests}
    (part / _PROGRESS).write_text(json.dumps(progress, indent=1), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def load(work: Path, nlp: Language, optimizer: Optimizer, *, key: str) -> tuple[list[dict[str, Any]], Weights]:
    """Put weights, gradients and the optimizer's state of the checkpoint in `work` back; the passes made, and the best one's weights.

    Raises `Unusable`, with `nlp` and `optimizer` as they were, where there is none, it is of a run with another key, or damaged.
    """
    folder = work / FOLDER
    if not folder.is_dir():
        raise Unusable("there is no checkpoint")
    try:
        progress = json.loads((folder / _PROGRESS).read_text("utf-8"))
        if progress["key"] != key or progress["shapes"] != _shapes(nlp):
            raise Unusable("the checkpoint is of another plan, corpus or version")
        passes: list[dict[str, Any]] = progress["passes"]
        files = {name: _read(folder / name, digest) for name, digest in progress["files"].items()}
        with np.load(io.BytesIO(files[_OPTIMIZER]), allow_pickle=False) as arrays:
            state = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"the checkpoint is damaged: {error}") from error
    set_weights(nlp, _inside("now/", files))
    known = {p.name: p for p in _parameters(nlp)}
    for name, value in state.items():
        kind, _, weight = name.partition("/")
        if kind == "gradient":
            known[weight].put(value)
        else:
            getattr(optimizer, kind)[known[weight].key] = int(value) if kind == "nr_update" else value
    return passes, _inside("best/", files)


def _read(path: Path, digest: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"{path.name} is not what was written")
    return data


def _inside(folder: str, files: Mapping[str, bytes]) -> Weights:
    return {name.removeprefix(folder): data for name, data in files.items() if name.startswith(folder)}


def _state(nlp: Language, optimizer: Optimizer) -> bytes:
    """The optimizer's state, and the gradients that wait for the next step: a shared encoder takes its own one step later."""
    state: dict[str, Any] = {}
    for p in _parameters(nlp):
        for kind in _MOMENTS:
            moments = getattr(optimizer, kind)
            if p.key in moments:
                state[f"{kind}/{p.name}"] = np.asarray(moments[p.key])
        if p.key in optimizer.nr_update:
            state[f"nr_update/{p.name}"] = np.int64(optimizer.nr_update[p.key])
        gradient = p.get()
        if gradient is not None:
            state[f"gradient/{p.name}"] = gradient
    out = io.BytesIO()
    np.savez(out, **state)
    return out.getvalue()


def _shapes(nlp: Language) -> dict[str, list[int]]:
    return {p.name: list(p.shape) for p in _parameters(nlp)}


def _trainable(nlp: Language) -> Iterator[tuple[str, Any]]:
    return ((name, pipe) for name, pipe in nlp.pipeline if hasattr(pipe, "model"))


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A parameter by a name that holds in every process; `key`: the optimizer's for it in this one; `get`, `put`: its gradient."""

    name: str
    key: tuple[int, str]
    shape: tuple[int, ...]
    get: Callable[[], Any]
    put: Callable[[Any], None]


def _parameters(nlp: Language) -> Iterator[_Parameter]:
    for pipe_name, pipe in _trainable(nlp):
        for number, node in enumerate(pipe.model.walk()):
            place = f"{pipe_name}:{number}"
            for name in node.param_names:
                shape = np.shape(node.maybe_get_param(name))
                get, put = partial(node.maybe_get_grad, name), partial(node.set_grad, name)
                yield _Parameter(f"{place}:{name}", (node.id, name), shape, get, put)
            for shim in node.shims:
                for name, value in shim._model.named_parameters():  # a torch network: nothing else can be trained
                    get, put = partial(_torch_gradient, value), partial(_put_torch_gradient, value)
                    yield _Parameter(f"{place}:torch:{name}", (shim.id, name), tuple(value.shape), get, put)


def _torch_gradient(parameter: Any) -> Any:
    return None if parameter.grad is None else parameter.grad.numpy(force=True)


def _put_torch_gradient(parameter: Any, gradient: Any) -> None:
    import torch

    parameter.grad = torch.as_tensor(gradient, device=parameter.device)
