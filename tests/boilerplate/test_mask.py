"""Masked texts: what is left, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.boilerplate.mask import mask, masked_narrative
from tests.boilerplate.make_reports import SCHOOL, WATER, make_report

AGENCY = "青云县白石镇人民政府"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("青云县白石镇人民政府公开信息312条", "@公开信息#条"),
        ("白石镇公开信息三百一十二条", "@公开信息#条"),
        ("2023年，我镇公开100余条。", "#年我&公开#条"),
        ("二〇二三年我乡公开近1,200.5万条", "#年我&公开近#条"),
        ("办结率100％", "办结率#"),
        ("本局与全街道", "本&与全&"),
        ("（一）主动公开 ", "#主动公开"),
        ("黑石镇", "黑石&"),
        ("局长办公会", "局长办公会"),
        ("", ""),
        ("。，！", ""),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    assert mask(text, AGENCY).text == masked


def test_masked_characters_keep_their_place() -> None:
    text = "前言：白石镇公开312条，发布。"
    found = mask(text, AGENCY, start=3)
    assert found.text == "@公开#条发布"
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [
        "白石镇",
        "公",
        "开",
        "312",
        "条",
        "发",
        "布",
    ]


@given(st.text(alphabet="白石镇青云县人民政府我本局乡街道0１二两余。， \n公开信息abc", max_size=60))
def test_places_are_in_order_and_inside(text: str) -> None:
    found = mask(text, AGENCY)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    assert all(b <= a for b, a in zip(found.ends, found.starts[1:], strict=False))


def test_another_agency_and_year_leave_the_same_wording() -> None:
    ours = make_report(AGENCY, 2023, WATER, own="白石镇", n=12)
    theirs = make_report("丰川县黑水乡人民政府", 2021, WATER, own="黑水乡", n=340)
    assert masked_narrative(ours).text == masked_narrative(theirs).text
    assert masked_narrative(ours).text != masked_narrative(make_report(sentences=SCHOOL)).text


def test_statutory_sentences_are_left_out() -> None:
    assert "条例" not in masked_narrative(make_report()).text
