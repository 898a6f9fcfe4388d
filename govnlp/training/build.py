"""A fresh pipeline: one encoder, and for each stage the rules' component or the generic trained one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govnlp.errors import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language

STAGES: Mapping[str, tuple[str, str | None]] = {
    "sections": ("sections", "govnlp_sections"),
    "claims": ("claims", "govnlp_claims"),
    "claims.channel": ("claims.channel", None),
    "claims.whole": ("claims.whole", None),
    "sentences": ("sentences", "govnlp_sentences"),
    "elements": ("elements", "govnlp_elements"),
}
"""Stage to its task and to the rules' component that does the same; None where that belongs to the stage before."""
TASKS = tuple(STAGES)
USUAL = ("sections", "claims", "sentences", "elements")
"""The stages that are trained where none are named: channels and shares have few cases, are better off with the rules by all that was
measured, and their noise would stop the others' training at the wrong pass."""
ENCODER = "encoder"
CHAR_ENCODER: Mapping[str, Any] = {
    "@architectures": "govnlp.CharEncoder.v2",
    "width": 70,
    "rows": 16384,
    "longest": 4,
    "convolved": 0,
    "counted": 262144,
}


def encoder_config(name: str) -> Mapping[str, Any]:
    """The config block of an encoder by its name on the command line: "cnn", a folder of `govnlp pretrain`, or a Hugging Face model.

    Raises `ConfigError` for an unknown one, `MissingDependency` for one that needs torch where that is not there.
    """
    if name == "cnn":
        return CHAR_ENCODER
    from govnlp.training.encoders import transformer_block

    return transformer_block(name)


def component_name(stage: str) -> str:
    """The name of a stage's component in a pipeline."""
    return stage.replace(".", "_")


def build_pipeline(
    learned: Sequence[str] = TASKS,
    *,
    encoder: Mapping[str, Any] = CHAR_ENCODER,
    hidden: int = 64,
    dropout: float = 0.5,
    peaks: int = 1,
) -> Language:
    """A pipeline over character tokens, its weights not yet set.

    `learned`: the stages to train, the others are done by rules. `encoder`: the config block of an architecture that gives a
    vector of `width` for each token.
    """
    from govnlp.components.tokens import blank_pipeline

    unknown = set(learned) - set(TASKS)
    if unknown:
        raise ConfigError(f"no stage {sorted(unknown)[0]!r}", advice=f"one of: {', '.join(TASKS)}")
    nlp = blank_pipeline(())
    if learned:
        nlp.add_pipe("tok2vec", name=ENCODER, config={"model": dict(encoder)})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": encoder["width"], "upstream": ENCODER}
    network = {
        "@architectures": "govnlp.SpanNetwork.v1",
        "tok2vec": listener,
        "hidden": hidden,
        "dropout": dropout,
        "peaks": peaks,
    }
    for name, (task, by_rules) in STAGES.items():
        if name in learned:
            nlp.add_pipe("govnlp_spans", name=component_name(name), config={"model": network, "task": task})
        elif by_rules is not None:
            nlp.add_pipe(by_rules, name=name)
    return nlp
