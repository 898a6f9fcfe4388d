"""Numerals: what reads as a number, and what reads as none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.components.claims.numerals import parse_numeral, to_chinese
from govnlp.document import Number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("312", 312),
        ("１００", 100),
        ("1,530", 1530),
        ("12，345", 12345),
        ("1 200", 1200),
        ("18.6", 18.6),
        ("2.31万", 23100),
        ("1.08亿", 108_000_000),
        ("3万2千", 32000),
        ("1亿2000万", 120_000_000),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十七", 17),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二", 120),
        ("一百二十", 120),
        ("两千三百", 2300),
        ("三千五", 3500),
        ("一万二", 12000),
        ("一万八千四百", 18400),
        ("一亿两千万", 120_000_000),
        ("一万亿", 10**12),
        ("二〇二三", 2023),
    ],
)
def test_reads(text: str, value: Number) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", "三四", "几十", "十几", "条", "三四十", "1万2亿", "abc", "万众"])
def test_reads_no_number(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (105, "一百零五"),
        (2300, "二千三百"),
        (10010, "一万零一十"),
        (100_000_000, "一亿"),
        (30_000_005, "三千万零五"),
    ],
)
def test_writes(number: int, text: str) -> None:
    assert to_chinese(number) == text


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_written_number_reads_back(number: int) -> None:
    assert parse_numeral(to_chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_separators_do_not_matter(number: int) -> None:
    assert parse_numeral(f"{number:,}") == number


@pytest.mark.parametrize("number", [-1, 10**12])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        to_chinese(number)


@pytest.mark.parametrize("text", ["1" * 5000, "1" * 400 + ".5", "1" * 30 + "万", "一" * 5000, "1," * 3000 + "1"])
def test_a_run_of_very_many_digits_is_no_number(text: str) -> None:
    assert parse_numeral(text) is None
