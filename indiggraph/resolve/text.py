"""The mentions of one document and the things they have been put together to so far."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field, replace
from itertools import accumulate

from indiggraph.model import Extraction, Form, Mention, ThingType
from indiggraph.resolve.bodies import BodyName, body_name
from indiggraph.resolve.context import Countries, document_country, spoken_countries
from indiggraph.resolve.groups import Description, describe

__all__ = ["CONCEPTS", "Chain", "Text"]

CONCEPTS = (ThingType.PRODUCT, ThingType.SECTOR)
"""Classes whose members are the same in every country, and are called by common nouns."""


@dataclass(eq=False, slots=True)
class Chain:
    """A thing of one text while it is being put together.

    ``mentions`` stay in the order of the text; ``reasons`` says for each mention's id why it is here.
    """

    top: ThingType
    mentions: list[Mention] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, mention: Mention, reason: str) -> None:
        """Let a mention refer to this thing."""
        insort(self.mentions, mention, key=_place)
        self.reasons[mention.id] = reason

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names, in the order of the text; of goods and sectors, all that they are called."""
        called = self.top in CONCEPTS
        named = (mention.name for mention in self.mentions if called or mention.form is Form.NAME)
        return tuple(dict.fromkeys(named))

    @property
    def named(self) -> bool:
        """Whether a name is among the mentions."""
        return any(mention.form is Form.NAME for mention in self.mentions)

    @property
    def first(self) -> Mention:
        """The mention that comes first in the text."""
        return self.mentions[0]

    @property
    def country(self) -> str | None:
        """The country that most mentions give."""
        given = Counter(mention.country for mention in self.mentions if mention.country is not None)
        return max(given, key=lambda code: given[code], default=None)


class Text:
    """The mentions of one document and the chains they have been put into so far."""

    def __init__(self, extraction: Extraction, countries: Countries) -> None:
        self.extraction = extraction
        self.countries = countries
        self.mentions = _placed(sorted(extraction.mentions, key=_place), extraction, countries)
        self.by_id = {mention.id: mention for mention in self.mentions}
        self.country = document_country(extraction.document, self.mentions, countries)
        self.chain_of: dict[str, Chain] = {}
        starts = sorted({mention.sentence.start for mention in self.mentions})
        self._sentence = {start: number for number, start in enumerate(starts)}
        self._starts = [mention.span.start for mention in self.mentions]
        self._latest = list(accumulate(map(self.sentence, self.mentions), max))
        self._described: dict[str, Description] = {}
        self._bodies: dict[str, BodyName] = {}

    @property
    def chains(self) -> list[Chain]:
        """The chains in the order of their first mentions."""
        distinct = {id(chain): chain for chain in self.chain_of.values()}
        return sorted(distinct.values(), key=lambda chain: _place(chain.first))

    def of(self, top: ThingType) -> list[Chain]:
        """The chains of one class."""
        return [chain for chain in self.chains if chain.top is top]

    def sentence(self, mention: Mention) -> int:
        """The number of the mention's sentence among those that hold mentions."""
        return self._sentence[mention.sentence.start]

    def starting(self, start: int, end: int) -> list[Mention]:
        """The mentions that start at the characters from ``start`` to ``end`` (exclusive), in the order of the text."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def preceding(self, mention: Mention, reach: int) -> list[Mention]:
        """The mentions that start before one and are not more than ``reach`` sentences back, in the text's order."""
        first = self.sentence(mention) - reach
        # a mention across sentences may have a later number than the next ones: the highest number so far never falls
        near = self.mentions[bisect_left(self._latest, first) : bisect_left(self._starts, mention.span.start)]
        return [other for other in near if self.sentence(other) >= first]

    def last_sentence(self, chain: Chain, before: Mention) -> int:
        """The number of the sentence that mentioned the chain last before a mention; -1 where none did."""
        return max((self.sentence(other) for other in chain.mentions if other.span < before.span), default=-1)

    def description(self, mention: Mention) -> Description:
        """The mention taken apart as a description."""
        if mention.id not in self._described:
            self._described[mention.id] = describe(mention, self.countries, self.country)
        return self._described[mention.id]

    def names(self, chain: Chain) -> list[BodyName]:
        """The chain's names taken apart as names of bodies."""
        return [self._body(name) for name in chain.names]

    def _body(self, name: str) -> BodyName:
        if name not in self._bodies:
            self._bodies[name] = body_name(name, self.countries)
        return self._bodies[name]

    def put(self, mention: Mention, chain: Chain, reason: str) -> None:
        """Let a mention refer to a chain's thing."""
        chain.add(mention, reason)
        self.chain_of[mention.id] = chain

    def merge(self, kept: Chain, other: Chain, reason: str) -> None:
        """Move all mentions of one chain into another."""
        for mention in other.mentions:
            self.put(mention, kept, other.reasons[mention.id] if len(other.mentions) > 1 else reason)


