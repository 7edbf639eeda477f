"""Tells which country a text speaks of most, to choose among readings that differ by country."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from functools import cache

from indiggraph.values.vocabulary import Shared, country_words, currency_words

__all__ = ["Context"]

_REACH = 240
_DOLLAR = "USD"
_OFTEN = 3
"""How often a text that means its own country's dollars names that country at least."""
_PART_END = re.compile(r"[.!?][\"”’')\]]*\s|;|\n")
_NAME = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+")


class Context:
    """The countries that a text names, counted when first asked for."""

    __slots__ = ("_counts", "_named", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: Counter[str] | None = None
        self._named: list[tuple[int, str]] = []

    @property
    def counts(self) -> Counter[str]:
        """How often the text names each country (ISO 3166), in order of first mention."""
        if self._counts is None:
            self._named = _countries(self._text)
            self._counts = Counter(country for _, country in self._named)
        return self._counts

    @property
    def country(self) -> str | None:
        """The country named most, the earlier one of two named as often; ``None`` where none is named."""
        return max(self.counts, key=lambda country: self.counts[country], default=None)

    def among(self, countries: Collection[str]) -> str | None:
        """Return the most named of these countries, ``None`` where the text names none of them."""
        named = [country for country in self.counts if country in countries]
        return max(named, key=lambda country: self.counts[country], default=None)

    def currency(self, reading: str | Shared, place: int) -> str:
        """Return the currency of a word or sign at ``place``, by country where several share it.

        It is the country named last before it in its part of the sentence, unless the text names another one more.
        """
        if isinstance(reading, str):
            return reading
        if reading.default == _DOLLAR:
            return self._dollar(reading)
        country = self.among(reading.by_country)
        near = None if country is None else self._near(reading.by_country, place)
        if near is not None and country is not None and self.counts[near] >= self.counts[country]:
            return reading.by_country[near]
        if country is None or self.counts[country] < max(self.counts.values()):
            return reading.default
        return reading.by_country[country]

    def _dollar(self, reading: Shared) -> str:
        """Return the dollar of the country that the text speaks of by far, unless it marks that country's dollars.

        Papers abroad mean those of the United States, and write "C$5" or "5 Canadian dollars" for others.
        """
        country, counts = self.among(reading.by_country), self.counts
        if country is None or counts[country] < _OFTEN or counts["US"] >= counts[country]:
            return reading.default
        if any(other != country and count >= counts[country] for other, count in counts.items()):
            return reading.default
        code = reading.by_country[country]
        return reading.default if _local_marks(code).search(self._text) else code

    def _near(self, countries: Collection[str], place: int) -> str | None:
        """Return the country among these that is named last before the place, in the same part of a sentence."""
        low = max(0, place - _REACH)
        start = max((match.end() for match in _PART_END.finditer(self._text, low, place)), default=low)
        index = bisect_left(self._named, (place, ""))
        while index and self._named[index - 1][0] >= start:
            index -= 1
            if self._named[index][1] in countries:
                return self._named[index][1]
        return None


@cache
def _local_marks(code: str) -> re.Pattern[str]:
    """Return what marks a country's dollars as such: "C$", "Canadian dollar"."""
    words = currency_words()
    marks = [mark for mark, own in [*words.symbols.items(), *words.names.items()] if own == code]
    return re.compile("|".join(re.escape(mark) for mark in [*marks, code]), re.IGNORECASE)


def _countries(text: str) -> list[tuple[int, str]]:
    """Return the places and the codes of the countries that the text names."""
    words = country_words()
    found: list[tuple[int, str]] = []
    for match in _NAME.finditer(text):
        word = match[0].replace(".", "")
        country = words.get(word.casefold())
        if country is not None and (word.casefold() != "us" or word == "US"):
            found.append((match.start(), country))
    return found
