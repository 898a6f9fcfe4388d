"""Errors: they name file, cause and next step, in both languages, and survive the way between processes."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import pytest

import govnlp
from govnlp.errors import BrokenInput, EmptyInput, GovnlpError, UnsupportedFormat, in_chinese

ROOT = Path(govnlp.__file__).parent
CLERKS = ("readers", "inputs.py", "store.py", "spool.py", "cards.py", "pipeline.py", "batch.py")
"""Where the errors arise that somebody who only scores reports can meet."""
TRAINERS = (
    *(
        "training/plan.py",
        "training/run.py",
        "training/promotion.py",
        "training/rating.py",
        "training/data.py",
        "training/build.py",
    ),
    *("cli/train.py", "cli/promote.py", "scoring/ratings.py"),
)
"""Where those of somebody who trains a model do."""
ERRORS = {
    *("ReadError", "UnsupportedFormat", "EmptyInput", "EncryptedInput", "BrokenInput", "OutputError"),
    *("ConfigError", "CorpusError", "MissingDependency"),
}


def test_what_an_error_says() -> None:
    error = EmptyInput("the file is empty", source="a.txt", advice="fetch or save it again")
    assert str(error) == "a.txt: the file is empty (fetch or save it again)"
    assert error.told("en") == "the file is empty (fetch or save it again)"
    assert error.told("zh") == "文件是空的（请重新下载或保存）"


def test_what_varies_is_taken_over() -> None:
    assert BrokenInput("the PDF is damaged (KeyError)").told("zh") == "PDF 已损坏（KeyError）"
    assert UnsupportedFormat("this is a picture, which is not read").told("zh") == "这是图片，不能读取"
    assert GovnlpError("something else").told("zh") == "something else"


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(BrokenInput("cause", source="s", advice="a")))
    assert (type(error), error.cause, error.source, error.advice) == (BrokenInput, "cause", "s", "a")


def wording(node: ast.expr) -> str | None:
    """A string constant or f-string with its parts as {}, else None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return None


def wordings() -> list[tuple[str, str, str]]:
    """(file, kind, wording) of each error raised where a clerk or a trainer can meet it, and of each advice that a reader declares."""
    out = []
    for place in (*CLERKS, *TRAINERS):
        files = sorted((ROOT / place).rglob("*.py")) if (ROOT / place).is_dir() else [ROOT / place]
        for file in files:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ERRORS and node.args and (text := wording(node.args[0])):
                    out.append((file.name, "causes", text))
                for keyword in node.keywords:
                    if keyword.arg in ("advice", "empty_advice") and (text := wording(keyword.value)):
                        out.append((file.name, "advice", text))
    return out


def test_the_scan_finds_the_errors() -> None:
    assert len(wordings()) > 40


@pytest.mark.parametrize(("file", "kind", "text"), wordings())
def test_every_error_that_a_clerk_or_a_trainer_can_meet_has_chinese_words(file: str, kind: str, text: str) -> None:
    told = in_chinese(text.replace("{}", "X"), kind)
    assert re.search("[一-鿿]", told), f"{file}: add {text!r} to errors_zh.toml"
