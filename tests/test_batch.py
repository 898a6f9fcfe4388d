"""A batch: order, failures, what reports say of each other, interrupted runs, and the files that it leaves."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from govnlp.batch import Failure, Store, score_many
from govnlp.boilerplate.profile import ProfileBuilder
from govnlp.boilerplate.storage import write_profile
from govnlp.components.tokens import blank_pipeline
from govnlp.document import Scorecard
from govnlp.errors import ConfigError, OutputError
from govnlp.exports.copies import read_copies
from govnlp.inputs import find_earlier
from govnlp.pipeline import Scorer, load
from govnlp.spool import FILE
from tests.sample import GOOD


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load("rules")


def swapped(agency: str = "云溪县柳庄镇", year: int = 2023, *, more: str = "") -> str:
    """The sample as another agency or another year would hand it in, numbers changed."""
    own = agency.partition("县")[2]
    text = GOOD.replace("云溪县柳庄镇", agency).replace("柳庄", own.rstrip("镇乡")).replace("2023", str(year))
    return text.replace("60条", f"{60 + year % 7}条").replace("80篇", f"{70 + year % 7}篇") + more


OTHER = """丰川县雪岭乡人民政府2023年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》，编制本报告。
一、总体情况
（一）主动公开
草场承包面积核实表译成两种文字，在夏季牧场的转场路口张贴，128户牧民签字确认，牧道封闭的日子由护路员挂旗告知。
牲畜疫苗领取数量按户列表，兽医骑马带到放牧点当面念了9遍，更正登记差错4处，冬储饲草补贴名单在供销社门口公示20天。
转场车队过桥的先后次序抽签决定，抽签录像在乡里的大屏幕上放了一个星期，没有人提出不同意见。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(swapped(), encoding="utf-8")
    (reports / "b.txt").write_text("", encoding="utf-8")
    (reports / "c.txt").write_text(swapped("丰川县黑水乡"), encoding="utf-8")
    (reports / "d.txt").write_text(OTHER, encoding="utf-8")
    return reports


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def codes(result: Scorecard | Failure) -> set[str]:
    assert isinstance(result, Scorecard)
    return {f.code for f in result.findings}


def test_order_and_failures(folder: Path, scorer: Scorer) -> None:
    results = list(score_many([*files(folder), folder / "none.txt"], scorer))
    assert [type(r) for r in results] == [Scorecard, Failure, Scorecard, Scorecard, Failure]
    assert [r.source for r in results if isinstance(r, Failure)] == [str(folder / "b.txt"), str(folder / "none.txt")]


def test_a_copy_with_swapped_names_and_numbers_is_found_on_both(folder: Path, scorer: Scorer) -> None:
    a, _, c, d = score_many(files(folder), scorer)
    assert "GD402" in codes(a)
    assert "GD402" in codes(c)
    assert "GD402" not in codes(d)
    assert isinstance(a, Scorecard)
    assert isinstance(d, Scorecard)
    assert [copy.other for copy in a.copies] == ["丰川县黑水乡人民政府"]
    assert "GD402" not in d.unchecked
    assert d.copies == ()


def test_a_single_report_cannot_be_compared(folder: Path, scorer: Scorer) -> None:
    (only,) = score_many([folder / "a.txt"], scorer)
    assert isinstance(only, Scorecard)
    assert {"GD402", "GD403", "GD207", "GD208"} <= set(only.unchecked)


def test_several_processes_say_the_same(folder: Path, scorer: Scorer) -> None:
    assert list(score_many(files(folder), scorer, jobs=2)) == list(score_many(files(folder), scorer))


def test_several_processes_use_the_scorer_given(folder: Path, scorer: Scorer) -> None:
    none = replace(scorer, nlp=blank_pipeline(["govnlp_sections", "govnlp_sentences", "govnlp_elements"]))
    none.nlp.add_pipe("govnlp_claims", first=True)  # claims without sections: not what any shipped pipeline gives
    results = list(score_many(files(folder), none, jobs=2))
    assert results == list(score_many(files(folder), none))
    assert results != list(score_many(files(folder), scorer))


