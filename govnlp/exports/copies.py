"""The copy graph of a batch (`copies.json`): reports and who shares which passages with whom. Optional for every export."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from govnlp.errors import ReadError

FILE = "copies.json"


@dataclass(frozen=True, slots=True)
class CopyEdge:
    """`source` shares passages with `other`; both are `source` paths as in the scorecards.

    `kind`: "peer" (another agency) or "previous" (the agency's own earlier report). `share` (0 to 1): the part of `source`'s
    narrative characters that stand in `other`. `passages`: (start, end, other start, other end), offsets into the two texts.
    """

    source: str
    other: str
    kind: str
    share: float
    passages: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class CopyGraph:
    """All edges of a batch; a pair may be there in both directions, each with its own share."""

    edges: tuple[CopyEdge, ...] = ()
    names: Mapping[str, str] | None = None
    """How to show a node that is no report of the batch (a path of the reference corpus): id to name."""

    @cached_property
    def by_source(self) -> Mapping[str, tuple[CopyEdge, ...]]:
        """Edges that leave each report, the largest share first."""
        found: defaultdict[str, list[CopyEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return {k: tuple(sorted(v, key=lambda e: (-e.share, e.other))) for k, v in found.items()}

    def name_of(self, node: str) -> str:
        return (self.names or {}).get(node, node)


def read_copies(folder: Path) -> CopyGraph | None:
    """The copy graph in a folder of scorecards, without its passages; None where there is none. Raises `errors.ReadError`.

    The scorecards hold the passages too (`Scorecard.copies`), one report at a time: those of a whole batch need not be in memory.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return parse_copies(json.loads(path.read_text(encoding="utf-8"), object_hook=_without_passages))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"no copy graph: {error!r}", source=str(path), advice="score the reports again") from error


def parse_copies(data: Mapping[str, Any]) -> CopyGraph:
    """The graph from its JSON: `nodes` with `id` (and `agency`, `year`), `edges` with `from`, `to`, `kind`, `share`, `passages`."""
    names = {}
    for node in data.get("nodes", ()):
        label = " ".join(str(node[k]) for k in ("agency", "year") if node.get(k))
        names[str(node["id"])] = label or str(node["id"])
    edges = tuple(
        CopyEdge(
            str(e["from"]),
            str(e["to"]),
            str(e.get("kind", "peer")),
            float(e["share"]),
            tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in e.get("passages", ())),
        )
        for e in data["edges"]
    )
    return CopyGraph(edges, names)


def _without_passages(item: dict[str, Any]) -> dict[str, Any]:
    item.pop("passages", None)
    return item
