"""Where encoders come from: a folder that `govnlp pretrain` wrote, or a Hugging Face model by local path or name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.components.transformer.pieces import Pieces, TokenizerPieces, dump_pieces, load_pieces
from govnlp.errors import ConfigError, MissingDependency

if TYPE_CHECKING:
    from torch import nn

ABOUT, WEIGHTS = "encoder.json", "encoder.safetensors"
SCHEMA = "govnlp.encoder/2"
OFFLINE = "HF_HUB_OFFLINE"
"""The environment variable that lets Hugging Face fetch models, set to 0; nothing is fetched without it."""


def need_torch() -> None:
    """Raises `MissingDependency` where torch is not installed."""
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise MissingDependency(
            "transformer encoders are trained with torch", advice='pip install "govnlp[transformer]"'
        ) from error


def load_encoder(source: str | Path) -> tuple[nn.Module, Pieces]:
    """The network and how it reads text. Raises `ConfigError` and `MissingDependency`."""
    need_torch()
    folder = Path(source)
    if (folder / ABOUT).is_file():
        return read_encoder(folder)
    return _hugging_face(str(source))


def width_of(source: str | Path) -> int:
    """The width of an encoder's vectors, without loading its weights. Raises as `load_encoder`."""
    need_torch()
    folder = Path(source)
    if (folder / ABOUT).is_file():
        return int(json.loads((folder / ABOUT).read_text("utf-8"))["width"])
    return int(_auto("AutoConfig", str(source)).hidden_size)


def write_encoder(module: Any, pieces: Pieces, folder: Path, **notes: Any) -> None:
    """Write a pre-trained encoder, its weights as float16; `notes` (JSON-ready) are kept beside it."""
    from govnlp.components.transformer.modules import module_to_bytes

    folder.mkdir(parents=True, exist_ok=True)
    about = {"schema": SCHEMA, "width": module.width, "pieces": json.loads(dump_pieces(pieces)), **notes}
    for name, data in (
        (WEIGHTS, module_to_bytes(module, half=True)),
        (ABOUT, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()),
    ):
        part = folder / (name + ".part")
        part.write_bytes(data)
        part.replace(folder / name)


def read_encoder(folder: Path) -> tuple[nn.Module, Pieces]:
    """What `write_encoder` wrote. Raises `ConfigError`."""
    from govnlp.components.transformer.modules import module_from_bytes

    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        if about["schema"] != SCHEMA:
            raise ValueError(f"schema {about['schema']!r}, not {SCHEMA!r}")
        module = module_from_bytes((folder / WEIGHTS).read_bytes())
        return module, load_pieces(json.dumps(about["pieces"], ensure_ascii=False))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ConfigError(
            f"the encoder cannot be loaded: {error}", source=str(folder), advice="make it again with `govnlp pretrain`"
        ) from error


def _hugging_face(source: str) -> tuple[nn.Module, Pieces]:
    from govnlp.components.transformer.modules import HuggingFaceEncoder

    tokenizer = _auto("AutoTokenizer", source)
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ConfigError(
            "its tokenizer tells no offsets",
            source=source,
            advice="take a model with a fast tokenizer (tokenizer.json)",
        )
    return HuggingFaceEncoder(_auto("AutoModel", source)), TokenizerPieces(
        backend.to_str(), tokenizer.pad_token_id or 0
    )


def _auto(kind: str, source: str) -> Any:
    offline = os.environ.setdefault(OFFLINE, "1").lower() not in ("0", "false", "no", "")
    try:
        import transformers
    except ImportError as error:
        raise MissingDependency(
            "Hugging Face encoders need the package transformers", advice='pip install "govnlp[transformer]"'
        ) from error
    try:
        return getattr(transformers, kind).from_pretrained(source, local_files_only=offline)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"no encoder here: {str(error).splitlines()[0]}",
            source=source,
            advice=f"give a folder with a Hugging Face model or one of `govnlp pretrain`, or set {OFFLINE}=0 to fetch it by name",
        ) from error
