import pytest

from govnlp.tables.numbers import cell_kind, parse_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1 136", 1136),
        ("12件", 12),
        ("12 （件）", 12),
        ("3万", 30000),
        ("0.0000", 0),
        ("12.0", 12),
        ("137.5", 137.5),
        ("-3", -3),
        ("－3", -3),
        ("+2", 2),
    ],
)
def test_numbers(raw: str, value: float) -> None:
    assert parse_number(raw) == value
    assert cell_kind(raw) == "number"


@pytest.mark.parametrize(
    ("raw", "value"),
    [("3万元", 3), ("3", 3), ("7730.28", 7730.28), ("500元", 0.05), ("20000元", 2), ("0元", 0), ("1.2万", 1.2)],
)
def test_fees_are_in_ten_thousands(raw: str, value: float) -> None:
    assert parse_number(raw, per=10_000) == value


@pytest.mark.parametrize(
    ("raw", "kind"), [("", "blank"), ("　", "blank"), ("/", "null"), ("－", "null"), ("——", "null"), ("无", "null")]
)
def test_marks_for_nothing(raw: str, kind: str) -> None:
    assert cell_kind(raw) == kind
    assert parse_number(raw) is None


@pytest.mark.parametrize("raw", ["若干", "三", "约12", "12/3", "1,23", "2023年", "1.", "12-15", "(3)", "5%", "自然人"])
def test_words_are_no_number(raw: str) -> None:
    assert cell_kind(raw) == "words"
    assert parse_number(raw) is None


def test_a_run_of_very_many_digits_is_no_number() -> None:
    assert parse_number("9" * 400) is None
    assert cell_kind("9" * 5000) == "words"
