"""Tells which country a text speaks of most, to choose among readings that differ by country."""

from __future__ import annotations

import re
from collections import Counter

from indiggraph.values.vocabulary import Shared, country_words

__all__ = ["Context"]

_NAME = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+")


class Context:
    """The countries that a text names, counted when first asked for."""

    __slots__ = ("_counts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: Counter[str] | None = None

    @property
    def counts(self) -> Counter[str]:
        """How often the text names each country (ISO 3166), in order of first mention."""
        if self._counts is None:
            self._counts = Counter(_countries(self._text))
        return self._counts

    @property
    def country(self) -> str | None:
        """The country named most, the earlier one of two named as often; ``None`` where none is named."""
        return max(self.counts, key=lambda country: self.counts[country], default=None)

    def among(self, countries: frozenset[str]) -> str | None:
        """Return the most named of these countries, ``None`` where the text names none of them."""
        named = [country for country in self.counts if country in countries]
        return max(named, key=lambda country: self.counts[country], default=None)

    def currency(self, reading: str | Shared) -> str:
        """Return the currency of a word or sign, by the text's country where several share it."""
        if isinstance(reading, str):
            return reading
        country = self.among(frozenset(reading.by_country))
        if country is None or self.counts[country] < max(self.counts.values()):
            return reading.default
        return reading.by_country[country]


def _countries(text: str) -> list[str]:
    words = country_words()
    found: list[str] = []
    for match in _NAME.finditer(text):
        word = match[0].replace(".", "")
        country = words.get(word.casefold())
        if country is not None and (word.casefold() != "us" or word == "US"):
            found.append(country)
    return found
