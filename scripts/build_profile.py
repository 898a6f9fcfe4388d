#!/usr/bin/env python3
"""Build the corpus profile that comes with the package, from the training reports of the labelled corpus.

Usage: scripts/build_profile.py [CORPUS] [--out FILE]

Development and test reports stay out of it, so that percentiles and common phrases are not fitted to what they are measured on.
Run it again whenever the corpus, the model or the rubric changes: percentiles compare predicted scores with predicted scores.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from govnlp.batch import Failure, score_many
from govnlp.boilerplate.profile import ProfileBuilder
from govnlp.boilerplate.storage import write_profile
from govnlp.corpus.files import load_corpus
from govnlp.corpus.splits import of_split, read_splits

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "govnlp" / "boilerplate" / "data" / "national.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "corpora")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    # the corpus's agencies are invented: nobody copies from them, so their names and fingerprints stay out
    builder = ProfileBuilder(keep_fingerprints=False)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for labelled in of_split(load_corpus(args.corpus), "train", read_splits(args.corpus / "splits.json")):
            file = Path(folder) / f"{labelled.id}.txt"
            file.write_text(labelled.text, encoding="utf-8")
            files.append(file)
        for result in score_many(files):
            if isinstance(result, Failure):
                raise SystemExit(f"{result.source}: {result.message}")
            scores = result.scores
            builder.add(result.report, {"completeness": scores.completeness, "boilerplate": scores.boilerplate})
    profile = builder.build()
    write_profile(profile, args.out)
    print(
        f"{args.out}: {profile.n_reports} reports, {len(profile.grams.hashes)} phrases, {args.out.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
