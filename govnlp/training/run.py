"""One training run from corpora to a model folder: train, calibrate, choose the stages, fit the ratings, measure against the old model."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.errors import ConfigError, OutputError
from govnlp.pipeline import Scorer, load
from govnlp.scoring.ratings import RatingModel
from govnlp.training.build import CHAR_ENCODER, TASKS, build_pipeline
from govnlp.training.calibration import Reliability, calibrate, reliability, tune
from govnlp.training.card import write_card
from govnlp.training.choice import Choice, choose_ratings, choose_stages
from govnlp.training.data import Material, make_examples, read_material
from govnlp.training.measure import Case, Comparison, compare, corpus_cases, gold_half, measure, total
from govnlp.training.rating import fit_ratings, rating_rows, save_ratings
from govnlp.training.trainer import Pass, Recipe, stages_of, train
from govnlp.training.variants import make_variants

if TYPE_CHECKING:
    from spacy.language import Language

SCORES = "scores.json"
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on and how. `start`: a model folder to go on from, or None for new weights. `variants`: how many of each report.

    `gold`: a folder of gold reports; one half of it helps to choose the stages, neither half trains. `encoder`: the config block of the
    shared encoder, where the weights are new. `stages`: the stages to train, among which `choose` keeps those better than the rules.
    """

    corpora: tuple[str, ...]
    out: Path
    start: Path | None = None
    stages: tuple[str, ...] = TASKS
    encoder: Mapping[str, Any] = field(default_factory=lambda: CHAR_ENCODER)
    recipe: Recipe = field(default_factory=Recipe)
    variants: int = 1
    gold: str | None = None
    choose: bool = True
    name: str = "govnlp-zh"
    version: str = "1.0.0"

    def key(self, material: Material) -> str:
        """A hash of all that the weights depend on: only a run with the same key goes on from a checkpoint."""
        texts = [r.id + r.text for r in (*material.train, *material.dev)]
        plain = [texts, str(self.start), self.stages, dict(self.encoder), asdict(self.recipe), self.variants]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; the same is in the model's `scores.json`."""

    passes: tuple[Pass, ...]
    choices: tuple[Choice, ...]
    comparison: tuple[Comparison, ...]
    figures: Mapping[str, Any]
    reliability: Mapping[str, Reliability]
    folder: Path


def run_training(plan: Plan, *, resume: bool = False, echo: Echo = print) -> Outcome:
    """Train as planned and write the model to `plan.out`, which must not hold another model.

    The old model that the new one is measured against is `plan.start`, else the stages by rules. Raises `GovnlpError`s.
    """
    if (plan.out / "config.cfg").is_file():
        raise OutputError("a model is there already", source=str(plan.out), advice="give another folder, or remove it")
    material = read_material(plan.corpora)
    for name in ("train", "dev", "test"):
        if not getattr(material, name):
            raise ConfigError(f"no report is in the {name} split", source=", ".join(plan.corpora), advice="add reports")
    echo(f"train {len(material.train)}  dev {len(material.dev)}  test {len(material.test)} reports")
    nlp = _start(plan)
    variants = make_variants(material.train, seed=plan.recipe.seed, each=plan.variants)
    examples = make_examples(nlp, [*material.train, *variants])
    dev, test = make_examples(nlp, material.dev), make_examples(nlp, material.test)
    work = plan.out.with_name(plan.out.name + ".work")
    passes = train(
        nlp,
        examples,
        dev,
        plan.recipe,
        work,
        fresh=plan.start is None,
        resume=resume,
        key=plan.key(material),
        on_pass=lambda p: echo(
            f"pass {p.number + 1:2}  {p.score:.4f}  " + "  ".join(f"{k} {v:.3f}" for k, v in p.stages.items())
        ),
    )
    calibrate(nlp, dev)
    tune(nlp, dev)
    choices: list[Choice] = []
    sets: dict[str, list[Case]] = {"dev": corpus_cases(material.dev)}
    if plan.gold:
        sets["gold, half 0"] = gold_half(plan.gold, 0)
    if plan.choose:
        nlp, choices = choose_stages(nlp, sets)
    sure = reliability(nlp, test) if stages_of(nlp) else {}
    nlp.meta.update(name=plan.name, lang="zh", version=plan.version, description="govnlp stages", license="Apache-2.0")
    part = work / "model"
    shutil.rmtree(part, ignore_errors=True)
    nlp.to_disk(part, exclude=["vocab"])
    ratings = _fit_ratings(load(part), material)
    if plan.choose:
        ratings, chosen = choose_ratings(load(part), ratings, sets)
        choices += chosen
    for c in choices:
        kept = "  kept" if c.kept else ""
        echo(f"{c.stage:20} rules {_mean(c.rules):.4f}  trained {_mean(c.trained):.4f}{kept}")
    save_ratings(part, ratings)
    old, new = load(plan.start or "rules"), load(part)
    cases = corpus_cases(material.test)
    before, after = measure(old, cases), measure(new, cases)
    outcome = Outcome(
        tuple(passes), tuple(choices), tuple(compare(before, after)), _figures(new, after, plan), sure, plan.out
    )
    _write_scores(part, outcome, plan, material, old)
    write_card(part, json.loads((part / SCORES).read_text("utf-8")))
    plan.out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(part, plan.out)
    shutil.rmtree(work, ignore_errors=True)
    return outcome


def _start(plan: Plan) -> Language:
    if plan.start is None:
        return build_pipeline(plan.stages, encoder=plan.encoder)
    from govnlp.pipeline import load_pipeline

    nlp = load_pipeline(plan.start)
    if not stages_of(nlp):
        raise ConfigError("no stage of this model is trained", source=str(plan.start), advice="train without --from")
    return nlp


def _fit_ratings(scorer: Scorer, material: Material) -> RatingModel:
    """Ratings learn from what the stages make of the training split, where their answers are nearly the labels themselves."""
    rows, check = rating_rows(scorer, material.train), rating_rows(scorer, material.dev)
    return fit_ratings(rows, material.train, check, material.dev)


def _figures(scorer: Scorer, test: Sequence[Any], plan: Plan) -> dict[str, Any]:
    out = {"corpus test": total(test)}
    if plan.gold:
        for half in (0, 1):
            out[f"gold, half {half}"] = total(measure(scorer, gold_half(plan.gold, half)))
    return out


def _mean(figures: Mapping[str, float]) -> float:
    return sum(figures.values()) / max(1, len(figures))


def _write_scores(folder: Path, outcome: Outcome, plan: Plan, material: Material, old: Scorer) -> None:
    plain = {
        "name": plan.name,
        "version": plan.version,
        "old": dict(old.model),
        "corpora": [str(c) for c in plan.corpora],
        "reports": {name: len(getattr(material, name)) for name in ("train", "dev", "test")},
        "held_out": [r.id for r in material.test],
        "recipe": {**asdict(plan.recipe), "variants": plan.variants},
        "encoder": dict(plan.encoder) if plan.start is None else f"as in {plan.start.name}",
        "passes": [asdict(p) for p in outcome.passes],
        "stages": [asdict(c) for c in outcome.choices],
        "comparison": [asdict(c) for c in outcome.comparison],
        "figures": outcome.figures,
        "reliability": {name: asdict(r) for name, r in outcome.reliability.items()},
    }
    (folder / SCORES).write_text(json.dumps(plain, ensure_ascii=False, indent=1, default=_plain) + "\n", "utf-8")


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
