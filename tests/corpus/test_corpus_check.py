from pathlib import Path

import pytest
from small_corpus import FIRST, MORE, OTHER, put, report

from govnlp.corpus.check import check_corpus, check_text
from govnlp.corpus.files import load_corpus, source_files
from govnlp.errors import CorpusError


def messages(text: str, codes: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in check_text(text, "t001.src", codes=codes)[1]]


def line_of(text: str, piece: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if piece in line)


def test_a_good_report_has_no_problems() -> None:
    assert messages(report()) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (
            "⟦30条|info_published|30|",
            "⟦约30条|info_published|30|",
            "约30条",
            "'约30条' says about, the qualifier is exact",
        ),
        ("|30|条|ch=website|id=a", "|30|条|ch=website|q=about|id=a", "30条", "'30条' does not say about"),
        ("⟦9条|info_published|9|", "⟦九条|info_published|8|", "九条", "the value 8 is not what '九条' states"),
        (
            "持续用力，久久",
            "持续用力。久久",
            "持续用力。",
            "two sentences under one label: 持续用力。久久为功，务求取得更大成效",
        ),
        ("未收取费用|fees|0|", "不收一分钱|fees|3|", "不收一分钱", "the value 3 is not what '不收一分钱' states"),
    ],
)
def test_problems_of_the_text_name_their_line(old: str, new: str, at: str, message: str) -> None:
    text = report().replace(old, new)
    assert (line_of(text, at), message) in messages(text)


def test_parts_that_do_not_add_up_need_a_finding_or_a_word() -> None:
    text = report(first=FIRST.replace("⟦9条|info_published|9|", "⟦8条|info_published|8|"))
    problem = (line_of(text, "8条"), "the parts of 30条 add up to 29; declare GD301 or set partial_parts")
    assert messages(text) == [problem]
    assert messages(text.replace("---\n@", 'findings:\n  - GD301 "公开信息30条"\n---\n@')) == []
    assert messages(text.replace("---\n@", "partial_parts: true\n---\n@")) == []


def test_a_claim_that_is_a_part_of_itself() -> None:
    text = report(
        first=FIRST.replace("ch=website|id=a", "ch=website|id=a|part=b").replace("|part=a⟧、", "|id=b|part=a⟧、")
    )
    assert "30条 is a part of itself" in [message for _, message in messages(text)]


@pytest.mark.parametrize(
    ("code", "old", "new", "where"),
    [
        ("GD201", "new: [1, 0, 0, 0, 0, 0, 1]", "new: [1, 0, 0, 0, 0, 0, 2]", "requests new"),
        ("GD202", "granted: [1, 0, 0, 0, 0, 0, 1]", "partial: [2, 0, 0, 0, 0, 0, 2]", "requests column 自然人"),
        (
            "GD203",
            "total: [1, 0, 0, 0, 0, 0, 1]",
            "total: [1, 0, 0, 0, 0, 0, 1]\n    carried_in: [1, 0, 0, 0, 0, 0, 1]",
            "requests column 自然人",
        ),
        ("GD204", "review: {}", "review: {reconsideration: [1, 0, 0, 0, 0]}", "review reconsideration"),
        ("GD205", "行政许可: 12,", "行政许可: 12.5,", "proactive 行政许可 column 1: 12.5"),
        ("GD206", "行政许可: 12,", "行政规范性文件: [3, 0, 1],", "proactive 行政规范性文件"),
        ("GD108", "行政许可: 12,", '行政许可: "/",', "proactive 行政许可 column 1"),
    ],
)
def test_what_the_tables_break_must_be_declared(code: str, old: str, new: str, where: str) -> None:
    text = report(more=MORE.replace(old, new))
    found = messages(text)
    assert (line_of(text, "tables:"), f"the tables break {code} ({where}), which is not declared") in found
    declared = text.replace("---\n@", f"findings:\n  - {code}\n---\n@")
    assert code not in "".join(message for _, message in messages(declared))


def test_what_is_declared_must_be_broken() -> None:
    text = report().replace("---\n@", "findings:\n  - GD202\n---\n@")
    assert messages(text) == [(line_of(text, "GD202"), "GD202 is declared, but the tables do not break it")]


