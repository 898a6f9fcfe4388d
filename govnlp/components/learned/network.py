"""The network that labels spans: means and peaks of the encoder's vectors over windows of text, beside the rules' features, one hidden
layer. A mean tells what most of a stretch is like, a peak that something stands in it once: the one fact in a sentence of filler.

Input: a list of (document, its proposals). Output: one (n, labels) array of logits for each document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, LayerNorm, Linear, Maxout, Model, chain, zero_init

from govnlp.components.learned.task import Proposals

SUMS_KEY = "govnlp.sums"
"""Where `user_data` keeps a document's running sums from one stage to the next."""
FEATURE_SCALE = np.float32(3.0)
"""The rules' features are this much larger than the text's vectors: what the rules know is learned first."""
Batch = list[tuple[Doc, Proposals]]
Logits = list[Any]
"""For each document a float array (its candidates, labels)."""
Array = npt.NDArray[np.float32]


@registry.architectures("govnlp.SpanNetwork.v1")
def build_span_network(
    tok2vec: Model[list[Doc], list[Any]], hidden: int, dropout: float = 0.3, peaks: int = 0
) -> Model[Batch, Logits]:
    """`tok2vec`: the encoder, or a listener to a shared one. `hidden`: width of the hidden layer. `peaks`: of how many of the first
    windows the maxima of each column are taken too.

    The rules' features also go straight to the output, so that what they are sure of need not be learned through the hidden layer.
    """
    body: Model[Any, Any] = chain(Dropout(dropout), Maxout(nO=hidden, nP=2), LayerNorm(nI=hidden), Dropout(dropout))
    output = Linear(init_W=zero_init)
    model: Model[Batch, Logits] = Model(
        "span_network",
        _forward,
        init=_init,
        layers=[tok2vec, body, output],
        dims={"nO": None, "nF": None, "nK": None},
        refs={"tok2vec": tok2vec, "body": body, "output": output},
        attrs={"peaks": peaks},
    )
    return model


def set_sizes(model: Model[Batch, Logits], *, labels: int, features: int, windows: int) -> None:
    """Fix the network's sizes, before it is initialised."""
    model.set_dim("nO", labels)
    model.set_dim("nF", features)
    model.set_dim("nK", windows)
    width = model.get_ref("tok2vec").get_dim("nO")
    body, output = model.get_ref("body"), model.get_ref("output")
    body.layers[1].set_dim("nI", (windows + min(model.attrs["peaks"], windows)) * width + features)
    output.set_dim("nI", body.layers[1].get_dim("nO") + features)
    output.set_dim("nO", labels)


def _init(model: Model[Batch, Logits], X: Batch | None = None, Y: object = None) -> None:
    model.get_ref("tok2vec").initialize(X=[doc for doc, _ in X] if X else None)
    model.get_ref("body").initialize()
    model.get_ref("output").initialize()


def running_sums(vectors: Array) -> Array:
    """(tokens + 1, width): the sum of all vectors before each token."""
    sums = np.zeros((vectors.shape[0] + 1, vectors.shape[1]), np.float32)
    np.cumsum(vectors, axis=0, out=sums[1:])
    return sums


def _sums_of(doc: Doc, vectors: Array) -> Array:
    """The running sums of a document's vectors, which every stage asks for: kept while they are the same."""
    known = doc.user_data.get(SUMS_KEY)
    if known is None or known[0] is not vectors:
        known = doc.user_data[SUMS_KEY] = (vectors, running_sums(vectors))
    sums: Array = known[1]
    return sums


