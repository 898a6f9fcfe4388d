"""Newly labelled reports into the corpus: checked, compared with what is there, and put into a split."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from govnlp.corpus.check import Problem, check_file, check_together, key_line
from govnlp.corpus.files import REPORTS, SPLITS, SUFFIX, load_report, read_source, source_files
from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.similar import Near, Neighbours
from govnlp.corpus.splits import family_of, frozen, read_splits, write_splits


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the files: ids taken in with their splits, problems of those refused, and near-duplicates of all that were read.

    A near-duplicate of the same family is told and taken in; one of another family is refused.
    """

    accepted: dict[str, str]
    refused: tuple[Problem, ...]
    near: tuple[Near, ...]


def add_reports(files: Iterable[Path], corpus: Path, *, codes: Collection[str] = (), write: bool = True) -> Added:
    """Take labelled files into the corpus folder `corpus`.

    All of them or, of those that are malformed, near another family's report, or already there, none. Nothing is overwritten.
    `codes`: the finding codes that are known (empty: any). `write` false: only tell. CorpusError where the corpus itself is malformed.
    """
    there = [(load_report(path), read_source(path)) for path in (source_files(corpus) if corpus.is_dir() else ())]
    neighbours = Neighbours(report for report, _ in there)
    families = {report.id: family_of(report) for report, _ in there}
    new: list[tuple[LabelledReport, str]] = []
    refused: list[Problem] = []
    near: list[Near] = []
    for path in sorted(files):
        labelled, text, problems = check_file(path, codes=codes)
        if labelled and labelled.id in families:
            problems.append(
                Problem(str(path), key_line(text, "id"), f"the corpus has a report {labelled.id}; give it another id")
            )
        elif labelled:
            found = neighbours.near(labelled)
            near += found
            problems += _foreign(labelled, text, found, families)
        if labelled and not problems:
            new.append((labelled, text))
            neighbours.add(labelled)
            families[labelled.id] = family_of(labelled)
        refused += problems
    # reports of one family point to each other: what stays out may leave others without their relative
    while True:
        names = {labelled.report.source.name for labelled, _ in new}
        problems = [p for p in check_together([*there, *new]) if p.file in names]
        if not problems:
            break
        refused += problems
        bad = {p.file for p in problems}
        new = [(labelled, text) for labelled, text in new if labelled.report.source.name not in bad]
    fixed = read_splits(corpus / SPLITS)
    splits = frozen((labelled for labelled, _ in (*there, *new)), fixed)
    if write and new:
        (corpus / REPORTS).mkdir(parents=True, exist_ok=True)
        for labelled, text in new:
            (corpus / REPORTS / f"{labelled.id}{SUFFIX}").write_text(text, "utf-8")
        write_splits(corpus / SPLITS, splits)
    accepted = {labelled.id: splits[family_of(labelled)] for labelled, _ in new}
    return Added(accepted, tuple(sorted(set(refused))), tuple(near))


def _foreign(labelled: LabelledReport, text: str, found: Iterable[Near], families: dict[str, str]) -> list[Problem]:
    """Near-duplicates of other families: they would put the same words on two sides of a split."""
    file, line = labelled.report.source.name, key_line(text, "family")
    return [
        Problem(
            file,
            line,
            f"{n.share:.0%} of its narrative stands in {n.other}; give it that report's family ({families[n.other]})",
        )
        for n in found
        if families[n.other] != family_of(labelled)
    ]
