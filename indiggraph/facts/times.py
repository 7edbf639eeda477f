"""Which time of the sentence is an event's time.

The time right behind the event's own value comes first ("against 300 tons *in the same period of last year*"), then
the one that hangs on the event, or on a verb above it, nearest first.  What another value or another clause has for
itself, what a change is measured from, and when something was said are no times of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.choosing import is_taken_out
from indiggraph.facts.statements import Statement
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Duration, FactType, Interval, Money, Quantity

__all__ = ["time_of"]

_COMPARED = frozenset({"than", "against", "versus", "vs", "vs.", "from"})
_MOVED = frozenset({"up", "down", "increase", "rise", "drop", "fall", "decline"})
_RANGE = re.compile(r"\b(?:to|until|till|through)\b", re.IGNORECASE)
_OFFSETS = frozenset({"after", "before", "ago", "earlier", "later", "old", "behind", "ahead", "late", "overdue"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "parataxis"})
_PHRASE = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "SYM", "CCONJ", "PART"})
"""What may stand between a value and the time right behind it ("300 tons *of steel rods in* May")."""
_MEASURED = frozenset({FactType.CHANGE, FactType.PRODUCTION, FactType.TRADE})
"""Types that tell the figures of a period."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST = 8
"""Tokens between a value and the time right behind it."""
_CLOSE = 3
"""Tokens before a time that may say what it is compared with."""
_FARTHER = 4
"""The same with a figure among them ("*up* 43 percent on 2021")."""
_OF_FIGURE = "the period of the figure that the change is told of"
_OF_VALUE = "hangs on the value itself"
_NEXT = 12
"""Characters from a gathering's name to the first word of the date beside it."""
_OWN = -1
"""The distance of a time that belongs to the draft's own value."""


def time_of(draft: Draft, view: SentenceView, statements: Sequence[Statement]) -> Interval | Duration | None:
    """Return the draft's time; what says when it was said (``Statement.said_at``) is none."""
    own = [view.value_roots[v.span] for v in (draft.amount, *draft.quantities) if v is not None]
    earlier = draft.earlier or (bool(own) and all(map(_is_level_before, own)))
    spoken = [s for s in statements if s.verb is not None and s.verb.i != draft.anchor.i]
    said = {s.said_at.span for s in spoken if s.said_at is not None}
    scored = []
    for value in view.values:
        if not isinstance(value, (Interval, Duration)) or _inside_sum(value, view):
            continue
        if value.span in said and draft.gathering is None and not _is_figures(value, draft, view):
            continue
        if isinstance(value, Duration) and _is_offset(value, view):
            continue
        distance = None if _is_comparison(value, view) else _distance(value, draft, view)
        if distance is not None and not (earlier and distance > _OWN):
            dated = isinstance(value, Duration) or value.first is not None or value.last is not None
            scored.append((not dated, distance, value.span.start, value))
    best = min(scored, key=lambda entry: entry[:3])[3] if scored else _of_figure_before(draft, view)
    for _, distance, _, value in scored:
        hear = view.trace.taken if value is best else view.trace.passed
        hear("time", value.text, _OF_VALUE if distance < 0 else "hangs on “{}”, distance {}", draft.anchor, distance)
    return best


def _of_figure_before(draft: Draft, view: SentenceView) -> Interval | None:
    """The period of the figure that a difference is told of ("made 5 tons *in the first quarter*, 9 percent more")."""
    if draft.event is None or draft.event.type is not FactType.CHANGE or not draft.quantities:
        return None
    first = draft.quantities[0].span.start
    before = [v for v in view.values if isinstance(v, Interval) and v.span.end < first]
    last = max(before, key=lambda v: v.span.end, default=None)
    if last is None or last.first is None or last.precision == "day" or not _is_tail(draft, last, view):
        return None
    owner = _owner_of(last, view)
    if owner is None or _is_comparison(last, view) or _is_compared(view.value_roots[owner.span]):
        return None
    view.trace.taken("time", last.text, _OF_FIGURE)
    return last


