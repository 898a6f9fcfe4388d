"""The transformer encoders that `--encoder` names, as the config block that puts one into a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govnlp.components.transformer.sources import width_of

RATE = 0.15
"""How fast a transformer learns, as a share of the other parts' learning rate: it is pre-trained, they are not."""

WIDTH = 64
"""The stages see vectors of this width at most: what they cost grows with it."""


def transformer_block(name: str | Path, *, rate: float = RATE) -> Mapping[str, Any]:
    """The block for a folder of `govnlp pretrain`, or for a Hugging Face model by path or name.

    Raises `ConfigError` where there is no such encoder, `MissingDependency` without torch (or transformers).
    """
    return {
        "@architectures": "govnlp.TransformerEncoder.v1",
        "width": min(WIDTH, width_of(name)),
        "source": str(name),
        "rate": rate,
    }
