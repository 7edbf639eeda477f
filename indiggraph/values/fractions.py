"""Reads fractions and multiples: "a third of", "three quarters", "one car in four", "twofold", "¾ of"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indiggraph.model import Quantity, QuantityKind, Span
from indiggraph.values.arithmetic import multiply
from indiggraph.values.bounds import bound_before, words_before
from indiggraph.values.numerals import GAP, Numeral, find_numerals
from indiggraph.values.vocabulary import hedge_words
from indiggraph.values.word_fractions import find_fractions

__all__ = ["fraction_of", "read_fractions"]

_PLACES = Decimal("0.0001")
_DETERMINER = r"(?:of|the|its|their|his|her|our|that|this|as|those|these)\b"
_VERB = r"(?:are|were|is|was|have|has|had|do|does|did|will|would|can|could|may|might)\b"
_PLURAL_VERB = r"(?:are|were|have|do|say|expect|come|go|work|remain|want|need|plan)\b"
_END = r"\s*(?:[.,;:!?)\"”’]|\Z)"
_OF = re.compile(rf"{GAP}of\b", re.IGNORECASE)
_HALF_AFTER = re.compile(rf"{GAP}(?:{_DETERMINER}|{_VERB})|{_END}|{GAP}(?:to|by)\b", re.IGNORECASE)
_PERIOD_AFTER = re.compile(
    rf"{GAP}of{GAP}(?:the{GAP}(?:[a-z]+{GAP}){{0,2}}year|(?:fiscal{GAP})?[12]\d{{3}}\b"
    rf"|(?:last|this|next){GAP}(?:year|month|season|decade|century)(?!['’]s)|an?{GAP}(?:mile|century))",
    re.IGNORECASE,
)
_SPAN_AFTER = re.compile(rf"{GAP}(?:years?|months?|weeks?|days?|hours?|decades?|century)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    rf"{_END}|{GAP}(?:to|in|from|since|over|during|this|last|on|and|by|if|when|as|{_VERB})", re.IGNORECASE
)
_MORE_AFTER = re.compile(
    rf"{GAP}(?:more|less|down|up|above|below|higher|lower|short|fewer|smaller|larger|goes|went)\b", re.IGNORECASE
)
_MANY_AFTER = re.compile(rf"{GAP}{_PLURAL_VERB}", re.IGNORECASE)
_COUNTED_AFTER = re.compile(rf"{_END}|{GAP}{_VERB}", re.IGNORECASE)


def read_fractions(text: str, numerals: Sequence[Numeral]) -> list[Quantity]:
    """Return fractions as percentages ("one in five": 20 %) and multiples as a number of times ("twofold": 2)."""
    told = [_quantity(text, numeral) for numeral in find_fractions(text) if _is_share(text, numeral)]
    signs = [_quantity(text, numeral) for numeral in numerals if _is_sign(text, numeral)]
    return sorted([*told, *signs], key=lambda quantity: quantity.span) if signs else told


def fraction_of(text: str) -> Decimal | None:
    """Return the number that a fraction in words or figures states ("a third": 0.333...), ``None`` for other text."""
    for found in (find_fractions(text), [numeral for numeral in find_numerals(text) if numeral.fraction]):
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and 0 < found[0].value < 1:
            return found[0].value
    return None


def _is_sign(text: str, numeral: Numeral) -> bool:
    """Whether a fraction in figures is a share ("¾ of the market", "3/4 of it")."""
    if not (numeral.fraction and numeral.figures and 0 < numeral.value < 1) or numeral.attached:
        return False
    shown = text[numeral.start : numeral.end]
    return ("/" in shown or not shown[-1].isdecimal()) and _OF.match(text, numeral.end) is not None


def _is_share(text: str, numeral: Numeral) -> bool:
    """Whether the words state a share, no ordinal ("a third unit"), period ("a quarter") or compound."""
    if numeral.value >= 1:
        return True
    if _SPAN_AFTER.match(text, numeral.end) or _PERIOD_AFTER.match(text, numeral.end):
        return False
    shown = text[numeral.start : numeral.end].casefold()
    before = [word for word, _ in words_before(text, numeral.start, 1)]
    words = re.split(r"[\s-]+", shown)
    if words == ["half"]:
        return (
            not (before and before[0] in hedge_words().part_leads) and _HALF_AFTER.match(text, numeral.end) is not None
        )
    if " in " in f" {' '.join(words)} " and words[1] not in ("in", "out"):
        return _COUNTED_AFTER.match(text, numeral.end) is not None
    if len(words) > 2 or words[0] not in ("a", "an", "one") or (words[0] == "one" and "-" in shown):
        return True
    if _OF.match(text, numeral.end) or (numeral.start, numeral.end) == (0, len(text)):
        return True
    led = before and before[0] in hedge_words().share_leads
    after = (_MORE_AFTER, _CLAUSE_END if led else _MANY_AFTER)
    return any(pattern.match(text, numeral.end) is not None for pattern in after)


def _quantity(text: str, numeral: Numeral) -> Quantity:
    span = Span(numeral.start, numeral.end)
    bound = bound_before(text, numeral.start)[0]
    words = text[span.start : span.end]
    if numeral.value >= 1:
        return Quantity(span, words, QuantityKind.QUANTITY, numeral.value, unit="times", unit_code="1", bound=bound)
    share = multiply(numeral.value, Decimal(100))
    share = share.quantize(Decimal(1)) if share == share.to_integral() else share.quantize(_PLACES).normalize()
    return Quantity(span, words, QuantityKind.PERCENT, share, unit="%", unit_code="%", bound=bound)
