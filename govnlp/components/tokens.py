"""Documents over character tokens: every offset of the text is a token, so that spans never miss a boundary.

Documents serialise as spaCy's do (`to_bytes`, `DocBin`, `nlp.pipe(n_process=…)`): srsly, which packs them, learns here to pack
the data model's objects that the stages put into `user_data`. What was a tuple there is a list when it is read.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab
from srsly import msgpack_decoders, msgpack_encoders

from govnlp import document
from govnlp.codec import decode, encode
from govnlp.components.identity import identify
from govnlp.document import Source

Hook = Callable[[Any], Any]
SOURCE_KEY = "govnlp.source"
"""Where `doc.user_data` holds the `Source` that the document was made from."""
_PACKED = "govnlp.document"
"""The one key of a packed object: the name of its class, and its fields as JSON, which holds any number and any character."""
_CLASSES: dict[str, type[Any]] = {
    name: kind for name, kind in vars(document).items() if isinstance(kind, type) and dataclasses.is_dataclass(kind)
}


@msgpack_encoders("govnlp")
def _pack(value: Any, chain: Hook | None = None) -> Any:
    name = type(value).__name__
    if _CLASSES.get(name) is type(value):
        return {_PACKED: [name, json.dumps(encode(value))]}
    return value if chain is None else chain(value)


@msgpack_decoders("govnlp")
def _unpack(value: Any, chain: Hook | None = None) -> Any:
    if isinstance(value, dict) and _PACKED in value:
        name, fields = value[_PACKED]
        return decode(_CLASSES[name], json.loads(fields))
    return value if chain is None else chain(value)


class CharacterTokenizer:
    """A spaCy tokenizer that makes a token of every character, white space included: `doc[i].idx == i`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))

    def to_bytes(self, **kwargs: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> CharacterTokenizer:
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """There is nothing to save."""

    def from_disk(self, path: Any, **kwargs: Any) -> CharacterTokenizer:
        return self


@registry.tokenizers("govnlp.CharacterTokenizer.v1")
def create_character_tokenizer() -> Any:
    """A function from a pipeline to its tokenizer, as spaCy's config asks for."""

    def create(nlp: Language) -> CharacterTokenizer:
        return CharacterTokenizer(nlp.vocab)

    return create


def make_doc(nlp: Language, source: Source) -> Doc:
    """The document of a source, before any component has run."""
    doc = nlp.make_doc(source.text)
    doc.user_data[SOURCE_KEY] = source
    return doc


def source_of(doc: Doc) -> Source:
    """The source of a document; for a document made of bare text, one that holds only the text."""
    source = doc.user_data.get(SOURCE_KEY)
    return source if isinstance(source, Source) else Source("", "", "text", doc.text)


def text_of(doc: Doc) -> str:
    """The document's text, from its source: `doc.text` joins all the tokens at each call, which costs more than a stage."""
    source = doc.user_data.get(SOURCE_KEY)
    return source.text if isinstance(source, Source) else doc.text


def year_of(doc: Doc) -> int | None:
    """The report's year as the pipeline gave it (`user_data["year"]`), else as the text tells it."""
    data = doc.user_data
    year: int | None = data["year"] if "year" in data else identify(source_of(doc), ()).year
    return year


def set_spans(doc: Doc, key: str, spans: Iterable[tuple[int, int, str]]) -> None:
    """Write (start, end, label) as the span group `key`; a character is a token, so the offsets are token indices."""
    doc.spans[key] = [Span(doc, start, end, label=label) for start, end, label in spans]


def blank_pipeline(components: Iterable[str]) -> Language:
    """A Chinese pipeline over character tokens with the named components, nothing trained."""
    from spacy.lang.zh import Chinese

    nlp = Chinese.from_config({"nlp": {"tokenizer": {"@tokenizers": "govnlp.CharacterTokenizer.v1"}}})
    for component in components:
        nlp.add_pipe(component)
    return nlp
