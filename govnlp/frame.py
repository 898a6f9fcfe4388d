"""Scorecards as pandas frames, for analysts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal

from govnlp.document import Scorecard
from govnlp.errors import MissingDependency

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["reports", "claims", "findings", "elements", "sentences"]


def to_frame(cards: Iterable[Scorecard], kind: Kind = "reports") -> pd.DataFrame:
    """One row per report, claim, finding, element or sentence; every frame has `source`, `agency` and `year` first.

    Items that are no scorecards (a `Failure` of `score_many`) are left out. Raises `errors.MissingDependency`.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependency("pandas is not installed", advice="pip install 'govnlp[frame]'") from error
    rows = [row for card in cards if isinstance(card, Scorecard) for row in _ROWS[kind](card)]
    return pd.DataFrame(rows)


def _key(card: Scorecard) -> dict[str, Any]:
    return {"source": card.report.source.name, "agency": card.report.agency, "year": card.report.year}


def _reports(card: Scorecard) -> list[dict[str, Any]]:
    s = card.scores
    severities = [f.severity for f in card.findings]
    return [
        {
            **_key(card),
            "agency_kind": card.report.agency_kind,
            "format": card.report.format,
            "completeness": s.completeness,
            "consistency": s.consistency,
            "boilerplate": s.boilerplate,
            "overall": s.overall,
            "grade": s.grade,
            "completeness_rating": s.completeness_rating,
            "boilerplate_rating": s.boilerplate_rating,
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "infos": severities.count("info"),
            "claims": len(card.report.claims),
        }
    ]


def _claims(card: Scorecard) -> list[dict[str, Any]]:
    keys = (
        "id",
        "type",
        "value",
        "unit",
        "qualifier",
        "channel",
        "part_of",
        "section",
        "text",
        "start",
        "end",
        "score",
    )
    return [{**_key(card), **{k: getattr(c, k) for k in keys}} for c in card.report.claims]


def _findings(card: Scorecard) -> list[dict[str, Any]]:
    text = card.report.text
    return [
        {
            **_key(card),
            "code": f.code,
            "severity": f.severity,
            "message": f.message,
            "evidence": " | ".join(text[a:b] for a, b in f.evidence),
            "start": f.evidence[0][0] if f.evidence else None,
            "end": f.evidence[0][1] if f.evidence else None,
        }
        for f in card.findings
    ]


def _elements(card: Scorecard) -> list[dict[str, Any]]:
    return [{**_key(card), "element": e.id, "present": e.present, "score": e.score} for e in card.report.elements]


def _sentences(card: Scorecard) -> list[dict[str, Any]]:
    report = card.report
    return [
        {
            **_key(card),
            "section": report.section_at(s.start),
            "label": s.label,
            "score": s.score,
            "text": report.span(s.start, s.end),
            "start": s.start,
            "end": s.end,
        }
        for s in report.sentences
    ]


_ROWS: dict[str, Callable[[Scorecard], list[dict[str, Any]]]] = {
    "reports": _reports,
    "claims": _claims,
    "findings": _findings,
    "elements": _elements,
    "sentences": _sentences,
}
