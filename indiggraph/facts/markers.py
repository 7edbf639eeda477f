"""How a word itself shows how it is meant: its helping verbs, "to", negation, participles, adverbs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Meant
from indiggraph.facts.syntax import base, governors, heads_of, is_passive, particles
from indiggraph.model import Modality

__all__ = [
    "Mark",
    "by_participle",
    "comes_to_nothing",
    "is_asserted",
    "is_called_for",
    "is_finite",
    "is_negated",
    "own_marks",
    "with_particle",
]

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = ("NOUN", "PROPN", "SYM", "NUM")
Mark = tuple[Modality, Token]
"""How something is meant, and the word that shows it."""


def own_marks(token: Token, meant: Meant) -> Iterator[Mark]:
    auxiliaries = [child for child in token.children if base(child) == "aux"]
    known = [(meant.auxiliary[a.lemma_.lower()], a) for a in auxiliaries if a.lemma_.lower() in meant.auxiliary]
    if _comes_about(token, meant):
        known = [(Modality.EXPECTED if m is Modality.PROPOSED and a.lower_ == "should" else m, a) for m, a in known]
    called_for = any(modality is Modality.PROPOSED for modality, _ in known)
    if is_negated(token, meant) and not called_for:  # "should not" calls for something, too
        yield Modality.DENIED, token
    if any(_is_yet(token, child) for child in token.children):
        yield Modality.DENIED, token
    if is_called_for(token):
        yield Modality.PROPOSED, token
    yield from known
    yield from ((Modality.PLANNED, auxiliary) for auxiliary in auxiliaries if auxiliary.lower_ in ("'ll", "’ll"))
    yield from by_participle(token, meant)
    yield from _aimed(token, meant)
    yield from ((meant.adverb[c.lower_], c) for c in token.children if base(c) == "advmod" and c.lower_ in meant.adverb)
    if any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children):
        subjects = [child for child in token.children if child.dep_ == "nsubj" and child.pos_ == "NOUN"]
        lemmas = [(subject.lemma_.lower(), subject) for subject in subjects]
        yield from ((meant.governor[lemma], subject) for lemma, subject in lemmas if lemma in meant.governor)
    if _be_to(token) or _is_due(token) or _is_listed(token):
        yield Modality.PLANNED, token
    if any(child.dep_ == "mark" and child.lower_ in meant.condition for child in token.children):
        yield Modality.EXPECTED, token


def is_called_for(verb: Token) -> bool:
    """ "*Abolish* the levy", "*Let* the mills import": a verb without subject and helpers that opens its sentence."""
    plain = verb.tag_ in ("VB", "VBP", "VBG") and not verb.lower_.endswith("ing")  # taggers know few imperatives
    if verb.pos_ != "VERB" or not plain or verb.head.i != verb.i or not verb.text.istitle():
        return False
    bare = not any(base(child) in ("nsubj", "aux", "mark", "csubj", "expl") for child in verb.children)
    before = verb.doc[verb.sent.start : verb.i]
    return bare and not any(word.is_alpha for word in before) and any(base(child) == "obj" for child in verb.children)


def _aimed(token: Token, meant: Meant) -> Iterator[Mark]:
    """ "The *aim* is 40 plants", "the target remained 70 percent": what a plan's value is."""
    equates = any(base(child) == "cop" for child in token.children) or token.lemma_.lower() in meant.equating
    verb = token if equates else token.head
    if not equates and not (base(token) in ("obj", "xcomp", "obl") and verb.lemma_.lower() in meant.equating):
        return
    subjects = (child for child in verb.children if child.dep_ == "nsubj" and child.pos_ == "NOUN")
    yield from ((Modality.PLANNED, subject) for subject in subjects if subject.lemma_.lower() in meant.aims)


def by_participle(token: Token, meant: Meant) -> Iterator[Mark]:
    """ "The *planned* investment", "150 mines *targeted*", "a mill *meant* to export"."""
    if token.pos_ in _NOUNS:
        words = (child for child in token.children if base(child) in ("amod", "acl", "compound"))
        bare = (word for word in words if not any(base(c) in ("obj", "xcomp") for c in word.children))
        yield from ((meant.participle[word.lower_], word) for word in bare if word.lower_ in meant.participle)
    head = token.head
    participle = base(head) in ("acl", "amod") and head.tag_ == "VBN" and head.lemma_.lower() in meant.purpose
    if participle and base(token) in ("xcomp", "advcl", "ccomp"):
        yield Modality.PLANNED, head


def is_negated(token: Token, meant: Meant) -> bool:
    if token.lemma_.lower() in meant.bounds:
        return False  # "did not exceed 4 tons"
    own = (child for child in token.children if base(child) in ("advmod", "det", "cc"))
    if any(child.lower_ in meant.negation and not (_is_not_only(child, meant) or _counts(child)) for child in own):
        return True
    arguments = [child for child in token.children if base(child) in ("obj", "nsubj")]
    if any(_is_nothing(argument) for argument in arguments):
        return True
    determiners = (grand for child in arguments for grand in child.children if grand.dep_ == "det")
    return any(grand.lower_ == "no" and not _counts(grand) for grand in determiners)


def _is_nothing(argument: Token) -> bool:
    """ "*None* of the $4 million was paid", "*not a cent* of it was"."""
    first = argument.left_edge
    return argument.lower_ == "none" or first.doc[first.i : first.i + 2].text.lower() in ("not a", "not one")


def _is_not_only(negation: Token, meant: Meant) -> bool:
    after = negation.doc[negation.i + 1 : negation.i + 2].text.lower()
    return after in meant.not_only


def _counts(no: Token) -> bool:
    """Whether "no" or "not" only bounds a number: "no fewer than 40", "not more than 40"."""
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


def comes_to_nothing(token: Token, meant: Meant) -> bool:
    """Whether a verb with a particle says that the event came to nothing ("a request that was *turned down*")."""
    if with_particle(token, meant):
        return True
    if base(token) == "acl" and base(token.head) in ("nsubj", "obj") and with_particle(token.head.head, meant):
        return True  # "the deal that was to be signed was called off"
    told = [child for child in token.children if base(child) == "acl"]
    above = list(governors(token))[1:]
    while above and token.pos_ in _NOUNS and base(token) == "nmod":
        token, above = above[0], above[1:]
        told += [child for child in token.children if base(child) == "acl"]
    acted_on = base(token) in ("nsubj", "obj") and bool(above) and with_particle(above[0], meant)
    return acted_on or any(with_particle(clause, meant) for clause in told)


def with_particle(verb: Token, meant: Meant) -> bool:
    nouns = [child.lemma_.lower() for child in verb.children if base(child) in ("obl", "advmod")]
    return any(f"{verb.lemma_.lower()} {word}" in meant.denied_event for word in (*particles(verb), *nouns))


def is_finite(verb: Token) -> bool:
    """Whether a verb has a past or present form of its own, also with a helping verb ("is sold"), but not "will"."""
    words = (verb, *(child for child in verb.children if base(child) in ("aux", "cop")))
    return any(word.tag_ in _FINITE for word in words)


def is_asserted(clause: Token, *, past: bool = False) -> bool:
    """Whether a clause has a finite past or present of its own; ``past`` asks for the past alone."""
    words = [clause, *(child for child in clause.children if base(child) in ("aux", "cop"))]
    tags = {"VBD"} if past else _FINITE
    return any(word.tag_ in tags for word in words) and not any(word.tag_ == "MD" for word in words)
