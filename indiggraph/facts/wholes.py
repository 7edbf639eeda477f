"""Joins the facts of a sentence to the totals that their values are shares of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from spacy.tokens import Token

from indiggraph.facts.binding import Draft, position_of
from indiggraph.facts.shares import ShareTracker, size_of
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import PARTIES, Fact, FactType, Modality, Money, Quantity, RoleName
from indiggraph.trace import Trace

__all__ = ["with_shares", "with_sums"]

_PARTS = 2
_ONE_SIDED = frozenset({FactType.AGREEMENT, FactType.TRADE})
"""What one who orders or trades does with several; the parts of a sum are often paid by others than the whole."""
_LEAST = 10
"""The smallest count that others add up to by more than chance."""
_ROW_REACH = 1500
"""Characters from a total to the sentence of the last part that it is divided into."""
_OF_ALL = re.compile(
    r"\s+(?:or so\s+)?(?:out\s+)?of\s+(?:all\s+)?(?:(?:the|its|their|these|those|our|his|her)\s+)?(?:total\s+)?", re.I
)
_COMPARING = frozenset({"from", "against", "versus", "vs", "vs.", "than", "below", "above", "compared"})
_DIFFERENCES = frozenset({"deficit", "surplus", "gap", "shortfall", "difference", "balance"})
"""Nouns for what two sums differ by: exports and the deficit add up to the imports."""


def with_shares(
    here: Sequence[tuple[Draft, Fact]], tracker: ShareTracker, view: SentenceView, number: int
) -> Iterator[Fact]:
    """Join one sentence's facts to the totals that they are shares of."""
    parts = [fact for draft, fact in here if _may_be_part(draft, fact)]
    whole = _whole(parts)
    before: Fact | None = None
    for draft, fact in here:
        like = [other for other in parts if _kind_of_value(other) == _kind_of_value(fact)]
        if fact not in like:
            total: Fact | None = None
        elif whole is not None and fact.id != whole.id and whole in like:
            total = whole
        else:
            total = tracker.divided([value for other in like if (value := _value(other)) is not None], number)
        why = "its sentence's values add up to that one"
        if total is None:
            total = _counted_among(fact, here, view)
            why = "it is so many of that value"
        if total is None and not _is_difference(draft) and not _is_earlier(draft, view):
            total = tracker.total_of(fact, view, number, position_of(draft, view))
            why = "the text takes up that value"
        if total is None and fact in parts:
            total = _fronted(fact, here, view)
            why = "it is said to be of that value"
        if total is not None and total.id != fact.id:
            view.trace.changed(fact, "partOf", total.id, why)
            alike = before if before is not None and before.part_of == total.id else total
            fact = _share_of(fact, total, alike, draft, view)
            before = fact
        if not _is_earlier(draft, view):
            tracker.remember(fact, number, _matters(fact, draft, view))
        yield fact


def with_sums(facts: Sequence[Fact], told: Mapping[str, tuple[Draft, SentenceView]]) -> list[Fact]:
    """Join rows of facts, also over sentences and list items, to the earlier value that they add up to exactly.

    Such a row divides it all: what else was taken for a share of it is none, as no total is divided twice.
    """
    done = list(facts)
    places = [i for i, fact in enumerate(done) if _may_be_part(told[fact.id][0], fact)]
    for i in sorted(places, key=lambda place: -(size_of(_value(done[place])) or 0)):
        whole = done[i]
        size = size_of(_value(whole)) or Decimal(0)
        if whole.part_of is not None or (whole.amount is None and size < _LEAST):
            continue
        row = _row_of(i, size, done, told)
        if len(row) == _PARTS and any(done[place].part_of is not None for place in row):
            continue
        for place in row:
            draft, view = told[done[place].id]
            view.trace.changed(done[place], "partOf", whole.id, "the values of a row add up to that one")
            done[place] = _share_of(done[place], whole, whole, draft, view)
        kind = _kind_of_value(whole)
        for place, fact in enumerate(done):
            if row and place not in row and fact.part_of == whole.id and _kind_of_value(fact) == kind:
                told[fact.id][1].trace.changed(fact, "partOf", "none", "others add up to that value")
                done[place] = replace(fact, part_of=None)
    return done


