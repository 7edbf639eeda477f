"""Reads fractions and multiples in words: "a third of", "three quarters", "one in five", "twofold"."""

from __future__ import annotations

import re
from decimal import Decimal

from indiggraph.model import Quantity, QuantityKind, Span
from indiggraph.values.bounds import bound_before, words_before
from indiggraph.values.numerals import GAP, Numeral, find_fractions, multiply

__all__ = ["fraction_of", "read_fractions"]

_PLACES = Decimal("0.0001")
_HALF_AFTER = re.compile(
    rf"{GAP}(?:of|the|its|their|his|her|our|that|this|as|those|these)\b|\s*(?:[.,;:)]|\Z)|{GAP}to\b", re.IGNORECASE
)
_PERIOD_AFTER = re.compile(
    rf"{GAP}of{GAP}(?:the{GAP}(?:[a-z]+{GAP}){{0,2}}year|(?:fiscal{GAP})?[12]\d{{3}}\b|last|this|next|an?{GAP}(?:mile|century))",
    re.IGNORECASE,
)
_SPAN_AFTER = re.compile(rf"{GAP}(?:years?|months?|weeks?|days?|hours?|decades?|century)\b", re.IGNORECASE)
_CUES = frozenset(
    [
        "by",
        "to",
        "than",
        "nearly",
        "about",
        "almost",
        "over",
        "roughly",
        "below",
        "under",
        "above",
        "around",
        "some",
        "least",
        "approximately",
        "only",
        "just",
        "of",
        "at",
        "from",
        "the",
    ]
)
_PARTS = frozenset(
    ["first", "second", "last", "latter", "former", "other", "this", "next", "per", "1st", "2nd", "better", "third"]
)


def read_fractions(text: str) -> list[Quantity]:
    """Return fractions as percentages ("one in five": 20 %) and multiples as a number of times ("twofold": 2)."""
    return [_quantity(text, numeral) for numeral in find_fractions(text) if _is_share(text, numeral)]


def fraction_of(text: str) -> Decimal | None:
    """Return the number that a fraction in words or figures states ("a third": 0.333...), ``None`` for other text."""
    found = find_fractions(text)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and found[0].value < 1:
        return found[0].value
    return None


def _is_share(text: str, numeral: Numeral) -> bool:
    """Whether the words state a share, no ordinal ("a third unit"), period ("a quarter") or compound."""
    if numeral.value >= 1:
        return True
    if _SPAN_AFTER.match(text, numeral.end) or _PERIOD_AFTER.match(text, numeral.end):
        return False
    before = [word for word, _ in words_before(text, numeral.start, 1)]
    words = re.split(r"[\s-]+", text[numeral.start : numeral.end].casefold())
    if words == ["half"]:
        return not (before and before[0] in _PARTS) and _HALF_AFTER.match(text, numeral.end) is not None
    if len(words) > 2 or words[0] not in ("a", "an", "one"):
        return True
    return bool(_OF.match(text, numeral.end)) or bool(
        before and before[0] in _CUES and _CLAUSE_END.match(text, numeral.end)
    )


_OF = re.compile(rf"{GAP}of\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    rf"\s*(?:[.,;:)]|\Z)|{GAP}(?:to|in|from|since|over|during|this|last|on|and|by)\b", re.IGNORECASE
)


def _quantity(text: str, numeral: Numeral) -> Quantity:
    span = Span(numeral.start, numeral.end)
    bound = bound_before(text, numeral.start)[0]
    words = text[span.start : span.end]
    if numeral.value >= 1:
        return Quantity(span, words, QuantityKind.QUANTITY, numeral.value, unit="times", unit_code="1", bound=bound)
    share = multiply(numeral.value, Decimal(100))
    share = share.quantize(Decimal(1)) if share == share.to_integral() else share.quantize(_PLACES).normalize()
    return Quantity(span, words, QuantityKind.PERCENT, share, unit="%", unit_code="%", bound=bound)
