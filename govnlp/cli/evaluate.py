"""`govnlp evaluate`: score the reports of a gold folder and compare, or compare scorecards made before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from govnlp.cli.options import ModelOption, RubricOption
from govnlp.cli.words import t


def register(app: typer.Typer) -> None:
    app.command("evaluate", help=t("与人工标注比较，给出各层指标", "Compare with gold annotations"))(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help=t("含 *.gold.json 的目录", "Folder with *.gold.json"))],
    scorecards: Annotated[
        Path | None,
        typer.Option("--scorecards", help=t("已有的 scorecards.jsonl（默认现评分）", "scorecards.jsonl made before")),
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help=t("指标另存为 JSON", "Also write the figures as JSON"))
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help=t("逐条列出不一致之处", "List each disagreement"))] = False,
    rubric: RubricOption = "national-2021",
    model: ModelOption = None,
) -> None:
    """The gold report NAME.gold.json is compared with the scorecard of NAME.txt (or .pdf, .docx, .html)."""
    import json

    from govnlp.evaluation import evaluate as compare
    from govnlp.evaluation import read_gold

    golds = read_gold(gold)
    if scorecards is None:
        cards = _score(gold, set(golds), rubric, model)
    else:
        cards = [json.loads(line) for line in scorecards.read_text(encoding="utf-8").split("\n") if line.strip()]
    evaluation = compare(golds, cards)
    if errors:
        for line in evaluation.errors:
            typer.echo("  " + line)
    figures = evaluation.report()
    if json_out is not None:
        json_out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    typer.echo(as_text(figures))


def _score(folder: Path, names: set[str], rubric: str, model: Path | None) -> list[dict[str, Any]]:
    from govnlp.batch import Failure, score_many
    from govnlp.cards import to_dict
    from govnlp.inputs import find_inputs
    from govnlp.pipeline import load

    files = [p for p in find_inputs([str(folder)]).files if p.stem in names]
    cards = []
    for result in score_many(files, load(model, rubric=rubric), jobs=None):
        if isinstance(result, Failure):
            typer.secho(f"{result.source}: {result.message}", err=True)
        else:
            cards.append(to_dict(result))
    return cards


def as_text(figures: dict[str, Any]) -> str:
    """The figures in a few lines of at most 80 columns."""

    def f(value: float | None) -> str:
        return "  n/a" if value is None else f"{value:.3f}"

    c, s, e, d = figures["claims"], figures["sentences"], figures["elements"], figures["findings"]
    missed = f", missed {' '.join(figures['missed'][:5])}" if figures["missed"] else ""
    across = d["across_reports"]
    ratings = figures["ratings"]
    return "\n".join(
        (
            f"reports   {figures['reports']}, scored {figures['scored']}{missed}",
            "meta      " + "  ".join(f"{k} {f(v)}" for k, v in figures["meta"].items()),
            f"sections  accuracy {f(figures['sections']['accuracy'])}  macro-F1 {f(figures['sections']['macro_f1'])}",
            f"claims    F1 {f(c['f1'])} (P {f(c['p'])} R {f(c['r'])}, n {c['n']})  value-F1 {f(c['value_f1'])}",
            f"          unit {f(c['unit'])}  qualifier {f(c['qualifier'])}  channel {f(c['channel'])}  part_of {f(c['part_of'])}",
            f"sentences macro-F1 {f(s['macro_f1'])}  accuracy {f(s['accuracy'])}  boilerplate-F1 {f(s['by_label']['boilerplate']['f1'])}",
            f"elements  F1 {f(e['f1'])} (P {f(e['p'])} R {f(e['r'])})",
            f"findings  F1 {f(d['f1'])} (P {f(d['p'])} R {f(d['r'])}, n {d['n']})  across F1 {f(across['f1'])} (n {across['n']})",
            "tables    " + "  ".join(f"{k} {f(v)}" for k, v in figures["tables"].items()),
            "ratings   " + "  ".join(f"{k} QWK {f(v['qwk'])}" for k, v in ratings.items()),
            f"          boilerplate Spearman {f(figures['boilerplate_spearman'])}",
        )
    )
