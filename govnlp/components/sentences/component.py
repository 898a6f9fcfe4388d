"""The spaCy component that splits the narrative into sentences and labels each."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from govnlp.components.sentences.label import label_sentences
from govnlp.components.sentences.split import split_sentences
from govnlp.components.tokens import set_spans, text_of


@Language.factory("govnlp_sentences", requires=["doc.spans"], assigns=["doc.spans"])
def create_sentences(nlp: Language, name: str) -> SentenceLabeller:
    """Make the component; it reads sections and claims and writes `doc.spans["sentences"]`."""
    return SentenceLabeller(name)


class SentenceLabeller:
    """Writes `doc.spans["sentences"]` (labels: sentence labels) and `doc.user_data["sentences"]` (`document.Sentence`)."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        text, sections = text_of(doc), doc.user_data["sections"]
        spans = split_sentences(text, sections)
        sentences = label_sentences(text, spans, sections, doc.user_data.get("claims", ()))
        doc.user_data["sentences"] = sentences
        set_spans(doc, "sentences", [(s.start, s.end, s.label) for s in sentences])
        return doc
