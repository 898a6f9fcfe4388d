"""The rules: one file per finding code, found by discovery. A rule that crashes is recorded and the others go on."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govnlp.document import Finding, Report
from govnlp.rules.base import Case, Check, Context, Hit, Rule
from govnlp.schema import Lang

__all__ = [
    "Case",
    "Check",
    "Context",
    "Hit",
    "Rule",
    "RuleFailure",
    "RuleRun",
    "all_rules",
    "check_report",
    "rule_of",
    "run_rules",
]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that crashed on a report: its code and the error in one line."""

    code: str
    error: str


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What the rules say of one report.

    `unchecked`: codes that could not be looked at, because the report of the year before or the batch is not there; a code
    that stands neither here nor in `findings` nor in `failures` was checked and is clean.
    """

    findings: tuple[Finding, ...]
    failures: tuple[RuleFailure, ...] = ()
    unchecked: tuple[str, ...] = ()


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, sorted by code. A module `gdNNN` holds its rule as `RULE`."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if re.fullmatch(r"gd\d{3}", m.name))
    rules = []
    for name in names:
        rule = importlib.import_module(f"{__name__}.{name}").RULE
        if rule.code != name.upper():
            raise ValueError(f"{name}.py holds the rule {rule.code}")
        rules.append(rule)
    return tuple(rules)


def rule_of(code: str) -> Rule:
    """The rule of a code; KeyError where there is none."""
    for rule in all_rules():
        if rule.code == code.upper():
            return rule
    raise KeyError(code)


def run_rules(
    report: Report, context: Context | None = None, lang: Lang = "zh", *, rules: Sequence[Rule] | None = None
) -> RuleRun:
    """Run `rules` (all of them by default) over one report. Findings come in the order of codes, then of the text."""
    context = context or Context()
    findings: list[Finding] = []
    failures: list[RuleFailure] = []
    unchecked = []
    compared = context.compared or context.copies
    for rule in all_rules() if rules is None else rules:
        if (rule.needs == "previous" and context.previous is None) or (rule.needs == "batch" and not compared):
            unchecked.append(rule.code)
            continue
        try:
            findings += sorted(rule.findings(report, context, lang), key=lambda f: f.evidence)
        except Exception as error:
            # Whatever a rule trips over in one report must not cost the other rules' results.
            _log.exception("rule %s crashed on %s", rule.code, report.source.name)
            failures.append(RuleFailure(rule.code, f"{type(error).__name__}: {error}"))
    return RuleRun(tuple(findings), tuple(failures), tuple(unchecked))


def check_report(report: Report, context: Context | None = None, lang: Lang = "zh") -> list[Finding]:
    """The findings of one report; a crash of a rule goes to the log. `run_rules` also returns what crashed."""
    return list(run_rules(report, context, lang).findings)
