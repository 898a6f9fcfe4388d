"""Scores from findings, elements and sentences under a rubric; every point taken off names what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from govnlp.document import Deduction, Finding, Report, Scores
from govnlp.schema import Lang
from govnlp.scoring.definitions import boilerplate_rating, completeness_rating
from govnlp.scoring.names import ELEMENT_NAMES
from govnlp.scoring.ratings import RatingModel, rating_features
from govnlp.scoring.rubric import Rubric

_MISSING = {"zh": "未见{name}", "en": "no {name}"}


def score_report(
    report: Report,
    findings: Sequence[Finding],
    rubric: Rubric,
    lang: Lang = "zh",
    *,
    ratings: RatingModel | None = None,
    common: Collection[int] = (),
) -> Scores:
    """All scores of one report. The deductions add up to what each score lacks of 100 (but for the floor at 0).

    `ratings`: the trained ratings; what they lack is rated by definition. `common`: see `Report.boilerplate_share`.
    """
    deductions = [*_element_deductions(report, rubric, lang), *_finding_deductions(findings, rubric)]
    lost: defaultdict[str, float] = defaultdict(float)
    for deduction in deductions:
        lost[deduction.score] += deduction.points
    share = report.boilerplate_share(common)
    completeness = max(0.0, 100 - lost["completeness"])
    consistency = max(0.0, 100 - lost["consistency"])
    boilerplate = None if share is None else 100 * share
    originality = 0.0 if boilerplate is None else 100 - boilerplate
    w = rubric.weights
    overall = w["completeness"] * completeness + w["consistency"] * consistency + w["originality"] * originality
    overall = max(0.0, overall - lost["overall"])
    values = rating_features(report, findings) if ratings else {}
    rated = {name: model.rate(values) for name, model in (ratings or {}).items()}
    return Scores(
        completeness=round(completeness, 1),
        boilerplate=None if boilerplate is None else round(boilerplate, 1),
        consistency=round(consistency, 1),
        overall=round(overall, 1),
        grade=rubric.grade_of(round(overall, 1)).grade,
        completeness_rating=rated.get("completeness", completeness_rating(report, findings)),
        boilerplate_rating=None if share is None else rated.get("boilerplate", boilerplate_rating(share)),
        deductions=tuple(deductions),
    )


def _element_deductions(report: Report, rubric: Rubric, lang: Lang) -> list[Deduction]:
    present = {e.id for e in report.elements if e.present}
    return [
        Deduction(
            "completeness", rule.points, "element", element, _MISSING[lang].format(name=ELEMENT_NAMES[element][lang])
        )
        for element, rule in rubric.elements.items()
        if element not in present and rule.points and report.agency_kind in rule.due_for
    ]


def _finding_deductions(findings: Sequence[Finding], rubric: Rubric) -> list[Deduction]:
    taken: defaultdict[str, float] = defaultdict(float)
    seen: set[str] = set()
    out = []
    for finding in findings:
        rule = rubric.findings.get(finding.code)
        if rule is None:
            continue
        points = min(rule.more if finding.code in seen else rule.points, rule.most - taken[finding.code])
        seen.add(finding.code)
        if points <= 0:
            continue
        taken[finding.code] += points
        out.append(Deduction(rule.score, points, "finding", finding.code, finding.message))
    return out
