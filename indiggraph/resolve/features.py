"""What speaks for and against two things of different texts being one: small functions that each say why.

Every feature takes two profiles and what is known of the corpus, and returns a finding (score 0 to 1, reason) or
``None``.  Which features count, with which weight, and which are vetoes, is data (``data/resolve/weights.yaml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from rapidfuzz.distance import Indel

from indiggraph.errors import ResourceError
from indiggraph.model import ThingType
from indiggraph.resolve.bodies import BodyName, formed_apart, generic_stems, kind_stems
from indiggraph.resolve.local import Profile
from indiggraph.resolve.names import PersonName, content_words, initials_match, stem
from indiggraph.resolve.offices import same_office as one_office
from indiggraph.resolve.people import compare, is_short_for
from indiggraph.resolve.text import CONCEPTS
from indiggraph.resolve.words import load_words
from indiggraph.resources import data_path, load_yaml
from indiggraph.spelling import fold

__all__ = ["Corpus", "Finding", "Score", "Weights", "load_weights", "score", "veto"]

_DESCRIBED = (ThingType.PROGRAM, ThingType.GATHERING)
_MUCH = 3
"""Words that make a description of a program or an event as good as a name."""
_TELLING = 2
"""Words beside the head that two texts must share for a group to be the same in both."""
_FIELDS = 3
"""Fields that tell a ministry from those of other countries."""
_CHAMBER = stem("chamber")
_ONE_LEADER = 0.7
"""Likeness from which two names are one leader of bodies of like names."""
_LONG = 8
"""Letters from which on names that differ in one or two are worth a look."""
_ALIKE = 0.9
"""Normalised Indel similarity from which names of bodies are spelt alike."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one feature finds: a score from 0 to 1 and the reason in words."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """The verdict on a pair: the score (0 to 1), whether it suffices, and the reasons with features and weights."""

    value: float
    same: bool
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Corpus:
    """What the texts together tell.

    Which long names each acronym is defined by, which ministries and chambers a country has, and in which countries
    there are some of the same words.
    """

    definitions: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    ministries: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    places: dict[frozenset[str], set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Corpus:
        """Collect from all things of all documents."""
        corpus = cls()
        for profile in profiles:
            for acronym in profile.acronyms:
                corpus.definitions.setdefault(acronym, set()).update(name.words for name in profile.long_names)
            if profile.place is not None:
                named = {name.words for name in profile.long_names if _has_fields(name)}
                corpus.ministries.setdefault(profile.place, set()).update(named)
                for words in named:
                    corpus.places.setdefault(words, set()).add(profile.place)
        return corpus


# ---- identity ----------------------------------------------------------------------------------------------


def same_key(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """The lexicon knows both under one key."""
    return Finding(1.0, "one entry of the lexicon") if left.key is not None and left.key == right.key else None


def same_person(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Full names of people that are one name in the same or another spelling."""
    pairs = [compare(one, other) for one in left.names for other in right.names if one.full and other.full]
    best = max(pairs, key=lambda likeness: (likeness.score, likeness.reason), default=None)
    return Finding(best.score, best.reason) if best is not None and best.score > 0 else None


def surname_alone(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A surname alone, and a full name with it in texts on one country: worth asking about, never enough."""
    if left.place is None or left.place != right.place:
        return None
    pairs = [*product(left.names, right.names), *product(right.names, left.names)]
    found = any(other.full and not one.full and is_short_for(one, other) for one, other in pairs)
    return Finding(1.0, "a surname alone") if found else None


def same_office(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A surname alone, and a full name with it or the same alone, where both hold one office."""
    office = _shared_office(left, right)
    if office is None:
        return None
    pairs = [*product(left.names, right.names), *product(right.names, left.names)]
    found = any(not one.full and (other.words == one.words or _may_shorten(one, other)) for one, other in pairs)
    return Finding(1.0, f"the surname and the office: {office}") if found else None


def _may_shorten(short: PersonName, name: PersonName) -> bool:
    """Whether a surname belongs to a full name (it may stand first there), or is the same in another spelling."""
    if not name.full:
        return fold(short.words[0]) == fold(name.words[0])
    first = short.words == name.words[:1] and short.words[0] in load_words().surnames_first
    return first or is_short_for(short, name)


def _shared_office(left: Profile, right: Profile) -> str | None:
    """An office of both, in words."""
    shared = (one.words for one, other in product(left.offices, right.offices) if one_office(one, other))
    return min(shared, default=None)


def same_words(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Names with the same content words in any order, form and spelling.

    Classifying words alone need one country.  A program or an event by a description ("opening ceremony", "rural
    training desks") is the same only in one country and if it says much.
    """
    for one, other in _name_pairs(left, right):
        vague = left.top in _DESCRIBED and not any(char.isupper() or char.isdigit() for char in one.text + other.text)
        if vague and (len(one.words) < _MUCH or left.place != right.place):
            continue
        apart = one.generic and left.top not in CONCEPTS and left.place != right.place
        if apart:
            continue
        if one.words == other.words:
            return Finding(1.0, "the same words")
        if one.joined == other.joined or _folded(one.words) == _folded(other.words):
            return Finding(0.95, "the same words, spelt otherwise")
    return None


def same_acronym(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """An acronym that both are called by."""
    shared = sorted(left.acronyms & right.acronyms)
    return Finding(1.0, f"the acronym {shared[0].upper()}") if shared and left.top is right.top else None


def same_fields(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A ministry of several fields in a text on no country, where the ministries of these fields are of one country."""
    if (left.place is None) == (right.place is None):
        return None
    kind = kind_stems(frozenset({"ministry"}))
    for one, other in _name_pairs(left, right):
        alike = one.words == other.words and "ministry" in one.kinds and len(one.words - kind) >= _FIELDS
        if alike and len(corpus.places.get(one.words, ())) == 1:
            return Finding(1.0, "the only ministry with these fields")
    return None


def shorter_ministry(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A ministry or chamber named by a part of its fields, where only one of the country has them all."""
    if left.place is None or left.place != right.place:
        return None
    for one, other in _name_pairs(left, right):
        short, long = (one, other) if len(one.words) < len(other.words) else (other, one)
        if _part_of(short, long):
            wider = {words for words in corpus.ministries[left.place] if _may_be(short, words)}
            if all(words <= long.words for words in wider):
                return Finding(1.0, "the only one of the country with these fields")
    return None


def _may_be(short: BodyName, words: frozenset[str]) -> bool:
    """Whether a body of these words may be called by the short name; a city's chamber is not by the country's."""
    return short.words < words and (_CHAMBER not in short.words or words - short.words <= generic_stems())


def _has_fields(name: BodyName) -> bool:
    """Whether a body is told by its fields, some of which news leaves out."""
    return "ministry" in name.kinds or _CHAMBER in name.words


def _part_of(short: BodyName, long: BodyName) -> bool:
    if not (_has_fields(short) and _has_fields(long) and short.words < long.words):
        return False
    if _CHAMBER in short.words:  # of one city or country, which is no field
        return _CHAMBER in long.words and long.words - short.words <= generic_stems() and len(short.words) > 1
    return short.generic and "ministry" in long.kinds and bool(short.words - kind_stems(frozenset({"ministry"})))


def within_name(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A body's name within a longer one (Zenda Steel, Zenda Steel Trading): parent and subsidiary as often as one."""
    if left.top is not ThingType.ORGANIZATION:
        return None
    for one, other in _name_pairs(left, right):
        short, long = sorted((one, other), key=lambda name: (len(name.words), name.text))
        if short.words < long.words and not short.words <= generic_stems():
            return Finding(1.0, "one name within the other")
    return None


def spelt_alike(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Names of bodies that differ in a letter or two: a misspelling, or another body."""
    alike = any(
        min(len(one.joined), len(other.joined)) >= _LONG
        and Indel.normalized_similarity(one.joined, other.joined) >= _ALIKE
        for one, other in _name_pairs(left, right)
        if left.top is ThingType.ORGANIZATION
    )
    return Finding(1.0, "names spelt alike") if alike else None


def spelled_acronym(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """An acronym made of the first letters of a longer name, where no text says that it stands for it."""
    for short, long in ((left, right), (right, left)):
        if short.top is ThingType.ORGANIZATION and not short.long_names and not long.acronyms:
            for acronym in sorted(short.acronyms):
                if any(initials_match(acronym, name.core) for name in long.long_names):
                    return Finding(1.0, f"{acronym.upper()} may be the first letters of the name")
    return None


def same_place(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Places of one name; that they lie in different countries is a veto of its own."""
    if left.top is not ThingType.PLACE:
        return None
    same = any(_place_words(one) == _place_words(other) for one, other in _name_pairs(left, right))
    return Finding(1.0, "places of one name") if same else None


def _place_words(name: BodyName) -> frozenset[str]:
    return frozenset(fold(word) for word in content_words(name.text))


def same_description(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Groups in the same words, the country included; one word ("local suppliers") describes no one group."""
    shared = left.descriptions & right.descriptions
    same = left.place == right.place and any(_telling(key) >= _TELLING for key in shared)
    return Finding(1.0, "the same description") if same else None


def _telling(description: str) -> int:
    """How many words beside the head a description has, a country among them."""
    _, words, country = description.split("|")
    return len(words.split()) + bool(country)


# ---- context -----------------------------------------------------------------------------------------------


def shared_post(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """One office, or posts with words in common beside the rank: the share of the shorter post's words."""
    office = _shared_office(left, right)
    if office is not None:
        return Finding(1.0, f"one office: {office}")
    words = left.posts & right.posts
    fewest = min(len(left.posts), len(right.posts))
    return Finding(len(words) / fewest, "posts in common: " + ", ".join(sorted(words))) if words else None


def same_country(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Texts about one country."""
    same = left.place is not None and left.place == right.place
    return Finding(1.0, f"both in texts on {left.place}") if same else None


def other_country(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Texts about different countries."""
    other = None not in (left.place, right.place) and left.place != right.place
    return Finding(1.0, f"in texts on {left.place} and on {right.place}") if other else None


def same_leader(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Bodies that one person leads."""
    pairs = (compare(one, other) for one, other in product(left.leaders, right.leaders))
    return Finding(1.0, "one person leads both") if any(pair.score >= _ONE_LEADER for pair in pairs) else None


# ---- vetoes ------------------------------------------------------------------------------------------------


def other_keys(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """The lexicon knows them as two."""
    other = None not in (left.key, right.key) and left.key != right.key
    return Finding(1.0, "two entries of the lexicon") if other else None


def other_person(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Full names of people with different first names or surnames."""
    pairs = [compare(one, other) for one in left.names for other in right.names if one.full and other.full]
    found = next((likeness for likeness in pairs if likeness.veto), None)
    return Finding(1.0, found.reason) if found is not None else None


def other_countries(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Names that give different countries, or names of classifying words alone from texts on different countries."""
    if left.top is ThingType.PERSON or left.top in CONCEPTS:
        return None
    generic = all(name.generic for profile in (left, right) for name in profile.long_names)
    weak = generic and bool(left.long_names or left.descriptions) and bool(right.long_names or right.descriptions)
    one, other = (left.place, right.place) if weak else (left.country, right.country)
    differ = None not in (one, other) and one != other
    return Finding(1.0, f"of different countries ({one}, {other})") if differ else None


def other_acronyms(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Bodies whose acronyms differ."""
    if not left.acronyms or not right.acronyms or left.acronyms & right.acronyms:
        return None
    alike = any(one.words == other.words for one, other in _name_pairs(left, right))
    known = left.key is not None and left.key == right.key
    return None if alike or known else Finding(1.0, "different acronyms")


def other_definitions(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """One acronym that the texts define differently, or that another country's body of classifying words has."""
    shared = left.acronyms & right.acronyms
    if not shared:
        return None
    if left.long_names and right.long_names:
        near = any(one.words <= other.words or other.words <= one.words for one, other in _name_pairs(left, right))
        return None if near else Finding(1.0, "the acronym stands for different names")
    defined = [profile for profile in (left, right) if profile.long_names]
    several = any(len(corpus.definitions.get(acronym, ())) > 1 for acronym in shared)
    bound = several or any(name.generic for profile in defined for name in profile.long_names)
    if bound and defined and left.place != right.place and None not in (left.place, right.place):
        return Finding(1.0, "the acronym of a body of another country")
    return None


def other_ministries(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """Ministries without a field in common."""
    kind = kind_stems(frozenset({"ministry"}))
    fields = [
        [name.words - kind for name in profile.long_names if "ministry" in name.kinds] for profile in (left, right)
    ]
    apart = all(one and other and one.isdisjoint(other) for one in fields[0] for other in fields[1])
    return Finding(1.0, "ministries of different fields") if all(fields) and apart else None


def other_form(left: Profile, right: Profile, corpus: Corpus) -> Finding | None:
    """A holding and a company that is called like it."""
    pairs = _name_pairs(left, right)
    apart = bool(pairs) and all(formed_apart(one, other) for one, other in pairs)
    return Finding(1.0, "a holding and a company") if apart else None


def _name_pairs(left: Profile, right: Profile) -> list[tuple[BodyName, BodyName]]:
    return [(one, other) for one in left.long_names for other in right.long_names]


def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


# ---- the table ---------------------------------------------------------------------------------------------

Feature = Callable[[Profile, Profile, Corpus], Finding | None]

_FEATURES: Mapping[str, Feature] = {
    feature.__name__: feature
    for feature in (
        same_key,
        same_person,
        same_office,
        surname_alone,
        same_words,
        same_acronym,
        same_fields,
        shorter_ministry,
        within_name,
        spelt_alike,
        spelled_acronym,
        same_place,
        same_description,
        shared_post,
        same_leader,
        same_country,
        other_country,
        other_keys,
        other_person,
        other_countries,
        other_acronyms,
        other_definitions,
        other_ministries,
        other_form,
    )
}


@dataclass(frozen=True, slots=True)
class Weights:
    """The table of features as read from the data file."""

    threshold: float
    identity: tuple[tuple[Feature, float], ...]
    context: tuple[tuple[Feature, float], ...]
    vetoes: tuple[Feature, ...]


@cache
def load_weights() -> Weights:
    """Load the packaged table.

    Raises:
        ResourceError: it names a feature that does not exist, or lacks a part.
    """
    path = data_path("resolve", "weights.yaml")
    data = load_yaml(path)
    try:
        return Weights(
            threshold=float(data["threshold"]),
            identity=tuple((_FEATURES[name], float(weight)) for name, weight in data["identity"].items()),
            context=tuple((_FEATURES[name], float(weight)) for name, weight in data["context"].items()),
            vetoes=tuple(_FEATURES[name] for name in data["vetoes"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(str(path), f"not a table of features: {error!r}") from error


def veto(left: Profile, right: Profile, corpus: Corpus) -> str | None:
    """The first reason why two things cannot be one, if there is any."""
    if left.top is not right.top:
        return "things of different classes"
    found = (feature(left, right, corpus) for feature in load_weights().vetoes)
    return next((finding.reason for finding in found if finding is not None), None)


def score(left: Profile, right: Profile, corpus: Corpus) -> Score:
    """Score a pair; a vetoed pair scores 0."""
    reason = veto(left, right, corpus)
    if reason is not None:
        return Score(0.0, False, (reason,))
    weights = load_weights()
    identity = _weighted(weights.identity, left, right, corpus)
    if not identity:
        return Score(0.0, False, ())
    context = _weighted(weights.context, left, right, corpus)
    best = max(identity, key=lambda entry: entry[0])
    value = round(min(1.0, max(0.0, best[0] + sum(weight for weight, _ in context))), 4)
    return Score(value, value >= weights.threshold, tuple(reason for _, reason in (*identity, *context)))


def _weighted(
    table: Iterable[tuple[Feature, float]], left: Profile, right: Profile, corpus: Corpus
) -> list[tuple[float, str]]:
    found = ((weight, feature.__name__, feature(left, right, corpus)) for feature, weight in table)
    return [
        (weight * finding.score, f"{finding.reason} ({name}: {finding.score:g} × {weight:g})")
        for weight, name, finding in found
        if finding is not None
    ]
