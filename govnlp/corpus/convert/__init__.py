"""The corpus in and out of the tools that annotators use. A format stands in one file of this package as `CONVERTER`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache

from govnlp.corpus.convert.base import Converter
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError

__all__ = ["Converter", "converters", "export_reports", "import_reports", "tool_files"]


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


def import_reports(files: Mapping[str, bytes], name: str) -> list[LabelledReport]:
    """The reports of files in format `name`, by file name; CorpusError names the file, and what in it breaks the corpus's rules.

    A claim that an annotator marked without attributes gets those that its text tells.
    """
    return _converter(name).load(files)


def tool_files(name: str, codes: Iterable[str] = ()) -> dict[str, bytes]:
    """The files that set a tool up for format `name` (a labelling configuration), offering the finding codes `codes`; {} for most formats."""
    return _converter(name).extra(tuple(codes))
