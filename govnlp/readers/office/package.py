"""The ZIP package around a Word document, opened without trust: sizes are bounded and document types refused."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree import ElementTree

from govnlp.errors import BrokenInput, EncryptedInput

Element = ElementTree.Element

MAX_PART_BYTES = 48 * 1024 * 1024
"""A part larger than this is a bomb: the body of a long report has less than a tenth of it."""
_SAVE_AGAIN = "open it in Word or WPS and save it again"


class Package:
    """A Word package. Raises `BrokenInput` or `EncryptedInput`; parts that it lacks are None."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BrokenInput("the DOCX file is damaged", advice=_SAVE_AGAIN) from error
        self._main = self._main_part()

    def body(self) -> Element:
        """The body of the main part."""
        root = self._parse(self._main)
        body = next((child for child in root if local(child) == "body"), None) if root is not None else None
        if body is None:
            raise BrokenInput("the DOCX file has no body", advice=_SAVE_AGAIN)
        return body

    def beside(self, name: str) -> Element | None:
        """A part that stands beside the main part (`styles.xml`, `numbering.xml`), or None."""
        return self._parse(posixpath.join(posixpath.dirname(self._main), name))

    def _main_part(self) -> str:
        relations = self._parse("_rels/.rels")
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if target in self._names:
                    return target
        return "word/document.xml"

    def _parse(self, name: str) -> Element | None:
        info = self._names.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise EncryptedInput("the DOCX file needs a password", advice="save it without the password")
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise BrokenInput(f"the DOCX file is damaged in {name}", advice=_SAVE_AGAIN) from error
        if len(data) > MAX_PART_BYTES:
            raise BrokenInput(f"{name} in the DOCX file is larger than any report", advice=_SAVE_AGAIN)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise BrokenInput(f"{name} in the DOCX file declares a document type", advice=_SAVE_AGAIN)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise BrokenInput(f"the DOCX file is damaged in {name}: {error}", advice=_SAVE_AGAIN) from error


def local(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that local name, and so on down the path; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if local(c) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name, or None."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as a whole number, or None."""
    text = value(element, name)
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def is_on(element: Element | None) -> bool:
    """Whether a toggle property is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
