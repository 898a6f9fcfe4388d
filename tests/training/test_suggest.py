"""What to label next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from govnlp.boilerplate.profile import ProfileBuilder
from govnlp.cli import build_app
from govnlp.corpus.convert import Imported, import_reports
from govnlp.corpus.files import load_corpus
from govnlp.corpus.markup import parse
from govnlp.document import Report, Sentence
from govnlp.pipeline import Scorer, load
from govnlp.readers import read_bytes
from govnlp.training.suggest import (
    NOT_BY_TEXT,
    carried,
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


@cache
def scorer() -> Scorer:
    return load("rules")


def analysed(text: str, name: str) -> Report:
    return scorer().analyse(read_bytes(name, text.encode()))


def labelled_as_predicted(reports: Sequence[Report]) -> Imported:
    """What comes back where an annotator submits every suggestion as it is."""
    made = json.loads(tasks(suggest(reports, known_reports([])), scorer())["tasks.json"])
    for task in made:
        task["annotations"] = task.pop("predictions")
    return import_reports({"t.json": json.dumps(made).encode()}, "label-studio")


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
    files = tasks(chosen, scorer(), ["GD301"])
    made = json.loads(files["tasks.json"])
    assert "GD301" in files["labelling_config.xml"].decode()
    assert [t["data"]["govnlp"]["id"] for t in made] == ["good", "good-2"]
    assert "annotations" not in made[0]
    assert made[0]["predictions"][0]["model_version"] == "govnlp-zh-rules 1.0.0"
    made[0]["annotations"] = made[0].pop("predictions")
    (back,) = import_reports({"t.json": json.dumps(made[:1]).encode()}, "label-studio").reports
    assert back.report.sentences == tuple(replace(s, score=None) for s in reports[0].sentences)
    assert [(c.start, c.type, c.value) for c in back.report.claims] == [
        (c.start, c.type, c.value) for c in reports[0].claims
    ]


def test_a_text_without_a_last_line_break_comes_back_too() -> None:
    (back,) = labelled_as_predicted([analysed(GOOD.rstrip(), "g.txt")]).reports
    assert back.text == GOOD.rstrip()
    assert back.report.sections[-1].end == len(back.text)


def test_what_a_text_holds_besides_comes_back(reports: list[Report]) -> None:
    odd = GOOD.replace("60条", "6\n0条").replace("。", "。⟦{S}\f", 1).replace("\n", "\r\n").replace("2023", "#2023", 1)
    kept, left_out = carried([reports[0], analysed(odd, "odd.txt")])
    assert (len(kept), left_out) == (2, [])
    found = labelled_as_predicted(kept)
    assert found.errors == ()
    back = next(r for r in found.reports if r.id == "odd")
    assert back.text == odd.replace("\r\n", "\n")
    assert [c.text for c in back.report.claims] == [c.text.replace("\r\n", "\n") for c in kept[1].claims]


def test_what_cannot_be_carried_is_left_out_and_named(reports: list[Report]) -> None:
    good = reports[0]
    crossing = replace(good.claims[0], id="x", end=good.sentences[-1].end, text="x")
    kept, (error,) = carried([replace(good, claims=(*good.claims, crossing)), good])
    assert kept == [good]
    assert error.source == "good.txt"
    assert error.cause.startswith("a ")
    assert error.advice == "label it by hand in a .src file"


def test_ratings_findings_and_family_are_suggested(reports: list[Report]) -> None:
    back = {r.id: r for r in labelled_as_predicted(reports).reports}["good"]
    card = scorer().judge(reports[0])
    assert back.completeness == card.scores.completeness_rating
    assert back.boilerplate in range(5)
    assert back.codes == {f.code for f in card.findings} - NOT_BY_TEXT
    assert back.family == reports[0].agency


def test_parts_that_do_not_add_up_are_taken_for_some_of_the_parts(reports: list[Report]) -> None:
    total, *others = reports[0].claims
    claims = (total, *(replace(c, part_of=None) if c.text == "20条" else c for c in others))
    (back,) = labelled_as_predicted([replace(reports[0], claims=claims)]).reports
    assert back.partial_parts != ("GD301" in back.codes)


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
    assert "empty.txt: 文件里没有文字" in result.output or "empty.txt: 文件是空的" in result.output
    assert all(cell_len(line) <= 80 for line in result.output.split("\n") if line.startswith((" #", " 1")))
    before = out.read_bytes()
    assert "is there already" in str(CliRunner().invoke(build_app(), arguments).exception)
    out.unlink()
    assert "is there already" in str(CliRunner().invoke(build_app(), arguments).exception)  # the ranking
    assert CliRunner().invoke(build_app(), [*arguments, "--overwrite"]).exit_code == 1
    assert out.read_bytes() == before
    assert np.isfinite(json.loads(out.read_text("utf-8"))[0]["data"]["suggested"]["value"])


SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
THREE = ("秦河县双石镇人民政府2022.txt", "石岭县人民政府2021.docx", "滇溪彝族自治县人民政府2023.pdf")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not part of this checkout")
@pytest.mark.parametrize("model", [None, "rules"])
def test_from_a_suggestion_into_the_corpus(tmp_path: Path, model: str | None) -> None:
    def run(*arguments: object) -> str:
        result = CliRunner().invoke(build_app(), list(map(str, arguments)))
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    tasks_file, corpus = tmp_path / "next.json", tmp_path / "corpus"
    run("suggest", *(SAMPLES / name for name in THREE), "--out", tasks_file, *(("--model", model) if model else ()))
    made = json.loads(tasks_file.read_text("utf-8"))
    for task in made:  # submitted as they are, but for one sentence label
        task["annotations"] = task.pop("predictions")
    labels = next(r["value"]["labels"] for r in made[0]["annotations"][0]["result"] if r["from_name"] == "sentence")
    labels[0] = "statutory"
    tasks_file.write_text(json.dumps([*made, {**made[0], "annotations": []}]), "utf-8")
    back = tmp_path / "back"
    imported = run(
        *("corpus", "import", tasks_file, "--from", "label-studio", "--out", back, "--author", "李", "--region", "湖南")
    )
    assert "1" in imported.splitlines()[0]  # the one without labels
    run("corpus", "check", back)
    run("corpus", "add", back, "--to", corpus)
    taken = load_corpus(corpus)
    assert sorted(r.report.agency or "" for r in taken) == [
        *("滇溪彝族自治县人民政府", "石岭县人民政府", "秦河县双石镇人民政府")
    ]
    assert {(r.author, r.region) for r in taken} == {("李", "湖南")}
