"""Decides how an event is meant: done, planned, expected, proposed or denied.

Actual is the default; only an explicit cue changes it: an auxiliary, a governing predicate, a participle, negation
(after Saurí and Pustejovsky 2009, FactBank).  The nearest cue decides; a denial beats all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Meant
from indiggraph.facts.markers import (
    Mark,
    by_participle,
    comes_to_nothing,
    is_asserted,
    is_called_for,
    is_finite,
    is_negated,
    own_marks,
    with_particle,
)
from indiggraph.facts.syntax import base, governors, heads_of, is_passive, particles
from indiggraph.model import FactType, Modality
from indiggraph.trace import SILENT, Trace

__all__ = ["is_beside", "is_present", "modality_of", "told_by", "wished_by"]

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj", "obl", "obj", "nmod", "conj", "nsubj"})
_CLAUSES = ("ccomp", "advcl", "parataxis")
_FORESEEN = frozenset({FactType.SAVING, FactType.CHANGE})
"""What comes about rather than is done: its future is a forecast, not an intention."""
_DONE_ON_PURPOSE = frozenset(
    {FactType.ESTABLISHMENT, FactType.COOPERATION, FactType.AGREEMENT, FactType.INVESTMENT, FactType.DIRECTIVE}
)
_CEASING = frozenset(
    {
        FactType.TRADE,
        FactType.AGREEMENT,
        FactType.INVESTMENT,
        FactType.COOPERATION,
        FactType.PRODUCTION,
        FactType.ESTABLISHMENT,
    }
)
"""What does not happen where it is "no longer" done; what is no longer paid for is saved."""
_POSSIBLE = frozenset({"can", "could", "may", "might"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOW = frozenset({"VBZ", "VBP"})
_NOUNS = ("NOUN", "PROPN", "SYM", "NUM")
_INDEFINITE = frozenset({"a", "an"})
_PRICED = frozenset({"price", "value", "estimate", "put", "cost"})
"""Participles that give what they modify a price and assert nothing else ("a phase *priced* at $3 million")."""
_HANDED = frozenset({"offer"})
"""Verbs of wishing whose passive tells what was handed out ("parts *were offered* to makers")."""
_NEEDED = frozenset({FactType.INVESTMENT, FactType.PRODUCTION})
"""Types of what is said to be needed: sums and goods."""
_UNFINISHED = frozenset({"VBZ", "VBP", "VB", "VBG"})
_CONTENT = frozenset({"obj", "xcomp", "ccomp", "obl", "nmod", "conj", "nsubj", "compound"})
"""What of a clause belongs to what its subject provides for."""


def modality_of(
    token: Token, kind: FactType, meant: Meant, default: Modality | None = None, trace: Trace = SILENT
) -> Modality:
    """Return how a fact of this type at the token is meant; ``default`` is what its trigger says of itself."""
    modality, why, word = _decided(_bearer(token), kind, meant, default)
    trace.taken("modality", modality, why, word)
    return modality


def _decided(token: Token, kind: FactType, meant: Meant, default: Modality | None) -> tuple[Modality, str, Token]:
    """How the fact is meant, why in words, and the word that decided it."""
    if kind is FactType.DIRECTIVE and _is_order(token, meant):
        return Modality.ACTUAL, "what is not “{}” is forbidden", token
    if kind is FactType.AGREEMENT and _is_concluded(token, meant):
        return Modality.ACTUAL, "a participle beside “{}” says that it was made", token
    if kind in _CEASING and _has_ceased(token):
        return Modality.DENIED, "“{}” is no longer so", token
    found = list(_cues(token, meant))
    words = dict(reversed(found))
    if Modality.DENIED in words and default is not Modality.DENIED:
        return Modality.DENIED, "denied at “{}”", words[Modality.DENIED]
    if default is not None:
        return default, "the trigger “{}” says so itself", token
    if kind in _NEEDED and token.lemma_.lower() in meant.needs and token.tag_ in _UNFINISHED:
        return Modality.PROPOSED, "“{}” names what is wanting", token
    draft = _draft_over(token, meant)
    if draft is not None:
        return Modality.PROPOSED, "what “{}” provides for", draft
    if kind is FactType.COOPERATION and _is_possible(token):
        return Modality.PROPOSED, "“{}” is said to be possible, which invites", token
    if found and found[0][0] is Modality.PLANNED and Modality.EXPECTED in words:
        return Modality.EXPECTED, "foretold by “{}” above it", words[Modality.EXPECTED]
    own = next(own_marks(token, meant), None)
    foretold = own is not None and (own[0] is Modality.EXPECTED or own[1].dep_ == "aux")
    if foretold and Modality.PROPOSED in words and (own is None or words[Modality.PROPOSED].i != own[1].i):
        return Modality.PROPOSED, "wished for by “{}” above it", words[Modality.PROPOSED]
    if own is not None and own[0] is not Modality.ACTUAL:
        return _of_auxiliary(own[0], token, kind, meant), "by “{}” beside it", own[1]
    if found:
        modality, word = found[0]
        governed = word.dep_ == "aux" and (token.pos_ in _NOUNS or token.dep_ == "conj")
        return _of_auxiliary(modality, word.head, kind, meant) if governed else modality, "by “{}” above it", word
    return Modality.ACTUAL, "nothing at or above “{}” says otherwise", token


def _is_order(verb: Token, meant: Meant) -> bool:
    """ "Mills *are not allowed* to export": what is forbidden now."""
    words = [verb, *(child for child in verb.children if base(child) in ("aux", "cop"))]
    now = any(word.tag_ in _NOW for word in words) and not any(word.tag_ == "MD" for word in words)
    return verb.lemma_.lower() in meant.allows and now and is_passive(verb) and is_negated(verb, meant)


def _is_concluded(deal: Token, meant: Meant) -> bool:
    """ "*A pact signed* in May": a deal with a past participle that says that it was made, whatever is to follow."""
    told = [child for child in deal.children if base(child) == "acl" and child.lower_ in meant.concludes]
    open_yet = any(base(c) in ("aux", "mark") for clause in told for c in clause.children)
    return deal.pos_ in _NOUNS and bool(told) and not open_yet


def _has_ceased(verb: Token) -> bool:
    """ "The mill *no longer* imports ore"."""
    longer = (child for child in verb.children if child.lower_ == "longer" and base(child) == "advmod")
    return any(word.i > 0 and word.nbor(-1).lower_ == "no" for word in longer)


def is_beside(value: Token, meant: Meant) -> bool:
    """Whether a value stands beside another one for comparison ("will reach 5, *compared with* 4 last year").

    Not where what it is of is only aimed at ("against *a target of* 5").
    """
    first = value.left_edge.i
    before = [token.lower_ for token in value.doc[max(first - 2, value.sent.start) : value.i]]
    aimed = any(word.lemma_.lower() in (*meant.aims, *meant.needs) for word in (value, *list(governors(value))[1:3]))
    return any(word in meant.beside for word in before) and not aimed


def _bearer(token: Token) -> Token:
    """The noun that a value modifies and is meant with: "a *$4 million* mill", "a round *worth $4 million*"."""
    while True:
        head = token.head
        worth = base(token) in ("obj", "obl") and head.lower_ == "worth" and base(head) in ("amod", "acl")
        if worth:
            token = head.head
        elif _is_figure(token) and base(token) in ("compound", "nummod") and head.i != token.i:
            token = head
        else:
            return token


def _is_figure(token: Token) -> bool:
    percent = token.lemma_.lower() in ("cent", "percent", "%")
    return percent or token.pos_ in ("SYM", "NUM") or any(letter.isdigit() for letter in token.text)


def _is_counted(noun: Token) -> bool:
    return _is_figure(noun) or any(_is_figure(child) for child in noun.children)


def _draft_over(token: Token, meant: Meant) -> Token | None:
    """The bill or draft whose content an event is: "*the bill* would let the state withdraw $4 million"."""
    below: Token | None = None
    for governor in governors(token):
        if below is not None and base(below) not in _CONTENT and not (_is_figure(below) and base(below) == "nummod"):
            return None
        if governor.pos_ in ("VERB", "AUX") and governor.lemma_.lower() not in meant.billed:
            subjects = [child for child in governor.children if child.dep_ == "nsubj"]
            parts = [part for subject in subjects for part in (subject, *_wholes(subject))]
            draft = next((part for part in parts if part.lemma_.lower() in meant.drafts), None)
            if draft is not None:
                return draft
        below = governor
    return None


def _wholes(noun: Token) -> list[Token]:
    """What a noun is a part of: "note 4 *of the bill*"."""
    return [head for head in heads_of(noun, "of") if head.i > noun.i]


def _of_auxiliary(own: Modality, token: Token, kind: FactType, meant: Meant) -> Modality:
    """ "Will" foresees what comes about and announces what is done; "would" is "will" in a report."""
    would = any(child.lower_ == "would" for child in token.children)
    # "prices should not rise", "cut the levy"
    called_for = own is Modality.PROPOSED and (is_negated(token, meant) or is_called_for(token))
    if kind in _FORESEEN and own in (Modality.PLANNED, Modality.PROPOSED) and not called_for:
        return Modality.EXPECTED
    done = would and kind in _DONE_ON_PURPOSE and token.lemma_.lower() not in meant.foreseen
    return Modality.PLANNED if done else own


def _cues(token: Token, meant: Meant) -> Iterator[Mark]:
    """Cues from the event outwards; stops at the first clause that is asserted."""
    if comes_to_nothing(token, meant):
        yield Modality.DENIED, token
    yield from own_marks(token, meant)
    if token.pos_ == "VERB" and token.lemma_.lower() in meant.wish and not is_passive(token):
        yield meant.wish[token.lemma_.lower()], token
    below = token
    for governor in list(governors(token))[1:]:
        if not _passes(below, governor, meant):
            yield from _wished(below, meant)
            yield from _part_of_plan(below, meant)
            return
        yield from _governed(below, governor, meant)
        if governor.pos_ in ("VERB", "AUX", "ADJ"):
            flipped = governor.lemma_.lower() in meant.flips or _is_question(below) or _is_circumstance(below)
            told = base(below) == "ccomp" and is_asserted(below)  # "he would say that it sold 4 tons"
            own = (c for c in own_marks(governor, meant) if not (flipped and c[0] is Modality.DENIED))
            yield from (cue for cue in own if not told or cue[0] is Modality.DENIED)
            if base(below) in _CLAUSES:
                return
        below = governor


def _is_question(clause: Token) -> bool:
    """Whether a clause asks: "it is not clear *where $4 million should come from*", "would not say *whether*"."""
    asking = (child.tag_ in ("WRB", "WP") or child.lower_ == "whether" for child in clause.children)
    return base(clause) in ("ccomp", "csubj") and any(asking)


def _is_circumstance(clause: Token) -> bool:
    """Whether a clause beside another has a form of its own, so that no "not" there denies it."""
    words = (clause, *(child for child in clause.children if base(child) in ("aux", "cop")))
    return base(clause) == "advcl" and any(word.tag_ in _FINITE or word.tag_ == "MD" for word in words)


def _part_of_plan(below: Token, meant: Meant) -> Iterator[Mark]:
    """What is so of a part is as its whole is: "will lend $4 million, half *of which is* for mills"."""
    whole = below.head
    shared = any(
        token.lower_ == "which" and any(case.lower_ == "of" for case in token.children) for token in below.subtree
    )
    words = (below, *(child for child in below.children if base(child) in ("aux", "cop")))
    if below.dep_ != "acl:relcl" or not shared or not any(word.tag_ in _NOW for word in words):
        return
    draft = _draft_over(whole, meant)
    if draft is not None:
        yield Modality.PROPOSED, draft
    yield from (cue for cue in _cues(whole, meant) if cue[0] is not Modality.DENIED)


def told_by(event: Token, value: Token, meant: Meant) -> Token:
    """The word that tells how an event is meant where it has this value.

    Where another verb than its own has the value ("exports fetched $2 and *may reach* $3"), that verb tells it; of
    what is said to be planned itself ("paid $2 of the $3 *envisaged*") it is the value.
    """
    if any(True for _ in by_participle(value, meant)):
        return value
    verb = next((g for g in list(governors(value))[1:] if g.pos_ in ("VERB", "AUX")), event)
    own = next((g for g in governors(event) if g.pos_ in ("VERB", "AUX")), event)
    if verb.i in (own.i, event.i) or event.i in {g.i for g in _up_to_clause(verb)}:
        return event
    return verb if event.pos_ in _NOUNS or verb.dep_ == "conj" else event


def wished_by(verb: Token, value: Token, meant: Meant) -> Modality | None:
    """How a verb means the value that is its object ("and *expects* a third from the bank")."""
    lemma = verb.lemma_.lower()
    direct = value.head.i == verb.i and base(value) == "obj" and not is_negated(verb, meant)
    return (meant.wish.get(lemma) or meant.governor.get(lemma)) if direct and verb.pos_ == "VERB" else None


def _up_to_clause(token: Token) -> Iterator[Token]:
    for governor in governors(token):
        if governor.dep_ == "conj":
            return
        yield governor


def is_present(value: Token, meant: Meant) -> bool:
    """Whether a value is told as what is so now, aside from its clause ("output, *now at* 5 tons, will double")."""
    first = value.left_edge.i
    before = [token.lower_ for token in value.doc[max(first - 1, value.sent.start) : value.i]]
    return any(word in meant.present for word in before) and value.dep_ not in ("obj", "nsubj")


# ---- what governs the event ----------------------------------------------------------------------------------------


def _governed(below: Token, governor: Token, meant: Meant) -> Iterator[Mark]:
    """What the word above says of what is below it."""
    lemma = _named(governor, meant)
    oblique = _oblique(below, governor, meant)
    if oblique is not None:
        yield oblique, governor
    elif base(below) == "obj" and lemma in meant.wish and not is_negated(governor, meant):
        yield meant.wish[lemma], governor
    elif base(below) == "obj" and lemma in meant.needs and governor.tag_ in _UNFINISHED and _is_counted(below):
        yield Modality.PROPOSED, governor
    elif lemma in meant.governor and not _is_beside(below, governor) and _takes(governor, below, meant):
        modality = meant.governor[lemma]
        if is_negated(governor, meant):
            undone = modality is Modality.DENIED or lemma in meant.flips
            yield Modality.ACTUAL if undone else Modality.DENIED, governor
        else:
            yield modality, governor
    elif lemma in meant.purpose and is_passive(governor) and base(below) == "xcomp":
        yield Modality.PLANNED, governor  # "was *meant* to open"
    elif lemma in meant.foresees and governor.tag_ in _NOW and base(below) in ("obj", "xcomp", "ccomp"):
        yield Modality.EXPECTED, governor
    elif _undoes(governor, meant) and base(below) in ("obj", "nsubj") and _is_plan(below, meant):
        yield Modality.DENIED, governor
    elif base(below) == "advcl" and _is_purpose(below, governor, meant):
        yield Modality.PLANNED, below
    if base(below) in ("nsubj", "csubj"):
        yield from _predicated(governor, meant)


def _named(governor: Token, meant: Meant) -> str:
    """The governor's lemma, with its particle where both together are a cue ("put off")."""
    lemma = governor.lemma_.lower()
    return next((name for particle in particles(governor) if (name := f"{lemma} {particle}") in meant.governor), lemma)


