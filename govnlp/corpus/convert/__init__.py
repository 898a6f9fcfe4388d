"""The corpus in and out of the tools that annotators use. A format stands in one file of this package as `CONVERTER`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from govnlp.corpus.convert.base import Converter
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError

__all__ = ["Converter", "Imported", "converters", "export_reports", "import_reports", "tool_files"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a tool's files hold: the labelled reports, why others cannot be read, and how many nobody has labelled."""

    reports: tuple[LabelledReport, ...]
    errors: tuple[CorpusError, ...] = ()
    skipped: int = 0


@cache
def converters() -> dict[str, Converter]:
    """Every format by name."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found = [m.CONVERTER for m in modules if hasattr(m, "CONVERTER")]
    return {c.name: c for c in sorted(found, key=lambda c: c.name)}


def _converter(name: str) -> Converter:
    known = converters()
    if name not in known:
        raise CorpusError(f"unknown format {name}", advice=f"one of {', '.join(known)}")
    return known[name]


def export_reports(reports: Iterable[LabelledReport], name: str) -> dict[str, bytes]:
    """The reports in format `name` (a key of `converters`): file name to content, ready to be written into one folder."""
    return _converter(name).dump(list(reports))


def import_reports(files: Mapping[str, bytes], name: str) -> Imported:
    """The reports of files (name to content) in format `name`; an error names the file, the report, and what in it breaks the
    corpus's rules. CorpusError for an unknown format.

    A claim that an annotator marked without attributes gets those that its text tells.
    """
    found = list(_converter(name).load(files))
    return Imported(
        tuple(f for f in found if isinstance(f, LabelledReport)),
        tuple(f for f in found if isinstance(f, CorpusError)),
        sum(f is None for f in found),
    )


def tool_files(name: str, codes: Iterable[str] = ()) -> dict[str, bytes]:
    """The files that set a tool up for format `name` (a labelling configuration), offering the finding codes `codes`; {} for most formats."""
    return _converter(name).extra(tuple(codes))
