"""Decides which event each value of a sentence belongs to, and splits events into drafts of facts.

A value belongs to the nearest strong trigger on its way up the tree; the triggers within the subjects and objects
that the way passes count as well ("exports reached $3 billion").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from indiggraph.facts.counts import grouped
from indiggraph.facts.gatherings import gatherings_of
from indiggraph.facts.multiples import is_compared
from indiggraph.facts.syntax import arguments, base, coordinated, governors
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView
from indiggraph.lexicon import singular
from indiggraph.model import FactType, Mention, Modality, Money, Quantity, QuantityKind
from indiggraph.trace import Trace

__all__ = [
    "Draft",
    "STAKES",
    "draft_facts",
    "is_measured_attribute",
    "is_taken_out",
    "marker_of",
    "position_of",
    "remnants_of",
]

_MONEY_TYPES = frozenset({FactType.SAVING, FactType.INVESTMENT, FactType.AGREEMENT, FactType.TRADE})
_LEVEL_TYPES = (FactType.PRODUCTION, FactType.TRADE)
_LEVELS = frozenset({"to", "from", "at", "below", "above"})
_TAKING_OUT = frozenset({"which", "whom", "them", "these", "those"})
_HYPHENED = re.compile(r"[\w.,]+-[A-Za-z]+$")
_TAKING_PART = frozenset({"countries", "nations", "sides", "parties", "ministers", "officials"})
"""Plurals whose number says who takes part, not how much of what a fact is about."""
_WITH_CLAUSE = frozenset({FactType.DIRECTIVE, FactType.SAVING})
"""Types whose verbs take a clause as their matter ("ordered to pay", "avoided spending")."""
_WITH_CONTENT = frozenset({FactType.DIRECTIVE, FactType.ESTABLISHMENT, FactType.AGREEMENT})
"""Types whose nouns tell what they say or are for ("a circular *barring* fees", "a program *to renovate* mills")."""
_AGREED = frozenset({FactType.TRADE, FactType.PRODUCTION, FactType.AGREEMENT})
"""Types of what deals are about."""
STAKES = frozenset({"stake", "share", "shareholding", "interest", "equity"})
"""Nouns for a part of a firm."""
_MULTIPLES = frozenset({"time", "twice"})
"""Words inside a value that tell a change by themselves ("2.7 *times* as much as in May")."""
_PRICES = frozenset({"price"})
"""Nouns of trade that are indicators: their levels tell the change."""
_COMPARED = frozenset({"than", "year-on-year"})
"""Words behind "more" that make it a change."""
_ACTS = frozenset({FactType.INVESTMENT, FactType.AGREEMENT, FactType.PRODUCTION, FactType.TRADE})
"""What somebody may be called on to do."""
_HEIGHTS = frozenset({"low", "high", "record", "peak", "level", "total", "average"})
"""Nouns that say how high a level is which stands behind them."""
_INNER_CLAUSES = frozenset({"csubj", "xcomp", "ccomp", "advcl", "acl"})
_ROW = frozenset({"conj", "appos", "list"})
_OF_SUMS = frozenset({"of", "in", "from"})
"""Prepositions that tell what a sum consists of, or another level."""
_STRONG = 3
_STEP = 1.0
_SIDE_STEP = 1.5


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
    chosen = {value.span: _event_of(view.value_roots[value.span], value, events, view.trace) for value in _sums(view)}
    chosen |= {v.span: None for v in _sums(view) if _are_jobs(v, jobs) and _opens(chosen[v.span])}
    kept, absorbed = _absorb(events, {e.token.i for e in chosen.values() if e is not None and e.strength > 1})
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
    drafts.extend(_alone(_called_for(event, events), absorbed) for event in kept if event.token.i not in bound)
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


def _called_for(event: Event, events: Sequence[Event]) -> Event:
    """The call where an act without a figure is called for ("the state *should lend* to the mills"), else the event."""
    if event.type not in _ACTS or event.strength >= _STRONG:
        return event
    calls = (other for other in events if other.token.i == event.token.i and other.trigger.part_of_speech == "aux")
    return next((other for other in calls if other.trigger.modality is Modality.PROPOSED), event)


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


# ---- choosing an event for a value ---------------------------------------------------------------------------


def _event_of(root: Token, value: Money | Quantity, events: Sequence[Event], trace: Trace) -> Event | None:
    by_token: dict[int, list[Event]] = {}
    events = [event for event in events if not (_is_inside(event, value) or _adds(event.token, value))]
    for event in events:
        by_token.setdefault(event.token.i, []).append(event)
    beside = [event for event in events if event.trigger.part_of_speech == "adj" and _adjoins(event.token, value, root)]
    if beside:
        trace.taken("value", value.text, "stands beside “{}” ({})", beside[0].token, beside[0].rule)
        return beside[0]
    marked = marker_of(root) in (*_LEVELS, "by")
    scored = [
        (_fit(event, value, marked) - distance, -event.token.i, event)
        for distance, token in _way_up(root)
        for event in by_token.get(token.i, ())
    ]
    if not scored:
        trace.passed("value", value.text, "no trigger governs it")
        return None
    score, _, best = max(scored, key=lambda entry: entry[:2])
    trace.taken("value", value.text, "belongs to “{}” ({}, score {})", best.token, best.rule, score)
    for less, _, event in scored:
        if event is not best:
            trace.passed("value", value.text, "not to “{}” ({}, score {})", event.token, event.rule, less)
    return best


def _is_inside(event: Event, value: Money | Quantity) -> bool:
    """ "14 *more* projects": a comparative within the counted phrase."""
    inside = value.span.start <= event.token.idx < value.span.end
    if inside and event.token.lemma_.lower() in _MULTIPLES:
        return not is_compared(event.token)
    return event.trigger.part_of_speech == "adj" and inside


def _adjoins(word: Token, value: Money | Quantity, root: Token) -> bool:
    """ "Up 12 percent", "5 percent more": the comparative stands right before or after the value."""
    first = root.doc.char_span(value.span.start, value.span.end, alignment_mode="expand")
    if first is None:
        return False
    before = [root.doc[i] for i in range(max(first.start - 3, root.sent.start), first.start)]
    between = [token for token in before if token.i > word.i]
    hedged = all(token.pos_ in ("ADV", "ADP", "DET") and token.lower_ != "than" for token in between)
    return (word.i in {token.i for token in before} and hedged) or word.i == first.end


def _adds(word: Token, value: Money | Quantity) -> bool:
    """ "200 pumps *more* will follow": further ones of what is counted, where nothing is compared."""
    counted = isinstance(value, Quantity) and value.kind is QuantityKind.QUANTITY and value.unit_code != "1"
    compared = any(token.lower_ in _COMPARED for token in word.doc[word.i + 1 : word.sent.end])
    return word.lower_ == "more" and counted and value.span.end <= word.idx and not compared


def _way_up(root: Token) -> Iterator[tuple[float, Token]]:
    """Tokens that may govern the value with their distances: ancestors, and nouns beside verbs of level."""
    distance = 0.0
    seen: set[int] = set()
    for child in root.children:  # "the €88 million *needed* by the plant", not "9 tons, of which 4 were *sold*"
        if base(child) == "acl" and child.tag_ == "VBN" and not _takes_out(child):
            seen.add(child.i)
            yield _STEP, child
    for governor in governors(root):
        if governor.i not in seen:
            seen.add(governor.i)
            yield distance, governor
        for side, token in _beside(governor, root):
            if token.i not in seen:
                seen.add(token.i)
                yield distance + side, token
        if governor.dep_ == "acl:relcl":
            distance += 4 * _STEP
        elif base(governor) in ("ccomp", "parataxis", "advcl", "conj") and governor.pos_ in ("VERB", "AUX"):
            distance += 2 * _STEP
        distance += _STEP


def _takes_out(clause: Token) -> bool:
    """Whether a clause tells of a part of the noun that it hangs on ("*of which* 4 were sold")."""
    pronouns = (token for token in clause.subtree if token.i < clause.i and token.lower_ in _TAKING_OUT)
    return any(case.lower_ == "of" for token in pronouns for case in token.children)


def _beside(governor: Token, root: Token) -> Iterator[tuple[float, Token]]:
    """Heads of the governor's subject and object and the nouns within them; what is raised over ("is to be sold")."""
    for name, head in arguments(governor):
        if name == "comp" and base(head) == "xcomp":
            yield _STEP, head
            yield from ((_STEP + side, token) for side, token in _beside(head, root))
            continue
        if name not in ("subj", "obj", "of", "mod", "poss") or head.i == root.i:
            continue
        side = _SIDE_STEP if governor.pos_ in ("VERB", "AUX", "ADJ") else _STEP
        yield side, head
        for inner_name, inner in arguments(head):
            if inner_name in ("of", "mod", "in") and inner.i != root.i:
                yield side + _STEP, inner


