"""Label Studio's JSON: one task a report, with the labelling configuration that shows it.

Offsets are those of the browser, in UTF-16 units; they differ from Python's only after characters beyond the basic plane.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from govnlp.corpus.convert.base import (
    CLAIM_ATTRIBUTES,
    HEADING_LABELS,
    LAYERS,
    PART_OF,
    Converter,
    Loaded,
    Mark,
    Record,
    load_one,
    to_record,
)
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError
from govnlp.schema import CHANNELS, CLAIM_TYPES, ELEMENTS, QUALIFIERS, SECTIONS, SENTENCE_LABELS

FILE: Final = "tasks.json"
CONFIG: Final = "labelling_config.xml"
_EXPORT: Final = "export it as Label Studio's JSON, not JSON-MIN"
_LABELS: Final = {
    "section": SECTIONS,
    "heading": HEADING_LABELS,
    "sentence": SENTENCE_LABELS,
    "claim": CLAIM_TYPES,
}
_WHOLE: Final = {
    **dict.fromkeys(("completeness", "boilerplate"), "rating"),
    **dict.fromkeys(("elements", "findings"), "many"),
    "partial_parts": "flag",
    **dict.fromkeys(("region", "author", "family"), "text"),
}
"""What is said of the whole report: a rating from 0 to 4, several names, yes or no, or a word."""


def labelling_config(codes: Sequence[str] = ()) -> str:
    """The configuration to paste into a Label Studio project: layers of spans, attributes of claims, ratings, elements, findings.

    `codes`: the finding codes to offer; without any, the layer of findings is left out.
    """
    labels = {layer: names for layer in LAYERS if (names := (_LABELS | {"finding": tuple(codes)})[layer])}
    lines = ["<View>", '  <Header value="$title"/>']
    for layer, names in labels.items():
        lines.append(f'  <Labels name="{layer}" toName="text" choice="single" showInline="true">')
        lines += [f"    <Label value={quoteattr(label)}/>" for label in names]
        lines.append("  </Labels>")
    lines += [
        '  <Text name="text" value="$text" granularity="symbol"/>',
        f'  <Relations>\n    <Relation value="{PART_OF}"/>\n  </Relations>',
    ]
    of_claims = 'toName="text" perRegion="true" whenTagName="claim"'
    lines += [
        f'  <Number name="value" {of_claims}/>',
        f'  <TextArea name="unit" {of_claims} maxSubmissions="1" editable="true"/>',
    ]
    lines += _choices("qualifier", QUALIFIERS, of_claims + ' choice="single-radio"')
    lines += _choices("channel", CHANNELS, of_claims + ' choice="single-radio"')
    for name in ("completeness", "boilerplate"):
        lines += [
            f'  <Header value="{name}"/>',
            *_choices(name, map(str, range(5)), 'toName="text" choice="single-radio" showInline="true"'),
        ]
    for name, values in (("elements", ELEMENTS), *((("findings", tuple(codes)),) if codes else ())):
        lines += [
            f'  <Header value="{name}"/>',
            *_choices(name, values, 'toName="text" choice="multiple" showInline="true"'),
        ]
    lines += ['  <Header value="partial_parts"/>', *_choices("partial_parts", ["partial_parts"], 'toName="text"')]
    for name in (n for n, kind in _WHOLE.items() if kind == "text"):
        lines += [
            f'  <Header value="{name}"/>',
            f'  <TextArea name="{name}" toName="text" rows="1" maxSubmissions="1" editable="true"/>',
        ]
    return "\n".join([*lines, "</View>", ""])


def _choices(name: str, values: Any, attributes: str) -> list[str]:
    inner = [f"    <Choice value={quoteattr(v)}/>" for v in values]
    return [f'  <Choices name="{name}" {attributes}>', *inner, "  </Choices>"]


def dump(reports: Sequence[LabelledReport]) -> dict[str, bytes]:
    """All reports as tasks of one file."""
    tasks = [_task(to_record(report)) for report in reports]
    return {FILE: (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()}


def _task(record: Record) -> dict[str, Any]:
    meta = {key: value for key, value in record.meta.items() if key not in _WHOLE}
    data = {
        "text": record.text,
        "title": f"{meta['agency'] or meta['id']} {meta['year'] or ''}".strip(),
        "govnlp": meta,
    }
    return {"data": data, "annotations": [{"result": list(_results(record))}]}


def _results(record: Record) -> Iterator[dict[str, Any]]:
    units = _units(record.text)
    ids = {}
    for n, mark in enumerate(record.marks):
        region = f"{mark.layer}-{mark.id or n}"
        ids[mark.layer, mark.id] = region
        place = {"start": units[mark.start], "end": units[mark.end], "text": record.text[mark.start : mark.end]}
        base = {"id": region, "to_name": "text"}
        yield base | {"from_name": mark.layer, "type": "labels", "value": place | {"labels": [mark.label]}}
        for name in CLAIM_ATTRIBUTES if mark.layer == "claim" else ():
            value = mark.attributes.get(name)
            if value is None:
                continue
            kind, shown = {"value": ("number", {"number": value}), "unit": ("textarea", {"text": [value]})}.get(
                name, ("choices", {"choices": [value]})
            )
            yield base | {"from_name": name, "type": kind, "value": place | shown}
    for part, whole in record.parts:
        ends = {"from_id": ids["claim", part], "to_id": ids["claim", whole]}
        yield ends | {"type": "relation", "direction": "right", "labels": [PART_OF]}
    for name, kind in _WHOLE.items():
        given = record.meta.get(name)
        if given is None or given is False or given == []:
            continue
        chosen = given if kind == "many" else [name] if kind == "flag" else [str(given)]
        shown, key = ("textarea", "text") if kind == "text" else ("choices", "choices")
        yield {"id": name, "from_name": name, "to_name": "text", "type": shown, "value": {key: chosen}}


def load(files: Mapping[str, bytes]) -> Iterator[Loaded]:
    """The reports of all tasks; the last annotation of each that was not cancelled counts. A task without any is passed over."""
    for file, content in sorted(files.items()):
        try:
            tasks = json.loads(content)
        except ValueError as error:
            yield CorpusError(f"no JSON: {error}", source=file, advice=_EXPORT)
            continue
        for n, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
            yield load_one(partial(_record, task), f"{file}[{n}]", advice=_EXPORT)


def _record(task: Mapping[str, Any]) -> Record | None:
    text = task["data"]["text"]
    kept = [a for a in task["annotations"] if not a.get("was_cancelled")]
    if not kept:
        return None
    results = kept[-1]["result"]
    offsets = {unit: at for at, unit in enumerate(_units(text))}
    attributes: dict[str, dict[str, Any]] = {}
    whole: dict[str, list[str] | str] = {}
    spans = []
    for result in results:
        value = result.get("value", {})
        name = result.get("from_name")
        if result["type"] == "labels":
            spans.append(result)
        elif name in CLAIM_ATTRIBUTES:
            given = value.get("number", value.get("choices", value.get("text")))
            if given == []:
                shown = text[offsets[value["start"]] : offsets[value["end"]]]
                raise CorpusError(f"the claim {shown} has an empty {name}", advice="fill it in, or delete the claim")
            attributes.setdefault(result["id"], {})[name] = given[0] if isinstance(given, list) else given
        elif name in _WHOLE:
            whole[name] = value["text" if _WHOLE[name] == "text" else "choices"]
    marks = tuple(
        Mark(
            r["from_name"],
            offsets[r["value"]["start"]],
            offsets[r["value"]["end"]],
            r["value"]["labels"][0],
            r["id"].removeprefix("claim-") if r["from_name"] == "claim" else "",
            attributes.get(r["id"], {}),
        )
        for r in spans
    )
    relations = [r for r in results if r["type"] == "relation" and PART_OF in (r.get("labels") or [PART_OF])]
    parts = tuple((r["from_id"].removeprefix("claim-"), r["to_id"].removeprefix("claim-")) for r in relations)
    said = {name: _said(kind, whole[name]) for name, kind in _WHOLE.items() if whole.get(name)}
    return Record(text, marks, parts, task["data"]["govnlp"] | said)


def _said(kind: str, given: list[str] | str) -> Any:
    if kind == "text":
        return (given if isinstance(given, str) else given[0]).strip() or None
    return int(given[0]) if kind == "rating" else True if kind == "flag" else given


def _units(text: str) -> Sequence[int]:
    """For each offset of the text, its end included, the offset in UTF-16 units."""
    if all(ord(c) < 0x10000 for c in text):
        return range(len(text) + 1)
    out = [0]
    for c in text:
        out.append(out[-1] + (2 if ord(c) >= 0x10000 else 1))
    return out


CONVERTER = Converter("label-studio", dump, load, lambda codes: {CONFIG: labelling_config(codes).encode()})
