"""Pre-training of our own character encoder: some characters of the reports are hidden, and the encoder learns to tell them.

Only the texts are used, no labels; of a labelled corpus only the training part, so that what is measured on the others stays fair.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from govnlp.components.learned.encoder import prose_mask
from govnlp.components.transformer.pieces import MASK, N_SPECIAL, CharacterPieces, Ints, count_characters
from govnlp.components.transformer.sources import ABOUT, need_torch, read_encoder, write_encoder
from govnlp.corpus.files import SUFFIX
from govnlp.errors import CorpusError
from govnlp.inputs import find_inputs
from govnlp.readers import read
from govnlp.training.data import read_material

HIDDEN_SHARE = 0.15
LONGEST_RUN = 4
"""Runs of 1 to 4 characters are hidden together: a lone character is mostly given away by its word."""
KEPT, RANDOM = 0.1, 0.1
"""Of the hidden runs, the shares that are left as they are and replaced at random; the others become the mask."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to pre-train. `steps` of `batch` windows of `length` characters; `rate`: the highest learning rate.

    `width`, `layers`, `heads`, `inner`: the encoder's sizes. `minutes`: stop after these, if sooner.
    """

    steps: int = 5000
    batch: int = 16
    length: int = 128
    rate: float = 2e-3
    seed: int = 0
    width: int = 128
    layers: int = 2
    heads: int = 4
    inner: int = 512
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far pre-training is: `loss` (nats) and `accuracy` over the hidden characters since the last report."""

    step: int
    steps: int
    loss: float
    accuracy: float


def pretraining_texts(paths: Sequence[str | Path]) -> list[str]:
    """The narrative of reports: of labelled corpora (folders with .src files) the training part, of other files and folders all.

    Raises `CorpusError` and `ReadError`.
    """
    labelled = [p for p in map(Path, paths) if p.suffix == SUFFIX or (p.is_dir() and any(p.rglob(f"*{SUFFIX}")))]
    texts = [r.text for r in read_material(labelled).train] if labelled else []
    others = [str(p) for p in map(Path, paths) if p not in labelled]
    if others:
        texts += [read(path).text for path in find_inputs(others).files]
    if not texts:
        raise CorpusError("no texts here", source=", ".join(map(str, paths)), advice="give folders of reports")
    return [narrative(text) for text in texts]


def narrative(text: str) -> str:
    """The text without rows of tables."""
    return "".join(c for c, kept in zip(text, prose_mask(text), strict=True) if kept)


