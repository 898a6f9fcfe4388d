"""Whose report it is, of which year, in which format."""

from __future__ import annotations

import pytest

from govnlp.components.identity import Identity, complete, format_of, identify, kind_of
from govnlp.components.sections.segment import segment
from govnlp.document import Source


def identity(text: str, title: str | None = None) -> Identity:
    return identify(Source("x.txt", "", "text", text, title=title), segment(text))


@pytest.mark.parametrize(
    ("title", "agency", "kind", "year"),
    [
        ("云溪县柳庄镇2023年政府信息公开工作年度报告", "云溪县柳庄镇人民政府", "township", 2023),
        ("柳庄乡人民政府 2021 年度政府信息公开工作报告", "柳庄乡人民政府", "township", 2021),
        ("云溪县人民政府２０２２年政府信息公开年报", "云溪县人民政府", "county", 2022),
        ("云溪市2024年政府信息公开工作年度报告", "云溪市人民政府", "city", 2024),
        (
            "北京市云溪区人民政府柳庄街道办事处2023年政府信息公开工作年度报告",
            "北京市云溪区人民政府柳庄街道办事处",
            "subdistrict",
            2023,
        ),
        ("柳庄街道2023年政府信息公开工作年度报告", "柳庄街道办事处", "subdistrict", 2023),
        ("云溪县教育局关于2019年政府信息公开工作的年度报告", "云溪县教育局", "department", 2019),
        ("云溪省人民政府2025年政府信息公开工作年度报告", "云溪省人民政府", "province", 2025),
        (
            "云溪高新技术产业开发区管理委员会2022年政府信息公开工作年度报告",
            "云溪高新技术产业开发区管理委员会",
            "other",
            2022,
        ),
        ("柳庄街办事处2021年政府信息公开工作年度报告", "柳庄街办事处", "subdistrict", 2021),
        ("云溪县人民政府（政府办公室）2023年政府信息公开工作年度报告", "云溪县人民政府", "county", 2023),
        ("柳庄街道、柳庄园区2025年政府信息公开工作年度报告", "柳庄街道办事处", "subdistrict", 2025),
        ("2022年度云溪县柳庄镇政府信息公开工作年度报告", "云溪县柳庄镇人民政府", "township", 2022),
        ("2024年云溪县柳庄镇人民政府信息公开工作年度报告", "云溪县柳庄镇人民政府", "township", 2024),
        ("云溪高新技术产业开发区2022年政府信息公开工作年度报告", "云溪高新技术产业开发区管理委员会", "other", 2022),
        ("标     题 云溪县气象局2015年政府信息公开工作年度报告", "云溪县气象局", "department", 2015),
        (
            "云溪县人力资源和社会保障局2024年政府\n信息公开工作年度报告",
            "云溪县人力资源和社会保障局",
            "department",
            2024,
        ),
        ("二〇一五年云溪县气象局政府信息公开工作年度报告", "云溪县气象局", "department", 2015),
    ],
)
def test_titles(title: str, agency: str | None, kind: str, year: int) -> None:
    got = identity(f"{title}\n一、总体情况\n开展了工作。\n")
    assert (got.agency, got.kind, got.year) == (agency, kind, year)


def test_a_title_over_two_lines() -> None:
    text = "云溪县柳庄镇人民政府\n2023年政府信息公开工作年度报告\n一、总体情况\n开展了工作。"
    got = identity(text)
    assert got.agency == "云溪县柳庄镇人民政府"
    assert got.title == (0, text.index("\n一、"))


def test_a_title_over_two_lines_with_the_year_on_the_first() -> None:
    text = "云溪县柳庄镇人民政府2023年\n政府信息公开工作年度报告\n一、总体情况\n开展了工作。"
    got = identity(text)
    assert (got.agency, got.year) == ("云溪县柳庄镇人民政府", 2023)
    assert got.title == (0, text.index("\n一、"))


