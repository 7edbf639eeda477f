"""How a sentence takes up a value told before: "of this amount", "half of it", "the largest share", "the remaining"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from spacy.tokens import Token

from indiggraph.facts.cues import Cues, Shares
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Money, Quantity, QuantityKind

__all__ = ["Reference", "references_of", "same_unit"]

_FROM = frozenset({"of", "from", "out"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "which", "whole"})
_RELATIVE = frozenset({"which", "whom"})
_CONTRASTS = frozenset({"whereas", "while", "whilst", ";"})
_CLOSE = 4
"""Tokens between a value and the word that makes it a rest."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How a sentence takes up an earlier value."""

    whole: bool = False
    """Whether by a noun ("of the amount"), which means a whole rather than a share of one."""
    words: frozenset[str] = frozenset()
    """What the earlier value must be of, where the noun says it ("of the *loans*")."""
    alike: frozenset[str] = frozenset()
    """Other words for what it is preferably of ("of the aid" may mean support)."""
    rather: frozenset[str] = frozenset()
    """What it is of before anything else (a buyer's share is one of exports)."""
    here: bool = False
    """Whether the total must stand in the same sentence."""
    any_kind: bool = False
    """Whether a percentage may be of a value of any kind ("half *of it*")."""
    rest: bool = False
    """Whether the value is what other shares leave of a total."""
    close: bool = False
    """Whether the total must stand in the same sentence or the one before; with ``rest``, be divided there already."""
    before: int | None = None
    """Where the words that take a total up stand: it is told before them."""


def references_of(position: Token, value: Money | Quantity, view: SentenceView, cues: Cues) -> list[Reference]:
    """How the sentence may take up an earlier value at a position, the surest reading first.

    "Half of it", "of which", "of this amount", "half of the loans", "the rest", "the remaining", "the largest buyer".
    """
    if any(child.lower_ == "including" and child.dep_ in ("case", "mark") for child in position.children):
        return [Reference(here=True)]
    percent = _is_percent(value)
    if not percent and _is_account(position, cues.shares):
        return [Reference(whole=True)]
    found: list[Reference] = []
    for token in view.sentence:
        told = _noun(token, position, value, cues) or _pronoun(token, position, value, view, cues)
        told = told or (None if percent else _piece(token, position, cues.shares))
        if told is not None:
            found.append(replace(told, before=token.idx))
    return sorted(found, key=lambda reference: not reference.any_kind)


def _noun(token: Token, position: Token, value: Money | Quantity, cues: Cues) -> Reference | None:
    """ "Of the amount", "X's share is", "the figure comprised", "added to the total"."""
    lemma = token.lemma_.lower()
    if lemma == "share" and base(token) == "nsubj" and _says_how_much(token.head, cues.shares):
        return Reference(whole=True)
    if lemma in cues.anaphors and token.head.lemma_.lower() in cues.shares.adding and base(token) == "obl":
        return Reference(whole=True)
    of = any(child.lower_ in _FROM and child.dep_ == "case" for child in token.children)
    of = of and not (lemma in cues.shares.sources and any(child.lower_ == "from" for child in token.children))
    definite = any(child.dep_ in ("det", "nmod:poss", "amod") and child.lower_ in _DEFINITE for child in token.children)
    named = _named(token)
    if lemma in cues.anaphors and definite and not named and (of or _is_divided(token, cues.shares)):
        return Reference(whole=True, alike=next((row for row in cues.synonyms if lemma in row), frozenset()))
    if not (of and token.pos_ == "NOUN" and _is_divided_at(token, position, definite, cues)):
        return None
    words = named if lemma in cues.anaphors and (definite or named) else frozenset({lemma})
    percent = _is_percent(value)
    counted = position.pos_ == "NOUN" and isinstance(value, Quantity)  # "28 types of the machines" are no part of a sum
    if percent or named or counted or not (token.head.i == position.i or _is_fronted(token, position)):
        return Reference(whole=True, words=words)
    like = next((row for row in cues.synonyms if words & row), frozenset[str]())
    return Reference(whole=True, alike=words | like)


def _pronoun(
    token: Token, position: Token, value: Money | Quantity, view: SentenceView, cues: Cues
) -> Reference | None:
    """ "Of which", "half of it", "of the latter"; "the rest", "the remaining"."""
    of = any(child.lower_ in _FROM and child.dep_ == "case" for child in token.children)
    if (
        of
        and token.lower_ in cues.pronominal
        and base(token) in ("nmod", "obl")
        and _is_of(token, position, value, view)
    ):
        return Reference(any_kind=True)
    lemma = token.lemma_.lower()
    definite = any(child.dep_ in ("det", "nmod:poss") and child.lower_ in _DEFINITE for child in token.children)
    rests = token.lower_ == "remaining" or (lemma in cues.rests and definite)
    return Reference(rest=True) if rests and abs(token.i - position.i) <= _CLOSE else None


def _piece(token: Token, position: Token, shares: Shares) -> Reference | None:
    """ "The largest buyer", "followed by X", "topped the list", "among them are", "for X alone": parts of a whole."""
    lemma = token.lemma_.lower()
    if lemma in shares.pieces and any(_is_leading(child, shares) for child in token.children):
        return Reference(whole=True, rather=frozenset(shares.trading.get(lemma, ())))
    if lemma == "come" and any(child.lower_ in ("next", "second", "third") for child in token.children):
        return Reference(rest=True, close=True)
    by = any(case.lower_ == "by" for child in token.children for case in child.children if case.dep_ == "case")
    if lemma == "follow" and token.tag_ == "VBN" and by:
        return Reference(whole=True, rest=True)
    if lemma in shares.topping and any(child.lemma_.lower() in shares.lists for child in token.children):
        return Reference(whole=True)
    if token.lower_ == "alone" and token.pos_ in ("ADV", "ADJ") and abs(token.i - position.i) <= 2 * _CLOSE:
        return Reference(whole=True, close=True)
    among = token.lower_ in shares.members and any(child.lower_ == "among" for child in token.children)
    listed = token.lower_ in shares.members and base(token) == "nsubj" and token.head.lemma_.lower() in shares.dividing
    return Reference(whole=True) if (among or listed) and token.i < position.i else None


def _is_leading(word: Token, shares: Shares) -> bool:
    return word.tag_ == "JJS" or word.lower_ in shares.leading


def _is_account(position: Token, shares: Shares) -> bool:
    """ "X *accounted for* $3 million": for so much of what was told."""
    cases = {child.lower_ for child in position.children if child.dep_ == "case"}
    first = next((g for g in governors(position) if base(g) not in ("conj", "flat")), position)
    cases |= {child.lower_ for child in first.children if child.dep_ == "case"}
    return "for" in cases and any(g.lemma_.lower() == "account" for g in list(governors(position))[1:3])


def _says_how_much(head: Token, shares: Shares) -> bool:
    """Whether a clause's head says how large its subject is: a verb of amount, or the figure itself."""
    return head.lemma_.lower() in shares.amounting or head.pos_ in ("NUM", "SYM")


def _named(noun: Token) -> frozenset[str]:
    """Lemmas of what a noun's own "of" names: "of the value *of exports*" takes up that of exports alone."""
    inner = (child for child in noun.children if base(child) == "nmod" and child.i > noun.i)
    return frozenset(
        child.lemma_.lower()
        for child in inner
        if any(case.lower_ == "of" for case in child.children if case.dep_ == "case")
    )


def _is_of(pronoun: Token, position: Token, value: Money | Quantity, view: SentenceView) -> bool:
    """Whether a value is one that a pronoun takes a share of: "€3 million *of which* is lent", "*of which* €3 million".

    A value right before "of" is the share, and those of its kind that go on with it; without one, those that follow
    are.  "The making of which" takes up goods.
    """
    first = pronoun.left_edge
    head = pronoun.head
    if head.pos_ in ("NOUN", "PROPN") and head.i < pronoun.i and head not in view.value_roots.values():
        return False
    values = [v for v in view.values if isinstance(v, (Money, Quantity)) and v.span.end < first.idx]
    share = values.pop() if values and first.idx - values[-1].span.end <= 1 else None
    if share is not None and share.span == value.span:
        return True
    start = pronoun if share is None else view.value_roots[share.span]
    if position.i <= start.i or not (share is None or _alike(value, share)):
        return False
    if pronoun.lower_ not in _RELATIVE or _is_percent(value):
        return not _is_contrasted(position, pronoun)
    kinds = values if isinstance(value, Money) else [v for v in values if isinstance(v, Quantity)]
    last = next((v for v in reversed(kinds) if not _is_percent(v)), None)
    return (last is None or _alike(value, last)) and not _is_contrasted(position, pronoun)


def _is_contrasted(position: Token, pronoun: Token) -> bool:
    """Whether "whereas" or a semicolon stands between the clause of the pronoun and the value."""
    return any(token.lower_ in _CONTRASTS for token in position.doc[pronoun.i : position.i])


def _is_percent(value: Money | Quantity) -> bool:
    return isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT


def _alike(left: Money | Quantity, right: Money | Quantity) -> bool:
    if isinstance(left, Money) or isinstance(right, Money):
        return isinstance(left, Money) and isinstance(right, Money) and left.currency == right.currency
    return same_unit(left, right)


_COUNTERS = frozenset({"unit", "units", "item", "items", "piece", "pieces"})
"""What anything may be counted in."""


def same_unit(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities are counted or measured in the same."""
    if left.kind is not right.kind:
        return False
    if not left.unit or not right.unit or {left.unit.lower(), right.unit.lower()} & _COUNTERS:
        return True
    return left.unit.lower().rstrip("s").split()[-1] == right.unit.lower().rstrip("s").split()[-1]


def _is_divided_at(noun: Token, position: Token, definite: bool, cues: Cues) -> bool:
    """Whether a noun's "of" hangs on the value or on a word for a part ("a fifth *of imports*")."""
    head = noun.head
    if head.lemma_.lower() in cues.parts:
        return head.i <= position.i
    return definite and (head.i == position.i or _is_fronted(noun, position))


def _is_fronted(noun: Token, position: Token) -> bool:
    """Whether a phrase begins the sentence and the value stands in the same clause, not in a relative one of it."""
    if noun.left_edge.is_sent_start is not True or noun.i > position.i:
        return False
    between = takewhile(lambda governor: governor.i != noun.head.i, governors(position))
    return all(governor.dep_ != "acl:relcl" for governor in between)


def _is_divided(token: Token, shares: Shares) -> bool:
    """ "The figure comprised X and Y"."""
    return base(token) == "nsubj" and token.head.lemma_.lower() in shares.dividing
