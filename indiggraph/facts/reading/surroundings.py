"""Notes what stands around a fact as numbers: words, trees, mentions, times, other facts, and what rules made of them.

The surroundings of a fact are its sentence with a few before it and one behind it.  What may fill one of its slots
stands there as a candidate: each mention of a thing for the roles, each time, each figure of another fact as the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from indiggraph.facts.syntax import base
from indiggraph.facts.view import SentenceView
from indiggraph.model import (
    Direction,
    Duration,
    Fact,
    FactType,
    Form,
    Interval,
    Mention,
    Modality,
    Money,
    Quantity,
    QuantityKind,
    RoleName,
    Span,
    ThingType,
)

__all__ = [
    "ASKED",
    "DIRECTIONS",
    "KINDS",
    "MODALITIES",
    "PART_OF",
    "ROLES",
    "SIZES",
    "TIME",
    "Candidate",
    "Surroundings",
    "surroundings_of",
]

Bytes = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

ROLES = (
    RoleName.AGENT,
    RoleName.COUNTERPARTY,
    RoleName.BENEFICIARY,
    RoleName.STATED_BY,
    RoleName.PLACE,
    RoleName.PROGRAM,
    RoleName.REPORTED_BY,
)
TIME, PART_OF = len(ROLES), len(ROLES) + 1
"""The columns of a candidate's scores behind those of the roles."""
ASKED = len(ROLES) + 2
KINDS, MODALITIES = tuple(FactType), tuple(Modality)
DIRECTIONS = (None, Direction.INCREASE, Direction.DECREASE)

_BACK, _AHEAD = 3, 1
"""Sentences before and behind the fact's own."""
_LONGEST = 180
"""Words of the surroundings; of longer ones the first are left out."""
_NOTHING, _TRIGGER, _SUM, _COUNT, _PERCENT, _OTHER_TRIGGER, _OTHER_VALUE, _TIME = range(8)
_LABELS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop", "csubj",
    "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
"""Relations of Universal Dependencies without their subtypes."""
_LABEL = {label: number for number, label in enumerate(_LABELS, start=1)}
_TYPE = {kind: number for number, kind in enumerate(ThingType, start=1)}
_FORM = {form: number for number, form in enumerate(Form, start=1)}
_NEAR = ((4, 4), (6, 5), (10, 6), (18, 7), (40, 8))
"""Distances in words up to which a class of distances reaches; shorter ones have a class each."""
_FARTHEST = 9
_UP, _DOWN = 4, 6
"""Steps up and down a tree that are told apart."""
_APART = 1 + _UP * (_DOWN + 1) + _DOWN
_OFFSET, _MARK, _DEP, _DISTANCE, _FROM_TRIGGER, _THING, _THING_FORM, _SUBJECT, _FROM_VALUE = range(9)
SIZES = (_BACK + _AHEAD + 1, 8, len(_LABELS) + 1, 2 * _FARTHEST + 1, _APART + 1, len(_TYPE) + 1, 4, 5, _APART + 1)
"""How many values each feature of a word has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may fill slots: the place of its head among the words, the columns asked, the mention, time or fact.

    ``ref`` is a time, or the id of a mention or fact.
    """

    place: int
    columns: range
    ref: str | Interval | Duration


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the language model sees of each word (8-bit numbers), its features, what the rules put there (``told``).

    ``trigger`` and ``value`` are places among the words, the others classes by their numbers.
    """

    words: Bytes
    features: Numbers
    told: Floats
    candidates: tuple[Candidate, ...]
    trigger: int
    value: int
    kind: int
    modality: int
    direction: int
    is_share: bool


def surroundings_of(facts: Sequence[Fact], views: Sequence[SentenceView]) -> Iterator[Surroundings]:
    """Yield the surroundings of each fact of a document."""
    if not facts:
        return
    text = _Text.of(views)
    by_view: dict[int, list[_Place]] = defaultdict(list)
    places = [_place_of(fact, views, text) for fact in facts]
    for place in places:
        by_view[place.view].append(place)
    for place in places:
        yield _around(place, by_view, text)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands: its sentence, the words of its trigger and its values with their kind, its first value."""

    fact: Fact
    view: int
    trigger: range
    values: tuple[tuple[range, int], ...]
    root: int | None

    @property
    def anchor(self) -> int:
        return self.trigger[0] if self.root is None else self.root


@dataclass(frozen=True, slots=True)
class _Text:
    """What is the same for all facts of a document."""

    starts: Sequence[int]
    """The first word of each sentence, and the end of the last one."""
    heads: Sequence[int]
    words: Bytes
    features: Numbers
    mentions: Sequence[tuple[int, Mention]]
    times: Sequence[tuple[int, Interval | Duration]]

    @classmethod
    def of(cls, views: Sequence[SentenceView]) -> _Text:
        doc: Doc = views[0].sentence.doc
        features = np.zeros((len(doc), len(SIZES)), np.int64)
        features[:, _DEP] = [_LABEL.get(base(token), 0) for token in doc]
        mentions = [(view.roots[mention.id].i, mention) for view in views for mention in view.mentions]
        for at, mention in mentions:
            features[at, _THING] = _TYPE[mention.type]
            features[at, _THING_FORM] = _FORM[mention.form]
            features[at, _SUBJECT] = 1 + mention.subject + 2 * mention.plural
        times = [
            (view.value_roots[value.span].i, value)
            for view in views
            for value in view.values
            if isinstance(value, (Interval, Duration))
        ]
        features[[at for at, _ in times], _MARK] = _TIME
        starts = [view.sentence.start for view in views]
        heads = [token.head.i for token in doc]
        words = np.asarray(doc.tensor, np.int8)
        return cls([*starts, views[-1].sentence.end], heads, words, features, mentions, times)


