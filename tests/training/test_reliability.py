"""Reliability curves and their error."""

from __future__ import annotations

import pytest

from govnlp.training.reliability import Bin, calibration, markdown, reliability, svg


def test_a_curve_by_hand() -> None:
    found = reliability([0.95, 0.95, 0.55, 0.55], [True, True, True, False])
    assert found.bins == (Bin(0.5, 0.6, 2, 0.55, 0.5), Bin(0.9, 1.0, 2, 0.95, 1.0))
    assert found.error == pytest.approx(0.05)
    assert (found.n, found.accuracy, found.confidence) == (4, 0.75, 0.75)


def test_certainty_belongs_to_the_last_band() -> None:
    assert reliability([1.0], [False]).bins == (Bin(0.9, 1.0, 1, 1.0, 0.0),)


def test_nothing_to_measure() -> None:
    assert reliability([], []).bins == ()


TEXT = "公开30条。再接再厉。"
GOLD = {
    "text": TEXT,
    "sentences": [{"start": 0, "end": 6, "label": "specific"}, {"start": 6, "end": 11, "label": "boilerplate"}],
    "claims": [{"start": 2, "end": 5, "type": "info_published", "value": 30}],
    "elements": ["training"],
}


def card(claim_score: float = 0.9) -> dict[str, object]:
    return {
        "source": "in/r1.txt",
        "text": TEXT,
        "sentences": [
            {"start": 0, "end": 6, "label": "specific", "score": 0.8},
            {"start": 6, "end": 11, "label": "specific", "score": 0.6},
        ],
        "claims": [{"start": 2, "end": 5, "type": "info_published", "value": 30, "score": claim_score}],
        "elements": [
            {"id": "training", "present": False, "score": 0.3},
            {"id": "fees", "present": False, "score": None},
        ],
    }


def test_layers_of_a_scorecard() -> None:
    found = calibration({"r1": GOLD}, [card(), {**card(), "source": "other.txt"}])
    assert {k: (c.n, c.accuracy) for k, c in found.items()} == {
        "sentences": (2, 0.5),
        "claims": (1, 1.0),
        "elements": (1, 0.0),
    }
    assert found["elements"].confidence == pytest.approx(0.7)


def test_points_are_no_probabilities() -> None:
    assert "claims" not in calibration({"r1": GOLD}, [card(7.5)])


def test_what_a_model_card_shows() -> None:
    found = calibration({"r1": GOLD}, [card()])
    text = markdown(found)
    assert "| sentences | 2 | 0.500 | 0.700 | 0.400 |" in text
    assert "| 0.8 to 0.9 | 1.000 (1) |" in text
    assert svg(found).count("<polyline") == 3
