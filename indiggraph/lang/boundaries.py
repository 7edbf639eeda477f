"""Whether a sentence starts in a gap between words: a weighted vote of the words and marks around it.

The rules of :mod:`.marks` are one voice among others; only at line breaks, in datelines and after titles is their word
final. The weights are learned (`training/boundaries.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import category

from indiggraph.errors import ModelError
from indiggraph.lang.encoder import read_json
from indiggraph.lang.marks import Mark, Word, is_dotted, lines

__all__ = ["Boundaries", "Line"]

_OUTSIDE = "#"  # what is beyond the ends of a line
_REACH = 3  # words of a line that a gap sees on each side
_CAUTION = 1.0  # what the vote must exceed between two words without any mark; 0 elsewhere
_LENGTHS = ((26, "26"), (13, "13"), (7, "7"), (4, "4"))  # classes of numbers of words; shorter ones are their own
_NEAR_START = 6  # words for which the first word of a sentence is a clue of its own
_WORDS = frozenset({"x", "Xx", "X", "XX", "xX", "9", "99", "9999", ",", "$"})  # shapes without a mark that may end
_PATTERNS = (
    ("@", re.compile(r"[^@\s]+@[^@\s]+$")),
    ("www", re.compile(r"(?:[a-z]+://|www\.)", re.IGNORECASE)),
    ("9:9", re.compile(r"\d\d?:\d\d(?::\d\d)?$")),
    ("9/9", re.compile(r"\d+/\d+(?:/\d+)?$")),
)


@lru_cache(maxsize=100_000)
def _shape(word: str) -> str:
    """Class of a word by its characters."""
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if word[0].isupper() and word[1:].islower() else "xX"
    if word.isdigit():
        return "9999" if len(word) == 4 else "9" if len(word) < 3 else "99"
    if not any(char.isalnum() for char in word):
        return _shape_of_marks(word)
    for shape, pattern in _PATTERNS:
        if pattern.match(word):
            return shape
    if word.endswith("."):
        return ("X." if word.isupper() else "y.") if len(word) == 2 else "x.x." if is_dotted(word) else "x."
    upper, lower, digit = (any(map(kind, word)) for kind in (str.isupper, str.islower, str.isdigit))
    return "X" * upper + "x" * lower + "9" * digit + "-"


def _shape_of_marks(word: str) -> str:
    if len(word) == 1:
        return "$" if category(word) == "Sc" else word
    if set(word) <= set(".…"):
        return ".."
    if set(word) <= set(".!?…"):
        return "!?"
    return word[0] * (3 if len(word) > 4 else 2) if len(set(word)) == 1 else "-)"


class Line:
    """The words of a line as its gaps see them. A gap has the number of the word after it."""

    def __init__(self, words: Sequence[Word], marks: Sequence[Mark]) -> None:
        edge = [_OUTSIDE] * _REACH
        self._texts = [*edge, *(word.text.lower() for word in words), *edge]
        self._shapes = [*edge, *(_shape(word.text) for word in words), *edge]
        self._spaces = ["_" if word.spaced else "" for word in words]
        self._marks = marks
        self._style = _style(words)

    def pair(self, gap: int) -> str:
        """The shapes on both sides of a gap, and whether it is white space."""
        return f"{self._shapes[gap + 2]} {self._spaces[gap - 1]} {self._shapes[gap + 3]}"

    def clues(self, gap: int, first: int) -> list[str]:
        """What votes on a gap; `first` is the first word of the sentence before it."""
        _, before, left, right, after, _ = self._texts[gap : gap + 2 * _REACH]
        c, b, a, x, y, z = self._shapes[gap : gap + 2 * _REACH]
        space, mark = self._spaces[gap - 1], self._marks[gap].value
        opener, opening = self._texts[first + _REACH], self._shapes[first + _REACH]
        length = _length(gap - first)
        return [
            f"mark {mark} {space}",
            f"left {left}",
            f"left2 {before} {left}",
            f"before {before}",
            f"right {right}",
            f"right2 {right} {after}",
            f"after {after}",
            f"a {a} {space}",
            f"x {x}",
            f"ax {a} {space} {x} {mark}",
            f"bax {b} {a} {space} {x}",
            f"axy {a} {x} {y} {mark}",
            f"baxy {b} {a} {x} {y}",
            f"cba {c} {b} {a}",
            f"xyz {x} {y} {z}",
            f"leftx {left} {x}",
            f"aright {a} {right}",
            f"length {length} {a}",
            f"lengthax {length} {a} {x}",
            f"opener {opener} {gap - first < _NEAR_START}",
            f"opening {opening} {a} {x}",
            f"style {self._style} {a} {x}",
        ]


def _length(words: int) -> str:
    return next((name for least, name in _LENGTHS if words >= least), str(words))


def _style(words: Sequence[Word]) -> str:
    """How a line is written: "i" with that word in lower case, "l" starting in lower case, "c" as print is."""
    if any(word.text == "i" for word in words):
        return "i"
    return "l" if words[0].text.islower() else "c"


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The learned weights. Between words of shapes that are not among `pairs`, only a rule can start a sentence."""

    bias: float
    weights: Mapping[str, float]
    pairs: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Boundaries:
        """Read `sentences.json`; a missing or broken file raises `ModelError`."""
        data = read_json(path)
        try:
            weights = {str(clue): float(weight) for clue, weight in data["weights"].items()}
            return cls(float(data["bias"]), weights, frozenset(data["pairs"]))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(f"not the weights of sentence boundaries: {path}: {error!r}") from error

    def starts(self, words: Sequence[Word], marks: Sequence[Mark]) -> list[bool]:
        """For each word whether a sentence starts there, in time linear in the text."""
        starts: list[bool] = []
        for begin, end in lines(words):
            starts.extend(self._starts_of_line(Line(words[begin:end], marks[begin:end]), marks[begin:end]))
        return starts

    def _starts_of_line(self, line: Line, marks: Sequence[Mark]) -> Iterator[bool]:
        first = 0
        yield True
        for gap in range(1, len(marks)):
            start = self._splits(line, gap, first, marks[gap])
            if start:
                first = gap
            yield start

    def _splits(self, line: Line, gap: int, first: int, mark: Mark) -> bool:
        if mark in (Mark.BREAK, Mark.HELD):
            return mark is Mark.BREAK
        pair = line.pair(gap)
        if mark is not Mark.SPLIT and pair not in self.pairs:
            return False
        vote = self.bias + sum(self.weights.get(clue, 0.0) for clue in line.clues(gap, first))
        careful = mark is Mark.JOINED and pair.split(" ", 1)[0] in _WORDS
        return vote > (_CAUTION if careful else 0.0)
