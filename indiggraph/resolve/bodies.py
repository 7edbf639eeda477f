"""Names of bodies (and of programs, places, gatherings) taken apart: content words, country, kinds, acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from indiggraph.resolve.context import Countries
from indiggraph.resolve.names import content_words, is_acronym, joined_words, plain_words, stem
from indiggraph.resolve.words import load_words

__all__ = ["BodyName", "body_name", "formed_apart", "generic_stems", "in_brackets", "kind_stems"]

_BRACKETED = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class BodyName:
    """One name of a body.

    ``core`` is what is left without the country, ``words`` are the stems that identify it (no country, no legal form),
    ``joined`` the same in order and as one word, ``kinds`` what its words show it to be,
    ``generic`` whether it would be another body in another country, ``acronym`` whether the name is one, ``formal``
    whether it has a legal form, ``parent`` whether that form is a holding's (or a single company's, where it tells).
    """

    text: str
    core: str
    words: frozenset[str]
    joined: str
    country: str | None
    kinds: frozenset[str]
    generic: bool
    acronym: bool
    formal: bool = False
    parent: bool | None = None


def body_name(text: str, countries: Countries) -> BodyName:
    """Take a name apart; what stands in brackets after it is left out.

    A name of nothing but a kind that each country has one of ("Majlis") is reduced to that kind ("parliament").
    """
    lists = load_words()
    name = _BRACKETED.sub(" ", text).strip() or text
    rest, country = countries.without(name)
    acronym = is_acronym(rest)
    kinds = lists.kinds_of(plain_words(name))
    left_out = lists.legal_forms | (lists.of_state if "ministry" in kinds else frozenset())
    words = content_words(rest, left_out) or content_words(rest) or content_words(name)
    if lists.before_forms & set(plain_words(rest)) and _is_form(rest) and not words <= generic_stems():
        left_out |= lists.before_forms
        words = content_words(rest, left_out) or words
    unique = next((kind for kind in lists.unique_kinds if words and words <= kind_stems(frozenset({kind}))), None)
    words = words if unique is None else frozenset({unique})
    national = "ministry" in kinds or words <= generic_stems()  # each country has its own, whatever its fields
    formal = not lists.legal_forms.isdisjoint(plain_words(rest))
    parent = _is_parent(plain_words(rest))
    joined = joined_words(rest, left_out)
    return BodyName(name, rest, words, joined, country, kinds, not acronym and national, acronym, formal, parent)


def formed_apart(one: BodyName, other: BodyName) -> bool:
    """Whether one name is a holding's and the other a company's: "Zenda Holding", "Zenda Company"."""
    return None not in (one.parent, other.parent) and one.parent != other.parent


def _is_parent(words: Sequence[str]) -> bool | None:
    lists = load_words()
    holding, company = (not forms.isdisjoint(words) for forms in (lists.holdings, lists.companies))
    return holding if holding != company else None


def _is_form(name: str) -> bool:
    """Whether a name ends with a legal form and a word that goes with it ("Industrial Group")."""
    lists, words = load_words(), plain_words(name)
    return len(words) > 2 and words[-1] in lists.legal_forms and words[-2] in lists.before_forms


@cache
def generic_stems() -> frozenset[str]:
    """Stems of the words that only classify bodies."""
    lists = load_words()
    kind_words = (word for kind in lists.kinds.values() for word in kind.words)
    return frozenset(stem(word) for word in (*lists.generic, *lists.legal_forms, *lists.fixed, *kind_words))


@cache
def kind_stems(kinds: frozenset[str]) -> frozenset[str]:
    """Stems of the words that show these kinds."""
    lists = load_words()
    return frozenset(stem(word) for kind in kinds for word in lists.kinds[kind].words)


def in_brackets(text: str) -> tuple[str, ...]:
    """What stands in brackets in a name: the acronym it is given."""
    return tuple(found.strip() for found in _BRACKETED.findall(text))
