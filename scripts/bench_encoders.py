#!/usr/bin/env python3
"""How fast reports are scored with each encoder, text in, scorecard out, on one core, and where the time goes.

Usage: scripts/bench_encoders.py REPORT_OR_FOLDER... --model MODEL [--model MODEL ...] [--rounds 3]

MODEL: a folder, or "rules". Each model runs in a process of its own. Times are CPU seconds, the best of the rounds: what other
programs do on the machine counts little. Loading is told apart; so is the memory at its highest.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def measure(model: str, files: list[Path], rounds: int) -> dict[str, Any]:
    """Seconds of a model in this process: loading, each step of scoring for all files, and the whole."""
    start = time.process_time()
    from govnlp.components.flow import Flow
    from govnlp.components.identity import identify
    from govnlp.components.tokens import make_doc
    from govnlp.pipeline import load

    scorer = load(model)
    loading = time.process_time() - start
    sources = [scorer.read(file) for file in files]
    for source in sources:
        scorer.judge(scorer.analyse(source))  # the first call loads what is loaded late
    whole = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for file in files:
            scorer.score(file)
        whole = min(whole, time.process_time() - start)
    stages: dict[str, float] = {}
    for source in sources:
        doc = make_doc(scorer.nlp, Flow(source).source)
        doc.user_data["year"] = identify(source, ()).year
        for name, component in scorer.nlp.pipeline:
            start = time.process_time()
            doc = component(doc)
            stages[name] = stages.get(name, 0.0) + time.process_time() - start
    reports = [scorer.analyse(source) for source in sources]
    start = time.process_time()
    for report in reports:
        scorer.judge(report)
    stages["rules and scores"] = time.process_time() - start
    return {
        "loading": loading,
        "whole": whole,
        "stages": stages,
        "documents": len(files),
        "characters": sum(len(source.text) for source in sources),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "torch": "torch" in sys.modules,
    }


def show(model: str, found: dict[str, Any]) -> None:
    n, whole = found["documents"], found["whole"]
    torch = ", torch is loaded" if found["torch"] else ""
    print(
        f"{model}: {n / whole:.1f} documents/s, {1000 * whole / n:.1f} ms each ({found['characters'] / n:.0f} characters); ",
        end="",
    )
    print(f"loading {found['loading']:.1f} s, {found['memory']:.0f} MB{torch}")
    for name, seconds in sorted(found["stages"].items(), key=lambda item: -item[1]):
        print(f"    {name:<18} {1000 * seconds / n:6.2f} ms")
    print(
        f"    {'the rest':<18} {1000 * (whole - sum(found['stages'].values())) / n:6.2f} ms (reading, tables, whose report it is)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        from govnlp.inputs import find_inputs

        files = [f for f in find_inputs(args.paths).files if f.suffix.lower() == ".txt"]
        print(json.dumps(measure(args.model[0], files, args.rounds)))
        return
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
    for model in args.model:
        command = [sys.executable, __file__, *args.paths, "--model", model, "--rounds", str(args.rounds), "--inside"]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **threads})
        if done.returncode:
            print(f"{model}: {done.stderr.strip().splitlines()[-1]}")
            continue
        show(model, json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
