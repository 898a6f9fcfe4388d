"""The architectures that a config names: an encoder that can be trained (torch), and one exported for scoring (ONNX Runtime).

Both turn documents into a vector for each character. Rows of tables are not encoded: theirs are zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import ArgsKwargs, Model, PyTorchShim

from govnlp.components.learned.encoder import prose_mask
from govnlp.components.tokens import text_of
from govnlp.components.transformer.graph import GraphShim
from govnlp.components.transformer.pieces import Pieces, dump_pieces, load_pieces
from govnlp.components.transformer.windows import Batch, Floats, gather, make_batch, scatter

Encoder = Model[list[Doc], Any]
"""Documents to one (characters, width) array of floats each."""
SIZE, CONTEXT = 128, 8
"""Pieces in a window, and how many of them at least are there to each side of one whose vector is used."""
AT_ONCE = 32
"""Windows that go through the encoder at once when scoring, which bounds the memory."""


@registry.architectures("govnlp.TransformerEncoder.v1")
def build_transformer_encoder(
    width: int, source: str = "", rate: float = 0.1, size: int = SIZE, context: int = CONTEXT
) -> Encoder:
    """Trained with torch. `width`: of the vectors, to which a layer brings those of an encoder of another width; `source`: where its weights come from when the pipeline is
    initialised (`sources.load_encoder`), not needed afterwards; `rate`: its learning rate as a share of the other parts'."""
    from govnlp.components.transformer.sources import need_torch

    need_torch()
    inner: Model[Any, Any] = Model("transformer", _torch_forward, shims=[make_shim(rate)])
    return _on_windows(inner, width, size, context, source)


@registry.architectures("govnlp.GraphEncoder.v1")
def build_graph_encoder(width: int, size: int = SIZE, context: int = CONTEXT) -> Encoder:
    """An exported encoder, run by ONNX Runtime on one thread; it cannot be trained."""
    inner: Model[Any, Any] = Model("graph", _graph_forward, shims=[GraphShim()])
    return _on_windows(inner, width, size, context, "")


def _on_windows(inner: Model[Any, Any], width: int, size: int, context: int, source: str) -> Encoder:
    return Model(
        "windows",
        _forward,
        init=_init,
        layers=[inner],
        dims={"nO": width},
        attrs={"pieces": "", "size": size, "context": context, "source": source},
    )


def _init(model: Model, X: list[Doc] | None = None, Y: object = None) -> None:
    if model.attrs["pieces"] or not model.attrs["source"]:
        return
    from govnlp.components.transformer.sources import load_encoder

    given, pieces = load_encoder(model.attrs["source"])
    module: Any = given
    if module.width != model.get_dim("nO"):
        from govnlp.components.transformer.modules import Projected

        module = Projected(module, module.width, model.get_dim("nO"))
    set_encoder(model, module, pieces)


def set_encoder(model: Encoder, module: Any, pieces: Pieces) -> None:
    """Put a network, or the bytes of a graph, with its way of reading text into the layer."""
    model.attrs["pieces"] = dump_pieces(pieces)
    shim: Any = model.layers[0].shims[0]
    shim.replace(module)


def _forward(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Floats], Callable[[list[Floats]], list[Doc]]]:
    pieces = load_pieces(model.attrs["pieces"])
    width = model.get_dim("nO")
    masks = [prose_mask(text_of(doc)) for doc in docs]
    cut = [pieces.cut(_prose(text_of(doc), mask)) for doc, mask in zip(docs, masks, strict=True)]
    batch = make_batch([ids for ids, _ in cut], pieces, size=model.attrs["size"], context=model.attrs["context"])
    if batch.windows:
        vectors, back = model.layers[0](batch, is_train)
    else:
        vectors, back = np.zeros((0, 0, width), np.float32), lambda gradient: None
    out = []
    for rows, mask, (_, of_char) in zip(gather(batch, vectors), masks, cut, strict=True):
        full = np.zeros((len(mask), width), np.float32)
        if len(rows):
            full[mask] = rows[of_char]
        out.append(full)

    def backprop(gradients: list[Floats]) -> list[Doc]:
        by_piece = []
        for gradient, mask, (ids, of_char) in zip(gradients, masks, cut, strict=True):
            rows = np.zeros((len(ids), width), np.float32)
            if len(ids):
                np.add.at(rows, of_char, gradient[mask])
            by_piece.append(rows)
        back(scatter(batch, by_piece, width))
        return docs

    return out, backprop


