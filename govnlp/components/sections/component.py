"""The spaCy component that finds the sections of a report."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from govnlp.components.sections.segment import segment
from govnlp.components.tokens import set_spans, source_of, year_of


@Language.factory("govnlp_sections", assigns=["doc.spans"])
def create_sections(nlp: Language, name: str) -> SectionFinder:
    """Make the component; it needs nothing and writes `doc.spans["sections"]`."""
    return SectionFinder(name)


class SectionFinder:
    """Writes `doc.spans["sections"]` (labels: section ids) and `doc.user_data["sections"]` (`document.Section` in order), and the report's
    year as `doc.user_data["year"]` unless it is there."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        source = source_of(doc)
        sections = segment(source.text, source.grids)
        doc.user_data["sections"], doc.user_data["year"] = sections, year_of(doc)
        set_spans(doc, "sections", [(s.start, s.end, s.id) for s in sections])
        return doc
