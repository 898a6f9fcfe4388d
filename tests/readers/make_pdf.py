"""Small PDFs for the tests: A4 pages with Chinese text and ruling lines; heights are from the top, in points."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the PDFs of these tests")

WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE, PITCH = 80.0, 16.0, 28.0
MEASURE = 27
"""Characters of a full line."""


class Pdf:
    """A canvas that counts from the top."""

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.buffer = io.BytesIO()
        self.height = size[1]
        self.canvas = canvas_module.Canvas(self.buffer, pagesize=size, **options)

    def text(self, x: float, top: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, self.height - top, text)

    def centred(self, top: float, text: str, size: float = 22.0) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawCentredString(LEFT + MEASURE * SIZE / 2, self.height - top, text)

    def paragraph(self, top: float, text: str, indent: int = 2) -> float:
        """Broken after every full line; gives the height below it."""
        room, x = MEASURE - indent, LEFT + indent * SIZE
        while text:
            self.text(x, top, text[:room])
            text, room, x, top = text[room:], MEASURE, LEFT, top + PITCH
        return top

    def line(self, x0: float, top0: float, x1: float, top1: float) -> None:
        self.canvas.line(x0, self.height - top0, x1, self.height - top1)

    def table(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        cells: dict[tuple[int, int] | tuple[int, int, int, int], str],
        *,
        without: Sequence[str] = (),
    ) -> None:
        """Cells by (row, col) or (row, col, row_span, col_span), each framed; `without` "top"/"bottom" leaves edges open."""
        for place, text in cells.items():
            row, col, row_span, col_span = (*place, 1, 1) if len(place) == 2 else place
            x0, x1, y0, y1 = xs[col], xs[col + col_span], ys[row], ys[row + row_span]
            self.line(x0, y0, x0, y1)
            self.line(x1, y0, x1, y1)
            if not (row == 0 and "top" in without):
                self.line(x0, y0, x1, y0)
            if not (row + row_span == len(ys) - 1 and "bottom" in without):
                self.line(x0, y1, x1, y1)
            for n, part in enumerate(text.split("\n")):
                self.text(x0 + 3, y0 + 12 + 11 * n, part, 9)

    def page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def raw_pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of hand-written objects, numbered from 1."""
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
