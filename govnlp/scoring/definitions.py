"""The ratings of a whole report, 0 to 4, by the definitions of `labels.md`: what a trained rating takes into account, or replaces."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.document import Element, Finding, Report
from govnlp.schema import NARRATIVE_SECTIONS, PARTS, TOPICS

_BOILERPLATE_STEPS = (0.05, 0.32, 0.6, 0.9)
"""Upper limits of the boilerplate share for ratings 0 to 3; measured on the corpus's ratings."""


def boilerplate_rating(share: float) -> int:
    """The 0 to 4 of `labels.md` by its definitions, of boilerplate's share (0 to 1)."""
    return sum(share > step for step in _BOILERPLATE_STEPS)


def completeness_rating(report: Report, findings: Sequence[Finding]) -> int:
    """The 0 to 4 of `labels.md` by its definitions, where no trained model rates the report."""
    present = {s.id.partition(".")[0] for s in report.sections}
    parts = [p for p in PARTS if p in present] if report.format != "pre2019" else list(PARTS)
    missing_parts = len(PARTS) - len(parts)
    size = sum(s.end - s.start for s in report.sections if s.id in NARRATIVE_SECTIONS and s.id != "preamble")
    overview = [x for x in report.sentences if (report.section_at(x.start) or "").startswith("overview")]
    specific = sum(x.label == "specific" for x in overview)
    if missing_parts >= 3 or size < 150:
        return 0
    if missing_parts or sum(x.end - x.start for x in overview) < 220 or not overview:
        return 1
    elements: tuple[Element, ...] = report.elements
    n_elements = sum(e.present for e in elements)
    topics = {report.section_at(x.start) for x in overview} & set(TOPICS)
    codes = {f.code for f in findings}
    if n_elements <= 9 or ("GD104" in codes and n_elements <= 11):
        return 1
    if "GD102" in codes or len(topics) < 4 or specific < 4 or n_elements <= 12:
        return 2
    return 4 if n_elements >= 21 else 3
