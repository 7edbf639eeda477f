"""What a fact of the annotated articles should hold, for each candidate around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indiggraph import schema
from indiggraph.evaluation.align import Things, align_facts, align_things, is_called, value_matches
from indiggraph.evaluation.gold import GoldFact, GoldTime, read_gold
from indiggraph.evaluation.predicted import read_predicted
from indiggraph.evaluation.words import canonical_duration
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    MODALITIES,
    PART_OF,
    ROLES,
    THEME,
    TIME,
    ArticleText,
    Candidate,
    Floats,
    Surroundings,
)
from indiggraph.facts.sector_clues import NO_SECTOR, Clues
from indiggraph.facts.tellers import load_kinds
from indiggraph.model import Duration, Fact, Form, Interval, Role
from indiggraph.terms import BASE, Iris
from indiggraph.trace import Trace
from training.readings import fact_iri, read_source

__all__ = ["Labelled", "labelled"]

_EITHER_PARTY = frozenset({"Agreement", "Cooperation"})
_PARTIES = ("agent", "counterparty")
_UNKNOWN = -100
Offered = tuple[Mapping[str, Clues], Mapping[str, frozenset[str]]]
"""The sectors that a fact may have with their clues, and those that each goes with."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact in its surroundings, and what it should hold.

    `groups` says of each candidate which filler it is a mention of; `wanted` and `weights` have a row for each filler
    and a column for each slot: whether it should fill it, and whether that counts. `kinds` and `modalities` share 1
    among the accepted classes (all 0 where none is annotated). `offer` has the sectors that the text tells.
    """

    part: str
    article: str
    fact: Fact
    gold: GoldFact
    text: ArticleText
    around: Surroundings
    offer: Offered
    groups: tuple[int, ...]
    wanted: Floats
    weights: Floats
    kinds: Floats
    modalities: Floats
    direction: int

    def sectors(self) -> frozenset[str]:
        """Which sectors are right, as texts tell them; `NO_SECTOR` where the fact may as well have none."""
        told, optional = (_of_scheme(slots["sector"]) for slots in (self.gold.slots, self.gold.optional_slots))
        return told or optional | {NO_SECTOR}


class _Heard(Trace):
    def __init__(self) -> None:
        self.of: dict[str, tuple[Fact, ArticleText, Surroundings]] = {}
        self.offers: dict[str, Offered] = {}
        self._last: Offered = ({}, {})

    def offered(self, choices: Mapping[str, Clues], rows: Mapping[str, frozenset[str]]) -> None:
        self._last = choices, rows

    def drafted(self, fact: Fact) -> None:
        self.offers[fact.id] = self._last

    def surrounded(self, fact: Fact, surroundings: object, text: object) -> None:
        assert isinstance(surroundings, Surroundings)
        assert isinstance(text, ArticleText)
        self.of[fact.id] = fact, text, surroundings


def labelled(source: Path, gold: Path) -> Iterator[Labelled]:
    """Yield the facts of a part of the gold that stand for one that is not optional, as the rules left them."""
    heard, iris = _Heard(), Iris(BASE)
    extractions, linker, graph = read_source(source, heard)
    predicted = read_predicted(graph)
    things_of: dict[str, str] = {}
    for extraction in extractions:
        for mention in extraction.mentions:
            thing = linker.thing_of(mention.id)
            if thing is not None:
                things_of[mention.id] = iris.thing(thing).value
    mentions = [mention for extraction in extractions for mention in extraction.mentions if mention.id in things_of]
    named = {things_of[mention.id] for mention in mentions if mention.form is not Form.PRONOUN}
    things_of = {mention: thing for mention, thing in things_of.items() if thing in named}
    fact_of = {fact_iri(ident): ident for ident in heard.of}
    for document in read_gold(gold):
        things = align_things(document, predicted)
        found = predicted.facts[document.id]
        pairs = {document.facts[i].key: fact_of.get(found[j].iri) for i, j in align_facts(things, found).items()}
        for one in document.facts:
            ident = pairs.get(one.key)
            if ident is not None and not one.optional:
                own = *heard.of[ident], heard.offers[ident]
                yield _labelled(gold.name, document.id, one, own, things, things_of, pairs)


def _labelled(
    part: str,
    article: str,
    gold: GoldFact,
    heard: tuple[Fact, ArticleText, Surroundings, Offered],
    things: Things,
    things_of: Mapping[str, str],
    pairs: Mapping[str, str | None],
) -> Labelled:
    fact, text, around, offer = heard
    fillers: dict[object, int] = {}
    groups, wanted, weights = [], [], []
    for candidate in around.candidates:
        filler = _filler(candidate, things_of)
        key = candidate.columns.start, filler if filler is not None else candidate
        if key not in fillers:
            fillers[key] = len(fillers)
            row, counts = _answers(candidate, filler, gold, things, pairs)
            wanted.append(row)
            weights.append(counts)
        groups.append(fillers[key])
    return Labelled(
        part,
        article,
        fact,
        gold,
        text,
        around,
        offer,
        tuple(groups),
        np.array(wanted, np.float32).reshape(-1, ASKED),
        np.array(weights, np.float32).reshape(-1, ASKED),
        _shares([kind.value for kind in KINDS], ["Occurrence" if t == "Gathering" else t for t in gold.types]),
        _shares([one.value for one in MODALITIES], [str(one).capitalize() for one in gold.modalities if one]),
        _direction(gold),
    )


def _filler(candidate: Candidate, things_of: Mapping[str, str]) -> object:
    """What a candidate stands for: the thing of a mention, else itself."""
    ref = candidate.ref
    if isinstance(ref, Role):
        return things_of.get(ref.mention, ref) if ref.mention is not None else ref
    return things_of.get(ref) if isinstance(ref, str) and candidate.columns[0] < TIME else ref


def _answers(
    candidate: Candidate, filler: object, gold: GoldFact, things: Things, pairs: Mapping[str, str | None]
) -> tuple[list[float], list[float]]:
    """Whether a candidate should fill each slot, and whether that counts."""
    wanted, counts = [0.0] * ASKED, [0.0] * ASKED
    for column in candidate.columns:
        if column == TIME:
            assert isinstance(filler, (Interval, Duration))
            right, counted = _is_time(gold.time, filler), gold.time.known or not (gold.time.told or gold.time.optional)
        elif column == PART_OF:
            right = gold.part_of is not None and pairs.get(gold.part_of) == filler
            counted = not gold.part_of_optional and (gold.part_of is None or pairs.get(gold.part_of) is not None)
        elif column == THEME:
            right, counted = _is_theme(filler, gold, things)
        elif filler is None:  # a mention of nothing that has a name
            right, counted = False, False
        else:
            right, counted = _fills(ROLES[column].value, str(filler), gold, things)
        wanted[column], counts[column] = float(right), float(counted)
    return wanted, counts


def _fills(slot: str, thing: str, gold: GoldFact, things: Things) -> tuple[bool, bool]:
    """Whether a thing fills a role, and whether that counts: what may as well be left out does not."""
    if any(value_matches(slot, value, thing, things) for value in gold.slots[slot]):
        return True, True
    slots = _PARTIES if gold.type in _EITHER_PARTY and slot in _PARTIES else (slot,)
    allowed = (value for name in slots for value in (*gold.slots[name], *gold.optional_slots[name]))
    return False, not any(value_matches(slot, value, thing, things) for value in allowed)


def _is_theme(filler: object, gold: GoldFact, things: Things) -> tuple[bool, bool]:
    """Whether a noun tells the theme, and whether that counts: where none is annotated, none is wrong."""

    def is_one_of(values: Iterable[str]) -> bool:
        if isinstance(filler, Role):
            return any(is_called("theme", value, [str(filler.label)], things) for value in values)
        return any(value_matches("theme", value, str(filler), things) for value in values)

    if is_one_of(gold.slots["theme"]):
        return True, True
    return False, bool(gold.slots["theme"]) and not is_one_of(gold.optional_slots["theme"])


def _is_time(gold: GoldTime, time: Interval | Duration) -> bool:
    if not gold.known:
        return False
    if isinstance(time, Duration):
        accepted = {canonical_duration(part) for part in (gold.duration or "").split("/") if part}
        return canonical_duration(time.duration) in accepted
    first, last = (None if day is None else day.isoformat() for day in (time.first, time.last))
    begins, ends = {gold.begin, gold.alt_begin or gold.begin}, {gold.end, gold.alt_end or gold.end}
    return not gold.duration and first in begins and last in ends


def _of_scheme(names: Iterable[str]) -> frozenset[str]:
    """Sectors of the scheme as they are offered to facts: narrow ones as the usual ones."""
    taken = load_kinds().taken_as
    return frozenset(taken.get(name, name) for name in names) & {sector.key for sector in schema.sectors()}


def _shares(classes: list[str], accepted: list[str]) -> Floats:
    row = np.array([name in accepted for name in classes], np.float32)
    shared: Floats = row / max(float(row.sum()), 1.0)
    return shared


def _direction(gold: GoldFact) -> int:
    if gold.direction_optional:
        return _UNKNOWN
    names = [None if one is None else one.value.lower() for one in DIRECTIONS]
    return names.index(None if gold.direction is None else gold.direction.lower())
