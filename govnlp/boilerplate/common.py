"""Sentences that others have too: what the corpus and the batch say of a sentence, beside what its label says."""

from __future__ import annotations

import numpy as np

from govnlp.boilerplate.counts import agency_bit, number_of
from govnlp.boilerplate.fingerprint import agency_hash
from govnlp.boilerplate.grams import text_hash
from govnlp.boilerplate.mask import mask
from govnlp.boilerplate.profile import Profile
from govnlp.document import Report

LEAST_AGENCIES = 3
"""So many other agencies with the same wording make a sentence anybody's."""
LEAST_CHARACTERS = 8


def common_sentences(report: Report, profile: Profile) -> frozenset[int]:
    """Starts of the sentences labelled specific that at least three other agencies have word for word, names, years and numbers aside.

    A sentence that states a count is left out: its wording may be everybody's, its number is the agency's own.
    """
    counted = [c.start for c in report.claims]
    asked = [
        s
        for s in report.sentences
        if s.label == "specific"
        and s.end - s.start >= LEAST_CHARACTERS
        and not any(s.start <= at < s.end for at in counted)
    ]
    if not asked:
        return frozenset()
    masked = (mask(report.text, report.agency, start=s.start, end=s.end).text for s in asked)
    at = profile.sentences.find(np.array([text_hash(text) for text in masked], np.uint64))
    own = np.uint64(agency_bit(agency_hash(report.agency)) if report.agency else 0)
    others = number_of(profile.sentences.agencies[at] & ~own)
    found = (at >= 0) & (others >= LEAST_AGENCIES - 0.5)
    return frozenset(s.start for s, common in zip(asked, found, strict=True) if common)
