"""Scorecards made by hand for the tests of exports: an ordinary one, one with nothing in it, and hostile ones."""

from __future__ import annotations

from dataclasses import replace

from govnlp import schema
from govnlp.document import (
    CellRef,
    Claim,
    Deduction,
    Element,
    Finding,
    LabelIssue,
    NationalTable,
    Report,
    Scorecard,
    Scores,
    Section,
    Sentence,
    Source,
)
from govnlp.exports.copies import CopyEdge, CopyGraph

NARRATIVE = (
    "云溪县青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"
    "（一）主动公开。全年公开信息247条，其中网站197条、微信32条、公开栏20条。\n高度重视，狠抓落实。\n"
    "二、主动公开政府信息情况\n行政许可\t3\n三、收到和处理政府信息公开申请情况\n新收\t2\t1\t0\t0\t0\t0\t4\n"
    "四、政府信息公开行政复议、行政诉讼情况\n0\t0\t0\t0\t0\n五、存在的主要问题及改进情况\n"
    "一是公开不够及时。\n六、其他需要报告的事项\n无。\n"
)
HOSTILE = {
    "markup": '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">\'"`{{7*7}}{% raw %}',
    "formula": '=HYPERLINK("http://example.invalid";"x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "carriage": "\r\n=1+1",
    "control": "a\x00b\x01c\x08d\x0be\x1bf\x7fg\x85h\u2028i\u2029j\ufffek\uffffl",
    "bidi": "公开\u202e文件\u2066隐藏\u2069\u200f\u061c结束",
    "long": "长" * 3000 + "w" * 5000,
    "wide": "𠮷😀" * 30 + "e\u0301" * 10 + "Z" + "\u0301" * 200,
    "path": "../../../../etc/passwd\\..\\CON",
    "surrogate": "半\ud83d个",
    "url": "javascript:alert(1) http://example.invalid/x",
}
"""What a report may hold to do harm, by what it is."""


def make_card(
    *,
    name: str = "reports/qingshi.txt",
    agency: str | None = "云溪县青石镇人民政府",
    kind: str = "township",
    year: int | None = 2023,
    text: str = NARRATIVE,
    overall: float = 71.5,
    grade: str = "C",
) -> Scorecard:
    """An ordinary scorecard: claims that do not add up, a wrong row total, boilerplate, a missing element."""

    def at(words: str) -> tuple[int, int]:
        i = text.find(words)
        return (i, i + len(words)) if i >= 0 else (0, 0)

    def row_cells(words: str, row: str, table: str) -> dict[tuple[str, int], CellRef]:
        start = text.find(words)
        if start < 0:
            return {}
        cells, position = {}, start + len(words.split("\t")[0]) + 1 if "\t" in words else start
        for col, raw in enumerate(words.split("\t")[1:]):
            cells[row, col] = CellRef(table, row, col, position, position + len(raw), raw)
            position += len(raw) + 1
        return cells

    requests = NationalTable(
        "requests",
        *at("新收\t2\t1\t0\t0\t0\t0\t4"),
        rows={row: ((2, 1, 0, 0, 0, 0, 4) if row == "new" else (0,) * 7) for row in schema.REQUEST_ROWS},
        cells=row_cells("新收\t2\t1\t0\t0\t0\t0\t4", "new", "requests"),
        labels=(LabelIssue(*at("新收"), "新收", schema.REQUEST_ROWS["new"]),),
        missing_rows=("carried_out",),
    )
    proactive = NationalTable(
        "proactive",
        *at("行政许可\t3"),
        rows={row: (None,) * len(c) if row != "行政许可" else (3,) for row, c in schema.PROACTIVE_ROWS.items()},
        cells=row_cells("行政许可\t3", "行政许可", "proactive"),
    )
    claims = []
    for number, (words, value, channel) in enumerate(
        (("247条", 247, None), ("197条", 197, "website"), ("32条", 32, "wechat"), ("20条", 20, "board")), 1
    ):
        parent = None if number == 1 else "c1"
        claims.append(
            Claim(
                f"c{number}",
                *at(words),
                words,
                "info_published",
                value,
                "条",
                "exact",
                channel,
                parent,
                "overview.proactive",
            )
        )
    report = Report(
        source=Source(name, "0" * 64, "text", text),
        agency=agency,
        agency_kind=kind,
        year=year,
        format="2021",
        sections=(
            Section("preamble", 0, at("一、总体情况")[0]),
            Section("overview", at("一、总体情况")[0], len(text), at("一、总体情况")[1]),
        ),
        sentences=(
            Sentence(*at("全年公开信息247条，其中网站197条、微信32条、公开栏20条。"), "specific", 0.97),
            Sentence(*at("高度重视，狠抓落实。"), "boilerplate", 0.91),
        ),
        claims=tuple(claims),
        tables={"proactive": proactive, "requests": requests},
        elements=tuple(
            Element(e, e != "fees", (at("高度重视"),) if e == "organisation" else ()) for e in schema.ELEMENTS
        ),
        title=at(NARRATIVE.split("\n")[0]),
        published="2024-01-20",
    )
    message = "197+32+20=249，与总数247不符。"
    findings = (
        Finding("GD107", "error", "没有复议诉讼表。", (), (), {}),
        Finding(
            "GD201",
            "error",
            "合计不符。",
            (at("2\t1\t0\t0\t0\t0\t4"),),
            tuple(
                {"table": "requests", "row": "new", "col": c, "value": v} for c, v in enumerate((2, 1, 0, 0, 0, 0, 4))
            ),
            {},
        ),
        Finding(
            "GD301",
            "error",
            message,
            (at("247条"), at("197条"), at("32条"), at("20条")),
            (),
            {"parts": "197+32+20", "sum": "249", "total": "247"},
        ),
        Finding("GD406", "warning", "问题不具体。", (at("一是公开不够及时。"),), (), {}),
    )
    scores = Scores(
        completeness=92.0,
        boilerplate=20.4,
        consistency=78.0,
        overall=overall,
        grade=grade,
        completeness_rating=3,
        boilerplate_rating=1,
        percentiles={"completeness": 71},
        deductions=(
            Deduction("completeness", 5, "element", "fees", "未见信息处理费"),
            Deduction("consistency", 12, "finding", "GD301", message),
        ),
    )
    return Scorecard(
        report,
        findings,
        scores,
        {"name": "govnlp-zh", "version": "1.0.0"},
        "national-2021",
        "zh",
        unchecked=("GD207", "GD208"),
        rule_failures=(("GD502", "ValueError: x"),),
    )


