"""Small questions about spaCy tokens that all finders of mentions ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import Form, Span, ThingType

__all__ = [
    "ANAPHORIC",
    "ARTICLES",
    "DEFINITE",
    "EACH",
    "LOOSE",
    "MAX_COMPLEMENT",
    "MAX_TITLE",
    "Candidate",
    "char_span",
    "complement_end",
    "determiner",
    "is_join",
    "is_name_word",
    "is_outlet",
    "is_plural",
    "left_modifiers",
    "noun",
    "phrase_start",
    "text_of",
    "title_at",
    "trimmed",
    "without_article",
]

ARTICLES = frozenset({"the", "a", "an"})
EACH = frozenset({"each", "every"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
ANAPHORIC = frozenset({"said", "mentioned", "aforementioned", "same", "latter", "former", "new", "whole", "entire"})
"""Modifiers that point back and tell nothing of their own."""
LOOSE = frozenset({"for", "in", "with", "from", "under", "by", "at"})
"""Prepositions behind a complement that need not belong to it."""
MAX_COMPLEMENT = 14
"""Tokens of a complement at most; what is longer is a clause gone wrong."""
MAX_TITLE = 4
"""Tokens of a post's head with its ranks at most."""
_CLAUSAL = frozenset({"VERB", "AUX", "SCONJ", "PRON"})
_BREAKS = frozenset({"(", "–", "—", ";", ":"})
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_JOINS = frozenset({"-", "–", "‑"})
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "VERB", "SYM", "INTJ"})
_OUTSIDE = frozenset({"case", "cc", "cc:preconj", "mark", "cop", "aux", "nsubj", "expl", "advcl", "discourse"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "nmod:poss", "nummod", "acl", "flat"})


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
    """Return the lower-case singular of a noun; the tagger's lemma helps with irregular plurals ("consortia")."""
    lemma = token.lemma_.lower()
    return lemma if is_plural(token) and lemma != token.lower_ else singular(token.lower_)


def is_outlet(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is the kind of a news outlet: "the daily", "the news agency", but not "the innovation agency"."""
    word = noun(token)
    fields = [before for before in token.doc[max(token.i - 1, 0) : token.i] if before.dep_ == "compound"]
    other = any(field.text.islower() and field.text not in ("news", "press", "wire") for field in fields)
    return word in lexicon.nouns.carriers and not (word == "agency" and other)


def is_plural(token: Token) -> bool:
    """Whether a noun is tagged as plural, or is one that taggers miss ("consortia", "SMEs")."""
    many = token.lower_.endswith("ia") and singular(token.lower_) != token.lower_
    return token.tag_ in ("NNS", "NNPS") or many or _ACRONYMS.fullmatch(token.text) is not None


def is_name_word(token: Token) -> bool:
    """Whether a token looks like part of a name: capitalised, and no function word at the start of a sentence."""
    return token.text[0].isupper() and token.pos_ in _NAME_TAGS


def title_at(doc: Doc, i: int, lexicon: Lexicon) -> Token | None:
    """Return the head of the post that begins at a token with its ranks ("managing director"), or nothing."""
    for token in doc[i : i + MAX_TITLE]:
        if token.is_sent_start:
            return None
        if noun(token) in lexicon.posts.heads and not is_plural(token):
            return token
        if token.lower_ not in lexicon.posts.ranks:
            return None
    return None


def determiner(token: Token) -> str:
    """Return the lower-case determiner of a noun, or nothing."""
    return next((child.lower_ for child in token.lefts if child.dep_.startswith("det")), "")


def phrase_start(head: Token) -> int:
    """Return the index where the noun phrase of a head begins, its determiner included."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if (child.dep_ in _OUTSIDE and not _is_glued(child)) or (child.dep_ == "punct" and child.text not in _JOINS):
            break
        if child.right_edge.i >= start or child.right_edge.i < start - 1:
            break
        start = child.left_edge.i
    while start > 0 and _hangs_wrong(head.doc[start - 1]):
        start -= 1
    while start < head.i and _no_opening(head.doc[start]):
        start += 1
    return start


def _is_glued(token: Token) -> bool:
    """Whether a hyphen right behind a word binds it to the next: "*In*-Country Value"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return not token.whitespace_ and is_join(following) and not following.whitespace_


def _hangs_wrong(token: Token) -> bool:
    """Whether a modifier is hung on a word to its left: it belongs to the noun that follows it."""
    return token.dep_ in ("compound", "amod") and token.head.i < token.i


def _no_opening(token: Token) -> bool:
    """Whether a phrase cannot begin with this token (it was hung there by mistake)."""
    return token.is_space or token.is_punct or token.dep_ in ("case", "cc", "mark")


def left_modifiers(head: Token) -> Iterator[Token]:
    """Yield a noun's own adjectives, compounds and numbers before it, left to right."""
    start = phrase_start(head)
    return (token for token in head.doc[start : head.i] if token.dep_ in _MODIFIERS)


def is_join(token: Token) -> bool:
    """Whether a token is a hyphen."""
    return token.text in _JOINS


def without_article(doc: Doc, start: int) -> int:
    """Return the start of a phrase behind its article or possessive pronoun."""
    owned = doc[start].dep_ == "nmod:poss" and doc[start].pos_ == "PRON"
    return start + 1 if owned or doc[start].lower_ in ARTICLES | DEFINITE | EACH else start


def complement_end(doc: Doc, complement: Token, stops: frozenset[str]) -> int:
    """Return the end of a noun's complement, before the first of the stop words or a clause."""
    limit = min(complement.right_edge.i + 1, complement.left_edge.i + MAX_COMPLEMENT)
    for i in range(complement.i + 1, limit):
        token = doc[i]
        if token.lower_ in stops or token.pos_ in _CLAUSAL or token.text in _BREAKS:
            return trimmed(doc, i)
    return trimmed(doc, max(limit, complement.i + 1))


def trimmed(doc: Doc, end: int) -> int:
    """Return the end of a phrase without punctuation and function words at its end."""
    while doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ in ("CCONJ", "ADP", "DET"):
        end -= 1
    return end
