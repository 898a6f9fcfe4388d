"""What a training run is to do: checked before any work, hashed for its checkpoints, and told again as a command."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from govnlp.corpus.labelled import LabelledReport, gold_dict
from govnlp.errors import ConfigError, OutputError
from govnlp.training import checkpoint
from govnlp.training.build import CHAR_ENCODER, TASKS, USUAL
from govnlp.training.data import Material
from govnlp.training.trainer import Recipe

NAME, VERSION = "govnlp-zh", "1.0.0"
"""What a model is called that goes on from no other, where nothing else is said."""
_MODEL = "model"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on and how. `start`: a model folder to go on from, or None for new weights. `variants`: how many of each report.

    `gold`: a folder of gold reports; one half of it helps to choose the stages, neither half trains. `stages`: those to train (None: all),
    among which `choose` keeps the ones better than the rules. `encoder`: the config block of the shared encoder (None: the character
    encoder). Both are the start model's where there is one. `name`, `version`: of the new model (None: see `named`). `licence`, `notes`:
    for the new model's card, the notes as Markdown.
    """

    corpora: tuple[str, ...]
    out: Path
    start: Path | None = None
    stages: tuple[str, ...] | None = None
    encoder: Mapping[str, Any] | None = None
    recipe: Recipe = field(default_factory=Recipe)
    variants: int = 1
    gold: str | None = None
    choose: bool = True
    name: str | None = None
    version: str | None = None
    licence: str = ""
    notes: str = ""

    @property
    def work(self) -> Path:
        """The folder for what is needed to resume, beside `out`."""
        return self.out.with_name(self.out.name + ".work")

    @property
    def part(self) -> Path:
        """Where the model is put together before it goes to `out`."""
        return self.work / _MODEL

    def check(self) -> None:
        """Raises `ConfigError` where options do not go together, `OutputError` where `out` is not free."""
        for option, given in (("--stages", self.stages), ("--encoder", self.encoder)):
            if self.start is not None and given is not None:
                raise ConfigError(
                    f"a model that is trained further keeps its own: {option} cannot be given with --from",
                    source=str(self.start),
                    advice="leave out one of the two",
                )
        if self.recipe.passes == 0 and self.start is None:
            raise ConfigError(
                "without a pass nothing is trained",
                source="--passes",
                advice="name a trained model, --from MODEL, or train at least one pass",
            )
        if self.stages == ():
            raise ConfigError("no stage is named", source="--stages", advice=f"one of: {', '.join(TASKS)}")
        if not (isfinite(self.recipe.rate) and self.recipe.rate > 0):
            raise ConfigError("the learning rate must be above 0", source="--rate", advice="the default is 0.001")
        if not self.out.name:
            raise ConfigError("no folder is named", source="--out", advice="give a new folder")
        free = not self.out.exists() or (self.out.is_dir() and not any(self.out.iterdir()))
        if not free or self.out.is_symlink():
            raise OutputError("is there already", source=str(self.out), advice="give another --out")
        ours = {checkpoint.FOLDER, checkpoint.PART, _MODEL}
        if self.work.exists() and not (self.work.is_dir() and {p.name for p in self.work.iterdir()} <= ours):
            raise OutputError("is there already", source=str(self.work), advice="give another --out")

    def key(self, material: Material) -> str:
        """A hash of all that the weights depend on: only a run with the same key goes on from a checkpoint. How many passes are made at
        most is not in it."""
        recipe = asdict(self.recipe)
        del recipe["passes"]
        encoder = dict(self.encoder or CHAR_ENCODER)
        plain = {
            "train": [_labels(r) for r in material.train],
            "dev": [_labels(r) for r in material.dev],
            "start": self.start and _digest(self.start),
            "stages": self.stages or USUAL,
            "encoder": [encoder, _digest(Path(encoder.get("source", "")))],
            "recipe": recipe,
            "variants": self.variants,
        }
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False, default=str).encode()).hexdigest()[:16]

    def named(self, start: Mapping[str, str]) -> tuple[str, str]:
        """Name and version of the new model, `start` those of the model that it goes on from: the same name, and the version's last number
        raised, where the plan does not say."""
        if self.start is None:
            return self.name or NAME, self.version or VERSION
        return self.name or start["name"], self.version or _next(start["version"])

    def command(self) -> list[str]:
        """The words of the command that does the same again; DIR and GOLD stand for the folders of the new model and the gold reports."""
        source = (self.encoder or {}).get("source")
        out = ["govnlp", "train", *self.corpora, "--out", "DIR"]
        out += ["--from", str(self.start)] if self.start else []
        out += ["--encoder", str(source)] if source else []
        out += ["--stages", ",".join(self.stages)] if self.stages else []
        r = self.recipe
        out += [
            "--seed",
            str(r.seed),
            "--passes",
            str(r.passes),
            "--variants",
            str(self.variants),
            "--rate",
            str(r.rate),
        ]
        out += ["--gold", "GOLD"] if self.gold else []
        out += ["--keep-all"] if not self.choose else []
        for option, given in (("--name", self.name), ("--model-version", self.version), ("--licence", self.licence)):
            out += [option, given] if given else []
        return out


def _labels(labelled: LabelledReport) -> list[Any]:
    return [gold_dict(labelled), [s.heading_end for s in labelled.report.sections]]


def _digest(folder: Path) -> str:
    """A hash of a folder's files; of none where there is no such folder."""
    whole = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()) if folder.name else ():
        whole.update(
            f"{file.relative_to(folder).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return whole.hexdigest()


def _next(version: str) -> str:
    """The version with its last number raised by one."""
    raised = re.sub(r"(\d+)(\D*)$", lambda m: f"{int(m[1]) + 1}{m[2]}", version)
    return raised if raised != version else f"{version}.1"
