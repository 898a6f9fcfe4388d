"""Nothing imports upward: the layers of the package, checked on the source itself."""

from __future__ import annotations

import ast
from pathlib import Path

import govnlp

ROOT = Path(govnlp.__file__).parent
LAYERS = (
    {"__main__"},
    {"cli"},
    {"batch", "agreement", "training", "evaluation", "frame", "inputs", "store", "spool"},
    {"pipeline"},
    {"readers", "tables", "components", "rules", "scoring", "boilerplate", "corpus", "exports", "cards"},
    {"document"},
    {"schema", "errors", "codec", "page"},
)
RANK = {name: i for i, layer in enumerate(LAYERS) for name in layer}
SIBLINGS_ALLOWED = {
    ("exports", "scoring"),
    ("exports", "cards"),
    ("exports", "rules"),
    ("exports", "readers"),
    ("corpus", "tables"),
    ("components", "tables"),
    ("rules", "tables"),
}
"""Pairs of the layer of readers where the first may import the second: exports name elements and rules as those packages do, and find
passages in Word files as the reader does; stages and rules tell a page's number as the tables do."""


def imports_of(path: Path) -> set[str]:
    """The top-level packages of govnlp that a module imports, those inside functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "govnlp" else [f"govnlp.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        else:
            continue
        found |= {n.split(".")[1] for n in names if n.startswith("govnlp.")}
    return found


def violations() -> list[str]:
    out = []
    for path in sorted(ROOT.rglob("*.py")):
        home = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if home == "__init__":
            continue
        for other in sorted(imports_of(path) - {home}):
            if other not in RANK:
                continue
            upward = RANK[other] < RANK[home]
            sideways = RANK[other] == RANK[home] == RANK["readers"] and (home, other) not in SIBLINGS_ALLOWED
            if upward or sideways:
                out.append(f"{path.relative_to(ROOT)} imports {other}")
    return out


def test_no_module_imports_upward_or_from_a_sibling() -> None:
    assert violations() == []


def test_every_module_has_its_layer() -> None:
    homes = {p.relative_to(ROOT).parts[0].removesuffix(".py") for p in ROOT.rglob("*.py")} - {"__init__"}
    assert homes <= set(RANK)


def test_a_file_stays_readable() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in ROOT.rglob("*.py") if (n := len(p.read_text("utf-8").split("\n"))) > 420
    }
    assert long == {}