def test_a_title_over_three_lines() -> None:
    text = "云溪县柳庄镇人民政府\n2023 年政府信息公开\n工作年度报告\n一、总体情况\n开展了工作。"
    got = identity(text)
    assert (got.agency, got.year) == ("云溪县柳庄镇人民政府", 2023)
    assert got.title == (0, text.index("\n一、"))


@pytest.mark.parametrize(
    "above",
    [
        "信息分类：政府信息公开年报　发布日期：2024-01-06\n",
        "您当前所在位置：首页>政务公开>柳庄镇>政府信息公开年报\n",
        "欢迎您 首页 > 政府信息公开年报\n",
        "其他;政府信息公开年报;\n标题：",
    ],
)
def test_what_a_page_says_of_itself_is_no_title(above: str) -> None:
    text = above + "云溪县柳庄镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"
    got = identity(text)
    assert got.title == (len(above), text.index("\n一、"))
    assert (got.agency, got.year) == ("云溪县柳庄镇人民政府", 2023)
    assert got.title is not None
    assert text[slice(*got.title)].startswith("云溪县柳庄镇")


def test_a_title_without_the_agency_or_the_year() -> None:
    got = identity(
        "2020年政府信息公开工作年度报告\n现将云溪县水利局2020年政府信息公开工作报告如下。\n一、总体情况\n好。"
    )
    assert (got.agency, got.year) == ("云溪县水利局", 2020)
    got = identity("柳庄乡人民政府政府信息公开工作年度报告\n一、总体情况\n2021年，柳庄乡开展了工作。")
    assert (got.agency, got.year) == ("柳庄乡人民政府", 2021)


def test_a_title_that_leaves_out_the_place() -> None:
    title = "县气象局2023年政府信息公开工作年度报告"
    got = identity(f"{title}\n云溪县气象局按照《中华人民共和国政府信息公开条例》编制本报告。\n一、总体情况\n好。")
    assert got.agency == "云溪县气象局"
    assert identity(f"{title}\n云溪县水利局按照条例编制本报告。\n一、总体情况\n好。").agency == "县气象局"


def test_nothing_tells() -> None:
    got = identity("今天天气很好。")
    assert (got.agency, got.kind, got.year, got.title) == (None, "other", None, None)


def test_what_the_file_says_of_itself_helps() -> None:
    got = identity("一、总体情况\n好。", title="云溪县柳庄镇2023年政府信息公开工作年度报告")
    assert (got.agency, got.year) == ("云溪县柳庄镇人民政府", 2023)


@pytest.mark.parametrize(
    ("name", "full"), [("王家乡", "王家乡人民政府"), ("西街街道", "西街街道办事处"), ("县林业局", "县林业局")]
)
def test_completion(name: str, full: str) -> None:
    assert complete(name) == full


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("敖汉旗人民政府", "county"),
        ("云溪自治州人民政府", "city"),
        ("上海市人民政府", "province"),
        ("查干苏木人民政府", "township"),
        ("云溪县消防救援大队", "department"),
    ],
)
def test_kinds(agency: str, kind: str) -> None:
    assert kind_of(agency) == kind


def test_formats() -> None:
    assert format_of("", (), 2023, "2021", ("requests",)) == "2021"
    assert format_of("", (), 2020, "2021", ("requests",)) == "2019"
    assert format_of("", (), 2023, "2019", ("requests",)) == "2019"
    assert format_of("", (), 2015, None, ()) == "pre2019"
    assert format_of("", (), 2023, None, ()) == "2021"


def test_a_heading_of_the_page_before_the_title() -> None:
    text = "2022年政府信息公开工作年度报告\n云溪县柳庄镇人民政府\n2022年政府信息公开工作年度报告\n一、总体情况\n开展了工作。"
    got = identity(text)
    assert got.agency == "云溪县柳庄镇人民政府"
    assert got.title == (text.index("云溪县"), text.index("\n一、"))


def test_a_name_after_what_makes_the_report() -> None:
    got = identity(
        "2023年政府信息公开工作年度报告\n本报告由云溪县教育局根据《条例》编制。\n一、总体情况\n开展了工作。\n"
    )
    assert (got.agency, got.kind) == ("云溪县教育局", "department")
