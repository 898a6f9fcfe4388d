"""`govnlp export`: scorecards into pages, workbooks, documents or tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.options import DEFAULT_LANG, LangOption
from govnlp.cli.words import t
from govnlp.exports import all_exports
from govnlp.schema import Lang

ExportChoice = StrEnum("ExportChoice", {e.name: e.name for e in all_exports()})  # type: ignore[misc]
"""The kinds that were found; a new export needs no change here."""


def register(app: typer.Typer) -> None:
    app.command(
        "export", help=t("把评分卡导出为网页、表格、公文或数据", "Scorecards as pages, workbooks, documents or data")
    )(export)


def export(
    scores: Annotated[Path, typer.Argument(help=t("govnlp score 的结果目录", "Folder that `govnlp score` wrote"))],
    to: Annotated[
        list[ExportChoice],
        typer.Option("--to", help=t("导出格式，可重复", "What to write; may be given several times")),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("导出目录", "Folder for the files"))] = Path("export"),
    lang: LangOption = DEFAULT_LANG,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help=t("上一年度的评分结果目录", "Folder with the scorecards of the year before")),
    ] = None,
) -> None:
    """Exit status 0 when everything was written, 2 where nothing could be done."""
    run_exports([choice.value for choice in to], scores, out, lang=lang.value, previous=previous)


def run_exports(kinds: list[str], scores: Path, out: Path, *, lang: Lang, previous: Path | None = None) -> None:
    """Write each kind once and say where it is."""
    from govnlp.exports import export_of, export_scores

    wanted = list(dict.fromkeys(kinds))
    for kind in wanted:
        export_of(kind)  # a missing package is told before any work is done
    for kind in wanted:
        files = export_scores(kind, scores, out, lang=lang, previous=previous)
        if files:
            more = t(f"（共 {len(files)} 个文件）", f" ({len(files)} files)", lang) if len(files) > 1 else ""
            typer.echo(f"{kind}: {files[0]}{more}")
