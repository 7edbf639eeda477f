"""Gives a draft the type of its event, or of its value where it has none."""

from __future__ import annotations

from collections.abc import Sequence

from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import Cues
from indiggraph.facts.view import SentenceView
from indiggraph.facts.worth import is_bound, is_rest
from indiggraph.model import PARTIES, FactType, Money, Role, ThingType

__all__ = ["OBLIGED", "kind_of", "type_of"]

OBLIGED = frozenset({FactType.AGREEMENT, FactType.PRODUCTION, FactType.INVESTMENT, FactType.TRADE})
"""Acts that become orders under "must"."""
_BUYING = frozenset({"buy", "purchase"})
_COSTING = "cost"
_TIMES = frozenset({"year", "month", "week", "day", "hour", "quarter", "annum", "head", "person", "capita", "job"})


def type_of(draft: Draft) -> FactType:
    """A value without a trigger: a sum is money put somewhere, a quantity is goods made."""
    if draft.gathering is not None:
        return FactType.OCCURRENCE
    if draft.event is not None:
        bound = draft.event.type in OBLIGED and is_bound(draft.event.token)
        return FactType.DIRECTIVE if bound else draft.event.type
    return FactType.INVESTMENT if draft.amount is not None else FactType.PRODUCTION


def kind_of(draft: Draft, roles: Sequence[Role], view: SentenceView, cues: Cues) -> FactType:
    """The type of a draft's fact: what a country buys is trade; a rest that comes from somebody is money."""
    kind = type_of(draft)
    if draft.event is None:
        return kind
    if kind is FactType.AGREEMENT and draft.event.token.lemma_.lower() in _BUYING and draft.event.token.pos_ == "VERB":
        tops = {m.id: m.type.top for m in view.mentions}
        parties = [tops.get(role.mention) for role in roles if role.mention is not None and role.name in PARTIES]
        return FactType.TRADE if parties and set(parties) == {ThingType.PLACE} else kind
    if kind is FactType.INVESTMENT and draft.event.token.lemma_.lower() == _COSTING and _is_price(draft.amount):
        return FactType.TRADE
    return FactType.INVESTMENT if kind is FactType.PRODUCTION and is_rest(draft.event, cues) else kind


def _is_price(amount: Money | None) -> bool:
    """Whether a sum is told for a measure of goods: "cement costs *$70 a ton*"."""
    return amount is not None and amount.per is not None and amount.per.lower() not in _TIMES
