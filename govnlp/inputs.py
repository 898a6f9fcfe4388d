"""Which files a command line means: files, folders and glob patterns to a list without repeats, in order."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govnlp.errors import ReadError
from govnlp.readers import readers
from govnlp.store import SCORECARDS

FOREIGN = (".doc", ".wps", ".ofd", ".rtf", ".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".7z")
"""Kinds that offices send although no reader knows them: in a folder they are worth a line in failures.jsonl."""
IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")


@dataclass(frozen=True, slots=True)
class Inputs:
    """`files` to score, in order; `skipped` counts files in folders that are none of the kinds that reports come in."""

    files: tuple[Path, ...]
    skipped: int = 0


def find_inputs(given: Sequence[str]) -> Inputs:
    """Resolve what was given. A folder stands for the reports in it and below, sorted by path.

    Raises `errors.ReadError` for a path or pattern that stands for nothing.
    """
    known = {suffix for reader in readers() for suffix in reader.suffixes} | set(FOREIGN) | set(IMAGES)
    files: dict[Path, None] = {}
    skipped = 0
    for item in given:
        path = Path(item)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
            wanted = [p for p in inside if p.suffix.lower() in known]
            skipped += len(inside) - len(wanted)
            files.update(dict.fromkeys(wanted))
        elif path.exists():
            files[path] = None
        elif glob.has_magic(item):
            matches = sorted(Path(m) for m in glob.glob(item, recursive=True) if Path(m).is_file())
            if not matches:
                raise ReadError("no file matches", source=item, advice="check the pattern")
            files.update(dict.fromkeys(matches))
        else:
            raise ReadError("no such file or folder", source=item, advice="check the path")
    return Inputs(tuple(files), skipped)


def find_earlier(given: Sequence[str]) -> tuple[Path, ...]:
    """The reports of earlier years: files as `find_inputs` gives them, or a run's `scorecards.jsonl` for the folder that holds
    it. Raises `errors.ReadError`."""
    found: dict[Path, None] = {}
    for item in given:
        cards = Path(item) / SCORECARDS
        if cards.is_file():
            found[cards] = None
        else:
            found.update(dict.fromkeys(find_inputs([item]).files))
    return tuple(found)


def _hidden(relative: Path) -> bool:
    """Hidden files and folders, and the lock files that Word leaves beside an open document."""
    return any(part.startswith((".", "~$")) for part in relative.parts)
