"""Scorecards as pandas frames, for analysts. The columns stand in `govnlp.exports.columns`, as those of CSV and Parquet do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govnlp.document import Scorecard
from govnlp.errors import MissingDependency
from govnlp.exports.columns import TABLES, Kind, fitting
from govnlp.exports.words import Words

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"string": "string", "int": "Int64", "float": "Float64", "bool": "boolean"}
"""The nullable dtype for each type of a column."""


def to_frame(cards: Iterable[Scorecard], kind: Kind = "reports") -> pd.DataFrame:
    """One row per report, claim, finding, element or sentence; every frame has `source`, `agency` and `year` first.

    Each column has the nullable dtype of its type (string, Int64, Float64, boolean) whatever the data, with `pandas.NA` where
    there is no value. Items that are no scorecards (a `Failure` of `score_many`) are left out. Raises `errors.MissingDependency`.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependency("pandas is not installed", advice="pip install 'govnlp[frame]'") from error
    table = TABLES[kind]
    words = {"zh": Words("zh"), "en": Words("en")}  # messages stay in the language of their scorecard
    rows = [row for card in cards if isinstance(card, Scorecard) for row in table.rows(card, words[card.lang])]
    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    return pd.DataFrame(
        {
            column.name: pd.array([fitting(v, column) for v in values], dtype=_DTYPES[column.type])
            for column, values in zip(table.columns, columns, strict=True)
        }
    )
