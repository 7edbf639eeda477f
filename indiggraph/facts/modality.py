"""Decides how an event is meant: done, planned, expected, proposed or denied.

Actual is the default; only an explicit cue changes it: an auxiliary, a governing predicate, a participle, negation
(after Saurí and Pustejovsky 2009, FactBank).  The nearest cue decides; a denial beats all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Meant
from indiggraph.facts.syntax import base, governors, heads_of, is_passive, particles
from indiggraph.model import FactType, Modality
from indiggraph.trace import SILENT, Trace

__all__ = ["is_present", "modality_of", "told_by"]

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj", "obl", "obj", "nmod", "conj", "nsubj"})
_CLAUSES = ("ccomp", "advcl", "parataxis")
_FORESEEN = frozenset({FactType.SAVING, FactType.CHANGE})
"""What comes about rather than is done: its future is a forecast, not an intention."""
_DONE_ON_PURPOSE = frozenset(
    {FactType.ESTABLISHMENT, FactType.COOPERATION, FactType.AGREEMENT, FactType.INVESTMENT, FactType.DIRECTIVE}
)
_POSSIBLE = frozenset({"can", "could", "may", "might"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOW = frozenset({"VBZ", "VBP"})
_NOUNS = ("NOUN", "PROPN", "SYM", "NUM")
_INDEFINITE = frozenset({"a", "an"})
_PRICED = frozenset({"price", "value", "estimate", "put", "cost"})
"""Participles that give what they modify a price and assert nothing else ("a phase *priced* at $3 million")."""
_Cue = tuple[Modality, Token]
"""How something is meant, and the word that shows it."""


def modality_of(
    token: Token, kind: FactType, meant: Meant, default: Modality | None = None, trace: Trace = SILENT
) -> Modality:
    """Return how a fact of this type at the token is meant; ``default`` is what its trigger says of itself."""
    modality, why, word = _decided(token, kind, meant, default)
    trace.taken("modality", modality, why, word)
    return modality


def _decided(token: Token, kind: FactType, meant: Meant, default: Modality | None) -> tuple[Modality, str, Token]:
    """How the fact is meant, why in words, and the word that decided it."""
    found = list(_cues(token, meant))
    words = dict(reversed(found))
    if Modality.DENIED in words and default is not Modality.DENIED:
        return Modality.DENIED, "denied at “{}”", words[Modality.DENIED]
    if default is not None:
        return default, "the trigger “{}” says so itself", token
    if kind is FactType.COOPERATION and _is_possible(token):
        return Modality.PROPOSED, "“{}” is said to be possible, which invites", token
    if found and found[0][0] is Modality.PLANNED and Modality.EXPECTED in words:
        return Modality.EXPECTED, "foretold by “{}” above it", words[Modality.EXPECTED]
    own = next(_own_cues(token, meant), None)
    if own is not None and own[0] is Modality.EXPECTED and Modality.PROPOSED in words:
        return Modality.PROPOSED, "wished for by “{}” above it", words[Modality.PROPOSED]
    if own is not None and own[0] is not Modality.ACTUAL:
        return _of_auxiliary(own[0], token, kind, meant), "by “{}” beside it", own[1]
    if found:
        modality, word = found[0]
        governed = word.dep_ == "aux" and token.pos_ in _NOUNS
        return _of_auxiliary(modality, word.head, kind, meant) if governed else modality, "by “{}” above it", word
    return Modality.ACTUAL, "nothing at or above “{}” says otherwise", token


def _of_auxiliary(own: Modality, token: Token, kind: FactType, meant: Meant) -> Modality:
    """ "Will" foresees what comes about and announces what is done; "would" is "will" in a report."""
    would = any(child.lower_ == "would" for child in token.children)
    called_for = own is Modality.PROPOSED and _negated(token, meant)  # "prices should not rise"
    if kind in _FORESEEN and own in (Modality.PLANNED, Modality.PROPOSED) and not called_for:
        return Modality.EXPECTED
    done = would and kind in _DONE_ON_PURPOSE and token.lemma_.lower() not in meant.foreseen
    return Modality.PLANNED if done else own


def _cues(token: Token, meant: Meant) -> Iterator[_Cue]:
    """Cues from the event outwards; stops at the first clause that is asserted."""
    if _phrase_of(token, meant):
        yield Modality.DENIED, token
    yield from _own_cues(token, meant)
    if token.pos_ == "VERB" and token.lemma_.lower() in meant.wish:
        yield meant.wish[token.lemma_.lower()], token
    below = token
    for governor in list(governors(token))[1:]:
        if not _passes(below, governor):
            yield from _wished(below, meant)
            return
        yield from _governed(below, governor, meant)
        if governor.pos_ in ("VERB", "AUX", "ADJ"):
            flipped = governor.lemma_.lower() in meant.flips
            yield from (c for c in _own_cues(governor, meant) if not (flipped and c[0] is Modality.DENIED))
            if base(below) in _CLAUSES:
                return
        below = governor


def told_by(event: Token, value: Token) -> Token:
    """The word that tells how an event is meant where it has this value.

    Where another verb than its own has the value ("exports fetched $2 and *may reach* $3"), that verb tells it.
    """
    verb = next((g for g in list(governors(value))[1:] if g.pos_ in ("VERB", "AUX")), event)
    own = next((g for g in governors(event) if g.pos_ in ("VERB", "AUX")), event)
    if verb.i in (own.i, event.i) or event.i in {g.i for g in _up_to_clause(verb)}:
        return event
    return verb if event.pos_ in _NOUNS or verb.dep_ == "conj" else event


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


def _governed(below: Token, governor: Token, meant: Meant) -> Iterator[_Cue]:
    """What the word above says of what is below it."""
    lemma = governor.lemma_.lower()
    oblique = _oblique(below, governor, meant)
    if oblique is not None:
        yield oblique, governor
    elif lemma in meant.governor and not _is_beside(below, governor) and _takes(governor, below, meant):
        modality = meant.governor[lemma]
        if _negated(governor, meant):
            undone = modality is Modality.DENIED or lemma in meant.flips
            yield Modality.ACTUAL if undone else Modality.DENIED, governor
        else:
            yield modality, governor
    elif lemma in meant.foresees and governor.tag_ in _NOW and base(below) in ("obj", "xcomp", "ccomp"):
        yield Modality.EXPECTED, governor
    elif _undoes(governor, meant) and base(below) in ("obj", "nsubj") and below.lemma_.lower() in meant.governor:
        yield Modality.DENIED, governor
    elif base(below) == "advcl" and _is_purpose(below, governor, meant):
        yield Modality.PLANNED, below
    if base(below) in ("nsubj", "csubj"):
        yield from _predicated(governor, meant)


def _oblique(below: Token, governor: Token, meant: Meant) -> Modality | None:
    """ "Called *for* exports", "tasked *with* exporting"; plans that call for something plan it."""
    marks = [c.lower_ for c in below.children if c.dep_ in ("case", "mark") and c.i < below.i]
    marks += [c.lower_ for c in governor.children if base(c) == "advmod" and c.i > governor.i]
    lemma = governor.lemma_.lower()
    found = next((meant.oblique[f"{lemma} {mark}"] for mark in marks if f"{lemma} {mark}" in meant.oblique), None)
    if found is None:
        return None
    if _negated(governor, meant):
        return Modality.DENIED
    subjects = (child.lemma_.lower() for child in governor.children if base(child) == "nsubj")
    return next((meant.governor[subject] for subject in subjects if subject in meant.governor), found)


def _predicated(governor: Token, meant: Meant) -> Iterator[_Cue]:
    """What is said of a subject: "exports look *set* to rise", "reports that ... were *untrue*"."""
    if governor.lemma_.lower() in meant.untrue and not _negated(governor, meant):
        yield Modality.DENIED, governor
    for child in governor.children:
        if base(child) == "xcomp" and child.lemma_.lower() in meant.governor and child.pos_ in ("ADJ", "VERB"):
            yield meant.governor[child.lemma_.lower()], child


def _is_purpose(below: Token, governor: Token, meant: Meant) -> bool:
    """Whether an infinitive says what something else is done for ("a mill is built *to export*").

    Not how a change ended ("rose *to reach* 5 tons"), nor what somebody managed.
    """
    to = any(child.dep_ == "mark" and child.lower_ == "to" for child in below.children)
    return to and below.lemma_.lower() not in meant.result and governor.lemma_.lower() not in meant.done


def _wished(below: Token, meant: Meant) -> Iterator[_Cue]:
    """What a relative clause says of something that is only wished for ("wants a law *that reserves* ...")."""
    noun = below.head
    definite = any(child.dep_ == "det" and child.lower_ not in _INDEFINITE for child in noun.children)
    if below.dep_ != "acl:relcl" or noun.tag_ not in ("NN", "NNS") or definite or base(noun) not in ("obj", "obl"):
        return
    lemma = noun.head.lemma_.lower()
    wish = meant.wish.get(lemma) or meant.governor.get(lemma)
    if wish is Modality.PROPOSED and not _negated(noun.head, meant):
        yield wish, noun.head


def _passes(below: Token, governor: Token) -> bool:
    """Whether what holds of the governor may hold of what is below it.

    A relative clause, a past participle ("a deal signed last week") and a clause joined with a verb of its own form
    ("will open a mill, and it *exported*") assert on their own.
    """
    if below.pos_ in ("SYM", "NUM") and base(below) in ("compound", "nummod"):
        return True  # "plans for a £65 million hall": what holds of the hall holds of the sum
    marked = any(child.dep_ == "mark" for child in below.children)
    reduced = _is_participle(below) and not marked and below.lemma_.lower() not in _PRICED
    # taggers take the second infinitive of "to build a mill and hire" for a present form: they are spelt the same
    finite = below.tag_ in _FINITE and not (below.tag_ == "VBP" and governor.tag_ == "VB" and not _has_subject(below))
    joined = below.dep_ == "conj" and (finite or any(base(c) == "aux" for c in below.children))
    outside = below.dep_ == "acl:relcl" or reduced or (joined and governor.tag_ not in _FINITE)
    return base(below) in _COMPLEMENTS and not outside and governor.i != below.i


def _undoes(governor: Token, meant: Meant) -> bool:
    """Whether a verb undoes the plan that is its object: "dropped", "turned down"."""
    return governor.lemma_.lower() in meant.dropped or _with_particle(governor, meant)


def _has_subject(verb: Token) -> bool:
    return any(base(child) in ("nsubj", "csubj") for child in verb.children)


def _is_participle(clause: Token) -> bool:
    """A past participle that says what was done ("a deal *signed* last week", "*built* in May, it can make 5 tons")."""
    when = any(child.lower_ in ("when", "once", "if") for child in clause.children)
    return base(clause) in ("acl", "advcl") and clause.tag_ == "VBN" and not when


def _is_beside(below: Token, governor: Token) -> bool:
    """The subject of a cue word, or a circumstance beside it, is not what the cue is about."""
    return (below.dep_ == "nsubj" or base(below) == "obl") and governor.pos_ in ("VERB", "AUX")


def _takes(governor: Token, below: Token, meant: Meant) -> bool:
    """A noun is a cue with what completes it ("plan to build", "hopes of growth"), not with a relative clause.

    A verb that proposes, plans or expects governs an infinitive, a noun or what is to come; of what is or was it only
    speaks: "figures suggest that exports fell", "the ministry believes that they rose".
    """
    if governor.pos_ not in ("NOUN", "PROPN"):
        denies = meant.governor[governor.lemma_.lower()] is Modality.DENIED
        return denies or not (base(below) in ("ccomp", "parataxis") and _is_asserted(below))
    infinitive = any(child.dep_ == "mark" and child.lower_ in ("to", "that", "of") for child in below.children)
    of = any(child.dep_ == "case" and child.lower_ in ("of", "for") for child in below.children)
    return governor.lemma_.lower() != "project" and (infinitive or of or base(below) == "ccomp")


def _is_asserted(clause: Token) -> bool:
    """Whether a clause has a finite past or present of its own."""
    words = [clause, *(child for child in clause.children if base(child) in ("aux", "cop"))]
    return any(word.tag_ in _FINITE for word in words) and not any(word.tag_ == "MD" for word in words)


# ---- what the event's own words say ----------------------------------------------------------------------------------


def _own_cues(token: Token, meant: Meant) -> Iterator[_Cue]:
    auxiliaries = [child for child in token.children if base(child) == "aux"]
    known = [(meant.auxiliary[a.lemma_.lower()], a) for a in auxiliaries if a.lemma_.lower() in meant.auxiliary]
    if _comes_about(token, meant):
        known = [(Modality.EXPECTED if m is Modality.PROPOSED and a.lower_ == "should" else m, a) for m, a in known]
    called_for = any(modality is Modality.PROPOSED for modality, _ in known)
    if _negated(token, meant) and not called_for:  # "should not" calls for something, too
        yield Modality.DENIED, token
    if any(_is_yet(token, child) for child in token.children):
        yield Modality.DENIED, token
    yield from known
    yield from ((Modality.PLANNED, auxiliary) for auxiliary in auxiliaries if auxiliary.lower_ in ("'ll", "’ll"))
    yield from _by_participle(token, meant)
    if any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children):
        subjects = [child for child in token.children if child.dep_ == "nsubj" and child.pos_ == "NOUN"]
        lemmas = [(subject.lemma_.lower(), subject) for subject in subjects]
        yield from ((meant.governor[lemma], subject) for lemma, subject in lemmas if lemma in meant.governor)
    if _be_to(token) or _is_due(token) or _is_listed(token):
        yield Modality.PLANNED, token
    if any(child.dep_ == "mark" and child.lower_ in meant.condition for child in token.children):
        yield Modality.EXPECTED, token


def _by_participle(token: Token, meant: Meant) -> Iterator[_Cue]:
    """ "The *planned* investment", "150 mines *targeted*", "a mill *meant* to export"."""
    if token.pos_ in _NOUNS:
        words = (child for child in token.children if base(child) in ("amod", "acl", "compound"))
        bare = (word for word in words if not any(base(c) in ("obj", "xcomp", "obl") for c in word.children))
        yield from ((meant.participle[word.lower_], word) for word in bare if word.lower_ in meant.participle)
    head = token.head
    participle = base(head) in ("acl", "amod") and head.tag_ == "VBN" and head.lemma_.lower() in meant.purpose
    if participle and base(token) in ("xcomp", "advcl", "ccomp"):
        yield Modality.PLANNED, head


def _negated(token: Token, meant: Meant) -> bool:
    own = (child for child in token.children if base(child) in ("advmod", "det", "cc"))
    if any(child.lower_ in meant.negation and not _is_not_only(child, meant) for child in own):
        return True
    arguments = [child for child in token.children if base(child) in ("obj", "nsubj")]
    determiners = (grand for child in arguments for grand in child.children if grand.dep_ == "det")
    return any(grand.lower_ == "no" and not _counts(grand) for grand in determiners)


def _is_not_only(negation: Token, meant: Meant) -> bool:
    after = negation.doc[negation.i + 1 : negation.i + 2].text.lower()
    return after in meant.not_only


def _counts(no: Token) -> bool:
    """Whether "no" only bounds a number: "no fewer than 40"."""
    return no.doc[no.i + 2 : no.i + 3].text.lower() == "than"


def _is_yet(token: Token, child: Token) -> bool:
    """ "Has *yet to* export", "is *yet to* export"."""
    return child.lower_ == "to" and child.i < token.i and child.i > 0 and child.doc[child.i - 1].lower_ == "yet"


def _comes_about(verb: Token, meant: Meant) -> bool:
    """Whether a verb tells what becomes of a thing, whom nobody can call on ("production should reach 5 tons")."""
    if verb.lemma_.lower() not in meant.arising or is_passive(verb):
        return False
    return any(subject.lemma_.lower() in meant.things for subject in heads_of(verb, "subj"))


def _is_listed(verb: Token) -> bool:
    """ "- to open three mills": an infinitive that is a sentence of a list names an aim."""
    marked = any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)
    return verb.head.i == verb.i and verb.tag_ == "VB" and marked


def _is_due(token: Token) -> bool:
    """ "Is *due to* open", where the tree makes a preposition of it."""
    return token.pos_ == "VERB" and any(
        child.lower_ == "due" and child.dep_ in ("case", "mark") for child in token.children
    )


def _be_to(token: Token) -> bool:
    """ "is to begin", "are to be raised", "is going to print"."""
    to = next((child for child in token.children if child.lower_ == "to" and base(child) in ("mark", "aux")), None)
    if to is None:
        return False
    before = any(child.lemma_.lower() == "be" and child.i < to.i for child in token.children)
    return before or (base(token) in ("xcomp", "ccomp") and token.head.lemma_.lower() in ("be", "go"))


def _is_possible(token: Token) -> bool:
    near = list(governors(token))[:3]
    return any(child.lemma_.lower() in _POSSIBLE and base(child) == "aux" for g in near for child in g.children)


def _phrase_of(token: Token, meant: Meant) -> bool:
    """Whether a verb with a particle says that the event came to nothing ("a request that was *turned down*")."""
    if _with_particle(token, meant):
        return True
    if base(token) == "acl" and base(token.head) in ("nsubj", "obj") and _with_particle(token.head.head, meant):
        return True  # "the deal that was to be signed was called off"
    told = [child for child in token.children if base(child) == "acl"]
    above = list(governors(token))[1:]
    while above and token.pos_ in _NOUNS and base(token) == "nmod":
        token, above = above[0], above[1:]
        told += [child for child in token.children if base(child) == "acl"]
    acted_on = base(token) in ("nsubj", "obj") and bool(above) and _with_particle(above[0], meant)
    return acted_on or any(_with_particle(clause, meant) for clause in told)


def _with_particle(verb: Token, meant: Meant) -> bool:
    nouns = [child.lemma_.lower() for child in verb.children if base(child) in ("obl", "advmod")]
    return any(f"{verb.lemma_.lower()} {word}" in meant.denied_event for word in (*particles(verb), *nouns))
