"""The exports: one module per kind, found by discovery. `export_scores` reads scorecards from disk and writes one kind."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from govnlp.cards import read_cards
from govnlp.document import Scorecard
from govnlp.errors import ConfigError, MissingDependency, OutputError
from govnlp.exports.base import Cards, Export
from govnlp.exports.copies import CopyGraph, read_copies
from govnlp.schema import Lang

__all__ = ["Cards", "CopyGraph", "Export", "all_exports", "export_cards", "export_of", "export_scores"]


@cache
def all_exports() -> tuple[Export, ...]:
    """Every export of this package, sorted by name. A module that holds an `EXPORT` is one; its heavy imports wait inside `write`."""
    found = []
    for name in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        export = getattr(importlib.import_module(f"{__name__}.{name}"), "EXPORT", None)
        if export is None:
            continue
        if export.name != name:
            raise ValueError(f"{name} holds the export {export.name}")
        found.append(export)
    return tuple(found)


def export_of(name: str) -> Export:
    """The export of a name. Raises `errors.ConfigError`, and `errors.MissingDependency` where a package that it needs is not there."""
    for export in all_exports():
        if export.name == name:
            missing = [need for need in export.needs if importlib.util.find_spec(need) is None]
            if missing:
                raise MissingDependency(
                    f"the {name} export needs {', '.join(missing)}", advice="pip install 'govnlp[export]'"
                )
            return export
    raise ConfigError(f"no export {name!r}", advice=f"one of: {', '.join(e.name for e in all_exports())}")


def export_cards(
    name: str,
    cards: Callable[[], Iterable[Scorecard]],
    out: str | Path,
    *,
    lang: Lang = "zh",
    copies: CopyGraph | None = None,
    previous: Cards | None = None,
) -> list[Path]:
    """Write one kind of export into the folder `out`, made where it is missing. Returns the files, the one to open first ahead.

    Raises `errors.ConfigError`, `errors.MissingDependency`, `errors.OutputError`.
    """
    export = export_of(name)
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return export.write(cards, folder, lang=lang, copies=copies, previous=previous)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror or error}",
            source=str(error.filename or folder),
            advice="close the file where it is open, or choose another --out",
        ) from error


def export_scores(
    name: str, scores: str | Path, out: str | Path, *, lang: Lang = "zh", previous: str | Path | None = None
) -> list[Path]:
    """Export the scorecards of a folder of `govnlp score` (or of one scorecards.jsonl); `previous`: those of the year before.

    Raises `errors.ReadError` too.
    """
    source = Path(scores)
    folder = source if source.is_dir() else source.parent
    return export_cards(
        name,
        lambda: read_cards(source),
        out,
        lang=lang,
        copies=read_copies(folder),
        previous=None if previous is None else lambda: read_cards(previous),
    )
