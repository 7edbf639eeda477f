"""Who holds which post in one text, and whether a description of a person names such a post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indiggraph.model import Form, Mention, Tenure, ThingType
from indiggraph.resolve.names import plain_words, stem
from indiggraph.resolve.text import Chain, Text
from indiggraph.resolve.words import load_words

__all__ = ["Holder", "Wanted", "holders", "holds", "wanted_post"]


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the words of a post held: ``ranks`` ("deputy"), ``words`` of the post and its body, as stems."""

    person: Chain
    ranks: frozenset[str]
    post: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a description asks of a holder: the head (lower case), the ranks, and all other words, as stems."""

    head: str
    ranks: frozenset[str]
    rest: frozenset[str]


def holders(text: Text) -> list[Holder]:
    """The posts of people: those that tenures tell, and those by which the text describes a person.

    Everyone may be called an official: that is no post.
    """
    told = [
        _holder(tenure, text.chain_of[tenure.person], text)
        for tenure in text.extraction.tenures
        if tenure.person in text.chain_of
    ]
    officials = load_words().officials
    described = [
        _made(chain, _words(mention.name), ())
        for chain in text.of(ThingType.PERSON)
        for mention in chain.mentions
        if mention.form is Form.NOMINAL and chain.named and mention.head not in officials
    ]
    return told + described


def _holder(tenure: Tenure, person: Chain, text: Text) -> Holder:
    body = text.chain_of.get(tenure.organization or "")
    return _made(person, _words(tenure.post), body.names if body is not None else ())


def _made(person: Chain, post: frozenset[str], bodies: Iterable[str]) -> Holder:
    words = post.union(*(_words(name) for name in bodies))
    return Holder(person, post & load_words().ranks, post, frozenset(stem(word) for word in words))


def wanted_post(mention: Mention, text: Text) -> Wanted:
    """Read a description of a person ("the deputy trade minister") as the post that it names."""
    lists = load_words()
    name, _ = text.countries.without(mention.name)
    words = _words(name) - lists.times - lists.honorifics.difference(mention.head.split()) - {mention.head}
    ranks = words & lists.ranks
    return Wanted(mention.head, ranks, frozenset(stem(word) for word in words - ranks))


def holds(holder: Holder, wanted: Wanted) -> bool:
    """Whether a holder's post is the one asked for: ranks equal, heads alike, every other word known of it."""
    if holder.ranks - {wanted.head} != wanted.ranks:  # "spokesman" is a rank beside a post, and a post itself
        return False
    alike = {wanted.head}.union(*(row for row in load_words().posts if wanted.head in row))
    return not alike.isdisjoint(holder.post) and wanted.rest <= holder.words


def _words(text: str) -> frozenset[str]:
    lists = load_words()
    return frozenset(word for word in plain_words(text) if word not in lists.stop)
