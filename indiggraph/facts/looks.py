"""Looks once more at facts that are composed: their type, their sector by all that is known, how sure they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indiggraph.facts.binding import Draft
from indiggraph.facts.clues import clues_of, suits
from indiggraph.facts.confidence import load_confidence
from indiggraph.facts.directions import direction_around
from indiggraph.facts.kinds import load_kinds
from indiggraph.facts.reading import LIKELY, UNLIKELY, Reread, load_limits
from indiggraph.facts.sectors import Offer, SectorFinder, pooled
from indiggraph.facts.signs import signs_of
from indiggraph.facts.types import type_of
from indiggraph.facts.view import SentenceView
from indiggraph.frames import Frames
from indiggraph.model import Fact, FactType
from indiggraph.trace import Trace

__all__ = ["Origin", "in_sector", "retyped", "sure"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a fact was made of: its draft, and the sentence, which states ``together`` facts; its possible sectors."""

    draft: Draft
    view: SentenceView
    together: int
    offer: Offer


def in_sector(read: Reread, origin: Origin, sectors: SectorFinder, trace: Trace) -> Fact:
    """Give a fact the sector that it likely has by all that is known, with the sentence that tells it."""
    fact, keys = read.fact, read.fact.sectors
    if read.sectors:
        named = sectors.is_named(origin.offer)
        shares = pooled(origin.offer.shares, read.sectors, load_limits().pool, named=named)
        keys = sectors.settled(origin.offer, shares)
        for key in (key for key in fact.sectors if key not in keys):
            trace.withdrawn(fact, "sector", key, UNLIKELY, f"{shares[key]:.2f}")
        for key in (key for key in keys if key not in fact.sectors):
            trace.changed(fact, "sector", key, LIKELY, f"{shares[key]:.2f}")
    evidence = dict.fromkeys((*fact.evidence, *sectors.told_at(keys, origin.view)))
    return replace(fact, sectors=keys, evidence=tuple(evidence))


def sure(fact: Fact, origin: Origin, frames: Frames, trace: Trace) -> Fact:
    """Give a finished fact its confidence."""
    clues = clues_of(fact, origin.draft, origin.view, frames, origin.together)
    trace.weighed(fact, clues)
    confidence = load_confidence()
    score = confidence.of(clues)
    trace.changed(fact, "confidence", score, confidence.why(clues))
    return replace(fact, confidence=score)


def retyped(facts: Sequence[Fact], origins: Mapping[str, Origin], frames: Frames, trace: Trace) -> Iterator[Fact]:
    """Give facts the types that all signs speak for; a share goes with its whole if they were of one type."""
    before = {fact.id: fact.type for fact in facts}
    seen = {fact.id: _retyped_one(fact, origins[fact.id], frames, trace) for fact in facts}
    for fact in seen.values():
        whole = seen.get(fact.part_of or "")
        if whole is None or whole.type is before[whole.id] or fact.type is not before[whole.id]:
            yield fact
        else:
            trace.changed(fact, "type", whole.type, "like its whole")
            yield replace(fact, type=whole.type, direction=None)


def _retyped_one(fact: Fact, origin: Origin, frames: Frames, trace: Trace) -> Fact:
    """What took its type from another fact, as a share of it or a value beside it, keeps it if its value suits it."""
    took = fact.part_of is not None or (origin.draft.event is None and fact.type is not type_of(origin.draft))
    if took and suits(fact, origin.view, frames):
        return fact
    if _is_ordered(fact, origin.draft):
        return fact
    signs = signs_of(fact, origin.draft, origin.view, frames, origin.together)
    trace.signed(fact, signs)
    kinds = load_kinds()
    kind = kinds.of(fact.type, signs)
    if kind is fact.type:
        return fact
    trace.changed(fact, "type", kind, "likelier than {} by {}", fact.type, kinds.why(fact.type, kind, signs))
    change = kind is FactType.CHANGE
    direction = direction_around(fact, origin.draft, origin.view, frames) if change else None
    return replace(fact, type=kind, direction=direction)


def _is_ordered(fact: Fact, draft: Draft) -> bool:
    """Whether a word of order stands with all that it needs ("was *told to keep* 500 tons"): an order whatever of."""
    event = draft.event
    return fact.type is FactType.DIRECTIVE and event is not None and bool(event.trigger.needs)
