"""Milliseconds a document to read files, beside pdfminer.six's `extract_text` and pdfplumber's tables on the same PDFs.

Usage: scripts/bench_readers.py [--repeat N] FILES…

Prints a line for each file and the sums of each format with their ratios to the others, all taken in this run, so that
the ratios mean something on a busy machine too. pdfplumber is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from govnlp.readers import read_bytes

Measure = Callable[[str, bytes], object]


def _ours(name: str, data: bytes) -> object:
    return read_bytes(name, data)


def _ours_by_pdfminer(name: str, data: bytes) -> object:
    return read_bytes(name, data, pdf_engine="pdfminer")


def _extract_text(name: str, data: bytes) -> object:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def _pdfplumber_tables(name: str, data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def measures(kind: str) -> dict[str, Measure]:
    """What is measured on files of a kind; the first is ours."""
    found: dict[str, Measure] = {"govnlp": _ours}
    if kind == "pdf":
        found["govnlp, pdfminer engine"] = _ours_by_pdfminer
        found["pdfminer.six extract_text"] = _extract_text
        if importlib.util.find_spec("pdfplumber"):
            found["pdfplumber extract_tables"] = _pdfplumber_tables
    return found


def best(measure: Measure, name: str, data: bytes, repeat: int) -> float:
    """The least of `repeat` runs, in milliseconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        measure(name, data)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: dict[str, int] = defaultdict(int)
    for path in options.files:
        data = path.read_bytes()
        kind = read_bytes(path.name, data).kind
        counts[kind] += 1
        times = {label: best(m, path.name, data, options.repeat) for label, m in measures(kind).items()}
        for label, took in times.items():
            sums[kind][label] += took
        print(f"{path.name:30} {kind:5}", "  ".join(f"{label} {took:.1f} ms" for label, took in times.items()))
    for kind, totals in sums.items():
        print(f"\n{kind}: {counts[kind]} files")
        for label, total in totals.items():
            ratio = totals["govnlp"] / total
            print(f"  {label:28} {total / counts[kind]:8.1f} ms a file   govnlp takes {ratio:.3f} of it")


if __name__ == "__main__":
    main()
