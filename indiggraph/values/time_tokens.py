"""Tokens of a text, and the small questions that the rules of time expressions ask of them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from indiggraph.values.time_nodes import Node
from indiggraph.values.vocabulary import NumberWords, TimeWords, number_words, time_words

__all__ = ["Reading", "Rules", "Token", "tokenize"]


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits, or a sign."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is a run of digits."""
        return self.text.isdecimal()


Reading = tuple[Node, int] | None
"""A node with the index of the token after it, or ``None`` where the rule does not fit."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_|[^\W_]")


def tokenize(text: str) -> list[Token]:
    """Return the tokens of the text."""
    return [Token(m[0], m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


class Rules(ABC):
    """The base of the rules.  A rule takes a token's index and returns a node and the index after it."""

    def __init__(self, text: str, tokens: list[Token], iranian: Callable[[], bool]) -> None:
        self.text = text
        self.tokens = tokens
        self.lowers = [token.lower for token in tokens]
        self.count = len(tokens)
        self.iranian = iranian
        self.words: TimeWords = time_words()
        self.numbers: NumberWords = number_words()
        self.depth = 0

    @abstractmethod
    def core(self, index: int) -> Reading:
        """Return the reading at the token, without ranges."""

    def low(self, index: int) -> str:
        return self.lowers[index] if 0 <= index < self.count else ""

    def raw(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def skip(self, index: int, *words: str) -> int:
        """Step over each of the words that is there, in order."""
        for word in words:
            if self.low(index) == word:
                index += 1
        return index

    def touches(self, index: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def number(self, index: int) -> int | None:
        """Return the cardinal at the token, in figures or words, up to 999."""
        word = self.low(index)
        if word.isascii() and word.isdecimal():
            return int(word) if len(word) <= 3 else None
        value = self.numbers.small.get(word) or self.numbers.tens.get(word)
        return None if value is None else int(value)

    def ordinal(self, index: int) -> tuple[int, int] | None:
        """Return the ordinal at the token ("third", "3rd") and the index after it."""
        word = self.low(index)
        if word.isdecimal():
            number = self.number(index) if self.low(index + 1) in ("st", "nd", "rd", "th") else None
            return None if number is None or not self.touches(index + 1) else (number, index + 2)
        value = self.numbers.ordinals.get(word)
        if value is not None:
            return value, index + 1
        if word in ("twenty", "thirty"):
            last = self.skip(index + 1, "-")
            unit = self.numbers.ordinals.get(self.low(last), 10)
            return (int(self.numbers.tens[word]) + unit, last + 1) if unit < 10 else None
        return None

    def alone(self, index: int) -> bool:
        """Whether digits at the token are a figure of their own, no part of a decimal, a code or a sum."""
        token = self.tokens[index]
        before = self.text[token.start - 1] if token.start else " "
        after, next_ = self.text[token.end : token.end + 1], self.text[token.end + 1 : token.end + 2]
        if before.isalnum() or before in "_$€£¥₹#@." or (before in ",:" and self._digit_before(token.start - 1)):
            return False
        return not (after.isalnum() or (after in "%_" and after) or (after in ".,:" and next_.isdecimal()))

    def _digit_before(self, place: int) -> bool:
        return place > 0 and self.text[place - 1].isdecimal()
