"""Knowledge of the world as one lookup: sectors, countries, bodies, posts, kinds of programs, gatherings, groups.

Everything is data: the sector scheme of the ontology, ``data/gazetteer/*.csv`` (what a reference book holds) and
``data/lexicon/*.yaml`` (classes of words, :mod:`.word_classes`).  Users add names with a CSV file of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from anyascii import anyascii

from indiggraph import schema
from indiggraph.gazetteer import (
    Entry,
    Holding,
    country_entries,
    is_posts,
    read_countries,
    read_gazetteers,
    read_posts,
    split_names,
)
from indiggraph.model import Span
from indiggraph.resources import data_path, load_yaml
from indiggraph.spelling import fold
from indiggraph.word_classes import (
    Bodies,
    Gatherings,
    Groups,
    Nouns,
    People,
    Posts,
    Programs,
    Sites,
    Topics,
    load_gatherings,
    read_words,
)

__all__ = ["Entry", "Lexicon", "load_lexicon", "singular"]

_WORD = re.compile(r"\w+|[^\w\s]")
_IRREGULAR = {
    "buses": "bus", "consortia": "consortium", "gases": "gas", "headquarters": "headquarters", "media": "medium",
    "women": "woman",
}  # fmt: skip
_APOSTROPHES = re.compile(r"['’‘ʻʼ`]")
_LETTERS = re.compile(r"\w+")
_SHORT_NAME = 3  # letters; shorter names in capitals are mostly something else
_COLLECTIVES = frozenset({"industry", "sector"})
_SIZES = (3, 2, 1)  # words of one part of a list of sectors, the longest first
_AND = frozenset({"and", "or"})
_LINK = re.compile(r"\s*,\s*|\s*,?\s*\b(?:and|or)\s+|\s*&\s*")
_AGENCY = ("News", "Agency")
_ADJECTIVE = "~"  # marks an other name that modifies nouns and is no name by itself ("European")


_Word = tuple[tuple[int, int], str]
"""Place and folded form of a word of a text."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lookups; made by :func:`load_lexicon`."""

    bodies: Bodies
    programs: Programs
    gatherings: Gatherings
    groups: Groups
    posts: Posts
    people: People
    nouns: Nouns
    sites: Sites
    topics: frozenset[str]
    holdings: tuple[Holding, ...]
    """Posts with dates from the user's file."""
    _given: frozenset[str]
    _demonyms: Mapping[str, str]
    _adjectives: frozenset[str]
    _countries: Mapping[str, str]
    _country_names: Mapping[str, str]
    _wikidata: Mapping[str, str]
    _industries: Mapping[str, tuple[str, ...]]
    _names: _Phrases[tuple[Entry, ...]]
    _sectors: _Phrases[str]
    _parts: Mapping[tuple[str, ...], str]
    _goods: _Phrases[str]

    def find_sectors(self, text: str) -> list[tuple[Span, str]]:
        """Find names of sectors, longest first, left to right; keys are those of :func:`schema.sectors`."""
        words = [(match.span(), singular(match[0].lower())) for match in _LETTERS.finditer(text)]
        found = [match for match in self._sectors.find(text, words, joiners=" -\n") if not _is_denied(text, match[0])]
        taken = {span.start for span, _ in found}
        listed = self._find_listed(text, words)
        return sorted([*found, *((span, key) for span, key in listed if span.start not in taken)])

    def _find_listed(self, text: str, words: list[_Word]) -> Iterator[tuple[Span, str]]:
        """Find the first parts of lists that "industry" or "sector" closes ("the water and power sectors")."""
        for k, (_, word) in enumerate(words):
            if word not in _COLLECTIVES:
                continue
            end = k - max((size for size in _SIZES if self._is_part(words, k - size, k)), default=1)
            while (before := _before_link(text, words, end)) is not None:
                size = next((size for size in _SIZES if self._is_part(words, before - size, before)), None)
                if size is None:
                    break
                end = before - size
                yield Span(words[end][0][0], words[before - 1][0][1]), self._parts[_sequence(words, end, before)]

    def _is_part(self, words: list[_Word], start: int, end: int) -> bool:
        return start >= 0 and _sequence(words, start, end) in self._parts

    def find_goods(self, text: str) -> list[tuple[Span, str]]:
        """Find words for goods, makers and plants that tell a sector ("crude steel", "carmaker"), with its key.

        The key is "none" for words that tell none though a part of them would ("non-oil trade").
        """
        words = [(match.span(), singular(match[0].lower())) for match in _LETTERS.finditer(text)]
        found = self._goods.find(text, words, joiners=" -\n")
        return [match for match in found if not _is_denied(text, match[0])]

    def find_names(self, text: str) -> list[tuple[Span, tuple[Entry, ...]]]:
        """Find gazetteer names, longest first, left to right; several entries where a name is shared.

        Capitals count ("Shell" is no "shell"); a name in capitals ("TEHRAN") is found too.
        """
        words = [(match.span(), match[0]) for match in _WORD.finditer(text)]
        return list(self._names.find(text, words, joiners=" \n"))

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the gazetteer's things of that name; empty if it holds none."""
        return self._names.get(tuple(_WORD.findall(name))) or ()

    def country_of_demonym(self, word: str) -> str | None:
        """Return the code of the country to which an adjective or inhabitant's name belongs ("Dutch" -> NL)."""
        return self._demonyms.get(word)

    def is_demonym(self, word: str) -> bool:
        """Whether a word is an adjective of a country or region ("Dutch", "European")."""
        return word in self._demonyms or word in self._adjectives

    def country(self, name: str) -> str | None:
        """Return the code of the country with that name ("the Netherlands", "U.S.")."""
        return self._countries.get(_fold(name))

    def country_name(self, code: str) -> str | None:
        """Return the usual name of a country by its code ("NL" -> "Netherlands")."""
        return self._country_names.get(code)

    def wikidata(self, key: str) -> str | None:
        """Return the Wikidata id of a gazetteer's thing by its id, where the gazetteer holds one."""
        return self._wikidata.get(key)

    def industries(self, key: str) -> tuple[str, ...]:
        """Return the sectors of what a gazetteer's thing makes or looks after by its id, the chief one first."""
        return self._industries.get(key, ())

    def is_given_name(self, word: str) -> bool:
        """Whether a word is a first name, or a compound one that begins with it ("Mohammad-Ali")."""
        first = re.split(r"[-‐‑]", anyascii(_APOSTROPHES.sub("", word)).lower())[0]
        return fold(first) in self._given

    def is_topic(self, word: str) -> bool:
        """Whether a word names a field of public work ("Mining"): commas and "and" join such words in one name."""
        return singular(word.lower()) in self.topics

    def is_calendar_or_money(self, word: str) -> bool:
        """Whether a word names a time or a currency and so never a thing."""
        nouns, low = self.nouns, word.lower().rstrip(".")
        return low in nouns.months or low in nouns.weekdays or low in nouns.time_words or low in nouns.currency_words


