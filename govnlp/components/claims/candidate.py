"""A quantity as found in a text, before it has a type."""

from __future__ import annotations

from dataclasses import dataclass

from govnlp.document import Number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity: [start, end) in the text, its value, the unit as written ("" where none is), the qualifier.

    `pattern` proposed it ("count", "percent", "fraction", "tenths", "half", "times", "none"); `veto` names the check that rejected it, or None.
    `type` is the claim type of a denied thing, None for numbers. `weak`: a numeral such as 一次, a claim only in a telling context.
    `number`: the span of the bare numeral.
    """

    start: int
    end: int
    value: Number
    unit: str
    qualifier: str = "exact"
    pattern: str = "count"
    veto: str | None = None
    type: str | None = None
    weak: bool = False
    number: tuple[int, int] = (0, 0)
