"""What to label next."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from govnlp.boilerplate.profile import ProfileBuilder
from govnlp.cli import build_app
from govnlp.corpus.convert import import_reports
from govnlp.corpus.markup import parse
from govnlp.document import Report, Sentence
from govnlp.pipeline import load
from govnlp.readers import read_bytes
from govnlp.training.suggest import (
    doubts,
    known_profile,
    known_reports,
    ranking,
    section_doubts,
    sentence_doubt,
    suggest,
    tasks,
)
from tests.corpus.small_corpus import OTHER, put, report
from tests.sample import GOOD

MODEL = {"name": "m", "version": "1"}


def analysed(text: str, name: str) -> Report:
    return load("rules").analyse(read_bytes(name, text.encode()))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    odd = "渡口改造用了松木桩。" * 3 + "\n" + parse(report("t002", **OTHER), name="t002.src").text
    return [analysed(GOOD, "good.txt"), analysed(GOOD.replace("60条", "70条"), "like.txt"), analysed(odd, "odd.txt")]


@pytest.mark.parametrize(("score", "doubt"), [(1.0, 0.0), (1 / 3, 1.0), (None, 1.0), (2 / 3, 0.5), (0.2, 1.0)])
def test_doubt_of_a_label(score: float | None, doubt: float) -> None:
    assert sentence_doubt(Sentence(0, 5, "specific", score)) == pytest.approx(doubt)


def test_known_wording_is_not_new(reports: list[Report]) -> None:
    (first, *_) = suggest(reports[:1], known_reports(reports[:1]))
    assert first.novelty == 0
    assert suggest(reports[:1], known_reports([]))[0].novelty == 1


def test_a_profile_knows_wording_too(reports: list[Report]) -> None:
    builder = ProfileBuilder()
    builder.add(reports[0])
    (found,) = suggest(reports[:1], known_profile(builder.build()))
    assert found.novelty < 0.5


def test_like_reports_are_not_both_at_the_top(reports: list[Report]) -> None:
    order = [s.report.source.name for s in suggest(reports, known_reports([]))]
    assert sorted(order) == ["good.txt", "like.txt", "odd.txt"]
    assert "odd.txt" in order[:2]
    assert suggest(reports, known_reports([]))[-1].novelty < 0.1
    assert len(suggest(reports, known_reports([]), top=2)) == 2


def test_missing_parts_and_lost_headings_are_doubtful(reports: list[Report]) -> None:
    assert section_doubts(reports[0]).count(1.0) == 1  # part three is missing
    assert max(section_doubts(replace(reports[0], sections=reports[0].sections[:2]))) == 1.0


def test_scores_of_rules_and_of_models(reports: list[Report]) -> None:
    by_rules = doubts(reports[0])["claims"]
    assert by_rules is not None
    assert 0 < by_rules < 0.3
    sure = replace(reports[0], claims=tuple(replace(c, score=0.75) for c in reports[0].claims))
    assert doubts(sure)["claims"] == 0.25
    assert doubts(replace(reports[0], claims=(), sentences=()))["claims"] is None


def test_tasks_hold_predictions_that_come_back(reports: list[Report]) -> None:
    chosen = suggest([reports[0], reports[0]], known_reports([]))
    files = tasks(chosen, MODEL, ["GD301"])
    made = json.loads(files["tasks.json"])
    assert "GD301" in files["labelling_config.xml"].decode()
    assert [t["data"]["govnlp"]["id"] for t in made] == ["good", "good-2"]
    assert "annotations" not in made[0]
    assert made[0]["predictions"][0]["model_version"] == "m 1"
    made[0]["annotations"] = made[0].pop("predictions")
    (back,) = import_reports({"t.json": json.dumps(made[:1]).encode()}, "label-studio")
    assert back.report.sentences == tuple(replace(s, score=None) for s in reports[0].sentences)
    assert [(c.start, c.type, c.value) for c in back.report.claims] == [
        (c.start, c.type, c.value) for c in reports[0].claims
    ]


def test_a_text_without_a_last_line_break_comes_back_too() -> None:
    (made,) = json.loads(tasks(suggest([analysed(GOOD.rstrip(), "g.txt")], known_reports([])), MODEL)["tasks.json"])
    made["annotations"] = made.pop("predictions")
    (back,) = import_reports({"t.json": json.dumps([made]).encode()}, "label-studio")
    assert back.text == GOOD.rstrip() + "\n"
    assert back.report.sections[-1].end == len(back.text)


def test_the_ranking_is_a_table(reports: list[Report]) -> None:
    lines = ranking(suggest(reports, known_reports([]))).splitlines()
    assert sum(line.startswith("| ") for line in lines) == 4
    assert "## 1. " in "\n".join(lines)


def test_the_command(tmp_path: Path) -> None:
    put(tmp_path / "corpus" / "reports", report())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", "utf-8")
    out = tmp_path / "out" / "next.json"
    arguments = [
        "suggest",
        str(tmp_path / "in"),
        "--corpus",
        str(tmp_path / "corpus"),
        "--out",
        str(out),
        "--model",
        "rules",
    ]
    result = CliRunner().invoke(build_app(), arguments)
    assert result.exit_code == 1, result.output
    assert len(json.loads(out.read_text("utf-8"))) == 1
    assert "a.txt" in out.with_suffix(".md").read_text("utf-8")
    assert (out.parent / "labelling_config.xml").exists()
    assert "empty.txt" in result.output
    assert np.isfinite(json.loads(out.read_text("utf-8"))[0]["data"]["suggested"]["value"])
