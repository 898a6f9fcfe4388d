"""The trained stage for sentence labels: the sentences as split by rules, each of one label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.tokens import Doc

from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot, section_features
from govnlp.components.sentences.label import REQUIRED_ZEROS, pattern_hits, score_labels
from govnlp.components.sentences.place import sections_of
from govnlp.components.sentences.split import split_sentences
from govnlp.components.tokens import set_spans, text_of
from govnlp.document import Claim, Report, Sentence
from govnlp.schema import SENTENCE_LABELS

AROUND = 40
"""How many characters before and after a sentence the network sees."""


class SentenceTask:
    """See `learned.task.Task`."""

    labels: Sequence[str] = SENTENCE_LABELS
    kind: Kind = "one"

    def propose(self, doc: Doc) -> Proposals:
        text, sections = text_of(doc), doc.user_data["sections"]
        spans = split_sentences(text, sections)
        if not spans:
            return empty(3, len(_features("", "", ())))
        windows, features = [], []
        for (start, end), section, claims in zip(
            spans, sections_of(spans, sections), claims_in(spans, doc.user_data.get("claims", ())), strict=True
        ):
            windows.append(
                [(start, end), (max(0, start - AROUND), start), (end, min(len(text), end + AROUND))],
            )
            features.append(_features(text[start:end], section, claims))
        return Proposals(np.array(windows, np.int64), np.array(features, np.float32), spans)

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        targets = np.zeros((proposals.n, len(SENTENCE_LABELS)), np.float32)
        weights = np.zeros(proposals.n, np.float32)
        for i, (start, end) in enumerate(proposals.items):
            best = max(gold.sentences, key=lambda s: min(end, s.end) - max(start, s.start), default=None)
            shared = 0 if best is None else min(end, best.end) - max(start, best.start)
            # a piece of a longer sentence does not show what that one's label rests on
            if best is None or shared < 0.5 * max(end - start, best.end - best.start):
                continue
            targets[i, SENTENCE_LABELS.index(best.label)] = weights[i] = 1.0
        return Answers(targets, weights)

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        found = tuple(
            Sentence(start, end, SENTENCE_LABELS[int(row.argmax())], round(float(np.exp(row.max())), 4))
            for (start, end), row in zip(proposals.items, logs, strict=True)
        )
        doc.user_data["sentences"] = found
        set_spans(doc, "sentences", [(s.start, s.end, s.label) for s in found])


def claims_in(spans: Sequence[tuple[int, int]], claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims that each span holds a part of."""
    out: list[list[Claim]] = []
    first = 0
    for start, end in spans:
        while first < len(claims) and claims[first].end <= start:
            first += 1
        inside, k = [], first
        while k < len(claims) and claims[k].start < end:
            if claims[k].end > start:
                inside.append(claims[k])
            k += 1
        out.append(inside)
    return out


def _features(sentence: str, section: str, claims: Sequence[Claim]) -> list[float]:
    hits = pattern_hits(sentence)
    scores = score_labels(sentence, section, claims, hits)
    telling = [c for c in claims if not (c.value == 0 and c.type in REQUIRED_ZEROS)]
    best = max(SENTENCE_LABELS, key=lambda label: scores[label])
    return [
        *(scores[label] / 4 for label in SENTENCE_LABELS),
        *one_hot(best, SENTENCE_LABELS),
        # sums, not patterns one by one: a trained model must outlive an edit of the vocabulary
        *(min(sum(n > 0 for n in hits[label]), 4) / 2 for label in SENTENCE_LABELS),
        *(min(sum(hits[label]), 10) / 5 for label in SENTENCE_LABELS),
        *section_features(section),
        float(bool(telling)),
        min(len(telling), 3) / 3,
        float(bool(claims)),
        float(np.log(len(sentence) + 1)) / 4,
        min(len(sentence), 150) / 100,
    ]


TASK = SentenceTask()