def test_altered_labels_need_their_finding_and_a_place() -> None:
    text = report(more=MORE + "altered_labels: {本年废止件数: 本年度止件数}\n")
    assert messages(text) == [(line_of(text, "altered_labels"), "altered labels without GD109")]
    nowhere = report(more=MORE + "altered_labels: {不是标签: 也不是}\n")
    assert messages(nowhere) == [(line_of(nowhere, "altered_labels"), "the labels to alter stand in no placed table")]


def test_front_matter_is_complete_and_known() -> None:
    text = report().replace("region: 湖北\n", "").replace("boilerplate: 2\n", "boilerplate: 4\n")
    assert [m.split(" ")[0:3] for _, m in messages(text)] == [["front", "matter", "lacks"], ["rating", "4", "does"]]
    unknown = report().replace("---\n@", "findings:\n  - GD999\n---\n@")
    assert messages(unknown, codes=("GD101",)) == [(line_of(unknown, "GD999"), "unknown finding GD999")]
    old = report(year=2018)
    assert messages(old) == [(line_of(old, "format:"), "format 2021 in a report of 2018 without GD106")]


def test_a_malformed_report_gives_the_line_of_the_mistake() -> None:
    text = report().replace("|30|条", "|三十条")
    assert check_text(text, "t001.src")[0] is None
    assert messages(text)[0][0] == line_of(text, "三十条")


def test_relations_between_reports(tmp_path: Path) -> None:
    previous = report("t001", year=2022)
    files = put(
        tmp_path / "reports",
        previous,
        report("t002").replace("---\n@", "previous: t001\n---\n@"),
        report("t003", **OTHER).replace("---\n@", "copied_from: t001\nprevious: t999\n---\n@"),
    )
    found = {(Path(p.file).name, p.message) for p in check_corpus(files)}
    assert found == {
        ("t001.src", "copied from or by another report, but GD402 is not declared"),
        ("t003.src", "copied from or by another report, but GD402 is not declared"),
        ("t003.src", "copied_from names t001 of another family (baishi)"),
        ("t003.src", "previous names t999, which is not there"),
    }


def test_two_years_that_do_not_fit(tmp_path: Path) -> None:
    carried = MORE.replace(
        "new: [1, 0, 0, 0, 0, 0, 1]", "new: [3, 0, 0, 0, 0, 0, 3]\n    carried_out: [2, 0, 0, 0, 0, 0, 2]"
    )
    before, now = report("t001", year=2022, more=carried), report("t002").replace("---\n@", "previous: t001\n---\n@")
    found = check_corpus(put(tmp_path, before, now))
    assert [p.message for p in found] == [
        "the two years break GD207 (2 carried out, 0 carried in, column 自然人), which is not declared"
    ]
    declared = now.replace("---\n@", "findings:\n  - GD207\n---\n@")
    assert check_corpus(put(tmp_path, before, declared)) == []


def test_ids_and_names(tmp_path: Path) -> None:
    one, two = put(tmp_path, report("t001"), report("t002", **OTHER))
    two.write_text(report("t001", **OTHER), "utf-8")
    found = [str(p) for p in check_corpus([one, two])]
    assert found == [
        f"{two}:2: the id t001 is also that of {one}",
        f"{two}:2: the id t001 is not the file's name",
    ]


def test_files_of_a_corpus(tmp_path: Path) -> None:
    put(tmp_path / "reports", report("t002", **OTHER), report("t001"))
    assert [r.id for r in load_corpus(tmp_path)] == ["t001", "t002"]
    assert [p.name for p in source_files([tmp_path / "reports"])] == ["t001.src", "t002.src"]
    with pytest.raises(CorpusError, match="cannot be read"):
        load_corpus([tmp_path / "t009.src"])
    (tmp_path / "bad.src").write_bytes(b"---\n\xff\xfe")
    with pytest.raises(CorpusError, match="no UTF-8"):
        load_corpus([tmp_path / "bad.src"])
