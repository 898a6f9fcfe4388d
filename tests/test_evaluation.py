"""The measures, on hand-made gold and scorecards whose figures can be worked out on paper."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from govnlp.errors import ReadError
from govnlp.evaluation import Alignment, evaluate, quadratic_kappa, read_gold, spearman

TEXT = "甲镇报告\n公开5条，其中网站3条。好。"


def claim(text: str, kind: str, value: float, ident: str, part_of: str | None = None) -> dict[str, Any]:
    start = TEXT.index(text)
    fields = {"id": ident, "start": start, "end": start + len(text), "text": text, "type": kind, "value": value}
    return {**fields, "unit": "条", "qualifier": "exact", "channel": None, "part_of": part_of}


def gold() -> dict[str, Any]:
    return {
        "agency": "甲镇人民政府",
        "year": 2023,
        "kind": "township",
        "text": TEXT,
        "sections": [{"id": "preamble", "start": 0, "end": 5}, {"id": "overview", "start": 5, "end": len(TEXT)}],
        "claims": [claim("5条", "info_published", 5, "a"), claim("3条", "info_published", 3, "b", "a")],
        "sentences": [
            {"start": 5, "end": 17, "label": "specific"},
            {"start": 17, "end": 19, "label": "boilerplate"},
        ],
        "elements": ["website", "proactive_volume"],
        "findings": [{"code": "GD301", "anchor": None}, {"code": "GD402", "anchor": None}],
        "tables": {"review": {"reconsideration": [1, 0, 0, None, 1]}},
        "ratings": {"completeness": 3, "boilerplate": 2},
    }


def card() -> dict[str, Any]:
    g = gold()
    return {
        **{
            k: copy.deepcopy(g[k])
            for k in ("agency", "year", "text", "sections", "claims", "sentences", "findings", "tables")
        },
        "source": "somewhere/x.txt",
        "agency_kind": "township",
        "elements": [{"id": e, "present": True} for e in g["elements"]],
        "scores": {"completeness_rating": 3, "boilerplate_rating": 2, "boilerplate": 50.0},
    }


def figures(c: dict[str, Any]) -> dict[str, Any]:
    return evaluate({"x": gold()}, [c]).report()


def test_a_perfect_scorecard() -> None:
    f = figures(card())
    assert f["sections"] == {"accuracy": 1, "macro_f1": 1}
    assert (f["claims"]["f1"], f["claims"]["value_f1"], f["claims"]["part_of"], f["claims"]["unit"]) == (1, 1, 1, 1)
    assert f["elements"]["f1"] == f["findings"]["f1"] == f["findings"]["across_reports"]["f1"] == 1
    assert f["tables"] == {"review": 1}
    assert f["sentences"]["accuracy"] == 1


def test_white_space_does_not_matter() -> None:
    c = card()
    c["text"] = "\n" + TEXT
    for item in [*c["sections"], *c["claims"], *c["sentences"]]:
        item["start"] += 1
        item["end"] += 1
    f = figures(c)
    assert f["sections"]["accuracy"] == f["claims"]["f1"] == f["sentences"]["accuracy"] == 1


def test_a_wrong_type_counts_for_the_value_only() -> None:
    c = card()
    c["claims"][1]["type"] = "other"
    f = figures(c)
    assert (f["claims"]["f1"], f["claims"]["value_f1"]) == (0.5, 1)
    assert f["claims"]["by_type"]["other"] == {"p": 0, "r": 0, "f1": 0, "n": 0}


def test_a_wrong_value_and_a_false_alarm() -> None:
    c = card()
    c["claims"][1]["value"] = 4
    f = figures(c)
    assert (f["claims"]["p"], f["claims"]["r"]) == (0.5, 0.5)
    assert f["claims"]["part_of"] == 0


def test_part_of_the_wrong_whole() -> None:
    c = card()
    c["claims"][1]["part_of"] = None
    assert figures(c)["claims"]["part_of"] == 0


def test_sets_and_tables() -> None:
    c = card()
    c["elements"] = [{"id": "website", "present": True}, {"id": "fees", "present": True}]
    c["findings"] = [{"code": "GD301"}, {"code": "GD302"}]
    c["tables"]["review"]["reconsideration"] = [1, 0, 0, 0]
    f = figures(c)
    assert (f["elements"]["p"], f["elements"]["r"]) == (0.5, 0.5)
    assert (f["findings"]["p"], f["findings"]["r"], f["findings"]["across_reports"]["r"]) == (0.5, 1, 0)
    assert f["tables"]["review"] == 3 / 5  # a zero for a blank and a lost cell are wrong


def test_a_report_without_a_scorecard_is_all_missed() -> None:
    f = evaluate({"x": gold()}, []).report()
    assert (f["scored"], f["missed"], f["claims"]["r"], f["sections"]["accuracy"]) == (0, ["x"], 0, 0)


def test_errors_are_listed() -> None:
    c = card()
    c["claims"] = c["claims"][:1]
    assert "x: missed info_published 3条" in evaluate({"x": gold()}, [c]).errors


def test_alignment_of_texts_that_differ() -> None:
    a = Alignment("甲乙X丙丁", "甲 乙丙丁")
    assert a.of_prediction(1, 4) == (1, 3)
    assert a.of_prediction(2, 3) is None
    assert a.of_gold(0, 3) == (0, 2)


def test_kappa_and_spearman() -> None:
    assert quadratic_kappa([(0, 0), (4, 4)]) == 1
    assert quadratic_kappa([(0, 4), (4, 0)]) == -1
    assert quadratic_kappa([]) is None
    assert spearman([(1, 10), (2, 20), (3, 30)]) == pytest.approx(1)
    assert spearman([(1, 3), (2, 2), (3, 1)]) == pytest.approx(-1)
    assert spearman([(1, 1), (2, 2)]) is None
    assert spearman([(1, 1), (1, 2), (2, 3)]) == pytest.approx(0.8660254)


def test_reading_gold(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no \*\.gold\.json"):
        read_gold(tmp_path)
    (tmp_path / "x.gold.json").write_text(json.dumps(gold()), encoding="utf-8")
    assert set(read_gold(tmp_path)) == {"x"}
    (tmp_path / "y.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match=r"y\.gold\.json"):
        read_gold(tmp_path)
