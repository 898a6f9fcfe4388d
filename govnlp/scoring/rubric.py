"""The rubric: weights, limits, points and grades, read from a TOML file that a province can copy and change."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

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


def load_rubric(name_or_path: str | Path = DEFAULT) -> Rubric:
    """A shipped rubric by name, or one from a TOML file. Raises `ConfigError` that names the file and the key."""
    given = str(name_or_path)
    if given in shipped():
        text = resources.files("govnlp.scoring").joinpath("rubrics", f"{given}.toml").read_text(encoding="utf-8")
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
    """Check and convert the parsed TOML; every complaint names the key."""

    def fail(cause: str, advice: str) -> ConfigError:
        return ConfigError(cause, source=source, advice=advice)

    def number(value: Any, key: str, low: float = 0.0, high: float = 1e9) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise fail(f"{key} is {value!r}", f"give a number from {low:g} to {high:g}")
        return float(value)

    unknown = set(raw) - {"name", "title", "weights", "grades", "limits", "elements", "findings"}
    if unknown:
        raise fail(f"unknown key {sorted(unknown)[0]!r}", "compare it with the shipped national-2021 rubric")
    for key in ("name", "weights", "grades", "elements", "findings"):
        if key not in raw:
            raise fail(f"{key} is missing", "copy it from the shipped national-2021 rubric")
    weights = {k: number(v, f"weights.{k}", 0, 1) for k, v in raw["weights"].items()}
    if set(weights) != set(_WEIGHTS) or abs(sum(weights.values()) - 1) > 1e-6:
        raise fail("weights", f"give {', '.join(_WEIGHTS)}, adding up to 1")
    grades = []
    for row in raw["grades"]:
        if not {"grade", "from"} <= set(row):
            raise fail("a grade lacks its name or its lowest score", "write grade = … and from = …")
        grades.append(
            Grade(str(row["grade"]), number(row["from"], "grades.from", 0, 100), _texts(row.get("title"), row["grade"]))
        )
    grades.sort(key=lambda g: -g.lowest)
    if not grades or grades[-1].lowest != 0:
        raise fail("no grade begins at 0", "give the lowest grade from = 0")
    elements = {}
    for element, row in raw["elements"].items():
        if element not in ELEMENTS:
            raise fail(f"unknown element {element!r}", f"one of: {', '.join(ELEMENTS)}")
        due = tuple(row.get("due_for", AGENCY_KINDS))
        strange = set(due) - set(AGENCY_KINDS)
        if strange:
            raise fail(f"elements.{element}.due_for holds {sorted(strange)[0]!r}", f"one of: {', '.join(AGENCY_KINDS)}")
        elements[element] = ElementRule(number(row.get("points"), f"elements.{element}.points", 0, 100), due)
    findings = {}
    for code, row in raw["findings"].items():
        if not re.fullmatch(r"GD\d{3}", code):
            raise fail(f"unknown finding {code!r}", "see `govnlp rules`")
        if row.get("score") not in _SCORES:
            raise fail(f"findings.{code}.score is {row.get('score')!r}", f"one of: {', '.join(_SCORES)}")
        values = [number(row.get(k), f"findings.{code}.{k}", 0, 100) for k in ("points", "more", "most")]
        findings[code] = FindingRule(row["score"], *values)
    limits = {k: number(v, f"limits.{k}") for k, v in raw.get("limits", {}).items()}
    return Rubric(
        str(raw["name"]), _texts(raw.get("title"), raw["name"]), weights, tuple(grades), limits, elements, findings
    )


def _texts(value: Any, default: Any) -> Mapping[Lang, str]:
    texts = value if isinstance(value, dict) else {}
    return {"zh": str(texts.get("zh", default)), "en": str(texts.get("en", texts.get("zh", default)))}