def _row_of(
    place: int, size: Decimal, facts: Sequence[Fact], told: Mapping[str, tuple[Draft, SentenceView]]
) -> list[int]:
    """Places of neighbours among the later facts with values of one kind that add up to a size.

    Of several rows, the one that stands in the fewest sentences, then the longest.
    """
    whole = facts[place]
    start = told[whole.id][1].span.start
    later = [j for j in range(place + 1, len(facts)) if told[facts[j].id][1].span.start - start < _ROW_REACH]
    alike = [j for j in later if _kind_of_value(facts[j]) == _kind_of_value(whole) is not None]
    rows = [row for first in range(len(alike)) if (row := _adding_up(alike[first:], size, facts, told))]
    return min(rows, key=lambda row: (len({told[facts[j].id][1].span for j in row}), -len(row)), default=[])


def _adding_up(
    places: Sequence[int], size: Decimal, facts: Sequence[Fact], told: Mapping[str, tuple[Draft, SentenceView]]
) -> list[int]:
    """The first of these places whose values add up to a size, or nothing."""
    left = size
    for count, place in enumerate(places, start=1):
        part = size_of(_value(facts[place]))
        draft, view = told[facts[place].id]
        if part is None or not 0 < part <= left or draft.level or _is_difference(draft) or _is_earlier(draft, view):
            return []
        left -= part
        if left == 0:
            return list(places[:count]) if count >= _PARTS else []
    return []


def _is_earlier(draft: Draft, view: SentenceView) -> bool:
    """Whether a value is the one of before, or that something is compared with: no share and no total."""
    return draft.earlier or _is_compared(position_of(draft, view))


def _counted_among(fact: Fact, here: Sequence[tuple[Draft, Fact]], view: SentenceView) -> Fact | None:
    """The count or sum of which a value is so many: "*five of the 16* pits", "half of the 3 tons"."""
    value, text = _value(fact), view.sentence.doc.text
    for _, other in here:
        of = _value(other)
        if value is not None and of is not None and other.id != fact.id and value.span.end <= of.span.start:
            size, whole = size_of(value), size_of(of)
            if _OF_ALL.fullmatch(text, value.span.end, of.span.start) and size and whole and size < whole:
                return other
    return None


def _is_compared(value: Token) -> bool:
    """ "5 tons, *against* 4 tons": what something is compared with is no total of what follows."""
    return value.head.lemma_.lower() == "compare" or any(
        child.lower_ in _COMPARING for child in value.children if child.dep_ in ("case", "mark")
    )


def _matters(fact: Fact, draft: Draft, view: SentenceView) -> frozenset[str]:
    """Lemmas of what a fact's value is of: its trigger's, its themes', and of what the value itself counts."""
    themes = (role.mention for role in fact.roles if role.name is RoleName.THEME and role.mention)
    named = {view.roots[mention] for mention in themes if mention in view.roots}  # a theme may be named before
    position = position_of(draft, view)
    tokens = {position, *named, *(() if draft.event is None else (draft.event.token,))}
    below = [child for child in position.children if base(child) == "nmod" and child.i > position.i]
    return frozenset(token.lemma_.lower() for token in (*tokens, *below) if token.pos_ in ("NOUN", "PROPN"))


def _may_be_part(draft: Draft, fact: Fact) -> bool:
    """Levels before and after, and the difference between them, add up without one being a share of another."""
    counted = not draft.level and not _is_difference(draft)
    return _value(fact) is not None and counted and fact.type is not FactType.CHANGE


def _is_difference(draft: Draft) -> bool:
    return draft.event is not None and draft.event.token.lemma_.lower() in _DIFFERENCES


