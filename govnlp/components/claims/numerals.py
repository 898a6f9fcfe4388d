"""Chinese and Arabic numerals as they stand in reports: text to number, and number to Chinese numeral.

A text that reads as no number, as a vague one (三四, 十几) or as one of too many characters, gives None: never a guess.
"""

from __future__ import annotations

import re
from typing import Final

from govnlp.document import Number

DIGITS: Final = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4} | {
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SMALL_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS: Final = {"万": 10_000, "亿": 100_000_000}
SCALES: Final = SMALL_UNITS | LARGE_UNITS
CHINESE: Final = "".join(DIGITS) + "".join(SCALES)
"""Every character that a Chinese numeral may hold."""

HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９％．，", "0123456789%.,")
"""One character to one character, so that offsets stay."""

LONGEST: Final = 24
"""No count is written with more characters; a longer run of digits is a line of a picture or a key."""
_SEPARATORS = re.compile(r"[,\s]")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")


def parse_numeral(text: str) -> Number | None:
    """The number that `text` writes: Arabic (1,530  １００  2.31万), Chinese (两千三百, 二〇二三) or mixed (3万2千); else None."""
    plain = _SEPARATORS.sub("", text.translate(HALF_WIDTH))
    if not plain or len(plain) > LONGEST:
        return None
    if _ARABIC.fullmatch(plain):
        return tidy(float(plain)) if "." in plain else int(plain)
    if plain[0].isdigit():
        return _mixed(plain)
    return _chinese(plain)


def tidy(value: float) -> Number:
    """An int where the value is whole (within rounding), else the value rounded to six places."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _mixed(text: str) -> Number | None:
    """Arabic digits with scales: 1.2万, 3万2千, 1亿2000万, 5百."""
    total, at, last = 0.0, 0, float("inf")
    while at < len(text):
        found = _ARABIC.match(text, at)
        if not found:
            return None
        at, scale = found.end(), 1
        while at < len(text) and text[at] in SCALES:
            scale *= SCALES[text[at]]
            at += 1
        if scale >= last:
            return None
        total, last = total + float(found.group()) * scale, scale
    return tidy(total)


def _chinese(text: str) -> int | None:
    if any(ch not in DIGITS and ch not in SCALES for ch in text):
        return None
    if not any(ch in SCALES for ch in text):
        return _digit_by_digit(text)
    total = section = digit = 0
    pending = False
    previous_scale = 0
    for ch in text:
        if ch in DIGITS:
            if pending:
                return None  # two digits in a row: 三四十, vague
            digit, pending = DIGITS[ch], DIGITS[ch] > 0
        elif ch in SMALL_UNITS:
            section += (digit if pending else 1) * SMALL_UNITS[ch]
            previous_scale, pending, digit = SMALL_UNITS[ch], False, 0
        else:
            section += digit
            if ch == "亿":
                total = (total + section or 1) * LARGE_UNITS[ch]
            else:
                total += (section or 1) * LARGE_UNITS[ch]
            previous_scale, section, digit, pending = LARGE_UNITS[ch], 0, 0, False
    if pending and previous_scale >= 100 and text[-2] in SCALES:
        digit *= previous_scale // 10  # 三千五 is 3500, 一万二 is 12000
    return total + section + digit


def _digit_by_digit(text: str) -> int | None:
    """二〇二三 is 2023; a single digit is itself; 三四 is vague."""
    if len(text) == 1:
        return DIGITS[text]
    if "〇" in text or "○" in text or len(text) >= 4:
        return int("".join(str(DIGITS[ch]) for ch in text))
    return None


def to_chinese(number: int) -> str:
    """The usual Chinese numeral of a whole number from 0 to 999,999,999,999; ValueError outside."""
    if not 0 <= number < 10**12:
        raise ValueError(f"no Chinese numeral for {number}: give a whole number from 0 to 999999999999")
    if number == 0:
        return "零"
    out, gap = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, unit)
        if not group:
            gap = gap or bool(out)
            continue
        if out and (gap or group < 1000):
            out += "零"
        out, gap = out + _group(group) + name, False
    return out.removeprefix("一") if out.startswith("一十") else out


def _group(number: int) -> str:
    """1 to 9999."""
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out
