"""Files that no reader knows: what they are, told from their first bytes, and what to do with them."""

from __future__ import annotations

import io
import re
import zipfile

from govnlp.errors import BrokenInput, EncryptedInput, ReadError, UnsupportedFormat

_SAVE_AS_DOCX = "save it as .docx, for instance with `soffice --convert-to docx FILE`"
_OCR = "recognise its text first (OCR) and give the result as .txt or .pdf"
_EXPORT = "give the report itself as .txt, .html, .docx or .pdf"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "a Word 97-2003 or WPS document (.doc, .wps)", _SAVE_AS_DOCX),
    ("Workbook", "an Excel 97-2003 workbook (.xls)", _EXPORT),
    ("PowerPoint Document", "a PowerPoint 97-2003 file (.ppt)", _EXPORT),
)
_ZIP_MEMBERS = (
    (re.compile(r"xl/"), "an Excel workbook (.xlsx)", _EXPORT),
    (re.compile(r"ppt/"), "a PowerPoint file (.pptx)", _EXPORT),
    (re.compile(r"OFD\.xml$"), "an OFD document", "save it as PDF in its reader"),
    (re.compile(r"content\.xml$"), "an OpenDocument file (.odt)", _SAVE_AS_DOCX),
    (re.compile(r".*\.opf$"), "an e-book", _EXPORT),
    (re.compile(r".*\.class$|AndroidManifest"), "a program", _EXPORT),
)
_SIGNATURES = (
    (re.compile(rb"\{\\rtf"), "a rich text document (.rtf)", _SAVE_AS_DOCX),
    (re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", re.S), "a picture", _OCR),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ"), "a compressed archive", "unpack it first"),
    (re.compile(rb"%!PS"), "a PostScript file", "save it as PDF"),
    (re.compile(rb"AT&TFORM"), "a DjVu file", _OCR),
    (re.compile(rb"\x7fELF|MZ|\xca\xfe\xba\xbe"), "a program", _EXPORT),
)


def explain(data: bytes, suffix: str) -> ReadError:
    """The error for a file that no reader takes."""
    if data.startswith(_OLE):
        return _explain_ole(data)
    if data.startswith(b"PK"):
        return _explain_zip(data)
    for pattern, what, advice in _SIGNATURES:
        if pattern.match(data):
            return UnsupportedFormat(f"this is {what}, which is not read", advice=advice)
    named = f" ({suffix})" if suffix else ""
    return UnsupportedFormat(f"neither text, HTML, DOCX nor PDF{named}", advice=_EXPORT)


def _explain_ole(data: bytes) -> ReadError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedInput("the Office document needs a password", advice="save it without the password")
    for stream, what, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return UnsupportedFormat(f"this is {what}, which is not read", advice=advice)
    return UnsupportedFormat("this is an old Office document, which is not read", advice=_SAVE_AS_DOCX)


def _explain_zip(data: bytes) -> ReadError:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return BrokenInput("a damaged ZIP or DOCX file", advice="fetch it again, or open and save it in Word or WPS")
    for pattern, what, advice in _ZIP_MEMBERS:
        if any(pattern.match(name) for name in names):
            return UnsupportedFormat(f"this is {what}, which is not read", advice=advice)
    return UnsupportedFormat("this is a ZIP archive, which is not read", advice="unpack it and give the files in it")
