"""Which pairs of things are worth comparing: those that share a blocking key; a crowded block is split by a second one.

Work stays near-linear in the number of things: a block holds the few that share a key, and one that grows beyond
``_CROWDED`` is split, first by what else its members must share, then by the country they are in, and at last by
comparing each with its next neighbours alone.  No block is dropped, and each that was split is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from indiggraph.model import ThingType
from indiggraph.resolve.bodies import generic_stems
from indiggraph.resolve.local import Profile
from indiggraph.resolve.names import fold_loose, initials, sounds, stem
from indiggraph.resolve.words import load_words
from indiggraph.spelling import fold

__all__ = ["Blocks", "Crowd", "keys"]

_CROWDED = 200
"""Things in one block from which on it is split: more than any name has in a year of news, 20,000 pairs."""
_NEIGHBOURS = 20
"""With how many of the next in order one is compared where no key splits a block further."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A block that was split: its key, how many things share it, and by what it was split."""

    key: str
    things: int
    split_by: str


class Blocks:
    """The things by their blocking keys."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._crowds: list[Crowd] = []
        blocks: dict[str, list[int]] = {}
        for place, profile in enumerate(profiles):
            for key in keys(profile):
                blocks.setdefault(f"{profile.top} {key}", []).append(place)
        split = [part for key, block in sorted(blocks.items()) for part in self._split(key, block)]
        self._parts = [part for part in split if len(part) > 1]

    @property
    def crowds(self) -> tuple[Crowd, ...]:
        """The blocks that were split, in the order of their keys."""
        return tuple(self._crowds)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each pair of positions that shares a block, once, in order."""
        parts_of: dict[int, list[int]] = defaultdict(list)
        for number, part in enumerate(self._parts):
            for place in part:
                parts_of[place].append(number)
        for place in range(len(self._profiles)):
            others = {other for number in parts_of[place] for other in self._parts[number] if other > place}
            yield from ((place, other) for other in sorted(others))

    def _split(self, key: str, block: list[int]) -> list[list[int]]:
        """The block, or its parts where it is crowded."""
        if len(block) <= _CROWDED:
            return [block]
        parts = [block]
        for name, second in _SECOND:
            crowded = [part for part in parts if len(part) > _CROWDED]
            if not crowded:
                return parts
            self._crowds.append(Crowd(key, len(block), name))
            parts = [part for part in parts if len(part) <= _CROWDED]
            parts += [part for large in crowded for part in self._by(second, large)]
        return [near for part in parts for near in self._near(key, part)]

    def _by(self, second: Callable[[Profile], Iterable[str]], block: Iterable[int]) -> list[list[int]]:
        parts: dict[str, list[int]] = defaultdict(list)
        for place in block:
            for key in second(self._profiles[place]):
                parts[key].append(place)
        return [part for _, part in sorted(parts.items())]

    def _near(self, key: str, part: list[int]) -> list[list[int]]:
        """The part, or where it is crowded still, overlapping runs of neighbours in the order of their names."""
        if len(part) <= _CROWDED:
            return [part]
        self._crowds.append(Crowd(key, len(part), "neighbours in the order of names"))
        ordered = sorted(part, key=lambda place: (_spelled(self._profiles[place]), place))
        return [ordered[at : at + _NEIGHBOURS] for at in range(0, len(ordered), _NEIGHBOURS // 2)]


def keys(profile: Profile) -> frozenset[str]:
    """The blocking keys: lexicon key, acronyms, content words, descriptions, surnames, a country's ministries."""
    found = {f"key {profile.key}"} if profile.key is not None else set()
    found |= {f"acronym {acronym}" for acronym in profile.acronyms}
    found |= {f"words {' '.join(sorted(map(fold, name.words)))}" for name in profile.bodies}
    found |= {f"joined {name.joined}" for name in profile.bodies if name.joined}
    if profile.top is ThingType.ORGANIZATION:
        found |= {f"word {word}" for name in profile.bodies for word in name.words - generic_stems()}
        found |= {f"initials {initials(name.core)}" for name in profile.long_names}
        found |= {f"initials {acronym}" for acronym in profile.acronyms}
    found |= {f"description {description}" for description in profile.descriptions}
    if profile.top is ThingType.ORGANIZATION and any("ministry" in name.kinds for name in profile.bodies):
        found.add(f"ministries {profile.place}")
    if profile.top is ThingType.ORGANIZATION and any(stem("chamber") in name.words for name in profile.bodies):
        found.add(f"chambers {profile.place}")
    for name in profile.names:
        if not name.full:
            found.add(f"name {fold_loose(name.words[0])}")
        if name.full:
            first = {name.words[0]} & load_words().surnames_first
            parted = {*name.parted[1:]}
            found |= {f"name {fold_loose(word)}" for word in first | parted}
            found |= {f"name {fold_loose(word)}" for word in name.words[1:] if len(word) > 1}
            found.add(f"names {' '.join(sorted(map(fold, name.words)))}")
            found.add(f"joined {fold(''.join(name.words))}")
            found.add(f"sounds {' '.join(sorted((sounds(name.words[0]), sounds(name.words[-1]))))}")
            found.add(f"begins {fold_loose(name.words[0])} {name.words[-1][0]}")
    return frozenset(found)


# ---- second keys ---------------------------------------------------------------------------------------------------


def _other_words(profile: Profile) -> frozenset[str]:
    """What two that are one share beside a surname or a kind: the sound or letter a first name begins with, a field."""
    found = {word for name in profile.bodies for word in name.words}
    for name in profile.names:
        if name.full:
            found |= {f"sounds {sounds(name.words[0])}", f"letter {fold(name.words[0])[:1]}"}
    if profile.posts:
        found.add(f"posts {' '.join(sorted(profile.posts))}")
    return frozenset(found or {""})


def _place(profile: Profile) -> tuple[str]:
    return (profile.place or "",)


_SECOND = (("other words of the name", _other_words), ("country", _place))


def _spelled(profile: Profile) -> str:
    return min((*(" ".join(name.words) for name in profile.names), *(name.text for name in profile.bodies)), default="")
