"""The command line: one file per command, found by discovery. Heavy imports happen inside the commands."""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys

import typer

from govnlp.cli.options import DEFAULT_LANG, LangOption
from govnlp.cli.words import cli_lang, t

_NEXT_STEP = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EIO), "make room, or choose another folder, and run it again"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "choose another place, or get the right to use this one"),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), "a file stands where a folder is due: choose another place"),
    errno.EISDIR: "a folder stands where a file is due: give a file",
}
"""What to do about an error of the system; where it is none of these, to check the path."""
COMMAND_ORDER = ("score", "show", "rules", "evaluate")


def build_app() -> typer.Typer:
    """The application with every command: a module of this package that has `register(app)` is one."""
    app = typer.Typer(
        name="govnlp",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        help=t(
            "读取政府信息公开工作年度报告，逐份给出完整性、一致性和模板化评分及依据。",
            "Reads China's government information disclosure annual reports and scores each, with evidence.",
        ),
    )

    @app.callback(invoke_without_command=True)
    def _root(
        context: typer.Context,
        lang: LangOption = DEFAULT_LANG,
        version: bool = typer.Option(False, "--version", help=t("显示版本", "Show the version"), is_eager=True),
    ) -> None:
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"govnlp {installed('govnlp')}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    names = [m.name for m in pkgutil.iter_modules(__path__)]
    rank = {name: i for i, name in enumerate(COMMAND_ORDER)}
    for name in sorted(names, key=lambda n: (rank.get(n, len(rank)), n)):
        register = getattr(importlib.import_module(f"{__name__}.{name}"), "register", None)
        if register is not None:
            register(app)
    return app


def main() -> None:
    """The `govnlp` program. Exit status: 0 done, 1 some inputs failed, 2 wrong usage or nothing could be done."""
    from govnlp.errors import GovnlpError, file_name

    _utf8()
    try:
        build_app()()
    except GovnlpError as error:
        head = f"{error.source}: " if error.source else ""
        typer.secho(f"govnlp: {head}{error.told(cli_lang())}", err=True, fg="red")
        sys.exit(2)
    except OSError as error:
        told = GovnlpError(
            f"the system says: {error.strerror or error}", advice=_NEXT_STEP.get(error.errno or 0, "check the path")
        )
        head = f"{file_name(str(error.filename))}: " if error.filename else ""
        typer.secho(f"govnlp: {head}{told.told(cli_lang())}", err=True, fg="red")
        sys.exit(2)


def _utf8() -> None:
    """A Windows console or a redirect to a file may have another encoding: never fail over a character.

    An encoding that the user asks for (PYTHONIOENCODING) is kept, and so is a terminal's; a file gets UTF-8.
    """
    asked = "PYTHONIOENCODING" in os.environ
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=stream.encoding if asked or stream.isatty() else "utf-8", errors="replace")
