"""What to label next: reports that the stages are unsure of, and that are unlike those labelled so far.

A report's doubt is told by layer (sections, sentences, claims), its novelty by the share of its masked n-grams that are not known.
Each is ranked within the batch; the best is taken, its wording counts as known from then on, and what the others share with it
counts no more: two like reports are not both at the top.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp
from pathlib import Path

import numpy as np
import numpy.typing as npt

from govnlp.boilerplate.grams import Hashes, gram_hashes
from govnlp.boilerplate.mask import mask
from govnlp.boilerplate.profile import Profile
from govnlp.components.sections.cues import score_units
from govnlp.components.sections.decode import INDEX, part_of
from govnlp.components.sections.segment import merge_units, split_units
from govnlp.corpus.arithmetic import TABLE_CODES, parts_break
from govnlp.corpus.check import fitting_rating
from govnlp.corpus.convert import export_reports, tool_files
from govnlp.corpus.convert.base import from_record, to_record
from govnlp.corpus.labelled import DeclaredFinding, LabelledReport
from govnlp.document import Report, Scorecard, Sentence
from govnlp.errors import CorpusError
from govnlp.pipeline import Scorer
from govnlp.schema import PARTS, SENTENCE_LABELS

GRAM = 4
"""Characters of a masked n-gram where the known reports are given; a profile has its own size."""
LAYERS = ("sections", "sentences", "claims")
FORMAT = "label-studio"
PER_REPORT = 5
"""Sentences that are named for each report."""
NOT_BY_TEXT = frozenset({*TABLE_CODES, "GD401"})
"""Findings that are not suggested: the corpus takes them from tables that it holds as numbers, or from the sentence labels."""
_WITHOUT_HEADING = 0.5
"""The doubt of a section that begins without a heading."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The n-grams of `size` masked characters that are known, sorted."""

    size: int
    hashes: Hashes

    def has(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        if not len(self.hashes):
            return np.zeros(len(hashes), bool)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return self.hashes[at] == hashes

    def with_more(self, hashes: Hashes) -> Known:
        return Known(self.size, np.union1d(self.hashes, hashes))


@dataclass(frozen=True, slots=True)
class DoubtfulSentence:
    """A sentence worth a look: `doubt` and `novelty` from 0 to 1."""

    sentence: Sentence
    text: str
    doubt: float
    novelty: float

    @property
    def value(self) -> float:
        return (self.doubt + self.novelty) / 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A report to label. `value`: 0 to 1, the larger the sooner; `doubt` by layer (None: nothing to be unsure of) and `novelty`
    from 0 to 1, as they were when it was its turn."""

    report: Report
    value: float
    novelty: float
    doubt: Mapping[str, float | None]
    sentences: tuple[DoubtfulSentence, ...] = ()


@dataclass(slots=True)
class _Candidate:
    report: Report
    doubt: dict[str, float | None]
    grams: list[Hashes]
    whole: Hashes = field(init=False)

    def __post_init__(self) -> None:
        self.whole = np.concatenate([np.zeros(0, np.uint64), *self.grams])


def known_reports(reports: Iterable[Report]) -> Known:
    """The wording of labelled reports as known."""
    grams = [g for report in reports for g in sentence_grams(report, GRAM)]
    return Known(GRAM, np.unique(np.concatenate([np.zeros(0, np.uint64), *grams])))


def known_profile(profile: Profile) -> Known:
    """The wording of a corpus profile as known."""
    from govnlp.boilerplate.grams import GRAM as size

    return Known(size, profile.grams.hashes)


def sentence_grams(report: Report, size: int) -> list[Hashes]:
    """For each sentence its n-grams; names, numbers and years are masked."""
    return [
        gram_hashes(mask(report.text, report.agency, start=s.start, end=s.end).text, size) for s in report.sentences
    ]


def suggest(reports: Sequence[Report], known: Known, *, top: int | None = None) -> list[Suggestion]:
    """The reports in the order in which to label them, at most `top`. Takes reports of any model, the rules' too."""
    left = [_Candidate(r, doubts(r), sentence_grams(r, known.size)) for r in reports]
    first = [_novelty(c.whole, known) for c in left]
    layers = [[c.doubt[layer] or 0.0 for c in left] for layer in LAYERS]
    worth = [(u + n) / 2 for u, n in zip(_mean_ranks(layers), _mean_ranks([first]), strict=True)]
    places = {id(c): (w, n) for c, w, n in zip(left, worth, first, strict=True)}
    out: list[Suggestion] = []
    while left and (top is None or len(out) < top):
        novelty = [_novelty(c.whole, known) for c in left]
        values = []
        for candidate, now in zip(left, novelty, strict=True):
            alone, before = places[id(candidate)]
            values.append(alone * now / before if before else 0.0)
        best = max(range(len(left)), key=lambda i: (values[i], -i))
        chosen = left.pop(best)
        out.append(Suggestion(chosen.report, values[best], novelty[best], chosen.doubt, _sentences(chosen, known)))
        known = known.with_more(chosen.whole)
    return out


def doubts(report: Report) -> dict[str, float | None]:
    """How unsure the stages are of a report, by layer, each 0 to 1; None where there is nothing to be unsure of."""
    sizes = [s.end - s.start for s in report.sentences]
    sentence = [sentence_doubt(s) for s in report.sentences]
    claim = [1 - c.score for c in report.claims if c.score is not None]
    section = section_doubts(report)
    return {
        "sections": sum(section) / len(section) if section else None,
        "sentences": float(np.average(sentence, weights=sizes)) if sentence else None,
        "claims": sum(claim) / len(claim) if claim else None,
    }


def sentence_doubt(sentence: Sentence) -> float:
    """0 where the label is certain, 1 where it is a guess among all labels."""
    if sentence.score is None:
        return 1.0
    return min(1.0, (1 - sentence.score) / (1 - 1 / len(SENTENCE_LABELS)))


def section_doubts(report: Report) -> list[float]:
    """For each section with a heading, how little its wording speaks for this section rather than another; 1 for a part that is
    missing."""
    units = merge_units(split_units(report.text, report.source.grids))
    if not units:
        return []
    opens, _, _ = score_units(report.text, units)
    at = {unit.start: row for unit, row in zip(units, opens, strict=True)}
    out = []
    for section in report.sections[1:]:
        row = at.get(section.start)
        if row is None or section.heading_end == section.start:
            out.append(_WITHOUT_HEADING)
            continue
        rivals = np.delete(row, INDEX[section.id])
        margin = float(np.clip(row[INDEX[section.id]] - rivals.max(), -20, 20))
        out.append(1 / (1 + exp(margin)))
    present = {part_of(s.id) for s in report.sections}
    return out + [1.0 for part in PARTS if part not in present]


def _novelty(hashes: Hashes, known: Known) -> float:
    return float(1 - known.has(hashes).mean()) if len(hashes) else 0.0


def _sentences(candidate: _Candidate, known: Known) -> tuple[DoubtfulSentence, ...]:
    report = candidate.report
    found = [
        DoubtfulSentence(s, report.span(s.start, s.end), sentence_doubt(s), _novelty(grams, known))
        for s, grams in zip(report.sentences, candidate.grams, strict=True)
    ]
    return tuple(sorted(found, key=lambda d: (-d.value, d.sentence.start))[:PER_REPORT])


def _rank(ordered: npt.NDArray[np.float64], value: float) -> float:
    """Where a value stands among others, 0 to 1."""
    below, upto = np.searchsorted(ordered, value, "left"), np.searchsorted(ordered, value, "right")
    return float(below + upto) / 2 / max(1, len(ordered))


def _mean_ranks(layers: Sequence[Sequence[float]]) -> list[float]:
    columns = [[_rank(np.sort(values), v) for v in values] for values in layers]
    return [sum(row) / len(row) for row in zip(*columns, strict=True)]


def carried(reports: Iterable[Report]) -> tuple[list[Report], list[CorpusError]]:
    """The reports whose labels the corpus can hold, and for each other one why it cannot; the error names the file."""
    kept, left_out = [], []
    for report in reports:
        try:
            from_record(to_record(_pre_labelled(report, "report")))
        except CorpusError as error:
            advice = "label it by hand in a .src file"
            left_out.append(CorpusError(error.cause, source=report.source.name, advice=advice))
        else:
            kept.append(report)
    return kept, left_out


def tasks(suggestions: Sequence[Suggestion], scorer: Scorer, codes: Iterable[str] = ()) -> dict[str, bytes]:
    """File name to content for Label Studio: the reports as tasks with predictions, in the order of the suggestions, and its
    configuration. `scorer` gives the predicted ratings and findings."""
    labelled = [
        _judged(_pre_labelled(s.report, name), scorer.judge(s.report))
        for s, name in zip(suggestions, _names(suggestions), strict=True)
    ]
    files = export_reports(labelled, FORMAT)
    out = dict(tool_files(FORMAT, codes))
    for name, data in files.items():
        made = json.loads(data)
        for task, suggestion in zip(made, suggestions, strict=True):
            results = task.pop("annotations")[0]["result"]
            task["predictions"] = [
                {
                    "model_version": f"{scorer.model['name']} {scorer.model['version']}",
                    "score": round(1 - suggestion.value, 4),
                    "result": results,
                }
            ]
            task["data"]["suggested"] = {
                "value": round(suggestion.value, 4),
                "novelty": round(suggestion.novelty, 4),
                "doubt": {k: v if v is None else round(v, 4) for k, v in suggestion.doubt.items()},
            }
        out[name] = (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
    return out


def _pre_labelled(report: Report, name: str) -> LabelledReport:
    report = _with_plain_breaks(report)
    source = replace(report.source, name=name, blocks=(), grids=())
    # the corpus renders tables from their numbers, never as a file has them: here they stay text
    kept = replace(report, source=source, tables={})
    return LabelledReport(report=kept, findings=(), id=name, family=report.agency)


def _with_plain_breaks(report: Report) -> Report:
    """The report with every line break as one sign: a browser counts CR and LF together as one, and places would be off."""
    text = report.text
    pairs = [m.start() for m in re.finditer("\r\n", text)]
    plain = _plain_breaks(text)
    if plain == text:
        return report

    def at(offset: int) -> int:
        return offset - bisect_left(pairs, offset)

    return replace(
        report,
        source=replace(report.source, text=plain),
        sections=tuple(
            replace(s, start=at(s.start), end=at(s.end), heading_end=at(s.heading_end)) for s in report.sections
        ),
        sentences=tuple(replace(s, start=at(s.start), end=at(s.end)) for s in report.sentences),
        claims=tuple(replace(c, start=at(c.start), end=at(c.end), text=_plain_breaks(c.text)) for c in report.claims),
        title=report.title and (at(report.title[0]), at(report.title[1])),
    )


def _plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _judged(labelled: LabelledReport, card: Scorecard) -> LabelledReport:
    """With the ratings and findings of its scorecard, as far as the corpus's checks take them along with the labels."""
    findings: dict[DeclaredFinding, None] = {}
    for finding in card.findings:
        if finding.code not in NOT_BY_TEXT:
            places = [_plain_breaks(card.report.text[a:b]) for a, b in finding.evidence[:1]]
            findings[DeclaredFinding(finding.code, next(filter(None, places), None))] = None
    scores = card.scores
    judged = replace(
        labelled,
        findings=tuple(findings),
        completeness=scores.completeness_rating if any(e.present for e in labelled.report.elements) else 0,
        boilerplate=fitting_rating(scores.boilerplate_rating or 0, labelled.report),
    )
    return replace(judged, partial_parts="GD301" not in judged.codes and any(parts_break(judged)))


def _names(suggestions: Sequence[Suggestion]) -> list[str]:
    """An id for each report, from its file's name; a second one of the same name gets a number."""
    out: list[str] = []
    for suggestion in suggestions:
        stem = re.sub(r"[^\w-]+", "-", Path(suggestion.report.source.name).stem).strip("-") or "report"
        name, n = stem, 2
        while name in out:
            name, n = f"{stem}-{n}", n + 1
        out.append(name)
    return out


def ranking(suggestions: Sequence[Suggestion]) -> str:
    """The order as a Markdown table, and the sentences of each report that are worth a look first."""
    lines = ["| # | report | agency | year | value | novelty | sections | sentences | claims |", "|---" * 9 + "|"]
    for n, s in enumerate(suggestions, 1):
        shown = ["" if s.doubt[layer] is None else f"{s.doubt[layer]:.2f}" for layer in LAYERS]
        r = s.report
        lines.append(
            f"| {n} | {Path(r.source.name).name} | {r.agency or ''} | {r.year or ''} | {s.value:.2f} | {s.novelty:.2f} | "
            + " | ".join(shown)
            + " |"
        )
    for n, s in enumerate(suggestions, 1):
        lines += ["", f"## {n}. {Path(s.report.source.name).name}", ""]
        for d in s.sentences:
            text = re.sub(r"\s+", " ", d.text).strip()
            lines.append(f"- {d.sentence.label} (doubt {d.doubt:.2f}, novelty {d.novelty:.2f}): {text}")
    return "\n".join(lines) + "\n"
