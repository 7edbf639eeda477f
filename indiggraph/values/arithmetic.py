"""Exact decimal arithmetic: sums of trillions keep every digit."""

from __future__ import annotations

from decimal import Context, Decimal

__all__ = ["EXACT", "divide", "multiply", "plain"]

EXACT = Context(prec=100)


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact product, without the default context's rounding to 28 digits."""
    return EXACT.multiply(left, right)


def divide(top: Decimal, bottom: Decimal, digits: int = 28) -> Decimal:
    """Return the quotient to that many significant digits."""
    return Context(prec=digits).divide(top, bottom)


def plain(value: Decimal) -> Decimal:
    """Return the value without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() and value.adjusted() < 27 else value
