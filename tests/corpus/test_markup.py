import pytest

from govnlp.corpus.markup import boilerplate_share, gold_dict, parse
from govnlp.errors import CorpusError
from govnlp.schema import APPLICANTS, REQUEST_ROWS

SAMPLE = """---
id: t001
year: 2023
agency: 青云县白石镇人民政府
kind: township
elements: [fees, period]
findings:
  - GD301 "公开30条"
  - GD108 "行政处罚	/"
  - GD109 "本年度止件数"
altered_labels: {本年废止件数: 本年度止件数}
tables:
  proactive: {行政许可: 12, 行政处罚: "/"}
  requests:
    new: [1, 0, 0, 0, 0, 0, 1]
    total: [1, 0, 0, 0, 0, 0, 1]
  review: {}
---
@preamble
#青云县白石镇人民政府2023年政府信息公开工作年度报告
统计期限为2023年1月1日至12月31日。{F}
@overview
#一、总体情况
@overview.proactive
（一）主动公开。公开⟦30条|info_published|30|条|id=a⟧，通知⟦9条|info_published|9|条|part=a⟧。{S} 持续用力。{B}
@overview.on_request
#（二）依申请公开
⟦行政复议、行政诉讼均为0|reconsiderations|0|件⟧⟦行政复议、行政诉讼均为0|lawsuits|0|件|also=1⟧。{F}
@proactive_table
[[table proactive]]
@requests_table
[[table requests]]
@review_table
[[table review]]
@problems.issues
#五、存在的主要问题及改进情况
公开栏少。{S}
"""


def test_sections_and_headings():
    report = parse(SAMPLE).report
    assert [
        (s.id, report.span(s.start, s.heading_end)) for s in report.sections if s.id.startswith(("over", "prob"))
    ] == [
        ("overview", "一、总体情况"),
        ("overview.proactive", "（一）主动公开。"),
        ("overview.on_request", "（二）依申请公开"),
        ("problems", "五、存在的主要问题及改进情况"),
        ("problems.issues", ""),
    ]
    assert report.title is not None
    assert report.span(*report.title) == "青云县白石镇人民政府2023年政府信息公开工作年度报告"


def test_sentences_and_claims():
    report = parse(SAMPLE).report
    assert [(report.span(s.start, s.end), s.label) for s in report.sentences] == [
        ("统计期限为2023年1月1日至12月31日。", "statutory"),
        ("（一）主动公开。公开30条，通知9条。", "specific"),
        ("持续用力。", "boilerplate"),
        ("行政复议、行政诉讼均为0。", "statutory"),
        ("公开栏少。", "specific"),
    ]
    assert [(c.id, report.span(c.start, c.end), c.type, c.value, c.part_of) for c in report.claims] == [
        ("a", "30条", "info_published", 30, None),
        ("_1", "9条", "info_published", 9, "a"),
        ("_2", "行政复议、行政诉讼均为0", "reconsiderations", 0, None),
        ("_3", "行政复议、行政诉讼均为0", "lawsuits", 0, None),
    ]


def test_tables_stand_where_they_say():
    report = parse(SAMPLE).report
    for table in report.tables.values():
        for ref in table.cells.values():
            assert report.span(ref.start, ref.end) == ref.raw
    requests = report.tables["requests"]
    assert len(requests.cells) == len(REQUEST_ROWS) * len(APPLICANTS)
    assert requests.rows["new"] == (1, 0, 0, 0, 0, 0, 1)
    proactive = report.tables["proactive"]
    assert proactive.rows["行政处罚"] == (None,)
    assert proactive.cells["行政处罚", 0].raw == "/"
    assert [(i.found, i.expected) for i in proactive.labels] == [("本年度止件数", "本年废止件数")]
    for grid in report.source.grids:
        for cell in grid.cells:
            assert report.span(cell.start, cell.end) == cell.text


def test_grids_have_no_hole_and_no_overlap():
    sizes = []
    for grid in parse(SAMPLE).report.source.grids:
        taken = [
            (r, c)
            for cell in grid.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        ]
        assert len(taken) == len(set(taken)) == grid.n_rows * grid.n_cols
        sizes.append((grid.n_rows, grid.n_cols))
    assert sizes == [(14, 4), (28, 10), (4, 15)]


def test_gold_has_the_share_of_boilerplate_and_what_follows():
    labelled = parse(SAMPLE)
    assert round(boilerplate_share(labelled.report), 3) == gold_dict(labelled)["boilerplate_share"] == 0.172
    assert "GD401" not in labelled.codes
    more = parse(SAMPLE.replace("持续用力。", "持续用力，" * 20 + "久久为功。"))
    assert gold_dict(more)["findings"][-1] == {"code": "GD401", "anchor": None}


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("year: 2023\n", "", 1, "lacks year"),
        ("kind: township", "kind: village", 5, "unknown kind"),
        ("elements: [fees, period]", "elements: 5", 6, ": elements is 5, a list is due$"),
        (
            "altered_labels: {本年废止件数: 本年度止件数}",
            "altered_labels: 5",
            11,
            ": altered_labels is 5, a mapping is due$",
        ),
        ("year: 2023", "year: 二〇二三", 3, "a whole number is due"),
        ("  review: {}", "  review: 5", 1, ": review is 5, a mapping is due$"),
        ("kind: township", "kind: [township", 6, ": front matter is no YAML: [^\n]+$"),
        ("@overview\n", "@overvew\n", 22, "unknown section overvew"),
        ("公开栏少。{S}", "公开栏少。", 37, "without a label"),
        ("|30|条", "|31|条", 25, "not what the text says"),
        ("part=a", "part=b", 37, "id of no claim"),
        ('GD301 "公开30条"', 'GD301 "公开33条"', 1, "not in the text"),
        ("[1, 0, 0, 0, 0, 0, 1]", "[1, 0]", 1, "has 2 cells, 7 are due"),
        ("@requests_table\n", "@requests_table\n[[table requests]]\n", 33, "placed twice"),
    ],
)
def test_mistakes_name_file_and_line(old, new, line, cause):
    with pytest.raises(CorpusError, match=cause) as caught:
        parse(SAMPLE.replace(old, new), name="t001.src")
    assert caught.value.source == f"t001.src:{line}"


def test_numbers_as_written():
    labelled = parse(
        SAMPLE.replace("行政许可: 12", '行政许可: "2,317.8"')
        .replace("⟦30条|info_published|30", "⟦3 0条|info_published|30")
        .replace("公开30条", "公开3 0条")
    )
    table = labelled.report.tables["proactive"]
    assert (table.rows["行政许可"], table.cells["行政许可", 0].raw) == ((2317.8,), "2,317.8")
    assert gold_dict(labelled)["tables"]["proactive"]["行政许可"] == [2317.8]
    assert gold_dict(labelled)["tables"]["proactive"]["行政处罚"] == ["/"]
    assert labelled.report.claims[0].text == "3 0条"
