"""The gold reports in each format read as their text, where GOVNLP_GOLD names the folder of the gold reports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govnlp.readers import read

_GOLD = os.environ.get("GOVNLP_GOLD", "")
_FORMS = str.maketrans("（），；：", "(),;:")
_FILES = [p for p in sorted(Path(_GOLD).glob("files/*/*")) if p.suffix[1:] == p.parent.name] if _GOLD else []


def _letters(text: str) -> str:
    return "".join(text.translate(_FORMS).split())


@pytest.mark.skipif(not _FILES, reason="set GOVNLP_GOLD to the folder of the gold reports (real, dev, files)")
@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name)
def test_narrative_lines_and_cells_are_those_of_the_text(path: Path):
    gold, source = read(Path(_GOLD) / "dev" / f"{path.stem}.txt"), read(path)
    wanted = [[_letters(c.text) for c in g.cells if c.text] for g in gold.grids]
    found = [[_letters(c.text) for c in g.cells if c.text] for g in source.grids]
    assert [sorted(g) for g in found] == [sorted(g) for g in wanted]
    tables = [(g.start, g.end) for g in gold.grids]
    narrative = _letters("".join(gold.text[b.start : b.end] for b in gold.blocks if (b.start, b.end) not in tables))
    blocks = _letters("".join(source.text[b.start : b.end] for b in source.blocks if b.kind != "table"))
    assert blocks == narrative
