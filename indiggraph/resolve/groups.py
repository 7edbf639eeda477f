"""Descriptions taken apart: the head with its like, the words that tell one group or program from another, country."""

from __future__ import annotations

from dataclasses import dataclass

from indiggraph.model import Mention
from indiggraph.resolve.context import Countries
from indiggraph.resolve.names import plain_words, stem
from indiggraph.resolve.words import load_words

__all__ = ["Description", "describe", "same_group"]

_TELLING = 2
"""Words besides the head that a description must share with a longer one to be taken for the same group."""


@dataclass(frozen=True, slots=True)
class Description:
    """A described thing: ``head`` in lower case, ``words`` the stems of its modifiers, ``country`` where it tells."""

    head: str
    words: frozenset[str]
    country: str | None

    @property
    def bare(self) -> bool:
        """Whether nothing but the head is there ("the companies")."""
        return not self.words and self.country is None

    @property
    def all_words(self) -> frozenset[str]:
        """The stems of all words, the head's too."""
        return self.words | {stem(self.head)}

    @property
    def key(self) -> str:
        """The description as one string, the same for every wording that is taken apart the same way."""
        return "|".join((self.head, " ".join(sorted(self.words)), self.country or ""))


def describe(mention: Mention, countries: Countries, context: str | None) -> Description:
    """Take a description apart.

    Numbers, quantifiers and small words tell nothing; "domestic" is the country the text is about (``context``);
    "carmaker" is a maker of cars, and "companies which produce parts" are makers of parts.
    """
    lists = load_words()
    rest, country = countries.without(mention.name)
    words = [part for word in plain_words(rest) for part in _parts(word)]
    head = _head(mention, words)
    domestic = not lists.domestic.isdisjoint(words)
    skip = lists.stop | lists.quantifiers | (lists.domestic if domestic else frozenset())
    telling = [word for word in words if word not in skip and not word[0].isdigit() and word.isalnum()]
    stems = frozenset(stem(word) for word in telling) - {stem(head)}
    made = stems & _making()
    if made and lists.same_head(head, "company"):
        head, stems = "maker", stems - made
    return Description(_usual(head), stems, mention.country or country or (context if domestic else None))


def _parts(word: str) -> tuple[str, ...]:
    """Split "carmakers" into car and makers."""
    singular = word.removesuffix("s")
    return (singular.removesuffix("maker"), "maker") if singular.endswith("maker") and singular != "maker" else (word,)


def _head(mention: Mention, words: list[str]) -> str:
    head = mention.head.lower()
    return "maker" if head.endswith("maker") and "maker" in words else head


def _making() -> frozenset[str]:
    return frozenset(stem(word) for word in load_words().heads["maker"])


def _usual(head: str) -> str:
    """One head for its like, where it is a maker or a company; the others overlap and are compared in pairs."""
    heads = load_words().heads
    return next((name for name in ("maker", "company") if head in heads[name]), head)


def same_group(left: Description, right: Description) -> bool:
    """Whether two descriptions in one text mean one group: like heads, and the same words or enough of them."""
    if not load_words().same_head(left.head, right.head):
        return False
    if None not in (left.country, right.country) and left.country != right.country:
        return False
    if left.words == right.words:
        return bool(left.words) or left.country == right.country
    short, long = sorted((left.words, right.words), key=len)
    return short < long and len(short) >= _TELLING