def _fit(event: Event, value: Money | Quantity, marked: bool) -> float:
    score = 2.0 * event.strength
    percent = isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT
    if value.span.start <= event.token.idx < value.span.end and event.token.lemma_.lower() in _MULTIPLES:
        score += 2 * _STRONG  # "2.7 *times* as much as in May"
    if percent:
        score += 3.0 if event.type is FactType.CHANGE else -1.0
    elif isinstance(value, Money) and event.type is FactType.CHANGE:
        score -= 1.0 if marked else 6.0  # a sum is by how much, or from or to what, something changes
    elif isinstance(value, Money):
        score += 1.0 if event.type in _MONEY_TYPES else -1.0 if event.type is FactType.PRODUCTION else -2.0
    elif event.type is FactType.INVESTMENT:
        score -= 2.5
    elif event.type in (FactType.SAVING, FactType.OCCURRENCE):
        score -= 1.0
    return score


# ---- joining events ------------------------------------------------------------------------------------------


def _absorb(events: Sequence[Event], valued: set[int]) -> tuple[list[Event], list[tuple[Event, Event]]]:
    """Nouns that are core arguments of another event's verb belong to it ("signed contracts"): (small, large) pairs."""
    chosen = _one_a_token(events)
    inside = {(large.token.i, inner.i): large for large in chosen for inner in _inner_nouns(large)}
    pairs = {}
    for event in chosen:
        outer = [large for (_, i), large in inside.items() if i == event.token.i and _may_absorb(large, event, valued)]
        nominal = event.token.pos_ in ("NOUN", "PROPN") or base(event.token) in _INNER_CLAUSES
        if outer and nominal:
            pairs[event.token.i] = (event, max(outer, key=lambda large: (large.strength, -large.token.i)))
    kept = [event for event in chosen if event.token.i not in pairs]
    return kept, [(small, _outermost(large, pairs)) for small, large in pairs.values()]


