"""The training loop: shuffled batches, averaged weights, early stopping on the development split, checkpoints after each pass."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from govnlp.components.learned.component import GOLD_KEY, SpanClassifier, bag_logits
from govnlp.components.learned.task import Floats
from govnlp.training import checkpoint
from govnlp.training.build import ENCODER

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `passes`: at most (0: the weights stay); `patience`: so many without a gain before it stops."""

    seed: int = 1
    passes: int = 20
    patience: int = 4
    batch: int = 8
    rate: float = 0.001
    decay: float = 0.01
    dropout: float = 0.5


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass came to: the mean of the stages' scores on the development split, and each stage's."""

    number: int
    score: float
    stages: dict[str, float]


def train(
    nlp: Language,
    examples: Sequence[Example],
    dev: Sequence[Example],
    recipe: Recipe,
    work: Path,
    *,
    fresh: bool = True,
    resume: bool = False,
    key: str = "",
    on_pass: Callable[[Pass], None] | None = None,
    echo: Callable[[str], None] | None = None,
) -> list[Pass]:
    """Train the pipeline's stages in place and leave the best weights in it; the passes made, the best one's number being that of
    the highest score. With `resume` a run that was broken off in `work` goes on, if it had the same `key`; where none can go on, `echo`
    is told why.

    `fresh`: start from new weights, else from those that the pipeline has.
    """
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(recipe.seed)
    optimizer = Adam(
        recipe.rate, L2=recipe.decay, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True, beta1=0.9, beta2=0.999
    )
    if fresh:
        nlp.initialize(lambda: examples, sgd=optimizer)
    work.mkdir(parents=True, exist_ok=True)
    history: list[Pass] = []
    best_weights: checkpoint.Weights = {}
    if resume:
        try:
            passes, best_weights = checkpoint.load(work, nlp, optimizer, key=key)
            history = [Pass(**p) for p in passes]
        except checkpoint.Unusable as reason:
            if echo is not None:
                echo(f"{reason}: training starts afresh")
    best = max(history, key=lambda p: p.score, default=None)
    frozen = [name for name, pipe in nlp.pipeline if not hasattr(pipe, "update")]
    for number in range(len(history), recipe.passes):
        if best is not None and number - best.number > recipe.patience:
            break
        fix_random_seed(recipe.seed * 1000 + number)
        order = list(examples)
        random.Random(recipe.seed * 1000 + number).shuffle(order)
        for start in range(0, len(order), recipe.batch):
            nlp.update(order[start : start + recipe.batch], sgd=optimizer, drop=recipe.dropout, exclude=frozen)
        with nlp.use_params(optimizer.averages):
            stages = score_stages(nlp, dev)
            done = Pass(number, round(float(np.mean(list(stages.values()))), 5), stages)
            if best is None or done.score > best.score:
                best, best_weights = done, checkpoint.weights_of(nlp)
        history.append(done)
        passes = [{"number": p.number, "score": p.score, "stages": p.stages} for p in history]
        checkpoint.save(work, nlp, optimizer, key=key, passes=passes, best=best_weights)
        if on_pass is not None:
            on_pass(done)
    if best_weights:
        checkpoint.set_weights(nlp, best_weights)
    return history


def stages_of(nlp: Language) -> dict[str, SpanClassifier]:
    """The trained stages of a pipeline by component name."""
    return {name: pipe for name, pipe in nlp.pipeline if isinstance(pipe, SpanClassifier)}


def answers_of(nlp: Language, examples: Sequence[Example]) -> dict[str, tuple[Floats, Floats]]:
    """For each trained stage its logits and the right answers, (n, labels) each, over the examples' candidates."""
    found: dict[str, tuple[list[Floats], list[Floats]]] = {name: ([], []) for name in stages_of(nlp)}
    encoder: Any = nlp.get_pipe(ENCODER)
    for example in examples:
        doc = example.predicted
        doc.tensor = encoder.model.predict([doc])[0]
        for name, stage in stages_of(nlp).items():
            ((proposals, logits),) = stage.predict([doc])
            if not proposals.n:
                continue
            answers = stage.answers(doc, proposals, example.reference.user_data[GOLD_KEY])
            if stage.task.kind == "bag":
                logits = bag_logits(logits)[0]
            known = answers.weights > 0
            found[name][0].append(logits[known])
            found[name][1].append(answers.targets[known])
        doc.tensor = np.zeros((0, 0), np.float32)
    return {
        name: (np.concatenate(logits), np.concatenate(targets)) for name, (logits, targets) in found.items() if logits
    }


def score_stages(nlp: Language, examples: Sequence[Example]) -> dict[str, float]:
    """How well each trained stage labels its candidates: the mean of macro-F1 and accuracy of one-label stages, F1 of the others."""
    out = {}
    for name, (logits, targets) in answers_of(nlp, examples).items():
        if stages_of(nlp)[name].task.kind == "one":
            want, got = targets.argmax(axis=1), logits.argmax(axis=1)
            score = (macro_f1(want, got) + float((want == got).mean())) / 2
        else:
            hit, right = logits > 0, targets > 0.5
            score = 2 * float((hit & right).sum()) / max(1, int(hit.sum()) + int(right.sum()))
        out[name] = round(score, 5)
    return out


def macro_f1(want: np.ndarray, got: np.ndarray) -> float:
    """The mean F1 of the labels that occur in `want`."""
    scores = []
    for label in np.unique(want):
        both = int(((want == label) & (got == label)).sum())
        scores.append(2 * both / max(1, int((want == label).sum()) + int((got == label).sum())))
    return float(np.mean(scores)) if scores else 0.0
