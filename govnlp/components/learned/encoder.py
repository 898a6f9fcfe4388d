"""The small encoder: hashed n-grams of characters, summed, then convolutions; beside them how rare the wording is. Tables are not encoded.

Any other architecture that gives a vector for each token (a transformer, say) can take its place in the config: it is the model of
spaCy's `tok2vec` component, and the stages only listen to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import LayerNorm, Maxout, Model, chain, concatenate, expand_window, noop, with_array

from govnlp.components.tokens import text_of

Keys = list[Any]
"""For each document an array of hashes (its characters of prose, sizes of n-grams), as `ngram_keys` gives them."""
Rows = list[Any]
"""For each document a float array (its characters, width)."""
LONGEST_COUNTED = 4
"""N-grams of 2 to so many characters are counted."""
NEAR = 4
"""How many characters to each side the smoothed columns look at."""
RARE = 2 * (LONGEST_COUNTED - 1)
"""Columns that tell how rare the wording is: for each size as it stands, and as a mean over the characters near."""
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


def ngram_keys(codes: npt.NDArray[np.uint64], longest: int) -> npt.NDArray[np.uint32]:
    """(n, longest): for the n-grams of 1 … `longest` characters that start at each character, a hash; modulo its size, a table's row."""
    n = len(codes)
    out = np.empty((n, longest), np.uint32)
    key = np.zeros(n, np.uint64)
    for size in range(longest):
        shifted = np.zeros(n, np.uint64)
        shifted[: max(0, n - size)] = codes[size:]
        key = (key + shifted + np.uint64(size + 1)) * _PRIMES[size % 4]
        mixed = (key ^ (key >> np.uint64(29))) * _MIX
        out[:, size] = mixed >> np.uint64(32)
    return out


def _keys(texts: Iterable[str], longest: int) -> tuple[Keys, list[npt.NDArray[np.bool_]]]:
    """The n-grams of each text's prose, and which of its characters those are."""
    keys, masks = [], []
    for text in texts:
        masks.append(prose_mask(text))
        keys.append(ngram_keys(fold(text)[masks[-1]], longest))
    return keys, masks


def _embed(width: int, rows: int, longest: int) -> Model[Keys, Rows]:
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


def _embed_forward(model: Model, keys: Keys, is_train: bool) -> tuple[Rows, Callable[[Rows], Keys]]:
    table: Any = model.get_param("E")
    longest, rows = model.attrs["longest"], model.get_dim("nV")
    ids = [k[:, :longest] % np.uint32(rows) for k in keys]
    out = [table[i].sum(axis=1) for i in ids]

    def backprop(gradients: Rows) -> Keys:
        total: Any = np.zeros_like(table)
        scatter_add: Any = model.ops.scatter_add
        for i, gradient in zip(ids, gradients, strict=True):
            for size in range(longest):
                scatter_add(total, i[:, size].astype(np.int64), np.ascontiguousarray(gradient, np.float32))
        model.inc_grad("E", total)
        return keys

    return out, backprop


def _rarity(rows: int) -> Model[Keys, Rows]:
    """How rare each character's n-grams are among the families of reports that were counted: `RARE` columns, 1 for never seen, towards 0
    for common ones. Filler has been written before; what only this agency can say has not."""
    return Model("rarity", _rarity_forward, init=_rarity_init, params={"counts": None}, dims={"nO": RARE, "nV": rows})


def _rarity_init(model: Model, X: object = None, Y: object = None) -> None:
    if not model.has_param("counts"):
        nothing: Any = np.zeros(model.get_dim("nV"), np.uint8)
        model.set_param("counts", nothing)


def count_families(model: Model[list[Doc], Rows], families: Iterable[Iterable[str]]) -> None:
    """Count, for the rarity columns of an encoder, in how many families of texts each n-gram occurs; an encoder without them is left alone."""
    for node in model.walk():
        if node.name != "rarity":
            continue
        rows = node.get_dim("nV")
        counts = np.zeros(rows, np.int64)
        for texts in families:
            seen = np.zeros(rows, bool)
            for keys in _keys(texts, LONGEST_COUNTED)[0]:
                seen[_counted(keys, rows).ravel()] = True
            counts += seen
        capped: Any = np.minimum(counts, 255).astype(np.uint8)
        node.set_param("counts", capped)


def _counted(keys: npt.NDArray[np.uint32], rows: int) -> npt.NDArray[np.uint32]:
    return keys[:, 1:LONGEST_COUNTED] % np.uint32(rows)


