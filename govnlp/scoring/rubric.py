"""The rubric: weights, limits, points and grades, read from a TOML file that a province can copy and change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from govnlp.errors import ConfigError
from govnlp.schema import AGENCY_KINDS, ELEMENTS, Lang

DEFAULT = "national-2021"
_SCORES = ("completeness", "consistency", "overall")
_WEIGHTS = ("completeness", "consistency", "originality")


@dataclass(frozen=True, slots=True)
class ElementRule:
    """Points that a missing element costs, and the kinds of agency that it is due for."""

    points: float
    due_for: tuple[str, ...] = AGENCY_KINDS


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Which score a finding lowers: `points` for the first, `more` for each further one, never over `most`."""

    score: str
    points: float
    more: float
    most: float


@dataclass(frozen=True, slots=True)
class Grade:
    grade: str
    lowest: float
    title: Mapping[Lang, str]


@dataclass(frozen=True, slots=True)
class Rubric:
    name: str
    title: Mapping[Lang, str]
    weights: Mapping[str, float]
    grades: tuple[Grade, ...]
    limits: Mapping[str, float]
    elements: Mapping[str, ElementRule]
    findings: Mapping[str, FindingRule]

    def grade_of(self, overall: float) -> Grade:
        """The grade of an overall score, 0 to 100."""
        return next((g for g in self.grades if overall >= g.lowest), self.grades[-1])


def shipped() -> tuple[str, ...]:
    """Names of the rubrics that come with the package."""
    folder = resources.files("govnlp.scoring").joinpath("rubrics")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def _shipped_text(name: str) -> str:
    return resources.files("govnlp.scoring").joinpath("rubrics", f"{name}.toml").read_text(encoding="utf-8")


def load_rubric(name_or_path: str | Path = DEFAULT) -> Rubric:
    """A shipped rubric by name, or one from a TOML file. Raises `ConfigError` that names the file and the key."""
    given = str(name_or_path)
    if given in shipped():
        text = _shipped_text(given)
    else:
        path = Path(given)
        if not path.is_file():
            raise ConfigError(
                "no such rubric", source=given, advice=f"give a TOML file, or one of: {', '.join(shipped())}"
            )
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"cannot be read: {error}", source=given, advice="save it as UTF-8 text") from error
    try:
        return parse_rubric(tomllib.loads(text), source=given)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", source=given, advice="mend the line named") from error


def parse_rubric(raw: Mapping[str, Any], *, source: str) -> Rubric:
    """Check and convert the parsed TOML. Raises `ConfigError` that names `source` and the key."""
    read = _Checks(source)
    read.table(raw, "", known=("name", "title", "weights", "grades", "limits", "elements", "findings"))
    for key in ("name", "weights", "grades", "elements", "findings"):
        read.due(raw, "", key)
    name = read.text(raw["name"], "name")
    weights = read.numbers(raw["weights"], "weights", known=_WEIGHTS, high=1)
    for key in _WEIGHTS:
        read.due(weights, "weights", key)
    if abs(sum(weights.values()) - 1) > 1e-6:
        raise read.error(f"the weights add up to {sum(weights.values()):g}", "let them add up to 1")
    elements = {
        element: read.element(row, f"elements.{element}")
        for element, row in read.table(raw["elements"], "elements", known=ELEMENTS).items()
    }
    findings = {
        code: read.finding(row, f"findings.{code}")
        for code, row in read.table(raw["findings"], "findings", known=_known("findings")).items()
    }
    # every limit is a share
    limits = read.numbers(raw.get("limits", {}), "limits", known=_known("limits"), high=1)
    return Rubric(
        name,
        read.texts(raw.get("title"), "title", name),
        weights,
        read.grades(raw["grades"]),
        limits,
        elements,
        findings,
    )


@cache
def _known(table: str) -> tuple[str, ...]:
    """The keys that a table may have: those that the shipped rubric has, which names every finding and every limit."""
    return tuple(tomllib.loads(_shipped_text(DEFAULT))[table])


