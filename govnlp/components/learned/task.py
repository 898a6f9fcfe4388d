"""What a task brings to the generic span classifier: its candidates, their features, the right answers, and what to write."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from govnlp.document import Report
from govnlp.errors import ConfigError
from govnlp.schema import SECTIONS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Kind = Literal["one", "any", "bag"]
"""How labels go with candidates: exactly one each; any number each; or any number of the whole document, which at least one
candidate has to show."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The candidates of one document.

    `windows` (n, k, 2): k stretches [start, end) of text for each candidate, the first its own, the others its surroundings.
    `features` (n, f): what the rules know of it, scaled to about -3 … 3. `items`: whatever the task needs to write its answer.
    `prior` (n, labels): logits that the rules' own answer starts from, and that the network adds to; None for none.
    """

    windows: Ints
    features: Floats
    items: Any = None
    prior: Floats | None = None

    @property
    def n(self) -> int:
        return int(self.windows.shape[0])


@dataclass(frozen=True, slots=True)
class Answers:
    """The right answers: `targets` (n, labels), for a bag (1, labels); `weights` the same number of rows, 0 where not known."""

    targets: Floats
    weights: Floats


class Task(Protocol):
    """A task; its module is `govnlp.components.<stage>.learned` (or `learned_<part>`), which holds it as `TASK`."""

    labels: Sequence[str]
    kind: Kind

    def propose(self, doc: Doc) -> Proposals:
        """The candidates of a document whose earlier stages have run. Must not change the document."""

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        """What a labelled report says of the candidates."""

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        """Write the stage's result. `logs` (n, labels): natural logs of the calibrated probabilities."""


@dataclass(slots=True)
class Evidence:
    """What a batch of candidates came to, for scores and calibration: calibrated or raw logits against targets."""

    logits: list[Floats] = field(default_factory=list)
    targets: list[Floats] = field(default_factory=list)


def load_task(name: str) -> Task:
    """The task called `stage` or `stage.part`. Raises `ConfigError` where there is none."""
    stage, _, part = name.partition(".")
    try:
        module = importlib.import_module(f"govnlp.components.{stage}.learned" + (f"_{part}" if part else ""))
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"no trained stage called {name!r}",
            source="config.cfg",
            advice="use the model with the version it was made for",
        ) from error
    task: Task = module.TASK
    return task


def empty(n_windows: int, n_features: int) -> Proposals:
    """No candidates."""
    return Proposals(np.zeros((0, n_windows, 2), np.int64), np.zeros((0, n_features), np.float32), [])


def one_hot(value: str | None, names: Sequence[str]) -> list[float]:
    return [1.0 if value == name else 0.0 for name in names]


def section_features(section: str | None) -> list[float]:
    """A section id as features."""
    return one_hot(section, SECTIONS)


def softmax_logs(logits: Floats) -> Floats:
    """Natural logs of the softmax of each row."""
    top = logits.max(axis=-1, keepdims=True) if logits.size else logits
    shifted = logits - top
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) if logits.size else logits
    return logs


def sigmoid_logs(logits: Floats) -> Floats:
    """Natural logs of the logistic function."""
    logs: Floats = -np.logaddexp(0.0, -logits).astype(np.float32)
    return logs
