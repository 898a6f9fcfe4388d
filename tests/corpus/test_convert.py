"""Round trips through the tools of annotators, and what annotators change there."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import FIRST, report

from govnlp.corpus.convert import converters, export_reports, import_reports, tool_files
from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.markup import parse
from govnlp.errors import CorpusError
from govnlp.schema import CLAIM_TYPES, QUALIFIERS

FORMATS = ("brat", "docbin", "doccano", "label-studio")


def ordered(labelled: LabelledReport) -> LabelledReport:
    """With the declared findings in one order: an annotation tool keeps none."""
    return replace(labelled, findings=tuple(sorted(labelled.findings, key=lambda f: (f.code, f.anchor or ""))))


def test_the_formats_are_found() -> None:
    assert tuple(converters()) == FORMATS
    with pytest.raises(CorpusError, match=r"unknown format csv \(one of brat"):
        export_reports([], "csv")


@pytest.mark.parametrize("name", FORMATS)
def test_a_round_trip_loses_nothing(name: str, corpus_reports: list[LabelledReport]) -> None:
    back = {r.id: r for r in import_reports(export_reports(corpus_reports, name), name).reports}
    assert {r.id for r in corpus_reports} == back.keys()
    for labelled in corpus_reports:
        assert ordered(back[labelled.id]) == ordered(labelled)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(CLAIM_TYPES), st.integers(0, 10**6), st.sampled_from(QUALIFIERS)), max_size=5),
    st.text("公开信息𠮷😀abc ，", max_size=12),
)
def test_a_round_trip_of_any_claims_loses_nothing(claims: list[tuple[str, int, str]], words: str) -> None:
    marked = "".join(f"{words}⟦{value}件|{kind}|{value}|件|q={q}⟧" for kind, value, q in claims)
    labelled = parse(report(first=f"（一）主动公开。起{marked}止。{{S}}"), name="x")
    for name in FORMATS:
        assert [ordered(r) for r in import_reports(export_reports([labelled], name), name).reports] == [
            ordered(labelled)
        ]


def changed(name: str) -> LabelledReport:
    """A report sent out, given one more claim and one relation by an annotator who knows nothing of attributes, and read back."""
    labelled = parse(report(first=FIRST + "印发简报近2千份。{S}"), name="x")
    at = labelled.text.index("近2千份")
    whole = labelled.report.claims[0]
    files = export_reports([labelled], name)
    if name == "label-studio":
        tasks = json.loads(files["tasks.json"])
        value = {"start": at, "end": at + 4, "text": "近2千份", "labels": ["info_published"]}
        region = {"id": "zK3f", "from_name": "claim", "to_name": "text", "type": "labels", "value": value}
        relation = {
            "from_id": "zK3f",
            "to_id": f"claim-{whole.id}",
            "type": "relation",
            "direction": "right",
            "labels": ["part_of"],
        }
        tasks[0]["annotations"][0]["result"] += [region, relation]
        files["tasks.json"] = json.dumps(tasks).encode()
    elif name == "doccano":
        line = json.loads(files["reports.jsonl"])
        target = next(
            e["id"] for e in line["entities"] if e["start_offset"] == whole.start and e["label"].startswith("claim")
        )
        line["entities"].append({"id": 900, "label": "claim:info_published", "start_offset": at, "end_offset": at + 4})
        line["relations"].append({"id": 901, "from_id": 900, "to_id": target, "type": "part_of"})
        files["reports.jsonl"] = json.dumps(line).encode()
    else:
        target = next(
            line.split("\t")[0]
            for line in files["t001.ann"].decode().split("\n")
            if f" {whole.start} {whole.end}" in line
        )
        files["t001.ann"] += (
            f"T900\tclaim_info_published {at} {at + 4}\t近2千份\nR900\tpart_of Arg1:T900 Arg2:{target}\n".encode()
        )
    return import_reports(files, name).reports[0]


@pytest.mark.parametrize("name", ["brat", "doccano", "label-studio"])
def test_a_bare_span_gets_the_attributes_that_its_text_tells(name: str) -> None:
    labelled = changed(name)
    new = next(c for c in labelled.report.claims if c.text == "近2千份")
    assert (new.type, new.value, new.unit, new.qualifier, new.channel, new.part_of) == (
        "info_published",
        2000,
        "份",
        "at_most",
        None,
        "a",
    )


def test_ratings_and_elements_come_back_from_label_studio() -> None:
    files = export_reports([parse(report(), name="x")], "label-studio")
    tasks = json.loads(files["tasks.json"])
    for result in tasks[0]["annotations"][0]["result"]:
        if result.get("from_name") == "completeness":
            result["value"]["choices"] = ["4"]
        if result.get("from_name") == "elements":
            result["value"]["choices"] = ["training"]
    (back,) = import_reports({"tasks.json": json.dumps(tasks).encode()}, "label-studio").reports
    assert back.completeness == 4
    assert [e.id for e in back.report.elements if e.present] == ["training"]


def task_of(text: str) -> dict[str, Any]:
    (task,) = json.loads(export_reports([parse(text, name="x")], "label-studio")["tasks.json"])
    return task


def test_one_bad_or_unlabelled_task_stops_no_other() -> None:
    good, cancelled, bare, bad, empty = (task_of(report(f"t{n}")) for n in range(5))
    cancelled["annotations"][0]["was_cancelled"] = True
    bare["annotations"] = []
    results = bad["annotations"][0]["result"]
    results.remove([r for r in results if r.get("from_name") == "sentence"][2])
    next(r for r in empty["annotations"][0]["result"] if r.get("from_name") == "unit")["value"]["text"] = []
    tasks = [cancelled, bad, bare, empty, good]
    found = import_reports({"tasks.json": json.dumps(tasks).encode()}, "label-studio")
    assert [r.id for r in found.reports] == ["t0"]
    assert found.skipped == 2
    assert [(e.source, e.cause) for e in found.errors] == [
        ("tasks.json[2] t3", "a sentence without a label: 持续用力，久久为功，务求取得更大成效。"),
        ("tasks.json[4]", "the claim 30条 has an empty unit"),
    ]


def test_what_is_said_of_the_whole_report_is_set_in_label_studio() -> None:
    task = task_of(report())
    results = [r for r in task["annotations"][0]["result"] if r.get("from_name") not in ("region", "author", "family")]
    fields = {"region": ["湖南"], "author": "李", "family": [" b "]}
    results += [{"from_name": n, "type": "textarea", "value": {"text": value}} for n, value in fields.items()]
    results.append({"from_name": "partial_parts", "type": "choices", "value": {"choices": ["partial_parts"]}})
    task["annotations"][0]["result"] = results
    (back,) = import_reports({"tasks.json": json.dumps([task]).encode()}, "label-studio").reports
    assert (back.region, back.author, back.family, back.partial_parts) == ("湖南", "李", "b", True)


def test_a_task_without_an_agency_is_named_by_its_id() -> None:
    text = report().replace("agency: 青云县白石镇人民政府", "agency: null")
    assert task_of(text)["data"]["title"] == "t001 2023"


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("label-studio", "tasks.json", b"{"),
        ("label-studio", "tasks.json", b'[{"data": {"text": "x"}}]'),
        ("doccano", "reports.jsonl", b'{"text": "x"}\n'),
        ("brat", "t.ann", b"T1\tclaim_fees x 2\tab\n"),
        ("docbin", "reports.spacy", b"nothing"),
    ],
)
def test_broken_files_are_named(name: str, file: str, content: bytes) -> None:
    files = {file: content} | ({"t.txt": b"ab", "t.json": b"{}"} if name == "brat" else {})
    found = import_reports(files, name)
    assert found.reports == ()
    assert [(error.source or "")[: len(file)] for error in found.errors] == [file]


def test_a_changed_text_is_refused() -> None:
    files = export_reports([parse(report(), name="x")], "brat")
    files["t001.txt"] = files["t001.txt"].replace("规章".encode(), "章规".encode())
    (error,) = import_reports(files, "brat").errors
    assert error.cause.startswith("the text does not fit its marks from '章规")
    assert error.source == "t001.ann t001"


def test_marks_that_the_authoring_format_cannot_hold_are_refused() -> None:
    files = export_reports([parse(report(), name="x")], "doccano")
    line = json.loads(files["reports.jsonl"])
    section = next(e for e in line["entities"] if e["label"] == "section:problems.issues")
    section["start_offset"] += 3
    (error,) = import_reports({"reports.jsonl": json.dumps(line).encode()}, "doccano").errors
    assert error.cause.startswith("a sentence crosses a claim, a table or the beginning of a section: 白石水库")
    assert error.source == "reports.jsonl:1 t001"


def test_the_labelling_configuration_offers_every_label() -> None:
    config = ElementTree.fromstring(tool_files("label-studio", ["GD101", "GD301"])["labelling_config.xml"])
    labels = {tag.get("name"): [label.get("value") for label in tag] for tag in config.iter("Labels")}
    assert list(labels) == ["section", "heading", "sentence", "claim", "finding"]
    assert labels["claim"] == list(CLAIM_TYPES)
    assert labels["finding"] == ["GD101", "GD301"]
    choices = {tag.get("name"): len(tag) for tag in config.iter("Choices")}
    assert choices == {
        "qualifier": 4,
        "channel": 10,
        "completeness": 5,
        "boilerplate": 5,
        "elements": 23,
        "findings": 2,
        "partial_parts": 1,
    }
    fields = [tag.get("name") for tag in config.iter("TextArea") if tag.get("perRegion") is None]
    assert fields == ["region", "author", "family"]


def test_brats_configuration_knows_every_type() -> None:
    conf = tool_files("brat", ["GD101"])["annotation.conf"].decode()
    types = conf.split("[entities]\n")[1].split("\n\n")[0].split("\n")
    files = export_reports([parse(report(), name="x")], "brat")
    used = {
        line.split("\t")[1].split(" ")[0] for line in files["t001.ann"].decode().split("\n") if line.startswith("T")
    }
    assert used <= set(types)
