"""The official labels of the three tables, and how a label that was typed by hand is compared with them.

A key is a label without what may vary freely: spaces, widths, brackets, quotation marks, punctuation, numbering.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from govnlp.document import LabelIssue
from govnlp.schema import APPLICANTS, PROACTIVE_ROWS, REQUEST_GROUPS, REQUEST_ROWS, REVIEW_BLOCKS, REVIEW_COLUMNS
from govnlp.tables.rows import Piece

_NOT_KEY = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_NUMBERING = re.compile(r"^[一二三四五六七八九十0-9]+")


@lru_cache(maxsize=8192)
def key_of(label: str) -> str:
    """The label's key; "" for a label of punctuation or numbering only."""
    plain = _NOT_KEY.sub("", unicodedata.normalize("NFKC", label))
    return _NUMBERING.sub("", plain)


def _keys(labels: Iterable[str]) -> dict[str, str]:
    return {key_of(label): label for label in labels}


REQUESTS_NOTE: Final = "本列数据的勾稽关系为"
"""How the note in the corner of the requests table begins; it is no label."""
ARTICLE_LABELS: Final = _keys(f"第二十条第（{n}）项" for n in "一五六八")
INFORMATION: Final = "信息内容"
PROACTIVE_COLUMNS: Final = _keys(
    (INFORMATION, *dict.fromkeys(c for columns in PROACTIVE_ROWS.values() for c in columns))
)
PROACTIVE_LABELS: Final = _keys(PROACTIVE_ROWS)
REQUEST_LABELS: Final = {key_of(label): row for row, label in REQUEST_ROWS.items()}
"""Key to row id."""
GROUP_LABELS: Final = {key_of(label): group for group, label in REQUEST_GROUPS.items()}
APPLICANT_COLUMNS: Final = _keys(APPLICANTS)
REQUEST_FRAME: Final = _keys(("三、本年度办理结果", "申请人情况", "法人或其他组织"))
"""Labels of the requests table beside rows, groups and applicants."""
REVIEW_HEADS: Final = _keys((*REVIEW_BLOCKS.values(), "行政诉讼", *REVIEW_COLUMNS))

EQUAL_KEYS: Final = {
    "本年收费金额单位万元保留4位小数": "本年收费金额单位万元",
    "本年收费金额单位万元保留四位小数": "本年收费金额单位万元",
    "本年收费金额万元": "本年收费金额单位万元",
    "本年收费金额": "本年收费金额单位万元",
}
"""Keys of wordings that the national format itself has used for the label on the right."""
RENAMED: Final = {
    "合计": "总计",
    "规范性文件": "行政规范性文件",
    "社会组织": "社会公益组织",
    "公益组织": "社会公益组织",
    "公民": "自然人",
    "个人": "自然人",
    "企业": "商业企业",
    "法律服务组织": "法律服务机构",
    "行政收费": "行政事业性收费",
}
"""Keys of wordings that mean the label on the right, too far from it (or too near to another) for the edit distance to tell."""

OLD_MARKS: Final = (
    "本年新制作数量",
    "本年新公开数量",
    "对外公开总数量",
    "上一年项目数量",
    "其他对外管理服务事项",
    "政府集中采购",
    "采购项目数量",
    "采购总金额",
)
"""Labels that only the 2019 format's proactive table has."""
NEW_MARKS: Final = ("本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额")
"""Labels that only the 2021 format's proactive table has."""


@lru_cache(maxsize=8192)
def similarity(a: str, b: str) -> float:
    """1 for equal keys down to 0: one minus the edit distance over the longer length."""
    if a == b:
        return 1.0
    longer = max(len(a), len(b))
    if not a or not b:
        return 0.0
    # characters that only one of the two has bound the distance from below, and are cheap to count
    if max(len(set(a) - set(b)), len(set(b) - set(a)), abs(len(a) - len(b))) > 0.6 * longer:
        return 0.0
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, diagonal = i, i - 1
        new = [i]
        for j, y in enumerate(b, 1):
            up = row[j]
            left = min(left + 1, up + 1, diagonal + (x != y))
            new.append(left)
            diagonal = up
        row = new
    return 1 - row[-1] / longer


def canonical(key: str) -> str:
    """The key of the official label that the format itself used in other words, else `key`."""
    return EQUAL_KEYS.get(key, key)


def best_label(key: str, among: Iterable[str], *, least: float = 0.5) -> str | None:
    """The official key nearest to `key`, or None where none is near enough or two are equally near."""
    official = list(among)
    renamed = RENAMED.get(key)
    if renamed in official:
        return renamed
    scored = sorted(((similarity(key, o), o) for o in official), reverse=True)
    if not scored or scored[0][0] < least or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def check_labels(pieces: Sequence[Piece], official: dict[str, str]) -> list[LabelIssue]:
    """The labels among `pieces` that differ from `official` (key to official wording).

    A label may be broken over several pieces, next to each other or not (one column's words under another's). A piece that is like
    no official label is no label of the table's (a note, a remark column) and is left alone.
    """
    rest: list[Piece] = []
    found: set[str] = set()
    for piece in pieces:
        key = canonical(key_of(piece.text))
        if key in official:
            found.add(key)
        elif key and not key.startswith(key_of(REQUESTS_NOTE)):
            rest.append(piece)
    rest = _without_fragments(rest, official, found)
    missing = [key for key in official if key not in found]
    issues = []
    for piece in rest:
        key = key_of(piece.text)
        expected = best_label(key, missing) or best_label(key, official, least=0.6)
        is_fragment = any(key in other for other in missing) and key not in RENAMED
        if expected is not None and not (is_fragment and similarity(key, expected) < 0.7):
            issues.append(LabelIssue(piece.start, piece.end, piece.text, official[expected]))
    return issues


def _without_fragments(rest: list[Piece], official: dict[str, str], found: set[str]) -> list[Piece]:
    """`rest` without the pieces that make up an official label together; adds those labels to `found`."""
    used: set[int] = set()
    keys = [key_of(piece.text) for piece in rest]
    for i, first in enumerate(keys):
        if i in used:
            continue
        for label in official:
            if label.startswith(first) and first != label:
                chain = _complete(label[len(first) :], keys, i + 1, used)
                if chain:
                    used.update((i, *chain))
                    found.add(label)
                    break
    return [piece for i, piece in enumerate(rest) if i not in used]


def _complete(needed: str, keys: list[str], start: int, used: set[int]) -> list[int]:
    """Indices of later pieces that spell out `needed`, or []."""
    chain = []
    for j in range(start, len(keys)):
        if j not in used and keys[j] and needed.startswith(keys[j]):
            chain.append(j)
            needed = needed[len(keys[j]) :]
            if not needed:
                return chain
    return []
