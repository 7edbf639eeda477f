"""The spaCy component that marks where sentences start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph.lang.boundaries import Boundaries
from indiggraph.lang.marks import Word, mark_gaps, short_forms

__all__ = ["WEIGHTS", "Sentences", "words_of"]

WEIGHTS = "sentences.json"
"""The file of the model that holds the weights."""

_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_START, _NO_START = 1, -1


class Sentences:
    """Sets `is_sent_start` of all tokens. White space belongs to the sentence before it, at the start to the first."""

    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries
        self._forms = short_forms()

    def __call__(self, doc: Doc) -> Doc:
        """Mark one doc."""
        if not len(doc):
            return doc
        words, places = words_of(doc)
        starts = self._boundaries.starts(words, mark_gaps(words, doc.text, self._forms))
        marks = np.full(len(doc), _NO_START, np.int64)
        marks[[0, *(place for place, start in zip(places[1:], starts[1:], strict=True) if start)]] = _START
        # All at once: each assignment to a token would look through the whole doc.
        doc.from_array(["SENT_START"], cast(Any, marks.view(np.uint64)))
        return doc


def words_of(doc: Doc) -> tuple[list[Word], list[int]]:
    """What is not white space, and its token indexes."""
    words: list[Word] = []
    places: list[int] = []
    for token in doc:
        if token.is_space:
            if words:
                old = words[-1]
                words[-1] = Word(old.text, old.start, True, old.breaks or bool(_LINE_BREAK.search(token.text)))
        else:
            words.append(Word(token.text, token.idx, bool(token.whitespace_), False))
            places.append(token.i)
    return words, places


@Language.factory("indiggraph_sentences", assigns=["token.is_sent_start"])
def _make(nlp: Language, name: str, model: str) -> Sentences:
    """`model` is the folder of the model's files."""
    return Sentences(Boundaries.read(Path(model) / WEIGHTS))
