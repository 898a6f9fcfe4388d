"""Seeded variants of labelled reports, for training only: the labels are carried along, and every change keeps them true.

What is varied is what reports differ in and what does not change what a stretch says: sentences run together, headings set otherwise or
left out, the agency's name for 我镇, spaces lost, digits full-width.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from govnlp.corpus.labelled import LabelledReport
from govnlp.document import Claim, Report, Section, Sentence
from govnlp.rules.names import take_apart

Edit = tuple[int, int, str]
"""[start, end) of the text, and what stands there instead."""
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_TOPIC_NUMBER = re.compile(r"[（(][一二三四五六七八九]+[）)]")
_JOINED = 3
"""So many sentences are run together at most."""
_ORDINALS = "一二三四五六七八九"
_DATED = re.compile(r"\d{4}|\A[（(\d一二三四五六七八九]")


def make_variants(reports: Iterable[LabelledReport], *, seed: int, each: int = 1) -> list[LabelledReport]:
    """`each` variants of every report, with ids of their own; the same seed gives the same variants."""
    out = []
    for report in reports:
        for n in range(each):
            rng = random.Random(f"{seed}/{report.id}/{n}")
            out.append(make_variant(report, rng, f"{report.id}~{n}"))
    return out


def make_variant(labelled: LabelledReport, rng: random.Random, new_id: str) -> LabelledReport:
    """One variant: sentences are run together in most, and one or two other changes are made."""
    joined = _join_sentences(labelled.report, rng) if rng.random() < 0.8 else labelled.report
    report = joined
    for change in rng.sample(CHANGES, rng.choice((1, 1, 2))):
        report = _edited(report, change(report, rng))
    return replace(labelled, id=new_id, report=report)


def _join_sentences(report: Report, rng: random.Random) -> Report:
    """Neighbours become one sentence, up to three of them: a fact with filler is a fact, and so is a required zero with filler; filler with
    filler stays filler, however long."""
    text, sentences = list(report.text), list(report.sentences)
    k = 0
    while k + 1 < len(sentences):
        a, b = sentences[k], sentences[k + 1]
        adjacent = (
            a.end == b.start
            and report.text[a.end - 1] == "。"
            and report.section_at(a.start) == report.section_at(b.start)
        )
        label = _joint_label(report, a, b)
        short = sum(s.start >= a.start and s.end <= a.end for s in report.sentences) < _JOINED
        if adjacent and label and short and rng.random() < 0.3:
            text[a.end - 1] = rng.choice("，，；")
            sentences[k : k + 2] = [Sentence(a.start, b.end, label)]
        else:
            k += 1
    return replace(report, source=replace(report.source, text="".join(text)), sentences=tuple(sentences))


def _joint_label(report: Report, first: Sentence, second: Sentence) -> str | None:
    """The label of two sentences run together; None where they are not to be: what the format asks for stands by itself."""
    labels = {first.label, second.label}
    if labels == {"boilerplate"}:
        return "boilerplate"
    if "boilerplate" not in labels:
        return None
    other = second if first.label == "boilerplate" else first
    counted = any(other.start <= c.start < other.end for c in report.claims)
    return "specific" if other.label == "specific" or counted else None


def _headings(report: Report) -> list[tuple[Section, int]]:
    """Sections of part one's topics whose heading fills its line, with where the text after the line break starts."""
    out = []
    for s in report.sections:
        end = s.heading_end
        if s.id.startswith("overview.") and end > s.start and report.text[end : end + 1] == "\n" and end + 1 < s.end:
            out.append((s, end))
    return out


def _inline_headings(report: Report, rng: random.Random) -> list[Edit]:
    """（一）主动公开⏎text becomes （一）主动公开：text, or 一是主动公开。text"""
    stop = rng.choice(("。", "：", "。"))
    return [(end, end + 1, stop) for _, end in _headings(report)]


def _drop_headings(report: Report, rng: random.Random) -> list[Edit]:
    """The topics of part one follow each other without headings, as in reports of one paragraph a topic."""
    found = _headings(report)
    keep = rng.random() < 0.3
    return [] if keep and len(found) < 3 else [(s.start, end + 1, "") for s, end in found]


def _other_numbers(report: Report, rng: random.Random) -> list[Edit]:
    """（一） becomes 1. or (一) or 一、 or nothing, alike in all headings of the topics."""
    style = rng.choice(("{n}.", "({c})", "{c}、", "{n}、", "（{c}） ", "", "{c}是"))
    out = []
    for k, (s, end) in enumerate(_headings(report)):
        found = _TOPIC_NUMBER.match(report.text, s.start, end)
        if found and k < len(_ORDINALS):
            out.append((found.start(), found.end(), style.format(n=k + 1, c=_ORDINALS[k])))
    return out


