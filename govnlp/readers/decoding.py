"""Bytes to text: the encodings in which Chinese offices save files."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COMMON = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\x09-\x0d\x20-\x7e]")
"""What a Chinese report is made of: ideographs, punctuation, full-width forms and ASCII."""
_GB_NAMES = {"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "gb_2312-80"}
_PROBE = 1 << 16


def decode(data: bytes, declared: str | None = None) -> tuple[str, str] | None:
    """The text and its encoding, without the byte order mark; None where the bytes are no text.

    `declared` is what the file says of itself; it is tried after UTF-8, since pages often say GB2312 and are UTF-8.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _try(data[len(bom) :], name)
            return (text, name) if text is not None and _readable(text) else None
    if 0 in data[:_PROBE]:
        return _decode_wide(data)
    names = ["utf-8"]
    if declared:
        names.append("gb18030" if declared.lower() in _GB_NAMES else declared)
    names.append("gb18030")
    for name in names:
        text = _try(data, name)
        if text is not None and _readable(text):
            return text, name
    return _decode_damaged(data)


def _decode_wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a byte order mark: of the two byte orders, the one that gives text."""
    best = None
    for name in ("utf-16-le", "utf-16-be"):
        text = _try(data, name)
        if text is not None and _readable(text):
            share = _share(text)
            if share > 0.9 and (best is None or share > best[0]):
                best = (share, text, name)
    return (best[1], best[2]) if best else None


def _decode_damaged(data: bytes) -> tuple[str, str] | None:
    """Text with a few bad bytes (a cut download): kept if nearly all of it is what a report is made of."""
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, errors="replace")
        if _readable(text) and text.count("\ufffd") <= max(2, len(text) // 200) and _share(text) > 0.9:
            return text, name
    return None


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _readable(text: str) -> bool:
    probe = text[:_PROBE]
    return len(_CONTROLS.findall(probe)) <= len(probe) // 1000


def _share(text: str) -> float:
    probe = text[:_PROBE]
    return len(_COMMON.findall(probe)) / max(1, len(probe))
