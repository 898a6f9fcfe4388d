"""The body of a Word document to paragraphs and tables: what a reader sees with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from govnlp.readers.joining import join_soft
from govnlp.readers.office.package import Element, child, is_on, local, number, value
from govnlp.readers.office.styles import Lists, Styles
from govnlp.readers.structure import MAX_SPAN, Paragraph, Table, TableCell

_LEFT_OUT = frozenset(
    [
        "pPr",
        "rPr",
        "tblPr",
        "tcPr",
        "trPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "fldData",
        "rt",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "annotationRef",
        "Fallback",
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "proofErr",
    ]
)
"""Elements without text that a reader sees: properties, deletions, field codes, references, ruby above the text."""
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass(slots=True)
class BodyReader:
    """Reads a body; holds the counts of its lists, so that one is needed for each document."""

    styles: Styles
    lists: Lists
    _carried: str = field(default="", init=False)
    """Text of a paragraph whose mark was deleted: it flows into the next one."""
    read: list[Element] = field(default_factory=list, init=False)
    """The elements whose text was read, in the order of the text: where a passage stands in the document."""

    def flow(self, container: Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables of a body, a cell or a text box, in order."""
        for item in container:
            tag = local(item)
            if tag == "p":
                yield from self._paragraph(item)
            elif tag == "tbl":
                table = self._table(item)
                if table.cells:
                    yield table
            elif tag == "AlternateContent":
                chosen = _alternative(item)
                if chosen is not None:
                    yield from self.flow(chosen)
            elif tag not in _LEFT_OUT:
                yield from self.flow(item)

    def _paragraph(self, item: Element) -> Iterator[Paragraph | Table]:
        properties = child(item, "pPr")
        boxes: list[Element] = []
        text = "".join(self._text(item, boxes))
        if is_on(child(properties, "rPr", "del")):
            self._carried += text
        else:
            text, self._carried = self._carried + text, ""
            listed = self.styles.numbering(properties, self.lists)
            label = self.lists.next_label(*listed) if listed else ""
            if text.strip():
                kind = "heading" if self.styles.is_heading(properties) else "paragraph"
                first, *others = text.strip().split("\n")
                yield Paragraph(join_soft((label, first)), kind)
                for line in others:
                    yield Paragraph(line, kind)
        for box in boxes:
            yield from self.flow(box)

    def _text(self, item: Element, boxes: list[Element]) -> Iterator[str]:
        for part in item:
            tag = local(part)
            if tag == "t":
                self.read.append(part)
                yield (part.text or "").replace("\n", " ")
            elif tag in _SIGNS:
                if not (tag == "br" and value(part, "type") in ("page", "column")):
                    yield _SIGNS[tag]
            elif tag == "txbxContent":
                boxes.append(part)
            elif tag == "AlternateContent":
                chosen = _alternative(part)
                if chosen is not None:
                    yield from self._text(chosen, boxes)
            elif tag == "r" and is_on(child(part, "rPr", "vanish")):
                continue
            elif tag not in _LEFT_OUT:
                yield from self._text(part, boxes)

    def _table(self, item: Element) -> Table:
        cells: list[TableCell] = []
        open_above: dict[int, int] = {}
        """Column to the index of the cell that a vertical merge may continue."""
        row = 0
        for line in _members(item, "tr"):
            properties = child(line, "trPr")
            if child(properties, "del") is not None:
                continue
            col = min(max(number(child(properties, "gridBefore")) or 0, 0), MAX_SPAN)
            for tc in _members(line, "tc"):
                about = child(tc, "tcPr")
                width = min(max(number(child(about, "gridSpan")) or 1, 1), MAX_SPAN)
                merge = child(about, "vMerge")
                sideways = child(about, "hMerge")
                if merge is not None and value(merge) != "restart" and col in open_above:
                    at = open_above[col]
                    above = cells[at]
                    cells[at] = _resized(above, row - above.row + 1, above.col_span)
                elif sideways is not None and value(sideways) != "restart" and cells and cells[-1].row == row:
                    cells[-1] = _resized(cells[-1], cells[-1].row_span, cells[-1].col_span + width)
                else:
                    cells.append(TableCell(row, col, tuple(self.flow(tc)), 1, width))
                    open_above.pop(col, None)
                    if merge is not None:
                        open_above[col] = len(cells) - 1
                col += width
            row += 1
        return Table(tuple(cells))


def _resized(cell: TableCell, row_span: int, col_span: int) -> TableCell:
    return TableCell(cell.row, cell.col, cell.content, row_span, col_span)


def _members(item: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also where a content control or a tracked insertion stands around them."""
    for part in item:
        name = local(part)
        if name == tag:
            yield part
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _members(part, tag)


def _alternative(item: Element) -> Element | None:
    """Of drawings given twice (for new and old programs) the first."""
    choice = child(item, "Choice")
    return choice if choice is not None else child(item, "Fallback")