def test_a_scorer_that_has_scored_still_passes_between_processes(scorer: Scorer) -> None:
    scorer.score_text(GOOD)
    again = pickle.loads(pickle.dumps(scorer))
    assert again.score_text(GOOD) == scorer.score_text(GOOD)


def test_a_file_given_twice_is_scored_twice(folder: Path, scorer: Scorer) -> None:
    first, second = score_many([folder / "a.txt", folder / "a.txt"], scorer)
    assert isinstance(first, Scorecard)
    assert first == second
    assert first.copies == ()


def test_progress_is_told_for_every_file(folder: Path, scorer: Scorer) -> None:
    seen: list[Path] = []
    list(score_many(files(folder), scorer, on_analysed=seen.append))
    assert seen == files(folder)


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    reports = tmp_path / "last"
    reports.mkdir()
    # last year the agency wrote its name with the city before it
    text = swapped(year=2022).replace("云溪县柳庄镇人民政府2022年", "江宁市云溪县柳庄镇人民政府2022年")
    (reports / "a22.txt").write_text(
        text.replace("规章\t0\t0\t0\n行政规范性文件\t0\t0\t0", "规章\t0\t0\t0\n行政规范性文件\t1\t0\t4"),
        encoding="utf-8",
    )
    return reports


def test_earlier_years_as_files(folder: Path, last_year: Path, scorer: Scorer) -> None:
    a, *_ = score_many([folder / "a.txt"], scorer, previous=files(last_year))
    assert {"GD403", "GD208"} <= codes(a)
    assert isinstance(a, Scorecard)
    assert a.scores.measures["modification_brown_tucker"] is not None
    assert [(c.kind, c.other) for c in a.copies] == [("previous", "江宁市云溪县柳庄镇人民政府2022年")]


def test_earlier_years_as_the_scorecards_of_their_run(
    folder: Path, last_year: Path, scorer: Scorer, tmp_path: Path
) -> None:
    with Store(tmp_path / "out22") as store:
        for result in score_many(files(last_year), scorer):
            store.add(result)
    earlier = find_earlier([str(tmp_path / "out22")])
    assert [p.name for p in earlier] == ["scorecards.jsonl"]
    a, *rest = score_many([folder / "a.txt"], scorer, previous=earlier)
    assert {"GD403", "GD208"} <= codes(a)
    assert rest == []


