"""The cue words of ``data/cues/*.yaml`` as sets: modality, speech, shares, levels, parties, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from indiggraph.model import Modality
from indiggraph.resources import data_path, load_yaml

__all__ = ["Cues", "Figures", "Parties", "Sets", "Shares", "load_cues"]


@dataclass(frozen=True, slots=True)
class Speech:
    """The lists of ``speech.yaml``, which says what each is."""

    verbs: frozenset[str]
    phrasal: frozenset[str]
    needs_content: frozenset[str]
    putting: frozenset[str]
    present: frozenset[str]
    foretelling: frozenset[str]
    wishes: frozenset[str]
    promises: frozenset[str]
    announcing: frozenset[str]
    figures: frozenset[str]
    quoting: frozenset[str]
    sources: frozenset[str]
    scant_sources: frozenset[str]
    nouns: frozenset[str]
    opinions: frozenset[str]
    minds: frozenset[str]
    opinion_prepositions: frozenset[str]
    content_nouns: frozenset[str]
    carriers: frozenset[str]
    addressed: frozenset[str]
    carried: frozenset[str]
    carried_prepositions: frozenset[str]
    outlets: frozenset[str]
    claims: frozenset[str]
    source_labels: frozenset[str]
    questions: frozenset[str]
    answers: frozenset[str]
    interviews: frozenset[str]
    made: frozenset[str]
    remarks: frozenset[str]
    lists: frozenset[str]
    outlet_names: frozenset[str]
    voices: frozenset[str]
    beside: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Meant:
    """The lists of ``modality.yaml``, which says what each is."""

    auxiliary: Mapping[str, Modality]
    governor: Mapping[str, Modality]
    oblique: Mapping[str, Modality]
    participle: Mapping[str, Modality]
    wish: Mapping[str, Modality]
    standing: Mapping[str, Modality]
    adverb: Mapping[str, Modality]
    foreseen: frozenset[str]
    needs: frozenset[str]
    foretelling: frozenset[str]
    drafts: frozenset[str]
    billed: frozenset[str]
    aims: frozenset[str]
    equating: frozenset[str]
    arising: frozenset[str]
    things: frozenset[str]
    purpose: frozenset[str]
    dropped: frozenset[str]
    foresees: frozenset[str]
    condition: frozenset[str]
    awaited: frozenset[str]
    result: frozenset[str]
    present: frozenset[str]
    done: frozenset[str]
    untrue: frozenset[str]
    denied_event: frozenset[str]
    negation: frozenset[str]
    not_only: frozenset[str]
    bounds: frozenset[str]
    allows: frozenset[str]
    concludes: frozenset[str]
    beside: frozenset[str]
    flips: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sets:
    """The lists of ``sets.yaml``, which says what each is."""

    parties: frozenset[str]
    places: frozenset[str]
    mutual: frozenset[str]
    dealings: frozenset[str]
    definite: frozenset[str]
    here: frozenset[str]
    there: frozenset[str]
    makers: frozenset[str]
    facilities: frozenset[str]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Parties:
    """The lists of ``parties.yaml``, which says what each is."""

    ventures: frozenset[str]
    aims: frozenset[str]
    governed: frozenset[str]
    going: frozenset[str]
    taking: frozenset[str]
    purses: frozenset[str]
    lending: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """The lists of ``figures.yaml``, which says what each is; a scale by each of its words."""

    scales: Mapping[str, str]
    totals: frozenset[str]
    levels: frozenset[str]
    others: frozenset[str]
    parts: frozenset[str]
    never: frozenset[str]
    sums: frozenset[str]
    substitutes: frozenset[str]
    factors: Mapping[str, Decimal]
    headcounts: Mapping[str, str]
    manning: frozenset[str]
    amounting: frozenset[str]
    paying: frozenset[str]
    priced: frozenset[str]
    votes: frozenset[str]
    doubling: Mapping[str, Decimal]
    multiplying: Mapping[str, Decimal]
    multiples: frozenset[str]
    folds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shares:
    """The lists of ``shares.yaml`` about verbs and parts, which says what each is."""

    amounting: frozenset[str]
    adding: frozenset[str]
    dividing: frozenset[str]
    sources: frozenset[str]
    pieces: frozenset[str]
    trading: Mapping[str, Sequence[str]]
    leading: frozenset[str]
    topping: frozenset[str]
    lists: frozenset[str]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Closed word lists that decide about modality, attribution, shares and levels."""

    meant: Meant
    speech: Speech
    sets: Sets
    parties: Parties
    figures: Figures
    shares: Shares
    anaphors: frozenset[str]
    pronominal: frozenset[str]
    continuation: frozenset[str]
    rests: frozenset[str]
    parts: frozenset[str]
    synonyms: tuple[frozenset[str], ...]
    measures: frozenset[str]
    placeholders: frozenset[str]
    vague: frozenset[str]
    hollow: frozenset[str]
    kinds_of_money: frozenset[str]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Load the packaged cues.

    Raises:
        ResourceError: a file is missing or no YAML.
    """
    modality, speech, shares, levels = (_load(name) for name in ("modality", "speech", "shares", "levels"))
    sets = _load("sets")
    named = ("parties", "places", "mutual", "dealings", "definite", "here", "there", "makers", "facilities")
    lists = {name: frozenset(sets[name]) for name in named}
    return Cues(
        sets=Sets(**lists, numbers=sets["numbers"]),
        parties=Parties(**{name: frozenset(words) for name, words in _load("parties").items()}),
        figures=_figures(_load("figures")),
        shares=_shares(shares),
        meant=_meant(modality),
        speech=Speech(**{name: frozenset(words) for name, words in speech.items()}),
        anaphors=frozenset(shares["anaphor"]),
        pronominal=frozenset(shares["pronominal"]),
        continuation=frozenset(shares["continuation"]),
        rests=frozenset(shares["rest"]),
        parts=frozenset(shares["part"]),
        synonyms=tuple(frozenset(row) for row in shares["synonyms"]),
        measures=frozenset(levels["measures"]),
        placeholders=frozenset(levels["placeholders"]),
        vague=frozenset(levels["vague"]),
        hollow=frozenset(levels["hollow"]),
        kinds_of_money=frozenset(levels["kinds_of_money"]),
    )


def _shares(lists: Mapping[str, Any]) -> Shares:
    names = {"pieces": "piece", "lists": "list", "members": "member"}
    fields = ("amounting", "adding", "dividing", "sources", "leading", "topping", *names)
    return Shares(trading=lists["trading"], **{field: frozenset(lists[names.get(field, field)]) for field in fields})


def _figures(lists: Mapping[str, Any]) -> Figures:
    scales = {word: scale for scale, words in lists["scales"].items() for word in (*words, f"{scale}s")}
    factors, doubling, multiplying = (_decimals(lists[name]) for name in ("factors", "doubling", "multiplying"))
    plain = {name: frozenset(words) for name, words in lists.items() if isinstance(words, list)}
    return Figures(
        scales,
        factors=factors,
        headcounts=lists["headcounts"],
        doubling=doubling,
        multiplying=multiplying,
        **plain,
    )


def _decimals(numbers: Mapping[str, int]) -> Mapping[str, Decimal]:
    return {word: Decimal(number) for word, number in numbers.items()}


def _meant(lists: Mapping[str, Any]) -> Meant:
    """The lists of modality; where a word stands under two modalities, the first one is its own."""
    maps = {
        name: {word: Modality(modality) for modality, words in reversed(list(lists[name].items())) for word in words}
        for name in ("governor", "oblique", "participle", "wish", "standing", "adverb")
    }
    maps["auxiliary"] = {word: Modality(modality) for word, modality in lists["auxiliary"].items()}
    plain: Mapping[str, Any] = {name: frozenset(words) for name, words in lists.items() if name not in maps}
    return Meant(**{**maps, **plain})


def _load(name: str) -> Any:
    return load_yaml(data_path("cues", f"{name}.yaml"))
