"""What every export keeps to, run over each one that is found: its own tests stand in its own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from govnlp.cards import dumps, from_dict, to_dict
from govnlp.document import Scorecard
from govnlp.errors import ConfigError, MissingDependency
from govnlp.exports import all_exports, export_cards, export_of, export_scores
from govnlp.exports.base import file_stem
from govnlp.schema import Lang
from tests.exports.make_cards import HOSTILE, empty_card, hostile_card, make_card, small_batch, small_copies

NAMES = [e.name for e in all_exports()]
LANGS: tuple[Lang, ...] = ("zh", "en")


def skip_without_packages(name: str) -> None:
    try:
        export_of(name)
    except MissingDependency as error:
        pytest.skip(str(error))


def files_below(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_small_batch_is_written_into_its_folder(name: str, lang: Lang, tmp_path: Path) -> None:
    skip_without_packages(name)
    cards = small_batch()
    out = tmp_path / "out" / "deep"
    files = export_cards(
        name, lambda: cards, out, lang=lang, copies=small_copies(cards), previous=lambda: [make_card(year=2022)]
    )
    assert files
    assert sorted(files) == files_below(tmp_path)
    assert all(f.stat().st_size for f in files)


@pytest.mark.parametrize("name", NAMES)
def test_no_report_at_all(name: str, tmp_path: Path) -> None:
    skip_without_packages(name)
    assert export_cards(name, list, tmp_path) == [] or files_below(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_states_nothing(name: str, tmp_path: Path) -> None:
    skip_without_packages(name)
    assert export_cards(name, lambda: [empty_card()], tmp_path)


@pytest.mark.parametrize("attack", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_report_is_written_and_stays_in_its_folder(name: str, attack: str, tmp_path: Path) -> None:
    skip_without_packages(name)
    out = tmp_path / "out"
    files = export_cards(name, lambda: [hostile_card(attack), make_card()], out, copies=small_copies([make_card()] * 3))
    assert sorted(files) == files_below(tmp_path)
    assert all(out in f.parents for f in files)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_scorecards_give_the_same_files(name: str, tmp_path: Path) -> None:
    skip_without_packages(name)
    first, second = tmp_path / "1", tmp_path / "2"
    cards = small_batch()
    for folder in (first, second):
        export_cards(name, lambda: cards, folder)
    if name in ("xlsx", "docx"):  # packages that carry the time of writing
        assert [p.name for p in files_below(first)] == [p.name for p in files_below(second)]
    else:
        assert [p.read_bytes() for p in files_below(first)] == [p.read_bytes() for p in files_below(second)]


@pytest.mark.parametrize("name", NAMES)
def test_scorecards_are_not_kept(name: str, tmp_path: Path) -> None:
    """At no time more than a few scorecards are alive: a batch of any size fits in memory."""
    skip_without_packages(name)
    import gc
    import weakref

    class Text(str):
        """A text that a weak reference can follow."""

    alive: list[weakref.ref[Text]] = []
    most = 0

    def cards() -> Iterator[Scorecard]:
        nonlocal most
        for i in range(30):
            data = to_dict(make_card(name=f"r{i}.txt"))
            data["text"] = Text(data["text"])
            alive.append(weakref.ref(data["text"]))
            yield from_dict(data)
            del data
            if i % 5 == 0:
                gc.collect()
                most = max(most, sum(r() is not None for r in alive))

    export_cards(name, cards, tmp_path)
    assert most <= 4


@pytest.mark.parametrize("name", NAMES)
def test_scorecards_are_read_from_disk(name: str, tmp_path: Path) -> None:
    skip_without_packages(name)
    scores = tmp_path / "scores"
    scores.mkdir()
    (scores / "scorecards.jsonl").write_text("".join(dumps(c) + "\n" for c in small_batch()), encoding="utf-8")
    assert export_scores(name, scores, tmp_path / "out", previous=scores)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_has_its_title_in_both_languages(name: str) -> None:
    export = next(e for e in all_exports() if e.name == name)
    assert all(export.title[lang].strip() for lang in LANGS)


def test_an_unknown_export_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="html"):
        export_of("psd")


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("a/b/报告 2023.txt", "0007-报告_2023"),
        ("../../etc/passwd", "0007-passwd"),
        ("C:\\x\\CON", "0007-_CON"),
        ("nul.tar.gz", "0007-_nul.tar"),
        ("", "0007"),
        ("<b>.html", "0007-b"),
        ("长" * 300 + ".pdf", "0007-" + "长" * 40),
    ],
)
def test_file_names_are_safe_on_every_system(source: str, stem: str) -> None:
    assert file_stem(source, 7) == stem
