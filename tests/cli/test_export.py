"""`govnlp export`, and `--export` of `govnlp score`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from govnlp.cards import dumps
from govnlp.cli import build_app
from govnlp.errors import MissingDependency, ReadError
from govnlp.exports import all_exports, export_of
from tests.exports.make_cards import NARRATIVE, small_batch

runner = CliRunner()


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    folder = tmp_path / "scores"
    folder.mkdir()
    (folder / "scorecards.jsonl").write_text("".join(dumps(c) + "\n" for c in small_batch()), encoding="utf-8")
    return folder


def test_several_kinds_at_once(scores: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = runner.invoke(
        build_app(), ["export", str(scores), "--to", "html", "--to", "csv", "--to", "csv", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert (out / "index.html").is_file()
    assert result.output.count("csv:") == 1


def test_the_language_is_passed_on(scores: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    runner.invoke(build_app(), ["export", str(scores), "--to", "html", "--out", str(out), "--lang", "en"])
    assert '<html lang="en">' in (out / "index.html").read_text(encoding="utf-8")


def test_a_kind_that_is_none_is_wrong_usage(scores: Path) -> None:
    assert runner.invoke(build_app(), ["export", str(scores), "--to", "psd"]).exit_code == 2


def test_a_folder_without_scorecards_is_told(tmp_path: Path) -> None:
    result = runner.invoke(build_app(), ["export", str(tmp_path), "--to", "html", "--out", str(tmp_path / "out")])
    assert isinstance(result.exception, ReadError)
    assert "no scorecards here" in str(result.exception)


def test_score_exports_at_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NARRATIVE, encoding="utf-8")
    out = tmp_path / "out"
    result = runner.invoke(
        build_app(), ["score", str(tmp_path / "a.txt"), "--out", str(out), "--export", "html", "--quiet"]
    )
    assert result.exit_code == 0, result.output
    assert (out / "index.html").is_file()
    assert len(list((out / "reports").glob("*.html"))) == 1


@pytest.mark.parametrize("name", [e.name for e in all_exports() if e.needs])
def test_a_missing_package_names_the_command_that_installs_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda package: None)
    with pytest.raises(MissingDependency, match=r"pip install 'govnlp\[export\]'"):
        export_of(name)
