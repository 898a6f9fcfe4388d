"""What number a claim's text can state.

Written apart from the quantity recogniser on purpose: the corpus is what the recogniser is judged by.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from govnlp.document import Claim, Number

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?")
_NONE = re.compile(r"未|无|没有?|不|零|0|免")
_INNER = re.compile(r"(?<=[\d零〇一二两三四五六七八九十百千])[余多来几](?=[万亿])")
"""余 between a number and its scale: 620余万次."""
QUALIFIER_WORDS: Final = {
    "at_least": ("余", "多", "以上", "超", "突破", "逾", "不少于", "不低于", "至少", "过半"),
    "at_most": ("近", "不到", "不及", "以内", "不足", "不超过", "至多", "以下", "最多"),
    "about": ("约", "左右", "上下", "大概", "大致", "前后"),
}

_WORDS_OF_QUALIFIERS = re.compile(
    "|".join(sorted((w for words in QUALIFIER_WORDS.values() for w in words), key=len, reverse=True))
)


def stated_numbers(text: str) -> list[float]:
    """The numbers that a claim's text can mean: its numerals with and without their scale (万元 may be the unit); 0 for a denial."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace(",", "")
    plain = _INNER.sub("", plain)
    out: list[float] = []
    if share := _share(plain):
        out.append(share)
    for match in re.finditer(r"(\d+(?:\.\d+)?)([十百千万亿]*)((?:\d+[百千万]?)*)", plain):
        out += _arabic(*match.groups())
    for match in _CHINESE.finditer(plain):
        value = chinese(match.group())
        if value is not None:
            out.append(value)
    if "半" in plain:
        out += [0.5, 50]
    if _NONE.search(plain):
        out.append(0)
    return out


def _arabic(digits: str, scales: str, rest: str) -> list[float]:
    value = scale = float(digits)
    for c in scales:
        scale *= (_SMALL | _LARGE)[c]
    out = [value, scale]
    if rest:
        tail = re.findall(r"(\d+)([百千万]?)", rest)
        out.append(scale + sum(int(d) * (_SMALL | _LARGE).get(s, 1) for d, s in tail))
    return out


def _share(plain: str) -> float | None:
    """A share in percent: 百分之九十八, 98%, 三分之二, 九成."""
    number = r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
    if m := re.search(r"(\d+(?:\.\d+)?)%", plain):
        return float(m[1])
    if m := re.search(rf"百分之{number}", plain):
        return _any(m[1])
    if m := re.search(rf"千分之{number}", plain):
        return (_any(m[1]) or 0) / 10
    if m := re.search(rf"{number}分之{number}", plain):
        below, above = _any(m[1]), _any(m[2])
        return 100 * above / below if below and above is not None else None
    if m := re.search(rf"{number}成([零〇一二三四五六七八九半]?)", plain):
        tenths = _any(m[1])
        rest = 5 if m[2] == "半" else _DIGITS.get(m[2], 0)
        return None if tenths is None else tenths * 10 + rest
    return None


def _any(numeral: str) -> float | None:
    return float(numeral) if numeral[0].isdigit() else chinese(numeral)


def chinese(numeral: str) -> float | None:
    """一百二十 is 120, 三千五 is 3500, 二〇二三 is 2023, 九十八点五 is 98.5; None where it is no number."""
    whole, _, decimals = numeral.partition("点")
    total = section = digit = 0
    unit = 1
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        total = int("".join(str(_DIGITS[c]) for c in whole))
    else:
        for c in whole:
            if c in _DIGITS:
                digit, unit = _DIGITS[c], 1 if _DIGITS[c] == 0 else unit
            elif c in _SMALL:
                section, digit, unit = section + (digit or 1) * _SMALL[c], 0, _SMALL[c]
            elif c == "亿":
                total, section, digit, unit = (total + section + digit or 1) * _LARGE[c], 0, 0, _LARGE[c]
            else:
                total, section, digit, unit = total + (section + digit or 1) * _LARGE[c], 0, 0, _LARGE[c]
        # a last digit right after a unit counts in tenths of that unit: 三千五
        total += section + digit * (unit // 10 if digit and unit > 10 and whole[-2:-1] in (*_SMALL, *_LARGE) else 1)
    if decimals:
        return float(f"{total}.{''.join(str(_DIGITS[c]) for c in decimals)}")
    return float(total)


def value_problem(claim: Claim) -> str | None:
    """What is wrong with a claim's value or qualifier against its text, or None."""
    can = stated_numbers(claim.text)
    if not can:
        return None if claim.value == 0 else f"{claim.text!r} states no number, the value is {claim.value}"
    if not any(abs(claim.value - c) <= 1e-6 * max(1.0, abs(c)) for c in can):
        return f"the value {claim.value} is not what {claim.text!r} states"
    return None


def qualifier_problem(claim: Claim) -> str | None:
    """Whether a claim's qualifier lacks the words for it in the text, or words for one stand there without it."""
    if claim.value == 0:
        return None
    text = claim.text
    said = {q for q, words in QUALIFIER_WORDS.items() if any(w in text for w in words)}
    if claim.qualifier == "exact" and said and not text.startswith("百分之百"):
        return f"{text!r} says {' or '.join(sorted(said))}, the qualifier is exact"
    if claim.qualifier != "exact" and claim.qualifier not in said:
        return f"{text!r} does not say {claim.qualifier}"
    return None


def attributes_of(text: str) -> tuple[Number, str, str]:
    """Value, unit and qualifier of a claim as its text alone tells them, for a span that an annotator marked and left bare."""
    said = [q for q, words in QUALIFIER_WORDS.items() if any(w in text for w in words)]
    plain = _WORDS_OF_QUALIFIERS.sub("", text.strip())
    unit = re.sub(r"^[\s\S]*[\d０-９零〇一二两三四五六七八九十百千万亿.%％]", "", plain).strip()
    can = stated_numbers(text)
    if not can or can == [0] or not unit:
        share = _share(unicodedata.normalize("NFKC", re.sub(r"\s", "", text)))
        return (_whole(share), "%", said[0] if said else "exact") if share is not None else (0, "件", "exact")
    if plain.endswith("万元"):
        return _whole(min(c for c in can if c) if any(can) else 0), "万元", said[0] if said else "exact"
    return _whole(max(can)), unit, said[0] if said else "exact"


def _whole(value: float) -> Number:
    return int(value) if value == int(value) else value
