"""The torch networks: a small BERT over characters of our own, and a wrapper around any Hugging Face encoder. Needs torch.

Each takes (ids, mask), both (windows, length) integers, and gives (windows, length, width) vectors.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from govnlp.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a character encoder. `pieces`: its vocabulary; `inner`: width inside a block; `dropout`: of the blocks' outputs."""

    pieces: int
    width: int = 128
    layers: int = 2
    heads: int = 4
    inner: int = 512
    dropout: float = 0.1


class Block(nn.Module):
    """Attention and a feed-forward layer, each after a norm and added to what came in."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.before = nn.LayerNorm(sizes.width)
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.between = nn.LayerNorm(sizes.width)
        self.wide = nn.Linear(sizes.width, sizes.inner)
        self.narrow = nn.Linear(sizes.inner, sizes.width)
        self.drop = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, width = x.shape
        q, k, v = self.qkv(self.before(x)).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = x + self.drop(self.out(seen.transpose(1, 2).reshape(b, n, width)))
        return x + self.drop(self.narrow(functional.relu(self.wide(self.between(x)))))


class CharacterEncoder(nn.Module):
    """Characters, mixed with their two neighbours, through blocks of attention that fades with the distance.

    Distances instead of positions: a window starts anywhere in a report. Each head learns how fast it fades to each side.
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.embed = nn.Embedding(sizes.pieces, sizes.width)
        nn.init.normal_(self.embed.weight, std=sizes.width**-0.5)
        self.mix = nn.Conv1d(sizes.width, sizes.width, 3, padding=1)
        self.start = nn.LayerNorm(sizes.width)
        spread = torch.linspace(0.0, -6.0, sizes.heads)
        self.fading = nn.Parameter(torch.stack([spread, spread.roll(sizes.heads // 2)]))
        self.blocks = nn.ModuleList(Block(sizes) for _ in range(sizes.layers))
        self.end = nn.LayerNorm(sizes.width)

    @property
    def width(self) -> int:
        return self.sizes.width

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        kept = mask.to(torch.float32)
        x = self.embed(ids) * kept[..., None]
        x = self.start(x + functional.relu(self.mix(x.transpose(1, 2)).transpose(1, 2)))
        place = torch.arange(ids.shape[1], device=ids.device, dtype=torch.float32)
        gap = place[None, :] - place[:, None]
        slopes = functional.softplus(self.fading)[:, :, None, None]
        bias = -(slopes[0] * functional.relu(-gap) + slopes[1] * functional.relu(gap))
        bias = bias[None] + ((kept - 1.0) * 1e4)[:, None, None, :]
        for block in self.blocks:
            x = block(x, bias.to(x.dtype))
        out: Tensor = self.end(x)
        return out

    def describe(self) -> dict[str, Any]:
        return {"kind": "characters", "sizes": asdict(self.sizes)}


class HuggingFaceEncoder(nn.Module):
    """The last hidden states of a Hugging Face `AutoModel`."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    @property
    def width(self) -> int:
        return int(self.model.config.hidden_size)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        out: Tensor = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return out

    def describe(self) -> dict[str, Any]:
        return {"kind": "huggingface", "config": self.model.config.to_dict()}


class Projected(nn.Module):
    """An encoder whose vectors are brought to another width by one layer: the stages' work grows with the width."""

    def __init__(self, inner: nn.Module, from_width: int, width: int) -> None:
        super().__init__()
        self.inner = inner
        self.from_width, self.width = from_width, width
        self.down = nn.Linear(from_width, width)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        out: Tensor = self.down(self.inner(ids, mask))
        return out

    def describe(self) -> dict[str, Any]:
        inner: Any = self.inner
        return {
            "kind": "projected",
            "inner": inner.describe(),
            "from_width": self.from_width,
            "width": self.width,
        }


def build_module(described: dict[str, Any]) -> nn.Module:
    """The network that `describe` told of, its weights not set."""
    if described["kind"] == "characters":
        return CharacterEncoder(Sizes(**described["sizes"]))
    if described["kind"] == "huggingface":
        from transformers import AutoConfig, AutoModel

        config = dict(described["config"])
        return HuggingFaceEncoder(AutoModel.from_config(AutoConfig.for_model(config.pop("model_type"), **config)))
    if described["kind"] == "projected":
        inner = build_module(described["inner"])
        return Projected(inner, int(described["from_width"]), int(described["width"]))
    raise ConfigError(f"unknown kind of encoder {described['kind']!r}", advice="use the version that it was made with")


def module_to_bytes(module: nn.Module, *, half: bool = False) -> bytes:
    """Description and weights as safetensors: nothing in it can run. `half`: weights as float16, half the size."""
    from safetensors.torch import save

    about = {"govnlp": json.dumps(module.describe(), ensure_ascii=False, default=str)}
    weights = {k: v.half() if half and v.is_floating_point() else v for k, v in module.state_dict().items()}
    return save({k: v.contiguous() for k, v in weights.items()}, metadata=about)


def module_from_bytes(data: bytes) -> nn.Module:
    """The way back of `module_to_bytes`."""
    from safetensors.torch import load

    size = int.from_bytes(data[:8], "little")
    about = json.loads(data[8 : 8 + size])["__metadata__"]["govnlp"]
    module = build_module(json.loads(about))
    module.load_state_dict(load(data))
    return module