def _oblique(below: Token, governor: Token, meant: Meant) -> Modality | None:
    """ "Called *for* exports", "tasked *with* exporting"; plans that call for something plan it."""
    marks = [c.lower_ for c in below.children if c.dep_ in ("case", "mark") and c.i < below.i]
    marks += [c.lower_ for c in governor.children if base(c) == "advmod" and c.i > governor.i]
    lemma = governor.lemma_.lower()
    found = next((meant.oblique[f"{lemma} {mark}"] for mark in marks if f"{lemma} {mark}" in meant.oblique), None)
    if found is None:
        return None
    if is_negated(governor, meant):
        return Modality.DENIED
    subjects = (child.lemma_.lower() for child in governor.children if base(child) == "nsubj")
    return next((meant.governor[subject] for subject in subjects if subject in meant.governor), found)


def _predicated(governor: Token, meant: Meant) -> Iterator[Mark]:
    """What is said of a subject: "exports look *set* to rise", "reports that ... were *untrue*"."""
    if governor.lemma_.lower() in meant.untrue and not is_negated(governor, meant):
        yield Modality.DENIED, governor
    cases = [child.lower_ for child in governor.children if child.dep_ == "case"]
    standing = next(
        (meant.standing[key] for case in cases if (key := f"{case} {governor.lemma_.lower()}") in meant.standing), None
    )
    if standing is not None:
        yield standing, governor
    for child in governor.children:
        if base(child) == "xcomp" and child.lemma_.lower() in meant.governor and child.pos_ in ("ADJ", "VERB"):
            yield meant.governor[child.lemma_.lower()], child


