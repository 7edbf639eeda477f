"""Reads verbs that tell by how much something changes: "exports *doubled*", "*halved* its prices"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from spacy.tokens import Token

from indiggraph.facts.cues import Figures
from indiggraph.facts.syntax import particles
from indiggraph.facts.view import SentenceView
from indiggraph.model import Quantity, QuantityKind, Span

__all__ = ["is_compared", "with_multiples"]


def with_multiples(views: Sequence[SentenceView], figures: Figures) -> list[SentenceView]:
    """Return the views with a quantity for each verb that multiplies, where the clause tells none."""
    return [_read(view, figures) for view in views]


def _read(view: SentenceView, figures: Figures) -> SentenceView:
    found = {span: (token, value) for span, token, value in _multiples(view, figures)}
    if not found:
        return view
    values = sorted([*view.values, *(value for _, value in found.values())], key=lambda value: value.span)
    roots = {**view.value_roots, **{span: token for span, (token, _) in found.items()}}
    return replace(view, values=tuple(values), value_roots=roots)


def _multiples(view: SentenceView, figures: Figures) -> Iterator[tuple[Span, Token, Quantity]]:
    for token in view.sentence:
        lemma, span = token.lemma_.lower(), Span(token.idx, token.idx + len(token.text))
        if token.lower_ == "twice" and is_compared(token):
            yield (
                span,
                token,
                Quantity(span, token.text, QuantityKind.QUANTITY, Decimal(2), unit="times", unit_code="1"),
            )
        if token.pos_ != "VERB" or token.dep_ == "amod" or particles(token) or _is_told(token, view) or _serves(token):
            continue
        if lemma in figures.doubling:
            percent = figures.doubling[lemma]
            yield span, token, Quantity(span, token.text, QuantityKind.PERCENT, percent, unit="%", unit_code="%")
        elif lemma in figures.multiplying:
            times = figures.multiplying[lemma]
            yield span, token, Quantity(span, token.text, QuantityKind.QUANTITY, times, unit="times", unit_code="1")


def is_compared(multiple: Token) -> bool:
    """Whether a multiple is told of something else: "twice *as many as* in May"."""
    behind = [token.lower_ for token in multiple.doc[multiple.i + 1 : min(multiple.i + 6, multiple.sent.end)]]
    return behind[:1] == ["as"] and "as" in behind[1:]


def _serves(verb: Token) -> bool:
    """ "The minister *doubles as* its chairman"."""
    return any(child.dep_ == "obl" and child.left_edge.lower_ == "as" for child in verb.children)


def _is_told(verb: Token, view: SentenceView) -> bool:
    """Whether the clause has percentages of its own ("doubled its share to 30 percent"), or the verb is in a value."""
    shares = (v for v in view.values if isinstance(v, Quantity) and v.kind is QuantityKind.PERCENT)
    return view.is_value(verb) or any(view.value_roots[share.span].head.i == verb.i for share in shares)
