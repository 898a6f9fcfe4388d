"""Where the labelled corpus stands: `reports/*.src` and `splits.json` in one folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.markup import parse
from govnlp.errors import CorpusError

SUFFIX = ".src"
REPORTS = "reports"
SPLITS = "splits.json"


def source_files(given: Path | Iterable[Path]) -> list[Path]:
    """The `.src` files of a corpus folder, of a folder of reports, or of a list of files and folders, sorted by path."""
    paths = [given] if isinstance(given, Path) else list(given)
    out: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inner = path / REPORTS
            out.update((inner if inner.is_dir() else path).glob(f"*{SUFFIX}"))
        else:
            out.add(path)
    return sorted(out)


def read_source(path: Path) -> str:
    """The text of a `.src` file; CorpusError where there is none or it is no UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"no UTF-8: {error.reason} at byte {error.start}", source=str(path), advice="save it as UTF-8"
        ) from error
    except OSError as error:
        raise CorpusError(
            f"cannot be read: {error.strerror or error}", source=str(path), advice="check the path"
        ) from error


def load_report(path: Path) -> LabelledReport:
    """One labelled report; CorpusError names file and line of the first mistake."""
    return parse(read_source(path), name=str(path))


def load_corpus(given: Path | Iterable[Path]) -> list[LabelledReport]:
    """All reports of `source_files`, in their order; CorpusError at the first that is malformed."""
    return [load_report(path) for path in source_files(given)]
