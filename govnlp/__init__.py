"""govnlp reads China's government information disclosure annual reports and scores them.

The names below are the whole interface that a program needs; each is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govnlp.batch import Failure, score_many
    from govnlp.cards import from_dict, read_cards, to_dict
    from govnlp.document import Claim, Element, Finding, Report, Scorecard, Scores, Section, Sentence, Source
    from govnlp.errors import GovnlpError
    from govnlp.frame import to_frame
    from govnlp.pipeline import Scorer, load

_HOME = {
    "load": "pipeline",
    "Scorer": "pipeline",
    "score_many": "batch",
    "Failure": "batch",
    "to_frame": "frame",
    "read_cards": "cards",
    "to_dict": "cards",
    "from_dict": "cards",
    "GovnlpError": "errors",
    **dict.fromkeys(
        ("Claim", "Element", "Finding", "Report", "Scorecard", "Scores", "Section", "Sentence", "Source"), "document"
    ),
}
__all__ = [
    "Claim",
    "Element",
    "Failure",
    "Finding",
    "GovnlpError",
    "Report",
    "Scorecard",
    "Scorer",
    "Scores",
    "Section",
    "Sentence",
    "Source",
    "from_dict",
    "load",
    "read_cards",
    "score_many",
    "to_dict",
    "to_frame",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'govnlp' has no attribute {name!r}")
    return getattr(importlib.import_module(f"govnlp.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
