"""Draws the three national tables from numbers: as tab-separated lines, as lines without tabs, and as cells that span."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

from govnlp.document import Block, Cell, Grid, Source
from govnlp.schema import (
    APPLICANTS,
    OUTCOME_ROWS,
    PROACTIVE_ROWS,
    REQUEST_GROUPS,
    REQUEST_ROWS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    TABLES,
)

Numbers = dict[str, dict[str, tuple[float | None, ...]]]
Lines = list[list[str]]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TITLES = {
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review": "四、政府信息公开行政复议、行政诉讼情况",
}


def numbers(seed: int, *, most: int = 30) -> Numbers:
    """Tables whose sums all hold."""
    r = random.Random(seed)

    def six() -> list[int]:
        return [r.randint(0, most) if r.random() < 0.5 else 0 for _ in range(6)]

    def closed(cells: Sequence[int]) -> tuple[int, ...]:
        return (*cells, sum(cells))

    requests = {row: closed(six() if row in OUTCOME_ROWS else [0] * 6) for row in REQUEST_ROWS}
    requests["total"] = tuple(sum(requests[row][c] for row in OUTCOME_ROWS) for c in range(7))
    requests["carried_in"] = closed([r.randint(0, requests["total"][c]) for c in range(6)])
    requests["carried_out"] = closed(six())
    requests["new"] = tuple(
        requests["total"][c] + requests["carried_out"][c] - requests["carried_in"][c] for c in range(7)
    )
    review = {block: closed([r.randint(0, 9) for _ in range(4)]) for block in REVIEW_BLOCKS}
    proactive = {row: tuple(r.randint(0, 5000) for _ in labels) for row, labels in PROACTIVE_ROWS.items()}
    proactive["行政事业性收费"] = (round(r.random() * 900, 4),)
    return {"proactive": proactive, "requests": requests, "review": review}


def zeros() -> Numbers:
    return {
        "proactive": {row: (0,) * len(labels) for row, labels in PROACTIVE_ROWS.items()},
        "requests": dict.fromkeys(REQUEST_ROWS, (0,) * 7),
        "review": dict.fromkeys(REVIEW_BLOCKS, (0,) * 5),
    }


def shown(values: Sequence[float | None]) -> list[str]:
    return ["" if v is None else str(v) for v in values]


def proactive_lines(rows: dict[str, tuple[float | None, ...]]) -> Lines:
    decisions = ["信息内容", "本年处理决定数量"]
    out = [["第二十条第（一）项"], ["信息内容", *PROACTIVE_ROWS["规章"]]]
    out += [[row, *shown(rows[row])] for row in ("规章", "行政规范性文件")]
    out += [["第二十条第（五）项"], decisions, ["行政许可", *shown(rows["行政许可"])]]
    out += [["第二十条第（六）项"], decisions, *([row, *shown(rows[row])] for row in ("行政处罚", "行政强制"))]
    return [
        *out,
        ["第二十条第（八）项"],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", *shown(rows["行政事业性收费"])],
    ]


def request_label(row: str) -> list[str]:
    """The label cells of a row: group labels before the first row of their group."""
    out = []
    if row == "granted":
        out = ["三、本年度办理结果"]
    elif row in OUTCOME_ROWS or row == "total":
        out = [""]
    group = row.partition(".")[0]
    if group in REQUEST_GROUPS:
        first = next(r for r in REQUEST_ROWS if r.startswith(group + "."))
        out.append(REQUEST_GROUPS[group] if row == first else "")
    return [*out, REQUEST_ROWS[row]]


def requests_lines(rows: dict[str, tuple[float | None, ...]]) -> Lines:
    head = [[NOTE, "申请人情况", "总计"], ["", "自然人", "法人或其他组织"], ["", "", *APPLICANTS[1:6]]]
    return head + [[*request_label(row), *shown(cells)] for row, cells in rows.items()]


def review_lines(blocks: dict[str, tuple[float | None, ...]]) -> Lines:
    columns = list(REVIEW_COLUMNS)
    head = [["行政复议", "行政诉讼"], [*columns, "未经复议直接起诉", "复议后起诉"], [*columns, *columns]]
    return [*head, [cell for block in REVIEW_BLOCKS for cell in shown(blocks[block])]]


DRAW: dict[str, Callable[[dict[str, tuple[float | None, ...]]], Lines]] = {
    "proactive": proactive_lines,
    "requests": requests_lines,
    "review": review_lines,
}


def lines_of(tables: Numbers) -> dict[str, Lines]:
    return {name: DRAW[name](tables[name]) for name in TABLES if name in tables}


def source_of(text: str, grids: Sequence[Grid] = ()) -> Source:
    return Source("report.txt", "", "text", text, (Block(0, len(text)),), tuple(grids))


def report(parts: dict[str, str]) -> str:
    """A whole report with the tables' text in its parts."""
    out = [
        "青石镇人民政府2023年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开信息312条，其中行政许可12件、行政处罚3件，予以公开3件。",
    ]
    for name, text in parts.items():
        out += [TITLES[name], text]
    return "\n".join([*out, "五、存在的主要问题及改进情况", "公开栏更新不及时。", "六、其他需要报告的事项", "无。", ""])


