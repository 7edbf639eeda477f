"""Loads the word lists of ``data/values/`` once, checked, as lookup tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from indiggraph.errors import ResourceError
from indiggraph.model import Bound
from indiggraph.resources import data_path, load_yaml

__all__ = [
    "CurrencyWords",
    "Fiscal",
    "HedgeWords",
    "NounWords",
    "NumberWords",
    "Shared",
    "TimeWords",
    "UnitWords",
    "country_words",
    "currency_words",
    "hedge_words",
    "noun_words",
    "number_words",
    "time_words",
    "unit_words",
]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Number words with their values; ``letters`` are scales beside a currency or a counted noun only."""

    small: Mapping[str, Decimal]
    tens: Mapping[str, Decimal]
    scales: Mapping[str, Decimal]
    abbreviations: Mapping[str, Decimal]
    letters: Mapping[str, Decimal]
    fractions: Mapping[str, Decimal]
    signs: Mapping[str, tuple[Decimal, Decimal]]
    ordinals: Mapping[str, int]
    multiples: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class HedgeWords:
    """Hedges with the bound that they set (``before``: ``None`` for look-alikes), and words that tie two figures."""

    before: Mapping[str, Bound | None]
    after: Mapping[str, Bound]
    ranges: frozenset[str]
    changes: frozenset[str]
    compares: frozenset[str]
    continues: frozenset[str]
    totals: frozenset[str]
    prepositions: frozenset[str]
    share_leads: frozenset[str]
    part_leads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shared:
    """A currency word of several countries: the code by country, ``default`` where the text names none of them.

    ``part`` tells how much of the unit the word means: 0.01 for cents.
    """

    default: str
    by_country: Mapping[str, str]
    part: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class CurrencyWords:
    """Ways to write a currency, each mapped to its code, or to a :class:`Shared` reading.

    ``names`` and ``symbols`` are in lower case, ``codes``, ``prefixes``, ``suffixes`` and ``glued`` as written;
    ``families`` gives the sign beside which a word may stand without contradicting it.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str | Shared]
    symbols: Mapping[str, str | Shared]
    prefixes: Mapping[str, str | Shared]
    suffixes: Mapping[str, str | Shared]
    glued: Mapping[str, str]
    minor: Mapping[str, Shared]
    everyday: frozenset[str]
    families: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Units of measure by word (lower case) and by sign (case kept), with UCUM codes, and the units of rates."""

    words: Mapping[str, str]
    signs: Mapping[str, str]
    glued_only: frozenset[str]
    rates: Mapping[str, str]
    rate_adverbs: Mapping[str, str]
    priced: frozenset[str]
    flows: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounWords:
    """Closed lists by which the head of a counted phrase is found."""

    stops: frozenset[str]
    attributive: frozenset[str]
    irregular: frozenset[str]
    singular: frozenset[str]
    labels: frozenset[str]
    openers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A country's fiscal year: where it begins, and whether "fiscal 2020" ``begin``s or ``end``s in 2020."""

    month: int
    day: int
    named: str
    calendar: str


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Names of months, weekdays and seasons, fiscal years by country, and times that fix no day."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    persian_months: Mapping[str, int]
    seasons: Mapping[str, int]
    persian_seasons: Mapping[str, int]
    fiscal: Mapping[str, Fiscal]
    fiscal_quarters: frozenset[str]
    year_to_march: str
    vague: frozenset[str]
    deictic: Mapping[str, int]
    days: Mapping[str, int]
    year_kinds: Mapping[str, str]
    periods: Mapping[str, str]
    future: frozenset[str]
    before_be: frozenset[str]
    past: frozenset[str]
    until: frozenset[str]
    before: frozenset[str]
    since: frozenset[str]
    states: frozenset[str]
    after: frozenset[str]
    onwards: frozenset[str]
    onwards_after: frozenset[str]
    feasts: Mapping[str, str]
    feast_leads: frozenset[str]
    month_leads: frozenset[str]
    begins: frozenset[str]
    ends: frozenset[str]
    edges: Mapping[str, str]
    told: frozenset[str]
    same: frozenset[str]
    codes: frozenset[str]
    year_leads: frozenset[str]
    persian_leads: frozenset[str]
    duration_leads: frozenset[str]


@cache
def number_words() -> NumberWords:
    """Return the words of ``numbers.yaml``."""
    data = _read("numbers")
    return NumberWords(
        small=_decimals(data["units"]),
        tens=_decimals(data["tens"]),
        scales=_decimals(data["scales"]),
        abbreviations=_decimals(data["abbreviations"]),
        letters=_decimals(data["letters"]),
        fractions=_decimals(data["fractions"]),
        signs={sign: (Decimal(top), Decimal(bottom)) for sign, (top, bottom) in data["signs"].items()},
        ordinals=dict(data["ordinals"]),
        multiples=_decimals(data["multiples"]),
    )


