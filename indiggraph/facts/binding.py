"""Makes drafts of facts of a sentence: binds its values to their events, and splits each event's values into facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from indiggraph.facts.choosing import LEVELS, STAKES, absorb, called_for, event_of, inner_nouns, is_taken_out, marker_of
from indiggraph.facts.counts import grouped
from indiggraph.facts.gatherings import gatherings_of
from indiggraph.facts.syntax import arguments, base, governors
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView
from indiggraph.lexicon import singular
from indiggraph.model import FactType, Mention, Money, Quantity, QuantityKind

__all__ = ["Draft", "draft_facts", "is_measured_attribute", "position_of", "remnants_of"]

_LEVEL_TYPES = (FactType.PRODUCTION, FactType.TRADE)
_HYPHENED = re.compile(r"[\w.,]+-[A-Za-z]+$")
_TAKING_PART = frozenset({"countries", "nations", "sides", "parties", "ministers", "officials"})
"""Plurals whose number says who takes part, not how much of what a fact is about."""
_PRICES = frozenset({"price"})
"""Nouns of trade that are indicators: their levels tell the change."""
_ROW = frozenset({"conj", "appos", "list"})
_OF_SUMS = frozenset({"of", "in", "from"})
"""Prepositions that tell what a sum consists of, or another level."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact in the making: its event (``None`` where no trigger governs the value), its values, absorbed events."""

    event: Event | None
    anchor: Token
    clause: Event | None = None
    """The event whose clause tells how the fact is meant, where it is not ``event`` ("output *rose* to 5 tons")."""
    amount: Money | None = None
    quantities: tuple[Quantity, ...] = ()
    absorbed: tuple[Event, ...] = ()
    rest: Token | None = None
    """What is left of a sum, told without a verb of its own ("and *the rest* by Bank B")."""
    gathering: Mention | None = None
    """A named gathering that takes place, where no verb says so ("the 5th X Fair (May 3-6) in Y")."""
    level: bool = False
    """A level that a change leads to or starts from ("to 5 tons", "from 4 tons")."""
    earlier: bool = False
    """The level that a change starts from: the time of the clause is not its time."""

    @property
    def events(self) -> tuple[Event, ...]:
        """The event and those that it took in."""
        own = () if self.event is None else (self.event,)
        return (*own, *(event for event in self.absorbed if event is not self.event))


def draft_facts(
    view: SentenceView,
    events: Sequence[Event],
    speaking: Collection[str] = (),
    jobs: Collection[str] = (),
    rests: Collection[str] = (),
) -> list[Draft]:
    """Return the drafts of one sentence in reading order.

    ``speaking`` are verbs of those who speak at gatherings, ``jobs`` nouns for work, which is no part of what opens,
    ``rests`` nouns for what is left of a sum.
    """
    chosen = {value.span: event_of(view.value_roots[value.span], value, events, view.trace) for value in _sums(view)}
    chosen |= {v.span: None for v in _sums(view) if _are_jobs(v, jobs) and _opens(chosen[v.span])}
    kept, absorbed = absorb(events, {e.token.i for e in chosen.values() if e is not None and e.strength > 1})
    for small, large in absorbed:
        view.trace.passed("trigger", small.token, "{} belongs to {} of “{}”", small.rule, large.rule, large.token)
    into = {(small.token.i, small.rule): large for small, large in absorbed}
    drafts: list[Draft] = []
    groups: dict[tuple[int, str], tuple[Event, list[Money | Quantity]]] = {}
    for value in _sums(view):
        event = chosen[value.span]
        if event is None:
            drafts.extend(_unbound(value, view))
            continue
        event = into.get((event.token.i, event.rule), event)
        groups.setdefault((event.token.i, event.rule), (event, []))[1].append(value)
    for event, values in groups.values():
        inner = tuple(small for small, large in absorbed if large is event)
        drafts.extend(_split(event, values, inner, view, _levels_near(event, kept)))
    bound = {event.token.i for event, _ in groups.values()}
    drafts = [_in_own_clause(draft, view) for draft in drafts]
    drafts.extend(_gapped_rests(drafts, view, rests))
    drafts.extend(_alone(called_for(event, events), absorbed) for event in kept if event.token.i not in bound)
    if not any(draft.event is not None and draft.event.type is FactType.OCCURRENCE for draft in drafts):
        drafts.extend(Draft(None, view.roots[held.id], gathering=held) for held in gatherings_of(view, speaking))
    return sorted(drafts, key=lambda draft: (draft.anchor.i, _first_value(draft)))


