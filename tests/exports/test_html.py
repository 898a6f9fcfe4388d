"""The HTML pages as files: nothing acts, every link leads somewhere, everything is said in the language asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from govnlp.document import Copy, Finding, Scorecard
from govnlp.errors import MissingDependency
from govnlp.exports import export_cards, export_of
from govnlp.exports.copies import CopyGraph
from govnlp.schema import Lang
from tests.exports.make_cards import HOSTILE, NARRATIVE, hostile_card, make_card, small_batch, small_copies

CJK = re.compile(r"[㐀-鿿]")


@pytest.fixture(autouse=True)
def _packages() -> None:
    try:
        export_of("html")
    except MissingDependency as error:
        pytest.skip(str(error))


class Page(HTMLParser):
    """What a test asks of a page: ids, links, tags, text by language, scripts."""

    VOID = frozenset({"meta", "br", "input", "link", "img", "hr", "rect"})

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.text: list[str] = []
        self.scripts: list[tuple[str | None, str]] = []
        self._open: list[tuple[str, str]] = []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("href"):
            self.links.append(str(given["href"]))
        lang = given.get("lang") or (self._open[-1][1] if self._open else "")
        self.said += [str(given[k]) for k in ("title", "aria-label", "placeholder") if given.get(k)]
        if tag not in self.VOID:
            self._open.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, lang = self._open[-1] if self._open else ("", "")
        if tag in ("script", "style"):
            self.scripts.append((tag, data))
            return
        self.text.append(data)
        if lang != "zh-CN":
            self.said.append(data)


def written(folder: Path, cards: list[Scorecard], *, lang: Lang = "zh", copies: CopyGraph | None = None) -> list[Path]:
    return export_cards("html", lambda: cards, folder, lang=lang, copies=copies)


def data_of(page: Page) -> dict[str, list[list[object]]]:
    return next(json.loads(text) for tag, text in page.scripts if tag == "script" and text.startswith("{"))


def test_every_link_leads_somewhere_and_ids_are_single(tmp_path: Path) -> None:
    cards = small_batch()
    files = written(tmp_path, cards, copies=small_copies(cards))
    pages = {f.resolve(): Page(f) for f in files}
    for path, page in pages.items():
        assert sorted(page.ids) == sorted(set(page.ids))
        for link in page.links:
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc) == ("", "")
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target in pages, link
            if parts.fragment and "=" not in parts.fragment:
                assert unquote(parts.fragment) in pages[target].ids, link


def test_findings_and_evidence_link_both_ways(tmp_path: Path) -> None:
    page = Page(written(tmp_path, [make_card()])[1])
    assert [f"f{i}" in page.ids for i in range(1, 6)] == [True, True, True, True, False]
    for anchor in ("e3-0", "e3-1", "e3-2", "e3-3", "e4-0", "t1-0-0", "t1-0-6"):
        assert f"#{anchor}" in page.links
        assert anchor in page.ids
    marks = [a for tag, a in page.tags if tag == "mark" and a.get("data-f")]
    assert [(m["id"], m["data-f"]) for m in marks] == [
        ("e3-0", "3"),
        ("e3-1", "3"),
        ("e3-2", "3"),
        ("e3-3", "3"),
        ("e2-0", "2"),
        ("e4-0", "4"),
    ]


def test_a_finding_on_text_and_table_links_to_both(tmp_path: Path) -> None:
    card = make_card()
    start, cell = NARRATIVE.find("247条"), card.report.tables["requests"].cells["new", 6]
    evidence = ((start, start + 4), (cell.start, cell.end))
    finding = Finding("GD302", "error", "", evidence, ({"table": "requests", "row": "new", "col": 6, "value": 4},))
    page = Page(written(tmp_path, [replace(card, findings=(finding,))])[1])
    assert [x for x in page.links if x.startswith(("#e1", "#t1"))] == ["#e1-0", "#t1-0-6"]


def test_the_text_is_whole_and_in_order(tmp_path: Path) -> None:
    source = Page(written(tmp_path, [make_card()])[1]).source
    article = source[source.index("<article") : source.index("</article>")]
    article = re.sub(r"<summary.*?</summary>|<sup.*?</sup>|<p class=\"where\".*?</p>", "", article, flags=re.S)
    plain = re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", article))
    assert plain == re.sub(r"\s+", "", NARRATIVE)


@pytest.mark.parametrize("attack", HOSTILE)
def test_nothing_in_a_report_can_act(attack: str, tmp_path: Path) -> None:
    clean = [Page(f) for f in written(tmp_path / "clean", [make_card()])]
    for model, file in zip(clean, written(tmp_path / "hostile", [hostile_card(attack)]), strict=True):
        page = Page(file)
        allowed = {tag for tag, _ in model.tags} | {"i", "abbr", "details", "summary"}
        assert {tag for tag, _ in page.tags} <= allowed
        assert [tag for tag, _ in page.scripts].count("script") == [tag for tag, _ in model.scripts].count("script")
        attributes = {name for _, given in page.tags for name in given}
        assert [a for a in attributes if a.startswith("on") or a in ("style", "src", "srcset", "action")] == []
        assert [x for x in page.links if urlsplit(x).scheme] == []
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]", page.source
        )


def test_the_policy_allows_only_the_pages_own_style_and_script(tmp_path: Path) -> None:
    import base64
    import hashlib

    for file in written(tmp_path, [make_card()]):
        page = Page(file)
        policy = next(
            a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        for tag, text in page.scripts:
            if not text.startswith("{"):
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                assert f"{tag}-src 'sha256-{digest}'" in policy


def test_pages_load_nothing_and_stay_small(tmp_path: Path) -> None:
    for file in written(tmp_path, [make_card()]):
        page = Page(file)
        assert not re.search(r"(?:src|url\()\s*=?\s*[\"']?(?:https?:)?//", page.source)
        assert len(page.source) < 60_000


def test_english_says_nothing_in_chinese(tmp_path: Path) -> None:
    """Agency names, passages of the report and titles of laws stay as they are, and say that they are Chinese."""
    cards = small_batch()
    files = written(tmp_path, cards, lang="en", copies=small_copies(cards))
    agencies = {c.report.agency for c in cards if c.report.agency}
    for file in files:
        for said in Page(file).said:
            for agency in agencies | {"某镇"}:
                said = said.replace(agency, "")
            said = re.sub(r"(?:云溪县)?\w*(?:镇|乡|局)(?= \d{4})", "", said)  # labels of the drawing: shortened names
            assert not CJK.search(said), said


def test_the_rows_of_the_ranking(tmp_path: Path) -> None:
    index = Page(written(tmp_path, small_batch())[0])
    rows = data_of(index)["rows"]
    assert [(r[1], r[2], r[4], r[5], r[12]) for r in rows] == [
        (6, "云溪县青石镇人民政府", 2022, 60.0, None),
        (5, "云溪县青石镇人民政府", 2023, 65.0, 5.0),
        (4, "云溪县白水乡人民政府", 2022, 67.0, None),
        (3, "云溪县白水乡人民政府", 2023, 72.0, 5.0),
        (2, "云溪县财政局", 2022, 74.0, None),
        (1, "云溪县财政局", 2023, 79.0, 5.0),
        (7, "机关不明", None, 30.0, None),
    ]
    assert data_of(index)["codes"] == ["GD107", "GD201", "GD301", "GD406"]
    assert [r[14] for r in rows] == [[0, 1, 2, 3]] * 6 + [[]]


def test_last_years_scorecards_given_apart_are_compared(tmp_path: Path) -> None:
    now = replace(make_card(), findings=make_card().findings[:2])
    index, _ = export_cards("html", lambda: [now], tmp_path, previous=lambda: [make_card(year=2022, overall=60.0)])
    page = Page(index)
    assert data_of(page)["rows"][0][12] == 11.5
    text = " ".join(" ".join(page.text).split())
    assert "总分上升 1 份，下降 0 份" in text
    assert "60.0 C 71.5 C +11.5 GD301 GD406 GD107 GD201" in text


def test_copied_passages_stand_side_by_side(tmp_path: Path) -> None:
    first, second = make_card(name="a.txt"), make_card(name="b.txt", agency="云溪县白水乡人民政府")
    start = NARRATIVE.find("高度重视")
    copies = (
        Copy("peer", "云溪县白水乡人民政府", 0.8, ((start, start + 9, start, start + 9),), other_source="b.txt"),
        Copy("previous", "青石镇2020", 0.3),
    )
    _, page, other = written(tmp_path, [replace(first, copies=copies), second])
    text = re.sub(r"\s+", " ", "".join(Page(page).text))
    assert "云溪县白水乡人民政府 2023 其他机关 · 相同 80%" in text
    assert text.count("高度重视，狠抓落实") == 3  # in the text, and on both sides
    assert "0002-b.html#copied" in "".join(Page(page).links)
    assert "青石镇2020 本机关往年报告 · 相同 30%" in text
    assert "copied" not in Page(other).ids


def test_scores_in_the_other_language_are_put_into_words_again(tmp_path: Path) -> None:
    text = re.sub(r"\s+", " ", "".join(Page(written(tmp_path, [make_card()], lang="en")[1]).text))
    assert "197+32+20 = 249, but the stated total is 247." in text
    assert "no information processing fees" in text
