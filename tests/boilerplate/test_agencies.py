"""Names of agencies across years."""

from __future__ import annotations

import pytest

from govnlp.boilerplate.agencies import group_agencies, name_parts, own_parts, same_agency


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("淮安市洪泽区人民政府", ("淮安市", "洪泽区")),
        ("淮安市洪泽区人民政府朱坝街道办事处", ("淮安市", "洪泽区", "朱坝街道")),
        ("徐州市鼓楼区水务局", ("徐州市", "鼓楼区", "水务局")),
        ("新乡市卫滨区人民政府", ("新乡市", "卫滨区")),
        ("荆州市人民政府", ("荆州市",)),
        ("济宁市市中区人民政府", ("济宁市", "市中区")),
        ("东城区人民政府", ("东城区",)),
        ("内蒙古自治区人民政府", ("内蒙古自治区",)),
        ("水务局", ("水务局",)),
    ],
)
def test_a_name_in_its_parts(name: str, parts: tuple[str, ...]) -> None:
    assert name_parts(name) == parts


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("洪泽区人民政府", "淮安市洪泽区人民政府", True),
        ("洪泽区朱坝街道", "淮安市洪泽区人民政府朱坝街道办事处", True),
        ("洪泽区水务局", "江苏省淮安市洪泽区水务局", True),
        ("水务局", "洪泽区水务局", False),
        ("青云县白石镇人民政府", "青云县黑石镇人民政府", False),
        ("青云县城关镇人民政府", "丰川县城关镇人民政府", False),
        ("青云县人民政府", "青云县白石镇人民政府", False),
        ("洪泽区人民政府", "洪泽区人民政府办公室", False),
        ("洪泽区水务局", "洪泽区人民政府", False),
    ],
)
def test_whether_two_names_are_one_agency(a: str, b: str, same: bool) -> None:
    assert same_agency(a, b) is same
    assert same_agency(b, a) is same


def test_a_short_name_that_fits_two_agencies_stands_alone() -> None:
    names = ["鼓楼区人民政府", "南京市鼓楼区人民政府", "徐州市鼓楼区人民政府", None, "南京市鼓楼区人民政府"]
    groups = group_agencies(names)
    assert groups[1] == groups[4]
    assert len({groups[0], groups[1], groups[2]}) == 3
    assert groups[3] == -1


def test_a_short_name_joins_the_only_agency_that_it_fits() -> None:
    groups = group_agencies(["洪泽区人民政府", "淮安市洪泽区人民政府", "淮阴区人民政府"])
    assert groups[0] == groups[1] != groups[2]


def test_an_office_is_known_with_its_place() -> None:
    assert own_parts("淮安市洪泽区水务局") == ("洪泽区", "水务局")
    assert own_parts("淮安市洪泽区人民政府") == ("洪泽区",)
