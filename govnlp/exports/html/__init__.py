"""HTML: a page for the batch and a page for each report, self-contained and offline."""

from __future__ import annotations

from pathlib import Path

from govnlp.exports.base import Cards, Export
from govnlp.exports.copies import CopyGraph
from govnlp.schema import Lang


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write `index.html`, `assets/` and a page for each report in `reports/`."""
    raise NotImplementedError


EXPORT = Export("html", {"zh": "网页", "en": "web pages"}, write, needs=("jinja2", "vl_convert"))
