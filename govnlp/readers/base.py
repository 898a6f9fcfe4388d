"""What a reader is. A reader stands in one file of this package as `READER`; `govnlp.readers` finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from govnlp.document import Block, Grid

PdfEngine = Literal["pdfium", "pdfminer"]


@dataclass(frozen=True, slots=True)
class Options:
    """The caller's wishes. `pdf_engine`: what takes characters and lines out of a PDF."""

    pdf_engine: PdfEngine = "pdfium"


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found: the fields of `document.Source` that do not depend on where the bytes came from."""

    text: str
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    title: str | None = None
    published: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One input format.

    `suffixes`: lower case, with the dot. `sniff`: how surely the bytes are of this format, from 0 (not) to 1 (its
    signature stands there). `read`: bytes to content; raises `errors.ReadError` without a source (the caller knows the
    name), or returns a blank text where the file holds none.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], float]
    read: Callable[[bytes, Options], Content]
    empty_advice: str = "check that the file is the report itself"
