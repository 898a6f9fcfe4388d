"""Which elements of disclosure a report has, from its wording and its claims, with the sentences that show it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from govnlp.components.sentences.place import sections_of
from govnlp.document import Claim, Element, Section, Sentence
from govnlp.schema import ELEMENTS, NARRATIVE_SECTIONS

MAX_EVIDENCE = 3
_DEFAULT = tuple(s for s in NARRATIVE_SECTIONS if not s.startswith("problems"))
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_PLAN = re.compile(r"(?:下一步|今后|明年|来年|下一年|下步|将(?:继续|进一步|不断|持续|把|在|对|着力|加))")


@dataclass(frozen=True, slots=True)
class Cue:
    sections: frozenset[str]
    claims: frozenset[str]
    pattern: re.Pattern[str] | None


@lru_cache(maxsize=1)
def cues() -> dict[str, tuple[Cue, ...]]:
    """Element id to what shows it, from the vocabulary file."""
    raw = tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {
        element: tuple(
            Cue(
                frozenset(row.get("sections", _DEFAULT)),
                frozenset(row.get("claims", ())),
                re.compile(row["pattern"]) if "pattern" in row else None,
            )
            for row in rows
        )
        for element, rows in raw.items()
    }


def find_elements(
    text: str, sections: Sequence[Section], sentences: Sequence[Sentence], claims: Sequence[Claim]
) -> tuple[Element, ...]:
    """Every element of `schema.ELEMENTS`, in that order, present or not, with up to three spans of evidence."""
    return tuple(
        Element(element, bool(spans), tuple(spans[:MAX_EVIDENCE]))
        for element, spans in find_evidence(text, sections, sentences, claims).items()
    )


def find_evidence(
    text: str, sections: Sequence[Section], sentences: Sequence[Sentence], claims: Sequence[Claim]
) -> dict[str, list[tuple[int, int]]]:
    """Every element with all spans that show it, in text order."""
    where = sections_of([(s.start, s.end) for s in sentences], sections)
    text = text.translate(_WIDE)
    found: dict[str, list[tuple[int, int]]] = {element: [] for element in ELEMENTS}
    for element, cue in ((element, cue) for element, some in cues().items() for cue in some):
        spans = found[element]
        for claim in claims:
            if claim.type in cue.claims and (claim.section is None or not claim.section.startswith("problems")):
                spans.append((claim.start, claim.end))
        if cue.pattern is None:
            continue
        for sentence, section in zip(sentences, where, strict=True):
            if section not in cue.sections:
                continue
            hit = cue.pattern.search(text, sentence.start, sentence.end)
            if hit and (section.startswith("problems") or not _is_plan(text, sentence, hit.start())):
                spans.append((sentence.start, sentence.end) if hit.end() - hit.start() < 2 else hit.span())
    return {element: sorted(set(spans)) for element, spans in found.items()}


def _is_plan(text: str, sentence: Sentence, at: int) -> bool:
    return _PLAN.search(text, sentence.start, at) is not None
