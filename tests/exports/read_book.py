"""A workbook read back from its XML, as any spreadsheet reads it: what type each cell has, not only what it shows."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = str | float


def read_book(path: Path) -> dict[str, list[list[Cell | None]]]:
    """Sheet name to rows of cells: str where the cell is text, float where it is a number. Fails on a formula or a link."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        names = [s.get("name") or "" for s in book.iter(f"{MAIN}sheet")]
        assert not [n for n in package.namelist() if "externalLink" in n or "vba" in n]
        return {name: _rows(package.read(f"xl/worksheets/sheet{i}.xml")) for i, name in enumerate(names, 1)}


def _rows(data: bytes) -> list[list[Cell | None]]:
    root = ElementTree.fromstring(data)
    assert not list(root.iter(f"{MAIN}f"))
    assert not list(root.iter(f"{MAIN}hyperlink"))
    out: list[list[Cell | None]] = []
    for row in root.iter(f"{MAIN}row"):
        cells: list[Cell | None] = []
        for cell in row:
            letters = re.match("[A-Z]+", cell.get("r") or "")
            assert letters
            col = 0
            for letter in letters.group():
                col = col * 26 + ord(letter) - 64
            cells += [None] * (col - len(cells))
            if cell.get("t") == "inlineStr":
                text = "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
                cells[-1] = re.sub("_x005F_", "_", text)
            else:
                cells[-1] = float(cell.findtext(f"{MAIN}v") or "nan")
        out.append(cells)
    return out


def by_header(rows: list[list[Cell | None]]) -> list[dict[Cell | None, Cell | None]]:
    """Rows below the heading as dicts."""
    header = rows[0]
    return [dict(zip(header, row + [None] * (len(header) - len(row)), strict=True)) for row in rows[1:]]
