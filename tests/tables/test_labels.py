import pytest
from draw_tables import lines_of, numbers, spanning, tabbed

from govnlp.tables import extract_tables
from govnlp.tables.labels import best_label, key_of, similarity


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("（一）予以公开", "予以公开"),
        ("(一) 予以公开", "予以公开"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ('３．危及"三安全一稳定"', "危及三安全一稳定"),
        ("结果\n维持", "结果维持"),
        ("三\n、\n本\n年\n度", "本年度"),
        ("第二十条第（一）项", "第二十条第一项"),
        ("1.", ""),
    ],
)
def test_key(label: str, key: str) -> None:
    assert key_of(label) == key


def test_similarity_is_one_minus_the_share_of_edits() -> None:
    assert similarity("本年度止件数", "本年废止件数") == pytest.approx(5 / 6)
    assert similarity("重复申请", "重复申请") == 1
    assert similarity("", "重复申请") == 0
    assert similarity("规章", "行政查询事项") == 0


def test_best_label_says_nothing_between_two() -> None:
    assert best_label("本年度止件数", ["本年制发件数", "本年废止件数"]) == "本年废止件数"
    assert best_label("结果甲乙", ["结果维持", "结果纠正"]) is None


ALTERED = [
    ("proactive", "本年废止件数", "本年度止件数", "本年废止件数"),
    ("proactive", "现行有效件数", "现有效件数", "现行有效件数"),
    ("proactive", "行政规范性文件", "规范性文件", "行政规范性文件"),
    ("proactive", "行政事业性收费", "行政事业收费", "行政事业性收费"),
    ("proactive", "行政强制", "行政强执", "行政强制"),
    ("proactive", "本年收费金额（单位：万元）", "本年收费金额（单位：元）", "本年收费金额（单位：万元）"),
    ("requests", "社会公益组织", "社会组织", "社会公益组织"),
    ("requests", "法律服务机构", "法律服务组织", "法律服务机构"),
    ("requests", "（三）不予公开", "（三）不公开", "（三）不予公开"),
    ("requests", "2.重复申请", "2.重复请求", "2.重复申请"),
    ("requests", "（七）总计", "（七）合计", "（七）总计"),
    ("requests", "四、结转下年度继续办理", "四、结转下年继续办理", "四、结转下年度继续办理"),
    ("review", "结果纠正", "结果更正", "结果纠正"),
    ("review", "未经复议直接起诉", "未经复议起诉", "未经复议直接起诉"),
]


@pytest.mark.parametrize(("table", "old", "new", "expected"), ALTERED)
def test_altered_labels_are_reported_and_change_no_number(table: str, old: str, new: str, expected: str) -> None:
    drawn = numbers(7)
    lines = lines_of(drawn)
    lines[table] = [[new if c == old else c for c in line] for line in lines[table]]
    source = tabbed(lines)
    found = extract_tables(source)
    assert {name: dict(t.rows) for name, t in found.items()} == drawn
    issues = [i for t in found.values() for i in t.labels]
    assert {(i.found, i.expected) for i in issues} == {(new, expected)}
    assert all(source.text[i.start : i.end] == i.found for i in issues)


HARMLESS = [
    ("proactive", "本年收费金额（单位：万元）", "本年收费金额（单位：万元，保留4位小数）"),
    ("proactive", "第二十条第（一）项", "第二十条 第(一)项"),
    (
        "requests",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
    ),
    ("requests", "3.危及“三安全一稳定”", "3．危及「三安全一稳定」"),
    ("requests", "（七）总计", "(七) 总 计"),
    ("review", "结果维持", "结果 维持"),
]


@pytest.mark.parametrize(("table", "old", "new"), HARMLESS)
def test_harmless_variants_are_not_reported(table: str, old: str, new: str) -> None:
    lines = lines_of(numbers(7))
    lines[table] = [[new if c == old else c for c in line] for line in lines[table]]
    assert [t.labels for t in extract_tables(tabbed(lines)).values()] == [(), (), ()]


def test_header_cells_broken_over_two_rows_are_one_label() -> None:
    lines = lines_of(numbers(2))
    header = lines["requests"][2]
    lines["requests"][2:3] = [[*header[:4], "社会公益", "法律服务", ""], ["", "", "", "", "", "组织", "机构", "", ""]]
    found = extract_tables(tabbed(lines))["requests"]
    assert found.labels == ()
    assert found.rows == numbers(2)["requests"]


def test_merged_cells_carry_one_issue_for_one_label() -> None:
    source = spanning(numbers(2))
    assert [t.labels for t in extract_tables(source).values()] == [(), (), ()]
