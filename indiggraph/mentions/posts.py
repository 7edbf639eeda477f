"""Posts: phrases such as "deputy minister of mines for exports" or "the Northwind chief", with their limits.

A post is a head noun of the lexicon, the ranks and fields before it, and its complement.  Where the body is a phrase of
its own beside it ("managing director of Northwind Company", "Northwind's president"), the body is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import ARTICLES, Candidate, is_join, is_plural, noun
from indiggraph.model import Form, ThingType

__all__ = ["Post", "find_posts", "is_full"]

_AT = frozenset({"of", "for", "at", "with", "in", "from"})
_FIELD_OF = frozenset({"of", "for", "on"})
_POSSESSIVES = frozenset({"its", "his", "her", "their", "whose"})
_OWN = frozenset({"its", "their"})
_CLITICS = frozenset({"'s", "’s", "'", "’"})
_LINKS = frozenset({",", "and", "&"})
_BOTH = frozenset({"and", "&", "/"})
_EX = ("ex-", "then-")
_OWNER_WORDS = 3  # of an owner that is no name, with its article
_KIND_WORDS = 3  # words at most between "of" and a body's name: "of the state-owned miner Northwind"
_FIELD_WORDS = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})
_FIELD_RELATIONS = frozenset({"compound", "amod", "nmod", "nmod:desc"})
_BESIDE = frozenset({ThingType.PLACE, ThingType.ORGANIZATION, ThingType.PROGRAM})


@dataclass(frozen=True, slots=True)
class Post:
    """A post: tokens ``start`` to ``end`` are its words.

    ``outer`` is where it begins with article and body, ``close`` where it ends with the body; ``body`` is the body's
    name or description beside it, ``place`` the place that has the post ("Ohio's governor"), ``owner`` a possessive
    pronoun before it, ``former`` whether a word before it says that it is over, ``definite`` whether one certain person
    is meant.
    """

    outer: int
    start: int
    head: int
    end: int
    close: int
    body: Candidate | None
    place: Candidate | None
    owner: int | None
    former: bool
    definite: bool
    joined: bool = False
    """Whether several posts of one person are told in one phrase."""


def find_posts(doc: Doc, landmarks: Iterable[Candidate], lexicon: Lexicon) -> list[Post]:
    """Return the posts of a document in the order of the text; ``landmarks`` are its names and described bodies."""
    finder = _Finder(doc, landmarks, lexicon)
    found = [finder.post(token) for token in doc if finder.is_head(token)]
    swallowed = {i for post in found for i in range(post.start, post.end) if i != post.head}
    # a head inside another post is only its rank or a part of it: "deputy" in "deputy minister"
    return _joined(doc, [post for post in found if post.head not in swallowed])


def is_full(doc: Doc, post: Post, lexicon: Lexicon) -> bool:
    """Whether a post's own words tell it: "chief executive", "director general", but not "executive", "general"."""
    return any(doc[i].lower_ in lexicon.posts.heads for i in range(post.start, post.head))


def _joined(doc: Doc, posts: list[Post]) -> list[Post]:
    """Make one post of those that one person holds: "chairman and managing director", "president, chairman and CEO"."""
    kept: list[Post] = []
    for post in reversed(posts):
        if kept and _goes_with(doc, post, kept[-1]):
            last = kept.pop()
            post = replace(post, end=last.end, close=last.close, body=post.body or last.body, joined=True)
        kept.append(post)
    return kept[::-1]


def _goes_with(doc: Doc, post: Post, later: Post) -> bool:
    """Whether a bare post and one without article stand side by side, joined by "and", "/" or a comma in a list."""
    if post.close != post.head + 1 or later.outer != post.close + 1:
        return False
    link = doc[post.close].lower_
    return link in _BOTH or (link == "," and later.joined)


