"""The corpus profile: what it counts, that parts add up, that it is bounded, and what it is on disk."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.boilerplate.counts import add_up, agency_bit, counts_of, number_of
from govnlp.boilerplate.profile import Profile, ProfileBuilder, counted_twice, load_profile, merge, without_fingerprints
from govnlp.boilerplate.storage import write_profile
from govnlp.document import Report
from govnlp.errors import ConfigError, OutputError
from tests.boilerplate.make_reports import HERDING, SCHOOL, WATER, make_report

SENTENCE = "水费收缴底册由会计每季度抄写一遍，张贴在水管站门口，群众核对后改正错账3笔。"


def many() -> list[Report]:
    """Twelve reports of six agencies; half of them have the water sentences."""
    own = ("东山镇", "西山镇", "南山镇", "北山镇", "中山镇", "上山镇")
    pools = (WATER, (*WATER[2:], *SCHOOL[:2]), HERDING)
    return [
        make_report(f"青云县{o}人民政府", year, pools[i % 3], own=o, n=7 * i + year - 2000)
        for i, o in enumerate(own)
        for year in (2021, 2022)
    ]


def build(reports: list[Report], **options: int) -> Profile:
    builder = ProfileBuilder(**options)  # type: ignore[arg-type]
    for i, report in enumerate(reports):
        builder.add(report, {"completeness": 60.0 + i, "boilerplate": None if i == 3 else 5.0 * i})
    return builder.build()


def same(a: Profile, b: Profile) -> bool:
    columns = all(
        np.array_equal(getattr(getattr(a, table), column), getattr(getattr(b, table), column))
        for table in ("grams", "sentences")
        for column in ("hashes", "reports", "agencies", "years")
    )
    places = a.standing.groups.keys() == b.standing.groups.keys() and all(
        np.array_equal(h, b.standing.groups[k]) for k, h in a.standing.groups.items()
    )
    prints = [(f.sha256, f.signature.tolist() if f.signature is not None else None) for f in a.fingerprints] == [
        (f.sha256, f.signature.tolist() if f.signature is not None else None) for f in b.fingerprints
    ]
    return columns and places and prints and a.n_reports == b.n_reports


def test_a_sentence_is_counted_whatever_its_names_and_numbers() -> None:
    profile = build(many())
    assert profile.n_reports == 12
    assert profile.sentence_reports(SENTENCE) == 8
    assert profile.sentence_reports(SENTENCE.replace("3笔", "三十余笔")) == 8
    assert profile.sentence_reports("这一句没有哪份报告写过。") == 0


def test_common_phrases_are_counted_by_agency() -> None:
    profile = build(many())
    at = profile.sentences.find(profile.sentences.hashes[:1])
    assert at.tolist() == [0]
    report = many()[0]
    from govnlp.boilerplate.grams import gram_hashes
    from govnlp.boilerplate.mask import masked_narrative

    hashes = gram_hashes(masked_narrative(report).text)
    assert not profile.common(hashes, agencies=5).any()
    assert profile.common(hashes, agencies=4).any()
    assert not profile.common(hashes, agencies=4, but=report.agency).any()
    assert not profile.common(hashes, share=0.9).any()


@pytest.mark.parametrize("options", [{}, {"grams": 150, "sentences": 5, "n_fingerprints": 4}])
def test_parts_add_up_to_the_whole(options: dict[str, int]) -> None:
    reports = many()
    whole = build(reports, **options)
    parts = []
    for chosen in (slice(0, 5), slice(5, 6), slice(6, 12)):
        builder = ProfileBuilder(**options)  # type: ignore[arg-type]
        for i in range(12)[chosen]:
            builder.add(reports[i], {"completeness": 60.0 + i, "boilerplate": None if i == 3 else 5.0 * i})
        parts.append(builder.build())
    assert same(merge(*parts), whole)
    assert same(merge(parts[2], merge(parts[1], parts[0])), whole)
    assert len(whole.grams.hashes) <= options.get("grams", 10**9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 60), max_size=25), min_size=1, max_size=6), st.integers(1, 30), st.data())
def test_counts_add_up_in_any_order(things: list[list[int]], capacity: int, data: st.DataObject) -> None:
    tables = [counts_of(np.array(t, np.uint64), i, 2020 + i, capacity) for i, t in enumerate(things)]
    whole = add_up(*tables)
    cut = data.draw(st.integers(0, len(tables)))
    order = data.draw(st.permutations(tables))
    parts = [add_up(*part) for part in (order[:cut], order[cut:]) if part]
    again = add_up(*parts)
    for column in ("hashes", "reports", "agencies", "years"):
        assert getattr(whole, column).tolist() == getattr(again, column).tolist()
    kept = sorted({x for t in things for x in t})[:capacity]
    assert whole.hashes.tolist() == kept
    assert whole.reports.tolist() == [sum(x in t for t in things) for x in kept]


def test_the_number_of_agencies_is_about_right() -> None:
    for agencies in (1, 2, 5, 12):
        bits = np.uint64(0)
        for i in range(agencies):
            bits |= np.uint64(agency_bit(i * 5))
        assert abs(float(number_of(np.array([bits], np.uint64))[0]) - agencies) < 0.15 * agencies


def test_on_disk(tmp_path: Path) -> None:
    profile = build(many())
    write_profile(profile, tmp_path / "a.npz")
    again = load_profile(tmp_path / "a.npz")
    assert same(profile, again)
    assert [f.agency for f in again.fingerprints] == [f.agency for f in profile.fingerprints]
    write_profile(again, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_an_empty_profile_on_disk(tmp_path: Path) -> None:
    write_profile(ProfileBuilder().build(), tmp_path / "a.npz")
    assert load_profile(tmp_path / "a.npz").n_reports == 0


def test_names_can_be_left_out(tmp_path: Path) -> None:
    write_profile(without_fingerprints(build(many())), tmp_path / "a.npz")
    assert load_profile(tmp_path / "a.npz").fingerprints == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not an archive", b"\x93NUMPY\x01\x00v\x00{"])
def test_no_profile(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(ConfigError, match=r"a\.npz: not a profile"):
        load_profile(tmp_path / "a.npz")


def test_a_profile_of_another_version(tmp_path: Path) -> None:
    about = json.dumps({"schema": "govnlp.profile/0", "gram": 8}).encode()
    np.savez_compressed(tmp_path / "a.npz", about=np.frombuffer(about, np.uint8))
    with pytest.raises(ConfigError, match="another version"):
        load_profile(tmp_path / "a.npz")


def test_pickled_content_is_not_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", about=np.array([{"schema": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ConfigError):
        load_profile(tmp_path / "a.npz")


def test_missing_and_unwritable(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no profile here"):
        load_profile(tmp_path / "none.npz")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_profile(build(many()), tmp_path / "file" / "a.npz")


def test_reports_in_several_profiles_are_noticed() -> None:
    reports = many()
    first, second = build(reports[:8]), build(reports[6:])
    assert counted_twice(first, second) == 2
    assert counted_twice(first, first) == 8
    assert counted_twice(first, build(reports[8:])) == 0
    assert counted_twice(first) == 0


def test_the_shipped_profile_names_nobody_and_stays_small() -> None:
    import govnlp.boilerplate

    profile = load_profile()
    assert profile.n_reports >= 100
    assert profile.fingerprints == ()
    assert (Path(govnlp.boilerplate.__file__).parent / "data" / "national.npz").stat().st_size < 4_000_000


def test_percentiles() -> None:
    reports = [make_report(f"青云县第{i}镇人民政府", 2021 + i % 2, WATER) for i in range(60)]
    builder = ProfileBuilder(keep_fingerprints=False)
    for i, report in enumerate(reports):
        kind = "township" if i < 50 else "department"
        builder.add(replace(report, agency_kind=kind), {"completeness": 40.0 + i, "boilerplate": 50.0})
    standing = builder.build().standing
    assert standing.percentiles({"completeness": 0.0, "boilerplate": 50.0}, "township", 2021) == {
        "completeness": 0,
        "boilerplate": 50,
    }
    assert standing.percentiles({"completeness": 100.0}, "township", 2021) == {"completeness": 100}
    # 60 lies in the middle of 2021's townships (40, 42 … 88), and of all townships (40 … 89), but not of all reports
    assert standing.percentiles({"completeness": 64.0}, "township", 2021) == {"completeness": 50}
    assert standing.percentiles({"completeness": 64.0}, "township", 1999) == {"completeness": 49}
    assert standing.percentiles({"completeness": 64.0}, "department", 2021) == {"completeness": 41}
    assert standing.percentiles({"completeness": 64.0, "boilerplate": None}, "other", None) == {"completeness": 41}


def test_too_few_reports_give_no_percentile() -> None:
    assert build(many()).standing.percentiles({"completeness": 70.0}, "township", 2021) == {}
