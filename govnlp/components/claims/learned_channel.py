"""The trained stage for channels: where what a claim counts was published or seen, from the words around it and the rules' answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from govnlp.components.claims.learned import windows_of
from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot, section_features
from govnlp.components.tokens import source_of
from govnlp.document import Claim, Report
from govnlp.schema import CHANNEL_TYPES, CHANNELS

NO_CHANNEL = "none"
SURE = 2.5
"""How much the rules' answer counts before the network has a say."""


class ChannelTask:
    """See `learned.task.Task`; reads and rewrites `doc.user_data["claims"]`."""

    labels: Sequence[str] = (*CHANNELS, NO_CHANNEL)
    kind: Kind = "one"

    def propose(self, doc: Doc) -> Proposals:
        text, claims = source_of(doc).text, doc.user_data["claims"]
        asked = [i for i, c in enumerate(claims) if c.type in CHANNEL_TYPES]
        if not asked:
            return replace(empty(7, _N_FEATURES), prior=np.zeros((0, len(self.labels)), np.float32))
        by_id = {c.id: c for c in claims}
        windows = [windows_of(text, claims[i].start, claims[i].end) for i in asked]
        features = [
            _features(claims[i], claims[i - 1] if i else None, by_id.get(claims[i].part_of or "")) for i in asked
        ]
        prior = [[SURE * x for x in one_hot(claims[i].channel or NO_CHANNEL, self.labels)] for i in asked]
        return Proposals(
            np.array(windows, np.int64), np.array(features, np.float32), asked, np.array(prior, np.float32)
        )

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        claims = doc.user_data["claims"]
        targets = np.zeros((proposals.n, len(self.labels)), np.float32)
        weights = np.zeros(proposals.n, np.float32)
        for row, i in enumerate(proposals.items):
            c = claims[i]
            hit = next((g for g in gold.claims if g.start < c.end and c.start < g.end and g.type == c.type), None)
            if hit is not None:
                targets[row, self.labels.index(hit.channel or NO_CHANNEL)] = weights[row] = 1.0
        return Answers(targets, weights)

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        claims = list(doc.user_data["claims"])
        for i, row in zip(proposals.items, logs, strict=True):
            label = self.labels[int(row.argmax())]
            claims[i] = replace(claims[i], channel=None if label == NO_CHANNEL else label)
        doc.user_data["claims"] = tuple(claims)


def _features(c: Claim, before: Claim | None, whole: Claim | None) -> list[float]:
    names = (*CHANNELS, NO_CHANNEL)
    near = before is not None and c.start - before.end < 40
    return [
        *one_hot(c.channel or NO_CHANNEL, names),
        *one_hot((before.channel or NO_CHANNEL) if before and near else None, names),
        *one_hot((whole.channel or NO_CHANNEL) if whole else None, names),
        *one_hot(c.type, CHANNEL_TYPES),
        *section_features(c.section),
        float(whole is not None),
        float(bool(before and near and before.type == c.type)),
    ]


_N_FEATURES = len(_features(Claim("", 0, 0, "", "", 0, ""), None, None))
TASK = ChannelTask()
