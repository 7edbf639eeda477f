"""The features of words: their classes, and those that are the same for every fact of a text.

The others are noted where the surroundings of a fact are (:mod:`.surroundings`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from indiggraph.facts.syntax import base
from indiggraph.facts.tellers import Teller, Way
from indiggraph.model import Form, Mention, ThingType

__all__ = [
    "AHEAD",
    "BACK",
    "FAR",
    "SIZES",
    "Feature",
    "Mark",
    "Numbers",
    "Party",
    "distance_class",
    "features_of",
    "way_over",
]

Numbers = npt.NDArray[np.int64]

BACK, AHEAD = 3, 1
"""Sentences before and behind the fact's own."""
FAR = BACK + AHEAD + 1
"""The offset of what was told before these sentences."""


class Feature(IntEnum):
    """The columns of features."""

    OFFSET, MARK, DEP, DISTANCE, FROM_TRIGGER, THING, FORM, SUBJECT, FROM_VALUE, TELLING, OFTEN, PARTY = range(12)


class Mark(IntEnum):
    """What a word is in facts: of this one, of others, of none."""

    NOTHING, TRIGGER, SUM, COUNT, PERCENT, OTHER_TRIGGER, OTHER_VALUE, TIME, SPEAKER, LAST_SPEAKER = range(10)


class Party(IntEnum):
    """What a thing was in the facts before: the agent of one, else another party; ``LAST_`` is the last such thing."""

    NONE, AGENT, LAST_AGENT, OTHER, LAST_OTHER = range(5)


_LABELS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop", "csubj",
    "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
"""Relations of Universal Dependencies without their subtypes."""
_LABEL = {label: number for number, label in enumerate(_LABELS, start=1)}
_TYPE = {kind: number for number, kind in enumerate(ThingType, start=1)}
_FORM = {form: number for number, form in enumerate(Form, start=1)}
_TELLING = {way: number for number, way in enumerate(Way, start=1)}
_NEAR = ((4, 4), (6, 5), (10, 6), (18, 7), (40, 8))
"""Distances in words up to which a class of distances reaches; shorter ones have a class each."""
_FARTHEST = 9
_UP, _DOWN = 4, 6
"""Steps up and down a tree that are told apart."""
_WAYS_OVER = 1 + _UP * (_DOWN + 1) + _DOWN
_COUNTS = (1, 2, 4)
"""Up to how many mentions of a thing each class of their numbers reaches."""
_OFTEN = len(_COUNTS) + 1

SIZES = {
    Feature.OFFSET: FAR + 1,
    Feature.MARK: len(Mark),
    Feature.DEP: len(_LABELS) + 1,
    Feature.DISTANCE: 2 * _FARTHEST + 1,
    Feature.FROM_TRIGGER: _WAYS_OVER + 1,
    Feature.THING: len(_TYPE) + 1,
    Feature.FORM: len(_FORM) + 1,
    Feature.SUBJECT: 5,  # none, or whether it is a subject, and whether it is plural
    Feature.FROM_VALUE: _WAYS_OVER + 1,
    Feature.TELLING: len(_TELLING) + 1,
    Feature.OFTEN: 2 * _OFTEN + 1,
    Feature.PARTY: len(Party),
}
"""How many values each feature has."""


def features_of(
    doc: Doc,
    mentions: Sequence[tuple[int, Mention]],
    things: Mapping[str, str],
    telling: Mapping[int, Teller],
    opening_end: int,
) -> Numbers:
    """Return what is known of each word of a document, whatever the fact.

    Mentions come with the places of their heads, ``things`` says what each is of, ``telling`` which words tell sectors;
    the first sentence ends before word ``opening_end``.
    """
    features = np.zeros((len(doc), len(SIZES)), np.int64)
    features[:, Feature.DEP] = [_LABEL.get(base(token), 0) for token in doc]
    for at, mention in mentions:
        features[at, Feature.THING] = _TYPE[mention.type]
        features[at, Feature.FORM] = _FORM[mention.form]
        features[at, Feature.SUBJECT] = 1 + mention.subject + 2 * mention.plural
    for at, often in _often(mentions, things, opening_end):
        features[at, Feature.OFTEN] = often
    for at, teller in telling.items():
        features[at, Feature.TELLING] = _TELLING[teller.way]
    return features


def _often(
    mentions: Sequence[tuple[int, Mention]], things: Mapping[str, str], opening_end: int
) -> Iterator[tuple[int, int]]:
    """How often the thing of each mention is told, in classes of their own for those of the first sentence."""
    counts = Counter(things.values())
    early = {things[mention.id] for at, mention in mentions if at < opening_end}
    for at, mention in mentions:
        thing = things[mention.id]
        size = next((number for number, most in enumerate(_COUNTS) if counts[thing] <= most), len(_COUNTS))
        yield at, 1 + size + _OFTEN * (thing in early)


def distance_class(distance: int) -> int:
    """Classes of signed distances in words, that of 0 in the middle."""
    size = abs(distance)
    number = size if size < 4 else next((number for limit, number in _NEAR if size <= limit), _FARTHEST)
    return _FARTHEST + (number if distance > 0 else -number)


def way_over(start: int, words: Iterable[int], heads: Sequence[int]) -> list[int]:
    """The way over the tree from one word to each of some, as a class of the steps up and down."""
    above = {word: steps for steps, word in enumerate(_to_root(start, heads))}
    classes = []
    for word in words:
        down, up = next(((n, above[w]) for n, w in enumerate(_to_root(word, heads)) if w in above), (_DOWN, _UP))
        classes.append(1 + min(up, _UP) * (_DOWN + 1) + min(down, _DOWN))
    return classes


def _to_root(word: int, heads: Sequence[int]) -> Iterator[int]:
    yield word
    while heads[word] != word:
        word = heads[word]
        yield word
