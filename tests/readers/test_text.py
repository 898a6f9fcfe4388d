"""Plain text: encodings, offsets and tab-separated tables."""

from __future__ import annotations

import os

import pytest

from govnlp.errors import EmptyInput, UnsupportedFormat
from govnlp.readers import read, read_bytes, read_string

REPORT = "某县某镇2023年报告\n一、总体情况\n全年公开信息12条，培训3次。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text(encoding):
    source = read_bytes("r.txt", REPORT.encode(encoding))
    assert (source.kind, source.text, source.notes) == ("text", REPORT, ())


def test_newlines_and_blanks_stay_as_they_are():
    text = "\n\n 甲\r\n\u3000乙 \r\n"
    source = read_bytes("r.txt", text.encode())
    assert source.text == text
    assert [text[b.start : b.end] for b in source.blocks] == ["甲", "乙"]


def test_path_name_and_digest(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode())
    source = read(path)
    assert source.name == str(path)
    assert source == read_bytes(str(path), REPORT.encode())


def test_few_bad_bytes_are_noted():
    source = read_bytes("r.txt", (REPORT * 30).encode() + b"\xe6\x94")
    assert source.text.startswith(REPORT)
    assert source.notes == ("some bytes could not be decoded",)


TABLES = (
    "二、情况\n\n第二十条第（一）项\n内容\t件数\n规章\t 0 \n\n第二十条第（五）项\n许可\t１２\n\n"
    "三、申请\n\t自然人\t总计\n（七）总计\t3\t\n四、其他\n"
)


def test_runs_of_tabbed_lines_are_grids():
    source = read_bytes("r.txt", TABLES.encode())
    rows = [[(c.row, c.col, c.text) for c in g.cells] for g in source.grids]
    assert rows == [
        [
            (0, 0, "第二十条第（一）项"),
            (1, 0, "内容"),
            (1, 1, "件数"),
            (2, 0, "规章"),
            (2, 1, "0"),
            (3, 0, "第二十条第（五）项"),
            (4, 0, "许可"),
            (4, 1, "１２"),
        ],
        [(0, 0, ""), (0, 1, "自然人"), (0, 2, "总计"), (1, 0, "（七）总计"), (1, 1, "3"), (1, 2, "")],
    ]
    assert all(source.text[c.start : c.end] == c.text for g in source.grids for c in g.cells)
    assert not any(g.spans_known for g in source.grids)
    assert [(source.text[b.start : b.end][:4], b.kind) for b in source.blocks] == [
        ("二、情况", "paragraph"),
        ("第二十条", "table"),
        ("三、申请", "paragraph"),
        ("\t自然人", "table"),
        ("四、其他", "paragraph"),
    ]


@pytest.mark.parametrize("text", ["第二十条第（一）项\n正文\n", "甲\n乙\n", "\t\n正文\n"])
def test_no_grid_without_values_between_tabs(text):
    assert read_bytes("r.txt", text.encode()).grids == ()


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf \n", b"\0\0\0\0"])
def test_nothing_in_it(data):
    with pytest.raises(EmptyInput, match=r"r\.txt"):
        read_bytes("r.txt", data)


def test_binary_is_no_text():
    with pytest.raises(UnsupportedFormat):
        read_bytes("r.txt", bytes(range(256)) * 20)


def test_a_text_in_memory_is_taken_as_it_is():
    for text in ("\u202e甲镇\x00报告", "<html><body>甲镇</body></html>", "%PDF- 甲镇报告"):
        source = read_string("r.txt", text)
        assert (source.kind, source.text) == ("text", text)
    assert read_string("r.txt", "甲\ud800镇").text == "甲?镇"
    with pytest.raises(EmptyInput):
        read_string("r.txt", " \n")


def test_a_text_too_long_for_a_report_is_refused():
    with pytest.raises(UnsupportedFormat, match="500001 characters") as caught:
        read_bytes("r.txt", b"a" * 500_001)
    assert caught.value.advice is not None
    assert read_bytes("r.txt", b"a" * 500_000).text


def test_a_name_that_is_no_utf8_is_shown_as_windows_wrote_it(tmp_path):
    folder = tmp_path / "上报材料"
    folder.mkdir()
    path = folder / os.fsdecode("柳庄镇.txt".encode("gb18030"))
    try:
        path.write_bytes(REPORT.encode())
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert read(path).name == str(folder / "柳庄镇.txt")


def test_radicals_are_read_as_ideographs() -> None:
    """Fonts of PDFs leave ⼯ for 工 in texts that were copied from them, in cells as in sentences."""
    raw = "青⽯镇2023年⼯作报告\n信息内容\t⾏政许可\n⻓期\t⼾数\n一\t⼆\n"
    source = read_string("a.txt", raw)
    assert source.text == "青石镇2023年工作报告\n信息内容\t行政许可\n长期\t户数\n一\t二\n"
    assert len(source.text) == len(raw)
    assert [c.text for c in source.grids[0].cells] == ["信息内容", "行政许可", "长期", "户数", "一", "二"]
