"""Many inputs: each becomes a scorecard or a recorded failure, in the order of the inputs; nothing stops the batch.

First every report is analysed, in several processes if asked, and spooled to disk; of each only a fingerprint stays in memory.
Then each is judged, knowing what it shares with the others and what its agency's last report said.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnlp.boilerplate.compare import Comparison
from govnlp.boilerplate.fingerprint import Fingerprint, fingerprint
from govnlp.boilerplate.mask import masked_sentences
from govnlp.boilerplate.profile import Profile, ProfileBuilder, merge, part_of
from govnlp.cards import read_cards
from govnlp.document import Report, Scorecard
from govnlp.errors import GovnlpError
from govnlp.pipeline import Scorer, load
from govnlp.rules import Context
from govnlp.schema import Lang
from govnlp.spool import Spool, encoded
from govnlp.store import COPIES, FAILURES, SCORECARDS, Failure, Store, Summary

__all__ = [
    "COPIES",
    "FAILURES",
    "SCORECARDS",
    "Failure",
    "Store",
    "Summary",
    "analyse_file",
    "processes_for",
    "score_many",
]

_CARDS = ".jsonl"
"""Reports of earlier years may be given as the scorecards of their run."""
_PER_PROCESS = 24
"""Starting a process costs as much as scoring this many reports."""


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """A report as the batch keeps it: a line for the spool, its fingerprint, and what it adds to the batch's own profile."""

    line: str
    print: Fingerprint
    part: Profile


def processes_for(n_files: int, jobs: int | None) -> int:
    """How many processes to use: `jobs` if given, else as many as pay for their start, at most one for each core."""
    if jobs is not None:
        return max(1, min(jobs, n_files or 1))
    return max(1, min(os.cpu_count() or 1, n_files // _PER_PROCESS))


def score_many(
    paths: Sequence[str | Path],
    scorer: Scorer | None = None,
    *,
    jobs: int | None = 1,
    on_analysed: Callable[[Path], None] | None = None,
    on_anew: Callable[[], None] | None = None,
    previous: Sequence[str | Path] = (),
    spool: str | Path | None = None,
    resume: bool = False,
) -> Iterator[Scorecard | Failure]:
    """Score files with `scorer` (None: what `load()` gives); yields in the order of `paths`.

    `on_analysed` is called after each file was read, for progress. `jobs`: processes (None: as many as are worth while); with
    more than one, each gets a copy of `scorer`, which has to be one that pickles, as those of `load` do.
    `previous`: reports of earlier years to compare with (files, or the `scorecards.jsonl` of their run); they are not scored,
    and those that cannot be read are yielded as failures after all else. `spool`: a folder for the analysed reports, which is
    removed when all is done; with `resume`, what an interrupted run left in it is not analysed again, unless it was made with
    another model, PDF engine or version: then `on_anew` is called once, and all is analysed anew. Raises `errors.ConfigError`,
    `errors.MissingDependency` and `errors.OutputError`, all before the first file is read.
    """
    scorer = scorer or load()
    files = [Path(p) for p in paths]
    given = set(files)
    earlier = [p for p in map(Path, previous) if p not in given]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="govnlp-")) if spool is None else spool
        batch = _Batch(Spool(folder, _made_with(scorer), resume=resume), given)
        stack.callback(batch.spool.close)
        if batch.spool.replaced and on_anew is not None:
            on_anew()
        files_to_read = [*files, *(p for p in earlier if p.suffix != _CARDS)]
        for path in files_to_read if resume else ():
            if batch.take_over(path) and on_analysed is not None:
                on_analysed(path)
        todo = [p for p in dict.fromkeys(files_to_read) if p not in batch.results]
        analysed = _analyse_all(todo, scorer, processes_for(len(todo), jobs))
        for path, result in zip(todo, analysed, strict=True):
            batch.add(path, result)
            if on_analysed is not None:
                on_analysed(path)
        failures = [batch.add_cards(p, scorer.lang) if p.suffix == _CARDS else batch.results[p] for p in earlier]
        yield from _judge_all(batch, files, scorer)
        yield from (f for f in failures if isinstance(f, Failure))
    if spool is not None:
        batch.spool.remove()


