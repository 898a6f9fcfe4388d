"""How a message names the other report of a copy."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from govnlp.document import Copy
from govnlp.rules.base import Hit

YEAR_LAST = re.compile(r"(?P<name>.*?)(?P<year>(?:19|20)\d\d)年")


def hit(copy: Copy) -> Hit:
    """The hit of a copy. The message is "dated" where the other report's year is known, "unnamed" where neither agency nor
    file is, else "default"; `other` is the whole name, `name` and `year` its two parts."""
    dated = YEAR_LAST.fullmatch(copy.other.strip())
    name = dated["name"] if dated else copy.other.strip()
    name = name or PurePath(copy.other_source.replace("\\", "/")).name
    year = dated["year"] if dated else ""
    values: dict[str, Any] = {
        "other": name + (f"{year}年" if year else ""),
        "name": name,
        "year": year,
        "percent": round(100 * copy.share),
    }
    message = ("dated" if year else "default") if name else ("unnamed_dated" if year else "unnamed")
    return Hit(tuple((a, b) for a, b, *_ in copy.passages), values=values, message=message)