def _is_purpose(below: Token, governor: Token, meant: Meant) -> bool:
    """Whether an infinitive says what something else is done for ("a mill is built *to export*").

    Not how a change ended ("rose *to reach* 5 tons"), nor what somebody managed.
    """
    to = any(child.dep_ == "mark" and child.lower_ == "to" for child in below.children)
    return to and below.lemma_.lower() not in meant.result and governor.lemma_.lower() not in meant.done


def _wished(below: Token, meant: Meant) -> Iterator[Mark]:
    """What a relative clause says of something that is only wished for ("wants a law *that reserves* ...")."""
    noun = below.head
    definite = any(child.dep_ == "det" and child.lower_ not in _INDEFINITE for child in noun.children)
    if below.dep_ != "acl:relcl" or noun.tag_ not in ("NN", "NNS") or definite or base(noun) not in ("obj", "obl"):
        return
    lemma = noun.head.lemma_.lower()
    wish = meant.wish.get(lemma) or meant.governor.get(lemma)
    if wish is Modality.PROPOSED and not is_negated(noun.head, meant):
        yield wish, noun.head


def _passes(below: Token, governor: Token, meant: Meant) -> bool:
    """Whether what holds of the governor may hold of what is below it.

    A relative clause, a past participle ("a deal signed last week") and a clause joined with a verb of its own form
    ("will open a mill, and it *exported*") assert on their own.
    """
    if below.pos_ in ("SYM", "NUM") and base(below) in ("compound", "nummod"):
        return True  # "plans for a £65 million hall": what holds of the hall holds of the sum
    marked = any(child.dep_ == "mark" for child in below.children)
    open_yet = below.lemma_.lower() in _PRICED or below.lower_ in meant.participle
    reduced = _is_participle(below) and not marked and not open_yet
    # taggers take the second infinitive of "to build a mill and hire" for a present form: they are spelt the same
    finite = below.tag_ in _FINITE and not (below.tag_ == "VBP" and governor.tag_ == "VB" and not _has_subject(below))
    joined = below.dep_ == "conj" and (finite or any(base(c) == "aux" and c.tag_ != "VB" for c in below.children))
    outside = below.dep_ == "acl:relcl" or reduced or (joined and not is_finite(governor))
    return base(below) in _COMPLEMENTS and not outside and governor.i != below.i