def _outermost(event: Event, pairs: Mapping[int, tuple[Event, Event]]) -> Event:
    seen: set[int] = set()
    while event.token.i in pairs and event.token.i not in seen:
        seen.add(event.token.i)
        event = pairs[event.token.i][1]
    return event


def _inner_nouns(large: Event) -> Iterator[Token]:
    """Heads of the event's core arguments, and the nouns that empty heads measure ("worth of contracts")."""
    core = {"obj", "subj", "of", "mod", large.trigger.lemmas[-1]}
    if large.type is FactType.CHANGE and large.token.pos_ == "NOUN":
        core.add("in")  # "a rise *in exports* to $3 million"
    if large.type is FactType.AGREEMENT:
        core |= {"in", "under"}
    if large.type in _WITH_CLAUSE or (large.type is FactType.AGREEMENT and large.token.pos_ in ("NOUN", "PROPN")):
        core |= {"comp", "from", "against"} if large.type is FactType.DIRECTIVE else {"comp"}  # "barred from selling"
    if _is_hiring(large):
        core |= {"comp", "purpose"}
    for name, first in arguments(large.token):
        if name not in core:
            continue
        for head in coordinated(first):
            yield head
            yield from (inner for inner_name, inner in arguments(head) if inner_name in {"of"} | (core & {"in"}))
            if large.type in _WITH_CONTENT:
                yield from (child for child in head.children if child.dep_ == "acl")


def _may_absorb(large: Event, small: Event, valued: set[int]) -> bool:
    if large.token.i == small.token.i:
        return False
    if small.token.dep_ == "acl" and large.type is not small.type:
        return False
    if small.token.pos_ == "VERB" and (large.type in _WITH_CLAUSE or _promised(small, large) or _is_hiring(large)):
        return True
    if large.type is small.type:
        return True
    if _is_priced_subject(small, large) or _is_indicator(small, large):
        return False
    if large.type is FactType.AGREEMENT and _is_circumstance(small.token):
        return False
    if small.token.i in valued and (large.type is FactType.CHANGE or small.type is FactType.CHANGE):
        return False
    if small.token.i in valued and _keeps_sum(small, large):
        return False
    return large.strength >= small.strength


