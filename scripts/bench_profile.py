#!/usr/bin/env python3
"""How the comparison across reports grows: time per report, memory, and whether planted copies are found.

Usage: scripts/bench_profile.py [SIZE...] [--corpus DIR] [--shared 0.8] [--json FILE]

Generated reports go through the batch as files would (spool, fingerprints, matching, alignment, rules, scores); only reading and
the language stages are left out, for their time per report does not depend on the batch. A report is made of sentences of the
labelled corpus with names, years and numbers of its own and with wording varied; 4 % are copies that share `--shared` of
their sentences with another agency's report of the year, or with their own agency's report of the year before.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from govnlp.batch import Failure, score_many
from govnlp.corpus.files import load_corpus
from govnlp.document import Report, Section, Sentence, Source
from govnlp.pipeline import Scorer, rules_pipeline
from govnlp.scoring.rubric import load_rubric

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = 26
"""Of a narrative; the corpus's have 20 to 40."""
COPIED = 0.6
"""The rubric's limit for GD402 and GD403."""
_FIRST = "青云石岭安川丰溪汤河越清松榆白沙黄茅双桥龙泉金谷"
_LAST = "山水河川岭湖溪泉塘坝湾洲原谷峡浦桥亭台林"
_VARIED = (
    ("积极", "主动"),
    ("不断", "持续"),
    ("加强", "强化"),
    ("认真", "切实"),
    ("开展", "组织"),
    ("完善", "健全"),
    ("及时", "按时"),
)


@dataclass(frozen=True)
class Pool:
    """Sentences of the corpus with their labels; 〈机关〉 stands for the agency."""

    sentences: tuple[tuple[str, str], ...]

    def pick(self, chance: random.Random) -> tuple[str, str]:
        text, label = self.sentences[chance.randrange(len(self.sentences))]
        if chance.random() < 0.3:
            for word, other in _VARIED:
                text = text.replace(word, other)
        return text, label


def read_pool(corpus: Path) -> Pool:
    sentences: dict[tuple[str, str], None] = {}
    for labelled in load_corpus(corpus):
        report = labelled.report
        for s in report.sentences:
            text = report.span(s.start, s.end).replace(report.agency or "\x00", "〈机关〉")
            sentences[text, s.label] = None
    return Pool(tuple(sentences))


@dataclass(frozen=True)
class Plan:
    """What report `number` is: a copy (`of` another, by `kind`), or its own text (None)."""

    number: int
    agency: str
    year: int
    of: int | None
    kind: str


@dataclass(frozen=True)
class Generator:
    pool: Pool
    shared: float
    seed: int = 711

    def plan(self, number: int) -> Plan:
        """Every 50th report is a copy of the one before (another agency, same year), and another one its agency's earlier one."""
        place = number % 50
        if place == 1:
            return Plan(number, name_of(number), year_of(number - 1), number - 1, "peer")
        if place == 11:
            # without its county, as agencies also write themselves
            return Plan(number, name_of(number - 1), year_of(number - 1) + 1, number - 1, "previous")
        return Plan(number, name_of(number), year_of(number), None, "")

    @lru_cache(maxsize=1024)  # noqa: B019  (one generator lives as long as the run)
    def wording(self, number: int) -> tuple[tuple[str, str], ...]:
        plan = self.plan(number)
        chance = random.Random(f"{self.seed}-{number}")
        own = tuple(self.pool.pick(chance) for _ in range(SENTENCES))
        if plan.of is None:
            return own
        original = self.wording(plan.of)
        kept = set(chance.sample(range(SENTENCES), round(self.shared * SENTENCES)))
        return tuple(original[i] if i in kept else own[i] for i in range(SENTENCES))

    def report(self, number: int) -> Report:
        plan = self.plan(number)
        chance = random.Random(f"numbers-{self.seed}-{number}")
        text, sentences = f"{plan.agency}{plan.year}年政府信息公开工作年度报告\n", []
        head = len(text)
        for wording, label in self.wording(number):
            said = wording.replace("〈机关〉", plan.agency)
            said = re.sub(r"\d+", lambda m: str(chance.randrange(1, 10 ** min(len(m.group()), 6))), said)
            sentences.append(Sentence(len(text), len(text) + len(said), label, 0.9))
            text += said + ("\n" if chance.random() < 0.2 else "")
        source = Source(f"r{number:06d}.txt", f"{number:064d}", "text", text)
        sections = (Section("preamble", 0, head), Section("overview.proactive", head, len(text)))
        return Report(source, plan.agency, "township", plan.year, "2021", sections, tuple(sentences), (), {})


