"""Finds the gatherings that take place though no verb says so: those with a date, and those where somebody speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Interval, Mention, ThingType
from indiggraph.word_classes import load_gatherings

__all__ = ["gatherings_of"]

_BRACKET = 2
"""Characters between a name and a date in brackets after it."""
_AT = frozenset({"at", "in", "during"})


def gatherings_of(view: SentenceView, speaking: Collection[str]) -> Iterator[Mention]:
    """Yield the gatherings of a sentence that are told with their day or place; ``speaking`` are verbs of speech."""
    for mention in view.mentions:
        if mention.type is ThingType.GATHERING and (_is_dated(mention, view) or _is_placed(mention, view, speaking)):
            yield mention


def _is_dated(mention: Mention, view: SentenceView) -> bool:
    """Whether a named gathering has a date of its own, in brackets or in its phrase."""
    return mention.form is Form.NAME and any(_dates(value, mention, view) for value in view.values)


def _dates(value: object, mention: Mention, view: SentenceView) -> bool:
    """Whether a time stands in brackets after the gathering's name, or hangs on it before any other noun."""
    if not isinstance(value, Interval) or value.first is None:
        return False
    if 0 <= value.span.start - mention.span.end <= _BRACKET:
        return True
    nouns = (g for g in list(governors(view.value_roots[value.span]))[1:] if g.pos_ in ("NOUN", "PROPN", "VERB"))
    return next((noun.i for noun in nouns), None) == view.roots[mention.id].i


def _is_placed(mention: Mention, view: SentenceView, speaking: Collection[str]) -> bool:
    """Whether somebody speaks or is at a gathering of which the sentence tells the day or the place.

    "Speaking *at the 3rd Mining Summit in Harran*", "she said on Monday *at a meeting in Velm*".
    """
    root = view.roots[mention.id]
    if mention.form is Form.PRONOUN or not (_case(root) in _AT or _is_addressed(root)):
        return False
    verb = next((token for token in governors(root) if token.pos_ == "VERB"), root)
    own = {root.i, *(child.i for child in root.children if base(child) in ("nmod", "acl"))}
    beside = {child.i for child in verb.children if base(child) == "obl"} if verb.lemma_.lower() in speaking else set()
    told = (token for token in _days_and_places(view) if token.i != root.i)
    return any(token.i in own | beside or token.head.i in own for token in told)


def _days_and_places(view: SentenceView) -> Iterator[Token]:
    for value in view.values:
        if isinstance(value, Interval) and value.first is not None:
            yield view.value_roots[value.span]
    for mention in view.mentions:
        if mention.type is ThingType.PLACE and mention.form is Form.NAME and _case(view.roots[mention.id]) in _AT:
            yield view.roots[mention.id]


def _is_addressed(root: Token) -> bool:
    return base(root) in ("obj", "iobj") and root.head.lemma_.lower() in load_gatherings().addressed


def _case(noun: Token) -> str:
    return next((child.lower_ for child in noun.children if child.dep_ == "case"), "")
