"""The word classes of ``data/lexicon/*.yaml`` as dataclasses: heads of bodies, programs, posts, words of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from indiggraph.errors import ResourceError
from indiggraph.gazetteer import thing_type
from indiggraph.model import ThingType
from indiggraph.resources import data_path, load_yaml

__all__ = [
    "Bodies",
    "Gatherings",
    "Groups",
    "Nouns",
    "People",
    "Posts",
    "Programs",
    "Sites",
    "Topics",
    "load_gatherings",
    "read_words",
]

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Bodies:
    """Heads of bodies' names and descriptions with their classes; ``data/lexicon/bodies.yaml`` explains the fields."""

    heads: Mapping[str, ThingType]
    name_only: frozenset[str]
    leading: frozenset[str]
    direct: frozenset[str]
    descriptions: Mapping[str, ThingType]
    mass: frozenset[str]
    stations: frozenset[str]
    offices: frozenset[str]
    tasks: frozenset[str]
    no_fields: frozenset[str]
    teams: frozenset[str]
    unique: Mapping[str, ThingType]
    prefixes: frozenset[str]
    foreign_public: frozenset[str]
    foreign: frozenset[str]
    particles: frozenset[str]
    organs: frozenset[str]
    legal_forms: frozenset[str]
    kinds_told: Mapping[str, str]
    firm_words: frozenset[str]
    firm_endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Programs:
    """Heads of programs; ``data/lexicon/programs.yaml`` explains the fields."""

    strong: frozenset[str]
    weak: frozenset[str]
    complement_only: frozenset[str]
    fields: frozenset[str]
    paid: frozenset[str]
    names: frozenset[str]
    leads: frozenset[str]
    titles: frozenset[str]
    ignored_modifiers: frozenset[str]
    kinds_told: Mapping[str, str]
    purposeful: frozenset[str]
    by_noun: frozenset[str]
    dated: frozenset[str]
    stages: frozenset[str]
    numbered: frozenset[str]
    parts: frozenset[str]
    yearly: frozenset[str]
    givers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gatherings:
    """Heads of gatherings; ``data/lexicon/gatherings.yaml`` explains the fields."""

    strong: frozenset[str]
    names: frozenset[str]
    kinds: frozenset[str]
    addressed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """Heads of unnamed collectives; ``data/lexicon/groups.yaml`` explains the fields."""

    strong: frozenset[str]
    weak: frozenset[str]
    never_bare: frozenset[str]
    sites: frozenset[str]
    receivers: frozenset[str]
    served: frozenset[str]
    obliged: frozenset[str]
    getting: frozenset[str]
    giving: frozenset[str]
    kinds_of_party: frozenset[str]
    kinds_told: Mapping[str, str]
    owned: frozenset[str]
    single: frozenset[str]
    joined: frozenset[str]
    sent: frozenset[str]
    counts: frozenset[str]
    endings: frozenset[str]
    collectives: frozenset[str]
    sector_collectives: frozenset[str]
    sector_owners: tuple[str, ...]
    modifiers_ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts, titles, honorifics; ``data/lexicon/posts.yaml`` explains the fields."""

    heads: frozenset[str]
    loose_heads: frozenset[str]
    vague_heads: frozenset[str]
    ranks: frozenset[str]
    former: frozenset[str]
    formerly: frozenset[str]
    former_phrases: tuple[str, ...]
    current: frozenset[str]
    descriptions: frozenset[str]
    honorifics: frozenset[str]
    kept_titles: frozenset[str]
    heads_of: Mapping[str, str]
    appointed: frozenset[str]
    became: frozenset[str]
    acting: frozenset[str]
    leaving: frozenset[str]
    following: frozenset[str]
    ousted: frozenset[str]
    provisional: frozenset[str]
    territorial: frozenset[str]
    speech: frozenset[str]
    public: frozenset[str]


@dataclass(frozen=True, slots=True)
class People:
    """What tells people's names; ``data/lexicon/people.yaml`` explains the fields."""

    given: frozenset[str]
    kin: frozenset[str]
    titles_of_names: frozenset[str]
    callings: frozenset[str]
    surname_endings: frozenset[str]
    deeds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nouns:
    """Descriptions of places and words that are never names; ``data/lexicon/nouns.yaml`` explains the fields."""

    places: frozenset[str]
    federal: frozenset[str]
    area_heads: frozenset[str]
    directions: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    time_words: frozenset[str]
    currency_words: frozenset[str]
    never_names: frozenset[str]
    credit_words: frozenset[str]
    carriers: frozenset[str]
    no_name_heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sites:
    """Nouns that complete the name before them; ``data/lexicon/sites.yaml`` explains the fields."""

    works: Mapping[str, ThingType]
    kinds: Mapping[str, ThingType]
    lines: frozenset[str]
    systems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topics:
    """Fields of public work; ``data/lexicon/topics.yaml`` explains the field."""

    words: frozenset[str]


@cache
def load_gatherings() -> Gatherings:
    """Load the words of gatherings, also for rules that have no lexicon at hand."""
    return read_words(Gatherings, "gatherings.yaml")


def read_words(section: type[S], file: str) -> S:
    """Read a YAML file of word classes into its dataclass.

    Raises:
        ResourceError: its keys are not the fields, or something in it is no word.
    """
    path = data_path("lexicon", file)
    data = load_yaml(path)
    kinds = get_type_hints(section)
    if not isinstance(data, dict) or set(data) != set(kinds):
        raise ResourceError(str(path), f"must have the keys {', '.join(sorted(kinds))}")
    return section(**{key: _typed(path, key, value, kinds[key]) for key, value in data.items()})


def _typed(path: Path, key: str, value: Any, kind: Any) -> Any:
    """Convert a list of words, or a mapping of words, to the field's type."""
    words = list(value) if isinstance(value, list | dict) else [value]
    words += value.values() if isinstance(value, dict) else []
    if not all(isinstance(word, str) for word in words):
        raise ResourceError(str(path), f"{key} must hold words only (quote yes, no, on, off and numbers)")
    if kind == Mapping[str, ThingType]:
        return {word: thing_type(str(path), name, None) for word, name in value.items()}
    return dict(value) if kind == Mapping[str, str] else kind(value)
