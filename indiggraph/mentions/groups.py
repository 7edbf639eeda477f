"""Unnamed collectives that act as parties: "domestic parts makers", "the banks", "a Dutch supplier"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.phrases import demonym_country
from indiggraph.mentions.tokens import (
    ANAPHORIC,
    DEFINITE,
    EACH,
    LOOSE,
    Candidate,
    complement_end,
    determiner,
    is_join,
    is_plural,
    left_modifiers,
    noun,
    phrase_start,
    without_article,
)
from indiggraph.model import Form, ThingType

__all__ = ["find_groups"]

_DESCRIBING = frozenset({"amod", "compound", "nmod:poss"})
_GIVING = frozenset({"to", "for", "with", "among"})
_PARTIES = frozenset({"nsubj", "nsubj:pass", "obl:agent", "iobj"})
_WHERE = frozenset({"in", "from"})
_MAX_CLAUSE = 6  # tokens


def find_groups(doc: Doc, taken: set[int], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find groups, each phrase once: a collective's members are not found again inside it."""
    inner: set[int] = set()
    last: Candidate | None = None
    for token in doc:
        if token.i in taken or token.i in inner or token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
            continue
        found = _group(doc, token, taken, lexicon)
        if found is not None:
            if last is not None and last.end == found.start - 1 and doc[last.end].text == "(":
                found = replace(found, alias_of=last.span)  # "small enterprises (SMEs)"
            last = found
            inner.update(range(found.start, found.end))
            yield found


