"""Described things: groups, programs and gatherings without names, "the ministry", "the minister", pronouns."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.posts import Post, is_full
from indiggraph.mentions.tokens import (
    ARTICLES,
    DEFINITE,
    LOOSE,
    Candidate,
    complement_end,
    determiner,
    is_outlet,
    is_plural,
    left_modifiers,
    noun,
    phrase_start,
)
from indiggraph.model import Form, ThingType

__all__ = ["demonym_country", "find_bodies", "find_people", "find_places", "find_pronouns", "has_body_kind"]

_WITHIN = frozenset({"compound", "nmod:desc", "flat"})
_ASIDE = _WITHIN | {"appos"}
_PRONOUNS = {
    "he": ThingType.PERSON,
    "she": ThingType.PERSON,
    "him": ThingType.PERSON,
    "his": ThingType.PERSON,
    "her": ThingType.PERSON,
    "it": ThingType.ORGANIZATION,
    "its": ThingType.ORGANIZATION,
    "we": ThingType.ORGANIZATION,
    "us": ThingType.ORGANIZATION,
    "our": ThingType.ORGANIZATION,
    "they": ThingType.GROUP,
    "their": ThingType.GROUP,
}
_BEFORE_HEAD = frozenset({"compound", "amod"})
_FIELD_CASES = frozenset({"of", "for", "on"})
_LINKS = frozenset({",", "and", "&"})
_DEFINITE = DEFINITE | {""}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_ACTING = _SUBJECTS | {"obl:agent", "nmod:poss"}
_OBJECTS = frozenset({"obj", "iobj", "obl"})
_OF_PEOPLE = frozenset({"his", "her"})


def find_bodies(doc: Doc, names: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find described bodies beside the names: "the ministry", "the oil giant", "parliament", "her firm"."""
    taken = {i for name in names for i in range(name.start, name.end)}
    people = {i for name in names if name.type is ThingType.PERSON for i in range(name.start, name.end)}
    shown = {doc[i].lower_ for i in taken if doc[i].text[0].isupper()}
    for token in doc:
        if token.i not in taken and (mass := _mass_body(token, lexicon)) is not None:
            yield mass
            continue
        if token.i in taken or is_plural(token) or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if (office := _office(doc, token, taken, lexicon)) is not None:
            yield office
            continue
        if token.dep_ in _ASIDE:
            continue
        word = noun(token)
        kind = lexicon.bodies.descriptions.get(word) or lexicon.bodies.heads.get(word)
        start = phrase_start(token)
        if kind is None or _is_predicate(token):
            continue
        described = word not in lexicon.bodies.name_only or word in shown or has_body_kind(token, lexicon)
        if described and _is_of_person(token, people, taken):
            yield Candidate(start, token.i + 1, kind, Form.NOMINAL, "body-owned", token.i, definite=True)
            continue
        if _is_of_country(token, start, lexicon) and _is_unique(token, lexicon):
            yield Candidate(start, token.i + 1, lexicon.bodies.unique[word], Form.NOMINAL, "unique", token.i,
                            definite=True)  # fmt: skip
        elif taken.difference(_seats(token)).intersection(range(start, token.i)):
            continue
        elif _is_unique(token, lexicon):
            yield _unique_body(doc, token, start, lexicon)
        elif _is_described(token, taken) and described:
            yield Candidate(start, token.i + 1, kind, Form.NOMINAL, "body", token.i, definite=True,
                            country=demonym_country(token, lexicon))  # fmt: skip


def _mass_body(token: Token, lexicon: Lexicon) -> Candidate | None:
    """Return a body that a noun without article may stand for: "police said", "state TV"."""
    bodies, word = lexicon.bodies, token.lower_
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if word in bodies.stations and token.i > 0 and token.nbor(-1).lower_ == "state":
        return Candidate(token.i - 1, token.i + 1, ThingType.NEWS_AGENCY, Form.NAME, "office", token.i, definite=True)
    if word not in bodies.mass or token.dep_ not in _SUBJECTS or determiner(token) not in _DEFINITE:
        return None
    start = phrase_start(token)
    bare = token.i - start <= 1 and (token.i == start or determiner(token) != "")
    return (
        Candidate(start, token.i + 1, bodies.heads[word], Form.NAME, "mass", token.i, definite=True) if bare else None
    )


