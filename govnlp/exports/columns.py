"""The tables for analysts, each column stated once: name, type and where its value comes from.

CSV, Parquet, the sheets of the workbook and `to_frame` all take their columns from here; what each one means stands in
`words/columns.toml`. Names and types are stable: a column may be added at the end of a table, none changes its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from govnlp.document import Claim, Element, Finding, Scorecard, Sentence
from govnlp.exports.words import Words, all_words

Kind = Literal["reports", "claims", "findings", "elements", "sentences"]
Type = Literal["string", "int", "float", "bool"]
Get = Callable[[Scorecard, Any, Words], Any]
PASSAGES = " | "
"""Parts the passages of one finding or element."""
_HALF = re.compile("[\ud800-\udfff]")
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Any value may be None, but for the names of `source` and of the row's own thing.

    `terms`: the group of `words/terms.toml` that names its values, where they are names of the schema.
    """

    name: str
    type: Type
    get: Get
    terms: str | None = None


def fitting(value: Any, column: Column) -> Any:
    """The value as a format with types holds it: no half of a character in a text; None for a number that no 64 bits hold."""
    if value is None:
        return None
    if column.type == "string":
        return _HALF.sub("\ufffd", str(value))
    if column.type == "bool":
        return bool(value)
    try:
        return float(value) if column.type == "float" else int(value) if int(value) in _INT64 else None
    except (OverflowError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a scorecard has of it, and its columns."""

    name: Kind
    items: Callable[[Scorecard], Iterable[Any]]
    columns: tuple[Column, ...]

    def rows(self, card: Scorecard, words: Words) -> Iterator[list[Any]]:
        """The rows of one scorecard, each as long as `columns`."""
        getters = [column.get for column in self.columns]
        for item in self.items(card):
            yield [get(card, item, words) for get in getters]

    def about(self, column: Column, words: Words) -> str:
        """What a column holds, in words; where its values are names of the schema, each of them too."""
        home = "every" if column in _KEY else self.name
        about = words(f"columns.{home}.{column.name}")
        if column.terms is None:
            return about
        prefix = f"terms.{column.terms}."
        names = [
            words("columns.dictionary.named", name=key.removeprefix(prefix), title=texts[words.lang])
            for key, texts in all_words().items()
            if key.startswith(prefix)
        ]
        return words("columns.dictionary.one_of", about=about, names=words("columns.dictionary.and").join(names))


def _span(card: Scorecard, start: int, end: int) -> str:
    """The text between two offsets; "" where they are none of this text (a scorecard that somebody changed)."""
    return card.report.text[start:end] if 0 <= start < end else ""


def _passages(card: Scorecard, item: Finding | Element) -> str | None:
    return PASSAGES.join(filter(None, (_span(card, a, b) for a, b in item.evidence))) or None


def _first(item: Finding | Element, which: int) -> int | None:
    return item.evidence[0][which] if item.evidence else None


def _section(card: Scorecard, item: Finding | Element) -> str | None:
    return card.report.section_at(item.evidence[0][0]) if item.evidence else None


def _field(name: str, type: Type, *, terms: str | None = None) -> Column:
    """A column that holds an attribute of the row's own thing."""
    return Column(name, type, lambda card, item, words: getattr(item, name), terms)


def _of_scores(name: str, type: Type) -> Column:
    return Column(name, type, lambda card, item, words: getattr(card.scores, name))


def _count(name: str, severity: str) -> Column:
    return Column(name, "int", lambda card, item, words: sum(f.severity == severity for f in card.findings))


def _sentences(name: str, label: str) -> Column:
    return Column(name, "int", lambda card, item, words: sum(s.label == label for s in card.report.sentences))


def _percentile(score: str) -> Column:
    return Column(f"{score}_percentile", "int", lambda card, item, words: card.scores.percentiles.get(score))


def _measure(name: str) -> Column:
    return Column(name, "float", lambda card, item, words: card.scores.measures.get(name))


_KEY = (
    Column("source", "string", lambda card, item, words: card.report.source.name),
    Column("agency", "string", lambda card, item, words: card.report.agency),
    Column("year", "int", lambda card, item, words: card.report.year),
)
"""Every table has these first. `source` joins the tables."""

_REPORTS = (
    *_KEY,
    Column("agency_kind", "string", lambda card, item, words: card.report.agency_kind, "kind"),
    Column("format", "string", lambda card, item, words: card.report.format, "format"),
    _of_scores("completeness", "float"),
    _of_scores("consistency", "float"),
    _of_scores("boilerplate", "float"),
    _of_scores("overall", "float"),
    _of_scores("grade", "string"),
    _of_scores("completeness_rating", "int"),
    _of_scores("boilerplate_rating", "int"),
    _count("errors", "error"),
    _count("warnings", "warning"),
    _count("infos", "info"),
    Column("claims", "int", lambda card, item, words: len(card.report.claims)),
    Column("elements_present", "int", lambda card, item, words: sum(e.present for e in card.report.elements)),
    Column("sentences", "int", lambda card, item, words: len(card.report.sentences)),
    _sentences("specific_sentences", "specific"),
    _sentences("boilerplate_sentences", "boilerplate"),
    _sentences("statutory_sentences", "statutory"),
    Column("characters", "int", lambda card, item, words: len(card.report.text)),
    _percentile("completeness"),
    _percentile("boilerplate"),
    Column("published", "string", lambda card, item, words: card.report.published),
    Column("unchecked", "string", lambda card, item, words: " ".join(card.unchecked) or None),
    Column(
        "failed_rules", "string", lambda card, item, words: " ".join(code for code, _ in card.rule_failures) or None
    ),
    Column("rubric", "string", lambda card, item, words: card.rubric),
    Column("model", "string", lambda card, item, words: " ".join(str(v) for v in card.model.values()) or None),
    Column("sha256", "string", lambda card, item, words: card.report.source.sha256),
    _measure("boilerplate_lang_stice"),
    _measure("specificity_hope_hu_lu"),
    _measure("redundancy_cazier_pfeiffer"),
    _measure("modification_brown_tucker"),
    _measure("common_phrases"),
)
_CLAIMS = (
    *_KEY,
    _field("id", "string"),
    _field("type", "string", terms="claim_type"),
    _field("value", "float"),
    _field("unit", "string"),
    _field("qualifier", "string", terms="qualifier"),
    _field("channel", "string", terms="channel"),
    _field("part_of", "string"),
    _field("section", "string", terms="section"),
    _field("text", "string"),
    _field("start", "int"),
    _field("end", "int"),
    _field("score", "float"),
)
_FINDINGS = (
    *_KEY,
    _field("code", "string"),
    _field("severity", "string", terms="severity"),
    Column("message", "string", lambda card, item, words: words.message(card, item)),
    Column("evidence", "string", lambda card, item, words: _passages(card, item)),
    Column("start", "int", lambda card, item, words: _first(item, 0)),
    Column("end", "int", lambda card, item, words: _first(item, 1)),
    Column("title", "string", lambda card, item, words: words.rule_title(item.code)),
    Column("section", "string", lambda card, item, words: _section(card, item), "section"),
)
_ELEMENTS = (
    *_KEY,
    Column("element", "string", lambda card, item, words: item.id, "element"),
    _field("present", "bool"),
    _field("score", "float"),
    Column("evidence", "string", lambda card, item, words: _passages(card, item)),
)
_SENTENCES = (
    *_KEY,
    Column("section", "string", lambda card, item, words: card.report.section_at(item.start), "section"),
    _field("label", "string", terms="label"),
    _field("score", "float"),
    Column("text", "string", lambda card, item, words: _span(card, item.start, item.end)),
    _field("start", "int"),
    _field("end", "int"),
)


def _itself(card: Scorecard) -> tuple[Scorecard]:
    return (card,)


def _claims_of(card: Scorecard) -> tuple[Claim, ...]:
    return card.report.claims


def _findings_of(card: Scorecard) -> tuple[Finding, ...]:
    return card.findings


def _elements_of(card: Scorecard) -> tuple[Element, ...]:
    return card.report.elements


def _sentences_of(card: Scorecard) -> tuple[Sentence, ...]:
    return card.report.sentences


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("reports", _itself, _REPORTS),
        Table("claims", _claims_of, _CLAIMS),
        Table("findings", _findings_of, _FINDINGS),
        Table("elements", _elements_of, _ELEMENTS),
        Table("sentences", _sentences_of, _SENTENCES),
    )
}
"""Every table by its name."""
