"""The spaCy component, and the agreement with gold reports where GOVNLP_GOLD names a folder of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from govnlp.components.claims.extract import extract_claims
from govnlp.components.tokens import blank_pipeline, set_spans
from govnlp.document import Section
from govnlp.schema import CHANNEL_TYPES, CHANNELS, CLAIM_TYPES, QUALIFIERS

TEXT = "一、总体情况\n全年公开信息30条，\n\n其中动态20条、其他10条。举办培训2次。\n"


def test_the_component_writes_spans_and_claims() -> None:
    nlp = blank_pipeline(["govnlp_claims"])
    doc = nlp.make_doc(TEXT)
    set_spans(doc, "sections", [(0, 7, "overview"), (7, len(TEXT), "overview.proactive")])
    doc.user_data["year"] = 2023
    doc = nlp.get_pipe("govnlp_claims")(doc)
    assert [(s.text, s.label_) for s in doc.spans["claims"]] == [
        ("30条", "info_published"),
        ("20条", "info_published"),
        ("10条", "info_published"),
        ("2次", "training_sessions"),
    ]
    assert [(c.id, c.part_of, c.section) for c in doc.user_data["claims"]] == [
        ("c1", None, "overview.proactive"),
        ("c2", "c1", "overview.proactive"),
        ("c3", "c1", "overview.proactive"),
        ("c4", None, "overview.proactive"),
    ]


def test_the_component_needs_no_sections() -> None:
    doc = blank_pipeline(["govnlp_claims"])(TEXT)
    assert [s.text for s in doc.spans["claims"]] == ["30条", "20条", "10条", "2次"]


def test_the_sections_component_is_heard() -> None:
    nlp = blank_pipeline(["govnlp_claims"])
    doc = nlp.make_doc("公开10条\n公开20条。")
    doc.user_data["sections"] = (Section("overview.proactive", 0, 12, heading_end=6),)
    doc = nlp.get_pipe("govnlp_claims")(doc)
    assert [c.text for c in doc.user_data["claims"]] == ["20条"]


GOLD = os.environ.get("GOVNLP_GOLD")


@pytest.mark.skipif(not GOLD, reason="set GOVNLP_GOLD to the folder of the gold reports")
def test_agreement_with_gold() -> None:
    paths = sorted(Path(GOLD or "").rglob("*.gold.json"))
    right = wanted = got = 0
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        sections = [Section(s["id"], s["start"], s["end"]) for s in gold["sections"]]
        found = extract_claims(gold["text"], sections, gold["year"])
        assert all(c.type in CLAIM_TYPES and c.qualifier in QUALIFIERS for c in found)
        assert all(c.channel is None or (c.channel in CHANNELS and c.type in CHANNEL_TYPES) for c in found)
        mine = {(c.start, c.end, float(c.value), c.type) for c in found}
        theirs = {(c["start"], c["end"], float(c["value"]), c["type"]) for c in gold["claims"]}
        right, wanted, got = right + len(mine & theirs), wanted + len(theirs), got + len(mine)
    assert paths
    assert 2 * right / (wanted + got) >= 0.85
