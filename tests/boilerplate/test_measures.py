"""The measures of disclosure research, on texts where they are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govnlp.boilerplate.measures import FEWEST_REPORTS, MEASURES, measure
from govnlp.boilerplate.profile import Profile, ProfileBuilder
from tests.boilerplate.make_reports import HERDING, SCHOOL, WATER, make_report

NOTHING = ProfileBuilder().build()


@pytest.fixture(scope="module")
def profile() -> Profile:
    """Thirty agencies; a third of them write about water, the others about herding, each with a sentence of its own place."""
    builder = ProfileBuilder()
    for i in range(30):
        own = f"{'东南西北中上下前后里'[i % 10]}{'山水田'[i // 10]}镇"
        builder.add(make_report(f"青云县{own}人民政府", 2022, WATER if i % 3 == 0 else HERDING, own=own))
    return builder.build()


def test_every_measure_is_there() -> None:
    assert tuple(measure(make_report(), NOTHING)) == MEASURES


def test_nothing_to_measure_is_none() -> None:
    empty = replace(make_report(), sentences=())
    assert set(measure(empty, NOTHING, make_report()).values()) == {None}


def test_a_small_corpus_tells_nothing_of_what_is_common() -> None:
    assert NOTHING.n_reports < FEWEST_REPORTS
    found = measure(make_report(), NOTHING)
    assert found["boilerplate_lang_stice"] is None
    assert found["common_phrases"] is None


def test_boilerplate_is_what_many_reports_say(profile: Profile) -> None:
    own = measure(make_report(sentences=SCHOOL), profile)
    theirs = measure(make_report(sentences=WATER), profile)
    half = measure(make_report(sentences=(*SCHOOL[:2], *WATER[:2])), profile)
    for name in ("boilerplate_lang_stice", "common_phrases"):
        low, middle, high = own[name], half[name], theirs[name]
        assert low is not None
        assert middle is not None
        assert high is not None
        assert low < middle < high
        assert low < 0.05


def test_specificity_counts_what_is_named() -> None:
    vague = measure(make_report(sentences=("我们高度重视，不断加强领导，持续推进各项公开任务落地见效。",)), NOTHING)
    exact = measure(
        make_report(sentences=("5月12日，白石村把《供水合同》贴出，受益312户，省下水费4.5万元。",)), NOTHING
    )
    assert vague["specificity_hope_hu_lu"] is not None
    assert exact["specificity_hope_hu_lu"] is not None
    assert exact["specificity_hope_hu_lu"] > 2 * vague["specificity_hope_hu_lu"]


def test_redundancy_is_what_the_report_has_said_before() -> None:
    assert measure(make_report(), NOTHING)["redundancy_cazier_pfeiffer"] == 0
    twice = measure(make_report(sentences=(*WATER, *WATER)), NOTHING)["redundancy_cazier_pfeiffer"]
    assert twice is not None
    assert 0.35 < twice < 0.5


def test_modification_from_the_year_before() -> None:
    last = make_report(year=2022, n=40)
    assert measure(make_report(), NOTHING)["modification_brown_tucker"] is None
    assert measure(make_report(), NOTHING, last)["modification_brown_tucker"] == 0
    some = measure(make_report(sentences=(*WATER[:3], *SCHOOL[:1])), NOTHING, last)["modification_brown_tucker"]
    all_of_it = measure(make_report(sentences=SCHOOL), NOTHING, last)["modification_brown_tucker"]
    assert some is not None
    assert all_of_it is not None
    assert 0 < some < all_of_it <= 1
