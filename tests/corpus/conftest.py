from __future__ import annotations

import os
from pathlib import Path

import pytest

from govnlp.corpus.files import load_report, source_files
from govnlp.corpus.labelled import LabelledReport
from govnlp.errors import CorpusError

FOLDER = Path(__file__).parents[2] / "corpora"


@pytest.fixture(scope="session")
def corpus_reports() -> list[LabelledReport]:
    """Reports of the repository's corpus: every sixth, or all with GOVNLP_ALL_REPORTS set; malformed ones are another test's matter."""
    paths = source_files(FOLDER)
    if not paths:
        pytest.skip("no corpora/reports beside the tests")
    step = 1 if os.environ.get("GOVNLP_ALL_REPORTS") else 6
    out = []
    for path in paths[::step]:
        try:
            out.append(load_report(path))
        except CorpusError:
            continue
    return out
