"""The trained stage for elements: what it takes for an element of which the report has no word."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govnlp.components.elements.learned import TASK
from govnlp.components.learned.task import Proposals
from govnlp.schema import ELEMENTS

SPANS = [(0, 3), (3, 6), (6, 9), (9, 12)]


def element(chances: list[float], evidence: list[tuple[int, int]]):
    """What the stage writes of `training`, when its chance in each sentence is as given and rules found the evidence."""
    doc = Doc(Vocab(), words=list("甲乙丙。" * 3), spaces=[False] * 12)
    logs = np.full((len(SPANS), len(ELEMENTS)), -12.0, np.float32)
    logs[:, ELEMENTS.index("training")] = np.log(chances)
    empty = np.zeros((len(SPANS), 1), np.float32)
    proposals = Proposals(np.zeros((len(SPANS), 3, 2), np.int64), empty, (SPANS, {"training": evidence}))
    TASK.write(doc, proposals, logs, {})
    return next(e for e in doc.user_data["elements"] if e.id == "training")


@pytest.mark.parametrize(
    ("chances", "evidence", "present", "shown"),
    [
        ([0.3, 0.3, 0.3, 0.3], [], False, ()),  # hardly in each, and by no word
        ([0.1, 0.6, 0.1, 0.1], [], False, ()),
        ([0.1, 0.8, 0.1, 0.1], [], True, ((3, 6),)),
        ([0.3, 0.3, 0.3, 0.3], [(6, 8)], True, ((6, 8),)),
        ([0.1, 0.1, 0.1, 0.1], [(6, 8)], False, ()),
    ],
)
def test_an_element_without_a_word_needs_a_sentence_that_surely_shows_it(chances, evidence, present, shown):
    found = element(chances, evidence)
    assert (found.present, tuple(found.evidence)) == (present, shown)
