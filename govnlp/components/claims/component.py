"""The spaCy component that finds the claims of a report."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from govnlp.components.claims.extract import extract_claims
from govnlp.components.tokens import set_spans, source_of
from govnlp.document import Section


@Language.factory("govnlp_claims", assigns=["doc.spans"])
def create_claims(nlp: Language, name: str) -> ClaimFinder:
    """Make the component; it uses the sections and the year where there are any, and writes `doc.spans["claims"]`."""
    return ClaimFinder(name)


class ClaimFinder:
    """Writes `doc.spans["claims"]` (labels: claim types) and `doc.user_data["claims"]` (`document.Claim` in text order, c1, c2…).

    Sections are read from `doc.user_data["sections"]`, else from `doc.spans["sections"]` (labels: section ids), else there are none;
    the report's year from `doc.user_data["year"]`.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        claims = extract_claims(source_of(doc).text, _sections_of(doc), doc.user_data.get("year"))
        doc.user_data["claims"] = claims
        set_spans(doc, "claims", [(c.start, c.end, c.type) for c in claims])
        return doc


def _sections_of(doc: Doc) -> tuple[Section, ...]:
    known = doc.user_data.get("sections")
    if known is not None:
        return tuple(known)
    if "sections" not in doc.spans:
        return ()
    return tuple(Section(span.label_, span.start, span.end) for span in doc.spans["sections"])
