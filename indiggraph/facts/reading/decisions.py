"""Decides what the second reading changes: fills slots, takes fillers out, mends types, modalities and directions.

The limits are data (``data/facts/reading.yaml``): how sure the network must be to put something into a slot, and to
leave there what the rules put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar, cast

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.article import load_article_reader
from indiggraph.facts.reading.network import Answers, load_reader
from indiggraph.facts.reading.surroundings import (
    DIRECTIONS,
    KINDS,
    MODALITIES,
    PART_OF,
    ROLES,
    THEME,
    TIME,
    Surroundings,
    surroundings_of,
    text_of,
    things_of,
)
from indiggraph.facts.reading.totals import with_wholes
from indiggraph.facts.tellers import Teller
from indiggraph.facts.view import SentenceView
from indiggraph.model import (
    PARTIES,
    Duration,
    Fact,
    FactType,
    Form,
    Interval,
    Mention,
    Role,
    RoleName,
    Span,
    ThingType,
)
from indiggraph.resources import data_path, load_yaml
from indiggraph.trace import SILENT, Trace

__all__ = ["LIKELY", "UNLIKELY", "Limits", "Reread", "load_limits", "second_reading"]

LIKELY = "likely by all around it: {}"
UNLIKELY = "unlikely by all around it: {}"
_OTHERWISE = "likelier by all around it: {} for {}"

_SAYING = (RoleName.STATED_BY, RoleName.REPORTED_BY)
"""Roles of those who tell of a fact: the sentence that names them says nothing of it."""

_ASKS = {
    RoleName.PLACE: ThingType.PLACE,
    RoleName.PROGRAM: ThingType.PROGRAM,
    RoleName.REPORTED_BY: ThingType.ORGANIZATION,
}
"""Roles that only things of one class fill."""

_NEVER = {
    RoleName.AGENT: {ThingType.PRODUCT},
    RoleName.COUNTERPARTY: {ThingType.PRODUCT, ThingType.GATHERING},
    RoleName.BENEFICIARY: {ThingType.PRODUCT},
    RoleName.STATED_BY: {ThingType.PRODUCT, ThingType.SECTOR, ThingType.GATHERING},
}
"""Classes of things that fill a role never: they neither act nor speak."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """From which probability a slot is filled, and from which its filler stays; by how much a class must lead.

    ``single`` are roles to which nothing is added where rules found a filler, and one at most where they found none.
    ``pool`` is how much the clues of sectors and the network weigh.
    """

    fill: Mapping[str, float]
    keep: Mapping[str, float]
    lead: Mapping[str, float]
    single: frozenset[str] = frozenset()
    pool: tuple[float, float] = (1.0, 0.0)


@lru_cache
def load_limits() -> Limits:
    """Return the packaged limits.

    Raises:
        ResourceError: the file is damaged.
    """
    path = data_path("facts", "reading.yaml")
    data = load_yaml(path)
    try:
        clues, network = data["pool"]
        return Limits(data["fill"], data["keep"], data["lead"], frozenset(data["single"]), (clues, network))
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(str(path), f"is damaged: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Reread:
    """A fact as the second reading leaves it, and how likely each sector is; empty where nothing was read."""

    fact: Fact
    sectors: Mapping[str, float]


def second_reading(
    facts: Sequence[Fact], views: Sequence[SentenceView], tellers: Sequence[Teller], trace: Trace = SILENT
) -> tuple[Reread, ...]:
    """Return the facts of a document as the second reading leaves them, in their order.

    ``tellers`` are the words of the document that tell sectors.  Words of another language model than the packaged one
    have no vectors: their facts stay as they are.
    """
    if not facts or not views[0].sentence.doc.tensor.size:
        return tuple(Reread(fact, {}) for fact in facts)
    reader, limits, text = load_reader(), load_limits(), text_of(views)
    article = load_article_reader(reader.encoder).read(text)
    mentions = {mention.id: mention for view in views for mention in view.mentions}
    things = things_of(mentions)
    times: dict[object, Span] = {value: view.span for view in views for value in view.values}
    read: list[Fact] = []
    answers: list[Answers] = []
    for fact, around in zip(facts, surroundings_of(facts, views, tellers), strict=True):
        trace.surrounded(fact, around, text)
        answers.append(reader.read(around, article))
        read.append(_Decision(fact, around, answers[-1], limits, trace).made(mentions, things, times))
    agreeing = with_wholes(read, facts, trace)
    return tuple(Reread(fact, one.sectors) for fact, one in zip(agreeing, answers, strict=True))


@dataclass(frozen=True, slots=True)
class _Decision:
    """What is decided about one fact."""

    fact: Fact
    around: Surroundings
    answers: Answers
    limits: Limits
    trace: Trace

    def made(self, mentions: Mapping[str, Mention], things: Mapping[str, str], times: Mapping[object, Span]) -> Fact:
        """The fact as it is left; ``times`` are those of the text, with their sentences."""
        kind = self._class("type", KINDS, self.fact.type, self._likely_kinds())
        modality = self._class("modality", MODALITIES, self.fact.modality, self.answers.modalities)
        direction = None
        if kind is FactType.CHANGE:
            direction = self._class("direction", DIRECTIONS, self.fact.direction, self.answers.directions)
        roles = tuple(self._roles(mentions, things))
        added = [role for role in roles if role not in self.fact.roles and role.name not in _SAYING]
        time = self._one(TIME, "time", self.fact.time)
        told = [mentions[role.mention].sentence for role in added if role.mention is not None]
        if time is not None and time != self.fact.time:
            told.append(times[time])
        part_of = self._one(PART_OF, "partOf", self.fact.part_of)
        return replace(
            self.fact,
            type=kind,
            modality=modality,
            direction=direction,
            roles=roles,
            time=cast(Interval | Duration | None, time),
            evidence=tuple(dict.fromkeys((*self.fact.evidence, *told))),
            part_of=part_of,
        )

    def _likely_kinds(self) -> list[float]:
        """How likely each type is; what takes place is told by its words alone."""
        barred = {FactType.OCCURRENCE} - {self.fact.type}
        return [0.0 if kind in barred else float(share) for kind, share in zip(KINDS, self.answers.kinds, strict=True)]

    def _class(self, slot: str, classes: Sequence[T], given: T, shares: Iterable[float]) -> T:
        found = dict(zip(classes, map(float, shares), strict=True))
        best = max(classes, key=lambda one: found[one])
        if found[best] <= found[given] + self.limits.lead[slot]:
            return given
        self.trace.changed(self.fact, slot, best, _OTHERWISE, f"{found[best]:.2f}", f"{found[given]:.2f}")
        return best

    def _roles(self, mentions: Mapping[str, Mention], things: Mapping[str, str]) -> Iterator[Role]:
        """The fact's roles without those that are unlikely, then the likely ones that it lacks, likeliest first.

        No thing is two parties of one fact: what the rules made of it stands, unless that is taken out.
        """
        likely = {
            (ROLES[column], str(candidate.ref)): float(self.answers.fillers[row, column])
            for row, candidate in enumerate(self.around.candidates)
            for column in candidate.columns
            if column < TIME
        }
        kept = list(self._kept(likely, things))
        yield from kept
        held = {(_slot(role.name), things[role.mention]) for role in kept if role.mention is not None}
        full: set[str] = {role.name for role in kept if role.name in self.limits.single}
        parties = any(role.name in PARTIES for role in kept)
        for (name, ident), share in sorted(likely.items(), key=lambda entry: -entry[1]):
            pronoun = parties and name in PARTIES and mentions[ident].form is Form.PRONOUN  # of whom is told already
            if share <= self.limits.fill[name] or pronoun or name in full or not _may_be(name, mentions[ident]):
                continue
            if (_slot(name), things[ident]) in held:
                continue
            held.add((_slot(name), things[ident]))
            full |= self.limits.single & {name}
            self.trace.changed(self.fact, name, ident, LIKELY, f"{share:.2f}")
            yield Role(name, ident)
        if not any(role.name is RoleName.THEME for role in kept):
            yield from self._theme(mentions)

    def _theme(self, mentions: Mapping[str, Mention]) -> Iterator[Role]:
        """The likeliest noun for what the fact is about, if it is likely enough; only gatherings take place."""
        themes = self._themes()
        if self.fact.type is FactType.OCCURRENCE:
            themes = {role: share for role, share in themes.items() if _is_held(role, mentions)}
        best = max(themes, key=lambda role: themes[role], default=None)
        if best is not None and themes[best] > self.limits.fill[RoleName.THEME]:
            told = best.mention or best.label
            self.trace.changed(self.fact, RoleName.THEME, told, LIKELY, f"{themes[best]:.2f}")
            yield best

    def _themes(self) -> dict[Role, float]:
        return {
            cast(Role, candidate.ref): float(self.answers.fillers[row, THEME])
            for row, candidate in enumerate(self.around.candidates)
            if THEME in candidate.columns
        }

    def _kept(self, likely: Mapping[tuple[RoleName, str], float], things: Mapping[str, str]) -> Iterator[Role]:
        """The roles that are likely enough; what stands far away is as likely as where else it is named."""
        elsewhere: dict[tuple[RoleName, str], float] = {}
        for (name, ident), odds in likely.items():
            elsewhere[name, things[ident]] = max(odds, elsewhere.get((name, things[ident]), 0.0))
        themes = self._themes()
        for role in self.fact.roles:
            share = themes.get(role) if role.name is RoleName.THEME else likely.get((role.name, role.mention or ""))
            if share is None and role.mention is not None:
                share = elsewhere.get((role.name, things[role.mention]))
            if share is None or share > self.limits.keep[role.name]:
                yield role
            else:
                told = role.mention or role.label
                self.trace.withdrawn(self.fact, role.name, told, UNLIKELY, f"{share:.2f}")

    def _one(self, column: int, slot: str, given: T | None) -> T | None:
        """The likeliest filler of a slot that holds one value, or none."""
        likely = {
            cast(T, candidate.ref): float(self.answers.fillers[row, column])
            for row, candidate in enumerate(self.around.candidates)
            if column in candidate.columns
        }
        if given is not None and given not in likely:
            return given
        bonus = self.limits.fill[slot] - self.limits.keep[slot]
        best = max(likely, key=lambda ref: likely[ref] + bonus * (ref == given), default=None)
        if best is None or likely[best] <= (self.limits.keep if best == given else self.limits.fill)[slot]:
            best = None
        if given is not None and best != given:
            self.trace.withdrawn(self.fact, slot, _told(given), UNLIKELY, f"{likely[given]:.2f}")
        if best is not None and best != given:
            self.trace.changed(self.fact, slot, _told(best), LIKELY, f"{likely[best]:.2f}")
        return best


def _may_be(name: RoleName, mention: Mention) -> bool:
    """Whether a mention is of a class that a role asks for."""
    return _ASKS.get(name, mention.type.top) is mention.type.top and mention.type.top not in _NEVER.get(name, ())


def _is_held(theme: Role, mentions: Mapping[str, Mention]) -> bool:
    """Whether a theme may take place: a gathering, or words."""
    return theme.mention is None or mentions[theme.mention].type is ThingType.GATHERING


def _slot(name: RoleName) -> str:
    """Slots of which a thing fills one."""
    return "party" if name in PARTIES else name


def _told(filler: object) -> object:
    return filler.text if isinstance(filler, (Interval, Duration)) else filler
