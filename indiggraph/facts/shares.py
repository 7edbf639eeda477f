"""Shares of a total: "of the mentioned amount, €3 million is the share of ...", "X of which", "the remaining Y".

A value is a share of an earlier fact's value where the text takes that value up again, by a noun such as *amount* or
*figure* with a determiner, by a pronoun after "of", or by going on after such a sentence ("also", "while", "the
remaining").  Value and total have the same currency or unit, the share is not larger, and all shares together are not
larger than the total: sums decide where grammar leaves a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.tokens import Token

from indiggraph.facts.cues import Cues
from indiggraph.facts.references import Reference, references_of, same_unit
from indiggraph.facts.view import SentenceView
from indiggraph.model import Fact, Money, Quantity, QuantityKind

__all__ = ["ShareTracker", "size_of"]

_AT_LEAST = 2
_MAX_BACK = 3
"""Sentences back in which a total is looked for."""


@dataclass(frozen=True, slots=True)
class _Total:
    fact: Fact
    sentence: int
    left: Decimal
    words: frozenset[str]
    """Lemmas of what the value is of, by which a later sentence may take it up ("of the *loans*")."""

    @property
    def start(self) -> int:
        """Where its value stands."""
        value = self.fact.amount or self.fact.quantities[0]
        return value.span.start


class ShareTracker:
    """Remembers the values of a document's facts and finds the total that a later value is a share of."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._totals: list[_Total] = []
        self._open: tuple[str, int, int] | None = None

    def total_of(self, fact: Fact, view: SentenceView, number: int, position: Token) -> Fact | None:
        """Return the fact of whose value this fact's value is a share, if any.

        ``number`` is the sentence's place in the document; facts must be given in reading order.
        """
        value = fact.amount or (fact.quantities[0] if fact.quantities else None)
        if value is None:
            return None
        references: list[Reference | None] = [*references_of(position, value, view, self._cues)]
        going_on = self._open is not None and self._open[1] in (number - 1, number)
        if not references and going_on and self._continues(view, number, position):
            references = [None]
        for reference in references:
            total = self._find(value, number, reference)
            if total is not None:
                self._open = (total.fact.id, number, position.i)
                self._take(total, value)
                return total.fact
        return None

    def divided(self, values: Sequence[Money | Quantity], number: int) -> Fact | None:
        """The earlier fact whose value these values of one sentence add up to exactly, if any."""
        sizes = [size_of(value) for value in values]
        if len(values) < _AT_LEAST or any(size is None for size in sizes):
            return None
        whole = sum((size for size in sizes if size is not None), Decimal(0))
        for total in reversed(self._totals):
            near = 0 <= number - total.sentence <= _MAX_BACK
            if near and total.left == whole and all(_comparable(value, total.fact) for value in values):
                return total.fact
        return None

    def like(self, fact: Fact, number: int) -> Fact | None:
        """The nearest earlier fact with a value of the same currency or unit, which a bare figure goes on with."""
        values = [fact.amount] if fact.amount is not None else fact.quantities
        for total in reversed(self._totals):
            if number - total.sentence <= 1 and any(_comparable(value, total.fact) for value in values):
                return total.fact
        return None

    def remember(self, fact: Fact, number: int, words: frozenset[str] = frozenset()) -> None:
        """Make the fact's value, which is of what the words name, available as a total."""
        value = fact.amount or (fact.quantities[0] if fact.quantities else None)
        size = size_of(value)
        if size is not None:
            self._totals.append(_Total(fact, number, size, words))

    def _continues(self, view: SentenceView, number: int, position: Token) -> bool:
        if self._open is not None and self._open[1] == number:
            return all(token.lower_ != "whereas" for token in view.sentence.doc[self._open[2] : position.i])
        first = next((token for token in view.sentence if token.is_alpha), None)
        return first is not None and first.lemma_.lower() in self._cues.continuation

    def _find(self, value: Money | Quantity, number: int, reference: Reference | None) -> _Total | None:
        """The total that may hold the value: that of the share before, of a noun one that is no share itself."""
        near = [t for t in reversed(self._totals) if 0 <= number - t.sentence <= _MAX_BACK]
        opened = None if self._open is None else self._open[0]
        if reference is None:
            near = [total for total in near if total.fact.id == opened]
        elif reference.here:
            near = [total for total in near if total.sentence == number]
        elif self._open is not None and (self._open[1] == number or (reference.rest and self._open[1] == number - 1)):
            near.sort(key=lambda total: total.fact.id != opened)
        elif reference.whole:
            near.sort(key=lambda total: _rank(total, reference))
        if reference is not None and reference.before is not None:
            near = [total for total in near if total.start < reference.before]
        if reference is not None and reference.close:
            going_on = reference.rest and self._open is not None and number - self._open[1] <= 1
            near = [
                t for t in near if (t.fact.id == opened and going_on if reference.rest else number - t.sentence <= 1)
            ]
        return next((total for total in near if _holds(total, value, reference)), None)

    def _take(self, total: _Total, value: Money | Quantity) -> None:
        size = size_of(value)
        if (isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT) or size is None:
            return
        place = self._totals.index(total)
        self._totals[place] = replace(total, left=total.left - size)


def _rank(total: _Total, reference: Reference) -> tuple[bool, bool, bool]:
    """Where a total stands among those that a noun may mean: of what it is rather of, no share, of a like word."""
    return not reference.rather & total.words, total.fact.part_of is not None, not reference.alike & total.words


def _holds(total: _Total, value: Money | Quantity, reference: Reference | None) -> bool:
    """Whether a value may be a share of a total's: a percentage of any, else as much as is left of it at most."""
    words = frozenset[str]() if reference is None else reference.words
    if words and not words & total.words:
        return False
    size = size_of(value)
    if isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT:
        if value.unit != "%":  # points are a part of a percentage
            return size is not None and size <= total.left and any(_is_percent(q) for q in total.fact.quantities)
        counted = bool(words) or (reference is not None and reference.any_kind)
        return total.fact.amount is not None or (counted and not _comparable(value, total.fact))
    return _comparable(value, total.fact) and size is not None and size <= total.left


def _is_percent(value: Quantity) -> bool:
    return value.kind is QuantityKind.PERCENT and value.unit == "%"


def _comparable(value: Money | Quantity, total: Fact) -> bool:
    if isinstance(value, Money):
        return total.amount is not None and total.amount.currency == value.currency
    return any(same_unit(value, quantity) for quantity in total.quantities)


def size_of(value: Money | Quantity | None) -> Decimal | None:
    """The value, or the upper end of a range."""
    if value is None:
        return None
    return value.value if value.value is not None else value.maximum or value.minimum
