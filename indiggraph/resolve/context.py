"""The countries that names and texts speak of: what "the government" or "the country" means depends on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from indiggraph.furniture import blank_furniture
from indiggraph.gazetteer import Holding
from indiggraph.lexicon import Entry, Lexicon
from indiggraph.model import Document, Mention, ThingType

__all__ = ["Countries", "document_country", "spoken_countries"]

_LONGEST = 5
"""Words of the longest name of a country that is looked for ("United Republic of Tanzania" has four)."""
_WIKIDATA = "http://www.wikidata.org/entity/"
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[\w&]|[.'’](?=\w))*")


class Countries:
    """Words for countries and their people, to take out of the names of bodies; without a lexicon there are none."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon
        self._stripped: dict[str, tuple[str, str | None]] = {}

    def code(self, name: str) -> str | None:
        """The country that a name as a whole means, if it is a country's name."""
        return None if self._lexicon is None else self._lexicon.country(name)

    def name(self, code: str) -> str | None:
        """The usual name of a country by its code."""
        return None if self._lexicon is None else self._lexicon.country_name(code)

    def same_as(self, key: str) -> str | None:
        """The IRI that Wikidata has for the lexicon's thing of that key, where the lexicon knows it."""
        item = None if self._lexicon is None else self._lexicon.wikidata(key)
        return None if item is None else f"{_WIKIDATA}{item}"

    def of_people(self, word: str) -> str | None:
        """The country whose people or things a word tells ("Kenyan")."""
        return None if self._lexicon is None else self._lexicon.country_of_demonym(word)

    def of_outlet(self, name: str) -> str | None:
        """The country of a publisher that the lexicon knows."""
        return next((entry.country for entry in self.entries(name) if entry.type is ThingType.NEWS_AGENCY), None)

    def holdings(self) -> tuple[Holding, ...]:
        """The posts with dates of the user's gazetteer."""
        return () if self._lexicon is None else self._lexicon.holdings

    def entries(self, name: str) -> tuple[Entry, ...]:
        """The lexicon's things of that name."""
        return () if self._lexicon is None else self._lexicon.entries(name)

    def without(self, name: str) -> tuple[str, str | None]:
        """Return the name without words for a country, and the country's code.

        A name made of nothing else stays whole; where several countries stand in it, the longest name is taken.
        """
        if name not in self._stripped:
            self._stripped[name] = self._strip(name)
        return self._stripped[name]

    def _strip(self, name: str) -> tuple[str, str | None]:
        words = [re.sub(r"['’]s?$", "", word) for word in _WORD.findall(name)]
        found = self._find(words)
        if found is None:
            return name, None
        start, end, code = found
        return " ".join(words[:start] + words[end:]) or name, code

    def _find(self, words: list[str]) -> tuple[int, int, str] | None:
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                code = self._country(words[start : start + length])
                if code is not None:
                    return start, start + length, code
        return None

    def _country(self, words: list[str]) -> str | None:
        if self._lexicon is None or not words[0][0].isupper():
            return None
        demonym = self._lexicon.country_of_demonym(words[0]) if len(words) == 1 else None
        return demonym or self._lexicon.country(" ".join(words))


def spoken_countries(document: Document, mentions: Iterable[Mention], countries: Countries) -> Counter[str]:
    """How often a text speaks of each country, in its mentions and in words for people outside them.

    The countries stand in the order of the text.
    """
    told = [mention for mention in mentions if mention.country is not None]
    inside = {at for mention in told for at in range(mention.span.start, mention.span.end)}
    words = (
        (found.start(), found[0]) for found in _WORD.finditer(blank_furniture(document.text)) if found[0][0].isupper()
    )
    outside = ((at, code) for at, word in words if at not in inside and (code := countries.of_people(word)) is not None)
    return Counter(code for _, code in sorted([*((m.span.start, str(m.country)) for m in told), *outside]))


def document_country(document: Document, mentions: Iterable[Mention], countries: Countries) -> str | None:
    """The country that a text speaks of most; of equals the first, where none is spoken of that of the publisher."""
    counts = spoken_countries(document, mentions, countries)
    usual = countries.of_outlet(document.publisher) if document.publisher else None
    return max(counts, key=lambda code: counts[code], default=usual)
