"""spaCy's DocBin: one Doc a report, a token a character, a span group a layer; attributes in `user_data` as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from govnlp.corpus.convert.base import LAYERS, Converter, Loaded, Mark, Record, load_one, to_record
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

FILE: Final = "reports.spacy"
KEY: Final = "govnlp.record"
GROUPS: Final = {layer: f"{layer}s" for layer in LAYERS}
"""Layer to span group, as the pipeline's components name theirs."""


def to_doc(labelled: LabelledReport, vocab: Vocab) -> Doc:
    """The report as a Doc whose tokens are its characters, with `doc.spans` for every layer."""
    from spacy.tokens import Doc, Span

    record = to_record(labelled)
    doc = Doc(vocab, words=list(record.text), spaces=[False] * len(record.text))
    for layer, group in GROUPS.items():
        doc.spans[group] = [
            Span(doc, m.start, m.end, label=m.label, span_id=m.id) for m in record.marks if m.layer == layer
        ]
    attributes = {m.id: m.attributes for m in record.marks if m.layer == "claim"}
    doc.user_data[KEY] = json.dumps(
        {"meta": record.meta, "claims": attributes, "parts": record.parts}, ensure_ascii=False
    )
    return doc


def _record(doc: Doc) -> Record:
    """What a Doc that `to_doc` made holds, with the spans that it has now."""
    if KEY not in doc.user_data:
        raise CorpusError("the Doc has no user data of govnlp", advice="keep store_user_data=True in DocBin")
    beside: dict[str, Any] = json.loads(doc.user_data[KEY])
    marks = tuple(
        Mark(
            layer,
            span.start,
            span.end,
            span.label_,
            span.id_,
            beside["claims"].get(span.id_, {}) if layer == "claim" else {},
        )
        for layer, group in GROUPS.items()
        if group in doc.spans
        for span in doc.spans[group]
    )
    return Record(doc.text, marks, tuple((part, whole) for part, whole in beside["parts"]), beside["meta"])


def dump(reports: Sequence[LabelledReport]) -> dict[str, bytes]:
    """All reports in one DocBin."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    return {FILE: DocBin(docs=[to_doc(report, vocab) for report in reports], store_user_data=True).to_bytes()}


def load(files: Mapping[str, bytes]) -> Iterator[Loaded]:
    """The reports of all DocBins."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    for file, content in sorted(files.items()):
        try:
            docs = list(DocBin().from_bytes(content).get_docs(Vocab()))
        except Exception as error:  # whatever zlib, msgpack or spaCy say of bytes that are no DocBin
            what = " ".join(str(error).split())
            yield CorpusError(f"no DocBin: {what}", source=file, advice="give the file that was exported")
            continue
        for n, doc in enumerate(docs, 1):
            yield load_one(partial(_record, doc), f"{file}[{n}]")


CONVERTER = Converter("docbin", dump, load)