@cache
def hedge_words() -> HedgeWords:
    """Return the words of ``hedges.yaml``."""
    data = _read("hedges")
    bounds = {"lower": Bound.LOWER, "upper": Bound.UPPER, "about": Bound.ABOUT}
    before: dict[str, Bound | None] = dict.fromkeys(_words("hedges", data["none"]))
    before |= {word: bounds[kind] for kind, words in data["before"].items() for word in _words("hedges", words)}
    return HedgeWords(
        before=before,
        after={word: bounds[kind] for kind, words in data["after"].items() for word in _words("hedges", words)},
        ranges=frozenset(_words("hedges", data["ranges"])),
        changes=frozenset(_words("hedges", data["changes"])),
        compares=frozenset(_words("hedges", data["compares"])),
        continues=frozenset(_words("hedges", data["continues"])),
        totals=frozenset(_words("hedges", data["totals"])),
        prepositions=frozenset(_words("hedges", data["prepositions"])),
        share_leads=frozenset(_words("hedges", data["share_leads"])),
        part_leads=frozenset(_words("hedges", data["part_leads"])),
    )


@cache
def currency_words() -> CurrencyWords:
    """Return the currencies of ``currencies.yaml``."""
    data = _read("currencies")
    shared = {word: _shared(node) for word, node in data["shared"].items()}
    rows: dict[str, dict[str, list[str]]] = data["currencies"]
    names: dict[str, str | Shared] = {}
    for code, row in rows.items():
        for name in _words("currencies", row.get("names", [])):
            names.update(dict.fromkeys((name.casefold(), f"{name.casefold()}s"), code))
    names.update({word.casefold(): reading for word, reading in shared.items() if word.islower()})
    return CurrencyWords(
        codes={code: code for code in rows} | {code: code.upper() for code in data["lowercase"]},
        names=names,
        symbols=_ways(rows, "symbols", lower=True) | {w: r for w, r in shared.items() if not w[0].isalpha()},
        prefixes=_ways(rows, "prefixes") | {w: r for w, r in shared.items() if w[0].isupper() or w == "kr"},
        suffixes=_ways(rows, "suffixes") | {w: r for w, r in shared.items() if w in ("Rs", "Rs.", "kr")},
        glued={letter: code for code, row in rows.items() for letter in row.get("glued", [])},
        minor={word.casefold(): _shared({"part": "0.01", **node}) for word, node in data["minor"].items()},
        everyday=frozenset(_words("currencies", data["everyday"])),
        families=dict(data["families"]),
    )


@cache
def unit_words() -> UnitWords:
    """Return the units of ``units.yaml``; regular plurals are added."""
    data = _read("units")
    words = dict(data["words"])
    plurals = {f"{word}s": code for word, code in words.items()}
    return UnitWords(
        words=plurals | words,
        signs=dict(data["signs"]),
        glued_only=frozenset(_words("units", data["glued_only"])),
        rates=dict(data["rates"]),
        rate_adverbs=dict(data["rate_adverbs"]),
        priced=frozenset(_words("units", data["priced"])),
        flows=frozenset(_words("units", data["flows"])),
    )


@cache
def noun_words() -> NounWords:
    """Return the word lists of ``nouns.yaml``."""
    data = _read("nouns")
    return NounWords(**{name: frozenset(_words("nouns", words)) for name, words in data.items()})


@cache
def time_words() -> TimeWords:
    """Return the words of ``times.yaml``."""
    data = _read("times")
    fiscal = {country: _fiscal(node) for country, node in data.pop("fiscal").items()}
    words: dict[str, Any] = {
        name: frozenset(_words("times", node)) if isinstance(node, list) else node for name, node in data.items()
    }
    return TimeWords(fiscal=fiscal, **words)


@cache
def country_words() -> Mapping[str, str]:
    """Return the country (ISO 3166) that a lower-case word points to."""
    data = _read("countries")
    return {word: country for country, words in data.items() for word in _words("countries", words)}


def _read(name: str) -> Any:
    return load_yaml(data_path("values", f"{name}.yaml"))


def _words(name: str, words: list[Any]) -> list[str]:
    """Return the list, refusing what YAML read as something else than a word (``on``, ``no``)."""
    for word in words:
        if not isinstance(word, str):
            raise ResourceError(f"values/{name}.yaml", f"{word!r} is not a word; put it in quotes")
    return words


def _decimals(node: Mapping[str, int]) -> dict[str, Decimal]:
    return {word: Decimal(value) for word, value in node.items()}


def _shared(node: Mapping[str, str]) -> Shared:
    by_country = {country: code for country, code in node.items() if country not in ("default", "part")}
    return Shared(node["default"], by_country, Decimal(node.get("part", 1)))


def _ways(rows: Mapping[str, Mapping[str, list[str]]], field: str, lower: bool = False) -> dict[str, str | Shared]:
    ways = {way: code for code, row in rows.items() for way in _words("currencies", row.get(field, []))}
    return {way.casefold() if lower else way: code for way, code in ways.items()}


def _fiscal(node: Mapping[str, Any]) -> Fiscal:
    return Fiscal(node.get("month", 1), node.get("day", 1), node["named"], node.get("calendar", "gregory"))
