"""Input files to `document.Source`: one module per format, each with a `READER`, found here by discovery."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from govnlp.document import Source
from govnlp.errors import BrokenInput, EmptyInput, ReadError, UnsupportedFormat, file_name
from govnlp.readers.base import Content, Options, PdfEngine, Reader
from govnlp.readers.foreign import explain
from govnlp.readers.ideographs import plain_ideographs
from govnlp.readers.tabbed import find_blocks, find_grids

__all__ = ["MAX_BYTES", "Content", "Options", "PdfEngine", "Reader", "read", "read_bytes", "read_string", "readers"]

MAX_BYTES = 200 * 1024 * 1024
"""A larger file is refused: no annual report is that large, and a batch must not run out of memory over one file."""
MAX_CHARACTERS = 500_000
"""A longer text is refused: it is no report, or hundreds of them in one file."""


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, sorted by name."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        if not info.ispkg:
            reader = getattr(importlib.import_module(f"{__name__}.{info.name}"), "READER", None)
            if isinstance(reader, Reader):
                found.append(reader)
    return tuple(sorted(found, key=lambda r: r.name))


def read(path: str | Path, *, pdf_engine: PdfEngine = "pdfium") -> Source:
    """Read one file.

    Raises `errors.ReadError` or one of its kinds: `UnsupportedFormat`, `EmptyInput`, `EncryptedInput`, `BrokenInput`.
    """
    name = file_name(path)
    try:
        size = Path(path).stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size, name)
        data = Path(path).read_bytes()
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise ReadError(cause, source=name, advice="check the path and the right to read it") from error
    return read_bytes(name, data, pdf_engine=pdf_engine)


def read_bytes(name: str, data: bytes, *, pdf_engine: PdfEngine = "pdfium") -> Source:
    """Read the bytes of a file called `name`.

    The content decides what format it is, the suffix only where the content leaves it open.

    Raises the same errors as `read`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    if not data.strip(b" \t\r\n\0"):
        raise EmptyInput("the file is empty", source=name, advice="fetch or save it again")
    reader = _choose(name, data)
    try:
        content = reader.read(data, Options(pdf_engine=pdf_engine))
    except ReadError as error:
        raise type(error)(error.cause, source=name, advice=error.advice) from error
    except (MemoryError, RecursionError) as error:
        raise BrokenInput(
            f"reading it as {reader.name} exceeds what a report needs ({type(error).__name__})",
            source=name,
            advice="open it in its program and save it again",
        ) from error
    return _source(name, data, reader.name, content, reader.empty_advice)


def read_string(name: str, text: str) -> Source:
    """A text that is in memory already, as a text file of it would be read, whatever characters it begins with or holds.

    Lone surrogates, which no file can hold, become question marks. Raises `errors.EmptyInput` and `errors.UnsupportedFormat`.
    """
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    text = data.decode("utf-8")
    grids = find_grids(text)
    return _source(name, data, "text", Content(text, find_blocks(text, grids), grids), "give the report's text")


def _source(name: str, data: bytes, kind: str, content: Content, empty_advice: str) -> Source:
    if not content.text.strip():
        raise EmptyInput("the file holds no text", source=name, advice=empty_advice)
    if len(content.text) > MAX_CHARACTERS:
        cause = f"the text has {len(content.text)} characters, more than {MAX_CHARACTERS}"
        raise UnsupportedFormat(
            cause, source=name, advice="check that it is one report; give each report as a file of its own"
        )
    content = plain_ideographs(content)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        text=content.text,
        blocks=content.blocks,
        grids=content.grids,
        title=content.title,
        published=content.published,
        notes=content.notes,
    )


def _choose(name: str, data: bytes) -> Reader:
    suffix = Path(name).suffix.lower()
    best, certainty = None, 0.0
    for reader in readers():
        score = reader.sniff(data)
        if score > 0 and suffix in reader.suffixes:
            score += 0.1
        if score > certainty:
            best, certainty = reader, score
    if best is None:
        error = explain(data, suffix)
        raise type(error)(error.cause, source=name, advice=error.advice)
    return best


def _too_large(size: int, name: str) -> UnsupportedFormat:
    cause = f"the file has {size // 2**20} MB, more than {MAX_BYTES // 2**20}"
    return UnsupportedFormat(cause, source=name, advice="check that it is a report; save it again without pictures")
