"""Rating models as a model folder holds them: what fits is read, what does not is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govnlp.errors import ConfigError
from govnlp.scoring.ratings import load_ratings

GOOD: dict[str, Any] = {
    "features": ["share", "specific"],
    "mean": [0.5, 10],
    "scale": [0.1, 3.0],
    "weights": [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]],
    "bias": [2.0, 1.0, 0.0, -1.0],
}


def write(folder: Path, **changes: Any) -> Path:
    (folder / "ratings.json").write_text(json.dumps({"boilerplate": {**GOOD, **changes}}), "utf-8")
    return folder


def test_a_good_file_rates(tmp_path: Path) -> None:
    models = load_ratings(write(tmp_path))
    assert models is not None
    assert set(models) == {"boilerplate"}
    assert models["boilerplate"].rate({"share": 0.5, "specific": 10.0}) == 2
    assert load_ratings(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"features": ["share", "glamour"]}, "this version knows no feature 'glamour'"),
        ({"mean": [0.5]}, "do not fit its features"),
        ({"weights": [[1.0]] * 4}, "do not fit its features"),
        ({"bias": [1.0]}, "do not fit its features"),
        ({"scale": [0.1, 0.0]}, "do not fit its features"),
        ({"bias": [1.0, 2.0, float("nan"), 0.0]}, "finite"),
        ({"mean": "ab"}, "could not convert"),
        ({"features": 3}, "not iterable"),
    ],
)
def test_what_does_not_fit_is_told_when_it_is_loaded(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message) as told:
        load_ratings(write(tmp_path, **changes))
    assert told.value.source == str(tmp_path / "ratings.json")
