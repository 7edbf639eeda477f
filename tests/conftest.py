"""Fixtures that load the language pipeline once for the whole run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.annotate import load_model
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction
from indiggraph.pipeline import extract as extract_document


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The packaged language pipeline."""
    return load_model()


@pytest.fixture(scope="session")
def extract(nlp: Language) -> Callable[[str], Extraction]:
    """A function from a text to all that rules find in it: what is tested with it is how they read a construction.

    What the second reading makes of that is tested for itself, and by the accuracy gate.
    """
    lexicon, frames = load_lexicon(), load_frames()

    def by_rules(text: str) -> Extraction:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("indiggraph.facts.build.second_reading", lambda facts, views, trace: tuple(facts))
            return extract_document(Document("test", text), nlp, lexicon, frames)

    return by_rules
