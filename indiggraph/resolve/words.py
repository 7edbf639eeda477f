"""The word lists of identity, loaded once: what is data in ``data/resolve/`` as frozen sets and maps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from indiggraph.errors import ResourceError
from indiggraph.model import ThingType
from indiggraph.resources import data_path, load_yaml
from indiggraph.spelling import Rewrites, rewrites

__all__ = ["Habit", "Kind", "Words", "load_words"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body: the words that show it in a name, the classes of things that fit.

    An ``open`` kind also takes bodies whose names show no kind at all.
    """

    words: frozenset[str]
    types: frozenset[ThingType]
    open: bool


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit of romanization: which words it is tried on, and how it writes them."""

    words: re.Pattern[str]
    rewrites: Rewrites


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists; the comments in the YAML files say what each one means."""

    honorifics: frozenset[str]
    titles_of_first_names: frozenset[str]
    surname_prefixes: frozenset[str]
    surname_suffixes: frozenset[str]
    joins: Rewrites
    letters: Mapping[int, str]
    fathers: frozenset[str]
    between_surnames: frozenset[str]
    generations: Mapping[str, str]
    second_first_names: frozenset[str]
    surnames_first: frozenset[str]
    first_names: tuple[frozenset[str], ...]
    habits: tuple[Habit, ...]
    weak_folding: Rewrites
    weak_folding_of_first_names: Rewrites
    loose_folding: Rewrites
    sounds: Rewrites
    stop: frozenset[str]
    legal_forms: frozenset[str]
    before_forms: frozenset[str]
    holdings: frozenset[str]
    companies: frozenset[str]
    of_state: frozenset[str]
    spellings: Mapping[str, str]
    generic: frozenset[str]
    kinds: Mapping[str, Kind]
    fixed: frozenset[str]
    unnamed: frozenset[str]
    unique_kinds: tuple[str, ...]
    officials: frozenset[str]
    posts: tuple[frozenset[str], ...]
    offices: frozenset[str]
    ranks: frozenset[str]
    times: frozenset[str]
    leads: Mapping[str, str]
    genders: Mapping[str, str]
    quantifiers: frozenset[str]
    numbers: frozenset[str]
    domestic: frozenset[str]
    heads: Mapping[str, frozenset[str]]
    counterparts: frozenset[str]
    place_kinds: Mapping[str, frozenset[str]]

    def kinds_of(self, words: Iterable[str]) -> frozenset[str]:
        """The kinds of bodies that the words of a name (lower case) show."""
        present = frozenset(words)
        return frozenset(name for name, kind in self.kinds.items() if kind.words & present)

    def same_head(self, one: str, other: str) -> bool:
        """Whether two heads of descriptions may mean the same thing ("plan", "scheme")."""
        return one == other or any({one, other} <= heads for heads in self.heads.values())


@cache
def load_words() -> Words:
    """Load the packaged lists.

    Raises:
        ResourceError: a file is missing, or a list in it is missing or of another shape.
    """
    names, bodies, people, groups = (_Section(name) for name in ("names", "bodies", "people", "groups"))
    return Words(
        honorifics=names.words("honorifics"),
        titles_of_first_names=names.words("titles_of_first_names"),
        surname_prefixes=names.words("surname_prefixes"),
        surname_suffixes=names.words("surname_suffixes"),
        joins=names.rewrites("joins"),
        letters=str.maketrans({str(k): str(v) for k, v in names.mapping("letters").items()}),
        fathers=names.words("fathers"),
        between_surnames=names.words("between_surnames"),
        generations={str(k): str(v) for k, v in names.mapping("generations").items()},
        second_first_names=names.words("second_first_names"),
        surnames_first=names.words("surnames_first"),
        first_names=tuple(frozenset(map(str, row)) for row in names.list("first_names")),
        habits=tuple(_habit(names, name, entry) for name, entry in names.mapping("habits").items()),
        weak_folding=names.rewrites("weak_folding"),
        weak_folding_of_first_names=names.rewrites("weak_folding_of_first_names"),
        loose_folding=names.rewrites("loose_folding"),
        sounds=names.rewrites("sounds"),
        stop=bodies.words("stop"),
        legal_forms=bodies.words("legal_forms"),
        before_forms=bodies.words("before_forms"),
        holdings=bodies.words("holdings"),
        companies=bodies.words("companies"),
        of_state=bodies.words("of_state"),
        spellings={str(k): str(v) for k, v in bodies.mapping("spellings").items()},
        generic=bodies.words("generic"),
        kinds={str(name): _kind(bodies, name, entry) for name, entry in bodies.mapping("kinds").items()},
        fixed=bodies.words("fixed"),
        unnamed=bodies.words("unnamed"),
        unique_kinds=tuple(sorted(bodies.words("unique_kinds"))),
        officials=people.words("officials"),
        posts=tuple(frozenset(map(str, row)) for row in people.list("posts")),
        offices=people.words("offices"),
        ranks=people.words("ranks"),
        times=people.words("times"),
        leads={str(k): str(v) for k, v in people.mapping("leads").items()},
        genders={str(word): str(key) for key, row in people.mapping("genders").items() for word in row},
        quantifiers=groups.words("quantifiers"),
        numbers=groups.words("numbers"),
        domestic=groups.words("domestic"),
        heads={str(k): frozenset(map(str, v)) for k, v in groups.mapping("heads").items()},
        counterparts=groups.words("counterparts"),
        place_kinds={str(k): frozenset(map(str, v)) for k, v in groups.mapping("places").items()},
    )


class _Section:
    """One YAML file whose parts are asked for by name and shape."""

    def __init__(self, name: str) -> None:
        self.path = data_path("resolve", f"{name}.yaml")
        self.data = load_yaml(self.path)

    def fail(self, key: object, shape: str) -> ResourceError:
        return ResourceError(str(self.path), f"{key}: expected {shape}")

    def list(self, key: str) -> Sequence[Any]:
        value = self.data.get(key)
        if not isinstance(value, list):
            raise self.fail(key, "a list")
        return value

    def mapping(self, key: str) -> Mapping[Any, Any]:
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self.fail(key, "a mapping")
        return value

    def words(self, key: str) -> frozenset[str]:
        entries = self.list(key)
        if not all(isinstance(entry, str) for entry in entries):
            raise self.fail(key, "words (quote those that YAML reads otherwise)")
        return frozenset(entries)

    def rewrites(self, key: str) -> Rewrites:
        return rewrites(self.list(key))


def _habit(section: _Section, name: object, entry: Any) -> Habit:
    if not isinstance(entry, dict) or entry.keys() != {"words", "rewrite"}:
        raise section.fail(name, "words and rewrite")
    return Habit(re.compile(entry["words"]), rewrites(entry["rewrite"]))


def _kind(section: _Section, name: object, entry: Any) -> Kind:
    if not isinstance(entry, dict) or not {"words", "types"} <= entry.keys():
        raise section.fail(name, "words and types")
    types = frozenset(ThingType(value) for value in entry["types"])
    return Kind(words=frozenset(entry["words"]), types=types, open=bool(entry.get("open", False)))
