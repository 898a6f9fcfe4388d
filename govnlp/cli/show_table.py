"""The table of results that `govnlp score` ends with; it fits 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.cli.words import t
from govnlp.document import Scorecard
from govnlp.errors import file_name
from govnlp.schema import Lang

if TYPE_CHECKING:
    from govnlp.batch import Failure

MAX_ROWS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """What the table needs of a scorecard; keeping only this keeps a large batch small."""

    file: str
    agency: str
    year: int | None
    completeness: float
    consistency: float
    boilerplate: float | None
    overall: float
    grade: str
    errors: int
    warnings: int

    @classmethod
    def of(cls, card: Scorecard) -> Row:
        count = Counter(f.severity for f in card.findings)
        s, r = card.scores, card.report
        return cls(
            Path(r.source.name).name,
            r.agency or "?",
            r.year,
            s.completeness,
            s.consistency,
            s.boilerplate,
            s.overall,
            s.grade,
            count["error"],
            count["warning"],
        )


def print_results(rows: Sequence[Row], failures: Sequence[Failure], lang: Lang, *, skipped: int = 0) -> None:
    """All rows, or the lowest of a long batch, then the failures and the totals."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    shown = sorted(rows, key=lambda r: r.overall)[:MAX_ROWS] if len(rows) > MAX_ROWS else list(rows)
    if shown:
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
        table.add_column(t("文件", "file", lang), no_wrap=True)
        table.add_column(t("机关", "agency", lang), overflow="ellipsis", no_wrap=True, max_width=20)
        for zh, en in (
            ("年度", "year"),
            ("完整", "compl"),
            ("一致", "consi"),
            ("模板", "boile"),
            ("总分", "total"),
            ("等级", ""),
        ):
            table.add_column(t(zh, en, lang), justify="right", no_wrap=True)
        table.add_column(t("错/警", "e/w", lang), justify="right", no_wrap=True)
        for r in shown:
            table.add_row(
                escape(shortened(r.file, 22 + max(0, console.width - 80))),
                escape(r.agency),
                str(r.year or "?"),
                f"{r.completeness:.0f}",
                f"{r.consistency:.0f}",
                "-" if r.boilerplate is None else f"{r.boilerplate:.0f}",
                f"{r.overall:.1f}",
                r.grade,
                f"{r.errors}/{r.warnings}",
            )
        console.print(table)
    if len(rows) > len(shown):
        console.print(t(f"（只列出总分最低的 {len(shown)} 份）", f"(the {len(shown)} lowest only)", lang))
    for failure in failures[:MAX_ROWS]:
        console.print(
            f"[red]{escape(Path(file_name(failure.source)).name)}[/red]: {escape(failure.message)}", soft_wrap=True
        )
    if rows:
        grades = Counter(r.grade for r in rows)
        mean = sum(r.overall for r in rows) / len(rows)
        spread = "  ".join(f"{g} {n}" for g, n in sorted(grades.items()))
        console.print(t(f"平均总分 {mean:.1f}；等级 {spread}", f"mean {mean:.1f}; grades {spread}", lang))
    if skipped:
        console.print(t(f"略过其他类型文件 {skipped} 个", f"skipped {skipped} files of other kinds", lang))


def shortened(name: str, width: int) -> str:
    """A name in at most `width` columns of a terminal; what differs in file names stands at both ends: it is cut in the middle."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(name) <= width:
        return name
    tail = 2 * width // 5
    end = name[-tail:]
    while cell_len(end) > tail:
        end = end[1:]
    return set_cell_size(name, width - 1 - cell_len(end)).rstrip() + "…" + end
