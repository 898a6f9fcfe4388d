"""An exported encoder as a thinc shim: the bytes of an ONNX graph, run by ONNX Runtime."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from thinc.api import Shim

from govnlp.errors import ConfigError, MissingDependency

RUNTIME = "onnxruntime"
SLOWER_FUSED = ["SkipLayerNormFusion"]
"""What the runtime had better not do: a norm and the sum before it, fused, take eight times as long as one after the other (1.32)."""


class GraphShim(Shim):
    """Holds the graph; the session is made at the first use, so that loading a model stays quick. Pickles without the session."""

    def __init__(self) -> None:
        super().__init__(b"")
        self._session: Any = None

    @property
    def graph(self) -> bytes:
        data: bytes = self._model
        return data

    def replace(self, graph: bytes) -> None:
        """Take another graph: inputs `ids` and `mask`, both (windows, length) int64; output (windows, length, width)."""
        self._model, self._session = graph, None

    def predict(self, inputs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        if self._session is None:
            self._session = start(self.graph)
        ids, mask = inputs
        vectors: np.ndarray = self._session.run(None, {"ids": ids, "mask": mask})[0]
        return vectors

    def begin_update(self, inputs: Any) -> Any:
        raise ConfigError(
            "an exported encoder cannot be trained",
            advice="train from the model that it was exported from, or export that one again: govnlp onnx",
        )

    def finish_update(self, optimizer: Any) -> None:
        """There is nothing to update."""

    def to_bytes(self) -> bytes:
        return self.graph

    def from_bytes(self, bytes_data: bytes) -> GraphShim:
        """Take a graph that was saved. Raises `errors.MissingDependency` now, not at each report, where nothing can run it."""
        _runtime()
        self.replace(bytes_data)
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_session": None}


def start(graph: bytes) -> Any:
    """A session of ONNX Runtime on one thread: batches run in as many processes as there are cores."""
    onnxruntime = _runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSED
    )


def _runtime() -> Any:
    try:
        return import_module(RUNTIME)
    except ModuleNotFoundError as error:
        raise MissingDependency("the model's encoder runs on ONNX Runtime", advice="pip install onnxruntime") from error
    except ImportError as error:  # on Windows: without Microsoft's runtime libraries
        raise MissingDependency(
            f"ONNX Runtime cannot be started: {error}",
            advice="on Windows install the Microsoft Visual C++ Redistributable, or score with --model rules",
        ) from error
