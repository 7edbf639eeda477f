"""The usual Latin spellings of one name as one form; the rules are data (``data/spelling.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from indiggraph.errors import ResourceError
from indiggraph.resources import data_path, load_yaml

__all__ = ["Rewrites", "fold", "folding", "rewrite", "rewrites"]

Rewrites = tuple[tuple[re.Pattern[str], str], ...]


def rewrites(pairs: Iterable[Sequence[str]]) -> Rewrites:
    """Compile pairs of a regular expression and what takes its place."""
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


def rewrite(word: str, rules: Rewrites) -> str:
    """Apply rules to a word, in their order."""
    for pattern, replacement in rules:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Bring the usual Latin spellings of one name, lower-case ASCII, to one form ("moghimi" and "moqimi").

    The rules keep vowels apart that tell names apart (Karimi, Karami).
    """
    return rewrite(word, folding())


@cache
def folding() -> Rewrites:
    """The rules of :func:`fold`."""
    path = data_path("spelling.yaml")
    pairs = load_yaml(path).get("folding")
    if not isinstance(pairs, list):
        raise ResourceError(str(path), "folding: expected a list")
    return rewrites(pairs)