def _gapped_rests(drafts: Sequence[Draft], view: SentenceView, rests: Collection[str]) -> Iterator[Draft]:
    """What is left of a sum that the clause before divides: "40 percent is lent by A and *the rest by B*"."""
    for token in view.sentence:
        gapped = base(token) in _ROW and not any(base(child) == "nsubj" for child in token.children)
        if token.lemma_.lower() not in rests or not gapped or token.pos_ != "NOUN":
            continue
        before = [d for d in drafts if position_of(d, view).i < token.i and d.event is not None]
        paid = [d for d in before if d.event is not None and d.event.type is FactType.INVESTMENT]
        if paid and paid[-1] is before[-1]:
            yield replace(paid[-1], amount=None, quantities=(), rest=token)


def _in_own_clause(draft: Draft, view: SentenceView) -> Draft:
    """Anchor a noun's value in the clause that tells it ("trade, which *stood* at $3 billion, will grow")."""
    values = [value for value in (draft.amount, *draft.quantities) if value is not None]
    if draft.event is None or draft.event.token.pos_ not in ("NOUN", "PROPN") or draft.clause is not None or not values:
        return draft
    for governor in governors(view.value_roots[values[0].span]):
        if governor.i == draft.event.token.i:
            break
        if governor.dep_ == "acl:relcl" and governor.pos_ in ("VERB", "AUX"):
            return replace(draft, anchor=governor)
    return draft


def _first_value(draft: Draft) -> int:
    spans = [value.span.start for value in (draft.amount, *draft.quantities) if value is not None]
    return min(spans, default=-1 if draft.rest is None else draft.rest.idx)


def _sums(view: SentenceView) -> list[Money | Quantity]:
    return [
        value
        for value in view.values
        if isinstance(value, Money) or (isinstance(value, Quantity) and not _is_attribute(value))
    ]


def _is_attribute(value: Quantity) -> bool:
    """A bare number, or a measure that only describes a noun ("a 6-meter pipe")."""
    if value.kind is QuantityKind.NUMBER or (value.unit or "").lower() in _TAKING_PART:
        return True
    return is_measured_attribute(value) and value.per is None


def is_measured_attribute(value: Quantity) -> bool:
    """Whether a quantity with a hyphen describes a noun ("a 6-meter pipe")."""
    return value.kind is QuantityKind.QUANTITY and bool(_HYPHENED.match(value.text))


def _unbound(value: Money | Quantity, view: SentenceView) -> Iterator[Draft]:
    anchor = view.value_roots[value.span]
    if isinstance(value, Money):
        yield Draft(None, anchor, amount=value)
    else:
        yield Draft(None, anchor, quantities=(value,))


def _are_jobs(value: Money | Quantity, jobs: Collection[str]) -> bool:
    """ "A mill *with 450 jobs*"."""
    return isinstance(value, Quantity) and singular((value.unit or "").lower().rpartition(" ")[2]) in jobs


def _opens(event: Event | None) -> bool:
    return event is not None and event.type is FactType.ESTABLISHMENT


def _alone(event: Event, absorbed: Sequence[tuple[Event, Event]]) -> Draft:
    return Draft(event, event.token, absorbed=tuple(small for small, large in absorbed if large is event))


