"""Variants keep their labels true: each span still covers the same words."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from govnlp.document import Claim, Sentence, Source
from govnlp.training import variants
from govnlp.training.variants import CHANGES, make_variants
from tests.training.reports import report, reports

_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789", " \u3000\n")


@pytest.mark.parametrize("change", CHANGES)
def test_every_span_still_covers_its_words(change: object) -> None:
    before = report(3).report
    after = variants._edited(before, change(before, random.Random(4)))  # type: ignore[operator]
    assert [c.text.translate(_PLAIN) for c in before.claims] == [c.text.translate(_PLAIN) for c in after.claims]
    assert all(after.text[c.start : c.end] == c.text for c in after.claims)
    for a, b in zip(before.sentences, after.sentences, strict=True):
        assert before.text[a.start : a.end].translate(_PLAIN)[-5:] == after.text[b.start : b.end].translate(_PLAIN)[-5:]
    assert [s.id for s in before.sections] == [s.id for s in after.sections]
    assert after.sections[-1].end == len(after.text)


def test_filler_with_a_fact_is_specific_and_filler_stays_filler() -> None:
    labelled = report(0)
    found = set()
    for seed in range(30):
        joined = variants._join_sentences(labelled.report, random.Random(seed))
        assert len(joined.text) == len(labelled.text)
        for s in joined.sentences:
            inside = [x for x in labelled.report.sentences if s.start <= x.start < s.end]
            labels = {x.label for x in inside}
            found.add((len(inside), s.label))
            if len(inside) == 1:
                assert s.label == inside[0].label
            else:
                assert "boilerplate" in labels
                assert s.label == ("boilerplate" if labels == {"boilerplate"} else "specific")
    assert {size for size, _ in found} >= {1, 2}
    assert (2, "specific") in found


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        ("我镇加强领导、规范流程。{B}", "我镇狠抓落实、压实责任。{B}", "boilerplate"),
        ("我镇加强领导、规范流程。{B}", "全年⟦贴出26张|info_published|26|张⟧。{S}", "specific"),
        ("我镇加强领导、规范流程。{B}", "全年⟦未收到申请|requests_received|0|件⟧。{F}", "specific"),
        ("我镇加强领导、规范流程。{B}", "本报告依据《条例》编制。{F}", None),
        ("全年⟦贴出26张|info_published|26|张⟧。{S}", "5月换了公示墙。{S}", None),
        ("全年⟦未收到申请|requests_received|0|件⟧。{F}", "本报告依据《条例》编制。{F}", None),
    ],
)
def test_what_two_sentences_are_together(first: str, second: str, joint: str | None) -> None:
    text, sentences, claims = "", [], []
    for marked in (first, second):
        plain = re.sub(r"⟦([^|]*)[^⟧]*⟧", r"\1", marked)[:-3]
        if counted := re.search(r"⟦([^|]*)\|(\w+)", marked):
            at = len(text) + plain.index(counted[1])
            claims.append(Claim("c1", at, at + len(counted[1]), counted[1], counted[2], 0, ""))
        label = {"B": "boilerplate", "S": "specific", "F": "statutory"}[marked[-2]]
        sentences.append(Sentence(len(text), len(text) + len(plain), label))
        text += plain
    given = replace(report(0).report, source=Source("", "", "text", text), claims=tuple(claims))
    for a, b in (sentences, reversed(sentences)):
        assert variants._joint_label(given, a, b) == joint


def test_headings_left_out_leave_their_sections() -> None:
    before = report(1).report
    after = variants._edited(before, variants._drop_headings(before, random.Random(2)))
    assert "（一）主动公开" in before.text
    assert "（一）主动公开" not in after.text
    (section,) = after.of_section("overview.proactive")
    assert after.text[section.start : section.start + 7] == "全年在县政府网"


def test_the_seed_decides() -> None:
    one, same, other = (make_variants(reports(3), seed=s) for s in (1, 1, 2))
    assert [v.text for v in one] == [v.text for v in same]
    assert [v.text for v in one] != [v.text for v in other]
    assert [v.id for v in one] == ["t000~0", "t001~0", "t002~0"]


def test_names_and_years_do_not_make_filler_a_fact() -> None:
    text = "我镇高度重视，加强领导。云溪县青石镇举办培训。青石镇人民政府编制。青石镇不断完善。"
    ends = [m.end() for m in re.finditer("。", text)]
    labels = ("boilerplate", "specific", "statutory", "boilerplate")
    sentences = tuple(Sentence(a, b, x) for a, b, x in zip([0, *ends], ends, labels, strict=False))  # type: ignore[arg-type]
    before = replace(
        report(0).report,
        source=replace(report(0).report.source, text=text),
        sections=(),
        sentences=sentences,
        claims=(),
        agency="云溪县青石镇人民政府",
        year=2023,
    )
    seen: dict[str, set[str]] = {}
    for seed in range(40):
        after = variants._edited(before, variants._named(before, random.Random(seed)))
        assert [s.label for s in after.sentences] == list(labels)
        for a, b in zip(before.sentences, after.sentences, strict=True):
            seen.setdefault(text[a.start : a.end], set()).add(after.text[b.start : b.end])
    assert {"青石镇高度重视，加强领导。", "2023年，我镇高度重视，加强领导。"} <= seen["我镇高度重视，加强领导。"]
    assert "我镇不断完善。" in seen["青石镇不断完善。"]
    assert seen["云溪县青石镇举办培训。"] == {"云溪县青石镇举办培训。", "2023年，云溪县青石镇举办培训。"}, (
        "it stands in a longer name"
    )
    assert seen["青石镇人民政府编制。"] == {"青石镇人民政府编制。"}
