"""Which time of the sentence is an event's time: the one that hangs on it, or on a verb above it, nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from indiggraph.facts.attribution import Statement
from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Duration, Interval

__all__ = ["time_of"]

_COMPARED = frozenset({"than", "against", "versus", "vs", "vs."})
_MOVED = frozenset({"up", "down", "increase", "rise", "drop", "fall", "decline"})
_OFFSETS = frozenset({"after", "before", "ago", "earlier", "later", "old"})
_NEAR = "hangs on the value itself"
_NEXT = 12
"""Characters from a gathering's name to the first word of the date beside it."""


def time_of(draft: Draft, view: SentenceView, statements: Sequence[Statement]) -> Interval | Duration | None:
    """Return the draft's time; what says when it was said (``Statement.said_at``) is none."""
    said = {s.said_at.span for s in statements if s.said_at is not None and s.verb is not None}
    scored = []
    for value in view.values:
        if not isinstance(value, (Interval, Duration)) or _inside_sum(value, view):
            continue
        if value.span in said and draft.gathering is None:
            continue
        if isinstance(value, Duration) and _is_offset(value, view):
            continue
        root = view.value_roots[value.span]
        distance = _distance(root, draft, view)
        if distance is not None and distance >= 0 and _is_comparison(root, value):
            continue
        if distance is not None:
            dated = isinstance(value, Duration) or value.first is not None or value.last is not None
            scored.append((not dated, distance, value.span.start, value))
    best = min(scored, key=lambda entry: entry[:3])[3] if scored else None
    for _, distance, _, value in scored:
        hear = view.trace.taken if value is best else view.trace.passed
        hear("time", value.text, _NEAR if distance < 0 else "hangs on “{}”, distance {}", draft.anchor, distance)
    return best


def _inside_sum(value: Interval | Duration, view: SentenceView) -> bool:
    return any(other.span != value.span and other.span.covers(value.span) for other in view.values)


def _is_offset(value: Duration, view: SentenceView) -> bool:
    """ "Two days after", "eight years ago": a distance from another time, not how long something took."""
    start = view.sentence.start_char
    rest = view.sentence.text[value.span.end - start : view.span.end - start].split(maxsplit=1)
    return bool(rest) and rest[0].strip(",.;").lower() in _OFFSETS


def _is_comparison(time: Token, value: Interval | Duration) -> bool:
    """ "Than in May", "against last year", "down on 1995", "compared with March": what a change is measured from."""
    for governor in governors(time):
        if governor.lemma_.lower() == "compare":
            return True
        if governor.pos_ in ("VERB", "AUX"):
            break
    first = time.doc.char_span(value.span.start, value.span.end, alignment_mode="expand")
    before = [] if first is None else [t.lower_ for t in time.doc[max(first.start - 3, time.sent.start) : first.start]]
    if not before:
        return False
    moved = before[-1] == "on" and before[-2:-1] != [] and before[-2] in _MOVED
    equal = "as" in before and before[-1] != "of"  # "as much as in 2017", but "as of 2017"
    return bool(_COMPARED & set(before)) or before[-1] == "from" or moved or equal


def _crosses_clause(time: Token, anchor: Token) -> bool:
    """Whether the time stands in a clause of its own below the event ("mines, which made 4 tons *last year*")."""
    for governor in governors(time):
        if governor.i == anchor.i:
            return False
        if base(governor) in ("acl", "advcl", "ccomp", "parataxis") and governor.pos_ in ("VERB", "AUX"):
            return True
    return False


def _is_of_first_clause(time: Token, anchor: Token, predicate: Token) -> bool:
    """ "Exports rose *in May* and imports fell": a time after the first verb is not the coordinated clause's."""
    if time.i < predicate.i:
        return False
    path = [g for g in governors(anchor) if g.i != predicate.i]
    return any(g.dep_ == "conj" and g.head.i == predicate.i and time.i < g.i for g in path)


def _distance(time: Token, draft: Draft, view: SentenceView) -> int | None:
    """Steps between the time's governor and the event; ``None`` where neither is above the other.

    A time that hangs on the draft's own value is nearest ("against 300 tons *in the same period of last year*").
    """
    anchor = draft.anchor
    roots = [view.value_roots[v.span] for v in (draft.amount, *draft.quantities) if v is not None]
    later = [root for root in roots if not any(c.dep_ == "case" and c.lower_ == "from" for c in root.children)]
    values = {root.i for root in later or roots}
    up_from_time = [g.i for g in governors(time)]
    if draft.gathering is not None and 0 <= time.idx - draft.gathering.span.end <= _NEXT:
        return -1
    up_from_anchor = [g.i for g in governors(anchor)]
    if values & set(up_from_time):
        return -1
    others = {view.value_roots[v.span].i for v in view.values if not isinstance(v, (Interval, Duration))} - values
    if others & set(up_from_time):
        return None
    if anchor.i in up_from_time and _crosses_clause(time, anchor):
        return None
    if anchor.i in up_from_time:
        return up_from_time.index(anchor.i)
    predicate = next((g for g in list(governors(time))[1:] if g.pos_ in ("VERB", "AUX", "ADJ")), time.sent.root)
    if predicate.i in up_from_anchor and _is_of_first_clause(time, anchor, predicate):
        return None
    if predicate.i in up_from_anchor:
        return 2 * up_from_anchor.index(predicate.i) + 1
    return None
