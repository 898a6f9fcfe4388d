"""What the corpus holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govnlp.corpus.labelled import LabelledReport, boilerplate_share
from govnlp.corpus.splits import SPLITS, family_of, splits_of
from govnlp.schema import (
    AGENCY_KINDS,
    CHANNELS,
    CLAIM_TYPES,
    ELEMENTS,
    FORMATS,
    NARRATIVE_SECTIONS,
    QUALIFIERS,
    SECTIONS,
    SENTENCE_LABELS,
    TABLES,
)


def corpus_stats(reports: Iterable[LabelledReport], fixed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Counts per layer and per property, as JSON-ready dicts. Names of the schema come in its order, zeros included; others sorted.

    `fixed`: family to split from `splits.json`. Lengths are in characters: least, median, mean, nine tenths below, most.
    """
    reports = list(reports)
    splits = splits_of(reports, fixed)
    documents = [r.report for r in reports]
    claims = [c for d in documents for c in d.claims]
    sentences = [s for d in documents for s in d.sentences]
    return {
        "reports": len(reports),
        "families": len({family_of(r) for r in reports}),
        "kind": _counted((d.agency_kind for d in documents), AGENCY_KINDS),
        "format": _counted((d.format for d in documents), FORMATS),
        "split": _counted(splits.values(), SPLITS),
        "year": _counted(d.year if d.year is not None else "none" for d in documents),
        "region": _counted(r.region or "none" for r in reports),
        "author": _counted(r.author or "none" for r in reports),
        "related": {
            "previous": sum(r.previous is not None for r in reports),
            "copied_from": sum(r.copied_from is not None for r in reports),
        },
        "claims": {
            "all": len(claims),
            "type": _counted((c.type for c in claims), CLAIM_TYPES),
            "qualifier": _counted((c.qualifier for c in claims), QUALIFIERS),
            "channel": _counted((c.channel for c in claims if c.channel), CHANNELS),
            "part_of": sum(c.part_of is not None for c in claims),
            "none": sum(c.value == 0 for c in claims),
        },
        "sentences": {"all": len(sentences), "label": _counted((s.label for s in sentences), SENTENCE_LABELS)},
        "sections": _counted((i for d in documents for i in {s.id for s in d.sections if s.end > s.start}), SECTIONS),
        "elements": _counted((e.id for d in documents for e in d.elements if e.present), ELEMENTS),
        "findings": _counted(code for r in reports for code in r.codes),
        "tables": _counted((name for d in documents for name in d.tables), TABLES),
        "ratings": {
            "completeness": _counted((r.completeness for r in reports if r.completeness is not None), range(5)),
            "boilerplate": _counted((r.boilerplate for r in reports if r.boilerplate is not None), range(5)),
        },
        "length": {
            "text": _spread([len(d.text) for d in documents]),
            "narrative": _spread([_narrative(r) for r in reports]),
            "sentence": _spread([s.end - s.start for s in sentences]),
            "claims a report": _spread([len(d.claims) for d in documents]),
            "boilerplate share": _spread([round(boilerplate_share(d), 3) for d in documents]),
        },
        "claims by split": {
            split: sum(len(r.report.claims) for r in reports if splits[r.id] == split) for split in SPLITS
        },
    }


def _counted(values: Iterable[Any], names: Iterable[Any] | None = None) -> dict[str, int]:
    counts = Counter(values)
    ordered = list(names) if names is not None else sorted(counts, key=lambda v: (isinstance(v, str), v))
    return {str(name): counts[name] for name in ordered}


def _narrative(labelled: LabelledReport) -> int:
    return sum(s.end - s.start for s in labelled.report.sections if s.id in NARRATIVE_SECTIONS)


def _spread(values: Sequence[float]) -> dict[str, float]:
    """{} without values."""
    if not values:
        return {}
    ordered = sorted(values)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    mean = round(sum(ordered) / len(ordered), 2)
    return {"least": ordered[0], "median": at(0.5), "mean": mean, "p90": at(0.9), "most": ordered[-1]}
