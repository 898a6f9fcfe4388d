"""The limits that rules compare with, by name; a rubric's [limits] may set others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from govnlp.rules.base import Context

DEFAULT_LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "boilerplate_share": 0.7,
        "copied_share": 0.6,
    }
)
"""Shares from 0 to 1, of the narrative's characters."""


def limit(context: Context, name: str) -> float:
    """The limit called `name`: the rubric's, else the default."""
    return context.limits.get(name, DEFAULT_LIMITS[name])
