"""From a text to a scorecard and to JSON and back, and the interface that the README shows."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock

import pytest

import govnlp
from govnlp.cards import dumps, from_dict, read_cards, to_dict
from govnlp.components.transformer.graph import GraphShim
from govnlp.document import Scorecard
from govnlp.errors import ConfigError, EmptyInput, ReadError
from govnlp.exports.columns import TABLES
from tests.sample import BAD_SUM, GOOD


@pytest.fixture(scope="module")
def scorer() -> govnlp.Scorer:
    return govnlp.load()


@pytest.fixture(scope="module")
def card(scorer: govnlp.Scorer) -> Scorecard:
    return scorer.score_text(GOOD)


def test_a_whole_report(card: Scorecard) -> None:
    r = card.report
    assert (r.agency, r.agency_kind, r.year, r.format) == ("云溪县柳庄镇人民政府", "township", 2023, "2021")
    assert [s.id for s in r.sections][:3] == ["preamble", "overview", "overview.proactive"]
    counted = {(c.type, c.value) for c in r.claims}
    assert {
        ("info_published", 60),
        ("info_published", 40),
        ("training_sessions", 2),
        ("requests_received", 0),
    } <= counted
    assert r.tables["review"].rows["reconsideration"] == (0, 0, 0, 0, 0)
    assert {e.id for e in r.elements if not e.present} <= {"annual_priorities"}
    assert {"GD101"} <= {f.code for f in card.findings}
    assert 0 < card.scores.overall < 100


@pytest.mark.parametrize("said", ["本年度未收取信息处理费。", "没有其他需要报告的事项。", "全年无收费，亦无其他情况。"])
def test_a_part_in_another_place_is_out_of_order_and_not_missing(scorer: govnlp.Scorer, said: str) -> None:
    before, problems = GOOD.split("六、")[0].split("五、")
    card = scorer.score_text(f"{before}五、其他需要报告的事项\n{said}\n六、{problems}")
    assert [s.id for s in card.report.sections if "." not in s.id][-3:] == ["review_table", "other_matters", "problems"]
    assert "GD103" in {f.code for f in card.findings}
    assert [f.message for f in card.findings if f.code == "GD101" and "其他需要" in f.message] == []


@pytest.mark.parametrize("page", ["", "……………{}", " ........ {}"])
def test_a_table_of_contents_holds_no_part(scorer: govnlp.Scorer, page: str) -> None:
    title, preamble, rest = GOOD.split("\n", 2)
    parts = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    contents = "\n".join(["目录", *(part + page.format(n) for n, part in enumerate(parts, 1))])
    plain = scorer.score_text(GOOD)
    card = scorer.score_text(f"{title}\n{contents}\n{preamble}\n{rest}")
    assert [s.id for s in card.report.sections] == [s.id for s in plain.report.sections]
    assert [f.code for f in card.findings] == [f.code for f in plain.findings]
    spoken = ["".join(r.span(s.start, s.end) for s in r.sentences) for r in (card.report, plain.report)]
    assert spoken[0] == spoken[1]


def test_every_offset_points_to_what_it_says(card: Scorecard) -> None:
    text = card.report.text
    assert all(text[c.start : c.end] == c.text for c in card.report.claims)
    for ref in (c for t in card.report.tables.values() for c in t.cells.values()):
        assert text[ref.start : ref.end] == ref.raw
    for finding in card.findings:
        assert all(0 <= a < b <= len(text) for a, b in finding.evidence)


def test_the_planted_fault_is_found_with_its_numbers(scorer: govnlp.Scorer) -> None:
    card = scorer.score_text(BAD_SUM)
    finding = next(f for f in card.findings if f.code == "GD301")
    assert "50" in finding.message
    assert any("50条" in card.report.text[a:b] for a, b in finding.evidence)
    assert any(d.reason == "GD301" for d in card.scores.deductions)


def test_a_scorecard_survives_json(card: Scorecard) -> None:
    data = json.loads(dumps(card))
    assert data["schema"] == "govnlp.scorecard/1"
    assert json.loads(dumps(from_dict(data))) == data
    assert to_dict(from_dict(data)) == to_dict(card)


def test_reading_scorecards_back(card: Scorecard, tmp_path: Path) -> None:
    file = tmp_path / "scorecards.jsonl"
    file.write_text(dumps(card) + "\n\n" + dumps(card) + "\n", encoding="utf-8")
    assert [c.report.agency for c in read_cards(tmp_path)] == [card.report.agency] * 2
    file.write_text(dumps(card) + "\n{}\n", encoding="utf-8")
    with pytest.raises(ReadError, match="line 2"):
        list(read_cards(file))
    with pytest.raises(ReadError, match="no scorecards here"):
        list(read_cards(tmp_path / "elsewhere"))


def test_line_separators_in_a_text_do_not_break_the_lines(scorer: govnlp.Scorer) -> None:
    line = dumps(scorer.score_text("甲镇2023年政府信息公开工作年度报告\u2028\x85一、总体情况\n好。"))
    assert len(line.splitlines()) == 1


def test_english_messages(scorer: govnlp.Scorer) -> None:
    english = govnlp.load(lang="en").score_text(BAD_SUM)
    chinese = scorer.score_text(BAD_SUM)
    assert [f.code for f in english.findings] == [f.code for f in chinese.findings]
    assert english.findings[0].message != chinese.findings[0].message


@pytest.mark.parametrize(
    "text", ["。", "1", "一、", "\t\t\t\n\t1\t2", "年" * 5000, "（一）" * 300, "0\t" * 400, "\u202e甲镇\x00报告"]
)
def test_odd_texts_are_scored_without_a_crash(scorer: govnlp.Scorer, text: str) -> None:
    card = scorer.score_text(text)
    assert card.rule_failures == ()
    assert dumps(card)


def test_frames(card: Scorecard) -> None:
    pytest.importorskip("pandas")
    assert list(govnlp.to_frame([card])["agency"]) == [card.report.agency]
    claims = govnlp.to_frame([card], "claims")
    assert len(claims) == len(card.report.claims)
    for kind in ("findings", "elements", "sentences"):
        frame = govnlp.to_frame([card], kind)
        assert list(frame.columns[:3]) == ["source", "agency", "year"]


def test_the_types_of_a_frame_do_not_change_with_the_data(card: Scorecard) -> None:
    pytest.importorskip("pandas")
    bare = replace(card, report=replace(card.report, year=None, agency=None, claims=(), published=None))
    dtypes = {"string": "string", "int": "Int64", "float": "Float64", "bool": "boolean"}
    for kind, table in TABLES.items():
        stated = [dtypes[column.type] for column in table.columns]
        for cards in ([card], [card, bare], [bare], []):
            frame = govnlp.to_frame(cards, kind)
            assert [str(d) for d in frame.dtypes] == stated
            assert list(frame.columns) == [column.name for column in table.columns]
    years = govnlp.to_frame([card, bare])["year"]
    assert (years[0], years.isna().tolist()) == (2023, [False, True])


def test_offsets_of_a_frame_cut_the_text(card: Scorecard) -> None:
    pytest.importorskip("pandas")
    for kind in ("claims", "findings"):
        frame = govnlp.to_frame([card], kind).dropna(subset=["start"])
        assert len(frame)
        column = "text" if kind == "claims" else "evidence"
        for a, b, text in zip(frame["start"], frame["end"], frame[column], strict=True):
            assert text.startswith(card.report.text[a:b])


def test_numbers_and_halves_of_characters_that_no_column_holds(card: Scorecard) -> None:
    pytest.importorskip("pandas")
    claims = (replace(card.report.claims[0], value=10**400, unit="\ud83d"),)
    frame = govnlp.to_frame([replace(card, report=replace(card.report, claims=claims))], "claims")
    assert frame["value"].isna().all()
    assert frame["unit"].tolist() == ["\ufffd"]


def test_every_public_name_is_there() -> None:
    assert all(getattr(govnlp, name) is not None for name in govnlp.__all__)
    with pytest.raises(AttributeError):
        _ = govnlp.no_such_name


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, govnlp; print([m for m in ('spacy', 'numpy', 'pandas', 'torch', 'docx', 'pypdfium2') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_scoring_needs_no_torch_and_no_transformers() -> None:
    code = (
        "import sys, govnlp; govnlp.load().score_text('甲镇2023年政府信息公开工作年度报告\\n一、总体情况\\n公开3条。');"
        "print([m for m in ('torch', 'transformers', 'sklearn', 'pandas') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_the_layout_of_a_table_survives_json(card: Scorecard) -> None:
    table = card.report.tables["review"]
    old = replace(card, report=replace(card.report, tables={"review": replace(table, layout="2019")}))
    assert from_dict(to_dict(old)).report.tables["review"].layout == "2019"


def test_type_hints_are_shipped() -> None:
    assert (Path(govnlp.__file__).parent / "py.typed").is_file()


def test_a_scorer_is_shared_by_threads(scorer: govnlp.Scorer, card: Scorecard) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert {dumps(c) for c in pool.map(scorer.score_text, [GOOD] * 8)} == {dumps(card)}


@pytest.mark.parametrize("wrong", [{"lang": "fr"}, {"pdf_engine": "x"}])
def test_a_choice_that_is_none_is_told_at_once(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        govnlp.load("rules", **wrong)  # type: ignore[arg-type]
    (name, value), told = *wrong.items(), caught.value.told("zh")
    assert told.startswith(f"{name} 设为 '{value}'（可选：")


def test_an_encoder_that_has_run_passes_between_processes() -> None:
    shim = GraphShim()
    shim.replace(b"graph")
    shim._session = Lock()  # no session of ONNX Runtime pickles
    again = pickle.loads(pickle.dumps(shim))
    assert (again.graph, again._session) == (b"graph", None)


def test_errors_pass_between_processes_whole() -> None:
    error = ReadError("no such file", source="甲.txt", advice="check the path")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.cause, again.source, again.advice) == (
        ReadError,
        "no such file",
        "甲.txt",
        "check the path",
    )
    assert pickle.loads(pickle.dumps(EmptyInput("blank"))).source is None
