"""Results on disk: scorecards, failures and the copy graph of a batch, written as they come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from govnlp.cards import dumps
from govnlp.document import Scorecard
from govnlp.errors import OutputError, file_name, writing

SCORECARDS, FAILURES, COPIES = "scorecards.jsonl", "failures.jsonl", "copies.json"
COPIES_SCHEMA = "govnlp.copies/1"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be scored: the error's class name and a message with cause and next step."""

    source: str
    error: str
    message: str


@dataclass(slots=True)
class Summary:
    """What a batch came to."""

    scored: int = 0
    failed: int = 0


class Store:
    """`scorecards.jsonl`, `failures.jsonl` and `copies.json` in a folder, written line by line as results come.

    `copies.json` says who shares how much with whom: `edges` from a report to one that it shares text with (`share` of the
    first, `other_share` of the second, and the aligned `passages`), and `nodes`, the reports that have any.
    Use as a context manager. Raises `errors.OutputError` where there are results already (unless `overwrite`), or where
    the folder cannot be written.
    """

    def __init__(self, folder: str | Path, *, overwrite: bool = False) -> None:
        self.folder = Path(folder)
        self.summary = Summary()
        self._files: list[IO[str]] = []
        self._nodes: dict[str, dict[str, Any]] = {}
        self._others: dict[str, str] = {}
        if not overwrite and (self.folder / SCORECARDS).exists():
            raise OutputError(
                "holds scorecards already", source=str(folder), advice="give another folder, or --overwrite"
            )

    def __enter__(self) -> Store:
        with writing(self.folder, advice="choose another --out"):
            self.folder.mkdir(parents=True, exist_ok=True)
            # written beside and moved at the end: a run that is cut short does not destroy the one before
            self._files = [self._part(name).open("w", encoding="utf-8", newline="\n") for name in _ALL]
            self._files[2].write(f'{{"schema": "{COPIES_SCHEMA}",\n "edges": [')
        return self

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if kind is None:
            self._end_copies()
        for file in self._files:
            file.close()
        if kind is None:
            for name in _ALL:
                self._part(name).replace(self.folder / name)

    def add(self, result: Scorecard | Failure) -> None:
        """Write one result."""
        cards, failures, _ = self._files
        if isinstance(result, Failure):
            line = {"source": file_name(result.source), "error": result.error, "message": result.message}
            failures.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.summary.failed += 1
        else:
            cards.write(dumps(result) + "\n")
            cards.flush()
            self.summary.scored += 1
            self._add_copies(result)

    def _part(self, name: str) -> Path:
        return self.folder / (name + ".part")

    def _add_copies(self, card: Scorecard) -> None:
        report = card.report
        for copy in card.copies:
            # a report of the profile has no file: its name stands for it
            other = copy.other_source or copy.other
            edge = {
                "from": report.source.name,
                "to": other,
                "kind": copy.kind,
                "share": copy.share,
                "other_share": copy.other_share,
                "passages": copy.passages,
            }
            self._files[2].write(("," if self._nodes else "") + "\n  " + json.dumps(edge, ensure_ascii=False))
            self._nodes[report.source.name] = {"agency": report.agency, "year": report.year, "kind": report.agency_kind}
            self._others.setdefault(other, copy.other)

    def _end_copies(self) -> None:
        nodes = [{"id": name, **self._nodes.get(name, {"agency": self._others.get(name)})} for name in self._known()]
        lines = ",\n  ".join(json.dumps(node, ensure_ascii=False) for node in nodes)
        self._files[2].write(f'],\n "nodes": [{lines}]}}\n')

    def _known(self) -> list[str]:
        return sorted(self._nodes.keys() | self._others.keys())


_ALL = (SCORECARDS, FAILURES, COPIES)
