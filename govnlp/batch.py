"""Many inputs: each becomes a scorecard or a recorded failure, in the order of the inputs; nothing stops the batch.

Reports are analysed one by one (in several processes if asked), then judged knowing the rest of the batch.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from govnlp.cards import dumps
from govnlp.document import Report, Scorecard
from govnlp.errors import GovnlpError, OutputError
from govnlp.pipeline import Scorer, load
from govnlp.rules import Context
from govnlp.schema import Lang

SCORECARDS, FAILURES = "scorecards.jsonl", "failures.jsonl"
_PER_PROCESS = 24
"""Starting a process costs as much as scoring this many reports."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be scored: the error's class name and a message with cause and next step."""

    source: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker process needs to load its own `Scorer`."""

    model: str | None = None
    rubric: str = "national-2021"
    lang: Lang = "zh"
    pdf_engine: str = "pdfium"

    def scorer(self) -> Scorer:
        return load(self.model, rubric=self.rubric, lang=self.lang, pdf_engine=self.pdf_engine)  # type: ignore[arg-type]


@dataclass(slots=True)
class Summary:
    """What a batch came to."""

    scored: int = 0
    failed: int = 0


def processes_for(n_files: int, jobs: int | None) -> int:
    """How many processes to use: `jobs` if given, else as many as pay for their start, at most one for each core."""
    if jobs is not None:
        return max(1, min(jobs, n_files or 1))
    return max(1, min(os.cpu_count() or 1, n_files // _PER_PROCESS))


def score_many(
    paths: Sequence[str | Path],
    scorer: Scorer | None = None,
    *,
    settings: Settings | None = None,
    jobs: int | None = 1,
    on_analysed: Callable[[Path], None] | None = None,
) -> Iterator[Scorecard | Failure]:
    """Score files; yields in the order of `paths`. `on_analysed` is called after each file was read, for progress.

    `jobs`: processes (None: as many as are worth while). With more than one, each loads its own stages from `settings`.
    """
    settings = settings or Settings()
    files = [Path(p) for p in paths]
    results: list[Report | Failure] = []
    for path, result in zip(files, _analyse_all(files, scorer, settings, processes_for(len(files), jobs)), strict=True):
        results.append(result)
        if on_analysed is not None:
            on_analysed(path)
    scorer = scorer or settings.scorer()
    names = sorted({r.agency for r in results if isinstance(r, Report) and r.agency})
    for result in results:
        if isinstance(result, Failure):
            yield result
            continue
        others = tuple(name for name in names if name != result.agency)
        context = Context(limits=scorer.rubric.limits, neighbours=others)
        try:
            yield scorer.judge(result, context)
        except Exception as error:  # one report must not end the batch
            yield _unexpected(result.source.name, error)


def _analyse_all(
    files: Sequence[Path], scorer: Scorer | None, settings: Settings, processes: int
) -> Iterator[Report | Failure]:
    if processes == 1:
        scorer = scorer or settings.scorer()
        for path in files:
            yield analyse_file(scorer, path)
        return
    import multiprocessing

    # a spawned process starts clean on every system; a forked one would inherit locks of native libraries
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_start_worker, initargs=(settings,)) as pool:
        pending: list[tuple[Path, Future[Report | Failure]]] = []
        queue = iter(files)
        for path in queue:
            pending.append((path, pool.submit(_work, path)))
            if len(pending) >= 4 * processes:
                yield _result(*pending.pop(0))
        while pending:
            yield _result(*pending.pop(0))


def _result(path: Path, future: Future[Report | Failure]) -> Report | Failure:
    try:
        return future.result()
    except Exception as error:  # the process died: a crash of a native library, or no memory
        return _unexpected(str(path), error)


_scorer: Scorer | None = None


def _start_worker(settings: Settings) -> None:
    global _scorer
    _scorer = settings.scorer()


def _work(path: Path) -> Report | Failure:
    assert _scorer is not None
    return analyse_file(_scorer, path)


def analyse_file(scorer: Scorer, path: Path) -> Report | Failure:
    """Read and analyse one file; whatever goes wrong becomes a `Failure`."""
    try:
        return scorer.analyse(scorer.read(path))
    except GovnlpError as error:
        message = f"{error.cause} ({error.advice})" if error.advice else error.cause
        return Failure(str(path), type(error).__name__, message)
    except Exception as error:
        return _unexpected(str(path), error)


def _unexpected(source: str, error: BaseException) -> Failure:
    text = " ".join(str(error).split())[:300]
    return Failure(source, type(error).__name__, f"unexpected: {text} (report this file to the makers of govnlp)")


class Store:
    """`scorecards.jsonl` and `failures.jsonl` in a folder, written line by line as results come.

    Use as a context manager. Raises `errors.OutputError` where there are results already (unless `overwrite`), or where
    the folder cannot be written.
    """

    def __init__(self, folder: str | Path, *, overwrite: bool = False) -> None:
        self.folder = Path(folder)
        self.summary = Summary()
        self._files: list[IO[str]] = []
        if not overwrite and (self.folder / SCORECARDS).exists():
            raise OutputError(
                "holds scorecards already", source=str(folder), advice="give another folder, or --overwrite"
            )

    def __enter__(self) -> Store:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # written beside and moved at the end: a run that is cut short does not destroy the one before
            self._files = [
                (self.folder / (name + ".part")).open("w", encoding="utf-8", newline="\n")
                for name in (SCORECARDS, FAILURES)
            ]
        except OSError as error:
            raise OutputError(
                f"cannot be written: {error.strerror}", source=str(self.folder), advice="choose another --out"
            ) from error
        return self

    def __exit__(self, kind: Any, *rest: Any) -> None:
        for file in self._files:
            file.close()
        if kind is None:
            for name in (SCORECARDS, FAILURES):
                (self.folder / (name + ".part")).replace(self.folder / name)

    def add(self, result: Scorecard | Failure) -> None:
        """Write one result."""
        cards, failures = self._files
        if isinstance(result, Failure):
            line = {"source": result.source, "error": result.error, "message": result.message}
            failures.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.summary.failed += 1
        else:
            cards.write(dumps(result) + "\n")
            cards.flush()
            self.summary.scored += 1
