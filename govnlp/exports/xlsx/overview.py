"""The first two sheets: what the batch adds up to, with charts, and the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from govnlp.exports.plain import one_line
from govnlp.exports.tally import Tally, agencies_of, bin_labels, mean, middle, years_of
from govnlp.exports.words import Words
from govnlp.exports.xlsx import styles as look
from govnlp.exports.xlsx.rows import LINE, Sheet, StreamedSheet, Value, lines_of
from govnlp.exports.xlsx.styles import Styles
from govnlp.schema import ELEMENTS

_WIDTHS = (26, 36, 14, 14, 14, 14)
_SCORES = ("overall", "completeness", "consistency", "boilerplate")
_CHARTED_CODES = 12
_PRINTED = 15
"""Columns of the ranking that go to paper."""
_LETTERS = [xl_col_to_name(i) for i in range(len(_WIDTHS))]


class Overview:
    """Writes the overview from the tally, row by row."""

    def __init__(self, book: Any, sheet: StreamedSheet, words: Words, styles: Styles, tally: Tally) -> None:
        self._book, self._sheet, self._words, self._styles, self._tally = book, sheet, words, styles, tally
        self._name = sheet.get_name()
        self._row = 0

    def write(self) -> None:
        sheet, words = self._sheet, self._words
        for col, width in enumerate(_WIDTHS):
            sheet.set_column(col, col, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self._line([words("xlsx.title")], [self._styles.title], height=28)
        self._row += 1
        self._facts()
        grades = self._grades()
        bands = self._bands()
        codes = self._frequent()
        self._missing()
        self._kinds()
        self._chart("column", words("xlsx.overview.grades"), grades, 0, 1, anchor=2)
        overall = words(
            "xlsx.overview.of", what=words("xlsx.overview.distribution"), score=words.term("score", "overall")
        )
        self._chart("column", overall, bands, 0, 1, anchor=20)
        if codes[0] <= codes[1]:
            self._chart("bar", words("xlsx.overview.frequent"), codes, 1, 3, anchor=38)

    def _line(self, values: Sequence[Value], styles: Sequence[Format], height: int = 0) -> None:
        wrapped = [i for i, style in enumerate(styles) if style.text_wrap and values[i]]
        lines = max((lines_of(str(values[i]), _WIDTHS[i]) for i in wrapped), default=1)
        height = height or (4 + LINE * lines if lines > 1 else 0)
        self._sheet.add_row(self._row, _LETTERS, [s._get_xf_index() for s in styles], values, height)
        self._row += 1

    def _heading(self, key: str) -> None:
        self._row += 1
        self._line(
            [self._words(f"xlsx.overview.{key}"), *[""] * (len(_WIDTHS) - 1)],
            [self._styles.heading] * len(_WIDTHS),
            height=20,
        )

    def _header(self, *titles: str) -> None:
        self._line(titles, [self._styles.header] * len(titles))

    def _facts(self) -> None:
        words, styles, tally = self._words, self._styles, self._tally
        standings = tally.standings
        overall, years = [s.overall for s in standings], years_of(standings)
        facts: list[tuple[str, Value, Format]] = [
            ("reports", len(standings), styles.whole),
            ("agencies", agencies_of(standings), styles.whole),
            ("years", f"{years[0]}–{years[-1]}" if years else words("terms.unknown"), styles.text),
            ("mean", mean(overall), styles.tenth),
            ("median", middle(overall), styles.tenth),
            ("findings", sum(s.errors + s.warnings + s.infos for s in standings), styles.whole),
            ("errors", sum(s.errors for s in standings), styles.whole),
            ("warnings", sum(s.warnings for s in standings), styles.whole),
            ("infos", sum(s.infos for s in standings), styles.whole),
            ("rubric", ", ".join(sorted(tally.rubrics)[:5]), styles.text),
            ("model", ", ".join(sorted(tally.models)[:5]), styles.text),
        ]
        for key, value, style in facts:
            self._line([words(f"xlsx.overview.{key}"), value], [styles.bold, style])

    def _grades(self) -> tuple[int, int]:
        words, styles = self._words, self._styles
        self._heading("grades")
        self._header(words("terms.field.grade"), words("xlsx.overview.count"), words("xlsx.overview.share"))
        first, total = self._row, len(self._tally.standings)
        for title, count in self._tally.grades(words.lang):
            share = count / total if total else None
            self._line([title, count, share], [styles.text, styles.whole, styles.percent])
        return first, self._row - 1

    def _bands(self) -> tuple[int, int]:
        words, styles = self._words, self._styles
        self._heading("distribution")
        self._header(words("xlsx.overview.band"), *(words.term("score", s) for s in _SCORES))
        first = self._row
        columns = [self._tally.bins(score) for score in _SCORES]
        for label, *counts in zip(bin_labels(), *columns, strict=True):
            self._line([label, *counts], [styles.text, *[styles.whole] * len(_SCORES)])
        bar = {"type": "data_bar", "bar_color": look.PALE, "bar_solid": True}
        for col in range(1, 1 + len(_SCORES)):
            self._sheet.conditional_format(first, col, self._row - 1, col, bar)
        return first, self._row - 1

    def _frequent(self) -> tuple[int, int]:
        words, styles, total = self._words, self._styles, len(self._tally.standings)
        self._heading("frequent")
        fields = ("code", "finding", "severity")
        overview = ("affected", "share", "times")
        self._header(*(words(f"terms.field.{f}") for f in fields), *(words(f"xlsx.overview.{f}") for f in overview))
        first = self._row
        for code, count in self._tally.frequent()[:200]:
            severity = styles.severity.get(count.severity, styles.text)
            title = one_line(words.rule_title(code), 60)
            values: list[Value] = [
                one_line(code, 20),
                title,
                words.term("severity", count.severity),
                count.reports,
                count.reports / total,
                count.times,
            ]
            self._line(values, [styles.text, styles.wrapped, severity, styles.whole, styles.percent, styles.whole])
        return first, min(self._row - 1, first + _CHARTED_CODES - 1)

    def _missing(self) -> None:
        words, styles, total = self._words, self._styles, len(self._tally.standings)
        self._heading("missing")
        self._header(words("terms.field.element"), words("xlsx.overview.affected"), words("xlsx.overview.share"))
        order = {e: i for i, e in enumerate(ELEMENTS)}
        for element, count in sorted(self._tally.missing.items(), key=lambda x: (-x[1], order[x[0]])):
            values: list[Value] = [words.term("element", element), count, count / total]
            self._line(values, [styles.text, styles.whole, styles.percent])

    def _kinds(self) -> None:
        words, styles = self._words, self._styles
        self._heading("kinds")
        self._header(
            words("terms.field.kind"), words("xlsx.overview.count"), *(words.term("score", s) for s in _SCORES)
        )
        for kind, standings in self._tally.kinds()[:50]:
            means = [mean(getattr(s, score) for s in standings) for score in _SCORES]
            title = words.term("kind", kind)
            self._line([title, len(standings), *means], [styles.text, styles.whole, *[styles.tenth] * 4])

    def _chart(self, kind: str, title: str, rows: tuple[int, int], names: int, values: int, *, anchor: int) -> None:
        first, last = rows
        font = {"name": look.FONTS[self._words.lang], "size": 9, "bold": False}
        chart = self._book.add_chart({"type": kind})
        chart.add_series(
            {
                "name": self._words("xlsx.overview.count"),
                "categories": [self._name, first, names, last, names],
                "values": [self._name, first, values, last, values],
                "fill": {"color": look.ACCENT},
                "gap": 40,
                "data_labels": {"value": True, "font": font},
            }
        )
        chart.set_title({"name": title, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
        chart.set_legend({"none": True})
        axis = {"num_font": font, "line": {"color": "#8C959F"}}
        lines = {"visible": kind != "bar", "line": {"color": look.GRID}}
        names_axis, values_axis = (
            {**axis, "reverse": kind == "bar"},
            {**axis, "visible": kind != "bar", "major_gridlines": lines},
        )
        # in a chart of lying bars the vertical axis, which xlsxwriter calls y, holds the names
        chart.set_x_axis(values_axis if kind == "bar" else names_axis)
        chart.set_y_axis(names_axis if kind == "bar" else values_axis)
        chart.set_size({"width": 620, "height": 320 if kind == "column" else 400})
        self._sheet.insert_chart(anchor, len(_WIDTHS) + 1, chart)


def open_ranking(book: Any, words: Words, styles: Styles) -> Sheet:
    """The sheet for `fill_ranking`, opened early for its place among the sheets; conditional formats show who stands where."""
    field, own = "terms.field.", "xlsx.field."
    columns: list[tuple[str, float, Format]] = [
        (own + "rank", 7, styles.whole),
        (field + "agency", 32, styles.text),
        (field + "year", 7, styles.whole),
        (field + "overall", 11, styles.tenth),
        (field + "grade", 12, styles.text),
        (field + "completeness", 9, styles.tenth),
        (field + "consistency", 9, styles.tenth),
        (field + "boilerplate", 9, styles.tenth),
        (own + "year_before", 10, styles.tenth),
        (own + "change", 9, styles.change),
        (field + "errors", 7, styles.whole),
        (field + "warnings", 7, styles.whole),
        (field + "infos", 7, styles.whole),
        (own + "elements_present", 11, styles.whole),
        (own + "elements_missing", 11, styles.whole),
        (field + "completeness_rating", 11, styles.whole),
        (field + "boilerplate_rating", 11, styles.whole),
        (field + "kind", 14, styles.text),
        (field + "format", 17, styles.text),
        (field + "published", 12, styles.text),
        (field + "source", 44, styles.text),
        (own + "report", 9, styles.whole),
    ]

    def finish(sheet: StreamedSheet, rows: int) -> None:
        if rows:
            _rank_formats(book, sheet, rows)

    return Sheet(
        book,
        words("xlsx.sheet.reports"),
        [words(key) for key, _, _ in columns],
        widths=[width for _, width, _ in columns],
        styles=[style for _, _, style in columns],
        header_style=styles.header,
        frozen=2,
        finish=finish,
    )


def fill_ranking(sheet: Sheet, words: Words, tally: Tally) -> None:
    ranks = tally.ranks()
    for s in tally.ranked():
        before = tally.year_before(s)
        sheet.add(
            [
                ranks[s.number],
                s.agency or words("terms.unknown_agency"),
                s.year,
                s.overall,
                tally.grade_titles[s.grade],
                s.completeness,
                s.consistency,
                s.boilerplate,
                before,
                None if before is None else round(s.overall - before, 1),
                s.errors,
                s.warnings,
                s.infos,
                s.elements_present,
                len(ELEMENTS) - s.elements_present,
                s.completeness_rating,
                s.boilerplate_rating,
                words.term("kind", s.kind),
                words.term("format", s.format),
                s.published,
                s.source,
                s.number,
            ]
        )
    sheet.close()


def _rank_formats(book: Any, sheet: StreamedSheet, rows: int) -> None:
    sheet.print_area(0, 0, rows, _PRINTED - 1)

    def ink(fill: str, color: str) -> Format:
        return book.add_format({"bg_color": fill, "font_color": color})

    red, amber, green = (
        ink(look.RED, look.RED_INK),
        ink(look.AMBER, look.AMBER_INK),
        ink(look.GREEN, look.GREEN_INK),
    )
    sheet.conditional_format(
        1,
        3,
        rows,
        3,
        {
            "type": "data_bar",
            "bar_color": look.PALE,
            "bar_solid": True,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 100,
        },
    )
    for letter, style in (("A", green), ("C", amber), ("D", red)):
        sheet.conditional_format(
            1, 4, rows, 4, {"type": "text", "criteria": "begins with", "value": letter, "format": style}
        )
    scale = {
        "type": "3_color_scale",
        "min_type": "num",
        "min_value": 0,
        "mid_type": "num",
        "mid_value": 60,
        "max_type": "num",
        "max_value": 100,
    }
    good = {**scale, "min_color": "#F8696B", "mid_color": "#FFEB84", "max_color": "#63BE7B"}
    for col in (5, 6):
        sheet.conditional_format(1, col, rows, col, good)
    bad = {**scale, "mid_value": 40, "min_color": "#63BE7B", "mid_color": "#FFEB84", "max_color": "#F8696B"}
    sheet.conditional_format(1, 7, rows, 7, bad)
    sheet.conditional_format(1, 9, rows, 9, {"type": "cell", "criteria": "<", "value": 0, "format": red})
    sheet.conditional_format(1, 9, rows, 9, {"type": "cell", "criteria": ">", "value": 0, "format": green})
    sheet.conditional_format(1, 10, rows, 10, {"type": "cell", "criteria": ">", "value": 0, "format": red})
    sheet.conditional_format(1, 11, rows, 11, {"type": "cell", "criteria": ">", "value": 0, "format": amber})
