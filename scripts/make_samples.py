#!/usr/bin/env python3
"""Write reports of the corpus as offices send them: text, GB18030 text, a web page, Word and PDF. Makes corpora/samples.

Usage: scripts/make_samples.py OUT_DIR [ID...]   (needs the extra "dev" for the PDF)
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from pathlib import Path

from govnlp.corpus.markup import parse
from govnlp.document import Grid, Source

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = {
    "b001": "docx",
    "a014": "txt",
    "a015": "txt-gb18030",
    "c013": "html",
    "c014": "html",
    "e005": "docx",
    "e006": "pdf",
    "b055": "pdf",
    "b050": "txt",
    "c021": "txt",
}


def pieces(source: Source) -> Iterator[str | Grid]:
    """Paragraphs and tables in reading order."""
    at = 0
    for grid in source.grids:
        yield from (line for line in source.text[at : grid.start].splitlines() if line.strip())
        yield grid
        at = grid.end
    yield from (line for line in source.text[at:].splitlines() if line.strip())


def write_text(source: Source, path: Path, encoding: str = "utf-8") -> None:
    path.write_bytes(source.text.encode(encoding))


def write_html(source: Source, path: Path) -> None:
    body = []
    for piece in pieces(source):
        if isinstance(piece, str):
            body.append(f"<p>{html.escape(piece)}</p>")
            continue
        rows = []
        for r in range(piece.n_rows):
            cells = [
                f'<td rowspan="{c.row_span}" colspan="{c.col_span}">{html.escape(c.text)}</td>'
                for c in piece.cells
                if c.row == r
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        body.append(f'<table border="1">{"".join(rows)}</table>')
    title = html.escape(source.text.strip().splitlines()[0])
    path.write_text(
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        f"<title>{title}</title><script>var visits = 1;</script></head><body>"
        '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/xxgk">信息公开</a></li></ul>'
        f'<div id="content">{"".join(body)}</div><div class="footer">主办单位：政府办公室　网站标识码：0000000000</div></body></html>',
        encoding="utf-8",
    )


def write_docx(source: Source, path: Path) -> None:
    import docx

    document = docx.Document()
    for piece in pieces(source):
        if isinstance(piece, str):
            document.add_paragraph(piece)
            continue
        table = document.add_table(piece.n_rows, piece.n_cols, style="Table Grid")
        for c in piece.cells:
            cell = table.cell(c.row, c.col)
            if c.row_span * c.col_span > 1:
                cell = cell.merge(table.cell(c.row + c.row_span - 1, c.col + c.col_span - 1))
            cell.text = c.text
    document.save(str(path))


def write_pdf(source: Source, path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", fontName="STSong-Light", fontSize=16, leading=26, alignment=1, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    flow: list[object] = []
    for piece in pieces(source):
        if isinstance(piece, str):
            flow.append(Paragraph(html.escape(piece), text if flow else title))
            continue
        data: list[list[object]] = [[""] * piece.n_cols for _ in range(piece.n_rows)]
        style: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        for c in piece.cells:
            data[c.row][c.col] = Paragraph(html.escape(c.text), small)
            last = (c.col + c.col_span - 1, c.row + c.row_span - 1)
            if last != (c.col, c.row):
                style.append(("SPAN", (c.col, c.row), last))
        # the labels of the requests table are long: room for them keeps the table on one page
        widths = [55, 70, 128, *[31] * 7] if piece.n_cols == 10 else [470 / piece.n_cols] * piece.n_cols
        flow += [Table(data, colWidths=widths, style=style), Spacer(1, 8)]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(flow)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or list(SAMPLES)
    for name in wanted:
        labelled = parse((ROOT / "corpora" / "reports" / f"{name}.src").read_text(encoding="utf-8"), name=name)
        source, kind = labelled.report.source, SAMPLES.get(name, "txt")
        stem = f"{labelled.report.agency}{labelled.report.year}"
        match kind:
            case "txt":
                write_text(source, out / f"{stem}.txt")
            case "txt-gb18030":
                write_text(source, out / f"{stem}.txt", "gb18030")
            case "html":
                write_html(source, out / f"{stem}.html")
            case "docx":
                write_docx(source, out / f"{stem}.docx")
            case "pdf":
                write_pdf(source, out / f"{stem}.pdf")


if __name__ == "__main__":
    main()
