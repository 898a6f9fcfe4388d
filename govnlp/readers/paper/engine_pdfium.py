"""Characters and ruling lines by PDFium: the fast engine."""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint
from typing import Any

from govnlp.errors import BrokenInput, EncryptedInput
from govnlp.readers.paper.page import (
    MAX_GLYPHS,
    MAX_OBJECTS,
    MAX_PAGES,
    THIN,
    Frame,
    Glyph,
    Page,
    add_frame,
    add_line,
)

_PATH, _IMAGE, _FORM = 2, 3, 5
_LINE_TO, _BEZIER_TO, _MOVE_TO = 0, 1, 2
_MAX_FORMS = 4
_PASSWORD = 4
"""PDFium's error code for a file that needs a password."""
_HYPHEN = 2
"""What PDFium gives for a hyphen at a line's end."""
_TILT = 0.05
"""Text turned by more than this, in radians, and by no right angle, does not belong to the running text."""
_TALL = 48.0
"""Characters higher than this, in points, are looked at more closely."""
_RECTANGLE = 5
"""A path with no more segments than this is one shape, of which the bounds tell everything."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def pages(data: bytes) -> Iterator[Page]:
    """The pages, at most `MAX_PAGES`. Raises `EncryptedInput` or `BrokenInput`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise EncryptedInput("the PDF needs a password", advice="save it without the password") from error
        raise BrokenInput("the PDF is damaged", advice="fetch it again, or print it to a new PDF") from error
    try:
        for index in range(min(len(document), MAX_PAGES)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                yield Page(index + 1, 0.0, 0.0, [], [], [])
                continue
            try:
                yield _read_page(page, index + 1)
            finally:
                page.close()
    finally:
        document.close()


def _read_page(page: Any, number: int) -> Page:
    left, bottom, right, top = page.get_mediabox()
    frame = Frame(left, bottom, right, top, page.get_rotation())
    out = Page(number, *frame.size, [], [], [])
    _read_glyphs(page, frame, out)
    import pypdfium2.raw as raw

    budget = [MAX_OBJECTS]
    getter, counter = raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects
    _read_objects(raw, page.raw, counter, getter, _IDENTITY, frame, out, budget, 0)
    return out


def _read_glyphs(page: Any, frame: Frame, out: Page) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    handle = textpage.raw
    box, x, y = raw.FS_RECTF(), c_double(), c_double()
    box_ref, x_ref, y_ref = byref(box), byref(x), byref(y)
    unicode_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    generated, unmapped = raw.FPDFText_IsGenerated, raw.FPDFText_HasUnicodeMapError
    add, upright = out.glyphs.append, frame.turned == 0
    left, top = frame.left, frame.top
    half, before = 0, math.nan
    for index in range(min(textpage.count_chars(), MAX_GLYPHS)):
        code = unicode_of(handle, index)
        if code <= 32 or code == 0xA0:
            if code == _HYPHEN:
                code = 0x2D
            elif generated(handle, index) == 1 or code in (10, 13):
                continue
        elif 0xD800 <= code < 0xDC00:
            half = code
            continue
        elif 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0xFFFD
            half = 0
        # Ideographs without a mapping come in whole fonts, so that a sample tells.
        if (not 0x4E00 <= code < 0xA000 or index % 8 == 0) and unmapped(handle, index) == 1:
            out.unmapped += 1
        origin_of(handle, index, x_ref, y_ref)
        height = y.value
        if height != before:
            angle = raw.FPDFText_GetCharAngle(handle, index) % (math.pi / 2)
            if _TILT < angle < math.pi / 2 - _TILT:
                continue  # a watermark across the page
            before = height
        if 0x4E00 <= code < 0xA000 and index % 8 == 0 and not out.shapeless:
            out.shapeless = _is_shapeless(raw, handle, index)
        box_of(handle, index, box_ref)
        if box.top - box.bottom > _TALL and code > 0x2E80:
            _trust_outline(raw, handle, index, box, y)
        char = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if upright:
            add(Glyph(char, box.left - left, top - box.top, box.right - left, top - box.bottom, top - y.value))
        else:
            x0, above, x1, below = frame.show(box.left, box.bottom, box.right, box.top)
            base = frame.show(x.value, y.value, x.value, y.value)[1]
            add(Glyph(char, x0, above, x1, below, base))
    textpage.close()


def _is_shapeless(raw: Any, handle: Any, index: int) -> bool:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    found = raw.FPDFText_GetCharBox(handle, index, byref(left), byref(right), byref(bottom), byref(top))
    return bool(found) and top.value - bottom.value < 0.01 * (right.value - left.value)


def _trust_outline(raw: Any, handle: Any, index: int, box: Any, base: Any) -> None:
    """Of a character set in vertical writing PDFium gives a box of many times its size: take that of its outline."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if not raw.FPDFText_GetCharBox(handle, index, byref(left), byref(right), byref(bottom), byref(top)):
        return
    height = max(top.value - bottom.value, right.value - left.value)
    if 0 < 4 * height < box.top - box.bottom:
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value
        base.value = bottom.value


def _read_objects(
    raw: Any,
    holder: Any,
    counter: Any,
    getter: Any,
    matrix: Matrix,
    frame: Frame,
    out: Page,
    budget: list[int],
    depth: int,
) -> None:
    """Ruling lines of a page's or form's objects; `matrix` leads from the holder's coordinates to the page's."""
    x0, y0, x1, y1 = c_float(), c_float(), c_float(), c_float()
    refs = byref(x0), byref(y0), byref(x1), byref(y1)
    for index in range(counter(holder)):
        budget[0] -= 1
        if budget[0] < 0:
            return
        item = getter(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _IMAGE:
            out.pictures = True
        elif kind == _FORM and depth < _MAX_FORMS:
            inner = _times(_matrix(raw, item), matrix)
            _read_objects(
                raw, item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, frame, out, budget, depth + 1
            )
        elif kind == _PATH and raw.FPDFPageObj_GetBounds(item, *refs):
            ends = _apply(matrix, x0.value, y0.value), _apply(matrix, x1.value, y1.value)
            _read_path(raw, item, frame.show(*_ordered(*ends)), matrix, frame, out, budget)


def _read_path(
    raw: Any, item: Any, bounds: tuple[float, ...], matrix: Matrix, frame: Frame, out: Page, budget: list[int]
) -> None:
    left, top, right, bottom = bounds
    mode, drawn = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(item, byref(mode), byref(drawn)):
        return
    if _is_white(raw, item, bool(drawn.value)) or not (mode.value or drawn.value):
        return
    count = raw.FPDFPath_CountSegments(item)
    if right - left <= THIN or bottom - top <= THIN:
        add_line(out, left, top, right, bottom)
    elif count <= _RECTANGLE and drawn.value and not _has_slope(raw, item, count):
        width = c_float()
        raw.FPDFPageObj_GetStrokeWidth(item, byref(width))
        inset = min(width.value / 2, 2.0)
        if count >= 4:
            add_frame(out, left + inset, top + inset, right - inset, bottom - inset)
        else:
            _read_segments(raw, item, count, matrix, frame, out)
    elif count > _RECTANGLE and count <= budget[0]:
        budget[0] -= count
        _read_segments(raw, item, count, matrix, frame, out, filled=not drawn.value)


def _read_segments(
    raw: Any, item: Any, count: int, matrix: Matrix, frame: Frame, out: Page, *, filled: bool = False
) -> None:
    """The straight pieces of a path of many: each a line, or where it is only filled each closed shape that is thin."""
    full = _times(_matrix(raw, item), matrix)
    x, y = c_float(), c_float()
    shape: list[tuple[float, float]] = []
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = _apply(full, x.value, y.value)
        if kind == _MOVE_TO:
            if filled:
                _add_shape(shape, frame, out)
            shape, start = [], point
        elif kind == _LINE_TO and not filled:
            add_line(out, *frame.show(*_ordered(last, point)))
        shape.append(point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and not filled:
            add_line(out, *frame.show(*_ordered(last, start)))
            last = start
    if filled:
        _add_shape(shape, frame, out)


def _add_shape(shape: list[tuple[float, float]], frame: Frame, out: Page) -> None:
    if shape:
        xs, ys = [p[0] for p in shape], [p[1] for p in shape]
        add_line(out, *frame.show(min(xs), min(ys), max(xs), max(ys)))


def _has_slope(raw: Any, item: Any, count: int) -> bool:
    """Whether a path of few segments is a slanted line or a curve rather than a rectangle."""
    x, y = c_float(), c_float()
    last = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if kind == _BEZIER_TO:
            return True
        if kind == _LINE_TO and last and abs(x.value - last[0]) > 1 and abs(y.value - last[1]) > 1:
            return True
        last = (x.value, y.value)
    return False


def _is_white(raw: Any, item: Any, drawn: bool) -> bool:
    r, g, b, a = c_uint(), c_uint(), c_uint(), c_uint()
    ask = raw.FPDFPageObj_GetStrokeColor if drawn else raw.FPDFPageObj_GetFillColor
    if not ask(item, byref(r), byref(g), byref(b), byref(a)):
        return False
    return a.value == 0 or (r.value > 250 and g.value > 250 and b.value > 250)


def _matrix(raw: Any, item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, byref(found)):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _ordered(p: tuple[float, float], q: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])
