"""`govnlp profile`: what is common in a corpus of reports, for scoring others against it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.options import ModelOption, RubricOption
from govnlp.cli.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govnlp.boilerplate.profile import ProfileBuilder

PROFILE = ".npz"


def register(app: typer.Typer) -> None:
    app.command(
        "profile",
        help=t(
            "由一批报告生成语料画像，供 govnlp score --profile 使用；分批生成的可以合并",
            "Build a corpus profile for `govnlp score --profile`; profiles of parts add up",
        ),
    )(profile)


def profile(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORTS...",
            help=t(
                "报告、评分结果目录，或要合并的画像",
                "Reports (files, folders, patterns), folders of scorecards, or profiles (.npz) to add up",
            ),
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("画像文件（.npz）", "File of the profile (.npz)"))],
    names: Annotated[
        bool,
        typer.Option(
            "--names/--no-names",
            help=t(
                "保留名称，以便比对",
                "Keep each report's name and fingerprint, so that copies of it are found later",
            ),
        ),
    ] = True,
    capacity: Annotated[
        int | None,
        typer.Option("--capacity", min=1000, help=t("最多保留的短语数", "Phrases to keep at the most")),
    ] = None,
    rubric: RubricOption = "national-2021",
    model: ModelOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help=t("进程数（默认自动）", "Processes (default: as many as pay)")),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=t("覆盖已有的画像", "Replace a profile that is there already"))
    ] = False,
) -> None:
    """Exit status 1 where some reports could not be read, 2 where none could or nothing was given."""
    from govnlp.boilerplate.profile import (
        GRAMS,
        ProfileBuilder,
        counted_twice,
        load_profile,
        merge,
        without_fingerprints,
    )
    from govnlp.boilerplate.storage import write_profile
    from govnlp.errors import OutputError

    if out.exists() and not overwrite:
        raise OutputError("is there already", source=str(out), advice="give another --out, or --overwrite")
    profiles = [load_profile(p) for p in paths if Path(p).suffix == PROFILE]
    builder = ProfileBuilder(grams=capacity or GRAMS, keep_fingerprints=names)
    reports = [p for p in paths if Path(p).suffix != PROFILE]
    failed = _add_reports(builder, reports, model, rubric, jobs) if reports else 0
    parts = (builder.build(), *profiles)
    whole = merge(*parts)
    if again := counted_twice(*parts):
        typer.secho(
            t(
                f"注意：有 {again} 份报告重复计入（同一报告在多个来源中）；请去掉重复的画像或报告后重做。",
                f"Note: {again} reports are counted again, being in several of the sources; leave out what overlaps, and run it again.",
            ),
            err=True,
        )
    whole = whole if names else without_fingerprints(whole)
    if not whole.n_reports:
        typer.secho(t("没有可用的报告。", "No report could be used."), err=True)
        raise typer.Exit(2)
    write_profile(whole, out)
    size = out.stat().st_size / 1e6
    typer.echo(
        t(
            f"{out}：{whole.n_reports} 份报告，{len(whole.grams.hashes)} 个短语，{len(whole.sentences.hashes)} 个句子，{size:.1f} MB",
            f"{out}: {whole.n_reports} reports, {len(whole.grams.hashes)} phrases, {len(whole.sentences.hashes)} sentences, {size:.1f} MB",
        )
    )
    raise typer.Exit(1 if failed else 0)


def _add_reports(
    builder: ProfileBuilder, paths: Sequence[str], model: Path | None, rubric: str, jobs: int | None
) -> int:
    """Score the reports and add each; tells of those that cannot be read, and returns how many they are."""
    from govnlp.batch import Failure, score_many
    from govnlp.cards import read_cards
    from govnlp.inputs import find_earlier
    from govnlp.pipeline import load

    found = find_earlier(paths)
    scorer = load(model, rubric=rubric)
    failed = 0
    for cards in (p for p in found if p.suffix == ".jsonl"):
        for card in read_cards(cards):
            builder.add(card.report, {"completeness": card.scores.completeness, "boilerplate": card.scores.boilerplate})
    for result in score_many([p for p in found if p.suffix != ".jsonl"], scorer, jobs=jobs):
        if isinstance(result, Failure):
            typer.secho(f"{result.source}: {result.message}", err=True)
            failed += 1
            continue
        scores = result.scores
        builder.add(result.report, {"completeness": scores.completeness, "boilerplate": scores.boilerplate})
    return failed
