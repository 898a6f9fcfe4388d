import json
import os
from pathlib import Path

import pytest
from draw_tables import lines_of, numbers, report, source_of, spanning, tabbed, zeros

from govnlp.document import Cell, Grid, Section
from govnlp.schema import PROACTIVE_ROWS, REQUEST_ROWS
from govnlp.tables import extract_tables, layout_of

OTHER = ("other.overdue_correction", "other.overdue_fee", "other.other")


def test_rows_in_the_format_s_order_and_the_table_s_place() -> None:
    source = tabbed(lines_of(numbers(1)))
    found = extract_tables(source)
    assert list(found) == ["proactive", "requests", "review"]
    assert list(found["proactive"].rows) == list(PROACTIVE_ROWS)
    assert list(found["requests"].rows) == list(REQUEST_ROWS)
    text = source.text[found["requests"].start : found["requests"].end]
    assert text.startswith("（本列数据的勾稽关系为")
    assert "结转下年度继续办理" in text
    assert "四、政府信息公开行政复议" not in text


def test_the_three_rows_of_other_outcomes_in_one() -> None:
    drawn = numbers(4)["requests"]
    merged = {row: cells for row, cells in drawn.items() if row not in OTHER}
    lines = lines_of({"requests": drawn})["requests"]
    at = next(i for i, line in enumerate(lines) if "（六）其他处理" in line)
    lines[at : at + 3] = [["", "（六）其他处理", "3", "0", "0", "0", "0", "0", "3"]]
    found = extract_tables(tabbed({"requests": lines}))["requests"]
    assert {row: found.rows[row] for row in merged} == merged
    assert found.rows["other.other"] == (3, 0, 0, 0, 0, 0, 3)
    assert found.rows["other.overdue_fee"] == (0,) * 7
    assert found.missing_rows == OTHER[:2]
    assert found.labels == ()


def test_another_group_in_one_row_leaves_its_rows_unknown() -> None:
    lines = lines_of(numbers(4))
    at = next(i for i, line in enumerate(lines["requests"]) if "（四）无法提供" in line)
    lines["requests"][at : at + 3] = [["", "（四）无法提供", "3", "0", "0", "0", "0", "0", "3"]]
    found = extract_tables(tabbed(lines))["requests"]
    assert found.rows["unable.not_held"] == (None, 0, 0, 0, 0, 0, None)
    assert found.missing_rows == ("unable.not_held", "unable.needs_creation", "unable.still_unclear")


def test_blank_and_crossed_cells_are_null_with_their_text() -> None:
    lines = lines_of(zeros())
    lines["proactive"][3][1:] = ["/", "", "若干"]
    lines["review"][-1][-5:] = ["-"] * 5
    source = tabbed(lines)
    found = extract_tables(source)
    assert found["proactive"].rows["行政规范性文件"] == (None, None, None)
    assert [found["proactive"].cells["行政规范性文件", i].raw for i in range(3)] == ["/", "", "若干"]
    assert found["review"].rows["lawsuit_after_reconsideration"] == (None,) * 5
    assert found["review"].rows["lawsuit_direct"] == (0,) * 5


def test_bad_numbers_keep_their_text() -> None:
    lines = lines_of(zeros())
    lines["proactive"][6][1] = "137.5"
    lines["requests"][3][1] = "-2"
    found = extract_tables(tabbed(lines))
    assert found["proactive"].rows["行政许可"] == (137.5,)
    assert found["requests"].rows["new"] == (-2, 0, 0, 0, 0, 0, 0)
    assert found["requests"].cells["new", 0].raw == "-2"


def test_rows_of_a_ragged_table_that_lost_a_cell() -> None:
    """Ten columns, as a converter of merged cells leaves them: labels take one, two or three, and numbers fall off the end."""
    lines = lines_of(zeros())
    ragged = []
    for line in lines["requests"]:
        cells = [c for c in line if c != "0"] if "0" in line else line
        ragged.append(([*cells, *([""] * (len(cells) != 2)), *["0"] * 7] + [""] * 3)[:10] if "0" in line else line)
    lines["requests"] = ragged
    assert any(line.count("0") == 6 for line in ragged)
    found = extract_tables(tabbed(lines))["requests"]
    assert found.rows == zeros()["requests"]


def test_a_page_that_ends_inside_the_table() -> None:
    drawn = numbers(5)
    for cut in range(3, 28):
        found = extract_tables(spanning(drawn, breaks=[cut]))
        assert {name: t.rows for name, t in found.items()} == drawn


def test_a_zero_across_the_whole_row() -> None:
    source = spanning({"requests": zeros()["requests"]})
    grid = source.grids[0]
    row = 5
    start = next(c.start for c in grid.cells if c.row == row and c.col == 3)
    kept = [c for c in grid.cells if not (c.row == row and c.col >= 3)]
    wide = Cell(row, 3, start, start + 1, "0", 1, 7)
    cells = tuple(sorted([*kept, wide], key=lambda c: (c.row, c.col)))
    found = extract_tables(source_of(source.text, [Grid(grid.start, grid.end, cells)]))["requests"]
    assert found.rows == zeros()["requests"]