class _Finder:
    """Finds posts among the names and described bodies of one document."""

    def __init__(self, doc: Doc, landmarks: Iterable[Candidate], lexicon: Lexicon) -> None:
        known = list(landmarks)
        self.doc = doc
        self.lexicon = lexicon
        self.at_start = {c.start: c for c in known if c.type.top in _BESIDE}
        self.at_end = {c.end: c for c in known if c.type.top in _BESIDE or c.type is ThingType.PERSON}
        self.inside = {i for c in known if c.form is Form.NAME for i in range(c.start, c.end)}
        self.people = {c.start for c in known if c.type is ThingType.PERSON}

    def is_head(self, token: Token) -> bool:
        """Whether a token heads a post: a singular noun of the lexicon that is no part of a name."""
        heads = self.lexicon.posts.heads
        if token.i > 0 and token.lower_ == "general" and _office(self.doc[token.i - 1]) in heads - {"general"}:
            return token.i not in self.inside  # "director general", where the tagger has an adjective
        if token.i in self.inside or is_plural(token) or token.pos_ not in ("NOUN", "PROPN"):
            return False
        return _office(token) in heads

    def post(self, head: Token) -> Post:
        """Return the post around its head."""
        start, former = self._left(head)
        end, close, body = self._right(head.i + 1)
        outer, owner, holder = self._outside(start)
        if owner is None:  # "secretary of its tariff commission"
            owner = next((i for i in range(head.i + 1, end) if self.doc[i].lower_ in _OWN), None)
        if holder is not None and holder.end == start and self._is_cabinet(holder, head):
            outer, start, holder = holder.start, holder.start, None  # "Energy Cabinet Secretary"
        if outer > 0 and self.doc[outer - 1].lower_ in self.lexicon.posts.former:
            outer, former = outer - 1, True
        pointed = outer < start and self.doc[outer].lower_ == "the"
        definite = pointed or owner is not None or holder is not None
        held_by = holder.type.top if holder is not None else None
        public = holder if held_by is ThingType.ORGANIZATION else None
        place = holder if held_by is ThingType.PLACE else None
        return Post(outer, start, head.i, end, close, body or public, place, owner, former, definite)

    def _is_cabinet(self, holder: Candidate, head: Token) -> bool:
        return self.doc[holder.end - 1].lower_ == "cabinet" and _office(head) == "secretary" and holder.end == head.i

    def _left(self, head: Token) -> tuple[int, bool]:
        """Return where the words of the post begin, and whether a word before them says that it is over."""
        start, first, former, posts = head.i, head.sent.start, head.lower_.startswith(_EX), self.lexicon.posts
        listed = False
        while start > first and start - 1 not in self.inside:
            before = self.doc[start - 1]
            if before.lower_ in posts.former:
                former = True
            elif _office(before) in posts.ranks | posts.heads and before.lower_.startswith(_EX):
                former = True  # "ex-deputy minister"
            elif not self._is_part(before, head, first):
                listed |= before.lower_ in _BOTH  # a list of fields ends with "and"
                step = self._joined_field(start, head, first) if listed else None
                if step is None:
                    break
                start = step + 1
            start -= 1
        skipped = posts.former | posts.current | _LINKS
        while start < head.i and (self.doc[start].lower_ in skipped or not self.doc[start].text[0].isalpha()):
            start += 1
        return start, former

    def _is_part(self, token: Token, head: Token, first: int) -> bool:
        """Whether a word before a post's head belongs to the post: a rank, a field, a hyphen between such."""
        posts, low = self.lexicon.posts, token.lower_
        ranked = low in posts.ranks or low in posts.heads or low in posts.current
        joins = is_join(token) and token.i > first
        return ranked or joins or self._is_field(token, head)

    def _is_field(self, token: Token, head: Token) -> bool:
        if self.lexicon.is_demonym(token.text) or token.pos_ not in _FIELD_WORDS or token.like_num:
            return False
        belongs = token.dep_ in _FIELD_RELATIONS and head.i in (token.head.i, token.head.head.i)
        return self.lexicon.is_topic(token.text) or belongs

    def _joined_field(self, start: int, head: Token, first: int) -> int | None:
        """Return the token of the field that commas and "and" join with the one at ``start``; nothing if none does."""
        i = start - 1
        while i > first and self.doc[i].lower_ in _LINKS:
            i -= 1
        if i == start - 1 or i < first or i in self.inside:
            return None
        return i if self._is_listed(i, head) and self._is_listed(start, head) else None

    def _is_listed(self, i: int, head: Token) -> bool:
        """Whether a word is a field in a list before a post's head: known as one, or joined with one."""
        token = self.doc[i]
        above = token.head if token.dep_ == "conj" else token
        listed = above.dep_ == "compound" and above.head == head and token.i < head.i
        return self._is_topic(i) or (listed and not self.lexicon.is_demonym(token.text))

    def _is_topic(self, i: int) -> bool:
        return self.lexicon.is_topic(self.doc[i].text)

    def _right(self, end: int) -> tuple[int, int, Candidate | None]:
        """Return where the words of the post end, where the whole phrase ends, and the body named in between."""
        doc, words = self.doc, end
        described: tuple[int, int, Candidate | None] | None = None
        while end < len(doc) and doc[end].lower_ in _AT and not doc[end].is_sent_start:
            first = end + 1
            if first < len(doc) and doc[first].lower_ in ARTICLES | _OWN:
                first += 1
            found = self._owned(self.at_start.get(end + 1) or self.at_start.get(first)) or self._behind_kind(first)
            if found is not None and found.type is not ThingType.PLACE:
                if (
                    found.end < len(doc) and doc[found.end].text in _CLITICS
                ):  # "head of the ministry's legal department"
                    last = self._field_end(found.end + 1)
                    return last, last, found
                own = found.rule == "office" and doc[first - 1].lower_ in _OWN  # "head of its sales office"
                if own or self._is_part_of_named(found):  # "chairman of the tariff committee of Northwind Chamber"
                    words = end = found.end
                    continue
                if found.form is Form.NOMINAL and described is None:  # "the board of directors of Northwind"
                    described = words, found.end, found
                elif not self._modifies(found):
                    return words, self._close(found), found
            last = self._field_end(first) if doc[end].lower_ in _FIELD_OF else first
            if last == first:
                break
            words = end = last
        return described or self._set_off(words)

    def _is_part_of_named(self, found: Candidate) -> bool:
        """Whether an office that is only described belongs to a body that is named behind it."""
        if found.rule != "office" or found.end >= len(self.doc) or self.doc[found.end].lower_ not in _AT:
            return False
        first = found.end + 1
        if first < len(self.doc) and self.doc[first].lower_ in ARTICLES:
            first += 1
        whole = self.at_start.get(first)
        return whole is not None and whole.form is Form.NAME and whole.type.top is ThingType.ORGANIZATION

    def _owned(self, found: Candidate | None) -> Candidate | None:
        """Return the body that a place or a body owns ("Norway's Mines Board"), else what owns it."""
        if found is None or found.end + 1 >= len(self.doc) or self.doc[found.end].text not in _CLITICS:
            return found
        inner = self.at_start.get(found.end + 1)
        named = inner is not None and inner.form is Form.NAME and inner.type.top is ThingType.ORGANIZATION
        part = inner is not None and inner.rule == "office" and found.type.top is ThingType.ORGANIZATION
        return inner if named and not part else found  # "head of Northwind's contracts department" holds a post there

    def _close(self, body: Candidate) -> int:
        """Return where a phrase ends behind its body: with the field that follows the body of a person named then."""
        close = _after_brackets(self.doc, body.end)
        if close < len(self.doc) and self.doc[close].lower_ == "for":
            last = self._field_end(close + 1)
            if last in self.people:
                return last
        return close

    def _set_off(self, words: int) -> tuple[int, int, Candidate | None]:
        """Take in a body's name set off with a comma: "the Permanent Secretary, Ministry of Steel, ..."."""
        doc, first = self.doc, words + 1
        if first >= len(doc) or doc[words].text != "," or not doc[words - 1].text[0].isupper():
            return words, words, None
        if doc[first].lower_ in ARTICLES:
            first += 1
        found = self.at_start.get(first)
        if found is None or found.form is not Form.NAME or found.type.top is not ThingType.ORGANIZATION:
            return words, words, None
        close = _after_brackets(doc, found.end)
        closed = close < len(doc) and (doc[close].is_punct or close in self.people or doc[close].pos_ == "VERB")
        carries = found.type is ThingType.NEWS_AGENCY
        return (words, close, found) if closed and not carries else (words, words, None)

    def _behind_kind(self, first: int) -> Candidate | None:
        """Return the body whose name stands behind its kind: "of the start-up Northwind"."""
        for i in range(first + 1, min(first + 1 + _KIND_WORDS, len(self.doc))):
            before, found = self.doc[i - 1], self.at_start.get(i)
            if before.pos_ not in ("NOUN", "ADJ", "PROPN") or before.text[0].isupper() or is_plural(before):
                return None
            if found is not None and found.form is Form.NAME and found.type.top is ThingType.ORGANIZATION:
                return found if self._is_kind(noun(before)) else None
        return None

    def _is_kind(self, word: str) -> bool:
        return any(word in kinds for kinds in (self.lexicon.bodies.heads, self.lexicon.bodies.descriptions))

    def _modifies(self, name: Candidate) -> bool:
        """Whether a name only modifies a noun behind it: "the Northwind steering committee"."""
        root = self.doc[name.start : name.end].root
        beside = name.end in self.people
        return root.dep_ in ("compound", "nmod:unmarked", "nmod:desc") and root.head.i >= name.end and not beside

    def _field_end(self, first: int) -> int:
        """Return where the field of a post ends: "mines", "safety and training", "State for Trade"."""
        i = first
        while i < len(self.doc) and i not in self.people and not self.doc[i].is_sent_start:
            token, found = self.doc[i], self.at_start.get(i)
            if found is not None and i > first and found.type.top is ThingType.ORGANIZATION:
                break
            if i > first and i + 1 in self.people and token.lower_ in self.lexicon.posts.honorifics:
                break
            linked = token.lower_ in _LINKS and i > first and self._goes_on(i)
            word = (token.pos_ in _FIELD_WORDS or (i == first and token.tag_ == "VBG")) and not token.like_num
            if not linked and not word and not (is_join(token) and not token.whitespace_):
                break
            i += 1
        return i

    def _goes_on(self, i: int) -> bool:
        """Whether a field goes on behind a comma or "and": both sides must be fields, or plain nouns joined."""
        doc, last = self.doc, i - 1
        while i < len(doc) and doc[i].lower_ in _LINKS:
            i += 1
        if i == len(doc) or i in self.people or doc[i].is_sent_start:
            return False
        joined = doc[i - 1].lower_ == "and" and doc[i].pos_ == "NOUN" and doc[i].dep_ == "conj"
        return (self._is_topic(last) and self._is_topic(i)) or (joined and doc[i].head.i >= last - 2)

    def _outside(self, start: int) -> tuple[int, int | None, Candidate | None]:
        """Return where article, owner or body before the post begin, the possessive pronoun, and the owner's name."""
        doc, i = self.doc, start
        while i > 0 and doc[i - 1].pos_ in ("ADJ", "ADV") and i not in self.at_end and not doc[i].is_sent_start:
            i -= 1
        clitic = i > 0 and doc[i - 1].text in _CLITICS
        last = i - 1 if clitic else i
        if last > 2 and doc[last - 1].text == ")" and doc[last - 3].text == "(":
            last -= 3  # the acronym of the body in brackets
        holder = self.at_end.get(last)
        if holder is not None and (clitic or holder.type is not ThingType.PERSON):
            first = holder.start
            return first - (first > 0 and doc[first - 1].lower_ in ARTICLES), None, holder
        if clitic and holder is None and (article := self._described_owner(last)) is not None:
            return article, None, None
        if i > 0 and doc[i - 1].lower_ in _POSSESSIVES:
            return i - 1, i - 1, None
        return (i - 1 if i > 0 and doc[i - 1].lower_ in ARTICLES else start), None, None

    def _described_owner(self, end: int) -> int | None:
        """Return the article of an owner that is no name: "the country's minister"."""
        near = range(end - 1, max(end - _OWNER_WORDS, 0) - 1, -1)
        return next((i for i in near if self.doc[i].lower_ in ARTICLES), None)


def _office(token: Token) -> str:
    """Return the office that a noun names: "minister" for "ex-minister"."""
    word = noun(token)
    return next((word.removeprefix(prefix) for prefix in _EX if word.startswith(prefix)), word)


def _after_brackets(doc: Doc, end: int) -> int:
    """Return the end behind an acronym in brackets, and behind "of" and a country that still belongs to the name."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
        if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].pos_ == "PROPN":
            end += 2
    return end
