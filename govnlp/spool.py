"""Analysed reports on disk, so that a batch holds none of them in memory and an interrupted run can go on.

A spool is a file of JSON lines: first what the reports were analysed with, then one line for each input.
"""

from __future__ import annotations

import contextlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnlp.codec import decode, encode
from govnlp.document import Report
from govnlp.errors import writing

FILE = "analysed.jsonl"
SCHEMA = "govnlp.spool/1"
_IN_MEMORY = 64
"""Reports read last are kept: a report is often compared with its neighbours."""


@dataclass(frozen=True, slots=True)
class Line:
    """An input as the spool has it: its path, size and time of change, and either the report's place or the failure's facts."""

    path: str
    size: int
    changed: int
    offset: int
    failure: tuple[str, ...] | None = None

    def fits(self, path: Path) -> bool:
        """Whether the file is still as it was."""
        return stamp(path) == (self.size, self.changed)


class Spool:
    """A file of analysed reports in `folder`; `report(n)` reads the n-th that was added.

    `made_with` tells what they were analysed with. With `resume`, the lines that a run with the same settings left stay, for
    `left_over` and `take`; else they are replaced (`replaced`: although it was to go on with them). Raises `errors.OutputError` where the folder cannot be written.
    """

    def __init__(self, folder: str | Path, made_with: Mapping[str, Any], *, resume: bool = False) -> None:
        self.path = Path(folder) / FILE
        head = (json.dumps({"schema": SCHEMA, **made_with}, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
        self._offsets: list[int] = []
        self._recent: OrderedDict[int, Report] = OrderedDict()
        self.replaced = False
        with writing(self.path, advice="choose another --out"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not (resume and self._begins_with(head)):
                self.replaced = resume and self.path.exists()
                self.path.write_bytes(head)
            self._file = self.path.open("r+b")
        self._left = {line.path: line for line in self._sound_lines(len(head))}

    def left_over(self) -> Mapping[str, Line]:
        """What an interrupted run left, by path."""
        return self._left

    def add(self, path: Path, result: str | Sequence[str]) -> int:
        """Write an analysed report (`encoded`) or the facts of a failure; returns the report's number, -1 for a failure."""
        data = json.dumps([str(path), *stamp(path)], ensure_ascii=False)[:-1]
        failed = not isinstance(result, str)
        what = json.dumps({"failure": list(result)}, ensure_ascii=False) if failed else result
        offset = self._file.seek(0, 2)
        self._file.write(f"{data},{what}]\n".encode("utf-8", "surrogatepass"))
        self._file.flush()
        return -1 if failed else self.take(offset)

    def take(self, offset: int) -> int:
        """Number the report at an offset of the file."""
        self._offsets.append(offset)
        return len(self._offsets) - 1

    def report(self, number: int) -> Report:
        """The report of a number."""
        if number in self._recent:
            self._recent.move_to_end(number)
            return self._recent[number]
        self._file.seek(self._offsets[number])
        report = decode(Report, json.loads(self._file.readline().decode("utf-8", "surrogatepass"))[3])
        self._recent[number] = report
        if len(self._recent) > _IN_MEMORY:
            self._recent.popitem(last=False)
        return report

    def close(self) -> None:
        self._file.close()

    def remove(self) -> None:
        """Delete the file, and its folder if nothing else is in it."""
        self.close()
        self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.path.parent.rmdir()

    def _begins_with(self, head: bytes) -> bool:
        if not self.path.exists():
            return False
        with self.path.open("rb") as file:
            return file.read(len(head)) == head

    def _sound_lines(self, start: int) -> Iterator[Line]:
        """The lines after the head; one that was cut short, and all after it, are cut off."""
        sound = self._file.seek(start)
        for raw in iter(self._file.readline, b""):
            try:
                path, size, changed, result = json.loads(raw.decode("utf-8", "surrogatepass"))
            except ValueError:
                break
            if not raw.endswith(b"\n"):
                break
            yield Line(path, size, changed, sound, tuple(result["failure"]) if isinstance(result, dict) else None)
            sound += len(raw)
        self._file.truncate(sound)


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change of a file, by which a changed one is known; zeros where it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def encoded(report: Report) -> str:
    """A report as one line of JSON."""
    return json.dumps(encode(report), ensure_ascii=False, separators=(",", ":"))
