"""Described things: groups, programs and gatherings without names, "the ministry", "the minister", pronouns."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.posts import Post
from indiggraph.mentions.tokens import (
    ARTICLES,
    Candidate,
    determiner,
    is_plural,
    left_modifiers,
    noun,
    phrase_start,
)
from indiggraph.model import Form, ThingType

__all__ = ["find_bodies", "find_groups", "find_matters", "find_people", "find_places", "find_pronouns"]

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_ANAPHORIC = frozenset({"said", "mentioned", "aforementioned", "same", "latter", "former", "new", "whole", "entire"})
_ASIDE = frozenset({"appos", "compound", "nmod:desc", "flat"})
_PRONOUNS = {
    "he": ThingType.PERSON,
    "she": ThingType.PERSON,
    "his": ThingType.PERSON,
    "her": ThingType.PERSON,
    "it": ThingType.ORGANIZATION,
    "its": ThingType.ORGANIZATION,
    "they": ThingType.GROUP,
    "their": ThingType.GROUP,
}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_MAX_COMPLEMENT = 14  # tokens
_MAX_CLAUSE = 6  # tokens


def find_bodies(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find described bodies: "the ministry", "the oil giant", "parliament"."""
    bodies = lexicon.bodies
    for token in doc:
        if token.i in taken or is_plural(token) or token.pos_ not in ("NOUN", "PROPN") or token.dep_ in _ASIDE:
            continue
        word, article = noun(token), determiner(token)
        kind = bodies.descriptions.get(word) or bodies.heads.get(word)
        start = phrase_start(token)
        if kind is None or taken.intersection(range(start, token.i)) or _is_predicate(token):
            continue
        owned = any(child.dep_ == "nmod:poss" for child in token.lefts)
        if word in bodies.unique and _is_unique(token, article, lexicon):
            first = next((t.i for t in doc[start : token.i] if t.dep_ != "nmod:poss" and not _in_owner(t)), token.i)
            yield Candidate(first, token.i + 1, bodies.unique[word], Form.NOMINAL, "unique", token.i, definite=True,
                            country=_demonym(token, lexicon))  # fmt: skip
        elif article in _DEFINITE and not owned and (word not in bodies.name_only) and not _opens_name(token, taken):
            yield Candidate(start, token.i + 1, kind, Form.NOMINAL, "body", token.i, definite=True,
                            country=_demonym(token, lexicon))  # fmt: skip


def _is_unique(token: Token, article: str, lexicon: Lexicon) -> bool:
    bare = not any(child.dep_ in ("amod", "compound", "nummod") for child in token.lefts)
    owned = any(child.dep_ == "nmod:poss" for child in token.lefts)
    return (bare and (article == "the" or owned or noun(token) == "parliament")) or bool(_demonym(token, lexicon))


def _in_owner(token: Token) -> bool:
    return any(ancestor.dep_ == "nmod:poss" for ancestor in token.ancestors) or token.dep_ == "nmod:poss"


def _demonym(token: Token, lexicon: Lexicon) -> str | None:
    codes = (lexicon.country_of_demonym(word.text) for word in left_modifiers(token))
    return next((code for code in codes if code), None)


