import pytest

from govnlp.corpus.markup import parse
from govnlp.rules.cases import sound
from govnlp.rules.numbering import breaks, markers, value_of

ISSUE = "黄坑、下洋两村的公开栏半年没有换过内容。{S}"


def broken(text: str) -> list[tuple[str, int]]:
    report = parse(sound((ISSUE, text))).report
    found = sorted(markers(report), key=lambda m: m.start)
    return [(report.span(m.start, m.end), due) for m, due in breaks(found)]


@pytest.mark.parametrize(("raw", "value"), [("一", 1), ("九", 9), ("十", 10), ("十二", 12), ("③", 3), ("11", 11)])
def test_values(raw, value):
    assert value_of(raw) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一是路远；二是人少；三是天冷。{S}", []),
        ("一是路远；二是人少；二是天冷。{S}", [("二是天冷", 3)]),
        ("一是路远；三是天冷。{S}", [("三是天冷", 2)]),
        ("统一是难点；第二是次要；三是天冷。{S}", []),
        ("一要改路；二要添人；四要取暖。{S}", [("四要取暖", 3)]),
        ("1.路远；{S}\n2.人少；{S}\n4.天冷。{S}", [("4.天冷", 3)]),
        ("1.2023年路远；{S}\n2.人少2.5倍；{S}\n3.天冷。{S}", []),
        ("8、9月路远。{S}\n10、11月天冷。{S}", []),
        ("①路远；②人少；④天冷。{S}", [("④天冷", 3)]),
        ("（一）路远。{S}（二）人少，下一步如下：{S}\n（一）修路。{S}（二）添人。{S}（三）取暖。{S}", []),
        ("（一）路远。{S}\n（三）人少。{S}", [("（三）人少", 2)]),
    ],
)
def test_breaks(text, found):
    assert broken(text) == found


def test_rows_of_tables_are_no_numbering():
    assert broken("没有问题。{S}") == []
