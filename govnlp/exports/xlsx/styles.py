"""How the workbook looks: one palette, fonts that Windows has (微软雅黑 for Chinese, Calibri for English)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format

from govnlp.schema import Lang

FONTS = {"zh": "微软雅黑", "en": "Calibri"}
DARK, GRID = "#1F4E79", "#D0D7DE"
RED, AMBER, GREEN = "#F8CBAD", "#FFE699", "#C6E0B4"
RED_INK, AMBER_INK, GREEN_INK = "#9C0006", "#7F6000", "#375623"
ACCENT, PALE = "#2E75B6", "#BDD7EE"
SEVERITY = {"error": (RED, RED_INK), "warning": (AMBER, AMBER_INK), "info": ("#DDEBF7", DARK)}


@dataclass(frozen=True)
class Styles:
    """The formats of cells. Made once for each workbook."""

    title: Format
    heading: Format
    header: Format
    text: Format
    wrapped: Format
    whole: Format
    general: Format
    tenth: Format
    change: Format
    percent: Format
    mark: Format
    bad: Format
    bold: Format
    severity: dict[str, Format]


def styles_of(book: Any, lang: Lang) -> Styles:
    base = {"font_name": FONTS[lang], "font_size": 10, "valign": "top"}
    boxed = {**base, "border": 1, "border_color": GRID}

    def make(properties: dict[str, Any]) -> Format:
        return book.add_format(properties)

    return Styles(
        title=make({**base, "font_size": 16, "bold": True, "font_color": DARK}),
        heading=make({**base, "font_size": 12, "bold": True, "font_color": DARK, "bottom": 2, "bottom_color": DARK}),
        header=make(
            {
                **boxed,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": DARK,
                "valign": "vcenter",
                "align": "center",
                "text_wrap": True,
            }
        ),
        text=make(boxed),
        wrapped=make({**boxed, "text_wrap": True}),
        whole=make({**boxed, "num_format": "0"}),
        general=make(boxed),
        tenth=make({**boxed, "num_format": "0.0"}),
        change=make({**boxed, "num_format": "+0.0;-0.0;0.0"}),
        percent=make({**boxed, "num_format": "0.0%"}),
        mark=make({**boxed, "num_format": '[=1]"√";[=0]"×";General', "align": "center"}),
        bad=make({**boxed, "bg_color": RED, "font_color": RED_INK, "bold": True}),
        bold=make({**boxed, "bold": True}),
        severity={k: make({**boxed, "bg_color": fill, "font_color": ink}) for k, (fill, ink) in SEVERITY.items()},
    )
