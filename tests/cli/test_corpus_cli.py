"""`govnlp corpus`: check, stats, add, export and import, agreement, as an annotator and a researcher use them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from test_cli import govnlp

CORPUS = Path(__file__).resolve().parents[2] / "corpora"
pytestmark = pytest.mark.skipif(not (CORPUS / "reports").is_dir(), reason="the corpus is not part of this checkout")


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """A folder with three reports of the corpus."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a001", "b013", "e018"):
        shutil.copy(CORPUS / "reports" / f"{name}.src", folder)
    return folder


def test_the_whole_corpus_passes_its_checks() -> None:
    done = govnlp("corpus", "check", CORPUS)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_broken_report_is_named_with_its_line(some: Path) -> None:
    file = some / "a001.src"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("|info_published|", "|info_publisht|", 1), encoding="utf-8")
    done = govnlp("corpus", "check", some)
    assert done.returncode == 1
    line = text[: text.index("|info_published|")].count("\n") + 1
    assert f"a001.src:{line}:" in done.stdout


def test_stats(some: Path, tmp_path: Path) -> None:
    done = govnlp("corpus", "stats", some, "--json", tmp_path / "stats.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "stats.json").read_text(encoding="utf-8"))["reports"] == 3


@pytest.mark.parametrize("tool", ["label-studio", "doccano", "brat", "docbin"])
def test_out_to_a_tool_and_back(some: Path, tmp_path: Path, tool: str) -> None:
    done = govnlp("corpus", "export", some, "--to", tool, "--out", tmp_path / "tool")
    assert done.returncode == 0, done.stderr
    back = govnlp("corpus", "import", tmp_path / "tool", "--from", tool, "--out", tmp_path / "back")
    assert back.returncode == 0, back.stderr
    for out in ("before", "after"):
        given = some if out == "before" else tmp_path / "back"
        assert govnlp("corpus", "text", given, "--out", tmp_path / out).returncode == 0
    for file in sorted((tmp_path / "before").iterdir()):
        assert file.read_bytes() == (tmp_path / "after" / file.name).read_bytes()


def test_add_refuses_what_is_there_already(some: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpora"
    (corpus / "reports").mkdir(parents=True)
    first = govnlp("corpus", "add", some / "a001.src", "--to", corpus)
    assert first.returncode == 0, first.stderr
    assert (corpus / "reports" / "a001.src").exists()
    again = govnlp("corpus", "add", some / "a001.src", "--to", corpus)
    assert again.returncode == 1
    assert "a001" in again.stderr


def test_agreement_with_itself_is_full(some: Path) -> None:
    done = govnlp("corpus", "agreement", some, "--corpus", CORPUS)
    assert done.returncode == 0, done.stderr
    assert "kappa 1.000" in done.stdout


def test_agreement_refuses_a_changed_text(some: Path) -> None:
    file = some / "a001.src"
    file.write_text(file.read_text(encoding="utf-8").replace("一、总体情况", "一、总体情形"), encoding="utf-8")
    done = govnlp("corpus", "agreement", some, "--corpus", CORPUS)
    assert done.returncode == 2
    assert "两次标注的文本不一致" in done.stderr
