"""The command line: one file per command, found by discovery. Heavy imports happen inside the commands."""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys

import typer

from govnlp.cli.words import cli_lang, t

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""What ends a run that began to write: the disk is full, has become read-only or fails."""
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
        version: bool = typer.Option(False, "--version", help=t("显示版本", "Show the version"), is_eager=True),
    ) -> None:
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"govnlp {installed('govnlp')}")
            raise typer.Exit

    names = [m.name for m in pkgutil.iter_modules(__path__)]
    rank = {name: i for i, name in enumerate(COMMAND_ORDER)}
    for name in sorted(names, key=lambda n: (rank.get(n, len(rank)), n)):
        register = getattr(importlib.import_module(f"{__name__}.{name}"), "register", None)
        if register is not None:
            register(app)
    return app


def main() -> None:
    """The `govnlp` program. Exit status: 0 done, 1 some inputs failed, 2 wrong usage or nothing could be done."""
    from govnlp.errors import GovnlpError

    _utf8()
    try:
        build_app()()
    except GovnlpError as error:
        head = f"{error.source}: " if error.source else ""
        typer.secho(f"govnlp: {head}{error.told(cli_lang())}", err=True, fg="red")
        sys.exit(2)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        advice = t("腾出空间或换一个输出目录后重试", "make room, or choose another folder, and run it again")
        typer.secho(f"govnlp: {error.filename or ''} {error.strerror} ({advice})", err=True, fg="red")
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
