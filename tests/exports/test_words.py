"""Everything that exports say is there in both languages, and names every name of the schema."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from govnlp import schema
from govnlp.document import Finding
from govnlp.exports.words import Words, all_words
from tests.exports.make_cards import make_card

CJK = re.compile(r"[㐀-鿿]")
PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
GROUPS = {
    "section": schema.SECTIONS,
    "claim_type": schema.CLAIM_TYPES,
    "channel": schema.CHANNELS,
    "qualifier": schema.QUALIFIERS,
    "label": schema.SENTENCE_LABELS,
    "element": schema.ELEMENTS,
    "kind": schema.AGENCY_KINDS,
    "format": schema.FORMATS,
    "severity": schema.SEVERITIES,
    "table": schema.TABLES,
    "proactive_row": tuple(schema.PROACTIVE_ROWS),
    "proactive_column": tuple({c: None for row in schema.PROACTIVE_ROWS.values() for c in row}),
    "applicant": schema.APPLICANTS,
    "request_row": tuple(schema.REQUEST_ROWS),
    "request_group": tuple(schema.REQUEST_GROUPS),
    "review_block": tuple(schema.REVIEW_BLOCKS),
    "review_column": schema.REVIEW_COLUMNS,
}


def test_english_is_english_and_chinese_chinese() -> None:
    words = all_words()
    assert {k: v["en"] for k, v in words.items() if CJK.search(v["en"]) or not v["en"].strip()} == {}
    assert {k: v["zh"] for k, v in words.items() if not v["zh"].strip()} == {}


def test_both_languages_have_the_same_placeholders() -> None:
    unlike = {
        k: (v["zh"], v["en"])
        for k, v in all_words().items()
        if set(PLACEHOLDER.findall(v["zh"])) != set(PLACEHOLDER.findall(v["en"]))
    }
    assert unlike == {}


@pytest.mark.parametrize("group", GROUPS)
def test_every_name_of_the_schema_has_its_words(group: str) -> None:
    prefix = f"terms.{group}."
    assert {k.removeprefix(prefix) for k in all_words() if k.startswith(prefix)} == set(GROUPS[group])


def test_table_labels_are_the_official_ones() -> None:
    w = Words("zh")
    assert {k: w.term("request_row", k) for k in schema.REQUEST_ROWS} == schema.REQUEST_ROWS
    assert {k: w.term("request_group", k) for k in schema.REQUEST_GROUPS} == schema.REQUEST_GROUPS
    assert {k: w.term("part_title", k) for k in schema.PART_TITLES} == schema.PART_TITLES
    assert {k: w.term("review_block", k) for k in schema.REVIEW_BLOCKS} == schema.REVIEW_BLOCKS


def test_an_unknown_name_stands_for_itself() -> None:
    assert Words("en").term("claim_type", "novel") == "novel"
    assert Words("en").term("channel", None) == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Column “自然人”: 6 new", "Column “自然人” (Natural persons): 6 new"),
        ("“一、本年新收政府信息公开申请数量” is 8", "“一、本年新收政府信息公开申请数量” (1. New applications) is 8"),
        ("the text says “9件”", "the text says “9件”"),
        ('"总计" and “监督保障”', '"总计" (Total) and “监督保障” (Supervision and support)'),
        ("2 out (总计), but (某处) 1", "2 out (Total), but (某处) 1"),
        ("197+32+20 = 249", "197+32+20 = 249"),
    ],
)
def test_official_labels_that_a_message_quotes_are_translated(message: str, said: str) -> None:
    card = replace(make_card(), lang="en", findings=(Finding("GD203", "error", message),))
    assert Words("en").message(card, card.findings[0]) == said
    assert Words("zh").message(replace(card, lang="zh"), card.findings[0]) == message
