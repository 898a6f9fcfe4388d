"""Automatic list numbers as Word shows them, by `w:numFmt`."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese(n: int, digits: str = _DIGITS, units: str = "十百千", *, short_ten: bool = True) -> str:
    """1 to 9999 in words (二十一, 一百零五); others in digits."""
    if not 0 < n < 10000:
        return str(n)
    out, pending = "", False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            out += ("零" if pending else "") + digits[digit] + (units[power - 1] if power else "")
            pending = False
        else:
            pending = bool(out)
    return out[1:] if short_ten and 10 <= n < 20 else out


def _roman(n: int) -> str:
    out = ""
    for worth, sign in _ROMAN if 0 < n < 4000 else ():
        out += sign * (n // worth)
        n %= worth
    return out


def _letters(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def _series(first: str, count: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= count else str(n)


def _circled(n: int) -> str:
    return _series("①", 20)(n) if n <= 20 else f"({n})"


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n > 0 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: "".join(chr(ord("０") + int(d)) for d in str(abs(n))),
    "decimalFullWidth2": lambda n: "".join(chr(ord("０") + int(d)) for d in str(abs(n))),
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(abs(n))),
    "chineseLegalSimplified": lambda n: chinese(n, _LEGAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": lambda n: chinese(n, _LEGAL, "拾佰仟", short_ten=False),
    "bullet": lambda n: "",
    "none": lambda n: "",
}
for _name in (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "koreanCounting",
):
    _FORMATS[_name] = chinese


def show(n: int, form: str) -> str:
    """The number `n` in the format of that name; unknown formats as digits."""
    return _FORMATS.get(form, str)(n)
