"""What a Word file does by itself is taken out of the annotated copy: templates and pictures fetched from elsewhere, objects, fields.

The text stays. A Word report may come from anybody; a supervisor must be able to open what govnlp makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ACTING_FIELD = re.compile(
    r"\b(?:DDE|DDEAUTO|LINK|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|EMBED|MACROBUTTON|DATABASE|RD|AUTOTEXT|QUOTE|ASK|FILLIN)\b",
    re.I,
)
_ACTING_TAGS = frozenset({"object", "control", "altChunk", "attachedTemplate", "subDoc", "mailMerge", "OLEObject"})
_NOWHERE = "about:blank"


def disarm(document: Any) -> None:
    """Make a `docx.Document` inert. Links to addresses stay to be read, but lead nowhere."""
    from docx.oxml.parser import parse_xml
    from lxml import etree

    for part in _parts(document.part, set()):
        for relation in part.rels.values():
            if relation.is_external:
                relation._target = _NOWHERE
        root = getattr(part, "_element", None)
        parsed = None
        if root is None and str(part.partname).endswith(".xml") and b"<" in part.blob:
            try:
                parsed = root = parse_xml(part.blob)
            except etree.XMLSyntaxError:
                continue
        if root is not None:
            _clean(root)
        if parsed is not None:
            part._blob = etree.tostring(parsed, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parts(part: Any, seen: set[int]) -> Iterator[Any]:
    if id(part) in seen:
        return
    seen.add(id(part))
    yield part
    for relation in part.rels.values():
        if not relation.is_external:
            yield from _parts(relation.target_part, seen)


def _clean(root: Any) -> None:
    instructions = []
    for element in list(root.iter()):
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag in _ACTING_TAGS and element.getparent() is not None:
            element.getparent().remove(element)
        elif tag == "instrText":
            instructions.append(element)
        elif tag == "fldSimple":
            for name, value in element.attrib.items():
                if name.rpartition("}")[2] == "instr" and _ACTING_FIELD.search(value):
                    element.set(name, " ")
    # an instruction may be cut into runs and nested: where one acts, all of the part give way; what they showed stays
    if _ACTING_FIELD.search("".join(e.text or "" for e in instructions)):
        for element in instructions:
            element.text = " "
