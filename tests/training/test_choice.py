"""A trained stage is kept where it is better on the mean and nowhere worse beyond noise."""

from __future__ import annotations

import pytest

from govnlp.training import choice
from govnlp.training.choice import choose_stages, is_better
from govnlp.training.measure import Comparison
from tests.training.small import small


@pytest.mark.parametrize(
    ("changes", "better"),
    [
        ([(0.02, -0.01, 0.03), (-0.03, -0.05, 0.01), (0.02, -0.01, 0.03)], True),
        ([(0.05, 0.01, 0.09), (0.01, -0.01, 0.03)], True),
        ([(0.05, 0.01, 0.09), (-0.01, -0.03, 0.01)], True),  # a little worse on one set, within noise
        ([(0.09, 0.05, 0.12), (-0.03, -0.05, -0.01)], False),  # a gain where it stopped early, a loss elsewhere
        ([(0.02, -0.01, 0.03), (-0.03, -0.05, 0.01)], False),
        ([(0.0, 0.0, 0.0)], False),
        ([(0.01, -0.01, 0.02)], True),
        ([], False),
    ],
)
def test_better(changes: list[tuple[float, float, float]], better: bool) -> None:
    """Each change: of the figure, and the middle 95 % of it over resampled reports."""
    sets = [(10, Comparison("claims F1", 0.9, 0.9 + c, low, high, high)) for c, low, high in changes]
    assert is_better(sets) is better


def test_a_larger_set_counts_for_more() -> None:
    small, large = (
        Comparison("claims F1", 0.9, 0.86, -0.1, 0.02, 0.1),
        Comparison("claims F1", 0.9, 0.93, -0.01, 0.05, 0.1),
    )
    assert is_better([(17, small), (120, large)])
    assert not is_better([(120, small), (17, large)])


def test_the_stages_are_chosen_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences win on one set and lose on the other; elements win on both."""
    nlp, examples, _ = small()
    nlp.initialize(lambda: examples)

    def evaluations(pipeline: object, sets: object) -> dict[str, dict[str, float]]:
        trained = choice.stages_of(pipeline)  # type: ignore[arg-type]
        s, e = float("sentences" in trained), float("elements" in trained)
        return {
            "dev": {"sentences macro-F1": 0.5 + 0.4 * s, "elements F1": 0.5 + 0.1 * e},
            "gold": {"sentences macro-F1": 0.5 - 0.1 * s, "elements F1": 0.5 + 0.1 * e},
        }

    def compared(old: dict[str, float], new: dict[str, float]) -> list[Comparison]:
        changes = {k: new[k] - old[k] for k in old}
        return [Comparison(k, old[k], new[k], c - 0.01, c + 0.01, c + 0.02) for k, c in changes.items()]

    monkeypatch.setattr(choice, "_evaluations", evaluations)
    monkeypatch.setattr(choice, "compare", compared)
    chosen, choices = choose_stages(nlp, {})
    assert [(c.stage, c.kept) for c in choices] == [("sentences", False), ("elements", True)]
    assert list(choice.stages_of(chosen)) == ["elements"]


def test_the_stages_come_as_they_were_trained() -> None:
    from govnlp.training.build import build_pipeline
    from tests.training.small import SMALL, weights

    _, examples, _ = small()
    nlp = build_pipeline(("sentences", "elements"), encoder=SMALL, hidden=12, peaks=1)
    nlp.initialize(lambda: examples)
    a, b = weights(nlp), weights(choice.assemble(nlp, ["sentences", "elements"]))
    assert a.keys() == b.keys()
    assert all((a[name] == b[name]).all() for name in a)
