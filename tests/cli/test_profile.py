"""`govnlp profile`, and scoring against earlier years and profiles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govnlp.boilerplate.profile import load_profile
from tests.cli.test_cli import govnlp, lines
from tests.sample import GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(GOOD, encoding="utf-8")
    other = GOOD.replace("云溪县柳庄镇", "丰川县黑水乡").replace("柳庄", "黑水")
    (reports / "b.txt").write_text(other, encoding="utf-8")
    return reports


def test_parts_add_up(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = govnlp("profile", folder / f"{name}.txt", "--out", tmp_path / f"{name}.npz", "--model", "rules")
        assert done.returncode == 0, done.stderr
    assert "1" in done.stdout
    whole = govnlp("profile", folder, "--out", tmp_path / "whole.npz", "--model", "rules")
    summed = govnlp("profile", tmp_path / "a.npz", tmp_path / "b.npz", "--out", tmp_path / "sum.npz")
    assert (whole.returncode, summed.returncode) == (0, 0), summed.stderr
    assert (tmp_path / "whole.npz").read_bytes() == (tmp_path / "sum.npz").read_bytes()


def test_what_is_counted_twice_is_told(folder: Path, tmp_path: Path) -> None:
    govnlp("profile", folder, "--out", tmp_path / "p.npz", "--model", "rules")
    for given in ((tmp_path / "p.npz", tmp_path / "p.npz"), (tmp_path / "p.npz", folder)):
        done = govnlp("profile", *given, "--out", tmp_path / "q.npz", "--overwrite", "--model", "rules")
        assert done.returncode == 0
        assert "有 2 份报告重复计入" in done.stderr


def test_score_against_a_profile(folder: Path, tmp_path: Path) -> None:
    govnlp("profile", folder / "b.txt", "--out", tmp_path / "b.npz", "--model", "rules")
    args = ("--out", tmp_path / "out", "--profile", tmp_path / "b.npz", "--model", "rules", "-q")
    done = govnlp("score", folder / "a.txt", *args)
    assert done.returncode == 0, done.stderr
    (card,) = lines(tmp_path / "out" / "scorecards.jsonl")
    assert "GD402" in {f["code"] for f in card["findings"]}  # type: ignore[attr-defined]


def test_names_are_left_out_on_request(folder: Path, tmp_path: Path) -> None:
    govnlp("profile", folder, "--out", tmp_path / "p.npz", "--no-names", "--model", "rules")
    profile = load_profile(tmp_path / "p.npz")
    assert (profile.n_reports, profile.fingerprints) == (2, ())


def test_a_profile_is_not_overwritten_unasked(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "p.npz").write_bytes(b"mine")
    done = govnlp("profile", folder, "--out", tmp_path / "p.npz")
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert (tmp_path / "p.npz").read_bytes() == b"mine"


def test_unreadable_reports_are_told(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("")
    done = govnlp("profile", folder, "--out", tmp_path / "p.npz", "--model", "rules")
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert load_profile(tmp_path / "p.npz").n_reports == 2


def test_previous_and_copies(folder: Path, tmp_path: Path) -> None:
    last = tmp_path / "last"
    last.mkdir()
    (last / "a.txt").write_text(GOOD.replace("2023", "2022"), encoding="utf-8")
    args = ("--out", tmp_path / "out", "--previous", last, "--model", "rules", "-q")
    done = govnlp("score", folder / "a.txt", *args)
    assert done.returncode == 0, done.stderr
    graph = json.loads((tmp_path / "out" / "copies.json").read_text(encoding="utf-8"))
    assert [(e["kind"], e["share"]) for e in graph["edges"]] == [("previous", 1.0)]
    assert not (tmp_path / "out" / "analysed").exists()


def test_resume_without_an_interrupted_run(folder: Path, tmp_path: Path) -> None:
    done = govnlp("score", folder, "--out", tmp_path / "out", "--resume", "--model", "rules", "-q")
    assert done.returncode == 0, done.stderr
    assert len(lines(tmp_path / "out" / "scorecards.jsonl")) == 2


def test_resume_says_when_it_cannot_go_on(folder: Path, tmp_path: Path) -> None:
    spool = tmp_path / "out" / "analysed"
    spool.mkdir(parents=True)
    (spool / "analysed.jsonl").write_text('{"model": "another"}\n')
    done = govnlp("score", folder, "--out", tmp_path / "out", "--resume", "--model", "rules", "-q")
    assert done.returncode == 0, done.stderr
    assert "重新分析" in done.stderr
    assert len(lines(tmp_path / "out" / "scorecards.jsonl")) == 2
