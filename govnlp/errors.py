"""The errors of govnlp. Each names the file, the cause and the next step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from govnlp.schema import Lang


def file_name(path: str | Path) -> str:
    """A path as it is shown and written: a part of it that is not UTF-8 is read as GB18030, in which Chinese Windows packs archives."""
    return os.sep.join(_part_of_name(part) for part in str(path).split(os.sep))


def _part_of_name(part: str) -> str:
    try:
        part.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "replace")
    return part


class GovnlpError(Exception):
    """Base of all errors that govnlp raises on purpose.

    `cause` says what is wrong, `advice` what to do next; `source` is the file or None.
    """

    def __init__(self, cause: str, *, source: str | None = None, advice: str | None = None) -> None:
        self.cause, self.source, self.advice = cause, source, advice
        super().__init__(cause)

    def __str__(self) -> str:
        head = f"{self.source}: {self.cause}" if self.source else self.cause
        return f"{head} ({self.advice})" if self.advice else head

    def told(self, lang: Lang) -> str:
        """Cause and next step in one line, without the file. What has no Chinese wording stays English."""
        cause = self.cause if lang == "en" else in_chinese(self.cause, "causes")
        if not self.advice:
            return cause
        return f"{cause} ({self.advice})" if lang == "en" else f"{cause}（{in_chinese(self.advice, 'advice')}）"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.cause, self.source, self.advice))


def in_chinese(text: str, kind: str) -> str:
    """An error's wording in Chinese, by `errors_zh.toml`; as it is where that has none. `kind`: "causes", "advice" or "words"."""
    for pattern, chinese in _wordings()[kind]:
        m = pattern.fullmatch(text)
        if m:
            return chinese.format(
                **{k: in_chinese(v, "words") if kind != "words" else v for k, v in m.groupdict().items()}
            )
    return text


@cache
def _wordings() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    import tomllib
    from importlib import resources

    raw = tomllib.loads(resources.files(__package__).joinpath("errors_zh.toml").read_text(encoding="utf-8"))
    return {
        kind: [
            (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(en)), re.S), zh)
            # what says most itself goes before what leaves more open
            for en, zh in sorted(rows.items(), key=lambda row: -len(re.sub(r"\{\w+\}", "", row[0])))
        ]
        for kind, rows in raw.items()
    }


def _rebuild(kind: type[GovnlpError], cause: str, source: str | None, advice: str | None) -> GovnlpError:
    return kind(cause, source=source, advice=advice)


class ReadError(GovnlpError):
    """An input file could not be read."""


class UnsupportedFormat(ReadError):
    """The file is of no kind that a reader knows."""


class EmptyInput(ReadError):
    """The file holds no text."""


class EncryptedInput(ReadError):
    """The file needs a password."""


class BrokenInput(ReadError):
    """The file is damaged."""


class ConfigError(GovnlpError):
    """A rubric, model or setting is wrong."""


class CorpusError(GovnlpError):
    """A labelled report breaks the rules of the corpus; `source` names file and line."""


@contextmanager
def writing(place: str | Path, *, advice: str) -> Iterator[None]:
    """What the system refuses while `place` is written, as an `OutputError` that names it."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", source=str(place), advice=advice) from error


class MissingDependency(GovnlpError):
    """An optional package is not installed; `advice` names the command that installs it."""


class OutputError(GovnlpError):
    """An output could not be written."""
