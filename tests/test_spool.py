"""Analysed reports on disk: equal when read back, and what an interrupted run leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from govnlp.codec import decode, encode
from govnlp.document import Block, Box, Cell, Grid, Report, Source
from govnlp.errors import OutputError
from govnlp.pipeline import load
from govnlp.readers import read_bytes
from govnlp.spool import FILE, Spool, encoded
from tests.boilerplate.make_reports import SCHOOL, WATER, make_report
from tests.sample import GOOD

MADE = {"model": "m", "govnlp": "1"}


@pytest.fixture
def analysed() -> Report:
    return load("rules").analyse(read_bytes("柳庄.txt", GOOD.encode("utf-8")))


def test_a_whole_report_survives(analysed: Report, tmp_path: Path) -> None:
    assert analysed.tables
    assert analysed.claims
    spool = Spool(tmp_path / "s", MADE)
    assert spool.add(tmp_path / "a", encoded(make_report())) == 0
    assert spool.add(tmp_path / "b", encoded(analysed)) == 1
    assert spool.report(1) == analysed
    assert spool.report(0) == make_report()
    spool.close()


def test_everything_that_a_source_holds_survives() -> None:
    box = Box(1, 0.5, 1.0, 2.0, 3.25)
    grid = Grid(0, 4, (Cell(0, 0, 0, 2, "甲\u2028乙", 1, 2, box),), spans_known=False)
    source = Source(
        "r.pdf", "0" * 64, "pdf", "甲\ud800乙", (Block(0, 2, "table", box), Block(2, 3)), (grid,), None, "2024-01-02"
    )
    assert decode(Source, encode(source)) == source


def test_odd_characters_survive_the_file(tmp_path: Path) -> None:
    report = make_report(sentences=("甲\ud800乙\u2028丙\x85丁\x00戊{n}",))
    spool = Spool(tmp_path, MADE)
    spool.add(tmp_path / "a", encoded(report))
    assert spool.report(0) == report
    spool.close()


def test_many_reports_stay_readable(tmp_path: Path) -> None:
    spool = Spool(tmp_path, MADE)
    for n in range(150):
        spool.add(tmp_path / str(n), encoded(make_report(n=n)))
    assert [spool.report(n).source.name for n in (0, 149, 70, 0)] == [make_report().source.name] * 4
    assert spool.report(70) == make_report(n=70)
    spool.close()


def interrupted(folder: Path, *, cut: int = 0) -> Spool:
    """What a run leaves that wrote a report, a failure and another report, and then died in the middle of a line."""
    for name in ("a", "b", "c"):
        (folder / name).write_text(name)
    spool = Spool(folder / "s", MADE)
    spool.add(folder / "a", encoded(make_report()))
    spool.add(folder / "b", ["EmptyInput", "no text"])
    spool.add(folder / "c", encoded(make_report(sentences=SCHOOL)))
    spool.close()
    if cut:
        data = (folder / "s" / FILE).read_bytes()
        (folder / "s" / FILE).write_bytes(data[:-cut])
    return Spool(folder / "s", MADE, resume=True)


def test_what_is_left_over_is_taken_over(tmp_path: Path) -> None:
    spool = interrupted(tmp_path)
    left = spool.left_over()
    assert list(left) == [str(tmp_path / n) for n in "abc"]
    assert left[str(tmp_path / "b")].failure == ("EmptyInput", "no text")
    assert left[str(tmp_path / "c")].fits(tmp_path / "c")
    assert spool.report(spool.take(left[str(tmp_path / "c")].offset)) == make_report(sentences=SCHOOL)
    spool.close()


@pytest.mark.parametrize("cut", [1, 30, 400])
def test_a_line_cut_short_is_cut_off(tmp_path: Path, cut: int) -> None:
    spool = interrupted(tmp_path, cut=cut)
    assert list(spool.left_over()) == [str(tmp_path / "a"), str(tmp_path / "b")]
    number = spool.add(tmp_path / "c", encoded(make_report(sentences=WATER[:2])))
    assert spool.report(number) == make_report(sentences=WATER[:2])
    spool.close()


def test_a_changed_file_does_not_fit(tmp_path: Path) -> None:
    spool = interrupted(tmp_path)
    (tmp_path / "a").write_text("another text")
    assert not spool.left_over()[str(tmp_path / "a")].fits(tmp_path / "a")
    spool.close()


@pytest.mark.parametrize(("made", "resume"), [({"model": "other", "govnlp": "1"}, True), (MADE, False)])
def test_another_model_or_no_resume_begins_anew(tmp_path: Path, made: dict[str, str], resume: bool) -> None:
    interrupted(tmp_path).close()
    spool = Spool(tmp_path / "s", made, resume=resume)
    assert spool.left_over() == {}
    assert spool.replaced is resume
    spool.close()


def test_removing_leaves_what_is_not_the_spools(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s", MADE)
    spool.remove()
    assert not (tmp_path / "s").exists()
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "mine").write_text("x")
    Spool(tmp_path / "t", MADE).remove()
    assert [p.name for p in (tmp_path / "t").iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        Spool(tmp_path / "file", MADE)
