"""The small encoder: hashed n-grams of characters, summed, then convolutions. Tables are not encoded.

Any other architecture that gives a vector for each token (a transformer, say) can take its place in the config: it is the model of
spaCy's `tok2vec` component, and the stages only listen to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import LayerNorm, Maxout, Model, chain, concatenate, expand_window, noop, with_array

from govnlp.components.tokens import text_of

Rows = list[Any]
"""For each document a float array (its characters, width)."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_PRIMES = np.array([11400714819323198485, 14029467366897019727, 1609587929392839161, 9650029242287828579], np.uint64)
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_FOLD = {ord(ch): ord("0") for ch in _DIGITS} | {
    ord(a): ord(b) for a, b in zip("（），．：；　\n\r\t", "(),.:;    ", strict=True)
}
_KEYS = np.array(sorted(_FOLD), np.uint32)
_VALUES = np.array([_FOLD[int(k)] for k in _KEYS], np.uint32)


def prose_mask(text: str) -> npt.NDArray[np.bool_]:
    """(len(text),): which characters stand in lines that hold no tab, so are no rows of a table."""
    mask = np.ones(len(text), dtype=bool)
    at = text.find("\t")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        mask[start:end] = False
        at = text.find("\t", end)
    return mask


def fold(text: str) -> npt.NDArray[np.uint64]:
    """(len(text),): the characters' codes, all digits alike, brackets and stops half-width, line breaks as blanks."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    where = np.minimum(np.searchsorted(_KEYS, codes), len(_KEYS) - 1)
    known = _KEYS[where] == codes
    codes[known] = _VALUES[where[known]]
    return codes.astype(np.uint64)


def ngram_rows(codes: npt.NDArray[np.uint64], longest: int, rows: int) -> npt.NDArray[np.int64]:
    """(n, longest): for the n-grams of 1 … `longest` characters that start at each character, their rows in the table."""
    n = len(codes)
    out = np.empty((n, longest), np.int64)
    key = np.zeros(n, np.uint64)
    for size in range(longest):
        shifted = np.zeros(n, np.uint64)
        shifted[: max(0, n - size)] = codes[size:]
        key = (key + shifted + np.uint64(size + 1)) * _PRIMES[size % 4]
        mixed = (key ^ (key >> np.uint64(29))) * _MIX
        out[:, size] = (mixed >> np.uint64(32)) % np.uint64(rows)
    return out


def _embed(width: int, rows: int, longest: int) -> Model[list[Doc], Rows]:
    return Model(
        "char_ngrams",
        _embed_forward,
        init=_embed_init,
        params={"E": None},
        dims={"nO": width, "nV": rows},
        attrs={"longest": longest},
    )


def _embed_init(model: Model, X: object = None, Y: object = None) -> None:
    rows, width = model.get_dim("nV"), model.get_dim("nO")
    table: Any = (0.1 * np.random.default_rng(rows + width).standard_normal((rows, width))).astype(np.float32)
    model.set_param("E", table)


def _embed_forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[Rows, Callable[[Rows], list[Doc]]]:
    table: Any = model.get_param("E")
    longest, rows = model.attrs["longest"], model.get_dim("nV")
    texts = [text_of(doc) for doc in docs]
    ids = [ngram_rows(fold(text)[prose_mask(text)], longest, rows) for text in texts]
    out = [table[i].sum(axis=1) for i in ids]

    def backprop(gradients: Rows) -> list[Doc]:
        total: Any = np.zeros_like(table)
        scatter_add: Any = model.ops.scatter_add
        for i, gradient in zip(ids, gradients, strict=True):
            for size in range(longest):
                scatter_add(total, i[:, size], np.ascontiguousarray(gradient, np.float32))
        model.inc_grad("E", total)
        return docs

    return out, backprop


def _on_prose(layer: Model[list[Doc], Rows]) -> Model[list[Doc], Rows]:
    """Spread the rows that `layer` gives for prose over the whole document; rows of tables are zeros."""
    return Model("on_prose", _prose_forward, init=_prose_init, layers=[layer], dims={"nO": layer.maybe_get_dim("nO")})


def _prose_init(model: Model, X: list[Doc] | None = None, Y: object = None) -> None:
    model.layers[0].initialize(X=X)


def _prose_forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[Rows, Callable[[Rows], list[Doc]]]:
    dense, back = model.layers[0](docs, is_train)
    masks = [prose_mask(text_of(doc)) for doc in docs]
    out = []
    for mask, rows in zip(masks, dense, strict=True):
        full = np.zeros((len(mask), rows.shape[1]), np.float32)
        full[mask] = rows
        out.append(full)

    def backprop(gradients: Rows) -> list[Doc]:
        result: list[Doc] = back([g[mask] for g, mask in zip(gradients, masks, strict=True)])
        return result

    return out, backprop


@registry.architectures("govnlp.CharEncoder.v1")
def build_char_encoder(
    width: int, rows: int, longest: int, convolved: int = 0, depth: int = 1, window: int = 1, pieces: int = 2
) -> Model[list[Doc], Rows]:
    """Characters to vectors of `width`: the sum of hashed n-grams up to `longest` in a table of `rows`; the last `convolved` of its
    columns come from `depth` convolutions of `window` characters to each side. Rows of tables become zeros."""
    embed = _embed(width - convolved, rows, longest)
    if not convolved:
        return _on_prose(embed)
    steps = [_convolution(width - convolved if not n else convolved, convolved, window, pieces) for n in range(depth)]
    layer: Model[list[Doc], Rows] = chain(
        embed, with_array(concatenate(noop(), chain(*steps) if depth > 1 else steps[0]))
    )
    layer.set_dim("nO", width)
    return _on_prose(layer)


def _convolution(n_in: int, n_out: int, window: int, pieces: int) -> Model[Any, Any]:
    return chain(expand_window(window), Maxout(nO=n_out, nI=n_in * (2 * window + 1), nP=pieces), LayerNorm(nI=n_out))
