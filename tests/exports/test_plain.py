"""Characters that act unseen are shown or dropped; what people write stays."""

from __future__ import annotations

import pytest

from govnlp.exports.plain import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("全年公开信息312条。\n\t表", "全年公开信息312条。\n\t表"),
        ("e\u0301é 😀 𠮷", "e\u0301é 😀 𠮷"),
        ("a\x00b\x1bc\x7f", "a␀b␛c␡"),
        ("\u202e倒\u2066", "[U+202E]倒[U+2066]"),
        ("\ufeff零\u200b宽\u00ad", "零宽"),
        ("行\u2028行\x85行\r\n", "行\n行\n行\n"),
        ("\ud83d\uffff\ufffe", "\ufffd\ufffd\ufffd"),
        ("\x9b31m", "[U+009B]31m"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 4),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line() -> None:
    assert one_line(" 甲\n\t乙\u3000丙 ") == "甲 乙 丙"
    assert one_line("甲" * 10, 5) == "甲甲甲甲…"
    assert one_line("甲" * 5, 5) == "甲" * 5
