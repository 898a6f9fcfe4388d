"""`govnlp score`: a folder of reports in, a scorecard for each out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.export import ExportChoice, run_exports
from govnlp.cli.options import (
    DEFAULT_LANG,
    EngineChoice,
    EngineOption,
    LangOption,
    ModelOption,
    ProfileOption,
    RubricOption,
)
from govnlp.cli.words import t

if TYPE_CHECKING:
    from govnlp.batch import Failure
    from govnlp.cli.show_table import Row
    from govnlp.schema import Lang


class FormatChoice(StrEnum):
    jsonl = "jsonl"
    json = "json"


def register(app: typer.Typer) -> None:
    app.command("score", help=t("给一批报告评分", "Score a batch of reports"))(score)


def score(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help=t("文件、文件夹或通配符", "Files, folders or glob patterns")),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("结果目录", "Folder for the results"))] = Path(
        "scorecards"
    ),
    rubric: RubricOption = "national-2021",
    lang: LangOption = DEFAULT_LANG,
    format: Annotated[
        FormatChoice,
        typer.Option(
            "--format",
            help=t("json：每份另存一个文件", "jsonl: one file; json: also a file for each report"),
        ),
    ] = FormatChoice.jsonl,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help=t("进程数（默认自动）", "Processes (default: as many as pay)")),
    ] = None,
    previous: Annotated[
        list[str] | None,
        typer.Option(
            "--previous",
            help=t(
                "往年报告或结果，可重复",
                "Reports of earlier years to compare with (a folder, files, or their results); may be repeated",
            ),
        ),
    ] = None,
    profile: ProfileOption = None,
    model: ModelOption = None,
    pdf_engine: EngineOption = EngineChoice.pdfium,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=t("覆盖目录中已有的结果", "Replace results that are there already"))
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=t("接着上次中断的运行", "Go on where an interrupted run stopped"))
    ] = False,
    export: Annotated[
        list[ExportChoice] | None,
        typer.Option("--export", help=t("评分后导出，可重复", "Also export into the same folder; may be repeated")),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=t("不显示进度和结果表", "No progress, no table"))
    ] = False,
) -> None:
    """Score reports; exit status 1 where some could not be scored."""
    from govnlp.batch import FAILURES, SCORECARDS, Failure, Store, score_many
    from govnlp.cli.progress import progress_over
    from govnlp.cli.show_table import Row, print_results
    from govnlp.exports import export_of
    from govnlp.inputs import find_earlier, find_inputs
    from govnlp.pipeline import load

    # wrong usage is told before any work is done
    kinds = [choice.value for choice in export or ()]
    for kind in kinds:
        export_of(kind)
    inputs = find_inputs(paths)
    earlier = find_earlier(previous or ())
    scorer = load(model, rubric=rubric, lang=lang.value, pdf_engine=pdf_engine.value, profile=profile)
    if not inputs.files:
        typer.secho(
            t(
                "没有找到可评分的报告（支持 txt、html、docx、pdf）。",
                "No reports found (txt, html, docx and pdf are read).",
            ),
            err=True,
        )
        raise typer.Exit(2)
    rows: list[Row] = []
    failures: list[Failure] = []
    n_files = len(inputs.files) + len(earlier)
    try:
        with Store(out, overwrite=overwrite) as store, progress_over(n_files, quiet=quiet) as step:
            results = score_many(
                inputs.files,
                scorer,
                jobs=jobs,
                on_analysed=step,
                on_anew=lambda: _tell_anew(lang.value),
                previous=earlier,
                spool=out / "analysed",
                resume=resume,
            )
            for result in results:
                store.add(result)
                if isinstance(result, Failure):
                    failures.append(result)
                    continue
                rows.append(Row.of(result))
                if format is FormatChoice.json:
                    _write_json(out, len(rows), result)
    except KeyboardInterrupt:
        typer.secho(t("已中断；加 --resume 可接着运行。", "Interrupted; --resume goes on from here."), err=True)
        raise typer.Exit(130) from None
    if not quiet:
        print_results(rows, failures, lang.value, skipped=inputs.skipped)
    note = t(
        f"评分卡：{out / SCORECARDS}（{store.summary.scored} 份）；失败：{out / FAILURES}（{store.summary.failed} 份）",
        f"Scorecards: {out / SCORECARDS} ({store.summary.scored}); failures: {out / FAILURES} ({store.summary.failed})",
        lang.value,
    )
    typer.echo(note)
    if store.summary.scored:
        run_exports(kinds, out, out, lang=lang.value)
    raise typer.Exit(1 if store.summary.failed else 0)


def _tell_anew(lang: Lang) -> None:
    text = t(
        "上次中断的运行用的是另一个模型、PDF 引擎或版本：所有报告重新分析。",
        "The interrupted run had another model, PDF engine or version: all reports are analysed anew.",
        lang,
    )
    typer.secho(text, err=True)


def _write_json(out: Path, number: int, card: object) -> None:
    """One indented file per report; its name is made of the count and the input's stem, and never leaves the folder."""
    import json
    import re

    from govnlp.cards import to_dict
    from govnlp.document import Scorecard

    assert isinstance(card, Scorecard)
    stem = re.sub(r"[^\w.-]+", "_", Path(card.report.source.name).stem)[:80]
    folder = out / "reports"
    folder.mkdir(exist_ok=True)
    (folder / f"{number:04d}-{stem}.json").write_text(
        json.dumps(to_dict(card), ensure_ascii=False, indent=1), encoding="utf-8"
    )
