"""Makes parts and wholes agree after the second reading, which decides about one fact at a time.

Sums tell more than words: parts that make up their whole stay its parts, parts that would be more than their whole do
not, and a part of a sum is of its type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from indiggraph.model import Fact, FactType
from indiggraph.trace import Trace

__all__ = ["with_wholes"]

_NEARLY = Decimal("0.95")
"""The share of a whole that its parts must make up to be taken for all of them."""
_TOO_MANY = "all its parts would be more than it"

Wholes = Mapping[str, str | None]
"""The whole of each fact, by their ids."""


def with_wholes(read: Sequence[Fact], ruled: Sequence[Fact], trace: Trace) -> tuple[Fact, ...]:
    """Return facts as read a second time, with wholes that agree; ``ruled`` are the same facts as rules have them."""
    before = {fact.id: fact.part_of for fact in ruled}
    kept = list(_with_parts_that_add_up(read, before, _adding_up(ruled), trace))
    fitting = list(_with_parts_that_fit(kept, before, trace))
    straight = list(_without_circles(fitting, trace))
    return tuple(_like_their_wholes(straight, {fact.id: fact.type for fact in ruled}, trace))


def _adding_up(facts: Sequence[Fact]) -> frozenset[str]:
    """The parts that together are their whole, or little less."""
    known, sizes = {fact.id: fact for fact in facts}, _sizes(facts)
    parts: dict[str, list[str]] = defaultdict(list)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for fact in facts:
        value = _part(fact, known.get(fact.part_of or ""))
        if fact.part_of is not None and value is not None:
            parts[fact.part_of].append(fact.id)
            sums[fact.part_of] += value
    made_up = (ident for ident in parts if _NEARLY * sizes[ident] <= sums[ident] <= sizes[ident])
    return frozenset(part for ident in made_up if len(parts[ident]) > 1 for part in parts[ident])


def _with_parts_that_add_up(
    facts: Iterable[Fact], before: Wholes, adding_up: frozenset[str], trace: Trace
) -> Iterator[Fact]:
    """Facts of which those that made up a whole are its parts again."""
    for fact in facts:
        if fact.id in adding_up and fact.part_of != before[fact.id]:
            if fact.part_of is not None:
                trace.withdrawn(fact, "partOf", fact.part_of, "makes up another whole with other parts")
            trace.changed(fact, "partOf", before[fact.id], "with the other parts it makes up the whole")
            fact = replace(fact, part_of=before[fact.id])
        yield fact


def _with_parts_that_fit(facts: Sequence[Fact], before: Wholes, trace: Trace) -> Iterator[Fact]:
    """Facts whose parts are together no more than they are: parts of ``before`` come first, then the first ones told.

    What finds no room in its whole is a part of the one that it had before, if there is room in that; else of none.
    """
    known, room = {fact.id: fact for fact in facts}, _sizes(facts)
    settled: dict[str, str | None] = {}
    for fact in sorted(facts, key=lambda fact: fact.part_of != before[fact.id]):
        for whole in dict.fromkeys((fact.part_of, before[fact.id], None)):
            value = _part(fact, known.get(whole or ""))
            if whole is None or value is None or value <= room[whole]:
                settled[fact.id] = whole
                break
        if whole is not None and value is not None:
            room[whole] -= value
    for fact in facts:
        whole = settled[fact.id]
        if whole != fact.part_of:
            trace.withdrawn(fact, "partOf", fact.part_of, _TOO_MANY)
        if whole is not None and whole != fact.part_of:
            trace.changed(fact, "partOf", whole, "as the rules have it")
        yield replace(fact, part_of=whole)


def _without_circles(facts: Sequence[Fact], trace: Trace) -> Iterator[Fact]:
    """Facts that are no parts of parts of themselves: the part that closes a circle stands alone."""
    whole_of = {fact.id: fact.part_of for fact in facts}
    for fact in facts:
        seen, whole = {fact.id}, fact.part_of
        while whole is not None and whole not in seen:
            seen.add(whole)
            whole = whole_of.get(whole)
        if whole is not None:
            trace.withdrawn(fact, "partOf", fact.part_of, "is itself a part of this fact")
            whole_of[fact.id] = None
        yield replace(fact, part_of=whole_of[fact.id])


def _like_their_wholes(facts: Sequence[Fact], before: Mapping[str, FactType], trace: Trace) -> Iterator[Fact]:
    """Facts whose sum goes with the sum that it is a part of, if they were of one type ``before``."""
    known = {fact.id: fact for fact in facts}

    def leading(fact: Fact) -> Fact:
        """The fact from which the type is taken: the whole of all wholes with which it goes."""
        whole = known.get(fact.part_of or "")
        goes_with = whole is not None and before[whole.id] is before[fact.id] and _in_one_currency(fact, whole)
        return leading(whole) if whole is not None and goes_with else fact

    for fact in facts:
        whole = leading(fact)
        if fact.type is not whole.type:
            trace.changed(fact, "type", whole.type, "like its whole")
            fact = replace(fact, type=whole.type, direction=whole.direction)
        yield fact


def _sizes(facts: Iterable[Fact]) -> dict[str, Decimal]:
    """The sums of facts that have one number, by their ids."""
    sums = {fact.id: fact.amount.value for fact in facts if fact.amount is not None}
    return {ident: value for ident, value in sums.items() if value is not None}


def _part(fact: Fact, whole: Fact | None) -> Decimal | None:
    """What a fact takes of a whole; nothing is known where one of them has no one number, or another currency."""
    if whole is None or not _in_one_currency(fact, whole) or whole.amount is None or whole.amount.value is None:
        return None
    return None if fact.amount is None else fact.amount.value


def _in_one_currency(fact: Fact, other: Fact) -> bool:
    return fact.amount is not None and other.amount is not None and fact.amount.currency == other.amount.currency
