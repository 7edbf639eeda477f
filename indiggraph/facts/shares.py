"""Shares of a total: "of the mentioned amount, €3 million is the share of ...", "X of which", "the remaining Y".

A value is a share of an earlier fact's value where the text takes that value up again, by a noun such as *amount* or
*figure* with a determiner, by a pronoun after "of", or by going on after such a sentence ("also", "while", "the
remaining").  Value and total have the same currency or unit, the share is not larger, and all shares together are not
larger than the total: sums decide where grammar leaves a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spacy.tokens import Token

from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import base
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


class ShareTracker:
    """Remembers the values of a document's facts and finds the total that a later value is a share of."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._totals: list[_Total] = []
        self._open: tuple[str, int] | None = None

    def total_of(self, fact: Fact, view: SentenceView, number: int, position: Token) -> Fact | None:
        """Return the fact of whose value this fact's value is a share, if any.

        ``number`` is the sentence's place in the document; facts must be given in reading order.
        """
        value = fact.amount or (fact.quantities[0] if fact.quantities else None)
        if value is None:
            return None
        taken_up = _takes_up(position, view, self._cues)
        going_on = self._open is not None and self._open[1] in (number - 1, number)
        if not taken_up and not (going_on and self._continues(view, number)):
            return None
        opened_here = self._open is not None and self._open[1] == number
        total = self._find(value, number, self._open if opened_here or not taken_up else None)
        if total is not None:
            self._open = (total.fact.id, number)
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

    def remember(self, fact: Fact, number: int) -> None:
        """Make the fact's value available as a total."""
        value = fact.amount or (fact.quantities[0] if fact.quantities else None)
        size = size_of(value)
        if size is not None:
            self._totals.append(_Total(fact, number, size))

    def _continues(self, view: SentenceView, number: int) -> bool:
        if self._open is not None and self._open[1] == number:
            return True
        first = next((token for token in view.sentence if token.is_alpha), None)
        return first is not None and first.lemma_.lower() in self._cues.continuation

    def _find(self, value: Money | Quantity, number: int, opened: tuple[str, int] | None) -> _Total | None:
        size = size_of(value)
        percent = isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT
        for total in reversed(self._totals):
            if opened is not None and total.fact.id != opened[0]:
                continue
            if not 0 <= number - total.sentence <= _MAX_BACK:
                continue
            if percent and total.fact.amount is not None:
                return total
            if _comparable(value, total.fact) and size is not None and size <= total.left:
                return total
        return None

    def _take(self, total: _Total, value: Money | Quantity) -> None:
        size = size_of(value)
        if (isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT) or size is None:
            return
        place = self._totals.index(total)
        self._totals[place] = _Total(total.fact, total.sentence, total.left - size)


def _takes_up(position: Token, view: SentenceView, cues: Cues) -> bool:
    """Whether the sentence takes up an earlier value: "of this amount", "of which", "the rest", "the remaining"."""
    for token in view.sentence:
        lemma = token.lemma_.lower()
        if lemma == "share" and base(token) == "nsubj" and token.head.lemma_.lower() in _AMOUNTING:
            return True
        if lemma in cues.anaphors and token.head.lemma_.lower() in _ADDING and base(token) == "obl":
            return True
        of = any(child.lower_ in ("of", "from", "out") and child.dep_ == "case" for child in token.children)
        definite = any(child.dep_ in ("det", "nmod:poss") and child.lower_ in _DEFINITE for child in token.children)
        if lemma in cues.anaphors and definite and (of or _is_divided(token)):
            return True
        if of and token.lower_ in cues.pronominal and base(token) in ("nmod", "obl"):
            return token.lower_ != "which" or token.i <= position.i + 6
        if token.lower_ == "remaining" or (lemma == "rest" and definite):
            return abs(token.i - position.i) <= 4
    return False


def _is_divided(token: Token) -> bool:
    """ "The figure comprised X and Y"."""
    return base(token) == "nsubj" and token.head.lemma_.lower() in _DIVIDING


_AMOUNTING = frozenset({"be", "stand", "amount", "reach", "come", "total", "equal"})
"""Verbs that say how large a share is ("the bank's share stood at 3 million")."""
_ADDING = frozenset({"contribute", "add"})
"""Verbs that put a share to its whole ("contributed 300 cars to the total")."""
_DIVIDING = frozenset({"comprise", "include", "consist", "cover", "contain"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "which"})


def _comparable(value: Money | Quantity, total: Fact) -> bool:
    if isinstance(value, Money):
        return total.amount is not None and total.amount.currency == value.currency
    return any(_same_unit(value, quantity) for quantity in total.quantities)


def _same_unit(left: Quantity, right: Quantity) -> bool:
    if left.kind is not right.kind:
        return False
    if not left.unit or not right.unit:
        return True
    return left.unit.lower().rstrip("s").split()[-1] == right.unit.lower().rstrip("s").split()[-1]


def size_of(value: Money | Quantity | None) -> Decimal | None:
    """The value, or the upper end of a range."""
    if value is None:
        return None
    return value.value if value.value is not None else value.maximum or value.minimum
