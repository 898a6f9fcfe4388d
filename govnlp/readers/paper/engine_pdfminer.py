"""Characters and ruling lines by pdfminer.six: the second engine, slower, with its own reading of fonts."""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Iterator
from typing import Any

from govnlp.errors import BrokenInput, EncryptedInput, ReadError
from govnlp.readers.paper.page import MAX_GLYPHS, MAX_OBJECTS, MAX_PAGES, Glyph, Page, add_frame, add_line

_MAX_FIGURES = 4
_UNMAPPED = "(cid:"


def pages(data: bytes, only: Collection[int] | None = None) -> Iterator[Page]:
    """The pages, at most `MAX_PAGES`, or those of them whose numbers are in `only`.

    Raises `EncryptedInput` or `BrokenInput`.
    """
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # It reports every oddity of a font on the root logger's terms; what matters comes back as notes.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        yield from _pages(data, only)
    except PDFPasswordIncorrect as error:
        raise EncryptedInput("the PDF needs a password", advice="save it without the password") from error
    except (ReadError, GeneratorExit, MemoryError):
        raise
    except Exception as error:  # it raises whatever a damaged file leads it to: KeyError, struct.error, its own
        raise BrokenInput(
            f"the PDF is damaged ({type(error).__name__})", advice="fetch it again, or print it to a new PDF"
        ) from error


def _pages(data: bytes, only: Collection[int] | None) -> Iterator[Page]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    wanted = {n - 1 for n in only} if only is not None else None
    for index, page in enumerate(PDFPage.get_pages(io.BytesIO(data), pagenos=wanted, maxpages=MAX_PAGES)):
        interpreter.process_page(page)
        number = sorted(wanted)[index] + 1 if wanted is not None else index + 1
        layout = device.get_result()
        out = Page(number, layout.width, layout.height, [], [], [])
        _read_items(layout, layout.height, out, [MAX_OBJECTS], 0)
        out.glyphs = _without_shadows(out.glyphs)
        yield out


def _read_items(holder: Any, height: float, out: Page, budget: list[int], depth: int) -> None:
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTLine, LTRect

    for item in holder:
        budget[0] -= not isinstance(item, LTChar)
        if budget[0] < 0 or len(out.glyphs) >= MAX_GLYPHS:
            return
        if isinstance(item, LTChar):
            _read_char(item, height, out)
        elif isinstance(item, LTImage):
            out.pictures = True
        elif isinstance(item, LTFigure):
            if depth < _MAX_FIGURES:
                _read_items(item, height, out, budget, depth + 1)
        elif isinstance(item, LTCurve) and not _is_white(item):
            box = (item.x0, height - item.y1, item.x1, height - item.y0)
            if isinstance(item, LTRect) and item.stroke:
                add_frame(out, *box)
            elif isinstance(item, LTRect | LTLine):
                add_line(out, *box)
            elif item.stroke:
                for (x0, y0), (x1, y1) in zip(item.pts, item.pts[1:], strict=False):
                    add_line(out, min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))


def _read_char(item: Any, height: float, out: Page) -> None:
    a, b, c, d, _, f = item.matrix
    if abs(a * d) < abs(b * c) * 20 and abs(b) > abs(a) * 0.05 and abs(a) > abs(b) * 0.05:
        return  # a watermark across the page
    text = item.get_text()
    if text.startswith(_UNMAPPED):
        out.unmapped += 1
        text = "\ufffd"
    for char in text:
        if char not in "\r\n":
            out.glyphs.append(Glyph(char, item.x0, height - item.y1, item.x1, height - item.y0, height - f))


def _without_shadows(glyphs: list[Glyph]) -> list[Glyph]:
    """Characters drawn twice at nearly the same place (a bold face made up by the program) count once."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    out = []
    for glyph in glyphs:
        key = (glyph.char, round(glyph.x0 / 4), round(glyph.base / 4))
        near = (g for dx in (-1, 0, 1) for dy in (-1, 0, 1) for g in seen.get((key[0], key[1] + dx, key[2] + dy), ()))
        reach = 0.15 * (glyph.bottom - glyph.top)
        if glyph.char != " " and any(abs(g.x0 - glyph.x0) < reach and abs(g.base - glyph.base) < reach for g in near):
            continue
        seen.setdefault(key, []).append(glyph)
        out.append(glyph)
    return out


def _is_white(item: Any) -> bool:
    color = item.stroking_color if item.stroke else item.non_stroking_color
    if not (item.stroke or item.fill):
        return True
    if isinstance(color, int | float):
        color = (color,)
    if not color or not all(isinstance(part, int | float) for part in color):
        return False
    return all(part <= 0.02 for part in color) if len(color) == 4 else all(part >= 0.98 for part in color)
