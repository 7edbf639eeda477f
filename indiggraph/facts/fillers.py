"""Finds who fills a grammatical function around a trigger: the tokens, and the party that each of them names."""

from __future__ import annotations

from spacy.tokens import Token

from indiggraph.facts.choosing import STAKES
from indiggraph.facts.cues import load_cues
from indiggraph.facts.syntax import arguments, base, coordinated, in_clause, is_passive
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, ThingType

__all__ = ["PARTIES", "ROUTES", "elsewhere", "fillers", "party_at", "under_which"]

PARTIES = (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PERSON, ThingType.PLACE)
_SEARCHED = frozenset({"with", "between", "from"})
"""Prepositions that name a party wherever they stand in the clause."""
_DISTRIBUTIVE = frozenset({"each", "both", "all", "either", "neither"})
"""Words before "of" that hand on what a party does to each of its members."""
_DEALS = frozenset({"agreement", "contract", "deal", "memorandum", "mou", "accord", "pact", "arrangement"})
_RELATIVE = frozenset({"WDT", "WP", "IN", "DT"})
"""Tags of pronouns that stand for the noun that their clause modifies."""


def fillers(predicate: Token, function: str) -> list[Token]:
    """Fillers at the predicate, then at participles that modify its objects ("contracts signed with X")."""
    heads = [token for name, first in arguments(predicate) if name == function for token in coordinated(first)]
    if heads or function in ("subj", "obj"):
        return heads
    nouns = [predicate, *(noun for name, noun in arguments(predicate) if name in ("obj", "subj"))]
    nouns += [inner for noun in nouns[1:] for name, inner in arguments(noun) if name == "of"]
    sums = [
        noun
        for noun in nouns[1:]
        if noun.lemma_.lower() in STAKES
        or noun.pos_ in ("SYM", "NUM")
        or any(c.dep_ == "nummod" for c in noun.children)
    ]
    beside = [first for noun in sums for name, first in arguments(noun) if name == function]
    if beside:
        return [token for first in beside for token in coordinated(first)]
    modifiers = [verb for noun in nouns for verb in noun.children if base(verb) == "acl" and not _has_subject(verb)]
    modifiers += [verb for verb in predicate.children if base(verb) in ("advcl", "xcomp") and is_passive(verb)]
    firsts = [first for verb in modifiers for name, first in arguments(verb) if name == function]
    return [token for first in firsts for token in coordinated(first)]


def _has_subject(verb: Token) -> bool:
    """Whether a clause tells of something else than the noun that it modifies: "credits, *of which $3* went to X"."""
    return verb.dep_ == "acl:relcl" and any(base(c) == "nsubj" and c.tag_ not in _RELATIVE for c in verb.children)


def under_which(noun: Token, function: str) -> list[Token]:
    """Fillers in the clause that says what a deal is: "a deal *under which A will buy* 7 tons *from B*"."""
    if noun.lemma_.lower() not in _DEALS or function in ("of", "poss", "obj"):
        return []
    clauses = [verb for verb in noun.children if verb.dep_ == "acl:relcl" and _has_subject(verb)]
    firsts = [first for verb in clauses for name, first in arguments(verb) if name == function]
    if not firsts and function in _SEARCHED:
        firsts = [first for verb in clauses for first in in_clause(verb, function)]
    return [token for first in firsts for token in coordinated(first)]


def elsewhere(predicate: Token, function: str) -> list[Token]:
    if function not in _SEARCHED:
        return []
    governed = predicate.pos_ in ("NOUN", "PROPN") and predicate.head.pos_ in ("VERB", "AUX")
    start = predicate.head if governed else predicate
    return [token for first in in_clause(start, function) for token in coordinated(first)]


ROUTES = {
    fillers: "{} of “{}”",
    under_which: "{} of the clause that says what “{}” is",
    elsewhere: "{} elsewhere in the clause of “{}”",
}
"""How a party was found, in words."""


def party_at(head: Token, view: SentenceView) -> list[Mention]:
    """The parties at a token: by name or description, those it stands for, the owners of what has no name."""
    if head.lower_ in _DISTRIBUTIVE:
        head = next((noun for name, noun in arguments(head) if name == "of"), head)
    if head.i in view.stand_ins:
        return list(view.stand_ins[head.i])
    mention = view.mention_at(head, PARTIES)
    known_by_owner = load_cues().parties
    if mention is None and head.lemma_.lower() in known_by_owner.aims | known_by_owner.ventures | known_by_owner.purses:
        firsts = [owner for name, owner in arguments(head) if name in ("poss", "of", "between")]
        owners = [view.mention_at(owner, PARTIES) for first in firsts for owner in coordinated(first)]
        known = [owner for owner in owners if owner is not None]
        if known:
            return known
    if mention is None:
        mention = next((m for child in head.children if child.dep_ == "appos" for m in _appositions(child, view)), None)
    if mention is None:
        view.trace.passed("party", head, "nobody who could act is mentioned there")
    return [] if mention is None else [mention]


def _appositions(child: Token, view: SentenceView) -> list[Mention]:
    """ "The venture, *Velmar Wind*, ..." """
    return [m for m in view.mentions_at(child, PARTIES) if m.form is Form.NAME]
