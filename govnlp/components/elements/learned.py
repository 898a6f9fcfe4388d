"""The trained stage for elements: which sentences show which element. Reports only tell whether an element is present somewhere, so the
network learns from the whole report, through the sentence that shows it best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.tokens import Doc

from govnlp.components.elements.find import MAX_EVIDENCE, find_evidence
from govnlp.components.learned.component import bag_logits
from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot, section_features
from govnlp.components.sentences.learned import claims_in
from govnlp.components.sentences.place import sections_of
from govnlp.components.tokens import set_spans, text_of
from govnlp.document import Claim, Element, Report
from govnlp.schema import CLAIM_TYPES, ELEMENTS, SENTENCE_LABELS

SHOWN, NOT_SHOWN = 2.5, -6.0
"""Logits of a sentence that shows an element by the rules, and of one that does not, before the network has a say."""

UNNAMED = 0.65
"""How likely one sentence must show an element of whose words the report has none: many that hardly do so are no evidence."""


class ElementTask:
    """See `learned.task.Task`."""

    labels: Sequence[str] = ELEMENTS
    kind: Kind = "bag"

    def propose(self, doc: Doc) -> Proposals:
        text, data = text_of(doc), doc.user_data
        sentences, claims = data["sentences"], data.get("claims", ())
        spans = [(s.start, s.end) for s in sentences]
        if not spans:
            return empty(3, len(ELEMENTS) + len(CLAIM_TYPES) + len(SENTENCE_LABELS) + len(section_features("")) + 1)
        evidence = find_evidence(text, data["sections"], sentences, claims)
        windows, features, prior = [], [], []
        rows = zip(sentences, sections_of(spans, data["sections"]), claims_in(spans, claims), strict=True)
        for sentence, section, inside in rows:
            shown = [
                float(any(a < sentence.end and sentence.start < b for a, b in evidence[element]))
                for element in ELEMENTS
            ]
            windows.append(
                [
                    (sentence.start, sentence.end),
                    (max(0, sentence.start - 40), sentence.start),
                    (sentence.end, min(len(text), sentence.end + 40)),
                ]
            )
            features.append(
                [
                    *shown,
                    *_types(inside),
                    *one_hot(sentence.label, SENTENCE_LABELS),
                    *section_features(section),
                    min(sentence.end - sentence.start, 150) / 100,
                ]
            )
            prior.append([NOT_SHOWN + (SHOWN - NOT_SHOWN) * x for x in shown])
        return Proposals(
            np.array(windows, np.int64), np.array(features, np.float32), (spans, evidence), np.array(prior, np.float32)
        )

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        present = {e.id for e in gold.elements if e.present}
        targets = np.array([[float(element in present) for element in ELEMENTS]], np.float32)
        return Answers(targets, np.ones(1, np.float32))

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        data = doc.user_data
        sentences, evidence = proposals.items if proposals.n else ([], {})
        chances = np.zeros(len(ELEMENTS))
        if proposals.n:
            odds = np.maximum(logs, -30) - np.log(np.maximum(-np.expm1(np.minimum(logs, -1e-6)), 1e-9))
            chances = 1 / (1 + np.exp(-bag_logits(odds)[0][0]))
        out = []
        for k, element in enumerate(ELEMENTS):
            spans, least = list(evidence.get(element, ())), settings.get(element, 0.5)
            if not spans and proposals.n:
                spans, least = [sentences[int(logs[:, k].argmax())]], max(least, UNNAMED)
                chances[k] = np.exp(logs[:, k].max())
            present = bool(chances[k] > least)
            shown = tuple(spans[:MAX_EVIDENCE]) if present else ()
            out.append(Element(element, present, shown, round(float(chances[k]), 4)))
        data["elements"] = tuple(out)
        set_spans(doc, "elements", [(a, b, e.id) for e in out for a, b in e.evidence])


def _types(claims: Sequence[Claim]) -> list[float]:
    inside = {c.type for c in claims}
    return [float(t in inside) for t in CLAIM_TYPES]


TASK = ElementTask()