def has_body_kind(token: Token, lexicon: Lexicon) -> bool:
    """Whether a modifier makes a body of a noun that may mean other things too: "the *pension* fund"."""
    kinds = lexicon.bodies.kinds_told.get(noun(token), "").split()
    return any(modifier.lower_ in kinds for modifier in left_modifiers(token))


def _office(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    """Return a body that its field describes: "the federal audit office", "a tea ministry official"."""
    word, bodies = noun(token), lexicon.bodies
    team = doc[max(token.i - 1, 0) : token.i + 1].text.lower() in bodies.teams
    news = word == "agency" and is_outlet(token, lexicon)
    if not token.text.islower() or not (word in bodies.offices or team) or news:
        return None
    inside = token.dep_ in _WITHIN
    if _is_predicate(token) or (not inside and determiner(token) not in _DEFINITE):
        return None
    start, end = _office_start(doc, token, lexicon), _office_end(doc, token, lexicon, team)
    told = end > token.i + 1 or any(_is_field(t, lexicon) for t in doc[start : token.i])
    if not told or not taken.isdisjoint(range(start, end)):
        return None
    kind = ThingType.ORGANIZATION if team else bodies.heads.get(word, ThingType.ORGANIZATION)
    return Candidate(start, end, kind, Form.NAME, "office", token.i, definite=True,
                     country=demonym_country(token, lexicon))  # fmt: skip


def _office_start(doc: Doc, token: Token, lexicon: Lexicon) -> int:
    """Return where the description of an office begins: behind its owner, unless that is its members ("retailers'")."""
    start, first = token.i, token.sent.start
    if start > first and doc[start - 1].dep_ == "conj" and lexicon.is_topic(doc[start - 1].text):
        start -= 1  # the last of a list of fields
    while start > first and doc[start - 1].dep_ in _BEFORE_HEAD and _may_describe(doc[start - 1], lexicon):
        start -= 1
    while start < token.i and (earlier := _listed_before(doc, start, lexicon)) is not None:
        start = earlier
    owner = next((child for child in token.lefts if child.dep_ == "nmod:poss"), None)
    held = owner is not None and noun(owner) in lexicon.posts.heads  # "the governor's office"
    if owner is not None and owner.text.islower() and (owner.text.endswith("s") or held) and owner.i == start - 2:
        start = owner.i
    return start


def _listed_before(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """Return the field that a comma or "and" joins with the one at ``start`` ("industry, | mine and trade")."""
    i = start - 1
    while i > doc[start].sent.start and doc[i].lower_ in _LINKS:
        i -= 1
    fields = i < start - 1 and lexicon.is_topic(doc[i].text) and lexicon.is_topic(doc[start].text)
    return i if fields and doc[i].text.islower() else None


def _may_describe(token: Token, lexicon: Lexicon) -> bool:
    return token.text.islower() or lexicon.is_demonym(token.text)


def _is_field(token: Token, lexicon: Lexicon) -> bool:
    if token.lower_ in lexicon.bodies.no_fields:
        return False
    told = token.dep_ == "compound" and token.pos_ in ("NOUN", "PROPN") and not lexicon.is_demonym(token.text)
    return told or token.dep_ == "nmod:poss" or lexicon.is_topic(token.text) or token.lower_ in lexicon.bodies.tasks


def _office_end(doc: Doc, token: Token, lexicon: Lexicon, team: bool) -> int:
    """Return the end of an office's description: with the field that "of" or "for" tells."""
    after = token.i + 1
    if after + 1 >= len(doc) or doc[after].lower_ not in _FIELD_CASES or doc[after].dep_ != "case":
        return after
    field = doc[after].head
    beside = field.i > after and (field.dep_ == "nmod" or team)  # a team's field is hung elsewhere at times
    plain = field.pos_ in ("NOUN", "PROPN") and beside and field.text.islower()
    end = complement_end(doc, field, LOOSE) if plain else after
    told = doc[after].lower_ == "for" or any(lexicon.is_topic(t.text) for t in doc[after + 1 : end])
    return end if told and doc[after + 1].lower_ not in ARTICLES else after


def _seats(token: Token) -> set[int]:
    """Tokens of names that only say where a body has its seat: "the *Ohio*-based maker"."""
    based = (child for child in token.lefts if child.lower_ == "based" or child.lower_.endswith("-based"))
    return {t.i for word in based for t in word.subtree}


def _is_of_country(token: Token, start: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase is a country's name and the noun ("Kenya's parliament", "the UK government")."""
    owners = [child for child in token.lefts if child.dep_ in ("nmod:poss", "compound")]
    start += token.doc[start].lower_ == "the" and len(owners) == 1 and owners[0].dep_ == "compound"
    return len(owners) == 1 and lexicon.country(token.doc[start : owners[0].i + 1].text) is not None


def _is_described(token: Token, taken: set[int]) -> bool:
    """Whether a noun has a definite article, no owner, and no name behind it ("the state miner Northwind")."""
    return determiner(token) in DEFINITE and not _is_owned(token) and token.i + 1 not in taken


def _is_of_person(token: Token, people: set[int], taken: set[int]) -> bool:
    """Whether a noun's owner is a person, by a pronoun or a name ("her firm", "Voss's company")."""
    owners = [child for child in token.lefts if child.dep_ == "nmod:poss"]
    if len(owners) != 1 or token.i + 1 in taken:
        return False
    return owners[0].lower_ in _OF_PEOPLE or owners[0].i in people


def _unique_body(doc: Doc, token: Token, start: int, lexicon: Lexicon) -> Candidate:
    first = next((t.i for t in doc[start : token.i] if not _in_owner(t, token)), token.i)
    form = Form.NAME if token.text[0].isupper() and not token.is_sent_start else Form.NOMINAL
    return Candidate(first, token.i + 1, lexicon.bodies.unique[noun(token)], form, "unique", token.i, definite=True,
                     country=demonym_country(token, lexicon))  # fmt: skip


def _is_unique(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun phrase stands for the one body of its kind: "the government", "parliament", "the Treasury"."""
    word = noun(token)
    if word not in lexicon.bodies.unique or (token.text[0].islower() and word in lexicon.bodies.name_only):
        return False
    kinds = (child for child in token.lefts if child.dep_ in ("amod", "compound", "nummod"))
    bare = all(lexicon.country(kind.text) is not None for kind in kinds)
    bare_name = (
        token.text[0].isupper() and not determiner(token) and (token.dep_ in _SUBJECTS or not token.is_sent_start)
    )
    single = determiner(token) == "the" or _is_owned(token) or word == "parliament" or bare_name
    return (bare and single) or demonym_country(token, lexicon) is not None


def _is_owned(token: Token) -> bool:
    return any(child.dep_ == "nmod:poss" for child in token.lefts)


def _in_owner(token: Token, head: Token) -> bool:
    """Whether a token belongs to the possessor of a noun."""
    while token != head and token.dep_ != "nmod:poss" and token.head != token:
        token = token.head
    return token != head


def demonym_country(token: Token, lexicon: Lexicon) -> str | None:
    """Return the country of a demonym among a noun's modifiers."""
    codes = (lexicon.country_of_demonym(word.text) for word in left_modifiers(token))
    return next((code for code in codes if code), None)


def _is_predicate(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def find_places(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find described places: "the country", "the province"; "the state" that acts is the government."""
    unitary = not _names_federal(doc, lexicon)
    for token in doc:
        if token.i in taken or token.lower_ not in lexicon.nouns.places or determiner(token) != "the":
            continue
        bare = not any(child.dep_ in ("amod", "compound", "nmod:poss") for child in token.lefts)
        if bare and token.dep_ not in _ASIDE and not _is_predicate(token) and token.i + 1 not in taken:
            start = phrase_start(token)
            acts = unitary and token.lower_ == "state" and token.dep_ in _ACTING
            kind, rule = (ThingType.GOVERNMENT_BODY, "state") if acts else (ThingType.PLACE, "place")
            yield Candidate(start, token.i + 1, kind, Form.NOMINAL, rule, token.i, definite=True)


def _names_federal(doc: Doc, lexicon: Lexicon) -> bool:
    """Whether a text names a country that is made of states, by itself or by its people."""
    named = (t.text for t in doc if t.text[0].isupper())
    return any((lexicon.country_of_demonym(t) or lexicon.country(t)) in lexicon.nouns.federal for t in named)


def find_people(doc: Doc, posts: list[Post], people: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find people described by a post or as "the official", where no name stands beside the description."""
    starts = {person.start for person in people}
    ends = {person.end for person in people}
    for post in posts:
        named = post.close in starts or _beside(doc, post.outer, post.close, starts, ends)
        if not named and _stands_for_one(doc, post, lexicon) and _is_apart(doc, post, lexicon):
            yield Candidate(post.outer, post.close, ThingType.PERSON, Form.NOMINAL, "post", post.head,
                            definite=post.definite)  # fmt: skip
    covered = {i for post in posts for i in range(post.outer, post.close)}
    for token in doc:
        if token.i not in covered and noun(token) in lexicon.posts.descriptions and _describes_one(token):
            yield Candidate(phrase_start(token), token.i + 1, ThingType.PERSON, Form.NOMINAL, "description", token.i,
                            definite=determiner(token) == "the")  # fmt: skip


def _stands_for_one(doc: Doc, post: Post, lexicon: Lexicon) -> bool:
    """Whether a post describes one person: heads such as "general" and "owner" alone do not."""
    loose = doc[post.head].lower_ in lexicon.posts.loose_heads
    return not loose or post.definite or post.body is not None or is_full(doc, post, lexicon)


def _is_apart(doc: Doc, post: Post, lexicon: Lexicon) -> bool:
    """Whether a post is a phrase of its own, whatever the tree says of one with its body, or right before "said"."""
    head = doc[post.head]
    if head.dep_ in _WITHIN and post.body is not None and post.close > post.end:
        return True
    return not _is_aside(head) or (head.dep_ == "appos" and _says(doc, post.close, lexicon))


def _says(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Whether a verb of saying stands at a token, behind adverbs and auxiliaries."""
    while i < len(doc) and doc[i].pos_ in ("ADV", "AUX"):
        i += 1
    return i < len(doc) and doc[i].pos_ == "VERB" and doc[i].lemma_.lower() in lexicon.posts.speech


def _describes_one(token: Token) -> bool:
    counted = determiner(token) in ARTICLES and token.pos_ == "NOUN" and not is_plural(token)
    return counted and not _is_aside(token)


def _is_aside(token: Token) -> bool:
    return token.dep_ in _ASIDE or token.dep_ == "xcomp" or _is_predicate(token)


def _beside(doc: Doc, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
    """Whether a person's name stands right beside a phrase, set off with a comma."""
    after = end < len(doc) and doc[end].text == "," and any(end + k in starts for k in (1, 2, 3))
    before = start > 0 and doc[start - 1].text == "," and start - 1 in ends
    return after or before


def find_pronouns(doc: Doc) -> Iterator[Candidate]:
    """Find he, she and him, it, they and we as subjects or owners, and us."""
    for token in doc:
        kind = _PRONOUNS.get(token.lower_)
        told = kind is ThingType.PERSON or token.dep_ in _SUBJECTS or token.dep_ == "nmod:poss"
        told |= token.lower_ == "us" and token.dep_ in _OBJECTS
        if kind is not None and token.pos_ == "PRON" and told:
            yield Candidate(token.i, token.i + 1, kind, Form.PRONOUN, "pronoun", token.i)