def _is_tail(draft: Draft, time: Interval, view: SentenceView) -> bool:
    """Whether only a comma and the change's figure come between a time and the change."""
    value = draft.quantities[0].span
    doc = view.sentence.doc
    between = doc.char_span(time.span.end, value.start, alignment_mode="expand")
    words = [] if between is None else [t for t in between if time.span.end <= t.idx < value.start]
    return bool(words) and words[0].text == "," and not any(t.pos_ in ("VERB", "AUX") for t in words)


def _is_figures(value: Interval | Duration, draft: Draft, view: SentenceView) -> bool:
    """ "Announced exports of 5 tons *in the last year*": a period right behind a figure is that of the figure."""
    measured = draft.event is not None and draft.event.type in _MEASURED
    own = (draft.amount, *draft.quantities)
    long = isinstance(value, Interval) and value.precision not in ("day", "week")
    return measured and long and _owner_of(value, view) in own


def _inside_sum(value: Interval | Duration, view: SentenceView) -> bool:
    return any(other.span != value.span and other.span.covers(value.span) for other in view.values)


def _is_offset(value: Duration, view: SentenceView) -> bool:
    """ "Two days after", "eight years ago": a distance from another time, not how long something took."""
    start = view.sentence.start_char
    rest = view.sentence.text[value.span.end - start : view.span.end - start].split(maxsplit=1)
    return bool(rest) and rest[0].strip(",.;").lower() in _OFFSETS


def _is_comparison(value: Interval | Duration, view: SentenceView) -> bool:
    """ "Than in May", "against last year", "down on 1995", "compared with March": what a change is measured from.

    A time that a number before it has for itself ("against 300 tons *in May*") is that number's.
    """
    time = view.value_roots[value.span]
    for governor in governors(time):
        if governor.lemma_.lower() == "compare":
            return _owner_of(value, view) is None
        if governor.pos_ in ("VERB", "AUX"):
            break
    before = _before(value, view)
    if not before:
        return False
    words = [token.lower_ for token in before if not _is_hedge(token)]
    if words[-1] == "from" and _RANGE.search(value.text):
        return False  # "from January to May"
    moved = words[-1] == "on" and any(token.lower_ in _MOVED for token in _near(value, view, _FARTHER))
    equal = "as" in words and words[-1] != "of"  # "as much as in 2017", but "as of 2017"
    return bool(_COMPARED & set(words)) or moved or equal


def _is_hedge(token: Token) -> bool:
    """The "than" of "more than doubled"."""
    return token.lower_ == "than" and token.nbor(1).pos_ in ("VERB", "AUX")


def _near(value: Interval | Duration, view: SentenceView, reach: int = _CLOSE) -> list[Token]:
    """The words right before a time."""
    first = view.sentence.doc.char_span(value.span.start, value.span.end, alignment_mode="expand")
    return [] if first is None else list(first.doc[max(first.start - reach, view.sentence.start) : first.start])


def _before(value: Interval | Duration, view: SentenceView) -> list[Token]:
    """The words right before a time, back to the last number."""
    near = _near(value, view)
    last = max((i for i, token in enumerate(near) if token.like_num or token.pos_ == "NUM"), default=-1)
    return near[last + 1 :]


# ---- whose time it is ----------------------------------------------------------------------------------------------


