"""GD108 on a table of 2019, whose rows are not those of today."""

import govnlp

HEAD = "甲县乙镇人民政府2020年政府信息公开工作年度报告\n一、总体情况\n公开3条。\n二、主动公开政府信息情况\n第二十条第（一）项\n"
OLD = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t{}\n规范性文件\t1\t1\t1\n第二十条第（五）项\n"
OLD += "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t{}\n其他对外管理服务事项\t0\t0\t0\n第二十条第（六）项\n"
OLD += "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政处罚\t0\t0\t0\n行政强制\t0\t0\t0\n"


def blank(rules: str, licences: str) -> list[str]:
    card = govnlp.load("rules").score_text(HEAD + OLD.format(rules, licences))
    assert card.report.tables["proactive"].layout == "2019"
    return [card.report.text[a:b] for f in card.findings if f.code == "GD108" for a, b in f.evidence]


def test_blank_rows_of_a_table_of_2019_are_found_once():
    assert blank("\t\t", "/\t/\t/") == ["规章", "行政许可"]


def test_a_row_with_a_number_is_not_blank():
    assert blank("0\t0\t0", "3\t\t") == []
