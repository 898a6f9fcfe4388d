"""`govnlp train`: corpora of labelled reports in, a model out, measured against the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import t


def register(app: typer.Typer) -> None:
    app.command("train", help=t("用标注语料训练模型，并与旧模型比较", "Train a model and compare it with the old one"))(
        train
    )


def train(
    corpora: Annotated[
        list[str], typer.Argument(help=t("标注语料（含 *.src 的目录或文件）", "Corpora: folders with *.src, or files"))
    ],
    out: Annotated[Path, typer.Option("--out", help=t("新模型的目录", "Folder for the new model"))],
    start: Annotated[
        Path | None,
        typer.Option("--from", help=t("从此模型继续训练（默认从头）", "Go on from this model (default: afresh)")),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            "--encoder",
            help=t(
                "编码器：cnn（默认）、目录或 Hugging Face 名称",
                "Encoder: cnn (default), a pretrained folder or a Hugging Face name",
            ),
        ),
    ] = None,
    stages: Annotated[
        str | None,
        typer.Option("--stages", help=t("只训练这些环节（逗号分隔）", "Train only these stages (commas between)")),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=t("随机种子", "Seed"))] = 1,
    passes: Annotated[
        int,
        typer.Option(
            "--passes",
            min=0,
            help=t(
                "最多训练几遍；0：只拟合评级",
                "Passes at most; 0: train no stage, fit the ratings again",
            ),
        ),
    ] = 20,
    rate: Annotated[float, typer.Option("--rate", help=t("学习率", "Learning rate"))] = 0.001,
    variants: Annotated[
        int, typer.Option("--variants", min=0, help=t("每份报告的变体数", "Variants of each report"))
    ] = 1,
    gold: Annotated[
        str | None,
        typer.Option("--gold", help=t("另用此目录的一半选择环节", "Gold folder: half of it helps choose stages")),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help=t("不与规则比较，全部用训练的", "Keep every trained stage"))
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help=t("从中断处继续", "Go on from a broken run"))] = False,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            help=t(
                "模型名称（默认 govnlp-zh；有 --from 时沿用）",
                "The model's name (default: govnlp-zh, or that of --from)",
            ),
        ),
    ] = None,
    version: Annotated[
        str | None,
        typer.Option(
            "--model-version",
            help=t(
                "模型版本（默认 1.0.0；有 --from 时末位加一）",
                "The model's version (default: 1.0.0, or that of --from raised by one)",
            ),
        ),
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", help=t("模型的许可证，写入模型说明", "The model's licence, told in its card"))
    ] = "",
    notes: Annotated[
        Path | None,
        typer.Option("--notes", help=t("并入模型说明的 Markdown 文件", "Markdown file to take into the model's card")),
    ] = None,
) -> None:
    """Writes OUT with config, weights, scores.json and README.md; what is needed to resume lies in OUT.work until it is done."""
    from govnlp.training.build import encoder_config
    from govnlp.training.measure import as_table
    from govnlp.training.plan import Plan
    from govnlp.training.run import run_training
    from govnlp.training.trainer import Recipe

    plan = Plan(
        tuple(corpora),
        out,
        start,
        None if stages is None else tuple(s.strip() for s in stages.split(",") if s.strip()),
        None if encoder is None else encoder_config(encoder),
        Recipe(seed=seed, passes=passes, rate=rate),
        variants,
        gold,
        not keep_all,
        name,
        version,
        licence,
        _text(notes) if notes else "",
    )
    try:
        outcome = run_training(plan, resume=resume, echo=typer.echo)
    except KeyboardInterrupt:
        typer.secho(
            t(
                "已中断；加 --resume 可从训练完的最后一遍接着运行。",
                "Interrupted; --resume goes on from the last pass that was finished.",
            ),
            err=True,
        )
        raise typer.Exit(130) from None
    typer.echo(as_table(outcome.comparison))
    typer.echo(
        t(f"模型已写入 {out}；替换现用模型：govnlp promote {out}", f"wrote {out}; to use it: govnlp promote {out}")
    )


def _text(path: Path) -> str:
    from govnlp.errors import ConfigError

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the notes cannot be read: {error}", source=str(path), advice="give a UTF-8 text") from error