def _is_indicator(small: Event, large: Event) -> bool:
    """ "Putting *the share* of home goods at 9 percent": no part of a firm, which is bought and held."""
    stake = any(words & STAKES for _, words in large.trigger.needs)
    return small.type is FactType.CHANGE and large.type is FactType.INVESTMENT and not stake


def _is_priced_subject(small: Event, large: Event) -> bool:
    """ "The *$9 million project* would create 400 jobs": its own price is no change."""
    subjects = (head.i for name, head in arguments(large.token) if name == "subj")
    return large.type is FactType.CHANGE and small.type is FactType.INVESTMENT and small.token.i in subjects


def _promised(small: Event, large: Event) -> bool:
    """ "A deal *to sell* 15 ferries": what is agreed on is no fact beside the deal."""
    return large.type is FactType.AGREEMENT and small.type in _AGREED


def _is_hiring(large: Event) -> bool:
    """ "*Hired* a firm to build a kiln": what one is hired for is what is agreed on."""
    return large.type is FactType.AGREEMENT and any(function == "inf" for function, _ in large.trigger.needs)


def _one_a_token(events: Sequence[Event]) -> list[Event]:
    """One event for each token: the strongest, of equals one that sets conditions on its arguments, or the longest."""
    best: dict[int, Event] = {}
    for event in sorted(events, key=_specificity):
        best.setdefault(event.token.i, event)
    return sorted(best.values(), key=lambda event: event.token.i)


def _specificity(event: Event) -> tuple[int, bool, int, str]:
    """ "Enter into *force*" says more than "enter into"."""
    limited = any(words for _, words in event.trigger.needs)
    return -event.strength, not limited, -len(event.trigger.lemmas), event.rule


def _is_circumstance(token: Token) -> bool:
    return base(token) == "obl" and any(child.lower_ in ("in", "under") for child in token.children)


def _keeps_sum(small: Event, large: Event) -> bool:
    """ "Led to orders worth £2 million": the sum is the deals', whatever brought them about."""
    return small.type in _MONEY_TYPES and large.type not in _MONEY_TYPES and large.strength < _STRONG


# ---- splitting an event's values into facts ------------------------------------------------------------------


def _levels_near(event: Event, kept: Sequence[Event]) -> list[Event]:
    """What a change is of that has a figure of its own ("exports, $3 million then, *rose* to $4 million")."""
    if event.type is not FactType.CHANGE:
        return []
    inner = {noun.i for noun in _inner_nouns(event)}
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


def is_taken_out(root: Token) -> bool:
    """Whether a value is "of which" or "of them": the pronoun hangs on it, or before it on its relative clause."""
    clause = next((governor for governor in governors(root) if governor.dep_ == "acl:relcl"), None)
    before = () if clause is None else (child for child in clause.children if child.i < root.i)
    return any(
        token.lower_ in _TAKING_OUT and any(case.lower_ == "of" for case in token.children if case.dep_ == "case")
        for token in (*root.children, *before)
    )


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
    return [] if any(marker_of(view.value_roots[v.span]) in _LEVELS for v in rates) else rates[1:]


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
        level = preposition in _LEVELS and not _is_percent(value)
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
    return marker == "by" or (marker not in _LEVELS and _is_percent(value))


def _level_event(inner: Sequence[Event]) -> Event | None:
    return next((e for e in inner if e.type in _LEVEL_TYPES and e.token.lemma_.lower() not in _PRICES), None)


def _is_percent(value: Money | Quantity) -> bool:
    return isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT


def marker_of(root: Token) -> str:
    """Return the preposition before a value, empty where none leads to it."""
    for governor in governors(root):
        cases = [child.lower_ for child in governor.children if child.dep_ == "case" and child.i < root.i]
        if cases and not (cases[0] == "of" and governor.head.lower_ in _HEIGHTS):  # "to a low of 4 tons"
            return cases[0]
        if governor.pos_ in ("VERB", "AUX"):
            return ""
    return ""
