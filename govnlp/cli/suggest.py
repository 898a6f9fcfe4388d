"""`govnlp suggest`: which unlabelled reports to label next, pre-labelled for Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.options import ModelOption
from govnlp.cli.words import cli_lang, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govnlp.document import Report
    from govnlp.training.suggest import Suggestion

TASKS = ".json"


def register(app: typer.Typer) -> None:
    app.command("suggest", help=t("挑选最值得标注的报告", "Which reports to label next"))(suggest)


def suggest(
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORTS...", help=t("未标注的报告", "Reports without labels"))
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help=t("Label Studio 任务文件（.json）", "File of tasks for Label Studio (.json)")),
    ],
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            "--corpus",
            help=t(
                "已标注的语料，可重复",
                "Labelled so far; may be repeated (default: the corpus profile)",
            ),
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help=t("最多挑选多少份", "At most so many"))] = 20,
    model: ModelOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=t("覆盖已有的任务文件", "Replace files that are there already"))
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=t("不显示进度和排序表", "No progress, no table"))
    ] = False,
) -> None:
    """Ranks by how unsure the stages are and how unlike the corpus a report is; the ranking is written beside the tasks as .md.

    Exit status 1 where some reports could not be read or pre-labelled, 2 where none could.
    """
    from govnlp.boilerplate.profile import load_profile
    from govnlp.cli.progress import progress_over
    from govnlp.corpus.convert import tool_files
    from govnlp.corpus.files import load_corpus
    from govnlp.errors import GovnlpError, OutputError
    from govnlp.inputs import find_inputs
    from govnlp.pipeline import load
    from govnlp.rules import all_rules
    from govnlp.training.suggest import FORMAT, carried, known_profile, known_reports, ranking, tasks
    from govnlp.training.suggest import suggest as choose

    if out.suffix.lower() != TASKS:
        raise OutputError("not a .json file", source=str(out), advice="give --out a name that ends in .json")
    beside = out.with_suffix(".md")
    for file in (out, beside, *(out.with_name(name) for name in tool_files(FORMAT))):
        if file.exists() and not overwrite:
            raise OutputError("is there already", source=str(file), advice="give another --out, or --overwrite")
    known = known_reports(r.report for r in load_corpus(corpus)) if corpus else known_profile(load_profile())
    scorer = load(model)
    files = find_inputs(reports).files
    read: list[Report] = []
    failed: list[GovnlpError] = []
    with progress_over(len(files), quiet=quiet) as step:
        for file in files:
            try:
                read.append(scorer.analyse(scorer.read(file)))
            except GovnlpError as error:
                failed.append(error)
            step(file)
    kept, left_out = carried(read)
    failed += left_out
    for told in failed:
        typer.echo(f"{told.source}: {told.told(cli_lang())}", err=True)
    if not kept:
        typer.echo(t("没有可用的报告。", "No report could be used."), err=True)
        raise typer.Exit(2)
    chosen = choose(kept, known, top=top)
    made = tasks(chosen, scorer, [rule.code for rule in all_rules()])
    out.parent.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (out if name.endswith(TASKS) else out.with_name(name)).write_bytes(data)
    beside.write_text(ranking(chosen), encoding="utf-8")
    if not quiet:
        _print(chosen)
    typer.echo(t(f"写出 {len(chosen)} 份任务到 {out}", f"wrote {len(chosen)} tasks to {out}"))
    raise typer.Exit(1 if failed else 0)


def _print(chosen: Sequence[Suggestion]) -> None:
    """The ranking within the terminal's width."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from govnlp.cli.show_table import shortened
    from govnlp.errors import file_name
    from govnlp.training.suggest import LAYERS

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("#", justify="right")
    table.add_column(t("文件", "file"), no_wrap=True)
    table.add_column(t("机关", "agency"), overflow="ellipsis", no_wrap=True, max_width=20)
    for zh, en in (
        ("年度", "year"),
        ("价值", "value"),
        ("新颖", "new"),
        ("章节", "sect"),
        ("句子", "sent"),
        ("陈述", "claim"),
    ):
        table.add_column(t(zh, en), justify="right", no_wrap=True)
    for n, s in enumerate(chosen, 1):
        doubt = [s.doubt[layer] for layer in LAYERS]
        table.add_row(
            str(n),
            escape(shortened(Path(file_name(s.report.source.name)).name, max(12, console.width - 58))),
            escape(s.report.agency or "?"),
            str(s.report.year or "?"),
            *("-" if value is None else f"{value:.2f}" for value in (s.value, s.novelty, *doubt)),
        )
    console.print(table)
