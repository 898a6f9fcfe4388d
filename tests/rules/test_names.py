import pytest

from govnlp.rules.names import is_district, one_off, take_apart


@pytest.mark.parametrize(
    ("agency", "superiors", "own", "kind"),
    [
        ("青云县白石镇人民政府", ("青云县",), "白石镇", "镇"),
        ("白石镇", (), "白石镇", "镇"),
        ("青云市北安区人民政府东桥街道办事处", ("青云市", "北安区"), "东桥街道", "街道"),
        ("青云县水务局", ("青云县",), "水务局", "局"),
        ("青云市市场监督管理局", ("青云市",), "市场监督管理局", "局"),
        ("青云县人民政府", (), "青云县", "县"),
        ("白水满族自治县人民政府", (), "白水满族自治县", "县"),
    ],
)
def test_names_taken_apart(agency, superiors, own, kind):
    name = take_apart(agency)
    assert (name.superiors, name.own, name.kind) == (superiors, own, kind)


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ("云溪县青石镇人民政府", "青石镇"),
        ("淮津市民政局", "民政局"),
        ("洪晋县市场监督管理局", "市场监督管理局"),
        ("颍庐市淝滨区住房和城乡建设局", "住房和城乡建设局"),
        ("上海市浦滨区沪塘街道办事处", "沪塘街道"),
        ("朔源县人民政府", "朔源县"),
        ("", ""),
    ],
)
def test_what_an_agency_calls_itself(agency, name):
    assert take_apart(agency).own == name


@pytest.mark.parametrize(("agency", "expected"), [("青云县人民政府", True), ("青云市", True), ("青云县水务局", False)])
def test_districts(agency, expected):
    assert is_district(take_apart(agency)) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("文庙", "文昌", True), ("文庙", "文庙", False), ("文庙", "武昌", False), ("文庙", "文", False)],
)
def test_one_off(a, b, expected):
    assert one_off(a, b) is expected
