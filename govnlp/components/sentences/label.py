"""The label of a sentence from its wording and its claims, where no trained model is loaded."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from math import exp
from operator import attrgetter

from govnlp.components.sentences.place import sections_of
from govnlp.document import Claim, Section, Sentence
from govnlp.schema import SENTENCE_LABELS

REQUIRED_ZEROS = (
    "requests_received",
    "requests_handled",
    "requests_carried",
    "reconsiderations",
    "lawsuits",
    "fees",
    "accountability",
)
"""Claims that the format itself asks for: a bare zero of these is statutory, not specific."""
LONGEST_CLAIM = 200
_START = attrgetter("start")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|《[^》]*》|“[^”]*”")
_PRIOR = {"specific": 0.0, "boilerplate": 0.9, "statutory": -0.6}
_SECTION_PRIOR = {
    "preamble": {"statutory": 1.6},
    "overview": {"boilerplate": 0.6},
    "problems.issues": {"specific": 0.4},
    "problems.improvements": {"boilerplate": 0.5},
    "other_matters": {"statutory": 0.5},
}


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    raw = tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {label: tuple((re.compile(r["pattern"]), float(r["score"])) for r in rows) for label, rows in raw.items()}


def label_sentences(
    text: str, spans: Sequence[tuple[int, int]], sections: Sequence[Section], claims: Sequence[Claim]
) -> tuple[Sentence, ...]:
    """Each span with its label; the score is a rough probability (a trained model's is calibrated)."""
    out = []
    for (start, end), section in zip(spans, sections_of(spans, sections), strict=True):
        near = claims[bisect_left(claims, start - LONGEST_CLAIM, key=_START) : bisect_left(claims, end, key=_START)]
        inside = [c for c in near if start < c.end]
        label, score = _label(text[start:end], section, inside)
        out.append(Sentence(start, end, label, score))
    return tuple(out)


def pattern_hits(sentence: str) -> dict[str, list[int]]:
    """For each label, how often each of its patterns hits the sentence."""
    return {label: [len(p.findall(sentence)) for p, _ in patterns] for label, patterns in _vocabulary().items()}


def score_labels(
    sentence: str, section: str, claims: Sequence[Claim], hits: Mapping[str, Sequence[int]]
) -> dict[str, float]:
    """What wording, section and claims say for each label; `hits` as `pattern_hits` gives them."""
    scores = dict(_PRIOR)
    for label, bonus in _SECTION_PRIOR.get(section, {}).items():
        scores[label] += bonus
    telling = [c for c in claims if not (c.value == 0 and c.type in REQUIRED_ZEROS)]
    if telling:
        scores["specific"] += 5.0
    elif claims:
        rest = len(sentence) - len({i for c in claims for i in range(c.start, c.end)})
        scores["statutory"] += 3.2 - 0.07 * max(0, rest - 12)
    for label, patterns in _vocabulary().items():
        for (_, score), n in zip(patterns, hits[label], strict=True):
            if n:
                scores[label] += score * (min(n, 4) if label == "boilerplate" else 1)
    return scores


def _label(sentence: str, section: str, claims: Sequence[Claim]) -> tuple[str, float]:
    scores = score_labels(sentence, section, claims, pattern_hits(sentence))
    best = max(SENTENCE_LABELS, key=lambda label: scores[label])
    total = sum(exp(scores[label] - scores[best]) for label in SENTENCE_LABELS)
    return best, round(1 / total, 4)
