"""Parquet: one file for each table, with an explicit schema; what a column holds stands in its field's metadata.

Text is as it was in the report, but for halves of characters that UTF-8 cannot hold. Absent values are null.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.exports.base import Cards, Export
from govnlp.exports.columns import TABLES, Table, fitting
from govnlp.exports.copies import CopyGraph
from govnlp.exports.words import Words
from govnlp.schema import Lang

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_GROUP = 50_000
"""Rows held in memory for each table, and the size of the files' row groups."""


def schema_of(table: Table, words: Words) -> pa.Schema:
    """The Arrow schema of a table; each field's `description` says what it holds."""
    import pyarrow as pa

    types = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    fields = [pa.field(c.name, types[c.type], metadata={"description": table.about(c, words)}) for c in table.columns]
    return pa.schema(fields, metadata={"description": words(f"columns.table.{table.name}")})


def write(
    cards: Cards, out: Path, *, lang: Lang = "zh", copies: CopyGraph | None = None, previous: Cards | None = None
) -> list[Path]:
    """Write `reports.parquet`, `claims.parquet`, `findings.parquet`, `elements.parquet` and `sentences.parquet`, in one pass."""
    words = Words(lang)
    files = []
    with ExitStack() as stack:
        sinks = []
        for table in TABLES.values():
            files.append(out / f"{table.name}.parquet")
            sink = _Sink(table, words, files[-1])
            stack.callback(sink.close)
            sinks.append(sink)
        for card in cards():
            for sink in sinks:
                sink.add(sink.table.rows(card, words))
        for sink in sinks:
            sink.flush()
    return files


class _Sink:
    """A Parquet file that takes rows and writes them a group at a time."""

    def __init__(self, table: Table, words: Words, path: Path) -> None:
        import pyarrow.parquet as pq

        self.table = table
        self._schema = schema_of(table, words)
        self._writer = pq.ParquetWriter(str(path), self._schema, compression="zstd")
        self._rows: list[list[Any]] = []

    def add(self, rows: Any) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= ROWS_A_GROUP:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self.table.columns)
        arrays = [
            pa.array([fitting(v, column) for v in values], field.type)
            for values, column, field in zip(columns, self.table.columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def close(self) -> None:
        self._writer.close()


EXPORT = Export("parquet", {"zh": "Parquet 数据表", "en": "Parquet tables"}, write, needs=("pyarrow",))
