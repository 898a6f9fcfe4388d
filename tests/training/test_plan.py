"""What a plan refuses before any work, what its key hangs on, and the command that it tells."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from govnlp.errors import ConfigError, OutputError
from govnlp.training.data import Material
from govnlp.training.plan import Plan
from govnlp.training.trainer import Recipe
from tests.training.reports import reports
from tests.training.small import SMALL

START = Path("models") / "old"


def plan(tmp_path: Path, **options: object) -> Plan:
    return replace(Plan(("corpus",), tmp_path / "new"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": START, "stages": ("sections",)}, "--stages cannot be given with --from"),
        ({"start": START, "encoder": SMALL}, "--encoder cannot be given with --from"),
        ({"stages": ()}, "no stage is named"),
        ({"recipe": Recipe(passes=0)}, "without a pass nothing is trained"),
        ({"recipe": Recipe(rate=-1)}, "must be above 0"),
        ({"recipe": Recipe(rate=0)}, "must be above 0"),
        ({"recipe": Recipe(rate=float("nan"))}, "must be above 0"),
        ({"out": Path("")}, "no folder is named"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, options: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        plan(tmp_path, **options).check()


def a_file(out: Path) -> None:
    out.write_text("mine", "utf-8")


def a_full_folder(out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("mine", "utf-8")


def a_link(out: Path) -> None:
    out.symlink_to(out.parent, target_is_directory=True)


def somebody_elses_work(out: Path) -> None:
    a_full_folder(out.with_name(out.name + ".work"))


@pytest.mark.parametrize("what", [a_file, a_full_folder, a_link, somebody_elses_work])
def test_a_place_that_is_taken_is_refused(tmp_path: Path, what: Callable[[Path], None]) -> None:
    what(tmp_path / "new")
    with pytest.raises(OutputError, match="is there already"):
        plan(tmp_path).check()


def test_free_places_are_taken(tmp_path: Path) -> None:
    plan(tmp_path).check()
    (tmp_path / "new").mkdir()
    (tmp_path / "new.work" / "checkpoint").mkdir(parents=True)
    plan(tmp_path).check()


def test_the_key_hangs_on_all_that_the_weights_hang_on(tmp_path: Path) -> None:
    train, dev = tuple(reports(6)), tuple(reports(9)[6:])
    material = Material(train, dev, ())
    start = tmp_path / "start"
    (start / "encoder").mkdir(parents=True)
    (start / "encoder" / "model").write_bytes(b"weights")
    key = plan(tmp_path, start=start).key(material)
    moved = shutil.move(start, tmp_path / "moved")
    assert plan(tmp_path, start=moved).key(material) == key
    assert plan(tmp_path, start=moved, recipe=Recipe(passes=3)).key(material) == key

    first = train[0].report.sentences[0]
    other = replace(first, label="specific" if first.label != "specific" else "boilerplate")
    sentences = (other, *train[0].report.sentences[1:])
    labelled = replace(train[0], report=replace(train[0].report, sentences=sentences))
    section = replace(train[0].report.sections[0], heading_end=train[0].report.sections[0].start)
    headed = replace(train[0], report=replace(train[0].report, sections=(section, *train[0].report.sections[1:])))
    found = {
        "as it is": key,
        "a label": plan(tmp_path, start=moved).key(Material((labelled, *train[1:]), dev, ())),
        "a heading": plan(tmp_path, start=moved).key(Material((headed, *train[1:]), dev, ())),
        "a split": plan(tmp_path, start=moved).key(Material(train[:-1], (train[-1], *dev), ())),
        "no start": plan(tmp_path).key(material),
        "stages": plan(tmp_path, stages=("sections",)).key(material),
        "encoder": plan(tmp_path, encoder=SMALL).key(material),
        "seed": plan(tmp_path, start=moved, recipe=Recipe(seed=2)).key(material),
        "variants": plan(tmp_path, start=moved, variants=2).key(material),
    }
    (Path(moved) / "encoder" / "model").write_bytes(b"changed")
    found["the start's weights"] = plan(tmp_path, start=Path(moved)).key(material)
    assert len(set(found.values())) == len(found), found


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, ("govnlp-zh", "1.0.0")),
        ({"name": "x", "version": "2.0"}, ("x", "2.0")),
        ({"start": START}, ("county", "1.2.10")),
        ({"start": START, "version": "2.0.0"}, ("county", "2.0.0")),
        ({"start": START, "name": "x"}, ("x", "1.2.10")),
    ],
)
def test_names(tmp_path: Path, options: dict[str, object], named: tuple[str, str]) -> None:
    assert plan(tmp_path, **options).named({"name": "county", "version": "1.2.9"}) == named


def test_a_version_without_a_number_gets_one(tmp_path: Path) -> None:
    assert plan(tmp_path, start=START).named({"name": "x", "version": "new"}) == ("x", "new.1")
    assert plan(tmp_path, start=START).named({"name": "x", "version": "1.0.0-rc1"}) == ("x", "1.0.0-rc2")


def test_the_command_names_every_option(tmp_path: Path) -> None:
    shipped = plan(tmp_path, gold="somewhere/gold").command()
    rest = ["--seed", "1", "--passes", "20", "--variants", "1", "--rate", "0.001"]
    assert shipped == ["govnlp", "train", "corpus", "--out", "DIR", *rest, "--gold", "GOLD"]
    full = plan(
        tmp_path,
        stages=("sections", "claims"),
        encoder={"source": "models/char"},
        choose=False,
        name="n",
        version="2",
        licence="MIT",
    )
    told = full.command()
    assert told[5:9] == ["--encoder", "models/char", "--stages", "sections,claims"]
    assert told[-7:] == ["--keep-all", "--name", "n", "--model-version", "2", "--licence", "MIT"]
    assert plan(tmp_path, start=START).command()[5:7] == ["--from", str(START)]
