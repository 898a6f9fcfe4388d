"""From text to the pieces that an encoder reads: single characters of our own vocabulary, or the word pieces of a Chinese tokenizer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from govnlp.components.learned.encoder import fold
from govnlp.errors import ConfigError, MissingDependency

Ints = npt.NDArray[np.int64]
PAD, UNKNOWN, MASK = 0, 1, 2
N_SPECIAL = 3
"""The first ids of a character vocabulary: padding, an unknown character, a masked one."""


class Pieces(Protocol):
    """How an encoder reads text. `before`, `after`: ids that open and close every window; `pad`: fills short ones."""

    @property
    def before(self) -> tuple[int, ...]: ...

    @property
    def after(self) -> tuple[int, ...]: ...

    @property
    def pad(self) -> int: ...

    def cut(self, text: str) -> tuple[Ints, Ints]:
        """(ids of the m pieces, for each of the n characters the number of its piece)."""

    def describe(self) -> dict[str, Any]:
        """JSON-ready, for `load_pieces`."""


@dataclass(frozen=True, slots=True)
class CharacterPieces:
    """Each character is a piece, all digits alike; `characters` (in the order of their codes) are those that have an id of their own."""

    characters: str
    codes: npt.NDArray[np.uint64] = field(init=False, repr=False, compare=False)
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    pad: int = PAD

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", np.array([ord(c) for c in self.characters], np.uint64))

    def __len__(self) -> int:
        return len(self.characters) + N_SPECIAL

    def cut(self, text: str) -> tuple[Ints, Ints]:
        codes = folded(text)
        if not len(self.codes):
            return np.full(len(codes), UNKNOWN, np.int64), np.arange(len(codes))
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        ids = np.where(self.codes[at] == codes, at + N_SPECIAL, UNKNOWN)
        return ids.astype(np.int64), np.arange(len(codes))

    def describe(self) -> dict[str, Any]:
        return {"kind": "characters", "characters": self.characters}


def folded(text: str) -> npt.NDArray[np.uint64]:
    """Codes of the characters as the small encoder folds them, but line breaks stay: headings stand on lines of their own."""
    codes = fold(text)
    codes[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) == 10] = 10
    return codes


def count_characters(texts: Iterable[str], *, at_least: int = 2) -> CharacterPieces:
    """The vocabulary of some texts: the characters, folded, that occur `at_least` times."""
    seen: Counter[int] = Counter()
    for text in texts:
        values, counts = np.unique(folded(text), return_counts=True)
        seen.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    kept = sorted(code for code, n in seen.items() if n >= at_least and not 0xD800 <= code < 0xE000)
    return CharacterPieces("".join(map(chr, kept)))


class TokenizerPieces:
    """The word pieces of a Hugging Face tokenizer, given as the JSON of the `tokenizers` library."""

    def __init__(self, source: str, pad: int = 0) -> None:
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingDependency(
                "the model reads text with the package tokenizers", advice="pip install tokenizers"
            ) from error
        self.source = source
        self.pad = pad
        self._tokenizer = Tokenizer.from_str(source)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        bare = self._tokenizer.encode("", add_special_tokens=True).ids
        whole = self._tokenizer.encode("中", add_special_tokens=True).ids
        at = next((i for i, (a, b) in enumerate(zip(whole, bare, strict=False)) if a != b), len(bare))
        self.before, self.after = tuple(bare[:at]), tuple(bare[at:])

    def cut(self, text: str) -> tuple[Ints, Ints]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        of_char = np.zeros(len(text), np.int64)
        for number, (start, _) in enumerate(encoded.offsets):
            of_char[start:] = number  # white space, which tokenizers leave out, goes with the piece before it
        return np.array(encoded.ids, np.int64), of_char

    def describe(self) -> dict[str, Any]:
        return {"kind": "tokenizer", "tokenizer": self.source, "pad": self.pad}


def dump_pieces(pieces: Pieces) -> str:
    """As JSON."""
    return json.dumps(pieces.describe(), ensure_ascii=False)


@lru_cache(maxsize=8)
def load_pieces(described: str) -> Pieces:
    """From the JSON of `dump_pieces`. Raises `ConfigError` where it is none."""
    if not described:
        raise ConfigError("the encoder has no vocabulary yet", advice="initialise the pipeline, or load a trained one")
    data: Mapping[str, Any] = json.loads(described)
    if data["kind"] == "characters":
        return CharacterPieces(data["characters"])
    if data["kind"] == "tokenizer":
        return TokenizerPieces(data["tokenizer"], int(data["pad"]))
    raise ConfigError(
        f"unknown kind of pieces {data['kind']!r}", advice="use the model with the version it was made for"
    )
