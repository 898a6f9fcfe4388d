"""A trained stage is kept where it is better on the mean and worse nowhere."""

from __future__ import annotations

import pytest

from govnlp.training import choice
from govnlp.training.choice import choose_stages, is_better
from tests.training.small import small


@pytest.mark.parametrize(
    ("rules", "trained", "better"),
    [
        ({"dev": 0.90, "gold": 0.90}, {"dev": 0.95, "gold": 0.91}, True),
        ({"dev": 0.90, "gold": 0.90}, {"dev": 0.95, "gold": 0.90}, True),
        (
            {"dev": 0.90, "gold": 0.90},
            {"dev": 0.99, "gold": 0.89},
            False,
        ),  # a gain where it stopped early, a loss elsewhere
        ({"dev": 0.90, "gold": 0.90}, {"dev": 0.90, "gold": 0.90}, False),
        ({"dev": 0.90}, {"dev": 0.91}, True),
        ({"dev": 0.90}, {"dev": 0.89}, False),
    ],
)
def test_better(rules: dict[str, float], trained: dict[str, float], better: bool) -> None:
    assert is_better(rules, trained) is better


def test_the_stages_are_chosen_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences win on one set and lose on the other; elements win on both."""
    nlp, examples, _ = small()
    nlp.initialize(lambda: examples)

    def figures(pipeline: object, sets: object) -> dict[str, object]:
        trained = choice.stages_of(pipeline)  # type: ignore[arg-type]
        s, e = float("sentences" in trained), float("elements" in trained)
        return {
            "dev": {"sentences": {"macro_f1": 0.5 + 0.4 * s}, "elements": {"f1": 0.5 + 0.1 * e}},
            "gold": {"sentences": {"macro_f1": 0.5 - 0.1 * s}, "elements": {"f1": 0.5 + 0.1 * e}},
        }

    monkeypatch.setattr(choice, "_figures", figures)
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
