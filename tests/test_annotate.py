"""Annotation: offsets of the text as read, pipelines of others with their labels mapped, errors that say what lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from indiggraph.annotate import annotate, load_model, model_name
from indiggraph.errors import ModelError
from indiggraph.model import Document

NEWS = "The ministry has signed a contract with two makers of pumps in Radom, said the deputy minister on Monday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        f"\ufeff{NEWS}\r\n\r\n  {NEWS}\n",  # a byte order mark, line ends of Windows, indents
        f"{NEWS}\u200b {NEWS}\u00a0\u2009{NEWS}",  # invisible and unusual spaces
        "",
        "\n\n",
    ],
)
def test_tokens_stand_where_they_stand_in_the_text(nlp: Language, text: str) -> None:
    document = Document(id="a", text=text)
    [(same, doc)] = annotate([document], nlp)
    assert same is document
    assert len(doc.text) == len(text)
    for token in doc:
        if not token.is_space:
            assert text[token.idx : token.idx + len(token)] == token.text


def test_a_document_is_annotated_the_same_in_any_company(nlp: Language) -> None:
    document = Document(id="a", text=NEWS)
    other = Document(id="b", text=" ".join(["Prices rose by a fifth and wages by a tenth."] * 20))
    [(_, alone), *_] = annotate([document], nlp)
    [_, (_, joined)] = annotate([other, document], nlp)
    assert alone.to_json() == joined.to_json()


def test_a_text_longer_than_a_million_characters_is_annotated() -> None:
    blank = spacy.blank("en")
    blank.max_length = load_model().max_length
    [(_, doc)] = annotate([Document(id="long", text="A pump. " * 130_000)], blank)
    assert len(doc) == 390_000


@Language.component("test_clear_parser")
def _parse(doc: Doc) -> Doc:
    """Tag the probe in the style of ``en_core_web_*``: every word hangs on the first as its object."""
    for token in doc:
        token.head, token.dep_ = doc[0], "dobj" if token.i else "ROOT"
        token.pos_, token.lemma_ = "NOUN", token.text.lower()
    doc.ents = (Span(doc, 1, 2, label="FAC"),)
    return doc


def _saved(tmp_path: Path, *components: str) -> str:
    pipeline = spacy.blank("en")
    for component in components:
        pipeline.add_pipe(component)
    pipeline.to_disk(tmp_path / "model")
    return str(tmp_path / "model")


def test_the_labels_of_another_pipeline_become_ours(tmp_path: Path) -> None:
    foreign = load_model(_saved(tmp_path, "test_clear_parser"))
    [(_, doc)] = annotate([Document(id="a", text="Buy pumps")], foreign)
    assert [token.dep_ for token in doc] == ["ROOT", "obj"]
    assert [entity.label_ for entity in doc.ents] == ["LOC"]
    assert model_name(foreign) == "en_pipeline 0.0.0"


def test_a_model_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(ModelError, match="model 'en_no_such_model' cannot be loaded"):
        load_model("en_no_such_model")


def test_a_model_without_trees_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="lacks DEP, ENT_IOB, LEMMA, POS"):
        load_model(_saved(tmp_path))
