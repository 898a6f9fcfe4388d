"""Which reports train a model, which tune it and which judge it: fixed, and never one family on two sides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError

SPLITS: Final = ("train", "dev", "test")
SHARES: Final = {"train": 70, "dev": 15, "test": 15}
"""Percent of the families that each split gets."""


def family_of(labelled: LabelledReport) -> str:
    """The family of a report: its own name where it belongs to none."""
    return labelled.family or labelled.id


def _place(family: str) -> int:
    return int.from_bytes(hashlib.sha256(family.encode()).digest()[:8], "big")


def split_of(family: str, fixed: Mapping[str, str] | None = None) -> str:
    """The split of a family: as fixed, else by a hash of its name, which gives the same answer everywhere and always."""
    if fixed and family in fixed:
        return fixed[family]
    place = _place(family) % 100
    for split in SPLITS:
        place -= SHARES[split]
        if place < 0:
            return split
    return SPLITS[-1]


def splits_of(reports: Iterable[LabelledReport], fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Report id to split. CorpusError where a report is related to one of a family in another split."""
    reports = list(reports)
    out = {r.id: split_of(family_of(r), fixed) for r in reports}
    for report in reports:
        for other in (report.previous, report.copied_from):
            if other in out and out[other] != out[report.id]:
                raise CorpusError(
                    f"it is in {out[report.id]}, its relative {other} in {out[other]}",
                    source=report.report.source.name or report.id,
                    advice="give both the same family",
                )
    return out


def of_split(
    reports: Iterable[LabelledReport], split: str, fixed: Mapping[str, str] | None = None
) -> list[LabelledReport]:
    """The reports of one split, in their order."""
    reports = list(reports)
    known = splits_of(reports, fixed)
    return [r for r in reports if known[r.id] == split]


def read_splits(path: Path) -> dict[str, str]:
    """Family to split from a `splits.json`; {} where there is no file."""
    if not path.exists():
        return {}
    try:
        given = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise CorpusError(f"no JSON: {error}", source=str(path)) from error
    if not isinstance(given, dict):
        raise CorpusError("a family-to-split object is due", source=str(path))
    for family, split in given.items():
        if split not in SPLITS:
            raise CorpusError(
                f"family {family} has the unknown split {split!r}",
                source=str(path),
                advice=f"one of {', '.join(SPLITS)}",
            )
    return given


def frozen(reports: Iterable[LabelledReport], fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """`fixed` with every family of the reports in it, sorted: what `splits.json` is to hold."""
    out = dict(fixed or {})
    for report in reports:
        family = family_of(report)
        out[family] = split_of(family, fixed)
    return dict(sorted(out.items()))


def balanced(reports: Iterable[LabelledReport], fixed: Mapping[str, str] | None = None) -> dict[str, str]:
    """As `frozen`, for a corpus that has no splits yet: families that are not fixed are dealt out within each format and kind of agency.

    So that every split has its share of all of them, which a hash alone only gives a large corpus. The order within is the hash's.
    """
    out = dict(fixed or {})
    groups: dict[tuple[str, str], set[str]] = {}
    seen: set[str] = set()
    for report in sorted(reports, key=lambda r: r.id):
        family = family_of(report)
        if family not in seen:
            groups.setdefault((report.format, report.report.agency_kind), set()).add(family)
            seen.add(family)
    given = {split: sum(out.get(family) == split for family in seen) for split in SPLITS}
    for key in sorted(groups):
        for family in sorted(groups[key] - out.keys(), key=_place):
            # the split that is furthest behind its share gets the next family
            total = sum(given.values()) + 1
            split = max(SPLITS, key=lambda s: SHARES[s] * total / 100 - given[s])
            given[split] += 1
            out[family] = split
    return dict(sorted(out.items()))


def write_splits(path: Path, splits: Mapping[str, str]) -> None:
    """Write a `splits.json`, one family a line."""
    path.write_text(json.dumps(dict(sorted(splits.items())), ensure_ascii=False, indent=0) + "\n", "utf-8")
