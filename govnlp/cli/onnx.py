"""`govnlp onnx`: a model with a transformer encoder as one that scores without torch."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import t


class PrecisionChoice(StrEnum):
    int8 = "int8"
    fp32 = "fp32"


def register(app: typer.Typer) -> None:
    app.command(
        "onnx",
        help=t("把模型的编码器导出为 ONNX，评分时不需要 torch", "Export a model's encoder, to score without torch"),
    )(onnx)


def onnx(
    model: Annotated[
        Path, typer.Argument(help=t("用 --encoder 训练的模型目录", "Folder of a model trained with --encoder"))
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("导出模型的目录", "Folder for the exported model"))],
    precision: Annotated[
        PrecisionChoice,
        typer.Option(
            "--precision", help=t("int8 小而快，fp32 与原模型一致", "int8: small and quick; fp32: as trained")
        ),
    ] = PrecisionChoice.int8,
) -> None:
    """The exported model is used like any other (`govnlp score --model OUT`); training goes on from MODEL only."""
    from govnlp.training.graph import export_folder

    export_folder(model, out, precision.value)
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 1e6
    typer.echo(t(f"写入 {out}（{size:.1f} MB）", f"wrote {out} ({size:.1f} MB)"))
