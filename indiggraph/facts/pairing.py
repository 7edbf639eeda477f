"""Gives each of a sentence's parallel values its own party or place.

"A, B and C made 3, 2 and 1 tons respectively", "€3 million to A and €2 million to B", "A (€3 million) and B (€2
million)": trees seldom show who goes with which value, order does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import base
from indiggraph.facts.view import SentenceView
from indiggraph.model import Fact, FactType, Form, Mention, Money, Quantity, Role, RoleName, Span, ThingType

__all__ = ["paired"]

_Told = tuple[Draft, Fact]
_PARTIES = frozenset({ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE})
_ROLES = (RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.BENEFICIARY, RoleName.PLACE)
_PLACING = frozenset({"in", "at", "near", "across"})
_RECIPIENTS = {FactType.TRADE: RoleName.COUNTERPARTY, FactType.AGREEMENT: RoleName.COUNTERPARTY}
_AT_LEAST = 2
_BRACKET = 2
"""Characters between a name and a value in brackets after it."""


def paired(told: Sequence[_Told], view: SentenceView) -> list[_Told]:
    """Return the sentence's facts in their order, each parallel value with its own party or place alone."""
    facts = {fact.id: fact for _, fact in told}
    for group in _parallel(told):
        spans = [_first_value(fact).span for _, fact in group]
        for row in (_respective(spans, view), _bracketed(spans, view), _in_turn(spans, view)):
            if row is None:
                continue
            matched = group[-len(row) :]
            role = _role_of(row, matched, view)
            for (_, fact), mention in zip(matched, row, strict=True):
                facts[fact.id] = _with_one(facts[fact.id], role, mention, row)
                view.trace.changed(fact, role, mention.text, "its place in the row of names is that of the value")
            break
    return [(draft, facts[fact.id]) for draft, fact in told]


def _parallel(told: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Facts of one event, or of none, with values of one kind, in the order of the values."""
    groups: dict[tuple[object, ...], list[_Told]] = {}
    for draft, fact in told:
        if fact.amount is not None or fact.quantities:
            token = None if draft.event is None else draft.event.token.i
            groups.setdefault((token, _kind(_first_value(fact))), []).append((draft, fact))
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda entry: _first_value(entry[1]).span)


def _first_value(fact: Fact) -> Money | Quantity:
    return fact.amount or fact.quantities[0]


def _kind(value: Money | Quantity) -> object:
    return "money" if isinstance(value, Money) else value.kind


def _respective(spans: Sequence[Span], view: SentenceView) -> list[Mention] | None:
    """As many coordinated names as values, or as the last of them, where the sentence says that they correspond."""
    if not any(token.lower_ in ("respectively", "respective") for token in view.sentence):
        return None
    rows = [row for row in _rows(view) if _AT_LEAST <= len(row) <= len(spans)]
    fitting = [row for row in rows if row[-1].span.end < spans[-len(row)].start or spans[-1].end < row[0].span.start]
    return max(fitting, key=len, default=None)


def _rows(view: SentenceView) -> Iterator[list[Mention]]:
    """Coordinated names and groups."""
    rows: dict[int, dict[int, Mention]] = {}
    for mention in view.mentions:
        if mention.type.top in _PARTIES and mention.form is not Form.PRONOUN:
            root = view.roots[mention.id]
            first = root
            while base(first) in ("conj", "appos") and first.head.i != first.i:
                first = first.head
            largest = view.mention_at(root, _PARTIES)
            if largest is not None:
                rows.setdefault(first.i, {})[root.i] = largest
    for row in rows.values():
        yield [row[i] for i in sorted(row)]


def _bracketed(spans: Sequence[Span], view: SentenceView) -> list[Mention] | None:
    """The names right before the brackets in which the values stand."""
    row = []
    for span in spans:
        before = view.sentence.text[: span.start - view.sentence.start_char].rstrip()
        named = [m for m in _named(view) if 0 < span.start - m.span.end <= _BRACKET] if before.endswith("(") else []
        row += named[-1:]
    return row if len(row) == len(spans) else None


def _in_turn(spans: Sequence[Span], view: SentenceView) -> list[Mention] | None:
    """One name after each value and before the next one, all behind the same preposition."""
    ends = [following.start for _, following in pairwise(spans)] + [view.span.end]
    row: list[Mention] = []
    prepositions = set()
    for span, end in zip(spans, ends, strict=True):
        behind = [m for m in _named(view) if span.end <= m.span.start < end]
        marked = [(m, case) for m in behind if (case := _preposition(view.roots[m.id]))]
        if len(marked) != 1:
            return None
        row.append(marked[0][0])
        prepositions.add(marked[0][1])
    return row if len(prepositions) == 1 else None


def _named(view: SentenceView) -> list[Mention]:
    """Names and groups, of those with one head the largest."""
    found = [view.mention_at(view.roots[m.id], _PARTIES) for m in view.mentions if m.type.top in _PARTIES]
    unique = {m.id: m for m in found if m is not None and m.form is not Form.PRONOUN}
    return sorted(unique.values(), key=lambda m: m.span)


def _preposition(root: Token) -> str:
    return next((child.lower_ for child in root.children if child.dep_ == "case" and child.i < root.i), "")


def _role_of(row: Sequence[Mention], group: Sequence[_Told], view: SentenceView) -> RoleName:
    """The role that one of the names has already, else what its preposition or its kind says."""
    ids = {mention.id for mention in row}
    for _, fact in group:
        for role in fact.roles:
            if role.mention in ids and role.name in _ROLES:
                return role.name
    draft, fact = group[0]
    preposition = _preposition(view.roots[row[0].id])
    functions = {} if draft.event is None else dict(draft.event.trigger.roles)
    for name in _ROLES:
        if preposition and preposition in functions.get(name, ()):
            return name
    if all(mention.type.top is ThingType.PLACE for mention in row):
        if preposition in _PLACING:
            return RoleName.PLACE
        return RoleName.COUNTERPARTY if fact.type in _RECIPIENTS else RoleName.AGENT
    return _RECIPIENTS.get(fact.type, RoleName.BENEFICIARY) if preposition in ("to", "for") else RoleName.AGENT


def _with_one(fact: Fact, name: RoleName, mention: Mention, row: Sequence[Mention]) -> Fact:
    others = {other.id for other in row}
    kept = [
        role for role in fact.roles if role.name is not name and (role.mention not in others or role.name not in _ROLES)
    ]
    return replace(fact, roles=tuple(dict.fromkeys((*kept, Role(name, mention.id)))))
