"""DOCX: a summary of the batch, a notice for each agency that has something to correct, annotated copies of Word reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.exports.base import Cards, Export, file_stem
from govnlp.exports.copies import CopyGraph
from govnlp.schema import Lang

if TYPE_CHECKING:
    from govnlp.exports.docx.notice import Matter
    from govnlp.exports.words import Words


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write the summary, notices and annotated copies.

    One pass tells which agencies have several reports, the other writes. Of those agencies the notice's words wait in memory
    for the last report, of all reports their line of the ranking.
    """
    from govnlp.exports.docx.annotate import annotate, is_word_report
    from govnlp.exports.docx.notice import matter_of
    from govnlp.exports.docx.package import write_package
    from govnlp.exports.docx.summary import charts_of, summary
    from govnlp.exports.tally import Tally
    from govnlp.exports.words import Words

    words, tally = Words(lang), Tally()
    if previous is not None:
        tally.remember(previous())
    awaited: dict[str, int] = {}
    for card in cards():
        if card.report.agency:
            awaited[card.report.agency] = awaited.get(card.report.agency, 0) + 1
    waiting: dict[str, list[Matter]] = {}
    notices, annotated = out / words("docx.notices"), out / words("docx.annotated")
    files: list[Path] = []
    unannotated: list[tuple[str, str]] = []
    for card in cards():
        standing = tally.add(card, words)
        if is_word_report(card):
            copy = annotated / f"{file_stem(card.report.source.name, standing.number)}.docx"
            reason = annotate(card, copy, words)
            if reason is None:
                files.append(copy)
            else:
                unannotated.append((standing.source, words(f"docx.reason.{reason}")))
        agency = card.report.agency
        group = waiting.pop(agency, []) if agency else []
        group.append(matter_of(card, words))
        if agency and len(group) < awaited[agency]:
            waiting[agency] = group
        else:
            files += _write_notice(group, notices, standing.number, words)
    for number, group in enumerate(
        waiting.values(), len(tally.standings) + 1
    ):  # a pass that gave other cards than the first
        files += _write_notice(group, notices, number, words)
    path = out / f"{words('docx.summary_file')}.docx"
    body = summary(tally, words, unannotated)
    write_package(path, body, title=words("docx.summary.title"), lang=lang, charts=charts_of(tally, words))
    return [path, *files]


def _write_notice(group: list[Matter], folder: Path, number: int, words: Words) -> list[Path]:
    from govnlp.exports.docx.notice import notice
    from govnlp.exports.docx.package import write_package

    due = sorted((m for m in group if m.due), key=lambda m: (m.year or 0, m.file))
    if not due:
        return []
    folder.mkdir(exist_ok=True)
    name = f"{due[0].agency}.docx" if due[0].agency else due[0].file
    path = folder / f"{file_stem(name, number)}.docx"
    write_package(path, notice(due, words), title=words("docx.notice.title"), lang=words.lang)
    return [path]


EXPORT = Export("docx", {"zh": "Word 公文", "en": "Word documents"}, write, needs=("docx", "xlsxwriter"))
