"""The workbook read back: sums, types of cells, marks, limits, and that no text acts."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("xlsxwriter")

from govnlp.document import Scorecard
from govnlp.errors import MissingDependency
from govnlp.exports import export_cards, export_of
from govnlp.exports.tally import Tally
from govnlp.exports.words import Words
from govnlp.exports.xlsx import rows as xlsx_rows
from govnlp.exports.xlsx.rows import MAX_TEXT, cell_text
from govnlp.schema import ELEMENTS, Lang
from tests.exports.make_cards import HOSTILE, empty_card, hostile_card, huge_card, make_card, small_batch, small_copies
from tests.exports.read_book import by_header, read_book

CJK = re.compile("[㐀-鿿]")


def export(cards: list[Scorecard], out: Path, lang: Lang = "zh") -> dict[str, list[list[str | float | None]]]:
    [path] = export_cards(
        "xlsx",
        lambda: cards,
        out,
        lang=lang,
        copies=small_copies(cards * 3),
        previous=lambda: [make_card(year=2021, overall=50.0)],
    )
    return read_book(path)


def test_sheets_and_sums(tmp_path: Path) -> None:
    cards = small_batch()
    book = export(cards, tmp_path)
    assert list(book) == [
        "概览",
        "报告排名",
        "问题",
        "数量陈述",
        "表一主动公开",
        "表二申请办理",
        "表三复议诉讼",
        "公开要素",
        "雷同",
        "说明",
    ]
    overview = {row[0]: row[1] for row in book["概览"] if len(row) > 1}
    assert (overview["报告份数"], overview["机关个数"], overview["问题合计"]) == (7.0, 4.0, 24.0)
    ranking = by_header(book["报告排名"])
    assert [r["总分"] for r in ranking] == sorted((c.scores.overall for c in cards), reverse=True)
    assert sum(r["错误"] or 0 for r in ranking) == overview["其中错误"] == 18  # type: ignore[misc]
    assert len(by_header(book["问题"])) == 24
    claims = by_header(book["数量陈述"])
    assert sum(c["数值"] for c in claims) == 6 * (247 + 197 + 32 + 20)  # type: ignore[misc]
    elements = book["公开要素"]
    assert sum(v for row in elements[1:] for v in row[4:] if isinstance(v, float)) == 6 * (len(ELEMENTS) - 1)
    assert ["乡镇", 4.0, 66.0, 92.0, 78.0, 20.4] in book["概览"]
    assert ["机关类型", "份数", "总分", "完整性", "一致性", "模板化"] in book["概览"]
    grades = {row[0]: row[1] for row in book["概览"] if row and str(row[0])[:2] in ("A ", "B ", "C ", "D ")}
    assert grades == {"A 优秀": 0.0, "B 良好": 1.0, "C 合格": 5.0, "D 不合格": 1.0}


def test_the_year_before_stands_beside(tmp_path: Path) -> None:
    ranking = by_header(export([make_card(year=2022, overall=71.5), make_card(overall=70.0)], tmp_path)["报告排名"])
    assert [(r["年度"], r["上年总分"], r["比上年"]) for r in ranking] == [(2022, 50.0, 21.5), (2023, 71.5, -1.5)]


def test_failing_cells_are_marked(tmp_path: Path) -> None:
    book = export([make_card()], tmp_path)
    requests = by_header(book["表二申请办理"])
    assert len(requests) == 25
    assert [r["涉及问题"] for r in requests[:2]] == ["GD201", None]
    assert [r["总计"] for r in requests[:2]] == [4.0, 0.0]
    with zipfile.ZipFile(tmp_path / "评分表.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet6.xml").decode()
    styles = {m[1]: m[2] for m in re.finditer(r'r="([D-K][23])" s="(\d+)"', sheet)}
    assert len({styles[f"{c}2"] for c in "EFGHIJK"}) == 1
    assert styles["E2"] != styles["E3"]


def test_frozen_filtered_and_wide_enough(tmp_path: Path) -> None:
    export([make_card()], tmp_path)
    with zipfile.ZipFile(tmp_path / "评分表.xlsx") as package:
        for i in range(2, 9):
            sheet = package.read(f"xl/worksheets/sheet{i}.xml").decode()
            assert 'state="frozen"' in sheet
            assert "<autoFilter" in sheet
        assert "微软雅黑" in package.read("xl/styles.xml").decode()
        assert len([n for n in package.namelist() if n.startswith("xl/charts/chart")]) == 3
        assert package.read("xl/worksheets/sheet2.xml").decode().count("<cfRule") >= 8


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for out in ("1", "2"):
        export(small_batch(), tmp_path / out)
    one, two = ((tmp_path / out / "评分表.xlsx").read_bytes() for out in ("1", "2"))
    assert one == two


def test_english_says_nothing_in_chinese(tmp_path: Path) -> None:
    card = make_card(agency="Qingshi Town", text="")
    card = replace(card, report=replace(card.report, claims=(), sentences=(), elements=()))
    book = export([card], tmp_path, "en")
    copies = {v for row in book.pop("Copies")[1:] for v in row if isinstance(v, str)}
    assert copies
    told = {v for row in book.pop("Definitions") for v in row if isinstance(v, str)}
    assert [v for v in told if not v[:1].isascii()] == []  # an English text may quote a Chinese word

    assert [v for rows in book.values() for row in rows for v in row if isinstance(v, str) and CJK.search(v)] == []


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_text_stays_text(attack: str, tmp_path: Path) -> None:
    book = export([hostile_card(attack), make_card()], tmp_path)
    shown = cell_text(HOSTILE[attack])
    findings = by_header(book["问题"])
    assert findings[0]["说明"] == shown
    assert not any(isinstance(v, float) and v != v for rows in book.values() for row in rows for v in row)
    with zipfile.ZipFile(tmp_path / "评分表.xlsx") as package:
        data = b"".join(package.read(n) for n in package.namelist()).decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\u2066\ufffe\uffff]", data)


@pytest.mark.parametrize(
    "text", ["<r><t>x</t></r>", "_x0041_", "{=1}", "http://example.invalid", "=1", " 前后 ", "&amp;<"]
)
def test_texts_that_workbooks_read_in_their_own_way(text: str, tmp_path: Path) -> None:
    book = export([make_card(agency=text)], tmp_path)
    assert by_header(book["问题"])[0]["机关"] == text.strip()


@pytest.mark.parametrize("length", [MAX_TEXT - 1, MAX_TEXT, 100_000])
@pytest.mark.parametrize("char", ["长", "w", "😀", "\x01", "\u202e"])
def test_cells_keep_their_limit(char: str, length: int) -> None:
    shown = cell_text(char * length)
    assert len(shown.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert shown.startswith(cell_text(char))


def test_words_of_a_hundred_thousand_characters(tmp_path: Path) -> None:
    word = "长" * 100_000
    book = export([huge_card(word)], tmp_path)
    texts = [v for rows in book.values() for row in rows for v in row if isinstance(v, str)]
    assert max(map(len, texts)) <= MAX_TEXT
    assert by_header(book["问题"])[0]["说明"] == word[: MAX_TEXT - 1] + "…"


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        xlsx_rows.Sheet.__init__, "__kwdefaults__", {**(xlsx_rows.Sheet.__init__.__kwdefaults__ or {}), "max_rows": 10}
    )
    book = export(small_batch(), tmp_path)
    parts = [name for name in book if name.startswith("数量陈述")]
    assert parts == ["数量陈述", "数量陈述 (2)", "数量陈述 (3)"]
    assert [len(book[name]) - 1 for name in parts] == [9, 9, 6]
    assert all(book[name][0] == book[parts[0]][0] for name in parts)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**400, -(10**400), 1e300, 12345678901234567])
def test_numbers_that_no_cell_holds(value: float, tmp_path: Path) -> None:
    card = make_card()
    claim = replace(card.report.claims[0], value=value)
    book = export([replace(card, report=replace(card.report, claims=(claim,)))], tmp_path)
    assert by_header(book["数量陈述"])[0]["数值"] is not None


def test_tally() -> None:
    tally, words = Tally(), Words("zh")
    for card in [*small_batch(), make_card(overall=79.0, grade="B")]:
        tally.add(card, words)
    assert [s.overall for s in tally.ranked()][:3] == [79.0, 79.0, 74.0]
    assert [tally.ranks()[s.number] for s in tally.ranked()][:3] == [1, 1, 3]
    assert tally.bins("overall") == [0, 0, 0, 1, 0, 0, 3, 4, 0, 0]
    assert tally.bins("boilerplate")[2] == 7
    assert [(c, n.reports, n.times) for c, n in tally.frequent()] == [
        (c, 7, 7) for c in ("GD107", "GD201", "GD301", "GD406")
    ]
    assert tally.missing["fees"] == 8
    assert empty_card().scores.overall == 30.0


@pytest.mark.parametrize("name", ["xlsx", "docx", "parquet"])
def test_a_missing_package_is_told_with_its_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda package: None)
    with pytest.raises(MissingDependency, match=r"pip install 'govnlp\[export\]'"):
        export_of(name)