def _rarity_forward(model: Model, keys: Keys, is_train: bool) -> tuple[Rows, Callable[[Rows], Keys]]:
    counts: Any = model.get_param("counts")
    out = []
    for k in keys:
        known = counts[_counted(k, model.get_dim("nV"))].astype(np.float32)
        if is_train:  # a text that is trained on has been counted itself
            known = np.maximum(known - 1, 0)
        rare = 1 / (1 + known)
        sums = np.zeros((len(rare) + 1, rare.shape[1]), np.float32)
        np.cumsum(rare, axis=0, out=sums[1:])
        at = np.arange(len(rare))
        low, high = np.maximum(at - NEAR, 0), np.minimum(at + NEAR + 1, len(rare))
        out.append(np.concatenate([rare, (sums[high] - sums[low]) / (2 * NEAR + 1)], axis=1))
    return out, lambda gradients: keys


def _on_prose(layer: Model[Keys, Rows], longest: int) -> Model[list[Doc], Rows]:
    """Give `layer` the n-grams of each document's prose, and spread its rows over the whole document; rows of tables are zeros."""
    return Model(
        "on_prose",
        _prose_forward,
        init=_prose_init,
        layers=[layer],
        dims={"nO": layer.maybe_get_dim("nO")},
        attrs={"longest": longest},
    )


def _prose_init(model: Model, X: list[Doc] | None = None, Y: object = None) -> None:
    model.layers[0].initialize(X=_keys(map(text_of, X), model.attrs["longest"])[0] if X else None)


def _prose_forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[Rows, Callable[[Rows], list[Doc]]]:
    keys, masks = _keys(map(text_of, docs), model.attrs["longest"])
    dense, back = model.layers[0](keys, is_train)
    out = []
    for mask, rows in zip(masks, dense, strict=True):
        full = np.zeros((len(mask), rows.shape[1]), np.float32)
        full[mask] = rows
        out.append(full)

    def backprop(gradients: Rows) -> list[Doc]:
        back([g[mask] for g, mask in zip(gradients, masks, strict=True)])
        return docs

    return out, backprop


@registry.architectures("govnlp.CharEncoder.v2")
def build_char_encoder(
    width: int,
    rows: int,
    longest: int,
    convolved: int = 0,
    depth: int = 1,
    window: int = 1,
    pieces: int = 2,
    counted: int = 0,
) -> Model[list[Doc], Rows]:
    """Characters to vectors of `width`: the sum of hashed n-grams up to `longest` in a table of `rows`; `convolved` of its columns
    come from `depth` convolutions of `window` characters to each side; with a table of `counted` n-grams the last `RARE` columns tell
    how rare the wording is. Rows of tables become zeros."""
    learned = width - RARE if counted else width
    layer: Model[Keys, Rows] = _embed(learned - convolved, rows, longest)
    if convolved:
        steps = [
            _convolution(learned - convolved if not n else convolved, convolved, window, pieces) for n in range(depth)
        ]
        layer = chain(layer, with_array(concatenate(noop(), chain(*steps) if depth > 1 else steps[0])))
        layer.set_dim("nO", learned)
    if counted:
        layer = _beside(layer, _rarity(counted))
        layer.set_dim("nO", width)
    return _on_prose(layer, max(longest, LONGEST_COUNTED) if counted else longest)


def _beside(first: Model[Keys, Rows], second: Model[Keys, Rows]) -> Model[Keys, Rows]:
    """The columns of both, document by document."""
    return Model("beside", _beside_forward, init=_beside_init, layers=[first, second], dims={"nO": None})


def _beside_init(model: Model, X: Keys | None = None, Y: object = None) -> None:
    for layer in model.layers:
        layer.initialize(X=X)


def _beside_forward(model: Model, keys: Keys, is_train: bool) -> tuple[Rows, Callable[[Rows], Keys]]:
    (first, back), (second, _) = (layer(keys, is_train) for layer in model.layers)
    width = model.layers[0].get_dim("nO")

    def backprop(gradients: Rows) -> Keys:
        result: Keys = back([np.ascontiguousarray(g[:, :width]) for g in gradients])
        return result

    return [np.concatenate(pair, axis=1) for pair in zip(first, second, strict=True)], backprop


def _convolution(n_in: int, n_out: int, window: int, pieces: int) -> Model[Any, Any]:
    return chain(expand_window(window), Maxout(nO=n_out, nI=n_in * (2 * window + 1), nP=pieces), LayerNorm(nI=n_out))
