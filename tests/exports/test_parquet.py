"""Parquet read back: schema, values and row groups."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from govnlp.document import Scorecard
from govnlp.exports import export_cards, parquet
from govnlp.exports.columns import TABLES, Column, fitting
from govnlp.exports.words import Words
from tests.exports.make_cards import HOSTILE, empty_card, hostile_card, make_card, small_batch


def test_schema_and_values(tmp_path: Path) -> None:
    files = export_cards("parquet", lambda: [make_card(), empty_card()], tmp_path)
    assert [f.stem for f in files] == list(TABLES)
    claims = pq.read_table(tmp_path / "claims.parquet")
    assert [str(t) for t in claims.schema.types[:6]] == ["string", "string", "int64", "string", "string", "double"]
    assert claims.column("value").to_pylist() == [247.0, 197.0, 32.0, 20.0]
    assert claims.column("channel").to_pylist() == [None, "website", "wechat", "board"]
    assert claims.schema.field("unit").metadata[b"description"].decode() == "单位，与原文一致"
    reports = pq.read_table(tmp_path / "reports.parquet")
    assert reports.column("agency").to_pylist() == ["云溪县青石镇人民政府", None]
    assert pq.read_table(tmp_path / "elements.parquet").schema.field("present").type == "bool"


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 8)
    cards = small_batch()
    export_cards("parquet", lambda: cards, tmp_path)
    file = pq.ParquetFile(tmp_path / "claims.parquet")
    assert file.metadata.num_rows == sum(len(c.report.claims) for c in cards)
    assert file.num_row_groups > 1


def test_a_batch_of_nothing_has_its_columns(tmp_path: Path) -> None:
    export_cards("parquet", list, tmp_path)
    for name, table in TABLES.items():
        read = pq.read_table(tmp_path / f"{name}.parquet")
        assert (read.num_rows, read.column_names) == (0, [c.name for c in table.columns])


@pytest.mark.parametrize("attack", HOSTILE)
def test_text_stays_as_it_was(attack: str, tmp_path: Path) -> None:
    card = hostile_card(attack)
    export_cards("parquet", lambda: [card], tmp_path)
    [agency] = pq.read_table(tmp_path / "reports.parquet").column("agency").to_pylist()
    assert agency == HOSTILE[attack].replace("\ud83d", "\ufffd")


@pytest.mark.parametrize(
    ("type", "value", "held"),
    [
        ("int", 2**63, None),
        ("int", 2023, 2023),
        ("float", 10**400, None),
        ("float", 12, 12.0),
        ("string", 5, "5"),
        ("string", None, None),
        ("bool", False, False),
    ],
)
def test_fitting(type: str, value: object, held: object) -> None:
    def get(card: Scorecard, item: object, words: Words) -> None:
        return None

    assert fitting(value, Column("x", type, get)) == held  # type: ignore[arg-type]
