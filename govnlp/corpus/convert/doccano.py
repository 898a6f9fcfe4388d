"""doccano's JSONL for sequence labelling with relations: one report a line.

doccano has no attributes of spans and gives spans new ids; attributes go beside the spans, found again by place and label.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from govnlp.corpus.convert.base import CLAIM_ATTRIBUTES, PART_OF, Converter, Loaded, Mark, Record, load_one, to_record
from govnlp.corpus.labelled import LabelledReport

FILE: Final = "reports.jsonl"
KEY: Final = "govnlp"


def dump(reports: Sequence[LabelledReport]) -> dict[str, bytes]:
    """All reports as lines of one file."""
    lines, first = [], 1
    for n, report in enumerate(reports, 1):
        record = to_record(report)
        lines.append(json.dumps(_line(record, n, first), ensure_ascii=False))
        first += len(record.marks)
    return {FILE: "".join(line + "\n" for line in lines).encode()}


def _line(record: Record, number: int, first: int) -> dict[str, Any]:
    entities = [
        {"id": first + n, "label": f"{m.layer}:{m.label}", "start_offset": m.start, "end_offset": m.end}
        for n, m in enumerate(record.marks)
    ]
    ids = {m.id: first + n for n, m in enumerate(record.marks) if m.layer == "claim"}
    relations = [
        {"id": first + n, "from_id": ids[part], "to_id": ids[whole], "type": PART_OF}
        for n, (part, whole) in enumerate(record.parts)
    ]
    claims = [
        [m.start, m.end, m.label, m.id, *(m.attributes[a] for a in CLAIM_ATTRIBUTES)]
        for m in record.marks
        if m.layer == "claim"
    ]
    return {
        "id": number,
        "text": record.text,
        "entities": entities,
        "relations": relations,
        "Comments": [],
        KEY: record.meta | {"claims": claims},
    }


def load(files: Mapping[str, bytes]) -> Iterator[Loaded]:
    """The reports of all lines."""
    for file, content in sorted(files.items()):
        for n, line in enumerate(content.decode("utf-8-sig").split("\n"), 1):
            if line.strip():
                yield load_one(partial(_record, line), f"{file}:{n}")


def _record(raw: str) -> Record:
    line: Mapping[str, Any] = json.loads(raw)
    beside = line[KEY] if KEY in line else line["meta"][KEY]
    meta = {key: value for key, value in beside.items() if key != "claims"}
    known: dict[tuple[int, int, str], list[list[Any]]] = {}
    for start, end, label, *rest in beside["claims"]:
        known.setdefault((start, end, label), []).append(rest)
    marks, ids = [], {}
    for entity in sorted(line["entities"], key=lambda e: e["id"]):
        layer, _, label = entity["label"].partition(":")
        start, end = entity["start_offset"], entity["end_offset"]
        claim_id, attributes = "", {}
        if layer == "claim":
            waiting = known.get((start, end, label))
            claim_id, *values = waiting.pop(0) if waiting else [f"e{entity['id']}"]
            attributes = dict(zip(CLAIM_ATTRIBUTES, values, strict=False))
            ids[entity["id"]] = claim_id
        marks.append(Mark(layer, start, end, label, claim_id, attributes))
    parts = tuple((ids[r["from_id"]], ids[r["to_id"]]) for r in line.get("relations", ()) if r["type"] == PART_OF)
    return Record(line["text"], tuple(marks), parts, meta)


CONVERTER = Converter("doccano", dump, load)
