"""The last sheet: what every code, label, score and column means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govnlp.exports.tally import Tally
from govnlp.exports.words import Words, all_words
from govnlp.exports.xlsx.rows import Sheet
from govnlp.exports.xlsx.styles import Styles
from govnlp.rules import all_rules
from govnlp.rules.basis import basis_in
from govnlp.scoring.rubric import load_rubric, shipped

Row = tuple[str, str, str, str, str, str]
_NAMED = (
    ("claim_type", "terms.field.claim_type"),
    ("qualifier", "terms.field.qualifier"),
    ("channel", "terms.field.channel"),
    ("section", "terms.field.section"),
    ("element", "terms.field.element"),
    ("kind", "terms.field.kind"),
    ("format", "terms.field.format"),
)
"""Groups of terms whose name says all there is to say, and what the group is called."""


def write_definitions(book: Any, words: Words, styles: Styles, tally: Tally) -> None:
    titles = (
        "xlsx.definition.group",
        "terms.field.code",
        "xlsx.definition.name",
        "xlsx.definition.meaning",
        "terms.field.basis",
        "terms.field.advice",
    )
    sheet = Sheet(
        book,
        words("xlsx.sheet.definitions"),
        [words(t) for t in titles],
        widths=(14, 22, 30, 64, 56, 44),
        styles=[styles.text, styles.text, *[styles.wrapped] * 4],
        header_style=styles.header,
        frozen=0,
    )
    for row in _rows(words, tally):
        sheet.add([value or None for value in row])
    sheet.close()


def _rows(words: Words, tally: Tally) -> Iterator[Row]:
    yield from _named(words, "xlsx.definition.sheet", "xlsx.sheet.", "xlsx.about.")
    yield from _named(words, "xlsx.definition.score", "terms.score.", "terms.score_meaning.")
    yield from _grades(words, tally.rubrics)
    yield from _named(words, "terms.field.severity", "terms.severity.", "xlsx.severity_meaning.", codes=True)
    for rule in all_rules():
        lang = words.lang
        basis = "\n".join(basis_in(b, lang) for b in rule.basis)
        group, title = words("xlsx.definition.code"), f"{rule.title[lang]}（{words.term('severity', rule.severity)}）"
        if lang == "en":
            title = f"{rule.title[lang]} ({words.term('severity', rule.severity)})"
        yield group, rule.code, title, rule.explanation[lang], basis, rule.advice[lang]
    yield from _named(words, "terms.field.label", "terms.label.", "xlsx.label_meaning.", codes=True)
    yield from _columns(words)
    for group, title in _NAMED:
        yield from _named(words, title, f"terms.{group}.", None, codes=True)


def _named(words: Words, group: str, names: str, meanings: str | None, *, codes: bool = False) -> Iterator[Row]:
    """Names below one key of the words, with their meanings below another; `codes`: with the name that data files use."""
    for key, texts in all_words().items():
        if key.startswith(names):
            name = key.removeprefix(names)
            meaning = all_words().get(f"{meanings}{name}") if meanings else None
            told = meaning[words.lang] if meaning else ""
            yield words(group), name if codes else "", texts[words.lang], told, "", ""


def _grades(words: Words, rubrics: Iterable[str]) -> Iterator[Row]:
    for name in sorted(rubrics):
        if name in shipped():
            for grade in load_rubric(name).grades:
                meaning = words("xlsx.definition.grade_from", lowest=f"{grade.lowest:g}")
                yield words("xlsx.definition.grade"), grade.grade, grade.title[words.lang], meaning, "", ""


def _columns(words: Words) -> Iterator[Row]:
    prefix = "xlsx.column_meaning."
    for key, texts in all_words().items():
        if key.startswith(prefix):
            name = key.removeprefix(prefix)
            home = "xlsx.field." if f"xlsx.field.{name}" in all_words() else "terms.field."
            yield words("xlsx.definition.column"), "", words(home + name), texts[words.lang], "", ""