def _distance(value: Interval | Duration, draft: Draft, view: SentenceView) -> int | None:
    """Steps between the time and the event, ``None`` where the time is not the event's."""
    time, anchor = view.value_roots[value.span], draft.anchor
    if draft.gathering is not None and 0 <= time.idx - draft.gathering.span.end <= _NEXT:
        return _OWN
    told = [g.head.idx for g in governors(anchor) if g.dep_ == "acl:relcl"]
    if any(value.span.start <= at < value.span.end for at in told):
        return 0  # "by 2025, of which 20 tons will be exported"
    own = [v for v in (draft.amount, *draft.quantities) if v is not None]
    if any(_is_share_without(view.value_roots[v.span], time) for v in own):
        return None
    later = [v for v in own if not _is_level_before(view.value_roots[v.span])] or own
    if _is_contact(time, [view.value_roots[v.span] for v in own]):
        return _OWN
    owner = _owner_of(value, view)
    if owner is not None:
        if owner in own:
            return _OWN if owner in later else None
        if not _may_share(value, owner, own, view):
            return None
    elif (above := _value_above(time, view)) is not None:
        if above in later:
            return _OWN
        if above not in own and not _may_share(value, above, own, view):
            return None
    elif _lasts(value) and any(token.like_num for token in _near(value, view)):
        return None  # "up by 350 *in a year*"
    return _steps(value, draft, view)


def _is_contact(time: Token, roots: Sequence[Token]) -> bool:
    """ "Repay the $12 million *it got in 2019*": a clause without a pronoun right behind the value tells of it."""
    clause = next((g for g in governors(time) if g.dep_ == "acl:relcl"), None)
    if clause is None or not any(root.i == clause.head.i for root in roots):
        return False
    return not any(child.tag_ in ("WDT", "WP", "WRB", "WP$") for child in clause.subtree if child.i < clause.i)


def _is_share_without(root: Token, time: Token) -> bool:
    """Whether a value is taken out of another one ("38 *of which* are ready") and the time is not in its clause."""
    if not is_taken_out(root):
        return False
    inner = root.head if base(root) in ("nsubj", "obj", "obl") and _is_predicate(root.head) else root
    clause = next((g for g in governors(root) if g.dep_ == "acl:relcl"), inner)
    return not any(g.i in (clause.i, root.i) for g in governors(time))


def _steps(value: Interval | Duration, draft: Draft, view: SentenceView) -> int | None:
    anchor = draft.anchor
    if _is_of_order(value, draft, view):
        return 0
    time = view.value_roots[value.span]
    up_from_time = [g.i for g in governors(time)]
    up_from_anchor = [g.i for g in governors(anchor)]
    if anchor.i in up_from_time:
        return None if _crosses_clause(time, anchor) else up_from_time.index(anchor.i)
    for number, predicate in enumerate(_predicates(time)):
        if predicate.i in up_from_anchor:
            if number and _is_beside(anchor, predicate):
                return None  # "*costing $9*, the mill is expected to make 4 tons from 2026"
            if _is_of_telling(time, anchor, predicate):
                return None
            apart = _is_of_first_clause(time, anchor, predicate, _is_half_open(value)) or _is_relative(
                value, anchor, predicate, view
            )
            return None if apart else 2 * up_from_anchor.index(predicate.i) + 1
    return None


def _is_of_telling(time: Token, anchor: Token, predicate: Token) -> bool:
    """ "X told us *on Tuesday* that Y had built it"; "ordered it *on Tuesday*, saying that Y had built it"."""
    clause = None
    for governor in governors(anchor):
        if governor.i == predicate.i:
            break
        clause = governor if clause is None and base(governor) == "ccomp" else clause
    if clause is None:
        return False
    return clause.head.i != predicate.i or predicate.i < time.i < clause.left_edge.i


def _is_beside(anchor: Token, predicate: Token) -> bool:
    """Whether an event is told in an adverbial clause of a verb."""
    path = (governor for governor in governors(anchor) if governor.head.i == predicate.i != governor.i)
    return any(base(governor) == "advcl" for governor in path)


def _is_of_order(value: Interval | Duration, draft: Draft, view: SentenceView) -> bool:
    """ "Proposed that the scheme be extended *till June*": the end that what is asked for has."""
    if draft.event is None or draft.event.type is not FactType.DIRECTIVE or not _is_half_open(value):
        return False
    path = list(governors(view.value_roots[value.span]))
    return len(path) > 2 and base(path[1]) == "ccomp" and path[2].i == draft.anchor.i


