"""Which pairs of things are worth comparing: those that share a blocking key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from indiggraph.model import ThingType
from indiggraph.resolve.local import Profile
from indiggraph.resolve.names import fold, fold_loose, sounds

__all__ = ["keys", "pairs"]


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions that shares a key, once, in order."""
    blocks: dict[str, list[int]] = {}
    for place, profile in enumerate(profiles):
        for key in keys(profile):
            blocks.setdefault(f"{profile.top} {key}", []).append(place)
    yield from sorted({pair for block in blocks.values() for pair in combinations(block, 2)})


def keys(profile: Profile) -> frozenset[str]:
    """The blocking keys: lexicon key, acronyms, content words, descriptions, surnames, a country's ministries."""
    found = {f"key {profile.key}"} if profile.key is not None else set()
    found |= {f"acronym {acronym}" for acronym in profile.acronyms}
    found |= {f"words {' '.join(sorted(map(fold, name.words)))}" for name in profile.bodies}
    found |= {f"joined {name.joined}" for name in profile.bodies if name.joined}
    found |= {f"description {description}" for description in profile.descriptions}
    if profile.top is ThingType.ORGANIZATION and any("ministry" in name.kinds for name in profile.bodies):
        found.add(f"ministries {profile.place}")
    for name in profile.names:
        if not name.full and profile.posts:
            found.add(f"name {fold_loose(name.words[0])}")
        if name.full:
            found |= {f"name {fold_loose(word)}" for word in name.words[1:] if len(word) > 1}
            found.add(f"names {' '.join(sorted(map(fold, name.words)))}")
            found.add(f"joined {fold(''.join(name.words))}")
            found.add(f"sounds {' '.join(sorted((sounds(name.words[0]), sounds(name.words[-1]))))}")
            found.add(f"begins {fold_loose(name.words[0])} {name.words[-1][0]}")
    return frozenset(found)
