"""`govnlp pretrain`: a character encoder of our own from the texts of reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import t


def register(app: typer.Typer) -> None:
    app.command("pretrain", help=t("用报告文本预训练字符编码器", "Pre-train a character encoder on reports"))(pretrain)


def pretrain(
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS...",
            help=t("标注语料目录，或未标注的报告", "Labelled corpora (training part) or unlabelled reports"),
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("编码器目录", "Folder for the encoder"))],
    steps: Annotated[int, typer.Option("--steps", min=1, help=t("训练步数", "Training steps"))] = 5000,
    batch: Annotated[int, typer.Option("--batch", min=1, help=t("每步窗口数", "Windows a step"))] = 16,
    width: Annotated[int, typer.Option("--width", help=t("向量宽度", "Width of the vectors"))] = 128,
    layers: Annotated[int, typer.Option("--layers", min=1, help=t("层数", "Layers"))] = 2,
    seed: Annotated[int, typer.Option("--seed", help=t("随机种子", "Seed"))] = 0,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help=t("最多训练多少分钟", "Stop after these minutes"))
    ] = None,
) -> None:
    """A folder that was begun with the same options is gone on with. Then: `govnlp train CORPUS... --encoder OUT`."""
    from govnlp.training.pretrain import Plan, Step, pretraining_texts
    from govnlp.training.pretrain import pretrain as run

    texts = pretraining_texts(corpus)
    characters = sum(map(len, texts))
    typer.echo(t(f"{len(texts)} 份报告，{characters} 字", f"{len(texts)} reports, {characters} characters"))

    def show(step: Step) -> None:
        typer.echo(f"{step.step:>6}/{step.steps}  loss {step.loss:.3f}  accuracy {step.accuracy:.3f}")

    heads = max(1, width // 32)
    plan = Plan(steps, batch, seed=seed, width=width, layers=layers, heads=heads, inner=4 * width, minutes=minutes)
    run(texts, out, plan, report=show)
    typer.echo(t(f"编码器写入 {out}", f"the encoder is in {out}"))
