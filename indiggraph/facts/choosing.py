"""Chooses the event that each value of a sentence belongs to, and the events that are parts of another one.

A value belongs to the nearest strong trigger on its way up the tree; the triggers within the subjects and objects
that the way passes count as well ("exports reached $3 billion").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from indiggraph.facts.cues import load_cues
from indiggraph.facts.multiples import is_compared
from indiggraph.facts.syntax import arguments, base, coordinated, governors
from indiggraph.facts.triggers import Event
from indiggraph.model import FactType, Modality, Money, Quantity, QuantityKind
from indiggraph.trace import Trace

__all__ = ["LEVELS", "STAKES", "absorb", "called_for", "event_of", "inner_nouns", "is_taken_out", "marker_of"]

STAKES = frozenset({"stake", "share", "shareholding", "interest", "equity"})
"""Nouns for a part of a firm."""
LEVELS = frozenset({"to", "from", "at", "below", "above"})
"""Prepositions before a level that is reached or left, as against "by" before a difference."""
_MONEY_TYPES = frozenset({FactType.SAVING, FactType.INVESTMENT, FactType.AGREEMENT, FactType.TRADE})
_TAKING_OUT = frozenset({"which", "whom", "them", "these", "those"})
_WITH_CLAUSE = frozenset({FactType.DIRECTIVE, FactType.SAVING})
"""Types whose verbs take a clause as their matter ("ordered to pay", "avoided spending")."""
_WITH_CONTENT = frozenset({FactType.DIRECTIVE, FactType.ESTABLISHMENT, FactType.AGREEMENT})
"""Types whose nouns tell what they say or are for ("a circular *barring* fees", "a program *to renovate* mills")."""
_AGREED = frozenset({FactType.TRADE, FactType.PRODUCTION, FactType.AGREEMENT})
"""Types of what deals are about."""
_COMPARED = frozenset({"than", "year-on-year"})
"""Words behind "more" that make it a change."""
_ACTS = frozenset({FactType.INVESTMENT, FactType.AGREEMENT, FactType.PRODUCTION, FactType.TRADE})
"""What somebody may be called on to do."""
_HEIGHTS = frozenset({"low", "high", "record", "peak", "level", "total", "average"})
"""Nouns that say how high a level is which stands behind them."""
_INNER_CLAUSES = frozenset({"csubj", "xcomp", "ccomp", "advcl", "acl"})
_STRONG = 3
_STEP = 1.0
_SIDE_STEP = 1.5


def event_of(root: Token, value: Money | Quantity, events: Sequence[Event], trace: Trace) -> Event | None:
    """Return the event that a value belongs to, told of the word at its ``root``; ``None`` where none governs it."""
    by_token: dict[int, list[Event]] = {}
    events = [event for event in events if not (_is_inside(event, value) or _adds(event.token, value))]
    for event in events:
        by_token.setdefault(event.token.i, []).append(event)
    beside = [event for event in events if event.trigger.part_of_speech == "adj" and _adjoins(event.token, value, root)]
    if beside:
        trace.taken("value", value.text, "stands beside “{}” ({})", beside[0].token, beside[0].rule)
        return beside[0]
    marked = marker_of(root) in (*LEVELS, "by")
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
    if _is_multiple(event, value):
        return not is_compared(event.token)
    return event.trigger.part_of_speech == "adj" and _stands_within(event, value)


def _is_multiple(event: Event, value: Money | Quantity) -> bool:
    """ "2.7 *times* as much as in May": a word within the value tells a change by itself."""
    return _stands_within(event, value) and event.token.lemma_.lower() in load_cues().figures.multiples


def _stands_within(event: Event, value: Money | Quantity) -> bool:
    return value.span.start <= event.token.idx < value.span.end


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
    if _is_multiple(event, value):
        score += 2 * _STRONG
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


def called_for(event: Event, events: Sequence[Event]) -> Event:
    """Return the call where an act without a figure is called for ("the state *should lend*"), else the event."""
    if event.type not in _ACTS or event.strength >= _STRONG:
        return event
    calls = (other for other in events if other.token.i == event.token.i and other.trigger.part_of_speech == "aux")
    return next((other for other in calls if other.trigger.modality is Modality.PROPOSED), event)


# ---- joining events --------------------------------------------------------------------------------------------


def absorb(events: Sequence[Event], valued: set[int]) -> tuple[list[Event], list[tuple[Event, Event]]]:
    """Return the events that stand for themselves, and pairs of a part and the event whose part it is.

    Nouns that are core arguments of another event's verb belong to it ("signed contracts"); ``valued`` are the tokens
    of the events that have values of their own.
    """
    chosen = _one_a_token(events)
    inside = {(large.token.i, inner.i): large for large in chosen for inner in inner_nouns(large)}
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


def inner_nouns(large: Event) -> Iterator[Token]:
    """Yield heads of the event's core arguments, and the nouns that empty heads measure ("worth of contracts")."""
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


# ---- what stands by a value ------------------------------------------------------------------------------------


def marker_of(root: Token) -> str:
    """Return the preposition before a value, empty where none leads to it."""
    for governor in governors(root):
        cases = [child.lower_ for child in governor.children if child.dep_ == "case" and child.i < root.i]
        if cases and not (cases[0] == "of" and governor.head.lower_ in _HEIGHTS):  # "to a low of 4 tons"
            return cases[0]
        if governor.pos_ in ("VERB", "AUX"):
            return ""
    return ""


def is_taken_out(root: Token) -> bool:
    """Whether a value is "of which" or "of them": the pronoun hangs on it, or before it on its relative clause."""
    clause = next((governor for governor in governors(root) if governor.dep_ == "acl:relcl"), None)
    before = () if clause is None else (child for child in clause.children if child.i < root.i)
    return any(
        token.lower_ in _TAKING_OUT and any(case.lower_ == "of" for case in token.children if case.dep_ == "case")
        for token in (*root.children, *before)
    )
