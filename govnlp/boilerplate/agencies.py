"""Agencies across reports: whether two names are the same agency's, and the places in a name.

An agency writes its name with its superiors one year and without them the next (淮安市洪泽区人民政府, 洪泽区人民政府).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:自治区|自治州|自治县|自治旗|地区|新区|苏木|街道|社区|[省市州县区旗盟乡镇])"
    # 新乡市, 荆州市: the first 乡 or 州 is part of the name; but 济宁市市中区 are two places
    r"(?!政府|[市县](?!中区))"
)
_FORM = re.compile(r"人民政府|办事处$|^中共|^中国共产党|[\s（）()·“”]")
_WHOLE_OFFICE = re.compile(r"人民政府办公[室厅]$")


@lru_cache(maxsize=65536)
def plain_name(agency: str) -> str:
    """The name without what only says that it is a government: 淮安市洪泽区 of 淮安市洪泽区人民政府."""
    office = _WHOLE_OFFICE.search(agency)
    return _FORM.sub("", agency) if office is None else _FORM.sub("", agency[: office.start()]) + "政府办"


@lru_cache(maxsize=65536)
def name_parts(agency: str) -> tuple[str, ...]:
    """The plain name in its places, what is no place last: 淮安市, 洪泽区, 水务局."""
    rest, parts = plain_name(agency), []
    while match := _PLACE.match(rest):
        end = match.end()
        if len(rest) - end == 1:  # 城区 of 东城区: no name is one character long
            end = len(rest)
        parts.append(rest[:end])
        rest = rest[end:]
    return (*parts, rest) if rest else tuple(parts)


def own_parts(agency: str) -> tuple[str, ...]:
    """The end of a name that says which agency it is: its place, or the office with the place before it (洪泽区, 水务局)."""
    parts = name_parts(agency)
    return parts[-1:] if parts and _PLACE.fullmatch(parts[-1]) else parts[-2:]


def same_agency(a: str, b: str) -> bool:
    """Whether two names are of one agency: alike but for superiors that only one of them tells.

    A bare 水务局 is nobody's in particular, so that it is the same as itself only.
    """
    x, y = name_parts(a), name_parts(b)
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    if len(short) == len(long) or not short:
        return False
    if len(short) == 1 and not _PLACE.fullmatch(short[0]):
        return False
    return long[-len(short) :] == short


def group_agencies(names: Sequence[str | None]) -> list[int]:
    """A number for each name, the same for names of one agency; -1 where there is no name.

    A short form that fits two different long ones (鼓楼区 of 南京市 or of 徐州市) stays by itself.
    """
    by_last: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in set(names) - {None, ""}:
        assert name is not None
        by_last[own_parts(name)].add(name)
    number: dict[str, int] = {}
    count = 0
    for last in sorted(by_last):
        for group in _groups(sorted(by_last[last], key=lambda n: (-len(name_parts(n)), n))):
            number.update(dict.fromkeys(group, count))
            count += 1
    return [number[name] if name else -1 for name in names]


def _groups(names: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for name in names:  # longest first, so that a short form meets all that it may stand for
        fits = [g for g in groups if same_agency(g[0], name)]
        if len(fits) == 1:
            fits[0].append(name)
        else:
            groups.append([name])
    return groups
