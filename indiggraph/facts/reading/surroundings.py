"""Notes what stands around a fact as numbers: words, trees, mentions, times, other facts, and what rules made of them.

The surroundings of a fact are its sentence with a few before it and one behind it, and what was told before these: the
last things, each where it was named last, figures of facts, and times.  What may fill one of its slots is a candidate:
each mention of a thing for the roles, each time, each earlier figure of another fact as the whole, each noun of the
sentence as the theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from indiggraph.facts.syntax import base
from indiggraph.facts.themes import matters_of
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
    Role,
    RoleName,
    Span,
    ThingType,
)

__all__ = [
    "ASKED",
    "DIRECTIONS",
    "KINDS",
    "LAST_SPEAKER",
    "MARK",
    "MODALITIES",
    "PART_OF",
    "ROLES",
    "SIZES",
    "SPEAKER",
    "THEME",
    "TIME",
    "ArticleText",
    "Candidate",
    "Surroundings",
    "surroundings_of",
    "text_of",
    "things_of",
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
TIME, PART_OF, THEME = len(ROLES), len(ROLES) + 1, len(ROLES) + 2
"""The columns of a candidate's scores behind those of the roles."""
ASKED = len(ROLES) + 3
KINDS, MODALITIES = tuple(FactType), tuple(Modality)
DIRECTIONS = (None, Direction.INCREASE, Direction.DECREASE)

_BACK, _AHEAD = 3, 1
"""Sentences before and behind the fact's own."""
_LONGEST = 180
"""Words of the surroundings; of longer ones the first are left out."""
_FAR_THINGS, _FAR_FIGURES, _FAR_TIMES = 12, 6, 3
"""What was told before these sentences and still is a candidate: so many of the last ones."""
_KEPT = frozenset(ThingType) - {ThingType.PLACE, ThingType.PRODUCT, ThingType.SECTOR, ThingType.GATHERING}
"""Types of those things: they act and speak, or are programs."""
_MARKS = 10
_NOTHING, _TRIGGER, _SUM, _COUNT, _PERCENT, _OTHER_TRIGGER, _OTHER_VALUE, _TIME, SPEAKER, LAST_SPEAKER = range(_MARKS)
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
_OFFSET, MARK, _DEP, _DISTANCE, _FROM_TRIGGER, _THING, _THING_FORM, _SUBJECT, _FROM_VALUE = range(9)
SIZES = (_BACK + _AHEAD + 2, _MARKS, len(_LABELS) + 1, 2 * _FARTHEST + 1, _APART + 1, len(_TYPE) + 1, 4, 5, _APART + 1)
"""How many values each feature of a word has; the last offset is that of things named before."""


_OF_THINGS, _OF_TIMES = range(len(ROLES)), range(TIME, TIME + 1)
_OF_FIGURES, _OF_NOUNS = range(PART_OF, PART_OF + 1), range(THEME, THEME + 1)
"""The columns that are asked of a candidate."""
_Ref = tuple[int, range, str | Interval | Duration | Role]
"""The word, the columns and what a candidate is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may fill slots: the place of its head among the words, the columns asked, and what it is.

    ``ref`` is a time, the role that a noun would have, or the id of a mention or fact.
    """

    place: int
    columns: range
    ref: str | Interval | Duration | Role


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The words of an article, white space among them, and the first of each sentence."""

    words: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the language model sees of each word (8-bit numbers), its features, what the rules put there (``told``).

    ``tokens`` are the places of the words in the article, ``trigger`` and ``value`` those of two words among them, the
    others classes by their numbers.
    """

    words: Bytes
    tokens: Numbers
    features: Numbers
    told: Floats
    candidates: tuple[Candidate, ...]
    trigger: int
    value: int
    kind: int
    modality: int
    direction: int
    is_share: bool


def text_of(views: Sequence[SentenceView]) -> ArticleText:
    """The article of sentences, all of which are given."""
    doc: Doc = views[0].sentence.doc
    return ArticleText(tuple(token.text for token in doc), tuple(view.sentence.start for view in views))


