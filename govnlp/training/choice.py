"""Which stages a model does by training and which by rules: each where it is measured to be better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govnlp.pipeline import Scorer, load
from govnlp.scoring.ratings import RatingModel
from govnlp.training.build import ENCODER, STAGES, build_pipeline, component_name
from govnlp.training.measure import LAYERS, Case, measure, total
from govnlp.training.trainer import stages_of

if TYPE_CHECKING:
    from spacy.language import Language

LAYER_OF: Mapping[str, str] = {
    "sections": "sections",
    "claims": "claims F1",
    "claims.channel": "claims channel",
    "claims.whole": "claims part_of",
    "sentences": "sentences macro-F1",
    "elements": "elements F1",
}
"""The layer that each stage is judged by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A stage's figure by rules and by training on each set of reports, and whether the trained one is kept."""

    stage: str
    rules: Mapping[str, float]
    trained: Mapping[str, float]
    kept: bool


def is_better(rules: Mapping[str, float], trained: Mapping[str, float]) -> bool:
    """Whether a trained stage is better on the mean over the sets, and worse on none of them: a gain on the reports that also stopped the
    training does not outweigh a loss elsewhere."""
    return sum(trained.values()) > sum(rules.values()) and all(trained[name] >= rules[name] for name in rules)


def choose_stages(nlp: Language, sets: Mapping[str, Sequence[Case]]) -> tuple[Language, list[Choice]]:
    """The pipeline with the trained stages that are better than the rules on `sets` (`is_better`), one stage after the other."""
    kept: list[str] = []
    out = []
    base = _figures(assemble(nlp, kept), sets)
    for stage in STAGES:
        if component_name(stage) not in stages_of(nlp):
            continue
        tried = _figures(assemble(nlp, [*kept, stage]), sets)
        figure = LAYERS[LAYER_OF[stage]]
        rules = {name: figure(f) or 0.0 for name, f in base.items()}
        trained = {name: figure(f) or 0.0 for name, f in tried.items()}
        better = is_better(rules, trained)
        out.append(Choice(stage, rules, trained, better))
        if better:
            kept.append(stage)
            base = tried
    return assemble(nlp, kept), out


def choose_ratings(
    scorer: Scorer, models: RatingModel, sets: Mapping[str, Sequence[Case]]
) -> tuple[RatingModel, list[Choice]]:
    """The ratings whose model agrees better with the labels of `sets` than the definitions do (`is_better`)."""
    base = {name: total(measure(replace(scorer, ratings=None), cases)) for name, cases in sets.items()}
    tried = {name: total(measure(replace(scorer, ratings=models), cases)) for name, cases in sets.items()}
    out, kept = [], {}
    for rating, model in models.items():
        rules = {name: base[name]["ratings"][rating]["qwk"] or 0.0 for name in sets}
        trained = {name: tried[name]["ratings"][rating]["qwk"] or 0.0 for name in sets}
        better = is_better(rules, trained)
        out.append(Choice(f"{rating} rating", rules, trained, better))
        if better:
            kept[rating] = model
    return kept, out


def assemble(nlp: Language, kept: Sequence[str]) -> Language:
    """A pipeline with the given stages as `nlp` has trained them, the others by rules."""
    trained = stages_of(nlp)
    config = nlp.config["components"]
    network = next((config[name]["model"] for name in trained), None)
    new = build_pipeline(
        kept,
        encoder=config[ENCODER]["model"],
        hidden=network["hidden"] if network else 64,
        dropout=network["dropout"] if network else 0.5,
        peaks=network.get("peaks", 0) if network else 0,
    )
    for name in (ENCODER, *stages_of(new)) if kept else ():
        ours: Any = nlp.get_pipe(name)
        theirs: Any = new.get_pipe(name)
        theirs.from_bytes(ours.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    return new


def _figures(nlp: Language, sets: Mapping[str, Sequence[Case]]) -> dict[str, Mapping[str, float]]:
    scorer = replace(load("rules"), nlp=nlp)
    return {name: total(measure(scorer, cases)) for name, cases in sets.items()}