def _is_predicate(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def _opens_name(token: Token, taken: set[int]) -> bool:
    """Whether a name follows at once: "the state miner Northwind"."""
    return token.i + 1 in taken


def find_groups(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find unnamed collectives that act as parties: "domestic parts makers", "the banks", "a Dutch supplier"."""
    inner: set[int] = set()
    for token in doc:
        if token.i in taken or token.i in inner or token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound",):
            continue
        found = _group(doc, token, taken, lexicon)
        if found is not None:
            inner.update(range(found.start, found.end))
            yield found


def _group(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    word, groups = noun(token), lexicon.groups
    strong = word in groups.strong or token.lower_.endswith(tuple(groups.endings))
    if is_plural(token) and (strong or word in groups.weak):
        return _plural_group(doc, token, taken, lexicon, strong)
    if word in groups.collectives and (end := _members(doc, token, lexicon)):
        start = _without_article(doc, phrase_start(token))
        return Candidate(start, end, ThingType.GROUP, Form.NAME, "collective", token.i)
    if word in groups.sector_collectives and _acts(token) and any(lexicon.find_sectors(_left_text(token))):
        return Candidate(_without_article(doc, phrase_start(token)), token.i + 1, ThingType.GROUP, Form.NAME,
                         "sector", token.i, definite=True)  # fmt: skip
    if (strong or word in groups.weak) and determiner(token) in ("a", "an") and token.dep_ not in _ASIDE:
        return _single_party(doc, token, taken, lexicon)
    return None


def _plural_group(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon, strong: bool) -> Candidate | None:
    word, groups = noun(token), lexicon.groups
    start, end = phrase_start(token), _group_end(doc, token, lexicon)
    words = list(left_modifiers(token))
    tells = any(t.lower_ not in groups.modifiers_ignored and t.dep_ != "nummod" and t.lower_ not in _ANAPHORIC for t in words)
    counted = any(t.dep_ == "nummod" for t in words)
    definite = determiner(token) in _DEFINITE
    if tells or end > token.i + 1 or (counted and strong):
        return Candidate(_without_article(doc, start), end, ThingType.GROUP, Form.NAME, "group", token.i,
                         definite=definite, country=_demonym(token, lexicon))  # fmt: skip
    if definite or counted or (strong and word not in groups.never_bare):
        rule = "group-bare"
        return Candidate(start, token.i + 1, ThingType.GROUP, Form.NOMINAL, rule, token.i, definite=definite)
    return None


def _group_end(doc: Doc, token: Token, lexicon: Lexicon) -> int:
    """Return the end of a group's phrase: with its "of" complement, a bare second head, or a short "which" clause."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "conj" and child.i == end + 1 and doc[end].lower_ in ("and", "&") and _is_bare_head(child, lexicon):
            end = child.i + 1
        elif child.dep_ == "nmod" and doc[child.left_edge.i].lower_ == "of" and child.left_edge.i == end:
            end = _complement_end(doc, child)
        elif child.dep_ == "acl:relcl" and child.left_edge.i == end and _is_short_clause(doc, child):
            end = child.right_edge.i + 1
    return end


def _is_bare_head(token: Token, lexicon: Lexicon) -> bool:
    word = noun(token)
    known = word in lexicon.groups.strong or word in lexicon.groups.weak
    return known and is_plural(token) and not any(child.dep_ in ("amod", "compound", "nmod:poss") for child in token.lefts)


def _is_short_clause(doc: Doc, verb: Token) -> bool:
    size = verb.right_edge.i + 1 - verb.left_edge.i
    return doc[verb.left_edge.i].lower_ in ("which", "that", "who") and size <= _MAX_CLAUSE


def _complement_end(doc: Doc, noun_: Token, stops: tuple[str, ...] = ("for", "in", "with", "from", "under", "by", "at")) -> int:
    """Return the end of an "of" complement, before the first preposition that need not belong to it."""
    limit = min(noun_.right_edge.i + 1, noun_.left_edge.i + _MAX_COMPLEMENT)
    for i in range(noun_.i + 1, limit):
        token = doc[i]
        if token.lower_ in stops or token.pos_ in ("VERB", "AUX", "SCONJ", "PRON") or token.text in ("(", "–", "—", ";", ":"):
            return _trimmed(doc, i)
    return _trimmed(doc, limit)


def _trimmed(doc: Doc, end: int) -> int:
    while doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ in ("CCONJ", "ADP", "DET"):
        end -= 1
    return end


def _members(doc: Doc, token: Token, lexicon: Lexicon) -> int | None:
    """Return the end of a collective's phrase if a group is its complement."""
    for child in token.rights:
        if child.dep_ != "nmod" or doc[child.left_edge.i].lower_ != "of" or not is_plural(child):
            continue
        word = noun(child)
        if word in lexicon.groups.strong or word in lexicon.groups.weak:
            return child.i + 1
    return None


def _acts(token: Token) -> bool:
    """Whether a noun is the subject of a verb with an object."""
    return token.dep_ == "nsubj" and any(child.dep_ == "obj" for child in token.head.children)


def _left_text(token: Token) -> str:
    start = phrase_start(token)
    return str(token.doc[start : token.i].text) if start < token.i else ""


def _single_party(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    """Find "a Dutch supplier": a company that the text does not name."""
    words = [t for t in left_modifiers(token) if t.lower_ not in lexicon.groups.modifiers_ignored]
    if not any(lexicon.is_demonym(t.text) for t in words) or _is_predicate(token) or _opens_name(token, taken):
        return None
    if any(child.dep_ == "appos" for child in token.children):
        return None
    start = _without_article(doc, phrase_start(token))
    return Candidate(start, token.i + 1, ThingType.GROUP, Form.NAME, "party", token.i, country=_demonym(token, lexicon))


def _without_article(doc: Doc, start: int) -> int:
    return start + 1 if doc[start].lower_ in ARTICLES | _DEFINITE else start


def find_matters(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find programs and gatherings that are described: "catalyst localization program", "the opening ceremony"."""
    for token in doc:
        if token.i in taken or token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound",):
            continue
        word = noun(token)
        if word in lexicon.programs.strong or word in lexicon.programs.weak:
            found = _program(doc, token, taken, lexicon)
        elif word in lexicon.gatherings.strong:
            found = _gathering(doc, token, taken, lexicon)
        else:
            continue
        if found is not None:
            yield found


def _program(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    programs, word = lexicon.programs, noun(token)
    start, article = phrase_start(token), determiner(token)
    ignored = programs.ignored_modifiers | _ANAPHORIC
    words = [t for t in left_modifiers(token) if t.lower_ not in ignored and t.dep_ not in ("nummod", "nmod:poss", "acl")]
    named = any(t.text[0].isupper() for t in words) and not all(lexicon.is_demonym(t.text) for t in words)
    end = _purpose_end(doc, token)
    weak = word in programs.weak
    single = not is_plural(token)
    if word in programs.complement_only and not named:
        words = []
    enough = len(words) >= (1 if single and not weak else 2)
    if ((enough or named) and _is_party_to_facts(token)) or (end > token.i + 1 and single and not weak):
        return Candidate(_after_owner(doc, start, token), end, ThingType.PROGRAM, Form.NAME, "program", token.i,
                         definite=article in _DEFINITE)  # fmt: skip
    if article in _DEFINITE and single and not words:
        return Candidate(start, token.i + 1, ThingType.PROGRAM, Form.NOMINAL, "program-bare", token.i, definite=True)
    return None


def _is_party_to_facts(token: Token) -> bool:
    return token.dep_ not in ("appos", "root") or not _is_predicate(token)


def _after_owner(doc: Doc, start: int, head: Token) -> int:
    """Return where a phrase begins behind article, possessive and number."""
    while start < head.i and (
        doc[start].dep_ in ("det", "nmod:poss", "case", "det:predet", "nummod")
        or any(a.dep_ == "nmod:poss" for a in doc[start].ancestors if a.i < head.i)
        or doc[start].text in ("'s", "’s", "'", "’")
    ):
        start += 1
    return start


def _purpose_end(doc: Doc, token: Token) -> int:
    """Return the end of a program's phrase: with what it is for ("program for revival of small mines", "plan to ...")."""
    end = token.i + 1
    for child in token.rights:
        if child.left_edge.i != end:
            continue
        opener = doc[child.left_edge.i].lower_
        if child.dep_ == "nmod" and opener in ("for", "on", "of") and child.pos_ in ("NOUN", "PROPN"):
            end = _complement_end(doc, child, stops=("with", "from", "under", "by", "at", "in"))
        elif child.dep_ in ("acl", "acl:to") and opener in ("to", "for"):
            limit = min(child.right_edge.i + 1, end + _MAX_COMPLEMENT)
            commas = (i for i in range(end, limit) if doc[i].text in (",", "(", "–", "—"))
            end = _trimmed(doc, next(commas, limit))
    return end


def _gathering(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    article = determiner(token)
    start = phrase_start(token)
    words = [t for t in left_modifiers(token) if t.lower_ not in _ANAPHORIC and t.dep_ not in ("nummod", "nmod:poss", "acl")]
    if is_plural(token) or article not in _DEFINITE:
        return None
    if words:
        end = token.i + 1
        for child in token.rights:  # "forum and exhibition"
            if child.dep_ == "conj" and child.i == end + 1 and noun(child) in lexicon.gatherings.strong:
                end = child.i + 1
        return Candidate(_after_owner(doc, start, token), end, ThingType.GATHERING, Form.NAME, "gathering", token.i,
                         definite=True)  # fmt: skip
    return Candidate(start, token.i + 1, ThingType.GATHERING, Form.NOMINAL, "gathering-bare", token.i, definite=True)


def find_places(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find described places: "the country", "the province"."""
    for token in doc:
        bare = not any(child.dep_ in ("amod", "compound", "nmod:poss") for child in token.lefts)
        if token.i not in taken and token.lower_ in lexicon.nouns.places and determiner(token) == "the" and bare:
            if token.dep_ in _ASIDE or _is_predicate(token) or _opens_name(token, taken):
                continue
            start = phrase_start(token)
            yield Candidate(start, token.i + 1, ThingType.PLACE, Form.NOMINAL, "place", token.i, definite=True)


def find_people(doc: Doc, posts: list[Post], people: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find people described by a post or as "the official", where no name stands beside the description."""
    starts = {person.start for person in people}
    ends = {person.end for person in people}
    for post in posts:
        named = post.close in starts or (doc[post.head].lower_ in lexicon.posts.loose_heads and not post.definite)
        if not named and not _aside(doc[post.head]) and not _beside(doc, post.outer, post.close, starts, ends):
            yield Candidate(post.outer, post.close, ThingType.PERSON, Form.NOMINAL, "post", post.head, definite=post.definite)
    covered = {i for post in posts for i in range(post.outer, post.close)}
    for token in doc:
        word = noun(token)
        if word not in lexicon.posts.descriptions or token.i in covered or is_plural(token) or _aside(token):
            continue
        article = determiner(token)
        if article in ("the", "a", "an") and token.pos_ == "NOUN":
            yield Candidate(phrase_start(token), token.i + 1, ThingType.PERSON, Form.NOMINAL, "description", token.i,
                            definite=article == "the")  # fmt: skip


def _aside(token: Token) -> bool:
    return token.dep_ in _ASIDE or token.dep_ == "xcomp" or _is_predicate(token)


def _beside(doc: Doc, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
    """Whether a person's name stands right beside a phrase, set off with a comma."""
    after = end < len(doc) and doc[end].text == "," and any(end + k in starts for k in (1, 2, 3))
    before = start > 0 and doc[start - 1].text == "," and start - 1 in ends
    return after or before


def find_pronouns(doc: Doc) -> Iterator[Candidate]:
    """Find he, she, it and they as subjects or owners."""
    for token in doc:
        kind = _PRONOUNS.get(token.lower_)
        if kind is not None and token.pos_ == "PRON" and (token.dep_ in _SUBJECTS or token.dep_ == "nmod:poss"):
            yield Candidate(token.i, token.i + 1, kind, Form.PRONOUN, "pronoun", token.i)
