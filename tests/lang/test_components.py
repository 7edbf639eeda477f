"""The packaged pipeline: what it writes into a doc, that any text is survived, and what is said of a broken model."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph.errors import ModelError
from indiggraph.lang import load
from indiggraph.resources import data_path

NEWS = (
    "ARDAN, Oct. 05 (XNA) – Velmar Steel Company signed a contract worth €317 million with the Ministry of Culture, "
    "Sports and Trade, Orlan Tebrizi said on Monday.\n\nThe plants in Norvik produced 1.2 million tons."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def _well_formed(doc: Doc) -> bool:
    """Each sentence is one tree whose arcs stay inside it."""
    return all(
        sum(token.head == token for token in sent) == 1 and all(sent.start <= token.head.i < sent.end for token in sent)
        for sent in doc.sents
    )


TOKENS = [
    ("currency and number", "€317 million", "€|317|million"),
    ("currency, number and multiplier", "$1.7bn", "$|1.7|bn"),
    ("currency in letters stays", "Rs2,860 and SR57", "Rs2,860|and|SR57"),
    ("hyphens split words", "well-known Ardan-based", "well|-|known|Ardan|-|based"),
    ("joined prefixes stay", "non-oil co-operation", "non-oil|co-operation"),
    ("range of numbers", "10-15 percent", "10|-|15|percent"),
    ("telephone number stays", "call 713-555-0147", "call|713-555-0147"),
    ("slash splits words", "and/or tons/year", "and|/|or|tons|/|year"),
    ("date with slashes stays", "on 12/05/2030", "on|12/05/2030"),
    ("possessive, both apostrophes", "Ardan's Norvik’s", "Ardan|'s|Norvik|’s"),
    ("negation", "don't cannot", "do|n't|can|not"),
    ("initial keeps its full stop", "Rafiq M. Tarhuni", "Rafiq|M.|Tarhuni"),
    ("title keeps its full stop", "Engr. Bolade", "Engr.|Bolade"),
    ("missing space after a full stop", "in Ardan.The works", "in|Ardan|.|The|works"),
    ("per cent", "5.5%", "5.5|%"),
    ("dashes", "works—new—open", "works|—|new|—|open"),
    ("run of hyphens", "works -- new", "works|--|new"),
]


@pytest.mark.parametrize(("reason", "text", "expected"), TOKENS, ids=[case[0] for case in TOKENS])
def test_tokens(nlp: Language, reason: str, text: str, expected: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == expected.split("|")


def test_all_annotations_are_there(nlp: Language) -> None:
    doc = nlp(NEWS)
    for attribute in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "SENT_START"):
        assert doc.has_annotation(attribute), attribute
    assert len(list(doc.sents)) == 2
    assert _well_formed(doc)


def test_a_plain_sentence_is_read_rightly(nlp: Language) -> None:
    doc = nlp("The plants produced steel in Norvik.")
    assert [token.lemma_ for token in doc] == ["the", "plant", "produce", "steel", "in", "Norvik", "."]
    assert [token.pos_ for token in doc] == ["DET", "NOUN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"]
    assert [token.tag_ for token in doc] == ["DT", "NNS", "VBD", "NN", "IN", "NNP", "."]
    assert [token.dep_ for token in doc] == ["det", "nsubj", "root", "obj", "case", "obl", "punct"]
    assert [token.head.text for token in doc][:2] == ["plants", "produced"]
    assert doc[2].morph.get("Tense") == ["Past"]
    assert [token.text for token in doc[2].children] == ["plants", "steel", "Norvik", "."]
    assert [token.text for token in doc[5].subtree] == ["in", "Norvik"]


def test_names(nlp: Language) -> None:
    names = {(name.text, name.label_) for name in nlp(NEWS).ents}
    assert {("Velmar Steel Company", "ORG"), ("Orlan Tebrizi", "PERSON"), ("Norvik", "GPE")} <= names
    assert ("Ministry of Culture, Sports and Trade", "ORG") in names


def test_a_ministry_in_a_title_is_no_body(nlp: Language) -> None:
    doc = nlp("Energy, Fishing and Transport Minister Orlan Tebrizi opened the plant.")
    assert [(name.text, name.label_) for name in doc.ents] == [("Orlan Tebrizi", "PERSON")]


def test_neighbours_do_not_change_an_analysis(nlp: Language) -> None:
    texts = [NEWS, "", "Velmar opened a plant.", "  \n", "It is new. " * 30]
    together = list(nlp.pipe(texts, batch_size=3))
    for text, doc in zip(texts, together, strict=True):
        alone = nlp(text)
        assert doc.text == text
        assert [(t.head.i, t.dep_, t.tag_, t.lemma_) for t in doc] == [
            (t.head.i, t.dep_, t.tag_, t.lemma_) for t in alone
        ]
        assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in alone.ents]
        assert np.array_equal(doc.tensor, alone.tensor)


def test_words_have_vectors_and_white_space_has_none(nlp: Language) -> None:
    doc = nlp("Velmar opened  a plant. Norvik opened a mill.")
    rows = doc.tensor
    assert rows.dtype == np.int8
    assert len(rows) == len(doc)
    assert [bool(row.any()) for row in rows] == [not token.is_space for token in doc]
    first, second = (rows[token.i].astype(float) for token in doc if token.text == "opened")
    other = rows[0].astype(float)
    assert np.linalg.norm(first - second) < np.linalg.norm(first - other)


STRANGE = [
    ("empty", ""),
    ("one blank", " "),
    ("blanks and lines", " \n \t\n"),
    ("blanks in front", "   Velmar opened."),
    ("blanks inside a name", "Orlan   Tebrizi opened it."),
    ("very long word", "a" * 100_000),
    ("very long sentence", "word, " * 900),
    ("very long sentence without punctuation", "iron " * 1_200),
    ("emoji", "🙂🙂 ok 🏭"),
    ("control characters", "a\x00b \x01\x02 c\x7f"),
    ("no-break and zero-width space", "Velmar\u00a0opened \u200b it\ufeff."),
    ("line separators", "One\u2028Two\u2029Three\x0bFour\x85Five"),
    ("other scripts", "Велмар открыл завод. 工厂开业。 افتتح المصنع"),
    ("lone surrogate", "a \ud800 b".encode("utf-8", "replace").decode()),
    ("marks only", "... --- !!! ((("),
]


@pytest.mark.parametrize(("reason", "text"), STRANGE, ids=[reason for reason, _ in STRANGE])
def test_strange_text(nlp: Language, reason: str, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert _well_formed(doc)
    assert all(token.dep_ == "dep" for token in doc if token.is_space and token.head != token)


_ALPHABET = st.sampled_from("aB1.,\"“”'()\n \t-–$€%🙂é\u200b")


@settings(deadline=None, max_examples=25)
@given(text=st.text(_ALPHABET, max_size=60))
def test_any_text_gives_trees(text: str) -> None:
    doc = _shared()(text)
    assert doc.text == text
    assert _well_formed(doc)


_CACHE: list[Language] = []


def _shared() -> Language:
    if not _CACHE:
        _CACHE.append(load())
    return _CACHE[0]


def test_meta_says_what_the_model_is_made_of(nlp: Language) -> None:
    assert f"{nlp.meta['lang']}_{nlp.meta['name']}" == "en_indiggraph"
    sources = {source["name"].split(",")[0]: source["license"] for source in nlp.meta["sources"]}
    assert "Apache-2.0" in sources.values()
    assert any("EWT" in name for name in sources)
    assert all(source["license"] and source["author"] and source["url"] for source in nlp.meta["sources"])


@pytest.mark.parametrize(
    ("text", "plural", "lemma"),
    [
        ("Norvik signed three memoranda.", "memoranda", "memorandum"),
        ("The mill uses several criteria.", "criteria", "criterion"),
        ("Two consortia bid for the port.", "consortia", "consortium"),
        ("The subsidiaries closed last year.", "subsidiaries", "subsidiary"),
        ("Some foundries closed last year.", "foundries", "foundry"),
        ("Some cookies were sold last year.", "cookies", "cookie"),
        ("Three batches were sold last year.", "batches", "batch"),
    ],
)
def test_irregular_plurals(nlp: Language, text: str, plural: str, lemma: str) -> None:
    [found] = [token for token in nlp(text) if token.text == plural]
    assert found.lemma_ == lemma


def test_the_component_can_be_sent_to_another_process(nlp: Language) -> None:
    analyser = nlp.get_pipe("indiggraph_syntax").analyser
    copy = pickle.loads(pickle.dumps(analyser))
    words = ["Velmar", "opened", "."]
    assert copy.analyse(words).heads.tolist() == analyser.analyse(words).heads.tolist()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the packaged model, to be broken."""
    return Path(shutil.copytree(data_path("model"), tmp_path / "model"))


@pytest.mark.parametrize(
    "file",
    [
        "model.onnx",
        "relations.onnx",
        "tokenizer.json",
        "labels.json",
        "lemmas.json",
        "vectors.npz",
        "sentences.json",
        "meta.json",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "not JSON", "of another shape"])
def test_a_missing_or_broken_file_is_named(model: Path, file: str, damage: str) -> None:
    (model / file).unlink()
    if damage != "missing":
        (model / file).write_text("[]x" if damage == "not JSON" else "[]", encoding="utf-8")
    with pytest.raises(ModelError, match=file):
        load(model)


def test_a_model_for_another_spacy_is_refused(model: Path) -> None:
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    (model / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=2.3.0,<2.4.0"}), encoding="utf-8")
    with pytest.raises(ModelError, match=f"for spaCy >=2.3.0,<2.4.0, not {spacy.__version__}"):
        load(model)


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in data_path("model").iterdir()) < 26 * 2**20