def name_of(number: int) -> str:
    county = _FIRST[number // 50 % 20] + _LAST[number // 1000 % 20] + _FIRST[number // 20000 % 20] + "县"
    return county + _FIRST[number % 20] + _LAST[number // 20 % 20] + "镇人民政府"


def year_of(number: int) -> int:
    return 2021 + number // 50 % 3


class Generated(Scorer):
    """A scorer that makes its reports instead of reading them."""

    generator: Generator

    def read(self, path: str | Path) -> Source:
        return Source(str(path), "", "text", "")

    def analyse(self, source: Source) -> Report:
        return self.generator.report(int(re.sub(r"\D", "", source.name)))


def run(size: int, generator: Generator) -> dict[str, Any]:
    scorer = Generated(rules_pipeline(), load_rubric())
    object.__setattr__(scorer, "generator", generator)
    paths = [Path(f"r{n:06d}.txt") for n in range(size)]
    making = time.process_time()
    for n in range(min(size, 500)):
        generator.report(n)
    making = (time.process_time() - making) / min(size, 500)
    generator.wording.cache_clear()
    analysed = 0.0

    def step(path: Path) -> None:
        nonlocal analysed
        analysed = time.process_time()

    found, wrong, planted, first = 0, 0, 0, 0.0
    start = time.process_time()
    for number, card in enumerate(score_many(paths, scorer, on_analysed=step)):
        first = first or time.process_time()
        if isinstance(card, Failure):
            raise SystemExit(card.message)
        expected = expected_of(generator, number, size)
        got = {(c.kind, c.other_source) for c in card.copies if c.share > COPIED}
        planted += len(expected)
        found += len(expected & got)
        wrong += len(got - expected)
    end = time.process_time()
    return {
        "reports": size,
        "ms_per_report": round(1000 * ((end - start) / size - making), 3),
        "ms_keep": round(1000 * ((analysed - start) / size - making), 3),
        "ms_match": round(1000 * (first - analysed) / size, 3),
        "ms_judge": round(1000 * (end - first) / size, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "planted": planted,
        "recall": round(found / max(1, planted), 4),
        "precision": round(found / max(1, found + wrong), 4),
    }


def expected_of(generator: Generator, number: int, size: int) -> set[tuple[str, str]]:
    """What a report should be said to copy: peers each other, a later year its earlier one."""
    plan = generator.plan(number)
    if plan.of is not None:
        return {(plan.kind, f"r{plan.of:06d}.txt")}
    if number + 1 < size and (after := generator.plan(number + 1)).of == number and after.kind == "peer":
        return {("peer", f"r{number + 1:06d}.txt")}
    return set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpora" / "reports")
    parser.add_argument(
        "--shared", type=float, default=0.8, help="share of its sentences that a copy has from its original"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    args = parser.parse_args()
    generator = Generator(read_pool(args.corpus), args.shared)
    rows = []
    for size in args.sizes:
        rows.append(run(size, generator))
        print(json.dumps(rows[-1]), flush=True)
    flat = max(r["ms_per_report"] for r in rows) / min(r["ms_per_report"] for r in rows)
    print(f"time per report within {flat:.2f} times")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
