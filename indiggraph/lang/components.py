"""The spaCy component that lays the model's analyses on a doc."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from indiggraph.lang.analyser import Analyser, Analysis

__all__ = ["SyntaxAndNames"]

_ATTRIBUTES = ("TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")
_TAG, _POS, _MORPH, _LEMMA, _HEAD, _DEP, _ENT_IOB, _ENT_TYPE = range(len(_ATTRIBUTES))  # columns of a doc's array
_IOB_INSIDE, _IOB_OUTSIDE, _IOB_BEGIN = 1, 2, 3  # spaCy's codes
_SPACE_TAG, _SPACE_POS, _SPACE_DEP = "_SP", "SPACE", "dep"

Hashes = npt.NDArray[np.uint64]


class SyntaxAndNames:
    """Fills tag (XPOS), pos, morph, lemma, head, dep (Universal Dependencies) and ents.

    Sentence starts must be set before. Each sentence is analysed on its own and becomes one tree; white space hangs on
    the token before it as `dep`.
    """

    def __init__(self, vocab: Vocab, analyser: Analyser) -> None:
        self._vocab = vocab
        self.analyser = analyser
        labels = analyser.labels
        add = vocab.strings.add
        self._xpos = _hashes(add(label) for label in labels.xpos)
        self._upos = _hashes(vocab.strings[label] for label in labels.upos)
        self._feats = _hashes(vocab.morphology.add("" if label == "_" else label) for label in labels.feats)
        self._rel = _hashes(add(label) for label in labels.rel)
        self._space = np.zeros(len(_ATTRIBUTES), np.uint64)
        self._space[[_TAG, _POS, _DEP]] = [add(text) for text in (_SPACE_TAG, _SPACE_POS, _SPACE_DEP)]
        self._space[_MORPH] = vocab.morphology.add("")
        self._space[_ENT_IOB] = _IOB_OUTSIDE

    def __call__(self, doc: Doc) -> Doc:
        """Analyse one doc."""
        if not len(doc):
            return doc
        array = np.tile(self._space, (len(doc), 1))
        for sent in doc.sents:
            words = [token.i for token in sent if not token.is_space]
            if words:
                self._fill(array, np.array(words), self.analyser.analyse([doc[word].text for word in words]))
        _hang_spaces(doc, array)
        doc.from_array(list(_ATTRIBUTES), cast(Any, array))  # the stub knows no 64-bit numbers
        return doc

    def _fill(self, array: Hashes, words: npt.NDArray[np.int64], found: Analysis) -> None:
        """Write one sentence; `words` are the indexes of its words in the doc."""
        array[words, _TAG] = self._xpos[found.xpos]
        array[words, _POS] = self._upos[found.upos]
        array[words, _MORPH] = self._feats[found.feats]
        array[words, _DEP] = self._rel[found.rel]
        array[words, _LEMMA] = [self._vocab.strings.add(lemma) for lemma in found.lemmas]
        heads = words[np.maximum(found.heads - 1, 0)]
        array[words, _HEAD] = np.where(found.heads > 0, heads - words, 0).astype(np.uint64)
        for start, end, label in found.names:
            inside = slice(words[start], words[end - 1] + 1)  # white space between its words included
            array[inside, _ENT_TYPE] = self._vocab.strings.add(label)
            array[inside, _ENT_IOB] = _IOB_INSIDE
            array[words[start], _ENT_IOB] = _IOB_BEGIN


def _hashes(values: Iterable[int]) -> Hashes:
    return np.fromiter(values, np.uint64)


def _hang_spaces(doc: Doc, array: Hashes) -> None:
    """Give white space its text as lemma, and as head the token before it; at the start of a doc, the first word.

    A doc of nothing but white space has its first token as root.
    """
    first_word = next((token.i for token in doc if not token.is_space), 0)
    for token in doc:
        if token.is_space:
            array[token.i, _LEMMA] = token.orth
            head = first_word if token.i <= first_word else token.i - 1
            array[token.i, _HEAD] = np.int64(head - token.i).astype(np.uint64)


@Language.factory(
    "indiggraph_syntax",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.ent_iob",
        "token.ent_type",
        "doc.ents",
    ],
    requires=["token.is_sent_start"],
)
def _make(nlp: Language, name: str, model: str) -> SyntaxAndNames:
    """`model` is the folder of the model's files."""
    return SyntaxAndNames(nlp.vocab, Analyser(Path(model)))
