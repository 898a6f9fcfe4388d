"""Measures that research on company filings uses, in forms that make sense for Chinese, beside this package's own score.

Words are not marked in Chinese: phrases are n-grams of eight characters (about four words) of the masked text, and lengths are
counted in characters. Each measure is None where there is nothing to measure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.grams import GRAM, Hashes, gram_hashes
from govnlp.boilerplate.mask import mask
from govnlp.boilerplate.profile import Profile
from govnlp.document import Report

MEASURES = (
    "boilerplate_lang_stice",
    "specificity_hope_hu_lu",
    "redundancy_cazier_pfeiffer",
    "modification_brown_tucker",
    "common_phrases",
)
FEWEST_REPORTS = 20
"""What is common cannot be told from a smaller corpus."""
COMMON_SHARE, TOO_COMMON_SHARE = 0.02, 0.75
"""A phrase that more than 2 % of reports use is boilerplate; one that over 75 % use is the law's (Lang and Stice-Lawrence 2015
draw the lines at 30 % and 75 % of much longer documents)."""
COMMON_AGENCIES = 3
_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号]|\d{4}年(?:\d{1,2}月)?|\d{1,2}月(?:份)?"
_AMOUNT = r"[\d.,]+%|(?:近|约)?[\d.,]+[余多]?(?:万|亿)?[\u4e00-\u9fff]"
_TITLE = r"《[^》]{2,60}》|“[^”]{2,20}”|[〔\[]\d{4}[〕\]]\d+号"
_PLACE = (
    r"[\u4e00-\u9fff]{2,6}?(?:自治[州县区]|[省市县区镇乡村]|街道|社区)(?=[\u4e00-\u9fff])"
    r"|[\u4e00-\u9fff]{2,8}?(?:局|委员会|办公室|法院|中心|公司|学校|医院|银行|协会|集团)"
)
_ENTITY = re.compile("|".join((_TITLE, _DATE, _AMOUNT, _PLACE)))


@dataclass(frozen=True, slots=True, eq=False)
class _Phrases:
    """The narrative's phrases, sentence by sentence: `hashes`, and for each the index of its sentence; lengths of sentences."""

    hashes: Hashes
    sentence: NDArray[np.int64]
    lengths: NDArray[np.int64]
    statutory: NDArray[np.bool_]
    text: str


def measure(
    report: Report, profile: Profile, previous: Report | None = None, *, common_in: Profile | None = None
) -> Mapping[str, float | None]:
    """Every measure of `MEASURES` of one report, rounded to four places.

    `boilerplate_lang_stice`: share (0 to 1) of the narrative's characters in sentences that hold a phrase common to many reports
    of the profile (Lang and Stice-Lawrence 2015). `specificity_hope_hu_lu`: dates, amounts, titles, places and bodies named,
    per 100 characters (Hope, Hu and Lu 2016). `redundancy_cazier_pfeiffer`: share of phrases that the narrative has said
    before (Cazier and Pfeiffer 2017). `modification_brown_tucker`: 1 less the cosine of the two years' counts of character
    pairs, 0 for the same text; needs `previous` (Brown and Tucker 2011). `common_phrases`: share of phrases, statutory
    sentences aside, that at least three other agencies use, of `common_in` (a batch) or of the profile.
    """
    phrases = _phrases(report)
    values = {
        "boilerplate_lang_stice": _boilerplate(phrases, profile),
        "specificity_hope_hu_lu": _specificity(report),
        "redundancy_cazier_pfeiffer": _redundancy(phrases),
        "modification_brown_tucker": None if previous is None else _modification(phrases, _phrases(previous)),
        "common_phrases": _common(phrases, report, common_in or profile),
    }
    return {name: None if value is None else round(value, 4) for name, value in values.items()}


def _phrases(report: Report) -> _Phrases:
    texts = [mask(report.text, report.agency, start=s.start, end=s.end).text for s in report.sentences]
    lengths = np.array([len(t) for t in texts], np.int64)
    text = "".join(texts)
    hashes = gram_hashes(text)
    owner = np.repeat(np.arange(len(texts)), lengths)
    # a phrase that begins in one sentence and ends in another is none
    whole = owner[: len(hashes)] == owner[GRAM - 1 : GRAM - 1 + len(hashes)]
    statutory = np.array([s.label == "statutory" for s in report.sentences], bool)
    return _Phrases(hashes[whole], owner[: len(hashes)][whole], lengths, statutory, text)


def _boilerplate(phrases: _Phrases, profile: Profile) -> float | None:
    if not phrases.text or profile.n_reports < FEWEST_REPORTS:
        return None
    hits = profile.common(phrases.hashes, agencies=2, share=COMMON_SHARE, at_most=TOO_COMMON_SHARE)
    return float(phrases.lengths[np.unique(phrases.sentence[hits])].sum() / len(phrases.text))


def _specificity(report: Report) -> float | None:
    sentences = [report.span(s.start, s.end) for s in report.sentences]
    size = sum(map(len, sentences))
    return 100 * sum(len(_ENTITY.findall(s)) for s in sentences) / size if size else None


def _redundancy(phrases: _Phrases) -> float | None:
    return 1 - len(np.unique(phrases.hashes)) / len(phrases.hashes) if len(phrases.hashes) else None


def _modification(now: _Phrases, before: _Phrases) -> float | None:
    counts = [np.unique(gram_hashes(p.text, 2), return_counts=True) for p in (now, before)]
    (pairs, number), (other_pairs, other_number) = counts
    if not len(pairs) or not len(other_pairs):
        return None
    _, here, there = np.intersect1d(pairs, other_pairs, assume_unique=True, return_indices=True)
    dot = float(number[here] @ other_number[there])
    return max(0.0, 1 - dot / float((number @ number) * (other_number @ other_number)) ** 0.5)


def _common(phrases: _Phrases, report: Report, profile: Profile) -> float | None:
    hashes = phrases.hashes[~phrases.statutory[phrases.sentence]]
    known = profile.grams.known(hashes)  # where the profile is a sample, so are the phrases
    if not known.any() or profile.n_reports < FEWEST_REPORTS:
        return None
    return float(profile.common(hashes[known], agencies=COMMON_AGENCIES, but=report.agency).mean())