# ---- values without their verb ---------------------------------------------------------------------------------


def position_of(draft: Draft, view: SentenceView) -> Token:
    """The token of the draft's first value, else its trigger."""
    if draft.rest is not None:
        return draft.rest
    value = draft.amount or (draft.quantities[0] if draft.quantities else None)
    return draft.anchor if value is None else view.value_roots[value.span]


def remnants_of(draft: Draft, view: SentenceView) -> dict[str, Token]:
    """Return what stands beside a value where the verb is left out, by preposition ("$3 for A and $2 *for B*")."""
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    roots = [view.value_roots[v.span] for v in values] if draft.rest is None else [draft.rest]
    left = [child for root in roots for child in root.children if _is_remnant(child)]
    cases = [(case.lower_, token) for token in left for case in token.children if case.dep_ == "case"]
    told = {case: token for case, token in cases if token.dep_ == "orphan" or case not in _OF_SUMS}
    if draft.rest is not None and "by" in told:
        told["subj"] = told["by"]  # who does it, as beside a passive
    return told


def _is_remnant(child: Token) -> bool:
    """Told as such by the tree, or a phrase behind a value that only goes on with a row of values."""
    return child.dep_ == "orphan" or (child.dep_ == "nmod" and child.head.dep_ in _ROW and child.i > child.head.i)


# ---- splitting an event's values into facts --------------------------------------------------------------------


def _levels_near(event: Event, kept: Sequence[Event]) -> list[Event]:
    """What a change is of that has a figure of its own ("exports, $3 million then, *rose* to $4 million")."""
    if event.type is not FactType.CHANGE:
        return []
    inner = {noun.i for noun in inner_nouns(event)}
    if event.trigger.part_of_speech == "adj":  # "exports reached $4 million, *up* from $3 million"
        heads = [head for head in governors(event.token) if head.pos_ == "VERB"][:1]
        inner |= {noun.i for head in heads for name, noun in arguments(head) if name == "subj"}
        inner |= {head.i for head in heads}
    return [other for other in kept if other.token.i in inner and other.type in _LEVEL_TYPES]


def _split(
    event: Event,
    values: Sequence[Money | Quantity],
    inner: tuple[Event, ...],
    view: SentenceView,
    levels: Sequence[Event] = (),
) -> Iterator[Draft]:
    """Drafts of an event's values; counts taken out of others ("240 pumps, *140 of which* ...") have their own."""
    taken = [v for v in values if isinstance(v, Quantity) and is_taken_out(view.value_roots[v.span])]
    whole = [v for v in values if v not in taken]
    yield from _split_whole(event, whole or taken, inner, view, levels)
    if whole:
        yield from (Draft(event, event.token, absorbed=inner, quantities=(part,)) for part in taken)


def _split_whole(
    event: Event,
    values: Sequence[Money | Quantity],
    inner: tuple[Event, ...],
    view: SentenceView,
    levels: Sequence[Event],
) -> Iterator[Draft]:
    if event.type is FactType.CHANGE:
        yield from _split_change(event, values, inner, view, levels)
        return
    draft = Draft(event, event.token, absorbed=inner)
    if event.type in (FactType.OCCURRENCE, FactType.DIRECTIVE):
        yield from _together(draft, values, view)
        return
    sums = [value for value in values if isinstance(value, Money)]
    counts = [v for v in values if isinstance(v, Quantity) and v.kind is not QuantityKind.PERCENT]
    percents = [v for v in values if isinstance(v, Quantity) and v.kind is QuantityKind.PERCENT]
    if sums and event.type is FactType.INVESTMENT and percents and _is_stake(view.value_roots[percents[0].span]):
        counts, percents = [*counts, percents[0]], percents[1:]
    if sums:
        first, *others = sums
        yield replace(draft, amount=first, quantities=tuple(counts))
        yield from (replace(draft, amount=other) for other in others)
    elif counts:
        yield from (replace(draft, quantities=group) for group in grouped(counts, view))
    yield from (replace(draft, quantities=(percent,)) for percent in percents)


