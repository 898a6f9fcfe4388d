"""Measures that research on company filings uses, in forms that make sense for Chinese, beside this package's own score.

Words are not marked in Chinese: phrases are n-grams of eight characters (about four words) of the masked text, and lengths are
counted in characters. Each measure is None where there is nothing to measure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np

from govnlp.boilerplate.grams import GRAM, covered, gram_hashes
from govnlp.boilerplate.mask import join, mask, masked_narrative
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


def measure(report: Report, profile: Profile, previous: Report | None = None) -> Mapping[str, float | None]:
    """Every measure of `MEASURES` of one report, rounded to four places.

    `boilerplate_lang_stice`: share (0 to 1) of the narrative's characters in sentences that hold a phrase common to many reports
    of the profile (Lang and Stice-Lawrence 2015). `specificity_hope_hu_lu`: dates, amounts, titles, places and bodies named,
    per 100 characters (Hope, Hu and Lu 2016). `redundancy_cazier_pfeiffer`: share of phrases that the narrative has said
    before (Cazier and Pfeiffer 2017). `modification_brown_tucker`: 1 less the cosine of the two years' counts of character
    pairs, 0 for the same text; needs `previous` (Brown and Tucker 2011). `common_phrases`: share of phrases that at least
    three other agencies of the profile use.
    """
    values = {
        "boilerplate_lang_stice": boilerplate_lang_stice(report, profile),
        "specificity_hope_hu_lu": specificity_hope_hu_lu(report),
        "redundancy_cazier_pfeiffer": redundancy_cazier_pfeiffer(report),
        "modification_brown_tucker": None if previous is None else modification_brown_tucker(report, previous),
        "common_phrases": common_phrases(report, profile),
    }
    return {name: None if value is None else round(value, 4) for name, value in values.items()}


def boilerplate_lang_stice(report: Report, profile: Profile) -> float | None:
    """See `measure`. A report of the profile itself counts as one of its reports."""
    total = boilerplate = 0
    for sentence in report.sentences:
        masked = mask(report.text, report.agency, start=sentence.start, end=sentence.end).text
        total += len(masked)
        hits = profile.common(gram_hashes(masked), agencies=2, share=COMMON_SHARE, at_most=TOO_COMMON_SHARE)
        boilerplate += len(masked) if hits.any() else 0
    return boilerplate / total if total and profile.n_reports >= FEWEST_REPORTS else None


def specificity_hope_hu_lu(report: Report) -> float | None:
    """See `measure`."""
    sentences = [report.span(s.start, s.end) for s in report.sentences]
    size = sum(map(len, sentences))
    return 100 * sum(len(_ENTITY.findall(s)) for s in sentences) / size if size else None


def redundancy_cazier_pfeiffer(report: Report) -> float | None:
    """See `measure`."""
    pieces = [mask(report.text, report.agency, start=s.start, end=s.end) for s in report.sentences]
    hashes = gram_hashes(join(pieces).text)
    return 1 - len(np.unique(hashes)) / len(hashes) if len(hashes) else None


def modification_brown_tucker(report: Report, previous: Report) -> float | None:
    """See `measure`."""
    now, before = _pairs(report), _pairs(previous)
    if not now or not before:
        return None
    dot = sum(n * before[pair] for pair, n in now.items())
    lengths = sum(n * n for n in now.values()) * sum(n * n for n in before.values())
    return max(0.0, 1 - dot / lengths**0.5)


def common_phrases(report: Report, profile: Profile) -> float | None:
    """See `measure`. Estimated on the phrases that the profile can tell of, where it is a sample."""
    hashes = gram_hashes(masked_narrative(report).text)
    known = profile.grams.known(hashes)
    if not known.any() or profile.n_reports < FEWEST_REPORTS:
        return None
    return float(profile.common(hashes[known], agencies=COMMON_AGENCIES, but=report.agency).mean())


def _pairs(report: Report) -> Counter[str]:
    text = masked_narrative(report).text
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def common_characters(report: Report, profile: Profile) -> tuple[tuple[int, int], ...]:
    """Where the phrases stand that other agencies use too: spans of the report's text, to be shown."""
    masked = masked_narrative(report)
    hashes = gram_hashes(masked.text)
    if not len(hashes):
        return ()
    marked = covered(profile.common(hashes, agencies=COMMON_AGENCIES, but=report.agency), len(masked.text), GRAM)
    spans: list[tuple[int, int]] = []
    for i in np.flatnonzero(marked).tolist():
        if spans and masked.starts[i] - spans[-1][1] <= 2:
            spans[-1] = (spans[-1][0], masked.ends[i])
        else:
            spans.append((masked.starts[i], masked.ends[i]))
    return tuple(spans)