def load_lexicon(gazetteer: Path | None = None) -> Lexicon:
    """Load the packaged data, and the names of a user's file if one is given; loaded once for each file.

    The file is CSV in UTF-8 with the columns id, type, name, other_names ("|" between), country, source, and if wanted
    wikidata; or posts with the columns person, post, body, country, from, until, source.  Lines that begin with "#" are
    comments.

    Raises:
        ResourceError: a data file is wrong; the message names file and line.
    """
    return _load(gazetteer)


def singular(word: str) -> str:
    """Return a lower-case English noun without its plural ending; other words may lose an "s" too."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > len("women"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


V = TypeVar("V")


class _Phrases(dict[tuple[str, ...], V]):
    """Word sequences with a value each, searched longest first."""

    def __init__(self, pairs: Iterable[tuple[tuple[str, ...], V]] = ()) -> None:
        super().__init__(pairs)
        self._longest: dict[str, int] = {}
        for words in self:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def find(self, text: str, words: list[_Word], joiners: str) -> Iterator[tuple[Span, V]]:
        """Yield matches in a tokenised text; only ``joiners`` may stand between the words of one match."""
        i = 0
        while i < len(words):
            size = self._match(text, words, i, joiners)
            if size:
                yield Span(words[i][0][0], words[i + size - 1][0][1]), self[tuple(w for _, w in words[i : i + size])]
            i += size or 1

    def _match(self, text: str, words: list[_Word], i: int, joiners: str) -> int:
        limit = min(self._longest.get(words[i][1], 0), len(words) - i)
        for k in range(1, limit):
            between = text[words[i + k - 1][0][1] : words[i + k][0][0]]
            if len(between) > 1 or between.strip(joiners):
                limit = k
                break
        sizes = range(limit, 0, -1)
        return next((size for size in sizes if tuple(w for _, w in words[i : i + size]) in self), 0)


@cache
def _load(gazetteer: Path | None) -> Lexicon:
    folder = data_path("gazetteer")
    countries = read_countries(folder / "countries.csv")
    paths = sorted(path for path in folder.glob("*.csv") if path.name != "countries.csv")
    posts = gazetteer is not None and is_posts(gazetteer)
    own = [gazetteer] if gazetteer is not None and not posts else []
    entries = [*country_entries(countries), *read_gazetteers([*paths, *own])]
    sectors = {_sector_words(name): s.key for s in schema.sectors() for name in _sector_names(s)}
    topics = frozenset(map(singular, read_words(Topics, "topics.yaml").words))
    return Lexicon(
        bodies=read_words(Bodies, "bodies.yaml"),
        programs=read_words(Programs, "programs.yaml"),
        gatherings=load_gatherings(),
        groups=read_words(Groups, "groups.yaml"),
        posts=read_words(Posts, "posts.yaml"),
        people=read_words(People, "people.yaml"),
        nouns=read_words(Nouns, "nouns.yaml"),
        sites=read_words(Sites, "sites.yaml"),
        topics=topics | {words[0] for words in sectors if len(words) == 1},
        holdings=read_posts(gazetteer) if gazetteer is not None and posts else (),
        _given=frozenset(fold(anyascii(name)) for name in read_words(People, "people.yaml").given),
        _demonyms={word: row["code"] for row in countries for word in split_names(row["demonyms"])},
        _adjectives=frozenset(n[1:] for entry in entries for n in entry.other_names if n.startswith(_ADJECTIVE)),
        _countries={
            _fold(n): row["code"] for row in countries for n in (row["name"], *split_names(row["other_names"]))
        },
        _country_names={row["code"]: row["name"] for row in countries},
        _wikidata={entry.id: entry.wikidata for entry in entries if entry.wikidata is not None},
        _industries={entry.id: entry.sectors for entry in entries if entry.sectors},
        _names=_name_table(entries),
        _sectors=_Phrases(sectors.items()),
        _parts=_parts(sectors),
        _goods=_Phrases(_goods().items()),
    )


def _sector_names(sector: schema.Sector) -> tuple[str, ...]:
    """Its labels; a label that is also an everyday word ("trade") only as one of the longer labels."""
    return (sector.label, *sector.alt_labels) if sector.standalone else sector.alt_labels


def _parts(sectors: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Return what names a sector before "industry" or "sector" ("food"), with the sector's key."""
    return {words[:-1]: key for words, key in sectors.items() if len(words) > 1 and words[-1] in _COLLECTIVES}


