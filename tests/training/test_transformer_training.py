"""Pre-training, training on the tasks, saving, and the exported graph. Needs torch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (pip install govnlp[transformer])")

from spacy import load
from thinc.api import Adam, fix_random_seed

from govnlp.components.transformer.pieces import MASK, N_SPECIAL
from govnlp.components.transformer.sources import load_encoder, width_of
from govnlp.errors import ConfigError, CorpusError, OutputError
from govnlp.training.checkpoint import weights_of
from govnlp.training.encoders import transformer_block
from govnlp.training.graph import TRAINABLE, export_folder, export_pipeline
from govnlp.training.plan import Plan
from govnlp.training.pretrain import Step, hide, narrative, pretrain, pretraining_texts, schedule
from govnlp.training.run import run_training
from govnlp.training.trainer import Pass, Recipe, train
from tests.corpus.small_corpus import put, report
from tests.sample import GOOD
from tests.training.tiny import TINY, pretrained, reports, transformer_pipeline, vectors

TEXT = "（一）主动公开。公开信息30条。\n项目\t数量\n规章\t0\n" + "持续用力，久久为功。" * 20


def test_hidden_characters_are_the_ones_to_tell() -> None:
    ids = np.full((6, 100), 50, np.int64)
    seen, wanted = hide(ids, 60, np.random.default_rng(1))
    told = wanted != -100
    assert set(wanted[told]) == {50}
    assert (seen[~told] == 50).all()
    assert (seen[told] == MASK).mean() > 0.5
    assert seen.min() >= MASK
    assert seen[seen != MASK].min() >= N_SPECIAL
    assert 0.08 < told.mean() <= 0.16


def test_the_rate_rises_and_falls() -> None:
    rates = [schedule(n, 100) for n in range(1, 101)]
    assert max(rates) == rates[5] == 1.0
    assert rates[-1] < 0.001


def test_tables_are_left_out() -> None:
    assert "规章" not in narrative(TEXT)


def test_only_the_training_part_of_a_corpus_is_read(tmp_path: Path) -> None:
    put(tmp_path / "reports", report(), report("t002", family="other", place="临江县鹤山乡"))
    (tmp_path / "splits.json").write_text(json.dumps({"baishi": "train", "other": "test"}), "utf-8")
    (texts,) = [pretraining_texts([tmp_path])]
    assert len(texts) == 1
    assert "白石镇" in texts[0]
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError):
        pretraining_texts([tmp_path / "none"])


def test_pretraining_is_repeatable_and_goes_on(tmp_path: Path) -> None:
    texts = [r.text for r in reports()]
    steps: list[Step] = []
    first = pretrain(texts, tmp_path / "a", TINY, report=steps.append, every=2)
    second = pretrain(texts, tmp_path / "b", TINY)
    assert [s.step for s in steps] == [2, 4]
    assert (first / "encoder.safetensors").read_bytes() == (second / "encoder.safetensors").read_bytes()
    pretrain(texts, first, TINY, report=steps.append)
    assert len(steps) == 2  # nothing was left to do
    assert width_of(first) == 16


def test_a_broken_encoder_is_told(tmp_path: Path) -> None:
    folder = pretrained(tmp_path)
    (folder / "encoder.safetensors").write_bytes(b"12345678")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        load_encoder(folder)
    with pytest.raises(ConfigError, match="HF_HUB_OFFLINE"):
        load_encoder(tmp_path / "nothing-here")


def test_training_moves_the_encoder_and_the_loss(tmp_path: Path) -> None:
    nlp, examples = transformer_pipeline(pretrained(tmp_path), 16)
    before = vectors(nlp, TEXT)
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = 0.01
    losses = []
    for _ in range(12):
        found: dict[str, float] = {}
        nlp.update(examples, sgd=optimizer, losses=found, drop=0.0)
        losses.append(found["sentences"])
    assert losses[-1] < losses[0]
    assert not np.allclose(before, vectors(nlp, TEXT))


def test_rows_of_tables_are_zeros(tmp_path: Path) -> None:
    nlp, _ = transformer_pipeline(pretrained(tmp_path), 16)
    got = vectors(nlp, TEXT)
    at = TEXT.index("规章")
    assert got.shape == (len(TEXT), 16)
    assert not got[at : at + 4].any()
    assert got[0].any()
    assert got[-1].any()
    assert vectors(nlp, "规章\t0").shape == (4, 16)


def test_a_saved_pipeline_needs_no_source_and_no_pickle(tmp_path: Path) -> None:
    source = pretrained(tmp_path)
    nlp, _ = transformer_pipeline(source, 16)
    nlp.to_disk(tmp_path / "model")
    for file in source.iterdir():
        file.unlink()
    again = load(tmp_path / "model")
    assert np.array_equal(vectors(nlp, TEXT), vectors(again, TEXT))
    assert b"torch._utils" not in (tmp_path / "model" / "encoder" / "model").read_bytes()


@pytest.mark.parametrize(("precision", "apart"), [("fp32", 1e-4), ("int8", 0.4)])
def test_the_exported_graph_gives_the_same_vectors(tmp_path: Path, precision: str, apart: float) -> None:
    for package in ("onnx", "onnxscript", "onnxruntime"):
        pytest.importorskip(package, reason=f"{package} is not installed (pip install govnlp[transformer])")
    nlp, _ = transformer_pipeline(pretrained(tmp_path), 16)
    exported = export_pipeline(nlp, precision)  # type: ignore[arg-type]
    exported.to_disk(tmp_path / "graph")
    again = load(tmp_path / "graph")
    for text in (TEXT, "仅一句。"):
        assert np.abs(vectors(nlp, text) - vectors(again, text)).max() < apart
    assert b"/" + Path(__file__).parts[1].encode() + b"/" not in (tmp_path / "graph" / "encoder" / "model").read_bytes()
    with pytest.raises(ConfigError, match="no transformer"):
        export_pipeline(again)
    with pytest.raises(ConfigError, match="cannot be trained"):
        again.get_pipe("encoder").model.begin_update([again.make_doc("公开。")])


WITHOUT_TORCH = """
import sys
sys.modules["torch"] = sys.modules["transformers"] = None
from govnlp.pipeline import load
card = load(sys.argv[1]).score_text(open(sys.argv[2], encoding="utf-8").read())
print(len(card.report.sentences))
"""


def test_an_exported_model_scores_without_torch(tmp_path: Path) -> None:
    for package in ("onnx", "onnxscript", "onnxruntime"):
        pytest.importorskip(package, reason=f"{package} is not installed (pip install govnlp[transformer])")
    nlp, _ = transformer_pipeline(pretrained(tmp_path), 16)
    nlp.to_disk(tmp_path / "model", exclude=["vocab"])
    (tmp_path / "model" / "scores.json").write_text("{}")
    export_folder(tmp_path / "model", tmp_path / "graph")
    assert (tmp_path / "graph" / "scores.json").is_file()
    with pytest.raises(OutputError):
        export_folder(tmp_path / "model", tmp_path / "graph")
    (tmp_path / "report.txt").write_text(GOOD, "utf-8")
    command = [sys.executable, "-c", WITHOUT_TORCH, str(tmp_path / "graph"), str(tmp_path / "report.txt")]
    assert int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) > 10


def test_training_writes_what_scores_without_torch_and_can_go_on(corpus: Path, tmp_path: Path) -> None:
    for package in ("onnx", "onnxscript", "onnxruntime", "sklearn"):
        pytest.importorskip(package, reason=f"{package} is not installed (pip install govnlp[transformer,train])")
    plan = Plan(
        (str(corpus),),
        tmp_path / "first",
        stages=("sentences",),
        encoder=transformer_block(pretrained(tmp_path)),
        recipe=Recipe(passes=1),
        choose=False,
    )
    run_training(plan, echo=lambda line: None)
    assert "GraphEncoder" in (plan.out / "config.cfg").read_text("utf-8")
    assert "TransformerEncoder" in (plan.out / TRAINABLE / "config.cfg").read_text("utf-8")
    assert "without torch" in (plan.out / "README.md").read_text("utf-8")
    (tmp_path / "report.txt").write_text(GOOD, "utf-8")
    command = [sys.executable, "-c", WITHOUT_TORCH, str(plan.out), str(tmp_path / "report.txt")]
    assert int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) > 10
    second = Plan((str(corpus),), tmp_path / "second", start=plan.out, recipe=Recipe(passes=1), choose=False)
    run_training(second, echo=lambda line: None)
    assert "GraphEncoder" in (second.out / "config.cfg").read_text("utf-8")
    export_folder(second.out, tmp_path / "exact", "fp32")
    assert (tmp_path / "exact" / TRAINABLE / "config.cfg").is_file()
    shutil.rmtree(second.out / TRAINABLE)
    with pytest.raises(ConfigError, match="an exported encoder cannot be trained"):
        run_training(Plan((str(corpus),), tmp_path / "third", start=second.out), echo=lambda line: None)


def test_averaged_weights_are_used_for_a_while(tmp_path: Path) -> None:
    nlp, examples = transformer_pipeline(pretrained(tmp_path), 16)
    optimizer = Adam(0.02, use_averages=True)
    for _ in range(3):
        nlp.update(examples, sgd=optimizer)
    last = vectors(nlp, TEXT)
    with nlp.use_params(optimizer.averages):
        averaged = vectors(nlp, TEXT)
    assert not np.allclose(last, averaged)
    assert np.array_equal(last, vectors(nlp, TEXT))


def test_any_hugging_face_encoder_by_path(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    signs = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *sorted(set("".join(r.text for r in reports())) - {"\n", "\t"}),
    ]
    (tmp_path / "vocab.txt").write_text("\n".join(signs), "utf-8")
    config = transformers.BertConfig(
        vocab_size=len(signs), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24
    )
    folder = tmp_path / "bert"
    transformers.BertModel(config).save_pretrained(folder)
    tokenizer = transformers.BertTokenizerFast(vocab={s: i for i, s in enumerate(signs)})
    tokenizer.save_pretrained(folder)
    assert width_of(folder) == 16
    nlp, examples = transformer_pipeline(folder, 12)
    before = vectors(nlp, TEXT)
    assert before.shape == (len(TEXT), 12)
    assert before[0].any()
    nlp.update(examples, sgd=nlp.create_optimizer())
    nlp.to_disk(tmp_path / "model")
    assert np.array_equal(vectors(nlp, TEXT), vectors(load(tmp_path / "model"), TEXT))


def test_a_broken_run_with_a_transformer_ends_the_same(tmp_path: Path) -> None:
    source = pretrained(tmp_path)

    def run(work: Path, **options: Any) -> dict[str, bytes]:
        fix_random_seed(3)
        nlp, examples = transformer_pipeline(source, 12)
        train(nlp, examples, examples, Recipe(passes=2, batch=1, patience=9), work, **options)
        return dict(weights_of(nlp))

    def stop(done: Pass) -> None:
        raise KeyboardInterrupt

    whole = run(tmp_path / "a")
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "b", on_pass=stop)
    assert run(tmp_path / "b", resume=True) == whole
    with np.load(tmp_path / "a/checkpoint/optimizer.npz") as a, np.load(tmp_path / "b/checkpoint/optimizer.npz") as b:
        assert any(name.startswith("gradient/encoder") and ":torch:" in name for name in a.files)
        assert [name for name in a.files if not np.array_equal(a[name], b[name])] == []
