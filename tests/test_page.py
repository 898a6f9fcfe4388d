"""What a web page says of itself is told from what a report says."""

from __future__ import annotations

import pytest

from govnlp.components.flow import Flow
from govnlp.page import is_page_fact
from govnlp.readers import read_string


@pytest.mark.parametrize(
    "line",
    [
        "来源：县政府办公室 | 日期：2024-03-12 | 阅读：318次",
        "时间：2025-01-16　来源：石桥镇　【字体：大 中 小】",
        "索 引 号：000020716/2022-01144",
        "信息索引号： 1133/2020-11　发布机构： 石桥镇　公开方式： 主动公开",
        "[ 发布日期 : 2026-01-14 ]  [ 有效性 : 有效 ]",
        "您当前所在位置：首页>政务公开>石桥镇>政府信息公开年报",
        "首页 > 政府信息公开 > 政府信息公开年报",
        "【打印本页】 【关闭窗口】 扫一扫在手机打开当前页",
        "【字体:",
        "体裁分类：政府信息公开年报 主题分类：综合政务 浏览次数：57",
        "发表日期：2025-01-15 文章来源：石桥镇",
    ],
)
def test_page_facts(line: str) -> None:
    assert is_page_fact(line)


@pytest.mark.parametrize(
    "line",
    [
        "石桥镇2023年政府信息公开工作年度报告",
        "标题：石桥镇2023年政府信息公开工作年度报告",
        "（二）信息来源较为单一，多由办公室采写",
        "联系电话：0599-6620018",
        "打印政策明白纸300份，送到各村",
        "时间：2023年1月1日至12月31日。",
        "一、总体情况",
        "阅读量较上年增长",
    ],
)
def test_what_is_none(line: str) -> None:
    assert not is_page_fact(line)


def test_the_stages_do_not_read_them() -> None:
    text = "石桥镇2023年报告\n来源：石桥镇　浏览次数：417\n一、总体情况\n全年公开信息12条。\n【打印】【关闭窗口】\n"
    flow = Flow(read_string("a.txt", text))
    assert "417" not in flow.source.text
    assert "关闭" not in flow.source.text
    at = flow.source.text.index("全年")
    assert text[flow.back(at) :].startswith("全年公开信息12条。")
