"""What an export is: one module with `EXPORT`, found by `govnlp.exports`. It turns scorecards into files for people.

Scorecards come as a `Cards`: call it for a fresh pass from the first to the last. A pass reads from disk, one scorecard at a
time; an export may make several passes and must not keep the scorecards, so that a batch of any size fits in memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from govnlp.document import Scorecard
from govnlp.exports.copies import CopyGraph
from govnlp.schema import Lang

Cards = Callable[[], Iterable[Scorecard]]
"""A fresh pass over the scorecards, in the order of the batch."""


class Write(Protocol):
    """Write the export into the folder `out` (it exists) and return the files written, the one to open first at the head.

    `lang`: the language of everything that govnlp says (the scorecards may be in the other: see `words.Words.message`).
    `copies`: who copied from whom, or None where that was not looked at. `previous`: last year's scorecards, or None;
    the batch itself may also hold two years of one agency. Files of the same name are replaced.
    Raises `errors.OutputError`.
    """

    def __call__(
        self, cards: Cards, out: Path, *, lang: Lang, copies: CopyGraph | None, previous: Cards | None
    ) -> list[Path]: ...


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export. `name` is its module's and what `--to` takes; `needs`: import names of the packages it cannot do without."""

    name: str
    title: Mapping[Lang, str]
    write: Write
    needs: tuple[str, ...] = ()


_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 60
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices."""


def file_stem(source: str, number: int) -> str:
    """A file name without suffix for the `number`th report (from 1): never leaves its folder, unique, the same on every system."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", source)[-1])
    stem = name.rpartition(".")[0] or name
    stem = _UNSAFE.sub("_", stem).strip("._-")
    while len(stem.encode()) > _LONGEST * 2 or len(stem) > _LONGEST:  # file systems count bytes
        stem = stem[:-1]
    if _RESERVED.fullmatch(stem):
        stem = "_" + stem
    return f"{number:04d}-{stem}".rstrip("-")
