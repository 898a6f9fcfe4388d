"""CSV as a spreadsheet and a program read it: nothing acts, nothing is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govnlp.exports import export_cards
from govnlp.exports.columns import TABLES
from govnlp.exports.csv import inert
from tests.exports.make_cards import HOSTILE, hostile_card, make_card


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("\u200b=1", "'=1"),
        ("公开=1", "公开=1"),
        (" =1", " =1"),
        ("312条", "312条"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_inert(text: str, written: str) -> None:
    assert inert(text) == written


def test_files_open_in_excel(tmp_path: Path) -> None:
    files = export_cards("csv", lambda: [make_card()], tmp_path)
    assert [f.name for f in files] == [*(f"{name}.csv" for name in TABLES), "columns.csv"]
    for file in files:
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")
    claims = read(tmp_path / "claims.csv")
    assert [(c["id"], c["value"], c["text"], c["channel"]) for c in claims][:2] == [
        ("c1", "247", "247条", ""),
        ("c2", "197", "197条", "website"),
    ]
    assert {e["present"] for e in read(tmp_path / "elements.csv")} == {"true", "false"}


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_field_acts(attack: str, tmp_path: Path) -> None:
    for file in export_cards("csv", lambda: [hostile_card(attack)], tmp_path):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream, quoting=csv.QUOTE_NONNUMERIC):
                for value in row:
                    if isinstance(value, str):
                        assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
                        assert not set(value) & set("\x00\x08\x0b\x1b\u202e\u2066")


def test_the_dictionary_is_in_the_language(tmp_path: Path) -> None:
    export_cards("csv", list, tmp_path / "en", lang="en")
    rows = read(tmp_path / "en" / "columns.csv")
    assert len(rows) == sum(len(t.columns) for t in TABLES.values())
    assert rows[0] == {
        "table": "reports.csv",
        "column": "source",
        "type": "text",
        "meaning": "path of the report as given for scoring; joins the tables",
    }