def _is_stake(root: Token) -> bool:
    """ "A *20% stake* in X for €3 million": percentage and price tell one purchase."""
    return any(governor.lemma_.lower() in STAKES for governor in list(governors(root))[:2])


def _together(draft: Draft, values: Sequence[Money | Quantity], view: SentenceView) -> Iterator[Draft]:
    """An event or an order has all its figures at once; a second sum is a fact of its own."""
    sums = [value for value in values if isinstance(value, Money)]
    rates = _further_rates(draft, values, view)
    counts = tuple(value for value in values if isinstance(value, Quantity) and value not in rates)
    yield replace(draft, amount=sums[0] if sums else None, quantities=counts)
    yield from (replace(draft, amount=other) for other in sums[1:])
    yield from (replace(draft, quantities=(rate,)) for rate in rates)


def _further_rates(draft: Draft, values: Sequence[Money | Quantity], view: SentenceView) -> list[Quantity]:
    """What is ordered at several rates ("duties of 10 percent on ore and *15 percent* on coal"): all but one."""
    if draft.event is None or draft.event.type is not FactType.DIRECTIVE:
        return []
    rates = [v for v in values if isinstance(v, Quantity) and _is_percent(v)]
    return [] if any(marker_of(view.value_roots[v.span]) in LEVELS for v in rates) else rates[1:]


def _split_change(
    event: Event,
    values: Sequence[Money | Quantity],
    inner: tuple[Event, ...],
    view: SentenceView,
    levels: Sequence[Event] = (),
) -> Iterator[Draft]:
    """The difference is the change; "from" and "to" are levels, facts of their own where output or trade changes."""
    draft = Draft(event, event.token, absorbed=inner)
    level_event = _level_event((*inner, *levels))
    several = any(_is_difference(value, view) for value in values)
    changed: list[Quantity] = []
    for value in values:
        preposition = marker_of(view.value_roots[value.span])
        level = preposition in LEVELS and not _is_percent(value)
        earlier = preposition == "from"
        if isinstance(value, Money):
            of = level_event if level and level_event is not None else event
            yield replace(draft, event=of, clause=event, amount=value, level=level, earlier=earlier)
        elif level and level_event is not None:
            yield replace(draft, event=level_event, clause=event, quantities=(value,), level=True, earlier=earlier)
        elif level and several:
            yield replace(draft, quantities=(value,), level=True, earlier=earlier)
        elif changed and _elsewhere(value, event, view):
            yield replace(draft, event=level_event or event, quantities=(value,))
        else:
            changed.append(value)
    rates = [value for value in changed if _is_percent(value) and _is_difference(value, view)]
    if changed:
        yield replace(draft, quantities=tuple(value for value in changed if value not in rates[1:]))
        yield from (replace(draft, quantities=(rate,)) for rate in rates[1:])
    elif not any(isinstance(value, Money) for value in values):
        yield draft


def _elsewhere(value: Quantity, event: Event, view: SentenceView) -> bool:
    """Whether another verb stands between the value and the event ("rose 5 percent, X *accounting* for 40 percent")."""
    for governor in governors(view.value_roots[value.span]):
        if governor.i == event.token.i:
            return False
        if governor.pos_ == "VERB":
            return True
    return False


def _is_difference(value: Money | Quantity, view: SentenceView) -> bool:
    """By how much something changed, as against from and to what."""
    marker = marker_of(view.value_roots[value.span])
    return marker == "by" or (marker not in LEVELS and _is_percent(value))


def _level_event(inner: Sequence[Event]) -> Event | None:
    return next((e for e in inner if e.type in _LEVEL_TYPES and e.token.lemma_.lower() not in _PRICES), None)


def _is_percent(value: Money | Quantity) -> bool:
    return isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT
