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
    words: frozenset[str]
    """Lemmas of what the value is of, by which a later sentence may take it up ("of the *loans*")."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """How a sentence takes up an earlier value."""

    whole: bool = False
    """Whether by a noun ("of the amount"), which means a whole rather than a share of one."""
    words: frozenset[str] = frozenset()
    """What the earlier value must be of, where the noun says it ("of the *loans*")."""
    alike: frozenset[str] = frozenset()
    """Other words for what it is preferably of ("of the aid" may mean support)."""
    here: bool = False
    """Whether the total must stand in the same sentence."""


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
        reference = _reference(position, view, self._cues)
        going_on = self._open is not None and self._open[1] in (number - 1, number)
        if reference is None and not (going_on and self._continues(view, number)):
            return None
        total = self._find(value, number, reference)
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

    def remember(self, fact: Fact, number: int, words: frozenset[str] = frozenset()) -> None:
        """Make the fact's value, which is of what the words name, available as a total."""
        value = fact.amount or (fact.quantities[0] if fact.quantities else None)
        size = size_of(value)
        if size is not None:
            self._totals.append(_Total(fact, number, size, words))

    def _continues(self, view: SentenceView, number: int) -> bool:
        if self._open is not None and self._open[1] == number:
            return True
        first = next((token for token in view.sentence if token.is_alpha), None)
        return first is not None and first.lemma_.lower() in self._cues.continuation

    def _find(self, value: Money | Quantity, number: int, reference: _Reference | None) -> _Total | None:
        """The total that may hold the value: that of the share before, of a noun one that is no share itself."""
        near = [t for t in reversed(self._totals) if 0 <= number - t.sentence <= _MAX_BACK]
        opened = None if self._open is None else self._open[0]
        if reference is None:
            near = [total for total in near if total.fact.id == opened]
        elif reference.here:
            near = [total for total in near if total.sentence == number]
        elif self._open is not None and self._open[1] == number:
            near.sort(key=lambda total: total.fact.id != opened)
        elif reference.whole:
            near.sort(key=lambda total: (total.fact.part_of is not None, not reference.alike & total.words))
        words = frozenset() if reference is None else reference.words
        return next((total for total in near if _holds(total, value, words)), None)

    def _take(self, total: _Total, value: Money | Quantity) -> None:
        size = size_of(value)
        if (isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT) or size is None:
            return
        place = self._totals.index(total)
        self._totals[place] = replace(total, left=total.left - size)


def _holds(total: _Total, value: Money | Quantity, words: frozenset[str]) -> bool:
    """Whether a value may be a share of a total's: a percentage of any, else as much as is left of it at most."""
    if words and not words & total.words:
        return False
    size = size_of(value)
    if isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT:
        return total.fact.amount is not None or (bool(words) and not _comparable(value, total.fact))
    return _comparable(value, total.fact) and size is not None and size <= total.left


def _reference(position: Token, view: SentenceView, cues: Cues) -> _Reference | None:
    """How the sentence takes up an earlier value at a position, if it does.

    "Of this amount", "of which", "half of the loans", "the rest", "the remaining".
    """
    if any(child.lower_ == "including" and child.dep_ in ("case", "mark") for child in position.children):
        return _Reference(here=True)
    for token in view.sentence:
        lemma = token.lemma_.lower()
        if lemma == "share" and base(token) == "nsubj" and token.head.lemma_.lower() in _AMOUNTING:
            return _Reference(whole=True)
        if lemma in cues.anaphors and token.head.lemma_.lower() in _ADDING and base(token) == "obl":
            return _Reference(whole=True)
        of = any(child.lower_ in _FROM and child.dep_ == "case" for child in token.children)
        of = of and not (lemma in _SOURCES and any(child.lower_ == "from" for child in token.children))
        definite = any(child.dep_ in ("det", "nmod:poss") and child.lower_ in _DEFINITE for child in token.children)
        named = _named(token)
        if lemma in cues.anaphors and definite and not named and (of or _is_divided(token)):
            return _Reference(whole=True, alike=next((row for row in cues.synonyms if lemma in row), frozenset()))
        if of and token.pos_ == "NOUN" and _is_divided_at(token, position, definite, cues):
            return _Reference(
                whole=True, words=named if lemma in cues.anaphors and (definite or named) else frozenset({lemma})
            )
        if of and token.lower_ in cues.pronominal and base(token) in ("nmod", "obl") and _is_of(token, position, view):
            return _Reference()
        rests = token.lower_ == "remaining" or (lemma in cues.rests and definite)
        if rests and abs(token.i - position.i) <= _CLOSE:
            return _Reference()
    return None


def _named(noun: Token) -> frozenset[str]:
    """Lemmas of what a noun's own "of" names: "of the value *of exports*" takes up that of exports alone."""
    inner = (child for child in noun.children if base(child) == "nmod" and child.i > noun.i)
    return frozenset(
        child.lemma_.lower()
        for child in inner
        if any(case.lower_ == "of" for case in child.children if case.dep_ == "case")
    )


def _is_of(pronoun: Token, position: Token, view: SentenceView) -> bool:
    """Whether a value is one that a pronoun takes a share of: "€3 million *of which* is lent", "*of which* €3 million".

    A value right before "of" is the share, and no other is; without one, those that follow are.  "The making of
    which" takes up goods.
    """
    first = pronoun.left_edge
    head = pronoun.head
    if head.pos_ in ("NOUN", "PROPN") and head.i < pronoun.i and head not in view.value_roots.values():
        return False
    before = next((root for span, root in view.value_roots.items() if 0 <= first.idx - span.end <= 1), None)
    return position.i > pronoun.i if before is None else position.i >= before.i


def _is_divided_at(noun: Token, position: Token, definite: bool, cues: Cues) -> bool:
    """Whether a noun's "of" hangs on the value or on a word for a part ("a fifth *of imports*")."""
    head = noun.head
    if head.lemma_.lower() in cues.parts:
        return head.i <= position.i
    fronted = noun.left_edge.is_sent_start is True and noun.i < position.i
    return definite and (head.i == position.i or fronted)


def _is_divided(token: Token) -> bool:
    """ "The figure comprised X and Y"."""
    return base(token) == "nsubj" and token.head.lemma_.lower() in _DIVIDING


_AMOUNTING = frozenset({"be", "stand", "amount", "reach", "come", "total", "equal"})
"""Verbs that say how large a share is ("the bank's share stood at 3 million")."""
_ADDING = frozenset({"contribute", "add"})
"""Verbs that put a share to its whole ("contributed 300 cars to the total")."""
_DIVIDING = frozenset({"comprise", "include", "consist", "cover", "contain"})
_FROM = frozenset({"of", "from", "out"})
_SOURCES = frozenset({"budget", "fund", "funding", "investment", "money", "aid"})
"""Nouns that say after "from" where money comes from."""
_CLOSE = 4
"""Tokens between a value and the word that makes it a rest."""
_COUNTERS = frozenset({"unit", "units", "item", "items", "piece", "pieces"})
"""What anything may be counted in."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "which"})


def _comparable(value: Money | Quantity, total: Fact) -> bool:
    if isinstance(value, Money):
        return total.amount is not None and total.amount.currency == value.currency
    return any(_same_unit(value, quantity) for quantity in total.quantities)


def _same_unit(left: Quantity, right: Quantity) -> bool:
    if left.kind is not right.kind:
        return False
    if not left.unit or not right.unit or {left.unit.lower(), right.unit.lower()} & _COUNTERS:
        return True
    return left.unit.lower().rstrip("s").split()[-1] == right.unit.lower().rstrip("s").split()[-1]


def size_of(value: Money | Quantity | None) -> Decimal | None:
    """The value, or the upper end of a range."""
    if value is None:
        return None
    return value.value if value.value is not None else value.maximum or value.minimum
