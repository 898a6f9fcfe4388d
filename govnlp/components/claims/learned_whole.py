"""The trained stage for shares: each claim with each claim it may be a share of; the likeliest pair over one half is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log1p

import numpy as np
from spacy.tokens import Doc

from govnlp.components.learned.task import Answers, Floats, Kind, Proposals, empty, one_hot
from govnlp.components.tokens import source_of
from govnlp.document import Claim, Report
from govnlp.schema import CLAIM_TYPES

REACH = 300
"""How many characters before a claim its total may stand."""
MOST = 12
"""How many claims before it are looked at."""
SURE = 3.0
"""How much the rules' answer counts before the network has a say."""
_MARK = re.compile("其中|包括|包含|分别|含|中[，,]|：|:|[（(]")


class WholeTask:
    """See `learned.task.Task`; reads and rewrites `doc.user_data["claims"]`."""

    labels: Sequence[str] = ("whole",)
    kind: Kind = "any"

    def propose(self, doc: Doc) -> Proposals:
        text, claims = source_of(doc).text, doc.user_data["claims"]
        by_id = {c.id: i for i, c in enumerate(claims)}
        windows, features, prior, pairs = [], [], [], []
        summed = _sums(claims)
        for j, c in enumerate(claims):
            by_rule = by_id.get(c.part_of or "")
            for i in _totals(claims, j, by_rule):
                whole = claims[i]
                between = (min(c.end, whole.end), max(c.start, whole.start))
                between = (between[0], max(between))
                windows.append(
                    [
                        between,
                        (between[0], min(between[0] + 10, between[1])),
                        (max(between[0], between[1] - 12), between[1]),
                        (max(0, whole.start - 16), whole.start),
                        (c.end, min(len(text), c.end + 10)),
                    ]
                )
                features.append(_features(text, claims, i, j, by_rule, summed))
                prior.append([SURE if by_rule == i else -SURE])
                pairs.append((i, j))
        if not pairs:
            return replace(empty(5, _n_features()), prior=np.zeros((0, 1), np.float32))
        return Proposals(
            np.array(windows, np.int64), np.array(features, np.float32), pairs, np.array(prior, np.float32)
        )

    def answers(self, doc: Doc, proposals: Proposals, gold: Report) -> Answers:
        claims = doc.user_data["claims"]
        ids = {g.id: g for g in gold.claims}
        hits = [
            next((g for g in gold.claims if g.start < c.end and c.start < g.end and g.type == c.type), None)
            for c in claims
        ]
        targets = np.zeros((proposals.n, 1), np.float32)
        weights = np.zeros(proposals.n, np.float32)
        for row, (i, j) in enumerate(proposals.items):
            part, whole = hits[j], hits[i]
            if part is None:
                continue
            weights[row] = 1.0
            total = ids.get(part.part_of or "")
            targets[row, 0] = float(total is not None and whole is not None and total.id == whole.id)
        return Answers(targets, weights)

    def write(self, doc: Doc, proposals: Proposals, logs: Floats, settings: Mapping[str, float]) -> None:
        claims = list(doc.user_data["claims"])
        best: dict[int, tuple[float, int]] = {}
        for (i, j), row in zip(proposals.items, logs, strict=True):
            if row[0] > np.log(0.5) and row[0] > best.get(j, (-np.inf, 0))[0]:
                best[j] = (float(row[0]), i)
        for j, claim in enumerate(claims):
            found = best.get(j)
            # of two claims only one is a share of the other
            circular = found is not None and best.get(found[1], (0.0, -1))[1] == j and best[found[1]][0] > found[0]
            claims[j] = replace(claim, part_of=claims[found[1]].id if found and not circular else None)
        doc.user_data["claims"] = tuple(claims)


def _totals(claims: Sequence[Claim], j: int, by_rule: int | None) -> list[int]:
    """The claims that claim j may be a share of: those not far before it, and what the rules say."""
    c = claims[j]
    out = []
    for i in range(j - 1, max(-1, j - 1 - MOST), -1):
        if c.start - claims[i].end > REACH:
            break
        if claims[i].unit != "%" and c.unit != "%" and claims[i].value >= c.value and claims[i].start != c.start:
            out.append(i)
    if by_rule is not None and by_rule not in out:
        out.append(by_rule)
    return out


def _sums(claims: Sequence[Claim]) -> dict[str, float]:
    """For each claim, what its shares by the rules add up to."""
    out: dict[str, float] = {}
    for c in claims:
        if c.part_of is not None:
            out[c.part_of] = out.get(c.part_of, 0.0) + float(c.value)
    return out


def _features(
    text: str, claims: Sequence[Claim], i: int, j: int, by_rule: int | None, summed: Mapping[str, float]
) -> list[float]:
    whole, c = claims[i], claims[j]
    gap = text[whole.end : c.start] if whole.end <= c.start else ""
    sister = claims[j - 1] if j else None
    return [
        float(by_rule == i),
        float(by_rule is None),
        float(by_rule is not None and by_rule != i),
        float(whole.part_of is not None),
        float(whole.id in summed),
        float(abs(summed.get(whole.id, 0.0) - float(whole.value)) < 1e-6),
        float(whole.type == c.type),
        float(whole.unit == c.unit),
        float(whole.value == c.value),
        float(c.value) / max(1.0, float(whole.value)),
        float(c.value == 0),
        float(i > j),
        float(j - i == 1),
        min(abs(j - i), MOST) / MOST,
        log1p(len(gap)) / 3,
        min(sum(gap.count(ch) for ch in "。！？"), 3) / 2,
        float("\n" in gap),
        float("；" in gap),
        float(bool(_MARK.search(gap))),
        float("其中" in gap),
        float(bool(sister and sister.part_of == whole.id)),
        float(bool(sister and sister.part_of is not None and sister.part_of == whole.part_of)),
        float(whole.section == c.section),
        *one_hot(c.type, CLAIM_TYPES),
        *one_hot(whole.type, CLAIM_TYPES),
    ]


def _n_features() -> int:
    c = Claim("c1", 0, 0, "", "", 0, "")
    return len(_features("", [c, c], 0, 1, None, {}))


TASK = WholeTask()