@dataclass(frozen=True, slots=True)
class _Checks:
    """Converts the values of one rubric file; every complaint names the file and the key."""

    source: str

    def error(self, cause: str, advice: str) -> ConfigError:
        return ConfigError(cause, source=self.source, advice=advice)

    def wrong(self, key: str, value: Any, advice: str) -> ConfigError:
        return self.error(f"{key} is set to {value!r}", advice)

    def table(self, value: Any, key: str, *, known: Sequence[str]) -> Mapping[str, Any]:
        """A table without keys other than `known`; its own is "" for the whole file."""
        if not isinstance(value, Mapping):
            raise self.wrong(key, value, "write a table, as the shipped national-2021 rubric does")
        for inner in value:
            if inner not in known:
                raise self.error(f"unknown key {_path(key, inner)}", f"one of: {', '.join(known)}")
        return value

    def due(self, table: Mapping[str, Any], key: str, inner: str) -> Any:
        if inner not in table:
            raise self.error(f"{_path(key, inner)} is missing", "copy it from the shipped national-2021 rubric")
        return table[inner]

    def number(self, value: Any, key: str, high: float = 100) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
            raise self.wrong(key, value, f"give a number from 0 to {high:g}")
        return float(value)

    def numbers(self, value: Any, key: str, *, known: Sequence[str], high: float) -> dict[str, float]:
        return {k: self.number(v, _path(key, k), high) for k, v in self.table(value, key, known=known).items()}

    def text(self, value: Any, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, value, "give a text in quotes")
        return value

    def texts(self, value: Any, key: str, default: str) -> Mapping[Lang, str]:
        """A text for each language: Chinese stands in for English, `default` for both."""
        given = {} if value is None else self.table(value, key, known=get_args(Lang))
        texts = {lang: self.text(text, _path(key, lang)) for lang, text in given.items()}
        zh = texts.get("zh", default)
        return {"zh": zh, "en": texts.get("en", zh)}

    def grades(self, value: Any) -> tuple[Grade, ...]:
        """The grades, best first."""
        if not isinstance(value, list):
            raise self.wrong("grades", value, "write [[grades]] above each grade")
        found = []
        for row in value:
            self.table(row, "grades", known=("grade", "from", "title"))
            grade = self.text(self.due(row, "grades", "grade"), "grades.grade")
            lowest = self.number(self.due(row, "grades", "from"), "grades.from")
            found.append(Grade(grade, lowest, self.texts(row.get("title"), "grades.title", grade)))
        found.sort(key=lambda g: -g.lowest)
        if not found or found[-1].lowest != 0:
            raise self.error("no grade begins at 0", "give the lowest grade from = 0")
        return tuple(found)

    def element(self, value: Any, key: str) -> ElementRule:
        row = self.table(value, key, known=("points", "due_for"))
        points = self.number(self.due(row, key, "points"), f"{key}.points")
        kinds = row.get("due_for", AGENCY_KINDS)
        if not isinstance(kinds, list | tuple) or not all(kind in AGENCY_KINDS for kind in kinds):
            raise self.wrong(f"{key}.due_for", kinds, f"give a list of any of: {', '.join(AGENCY_KINDS)}")
        return ElementRule(points, tuple(kinds))

    def finding(self, value: Any, key: str) -> FindingRule:
        row = self.table(value, key, known=("score", "points", "more", "most"))
        score = self.due(row, key, "score")
        if score not in _SCORES:
            raise self.wrong(f"{key}.score", score, f"one of: {', '.join(_SCORES)}")
        points, more, most = (self.number(self.due(row, key, k), f"{key}.{k}") for k in ("points", "more", "most"))
        return FindingRule(score, points, more, most)


def _path(key: str, inner: str) -> str:
    return f"{key}.{inner}" if key else inner