def _placed(mentions: list[Mention], extraction: Extraction, countries: Countries) -> list[Mention]:
    """The mentions; a lexicon's key is taken back where the name is one that bodies of other countries have too.

    "Ministry of Commerce", or an acronym, is the body that the lexicon knows only in a text that speaks of its country.
    """
    loose = {mention.id: mention.key for mention in mentions if _is_loose(mention, countries)}
    doubtful = set(loose.values()) - {None}
    firm = [mention for mention in mentions if mention.id not in loose and mention.key not in doubtful]
    sure = spoken_countries(extraction.document, firm, countries)
    held = [_held(mention, sure.keys(), countries) if mention.id in loose else mention for mention in mentions]
    gone = {old.key for old, new in zip(mentions, held, strict=True) if old.key is not None and new.key is None}
    own = [_on_its_own(mention, countries) if mention.key in gone else mention for mention in held]
    return [_without_country(mention, countries) if _keyless(mention) else mention for mention in own]


def _keyless(mention: Mention) -> bool:
    return mention.key is None and mention.form is Form.NAME and mention.type.top is ThingType.ORGANIZATION


def _without_country(mention: Mention, countries: Countries) -> Mention:
    """The mention with the key of a body that the lexicon knows by the name without its country ("X of Kenya")."""
    first, _, rest = mention.name.partition(" ")
    body, _, last = mention.name.rpartition(" of ")
    for name, code in ((rest, countries.of_people(first)), (body, countries.code(last) if body else None)):
        entries = [entry for entry in countries.entries(name) if entry.type.top is mention.type.top] if name else []
        if code is not None and len(entries) == 1 and entries[0].country == code:
            return replace(mention, key=entries[0].id, country=code)
    return mention


def _on_its_own(mention: Mention, countries: Countries) -> Mention:
    """The mention with what the lexicon knows of its own name, where another name in the text gave it its key."""
    entries = [entry for entry in countries.entries(mention.name) if entry.type.top is mention.type.top]
    if len(entries) != 1:
        return replace(mention, key=None, country=None)
    return replace(mention, key=entries[0].id, country=entries[0].country)


def _is_loose(mention: Mention, countries: Countries) -> bool:
    """Whether a body's name says too little to tell it from one of another country."""
    if mention.form is not Form.NAME or mention.type.top is not ThingType.ORGANIZATION:
        return False
    name = body_name(mention.name, countries)
    return name.country is None and (name.acronym or name.generic)


def _held(mention: Mention, sure: Set[str], countries: Countries) -> Mention:
    """The mention; without the lexicon's key and country where the text speaks of other countries alone."""
    bodies = [entry for entry in countries.entries(mention.name) if entry.type.top is mention.type.top]
    here = [entry for entry in bodies if entry.country is None or entry.country in sure or not sure]
    if mention.key is None or any(entry.id == mention.key for entry in here):
        return mention
    return replace(mention, key=None, country=None)


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.span.start, mention.span.end, mention.id
