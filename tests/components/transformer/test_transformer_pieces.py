"""Text to the ids that encoders read, and long texts in windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from govnlp.components.transformer.pieces import (
    MASK,
    N_SPECIAL,
    UNKNOWN,
    CharacterPieces,
    TokenizerPieces,
    count_characters,
    dump_pieces,
    load_pieces,
)
from govnlp.components.transformer.windows import Window, cut_windows, gather, make_batch, scatter
from govnlp.errors import ConfigError


def test_characters_are_counted_folded() -> None:
    pieces = count_characters(["公开１2条，公开3条\n\n", "仅"])
    assert pieces.characters == "\n0公开条"


def test_digits_are_alike_and_strangers_unknown() -> None:
    pieces = CharacterPieces("".join(sorted("公开条0\n")))
    ids, of_char = pieces.cut("公7开９龘\n")
    assert ids[1] == ids[3] == N_SPECIAL + pieces.characters.index("0")
    assert ids[4] == UNKNOWN
    assert ids[5] == N_SPECIAL + pieces.characters.index("\n")
    assert of_char.tolist() == list(range(6))
    assert MASK not in ids


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert CharacterPieces("").cut("公开")[0].tolist() == [UNKNOWN, UNKNOWN]


def test_pieces_come_back_from_their_description() -> None:
    pieces = CharacterPieces("公开")
    assert load_pieces(dump_pieces(pieces)) == pieces
    with pytest.raises(ConfigError):
        load_pieces('{"kind": "runes"}')
    with pytest.raises(ConfigError):
        load_pieces("")


@pytest.mark.parametrize(
    ("n", "size", "context"), [(0, 8, 2), (5, 8, 2), (8, 8, 2), (9, 8, 2), (40, 8, 2), (1000, 256, 32)]
)
def test_windows_keep_every_piece_once_with_its_context(n: int, size: int, context: int) -> None:
    windows = cut_windows(n, size, context)
    kept = [i for w in windows for i in range(w.kept_from, w.kept_to)]
    assert kept == list(range(n))
    for w in windows:
        assert 0 <= w.start <= w.kept_from <= w.kept_to <= w.end <= n
        assert w.end - w.start <= size
        assert w.start == 0 or w.kept_from - w.start >= context
        assert w.end == n or w.end - w.kept_to >= context


def test_vectors_find_their_pieces_again() -> None:
    pieces = CharacterPieces("abc")
    texts = [np.arange(20), np.arange(100, 103), np.zeros(0, np.int64)]
    batch = make_batch(texts, pieces, size=8, context=2)
    assert batch.mask.sum() == sum(w.end - w.start for w in batch.windows)
    got = gather(batch, batch.ids[..., None].astype(np.float32))
    assert [g[:, 0].tolist() for g in got] == [t.tolist() for t in texts]


def test_gradients_go_back_to_the_window_that_was_used() -> None:
    batch = make_batch([np.arange(20)], CharacterPieces("abc"), size=8, context=2)
    back = scatter(batch, [np.arange(20, dtype=np.float32)[:, None]], 1)
    assert gather(batch, back)[0][:, 0].tolist() == list(range(20))
    assert back.sum() == sum(range(20))


def test_opening_and_closing_ids_are_not_texts() -> None:
    marked = replace(CharacterPieces("abc"), before=(7,), after=(8, 9))
    batch = make_batch([np.array([20, 21])], marked, size=8, context=1)
    assert batch.ids.tolist() == [[7, 20, 21, 8, 9]]
    assert batch.windows == (Window(0, 0, 2, 0, 2),)
    assert gather(batch, batch.ids[..., None].astype(np.float32))[0][:, 0].tolist() == [20, 21]


def chinese_tokenizer() -> TokenizerPieces:
    tokenizers = pytest.importorskip("tokenizers", reason="the package tokenizers is not installed")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "公", "开", "信", "息", "20", "##23", "条", "web"]
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(handle_chinese_chars=True, lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return TokenizerPieces(made.to_str())


def test_word_pieces_tell_the_piece_of_each_character() -> None:
    pieces = chinese_tokenizer()
    assert (pieces.before, pieces.after) == ((2,), (3,))
    ids, of_char = pieces.cut("公开 2023条\nWEB息")
    assert ids.tolist() == [4, 5, 8, 9, 10, 11, 7]
    assert of_char.tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6]


def test_a_tokenizer_comes_back_from_its_description() -> None:
    pieces = chinese_tokenizer()
    again = load_pieces(dump_pieces(pieces))
    assert again.cut("公开2023")[0].tolist() == pieces.cut("公开2023")[0].tolist()
