"""What web pages put around an article (codes, tags, "Read more:"), blanked, so that nothing is read in it.

The lists are data: `indiggraph/data/furniture.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indiggraph.resources import data_path, load_word_lists

__all__ = ["blank_furniture"]

_LONGEST = 160  # characters of a line that begins like furniture; a longer one is taken for text
# Writers' and editors' initials, codes of stories: "QX/LV", "4821**1390", "XNA/530214".
_CODE = re.compile(r"[A-Z]{2,4}(?:/[A-Z]{2,4}|/\d{2,})+|\d[\d*/]{5,}")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
_WORD = re.compile(r"[^\W\d_]+")
_STAMPED = 2  # other words at most beside a date and a clock's time: the section, "Posted"
_FULL_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of `furniture.yaml`; its comments say what each means."""

    whole: frozenset[str]
    before_colon: frozenset[str]
    before_words: frozenset[str]
    before_headlines: frozenset[str]
    in_stamps: frozenset[str]


def blank_furniture(text: str) -> str:
    """Return the text with spaces for every character of such lines; offsets stay as they are."""
    blanked = list(text)
    for start, end in _furniture(text):
        blanked[start:end] = " " * (end - start)
    return "".join(blanked)


def _furniture(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines of furniture begin and end."""
    lists = _lists()
    below = False  # headlines of other articles
    for line in _LINE.finditer(text):
        words = " ".join(line.group().split())
        if not words:
            continue
        kind = _opening(words.casefold(), lists)
        headline = len(words) <= _LONGEST and not _FULL_STOP.search(words)
        below = kind in lists.before_headlines or (below and kind is None and headline)
        if below or kind is not None or _CODE.fullmatch(words) or _is_stamp(words, lists):
            yield line.span()


def _opening(line: str, lists: _Lists) -> str | None:
    """Return the entry of the lists with which a line of furniture begins; ``None`` for text."""
    if line.rstrip(":") in lists.whole:
        return line.rstrip(":")
    if len(line) > _LONGEST:
        return None
    label, colon, _ = line.partition(":")
    if colon and label.strip() in lists.before_colon | lists.before_words:
        return label.strip()
    if _FULL_STOP.search(line):
        return None
    words = line.split()
    openings = (" ".join(words[:count]).rstrip(":") for count in range(1, 5))
    return next((opening for opening in openings if opening in lists.before_words), None)


def _is_stamp(line: str, lists: _Lists) -> bool:
    """Whether a line is a date and a clock's time, with the name of a section at most."""
    words = [word for word in _WORD.findall(line) if word.casefold() not in lists.in_stamps]
    return _CLOCK.search(line) is not None and len(words) <= _STAMPED


@cache
def _lists() -> _Lists:
    return _Lists(**load_word_lists(data_path("furniture.yaml"), _Lists.__slots__))
