"""How words of gold and graph are compared: case, accents, plurals and small words do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["canonical_duration", "norm", "overlap", "tokens"]

_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "to", "some", "its", "their", "s"})
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")


@lru_cache(maxsize=65536)
def norm(text: str) -> str:
    """Casefold, drop accents, possessives, punctuation and a leading article."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char)).replace("’", "'")
    words = re.sub(r"[^\w%]+", " ", re.sub(r"'s\b", "", folded)).strip()
    return re.sub(r"^(the|a|an) ", "", words)


@lru_cache(maxsize=65536)
def tokens(text: str) -> frozenset[str]:
    """The singular forms of the words that are not small."""
    return frozenset(_singular(word) for word in norm(text).split() if word not in _SMALL)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if re.search(r"(s|x|z|ch|sh)es$", word) and len(word) > 5:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def overlap(left: str, right: str) -> float:
    """F1 of the tokens of two phrases; 0 where either has none."""
    one, other = tokens(left), tokens(right)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def canonical_duration(duration: str | None) -> tuple[int, int] | str | None:
    """Months and days of an ``xsd:duration`` (P18M is P1Y6M, P2W is P14D); another text as it is, ``None`` for none."""
    found = _DURATION.fullmatch(duration or "")
    if found is None:
        return duration or None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return 12 * years + months, 7 * weeks + days
