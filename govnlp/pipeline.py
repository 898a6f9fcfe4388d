"""The whole flow on one screen: file -> Source -> Doc -> Report -> Findings -> Scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govnlp.boilerplate.common import common_sentences
from govnlp.boilerplate.measures import measure
from govnlp.boilerplate.profile import Profile, load_profile
from govnlp.components.identity import Identity, format_of, identify
from govnlp.document import Report, Scorecard, Source
from govnlp.errors import ConfigError
from govnlp.readers import PdfEngine, read, read_string
from govnlp.rules import Context, run_rules
from govnlp.schema import Lang
from govnlp.scoring.ratings import RatingModel, load_ratings
from govnlp.scoring.rubric import DEFAULT, Rubric, load_rubric
from govnlp.scoring.score import score_report
from govnlp.tables import extract_tables, layout_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("govnlp_sections", "govnlp_claims", "govnlp_sentences", "govnlp_elements")
"""The stages, in order; each is a spaCy component registered through an entry point."""
DEFAULT_MODEL = "govnlp-zh"
"""Folder name of the model that comes with the package."""
RULES_MODEL: Mapping[str, str] = {"name": "govnlp-zh-rules", "version": "1.0.0"}


@dataclass(frozen=True, slots=True)
class Scorer:
    """Everything that scoring needs, loaded once: `score` takes a path, the other methods one step each."""

    nlp: Language
    rubric: Rubric
    lang: Lang = "zh"
    pdf_engine: PdfEngine = "pdfium"
    model: Mapping[str, str] = field(default_factory=lambda: RULES_MODEL)
    ratings: RatingModel | None = None
    """The trained ratings of a whole report, where the model has any."""

    profile: Profile = field(default_factory=load_profile)
    """What is common in the reference corpus, and how its reports score."""

    def read(self, path: str | Path) -> Source:
        """One file as a `Source`. Raises `errors.ReadError`."""
        return read(path, pdf_engine=self.pdf_engine)

    def analyse(self, source: Source) -> Report:
        """What the report states: sections, claims, sentences, elements, tables, and whose it is."""
        data, identity = annotate(self.nlp, source)
        sections = data["sections"]
        tables = extract_tables(source, sections)
        form = format_of(source.text, sections, identity.year, layout_of(source), tuple(tables))
        return Report(
            source=source,
            agency=identity.agency,
            agency_kind=identity.kind,
            year=identity.year,
            format=form,
            sections=sections,
            sentences=data["sentences"],
            claims=data["claims"],
            tables=tables,
            elements=data["elements"],
            title=identity.title,
            published=source.published,
        )

    def judge(self, report: Report, context: Context | None = None, *, common_in: Profile | None = None) -> Scorecard:
        """Findings and scores of a report; `context` brings what other reports say of it.

        `common_in`: a profile that says which phrases are common, where it is not the reference corpus alone.
        """
        context = context or Context(limits=self.rubric.limits)
        run = run_rules(report, context, self.lang)
        common = common_sentences(report, common_in or self.profile)
        scores = score_report(report, run.findings, self.rubric, self.lang, ratings=self.ratings, common=common)
        places = {"completeness": scores.completeness, "boilerplate": scores.boilerplate}
        scores = replace(
            scores,
            percentiles=self.profile.standing.percentiles(places, report.agency_kind, report.year),
            measures=measure(report, self.profile, context.previous, common_in=common_in),
        )
        return Scorecard(
            report,
            run.findings,
            scores,
            self.model,
            self.rubric.name,
            self.lang,
            unchecked=run.unchecked,
            rule_failures=tuple((f.code, f.error) for f in run.failures),
            copies=context.copies,
        )

    def score(self, path: str | Path) -> Scorecard:
        """Read, analyse and judge one file. Raises `errors.ReadError`."""
        return self.judge(self.analyse(self.read(path)))

    def score_text(self, text: str, *, name: str = "text") -> Scorecard:
        """Score a text that is already in memory, as a .txt file of it would be."""
        return self.judge(self.analyse(read_string(name + ".txt", text)))


def annotate(nlp: Language, source: Source) -> tuple[Mapping[str, Any], Identity]:
    """Run the stages over a source: its sections, sentences, claims and elements, and whose report it is."""
    from govnlp.components.flow import Flow

    flow, identity = Flow(source), identify(source, ())
    found = run_stages(nlp, flow.source, identity.year).user_data
    placed = {key: flow.restored(found[key]) for key in ("sections", "sentences", "claims")}
    return {**placed, "elements": flow.restored_elements(found["elements"])}, identity


def run_stages(nlp: Language, source: Source, year: int | None) -> Doc:
    """The document of a running text (`Flow.source`) after all stages; what they found is in its `user_data`. `year`: the report's."""
    from govnlp.components.tokens import make_doc

    doc = make_doc(nlp, source)
    doc.user_data["year"] = year
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def load(
    model: str | Path | None = None,
    *,
    rubric: str | Path | Rubric = DEFAULT,
    lang: Lang = "zh",
    pdf_engine: PdfEngine = "pdfium",
    profile: str | Path | None = None,
) -> Scorer:
    """Load the stages and the rubric: a `Scorer` to call many times. Takes about a second, nearly all of it spaCy's import.

    `model`: a folder with a trained pipeline, or "rules" for the stages without any training; None for the one that comes with
    the package. `profile`: a file that `govnlp profile` wrote; None for that of the reference corpus. Raises
    `errors.ConfigError`, and `errors.MissingDependency` where the model needs a package that is not installed.
    """
    _check_choice("lang", lang, get_args(Lang))
    _check_choice("pdf_engine", pdf_engine, get_args(PdfEngine))
    common = load_profile(profile)
    chosen = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    path = default_model() if model is None else None if str(model) == "rules" else Path(model)
    if path is None:
        return Scorer(rules_pipeline(), chosen, lang, pdf_engine, profile=common)
    nlp = load_pipeline(path)
    named = {"name": str(nlp.meta["name"]), "version": str(nlp.meta["version"])}
    return Scorer(nlp, chosen, lang, pdf_engine, named, load_ratings(path), common)


def _check_choice(name: str, given: object, choices: Sequence[str]) -> None:
    if given not in choices:
        raise ConfigError(f"{name} is set to {given!r}", advice=f"one of: {', '.join(choices)}")


def default_model() -> Path | None:
    """The folder of the model that comes with the package: inside it where it is installed, beside it in a checkout."""
    package = Path(__file__).parent
    places = (package / "models" / DEFAULT_MODEL, package.parent / "models" / DEFAULT_MODEL)
    return next((p for p in places if (p / "config.cfg").is_file()), None)


def rules_pipeline() -> Language:
    """The stages by rules alone."""
    from govnlp.components.tokens import blank_pipeline

    return blank_pipeline(COMPONENTS)


def load_pipeline(path: Path) -> Language:
    """The pipeline of a model folder. Raises `errors.ConfigError` where there is none or it cannot be loaded."""
    from spacy.util import load_model_from_path

    if not (path / "config.cfg").is_file():
        raise ConfigError("no model here", source=str(path), advice="give a folder that holds config.cfg")
    try:
        return load_model_from_path(path)
    except (ValueError, KeyError, OSError, RuntimeError) as error:
        reason = str(error).strip().split("\n\n")[0]  # what follows lists all that spaCy knows
        raise ConfigError(
            f"the model cannot be loaded: {reason}",
            source=str(path),
            advice="train it again with this version of govnlp",
        ) from error
