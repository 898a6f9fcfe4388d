"""Copies of Word reports with each finding as a comment on its passage."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnlp.document import Finding, Scorecard
from govnlp.exports.docx.disarm import disarm
from govnlp.exports.docx.package import save_zip
from govnlp.exports.docx.passages import Passages, cut_runs, locate, runs_of
from govnlp.exports.plain import one_line
from govnlp.exports.words import Words
from govnlp.rules.basis import basis_in

_LARGEST = 256 * 1024 * 1024
"""Bytes of a file, and of all its parts unpacked: no report has as many."""
_COMMENTS = 20
"""Passages of one finding that get a comment."""
_KNOWN_SHARE = 0.9
"""At least this part of the document must be found in the text: else it was read in another way than when it was scored."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the characters from the first to the last offset; None: on the report as a whole."""

    span: Span | None
    text: str


def is_word_report(card: Scorecard) -> bool:
    return card.report.source.name.lower().endswith(".docx")


def annotate(card: Scorecard, path: Path, words: Words) -> str | None:
    """Write the annotated copy to `path`. Returns None, or the reason (a key of `docx.reason`) why there is none.

    The copy is made from the file that was scored: where its bytes have changed since, passages may have moved.
    """
    source = Path(card.report.source.name)
    try:
        if not source.is_file():  # nothing, or a pipe that never ends
            return "gone"
        if source.stat().st_size > _LARGEST:
            return "large"
        data = source.read_bytes()
    except (OSError, ValueError):
        return "gone"
    if hashlib.sha256(data).hexdigest() != card.report.source.sha256:
        return "changed"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(info.file_size for info in package.infolist()) > _LARGEST:
                return "large"
        parts = _parts(card, data, words)
    except Exception:
        # whatever a Word file from anywhere trips a library over must not cost the other reports their copies
        return "broken"
    if parts is None:
        return "unlike"
    path.parent.mkdir(exist_ok=True)
    save_zip(path, parts)
    return None


def _parts(card: Scorecard, data: bytes, words: Words) -> dict[str, bytes] | None:
    """The parts of the annotated package; None where the document does not hold the text that was scored."""
    import docx

    document = docx.Document(io.BytesIO(data))
    text = card.report.text
    passages = locate(document.element.body, text)
    if passages.share < _KNOWN_SHARE:
        return None
    comments = [c for finding in card.findings for c in comments_of(card, finding, passages, words)]
    whole = passages.between(*(card.report.title or (0, 0))) or passages.between(0, len(text))
    assert whole is not None  # something was found
    spans = [c.span or whole for c in comments]
    pieces = cut_runs(passages, spans)
    for comment, span in zip(comments, spans, strict=True):
        runs = runs_of(passages, pieces, *span)
        if runs is not None:
            _add_comment(document, runs, comment.text, words)
    disarm(document)
    memory = io.BytesIO()
    document.save(memory)
    with zipfile.ZipFile(memory) as package:
        return {name: package.read(name) for name in package.namelist()}


def comments_of(card: Scorecard, finding: Finding, passages: Passages, words: Words) -> list[Comment]:
    """The comments of a finding: all that there is to say at its first passage, a reference at the others."""
    spans = [span for a, b in finding.evidence if (span := passages.between(a, b)) is not None]
    spans = list(dict.fromkeys(spans))[:_COMMENTS]
    message = one_line(words.message(card, finding), 1000)
    head = words(
        "docx.comment.head",
        severity=words.term("severity", finding.severity),
        code=one_line(finding.code, 20),
        title=one_line(words.rule_title(finding.code), 100),
    )
    lines = [head, message]
    rule = words.rule(finding.code)
    if rule is not None:
        for field, value in (
            ("basis", "；".join(basis_in(b, words.lang) for b in rule.basis)),
            ("advice", rule.advice[words.lang]),
        ):
            lines.append(words("docx.colon", name=words(f"terms.field.{field}"), value=value))
    if not spans:
        return [Comment(None, "\n".join([head, words("docx.comment.whole") + message, *lines[2:]]))]
    others = [
        Comment(span, f"{head}\n" + words("docx.comment.again", number=n, count=len(spans), message=message))
        for n, span in enumerate(spans[1:], 2)
    ]
    return [Comment(spans[0], "\n".join(lines)), *others]


def _add_comment(document: Any, runs: Sequence[Any], text: str, words: Words) -> None:
    from docx.oxml.ns import qn
    from docx.text.run import Run

    first, last = (Run(r, document) for r in runs)
    comment = document.add_comment([first, last], text=text, author=words("docx.author"), initials="GD")
    # no time of writing: the same scorecards give the same file
    comment._comment_elm.attrib.pop(qn("w:date"), None)
