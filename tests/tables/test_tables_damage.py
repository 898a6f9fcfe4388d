"""Tables drawn from random numbers and damaged in many ways: every number is right, or None; never wrong without a word."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence

import pytest
from draw_tables import (
    Lines,
    Numbers,
    lines_of,
    numbers,
    one_a_line,
    report,
    source_of,
    spaced,
    spanning,
    tabbed,
    zeros,
)

from govnlp.document import NationalTable, Source
from govnlp.schema import REQUEST_ROWS
from govnlp.tables import extract_tables

SEEDS = range(int(os.environ.get("GOVNLP_FUZZ", "40")))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
Damage = Callable[[random.Random, Lines], Lines]


def is_value(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]*\d[\d.,\s]*件?", cell))


def on_values(change: Callable[[random.Random, str], str]) -> Damage:
    return lambda r, lines: [[change(r, c) if is_value(c) else c for c in line] for line in lines]


def on_labels(change: Callable[[random.Random, str], str]) -> Damage:
    return lambda r, lines: [[change(r, c) if c and not is_value(c) else c for c in line] for line in lines]


def some(r: random.Random, text: str, insert: str) -> str:
    at = r.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:at] + insert + text[at:] if r.random() < 0.4 else text


def padded(r: random.Random, lines: Lines) -> Lines:
    """Blank cells at the end, some rows with one more."""
    return [[*line, *([""] * r.choice((0, 0, 1, 2)))] for line in lines]


def shifted(r: random.Random, lines: Lines) -> Lines:
    """A blank cell between label and numbers, the same in all rows of as many cells."""
    extra = {n: r.randint(0, 2) for n in range(20)}
    out = []
    for line in lines:
        at = next((i for i, c in enumerate(line) if is_value(c)), None)
        out.append(line if at is None else [*line[:at], *([""] * extra[at]), *line[at:]])
    return out


def page_break(r: random.Random, lines: Lines) -> Lines:
    at = r.randrange(1, len(lines))
    return [*lines[:at], [""], [r.choice(("- 3 -", "— 12 —", ""))], *lines[at:]]


def repeated_header(r: random.Random, lines: Lines) -> Lines:
    first = next(i for i, line in enumerate(lines) if any(map(is_value, line)))
    if first + 1 >= len(lines) or first != 3:
        return lines
    at = r.randrange(first + 1, len(lines))
    return [*lines[:at], *lines[:first], *lines[at:]]


def split_header(r: random.Random, lines: Lines) -> Lines:
    """Header cells of the organisations broken over two lines, one below the other."""
    out = []
    for line in lines:
        if "社会公益组织" in line:
            out.append([c[:-2] if c in ("社会公益组织", "法律服务机构") else c for c in line])
            out.append(["", "", "", *(c[-2:] for c in line if c in ("社会公益组织", "法律服务机构"))])
        else:
            out.append(line)
    return out


def serial_numbers(r: random.Random, lines: Lines) -> Lines:
    if sum(any(map(is_value, line)) for line in lines) == 1:
        return lines  # a single row of numbers is not numbered
    return [[str(i), *line] if any(map(is_value, line)) else ["", *line] for i, line in enumerate(lines)]


def remarks(r: random.Random, lines: Lines) -> Lines:
    return [[*line, r.choice(("", "", "见附件")) if any(map(is_value, line)) else ""] for line in lines]


HARMLESS: dict[str, Damage] = {
    "full width": on_values(lambda r, c: c.translate(WIDE)),
    "separators": on_values(lambda r, c: f"{int(c):,}" if c.isdecimal() and c.isascii() else c),
    "spaces in numbers": on_values(lambda r, c: some(r, c, " ") if c.isdecimal() else c),
    "spaces around": on_values(lambda r, c: r.choice((" ", "\u3000", "\xa0")) + c + " "),
    "units": on_values(lambda r, c: c + r.choice(("件", "")) if c.isdecimal() else c),
    "decimals": on_values(lambda r, c: c + ".00" if c.isdecimal() else c),
    "spaces in labels": on_labels(lambda r, c: some(r, c, " ")),
    "brackets": on_labels(lambda r, c: c.replace("（", "(").replace("）", ")").replace("，", ", ").replace("“", '"')),
    "numbering": on_labels(lambda r, c: re.sub(r"^(\d)\.", r"\1、", c)),
    "padded": padded,
    "shifted": shifted,
    "page break": page_break,
    "repeated header": repeated_header,
    "split header": split_header,
    "serial numbers": serial_numbers,
    "remarks": remarks,
}


def drop_cell(r: random.Random, lines: Lines) -> Lines:
    i, j = r.choice([(i, j) for i, line in enumerate(lines) for j, c in enumerate(line) if is_value(c)])
    return [line[:j] + line[j + 1 :] if n == i else line for n, line in enumerate(lines)]


def blank_cell(r: random.Random, lines: Lines) -> Lines:
    i, j = r.choice([(i, j) for i, line in enumerate(lines) for j, c in enumerate(line) if is_value(c)])
    mark = r.choice(("", "/", "-", "—", "无", "若干"))
    return [[*line[:j], mark, *line[j + 1 :]] if n == i else line for n, line in enumerate(lines)]


def extra_cell(r: random.Random, lines: Lines) -> Lines:
    i, j = r.choice([(i, j) for i, line in enumerate(lines) for j, c in enumerate(line) if is_value(c)])
    return [[*line[:j], "8", *line[j:]] if n == i else line for n, line in enumerate(lines)]


def drop_row(r: random.Random, lines: Lines) -> Lines:
    i = r.choice([i for i, line in enumerate(lines) if any(map(is_value, line))])
    return lines[:i] + lines[i + 1 :]


def label_at(r: random.Random, lines: Lines) -> tuple[int, int]:
    rows = [i for i, line in enumerate(lines) if any(map(is_value, line)) and not is_value(line[0])]
    if not rows:
        return -1, -1
    i = r.choice(rows)
    return i, next((j - 1 for j, c in enumerate(lines[i]) if is_value(c)), 0)


def damage_label(r: random.Random, lines: Lines) -> Lines:
    i, j = label_at(r, lines)
    if i < 0 or len(lines[i][j]) < 5:
        return lines
    at = r.randrange(2, len(lines[i][j]))
    new = lines[i][j][:at] + r.choice(("", "度")) + lines[i][j][at + 1 :]
    return [[*line[:j], new, *line[j + 1 :]] if n == i else line for n, line in enumerate(lines)]


def lose_label(r: random.Random, lines: Lines) -> Lines:
    i, j = label_at(r, lines)
    return [[*line[:j], "", *line[j + 1 :]] if n == i else line for n, line in enumerate(lines)]


def swap_labels(r: random.Random, lines: Lines) -> Lines:
    """Two rows typed in the other order, labels and all."""
    rows = [i for i, line in enumerate(lines) if any(map(is_value, line))]
    if len(rows) < 2:
        return lines
    i = r.randrange(len(rows) - 1)
    a, b = rows[i], rows[i + 1]
    return [lines[b] if n == a else lines[a] if n == b else line for n, line in enumerate(lines)]


def alien_row(r: random.Random, lines: Lines) -> Lines:
    i = r.choice([i for i, line in enumerate(lines) if any(map(is_value, line))])
    row = [c if not is_value(c) else "4" for c in lines[i]]
    return [*lines[:i], [("补充情况" if c and not is_value(c) else c) for c in row], *lines[i:]]


HARMFUL: dict[str, Damage] = {
    "drop cell": drop_cell,
    "blank cell": blank_cell,
    "extra cell": extra_cell,
    "drop row": drop_row,
    "damage label": damage_label,
    "lose label": lose_label,
    "swap labels": swap_labels,
    "alien row": alien_row,
}


def damaged(seed: int, damages: Sequence[Damage], tables: Numbers) -> dict[str, Lines]:
    r = random.Random(seed)
    out = lines_of(tables)
    for damage in damages:
        out = {name: damage(r, lines) for name, lines in out.items()}
    return out


def assert_exact(tables: Numbers, source: Source) -> None:
    found = extract_tables(source)
    for name, rows in tables.items():
        assert name in found, name
        for row, cells in rows.items():
            assert found[name].rows[row] == tuple(cells), (name, row)
            assert_refs(found[name], row, source)


def assert_never_wrong(tables: Numbers, source: Source) -> None:
    """Each number is the drawn one or None."""
    for name, table in extract_tables(source).items():
        for row, cells in tables[name].items():
            for col, (due, got) in enumerate(zip(cells, table.rows[row], strict=True)):
                assert got is None or got == due, (name, row, col, due, got)
            assert_refs(table, row, source)


def assert_refs(table: NationalTable, row: str, source: Source) -> None:
    for col in range(len(table.rows[row])):
        ref = table.cells[row, col]
        if ref.raw is None:
            assert (ref.start, ref.end) == (-1, -1)
        else:
            assert source.text[ref.start : ref.end] == ref.raw


@pytest.mark.parametrize("seed", SEEDS)
def test_undamaged_tables_are_exact_in_every_form(seed: int) -> None:
    for tables in (numbers(seed), zeros()):
        for draw in (tabbed, spaced, one_a_line):
            assert_exact(tables, draw(lines_of(tables)))
        assert_exact(tables, spanning(tables))
        assert_exact(tables, spanning(tables, breaks=[5 + seed % 20]))


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_damage_changes_nothing(name: str) -> None:
    for seed in SEEDS:
        tables = numbers(seed, most=3000)
        assert_exact(tables, tabbed(damaged(seed, [HARMLESS[name]], tables)))


@pytest.mark.parametrize("name", [n for n in HARMLESS if n not in ("padded", "serial numbers", "remarks")])
def test_harmless_damage_is_no_label_issue(name: str) -> None:
    for seed in SEEDS:
        found = extract_tables(tabbed(damaged(seed, [HARMLESS[name]], numbers(seed))))
        assert {n: [(i.found, i.expected) for i in t.labels] for n, t in found.items()} == {n: [] for n in found}


def test_several_harmless_damages_together() -> None:
    for seed in SEEDS:
        r = random.Random(seed)
        names = r.sample([n for n in HARMLESS if n != "units"], 3)
        if {"spaces in numbers", "decimals"} <= set(names):
            continue
        tables = numbers(seed)
        assert_exact(
            tables, tabbed(damaged(seed, [HARMLESS[n] for n in sorted(names, key=list(HARMLESS).index)], tables))
        )


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_damage_never_gives_a_wrong_number(name: str) -> None:
    for seed in SEEDS:
        tables = numbers(seed)
        assert_never_wrong(tables, tabbed(damaged(seed, [HARMFUL[name]], tables)))
        lines = damaged(seed, [HARMFUL[name]], tables)
        assert_never_wrong(tables, spaced(lines))
        assert_never_wrong(tables, one_a_line(lines))


def test_harmful_after_harmless_damage_never_gives_a_wrong_number() -> None:
    for seed in SEEDS:
        r = random.Random(seed)
        first = r.choice(
            [
                n
                for n in HARMLESS
                if n not in ("units", "spaces in numbers", "spaces around", "full width", "separators")
            ]
        )
        second = r.choice(list(HARMFUL))
        tables = numbers(seed)
        if second == "drop cell" and first in ("padded", "shifted", "remarks"):
            # a blank cell beside the numbers and one number too few: the same as a blank cell in their midst
            continue
        assert_never_wrong(tables, tabbed(damaged(seed, [HARMLESS[first], HARMFUL[second]], tables)))


def test_damaged_and_lost_labels_still_find_their_rows() -> None:
    for seed in SEEDS:
        tables = {"requests": numbers(seed)["requests"]}
        for damage in (damage_label, lose_label):
            assert_exact(tables, tabbed(damaged(seed, [damage], tables)))


def test_a_lost_cell_of_a_table_of_zeros_is_restored() -> None:
    for seed in SEEDS:
        tables = {k: v for k, v in zeros().items() if k != "proactive"}
        assert_exact(tables, tabbed(damaged(seed, [drop_cell], tables)))


def test_a_lost_cell_is_restored_from_the_sums_and_has_no_place() -> None:
    tables = {"requests": numbers(3)["requests"]}
    lines = lines_of(tables)
    at = next(i for i, line in enumerate(lines["requests"]) if "（二）部分公开" in "".join(line))
    del lines["requests"][at][-1]
    found = extract_tables(tabbed(lines))["requests"]
    assert found.rows == tables["requests"]
    assert [key for key, ref in found.cells.items() if ref.raw is None] == [("partial", 6)]


def test_every_row_is_there_whatever_is_missing() -> None:
    lines = lines_of(numbers(1))
    lines["requests"] = [line for line in lines["requests"] if "重复申请" not in "".join(line)]
    found = extract_tables(source_of(report({n: "\n".join("\t".join(c) for c in t) for n, t in lines.items()})))[
        "requests"
    ]
    assert list(found.rows) == list(REQUEST_ROWS)
    assert found.missing_rows == ("unprocessed.repeat",)
    assert found.rows["unprocessed.repeat"] == (None,) * 7
