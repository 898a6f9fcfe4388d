"""How far two annotators of the same reports agree, layer by layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from govnlp.corpus.labelled import LabelledReport, gold_dict
from govnlp.errors import CorpusError
from govnlp.evaluation import Evaluation


def agreement(first: Iterable[LabelledReport], second: Iterable[LabelledReport]) -> dict[str, Any]:
    """The figures of `evaluation` with the second annotator's labels in the place of a scorecard, and kappa of the sentences.

    Reports are paired by id; CorpusError where a text was changed or nothing pairs.
    """
    firsts = {r.id: r for r in first}
    evaluation = Evaluation()
    pairs: Counter[tuple[str, str]] = Counter()
    for other in second:
        mine = firsts.get(other.id)
        if mine is None:
            continue
        if "".join(mine.text.split()) != "".join(other.text.split()):
            raise CorpusError("the second annotator's text differs from the first's", source=other.report.source.name)
        evaluation.add(other.id, gold_dict(mine), _as_card(other))
        labels = {(s.start, s.end): s.label for s in other.report.sentences}
        pairs.update((s.label, labels[s.start, s.end]) for s in mine.report.sentences if (s.start, s.end) in labels)
    if not evaluation.reports:
        raise CorpusError("no report is labelled twice", advice="give the folder of the second annotator's .src files")
    figures = evaluation.report()
    figures["sentences"]["kappa"] = cohen_kappa(pairs)
    return figures


def _as_card(labelled: LabelledReport) -> dict[str, Any]:
    gold = gold_dict(labelled)
    return {
        **{
            key: gold[key]
            for key in ("agency", "year", "text", "sections", "sentences", "claims", "findings", "tables")
        },
        "source": labelled.id,
        "agency_kind": gold["kind"],
        "elements": [{"id": e, "present": True} for e in gold["elements"]],
        "scores": {
            "completeness_rating": labelled.completeness,
            "boilerplate_rating": labelled.boilerplate,
            "boilerplate": 100 * gold["boilerplate_share"],
        },
    }


def cohen_kappa(pairs: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa of counted (first, second) labels; 1.0 where both only ever use one."""
    n = sum(pairs.values())
    if not n:
        return 1.0
    labels = {label for pair in pairs for label in pair}
    observed = sum(pairs[label, label] for label in labels) / n
    expected = sum(
        sum(k for (a, _), k in pairs.items() if a == label) * sum(k for (_, b), k in pairs.items() if b == label)
        for label in labels
    ) / (n * n)
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
