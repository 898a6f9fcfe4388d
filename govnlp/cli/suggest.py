"""`govnlp suggest`: which unlabelled reports to label next, pre-labelled for Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.options import ModelOption
from govnlp.cli.words import t


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
                "已标注的语料，可重复（默认用自带的语料画像）",
                "Labelled so far; may be repeated (default: the corpus profile)",
            ),
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help=t("最多挑选多少份", "At most so many"))] = 20,
    model: ModelOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=t("不显示进度和排序表", "No progress, no table"))
    ] = False,
) -> None:
    """Ranks by how unsure the stages are and how unlike the corpus a report is; the ranking is written beside the tasks as .md."""
    from govnlp.boilerplate.profile import load_profile
    from govnlp.cli.progress import progress_over
    from govnlp.corpus.files import load_corpus
    from govnlp.errors import GovnlpError, OutputError
    from govnlp.inputs import find_inputs
    from govnlp.pipeline import load
    from govnlp.rules import all_rules
    from govnlp.training.suggest import known_profile, known_reports, ranking, tasks
    from govnlp.training.suggest import suggest as choose

    known = known_reports(r.report for r in load_corpus(corpus)) if corpus else known_profile(load_profile())
    scorer = load(model)
    files = find_inputs(reports).files
    read, failed = [], 0
    with progress_over(len(files), quiet=quiet) as step:
        for file in files:
            try:
                read.append(scorer.analyse(scorer.read(file)))
            except GovnlpError as error:
                failed += 1
                typer.echo(str(error), err=True)
            step(file)
    if not read:
        typer.echo(t("没有可读的报告。", "No report could be read."), err=True)
        raise typer.Exit(2)
    chosen = choose(read, known, top=top)
    table = ranking(chosen)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for name, data in tasks(chosen, scorer.model, [rule.code for rule in all_rules()]).items():
            (out if name.endswith(".json") else out.with_name(name)).write_bytes(data)
        out.with_suffix(".md").write_text(table, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", source=str(out), advice="choose another --out"
        ) from error
    if not quiet:
        typer.echo(table.partition("\n\n")[0])
    typer.echo(t(f"写出 {len(chosen)} 份任务到 {out}", f"wrote {len(chosen)} tasks to {out}"))
    raise typer.Exit(1 if failed else 0)