def pretrain(
    texts: Sequence[str],
    out: Path,
    plan: Plan,
    *,
    report: Callable[[Step], None] = lambda step: None,
    every: int = 50,
) -> Path:
    """Train on the texts and write the encoder folder `out`; a folder that was begun with the same plan is gone on with (the
    encoder's weights and the step; the optimiser starts afresh).

    `report` is called every `every` steps, when the encoder is saved as well. Raises `MissingDependency` without torch.
    """
    need_torch()
    import torch

    from govnlp.components.transformer.modules import CharacterEncoder, Sizes

    torch.manual_seed(plan.seed)
    module, pieces, done = _resumed(out, plan)
    if module is None or pieces is None:
        pieces = count_characters(texts)
        module = CharacterEncoder(Sizes(len(pieces), plan.width, plan.layers, plan.heads, plan.inner))
    ids = [pieces.cut(text)[0] for text in texts]
    head = _head(module, torch)
    weights = {id(p): p for p in (*module.parameters(), *head.parameters())}  # the embedding is in both
    optimizer = torch.optim.AdamW(weights.values(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
    started = time.monotonic()
    batches = _batches(ids, len(pieces), plan, start=done)
    module.train()
    losses: list[tuple[float, float]] = []
    for step in range(done + 1, plan.steps + 1):
        seen, wanted = next(batches)
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * schedule(step, plan.steps)
        losses.append(_train(module, head, optimizer, seen, wanted))
        late = plan.minutes is not None and time.monotonic() - started > 60 * plan.minutes
        if step % every == 0 or step == plan.steps or late:
            loss, accuracy = np.mean(losses, axis=0).round(4).tolist()
            write_encoder(module, pieces, out, plan=asdict(plan), step=step, loss=loss, accuracy=accuracy)
            report(Step(step, plan.steps, loss, accuracy))
            losses = []
        if late:
            break
    return out


def schedule(step: int, steps: int) -> float:
    """The learning rate as a share of the highest: up over the first 6 %, then down along a cosine."""
    warm = max(1, round(0.06 * steps))
    if step < warm:
        return step / warm
    return float(0.5 * (1 + np.cos(np.pi * min(1.0, (step - warm) / max(1, steps - warm)))))


def hide(ids: Ints, n_pieces: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """(the ids with some runs hidden, the ids that are to be told there; -100 elsewhere), both of the shape of `ids`."""
    seen, wanted = ids.copy(), np.full_like(ids, -100)
    for row in range(ids.shape[0]):
        left = max(1, round(HIDDEN_SHARE * ids.shape[1]))
        while left > 0:
            run = min(int(rng.integers(1, LONGEST_RUN + 1)), left)
            at = int(rng.integers(0, max(1, ids.shape[1] - run + 1)))
            left -= run
            where = slice(at, at + run)
            fresh = wanted[row, where] == -100
            wanted[row, where] = np.where(fresh, ids[row, where], wanted[row, where])
            draw = rng.random()
            if draw >= KEPT + RANDOM:
                seen[row, where] = MASK
            elif draw >= KEPT:
                seen[row, where] = rng.integers(N_SPECIAL, n_pieces, len(seen[row, where]))
    return seen, wanted


def _batches(texts: Sequence[Ints], n_pieces: int, plan: Plan, *, start: int) -> Iterator[tuple[Ints, Ints]]:
    """Windows that start anywhere in the texts, which follow each other as one."""
    whole = np.concatenate(texts)
    while len(whole) < plan.length:
        whole = np.concatenate([whole, whole])
    for step in range(start, plan.steps):
        rng = np.random.default_rng([plan.seed, step])
        at = rng.integers(0, len(whole) - plan.length + 1, plan.batch)
        yield hide(np.stack([whole[a : a + plan.length] for a in at]), n_pieces, rng)


def _head(module: Any, torch: Any) -> Any:
    """From a vector to the characters: one layer, then the likeness to each character's embedding."""
    nn = torch.nn
    head = nn.Sequential(
        nn.Linear(module.width, module.width),
        nn.GELU(),
        nn.LayerNorm(module.width),
        nn.Linear(module.width, module.sizes.pieces),
    )
    head[3].weight = module.embed.weight
    return head


def _train(module: Any, head: Any, optimizer: Any, seen: Ints, wanted: Ints) -> tuple[float, float]:
    import torch

    ids, targets = torch.from_numpy(seen), torch.from_numpy(wanted)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = module(ids, torch.ones_like(ids))
        logits = head(vectors[targets != -100])
    kept = targets[targets != -100]
    loss = torch.nn.functional.cross_entropy(logits.float(), kept)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach()), float((logits.argmax(-1) == kept).float().mean())


def _resumed(out: Path, plan: Plan) -> tuple[Any, CharacterPieces | None, int]:
    """The encoder in `out` and how many steps it has seen, where it was begun with the same plan."""
    about = out / ABOUT
    if not about.is_file():
        return None, None, 0
    noted = json.loads(about.read_text("utf-8"))
    given = {**asdict(plan), "minutes": None}
    if {**noted.get("plan", {}), "minutes": None} != given:
        return None, None, 0
    module, pieces = read_encoder(out)
    assert isinstance(pieces, CharacterPieces)
    return module, pieces, int(noted["step"])