def _value_above(time: Token, view: SentenceView) -> Money | Quantity | None:
    """The nearest value that a time hangs on within its clause."""
    by_root = {view.value_roots[value.span].i: value for value in _sums(view)}
    return next((by_root[g.i] for g in _within_clause(time) if g.i in by_root), None)


def _sums(view: SentenceView) -> list[Money | Quantity]:
    return [value for value in view.values if isinstance(value, (Money, Quantity))]


def _is_level_before(root: Token) -> bool:
    """Whether a value is the level that a change starts from ("*from* 5 percent")."""
    return any(child.dep_ == "case" and child.lower_ == "from" for child in root.children)


def _owner_of(value: Interval | Duration, view: SentenceView) -> Money | Quantity | None:
    """The value that a time stands right behind, with nothing but a phrase between them."""
    doc = view.sentence.doc
    before = [other for other in _sums(view) if other.span.end <= value.span.start]
    last = max(before, key=lambda other: other.span.end, default=None)
    between = None if last is None else doc.char_span(last.span.end, value.span.start, alignment_mode="expand")
    if last is None:
        return None
    if between is None:
        return last
    words = [t for t in between if last.span.end <= t.idx < value.span.start]
    plain = all(t.pos_ in _PHRASE or t.lower_ in ("annually", "respectively") or _is_recorded(t) for t in words)
    return last if plain and len(words) <= _LONGEST else None


def _is_recorded(token: Token) -> bool:
    """ "The $9 million *booked* in May": a participle right behind a value that has its time."""
    return token.tag_ == "VBN" and base(token) == "acl"


def _may_share(
    value: Interval | Duration, owner: Money | Quantity, own: Sequence[Money | Quantity], view: SentenceView
) -> bool:
    """Whether a time that stands behind another value may be that of a draft's values, too.

    Coordinated values share it.  Elsewhere a deadline or duration is its owner's alone, and so is the time of what the
    others are compared with.
    """
    root = view.value_roots[owner.span]
    mine = {view.value_roots[v.span].i for v in own}
    if any(g.i in mine for g in _coordination(root)):
        return True
    return not _lasts(value) and not _is_compared(root) and not _is_level_before(root)


def _is_compared(root: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ in _COMPARED for child in root.children)


def _lasts(value: Interval | Duration) -> bool:
    """Whether a time is a deadline or a length of time."""
    return isinstance(value, Duration) or (value.first is None and value.last is not None)


def _is_half_open(value: Interval | Duration) -> bool:
    """Whether a time has one end only ("till June", "from 2026")."""
    return isinstance(value, Interval) and (value.first is None) is not (value.last is None)


def _coordination(token: Token) -> Iterator[Token]:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
        yield token


def _within_clause(time: Token) -> Iterator[Token]:
    """The time's governors within its noun phrase or clause: up to a verb, a subject or a clause of its own."""
    for governor in governors(time):
        if governor.pos_ in ("VERB", "AUX") and governor.i != time.i:
            return
        yield governor
        if base(governor) in ("nsubj", *_CLAUSES):
            return


def _predicates(time: Token) -> Iterator[Token]:
    """The verb that a time hangs on, and the verbs that it completes ("is planned to *start* in May")."""
    verb = next((g for g in list(governors(time))[1:] if _is_predicate(g)), time.sent.root)
    yield verb
    while base(verb) == "xcomp" and verb.head.i != verb.i:
        verb = verb.head
        yield verb


def _is_predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "ADJ") or any(base(child) in ("cop", "nsubj") for child in token.children)


def _crosses_clause(time: Token, anchor: Token) -> bool:
    """Whether the time stands in a clause of its own below the event ("mines, which made 4 tons *last year*")."""
    for governor in governors(time):
        if governor.i == anchor.i:
            return False
        if _is_told_beside(governor, anchor):
            return True
        if base(governor) == "acl" and _describes(governor, anchor, time):
            continue
        clausal = governor.pos_ in ("VERB", "AUX") or any(base(child) == "xcomp" for child in governor.children)
        if base(governor) in (*_CLAUSES, "amod") and clausal and not _says_when(governor):
            return True
    return False