def surroundings_of(facts: Sequence[Fact], views: Sequence[SentenceView]) -> Iterator[Surroundings]:
    """Yield the surroundings of each fact of a document."""
    if not facts:
        return
    places = [_place_of(fact, views) for fact in facts]
    text = _Text.of(views, {place.view for place in places})
    by_view: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        by_view[place.view].append(place)
    said = sorted((place.view, thing) for place in places for thing in text.speakers_of(place.fact))
    for place in places:
        yield _around(place, by_view, [thing for view, thing in said if view < place.view], text)


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
    things: Mapping[str, str]
    """What each mention is certainly of: see `things_of`."""
    times: Sequence[tuple[int, Interval | Duration]]
    matters: Mapping[int, Sequence[tuple[int, Role]]]
    """The nouns of each sentence of a fact that may be its theme."""

    @classmethod
    def of(cls, views: Sequence[SentenceView], stating: Iterable[int]) -> _Text:
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
        features[[at for at, _ in times], MARK] = _TIME
        starts = [view.sentence.start for view in views]
        heads = [token.head.i for token in doc]
        words = np.asarray(doc.tensor, np.int8)
        things = things_of({mention.id: mention for _, mention in mentions})
        matters = {n: [(token.i, role) for token, role in matters_of(views[n])] for n in stating}
        return cls([*starts, views[-1].sentence.end], heads, words, features, mentions, things, times, matters)

    def speakers_of(self, fact: Fact) -> Iterator[str]:
        """Those who state a fact."""
        stating = (role.mention for role in fact.roles if role.name is RoleName.STATED_BY)
        return (self.things[mention] for mention in stating if mention is not None)

    def times_before(self, first: int) -> list[tuple[int, Interval | Duration]]:
        """The last times that are told before a word."""
        found = {time: at for at, time in self.times if at < first}
        return sorted(((at, time) for time, at in found.items()), key=lambda told: told[0])[-_FAR_TIMES:]

    def named_before(self, first: int) -> list[tuple[int, Mention]]:
        """The last things that are named before a word, each where it is named last."""
        found: dict[str, tuple[int, Mention]] = {}
        for at, mention in reversed(self.mentions):
            if at < first and mention.form is Form.NAME and mention.type in _KEPT:
                found.setdefault(self.things[mention.id], (at, mention))
        return list(found.values())[:_FAR_THINGS]


def _place_of(fact: Fact, views: Sequence[SentenceView]) -> _Place:
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


def _around(
    place: _Place, by_view: Mapping[int, Sequence[_Place]], speakers: Sequence[str], text: _Text
) -> Surroundings:
    nearest = range(max(0, place.view - _BACK), min(len(text.starts) - 2, place.view + _AHEAD) + 1)
    end = text.starts[nearest[-1] + 1]
    first = max(text.starts[nearest[0]], end - _LONGEST)
    others = [other for n in nearest if n <= place.view for other in by_view.get(n, ()) if other is not place]
    near, far = _near(first, end, others, text), _far(first, by_view, text)
    before = sorted({at for at, _, _ in far})
    rows = [*before, *range(first, end)]
    row_of = {at: row for row, at in enumerate(rows)}
    features = text.features[rows]
    features[:, _DISTANCE] = [_class_of(at - place.trigger[0]) for at in rows]
    features[: len(before), _OFFSET] = _BACK + _AHEAD + 1
    _describe(place, nearest, others, features[len(before) :], first, text)
    matters = [(at, _OF_NOUNS, role) for at, role in text.matters[place.view] if at >= first]
    candidates = tuple(Candidate(row_of[at], columns, ref) for at, columns, ref in (*far, *near, *matters))
    _mark_far(candidates, speakers, features, text)
    return Surroundings(
        text.words[rows],
        np.array(rows, np.int64),
        features,
        _told(place.fact, candidates, len(rows), text.things),
        candidates,
        row_of.get(place.trigger[0], len(before)),
        row_of.get(place.anchor, len(before)),
        KINDS.index(place.fact.type),
        MODALITIES.index(place.fact.modality),
        DIRECTIONS.index(place.fact.direction),
        place.fact.part_of is not None,
    )