def _sequence(words: list[_Word], start: int, end: int) -> tuple[str, ...]:
    return tuple(word for _, word in words[start:end])


def _is_denied(text: str, span: Span) -> bool:
    """Whether "non-" stands before a word, which then tells another sector or none ("non-oil products")."""
    return text[max(0, span.start - 4) : span.start].lower() in ("non-", "non ", "non‑")


def _before_link(text: str, words: list[_Word], start: int) -> int | None:
    """Return the end of the words that a comma, "and" or both join with those at ``start``; nothing if none do."""
    if start < 2:
        return None
    end = start - (words[start - 1][1] in _AND)
    between = text[words[end - 1][0][1] : words[start][0][0]]
    return end if _LINK.fullmatch(between) else None


def _goods() -> dict[tuple[str, ...], str]:
    table = load_yaml(data_path("lexicon", "goods.yaml"))
    return {_sector_words(word): key for key, words in table.items() for word in words}


def _name_table(entries: Iterable[Entry]) -> _Phrases[tuple[Entry, ...]]:
    table: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        for words in dict.fromkeys(w for name in entry.names if name[0] != _ADJECTIVE for w in _variants(name)):
            if entry not in table.setdefault(words, []):
                table[words].append(entry)
    return _Phrases((words, tuple(found)) for words, found in table.items())


def _variants(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the word sequences of a name: as it is, in capitals, with a small "news agency", without its article."""
    words = tuple(_WORD.findall(name))
    yield words
    if len(name) > _SHORT_NAME and not name.isupper():
        yield tuple(word.upper() for word in words)
    if words[-2:] == _AGENCY and len(words) > len(_AGENCY):
        yield (*words[:-2], *(word.lower() for word in _AGENCY))
    if words[0].lower() == "the":
        yield ("The" if words[0] == "the" else "the", *words[1:])
        if len(words) > 2:
            yield words[1:]


def _sector_words(name: str) -> tuple[str, ...]:
    return tuple(singular(word.lower()) for word in _LETTERS.findall(name))


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    return folded.removeprefix("the ").replace(".", "")
