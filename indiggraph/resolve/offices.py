"""Offices in comparable form: "governor of the Central Bank" in one text and "CBI chief" in another are one office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from indiggraph.model import Tenure, ThingType
from indiggraph.resolve.bodies import BodyName, kind_stems
from indiggraph.resolve.context import Countries
from indiggraph.resolve.names import normal, plain_words, stem
from indiggraph.resolve.text import Text
from indiggraph.resolve.words import load_words

__all__ = ["Office", "leads", "office_of", "offices", "same_office"]

_LEADER = "head"
"""The post that stands for all of those who lead a body."""
_LONGEST = 3
"""Words of the longest post that the lists know ("chief executive officer")."""


@dataclass(frozen=True, slots=True)
class Office:
    """What a post says of its holder.

    ``head`` is the usual word for the post (a "director" is a "head" of another kind), ``matter`` the stems of its
    field ("industry"), ``bodies`` what its body is known by, ``unique`` whether a country has one ("president").
    """

    head: str
    ranks: frozenset[str]
    matter: frozenset[str]
    bodies: frozenset[str]
    country: str | None
    unique: bool

    @property
    def words(self) -> str:
        """The office in words, for a reason."""
        told = min(self.bodies, key=lambda mark: (-len(mark), mark), default="")
        return " ".join([*sorted(self.ranks), self.head, *sorted(self.matter), told]).strip()


def offices(text: Text) -> dict[int, frozenset[Office]]:
    """The offices that a text gives to people, by the ids of their chains, those that are over too."""
    found: dict[int, set[Office]] = {}
    for tenure in text.extraction.tenures:
        chain = text.chain_of.get(tenure.person)
        office = None if chain is None else _office(tenure, text)
        if office is not None:
            found.setdefault(id(chain), set()).add(office)
    return {chain: frozenset(held) for chain, held in found.items()}


def same_office(one: Office, other: Office) -> bool:
    """Whether two posts are one office: like heads of equal rank, and one body, one field, or one country."""
    abroad = None not in (one.country, other.country) and one.country != other.country
    if one.head != other.head or one.ranks != other.ranks or abroad:
        return False
    if one.bodies and other.bodies:
        return not one.bodies.isdisjoint(other.bodies) and (one.matter <= other.matter or other.matter <= one.matter)
    at_home = one.country is not None and one.country == other.country
    return at_home and ((one.unique and other.unique) or _within(one, other) or _within(other, one))


def leads(post: str) -> bool:
    """Whether who holds a post leads its body: a head without a lesser rank."""
    words = plain_words(post)
    found = _head(words)
    return found is not None and found[0] == _LEADER and load_words().ranks.isdisjoint(words)


def _within(one: Office, other: Office) -> bool:
    """Whether the field of one, which names no body, is told by the other's field or body."""
    return not one.bodies and bool(one.matter) and one.matter <= other.matter.union(*map(str.split, other.bodies))


def _office(tenure: Tenure, text: Text) -> Office | None:
    body = text.chain_of.get(tenure.organization or "")
    if body is None or body.top is not ThingType.ORGANIZATION:
        return office_of(tenure.post, [], frozenset(), text.country, text.countries)
    keys = frozenset(f"entry {mention.key}" for mention in body.mentions if mention.key is not None)
    return office_of(tenure.post, text.names(body), keys, body.country or text.country, text.countries)


def office_of(
    post: str, names: Sequence[BodyName], keys: frozenset[str], home: str | None, countries: Countries
) -> Office | None:
    """The office that a post's words tell, at the body of these names and keys, or else of the country ``home``.

    A minister is told by the field, which the ministry's name may tell instead.
    """
    lists = load_words()
    rest, country = countries.without(post)
    words = plain_words(rest)
    found = _head(words)
    if found is None:
        return None
    head, said = found
    ranks = frozenset(words) & lists.ranks - frozenset(said.split())
    idle = {*lists.stop, *lists.times, *lists.honorifics, *ranks, *said.split()}
    matter = frozenset(stem(word) for word in words if word not in idle)
    if head in lists.leads:
        kind = kind_stems(frozenset({lists.leads[head]}))
        fields = (name.words - kind for name in names if not name.acronym)
        return Office(head, ranks, matter.union(*fields), frozenset(), country or home, False)
    if not names:
        alone = said in lists.offices and not ranks and not matter
        return Office(head, ranks, matter, frozenset(), country or home, alone)
    named = frozenset[str]().union(*(name.words for name in names))
    return Office(head, ranks, matter - named, _marks(names) | keys, country or home, False)


def _marks(names: Iterable[BodyName]) -> frozenset[str]:
    """What a body is known by: its words and acronyms."""
    words = {" ".join(sorted(name.words)) for name in names if not name.acronym}
    return frozenset(words | {normal(name.core) for name in names if name.acronym})


def _head(words: tuple[str, ...]) -> tuple[str, str] | None:
    """The usual word for the head of a post, and how it is said: the longest known post, of equals the last."""
    posts = _posts()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            said = " ".join(words[start : start + length])
            if said in posts and (said not in load_words().ranks or len(words) == 1):
                return posts[said], said
    return None


@cache
def _posts() -> dict[str, str]:
    """Each post of the lists, with the one of its row that stands for all."""
    lists = load_words()
    found = {office: office for office in lists.offices} | {post: post for post in lists.leads}
    for row in lists.posts:
        usual = min(row, key=lambda post: (post not in lists.leads, post != _LEADER, post))
        found |= {" ".join(plain_words(post)): usual for post in sorted(row)}
    return found