def _near(first: int, end: int, others: Iterable[_Place], text: _Text) -> list[_Ref]:
    """The mentions, times and earlier figures among some words."""
    found: list[_Ref] = [(at, _OF_THINGS, mention.id) for at, mention in text.mentions if first <= at < end]
    found += [(at, _OF_TIMES, time) for at, time in text.times if first <= at < end]
    return found + [(o.root, _OF_FIGURES, o.fact.id) for o in others if o.root is not None and first <= o.root < end]


def _far(first: int, by_view: Mapping[int, Sequence[_Place]], text: _Text) -> list[_Ref]:
    """What was told before a word: the last things, times and figures of facts."""
    found: list[_Ref] = [(at, _OF_THINGS, mention.id) for at, mention in text.named_before(first)]
    found += [(at, _OF_TIMES, time) for at, time in text.times_before(first)]
    figures = [(o.root, o.fact.id) for places in by_view.values() for o in places if o.root is not None]
    last = sorted(figure for figure in figures if figure[0] < first)[-_FAR_FIGURES:]
    return found + [(at, _OF_FIGURES, ident) for at, ident in last]


def _describe(
    place: _Place, nearest: range, others: Iterable[_Place], features: Numbers, first: int, text: _Text
) -> None:
    """Note the sentence of each word, its way to the fact in the tree, and what it is in facts."""
    for number in nearest:
        features[max(0, text.starts[number] - first) : text.starts[number + 1] - first, _OFFSET] = (
            number - place.view + _BACK
        )
    own = range(max(first, text.starts[place.view]), text.starts[place.view + 1])
    for column, start in ((_FROM_TRIGGER, place.trigger[0]), (_FROM_VALUE, place.root)):
        if start is not None:
            features[own[0] - first : own[-1] + 1 - first, column] = _steps(start, own, text.heads)
    _mark(place, others, features, first)


def _mark_far(candidates: Iterable[Candidate], speakers: Sequence[str], features: Numbers, text: _Text) -> None:
    """Mark figures told before, and who stated a fact of a sentence before, the last one above all."""
    told = frozenset(speakers)
    for candidate in candidates:
        if features[candidate.place, MARK] != _NOTHING:
            continue
        if candidate.columns is _OF_FIGURES:
            features[candidate.place, MARK] = _OTHER_VALUE
        elif candidate.columns is _OF_THINGS and text.things[str(candidate.ref)] in told:
            last = text.things[str(candidate.ref)] == speakers[-1]
            features[candidate.place, MARK] = LAST_SPEAKER if last else SPEAKER


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
    features[max(0, words.start - first) : max(0, min(length, words.stop - first)), MARK] = mark


def _told(fact: Fact, candidates: Sequence[Candidate], length: int, things: Mapping[str, str]) -> Floats:
    """What the rules answered, by word and column; of a thing far away, where else it stands."""
    told = np.zeros((length, ASKED), np.float32)
    refs = {candidate.ref for candidate in candidates}
    given = ((role.name, role.mention or "") for role in fact.roles)
    answers = {(name, mention if mention in refs else things.get(mention)) for name, mention in given}
    for candidate in candidates:
        for column in candidate.columns:
            if column < TIME:
                own = candidate.ref, things[str(candidate.ref)]
                answered = any((ROLES[column], one) in answers for one in own)
            elif column == THEME:
                answered = candidate.ref in fact.roles
            else:
                answered = candidate.ref == (fact.time if column == TIME else fact.part_of)
            if answered:
                told[candidate.place, column] = 1.0
    return told


def things_of(mentions: Mapping[str, Mention]) -> dict[str, str]:
    """What each mention is certainly of: the key or the name of what it is equated with; a pronoun is of itself."""
    return {ident: _thing(mentions.get(one.refers_to or "", one)) for ident, one in mentions.items()}


def _thing(mention: Mention) -> str:
    return mention.id if mention.form is Form.PRONOUN else mention.key or mention.name.casefold()
