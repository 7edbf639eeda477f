"""Small questions about spaCy tokens that all finders of mentions ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from indiggraph.lexicon import singular
from indiggraph.model import Form, Span, ThingType

__all__ = [
    "ARTICLES",
    "Candidate",
    "char_span",
    "determiner",
    "is_join",
    "is_name_word",
    "is_plural",
    "left_modifiers",
    "noun",
    "phrase_start",
    "text_of",
]

ARTICLES = frozenset({"the", "a", "an"})
_JOINS = frozenset({"-", "–", "‑"})
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "VERB", "SYM", "INTJ"})
_OUTSIDE = frozenset({"case", "cc", "cc:preconj", "mark", "cop", "aux", "nsubj", "expl", "advcl", "discourse", "parataxis"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "nmod:poss", "nummod", "acl", "flat", "nmod:unmarked"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``start`` to ``end`` (exclusive) that may become a mention; ``head`` is the index of the head token."""

    start: int
    end: int
    type: ThingType
    form: Form
    rule: str
    head: int
    key: str | None = None
    country: str | None = None
    definite: bool = False
    alias_of: tuple[int, int] | None = None
    """Token span of the candidate that the text equates with this one."""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end token."""
        return self.start, self.end

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end


def char_span(doc: Doc, start: int, end: int) -> Span:
    """Return the characters of tokens ``start`` to ``end`` (exclusive)."""
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def text_of(doc: Doc, start: int, end: int) -> str:
    """Return the text of tokens with white space folded."""
    return " ".join(doc[start:end].text.split())


def noun(token: Token) -> str:
    """Return the lower-case singular of a noun."""
    return singular(token.lower_)


def is_name_word(token: Token) -> bool:
    """Whether a token looks like part of a name: capitalised, and no function word at the start of a sentence."""
    return token.text[0].isupper() and token.pos_ in _NAME_TAGS


def is_plural(token: Token) -> bool:
    """Whether a noun is tagged as plural."""
    return token.tag_ in ("NNS", "NNPS")


def determiner(token: Token) -> str:
    """Return the lower-case determiner of a noun, or nothing."""
    return next((child.lower_ for child in token.lefts if child.dep_.startswith("det")), "")


def phrase_start(head: Token) -> int:
    """Return the index where the noun phrase of a head begins, its determiner included."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in _OUTSIDE or (child.dep_ == "punct" and child.text not in _JOINS):
            break
        if child.right_edge.i >= start or child.right_edge.i < start - 1:
            break
        start = child.left_edge.i
    while start < head.i and doc_skips(head.doc[start]):
        start += 1
    return start


def doc_skips(token: Token) -> bool:
    """Whether a phrase cannot begin with this token (it was hung there by mistake)."""
    return token.is_space or token.is_punct or token.dep_ in ("case", "cc", "mark")


def left_modifiers(head: Token) -> Iterator[Token]:
    """Yield a noun's own adjectives, compounds and numbers before it, left to right."""
    start = phrase_start(head)
    return (token for token in head.doc[start : head.i] if token.dep_ in _MODIFIERS)


def is_join(token: Token) -> bool:
    """Whether a token is a hyphen."""
    return token.text in _JOINS
