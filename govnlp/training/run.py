"""One training run from corpora to a model folder: train, calibrate, choose the stages, fit the ratings, measure against the old model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.errors import ConfigError, writing
from govnlp.pipeline import Scorer, load, load_pipeline
from govnlp.scoring.ratings import RatingModel
from govnlp.training.build import CHAR_ENCODER, ENCODER, USUAL, build_pipeline
from govnlp.training.calibration import Reliability, calibrate, reliability, tune
from govnlp.training.card import write_card
from govnlp.training.choice import Choice, choose_ratings, choose_stages
from govnlp.training.data import Material, count_wording, make_examples, read_material
from govnlp.training.graph import EXPORTED, TRAINED, can_export, trainable, write_exported
from govnlp.training.measure import Case, Comparison, compare, corpus_cases, gold_half, measure, total
from govnlp.training.plan import Plan
from govnlp.training.rating import fit_ratings, need_sklearn, rating_rows, save_ratings
from govnlp.training.trainer import Pass, stages_of, train
from govnlp.training.variants import make_variants

if TYPE_CHECKING:
    from spacy.language import Language

SCORES = "scores.json"
HALVES = ("gold, half 0", "gold, half 1")
CHOOSING = HALVES[0]
"""The half of the gold reports that helps to choose the stages."""
Echo = Callable[[str], None]


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
    """Train as planned and write the model to `plan.out`, which must not be there, or be an empty folder.

    The old model that the new one is measured against is `plan.start`, else the stages by rules. Raises `GovnlpError`s, those over
    what was asked for before any training.
    """
    plan.check()
    need_sklearn()
    old = load(plan.start or "rules")
    nlp = _start(plan)
    gold = _gold(plan)
    material = read_material(plan.corpora)
    for name in ("train", "dev", "test"):
        if not getattr(material, name):
            raise ConfigError(f"no report is in the {name} split", source=", ".join(plan.corpora), advice="add reports")
    with writing(plan.work, advice="give another --out"):
        plan.work.mkdir(parents=True, exist_ok=True)
    echo(f"train {len(material.train)}  dev {len(material.dev)}  test {len(material.test)} reports")
    if plan.start is None:
        count_wording(nlp, material.train)
    examples = []
    if plan.recipe.passes:
        variants = make_variants(material.train, seed=plan.recipe.seed, each=plan.variants)
        examples = make_examples(nlp, [*material.train, *variants])
    dev, test = make_examples(nlp, material.dev), make_examples(nlp, material.test)
    passes = train(
        nlp,
        examples,
        dev,
        plan.recipe,
        plan.work,
        fresh=plan.start is None,
        resume=resume,
        key=plan.key(material),
        on_pass=lambda p: echo(
            f"pass {p.number + 1:2}  {p.score:.4f}  " + "  ".join(f"{k} {v:.3f}" for k, v in p.stages.items())
        ),
        echo=echo,
    )
    # a resumed run may have made more passes than were asked for at last
    plan = replace(plan, recipe=replace(plan.recipe, passes=max(plan.recipe.passes, len(passes))))
    if passes:
        calibrate(nlp, dev)
        tune(nlp, dev)
    choices: list[Choice] = []
    sets = {"dev": corpus_cases(material.dev)}
    sets.update({name: cases for name, cases in gold.items() if name == CHOOSING})
    if plan.choose:
        nlp, choices = choose_stages(nlp, sets)
    sure = reliability(nlp, test) if stages_of(nlp) else {}
    name, version = plan.named(old.model)
    nlp.meta.update(name=name, lang="zh", version=version, description="govnlp stages", license=plan.licence)
    shutil.rmtree(plan.part, ignore_errors=True)
    if _encoder(nlp).get("@architectures") == TRAINED and can_export():
        write_exported(nlp, plan.part)
    else:
        nlp.to_disk(plan.part, exclude=["vocab"])
    ratings, chosen = _ratings(load(plan.part), material, sets if plan.choose else {})
    choices += chosen
    for c in choices:
        echo(f"{c.stage:20} rules {_row(c.rules)}  trained {_row(c.trained)}{'  kept' if c.kept else ''}")
    save_ratings(plan.part, ratings)
    new = load(plan.part)
    cases = corpus_cases(material.test)
    before, after = measure(old, cases), measure(new, cases)
    figures = {"corpus test": total(after), **{name: total(measure(new, half)) for name, half in gold.items()}}
    outcome = Outcome(tuple(passes), tuple(choices), tuple(compare(before, after)), figures, sure, plan.out)
    _write_scores(plan.part, outcome, plan, material, old, new)
    write_card(plan.part, json.loads((plan.part / SCORES).read_text("utf-8")))
    _put_in_place(plan)
    return outcome


def _put_in_place(plan: Plan) -> None:
    with writing(plan.out, advice=f"the new model is in {plan.part}"):
        if plan.out.exists():
            plan.out.rmdir()
        plan.part.rename(plan.out)
    shutil.rmtree(plan.work, ignore_errors=True)


def _start(plan: Plan) -> Language:
    if plan.start is None:
        return build_pipeline(plan.stages or USUAL, encoder=plan.encoder or CHAR_ENCODER)
    nlp = load_pipeline(trainable(plan.start))
    if not stages_of(nlp):
        raise ConfigError("no stage of this model is trained", source=str(plan.start), advice="train without --from")
    if _encoder(nlp).get("@architectures") == EXPORTED:
        raise ConfigError(
            "an exported encoder cannot be trained",
            source=str(plan.start),
            advice="train from the model that it was exported from, or export that one again: govnlp onnx",
        )
    return nlp


def _encoder(nlp: Language) -> Mapping[str, Any]:
    """The config block of the shared encoder, {} in a pipeline without one."""
    return nlp.config["components"].get(ENCODER, {}).get("model", {})


def _gold(plan: Plan) -> dict[str, list[Case]]:
    """The halves of the gold reports, those that are not empty."""
    if plan.gold is None:
        return {}
    halves = {name: gold_half(plan.gold, k) for k, name in enumerate(HALVES)}
    if not any(halves.values()):
        raise ConfigError(
            "no gold report has its text beside it", source=plan.gold, advice="give each NAME.gold.json its NAME.txt"
        )
    return {name: cases for name, cases in halves.items() if cases}


def _ratings(
    scorer: Scorer, material: Material, sets: Mapping[str, Sequence[Case]]
) -> tuple[RatingModel, list[Choice]]:
    """The ratings fitted on what the stages make of the reports; of them those that are better on `sets`, all of them without any."""
    rows, check = rating_rows(scorer, material.train), rating_rows(scorer, material.dev)
    fitted = fit_ratings(rows, material.train, check, material.dev)
    return choose_ratings(scorer, fitted, sets) if sets else (fitted.models, [])


def _row(figures: Mapping[str, float]) -> str:
    return " ".join(f"{v:.4f}" for v in figures.values())


def _write_scores(folder: Path, outcome: Outcome, plan: Plan, material: Material, old: Scorer, new: Scorer) -> None:
    plain: dict[str, Any] = {
        **new.model,
        "licence": plan.licence,
        "old": dict(old.model),
        "corpora": [str(c) for c in plan.corpora],
        "reports": {name: len(getattr(material, name)) for name in ("train", "dev", "test")},
        "held_out": [r.id for r in material.test],
        "recipe": {**asdict(plan.recipe), "variants": plan.variants},
        "command": plan.command(),
        "encoder": _encoder(new.nlp),
        "passes": [asdict(p) for p in outcome.passes],
        "stages": [asdict(c) for c in outcome.choices],
        "comparison": [asdict(c) for c in outcome.comparison],
        "figures": outcome.figures,
        "reliability": {name: asdict(r) for name, r in outcome.reliability.items()},
        "notes": plan.notes,
    }
    (folder / SCORES).write_text(json.dumps(plain, ensure_ascii=False, indent=1, default=_plain) + "\n", "utf-8")


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