def test_columns_in_another_order_are_found_by_their_labels() -> None:
    drawn = numbers(6)
    lines = lines_of(drawn)
    swap = {1: 3, 3: 1}
    for i in (1, 2, 3):
        line = lines["proactive"][i]
        lines["proactive"][i] = [line[swap.get(j, j)] for j in range(4)]
    table = lines["requests"]
    table[2] = [*table[2][:2], *reversed(table[2][2:])]
    for i in range(3, len(table)):
        table[i] = [*table[i][:-6], *reversed(table[i][-6:-1]), table[i][-1]]
    found = extract_tables(tabbed(lines))
    assert found["proactive"].rows == drawn["proactive"]
    assert found["requests"].rows == drawn["requests"]


def test_a_column_that_the_format_does_not_have() -> None:
    drawn = numbers(6)
    lines = lines_of(drawn)
    table = lines["requests"]
    table[2] = [*table[2], "小计"]
    for i in range(3, len(table)):
        table[i] = [*table[i][:-1], "999", table[i][-1]]
    assert extract_tables(tabbed(lines))["requests"].rows == drawn["requests"]


def test_a_review_table_turned_on_its_side() -> None:
    drawn = numbers(6)["review"]
    names = {
        "reconsideration": "行政复议",
        "lawsuit_direct": "未经复议直接起诉",
        "lawsuit_after_reconsideration": "复议后起诉",
    }
    lines = [["", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]]
    lines += [[names[block], *map(str, cells)] for block, cells in drawn.items()]
    assert extract_tables(tabbed({"review": lines}))["review"].rows == drawn


OLD = """第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t1\t1\t4
第二十条第（五）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t18\t-2\t27
其他对外管理服务事项\t0\t0\t0
第二十条第（六）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政处罚\t64\t+2\t5
行政强制\t3\t0\t0
第二十条第（八）项
信息内容\t上一年项目数量\t本年增/减
行政事业性收费\t2\t0
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额
政府集中采购\t6\t412.37万元"""


def test_the_table_of_2019_gives_what_means_the_same_today() -> None:
    source = source_of(report({"proactive": OLD}))
    table = extract_tables(source)["proactive"]
    assert layout_of(source) == layout_of(table) == "2019"
    assert {row: cells for row, cells in table.rows.items() if any(c is not None for c in cells)} == {
        "行政许可": (27,),
        "行政处罚": (5,),
        "行政强制": (0,),
    }
    assert table.missing_rows == ("规章", "行政规范性文件", "行政事业性收费")
    assert table.labels == ()


def test_layout_of_a_file() -> None:
    assert layout_of(tabbed(lines_of(zeros()))) == "2021"
    assert layout_of(source_of("一、概述\n全年公开信息12条。\n")) is None


NOT_NATIONAL = [
    "一、概述\n全年作出行政许可 12 件，行政处罚 3 件，行政强制 0 件，予以公开 3 件。\n",
    "指标\t单位\t数量\n主动公开政府信息数\t条\t312\n收到申请数\t件\t3\n同意公开答复数\t件\t2\n行政复议数量\t件\t0\n行政诉讼数量\t件\t0\n",
    "姓名\t职务\t电话\n张三\t主任\t6670218\n",
    "四、行政复议、行政诉讼情况\n无因政府信息公开引起的行政复议和行政诉讼，结果维持0件。\n",
    "二、主动公开政府信息情况\n2023年度，行政许可0，行政处罚0。\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 0\n",
]


@pytest.mark.parametrize("text", NOT_NATIONAL)
def test_other_tables_and_prose_are_no_national_table(text: str) -> None:
    assert extract_tables(source_of(text)) == {}


def test_sections_choose_between_two_tables_alike() -> None:
    last, this = numbers(1), numbers(2)
    a = report({"requests": "\n".join("\t".join(line) for line in lines_of(last)["requests"])})
    b = report({"requests": "\n".join("\t".join(line) for line in lines_of(this)["requests"])})
    text = a + "附件说明文字。" * 20 + "\n" + b
    first = extract_tables(source_of(text), [Section("requests_table", 0, len(a))])["requests"]
    second = extract_tables(source_of(text), [Section("requests_table", len(a), len(text))])["requests"]
    assert (first.rows, second.rows) == (last["requests"], this["requests"])


def test_gold_reports() -> None:
    folder = os.environ.get("GOVNLP_GOLD")
    if not folder:
        pytest.skip("GOVNLP_GOLD names no folder with gold reports")
    wrong = []
    for path in sorted(Path(folder).rglob("*.gold.json")):
        text = path.with_name(path.name.replace(".gold.json", ".txt"))
        if not text.exists():
            continue
        found = extract_tables(source_of(text.read_bytes().decode("utf-8-sig")))
        for name, rows in json.loads(path.read_text("utf-8"))["tables"].items():
            for row, cells in rows.items():
                due = tuple(c if isinstance(c, int | float) else None for c in cells)
                if name not in found or found[name].rows[row] != due:
                    wrong.append((path.name, name, row))
    assert wrong == []