def _place_of(fact: Fact, views: Sequence[SentenceView], text: _Text) -> _Place:
    number = next(n for n, view in enumerate(views) if view.span == fact.evidence[0])
    view = views[number]
    values = [value for value in (fact.amount, *fact.quantities) if value is not None]
    kinds = tuple((_words(value.span, view), _kind_of(value)) for value in values)
    root = view.value_roots[values[0].span].i if values else None
    return _Place(fact, number, _words(fact.trigger, view), kinds, root)


def _words(span: Span, view: SentenceView) -> range:
    found = view.sentence.doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:  # a span is made of the words of its document
        raise ValueError(f"no words at {span}")
    return range(found.start, found.end)


def _kind_of(value: Money | Quantity) -> int:
    if isinstance(value, Money):
        return _SUM
    return _PERCENT if value.kind is QuantityKind.PERCENT else _COUNT


def _around(place: _Place, by_view: Mapping[int, Sequence[_Place]], text: _Text) -> Surroundings:
    nearest = range(max(0, place.view - _BACK), min(len(text.starts) - 2, place.view + _AHEAD) + 1)
    end = text.starts[nearest[-1] + 1]
    first = max(text.starts[nearest[0]], end - _LONGEST)
    features = text.features[first:end].copy()
    for number in nearest:
        features[max(0, text.starts[number] - first) : text.starts[number + 1] - first, _OFFSET] = (
            number - place.view + _BACK
        )
    features[:, _DISTANCE] = [_class_of(at - place.trigger[0]) for at in range(first, end)]
    own = range(max(first, text.starts[place.view]), text.starts[place.view + 1])
    for column, start in ((_FROM_TRIGGER, place.trigger[0]), (_FROM_VALUE, place.root)):
        if start is not None:
            features[own[0] - first : own[-1] + 1 - first, column] = _steps(start, own, text.heads)
    others = [other for n in nearest if n <= place.view for other in by_view.get(n, ()) if other is not place]
    _mark(place, others, features, first)
    candidates = tuple(_candidates(others, text, first, end))
    return Surroundings(
        text.words[first:end],
        features,
        _told(place.fact, candidates, end - first),
        candidates,
        max(0, place.trigger[0] - first),
        max(0, place.anchor - first),
        KINDS.index(place.fact.type),
        MODALITIES.index(place.fact.modality),
        DIRECTIONS.index(place.fact.direction),
        place.fact.part_of is not None,
    )


def _class_of(distance: int) -> int:
    """Classes of signed distances in words, that of 0 in the middle."""
    size = abs(distance)
    number = size if size < 4 else next((number for limit, number in _NEAR if size <= limit), _FARTHEST)
    return _FARTHEST + (number if distance > 0 else -number)


def _steps(start: int, words: Iterable[int], heads: Sequence[int]) -> list[int]:
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


def _mark(place: _Place, others: Iterable[_Place], features: Numbers, first: int) -> None:
    """Mark the words of triggers and values: those of other facts first, which may be the fact's own as well."""
    length = len(features)
    for other in others:
        _set(features, other.trigger, first, length, _OTHER_TRIGGER)
        for words, _ in other.values:
            _set(features, words, first, length, _OTHER_VALUE)
    for words, kind in place.values:
        _set(features, words, first, length, kind)
    _set(features, place.trigger, first, length, _TRIGGER)


def _set(features: Numbers, words: range, first: int, length: int, mark: int) -> None:
    features[max(0, words.start - first) : max(0, min(length, words.stop - first)), _MARK] = mark


def _candidates(others: Iterable[_Place], text: _Text, first: int, end: int) -> Iterator[Candidate]:
    for at, mention in text.mentions:
        if first <= at < end:
            yield Candidate(at - first, range(len(ROLES)), mention.id)
    for at, time in text.times:
        if first <= at < end:
            yield Candidate(at - first, range(TIME, TIME + 1), time)
    for other in others:
        if other.root is not None and first <= other.root < end:
            yield Candidate(other.root - first, range(PART_OF, PART_OF + 1), other.fact.id)


def _told(fact: Fact, candidates: Iterable[Candidate], length: int) -> Floats:
    """What the rules answered, by word and column."""
    told = np.zeros((length, ASKED), np.float32)
    roles = {(role.name, role.mention) for role in fact.roles}
    for candidate in candidates:
        for column in candidate.columns:
            if column < TIME:
                answered = (ROLES[column], candidate.ref) in roles
            else:
                answered = candidate.ref == (fact.time if column == TIME else fact.part_of)
            if answered:
                told[candidate.place, column] = 1.0
    return told
