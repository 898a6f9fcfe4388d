"""The report on the whole batch: what it adds up to, with charts, and the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govnlp.exports.docx.charts import Bars
from govnlp.exports.docx.notice import ordinal
from govnlp.exports.docx.wordml import chart, line, table
from govnlp.exports.plain import one_line
from govnlp.exports.tally import Standing, Tally, agencies_of, bin_labels, mean, middle, years_of
from govnlp.exports.words import Words

_CHARTED, _LISTED = 10, 40
_FIRST, _LAST = 300, 100
"""Reports that the ranking lists of a batch too large for paper: from its head and from its tail."""
_SCORES = ("overall", "completeness", "consistency", "boilerplate")
_NAME, _NUMBER = 3000, 900
"""Widths of columns in twentieths of a point; the text is 8844 wide."""


def charts_of(tally: Tally, words: Words) -> list[Bars]:
    """The charts that `summary` shows, in its order."""
    if not tally.standings:
        return []
    grades = tally.grades(words.lang)
    count = words("docx.summary.count")
    found = [
        Bars(words("docx.summary.grades"), count, [g for g, _ in grades], [n for _, n in grades]),
        Bars(words("docx.summary.scores"), count, bin_labels(), tally.bins("overall")),
    ]
    frequent = tally.frequent()[:_CHARTED]
    if frequent:
        names = [one_line(words.rule_title(code), 30) for code, _ in frequent]
        found.append(Bars(words("docx.summary.frequent"), count, names, [n.reports for _, n in frequent], lying=True))
    return found


def summary(tally: Tally, words: Words, unannotated: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The body of the report. `unannotated`: file and reason of Word reports without an annotated copy."""
    yield line(words("docx.summary.title"), "Title")
    if not tally.standings:
        yield line(words("docx.summary.nothing"))
        return
    number = 0

    def heading(key: str) -> str:
        nonlocal number
        number += 1
        return line(
            words("docx.heading", number=ordinal(number, words.lang), title=words(f"docx.summary.{key}")), "Heading1"
        )

    yield heading("overall")
    yield line(_opening(tally.standings, words))
    charts = charts_of(tally, words)
    yield chart(1, charts[0].title)
    yield chart(2, charts[1].title)
    yield heading("frequent")
    yield from _frequent(tally, words, len(charts) > 2)
    yield heading("missing")
    total = len(tally.standings)
    missing = tally.missing.most_common()
    yield table(
        [words("terms.field.element"), words("docx.summary.count"), words("docx.summary.share")],
        [[words.term("element", e), n, f"{n / total:.1%}"] for e, n in missing],
        [_NAME * 2, 1400, 1400],
    )
    yield heading("kinds")
    yield table(
        [words("terms.field.kind"), words("docx.summary.count"), *(words.term("score", s) for s in _SCORES)],
        [
            [words.term("kind", kind), len(group), *(mean(getattr(s, score) for s in group) for score in _SCORES)]
            for kind, group in tally.kinds()[:30]
        ],
        [2600, 1000, *[1300] * 4],
    )
    yield heading("ranking")
    yield from _ranking(tally, words)
    if unannotated:
        yield heading("unannotated")
        rows = unannotated[:_FIRST]
        yield table([words("terms.field.source"), words("docx.summary.reason")], rows, [_NAME * 2, 2800])
        if len(unannotated) > len(rows):
            yield line(words("docx.summary.unannotated_cut", count=len(unannotated) - len(rows)))
    rubrics = words("docx.list_comma").join(sorted(tally.rubrics)[:5])
    yield line(words("docx.summary.note", rubrics=rubrics), "Note")


def _opening(standings: Sequence[Standing], words: Words) -> str:
    years = years_of(standings)
    shown = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
    errors, warnings, infos = (sum(getattr(s, name) for s in standings) for name in ("errors", "warnings", "infos"))
    return words(
        "docx.summary.opening",
        agencies=agencies_of(standings),
        reports=len(standings),
        years=words("docx.summary.years", years=shown) if years else words("terms.unknown"),
        mean=mean(s.overall for s in standings),
        median=middle(s.overall for s in standings),
        findings=errors + warnings + infos,
        errors=errors,
        warnings=warnings,
        infos=infos,
        clean=sum(not s.errors and not s.warnings for s in standings),
    )


def _frequent(tally: Tally, words: Words, charted: bool) -> Iterator[str]:
    frequent = tally.frequent()
    if not frequent:
        return
    code, count = frequent[0]
    yield line(words("docx.summary.frequent_text", title=one_line(words.rule_title(code), 60), reports=count.reports))
    if charted:
        yield chart(3, words("docx.summary.frequent"), height_mm=100)
    fields = [words(f"terms.field.{f}") for f in ("code", "finding", "severity")]
    yield table(
        [*fields, words("docx.summary.count"), words("docx.summary.times")],
        [
            [one_line(c, 20), one_line(words.rule_title(c), 60), words.term("severity", n.severity), n.reports, n.times]
            for c, n in frequent[:_LISTED]
        ],
        [1100, 4344, 1200, 1100, 1100],
    )


def _ranking(tally: Tally, words: Words) -> Iterator[str]:
    ranked, ranks = tally.ranked(), tally.ranks()
    if len(ranked) > _FIRST + _LAST:
        yield line(words("docx.summary.ranking_cut", first=_FIRST, last=_LAST))
        ranked = ranked[:_FIRST] + ranked[-_LAST:]
    header = [words("docx.summary.rank"), *(words(f"terms.field.{f}") for f in ("agency", "year"))]
    header += [*(words.term("score", s) for s in _SCORES), words("terms.field.grade")]
    widths = [640, 3104, 700, 800, 800, 800, 800, 1200]
    compared = any(tally.year_before(s) is not None for s in ranked)
    if compared:
        header.append(words("docx.summary.year_before"))
        widths = [640, 2704, 700, 800, 800, 800, 800, 900, 700]
    rows = []
    for s in ranked:
        agency = s.agency or words("terms.unknown_agency")
        scores = [s.overall, s.completeness, s.consistency, s.boilerplate]
        before = [tally.year_before(s)] if compared else []
        rows.append([ranks[s.number], agency, s.year, *scores, tally.grade_titles[s.grade], *before])
    yield table(header, rows, widths)
