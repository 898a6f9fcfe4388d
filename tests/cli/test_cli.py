"""The commands as a clerk would use them: what they write, what they print, how they end."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.main import get_command

from govnlp import cli
from govnlp.cli.show_table import shortened
from govnlp.cli.words import counted
from tests.corpus.small_corpus import report as labelled
from tests.sample import BAD_SUM, GOOD


def govnlp(*args: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", **env}
    command = [sys.executable, "-c", "from govnlp.cli import main; main()", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "上报材料"
    reports.mkdir()
    (reports / "柳庄镇.txt").write_text(GOOD, encoding="utf-8")
    (reports / "北滩乡 (终稿).txt").write_bytes(BAD_SUM.encode("gb18030"))
    (reports / "notes.json").write_text("{}", encoding="utf-8")
    (reports / "~$柳庄镇.docx").write_bytes(b"lock")
    return reports


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_score_a_folder(folder: Path, tmp_path: Path) -> None:
    done = govnlp("score", folder, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    cards = lines(tmp_path / "out" / "scorecards.jsonl")
    assert [Path(str(c["source"])).name for c in cards] == ["北滩乡 (终稿).txt", "柳庄镇.txt"]
    assert lines(tmp_path / "out" / "failures.jsonl") == []
    assert "柳庄镇.txt" in done.stdout
    assert all(len(line.encode("gb18030")) <= 80 for line in done.stdout.splitlines()[:4])
    assert done.stderr == ""  # no progress bar where nobody looks


def test_a_bad_file_is_recorded_and_the_batch_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    done = govnlp("score", folder, "--out", tmp_path / "out")
    assert done.returncode == 1
    failures = {Path(str(f["source"])).name: f for f in lines(tmp_path / "out" / "failures.jsonl")}
    assert set(failures) == {"空.txt", "坏.pdf", "旧.doc"}
    assert failures["空.txt"]["error"] == "EmptyInput"
    assert all("（请" in str(f["message"]) for f in failures.values())  # the next step is named
    assert len(lines(tmp_path / "out" / "scorecards.jsonl")) == 2


def test_globs_and_single_files(folder: Path, tmp_path: Path) -> None:
    done = govnlp("score", str(folder / "*镇.txt"), "--out", tmp_path / "out", "--quiet")
    assert done.returncode == 0
    assert len(lines(tmp_path / "out" / "scorecards.jsonl")) == 1
    assert len(done.stdout.splitlines()) == 1


def test_two_processes_give_the_same_in_the_same_order(folder: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert govnlp("score", folder, "--out", tmp_path / jobs, "--jobs", jobs).returncode == 0
    assert (tmp_path / "1" / "scorecards.jsonl").read_bytes() == (tmp_path / "2" / "scorecards.jsonl").read_bytes()


def test_results_are_replaced_only_on_request(folder: Path, tmp_path: Path) -> None:
    assert govnlp("score", folder, "--out", tmp_path / "out").returncode == 0
    again = govnlp("score", folder, "--out", tmp_path / "out")
    assert again.returncode == 2
    assert "--overwrite" in again.stderr
    assert govnlp("score", folder, "--out", tmp_path / "out", "--overwrite").returncode == 0


def test_json_for_each_report(folder: Path, tmp_path: Path) -> None:
    assert govnlp("score", folder, "--out", tmp_path / "out", "--format", "json").returncode == 0
    files = sorted((tmp_path / "out" / "reports").iterdir())
    assert len(files) == 2
    assert json.loads(files[0].read_text(encoding="utf-8"))["schema"] == "govnlp.scorecard/1"


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("score", "no-such-folder"), "no-such-folder"),
        (("score", "*.nothing"), "*.nothing"),
        (("score", ".", "--rubric", "none.toml"), "none.toml"),
        (("score", ".", "--lang", "fr"), "--lang"),
        (("rules", "GD999"), "GD999"),
        (("evaluate", "."), "gold.json"),
        (("show", "missing.txt"), "missing.txt"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(args: tuple[str, ...], word: str, tmp_path: Path) -> None:
    done = govnlp(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_is_wrong_is_told_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    done = govnlp("score", folder, "--out", tmp_path / "out", "--model", tmp_path / "model")
    assert done.returncode == 2
    assert "这里没有模型" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ("corpus", "import", "nowhere.json", "--from", "brat", "--out", "o"),
            "nowhere.json: 系统报错：没有这个文件或目录（请检查路径）",
        ),
        (
            ("corpus", "export", "good.src", "--to", "brat", "--out", "good.src"),
            "good.src: 系统报错：已有同名文件（此处应为目录却是文件",
        ),
        (("corpus", "text", "good.src", "--out", "good.src/x"), "good.src/x: 系统报错：路径中有一段不是目录（"),
        (("corpus", "add", "good.src", "--to", "good.src/x"), "good.src/x"),
        (
            ("corpus", "import", "notes.json", "--from", "label-studio", "--out", "o"),
            "notes.json[1]: 不是标注工具导出的格式",
        ),
        (("corpus", "check", "nowhere"), "无法读取：没有这个文件或目录"),
        (("corpus", "add", "empty", "--to", "o"), "empty: 这里没有 .src 文件（请检查路径）"),
        (("corpus", "import", "empty", "--from", "brat", "--out", "o"), "empty: 这里没有已标注的报告"),
        (("corpus", "export", "empty", "--to", "brat", "--out", "o"), "empty: 这里没有 .src 文件"),
        (
            ("corpus", "text", "good.src", "--split", "nope", "--out", "o"),
            "没有 nope 这一部分（可选：train, dev, test）",
        ),
        (
            ("suggest", "good.txt", "--out", "label.md"),
            "label.md: 不是 .json 文件（请给 --out 一个以 .json 结尾的文件名）",
        ),
    ],
)
def test_ordinary_mistakes_are_told_in_plain_words(args: tuple[str, ...], told: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "good.src").write_text(labelled("good"), encoding="utf-8")
    done = govnlp(*args, cwd=tmp_path)
    assert told in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2)
    assert not (tmp_path / "o").exists()


def test_the_language_is_chosen_before_the_command(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = govnlp("--lang", "en", "corpus", "add", "empty", cwd=tmp_path).stderr
    assert told == "govnlp: empty: no .src files here (check the path)\n"
    assert "Train a model" in govnlp("--lang", "en", "--help").stdout
    assert "Train a model" in govnlp("--lang", "en").stdout


def test_counts_and_lists_are_english_in_english(folder: Path) -> None:
    assert [counted(n, "finding") for n in (0, 1, 2)] == ["0 findings", "1 finding", "2 findings"]
    shown = govnlp("--lang", "en", "show", folder / "柳庄镇.txt").stdout
    (missing,) = [line for line in shown.split("\n") if line.startswith("Missing elements: ")]
    assert "、" not in shown[shown.index(missing) :]


def test_long_names_are_cut_in_the_middle() -> None:
    assert shortened("短.txt", 12) == "短.txt"
    names = [f"云溪县柳庄镇人民政府工作年度报告{year}.txt" for year in (2022, 2023)]
    cut = [shortened(n, 26) for n in names]
    assert len(set(cut)) == 2
    assert all(cell_len(c) <= 26 and c.endswith(".txt") and c.startswith("云溪县") for c in cut)


COMMANDS = list(get_command(cli.build_app()).commands)


@pytest.mark.parametrize("command", [*COMMANDS, *(f"corpus {c}" for c in ("add", "import", "export", "text"))])
def test_no_help_text_is_cut_at_80_columns(command: str) -> None:
    for lang in ("zh", "en"):
        shown = govnlp("--lang", lang, *command.split(), "--help").stdout
        assert shown
        assert "…" not in shown


def test_show(folder: Path) -> None:
    done = govnlp("show", folder / "柳庄镇.txt")
    assert done.returncode == 0, done.stderr
    assert "云溪县柳庄镇人民政府" in done.stdout
    assert "GD101" in done.stdout
    english = govnlp("show", folder / "柳庄镇.txt", "--lang", "en")
    assert "findings" in english.stdout


def test_rules() -> None:
    listed = govnlp("rules")
    assert listed.returncode == 0
    assert "GD301" in listed.stdout
    one = govnlp("rules", "gd301", "--lang", "en")
    assert "parts-sum" in one.stdout
    assert "Basis" in one.stdout


def test_evaluate(folder: Path, tmp_path: Path) -> None:
    gold = {
        "agency": "云溪县柳庄镇人民政府",
        "kind": "township",
        "year": 2023,
        "text": GOOD,
        "tables": {},
        "claims": [],
        "sections": [],
        "sentences": [],
        "elements": [],
        "findings": [],
        "ratings": {},
    }
    (folder / "柳庄镇.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    done = govnlp("evaluate", folder, "--json", tmp_path / "figures.json", "--errors")
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["meta"] == {"agency": 1, "year": 1, "kind": 1}
    assert figures["claims"]["p"] == 0
    assert "not in gold" in done.stdout


def test_help_answers_without_loading_what_scoring_needs() -> None:
    code = (
        "import sys; from govnlp.cli import build_app; build_app();"
        "print([m for m in ('spacy', 'numpy', 'pandas', 'docx', 'pypdfium2', 'selectolax') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_in_both_languages() -> None:
    assert "评分" in govnlp("--help").stdout
    assert "Score a batch" in govnlp("--help", GOVNLP_LANG="en").stdout
    assert govnlp("--version").stdout.startswith("govnlp ")


def test_a_full_disk_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cli, "build_app", lambda: full)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "govnlp: 系统报错：磁盘已满（请腾出空间或换一个目录后重试）\n"


def test_an_encoding_that_lacks_a_character_stops_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "柳庄镇.txt").rename(folder / "柳😀.txt")
    code = "from govnlp.cli import main; main()"
    command = [sys.executable, "-c", code, "score", str(folder), "--out", str(tmp_path / "o")]
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(command, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "柳?.txt" in done.stdout.decode("gbk")


def test_python_m_govnlp_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govnlp", "rules", "GD301"], capture_output=True, text=True, check=True
    )
    assert done.stdout == govnlp("rules", "GD301").stdout
