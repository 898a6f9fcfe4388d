"""A better model takes the old one's place and gives it back; what is no model is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govnlp.errors import ConfigError, OutputError
from govnlp.training import promotion
from govnlp.training.measure import Comparison
from govnlp.training.promotion import promote, restore

EQUAL = Comparison("sections", 0.9, 0.9, 0.0, 0.0, 0.0)
WORSE = Comparison("sections", 0.9, 0.5, -0.5, -0.3, -0.2)


@pytest.fixture
def equal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promotion, "compare", lambda old, new: [EQUAL])


def tree(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_promotion_keeps_the_old_model_and_brings_it_back(
    model: Path, corpus: Path, tmp_path: Path, equal: None
) -> None:
    place = tmp_path / "models" / "used"
    first = promote(model, place)
    assert (first.done, first.kept) == (True, None)
    assert tree(place) == tree(model)
    (place / "mark").write_text("old", "utf-8")
    kept = tmp_path / "models" / "used.previous"
    second = promote(model, place, [str(corpus)])
    assert (second.done, second.kept) == (True, kept)
    assert not (place / "mark").exists()
    restore(place)
    assert (place / "mark").read_text("utf-8") == "old"
    restore(place)
    assert not (place / "mark").exists()
    assert promote(kept, place).done, "the one that is kept may be promoted too"
    assert (place / "mark").read_text("utf-8") == "old"
    assert sorted(p.name for p in place.parent.iterdir()) == ["used", "used.previous"]


def test_both_are_measured_on_the_held_out_reports(model: Path, tmp_path: Path) -> None:
    promote(model, tmp_path / "used")
    found = {c.layer for c in promote(model, tmp_path / "used").comparison}
    assert {"sections", "sentences macro-F1", "elements F1"} <= found


def test_a_worse_model_is_not_promoted(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promotion, "compare", lambda old, new: [EQUAL, WORSE])
    result = promote(model, tmp_path / "used")
    assert (result.done, result.comparison) == (False, (EQUAL, WORSE))
    assert not (tmp_path / "used").exists()


def test_nothing_measured_is_nothing_promoted(
    model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corpus with no report in the test split, and a comparison without any layer."""
    untested = tmp_path / "corpus"
    untested.mkdir()
    (untested / "t000.src").write_text((corpus / "t000.src").read_text("utf-8"), "utf-8")
    (untested / "splits.json").write_text(json.dumps({"family-0": "train"}), "utf-8")
    with pytest.raises(ConfigError, match="nothing was measured"):
        promote(model, tmp_path / "used", [str(untested)])
    monkeypatch.setattr(promotion, "compare", lambda old, new: [])
    with pytest.raises(ConfigError, match="nothing was measured"):
        promote(model, tmp_path / "used")
    assert not (tmp_path / "used").exists()


def test_only_models_make_room(model: Path, tmp_path: Path, equal: None) -> None:
    (tmp_path / "mydocs").mkdir()
    (tmp_path / "mydocs" / "thesis.txt").write_text("mine", "utf-8")
    (tmp_path / "a001.txt").write_text("mine", "utf-8")
    (tmp_path / "used.previous").mkdir()
    (tmp_path / "used.previous" / "keep.txt").write_text("mine", "utf-8")
    promote(model, tmp_path / "good")
    promote(model, tmp_path / "good")
    before = tree(tmp_path)
    for name in ("mydocs", "a001.txt", "used"):
        with pytest.raises(OutputError, match="no model folder"):
            promote(model, tmp_path / name)
    (tmp_path / "good" / "config.cfg").rename(tmp_path / "config.cfg")
    with pytest.raises(OutputError, match="no model folder"):
        restore(tmp_path / "good")
    (tmp_path / "config.cfg").rename(tmp_path / "good" / "config.cfg")
    assert tree(tmp_path) == before


def test_promotion_says_what_is_missing(model: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no model here"):
        promote(tmp_path, tmp_path / "x")
    with pytest.raises(ConfigError, match="no earlier model is kept"):
        restore(tmp_path / "x")
    with pytest.raises(ConfigError, match="no folder is named"):
        promote(model, Path(""))


def test_what_cannot_be_written_is_told(model: Path, tmp_path: Path, equal: None) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        promote(model, tmp_path / "file" / "used")
