"""Names in comparable form: spellings folded, people's names in tokens, bodies' names in content words, slugs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from anyascii import anyascii

from indiggraph.resolve.words import load_words
from indiggraph.spelling import fold, folding, rewrite

__all__ = [
    "PersonName",
    "content_words",
    "fold_loose",
    "initials",
    "initials_match",
    "is_acronym",
    "joined_words",
    "normal",
    "person_name",
    "plain_words",
    "slugify",
    "sounds",
    "stem",
    "weak_forms",
]

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʿʾ]")
_POSSESSIVE = re.compile(r"['’]s?(?=\W|$)|(?<=s)['’](?=\W|$)")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{4})[-‐‑](?=[^\W\d_]{4})")  # behind a word that is no particle
_BRACKETS = re.compile(r"\([^()]*\)")
_ACRONYM = re.compile(
    r"(?:[A-Z]{2,9}|(?:[A-Z]\.){2,6}|[A-Z][A-Z&-]{1,8}|(?=[A-Za-z]{3,6}$)(?:[A-Z][a-z]?){1,4}[A-Z])s?"
)
_SUFFIXES = {  # ending: letters that must be left
    "ization": 3, "isation": 3, "ation": 4, "ical": 4, "ial": 4, "ing": 3, "ic": 4, "ie": 3, "er": 3, "or": 4,
    "al": 4, "ed": 4, "y": 3, "e": 3,
}  # fmt: skip
_LONGEST_PREFIX = 3
_SHORT = 4
"""Letters up to which an ending may well be no ending ("Pars")."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name without forms of address: words in lower-case ASCII, particles joined to what they belong to.

    ``titled`` says that a form of address stood before it that also stands before first names alone ("Dame"),
    ``generation`` what tells it from a father's or a son's ("Jr."), ``parted`` are the words with those apart that a
    hyphen joins, where that makes a difference.
    """

    words: tuple[str, ...]
    titled: bool = False
    generation: str | None = None
    parted: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether it has a first name and a surname."""
        return len(self.words) > 1


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Casefolded ASCII words with single spaces, without brackets, possessives and a leading article."""
    words = plain_words(_BRACKETS.sub(" ", text)) or plain_words(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


@lru_cache(maxsize=65536)
def plain_words(text: str) -> tuple[str, ...]:
    """Lower-case ASCII words; apostrophes join, possessive endings go, "U.S." and "A/S" are one, all else separates."""
    ascii_text = anyascii(_POSSESSIVE.sub("", text)).lower()
    joined = re.sub(r"\b((?:[a-z]\.){2,})", lambda found: found[1].replace(".", "") + " ", ascii_text)
    joined = re.sub(r"\b([a-z])/([a-z])\b", r"\1\2", joined)
    return tuple(re.findall(r"[a-z0-9%$&]+", _APOSTROPHES.sub("", joined)))


def slugify(text: str) -> str:
    """A readable part of an IRI: ASCII letters and digits in lower case, hyphens between; never empty."""
    slug = "-".join(re.findall(r"[a-z0-9]+", "-".join(plain_words(text))))
    return slug or "x" + text.encode("utf-8").hex()[:16]


# ---- people ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def person_name(text: str) -> PersonName:
    """Read a person's name: forms of address go, "Gharib-Pour", "Gharib Pour" and "Al Harithi" become one word each."""
    name = _person_name(text)
    parted = _person_name(_HYPHEN.sub(" ", text)).words if _HYPHEN.search(text) else name.words
    return name if parted == name.words else replace(name, parted=parted)


def _person_name(text: str) -> PersonName:
    lists = load_words()
    tokens = _tokens(text)
    titled = False
    while len(tokens) > 1 and tokens[0] in lists.honorifics:
        titled = titled or tokens[0] in lists.titles_of_first_names
        tokens = tokens[1:]
    generation = lists.generations.get(tokens[-1]) if len(tokens) > 2 else None
    return PersonName(tuple(_join_particles(tokens if generation is None else tokens[:-1])), titled, generation)


def _tokens(text: str) -> list[str]:
    """The words of a person's name: letters alone, without "y" between surnames."""
    lists = load_words()
    plain = anyascii(_BRACKETS.sub(" ", _POSSESSIVE.sub("", text)).translate(lists.letters)).lower()
    parts = rewrite(" ".join(plain.split()), lists.joins).split()
    kept = [
        part for place, part in enumerate(parts) if place in (0, len(parts) - 1) or part not in lists.between_surnames
    ]
    return [letters for part in kept if (letters := re.sub(r"[^a-z]", "", part))]


