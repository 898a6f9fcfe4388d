"""Which stages a model does by training and which by rules: each where it is measured to be better."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govnlp.evaluation import Evaluation
from govnlp.pipeline import Scorer, load
from govnlp.scoring.ratings import RatingModel
from govnlp.training.build import ENCODER, STAGES, build_pipeline, component_name
from govnlp.training.measure import Case, Comparison, compare, measure
from govnlp.training.rating import FittedRatings
from govnlp.training.trainer import stages_of

if TYPE_CHECKING:
    from spacy.language import Language

Measured = Mapping[str, Sequence[Evaluation]]
"""Name of a set to what each of its reports measures."""
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


def is_better(sets: Collection[tuple[int, Comparison]]) -> bool:
    """Whether a trained stage (the new one) is better than the rules on the mean over the reports of all sets (number of reports, and how
    they compare), and worse beyond noise on no set: a gain on the reports that also stopped the training does not outweigh a loss
    elsewhere."""
    return sum(n * (c.new - c.old) for n, c in sets) > 0 and not any(c.worse for _, c in sets)


def choose_stages(nlp: Language, sets: Mapping[str, Sequence[Case]]) -> tuple[Language, list[Choice]]:
    """The pipeline with the trained stages that are better than the rules on `sets` (`is_better`), one stage after the other."""
    kept: list[str] = []
    out = []
    base = _evaluations(assemble(nlp, kept), sets)
    for stage in STAGES:
        if component_name(stage) not in stages_of(nlp):
            continue
        tried = _evaluations(assemble(nlp, [*kept, stage]), sets)
        compared = _of_layer(_compared(base, tried), LAYER_OF[stage])
        out.append(_choice(stage, compared, kept=is_better(compared.values())))
        if out[-1].kept:
            kept.append(stage)
            base = tried
    return assemble(nlp, kept), out


def choose_ratings(
    scorer: Scorer, fitted: FittedRatings, sets: Mapping[str, Sequence[Case]]
) -> tuple[RatingModel, list[Choice]]:
    """The ratings whose model agrees better with the labels of all `sets` together than the definitions do, and is worse beyond noise on
    no set. Together, since kappa is no mean over reports: on few reports, one rating moves it more than on many. A report that a model
    was fitted with is rated by the one fitted without it."""
    base = {name: measure(replace(scorer, ratings=None), cases) for name, cases in sets.items()}
    tried = {
        name: [
            evaluation
            for case in cases
            for evaluation in measure(replace(scorer, ratings=fitted.for_report(case.name)), [case])
        ]
        for name, cases in sets.items()
    }
    compared = _compared(base, tried)
    together = _compared({"": [x for e in base.values() for x in e]}, {"": [x for e in tried.values() for x in e]})
    out, kept = [], {}
    for rating, model in fitted.models.items():
        found = _of_layer(compared, f"{rating} QWK")
        better = is_better(_of_layer(together, f"{rating} QWK").values())
        out.append(_choice(f"{rating} rating", found, kept=better and not any(c.worse for _, c in found.values())))
        if out[-1].kept:
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


def _compared(base: Measured, tried: Measured) -> Mapping[str, tuple[int, Sequence[Comparison]]]:
    """Name of a set to its number of reports and the comparison of all layers on it."""
    return {name: (len(base[name]), compare(base[name], tried[name])) for name in base}


def _of_layer(
    compared: Mapping[str, tuple[int, Sequence[Comparison]]], layer: str
) -> Mapping[str, tuple[int, Comparison]]:
    """One layer of it; a set that does not measure the layer is left out."""
    return {name: (n, c) for name, (n, layers) in compared.items() for c in layers if c.layer == layer}


def _choice(stage: str, found: Mapping[str, tuple[int, Comparison]], *, kept: bool) -> Choice:
    return Choice(
        stage, {name: c.old for name, (_, c) in found.items()}, {name: c.new for name, (_, c) in found.items()}, kept
    )


def _evaluations(nlp: Language, sets: Mapping[str, Sequence[Case]]) -> Measured:
    scorer = replace(load("rules"), nlp=nlp)
    return {name: measure(scorer, cases) for name, cases in sets.items()}
