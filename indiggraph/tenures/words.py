"""The words of posts and of the verbs around them: core nouns, fields, what says that a post is over."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon

__all__ = ["core_noun", "is_copular", "is_past", "is_used_to", "skip_phrase", "topics", "was"]


def skip_phrase(doc: Doc, i: int, phrases: tuple[str, ...]) -> int:
    """Return the token behind one of the phrases, if it begins at ``i``."""
    for phrase in phrases:
        size = len(phrase.split())
        if doc[i : i + size].text.lower() == phrase:
            return i + size
    return i


def is_copular(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def is_used_to(token: Token) -> bool:
    """Whether a predicate is what somebody "used to be"."""
    return token.dep_ == "xcomp" and token.head.lower_ == "used"


def was(head: Token) -> bool:
    """Whether a predicate is said of the past alone ("who was minister")."""
    verbs = [child for child in head.children if child.dep_ == "cop" or child.dep_.startswith("aux")]
    return len(verbs) == 1 and verbs[0].tag_ == "VBD"


def is_past(verb: Token) -> bool:
    """Whether a verb alone says that something is over ("headed" without "has" and not as participle)."""
    helped = any(child.dep_.startswith("aux") for child in verb.children)
    return verb.tag_ == "VBD" and not helped and verb.dep_ != "acl"


def topics(text: str, lexicon: Lexicon) -> frozenset[str]:
    words = (word.strip(",.").lower() for word in text.split())
    return frozenset(_stem(word) for word in words if lexicon.is_topic(word))


def _stem(word: str) -> str:
    """Return what "industry", "industries" and "industrial" share."""
    return word[:6]


def core_noun(words: str) -> str:
    """Return the core noun of a post's words: the last word before a preposition."""
    head = words.lower().split(" of ")[0].split(" for ")[0]
    return head.split()[-1]
