"""Charts, drawn by Vega (vl-convert) while exporting: SVG without scripts for pages, PNG for documents.

Colours are CSS variables of the page (`var(--accent)`), so that one drawing serves light, dark and print; `png` puts colours in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
BIN = 5
"""Width of a bin of scores, in points; the grades of the shipped rubric begin at multiples of it."""
_PRINTED = {
    "--accent": "#1f5a8c",
    "--ink": "#1b2430",
    "--muted": "#57606c",
    "--line": "#d9dde2",
    "--panel": "#ffffff",
    "--error": "#b3261e",
}
_HREF = re.compile(r'xlink:href="[^"]*link-(\d+)"')
_CONFIG = {
    "font": FONT,
    "background": None,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--muted)",
        "titleColor": "var(--muted)",
        "titleFontWeight": "normal",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "aria": False,
    },
}


def bins_of(values: Sequence[float]) -> list[int]:
    """How many values fall into each bin from 0 to 100; 100 itself is in the last."""
    counts = [0] * (100 // BIN)
    for value in values:
        counts[min(max(int(value // BIN), 0), len(counts) - 1)] += 1
    return counts


def _whole_ticks(most: int) -> list[int]:
    """About three ticks for counts up to `most`, all of them whole numbers."""
    step = max(1, -(-most // 3))
    return list(range(0, most + step, step))


def histogram(values: Sequence[float], *, x: str, y: str, describe: str, linked: bool = False) -> dict[str, Any]:
    """Scores by bins. `x`, `y`: axis titles. `describe`: what each bar says, with `{low}`, `{high}`, `{n}`; bar i links to target i."""
    rows = [
        {
            "low": i * BIN,
            "high": (i + 1) * BIN,
            "n": n,
            "text": describe.format(low=i * BIN, high=(i + 1) * BIN, n=n),
            "link": f"link-{i}",
        }
        for i, n in enumerate(bins_of(values))
        if n
    ]
    encoding: dict[str, Any] = {
        "x": {
            "field": "low",
            "type": "quantitative",
            "scale": {"domain": [0, 100], "nice": False},
            "axis": {"title": x, "values": [0, 20, 40, 60, 80, 100], "grid": False},
        },
        "x2": {"field": "high"},
        "y": {
            "field": "n",
            "type": "quantitative",
            "axis": {
                "title": y,
                "values": _whole_ticks(max(bins_of(values), default=1)),
                "format": "d",
                "domain": False,
            },
        },
        "y2": {"datum": 0},
        "description": {"field": "text"},
    }
    if linked:
        encoding["href"] = {"field": "link"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 240,
        "height": 104,
        "data": {"values": rows},
        "mark": {"type": "rect", "color": "var(--accent)", "stroke": "var(--panel)", "aria": True},
        "encoding": encoding,
        "config": _CONFIG,
    }


def years(points: Sequence[Mapping[str, Any]], *, x: str, y: str) -> dict[str, Any]:
    """Last year's score (`before`) against this year's (`now`), with the line of no change; `text`, `link` for each point."""
    axis = {"values": [0, 20, 40, 60, 80, 100], "tickCount": 6}
    scale = {"domain": [0, 100], "nice": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 300,
        "height": 300,
        "layer": [
            {
                "data": {"values": [{"a": 0, "b": 0}, {"a": 100, "b": 100}]},
                "mark": {
                    "type": "line",
                    "color": "var(--muted)",
                    "strokeDash": [4, 4],
                    "strokeWidth": 1,
                    "aria": False,
                },
                "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}},
            },
            {
                "data": {"values": list(points)},
                "mark": {"type": "circle", "size": 46, "color": "var(--accent)", "opacity": 0.7, "aria": True},
                "encoding": {
                    "x": {"field": "before", "type": "quantitative", "scale": scale, "axis": {**axis, "title": x}},
                    "y": {"field": "now", "type": "quantitative", "scale": scale, "axis": {**axis, "title": y}},
                    "description": {"field": "text"},
                    "href": {"field": "link"},
                },
            },
        ],
        "config": _CONFIG,
    }


def graph(
    nodes: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], *, labels: bool = True
) -> dict[str, Any]:
    """Who shares text with whom. Nodes: `name`, `text` (spoken), `link`. Links: `source` and `target` (positions in `nodes`), `share`."""
    href = {"href": {"field": "link"}}
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        # next to nothing of its own size: the drawing grows around what the forces make of it
        "width": 1,
        "height": 1,
        "autosize": "pad",
        "padding": 8,
        "background": None,
        "config": {"text": {"font": FONT}, "aria": False},
        "data": [{"name": "node-data", "values": list(nodes)}, {"name": "link-data", "values": list(links)}],
        "marks": [
            {
                "name": "nodes",
                "type": "symbol",
                "zindex": 1,
                "from": {"data": "node-data"},
                "encode": {
                    "enter": {
                        "fill": {"value": "var(--accent)"},
                        "stroke": {"value": "var(--panel)"},
                        "xfocus": {"value": 0},
                        "yfocus": {"value": 0},
                        "size": {"signal": "60 + 40 * datum.degree"},
                        "description": {"field": "text"},
                        **href,
                    }
                },
                "transform": [
                    {
                        "type": "force",
                        "signal": "force",
                        "iterations": 300 if labels else 120,
                        "static": True,
                        "forces": [
                            {"force": "center", "x": 0, "y": 0},
                            {"force": "collide", "radius": 40 if labels else 10},
                            {"force": "nbody", "strength": -90 if labels else -30},
                            {"force": "x", "x": "xfocus", "strength": 0.03},
                            {"force": "y", "y": "yfocus", "strength": 0.1},
                            {"force": "link", "links": "link-data", "distance": 70 if labels else 30},
                        ],
                    }
                ],
            },
            {
                "type": "path",
                "from": {"data": "link-data"},
                "interactive": False,
                "aria": False,
                "encode": {
                    "update": {
                        "stroke": {"signal": "datum.share >= 0.5 ? 'var(--error)' : 'var(--muted)'"},
                        "strokeOpacity": {"value": 0.55},
                        "strokeWidth": {"signal": "0.6 + 3 * datum.share"},
                    }
                },
                "transform": [
                    {
                        "type": "linkpath",
                        "require": {"signal": "force"},
                        "shape": "line",
                        "sourceX": "datum.source.x",
                        "sourceY": "datum.source.y",
                        "targetX": "datum.target.x",
                        "targetY": "datum.target.y",
                    }
                ],
            },
            {
                "type": "text",
                "zindex": 2,
                "from": {"data": "nodes"},
                "interactive": False,
                "aria": False,
                "encode": {
                    "update": {
                        "x": {"field": "x"},
                        "y": {"field": "y", "offset": -9},
                        "align": {"value": "center"},
                        "fontSize": {"value": 11},
                        "fill": {"value": "var(--ink)"},
                        "text": {
                            "signal": "datum.datum.name" if labels else "datum.datum.degree > 2 ? datum.datum.name : ''"
                        },
                    }
                },
            },
        ],
    }


def svg(spec: Mapping[str, Any], name: str, *, links: Sequence[str] = ()) -> str:
    """The drawing as an SVG element to stand inside a page: as wide as its place, colours from the page's CSS.

    `name` keeps its ids apart from those of other drawings. A mark's `link` is the position of its target in `links`: Vega
    would make whole addresses of them.
    """
    import vl_convert

    lite = "vega-lite" in spec["$schema"]
    drawn = (vl_convert.vegalite_to_svg if lite else vl_convert.vega_to_svg)(dict(spec))
    head, body = drawn.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    body = _HREF.sub(lambda m: f'href="{escape(links[int(m[1])], quote=True)}"', body)
    body = re.sub(r'(id="|url\(#)(?=clip)', rf"\1{name}-", body)
    # Vega describes its marks in English, whatever the language of the page; what it says in `style` the page's policy forbids
    return head + ">" + re.sub(r' (?:aria-roledescription|style)="[^"]*"', "", body)


def png(spec: Mapping[str, Any], *, scale: float = 2.0) -> bytes:
    """The drawing as a picture on white, for documents."""
    import vl_convert

    text = json.dumps(spec, ensure_ascii=False)
    for name, colour in _PRINTED.items():
        text = text.replace(f"var({name})", colour)
    whole = json.loads(text)
    whole["background"] = "#ffffff"
    lite = "vega-lite" in whole["$schema"]
    picture: bytes = (vl_convert.vegalite_to_png if lite else vl_convert.vega_to_png)(whole, scale=scale)
    return picture
