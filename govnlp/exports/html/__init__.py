"""HTML: a page for the batch and a page for each report, each of them one file that needs no network and no other file."""

from __future__ import annotations

from pathlib import Path

from govnlp.exports.base import Cards, Export, file_stem
from govnlp.exports.copies import CopyGraph
from govnlp.exports.words import Words
from govnlp.schema import Lang


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write `index.html`, and `reports/NUMBER-NAME.html` for each report. One pass over the scorecards."""
    from govnlp.exports.html import batch_page, report_page
    from govnlp.exports.html.copied import Others, edges_of, shown_passages
    from govnlp.exports.html.rows import Row
    from govnlp.exports.html.templates import Pages

    words = Words(lang)
    pages = Pages(words)
    folder = out / "reports"
    folder.mkdir(exist_ok=True)
    rows: list[Row] = []
    files: list[Path] = []
    grade_titles: dict[str, str] = {}
    earlier = [Row.of(card, "") for card in previous()] if previous else []
    with Others(copies, words) as others:
        for number, card in enumerate(cards(), 1):
            page = file_stem(card.report.source.name, number)
            edges = edges_of(card, copies)
            files.append(
                pages.write(folder / f"{page}.html", "report", report_page.view_of(card, words, shown_passages(edges)))
            )
            rows.append(Row.of(card, page))
            others.add(card, edges, page)
            grade_titles.setdefault(card.scores.grade, words.grade(card).removeprefix(card.scores.grade).strip())
            del card  # not to be kept while the next one is read
        for page, sources in others.sides():
            pages.insert(folder / f"{page}.html", "copied", {"sources": sources})
        index = pages.write(out / "index.html", "batch", batch_page.view_of(rows, earlier, others, words, grade_titles))
    return [index, *files]


EXPORT = Export("html", {"zh": "网页", "en": "web pages"}, write, needs=("jinja2", "vl_convert"))
