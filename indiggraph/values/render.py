"""Writes values as plain JSON objects."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from indiggraph.model import Duration, Interval, Money, Quantity, QuantityKind, Value
from indiggraph.values.fractions import fraction_of
from indiggraph.values.numerals import pattern_of
from indiggraph.values.vocabulary import time_words

__all__ = ["value_to_json"]


def value_to_json(value: Value) -> dict[str, Any]:
    """Return the value as the JSON object that ``indiggraph values`` prints.

    Numbers are strings (exact decimals).  A share in words ("a third") is a ``number`` between 0 and 1.  A date's
    span leaves out the words that open its interval ("by", "since"), which ``first_day`` and ``last_day`` tell.
    """
    if isinstance(value, Money):
        return _place("money", value) | _money(value)
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, Interval):
        return _interval(value)
    return _place("duration", value) | {"duration": value.duration}


def _place(kind: str, value: Money | Quantity | Interval | Duration) -> dict[str, Any]:
    return {"kind": kind, "start": value.span.start, "end": value.span.end, "text": value.text}


def _money(money: Money) -> dict[str, Any]:
    fields = _amount(money) | {
        "currency": money.currency,
        "bound": None if money.bound is None else money.bound.lower(),
        "per": money.per,
        "equivalents": [_place("money", same) | _money(same) for same in money.equivalents],
    }
    return fields if money.finding is None else fields | {"finding": money.finding}


def _amount(value: Money | Quantity) -> dict[str, Any]:
    if value.minimum is not None or value.maximum is not None:
        return {"min": _decimal(value.minimum), "max": _decimal(value.maximum)}
    return {"value": _decimal(value.value)}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _quantity(quantity: Quantity) -> dict[str, Any]:
    share = fraction_of(quantity.text) if quantity.kind is QuantityKind.PERCENT else None
    kind = quantity.kind.value if share is None else "number"
    return (
        _place(kind, quantity)
        | (_amount(quantity) if share is None else {"value": _decimal(share)})
        | {
            "bound": None if quantity.bound is None else quantity.bound.lower(),
            "unit": quantity.unit if share is None else None,
            "unit_code": quantity.unit_code if share is None else None,
            "per": quantity.per,
        }
    )


def _interval(interval: Interval) -> dict[str, Any]:
    opening = _opening().match(interval.text)
    cut = 0 if opening is None else opening.end()
    return {
        "kind": "date",
        "start": interval.span.start + cut,
        "end": interval.span.end,
        "text": interval.text[cut:],
        "first_day": None if interval.first is None else interval.first.isoformat(),
        "last_day": None if interval.last is None else interval.last.isoformat(),
        "precision": interval.precision,
        "calendar": interval.calendar,
    } | ({} if interval.reason is None else {"reason": interval.reason})


@cache
def _opening() -> re.Pattern[str]:
    words = time_words()
    return re.compile(rf"(?:{pattern_of(words.until | words.before | words.since | words.after)})\s+", re.IGNORECASE)
