"""`govnlp corpus`: check, count, extend and convert the labelled corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import cli_lang, t

CorpusArgument = Annotated[Path, typer.Argument(help=t("语料目录", "Folder of the corpus"))]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILES...", help=t(".src 文件或目录", ".src files or folders"))
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help=t("标注语料：检查、统计、增补、转换", "The labelled corpus"))
    group.command("check", help=t("检查标注", "Check labels"))(check)
    group.command("stats", help=t("统计", "Statistics"))(stats)
    group.command("add", help=t("加入新标注的报告", "Take newly labelled reports in"))(add)
    group.command("export", help=t("导出到标注工具的格式", "Export to an annotation tool's format"))(export)
    group.command("import", help=t("从标注工具导入", "Import from an annotation tool"))(import_)
    group.command("text", help=t("导出纯文本和金标 JSON", "Write plain texts and gold JSON"))(text)
    group.command("agreement", help=t("两次标注的一致性", "Agreement of two annotators"))(agreement)
    app.add_typer(group, name="corpus")


def check(files: FilesArgument) -> None:
    """Exit status 1 where anything is wrong; each problem with file and line."""
    from govnlp.corpus.check import check_corpus

    found = _sources(files)
    problems = check_corpus(found, codes=_codes())
    for problem in problems:
        typer.echo(problem.told(cli_lang()))
    typer.echo(t(f"{len(found)} 份报告，{len(problems)} 处问题", f"{len(found)} reports, {len(problems)} problems"))
    raise typer.Exit(1 if problems else 0)


def stats(
    corpus: CorpusArgument,
    json_out: Annotated[Path | None, typer.Option("--json", help=t("另存为 JSON", "Also write as JSON"))] = None,
) -> None:
    """Counts per layer, kind, region, year, format and split."""
    import json

    from govnlp.corpus.files import SPLITS, load_corpus
    from govnlp.corpus.splits import read_splits
    from govnlp.corpus.stats import corpus_stats

    splits = corpus / SPLITS
    counted = corpus_stats(load_corpus(_sources([corpus])), read_splits(splits) if splits.exists() else None)
    if json_out is not None:
        json_out.write_text(json.dumps(counted, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, value in counted.items():
        if not isinstance(value, dict):
            typer.echo(f"{name}: {value}")
            continue
        typer.echo(name)
        for key, inner in value.items():
            shown = "  ".join(f"{k} {v}" for k, v in inner.items()) if isinstance(inner, dict) else inner
            typer.echo(f"  {key}: {shown}")


def add(
    files: FilesArgument,
    to: Annotated[Path, typer.Option("--to", help=t("语料目录", "Folder of the corpus"))] = Path("corpora"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("只检查，不写入", "Only tell"))] = False,
) -> None:
    """What is malformed, or too like a report of another family, is refused with the reason and the place."""
    from govnlp.corpus.add import add_reports

    added = add_reports(_sources(files), to, codes=_codes(), write=not dry_run)
    for near in added.near:
        typer.echo(
            t(f"{near.id} 与 {near.other} 相似 {near.share:.0%}", f"{near.id} is like {near.other}: {near.share:.0%}")
        )
    for problem in added.refused:
        typer.echo(t("拒收 ", "refused ") + problem.told(cli_lang()), err=True)
    for name, split in sorted(added.accepted.items()):
        typer.echo(t(f"收入 {name}（{split}）", f"took in {name} ({split})"))
    raise typer.Exit(1 if added.refused else 0)


def export(
    files: FilesArgument,
    to: Annotated[str, typer.Option("--to", help="label-studio | doccano | brat | docbin")],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("输出目录", "Folder for the files"))],
) -> None:
    """Spans, relations, sentence labels and ratings; a labelling configuration where the tool has one."""
    from govnlp.corpus.convert import export_reports, tool_files
    from govnlp.corpus.files import load_corpus

    written = {**export_reports(load_corpus(_sources(files)), to), **tool_files(to, _codes())}
    out.mkdir(parents=True, exist_ok=True)
    for name, data in written.items():
        (out / name).write_bytes(data)
    typer.echo(t(f"写出 {len(written)} 个文件到 {out}", f"wrote {len(written)} files to {out}"))


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", help=t("标注工具导出的文件或目录", "Files or folders of the tool")),
    ],
    from_: Annotated[str, typer.Option("--from", help="label-studio | doccano | brat | docbin")],
    out: Annotated[Path, typer.Option("--out", "-o", help=t("输出 .src 的目录", "Folder for the .src files"))],
    author: Annotated[
        str | None, typer.Option("--author", help=t("标注者（任务中未填时）", "The annotator, where a task names none"))
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help=t("地区（任务中未填时）", "The region, where a task names none"))
    ] = None,
) -> None:
    """Writes one .src file a report, which `govnlp corpus add` then takes in. Nothing is overwritten.

    Exit status 1 where some reports could not be read, 2 where nothing was labelled.
    """
    from dataclasses import replace

    from govnlp.corpus.convert import import_reports, tool_files
    from govnlp.corpus.files import SUFFIX
    from govnlp.corpus.writing import to_markup
    from govnlp.errors import CorpusError, OutputError

    paths = [q for p in files for q in (sorted(x for x in p.iterdir() if x.is_file()) if p.is_dir() else [p])]
    configuration = tool_files(from_)  # it may lie beside the data, and holds none
    found = import_reports({p.name: p.read_bytes() for p in paths if p.name not in configuration}, from_)
    written: dict[Path, str] = {}
    for report in found.reports:
        named = replace(report, author=report.author or author, region=report.region or region)
        target = out / f"{Path(report.id).name}{SUFFIX}"
        if target.exists():
            raise OutputError("is there already", source=str(target), advice="give another --out")
        if target in written:
            raise CorpusError(f"two reports have the id {report.id}", advice="import them one after the other")
        written[target] = to_markup(named)
    for error in found.errors:
        typer.secho(f"{error.source}: {error.told(cli_lang())}", err=True)
    if found.skipped:
        typer.echo(t(f"略过未标注的任务 {found.skipped} 个", f"passed over {found.skipped} tasks without labels"))
    if not written:
        raise CorpusError(
            "no labelled reports here", source=", ".join(map(str, files)), advice="give what the tool exported"
        )
    out.mkdir(parents=True, exist_ok=True)
    for target, content in written.items():
        target.write_text(content, encoding="utf-8")
    typer.echo(t(f"导入 {len(written)} 份报告到 {out}", f"imported {len(written)} reports into {out}"))
    raise typer.Exit(1 if found.errors else 0)


def text(
    files: FilesArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help=t("输出目录", "Folder for the files"))],
    split: Annotated[str | None, typer.Option("--split", help="train | dev | test")] = None,
) -> None:
    """NAME.txt and NAME.gold.json for each report, as `govnlp evaluate` reads them."""
    import json

    from govnlp.corpus.files import SPLITS, load_corpus
    from govnlp.corpus.labelled import gold_dict
    from govnlp.corpus.splits import SPLITS as NAMES
    from govnlp.corpus.splits import family_of, read_splits, split_of
    from govnlp.errors import CorpusError

    if split is not None and split not in NAMES:
        raise CorpusError(f"unknown split {split}", advice=f"one of {', '.join(NAMES)}")
    fixed = next((read_splits(p / SPLITS) for p in files if (p / SPLITS).exists()), None)
    reports = [r for r in load_corpus(_sources(files)) if split is None or split_of(family_of(r), fixed) == split]
    if not reports:
        raise CorpusError(f"no report is in the {split} split", advice="give another --split")
    out.mkdir(parents=True, exist_ok=True)
    for report in reports:
        (out / f"{report.id}.txt").write_text(report.text, encoding="utf-8", newline="\n")
        gold = json.dumps(gold_dict(report), ensure_ascii=False, indent=1)
        (out / f"{report.id}.gold.json").write_text(gold, encoding="utf-8")
    typer.echo(t(f"写出 {len(reports)} 份报告到 {out}", f"wrote {len(reports)} reports to {out}"))


def agreement(
    second: Annotated[Path, typer.Argument(help=t("第二次标注的目录", "Folder of the second labels"))],
    corpus: Annotated[Path, typer.Option("--corpus", help=t("语料目录", "Folder of the corpus"))] = Path("corpora"),
) -> None:
    """The measures of `govnlp evaluate`, with the second annotator in the place of the tool."""
    from govnlp.agreement import agreement as compare
    from govnlp.cli.evaluate import as_text
    from govnlp.corpus.files import load_corpus

    figures = compare(load_corpus(_sources([corpus])), load_corpus(_sources([second])))
    typer.echo(as_text(figures))
    typer.echo(f"          sentences kappa {figures['sentences']['kappa']:.3f}")


def _sources(files: list[Path]) -> list[Path]:
    """The `.src` files of what was given; CorpusError where there are none."""
    from govnlp.corpus.files import source_files
    from govnlp.errors import CorpusError

    found = source_files(files)
    if not found:
        raise CorpusError("no .src files here", source=", ".join(map(str, files)), advice="check the path")
    return found


def _codes() -> list[str]:
    from govnlp.rules import all_rules

    return [rule.code for rule in all_rules()]
