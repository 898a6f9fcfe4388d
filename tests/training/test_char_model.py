"""The shipped character model and the encoder it was trained from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import govnlp
from govnlp.errors import MissingDependency
from govnlp.pipeline import load
from tests.sample import GOOD

MODELS = Path(govnlp.__file__).parent.parent / "models"


@pytest.mark.skipif(not (MODELS / "govnlp-zh-char").is_dir(), reason="the character model is not here")
def test_the_shipped_character_model_scores() -> None:
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (pip install onnxruntime)")
    card = load(MODELS / "govnlp-zh-char").score_text(GOOD)
    assert card.model["name"] == "govnlp-zh-char"
    assert [(c.value, c.type) for c in card.report.claims][:3] == [
        (60, "info_published"),
        (40, "info_published"),
        (20, "info_published"),
    ]
    assert card.report.of_section("overview.on_request")


@pytest.mark.skipif(not (MODELS / "govnlp-zh-char").is_dir(), reason="the character model is not here")
def test_a_model_that_cannot_run_is_told_when_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingDependency) as caught:
        load(MODELS / "govnlp-zh-char")
    assert "pip install" in caught.value.told("zh")
    assert "需要 ONNX Runtime" in caught.value.told("zh")


@pytest.mark.skipif(not (MODELS / "encoder-zh-char").is_dir(), reason="the encoder is not here")
def test_the_shipped_encoder_loads() -> None:
    pytest.importorskip("torch", reason="torch is not installed (pip install govnlp[transformer])")
    from govnlp.components.transformer.sources import load_encoder

    module, pieces = load_encoder(MODELS / "encoder-zh-char")
    assert module.width == 192
    assert len(pieces.cut("主动公开。")[0]) == 5


def test_all_models_together_stay_small() -> None:
    assert sum(p.stat().st_size for p in MODELS.rglob("*") if p.is_file()) < 60e6
