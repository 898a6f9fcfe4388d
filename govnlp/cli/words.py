"""The language of help texts and of what commands print: Chinese unless English is asked for."""

from __future__ import annotations

import os
import sys
from typing import cast

from govnlp.schema import Lang


def cli_lang() -> Lang:
    """`--lang` of the command line, else the environment variable GOVNLP_LANG, else Chinese."""
    args = sys.argv[1:]
    for i, arg in enumerate(args):
        value = (
            arg.partition("=")[2]
            if arg.startswith("--lang=")
            else args[i + 1]
            if arg == "--lang" and i + 1 < len(args)
            else ""
        )
        if value in ("zh", "en"):
            return cast(Lang, value)
    return "en" if os.environ.get("GOVNLP_LANG", "").lower().startswith("en") else "zh"


def t(zh: str, en: str, lang: Lang | None = None) -> str:
    """The text in the language of this run."""
    return en if (lang or cli_lang()) == "en" else zh


def counted(n: int, noun: str) -> str:
    """An English count: 1 finding, 2 findings."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
