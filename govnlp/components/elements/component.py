"""The spaCy component that finds the elements of disclosure."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from govnlp.components.elements.find import find_elements
from govnlp.components.tokens import set_spans, text_of


@Language.factory("govnlp_elements", requires=["doc.spans"], assigns=["doc.spans"])
def create_elements(nlp: Language, name: str) -> ElementFinder:
    """Make the component; it reads sections, claims and sentences and writes `doc.spans["elements"]`."""
    return ElementFinder(name)


class ElementFinder:
    """Writes `doc.spans["elements"]` (the evidence, labels: element ids) and `doc.user_data["elements"]` (`document.Element`)."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        data = doc.user_data
        elements = find_elements(text_of(doc), data["sections"], data["sentences"], data.get("claims", ()))
        data["elements"] = elements
        set_spans(doc, "elements", [(start, end, e.id) for e in elements for start, end in e.evidence])
        return doc