def _group(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> Candidate | None:
    word, groups = noun(token), lexicon.groups
    strong = word in groups.strong or token.lower_.endswith(tuple(groups.endings))
    given = _is_given(token, lexicon)
    strong |= given and word in groups.receivers
    known = strong or word in groups.weak | groups.served or _has_telling_kind(token, lexicon)
    if is_plural(token):
        return _plural_group(doc, token, taken, lexicon, strong) if known else None
    if word in groups.collectives and (end := _members_end(doc, token, taken, lexicon)) is not None:
        return _described(doc, token, end, "collective", lexicon)
    owned = determiner(token) == "the" and _owner_told(token, lexicon) and (given or token.dep_ in _PARTIES)
    if word in groups.sector_collectives and (owned or (_acts(token) and _left_sector(token, lexicon))):
        return _described(doc, token, token.i + 1, "sector", lexicon)
    if known and given and determiner(token) in EACH and (strong or word not in groups.served):
        return _described(doc, token, token.i + 1, "each", lexicon)
    if known and determiner(token) in ("a", "an", "one") and _is_single_party(token, taken, lexicon):
        return _described(doc, token, _placed_end(doc, token, taken) or token.i + 1, "party", lexicon)
    return None


def _has_telling_kind(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun for many things is a party by its kind: "industrial units", but no "storage units"."""
    kinds, words = lexicon.groups.kinds_told.get(noun(token), "").split(), list(left_modifiers(token))
    counted = any(t.dep_ == "nummod" for t in words) and not _is_given(token, lexicon)  # a figure of how many there are
    return not counted and any(t.lower_ in kinds for t in words)


def _placed_end(doc: Doc, token: Token, taken: set[int]) -> int | None:
    """Return the end of the name that says right behind a noun where a party is from: "traders *in Zenda*"."""
    first = token.i + 2
    if first >= len(doc) or doc[token.i + 1].lower_ not in _WHERE or first not in taken:
        return None
    end = first
    while end in taken:
        end += 1
    return end


def _described(doc: Doc, token: Token, end: int, rule: str, lexicon: Lexicon) -> Candidate:
    """Return a group whose description is a label."""
    start = without_article(doc, phrase_start(token))
    return Candidate(start, end, ThingType.GROUP, Form.NAME, rule, token.i,
                     definite=determiner(token) in DEFINITE, country=demonym_country(token, lexicon))  # fmt: skip


def _plural_group(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon, strong: bool) -> Candidate | None:
    groups, definite = lexicon.groups, determiner(token) in DEFINITE
    end = _group_end(doc, token, lexicon, strong)
    if noun(token) in groups.owned and (owner := _own(token)) is not None:
        return Candidate(owner.i, token.i + 1, ThingType.GROUP, Form.NOMINAL, "group-bare", token.i)
    words = list(left_modifiers(token))
    telling = (t for t in words if t.dep_ != "nummod" and t.pos_ != "PRON")
    tells = any(t.lower_ not in groups.modifiers_ignored | ANAPHORIC for t in telling)
    tells |= any(child.dep_ != "conj" and token.i < child.i < end for child in token.rights)
    counted = any(t.dep_ == "nummod" for t in words)
    tells |= counted and any(t.pos_ == "PRON" for t in words)  # "whose 900 members"
    acts = token.dep_.startswith(("nsubj", "obl:agent")) or _is_told_to_act(token)
    given = _is_given(token, lexicon)
    if strong and not tells and not counted and (given or acts) and (placed := _placed_end(doc, token, taken)):
        return _described(doc, token, placed, "group", lexicon)
    served = noun(token) in groups.served and noun(token) not in groups.strong | groups.weak
    gets = given and (tells or noun(token) in groups.receivers or _gets(token, lexicon))
    if served and not (gets or _is_actor(token)):
        return None
    counts = given or (strong and (acts or noun(token) not in groups.sites)) or _is_actor(token)
    if tells or (counted and not definite and counts):
        return _described(doc, token, end, "group", lexicon)
    alone = strong and (given or acts or noun(token) not in groups.never_bare)
    if not definite and not alone and not (noun(token) in groups.obliged and (_gets(token, lexicon) or _must(token))):
        return None
    start = phrase_start(token) if definite else without_article(doc, phrase_start(token))
    form = Form.NAME if token.text[:-1].isupper() else Form.NOMINAL  # "SMEs"
    return Candidate(start, token.i + 1, ThingType.GROUP, form, "group-bare", token.i, definite=definite)


def _own(token: Token) -> Token | None:
    """Return the pronoun that says whose a noun is, where it stands right before it: "*our* members"."""
    before = token.nbor(-1) if token.i else None
    return before if before is not None and before.dep_ == "nmod:poss" and before.pos_ == "PRON" else None


def _is_actor(token: Token) -> bool:
    """Whether a noun is the subject of a verb that acts on something, or is told to act."""
    active = token.dep_ == "nsubj" and token.head.pos_ == "VERB"
    deeds = any(child.dep_ == "obj" for child in token.head.children)
    return (active and deeds) or _is_told_to_act(token)


def _must(token: Token) -> bool:
    """Whether a noun is told to act, or the subject of what it has to or may do: "*mines* must spend"."""
    modal = any(child.tag_ == "MD" for child in token.head.children) and token.dep_.startswith("nsubj")
    return modal or _is_told_to_act(token)


def _is_told_to_act(token: Token) -> bool:
    """ "Obliged *lenders* to grant": an object with an infinitive behind it."""
    behind = (child for child in token.head.children if child.dep_ in ("xcomp", "ccomp") and child.i > token.i)
    return token.dep_ == "obj" and any(t.lower_ == "to" and t.dep_ == "mark" for verb in behind for t in verb.lefts)


def _gets(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is the subject of what one gets or is given: "*households* receive $20"."""
    verb = token.head.lemma_.lower()
    if token.dep_ == "nsubj":
        return verb in lexicon.groups.getting and any(child.dep_ == "obj" for child in token.head.children)
    return token.dep_ == "nsubj:pass" and verb in lexicon.groups.giving


def _is_given(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is a party by its place: what is given, sold or lent goes to it, or is for it.

    "Lent $4 million *to 60 firms*", "gave *farmers* seeds"; but a number may also rise "from 40 *to 60 firms*".
    """
    if token.dep_ == "iobj" or _gets(token, lexicon):
        return True
    cases = {child.lower_ for child in token.lefts if child.dep_ == "case"}
    if not token.dep_.startswith(("obl", "nmod")) or not cases & _GIVING:
        return False
    counted = any(child.dep_ == "nummod" for child in token.lefts)
    if counted and cases & _GIVING == {"with"}:
        return False  # "a mill with 90 workers"
    beside = [child for child in token.head.children if child.i != token.i]
    levels = any(case.lower_ == "from" for child in beside for case in child.lefts if case.dep_ == "case")
    given = any(child.dep_ in ("obj", "nsubj:pass") for child in beside) or token.head.pos_ in ("NOUN", "PROPN")
    return not counted or (given and not levels)


def _group_end(doc: Doc, token: Token, lexicon: Lexicon, strong: bool) -> int:
    """Return the end of a group's phrase: with its "of" complement, a bare second head, or a short "which" clause."""
    end = token.i + 1
    for child in token.rights:
        opener = child.left_edge.i
        if child.dep_ == "conj" and child.i == end + 1 and _is_bare_head(child, lexicon):
            end = child.i + 1
        elif child.dep_ == "nmod" and opener == end and doc[opener].lower_ == "of":
            end = complement_end(doc, child, LOOSE)
        elif child.dep_ == "acl:relcl" and opener == end and not strong and _is_short_clause(doc, child):
            end = child.right_edge.i + 1
    return end


def _is_bare_head(token: Token, lexicon: Lexicon) -> bool:
    word = noun(token)
    known = word in lexicon.groups.strong or word in lexicon.groups.weak
    return known and is_plural(token) and not any(child.dep_ in _DESCRIBING for child in token.lefts)


def _is_short_clause(doc: Doc, verb: Token) -> bool:
    size = verb.right_edge.i + 1 - verb.left_edge.i
    return doc[verb.left_edge.i].lower_ in ("which", "that", "who") and size <= _MAX_CLAUSE


def _members_end(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> int | None:
    """Return the end of a collective's phrase if a group, or names joined with "and", are its complement."""
    if determiner(token) == "the" and noun(token) in lexicon.groups.counts:
        return None  # "the number of firms"
    for child in token.rights:
        word = noun(child)
        is_group = word in lexicon.groups.strong or word in lexicon.groups.weak
        if child.dep_ == "nmod" and is_plural(child) and is_group and doc[child.left_edge.i].lower_ == "of":
            return child.i + 1
        joined = any(t.dep_ == "conj" for t in child.children) and noun(token) in lexicon.groups.joined
        if joined and child.dep_ == "nmod" and child.i in taken and doc[child.left_edge.i].lower_ == "of":
            return complement_end(doc, child, LOOSE)
    if noun(token) in lexicon.groups.sent and _is_from(doc, token, taken, lexicon):
        return _placed_end(doc, token, taken) or token.i + 1
    return None


def _is_from(doc: Doc, token: Token, taken: set[int], lexicon: Lexicon) -> bool:
    """Whether words beside a noun say from which country: "an Omani delegation", "a delegation from Zenda"."""
    return _placed_end(doc, token, taken) is not None or demonym_country(token, lexicon) is not None


def _acts(token: Token) -> bool:
    """Whether a noun is the subject of a verb with an object."""
    return token.dep_ == "nsubj" and any(child.dep_ == "obj" for child in token.head.children)


def _left_sector(token: Token, lexicon: Lexicon) -> bool:
    """Whether nothing but sector names, and what joins them, stands before a noun in its phrase; or who owns it."""
    if _owner_told(token, lexicon):
        return True
    words = token.doc[phrase_start(token) : token.i]
    plain = all(t.pos_ in ("NOUN", "ADJ", "PROPN", "CCONJ", "DET") or t.text == "," for t in words)
    return plain and any(lexicon.find_sectors(words.text)) if len(words) else False


def _owner_told(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun's only modifier says whose it is: "the private sector"."""
    return [word.lower_ for word in left_modifiers(token)] in [[owner] for owner in lexicon.groups.sector_owners]


def _hyphened(token: Token) -> str:
    """Return the word that a token ends, with what hyphens bind to it: "state-run"."""
    start = token.i
    while start > 1 and is_join(token.doc[start - 1]) and not token.doc[start - 2].whitespace_:
        start -= 2
    return token.doc[start : token.i + 1].text.lower()


def _is_single_party(token: Token, taken: set[int], lexicon: Lexicon) -> bool:
    """Whether a noun is "a Dutch supplier": a company that the text does not name."""
    kinds = lexicon.groups.kinds_of_party
    words = [t for t in left_modifiers(token) if lexicon.is_demonym(t.text) or t.lower_ in kinds]
    words += [t for t in left_modifiers(token) if _hyphened(t) in kinds]
    placed = noun(token) in lexicon.groups.single and _placed_end(token.doc, token, taken) is not None
    aside = token.dep_ in ("appos", "nmod:desc", "flat") or token.i + 1 in taken
    told = any(child.dep_ in ("appos", "cop") for child in token.children)
    return (bool(words) or placed) and not aside and not told
