"""What the exports say, in Chinese and in English: the TOML files of this folder. One file per export, `terms.toml` for all.

A file holds tables of `key = { zh = "…", en = "…" }`; a text is asked for as `words("html.title")`, FILE.KEY or FILE.GROUP.KEY.
Names of elements and of rules are not repeated here: `Words.term` and `Words.rule` take them from where they stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from govnlp.document import Deduction, Finding, Scorecard
from govnlp.rules import Rule, rule_of
from govnlp.schema import Lang
from govnlp.scoring.names import ELEMENT_NAMES
from govnlp.scoring.rubric import load_rubric, shipped


@cache
def all_words() -> Mapping[str, Mapping[Lang, str]]:
    """Every text by its dotted key. Raises `ValueError` where one lacks a language."""
    found: dict[str, Mapping[Lang, str]] = {}

    def walk(prefix: str, node: Mapping[str, Any]) -> None:
        for key, value in node.items():
            name = f"{prefix}.{key}"
            if set(value) == {"zh", "en"} and all(isinstance(v, str) for v in value.values()):
                found[name] = value
            elif value and all(isinstance(v, dict) for v in value.values()):
                walk(name, value)
            else:
                raise ValueError(f"{name} is not in both languages")

    for file in resources.files(__name__).iterdir():
        if file.name.endswith(".toml"):
            walk(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")))
    for element, names in ELEMENT_NAMES.items():
        found[f"terms.element.{element}"] = names
    return found


@cache
def _grade_titles(rubric: str) -> Mapping[str, Mapping[Lang, str]]:
    """Grade to its title; empty for a rubric that does not come with the package, of which only the name is known."""
    return {g.grade: g.title for g in load_rubric(rubric).grades} if rubric in shipped() else {}


_QUOTED = re.compile(r"[“‘「\"]([^“”‘’「」\"]{1,60})[”’」\"]")
_BRACKETED = re.compile(r"[(（]([^()（）]{1,20})[)）]")
_LABEL_GROUPS = (
    "applicant",
    "request_row",
    "request_group",
    "review_block",
    "review_column",
    "proactive_row",
    "proactive_column",
    "table",
    "part_title",
)


@cache
def _official_labels() -> Mapping[str, str]:
    """Labels of the national tables, Chinese to English."""
    groups = tuple(f"terms.{g}." for g in _LABEL_GROUPS)
    return {v["zh"]: v["en"] for k, v in all_words().items() if k.startswith(groups)}


def _glossed(match: re.Match[str]) -> str:
    english = _official_labels().get(match[1])
    return f"{match[0]} ({english})" if english else match[0]


class Words:
    """The texts of one language. Call it with a key and what its `{placeholders}` stand for; KeyError where there is none."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._all = all_words()

    def __call__(self, key: str, **values: Any) -> str:
        text = self._all[key][self.lang]
        return text.format(**values) if values else text

    def term(self, group: str, name: str | None) -> str:
        """A name of the schema (`group`: element, section, claim_type, channel, kind, qualifier, label, severity, table, score…) in words; the name itself where it is unknown (a rubric's own grade), "" for None."""
        if name is None:
            return ""
        texts = self._all.get(f"terms.{group}.{name}")
        return texts[self.lang] if texts else name

    def grade(self, card: Scorecard) -> str:
        """The grade with its title ("B 良好") where the rubric is a shipped one; else the grade alone."""
        grade = card.scores.grade
        title = _grade_titles(card.rubric).get(grade)
        return f"{grade} {title[self.lang]}" if title else grade

    def rule(self, code: str) -> Rule | None:
        """The rule of a code; None for a code that this version does not know (a scorecard of a later one)."""
        try:
            return rule_of(code)
        except KeyError:
            return None

    def rule_title(self, code: str) -> str:
        rule = self.rule(code)
        return rule.title[self.lang] if rule else code

    def message(self, card: Scorecard, finding: Finding) -> str:
        """The finding's message in this language; scorecards keep it in the one that they were made in.

        Where it cannot be put together again (another version's rule), the rule's title stands for it.
        """
        return self._labels(self._message(card, finding))

    def _message(self, card: Scorecard, finding: Finding) -> str:
        if card.lang == self.lang:
            return finding.message
        rule = self.rule(finding.code)
        if rule is None:
            return finding.code
        for texts in rule.messages.values():
            try:
                if texts[card.lang].format(**finding.values) == finding.message:
                    return texts[self.lang].format(**finding.values)
            except (KeyError, IndexError, ValueError, TypeError):
                continue
        return rule.title[self.lang]

    def _labels(self, message: str) -> str:
        """Official labels that a message quotes (a part, a row or column of a table) with their English beside them.

        The Chinese stays, for it is what the report should say; so do quotes of the report.
        """
        if self.lang == "zh" or message.isascii():
            return message
        message = _QUOTED.sub(_glossed, message)
        labels = _official_labels()
        return _BRACKETED.sub(lambda m: f"({labels[m[1]]})" if m[1] in labels else m[0], message)

    def deduction(self, card: Scorecard, deduction: Deduction) -> str:
        """What a deduction is for, in this language."""
        if card.lang == self.lang:
            return self._labels(deduction.message)
        if deduction.kind == "element":
            return self("terms.missing_element", name=self.term("element", deduction.reason))
        for finding in card.findings:
            if finding.code == deduction.reason and finding.message == deduction.message:
                return self.message(card, finding)
        return self.rule_title(deduction.reason)
