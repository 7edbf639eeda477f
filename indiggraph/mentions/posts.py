"""Posts: phrases such as "deputy minister of mines for exports" or "the Northwind chief", with their limits.

A post is a head noun of the lexicon, the ranks and fields before it, and its complement.  Where the body is a phrase of
its own beside it ("managing director of Northwind Company", "Northwind's president"), the body is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import ARTICLES, Candidate, is_join, is_plural, noun
from indiggraph.model import Form, ThingType

__all__ = ["Post", "find_posts"]

_OF = frozenset({"of", "for", "at", "with", "in", "from"})
_FIELD_OF = frozenset({"of", "for", "on"})
_POSSESSIVES = frozenset({"its", "his", "her", "their", "whose"})
_CLITICS = frozenset({"'s", "’s", "'", "’"})
_FIELD_WORDS = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})
_PUBLIC = frozenset({ThingType.PLACE, ThingType.ORGANIZATION})


@dataclass(frozen=True, slots=True)
class Post:
    """A post: tokens ``start`` to ``end`` are its words, ``outer`` begins with article and body, ``close`` is where it ends.

    ``body`` is the body's name or description beside it, ``owner`` a possessive pronoun before it, ``former`` whether
    a word before it says that it is over, ``definite`` whether one person is meant.
    """

    outer: int
    start: int
    head: int
    end: int
    close: int
    body: Candidate | None
    owner: int | None
    former: bool
    definite: bool


def find_posts(doc: Doc, bodies: Iterable[Candidate], lexicon: Lexicon) -> list[Post]:
    """Return the posts of a document in the order of the text; ``bodies`` are its names and described bodies."""
    known = list(bodies)
    at_start = {c.start: c for c in known if c.type.top in _PUBLIC | {ThingType.PROGRAM}}
    at_end = {c.end: c for c in known if c.type.top in _PUBLIC | {ThingType.PROGRAM}}
    inside = {i for c in known if c.form is Form.NAME for i in range(c.start, c.end)}
    people = {c.start for c in known if c.type is ThingType.PERSON}
    found = []
    for token in doc:
        if _is_head(token, inside, lexicon):
            found.append(_post(doc, token, at_start, at_end, inside, people, lexicon))
    return [post for post in found if not any(_swallows(other, post) for other in found)]


def _is_head(token: Token, inside: set[int], lexicon: Lexicon) -> bool:
    if token.i in inside or is_plural(token) or token.pos_ not in ("NOUN", "PROPN"):
        return False
    return noun(token) in lexicon.posts.heads


def _swallows(other: Post, post: Post) -> bool:
    """Whether a post's head is only a rank or a part of another post: "deputy" in "deputy minister"."""
    return other is not post and other.start <= post.head < other.end and other.head != post.head


def _post(
    doc: Doc,
    head: Token,
    at_start: Mapping[int, Candidate],
    at_end: Mapping[int, Candidate],
    inside: set[int],
    people: set[int],
    lexicon: Lexicon,
) -> Post:
    start, former = _left(doc, head, inside, lexicon)
    end, close, body = _right(doc, head.i + 1, at_start, people, lexicon)
    outer, owner, holder = _outside(doc, start, at_end)
    article = doc[outer].lower_ if outer < start else ""
    definite = article == "the" or owner is not None or holder is not None
    return Post(outer, start, head.i, end, close, body or holder, owner, former, definite)


def _left(doc: Doc, head: Token, inside: set[int], lexicon: Lexicon) -> tuple[int, bool]:
    """Return where the words of the post begin, and whether a word before them says that it is over."""
    start, first, former = head.i, head.sent.start, False
    while start > first:
        before = doc[start - 1]
        low = before.lower_
        if start - 1 in inside:
            break
        if low in lexicon.posts.former:
            former, start = True, start - 1
        elif low in lexicon.posts.ranks or low in lexicon.posts.heads or _is_field(before, head, lexicon) or (is_join(before) and start - 2 >= first) or (low in (",", "and", "&") and _joins_fields(doc, start, first, lexicon)):
            start -= 1
        else:
            break
    while start < head.i and (doc[start].lower_ in lexicon.posts.former | lexicon.posts.current or not doc[start].is_alpha):
        start += 1
    return start, former


