"""Names of agencies taken apart: where one belongs, what it calls itself, and what kind it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUPERIOR = re.compile(r"[^省市县区旗州盟]{1,7}(?:自治区|自治州|自治县|自治旗|地区|省|市|州|县|区|旗|盟)")
_GOVERNMENT = re.compile("人民政府|办事处|^中共|^中国共产党")
_KIND = re.compile(
    "街道|苏木|镇|乡|自治县|自治旗|县|区|市|省|旗|局|厅|委员会|中心|大队|支队|总站|社|办公室|院|公司|学校"
)
_DISTRICT = re.compile("(?:自治县|自治旗|县|区|市|旗|省)$")


@dataclass(frozen=True, slots=True)
class AgencyName:
    """`superiors`: 青云县 of 青云县白石镇人民政府; `own`: 白石镇; `kind`: 镇."""

    full: str
    superiors: tuple[str, ...]
    own: str
    kind: str

    @property
    def short_names(self) -> tuple[str, ...]:
        """What the agency may be called: its own name, alone or after its superior's."""
        last = self.superiors[-1] if self.superiors else ""
        return (self.own, last + self.own)


def take_apart(agency: str) -> AgencyName:
    """Split an agency's name. What is no place name stays in `own` (水务局 of 青云县水务局)."""
    rest = _GOVERNMENT.sub("", agency.strip())
    superiors = []
    while (match := _SUPERIOR.match(rest)) and len(rest) - match.end() >= 2 and match.end() >= 2:
        superiors.append(match.group())
        rest = rest[match.end() :]
    kinds = _KIND.findall(rest)
    kind = kinds[-1] if kinds and rest.endswith(kinds[-1]) else ""
    if not kind and agency.strip().endswith("办事处"):
        kind = "街道"  # 北城街办事处, 石榴路办事处
    if kind in ("自治县", "自治旗"):
        kind = kind[-1]
    return AgencyName(agency, tuple(superiors), rest, kind)


def is_district(name: AgencyName) -> bool:
    """Whether the name is that of a government over a county, city or district."""
    return bool(_DISTRICT.search(name.own))


def one_off(a: str, b: str) -> bool:
    """Whether two names of one length differ in exactly one character."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
