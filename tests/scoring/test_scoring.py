"""The rubric file and the scores: every point taken off has a reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from govnlp.document import Element, Finding, Report, Section, Sentence, Source
from govnlp.errors import ConfigError, in_chinese
from govnlp.rules import all_rules
from govnlp.rules.limits import DEFAULT_LIMITS
from govnlp.schema import ELEMENTS
from govnlp.scoring.names import ELEMENT_NAMES
from govnlp.scoring.rubric import load_rubric, parse_rubric, shipped
from govnlp.scoring.score import completeness_rating, score_report

SHIPPED = Path(load_rubric.__code__.co_filename).parent / "rubrics" / "national-2021.toml"


def report(*labels: str, elements: tuple[str, ...] = ELEMENTS, kind: str = "township") -> Report:
    """A report whose sentences are ten characters each."""
    text = "字" * 10 * max(1, len(labels))
    return Report(
        source=Source("r.txt", "", "text", text),
        agency="柳庄镇人民政府",
        agency_kind=kind,
        year=2023,
        format="2021",
        sections=(Section("overview", 0, len(text)),),
        sentences=tuple(Sentence(10 * i, 10 * i + 10, label) for i, label in enumerate(labels)),
        claims=(),
        tables={},
        elements=tuple(Element(e, e in elements) for e in ELEMENTS),
    )


def test_the_shipped_rubric_knows_every_element_and_every_rule() -> None:
    rubric = load_rubric()
    assert "national-2021" in shipped()
    assert set(rubric.elements) == set(ELEMENTS) == set(ELEMENT_NAMES)
    assert set(rubric.findings) == {rule.code for rule in all_rules()}
    assert rubric.limits == DEFAULT_LIMITS


def test_a_report_without_fault_has_full_marks() -> None:
    scores = score_report(report("specific"), (), load_rubric())
    assert (scores.completeness, scores.consistency, scores.boilerplate, scores.overall) == (100, 100, 0, 100)
    assert scores.grade == "A"
    assert scores.deductions == ()


def test_the_share_leaves_statutory_sentences_aside() -> None:
    assert report("boilerplate", "specific", "statutory", "statutory").boilerplate_share() == 0.5
    assert report("statutory").boilerplate_share() is None


def test_deductions_add_up_to_what_is_missing() -> None:
    missing = tuple(e for e in ELEMENTS if e not in ("fees", "problems"))
    findings = [Finding("GD301", "error", "a"), Finding("GD301", "error", "b"), Finding("GD101", "error", "c")]
    scores = score_report(report("specific", elements=missing), findings, load_rubric())
    lost = {key: sum(d.points for d in scores.deductions if d.score == key) for key in ("completeness", "consistency")}
    assert scores.completeness == 100 - lost["completeness"] == 100 - 3 - 6 - 15
    assert scores.consistency == 100 - lost["consistency"] == 100 - 8 - 4
    assert {d.reason for d in scores.deductions} == {"fees", "problems", "GD301", "GD101"}


def test_a_cap_holds() -> None:
    findings = [Finding("GD501", "info", str(i)) for i in range(40)]
    assert score_report(report("specific"), findings, load_rubric()).consistency == 97


def test_elements_that_are_not_due_cost_nothing() -> None:
    without = tuple(e for e in ELEMENTS if e != "assessment")
    assert score_report(report("specific", elements=without, kind="department"), (), load_rubric()).completeness == 100
    assert score_report(report("specific", elements=without), (), load_rubric()).completeness == 98


def test_messages_in_english() -> None:
    without = tuple(e for e in ELEMENTS if e != "training")
    scores = score_report(report("specific", elements=without), (), load_rubric(), "en")
    assert [d.message for d in scores.deductions] == ["no training"]


def test_a_hopeless_report_is_rated_zero() -> None:
    assert completeness_rating(report("boilerplate"), ()) == 0


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_province_changes_what_is_due_and_what_it_costs(tmp_path: Path) -> None:
    path = changed(tmp_path, "training = { points = 2 }", 'training = { points = 9, due_for = ["county"] }')
    rubric = load_rubric(path)
    assert rubric.elements["training"].points == 9
    assert rubric.elements["training"].due_for == ("county",)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("completeness = 0.4", "completeness = 0.9", "the weights add up to 1.5"),
        ("originality = 0.2", "", "weights.originality is missing"),
        ("originality = 0.2", "original = 0.2", "unknown key weights.original"),
        ("[weights]", 'weights = "x"\n[limits.x]', "weights is set to 'x'"),
        ("[weights]", "[wieghts]", "unknown key wieghts"),
        ("fees = { points = 3 }", "fess = { points = 3 }", "unknown key elements.fess"),
        ("fees = { points = 3 }", 'fees = { points = "3" }', "elements.fees.points is set to '3'"),
        ("fees = { points = 3 }", "fees = 3", "elements.fees is set to 3"),
        ("fees = { points = 3 }", "fees = { points = nan }", "elements.fees.points is set to nan"),
        ("fees = { points = 3 }", "fees = { pionts = 3 }", "unknown key elements.fees.pionts"),
        ("fees = { points = 3 }", 'fees = { points = 3, duefor = ["city"] }', "unknown key elements.fees.duefor"),
        ("fees = { points = 3 }", "fees = { points = 3, due_for = 5 }", "elements.fees.due_for is set to 5"),
        ("fees = { points = 3 }", 'fees = { points = 3, due_for = "city" }', "elements.fees.due_for is set to 'city'"),
        ("fees = { points = 3 }", "fees = { points = 3, due_for = [[]] }", "elements.fees.due_for is set to"),
        ("GD102 = {", "GD1O2 = {", "unknown key findings.GD1O2"),
        ("GD102 = {", "GD999 = {", "unknown key findings.GD999"),
        ('GD701 = { score = "overall"', "GD701 = { score = []", "findings.GD701.score is set to"),
        ('GD701 = { score = "overall", ', "GD701 = { ", "findings.GD701.score is missing"),
        ("from = 0\n", "from = 10\n", "no grade begins at 0"),
        ("from = 0\n", "form = 0\n", "unknown key grades.form"),
        ("[limits]", "[limits", "not valid TOML"),
        ("boilerplate_share = 0.7", "boilerplate_share = 70", "limits.boilerplate_share is set to 70"),
        ("boilerplate_share = 0.7", "boilerplate = 0.7", "unknown key limits.boilerplate"),
        ('title = { zh = "国家', 'title = { cn = "国家', "unknown key title.cn"),
        ('name = "national-2021"', "name = 2021", "name is set to 2021"),
        ('title = { zh = "优秀", en = "excellent" }', 'title = "优秀"', "grades.title is set to '优秀'"),
    ],
)
def test_a_wrong_rubric_is_explained(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(ConfigError, match=complaint) as caught:
        load_rubric(path)
    error = caught.value
    assert error.source == str(path)
    assert error.advice
    assert re.search("[一-鿿]", in_chinese(error.cause, "causes"))
    assert re.search("[一-鿿]", in_chinese(error.advice, "advice"))


@pytest.mark.parametrize(("key", "value"), [("limits", "x"), ("grades", "x"), ("grades", [3]), ("title", 5)])
def test_what_must_be_a_table_is_no_other_thing(key: str, value: object) -> None:
    raw = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    with pytest.raises(ConfigError, match=f"r.toml: {key} is set to"):
        parse_rubric({**raw, key: value}, source="r.toml")


def test_an_unknown_rubric_names_the_shipped_ones() -> None:
    with pytest.raises(ConfigError, match="national-2021"):
        load_rubric("national-2031")
