"""Fixtures that load the language pipeline once for the whole run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from spacy.language import Language

from indiggraph.annotate import annotate, load_model
from indiggraph.facts.reading import Reread
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document, Extraction, Mention
from indiggraph.pipeline import extract as extract_document


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The packaged language pipeline."""
    return load_model()


@pytest.fixture(scope="session")
def extract(nlp: Language) -> Callable[[str], Extraction]:
    """A function from a text to all that it says."""
    lexicon, frames = load_lexicon(), load_frames()
    return lambda text: extract_document(Document("test", text), nlp, lexicon, frames)


@pytest.fixture(scope="session")
def find(nlp: Language) -> Callable[[str], tuple[Mention, ...]]:
    """A function from a text to its mentions."""
    lexicon = load_lexicon()

    def run(text: str) -> tuple[Mention, ...]:
        ((document, doc),) = annotate([Document("test", text)], nlp)
        return find_mentions(document, doc, lexicon)

    return run


@pytest.fixture(scope="module")
def by_rules_alone() -> Iterator[None]:
    """Leave out the second reading of facts: what is tested is how rules read a construction.

    The second reading has tests of its own, and the accuracy gate holds it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indiggraph.facts.build.second_reading", lambda facts, *_: tuple(Reread(f, {}) for f in facts))
        yield