def _whole(facts: Sequence[Fact]) -> Fact | None:
    """The fact whose value the sentence's other values of its kind add up to ("9 ships for A and B, 5 and 4")."""
    for fact in facts:
        parts = [size_of(_value(f)) for f in facts if f.id != fact.id and _kind_of_value(f) == _kind_of_value(fact)]
        known = [part for part in parts if part is not None]
        if len(known) >= _PARTS and len(known) == len(parts) and sum(known) == size_of(_value(fact)):
            return fact
    return None


def _fronted(fact: Fact, here: Sequence[tuple[Draft, Fact]], view: SentenceView) -> Fact | None:
    """The sum before the clause that a share is said to be of ("*of the $9 million*, $4 million are grants")."""
    for draft, other in here:
        root = position_of(draft, view)
        of = any(child.dep_ == "case" and child.lower_ == "of" for child in root.children)
        if not of or root.head.i <= root.i or _kind_of_value(other) != _kind_of_value(fact) or other.id == fact.id:
            continue
        size, whole = size_of(_value(fact)), size_of(_value(other))
        if size is not None and whole is not None and size < whole:
            return other
    return None


def _value(fact: Fact) -> Money | Quantity | None:
    return fact.amount or (fact.quantities[0] if fact.quantities else None)


def _kind_of_value(fact: Fact) -> tuple[str, str | None] | None:
    """What values must share to be added: the currency, or the kind of quantity and its unit."""
    value = _value(fact)
    if value is None:
        return None
    return ("money", value.currency) if isinstance(value, Money) else (value.kind, value.unit)


def _share_of(fact: Fact, total: Fact, alike: Fact, draft: Draft, view: SentenceView) -> Fact:
    """A share without a strong trigger of its own is of the total's kind, and meant like it or the share before."""
    if draft.event is None or draft.event.strength < 2 or _is_before_clause(draft, view):
        put_in = fact.amount is not None and total.type is FactType.ESTABLISHMENT
        kind = FactType.INVESTMENT if put_in else total.type  # a part of what a mill costs is no mill
        view.trace.changed(fact, "type", kind, "that of the whole, as no strong trigger tells another")
        modality = alike.modality if fact.modality is Modality.ACTUAL else fact.modality
        direction = total.direction if kind is FactType.CHANGE else None
        fact = replace(fact, type=kind, modality=modality, direction=direction)
    return _about_the_same(replace(fact, part_of=total.id), total, view.trace)


def _is_before_clause(draft: Draft, view: SentenceView) -> bool:
    """Whether the event is what the clause of its value only describes ("through *deals*, of which $5 is ...")."""
    governed = list(governors(position_of(draft, view)))
    clause = next((token for token in governed if token.dep_ == "acl:relcl"), None)
    return (
        clause is not None
        and draft.event is not None
        and draft.event.token not in governed[: governed.index(clause) + 1]
    )


def _about_the_same(fact: Fact, total: Fact, trace: Trace) -> Fact:
    """A share whose own words do not name its actor, matter, program or beneficiary has the total's."""
    named = {role.name for role in fact.roles}
    same = {RoleName.THEME, RoleName.BENEFICIARY} if fact.type is total.type else set()
    if fact.type is total.type and fact.type in _ONE_SIDED:
        same.add(RoleName.AGENT)
    others = {role.mention for role in fact.roles if role.name in PARTIES}
    wanted = {RoleName.PROGRAM, *same} - named
    taken = tuple(role for role in total.roles if role.name in wanted and role.mention not in others - {None})
    for role in taken:
        trace.changed(fact, role.name, role.mention or role.label, "that of the whole, as the share names none")
    evidence = tuple(dict.fromkeys((*fact.evidence, *total.evidence))) if taken else fact.evidence
    return replace(fact, roles=(*fact.roles, *taken), evidence=evidence)
