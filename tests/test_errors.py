"""Errors: they name file, cause and next step, in both languages, and survive the way between processes."""

from __future__ import annotations

import ast
import errno
import os
import pickle
import re
import tomllib
from pathlib import Path

import pytest

import govnlp
from govnlp import cli, errors
from govnlp.errors import BrokenInput, EmptyInput, GovnlpError, UnsupportedFormat, in_chinese

ROOT = Path(govnlp.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, GovnlpError)}
TABLE = {
    kind: {re.sub(r"\{\w+\}", "{}", key) for key in rows}
    for kind, rows in tomllib.loads((ROOT / "errors_zh.toml").read_text(encoding="utf-8")).items()
}
TAKEN_OVER = {
    *("cause", "advice", "error.cause", "error.advice", "str(error)", "empty_advice", "message", "problem"),
    "_NEXT_STEP.get(error.errno or 0, 'check the path')",
}
"""What an error may be made of besides wordings: the words of another error, which are scanned where that one is raised."""
PROBLEMS = ("corpus/check.py", "corpus/add.py", "corpus/arithmetic.py", "corpus/stated.py")
"""Where the problems of labelled reports are told; they are shown like causes."""


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


def pieces(node: ast.expr, names: dict[str, ast.expr]) -> list[str]:
    """The wordings that an expression can be, with {} for what varies; what cannot be told stands as its source in <>."""
    if isinstance(node, ast.Constant):
        return [] if node.value is None else [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)]
    if isinstance(node, ast.IfExp):
        return pieces(node.body, names) + pieces(node.orelse, names)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in pieces(value, names)]
    if isinstance(node, ast.Name) and node.id in names:
        return pieces(names[node.id], names)
    return [] if ast.unparse(node) in TAKEN_OVER else [f"<{ast.unparse(node)}>"]


def made_in(tree: ast.Module) -> dict[str, dict[str, int | str]]:
    """Functions of a module that make an error of what they are given: name to where its cause and its advice stand in a call."""
    out: dict[str, dict[str, int | str]] = {}
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        given = [a.arg for a in (*function.args.args, *function.args.kwonlyargs) if a.arg != "self"]
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
            if getattr(call.func, "id", "") not in {*ERRORS, *out}:
                continue
            for word in {n.id for n in ast.walk(call) if isinstance(n, ast.Name)} & {"cause", "advice"} & set(given):
                out.setdefault(function.name, {})[word] = given.index(word)
    return out


def wordings() -> list[tuple[str, str, str]]:
    """(file, kind, wording) of each error and each advice in the package, and of each problem of a labelled report."""
    out = []
    for file in sorted(ROOT.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant | ast.JoinedStr)
        }
        makers = made_in(tree)
        found: list[tuple[str, ast.expr]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Yield) and name in PROBLEMS and isinstance(node.value, ast.Tuple):
                found.append(("causes", node.value.elts[1]))
            if isinstance(node, ast.Return) and name == "corpus/stated.py" and isinstance(node.value, ast.JoinedStr):
                found.append(("causes", node.value))
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ERRORS and node.args:
                found.append(("causes", node.args[0]))
            for word, at in makers.get(called, {}).items():
                kind = "causes" if word == "cause" else "advice"
                found += [(kind, node.args[at])] if isinstance(at, int) and at < len(node.args) else []
            if called in ("Problem", "_at") and name in PROBLEMS and len(node.args) > 2:
                found.append(("causes", node.args[-1]))
            found += [
                ("advice", k.value)
                for k in node.keywords
                if k.arg in ("advice", "empty_advice") and not isinstance(k.value, ast.Dict)
            ]
        out += [(name, kind, text) for kind, node in found for text in pieces(node, names)]
    return sorted(set(out))


def test_the_scan_finds_the_errors() -> None:
    assert len(wordings()) > 250
    assert ("corpus/markup.py", "causes", "text before the first @section") in wordings()
    assert ("scoring/rubric.py", "causes", "no grade begins at 0") in wordings()
    assert ("readers/office/package.py", "advice", "open it in Word or WPS and save it again") in wordings()


@pytest.mark.parametrize(("file", "kind", "text"), wordings())
def test_every_error_has_chinese_words(file: str, kind: str, text: str) -> None:
    fixed = re.sub(r"^this is an? [^{}]+, which", "this is {}, which", text)  # named in [words]
    assert fixed in TABLE[kind], f"{file}: add {text!r} to errors_zh.toml"


def test_the_systems_errors_have_chinese_words() -> None:
    assert set(cli._NEXT_STEP.values()) <= TABLE["advice"]
    assert {os.strerror(number) for number in (*cli._NEXT_STEP, errno.ENOENT)} <= TABLE["words"]


def test_what_says_most_itself_is_taken() -> None:
    assert in_chinese("frame is 5", "causes") == "frame 的值是 5"
    assert in_chinese("pandas is not installed", "causes") == "没有安装 pandas"
    assert in_chinese("elements is 5, a list is due", "causes") == "elements 的值是 5，应为列表"
    assert in_chinese("unknown escape \\q", "causes") == "未知的转义 \\q"
    assert in_chinese("unknown claim type: fee in 3元|fee", "causes") == "未知的陈述类型：fee（3元|fee）"
