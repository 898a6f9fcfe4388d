"""Word documents for the tests, written part by part."""

from __future__ import annotations

import io
import zipfile

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


def docx(
    body: str, *, numbering: str = "", styles: str = "", strict: bool = False, extra: dict[str, str] | None = None
) -> bytes:
    ns = _STRICT if strict else _NS
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {ns}><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": f"<w:numbering {ns}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {ns}>{styles}</w:styles>",
        **(extra or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def numbered(text: str, num: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def levels(*forms: tuple[str, str]) -> str:
    """An abstract list's levels from (numFmt, lvlText) pairs."""
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


DOWN = '<w:vMerge w:val="restart"/>'
MORE = "<w:vMerge/>"


def wide(n: int) -> str:
    return f'<w:gridSpan w:val="{n}"/>'
