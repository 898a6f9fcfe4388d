#!/usr/bin/env python3
"""How fast whole reports are scored, text and PDF, beside what others need only to read the same PDFs, in one run.

Usage: scripts/bench_score.py FILE_OR_FOLDER... [--rounds 3]

Prints documents a second and peak memory of govnlp for .txt and for .pdf files, and for each PDF reader the ratio of govnlp's
whole scoring (reading, claims, findings, scores) to that reader's time. One process; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def best(task: Callable[[Path], object], files: Sequence[Path], rounds: int) -> float:
    """Seconds for all files, the best of the rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for file in files:
            task(file)
        times.append(time.perf_counter() - start)
    return min(times)


def peers() -> dict[str, Callable[[Path], object]]:
    found: dict[str, Callable[[Path], object]] = {}
    from pdfminer.high_level import extract_text

    found["pdfminer.six extract_text"] = extract_text
    try:
        import pdfplumber
    except ImportError:
        print("pdfplumber is not installed: left out (pip install pdfplumber)")
        return found

    def tables(path: Path) -> object:
        with pdfplumber.open(path) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    found["pdfplumber extract_tables"] = tables
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()

    import govnlp
    from govnlp.inputs import find_inputs

    start = time.perf_counter()
    scorer = govnlp.load()
    print(f"loading: {time.perf_counter() - start:.2f} s")
    files = find_inputs(args.paths).files
    for kind in (".txt", ".pdf"):
        chosen = [f for f in files if f.suffix.lower() == kind]
        if not chosen:
            continue
        for file in chosen:
            scorer.score(file)  # the first call loads what is loaded late
        seconds = best(scorer.score, chosen, args.rounds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{kind} scored: {len(chosen) / seconds:.1f} documents/s, {1000 * seconds / len(chosen):.1f} ms each; peak memory {peak:.0f} MB"
        )
        if kind == ".pdf":
            for name, task in peers().items():
                theirs = best(task, chosen, args.rounds)
                print(
                    f"  {name}: {1000 * theirs / len(chosen):.1f} ms each; govnlp's whole scoring takes {seconds / theirs:.2f} of it"
                )


if __name__ == "__main__":
    main()
