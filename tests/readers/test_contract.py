"""What every reader that discovery finds must keep to, and how a file finds its reader."""

from __future__ import annotations

import hashlib

import pytest
from make_docx import docx, p, tbl, tc
from make_pdf import Pdf

from govnlp.document import Source
from govnlp.errors import EmptyInput, ReadError, UnsupportedFormat
from govnlp.readers import Options, Reader, read, read_bytes, readers

HEADING, SENTENCE = "一、总体情况", "全年公开信息12条。"
TABLE = [["规章", "0"], ["许可", "1"]]


def _text() -> bytes:
    return "\n".join((HEADING, SENTENCE, *("\t".join(row) for row in TABLE))).encode()


def _html() -> bytes:
    cells = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in TABLE)
    return f"<html><body><p>{HEADING}</p><p>{SENTENCE}</p><table>{cells}</table></body></html>".encode()


def _docx() -> bytes:
    return docx(p(HEADING) + p(SENTENCE) + tbl(*(tc(a) + tc(b) for a, b in TABLE)))


def _pdf() -> bytes:
    pdf = Pdf()
    pdf.paragraph(100, HEADING)
    pdf.paragraph(130, SENTENCE)
    pdf.table([80, 180, 280], [200, 230, 260], {(r, c): TABLE[r][c] for r in range(2) for c in range(2)})
    return pdf.bytes()


SAMPLES = {"text": _text, "html": _html, "docx": _docx, "pdf": _pdf}
"""A reader found without a sample fails: a new format brings its own."""


@pytest.fixture(params=readers(), ids=lambda reader: reader.name)
def reader(request) -> Reader:
    return request.param


@pytest.fixture
def sample(reader) -> bytes:
    return SAMPLES[reader.name]()


def _check(source: Source) -> None:
    size = len(source.text)
    assert [b.start for b in source.blocks] == sorted(b.start for b in source.blocks)
    for block in source.blocks:
        assert 0 <= block.start < block.end <= size
        assert block.kind in ("paragraph", "heading", "table")
        assert source.text[block.start : block.end].strip()
    for before, after in zip(source.blocks, source.blocks[1:], strict=False):
        assert before.end <= after.start
    for grid in source.grids:
        assert any(b.kind == "table" and b.start <= grid.start and grid.end <= b.end for b in source.blocks)
        places = set()
        for cell in grid.cells:
            assert grid.start <= cell.start <= cell.end <= grid.end
            assert source.text[cell.start : cell.end] == cell.text
            assert "\n" not in cell.text
            assert "\t" not in cell.text
            covered = {
                (r, c)
                for r in range(cell.row, cell.row + cell.row_span)
                for c in range(cell.col, cell.col + cell.col_span)
            }
            assert covered
            assert not covered & places
            places |= covered


def test_the_same_report_reads_the_same_in_every_format(reader, sample):
    source = read_bytes(f"report{reader.suffixes[0]}", sample)
    _check(source)
    assert source.kind == reader.name
    assert source.sha256 == hashlib.sha256(sample).hexdigest()
    assert [line.strip() for line in source.text.strip().splitlines()] == _text().decode().splitlines()
    (grid,) = source.grids
    assert [(c.row, c.col, c.text) for c in grid.cells] == [(r, c, TABLE[r][c]) for r in range(2) for c in range(2)]


@pytest.mark.parametrize("name", ["report", "report.xyz", "report.txt", "report.pdf", "report.docx", "report.HTML"])
def test_the_content_decides_whatever_the_name(reader, sample, name):
    assert read_bytes(name, sample).kind == reader.name


def test_sniffing_knows_its_own_and_no_empty_file(reader, sample):
    assert 0 < reader.sniff(sample) <= 1
    assert reader.sniff(b"") == 0 or reader.name == "text"
    others = [other.sniff(sample) for other in readers() if other is not reader]
    assert max(others) < reader.sniff(sample)


def test_damaged_files_end_in_a_read_error_or_in_text(reader, sample):
    size = len(sample)
    damaged = [sample[: size * n // 8] for n in range(1, 8)]
    damaged += [sample[: size * n // 8] + b"\xff\x00\xfe" * 9 + sample[size * n // 8 + 20 :] for n in range(1, 8)]
    for data in damaged:
        outcome = _outcome(f"r{reader.suffixes[0]}", data)
        if isinstance(outcome, Source):
            _check(outcome)
        else:
            assert outcome.source == f"r{reader.suffixes[0]}"
            assert outcome.advice


def _outcome(name: str, data: bytes) -> Source | ReadError:
    try:
        return read_bytes(name, data)
    except ReadError as error:
        return error


def test_reading_leaves_no_state(reader, sample):
    assert reader.read(sample, Options()) == reader.read(sample, Options())


def test_suffixes_are_lower_case_and_of_one_reader():
    suffixes = [s for reader in readers() for s in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(s.startswith(".") and s == s.lower() for s in suffixes)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("r.doc", OLE + "WordDocument".encode("utf-16-le"), "soffice --convert-to docx"),
        ("r.wps", OLE, "soffice --convert-to docx"),
        ("r.xls", OLE + "Workbook".encode("utf-16-le"), "Excel"),
        ("r.rtf", b"{\\rtf1\\ansi hello}", "rich text"),
        ("r.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "OCR"),
        ("r.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "OCR"),
        ("r.rar", b"Rar!\x1a\x07\x00" + bytes(range(200)), "unpack"),
        ("r.zip", b"PK\x05\x06" + b"\0" * 18, "unpack"),
        ("r", bytes(range(256)) * 9, "neither"),
        ("r.exe", b"MZ" + bytes(range(256)) * 9, "program"),
    ],
)
def test_other_formats_are_named_with_advice(name, data, told):
    with pytest.raises(UnsupportedFormat) as caught:
        read_bytes(name, data)
    assert told in str(caught.value)
    assert caught.value.source == name


def test_files_that_cannot_be_opened(tmp_path):
    with pytest.raises(ReadError, match=r"missing\.txt"):
        read(tmp_path / "missing.txt")
    with pytest.raises(ReadError):
        read(tmp_path)
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(EmptyInput, match=r"empty\.pdf"):
        read(empty)


def test_files_too_large_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("govnlp.readers.MAX_BYTES", 10)
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 11)
    for attempt in (lambda: read(path), lambda: read_bytes("large.txt", b"x" * 11)):
        with pytest.raises(UnsupportedFormat, match="large"):
            attempt()
