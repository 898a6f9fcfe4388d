"""The shipped models, and the encoder that the default one was trained from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import govnlp
from govnlp.errors import MissingDependency
from govnlp.pipeline import load
from tests.sample import GOOD

MODELS = Path(govnlp.__file__).parent.parent / "models"
shipped = pytest.mark.skipif(not (MODELS / "govnlp-zh").is_dir(), reason="the models are not part of this checkout")


@shipped
@pytest.mark.parametrize("name", ["govnlp-zh", "govnlp-zh-light"])
def test_the_shipped_models_score(name: str) -> None:
    card = load(MODELS / name).score_text(GOOD)
    assert card.model["name"] == name
    assert [(c.value, c.type) for c in card.report.claims][:3] == [
        (60, "info_published"),
        (40, "info_published"),
        (20, "info_published"),
    ]
    assert card.report.of_section("overview.on_request")


@shipped
def test_the_default_is_the_transformer() -> None:
    assert load().model == load(MODELS / "govnlp-zh").model
    assert "govnlp.GraphEncoder.v1" in (MODELS / "govnlp-zh" / "config.cfg").read_text("utf-8")
    assert (MODELS / "govnlp-zh" / "trainable" / "config.cfg").is_file()


@shipped
def test_without_onnxruntime_the_light_model_scores_and_the_other_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingDependency) as caught:
        load(MODELS / "govnlp-zh")
    assert "pip install onnxruntime" in caught.value.told("zh")
    assert "需要 ONNX Runtime" in caught.value.told("zh")
    assert load(MODELS / "govnlp-zh-light").score_text(GOOD).report.claims


@shipped
def test_the_shipped_encoder_loads() -> None:
    pytest.importorskip("torch", reason="torch is not installed (pip install govnlp[transformer])")
    from govnlp.components.transformer.sources import load_encoder

    module, pieces = load_encoder(MODELS / "encoder-zh-char")
    assert module.width == 128
    assert len(pieces.cut("主动公开。")[0]) == 5


def test_all_models_together_stay_small() -> None:
    assert sum(p.stat().st_size for p in MODELS.rglob("*") if p.is_file()) < 60e6


@shipped
def test_a_runtime_that_cannot_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('DLL load failed')\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "onnxruntime", raising=False)
    with pytest.raises(MissingDependency, match="DLL load failed") as caught:
        load(MODELS / "govnlp-zh")
    assert "Visual C++" in caught.value.told("zh")
