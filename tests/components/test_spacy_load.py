"""The shipped folder as any spaCy pipeline: loaded by spaCy, in several processes, its documents written and read."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import govnlp
from govnlp.components.tokens import SOURCE_KEY, make_doc
from govnlp.document import Claim
from govnlp.pipeline import default_model, rules_pipeline
from govnlp.readers import read_string
from tests.sample import BAD_SUM, GOOD

LAYERS = ("sections", "claims", "sentences", "elements")


@pytest.fixture(scope="module")
def nlp() -> Language:
    folder = default_model()
    assert folder is not None
    return spacy.load(folder)


def found(doc: Doc) -> dict[str, list[object]]:
    return {key: list(doc.user_data[key]) for key in LAYERS}


def spans(doc: Doc) -> dict[str, list[tuple[int, int, str]]]:
    return {key: [(s.start, s.end, s.label_) for s in doc.spans[key]] for key in LAYERS}


@pytest.mark.parametrize("text", ["", " ", "\n", "\t"])
def test_a_text_of_nothing(nlp: Language, text: str) -> None:
    for pipeline in (nlp, rules_pipeline()):
        doc = pipeline(text)
        assert (found(doc)["claims"], found(doc)["sentences"]) == ([], [])


def test_the_same_as_our_pipeline(nlp: Language) -> None:
    old = GOOD.replace("2023", "2017")  # the year tells which quantities are claims, and which sections are due
    for text in (GOOD, BAD_SUM, old):
        report = govnlp.load().score_text(text).report
        assert found(nlp(text)) == {key: list(getattr(report, key)) for key in LAYERS}
    assert nlp(old).user_data["year"] == 2017


def test_several_processes(nlp: Language) -> None:
    texts = [GOOD, "", BAD_SUM]
    for text, doc in zip(texts, nlp.pipe(texts, n_process=2, batch_size=1), strict=True):
        assert doc.text == text
        assert found(doc) == found(nlp(text))
        assert spans(doc) == spans(nlp(text))


def test_documents_written_and_read(nlp: Language) -> None:
    doc = nlp(GOOD)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (from_bin,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    for read in (again, from_bin):
        assert found(read) == found(doc)
        assert spans(read) == spans(doc)


def test_a_source_with_its_tables_is_written_and_read(nlp: Language) -> None:
    doc = make_doc(nlp, read_string("r.txt", GOOD))
    assert doc.user_data[SOURCE_KEY].grids
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again.user_data[SOURCE_KEY] == doc.user_data[SOURCE_KEY]


def test_numbers_and_characters_that_msgpack_does_not_hold(nlp: Language) -> None:
    doc = nlp.make_doc("好")
    doc.user_data["claims"] = (Claim("c1", 0, 1, "\ud83d", "other", 10**30, "条"),)
    (claim,) = Doc(nlp.vocab).from_bytes(doc.to_bytes()).user_data["claims"]
    assert claim == doc.user_data["claims"][0]
