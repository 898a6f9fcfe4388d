"""What a rule is. A rule stands in one file `gdNNN.py` as `RULE`; `govnlp.rules` finds it.

`check` looks at one report and yields a `Hit` for each defect. It says nothing where the report does not let it decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from govnlp.document import CellRef, Copy, Finding, NationalTable, Report
from govnlp.schema import Lang, Severity

Texts = Mapping[Lang, str]
"""The same text in each language: {"zh": …, "en": …}."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One defect: where it shows, and what the message's placeholders stand for.

    `cells`: (table, row id, column index, value) of the table cells compared. `message`: a key of the rule's `messages`.
    """

    evidence: tuple[tuple[int, int], ...] = ()
    cells: tuple[tuple[str, str, int, Any], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    message: str = "default"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside the report: limits of the rubric, the same agency's earlier report, and copies found.

    `limits`: numbers by name from the rubric's [limits]. `previous`: last year's report of the agency, or None.
    `copies`: passages shared with other reports, as `govnlp.boilerplate` found them.
    """

    limits: Mapping[str, float] = field(default_factory=dict)
    previous: Report | None = None
    copies: tuple[Copy, ...] = ()
    neighbours: tuple[str, ...] = ()
    """Names of the batch's other agencies that the report's text may hold."""
    compared: int = 0
    """How many other reports this one was compared with; 0 where copies were not looked for."""


Check = Callable[[Report, Context], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Case:
    """An example in the corpus's markup (front matter and marked text); `previous` is the year before, in the same markup.

    `evidence`: for a failing case the exact texts that the hits point to, in order (empty: not compared).
    `copies`: what the report is said to share with others.
    """

    markup: str
    evidence: tuple[str, ...] = ()
    previous: str | None = None
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding's metadata, documentation, check and cases together.

    `messages`: by key (usually only "default"), each in every language, with `{placeholders}` filled from `Hit.values`.
    `needs`: "report", "previous" or "batch": what must be there for the rule to speak.
    """

    code: str
    name: str
    severity: Severity
    title: Texts
    basis: tuple[str, ...]
    explanation: Texts
    advice: Texts
    messages: Mapping[str, Texts]
    check: Check
    passes: tuple[Case, ...]
    fails: tuple[Case, ...]
    needs: str = "report"

    def findings(self, report: Report, context: Context, lang: Lang = "zh") -> list[Finding]:
        """Run the check and put each hit into words."""
        out = []
        for hit in self.check(report, context):
            cells = tuple({"table": t, "row": r, "col": c, "value": v} for t, r, c, v in hit.cells)
            message = self.messages[hit.message][lang].format(**hit.values)
            out.append(Finding(self.code, self.severity, message, hit.evidence, cells, dict(hit.values)))
        return out


def cell_spans(table: NationalTable, *keys: tuple[str, int]) -> tuple[tuple[int, int], ...]:
    """Where the cells stand in the text, leaving out cells that the text does not have."""
    refs = (table.cells.get(key) for key in keys)
    return tuple((ref.start, ref.end) for ref in refs if isinstance(ref, CellRef) and 0 <= ref.start < ref.end)
