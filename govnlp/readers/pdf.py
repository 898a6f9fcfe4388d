"""PDF: running text in reading order and ruled tables, from characters and lines of either engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from govnlp.errors import ReadError
from govnlp.readers.base import Content, Options, PdfEngine, Reader
from govnlp.readers.paper import engine_pdfium, engine_pdfminer
from govnlp.readers.paper.borderless import LooseTable, join_tables, take_tables
from govnlp.readers.paper.continued import goes_on, join
from govnlp.readers.paper.lattice import lattices
from govnlp.readers.paper.lines import Line, lines_of
from govnlp.readers.paper.page import MAX_PAGES, Page
from govnlp.readers.paper.paragraphs import drop_furniture, margins_of, paragraphs
from govnlp.readers.paper.tables import PaperTable, fill, to_structure
from govnlp.readers.structure import Paragraph, Table, assemble

_ENGINES = {"pdfium": engine_pdfium.pages, "pdfminer": engine_pdfminer.pages}
_OTHER: dict[str, PdfEngine] = {"pdfium": "pdfminer", "pdfminer": "pdfium"}
_FEW = 8
"""A page with fewer characters is asked of the other engine too."""
_MAX_SECOND_LOOKS = 30


def sniff(data: bytes) -> float:
    """The signature may stand behind a few bytes of rubbish."""
    return 1.0 if b"%PDF-" in data[:1024] else 0.0


def read_pdf(data: bytes, options: Options) -> Content:
    """Text and tables. Raises `EncryptedInput` or `BrokenInput`; pages without text are named in the notes."""
    pages = list(_ENGINES[options.pdf_engine](data))
    notes = _second_looks(data, pages, options.pdf_engine)
    if len(pages) >= MAX_PAGES:
        notes.append(f"only the first {MAX_PAGES} pages were read")
    return assemble(flow_of(pages), notes=notes)


def flow_of(pages: list[Page]) -> list[Paragraph | Table]:
    """Paragraphs and tables of all pages in reading order."""
    tables: list[list[PaperTable]] = []
    lines: list[list[Line]] = []
    for page in pages:
        held, outside = [], page.glyphs
        for lattice in lattices(page.across, page.down):
            table, outside = fill(lattice, outside, page.number)
            held.append(table)
        tables.append([t for t in held if any(c.text for c in t.cells)])
        lines.append(lines_of(outside))
    lines = drop_furniture(pages, lines)
    margins = margins_of(pages, lines)
    flow = _Flow()
    for page, held, left in zip(pages, tables, lines, strict=True):
        loose, rest = take_tables(left, page.number)
        flow.add_page(page, [*held, *loose], rest)
    items: list[Paragraph | Table] = []
    for item in flow.items:
        if isinstance(item, PaperTable):
            items.append(to_structure(item))
        elif isinstance(item, LooseTable):
            items.append(item.table)
        else:
            items += paragraphs(item, margins)
    return items


@dataclass(slots=True)
class _Flow:
    """Runs of lines and tables in reading order; a table at a page's end is joined with the one at the next page's start."""

    items: list[PaperTable | LooseTable | list[tuple[int, Line]]] = field(default_factory=list)

    def add_page(self, page: Page, tables: Iterable[PaperTable | LooseTable], lines: Iterable[Line]) -> None:
        things: list[tuple[float, PaperTable | LooseTable | Line]] = [(t.top, t) for t in tables]
        things += [(line.base - 0.5 * line.size, line) for line in lines]
        things.sort(key=lambda thing: thing[0])
        for n, (_, thing) in enumerate(things):
            last = self.items[-1] if self.items else None
            joined = _joined(last, thing) if n == 0 else None
            if joined is not None:
                self.items[-1] = joined
            elif not isinstance(thing, Line):
                self.items.append(thing)
            elif isinstance(last, list):
                last.append((page.number, thing))
            else:
                self.items.append([(page.number, thing)])


def _joined(last: object, first: object) -> PaperTable | LooseTable | None:
    """The last thing of a page and the first of the next as one table, if they are."""
    if isinstance(last, PaperTable) and isinstance(first, PaperTable) and goes_on(last, first):
        return join(last, first)
    if isinstance(last, LooseTable) and isinstance(first, LooseTable):
        return join_tables(last, first)
    return None


def _second_looks(data: bytes, pages: list[Page], engine: PdfEngine) -> list[str]:
    """Ask the other engine for pages whose text is doubtful, and tell of it and of pages without text."""
    notes = []
    asked = [p.number for p in pages if p.doubtful or p.shapeless or len(p.glyphs) < _FEW][:_MAX_SECOND_LOOKS]
    better = _better(data, pages, asked, engine)
    for number in better:
        notes.append(f"page {number}: read by {_OTHER[engine]}, the text that {engine} found was doubtful")
    for page in pages:
        if page.doubtful:
            notes.append(f"page {page.number}: characters without a known meaning, its text may be wrong")
        elif not page.glyphs and page.pictures:
            notes.append(f"page {page.number}: no text, perhaps a scan")
    return notes


def _better(data: bytes, pages: list[Page], asked: list[int], engine: PdfEngine) -> list[int]:
    """Put the other engine's pages in where they are better; their numbers."""
    if not asked:
        return []
    try:
        if engine == "pdfium":
            others = list(engine_pdfminer.pages(data, asked))
        else:
            others = [p for p in engine_pdfium.pages(data) if p.number in asked]
    except ReadError:
        return []  # the first engine's result stands
    at = {page.number: n for n, page in enumerate(pages)}
    taken = []
    for other in others:
        page = pages[at[other.number]]
        more = len(other.glyphs) > len(page.glyphs) and not other.doubtful
        if more or (page.doubtful and not other.doubtful and len(other.glyphs) >= 0.9 * len(page.glyphs)):
            pages[at[other.number]] = other
            taken.append(other.number)
    return taken


READER = Reader(
    "pdf",
    (".pdf",),
    sniff,
    read_pdf,
    empty_advice="its pages are pictures: recognise their text first (OCR) and give the result as .txt or .pdf",
)
