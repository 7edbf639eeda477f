"""Whether two names of people are one name in two spellings, and whether a short name belongs to a full one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from indiggraph.resolve.names import PersonName, fold_loose, weak_forms
from indiggraph.resolve.words import load_words
from indiggraph.spelling import fold

__all__ = ["Likeness", "compare", "is_short_for"]

_SAME, _WEAK, _INITIAL, _LOOSE, _NEAR, _OTHER = 1.0, 0.92, 0.75, 0.7, 0.65, 0.0
_NEAR_SPELLING = 0.9
"""Normalised Indel similarity from which two long words count as misspellings of one another."""
_NEAR_LENGTH = 7
_MANY = 3
"""Words that two names must share for a further surname of one of them to say nothing against it."""
_SHORTEST = 4
"""Letters of the shortest word from which a particle is parted that is written with it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two things are (0 to 1), why, and whether they can be one at all."""

    score: float
    reason: str
    veto: bool = False


@lru_cache(maxsize=65536)
def compare(left: PersonName, right: PersonName) -> Likeness:
    """Compare two full names; two that differ in first name or surname veto one another."""
    if None not in (left.generation, right.generation) and left.generation != right.generation:
        return Likeness(0.0, "father and son", veto=True)
    if "".join(left.words) == "".join(right.words):
        return Likeness(1.0, "the same name")
    if _folded(left.words) == _folded(right.words):
        return Likeness(0.98, "the same name in another spelling")
    if not (left.full and right.full):
        return Likeness(0.0, "a surname alone does not identify")
    found = _full_names(left, right)
    if found.veto and (left.parted or right.parted):
        parted = _full_names(*(PersonName(name.parted or name.words) for name in (left, right)))
        return found if parted.veto else Likeness(min(parted.score, _LOOSE), f"{parted.reason}, hyphens apart")
    return found


def _full_names(left: PersonName, right: PersonName) -> Likeness:
    found = _word_by_word(left.words, right.words) if len(left.words) == len(right.words) else None
    if found is None or found.veto:
        turned = _turned(left.words, right.words)
        if turned is not None:
            return turned
    if found is not None:
        return found
    short, long = sorted((left, right), key=lambda name: (len(name.words), name.words))
    if _by_initials(short.words, long.parted or long.words):
        return Likeness(_INITIAL, "initials of the first names")
    return _left_out(short.words, long.words)


def _by_initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the first word of one holds the initials of the other's first names: "M. J. Moghimi"."""
    number = len(short[0])
    if not 1 < number < len(long) or short[0] != "".join(word[0] for word in long[:number]):
        return False
    return _folded(short[1:]) == _folded(long[number:])


def _folded(words: Sequence[str]) -> str:
    return fold("".join(words))


def _turned(left: Sequence[str], right: Sequence[str]) -> Likeness | None:
    """The surname before the first name: the words of one, begun elsewhere, are the other's."""
    for one, other in ((left, right), (right, left)):
        for turned in ((*one[1:], one[0]), (*one[-1:], *one[:-1])):
            if _folded(turned) == _folded(other):
                return Likeness(0.85, "the same words in another order")
    return None


def _word_by_word(left: Sequence[str], right: Sequence[str]) -> Likeness:
    last = len(left) - 1
    levels = [_level(left[at], right[at], at == 0, 0 < at < last) for at in range(last + 1)]
    if min(levels) > 0:
        return Likeness(min(levels), "the name in another spelling")
    if not min(levels[1:]) > 0:
        return Likeness(0.0, "other surnames", veto=True)
    return _first_names(left[0], right[0])


def _first_names(left: str, right: str) -> Likeness:
    """Compound first names lose a part in news ("Mohammad-Javad", "Javad"); all else is another person."""
    short, long = sorted((fold(left), fold(right)), key=lambda word: (len(word), word))
    if len(short) > 2 and long.endswith(short) and len(long) - len(short) > 2:
        return Likeness(0.6, "a part of the first name left out")
    return Likeness(0.0, "other first names", veto=True)


def _left_out(short: Sequence[str], long: Sequence[str]) -> Likeness:
    """A name of fewer words: the first name must agree, the others must stand in order in the longer one."""
    if not _level(short[0], long[0], True) > 0:
        rest = long[len(long) - len(short) :]
        if all(_level(one, other, place == 0) > 0 for place, (one, other) in enumerate(zip(short, rest, strict=True))):
            return Likeness(0.6, "the first of the first names left out")
        return _first_names(short[0], long[0])
    left_out: list[str] = []
    rest = list(long[1:])
    for word in short[1:]:
        found = next((at for at, other in enumerate(rest) if _level(word, other, False, at < len(rest) - 1) > 0), None)
        if found is None:
            return Likeness(0.0, "other surnames", veto=True)
        left_out += rest[:found]
        rest = rest[found + 1 :]
    if rest:
        return Likeness(0.85 if len(short) >= _MANY else 0.7, "a second surname left out")
    if left_out and left_out[0] == long[1] and not load_words().second_first_names.isdisjoint(left_out[:1]):
        return Likeness(0.7, "a part of the first name left out")
    return Likeness(0.85, "a middle part of the name left out")


@lru_cache(maxsize=65536)
def _level(one: str, other: str, first: bool = False, middle: bool = False) -> float:
    """How alike two words are: of first names, of surnames, or of what stands between."""
    if middle:
        one, other = _without_father(one), _without_father(other)
    if fold(one) == fold(other):
        return _SAME
    if not weak_forms(one, first).isdisjoint(weak_forms(other, first)) or (not first and _but_for_article(one, other)):
        return _WEAK
    if 1 in (len(one), len(other)) and not _letters(one, first).isdisjoint(_letters(other, first)):
        return _INITIAL
    if fold_loose(one) == fold_loose(other) or not weak_forms(one, True).isdisjoint(weak_forms(other, True)):
        return _LOOSE
    long_enough = min(len(one), len(other)) >= _NEAR_LENGTH
    near = long_enough and Indel.normalized_similarity(fold(one), fold(other)) >= _NEAR_SPELLING
    return _NEAR if near else _OTHER


def _letters(word: str, first: bool) -> frozenset[str]:
    """The letters that a word may begin with, by each habit of romanization; rows of names are no words."""
    return frozenset({word[0]}.union(form[0] for form in weak_forms(word, first) if " " not in form))


def _without_father(word: str) -> str:
    """Without "bin", which news leaves out between the names."""
    return next((word[len(lead) :] for lead in sorted(load_words().fathers) if _parts(word, lead)), word)


def _but_for_article(one: str, other: str) -> bool:
    """Whether one of two surnames is the other behind the Arabic article (al-Harithi, Harithi)."""
    short, long = sorted((fold(one), fold(other)), key=lambda word: (len(word), word))
    return _parts(long, "al") and long == f"al{short}"


def _parts(word: str, lead: str) -> bool:
    return word.startswith(lead) and len(word) - len(lead) >= _SHORTEST


def is_short_for(short: PersonName, full: PersonName) -> bool:
    """Whether a surname, or a title with a first name, may stand for a full name in one text."""
    if short.titled and len(short.words) == 1:
        return _level(short.words[0], full.words[0], True) >= _LOOSE
    if any(_folded(short.words) == fold(word) for word in full.words[1:]):
        return True
    if full.parted and _folded(short.words) == fold(full.parted[-1]):
        return True
    length = len(short.words)
    windows = (full.words[at : at + length] for at in range(1, len(full.words) - length + 1))
    return any(all(_level(a, b) >= _LOOSE for a, b in zip(short.words, part, strict=True)) for part in windows)
