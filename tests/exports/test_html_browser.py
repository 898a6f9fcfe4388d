"""The HTML pages in a real browser (Chromium, driven by Selenium): they work, say nothing on the console, and are accessible.

Skipped where there is no Chromium with its driver (Debian: chromium, chromium-driver, fonts-noto-cjk). The check with axe-core
needs its axe.min.js: its path in GOVNLP_AXE, or node_modules/axe-core below the working directory (npm install axe-core).
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govnlp.document import Scorecard
from govnlp.errors import MissingDependency
from govnlp.exports import export_cards, export_of
from tests.exports.make_cards import HOSTILE, hostile_card, make_card, small_batch, small_copies

selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
DRIVER = shutil.which("chromedriver")
AXE = Path(os.environ.get("GOVNLP_AXE", "node_modules/axe-core/axe.min.js"))
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="needs chromium and chromedriver"),
    pytest.mark.xdist_group("browser"),
]
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --window-size=1280,900"
)
ATTACKS = ("markup", "bidi", "long", "control", "url")


def batch() -> list[Scorecard]:
    """60 reports: enough for three pages of the ranking."""
    cards = []
    for i in range(53):
        kind = ("township", "subdistrict", "department")[i % 3]
        card = make_card(
            name=f"r{i:02}.txt", agency=f"第{i}镇", kind=kind, year=2021 + i % 2, overall=30.0 + i, grade="D"
        )
        cards.append(card if i % 4 != 1 else replace(card, findings=card.findings[1:]))
    return [*cards, *small_batch()]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        export_of("html")
    except MissingDependency as error:
        pytest.skip(str(error))
    out = tmp_path_factory.mktemp("pages")
    cards = batch()
    export_cards("html", lambda: cards, out, copies=small_copies(cards[-7:]))
    export_cards("html", lambda: [hostile_card(a) for a in ATTACKS], out / "hostile")
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(autouse=True)
def _quiet(browser: Any) -> Iterator[None]:
    """Whatever a test does, the console stays empty."""
    yield
    assert [e["message"] for e in browser.get_log("browser")] == []


def opened(browser: Any, path: Path, fragment: str = "") -> Any:
    browser.get("about:blank")
    browser.get(path.as_uri() + fragment)
    return browser


def all_of(browser: Any, css: str) -> list[Any]:
    found: list[Any] = browser.find_elements("css selector", css)
    return found


def one(browser: Any, css: str) -> Any:
    return browser.find_element("css selector", css)


def column(browser: Any, number: int) -> list[str]:
    script = f"return [...document.querySelectorAll('#rows tbody td:nth-child({number})')].map(x => x.textContent)"
    cells: list[str] = browser.execute_script(script)
    return cells


def choose(browser: Any, name: str, value: str) -> None:
    one(browser, f"[name={name}] option[value='{value}']").click()


def test_ranking_sorts(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    assert column(browser, 1)[:3] == ["1", "2", "3"]
    head = one(browser, "[data-sort=overall]")
    head.click()
    highest = [float(x) for x in column(browser, 5)]
    assert highest == sorted(highest, reverse=True)
    assert one(browser, "th[aria-sort]").get_attribute("aria-sort") == "descending"
    head.click()
    assert float(column(browser, 5)[0]) == 30.0
    one(browser, "[data-sort=agency]").click()
    assert column(browser, 2)[0].startswith("第0镇")


def test_ranking_filters_by_kind_year_grade_finding_and_words(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    assert one(browser, "#shown").text == "共 60 份"
    choose(browser, "kind", "department")
    assert set(column(browser, 3)) == {"部门"}
    choose(browser, "finding", "GD107")
    assert one(browser, "#shown").text == "符合条件的 15 份，共 60 份"
    one(browser, "button[type=reset]").click()
    browser.execute_script("return new Promise(done => setTimeout(done, 20))")
    assert one(browser, "#shown").text == "共 60 份"
    one(browser, "[name=q]").send_keys("第7镇 2022")
    assert column(browser, 2) == ["第7镇r07.txt"]


def test_ranking_turns_pages_and_the_way_back_works(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    one(browser, "#later").click()
    assert one(browser, "#page").text == "第 2 页，共 3 页"
    assert "page=2" in browser.current_url
    browser.back()
    assert one(browser, "#page").text == "第 1 页，共 3 页"


def test_the_map_and_the_bars_lead_to_their_reports(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    link = one(browser, ".heat a[href='#finding=GD107&kind=department']")
    count = link.find_elements("css selector", ".num")[1].text
    link.click()
    assert one(browser, "#shown").text == f"符合条件的 {count} 份，共 60 份"
    assert one(browser, "[name=kind]").get_attribute("value") == "department"
    one(browser, "#distribution a[href='#by=overall&min=60&max=65']").send_keys("\n")
    assert {60 <= float(x) < 65 for x in column(browser, 5)} == {True}
    one(browser, "#range").click()
    assert one(browser, "#shown").text == "共 60 份"


def test_from_the_ranking_to_a_report_and_from_a_finding_to_its_evidence(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    one(browser, "#rows tbody a").click()
    assert "/reports/" in browser.current_url
    one(browser, "#f3 .passages a").click()
    assert "on" in one(browser, "#e3-0").get_attribute("class").split()
    assert "on" in one(browser, "#f3").get_attribute("class").split()
    one(browser, "#e4-0 a").click()
    assert browser.current_url.endswith("#f4")
    assert len(all_of(browser, ".finding.on")) == 1
    one(browser, "#f2 .passages a.cell").click()
    assert browser.switch_to.active_element.text == "2"
    one(browser, ".back").click()
    assert browser.current_url.endswith("index.html")


def test_a_passage_in_a_folded_table_is_unfolded(browser: Any, pages: Path) -> None:
    card = make_card()
    report = card.report
    from govnlp.document import Section

    start = report.text.find("三、")
    sections = (*report.sections[:1], Section("requests_table", start, report.text.find("四、")))
    out = pages / "folded"
    export_cards("html", lambda: [replace(card, report=replace(report, sections=sections))], out)
    opened(browser, out / "reports" / "0001-qingshi.html", "#e2-0")
    assert one(browser, "#e2-0").is_displayed()


def test_keys_walk_through_the_findings(browser: Any, pages: Path) -> None:
    opened(browser, pages / "reports" / "0002-r01.html")
    body = one(browser, "body")
    for _ in range(2):
        body.send_keys("n")
    assert one(browser, ".finding.on").get_attribute("id") == "f2"
    body.send_keys("p")
    assert one(browser, ".finding.on").get_attribute("id") == "f1"


def test_light_and_dark(browser: Any, pages: Path) -> None:
    opened(browser, pages / "index.html")
    colour = "return getComputedStyle(document.body).backgroundColor"
    before = browser.execute_script(colour)
    one(browser, "[data-theme-switch]").click()
    assert browser.execute_script(colour) != before
    one(browser, "[data-theme-switch]").click()
    assert browser.execute_script(colour) == before


@pytest.mark.parametrize(
    "page", ["index.html", "reports/0002-r01.html", "hostile/index.html", "hostile/reports/0003-*.html"]
)
def test_nothing_is_wider_than_a_phone(browser: Any, pages: Path, page: str) -> None:
    size = {"width": 375, "height": 800, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        opened(browser, next(iter(pages.glob(page))))
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_prints(browser: Any, pages: Path) -> None:
    for page in ("index.html", "reports/0002-r01.html"):
        opened(browser, pages / page)
        pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
        assert pdf.startswith(b"%PDF")


def test_nothing_hostile_acts(browser: Any, pages: Path) -> None:
    for file in sorted((pages / "hostile").rglob("*.html")):
        opened(browser, file)
        assert browser.execute_script("return window.hacked === undefined"), file.name
    opened(browser, pages / "hostile" / "index.html")
    assert len(all_of(browser, "#rows tbody tr")) == len(ATTACKS)
    assert set(ATTACKS) <= set(HOSTILE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["index.html", "reports/0002-r01.html", "reports/0054-r0.html", "hostile/index.html"])
def test_axe_finds_nothing_serious(browser: Any, pages: Path, page: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip(f"no axe-core at {AXE}: npm install axe-core, or set GOVNLP_AXE")
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    opened(browser, pages / page)
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    run = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(done)"
    found = browser.execute_async_script(run)["violations"]
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_five_thousand_rows_stay_quick(browser: Any, tmp_path: Path) -> None:
    """However many reports, the page holds a page's worth of rows."""
    card = make_card()

    def many() -> Iterator[Scorecard]:
        for i in range(5000):
            yield replace(
                card,
                report=replace(card.report, agency=f"第{i}镇", source=replace(card.report.source, name=f"{i}.txt")),
            )

    from govnlp.exports.html import batch_page
    from govnlp.exports.html.copied import Others
    from govnlp.exports.html.rows import Row
    from govnlp.exports.html.templates import Pages
    from govnlp.exports.words import Words

    words = Words("zh")
    rows = [Row.of(c, str(i)) for i, c in enumerate(many())]
    with Others(None, words) as others:
        Pages(words).write(tmp_path / "index.html", "batch", batch_page.view_of(rows, (), others, words, {}))
    opened(browser, tmp_path / "index.html")
    assert one(browser, "#shown").text == "共 5000 份"
    one(browser, "[name=q]").send_keys("第4999镇")
    assert column(browser, 2) == ["第4999镇4999.txt"]
    assert browser.execute_script("return document.querySelectorAll('*').length") < 2500