def test_an_earlier_report_that_cannot_be_read_is_told_at_the_end(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    (tmp_path / "scorecards.jsonl").write_text("{}\n")
    results = list(score_many([folder / "a.txt"], scorer, previous=[folder / "b.txt", tmp_path / "scorecards.jsonl"]))
    assert [type(r) for r in results] == [Scorecard, Failure, Failure]


def test_both_years_in_one_batch(folder: Path, last_year: Path, scorer: Scorer) -> None:
    this, last = score_many([folder / "a.txt", *files(last_year)], scorer)
    assert "GD403" in codes(this)
    assert "GD403" not in codes(last)


def test_a_profile_knows_reports_that_are_not_there(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    builder = ProfileBuilder()
    for result in score_many([folder / "c.txt", folder / "d.txt"], scorer):
        assert isinstance(result, Scorecard)
        builder.add(result.report)
    write_profile(builder.build(), tmp_path / "p.npz")
    (a,) = score_many([folder / "a.txt"], load("rules", profile=tmp_path / "p.npz"))
    assert "GD402" in codes(a)
    assert isinstance(a, Scorecard)
    assert [(c.other, c.passages) for c in a.copies] == [("丰川县黑水乡人民政府", ())]


def test_a_profile_that_is_none(folder: Path) -> None:
    with pytest.raises(ConfigError):
        load("rules", profile=folder / "a.txt")


def stop_after(n: int) -> Callable[[Path], None]:
    left = [n]

    def step(path: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    return step


def test_an_interrupted_run_goes_on(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    with pytest.raises(KeyboardInterrupt):
        list(score_many(files(folder), scorer, on_analysed=stop_after(2), spool=spool))
    read: list[str] = []

    class Watching(Scorer):
        def read(self, path: str | Path):  # type: ignore[no-untyped-def]
            read.append(Path(path).name)
            return super().read(path)

    watching = Watching(scorer.nlp, scorer.rubric)
    results = list(score_many(files(folder), watching, spool=spool, resume=True))
    assert read == ["d.txt"]
    assert results == list(score_many(files(folder), scorer))
    assert not spool.exists()


def test_another_model_of_the_same_name_begins_anew(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    told: list[str] = []
    pipeline = blank_pipeline(["govnlp_sections", "govnlp_claims", "govnlp_sentences", "govnlp_elements"])
    pipeline.get_pipe("govnlp_sentences").to_bytes = lambda **kw: b"other weights"  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        list(score_many(files(folder), replace(scorer, nlp=pipeline), on_analysed=stop_after(2), spool=spool))
    left = (spool / FILE).read_bytes()
    list(score_many(files(folder), scorer, spool=spool, resume=True, on_anew=lambda: told.append("anew")))
    assert told == ["anew"]

    spool.mkdir()
    (spool / FILE).write_bytes(left)
    same = replace(scorer, nlp=pipeline)
    list(score_many(files(folder), same, spool=spool, resume=True, on_anew=lambda: told.append("again")))
    list(score_many(files(folder), same, spool=spool, resume=True, on_anew=lambda: told.append("nothing left")))
    assert told == ["anew"]


def test_another_rubric_judges_what_an_interrupted_run_analysed(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(score_many(files(folder), scorer, on_analysed=stop_after(2), spool=tmp_path / "spool"))
    strict = replace(scorer, rubric=replace(scorer.rubric, name="strict", limits={"copied_share": 1.0}))
    results = list(score_many(files(folder), strict, spool=tmp_path / "spool", resume=True))
    assert results == list(score_many(files(folder), strict))
    assert results != list(score_many(files(folder), scorer))


def test_what_changed_since_is_analysed_again(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(score_many(files(folder), scorer, on_analysed=stop_after(3), spool=tmp_path / "spool"))
    (folder / "c.txt").write_text(OTHER, encoding="utf-8")
    a, *_ = score_many(files(folder), scorer, spool=tmp_path / "spool", resume=True)
    assert "GD402" not in codes(a)


def test_the_store(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store(out) as store:
        for result in score_many(files(folder), scorer):
            store.add(result)
    assert sorted(p.name for p in out.iterdir()) == ["copies.json", "failures.jsonl", "scorecards.jsonl"]
    data = json.loads((out / "copies.json").read_text(encoding="utf-8"))
    names = [str(folder / "a.txt"), str(folder / "c.txt")]
    assert [(e["from"], e["to"], e["kind"]) for e in data["edges"]] == [
        (names[0], names[1], "peer"),
        (names[1], names[0], "peer"),
    ]
    assert [n["id"] for n in data["nodes"]] == names
    assert data["nodes"][0]["agency"] == "云溪县柳庄镇人民政府"
    graph = read_copies(out)
    assert graph is not None
    assert len(graph.edges) == 2
    with pytest.raises(OutputError, match="holds scorecards already"):
        Store(out)


def test_a_store_without_copies(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    with Store(tmp_path / "out") as store:
        for result in score_many([folder / "d.txt"], scorer):
            store.add(result)
    assert json.loads((tmp_path / "out" / "copies.json").read_text(encoding="utf-8"))["edges"] == []


def test_a_run_cut_short_leaves_the_one_before(folder: Path, scorer: Scorer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store(out) as store:
        store.add(Failure("x", "EmptyInput", "no text"))
    before = {p.name: p.read_bytes() for p in out.iterdir()}

    def cut_short() -> None:
        with Store(out, overwrite=True) as store:
            for result in score_many(files(folder), scorer):
                store.add(result)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_short()
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.suffix != ".part"} == before
