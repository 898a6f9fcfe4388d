"""`govnlp rules`: the finding codes, and what one of them means."""

from __future__ import annotations

from typing import Annotated

import typer

from govnlp.cli.options import DEFAULT_LANG, LangOption
from govnlp.cli.words import t


def register(app: typer.Typer) -> None:
    app.command("rules", help=t("列出检查规则，或说明其中一条", "List the rules, or explain one"))(rules)


def rules(
    code: Annotated[str | None, typer.Argument(help=t("规则代码，如 GD301", "A code such as GD301"))] = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Without a code, one line a rule; with one, its meaning, legal basis, advice and examples."""
    from rich.console import Console
    from rich.table import Table

    from govnlp.rules import all_rules, rule_of

    console = Console(highlight=False)
    if code is None:
        table = Table(box=None, pad_edge=False, padding=(0, 1))
        for _ in range(4):
            table.add_column(overflow="fold")
        for rule in all_rules():
            table.add_row(rule.code, _severity(rule.severity, lang.value), rule.title[lang.value], rule.name)
        console.print(table)
        return
    try:
        rule = rule_of(code)
    except KeyError:
        typer.secho(t(f"没有规则 {code}；用 govnlp rules 查看全部。", f"No rule {code}; see `govnlp rules`."), err=True)
        raise typer.Exit(2) from None
    console.print(
        f"[bold]{rule.code}[/bold] {rule.title[lang.value]} ({rule.name}, {_severity(rule.severity, lang.value)})"
    )
    console.print()
    console.print(rule.explanation[lang.value])
    console.print()
    console.print(t("依据：", "Basis: ", lang.value) + "；".join(rule.basis))
    console.print(t("整改：", "What to do: ", lang.value) + rule.advice[lang.value])


def _severity(severity: str, lang: str) -> str:
    return {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}[severity][
        lang == "en"
    ]