def _undoes(governor: Token, meant: Meant) -> bool:
    """Whether a verb undoes the plan that is its object: "dropped", "turned down"."""
    return governor.lemma_.lower() in meant.dropped or with_particle(governor, meant)


def _is_plan(noun: Token, meant: Meant) -> bool:
    """A plan, or what is said to be planned ("a mill *planned* since May")."""
    said = (child for child in noun.children if base(child) in ("acl", "amod"))
    return noun.lemma_.lower() in meant.governor or any(child.lower_ in meant.participle for child in said)


def _has_subject(verb: Token) -> bool:
    return any(base(child) in ("nsubj", "csubj") for child in verb.children)


def _is_participle(clause: Token) -> bool:
    """A past participle that says what was done ("a deal *signed* last week", "*built* in May, it can make 5 tons")."""
    when = any(child.lower_ in ("when", "once", "if") for child in clause.children)
    return base(clause) in ("acl", "advcl") and clause.tag_ == "VBN" and not when


def _is_beside(below: Token, governor: Token) -> bool:
    """Whether the cue is not about something: its subject, a circumstance, another predicate, what was handed out."""
    if governor.pos_ not in ("VERB", "AUX"):
        return False
    handed = below.dep_ == "nsubj:pass" and governor.lemma_.lower() in _HANDED
    another = below.dep_ == "conj" and (below.pos_ == "VERB" or _has_subject(below))
    return handed or another or below.dep_ == "nsubj" or base(below) == "obl"


def _takes(governor: Token, below: Token, meant: Meant) -> bool:
    """A noun is a cue with what completes it ("plan to build", "hopes of growth"), not with a relative clause.

    A verb that proposes, plans or expects governs an infinitive, a noun or what is to come; of what is or was it only
    speaks: "figures suggest that exports fell", "the ministry believes that they rose".
    """
    if governor.pos_ not in ("NOUN", "PROPN"):
        denies = meant.governor[_named(governor, meant)] is Modality.DENIED
        foretells = governor.lemma_.lower() in meant.foretelling
        asserted = base(below) in ("ccomp", "parataxis") and is_asserted(below, past=foretells)
        return denies or not asserted
    infinitive = any(child.dep_ == "mark" and child.lower_ in ("to", "that", "of") for child in below.children)
    of = any(child.dep_ == "case" and child.lower_ in ("of", "for") for child in below.children)
    return governor.lemma_.lower() != "project" and (infinitive or of or base(below) == "ccomp")


def _is_possible(token: Token) -> bool:
    near = list(governors(token))[:3]
    return any(child.lemma_.lower() in _POSSIBLE and base(child) == "aux" for g in near for child in g.children)