def empty_card() -> Scorecard:
    """A report that states nothing."""
    report = Report(Source("empty.txt", "1" * 64, "text", ""), None, "other", None, "2021", (), (), (), {})
    return Scorecard(report, (), Scores(0.0, None, 100.0, 30.0, "D"), {}, "of my own", "zh")


def hostile_card(attack: str) -> Scorecard:
    """Every free text of the scorecard holds the attack: name, agency, report, messages, claims, cells, rubric, notes."""
    bad = HOSTILE[attack]
    text = f"{bad}\n{NARRATIVE}{bad}\n"
    card = make_card(name=f"in/{bad}.txt", agency=bad, text=text)
    report = card.report
    end = len(text)
    evidence = ((0, len(bad)), (end - len(bad) - 1, end), (end + 5, end + 9), (7, 3), (-1, -1))
    source = Source(report.source.name, bad, "text", text, notes=(bad,))
    tables = {
        name: replace(
            t,
            labels=(LabelIssue(0, len(bad), bad, bad),),
            cells={**t.cells, ("new", 1): CellRef(name, "new", 1, 0, len(bad), bad)},
        )
        for name, t in report.tables.items()
    }
    claims = tuple(replace(c, text=bad, unit=bad, type=bad, channel=bad, id=c.id + bad) for c in report.claims)
    findings = (
        *tuple(
            replace(
                f,
                message=bad,
                evidence=evidence,
                values={bad: bad},
                cells=({"table": bad, "row": bad, "col": 99, "value": bad},),
            )
            for f in card.findings
        ),
        Finding("GD999", "error", bad, evidence),
    )
    deductions = (*card.scores.deductions, Deduction("overall", 1, "finding", bad, bad))
    return replace(
        card,
        report=replace(report, source=source, tables=tables, claims=claims, published=bad, agency_kind=bad, format=bad),
        findings=findings,
        scores=replace(card.scores, grade=bad, deductions=deductions, percentiles={bad: 3}),
        rubric=bad,
        model={"name": bad, "version": bad},
        rule_failures=((bad, bad),),
    )


def huge_card(word: str) -> Scorecard:
    """Names, text, claims, findings and grade are one very long word."""
    card = make_card(name=f"in/{word}.txt", agency=word, text=NARRATIVE + word)
    end = len(card.report.text)
    finding = Finding("GD301", "error", word, ((end - len(word), end),))
    claims = tuple(replace(c, text=word, unit=word) for c in card.report.claims)
    return replace(
        card,
        report=replace(card.report, claims=claims, agency_kind=word),
        findings=(finding, replace(finding, code=word)),
        scores=replace(card.scores, grade=word),
        rubric=word,
    )


def small_batch() -> list[Scorecard]:
    """Three agencies over two years, one of them without a year, and a report that states nothing."""
    cards = []
    for i, (agency, kind) in enumerate(
        (("云溪县青石镇人民政府", "township"), ("云溪县白水乡人民政府", "township"), ("云溪县财政局", "department"))
    ):
        for year in (2022, 2023):
            overall = 60.0 + 7 * i + (year - 2022) * 5
            grade = "C" if overall < 75 else "B"
            cards.append(
                make_card(name=f"{year}/r{i}.txt", agency=agency, kind=kind, year=year, overall=overall, grade=grade)
            )
    return [*cards, empty_card()]


def small_copies(cards: list[Scorecard]) -> CopyGraph:
    """The first report shares a sentence with the third, and the second with its own first."""
    names = [c.report.source.name for c in cards]
    start = cards[0].report.text.find("高度重视")
    passage = ((start, start + 10, start, start + 10),)
    return CopyGraph(
        (
            CopyEdge(names[0], names[2], "peer", 0.82, passage),
            CopyEdge(names[2], names[0], "peer", 0.82, passage),
            CopyEdge(names[1], names[0], "previous", 0.91, passage),
            CopyEdge(names[0], "corpus:a001", "peer", 0.4, ((start, start + 4, 0, 4),)),
        ),
        {"corpus:a001": "某镇 2021"},
    )
