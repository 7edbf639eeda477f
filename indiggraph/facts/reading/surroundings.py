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

from indiggraph.facts.reading.features import (
    AHEAD,
    BACK,
    FAR,
    Feature,
    Mark,
    Numbers,
    Party,
    distance_class,
    features_of,
    way_over,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.facts.tellers import Teller
from indiggraph.facts.themes import matters_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import (
    PARTIES,
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
    "MODALITIES",
    "PART_OF",
    "ROLES",
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

_LONGEST = 180
"""Words of the surroundings; of longer ones the first are left out."""
_FAR_THINGS, _FAR_FIGURES, _FAR_TIMES = 12, 6, 3
"""What was told before these sentences and still is a candidate: so many of the last ones."""
_KEPT = frozenset(ThingType) - {ThingType.PLACE, ThingType.PRODUCT, ThingType.SECTOR, ThingType.GATHERING}
"""Types of those things: they act and speak, or are programs."""
_OF_THINGS, _OF_TIMES = range(len(ROLES)), range(TIME, TIME + 1)
_OF_FIGURES, _OF_NOUNS = range(PART_OF, PART_OF + 1), range(THEME, THEME + 1)
"""The columns that are asked of a candidate."""
_Ref = tuple[int, range, str | Interval | Duration | Role]
"""The word, the columns and what a candidate is."""
_Party = tuple[RoleName, str]
"""What a thing was in a fact, and the thing."""


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

    ``sectors`` has the sector that each word tells, or ``NO_SECTOR``.

    ``tokens`` are the places of the words in the article, ``trigger`` and ``value`` those of two words among them, the
    others classes by their numbers.
    """

    words: Bytes
    tokens: Numbers
    features: Numbers
    sectors: tuple[str, ...]
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


def surroundings_of(
    facts: Sequence[Fact], views: Sequence[SentenceView], tellers: Sequence[Teller]
) -> Iterator[Surroundings]:
    """Yield the surroundings of each fact of a document; ``tellers`` are its words that tell sectors."""
    if not facts:
        return
    places = [_place_of(fact, views) for fact in facts]
    text = _Text.of(views, {place.view for place in places}, tellers)
    by_view: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        by_view[place.view].append(place)
    in_order = sorted(places, key=lambda place: (place.at, place.anchor))
    said = [(place.view, thing) for place in in_order for thing in text.speakers_of(place.fact)]
    dealt = [(place.at, party) for place in in_order for party in text.parties_of(place.fact)]
    for place in places:
        speakers = [thing for view, thing in said if view < place.view]
        parties = [party for at, party in dealt if at < place.at]
        yield _around(place, by_view, speakers, parties, text)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands: its sentence, the words of its trigger and its values with their kind, its first value."""

    fact: Fact
    view: int
    trigger: range
    values: tuple[tuple[range, int], ...]
    root: int | None

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands among the facts of a text: its sentence, and its trigger."""
        return self.view, self.trigger[0]

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
    sectors: Sequence[str]
    """The sector that each word tells, or ``NO_SECTOR``."""

    @classmethod
    def of(cls, views: Sequence[SentenceView], stating: Iterable[int], tellers: Sequence[Teller]) -> _Text:
        doc: Doc = views[0].sentence.doc
        mentions = [(view.roots[mention.id].i, mention) for view in views for mention in view.mentions]
        times = [
            (view.value_roots[value.span].i, value)
            for view in views
            for value in view.values
            if isinstance(value, (Interval, Duration))
        ]
        things = things_of({mention.id: mention for _, mention in mentions})
        telling: dict[int, Teller] = {}
        for teller in tellers:
            telling.setdefault(teller.token.i, teller)
        features = features_of(doc, mentions, things, telling, views[0].sentence.end)
        features[[at for at, _ in times], Feature.MARK] = Mark.TIME
        return cls(
            starts=[*(view.sentence.start for view in views), views[-1].sentence.end],
            heads=[token.head.i for token in doc],
            words=np.asarray(doc.tensor, np.int8),
            features=features,
            mentions=mentions,
            things=things,
            times=times,
            matters={n: [(token.i, role) for token, role in matters_of(views[n])] for n in stating},
            sectors=[telling[token.i].key if token.i in telling else NO_SECTOR for token in doc],
        )

    def speakers_of(self, fact: Fact) -> Iterator[str]:
        """Those who state a fact."""
        stating = (role.mention for role in fact.roles if role.name is RoleName.STATED_BY)
        return (self.things[mention] for mention in stating if mention is not None)

    def parties_of(self, fact: Fact) -> Iterator[_Party]:
        """The parties of a fact."""
        parties = ((role.name, role.mention) for role in fact.roles if role.name in PARTIES)
        return ((name, self.things[mention]) for name, mention in parties if mention is not None)

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
        return Mark.SUM
    return Mark.PERCENT if value.kind is QuantityKind.PERCENT else Mark.COUNT


def _around(
    place: _Place,
    by_view: Mapping[int, Sequence[_Place]],
    speakers: Sequence[str],
    parties: Sequence[_Party],
    text: _Text,
) -> Surroundings:
    """The surroundings of a fact; ``speakers`` and ``parties`` are those of the facts before, in order."""
    nearest = range(max(0, place.view - BACK), min(len(text.starts) - 2, place.view + AHEAD) + 1)
    end = text.starts[nearest[-1] + 1]
    first = max(text.starts[nearest[0]], end - _LONGEST)
    others = [other for n in nearest if n <= place.view for other in by_view.get(n, ()) if other is not place]
    near, far = _near(first, end, others, text), _far(first, by_view, text)
    before = sorted({at for at, _, _ in far})
    rows = [*before, *range(first, end)]
    row_of = {at: row for row, at in enumerate(rows)}
    features = text.features[rows]
    features[:, Feature.DISTANCE] = [distance_class(at - place.trigger[0]) for at in rows]
    features[: len(before), Feature.OFFSET] = FAR
    _describe(place, nearest, others, features[len(before) :], first, text)
    matters = [(at, _OF_NOUNS, role) for at, role in text.matters[place.view] if at >= first]
    candidates = tuple(Candidate(row_of[at], columns, ref) for at, columns, ref in (*far, *near, *matters))
    _mark_far(candidates, speakers, features, text)
    _mark_parties(candidates, parties, features, text)
    return Surroundings(
        text.words[rows],
        np.array(rows, np.int64),
        features,
        tuple(text.sectors[at] for at in rows),
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
        features[max(0, text.starts[number] - first) : text.starts[number + 1] - first, Feature.OFFSET] = (
            number - place.view + BACK
        )
    own = range(max(first, text.starts[place.view]), text.starts[place.view + 1])
    for column, start in ((Feature.FROM_TRIGGER, place.trigger[0]), (Feature.FROM_VALUE, place.root)):
        if start is not None:
            features[own[0] - first : own[-1] + 1 - first, column] = way_over(start, own, text.heads)
    _mark(place, others, features, first)


def _mark_far(candidates: Iterable[Candidate], speakers: Sequence[str], features: Numbers, text: _Text) -> None:
    """Mark figures told before, and who stated a fact of a sentence before, the last one above all."""
    told = frozenset(speakers)
    for candidate in candidates:
        if features[candidate.place, Feature.MARK] != Mark.NOTHING:
            continue
        if candidate.columns is _OF_FIGURES:
            features[candidate.place, Feature.MARK] = Mark.OTHER_VALUE
        elif candidate.columns is _OF_THINGS and text.things[str(candidate.ref)] in told:
            last = text.things[str(candidate.ref)] == speakers[-1]
            features[candidate.place, Feature.MARK] = Mark.LAST_SPEAKER if last else Mark.SPEAKER


def _mark_parties(candidates: Iterable[Candidate], parties: Sequence[_Party], features: Numbers, text: _Text) -> None:
    """Mark who was a party of a fact before."""
    agents = [thing for name, thing in parties if name is RoleName.AGENT]
    others = [thing for name, thing in parties if name is not RoleName.AGENT]
    marks = dict.fromkeys(others, Party.OTHER) | dict.fromkeys(others[-1:], Party.LAST_OTHER)
    marks |= dict.fromkeys(agents, Party.AGENT) | dict.fromkeys(agents[-1:], Party.LAST_AGENT)
    for candidate in candidates:
        if candidate.columns is _OF_THINGS and text.things[str(candidate.ref)] in marks:
            features[candidate.place, Feature.PARTY] = marks[text.things[str(candidate.ref)]]


def _mark(place: _Place, others: Iterable[_Place], features: Numbers, first: int) -> None:
    """Mark the words of triggers and values: those of other facts first, which may be the fact's own as well."""
    length = len(features)
    for other in others:
        _set(features, other.trigger, first, length, Mark.OTHER_TRIGGER)
        for words, _ in other.values:
            _set(features, words, first, length, Mark.OTHER_VALUE)
    for words, kind in place.values:
        _set(features, words, first, length, kind)
    _set(features, place.trigger, first, length, Mark.TRIGGER)


def _set(features: Numbers, words: range, first: int, length: int, mark: int) -> None:
    features[max(0, words.start - first) : max(0, min(length, words.stop - first)), Feature.MARK] = mark


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
