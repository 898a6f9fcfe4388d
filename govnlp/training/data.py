"""Labelled corpora as training material: read, split by family, and turned into spaCy examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.components.flow import Flow
from govnlp.components.identity import identify
from govnlp.components.learned.component import CACHE_KEY, GOLD_KEY
from govnlp.components.learned.encoder import count_families
from govnlp.components.tokens import make_doc
from govnlp.corpus.files import load_report, source_files
from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.splits import family_of, read_splits, splits_of
from govnlp.document import Source
from govnlp.errors import CorpusError
from govnlp.pipeline import rules_pipeline, run_stages
from govnlp.readers import read_bytes
from govnlp.training.build import ENCODER

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

SPLITS_FILE = "splits.json"


@dataclass(frozen=True, slots=True)
class Material:
    """Labelled reports in three parts; the reports of one family (an agency's years, a copy and its source) stand in one part."""

    train: tuple[LabelledReport, ...]
    dev: tuple[LabelledReport, ...]
    test: tuple[LabelledReport, ...]


def read_material(paths: Sequence[str | Path]) -> Material:
    """The reports of corpus folders and single .src files, in the parts that `splits.json` (in a folder given, or the one above it)
    or else the hash of their family puts them.

    Raises `CorpusError` where a file is broken, where two reports have one id, or where there are none.
    """
    found: dict[str, LabelledReport] = {}
    fixed: dict[str, str] = {}
    for given in map(Path, paths):
        for place in (given, given.parent):
            fixed = {**read_splits(place / SPLITS_FILE), **fixed}
        for path in source_files(given):
            report = load_report(path)
            if report.id in found:
                raise CorpusError(
                    f"a second report has the id {report.id}", source=str(path), advice="give it an id of its own"
                )
            found[report.id] = report
    if not found:
        raise CorpusError(
            "no *.src reports here", source=", ".join(map(str, paths)), advice="give folders of labelled reports"
        )
    reports = [found[key] for key in sorted(found)]
    known = splits_of(reports, fixed)
    parts = {name: tuple(r for r in reports if known[r.id] == name) for name in ("train", "dev", "test")}
    return Material(parts["train"], parts["dev"], parts["test"])


def source_of_report(labelled: LabelledReport) -> Source:
    """The report's text as if it had been read from a .txt file."""
    return read_bytes(labelled.id + ".txt", labelled.text.encode("utf-8"))


def count_wording(nlp: Language, reports: Iterable[LabelledReport]) -> None:
    """Tell a fresh pipeline's encoder in how many families of the training reports each wording stands (`count_families`)."""
    found: dict[str, list[str]] = {}
    for labelled in reports:
        found.setdefault(family_of(labelled), []).append(Flow(source_of_report(labelled)).source.text)
    encoder: Any = nlp.get_pipe(ENCODER)
    count_families(encoder.model, found.values())


def make_examples(nlp: Language, reports: Iterable[LabelledReport]) -> list[Example]:
    """An example for each report: the predicted document annotated by the rules' stages (every task finds its candidates in
    what stands there), the reference holding the labelled report. What is computed is kept from one pass to the next."""
    from spacy.training import Example

    rules = rules_pipeline()
    out = []
    for labelled in reports:
        source = source_of_report(labelled)
        flow, year = Flow(source), identify(source, ()).year
        doc = make_doc(nlp, flow.source)
        doc.user_data.update(run_stages(rules, flow.source, year).user_data)
        doc.user_data[CACHE_KEY] = {}
        reference = nlp.make_doc(flow.source.text)
        reference.user_data[GOLD_KEY] = flow.labelled(labelled.report)
        out.append(Example(doc, reference))
    return out
