"""Scorecards as pandas frames, for analysts. The columns stand in `govnlp.exports.columns`, as those of CSV and Parquet do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govnlp.document import Scorecard
from govnlp.errors import MissingDependency
from govnlp.exports.columns import TABLES, Kind
from govnlp.exports.words import Words

if TYPE_CHECKING:
    import pandas as pd


def to_frame(cards: Iterable[Scorecard], kind: Kind = "reports") -> pd.DataFrame:
    """One row per report, claim, finding, element or sentence; every frame has `source`, `agency` and `year` first.

    Items that are no scorecards (a `Failure` of `score_many`) are left out. Raises `errors.MissingDependency`.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependency("pandas is not installed", advice="pip install 'govnlp[frame]'") from error
    table = TABLES[kind]
    words = {"zh": Words("zh"), "en": Words("en")}  # messages stay in the language of their scorecard
    rows = [row for card in cards if isinstance(card, Scorecard) for row in table.rows(card, words[card.lang])]
    return pd.DataFrame(rows, columns=[column.name for column in table.columns])
