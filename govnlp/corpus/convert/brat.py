"""brat's standoff: per report a `.txt`, an `.ann` and, for what is said of the whole report, a `.json`.

A type is layer and label (`claim_fees`, `section_overview-proactive`); value, unit and id of a claim are in its note, qualifier and channel are
its attributes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from govnlp.corpus.convert.base import HEADING_LABELS, PART_OF, Converter, Loaded, Mark, Record, load_one, to_record
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError
from govnlp.schema import CHANNELS, CLAIM_TYPES, QUALIFIERS, SECTIONS, SENTENCE_LABELS

IN_NOTE: Final = ("id", "value", "unit")
AS_ATTRIBUTE: Final = ("qualifier", "channel")


def annotation_conf(codes: Sequence[str] = ()) -> str:
    """brat's `annotation.conf` for these types and finding codes."""
    claims = [f"claim_{t}" for t in CLAIM_TYPES]
    entities = [
        *(_type("section", s) for s in SECTIONS),
        *(_type("heading", h) for h in HEADING_LABELS),
        *(_type("sentence", s) for s in SENTENCE_LABELS),
        *claims,
        *(_type("finding", code) for code in codes),
    ]
    lines = [
        "[entities]",
        *entities,
        "",
        "[relations]",
        f"{PART_OF} Arg1:<CLAIM>, Arg2:<CLAIM>",
        "",
        "[events]",
        "",
        "[attributes]",
    ]
    lines += [
        f"qualifier Arg:<CLAIM>, Value:{'|'.join(QUALIFIERS)}",
        f"channel Arg:<CLAIM>, Value:{'|'.join(CHANNELS)}",
        "",
    ]
    return "\n".join(lines).replace("<CLAIM>", "|".join(claims))


def _type(layer: str, label: str) -> str:
    return f"{layer}_{label.replace('.', '-')}"


def dump(reports: Sequence[LabelledReport]) -> dict[str, bytes]:
    """Three files a report, named after its id."""
    out = {}
    for report in reports:
        record = to_record(report)
        out[f"{report.id}.txt"] = record.text.encode()
        out[f"{report.id}.ann"] = _ann(record).encode()
        out[f"{report.id}.json"] = (json.dumps(record.meta, ensure_ascii=False, indent=1) + "\n").encode()
    return out


def _ann(record: Record) -> str:
    bound: list[str] = []
    attributes: list[str] = []
    notes: list[str] = []
    ids: dict[str, str] = {}
    for n, mark in enumerate(record.marks, 1):
        shown = record.text[mark.start : mark.end].replace("\n", " ")
        bound.append(f"T{n}\t{_type(mark.layer, mark.label)} {mark.start} {mark.end}\t{shown}")
        if mark.layer != "claim":
            continue
        ids[mark.id] = f"T{n}"
        for name in AS_ATTRIBUTE:
            if mark.attributes.get(name):
                attributes.append(f"A{len(attributes) + 1}\t{name} T{n} {mark.attributes[name]}")
        note = {"id": mark.id} | {name: mark.attributes[name] for name in IN_NOTE if name in mark.attributes}
        notes.append(f"#{len(notes) + 1}\tAnnotatorNotes T{n}\t{json.dumps(note, ensure_ascii=False)}")
    relations = [
        f"R{n}\t{PART_OF} Arg1:{ids[part]} Arg2:{ids[whole]}\t" for n, (part, whole) in enumerate(record.parts, 1)
    ]
    return "".join(line + "\n" for line in (*bound, *attributes, *relations, *notes))


def load(files: Mapping[str, bytes]) -> Iterator[Loaded]:
    """The reports of all `.ann` files, each with its `.txt` and `.json` beside it."""
    for file in sorted(files):
        if PurePosixPath(file).suffix == ".ann":
            yield load_one(partial(_read, files, file), file)


def _read(files: Mapping[str, bytes], file: str) -> Record:
    path = PurePosixPath(file)
    for needed in (".txt", ".json"):
        if str(path.with_suffix(needed)) not in files:
            raise CorpusError(f"no {path.with_suffix(needed).name} beside it", advice="put it beside the .ann file")
    text = files[str(path.with_suffix(".txt"))].decode()
    return _record(files[file].decode(), text, json.loads(files[str(path.with_suffix(".json"))]))


def _record(ann: str, text: str, meta: dict[str, Any]) -> Record:
    bound: dict[str, tuple[str, int, int, str]] = {}
    attributes: dict[str, dict[str, Any]] = {}
    relations = []
    for n, line in enumerate(ann.split("\n"), 1):
        fields = line.split("\t")
        try:
            if line.startswith("T"):
                kind, _, place = fields[1].partition(" ")
                layer, _, label = kind.partition("_")
                # a span in several pieces (over a line break) counts from the first to the last
                start, end = int(place.split()[0]), int(place.split()[-1])
                bound[fields[0]] = (layer, start, end, label.replace("-", ".") if layer == "section" else label)
            elif line.startswith("A"):
                name, target, value = fields[1].split(" ")
                attributes.setdefault(target, {})[name] = value
            elif line.startswith("R"):
                name, one, other = fields[1].split(" ")
                if name == PART_OF:
                    relations.append((one.partition(":")[2], other.partition(":")[2]))
            elif line.startswith("#") and fields[1].startswith("AnnotatorNotes"):
                attributes.setdefault(fields[1].split(" ")[1], {}).update(_note(fields[2]))
        except (IndexError, ValueError) as error:
            raise CorpusError(f"line {n} is not brat's standoff: {line[:40]}", advice="mend the line") from error
    ids = {t: str(attributes.get(t, {}).pop("id", t)) for t in bound}
    order = sorted(bound, key=lambda t: int(t[1:]))
    marks = tuple(Mark(*bound[t], ids[t] if bound[t][0] == "claim" else "", attributes.get(t, {})) for t in order)
    return Record(text, marks, tuple((ids[a], ids[b]) for a, b in relations), meta)


def _note(text: str) -> dict[str, Any]:
    """What a note of ours holds; {} for a note that an annotator wrote."""
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    return {k: v for k, v in given.items() if k in IN_NOTE} if isinstance(given, dict) else {}


CONVERTER = Converter("brat", dump, load, lambda codes: {"annotation.conf": annotation_conf(codes).encode()})
