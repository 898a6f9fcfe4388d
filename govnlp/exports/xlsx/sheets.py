"""The sheets that grow with the batch: findings, claims, the three national tables, elements. Each takes one scorecard at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format

from govnlp.document import NationalTable, Number, Scorecard
from govnlp.exports.columns import TABLES, Column
from govnlp.exports.tally import Standing, cells_compared
from govnlp.exports.words import Words
from govnlp.exports.xlsx.rows import Sheet, StreamedSheet, Value
from govnlp.exports.xlsx.styles import Styles
from govnlp.schema import (
    APPLICANTS,
    ELEMENTS,
    PROACTIVE_ROWS,
    REQUEST_ROWS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
)

Writer = Callable[[Scorecard, Standing], None]
_PASSAGE = 240
"""Characters of passages shown in a cell; the rest is in the report."""


class Sheets:
    """All growing sheets of a workbook. `add` each scorecard, then `close`."""

    def __init__(self, book: Any, words: Words, styles: Styles) -> None:
        self._book, self._words, self._styles = book, words, styles
        self._sheets: list[Sheet] = []
        self._compared: Mapping[tuple[str, str, int], tuple[str, ...]] = {}
        """Cells of the scorecard at hand that findings compare."""
        self._writers: tuple[Writer, ...] = (
            self._findings(),
            self._claims(),
            self._proactive(),
            self._requests(),
            self._review(),
            self._elements(),
        )

    def add(self, card: Scorecard, standing: Standing) -> None:
        self._compared = cells_compared(card)
        for write in self._writers:
            write(card, standing)

    def close(self) -> None:
        for sheet in self._sheets:
            sheet.close()

    def _sheet(
        self,
        name: str,
        columns: Sequence[tuple[str, float, Format]],
        *,
        frozen: int = 3,
        finish: Callable[[StreamedSheet, int], None] | None = None,
    ) -> Sheet:
        sheet = Sheet(
            self._book,
            self._words(f"xlsx.sheet.{name}"),
            [title for title, _, _ in columns],
            widths=[width for _, width, _ in columns],
            styles=[style for _, _, style in columns],
            header_style=self._styles.header,
            frozen=frozen,
            finish=finish,
        )
        self._sheets.append(sheet)
        return sheet

    def _key(self) -> list[tuple[str, float, Format]]:
        words, styles = self._words, self._styles
        return [
            (words("xlsx.field.report"), 9, styles.whole),
            (words("terms.field.agency"), 30, styles.text),
            (words("terms.field.year"), 7, styles.whole),
        ]

    def _table_columns(
        self, names: Sequence[tuple[str, float, Format]], table: str
    ) -> tuple[list[tuple[str, float, Format]], list[Callable[[Scorecard, Any], Value]]]:
        """Columns of a table for analysts as columns of a sheet."""
        by_name = {c.name: c for c in TABLES[table].columns}
        title = {"id": "number", "type": "claim_type", "text": "claim_text", "title": "finding"}
        columns = [(self._words(f"terms.field.{title.get(n, n)}"), width, style) for n, width, style in names]
        return columns, [self._getter(by_name[n]) for n, _, _ in names]

    def _getter(self, column: Column) -> Callable[[Scorecard, Any], Value]:
        """What a cell of this column shows: the value, or what its name means."""
        get, group, words = column.get, column.terms, self._words
        if group is None:
            return lambda card, item: get(card, item, words)

        def named(card: Scorecard, item: Any) -> Value:
            value = get(card, item, words)
            return None if value is None else words.term(group, str(value))

        return named

    def _findings(self) -> Writer:
        styles, words = self._styles, self._words
        columns, getters = self._table_columns(
            [
                ("severity", 8, styles.text),
                ("code", 8, styles.text),
                ("title", 26, styles.wrapped),
                ("message", 44, styles.wrapped),
                ("evidence", 56, styles.wrapped),
                ("section", 18, styles.wrapped),
            ],
            "findings",
        )
        tail = [(words("terms.field.advice"), 40, styles.wrapped), (words("terms.field.source"), 30, styles.text)]
        sheet = self._sheet("findings", [*self._key(), *columns, *tail])
        by_severity = {k: {3: style} for k, style in styles.severity.items()}

        def write(card: Scorecard, standing: Standing) -> None:
            for finding in card.findings:
                row = [get(card, finding) for get in getters]
                passage = row[4]
                if isinstance(passage, str) and len(passage) > _PASSAGE:
                    row[4] = passage[:_PASSAGE] + "…"
                rule = words.rule(finding.code)
                advice = rule.advice[words.lang] if rule else None
                values = [standing.number, standing.agency, standing.year, *row, advice, standing.source]
                sheet.add(values, by_severity.get(finding.severity))

        return write

    def _claims(self) -> Writer:
        styles = self._styles
        columns, getters = self._table_columns(
            [
                ("id", 7, styles.text),
                ("type", 16, styles.text),
                ("value", 12, styles.general),
                ("unit", 8, styles.text),
                ("qualifier", 9, styles.text),
                ("channel", 12, styles.text),
                ("part_of", 9, styles.text),
                ("section", 22, styles.text),
                ("text", 24, styles.text),
            ],
            "claims",
        )
        sheet = self._sheet("claims", [*self._key(), *columns])

        def write(card: Scorecard, standing: Standing) -> None:
            for claim in card.report.claims:
                row = [get(card, claim) for get in getters]
                sheet.add([standing.number, standing.agency, standing.year, *row])

        return write

    def _proactive(self) -> Writer:
        words = self._words
        keys = [(row, col) for row, labels in PROACTIVE_ROWS.items() for col in range(len(labels))]
        titles = [
            f"{words.term('proactive_row', row)}\n{words.term('proactive_column', PROACTIVE_ROWS[row][col])}"
            for row, col in keys
        ]
        return self._one_row_table("proactive", keys, titles)

    def _review(self) -> Writer:
        words = self._words
        keys = [(block, col) for block in REVIEW_BLOCKS for col in range(len(REVIEW_COLUMNS))]
        titles = [
            f"{words.term('review_block', block)}\n{words.term('review_column', REVIEW_COLUMNS[col])}"
            for block, col in keys
        ]
        return self._one_row_table("review", keys, titles)

    def _one_row_table(self, name: str, keys: Sequence[tuple[str, int]], titles: Sequence[str]) -> Writer:
        """A national table as one row for each report."""
        styles, words = self._styles, self._words
        columns = [
            *self._key(),
            (words("xlsx.field.table_state"), 9, styles.text),
            *((title, 15, styles.general) for title in titles),
            (words("xlsx.field.codes"), 16, styles.text),
        ]
        sheet = self._sheet(name, columns)

        def write(card: Scorecard, standing: Standing) -> None:
            table = card.report.tables.get(name)
            state = words("terms.yes") if table else words("terms.no")
            values, marked, codes = self._cells(table, name, keys, 4)
            sheet.add([standing.number, standing.agency, standing.year, state, *values, codes], marked)

        return write

    def _requests(self) -> Writer:
        styles, words = self._styles, self._words
        columns = [
            *self._key(),
            (words("terms.field.row"), 44, styles.text),
            *((words.term("applicant", a), 11, styles.general) for a in APPLICANTS),
            (words("xlsx.field.codes"), 16, styles.text),
        ]
        sheet = self._sheet("requests", columns)
        labels = {row: self._request_label(row) for row in REQUEST_ROWS}
        keys = {row: [(row, col) for col in range(len(APPLICANTS))] for row in REQUEST_ROWS}

        def write(card: Scorecard, standing: Standing) -> None:
            table = card.report.tables.get("requests")
            if table is None:
                return
            for row, label in labels.items():
                numbers = table.rows.get(row, ())
                if not self._compared and len(numbers) == len(APPLICANTS):  # nearly all rows
                    sheet.add([standing.number, standing.agency, standing.year, label, *numbers])
                    continue
                values, marked, codes = self._cells(table, "requests", keys[row], 4)
                sheet.add([standing.number, standing.agency, standing.year, label, *values, codes], marked)

        return write

    def _request_label(self, row: str) -> str:
        group = row.partition(".")[0]
        label = self._words.term("request_row", row)
        return label if group == row else f"{self._words.term('request_group', group)} {label}"

    def _cells(
        self,
        table: NationalTable | None,
        name: str,
        keys: Sequence[tuple[str, int]],
        first: int,
    ) -> tuple[list[Number | None], dict[int, Format] | None, str | None]:
        """Numbers of cells, the failing ones by column of the sheet (from `first`), and the codes of what fails."""
        values: list[Number | None] = []
        for row, col in keys:
            numbers = table.rows.get(row, ()) if table else ()
            values.append(numbers[col] if col < len(numbers) else None)
        compared = self._compared
        if not compared:
            return values, None, None
        failing = {i: compared[name, *key] for i, key in enumerate(keys) if (name, *key) in compared}
        if not failing:
            return values, None, None
        codes = dict.fromkeys(code for found in failing.values() for code in found)
        return values, {first + i: self._styles.bad for i in failing}, " ".join(codes)

    def _elements(self) -> Writer:
        styles, words = self._styles, self._words
        columns = [
            *self._key(),
            (words("xlsx.field.elements_present"), 11, styles.whole),
            *((words.term("element", e), 9, styles.mark) for e in ELEMENTS),
        ]
        last = len(columns) - 1

        def finish(sheet: StreamedSheet, rows: int) -> None:
            if rows:
                bad = self._book.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006"})
                sheet.conditional_format(
                    1, 4, rows, last, {"type": "cell", "criteria": "==", "value": 0, "format": bad}
                )

        sheet = self._sheet("elements", columns, finish=finish)

        def write(card: Scorecard, standing: Standing) -> None:
            present = {e.id: e.present for e in card.report.elements}
            flags = [int(present.get(e, False)) for e in ELEMENTS]
            sheet.add([standing.number, standing.agency, standing.year, standing.elements_present, *flags])

        return write
