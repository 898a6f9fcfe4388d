"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.words import cli_lang, t


class LangChoice(StrEnum):
    zh = "zh"
    en = "en"


class EngineChoice(StrEnum):
    pdfium = "pdfium"
    pdfminer = "pdfminer"


DEFAULT_LANG = LangChoice(cli_lang())
RubricOption = Annotated[
    str, typer.Option("--rubric", help=t("评分标准：内置名称或 TOML 文件", "Rubric: a shipped name or a TOML file"))
]
LangOption = Annotated[LangChoice, typer.Option("--lang", help=t("语言", "Language of messages"))]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help=t("模型目录（默认自带）", "Folder of a model (default: the one shipped)")),
]
EngineOption = Annotated[EngineChoice, typer.Option("--pdf-engine", help=t("PDF 解析引擎", "How PDF files are read"))]
ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        help=t(
            "语料画像文件，由 govnlp profile 生成（默认用自带的）",
            "Corpus profile made by `govnlp profile` (default: the one shipped)",
        ),
    ),
]