def _is_told_beside(clause: Token, anchor: Token) -> bool:
    """ "A supplies B, and C *will open in May*": a clause with a subject of its own, joined to the event's."""
    if clause.dep_ != "conj" or clause.i < anchor.i or anchor.pos_ not in ("VERB", "AUX"):
        return False
    return any(base(child) == "nsubj" for child in clause.children) or (
        clause.pos_ in ("VERB", "AUX") and _tense(clause) != _tense(anchor)
    )


def _describes(clause: Token, anchor: Token, time: Token) -> bool:
    """ "A grant, *moved in May*"; "the target *set for the full year* is 5": a participle tells when the noun was."""
    if clause.dep_ == "acl:relcl" or clause.tag_ != "VBN":
        return False
    target = clause.head.head.i == anchor.i and base(clause.head) == "nsubj" and time.pos_ != "PROPN"
    led = any(child.dep_ == "case" and child.lower_ == "for" for child in time.children)
    return clause.head.i == anchor.i or (target and led)


def _says_when(clause: Token) -> bool:
    """ "Will employ 90 people *when it opens in 2024*": the clause is the time of the one above it."""
    return any(child.lower_ in ("when", "once") for child in clause.children)


def _is_of_first_clause(time: Token, anchor: Token, predicate: Token, half_open: bool) -> bool:
    """ "Exports rose *in May* and imports will fall": behind the first verb a time is not another clause's.

    Clauses of one tense share it ("output rose 5 percent in May and sales reached 2 tons").
    """
    if time.i < predicate.i:
        return False
    path = [g for g in governors(anchor) if g.i != predicate.i]
    joined = next((g for g in path if g.head.i == predicate.i and g.dep_ in ("conj", "parataxis", "advcl")), None)
    if joined is not None and any(child.lower_ in ("since", "then", "later") for child in joined.children):
        return time.i < joined.i  # "launched it in 2019 and has since made 300"
    if joined is None or time.i > joined.i or (base(joined) == "advcl" and joined.tag_ == "VBG"):
        return False
    if half_open and joined.dep_ == "conj":
        return True  # "to be extended *till June* and to be cut by 5 percent"
    if joined.pos_ not in ("VERB", "AUX") and base(joined) == "parataxis":
        return False  # "... in May, 5 percent more than before"
    return base(joined) == "parataxis" or _tense(joined) != _tense(predicate)


def _is_relative(value: Interval | Duration, anchor: Token, predicate: Token, view: SentenceView) -> bool:
    """Whether the event is told in a relative clause that the time is not in.

    A clause about a value shares its period, though not the day of an event ("5 tons in May, *which was 3 more*").
    """
    clause = next((g for g in governors(anchor) if _is_clause_of_noun(g) or g.i == predicate.i), predicate)
    heads = {view.value_roots[other.span].i for other in _sums(view)}
    of_day = isinstance(value, Interval) and value.precision == "day" and value.first == value.last
    return clause.i != predicate.i and (of_day or clause.head.i not in heads)


def _is_clause_of_noun(token: Token) -> bool:
    """A relative clause, or a participle in its place ("a mill *financed by X*")."""
    return token.dep_ == "acl:relcl" or (token.dep_ == "acl" and token.tag_ == "VBN")


def _tense(predicate: Token) -> str:
    """The tense of a clause by its first finite word; what has none goes with any other of its kind."""
    words = sorted((predicate, *(c for c in predicate.children if base(c) in ("aux", "cop"))), key=lambda t: t.i)
    finite = next((t for t in words if t.tag_ in _FINITE), predicate)
    perfect = finite.lemma_.lower() == "have" and finite.i != predicate.i
    return (
        "past" if perfect or finite.tag_ in ("VBD", "VBN") else "present" if finite.tag_ in ("VBZ", "VBP") else "other"
    )
