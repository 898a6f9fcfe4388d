"""The trained stage for sections: each unit as heading or text of a section; the network's scores join the rules' in the decoding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot
from govnlp.components.sections.cues import score_units
from govnlp.components.sections.decode import IMPOSSIBLE, INDEX, Scores, viterbi
from govnlp.components.sections.lines import Unit, split_units
from govnlp.components.sections.segment import merge_units, to_sections
from govnlp.components.tokens import set_spans, source_of, year_of
from govnlp.document import Report, Section
from govnlp.schema import SECTIONS

STYLES = ("一、", "第一部分", "（一）", "一是", "（1）", "1）", "1.", "①")
AROUND = 60
OPENING = 14
"""How many characters the network sees of a unit's beginning on its own."""
SETTINGS: Mapping[str, float] = {"rules": 1.0, "network": 1.0, "unnamed": -3.0}
"""Weights of the rules' and the network's scores; `unnamed`: the rules' score for a heading whose wording they do not know."""
SURE = 6.0
"""From this score on the rules alone say what a heading opens: a part's official name behind 一、 on a line of its own, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """The units of a document with the rules' scores for them (see `cues.score_units`)."""

    units: list[Unit]
    opens: Scores
    stays: Scores
    reluctance: Scores


class SectionTask:
    """See `learned.task.Task`. The first 15 labels: text of the section; the others: the heading that opens it."""

    labels: Sequence[str] = (*SECTIONS, *(f"opens {s}" for s in SECTIONS))
    kind: Kind = "one"
    GRID: Mapping[str, tuple[float, ...]] = {
        "rules": (0.0, 0.3, 0.6, 1.0),
        "network": (0.3, 0.6, 1.0, 1.5, 2.0),
        "unnamed": (-4.0, -2.0, 0.0),
    }
    """The settings to choose from; see `SETTINGS`."""

    def judge(self, doc: Doc, gold: Report) -> float:
        """How many characters the document's sections put where `gold` has them, as a share."""
        right = 0
        for s in doc.user_data["sections"]:
            right += sum(max(0, min(s.end, g.end) - max(s.start, g.start)) for g in gold.sections if g.id == s.id)
        return right / max(1, len(doc))

    def propose(self, doc: Doc) -> Proposals:
        source = source_of(doc)
        text = source.text
        units = merge_units(split_units(text, source.grids))
        if not units:
            nothing = empty(6, 5 * len(SECTIONS) + len(_form(Unit(0, 0, True, True, True, None, 0, 0), 0.0)) + 2)
            return replace(nothing, items=Found([], *score_units(text, [])))
        opens, stays, reluctance = score_units(text, units)
        path = viterbi(opens, stays, reluctance)
        year = year_of(doc)
        old = float(year is not None and year < 2019)
        heading, content = np.clip(opens / 4, -1.5, 3.0).tolist(), np.clip(stays / 4, -2.0, 2.0).tolist()
        windows, features = [], []
        before = ""
        for i, unit in enumerate(units):
            stop = unit.start + 1 if unit.is_table else unit.end
            windows.append(
                [
                    (unit.start, stop),
                    (unit.title_start, max(unit.title_start, min(stop, unit.title_end))),
                    (unit.start, min(stop, unit.start + OPENING)),
                    (max(0, unit.start - AROUND), unit.start),
                    (stop, min(len(text), stop + AROUND)),
                    (unit.start, min(len(text), unit.start + 4 * AROUND)),
                ]
            )
            section, opened = path[i]
            following = path[i + 1][0] if i + 1 < len(path) else ""
            features.append(
                [
                    *heading[i],
                    *content[i],
                    *one_hot(section, SECTIONS),
                    *one_hot(before, SECTIONS),
                    *one_hot(following, SECTIONS),
                    float(opened),
                    *_form(unit, i / len(units)),
                    old,
                ]
            )
            before = section
        return Proposals(
            np.array(windows, np.int64), np.array(features, np.float32), Found(units, opens, stays, reluctance)
        )

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        found: Found = proposals.items
        targets = np.zeros((proposals.n, len(self.labels)), np.float32)
        weights = np.zeros(proposals.n, np.float32)
        places = [gold.section_at(unit.start) for unit in found.units]
        for i, (unit, section) in enumerate(zip(found.units, places, strict=True)):
            if section is None:
                continue
            first = i > 0 and section != places[i - 1]
            heading = first and not unit.is_table and (unit.enumerator is not None or unit.bold or unit.fills_line)
            targets[i, INDEX[section] + (len(SECTIONS) if heading else 0)] = 1.0
            weights[i] = 0.2 if unit.is_table else 1.0
        return Answers(targets, weights)

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        found: Found = proposals.items
        chosen = {**SETTINGS, **settings}
        k = len(SECTIONS)
        opens, stays = found.opens.copy(), found.stays.copy()
        for i, unit in enumerate(found.units):
            if unit.is_table:
                continue
            if opens[i].max() >= SURE:
                continue
            known = opens[i] > IMPOSSIBLE
            elsewhere = chosen["unnamed"] if unit.opens_line or unit.enumerator else IMPOSSIBLE
            heard = np.where(known, chosen["rules"] * opens[i], elsewhere)
            opens[i] = heard + chosen["network"] * np.maximum(logs[i, k:], -8)
            stays[i] = chosen["rules"] * stays[i] + chosen["network"] * np.maximum(logs[i, :k], -8)
        sections: tuple[Section, ...] = ()
        if found.units:
            sections = to_sections(source_of(doc).text, found.units, viterbi(opens, stays, found.reluctance))
        doc.user_data["sections"], doc.user_data["year"] = sections, year_of(doc)
        set_spans(doc, "sections", [(s.start, s.end, s.id) for s in sections])


def _form(unit: Unit, place: float) -> list[float]:
    """What a unit looks like, and how far down it stands."""
    enum = unit.enumerator
    length = unit.title_end - unit.title_start
    return [
        *one_hot(enum.style if enum else None, STYLES),
        float(enum is None),
        min(enum.number, 8) / 4 if enum else 0.0,
        float(bool(enum and enum.number == 1)),
        float(unit.opens_line),
        float(unit.fills_line),
        float(unit.is_table),
        float(unit.bold),
        min(length, 60) / 30,
        float(length <= 12),
        min(unit.end - unit.start, 200) / 100,
        place * 2 - 1,
        *(float(low <= place < high) for low, high in pairwise((0.0, 0.08, 0.25, 0.5, 0.75, 0.92, 1.01))),
    ]


TASK = SectionTask()
