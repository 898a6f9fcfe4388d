"""Charts: counted right, safe to stand in a page, and linked to where they should lead."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("vl_convert")

from govnlp.exports import charts

BAD = '</text></svg><script>alert(1)</script>"'


def test_bins() -> None:
    counts = charts.bins_of([0, 4.9, 5, 99.9, 100, 60, 60, -1, 130])
    assert {i: n for i, n in enumerate(counts) if n} == {0: 3, 1: 1, 12: 2, 19: 3}


def test_each_bar_says_and_links_what_it_stands_for() -> None:
    spec = charts.histogram([61, 62, 97], x="总分", y="份数", describe="{low} 至 {high} 分：{n} 份", linked=True)
    drawn = charts.svg(spec, "h", links=[f"#min={i * 5}&max={i * 5 + 5}" for i in range(20)])
    assert re.findall(r'<a href="([^"]*)"><path aria-label="([^"]*)"', drawn) == [
        ("#min=60&amp;max=65", "60 至 65 分：2 份"),
        ("#min=95&amp;max=100", "95 至 100 分：1 份"),
    ]
    assert "var(--accent)" in drawn


def test_drawings_are_safe_inside_a_page() -> None:
    nodes = [{"name": BAD, "text": BAD, "degree": 1, "link": f"link-{i}"} for i in range(2)]
    spec = charts.graph(nodes, [{"source": 0, "target": 1, "share": 0.9}])
    drawn = charts.svg(spec, "g", links=["reports/a.html#copied", '"><script>'])
    assert "<script" not in drawn
    assert "style=" not in drawn
    assert "vega.github.io" not in drawn
    assert re.findall(r'<a href="([^"]*)"', drawn) == ["reports/a.html#copied", "&quot;&gt;&lt;script&gt;"]


def test_two_drawings_share_no_ids() -> None:
    spec = charts.years([{"before": 50, "now": 60, "text": "x", "link": "link-0"}], x="a", y="b")
    first, second = (set(re.findall(r' id="([^"]*)"', charts.svg(spec, n, links=["#"]))) for n in ("a", "b"))
    assert not first & second


def test_a_picture_for_documents() -> None:
    spec = charts.histogram([61, 62, 97], x="总分", y="份数", describe="{n}")
    assert charts.png(spec, scale=1).startswith(b"\x89PNG")
