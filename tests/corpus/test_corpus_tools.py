import json
from pathlib import Path

import pytest
from small_corpus import OTHER, put, report

from govnlp.corpus.add import add_reports
from govnlp.corpus.files import load_corpus
from govnlp.corpus.markup import parse
from govnlp.corpus.similar import Near, Neighbours
from govnlp.corpus.splits import SPLITS, balanced, frozen, of_split, read_splits, split_of, splits_of, write_splits
from govnlp.corpus.stats import corpus_stats
from govnlp.corpus.writing import to_markup
from govnlp.errors import CorpusError


def test_a_family_is_always_in_the_same_split() -> None:
    assert [split_of(f) for f in ("baishi", "heshan", "liulintun", "qingyun")] == [
        split_of(f) for f in ("baishi", "heshan", "liulintun", "qingyun")
    ]
    shares = [sum(split_of(f"family-{n}") == s for n in range(2000)) / 2000 for s in SPLITS]
    assert shares == pytest.approx([0.7, 0.15, 0.15], abs=0.03)
    assert split_of("baishi", {"baishi": "test"}) == "test"


def test_splits_of_reports() -> None:
    reports = [
        parse(report("t001", year=2022)),
        parse(report("t002").replace("---\n@", "previous: t001\n---\n@")),
        parse(report("t003", **OTHER)),
    ]
    fixed = {"baishi": "dev", "heshan": "train"}
    assert splits_of(reports, fixed) == {"t001": "dev", "t002": "dev", "t003": "train"}
    assert [r.id for r in of_split(reports, "dev", fixed)] == ["t001", "t002"]
    assert frozen(reports, {"old": "test"}) == {
        "baishi": split_of("baishi"),
        "heshan": split_of("heshan"),
        "old": "test",
    }


def test_families_dealt_out_keep_the_shares_and_what_is_fixed() -> None:
    reports = [parse(report(f"t{n:03}", family=f"family-{n}")) for n in range(40)]
    splits = balanced(reports, {"family-7": "test"})
    assert splits["family-7"] == "test"
    assert [sum(s == split for s in splits.values()) for split in SPLITS] == [28, 6, 6]
    assert balanced(reversed(reports), {"family-7": "test"}) == splits


def test_relatives_in_two_splits_are_an_error() -> None:
    reports = [parse(report("t001")), parse(report("t002", **OTHER).replace("---\n@", "copied_from: t001\n---\n@"))]
    with pytest.raises(CorpusError, match="its relative t001 in dev"):
        splits_of(reports, {"baishi": "dev", "heshan": "train"})


def test_splits_file(tmp_path: Path) -> None:
    path = tmp_path / "splits.json"
    assert read_splits(path) == {}
    write_splits(path, {"b": "dev", "a": "train"})
    assert path.read_text("utf-8") == '{\n"a": "train",\n"b": "dev"\n}\n'
    assert read_splits(path) == {"a": "train", "b": "dev"}
    path.write_text('{"a": "trian"}', "utf-8")
    with pytest.raises(CorpusError, match="unknown split 'trian'"):
        read_splits(path)


def test_statistics() -> None:
    found = corpus_stats([parse(report("t001")), parse(report("t002", **OTHER))], {"baishi": "train", "heshan": "test"})
    assert json.loads(json.dumps(found)) == found
    assert (found["reports"], found["families"], found["split"]) == (2, 2, {"train": 1, "dev": 0, "test": 1})
    assert found["year"] == {"2023": 2}
    assert {t: n for t, n in found["claims"]["type"].items() if n} == {
        "info_published": 4,
        "reconsiderations": 2,
        "lawsuits": 2,
        "fees": 2,
    }
    assert (found["claims"]["part_of"], found["claims"]["none"]) == (2, 6)
    assert found["sentences"]["label"] == {"specific": 4, "boilerplate": 2, "statutory": 6}
    assert found["claims by split"] == {"train": 6, "dev": 0, "test": 4}
    assert corpus_stats([])["length"]["text"] == {}


def test_near_duplicates_hide_behind_no_number() -> None:
    one = parse(report("t001"))
    two = parse(report("t002").replace("30条|info_published|30", "80条|info_published|80"))
    three = parse(report("t003", **OTHER))
    neighbours = Neighbours([one, three])
    assert neighbours.near(two) == [Near("t002", "t001", 1.0)]
    assert neighbours.near(three) == []


def test_writing_a_report_back_gives_the_same_report() -> None:
    text = report()
    assert parse(to_markup(parse(text, name="x")), name="x") == parse(text, name="x")


def test_every_report_of_the_corpus_can_be_written_back(corpus_reports: list) -> None:
    for labelled in corpus_reports:
        assert parse(to_markup(labelled), name=labelled.report.source.name) == labelled


def test_adding_reports(tmp_path: Path) -> None:
    corpus = tmp_path / "corpora"
    added = add_reports(put(tmp_path / "new", report("t001"), report("t002", **OTHER)), corpus)
    assert added.accepted == {"t001": split_of("baishi"), "t002": split_of("heshan")}
    assert (added.refused, added.near) == ((), ())
    assert [r.id for r in load_corpus(corpus)] == ["t001", "t002"]
    assert read_splits(corpus / "splits.json") == {"baishi": split_of("baishi"), "heshan": split_of("heshan")}


def test_what_is_malformed_is_refused_with_its_place(tmp_path: Path) -> None:
    bad = report("t003", **OTHER).replace("⟦两期|info_published|2|", "⟦两期|info_published|3|")
    (path,) = put(tmp_path / "new", bad)
    added = add_reports([path], tmp_path / "corpora")
    line = bad[: bad.index("⟦两期")].count("\n") + 1
    assert [str(p) for p in added.refused] == [f"{path}:{line}: the value 3 is not what '两期' states"]
    assert added.accepted == {}
    assert not (tmp_path / "corpora").exists()


def test_a_copy_needs_the_family_of_its_source(tmp_path: Path) -> None:
    corpus = tmp_path / "corpora"
    add_reports(put(tmp_path / "new", report("t001")), corpus)
    copy = report("t002", family="other", place="青云县黑石镇")
    added = add_reports(put(tmp_path / "more", copy), corpus)
    assert added.accepted == {}
    assert [p.message for p in added.refused] == [
        "100% of its narrative stands in t001; give it that report's family (baishi)"
    ]
    added = add_reports(put(tmp_path / "more", copy.replace("family: other", "family: baishi")), corpus)
    assert added.accepted == {"t002": split_of("baishi")}
    assert added.near == (Near("t002", "t001", 1.0),)


def test_nothing_is_overwritten_and_a_look_writes_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpora"
    assert add_reports(put(tmp_path / "new", report("t001")), corpus, write=False).accepted == {
        "t001": split_of("baishi")
    }
    assert not corpus.exists()
    add_reports(put(tmp_path / "new", report("t001")), corpus)
    added = add_reports(put(tmp_path / "again", report("t001", **OTHER)), corpus)
    assert [p.message for p in added.refused] == ["the corpus has a report t001; give it another id"]


def test_a_report_whose_relative_was_refused_is_refused_too(tmp_path: Path) -> None:
    bad = report("t001", year=2022).replace("|30|条", "|31|条")
    now = report("t002").replace("---\n@", "previous: t001\n---\n@")
    added = add_reports(put(tmp_path / "new", bad, now), tmp_path / "corpora")
    assert added.accepted == {}
    assert [p.message for p in added.refused][-1] == "previous names t001, which is not there"
