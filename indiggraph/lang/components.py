"""The spaCy component that lays the model's analyses on a doc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
_BATCH_TOKENS = 2000  # of docs that are analysed together: a few dozen sentences of each length
_SPACE_TAG, _SPACE_POS, _SPACE_DEP = "_SP", "SPACE", "dep"

Hashes = npt.NDArray[np.uint64]
Indexes = npt.NDArray[np.int64]


class SyntaxAndNames:
    """Fills tag (XPOS), pos, morph, lemma, head, dep (Universal Dependencies), ents, and the tensor.

    A row of the tensor is what the network sees of a token, in 8-bit numbers; white space has a row of zeros.

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
        self._analyse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Analyse docs, the sentences of some of them together, at most `batch_size` docs; each as if it were alone."""
        waiting: list[Doc] = []
        for doc in stream:
            waiting.append(doc)
            if len(waiting) >= batch_size or sum(map(len, waiting)) >= _BATCH_TOKENS:
                self._analyse(waiting)
                yield from waiting
                waiting = []
        self._analyse(waiting)
        yield from waiting

    def _analyse(self, docs: Sequence[Doc]) -> None:
        layouts = [_Layout.of(doc) for doc in docs]
        found = iter(self.analyser.analyse_all([words for layout in layouts for words in layout.sentences]))
        for doc, layout in zip(docs, layouts, strict=True):
            array = np.tile(self._space, (len(doc), 1))
            analyses = [next(found) for _ in layout.sentences]
            self._fill(array, layout, analyses)
            _hang_spaces(array, layout)
            if len(doc):
                doc.from_array(list(_ATTRIBUTES), cast(Any, array))  # the stub knows no 64-bit numbers
            doc.tensor = np.zeros((len(doc), self.analyser.width), np.int8)
            if analyses:
                doc.tensor[layout.places] = np.concatenate([one.vectors for one in analyses])

    def _fill(self, array: Hashes, layout: _Layout, found: Sequence[Analysis]) -> None:
        """Write the analyses of the doc's sentences."""
        if not found:
            return
        places = layout.places
        upos, xpos, feats, rel, heads = (
            np.concatenate([getattr(one, name) for one in found]) for name in ("upos", "xpos", "feats", "rel", "heads")
        )
        array[places, _TAG] = self._xpos[xpos]
        array[places, _POS] = self._upos[upos]
        array[places, _MORPH] = self._feats[feats]
        array[places, _DEP] = self._rel[rel]
        array[places, _LEMMA] = [self._vocab.strings.add(lemma) for one in found for lemma in one.lemmas]
        sizes = [len(one.heads) for one in found]
        starts = np.cumsum(sizes) - sizes
        targets = places[np.maximum(heads + np.repeat(starts, sizes) - 1, 0)]
        array[places, _HEAD] = np.where(heads > 0, targets - places, 0).astype(np.uint64)
        for base, one in zip(starts.tolist(), found, strict=True):
            for start, end, label in one.names:
                inside = slice(places[base + start], places[base + end - 1] + 1)  # white space between its words too
                array[inside, _ENT_TYPE] = self._vocab.strings.add(label)
                array[inside, _ENT_IOB] = _IOB_INSIDE
                array[places[base + start], _ENT_IOB] = _IOB_BEGIN


@dataclass(frozen=True, slots=True)
class _Layout:
    """Words and white space of a doc; read from its array, as making a `Token` of each costs more than the rest."""

    places: Indexes  # of the words, in the doc
    spaces: Indexes  # of white space
    orths: Hashes  # of white space
    sentences: list[list[str]]  # words of each sentence that has any

    @classmethod
    def of(cls, doc: Doc) -> _Layout:
        """Read a doc that has sentence starts."""
        columns = doc.to_array(["ORTH", "IS_SPACE", "SENT_START"])
        orths, space, start = columns.T
        places, spaces = np.flatnonzero(space == 0), np.flatnonzero(space)
        words = [doc.vocab.strings[orth] for orth in orths[places].tolist()]
        cuts = np.searchsorted(places, [*np.flatnonzero(start == 1).tolist(), len(doc)]).tolist()
        return cls(places, spaces, orths[spaces], [words[a:b] for a, b in pairwise([0, *cuts]) if a < b])


def _hashes(values: Iterable[int]) -> Hashes:
    return np.fromiter(values, np.uint64)


def _hang_spaces(array: Hashes, layout: _Layout) -> None:
    """Give white space its text as lemma, and as head the token before it; at the start of a doc, the first word.

    A doc of nothing but white space has its first token as root.
    """
    first_word = int(layout.places[0]) if len(layout.places) else 0
    heads = np.where(layout.spaces <= first_word, first_word, layout.spaces - 1)
    array[layout.spaces, _LEMMA] = layout.orths
    array[layout.spaces, _HEAD] = (heads - layout.spaces).astype(np.uint64)


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
        "doc.tensor",
    ],
    requires=["token.is_sent_start"],
)
def _make(nlp: Language, name: str, model: str) -> SyntaxAndNames:
    """`model` is the folder of the model's files."""
    return SyntaxAndNames(nlp.vocab, Analyser(Path(model)))
