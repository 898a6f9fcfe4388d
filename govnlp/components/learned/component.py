"""The spaCy component for every trained stage: it asks its task for candidates, labels them with the network, and lets the task write.

A model folder is a spaCy pipeline: `spacy.load(folder)(text)` gives a Doc with a character a token, the spans in `doc.spans`
("sections", "claims", "sentences", "elements") and the data model's objects under the same names in `doc.user_data`. It takes
the text as it is: `govnlp.load` first reads a file, so that its tables are known, and leaves out breaks inside a sentence and loose
blanks (`components.flow`); for a text without those both find the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate

from govnlp.components.learned import encoder, network  # noqa: F401  (their architectures must be known)
from govnlp.components.learned.network import set_sizes
from govnlp.components.learned.task import Answers, Floats, Proposals, load_task, sigmoid_logs, softmax_logs
from govnlp.document import Report
from govnlp.errors import ConfigError

GOLD_KEY = "govnlp.gold"
"""Where the `user_data` of a reference document holds the labelled `Report`."""
CACHE_KEY = "govnlp.cache"
"""Where the `user_data` of a training document may hold a dict, to keep proposals and answers from one pass to the next."""

DEFAULT_MODEL = Config().from_str(
    """
[model]
@architectures = "govnlp.SpanNetwork.v1"
hidden = 64
dropout = 0.3

[model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 48
upstream = "*"
"""
)["model"]


@Language.factory("govnlp_spans", default_config={"model": DEFAULT_MODEL, "task": "sentences", "settings": {}})
def create_spans(nlp: Language, name: str, model: Model, task: str, settings: dict[str, float]) -> SpanClassifier:
    """Make the component of `task` ("sections", "claims", "sentences", …; see `task.Task`).

    `settings`: numbers that the task's decoding takes (thresholds, weights); those saved with a trained model come before them.
    """
    return SpanClassifier(nlp.vocab, model, name, task=task, settings=settings)


class SpanClassifier(TrainablePipe):
    """Labels a task's candidate spans; the task writes the result into the document. `cfg` holds temperature and settings."""

    def __init__(self, vocab: Vocab, model: Model, name: str, *, task: str, settings: Mapping[str, float]) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.task_name = task
        self.task = load_task(task)
        self.cfg: dict[str, Any] = {"temperature": 1.0, "settings": dict(settings)}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.task.labels)

    def _proposals(self, doc: Doc) -> Proposals:
        cache = doc.user_data.get(CACHE_KEY)
        if cache is None:
            return self.task.propose(doc)
        if self.task_name not in cache:
            cache[self.task_name] = self.task.propose(doc)
        found: Proposals = cache[self.task_name]
        return found

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        cache = doc.user_data.get(CACHE_KEY)
        key = self.task_name + " answers"
        if cache is None:
            return self.task.answers(doc, proposals, gold)
        if key not in cache:
            cache[key] = self.task.answers(doc, proposals, gold)
        found: Answers = cache[key]
        return found

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Proposals, Floats]]:
        """For each document its proposals and their logits (n, labels), not calibrated."""
        batch = [(doc, self._proposals(doc)) for doc in docs]
        self._check_sizes([p for _, p in batch])
        if not any(p.n for _, p in batch):
            return [(p, np.zeros((0, len(self.labels)), np.float32)) for _, p in batch]
        return [(p, logits) for (_, p), logits in zip(batch, self.model.predict(batch), strict=True)]

    def _check_sizes(self, batch: Sequence[Proposals]) -> None:
        known = self.model.maybe_get_dim("nF")
        wrong = [p.features.shape[1] for p in batch if p.features.shape[1] != known]
        if wrong:
            raise ConfigError(
                f"the stage {self.name} was trained on {known} features, this version has {wrong[0]}",
                source="model",
                advice="use the version of govnlp that it was made with, or train it again",
            )

    def logs(self, logits: Floats) -> Floats:
        """Natural logs of the calibrated probabilities."""
        scaled = logits / float(self.cfg["temperature"])
        return softmax_logs(scaled) if self.task.kind == "one" else sigmoid_logs(scaled)

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[tuple[Proposals, Floats]]) -> None:
        for doc, (proposals, logits) in zip(docs, scores, strict=True):
            self.task.write(doc, proposals, self.logs(logits), self.cfg["settings"])

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """One step; the reference documents hold their labelled `Report` under `GOLD_KEY`."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        batch = [(eg.predicted, self._proposals(eg.predicted)) for eg in examples]
        set_dropout_rate(self.model, drop)
        logits, backprop = self.model.begin_update(batch)
        loss, gradients = self.get_loss(examples, list(zip([p for _, p in batch], logits, strict=True)))
        backprop(gradients)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: Any) -> tuple[float, list[Floats]]:
        """The batch's loss for each candidate, and the gradient of the logits."""
        losses, gradients, total = 0.0, [], 1e-6
        for example, (proposals, logits) in zip(examples, scores, strict=True):
            answers = self.answers(example.predicted, proposals, example.reference.user_data[GOLD_KEY])
            loss, gradient, weight = loss_of(self.task.kind, logits, answers)
            losses, total = losses + loss, total + weight
            gradients.append(gradient)
        return losses / total, [(g / total).astype(np.float32) for g in gradients]

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, labels: Any = None
    ) -> None:
        """Fix the network's sizes by the task and a few documents, and give it its first weights."""
        batch = [(eg.predicted, self._proposals(eg.predicted)) for eg in islice(get_examples(), 4)]
        shape = batch[0][1]
        set_sizes(self.model, labels=len(self.labels), features=shape.features.shape[1], windows=shape.windows.shape[1])
        self.model.initialize(X=batch)


def loss_of(kind: str, logits: Floats, answers: Answers) -> tuple[float, Floats, float]:
    """(loss, gradient of the logits, weight of the candidates) of one document."""
    targets, weights = answers.targets, answers.weights[:, None]
    if kind == "one":
        logs = softmax_logs(logits)
        gap = weights * (np.exp(logs) - targets)
        return float(-(weights * targets * logs).sum()), gap.astype(np.float32), float(weights.sum())
    if kind == "bag" and not len(logits):
        return 0.0, logits, 0.0
    whole, shares = bag_logits(logits) if kind == "bag" else (logits, np.ones_like(logits))
    loss = weights * (np.logaddexp(0.0, whole) - targets * whole)
    gradient: Floats = (weights * (_sigmoid(whole) - targets) * shares).astype(np.float32)
    return float(loss.sum()), gradient, float(weights.sum())


def bag_logits(logits: Floats) -> tuple[Floats, Floats]:
    """For (n, labels) logits of candidates, the document's (1, labels): a smooth maximum; and its gradient by each candidate."""
    logs = softmax_logs(logits.T).T
    shares = np.exp(logs)
    whole: Floats = (logits.max(axis=0) + np.log(np.exp(logits - logits.max(axis=0)).sum(axis=0)))[None]
    return whole, shares


def _sigmoid(x: Floats) -> Floats:
    out: Floats = np.exp(-np.logaddexp(0.0, -x))
    return out
