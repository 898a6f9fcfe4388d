"""`govnlp show`: one report's scorecard in the terminal, with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govnlp.cli.options import DEFAULT_LANG, EngineChoice, EngineOption, LangOption, ModelOption, RubricOption
from govnlp.cli.words import counted, t

if TYPE_CHECKING:
    from rich.console import Console

    from govnlp.document import Scorecard
    from govnlp.schema import Lang


def register(app: typer.Typer) -> None:
    app.command("show", help=t("在终端查看一份报告的评分卡", "Show one report's scorecard"))(show)


def show(
    file: Annotated[Path, typer.Argument(help=t("报告文件", "The report"))],
    rubric: RubricOption = "national-2021",
    lang: LangOption = DEFAULT_LANG,
    model: ModelOption = None,
    pdf_engine: EngineOption = EngineChoice.pdfium,
) -> None:
    """Score one report and show scores, deductions, findings with their evidence, claims and elements."""
    from rich.console import Console

    from govnlp.pipeline import load

    card = load(model, rubric=rubric, lang=lang.value, pdf_engine=pdf_engine.value).score(file)
    print_card(card, Console(highlight=False), lang.value)


def print_card(card: Scorecard, console: Console, lang: Lang) -> None:
    """The scorecard in at most 80 columns."""
    from rich.markup import escape

    r, s = card.report, card.scores
    console.print(
        f"[bold]{escape(r.agency or t('机关不明', 'unknown agency', lang))}[/bold]  {r.year or '?'}  {escape(r.source.name)}"
    )
    boilerplate = "-" if s.boilerplate is None else f"{s.boilerplate:.1f}"
    console.print(
        t(
            f"总分 {s.overall:.1f}（{s.grade}）  完整性 {s.completeness:.1f}  一致性 {s.consistency:.1f}  模板化 {boilerplate}",
            f"overall {s.overall:.1f} ({s.grade})  completeness {s.completeness:.1f}  consistency {s.consistency:.1f}  boilerplate {boilerplate}",
            lang,
        )
    )
    _print_findings(card, console, lang)
    _print_deductions(card, console, lang)
    _print_claims(card, console, lang)
    missing = [e.id for e in r.elements if not e.present]
    if missing:
        from govnlp.scoring.names import ELEMENT_NAMES

        names = t("、", ", ", lang).join(ELEMENT_NAMES[e][lang] for e in missing)
        console.print(t("未见要素：", "Missing elements: ", lang) + names)
    for note in r.source.notes:
        console.print(t("读取说明：", "Reading: ", lang) + escape(note))


def _print_findings(card: Scorecard, console: Console, lang: Lang) -> None:
    from rich.markup import escape

    colour = {"error": "red", "warning": "yellow", "info": "cyan"}
    console.print()
    console.print(t(f"问题 {len(card.findings)} 处", counted(len(card.findings), "finding"), lang), style="bold")
    for f in card.findings:
        console.print(f"  [{colour[f.severity]}]{f.code}[/{colour[f.severity]}] {escape(f.message)}")
        for start, end in f.evidence[:3]:
            console.print("        " + escape(excerpt(card.report.text, start, end)), style="dim")


def excerpt(text: str, start: int, end: int, around: int = 12, longest: int = 60) -> str:
    """The evidence with a few characters on both sides, on one line."""
    left, right = text[max(0, start - around) : start], text[end : end + around]
    middle = text[start:end]
    if len(middle) > longest:
        middle = middle[: longest - 1] + "…"
    return " ".join(f"…{left}【{middle}】{right}…".split())


def _print_deductions(card: Scorecard, console: Console, lang: Lang) -> None:
    from rich.markup import escape

    if not card.scores.deductions:
        return
    names = {
        "completeness": t("完整性", "completeness", lang),
        "consistency": t("一致性", "consistency", lang),
        "overall": t("总分", "overall", lang),
    }
    console.print()
    console.print(t("扣分", "Deductions", lang), style="bold")
    for d in card.scores.deductions:
        message = d.message if len(d.message) <= 52 else d.message[:51] + "…"
        console.print(
            f"  {names[d.score]} -{d.points:g}  {d.reason if d.kind == 'finding' else ''} {escape(message)}".rstrip()
        )


def _print_claims(card: Scorecard, console: Console, lang: Lang) -> None:
    from rich.markup import escape
    from rich.table import Table

    claims = card.report.claims
    console.print()
    console.print(t(f"数量陈述 {len(claims)} 条", counted(len(claims), "claim"), lang), style="bold")
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False)
    for width in (4, 18, 10, 20, 14):
        table.add_column(max_width=width, overflow="ellipsis", no_wrap=True)
    for c in claims[:60]:
        part = f"< {c.part_of}" if c.part_of else ""
        table.add_row(
            c.id,
            escape(" ".join(c.text.split())),
            f"{c.value:g}{escape(c.unit)}",
            c.type,
            " ".join(filter(None, (c.channel, part))),
        )
    console.print(table)