def tabbed(tables: dict[str, Lines]) -> Source:
    return source_of(report({name: "\n".join("\t".join(line) for line in lines) for name, lines in tables.items()}))


def spaced(tables: dict[str, Lines]) -> Source:
    """Lines with spaces for tabs, so that blank cells are gone."""
    return source_of(
        report({name: "\n".join(" ".join(c for c in line if c) for line in lines) for name, lines in tables.items()})
    )


def one_a_line(tables: dict[str, Lines]) -> Source:
    return source_of(
        report({name: "\n".join(c for line in lines for c in line if c) for name, lines in tables.items()})
    )


Spec = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text."""


def requests_cells(rows: dict[str, tuple[float | None, ...]]) -> list[Spec]:
    out: list[Spec] = [(0, 0, 3, 3, NOTE), (0, 3, 1, 6, "申请人情况"), (0, 9, 3, 1, "总\n计"), (1, 3, 2, 1, "自然人")]
    out += [(1, 4, 1, 5, "法人或其他组织"), *((2, 4 + i, 1, 1, name) for i, name in enumerate(APPLICANTS[1:6]))]
    inner = [row for row in rows if row in OUTCOME_ROWS or row == "total"]
    groups: dict[str, list[str]] = {}
    for row in inner:
        groups.setdefault(row.partition(".")[0], []).append(row)
    for at, (row, cells) in enumerate(rows.items(), 3):
        group = row.partition(".")[0]
        if row == inner[0]:
            out.append((at, 0, len(inner), 1, "三、本年度办理结果"))
        if row not in inner:
            out.append((at, 0, 1, 3, REQUEST_ROWS[row]))
        elif group in REQUEST_GROUPS:
            if row == groups[group][0]:
                out.append((at, 1, len(groups[group]), 1, REQUEST_GROUPS[group]))
            out.append((at, 2, 1, 1, REQUEST_ROWS[row]))
        else:
            out.append((at, 1, 1, 2, REQUEST_ROWS[row]))
        out += [(at, 3 + i, 1, 1, text) for i, text in enumerate(shown(cells))]
    return out


def proactive_cells(rows: dict[str, tuple[float | None, ...]]) -> list[Spec]:
    out: list[Spec] = []
    for at, line in enumerate(proactive_lines(rows)):
        if len(line) == 1:
            out.append((at, 0, 1, 4, line[0]))
        elif len(line) == 2:
            out += [(at, 0, 1, 1, line[0]), (at, 1, 1, 3, line[1])]
        else:
            out += [(at, i, 1, 1, text) for i, text in enumerate(line)]
    return out


def review_cells(blocks: dict[str, tuple[float | None, ...]]) -> list[Spec]:
    out: list[Spec] = [(0, 0, 1, 5, "行政复议"), (0, 5, 1, 10, "行政诉讼")]
    out += [(1, i, 2, 1, name[:2] + "\n" + name[2:]) for i, name in enumerate(REVIEW_COLUMNS)]
    out += [(1, 5, 1, 5, "未经复议直接起诉"), (1, 10, 1, 5, "复议后起诉")]
    out += [(2, 5 + i, 1, 1, name) for i, name in enumerate(REVIEW_COLUMNS * 2)]
    return out + [(3, i, 1, 1, text) for i, text in enumerate(c for b in REVIEW_BLOCKS for c in shown(blocks[b]))]


CELLS = {"proactive": proactive_cells, "requests": requests_cells, "review": review_cells}


def spanning(tables: Numbers, breaks: Sequence[int] = ()) -> Source:
    """Grids whose merged cells are known; each grid is cut before the rows `breaks`, as a page does it."""
    text = "青石镇人民政府2023年政府信息公开工作年度报告\n"
    grids = []
    for name, rows in tables.items():
        text += TITLES[name] + "\n"
        specs = sorted(CELLS[name](rows))
        height = max(r + span for r, _, span, _, _ in specs)
        cuts = [0, *(b for b in breaks if 3 <= b < height), height]
        for top, bottom in itertools.pairwise(cuts):
            start, cells = len(text), []
            for row, col, row_span, col_span, words in specs:
                first, last = max(row, top), min(row + row_span, bottom)
                if first >= last:
                    continue
                shown_here = words if row >= top else ""
                if cells:
                    text += "\n" if first > cells[-1].row else "\t"
                cells.append(
                    Cell(first - top, col, len(text), len(text) + len(shown_here), shown_here, last - first, col_span)
                )
                text += shown_here
            grids.append(Grid(start, len(text), tuple(sorted(cells, key=lambda c: (c.row, c.col)))))
            text += "\n- 3 -\n"
    return source_of(text + "五、存在的主要问题及改进情况\n", grids)
