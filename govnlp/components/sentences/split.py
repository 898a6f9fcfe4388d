"""Sentences of the narrative sections: they end at 。！？ or at the line's end; headings are no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govnlp.components.sections.lines import SENTENCE_END, enumerator_at, prose_lines
from govnlp.document import Section
from govnlp.schema import TABLE_SECTIONS

_SHORT_HEADING = 24
LONGEST = 1000
"""A longer stretch without a sentence's end is a list, or no prose: it is cut, so that no pattern has to work through it."""
_CLAUSE_END = re.compile("[，；、,;：:\\s]")
_NOT_HEADING = re.compile(r"[。！？!?；;，,]")
_PAGE = re.compile(r"[\s.…·．_-]{2,}\d{1,3}$")
"""A page's number behind dots, in a table of contents."""
_LINE_OF_CONTENTS = 120
"""Characters of the longest line that may be one of a table of contents."""
# a numbered lead-in that is a heading in all but the line break: 1.公开数量。全年……
_SHORT_LEAD = re.compile(r"[^。！？，,；;：:\s]{2,10}。(?=\S)")


def split_sentences(text: str, sections: Sequence[Section]) -> list[tuple[int, int]]:
    """Spans of the sentences, in order, without the blanks around them."""
    out: list[tuple[int, int]] = []
    title_seen = False
    for section in sections:
        if section.id in TABLE_SECTIONS:
            continue
        start = section.start
        if section.heading_end > section.start and _fills_line(text, section):
            start = section.heading_end
        for line_start, line_end in prose_lines(text, start, section.end):
            if section.id == "preamble" and not title_seen and _is_title(text[line_start:line_end]):
                title_seen = "报告" in text[line_start:line_end]
                continue
            if _is_heading(text, line_start, line_end, section):
                continue
            # a heading on the sentence's own line belongs to that sentence
            inline = section.heading_end if line_start <= section.heading_end < line_end else line_start
            out.extend(_cut(text, line_start, line_end, inline))
    return out


def _fills_line(text: str, section: Section) -> bool:
    end = section.heading_end
    return text[end : end + 1] in ("", "\n", "\r") or text[section.heading_end : section.end].startswith("\n")


def _is_title(line: str) -> bool:
    """A line of the preamble before its first sentence: the report's title, or a part of it."""
    return len(line) <= 60 and not re.search("[。；;]", line)


def _is_heading(text: str, start: int, end: int, section: Section) -> bool:
    if end - start <= _LINE_OF_CONTENTS and (page := _PAGE.search(text, start, end)):
        end = page.start()
    bare = text[start:end].strip("* \u3000")
    if start == section.heading_end == section.start:
        return False
    if _NOT_HEADING.search(bare.rstrip("：:")) or len(bare) > _SHORT_HEADING:
        return False
    enum = enumerator_at(text, start, end)
    if enum is None:
        # the title once more, or that of a table of contents
        return bare.endswith("报告") or re.fullmatch(r"目\s*录", bare) is not None
    return enum.style in ("一、", "（一）", "1.", "（1）", "1）", "①") and not re.search(r"\d", text[enum.end : end])


def _cut(text: str, start: int, end: int, not_before: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = start
    enum = enumerator_at(text, start, end)
    if enum is not None and enum.style != "一是":
        short = _SHORT_LEAD.match(text, enum.end, end)
        not_before = max(not_before, short.end() - 1 if short and short.end() < end else start)
    cuts = [m.end() for m in SENTENCE_END.finditer(text, start, end) if m.start() > not_before]
    if not cuts or cuts[-1] < end:
        cuts.append(end)
    for cut in cuts:
        while at < cut and text[at].isspace():
            at += 1
        if cut - at >= 2 or (cut > at and text[at].isalnum()):
            out.extend(_of_bearable_length(text, at, cut))
        at = cut
    return out


def _of_bearable_length(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, in pieces of at most `LONGEST` characters, cut where a clause ends if one does."""
    while end - start > LONGEST:
        ends = [m.end() for m in _CLAUSE_END.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = ends[-1] if ends else start + LONGEST
        yield start, cut
        start = cut
    yield start, end
