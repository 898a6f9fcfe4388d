"""The encoder: what it folds together, what it leaves out, its gradient."""

from __future__ import annotations

import numpy as np
import pytest

from govnlp.components.learned.encoder import (
    LONGEST_COUNTED,
    RARE,
    build_char_encoder,
    count_families,
    fold,
    ngram_keys,
    prose_mask,
)
from govnlp.components.tokens import blank_pipeline


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("一\n二", "一\n二"),
        ("头\n甲\t1\n尾", "头\n尾"),
        ("甲\t1", ""),
        ("\t\n\n尾", "\n尾"),
        ("", ""),
    ],
)
def test_rows_of_tables_are_no_prose(text: str, prose: str) -> None:
    assert "".join(np.array(list(text), dtype=object)[prose_mask(text)]) == prose


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("12条", "98条", True),
        ("１２条", "12条", True),
        ("（一）", "(一)", True),
        ("条", "件", False),
        ("A", "a", False),
    ],
)
def test_folding(a: str, b: str, alike: bool) -> None:
    assert (fold(a).tolist() == fold(b).tolist()) is alike


def test_an_ngram_has_the_same_row_wherever_it_stands() -> None:
    codes = fold("公开信息，公开信息")
    rows = ngram_keys(codes, 4)
    assert rows[0].tolist() == rows[5].tolist()
    assert rows[0, 0] == rows[5, 0] != rows[1, 0]
    assert len({int(r) for r in rows[0]}) == 4, "n-grams of different length have rows of their own"


@pytest.mark.parametrize("convolved", [0, 3])
def test_tables_get_zeros_and_prose_does_not(convolved: int) -> None:
    nlp = blank_pipeline(())
    doc = nlp.make_doc("公开信息\n甲\t1\n完")
    model = build_char_encoder(width=8, rows=64, longest=2, convolved=convolved)
    model.initialize(X=[doc])
    (out,) = model.predict([doc])
    assert out.shape == (len(doc), 8)
    assert not out[5:9].any()
    assert out[:4].any(axis=1).all()


def test_the_gradient_is_that_of_the_sum() -> None:
    nlp = blank_pipeline(())
    doc = nlp.make_doc("公开公")
    model = build_char_encoder(width=2, rows=32, longest=1)
    model.initialize(X=[doc])
    embed = model.layers[0]
    table = embed.get_param("E").copy()
    _, back = model.begin_update([doc])
    back([np.ones((3, 2), np.float32)])
    row = ngram_keys(fold("公"), 1)[0, 0] % 32
    assert embed.get_grad("E")[row].tolist() == [2.0, 2.0]
    assert (embed.get_param("E") == table).all()


def test_a_text_shorter_than_the_ngrams_has_rows_too() -> None:
    assert ngram_keys(fold("公"), 4).shape == (1, 4)
    assert ngram_keys(fold(""), 4).shape == (0, 4)


def rare(model: object, text: str, *, train: bool = False) -> np.ndarray:
    """(characters, sizes): the rarity of the n-grams of 2 and more characters that start at each."""
    doc = blank_pipeline(()).make_doc(text)
    (out,), _ = model(  # type: ignore[operator]
        [doc], train
    )
    return out[:, -RARE : -RARE + LONGEST_COUNTED - 1]


def test_what_many_families_write_is_common_and_what_none_writes_is_rare() -> None:
    model = build_char_encoder(width=4 + RARE, rows=64, longest=2, counted=1 << 16)
    model.initialize(X=[blank_pipeline(()).make_doc("公开")])
    assert (rare(model, "加强领导") == 1).all()
    count_families(model, [["加强领导。"], ["加强领导，加强培训。", "加强领导。"], ["加强领导！"], ["贴在桥头。"]])
    assert rare(model, "加强领导")[0].tolist() == [0.25, 0.25, 0.25], "three families, however often"
    assert rare(model, "贴在桥头")[0].tolist() == [0.5, 0.5, 0.5]
    assert rare(model, "贴在船尾")[:2].tolist() == [[0.5, 1, 1], [1, 1, 1]]


def test_a_text_that_is_trained_on_does_not_count_itself() -> None:
    model = build_char_encoder(width=4 + RARE, rows=64, longest=2, counted=1 << 16)
    model.initialize(X=[blank_pipeline(()).make_doc("公开")])
    count_families(model, [["贴在桥头。"], ["加强领导。"], ["加强领导。"]])
    assert rare(model, "贴在桥头", train=True)[0].tolist() == [1, 1, 1]
    assert rare(model, "加强领导", train=True)[0].tolist() == [0.5, 0.5, 0.5]


def test_rarity_stands_beside_the_other_columns_and_learns_nothing() -> None:
    plain = build_char_encoder(width=4, rows=64, longest=2)
    model = build_char_encoder(width=4 + RARE, rows=64, longest=2, counted=1 << 12)
    doc = blank_pipeline(()).make_doc("公开信息\n甲\t1\n完")
    for m in (plain, model):
        m.initialize(X=[doc])
    (a,), (b,) = plain.predict([doc]), model.predict([doc])
    assert (a == b[:, :4]).all()
    assert not b[5:9].any(), "rows of tables are zeros"
    assert model.get_dim("nO") == b.shape[1] == 4 + RARE
    counts = next(n for n in model.walk() if n.name == "rarity").get_param("counts").copy()
    _, back = model.begin_update([doc])
    back([np.ones_like(b)])
    assert (next(n for n in model.walk() if n.name == "rarity").get_param("counts") == counts).all()
    again = build_char_encoder(width=4 + RARE, rows=64, longest=2, counted=1 << 12).from_bytes(model.to_bytes())
    assert (again.predict([doc])[0] == b).all()