def _join_particles(tokens: list[str]) -> list[str]:
    """Join particles with the surname; a first name ("Ali", "Abu Bakr") in front is left to the order of words."""
    lists = load_words()
    words: list[str] = []
    pending = ""
    if len(tokens) > 2 and lists.surname_prefixes.issuperset(tokens[:-1]):
        return ["".join(tokens)]  # "van der Velde"
    for place, token in enumerate(tokens):
        if token in lists.surname_suffixes and len(words) > 1 and not pending:
            words[-1] += token
        elif token in lists.surname_prefixes and 0 < place < len(tokens) - 1:
            pending += "al" if token == "el" else token
        else:
            words.append(pending + token)
            pending = ""
    return words


@lru_cache(maxsize=65536)
def weak_forms(word: str, first: bool) -> frozenset[str]:
    """All forms that a word may be folded to: with a for an unstressed e (Senjabi, Sanjabi), by each habit of
    romanization; for first names also the row of names in other languages that it stands in (Mykola, Nikolai).
    """
    lists = load_words()
    weak = lists.weak_folding_of_first_names if first else lists.weak_folding
    written = {word} | {rewrite(word, habit.rewrites) for habit in lists.habits if habit.words.match(word)}
    forms = {fold(form) for form in written} | {fold(rewrite(form, weak)) for form in written}
    return frozenset(forms | {f"row {row}" for row in _rows(fold(word))}) if first else frozenset(forms)


def _rows(folded: str) -> Sequence[int]:
    return _first_names().get(folded, ())


@cache
def _first_names() -> Mapping[str, Sequence[int]]:
    """Folded first name: the rows of equal names that it stands in."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(load_words().first_names):
        for folded in sorted({fold(name) for name in row}):
            found.setdefault(folded, []).append(number)
    return found


@lru_cache(maxsize=65536)
def fold_loose(word: str) -> str:
    """Fold, taking e for i between consonants first (Nader, Nadir): a hint, not an identity."""
    return rewrite(rewrite(word, load_words().loose_folding), folding())


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """The consonants of a word, those that romanizations mix up as one: where to look, not what is the same."""
    return rewrite(word, load_words().sounds)


# ---- bodies and descriptions -------------------------------------------------------------------------------


def is_acronym(text: str) -> bool:
    """Whether a name is written like an acronym ("UNESCO", "U.S.", "R&D")."""
    return _ACRONYM.fullmatch(text.strip()) is not None


def initials_match(acronym: str, long: str) -> bool:
    """Whether the letters of an acronym are the initials of a longer name, small words optional.

    Each word gives up to three first letters, in order ("NORCO": NORthern COpper); a word may be passed
    over where it is a small one or repeats an earlier initial ("Mines and Mining").
    """
    letters = re.sub(r"[^a-z]", "", acronym.lower())
    words = [word for word in plain_words(_BRACKETS.sub(" ", long)) if word[0].isalpha()]
    return len(letters) > 1 and len(words) > 1 and _spells(letters, words)


def initials(text: str) -> str:
    """The first letters of a name's words, small ones left out."""
    stop = load_words().stop
    return "".join(word[0] for word in plain_words(_BRACKETS.sub(" ", text)) if word not in stop)


def _spells(letters: str, words: list[str]) -> bool:
    stop = load_words().stop
    reached = {0}
    for place, word in enumerate(words):
        repeats = place > 0 and any(word[0] == earlier[0] for earlier in words[:place] if earlier not in stop)
        passed = reached if word in stop or repeats else set()
        taken = (word[:length] for length in range(1, _LONGEST_PREFIX + 1))
        reached = passed | {at + len(part) for part in taken for at in reached if letters.startswith(part, at)}
    return len(letters) in reached


@lru_cache(maxsize=65536)
def content_words(text: str, drop: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of the words that tell which thing is meant: no articles, no small words, one spelling each."""
    lists = load_words()
    left_out = lists.stop | drop
    words = (word for word in plain_words(_BRACKETS.sub(" ", text)) if word not in left_out)
    return frozenset(stem(word) for word in words)


@lru_cache(maxsize=65536)
def joined_words(text: str, drop: frozenset[str]) -> str:
    """The stems of the telling words in their order, folded and written as one: the same with and without hyphens."""
    left_out = load_words().stop | drop
    words = (word for word in plain_words(_BRACKETS.sub(" ", text)) if word not in left_out)
    return fold("".join(stem(word) if len(word) > _SHORT else word for word in words))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Strip one English ending, so that industry, industries and industrial, mine and mining share a stem."""
    spelled = load_words().spellings
    word = spelled.get(word, word)
    singular = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    word = spelled.get(singular, singular)
    for suffix, left in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) - len(suffix) >= left:
            return word[: -len(suffix)]
    return word
