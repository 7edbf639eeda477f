"""Parties that stand by a value where no verb's frame gives them: in rows, lists, behind "go to".

"$3 million goes to A and $2 million to B", "A pays 7 trillion and *B 5 trillion rials*", "B ($2 million)", "Japan took
40 percent of it".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indiggraph.facts.binding import Draft, position_of, remnants_of
from indiggraph.facts.cues import Cues
from indiggraph.facts.fillers import PARTIES, party_at
from indiggraph.facts.syntax import arguments, base, coordinated, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Fact, FactType, Form, Mention, Money, Quantity, Role, RoleName, ThingType

__all__ = ["gapped", "givers", "holders", "partnered", "receivers", "values_of"]

_GIVEN_TO = ("to", "for")
_HOLDS = re.compile(r"(?:,? with| at)? \(?|:\s+")
_HAS_WORTH = re.compile(r"(?:,? with| at)? \(?§,? (?:worth|valued at) ")
"""A quantity (§) between a name and the sum that it is worth."""
_GOES_ON = re.compile(r"(?:,|;|\band|\bwhile)\s(?:the\s)?$")
_GOES_ON_LENGTH = len("while the ")
_TRADED = frozenset({FactType.TRADE, FactType.AGREEMENT})
_BUYING = frozenset({"buy", "purchase", "order"})


def holders(draft: Draft, view: SentenceView) -> list[Mention]:
    """Who has a value right beside the name: "Chad *with $3 million*", "Chad *($3 million)*"."""
    return [mention for mention in _names(view) if any(_is_beside(mention, value, view) for value in values_of(draft))]


def values_of(draft: Draft) -> list[Money | Quantity]:
    """The draft's sum and quantities."""
    return [value for value in (draft.amount, *draft.quantities) if value is not None]


def _names(view: SentenceView) -> list[Mention]:
    return [m for m in view.mentions if m.form is Form.NAME and m.type.top in PARTIES]


def _is_beside(mention: Mention, value: Money | Quantity, view: SentenceView) -> bool:
    between = view.sentence.doc.text[mention.span.end : value.span.start]
    if _HOLDS.fullmatch(between):
        return True
    inner = [v for v in view.values if isinstance(v, Quantity) and mention.span.end <= v.span.start < value.span.start]
    words = between.replace(inner[0].text, "§", 1) if len(inner) == 1 else ""
    return _HAS_WORTH.fullmatch(words) is not None


def gapped(values: Sequence[Money | Quantity], view: SentenceView) -> list[Mention]:
    """Who does with a value what the clause before says another does: "A pays 7 trillion and *B 5 trillion rials*"."""
    first = min((v.span for v in view.values if isinstance(v, Money | Quantity)), default=None)
    if not values or first is None or values[0].span == first:
        return []
    text = view.sentence.doc.text
    return [
        mention
        for mention in _names(view)
        if any(text[mention.span.end : value.span.start] == " " for value in values)
        and first.end <= mention.span.start
        and _GOES_ON.search(text, max(0, mention.span.start - _GOES_ON_LENGTH), mention.span.start)
    ]


def givers(draft: Draft, view: SentenceView) -> list[Mention]:
    """Whom a part of a sum comes from, told right behind it: "a third *from the banks* and the rest from the fund"."""
    if draft.event is not None and draft.event.type is not FactType.INVESTMENT:
        return []
    children = list(position_of(draft, view).children)
    heads = [child for child in children if child.i > position_of(draft, view).i and base(child) in ("nmod", "orphan")]
    froms = [head for head in heads if any(c.dep_ == "case" and c.lower_ == "from" for c in head.children)]
    found = [mention for first in froms for head in coordinated(first) for mention in party_at(head, view)]
    return [mention for mention in found if mention.type.top in (ThingType.ORGANIZATION, ThingType.GROUP)]


def receivers(draft: Draft, view: SentenceView, cues: Cues) -> list[Mention]:
    """Whom a value goes to: "$3 million *goes to growers*", and where the verb is left out "$2 million *to mills*"."""
    value = position_of(draft, view)
    heads = []
    for token in governors(value):
        if base(token) == "nsubj" and token.head.lemma_.lower() in cues.parties.going:
            heads = [head for name, head in arguments(token.head) if name == "to"]
        if heads or token.pos_ == "VERB":
            break
    if not heads and draft.event is None:
        beside = remnants_of(draft, view)
        heads = [beside[word] for word in _GIVEN_TO if word in beside][:1]
    found = [mention for first in heads for head in coordinated(first) for mention in party_at(head, view)]
    for mention in found:
        view.trace.taken(RoleName.BENEFICIARY, mention.text, "the value goes to it")
    return found


def partnered(draft: Draft, fact: Fact, total: Fact | None, view: SentenceView, cues: Cues) -> Fact:
    """The fact with the other side of its trade: who gets or takes the goods, or has the value beside the name."""
    if fact.type not in _TRADED or any(role.name is RoleName.COUNTERPARTY for role in fact.roles):
        return fact
    told = _takers(draft, fact, total, view, cues)
    if not told and draft.event is None:
        given = {role.mention for role in fact.roles if role.name is RoleName.BENEFICIARY}
        told = [m for m in view.mentions if m.id in given] or holders(draft, view)
    if not told:
        return fact
    sides = {mention.id for mention in told}
    kept = tuple(role for role in fact.roles if role.mention not in sides)
    evidence = fact.evidence
    if total is not None and not any(role.name is RoleName.AGENT for role in kept):
        sellers = [role for role in total.roles if role.name is RoleName.AGENT and role.mention not in sides]
        kept = (*sellers, *kept)
        evidence = tuple(dict.fromkeys((*evidence, *total.evidence))) if sellers else evidence
    for mention in told:
        view.trace.changed(fact, RoleName.COUNTERPARTY, mention.text, "the value is what goes to it")
    others = (Role(RoleName.COUNTERPARTY, mention.id) for mention in told)
    return replace(fact, roles=(*kept, *others), evidence=evidence)


def _takers(draft: Draft, fact: Fact, total: Fact | None, view: SentenceView, cues: Cues) -> list[Mention]:
    """Countries that take a part of what another sells: "*Japan* bought 40 percent of it, *Korea* 20 percent"."""
    if total is None or total.type is not FactType.TRADE:
        return []
    places = (ThingType.PLACE,)
    acting = {role.mention for role in fact.roles if role.name is RoleName.AGENT}
    if draft.event is not None:
        buys = draft.event.token.lemma_.lower() in _BUYING
        return [m for m in view.mentions if buys and m.id in acting and m.type.top in places]
    verb = next((token for token in governors(position_of(draft, view)) if token.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in cues.parties.taking or holders(draft, view):
        return []
    firsts = [head for name, head in arguments(verb) if name == "subj"]
    found = [view.mention_at(head, places) for first in firsts for head in coordinated(first)]
    return [mention for mention in found if mention is not None]
