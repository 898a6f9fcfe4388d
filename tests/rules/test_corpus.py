"""Every rule looks at every report of the labelled corpus without crashing."""

from pathlib import Path

import pytest

from govnlp.corpus.markup import parse
from govnlp.errors import CorpusError
from govnlp.rules import run_rules
from govnlp.rules.base import Context

REPORTS = Path(__file__).parents[2] / "corpora" / "reports"


def test_no_rule_crashes_on_the_corpus():
    parsed = {}
    for path in sorted(REPORTS.glob("*.src")):
        try:
            labelled = parse(path.read_text(encoding="utf-8"), name=path.name)
        except CorpusError:
            # A report that breaks the corpus's own rules is the corpus tests' matter.
            continue
        parsed[labelled.id] = labelled
    if not parsed:
        pytest.skip("corpora/reports holds no report")
    agencies = tuple(sorted({p.report.agency for p in parsed.values() if p.report.agency}))
    crashed = []
    for labelled in parsed.values():
        previous = parsed[labelled.previous].report if labelled.previous in parsed else None
        others = tuple(a for a in agencies if a != labelled.report.agency)
        run = run_rules(labelled.report, Context(previous=previous, neighbours=others), "en")
        crashed += [(labelled.id, f) for f in run.failures]
    assert crashed == []
