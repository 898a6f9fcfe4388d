"""`govnlp promote`: put a new model in the old one's place, only if no layer gets worse beyond noise."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import t


def register(app: typer.Typer) -> None:
    app.command("promote", help=t("新模型各层不劣于旧模型时才替换", "Replace a model, only if no layer gets worse"))(
        promote
    )


def promote(
    new: Annotated[Path | None, typer.Argument(help=t("新模型目录", "Folder of the new model"))] = None,
    target: Annotated[
        Path | None,
        typer.Option("--to", help=t("要替换的模型目录（默认自带的）", "Model to replace (default: the one shipped)")),
    ] = None,
    corpus: Annotated[
        list[str] | None,
        typer.Option("--corpus", help=t("用此语料的测试部分比较", "Corpus whose held-out part is used")),
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help=t("恢复上一个模型", "Bring the replaced model back"))
    ] = False,
) -> None:
    """Prints the comparison either way. Exit status 1: the new model is worse in a layer and was not taken."""
    from govnlp.errors import ConfigError
    from govnlp.pipeline import default_model
    from govnlp.training.measure import as_table
    from govnlp.training.promotion import promote as put
    from govnlp.training.promotion import restore as bring_back

    place = target or default_model() or Path("models") / "govnlp-zh"
    if restore:
        bring_back(place)
        typer.echo(t(f"已恢复 {place}", f"restored {place}"))
        return
    if new is None:
        raise ConfigError("no new model", advice="name its folder, or give --restore")
    result = put(new, place, corpus or ())
    typer.echo(as_table(result.comparison))
    if not result.done:
        typer.echo(t("有一层变差，未替换", "a layer got worse: not replaced"), err=True)
        raise typer.Exit(1)
    typer.echo(t(f"已替换 {place}", f"replaced {place}"))
    if result.kept:
        undo = shlex.join(["govnlp", "promote", "--restore", *(["--to", str(target)] if target else [])])
        typer.echo(t(f"恢复：{undo}", f"undo: {undo}"))
