"""Labelled corpora as training material: read, split by family, and turned into spaCy examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from govnlp.components.learned.component import CACHE_KEY, GOLD_KEY
from govnlp.components.tokens import make_doc
from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.markup import parse
from govnlp.errors import CorpusError
from govnlp.pipeline import annotate, rules_pipeline
from govnlp.readers import read_bytes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

SplitName = Literal["train", "dev", "test"]
_SHARES: tuple[tuple[SplitName, float], ...] = (("train", 0.70), ("dev", 0.85), ("test", 1.0))
"""Where each split ends on the scale of the family's hash."""


@dataclass(frozen=True, slots=True)
class Split:
    """A corpus in three parts; the reports of one family (an agency's years, a copy and its source) stand in one part."""

    train: tuple[LabelledReport, ...]
    dev: tuple[LabelledReport, ...]
    test: tuple[LabelledReport, ...]


def split_of(report: LabelledReport) -> SplitName:
    """The part that a report belongs to: by a hash of its family, so that it never changes as a corpus grows."""
    digest = hashlib.sha256((report.family or report.id).encode()).digest()
    at = int.from_bytes(digest[:4], "big") / 2**32
    return next(name for name, end in _SHARES if at < end or name == "test")


def split_corpus(reports: Iterable[LabelledReport]) -> Split:
    parts: dict[SplitName, list[LabelledReport]] = {"train": [], "dev": [], "test": []}
    for report in reports:
        parts[split_of(report)].append(report)
    return Split(tuple(parts["train"]), tuple(parts["dev"]), tuple(parts["test"]))


def read_corpora(paths: Sequence[str | Path]) -> list[LabelledReport]:
    """The reports of corpus folders (searched for *.src) and single .src files, sorted by id.

    Raises `CorpusError` where a file is broken, where two reports have one id, or where there are none.
    """
    found: dict[str, LabelledReport] = {}
    for path in _files(paths):
        report = parse(path.read_text(encoding="utf-8-sig"), name=path.name)
        if report.id in found:
            raise CorpusError(
                f"a second report has the id {report.id}", source=str(path), advice="give it an id of its own"
            )
        found[report.id] = report
    if not found:
        raise CorpusError(
            "no *.src reports here", source=", ".join(map(str, paths)), advice="give folders of labelled reports"
        )
    return [found[key] for key in sorted(found)]


def _files(paths: Sequence[str | Path]) -> Iterator[Path]:
    for given in map(Path, paths):
        yield from sorted(given.rglob("*.src")) if given.is_dir() else [given]


def make_examples(nlp: Language, reports: Iterable[LabelledReport]) -> list[Example]:
    """An example for each report: the predicted document annotated by the rules' stages (every task finds its candidates in
    what stands there), the reference holding the labelled report. Both keep what is computed from one pass to the next."""
    from spacy.training import Example

    rules = rules_pipeline()
    out = []
    for labelled in reports:
        source = read_bytes(labelled.id + ".txt", labelled.text.encode("utf-8"))
        annotated = annotate(rules, source)[0]
        doc = make_doc(nlp, source)
        doc.user_data.update(annotated)
        doc.user_data[CACHE_KEY] = {}
        reference = nlp.make_doc(source.text)
        reference.user_data[GOLD_KEY] = labelled.report
        out.append(Example(doc, reference))
    return out
