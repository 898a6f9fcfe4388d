"""WordprocessingML in small pieces: paragraphs, tables and charts as text, safe for whatever a report holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from govnlp.exports.plain import one_line, visible

LONGEST = 4000
"""Characters of one piece of text; a notice quotes, it does not reprint."""


def plain(text: object, longest: int = LONGEST) -> str:
    """Text of one line, escaped for XML."""
    return escape(one_line(str(text), longest), quote=True)


def run(text: object, *, bold: bool = False, color: str | None = None) -> str:
    """A run of text; line feeds break the line."""
    properties = ("<w:b/>" if bold else "") + (f'<w:color w:val="{color}"/>' if color else "")
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = [escape(line, quote=True) for line in visible(str(text)[:LONGEST]).replace("\t", " ").split("\n")]
    return f"<w:r>{about}" + "<w:br/>".join(f'<w:t xml:space="preserve">{x}</w:t>' for x in lines) + "</w:r>"


def paragraph(*runs: str, style: str | None = None, keep: bool = False) -> str:
    """A paragraph of runs; `keep`: on one page with the next."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def line(text: object, style: str | None = None) -> str:
    """A paragraph of one run."""
    return paragraph(run(text), style=style)


def table(header: Sequence[object], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> str:
    """A ruled table with a heading row that is repeated on each page; `widths` in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    head = _row(header, widths, heading=True)
    body = "".join(_row(row, widths) for row in rows)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _row(cells: Sequence[object], widths: Sequence[int], *, heading: bool = False) -> str:
    about = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if heading else "<w:trPr><w:cantSplit/></w:trPr>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if heading else ""
    out = []
    for value, width in zip(cells, widths, strict=True):
        number = isinstance(value, int | float) or (isinstance(value, str) and value.endswith("%"))
        style = "CellHead" if heading else "CellNumber" if number else "Cell"
        shown = "" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
        text = paragraph(run(shown, bold=heading), style=style)
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{text}</w:tc>')
    return f"<w:tr>{about}{''.join(out)}</w:tr>"


def chart(number: int, description: str, *, width_mm: int = 150, height_mm: int = 75) -> str:
    """A paragraph that shows the package's chart of this number (from 1)."""
    cx, cy = width_mm * 36000, height_mm * 36000
    named = f'id="{number}" name="chart{number}" descr="{plain(description, 300)}"'
    graphic = (
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdChart{number}"/>'
        "</a:graphicData></a:graphic>"
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f"<wp:docPr {named}/><wp:cNvGraphicFramePr/>{graphic}</wp:inline>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>'