def pool(sums: Array, windows: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """(n, k, width): the sum of the vectors in each window over the root of its length; and (n, k, 1) those factors."""
    length = np.maximum(windows[..., 1] - windows[..., 0], 1)
    factor = (1.0 / np.sqrt(length))[..., None].astype(np.float32)
    return (sums[windows[..., 1]] - sums[windows[..., 0]]) * factor, factor


def _unpool(gradient: Array, factor: Array, windows: npt.NDArray[np.int64], n_tokens: int) -> Array:
    width = gradient.shape[-1]
    steps = np.zeros((n_tokens + 1, width), np.float32)
    flat = (gradient * factor).reshape(-1, width)
    np.add.at(steps, windows[..., 0].ravel(), flat)
    np.subtract.at(steps, windows[..., 1].ravel(), flat)
    return np.cumsum(steps, axis=0)[:-1].astype(np.float32)


def peaks_of(vectors: Array, windows: npt.NDArray[np.int64]) -> Array:
    """(n, k, width): the maximum of each column in each window; 0 for an empty one."""
    n, k = windows.shape[:2]
    out = np.zeros((n, k, vectors.shape[1]), np.float32)
    flat = windows.reshape(-1, 2)
    full = flat[:, 1] > flat[:, 0]
    if full.any():
        padded = np.concatenate([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
        # every second result is of a stretch between two windows
        out.reshape(n * k, -1)[full] = np.maximum.reduceat(padded, flat[full].ravel(), axis=0)[::2]
    return out


def _add_unpeaked(total: Array, gradient: Array, peaks: Array, vectors: Array, windows: npt.NDArray[np.int64]) -> None:
    """Add each peak's gradient to the character that it came from."""
    columns = np.arange(vectors.shape[1])
    for g, top, (start, end) in zip(
        gradient.reshape(-1, len(columns)), peaks.reshape(-1, len(columns)), windows.reshape(-1, 2), strict=True
    ):
        if end > start:
            total[start + (vectors[start:end] == top).argmax(axis=0), columns] += g


def _forward(model: Model[Batch, Logits], batch: Batch, is_train: bool) -> tuple[Logits, Callable[[Logits], Batch]]:
    tok2vec, body, output = model.get_ref("tok2vec"), model.get_ref("body"), model.get_ref("output")
    docs = [doc for doc, _ in batch]
    proposals = [p for _, p in batch]
    vectors, back_vectors = tok2vec(docs, is_train)
    sums = [running_sums(v) if is_train else _sums_of(doc, v) for v, doc in zip(vectors, docs, strict=True)]
    pooled = [pool(s, p.windows) for s, p in zip(sums, proposals, strict=True)]
    peaked = [p.windows[:, : model.attrs["peaks"]] for p in proposals]
    peaks = [peaks_of(v, w) for v, w in zip(vectors, peaked, strict=True)]
    sizes = [p.n for p in proposals]
    means = model.get_dim("nK") * tok2vec.get_dim("nO")
    width = means + min(model.attrs["peaks"], model.get_dim("nK")) * tok2vec.get_dim("nO")
    features = np.concatenate([p.features for p in proposals]).astype(np.float32) * FEATURE_SCALE
    context = np.concatenate(
        [
            np.concatenate([x.reshape(len(x), means), y.reshape(len(x), width - means)], axis=1)
            for (x, _), y in zip(pooled, peaks, strict=True)
        ]
    )
    hidden, back_hidden = body(np.concatenate([context, features], axis=1), is_train)
    logits, back_logits = output(np.concatenate([hidden, features], axis=1), is_train)
    prior = [np.zeros((p.n, logits.shape[1]), np.float32) if p.prior is None else p.prior for p in proposals]
    logits = logits + np.concatenate(prior)
    cuts = np.cumsum(sizes)[:-1]

    def backprop(gradients: Logits) -> Batch:
        gradient = back_logits(np.concatenate(gradients).astype(np.float32))
        gradient = back_hidden(np.ascontiguousarray(gradient[:, : hidden.shape[1]]))[:, :width]
        tokens = []
        rows = zip(np.split(gradient, cuts), pooled, peaks, peaked, vectors, proposals, docs, strict=True)
        for g, (x, factor), top, where, v, p, doc in rows:
            total = _unpool(g[:, :means].reshape(x.shape), factor, p.windows, len(doc))
            _add_unpeaked(total, g[:, means:], top, v, where)
            tokens.append(total)
        back_vectors(tokens)
        return batch

    return np.split(logits, cuts), backprop
