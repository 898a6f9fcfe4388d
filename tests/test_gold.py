"""The figures on the gold reports, where the environment variable GOVNLP_GOLD names their folder."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govnlp.batch import Failure, score_many
from govnlp.cards import to_dict
from govnlp.evaluation import evaluate, read_gold
from govnlp.inputs import find_inputs

GOLD = os.environ.get("GOVNLP_GOLD", "")
pytestmark = pytest.mark.skipif(not GOLD, reason="set GOVNLP_GOLD to the folder of the gold reports to measure on them")
SETS = ("real", "dev", "files/pdf", "files/docx", "files/html")
FLOORS = {
    "real": {"sections": 0.98, "claims": 0.93, "values": 0.97, "sentences": 0.70, "elements": 0.85},
    "dev": {"sections": 0.985, "claims": 0.95, "values": 0.985, "sentences": 0.88, "elements": 0.95, "findings": 0.85},
    "files/pdf": {"sections": 0.97, "claims": 0.93, "values": 0.97, "sentences": 0.85, "elements": 0.93},
    "files/docx": {"sections": 0.97, "claims": 0.93, "values": 0.97, "sentences": 0.85, "elements": 0.93},
    "files/html": {"sections": 0.97, "claims": 0.93, "values": 0.97, "sentences": 0.85, "elements": 0.93},
}


@cache
def cards(name: str) -> tuple[dict[str, Any], ...]:
    folder = Path(GOLD) / name
    names = set(read_gold(folder))
    files = [p for p in find_inputs([str(folder)]).files if p.stem in names]
    results = list(score_many(files))
    assert not [r for r in results if isinstance(r, Failure)]
    return tuple(to_dict(r) for r in results if not isinstance(r, Failure))


def figures(name: str, only: set[str] | None = None) -> dict[str, Any]:
    golds = read_gold(Path(GOLD) / name)
    chosen = {k: v for k, v in golds.items() if only is None or k in only}
    return evaluate(chosen, cards(name)).report()


@pytest.mark.parametrize("name", SETS)
def test_every_report_is_scored_and_every_cell_is_right(name: str) -> None:
    f = figures(name)
    assert f["missed"] == []
    assert set(f["tables"].values()) == {1.0}
    assert f["meta"]["year"] == 1


@pytest.mark.parametrize("name", SETS)
def test_figures_hold_their_floors(name: str) -> None:
    f = figures(name)
    got = {
        "sections": f["sections"]["accuracy"],
        "claims": f["claims"]["f1"],
        "values": f["claims"]["value_f1"],
        "sentences": f["sentences"]["macro_f1"],
        "elements": f["elements"]["f1"],
        "findings": f["findings"]["f1"],
    }
    low = {key: (round(got[key], 3), floor) for key, floor in FLOORS[name].items() if got[key] < floor}
    assert low == {}


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_files_score_as_the_same_reports_do_as_text(kind: str) -> None:
    as_file = figures(f"files/{kind}")
    stems = {p.name.removesuffix(".gold.json") for p in (Path(GOLD) / "files" / kind).glob("*.gold.json")}
    as_text = figures("dev", only=stems)
    for layer in ("claims", "elements", "findings"):
        assert abs(as_file[layer]["f1"] - as_text[layer]["f1"]) <= 0.02, layer
    assert abs(as_file["sections"]["accuracy"] - as_text["sections"]["accuracy"]) <= 0.02
    assert abs(as_file["sentences"]["macro_f1"] - as_text["sentences"]["macro_f1"]) <= 0.02


@pytest.mark.parametrize("name", SETS)
def test_evidence_stands_where_it_says(name: str) -> None:
    for card in cards(name):
        n = len(card["text"])
        spans = [span for f in card["findings"] for span in f["evidence"]]
        assert all(0 <= a < b <= n for a, b in spans), card["source"]
        assert all(card["text"][c["start"] : c["end"]] == c["text"] for c in card["claims"])
        assert json.dumps(card)