def _named(report: Report, rng: random.Random) -> list[Edit]:
    """我镇 becomes the agency's own name, or the name 我镇, in some sentences, and some begin with the year: neither makes filler a fact."""
    agency, year = take_apart(report.agency or ""), f"{report.year}年，" if report.year else ""
    ours = re.compile(f"[我本](?:{agency.kind}|单位|机关)" if agency.kind else "[我本](?:单位|机关)")
    plain = re.compile(f"(?<![省市县区旗州盟]){re.escape(agency.own)}(?!人民政府|办事处)")
    out: list[Edit] = []
    for s in report.sentences:
        if agency.own and rng.random() < 0.5:
            if found := ours.search(report.text, s.start, s.end):
                out.append((*found.span(), agency.own))
            elif found := plain.search(report.text, s.start, s.end):
                out.append((*found.span(), f"我{agency.kind}"))
        dated = s.label == "statutory" or _DATED.search(report.text[s.start : s.end])
        if year and not dated and rng.random() < 0.15:
            out.append((s.start, s.start, year))
    return [e for e in out if not any(c.start < e[1] and e[0] < c.end for c in report.claims)]


def _wide_digits(report: Report, rng: random.Random) -> list[Edit]:
    """Full-width digits in the claims."""
    return [
        (c.start, c.end, report.text[c.start : c.end].translate(_WIDE))
        for c in report.claims
        if rng.random() < 0.7 and "." not in c.text and "," not in c.text
    ]


def _spaced_numbers(report: Report, rng: random.Random) -> list[Edit]:
    """Spaces around the numbers that are claims, as many editors put them."""
    return [
        (m, m, " ")
        for c in {c.start: c for c in report.claims}.values()
        if report.text[c.start].isdigit()
        for m in (c.start,)
        if report.text[m - 1] not in " \n"
    ]


def _no_spaces(report: Report, rng: random.Random) -> list[Edit]:
    """All spaces within lines are lost."""
    return [(m.start(), m.end(), "") for m in re.finditer(r"(?<=[^\s])[ \u3000]+(?=[^\s])", report.text)]


CHANGES: Sequence[Callable[[Report, random.Random], list[Edit]]] = (
    _inline_headings,
    _drop_headings,
    _other_numbers,
    _named,
    _wide_digits,
    _spaced_numbers,
    _no_spaces,
)


def _edited(report: Report, edits: Iterable[Edit]) -> Report:
    """The report with the edits made and every span moved along; a span keeps what is put in at its start outside."""
    chosen: list[Edit] = []
    for edit in sorted(set(edits)):
        if not chosen or edit[0] >= chosen[-1][1]:
            chosen.append(edit)
    pieces, at = [], 0
    shift: list[tuple[int, int, int]] = []
    moved = 0
    for start, end, new in chosen:
        pieces += [report.text[at:start], new]
        shift.append((start, end, moved))
        moved += len(new) - (end - start)
        at = end
    text = "".join([*pieces, report.text[at:]])
    starts = [s for s, _, _ in shift]

    def move(offset: int, *, is_start: bool) -> int:
        from bisect import bisect_left, bisect_right

        k = (bisect_right if is_start else bisect_left)(starts, offset) - 1
        if k < 0:
            return offset
        start, end, before = shift[k]
        new = len(chosen[k][2])
        if offset >= end:
            return offset + before + new - (end - start)
        # inside of what was replaced: its start keeps, anything later goes to its end
        return start + before if offset == start else min(offset - start, new) + start + before

    return replace(
        report,
        source=replace(report.source, text=text, blocks=(), grids=()),
        sections=tuple(
            Section(
                s.id, move(s.start, is_start=False), move(s.end, is_start=False), move(s.heading_end, is_start=False)
            )
            for s in report.sections
        ),
        sentences=tuple(
            Sentence(move(s.start, is_start=False), move(s.end, is_start=False), s.label) for s in report.sentences
        ),
        claims=tuple(_moved(c, move(c.start, is_start=True), move(c.end, is_start=False), text) for c in report.claims),
        tables={},
        title=None,
    )


def _moved(claim: Claim, start: int, end: int, text: str) -> Claim:
    return replace(claim, start=start, end=end, text=text[start:end])
