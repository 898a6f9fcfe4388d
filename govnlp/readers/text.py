"""Plain text: UTF-8 with or without byte order mark, GB18030, UTF-16. The text is the decoded file to the letter."""

from __future__ import annotations

import re

from govnlp.errors import BrokenInput
from govnlp.readers.base import Content, Options, Reader
from govnlp.readers.decoding import decode
from govnlp.readers.tabbed import find_blocks, find_grids

_NOT_TEXT = re.compile(rb"\s*(?:%PDF-|PK\x03\x04|\{\\rtf|\xd0\xcf\x11\xe0|%!PS)")


def sniff(data: bytes) -> float:
    """Anything that decodes is text, if no other reader is surer."""
    return 0.3 if not _NOT_TEXT.match(data) and decode(data) else 0.0


def read_text(data: bytes, options: Options) -> Content:
    """Decode and find the tables. Raises `BrokenInput` where the bytes are no text."""
    decoded = decode(data)
    if decoded is None:
        raise BrokenInput("neither UTF-8, GB18030 nor UTF-16 text", advice="save it as UTF-8")
    text, _ = decoded
    notes = ("some bytes could not be decoded",) if "\ufffd" in text else ()
    grids = find_grids(text)
    return Content(text, find_blocks(text, grids), grids, notes=notes)


READER = Reader("text", (".txt", ".text", ".md"), sniff, read_text)
