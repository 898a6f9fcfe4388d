#!/usr/bin/env python3
"""What exporting costs beside scoring: time as a ratio to scoring the same reports, and the peak of memory.

Usage: scripts/bench_export.py [--reports 1000] [--to html --to xlsx] [--folder DIR] [--json FILE]

The reports are those of the labelled corpus as text files, repeated under other names until there are enough. Each step runs in
a process of its own (one core), so that its peak memory is its own; processor time is given beside the clock's, because the
latter also counts what else the machine is busy with.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def make_inputs(folder: Path, n: int) -> None:
    """Text files of the corpus's reports; a second round of the same reports bears other names and years."""
    from govnlp.corpus.files import load_corpus

    folder.mkdir(parents=True, exist_ok=True)
    reports = [item.report for item in load_corpus(ROOT / "corpora")]
    for i in range(n):
        report = reports[i % len(reports)]
        stem = Path(report.source.name).stem
        (folder / f"{i:05d}-{stem}.txt").write_text(report.text, encoding="utf-8")


def score(inputs: Path, scores: Path) -> None:
    from govnlp.batch import score_many
    from govnlp.store import Store

    with Store(scores, overwrite=True) as store:
        for result in score_many(sorted(inputs.glob("*.txt")), jobs=1):
            store.add(result)


def export(kind: str, scores: Path, out: Path) -> None:
    from govnlp.exports import export_scores

    export_scores(kind, scores, out)


def measured(work: Callable[..., None], *args: Any) -> dict[str, float]:
    """Seconds by the clock, seconds of the processor and MB at the peak, in a fresh process; imports count."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure, (work, args))


def _measure(work: Callable[..., None], args: tuple[Any, ...]) -> dict[str, float]:
    started, before = time.perf_counter(), time.process_time()
    work(*args)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(time.perf_counter() - started, 2),
        "processor": round(time.process_time() - before, 2),
        "peak_mb": round(peak),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--to", action="append")
    parser.add_argument("--folder", type=Path, help="keep the files here (default: a temporary folder)")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    kinds = args.to or ["html", "xlsx"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        make_inputs(folder / "in", args.reports)
        figures: dict[str, Any] = {"reports": args.reports, "score": measured(score, folder / "in", folder / "scores")}
        print(f"score  {figures['score']}", flush=True)
        for kind in kinds:
            figures[kind] = measured(export, kind, folder / "scores", folder / "out" / kind)
            figures[kind]["ratio"] = round(figures[kind]["processor"] / figures["score"]["processor"], 3)
            print(f"{kind:6} {figures[kind]}", flush=True)
    figures["ratio"] = round(sum(figures[k]["ratio"] for k in kinds), 3)
    print(f"together {figures['ratio']} of scoring (processor time)")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
