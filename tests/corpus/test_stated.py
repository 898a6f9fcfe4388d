import pytest

from govnlp.corpus.stated import attributes_of, chinese, qualifier_problem, stated_numbers, value_problem
from govnlp.document import Claim


def claim(text: str, value: float, qualifier: str = "exact") -> Claim:
    return Claim("c", 0, len(text), text, "other", value, "件", qualifier)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("312条", 312),
        ("１，３１２条", 1312),
        ("1 312 条", 1312),
        ("近3万次", 30000),
        ("620余万次", 6200000),
        ("1.3万人次", 13000),
        ("2317.8万元", 2317.8),
        ("3万2千册", 32000),
        ("一百二十余件", 120),
        ("三千五百余份", 3500),
        ("三千五份", 3500),
        ("一万零五十人", 10050),
        ("两期", 2),
        ("十二场", 12),
        ("百分之九十八点五", 98.5),
        ("98%", 98),
        ("三分之二", 66.66666667),
        ("九成以上", 90),
        ("八成五", 85),
        ("未收到申请", 0),
        ("均为0", 0),
        ("一律免费", 0),
    ],
)
def test_texts_state_their_value(text: str, value: float) -> None:
    assert value_problem(claim(text, value)) is None


@pytest.mark.parametrize(
    ("text", "value"), [("312条", 321), ("近3万次", 3000), ("两期", 3), ("全部办结", 7), ("三分之二", 60)]
)
def test_texts_do_not_state_another(text: str, value: float) -> None:
    assert value_problem(claim(text, value)) is not None


def test_chinese_numerals() -> None:
    assert [chinese(n) for n in ("十", "二十", "一百零三", "二〇二三", "一亿二千万", "九十八点五")] == [
        10,
        20,
        103,
        2023,
        120000000,
        98.5,
    ]


def test_no_number_states_nothing() -> None:
    assert stated_numbers("全部办结") == []


@pytest.mark.parametrize(
    ("text", "qualifier", "problem"),
    [
        ("100余条", "at_least", None),
        ("100余条", "exact", "'100余条' says at_least, the qualifier is exact"),
        ("近3万次", "about", "'近3万次' does not say about"),
        ("约3万次", "about", None),
        ("百分之百", "exact", None),
    ],
)
def test_qualifiers(text: str, qualifier: str, problem: str | None) -> None:
    assert qualifier_problem(claim(text, 1, qualifier)) == problem


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("312条", 312, "条", "exact"),
        ("近3万次", 30000, "次", "at_most"),
        ("100余条", 100, "条", "at_least"),
        ("2.1万人", 21000, "人", "exact"),
        ("5233.47万元", 5233.47, "万元", "exact"),
        ("一百二十件", 120, "件", "exact"),
        ("98%", 98, "%", "exact"),
        ("百分之九十八", 98, "%", "exact"),
        ("未收到政府信息公开申请", 0, "件", "exact"),
    ],
)
def test_attributes_of_a_bare_span(text: str, value: float, unit: str, qualifier: str) -> None:
    assert attributes_of(text) == (value, unit, qualifier)
