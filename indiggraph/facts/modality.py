"""Decides how an event is meant: done, planned, expected, proposed or denied.

Actual is the default; only an explicit cue changes it: an auxiliary, a governing predicate, negation (after Saurí and
Pustejovsky 2009, FactBank).  The nearest cue decides; a denial beats all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import base, governors
from indiggraph.model import FactType, Modality
from indiggraph.trace import SILENT, Trace

__all__ = ["modality_of"]

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj", "obl", "obj", "nmod", "conj", "nsubj"})
_FORESEEN = frozenset({FactType.SAVING, FactType.CHANGE})
"""What comes about rather than is done: its future is a forecast, not an intention."""
_DONE_ON_PURPOSE = frozenset(
    {FactType.ESTABLISHMENT, FactType.COOPERATION, FactType.AGREEMENT, FactType.INVESTMENT, FactType.DIRECTIVE}
)
_POSSIBLE = frozenset({"can", "could", "may", "might"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_Cue = tuple[Modality, Token]
"""How something is meant, and the word that shows it."""
_NEGATION_FLIPS = frozenset({"deny", "reject", "dismiss", "refute"})


def modality_of(
    token: Token, kind: FactType, cues: Cues, default: Modality | None = None, trace: Trace = SILENT
) -> Modality:
    """Return how a fact of this type at the token is meant; ``default`` is what its trigger says of itself."""
    modality, why, word = _decided(token, kind, cues, default)
    trace.taken("modality", modality, why, word)
    return modality


def _decided(token: Token, kind: FactType, cues: Cues, default: Modality | None) -> tuple[Modality, str, Token]:
    """How the fact is meant, why in words, and the word that decided it."""
    found = list(_cues(token, cues))
    denial = next((word for modality, word in found if modality is Modality.DENIED), None)
    if denial is not None and default is not Modality.DENIED:
        return Modality.DENIED, "denied at “{}”", denial
    if default is not None:
        return default, "the trigger “{}” says so itself", token
    if kind is FactType.COOPERATION and _is_possible(token):
        return Modality.PROPOSED, "“{}” is said to be possible, which invites", token
    own = next(_own_cues(token, cues), None)
    if own is not None and own[0] is not Modality.ACTUAL:
        return _of_auxiliary(own[0], token, kind), "by “{}” beside it", own[1]
    if found:
        return found[0][0], "by “{}” above it", found[0][1]
    return Modality.ACTUAL, "nothing at or above “{}” says otherwise", token


def _of_auxiliary(own: Modality, token: Token, kind: FactType) -> Modality:
    """ "Will" foresees what comes about and announces what is done; "would" is "will" in a report."""
    would = any(child.lower_ == "would" for child in token.children)
    if kind in _FORESEEN and own in (Modality.PLANNED, Modality.PROPOSED):
        return Modality.EXPECTED
    return Modality.PLANNED if would and kind in _DONE_ON_PURPOSE else own


def _cues(token: Token, cues: Cues) -> Iterator[_Cue]:
    """Cues from the event outwards; stops at the first clause that is asserted."""
    if _phrase_of(token, cues):
        yield Modality.DENIED, token
    yield from _own_cues(token, cues)
    below = token
    for governor in list(governors(token))[1:]:
        if not _passes(below, governor):
            return
        lemma = governor.lemma_.lower()
        if lemma in cues.governors and not _is_beside(below, governor) and _takes(governor, below, cues):
            negated = _negated(governor, cues)
            modality = cues.governors[lemma]
            if modality is Modality.DENIED and negated:
                yield Modality.ACTUAL, governor
            else:
                yield Modality.DENIED if negated and lemma not in _NEGATION_FLIPS else modality, governor
        if governor.pos_ in ("VERB", "AUX", "ADJ"):
            yield from _own_cues(governor, cues)
            if base(below) in ("ccomp", "advcl", "parataxis"):
                return
        below = governor


def _own_cues(token: Token, cues: Cues) -> Iterator[_Cue]:
    if _negated(token, cues):
        yield Modality.DENIED, token
    for child in token.children:
        if base(child) == "aux" and child.lemma_.lower() in cues.auxiliaries:
            yield cues.auxiliaries[child.lemma_.lower()], child
        elif base(child) == "aux" and child.lower_ in ("'ll", "’ll"):
            yield Modality.PLANNED, child
    if any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children):
        subjects = [child for child in token.children if child.dep_ == "nsubj" and child.pos_ == "NOUN"]
        lemmas = [(subject.lemma_.lower(), subject) for subject in subjects]
        yield from ((cues.governors[lemma], subject) for lemma, subject in lemmas if lemma in cues.governors)
    if _be_to(token):
        yield Modality.PLANNED, token


def _negated(token: Token, cues: Cues) -> bool:
    if any(child.lower_ in cues.negations and base(child) in ("advmod", "det", "cc") for child in token.children):
        return True
    arguments = [child for child in token.children if base(child) in ("obj", "nsubj")]
    return any(grand.lower_ == "no" and grand.dep_ == "det" for child in arguments for grand in child.children)


def _be_to(token: Token) -> bool:
    """ "is to begin", "are to be raised", "is going to print"."""
    to = next((child for child in token.children if child.lower_ == "to" and base(child) in ("mark", "aux")), None)
    if to is None:
        return False
    before = any(child.lemma_.lower() == "be" and child.i < to.i for child in token.children)
    return before or (base(token) in ("xcomp", "ccomp") and token.head.lemma_.lower() in ("be", "go"))


def _passes(below: Token, governor: Token) -> bool:
    """Whether what holds of the governor may hold of what is below it.

    A relative clause and a past participle ("a deal signed last week") assert on their own.
    """
    reduced = base(below) == "acl" and below.tag_ == "VBN" and not any(c.dep_ == "mark" for c in below.children)
    return base(below) in _COMPLEMENTS and below.dep_ != "acl:relcl" and not reduced and governor.i != below.i


def _is_beside(below: Token, governor: Token) -> bool:
    """The subject of a cue word, or a circumstance beside it, is not what the cue is about."""
    return (below.dep_ == "nsubj" or base(below) == "obl") and governor.pos_ in ("VERB", "AUX")


def _takes(governor: Token, below: Token, cues: Cues) -> bool:
    """A noun is a cue with what completes it ("plan to build", "hopes of growth"), not with a relative clause.

    A proposal governs "should" or a bare verb; "figures suggest that exports fell" proposes nothing.
    """
    if governor.pos_ not in ("NOUN", "PROPN"):
        proposes = cues.governors[governor.lemma_.lower()] is Modality.PROPOSED
        return not (proposes and base(below) == "ccomp" and below.tag_ in _FINITE)
    infinitive = any(child.dep_ == "mark" and child.lower_ in ("to", "that", "of") for child in below.children)
    of = any(child.dep_ == "case" and child.lower_ in ("of", "for") for child in below.children)
    return governor.lemma_.lower() != "project" and (infinitive or of or base(below) == "ccomp")


def _is_possible(token: Token) -> bool:
    near = list(governors(token))[:3]
    return any(child.lemma_.lower() in _POSSIBLE and base(child) == "aux" for g in near for child in g.children)


def _phrase_of(token: Token, cues: Cues) -> bool:
    particles = [child.lower_ for child in token.children if child.dep_ == "compound:prt"]
    own = any(f"{token.lemma_.lower()} {particle}" in cues.denied_events for particle in particles)
    head = token.head
    above = [child.lower_ for child in head.children if child.dep_ == "compound:prt"]
    return own or (
        base(token) in ("nsubj", "obj")
        and any(f"{head.lemma_.lower()} {particle}" in cues.denied_events for particle in above)
    )
