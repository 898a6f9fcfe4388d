"""Word documents (.docx): paragraphs with their automatic numbers, tables with merged cells, text boxes."""

from __future__ import annotations

from govnlp.readers.base import Content, Options, Reader
from govnlp.readers.office.body import BodyReader
from govnlp.readers.office.package import Package
from govnlp.readers.office.styles import read_lists, read_styles
from govnlp.readers.structure import assemble


def sniff(data: bytes) -> float:
    """A ZIP file that names the parts of a Word document."""
    if not data.startswith(b"PK"):
        return 0.0
    return 1.0 if b"word/document" in data or b"word/_rels/" in data else 0.0


def read_docx(data: bytes, options: Options) -> Content:
    """The document's body; headers, footers, notes and comments are left out. Raises `BrokenInput`, `EncryptedInput`."""
    package = Package(data)
    body = BodyReader(read_styles(package.beside("styles.xml")), read_lists(package.beside("numbering.xml")))
    return assemble(body.flow(package.body()))


READER = Reader(
    "docx",
    (".docx", ".docm"),
    sniff,
    read_docx,
    empty_advice="the document may be pictures only: recognise their text first (OCR)",
)