def _prose(text: str, mask: npt.NDArray[np.bool_]) -> str:
    if mask.all():
        return text
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes[mask].tobytes().decode("utf-32-le", "surrogatepass")


class EncoderShim(PyTorchShim):
    """thinc's wrapper of a torch network, with a learning rate of its own; saved without pickle, and built anew when loaded."""

    def __init__(self, rate: float) -> None:
        import torch

        from govnlp.components.transformer.modules import module_from_bytes, module_to_bytes

        super().__init__(
            torch.nn.Module(),
            serialize_model=module_to_bytes,
            deserialize_model=lambda _, data, device: module_from_bytes(data).to(device),
        )
        self.rate = rate

    def replace(self, module: Any) -> None:
        self._model = module.to(self.device)

    def begin_update(self, inputs: ArgsKwargs) -> Any:
        """In bfloat16 where that is quicker than single precision: on a GPU, or a processor that multiplies them."""
        import torch

        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            return super().begin_update(inputs)

    def finish_update(self, optimizer: Any) -> None:
        def slower(key: Any, weights: Any, gradient: Any) -> Any:
            return optimizer(key, weights, gradient, lr_scale=self.rate)

        step: Any = slower
        super().finish_update(step)

    @contextmanager
    def use_params(self, params: Any) -> Iterator[None]:
        """Averaged weights for a while; thinc's own method looks for them under other keys than its optimizer keeps."""
        import torch

        named = dict(self._model.named_parameters())
        given = {name: params[self.id, name] for name in named if (self.id, name) in params}
        kept = {name: named[name].detach().clone() for name in given}
        with torch.no_grad():
            for name, value in given.items():
                named[name].copy_(torch.as_tensor(value))
        yield
        with torch.no_grad():
            for name, value in kept.items():
                named[name].copy_(value)


def make_shim(rate: float) -> EncoderShim:
    """`rate`: see `build_transformer_encoder`."""
    return EncoderShim(rate)


def _torch_forward(model: Model, batch: Batch, is_train: bool) -> tuple[Floats, Callable[[Floats], Any]]:
    import torch

    shim: Any = model.shims[0]

    def given(rows: slice) -> ArgsKwargs:
        return ArgsKwargs(tuple(torch.from_numpy(x[rows]).to(shim.device) for x in (batch.ids, batch.mask)), {})

    if not is_train:
        starts = range(0, len(batch.windows), AT_ONCE)
        parts = [shim.predict(given(slice(at, at + AT_ONCE))).float().cpu().numpy() for at in starts]
        return np.concatenate(parts), lambda gradient: None
    output, back = shim.begin_update(given(slice(None)))

    def backprop(gradient: Floats) -> None:
        back(ArgsKwargs(((output,),), {"grad_tensors": (torch.from_numpy(gradient).to(output),)}))

    return output.detach().float().cpu().numpy(), backprop


def _graph_forward(model: Model, batch: Batch, is_train: bool) -> tuple[Floats, Callable[[Floats], Any]]:
    shim: Any = model.shims[0]
    if is_train:
        shim.begin_update(batch)
    starts = range(0, len(batch.windows), AT_ONCE)
    parts = [shim.predict((batch.ids[at : at + AT_ONCE], batch.mask[at : at + AT_ONCE])) for at in starts]
    return np.concatenate(parts).astype(np.float32, copy=False), lambda gradient: None
