"""The words of this package, from the TOML files beside it, and a matcher that finds many words in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from govnlp.errors import ConfigError

T = TypeVar("T")


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml of this package; ConfigError where it cannot be read."""
    try:
        return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            str(error), source=f"{name}.toml", advice="restore the vocabulary file of the package"
        ) from error


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


class Lexicon(Generic[T]):
    """Words with what they stand for; finds them in a text, the longest at each place, without overlap."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        by_first: dict[str, list[tuple[str, T]]] = {}
        for word, value in entries:
            by_first.setdefault(word[0], []).append((word, value))
        self._by_first = {ch: sorted(found, key=lambda e: -len(e[0])) for ch, found in by_first.items()}

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """(start, end, value) of each word within [start, end), from left to right."""
        by_first, at = self._by_first, start
        while at < end:
            for word, value in by_first.get(text[at], ()):
                stop = at + len(word)
                if stop <= end and text.startswith(word, at):
                    yield at, stop, value
                    at = stop
                    break
            else:
                at += 1