class _Batch:
    """What is kept of a batch between analysing and judging: the spool on disk, and a fingerprint for each report in it."""

    def __init__(self, spool: Spool, given: set[Path]) -> None:
        self.spool = spool
        self.prints: list[Fingerprint] = []
        self.results: dict[Path, int | Failure] = {}
        """For each input its number in `spool` and `prints`, or how it failed."""
        self._given = given
        self._builder = ProfileBuilder(keep_fingerprints=False)
        self._left = spool.left_over()

    def add(self, path: Path, result: Analysed | Failure) -> None:
        """Keep what came of an input."""
        if isinstance(result, Failure):
            self.spool.add(path, [result.error, result.message])
            self.results[path] = result
            return
        self.results[path] = self.spool.add(path, result.line)
        self._keep(path, result.print, result.part)

    def take_over(self, path: Path) -> bool:
        """Use what an interrupted run made of an input, if it did and the file has not changed since."""
        line = self._left.get(str(path))
        if path in self.results or line is None or not line.fits(path):
            return path in self.results
        if line.failure is not None:
            self.results[path] = Failure(str(path), *line.failure)
            return True
        number = self.spool.take(line.offset)
        report = self.spool.report(number)
        self.results[path] = number
        self._keep(path, fingerprint(report), part_of(report))
        return True

    def add_cards(self, path: Path, lang: Lang) -> Failure | None:
        """Keep the reports of an earlier run's scorecards."""
        try:
            for card in read_cards(path):
                self.spool.add(path, encoded(card.report))
                self.prints.append(fingerprint(card.report))
        except GovnlpError as error:
            return Failure(str(path), type(error).__name__, error.told(lang))
        return None

    def profile(self) -> Profile:
        """What is common in the batch itself."""
        return self._builder.build()

    def _keep(self, path: Path, print: Fingerprint, part: Profile) -> None:
        self.prints.append(print)
        if path in self._given:
            self._builder.add_part(part)


def _judge_all(batch: _Batch, files: Sequence[Path], scorer: Scorer) -> Iterator[Scorecard | Failure]:
    comparison = Comparison(batch.prints, batch.spool.report, scorer.profile.fingerprints)
    common = merge(scorer.profile, batch.profile())
    for path in files:
        number = batch.results[path]
        if isinstance(number, Failure):
            yield number
            continue
        try:
            report = batch.spool.report(number)
            context = Context(
                limits=scorer.rubric.limits,
                previous=comparison.previous(number),
                copies=comparison.copies(number),
                neighbours=comparison.neighbours(report),
                compared=comparison.compared,
            )
            yield scorer.judge(report, context, common_in=common)
        except Exception as error:  # one report must not end the batch
            yield _unexpected(path, error, scorer.lang)


def _analyse_all(files: Sequence[Path], scorer: Scorer, processes: int) -> Iterator[Analysed | Failure]:
    if processes == 1:
        for path in files:
            yield _analysed(scorer, path)
        return
    import multiprocessing

    # a spawned process starts clean on every system; a forked one would inherit locks of native libraries
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_start_worker, initargs=(scorer,)) as pool:
        pending: list[tuple[Path, Future[Analysed | Failure]]] = []
        queue = iter(files)
        for path in queue:
            pending.append((path, pool.submit(_work, path)))
            if len(pending) >= 4 * processes:
                yield _result(*pending.pop(0), scorer.lang)
        while pending:
            yield _result(*pending.pop(0), scorer.lang)


def _result(path: Path, future: Future[Analysed | Failure], lang: Lang) -> Analysed | Failure:
    try:
        return future.result()
    except Exception as error:  # the process died: a crash of a native library, or no memory
        return _unexpected(path, error, lang)


_scorer: Scorer | None = None


def _start_worker(scorer: Scorer) -> None:
    global _scorer
    _scorer = scorer


def _work(path: Path) -> Analysed | Failure:
    assert _scorer is not None
    return _analysed(_scorer, path)


def _analysed(scorer: Scorer, path: Path) -> Analysed | Failure:
    report = analyse_file(scorer, path)
    if isinstance(report, Failure):
        return report
    try:
        pieces = [p.text for p in masked_sentences(report)]
        return Analysed(encoded(report), fingerprint(report, pieces), part_of(report, pieces=pieces))
    except Exception as error:
        return _unexpected(path, error, scorer.lang)


def analyse_file(scorer: Scorer, path: Path) -> Report | Failure:
    """Read and analyse one file; whatever goes wrong becomes a `Failure`."""
    try:
        return scorer.analyse(scorer.read(path))
    except GovnlpError as error:
        return Failure(str(path), type(error).__name__, error.told(scorer.lang))
    except Exception as error:
        return _unexpected(path, error, scorer.lang)


def _unexpected(path: Path, error: BaseException, lang: Lang) -> Failure:
    text = " ".join(str(error).split())[:300]
    told = GovnlpError(f"unexpected: {text}", advice="report this file to the makers of govnlp").told(lang)
    return Failure(str(path), type(error).__name__, told)


def _made_with(scorer: Scorer) -> dict[str, Any]:
    """What an analysed report depends on: a run that differs in it cannot go on with another's.

    The stages go in by their content: a model promoted into the same folder may have the old one's name and version. Rubric,
    profile and ratings are not in it, because every report is judged anew.
    """
    from importlib.metadata import version

    # the vocabulary only gathers the words that were seen
    stages = hashlib.sha256(scorer.nlp.to_bytes(exclude=["vocab"])).hexdigest()
    return {"govnlp": version("govnlp"), "stages": stages, "pdf_engine": scorer.pdf_engine}
