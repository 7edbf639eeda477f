"""Joins drafts whose values tell one fact: what is priced and its price, a level and the one before, a size of works.

"*17 projects* worth *$3 billion*" is one fact with both; "met *71%* of demand, up from *62%*" is one change; "set up a
*110-hectare* park" sets up one of that size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indiggraph.facts.binding import Draft, is_measured_attribute
from indiggraph.facts.syntax import governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import FactType, Money, Quantity, QuantityKind

__all__ = ["together"]

_HEDGE = (
    r"(?:\s+(?:a|some|about|around|nearly|almost|over|up\s+to|more\s+than|less\s+than|roughly|total\s+of|combined))*"
)
_WORTH = re.compile(
    rf",?\s+(?:worth|valued\s+at|at\s+(?:a|the|an)\s+(?:total\s+)?(?:cost|price|value)\s+of|with\s+a\s+(?:total\s+)?value"
    rf"\s+of|totall?ing|costing){_HEDGE}\s+",
    re.IGNORECASE,
)
_ITEM = re.compile(r",\s+")
_LINE_END = re.compile(r"\s*[;.]?\s*(?:\n|\Z)")
_FROM = re.compile(rf"[,;]?\s+(?:and\s+)?(?:up|down)\s+from{_HEDGE}\s+", re.IGNORECASE)
_NEAR = 90
"""Characters between a percentage and the words that lead to the earlier one."""


def together(drafts: Sequence[Draft], view: SentenceView) -> list[Draft]:
    """Return the drafts of a sentence with those joined that tell one fact."""
    done = list(drafts)
    for draft in drafts:
        if draft.amount is not None:
            done = _priced(draft, done, view)
        elif len(draft.quantities) == 1 and _is_percent(draft.quantities[0]):
            done = _shifted(draft, done, view)
    return [_sized(draft, view) for draft in done]


def _priced(draft: Draft, drafts: list[Draft], view: SentenceView) -> list[Draft]:
    """Give a sum the count that it is the price of ("12 mills worth $3 billion")."""
    amount, text = draft.amount, view.sentence.doc.text
    here = next((d for d in drafts if d is draft), None)
    if amount is None or here is None:
        return drafts
    for other in drafts:
        if (
            other.amount is not None
            or len(other.quantities) != 1
            or other.quantities[0].kind is not QuantityKind.QUANTITY
        ):
            continue
        count = other.quantities[0]
        if count.span.end > amount.span.start or not _is_price(text, count, amount, view):
            continue
        event = draft if draft.event is not None else replace(other, amount=amount)
        joined = replace(event, amount=amount, quantities=(count, *draft.quantities))
        view.trace.taken("value", count.text, "is what “{}” is paid for", amount.text)
        return [joined if d is draft else d for d in drafts if d is not other]
    return drafts


def _is_price(text: str, count: Quantity, amount: Money, view: SentenceView) -> bool:
    between = text[count.span.end : amount.span.start]
    match = _WORTH.search(between)
    if (
        match is not None
        and match.end() == len(between)
        and not any(mark in between[: match.start()] for mark in ",;:(")
    ):
        return not _has_value(view, count.span.end, amount.span.start)
    return (
        _ITEM.fullmatch(between) is not None and _LINE_END.match(text, amount.span.end) is not None and _is_item(view)
    )


def _is_item(view: SentenceView) -> bool:
    """Whether the sentence is an item of a list: it has no verb in a finite form."""
    return not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in view.sentence)


def _has_value(view: SentenceView, start: int, end: int) -> bool:
    values = (value for value in view.values if isinstance(value, (Money, Quantity)))
    return any(start < value.span.start < end for value in values)


def _shifted(draft: Draft, drafts: list[Draft], view: SentenceView) -> list[Draft]:
    """Join a percentage to the level that it came from ("71%, up from 62%")."""
    before, event = draft.quantities[0], draft.event
    change = event is not None and event.type is FactType.CHANGE and event.trigger.direction is not None
    if not change or not any(d is draft for d in drafts):
        return drafts
    levels = [d for d in drafts if d.amount is None and len(d.quantities) == 1 and _is_percent(d.quantities[0])]
    levels = [d for d in levels if d.quantities[0].span.end < before.span.start and _is_level(d, before, view)]
    if not levels:
        return drafts
    level = levels[-1]
    joined = replace(draft, quantities=(level.quantities[0], before), anchor=level.anchor, level=False, earlier=False)
    view.trace.taken("value", level.quantities[0].text, "is what it came to from “{}”", before.text)
    return [joined if d is draft else d for d in drafts if d is not level]


def _is_level(draft: Draft, before: Quantity, view: SentenceView) -> bool:
    """Whether "up from" or "down from" leads from the draft's percentage to an earlier one; an order stays one."""
    text, end = view.sentence.doc.text, draft.quantities[0].span.end
    if draft.event is not None and draft.event.type is FactType.DIRECTIVE:
        return False
    between = text[end : before.span.start]
    match = _FROM.search(between)
    led = match is not None and match.end() == len(between) <= _NEAR and ";" not in between
    return led and not _has_value(view, end, before.span.start)


def _is_percent(value: Quantity) -> bool:
    return value.kind is QuantityKind.PERCENT and value.unit == "%"


def _sized(draft: Draft, view: SentenceView) -> Draft:
    """Give works that are set up the size that describes them ("a 110-hectare park")."""
    if draft.event is None or draft.event.type is not FactType.ESTABLISHMENT or draft.quantities:
        return draft
    for value in view.values:
        if isinstance(value, Quantity) and is_measured_attribute(value) and value.unit_code is not None:
            near = list(governors(view.value_roots[value.span]))[1:4]
            if any(governor.i == draft.event.token.i for governor in near):
                return replace(draft, quantities=(value,))
    return draft
