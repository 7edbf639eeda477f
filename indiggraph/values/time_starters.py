"""The words at which a time expression may begin: most words of a text are passed by with one look-up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from indiggraph.values.vocabulary import number_words, time_words

__all__ = ["after_articles", "after_figures", "counting", "feast_starters", "seconds", "starters"]

_JOINTS = frozenset(
    ["st", "nd", "rd", "th", "-", "–", "/", ".", "q", "h", "to", "through", "till", "until", "and", "of", "day"]
)
_FIRST = frozenset(
    [
        "the",
        "a",
        "an",
        "fy",
        "q",
        "h",
        "mid",
        "early",
        "late",
        "end",
        "year",
        "yearend",
        "opening",
        "initial",
        "final",
        "closing",
        "its",
        "their",
        "that",
        "then",
        "same",
        "week",
        "calendar",
    ]
)
_NOT_FIRST = frozenset(["full", "whole", "entire", "solar", "business"])


@cache
def starters() -> frozenset[str]:
    """Return the words that may begin a time."""
    words, numbers = time_words(), number_words()
    named = {*words.months, *words.persian_months, *words.weekdays, *words.seasons, *words.days}
    counted = {*numbers.small, *numbers.tens, *numbers.ordinals, *words.deictic, *words.year_kinds}
    return (_FIRST | set(words.edges) | named | counted | _firsts(words.vague) | _firsts(words.feasts)) - _NOT_FIRST


def _firsts(phrases: Iterable[str]) -> frozenset[str]:
    """Return the first words of the phrases."""
    return frozenset(phrase.split()[0] for phrase in phrases)


@cache
def seconds() -> frozenset[str]:
    """Return the words that may follow "the" in a time."""
    words = time_words()
    return (starters() - {"the", "a", "an"}) | {
        *words.same,
        *words.edges,
        *words.year_kinds,
        "period",
        "day",
        "month",
        "week",
        "quarter",
        "decade",
    }


@cache
def after_articles() -> frozenset[str]:
    """Return the words that may follow "a" in a time ("a year earlier", "a fiscal year ended")."""
    words = time_words()
    return frozenset([*words.periods, *words.year_kinds])


@cache
def counting() -> frozenset[str]:
    """Return the number words."""
    return frozenset([*number_words().small, *number_words().tens])


@cache
def feast_starters() -> frozenset[str]:
    """Return the words in which the names of feasts begin."""
    return _firsts(time_words().feasts)


@cache
def after_figures() -> frozenset[str]:
    """Return the words and signs that may follow the figures at the beginning of a time."""
    words = time_words()
    return _JOINTS | {*words.periods, *words.months, *words.persian_months}
