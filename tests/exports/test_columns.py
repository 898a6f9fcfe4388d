"""The tables for analysts: every column has its words, every row its columns, and names and types do not drift."""

from __future__ import annotations

import pytest

from govnlp.exports.columns import TABLES, Table
from govnlp.exports.words import Words, all_words
from tests.exports.make_cards import empty_card, make_card

TYPES = {"string": str, "int": int, "float": (int, float), "bool": bool}
STABLE = {
    "reports": (
        "source agency year agency_kind format completeness consistency boilerplate overall grade completeness_rating "
        "boilerplate_rating errors warnings infos claims elements_present sentences specific_sentences "
        "boilerplate_sentences statutory_sentences characters completeness_percentile boilerplate_percentile published "
        "unchecked failed_rules rubric model sha256 boilerplate_lang_stice specificity_hope_hu_lu "
        "redundancy_cazier_pfeiffer modification_brown_tucker common_phrases"
    ),
    "claims": "source agency year id type value unit qualifier channel part_of section text start end score",
    "findings": "source agency year code severity message evidence start end title section",
    "elements": "source agency year element present score evidence",
    "sentences": "source agency year section label score text start end",
}
"""What analysts' programs rely on: add at the end, take nothing away."""


def test_names_are_stable() -> None:
    assert {name: " ".join(c.name for c in table.columns) for name, table in TABLES.items()} == STABLE


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_rows_fit_the_columns(table: Table) -> None:
    for row in table.rows(make_card(), Words("zh")):
        assert len(row) == len(table.columns)
        for value, column in zip(row, table.columns, strict=True):
            assert value is None or isinstance(value, TYPES[column.type])
            assert column.type == "bool" or not isinstance(value, bool)
    assert len(list(table.rows(empty_card(), Words("zh")))) == (1 if table.name == "reports" else 0)


def test_every_column_is_documented_and_nothing_else() -> None:
    documented = {k.split(".", 1)[1] for k in all_words() if k.startswith("columns.") and k.count(".") == 2}
    homes = {f"{t.name}.{c.name}" for t in TABLES.values() for c in t.columns}
    common = {f"every.{c}" for c in ("source", "agency", "year")}
    other = {d for d in documented if d.partition(".")[0] in ("table", "type", "dictionary")}
    assert documented - other == {h for h in homes if h.partition(".")[2] not in ("source", "agency", "year")} | common
    for lang in ("zh", "en"):
        words = Words(lang)
        assert all(t.about(c, words).strip() for t in TABLES.values() for c in t.columns)


def test_names_of_the_schema_are_told_with_the_column() -> None:
    table = TABLES["claims"]
    column = next(c for c in table.columns if c.name == "qualifier")
    told = "限定：exact（恰为）；at_least（至少）；at_most（至多）；about（约）"
    assert table.about(column, Words("zh")) == told


def test_values() -> None:
    card = make_card()
    [report] = TABLES["reports"].rows(card, Words("zh"))
    row = dict(zip([c.name for c in TABLES["reports"].columns], report, strict=True))
    assert (row["errors"], row["warnings"], row["infos"], row["claims"]) == (3, 1, 0, 4)
    assert (row["elements_present"], row["sentences"], row["specific_sentences"]) == (22, 2, 1)
    assert row["unchecked"] == "GD207 GD208"
    assert row["failed_rules"] == "GD502"
    assert (row["completeness_percentile"], row["boilerplate_percentile"]) == (71, None)
    findings = list(TABLES["findings"].rows(card, Words("en")))
    assert findings[2][3:7] == [
        "GD301",
        "error",
        "197+32+20 = 249, but the stated total is 247.",
        "247条 | 197条 | 32条 | 20条",
    ]
    assert findings[0][6:9] == [None, None, None]
