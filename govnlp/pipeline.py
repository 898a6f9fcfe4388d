"""The whole flow on one screen: file -> Source -> Doc -> Report -> Findings -> Scorecard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.components.identity import format_of, identify
from govnlp.document import Report, Scorecard, Source
from govnlp.errors import ConfigError
from govnlp.readers import PdfEngine, read, read_bytes
from govnlp.rules import Context, run_rules
from govnlp.schema import Lang
from govnlp.scoring.rubric import DEFAULT, Rubric, load_rubric
from govnlp.scoring.score import score_report
from govnlp.tables import extract_tables, layout_of

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = ("govnlp_sections", "govnlp_claims", "govnlp_sentences", "govnlp_elements")
"""The stages, in order; each is a spaCy component registered through an entry point."""
RULES_MODEL: Mapping[str, str] = {"name": "govnlp-zh-rules", "version": "1.0.0"}


@dataclass(frozen=True, slots=True)
class Scorer:
    """Everything that scoring needs, loaded once: `score` takes a path, the other methods one step each."""

    nlp: Language
    rubric: Rubric
    lang: Lang = "zh"
    pdf_engine: PdfEngine = "pdfium"
    model: Mapping[str, str] = field(default_factory=lambda: RULES_MODEL)

    def read(self, path: str | Path) -> Source:
        """One file as a `Source`. Raises `errors.ReadError`."""
        return read(path, pdf_engine=self.pdf_engine)

    def analyse(self, source: Source) -> Report:
        """What the report states: sections, claims, sentences, elements, tables, and whose it is."""
        from govnlp.components.tokens import make_doc

        doc = make_doc(self.nlp, source)
        identity = identify(source, ())
        doc.user_data["year"] = identity.year
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        data = doc.user_data
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

    def judge(self, report: Report, context: Context | None = None) -> Scorecard:
        """Findings and scores of a report; `context` brings what other reports say of it."""
        run = run_rules(report, context or Context(limits=self.rubric.limits), self.lang)
        scores = score_report(report, run.findings, self.rubric, self.lang)
        return Scorecard(
            report,
            run.findings,
            scores,
            self.model,
            self.rubric.name,
            self.lang,
            unchecked=run.unchecked,
            rule_failures=tuple((f.code, f.error) for f in run.failures),
        )

    def score(self, path: str | Path) -> Scorecard:
        """Read, analyse and judge one file. Raises `errors.ReadError`."""
        return self.judge(self.analyse(self.read(path)))

    def score_text(self, text: str, *, name: str = "text") -> Scorecard:
        """Score a text that is already in memory, as a .txt file of it would be."""
        return self.judge(self.analyse(read_bytes(name + ".txt", text.encode("utf-8"))))


def load(
    model: str | Path | None = None,
    *,
    rubric: str | Path | Rubric = DEFAULT,
    lang: Lang = "zh",
    pdf_engine: PdfEngine = "pdfium",
) -> Scorer:
    """Load the stages and the rubric: a `Scorer` to call many times. Takes about a second, nearly all of it spaCy's import.

    `model`: a folder with a trained pipeline; None for the one that comes with the package. Raises `errors.ConfigError`.
    """
    chosen = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    return Scorer(_pipeline(model), chosen, lang, pdf_engine)


def _pipeline(model: str | Path | None) -> Language:
    from spacy.util import load_model_from_path

    from govnlp.components.tokens import blank_pipeline

    if model is None:
        return blank_pipeline(COMPONENTS)
    path = Path(model)
    if not (path / "config.cfg").is_file():
        raise ConfigError("no model here", source=str(model), advice="give a folder that holds config.cfg")
    return load_model_from_path(path)
