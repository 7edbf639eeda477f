"""Joins the level that an indicator had with the one it has now: "went *from 9* to *25 percent*" is one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indiggraph.facts.binding import Draft
from indiggraph.facts.choosing import marker_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import Direction, FactType, Money, Quantity, QuantityKind

__all__ = ["shift_of", "shifted"]


def shifted(drafts: Sequence[Draft], view: SentenceView) -> list[Draft]:
    """Return the drafts with those of one change joined where one tells its old level and one the new."""
    done = list(drafts)
    for old in drafts:
        new = next((draft for draft in done if _is_pair(old, draft, view)), None)
        if new is None or old not in done:
            continue
        joined = replace(new, quantities=(*new.quantities, _as_quantity(_value(old))), level=False, earlier=False)
        view.trace.taken("value", _value(old).text, "is what it came from to “{}”", _value(new).text)
        done = [joined if draft is new else draft for draft in done if draft is not old]
    return done


def shift_of(quantities: Sequence[Quantity], amount: Money | None, view: SentenceView) -> Direction | None:
    """Return which way a change goes by its levels: from the one behind "from" to the one behind "to"."""
    levels = {marker_of(view.value_roots[v.span]): v.value for v in (amount, *quantities) if v is not None}
    old, new = levels.get("from"), levels.get("to")
    if old is None or new is None or old == new:
        return None
    return Direction.INCREASE if new > old else Direction.DECREASE


def _is_pair(old: Draft, new: Draft, view: SentenceView) -> bool:
    """Whether both are of one word that tells a change, "from" one level "to" another of the same kind."""
    if old is new or old.event is None or new.event is None or old.event.token.i != new.event.token.i:
        return False
    if old.event.type is not FactType.CHANGE or new.event.type is not FactType.CHANGE:
        return False
    if not (_is_single(old) and _is_single(new)) or _kind(_value(old)) != _kind(_value(new)):
        return False
    return [marker_of(view.value_roots[_value(draft).span]) for draft in (old, new)] == ["from", "to"]


def _is_single(draft: Draft) -> bool:
    """Whether a draft has one value, and nothing beside it that a quantity could not hold."""
    beside = draft.amount is not None and (draft.amount.equivalents or draft.amount.finding)
    return not beside and (draft.amount is not None) + len(draft.quantities) == 1


def _value(draft: Draft) -> Money | Quantity:
    return draft.amount or draft.quantities[0]


def _kind(value: Money | Quantity) -> str:
    return value.currency if isinstance(value, Money) else str(value.kind)


def _as_quantity(value: Money | Quantity) -> Quantity:
    """The value as a quantity, as a fact has one sum at most; the unit of a sum is the code of its currency."""
    if isinstance(value, Quantity):
        return value
    return Quantity(
        value.span,
        value.text,
        QuantityKind.QUANTITY,
        value.value,
        value.minimum,
        value.maximum,
        value.currency,
        bound=value.bound,
        per=value.per,
    )