def _is_field(token: Token, head: Token, lexicon: Lexicon) -> bool:
    if lexicon.is_demonym(token.text) or token.pos_ not in _FIELD_WORDS or token.like_num:
        return False
    belongs = token.dep_ in ("compound", "amod", "nmod", "nmod:desc") and head.i in (token.head.i, token.head.head.i)
    return lexicon.is_topic(token.text) or belongs


def _joins_fields(doc: Doc, start: int, first: int, lexicon: Lexicon) -> bool:
    i = start - 1
    while i > first and doc[i].lower_ in (",", "and", "&"):
        i -= 1
    return lexicon.is_topic(doc[i].text) and lexicon.is_topic(doc[start].text)


def _right(
    doc: Doc, end: int, at_start: Mapping[int, Candidate], people: set[int], lexicon: Lexicon
) -> tuple[int, int, Candidate | None]:
    """Return where the words of the post end, where the whole phrase ends, and the body named in between."""
    words, i, body = end, end, None
    while i < len(doc) and doc[i].lower_ in _OF and not doc[i].is_sent_start:
        first = i + 1
        while first < len(doc) and doc[first].lower_ in ARTICLES:
            first += 1
        found = at_start.get(i + 1) or at_start.get(first)
        if found is not None and found.type is not ThingType.PLACE:
            body, i = body or found, _after_brackets(doc, found.end)
            break
        last = _field_end(doc, first, at_start, people, lexicon) if doc[i].lower_ in _FIELD_OF else first
        if last == first:
            break
        words = i = last
    return words, max(i, words), body


def _after_brackets(doc: Doc, end: int) -> int:
    """Return the end behind an acronym in brackets, and behind "of" and a country that still belongs to the name."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
        if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].pos_ == "PROPN":
            end += 2
    return end


def _field_end(doc: Doc, first: int, at_start: Mapping[int, Candidate], people: set[int], lexicon: Lexicon) -> int:
    """Return where the field of a post ends: "mines", "research and technology", "State for Petroleum Resources"."""
    i = first
    while i < len(doc) and i not in people and not doc[i].is_sent_start:
        token = doc[i]
        found = at_start.get(i)
        if found is not None and i > first and found.type.top is ThingType.ORGANIZATION:
            break
        if (token.pos_ in _FIELD_WORDS and not token.like_num) or (token.lower_ in (",", "and", "&") and i > first and _continues(doc, i, people, lexicon)) or (is_join(token) and not token.whitespace_):
            i += 1
        else:
            break
    return i


def _continues(doc: Doc, i: int, people: set[int], lexicon: Lexicon) -> bool:
    """Whether a field goes on behind a comma or "and": both sides must be fields."""
    last = i - 1
    while i < len(doc) and doc[i].lower_ in (",", "and", "&"):
        i += 1
    if i == len(doc) or i in people or doc[i].is_sent_start:
        return False
    return (lexicon.is_topic(doc[last].text) and lexicon.is_topic(doc[i].text)) or (
        doc[i - 1].lower_ == "and" and doc[i].pos_ == "NOUN" and doc[i].dep_ == "conj" and doc[i].head.i >= last - 2
    )


def _outside(doc: Doc, start: int, at_end: Mapping[int, Candidate]) -> tuple[int, int | None, Candidate | None]:
    """Return where article, owner or body before the post begin, the possessive pronoun, and the body."""
    i = start
    while i > 0 and doc[i - 1].pos_ in ("ADJ", "ADV") and not doc[i - 1].is_sent_start and not doc[i - 1].is_punct:
        if i in at_end:
            break
        i -= 1
    clitic = i > 0 and doc[i - 1].text in _CLITICS
    holder = at_end.get(i - 1) if clitic else at_end.get(i)
    if holder is not None:
        i = holder.start
    elif i > 0 and doc[i - 1].lower_ in _POSSESSIVES:
        return i - 1, i - 1, None
    if i > 0 and doc[i - 1].lower_ in ARTICLES:
        i -= 1
    public = holder if holder is not None and holder.type is not ThingType.PLACE else None
    return (i if i < start else start), None, public
