"""A progress bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govnlp.cli.words import t


@contextmanager
def progress_over(total: int, *, quiet: bool = False) -> Iterator[Callable[[Path], None]]:
    """A function to call after each file; shows how many are done, which one, and what is left of the time."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda path: None
        return
    columns = (
        TextColumn(t("评分中", "scoring")),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total, name="")

        def step(path: Path) -> None:
            progress.update(task, advance=1, name=path.name[:24])

        yield step
