"""Puts right what parsers are known to get wrong, where the words of the sentence leave no other reading.

Trees are those of UD (Universal Dependencies); what is not certain stays as the parser has it.  Words of
rules are data: `indiggraph/data/trees.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from indiggraph.resources import data_path, load_word_lists

__all__ = ["mended"]

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "SYM", "NUM"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_ASKING = frozenset({"WP", "WDT", "WP$", "WRB"})
_PERIODS = frozenset({"year", "month", "quarter", "week", "day"})
_HYPHENS = frozenset({"-", "‐", "‑", "–"})
_NEXT_CLAUSE = frozenset({"conj", "parataxis"})
_MULTIPLIED = {
    "doubled": "double",
    "tripled": "triple",
    "trebled": "treble",
    "quadrupled": "quadruple",
    "halved": "halve",
}


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of `trees.yaml`; its comments say what each means."""

    by_themselves: frozenset[str]
    moving: frozenset[str]
    bidding: frozenset[str]


def mended(doc: Doc) -> Doc:
    """Return the doc, its trees mended in place."""
    for token in doc:
        if token.dep_ in _NEXT_CLAUSE and not _has_subject(token):
            _give_subject(token)
        if _is_predicate(token):
            _give_predicate(token.head, token)
        if _is_authors(token):
            token.dep_ = "nmod"
        if _is_relative_to_next(token):
            token.head = token.left_edge.nbor(-1)
        if token.lower_ in ("which", "whom") and (part := _part_of(token)) is not None:
            _give_part(part, token)
        if _is_before_gerund(token):
            _mark_gerund(token, token.nbor(1))
        if _is_multiplied(token):
            _give_clause(token)
        if token.dep_ == "nsubj:pass" and _goes_by_itself(token.head):
            token.dep_, token.head.tag_ = "nsubj", "VBD"
        if _is_to_lower(token):
            _make_infinitive(token)
        if _is_moved(token):
            _give_particle(token, token.nbor(-1))
        if _begins_comparison(token):
            _subordinate(token, token.nbor(-1))
    return doc


def _is_predicate(token: Token) -> bool:
    """Whether a verb with a helping verb hangs on the noun right before it: "Clause 9 of the draft *would cut* fees".

    A relative clause would have a pronoun or a subject of its own.
    """
    if any(child.tag_ in _ASKING or child.lower_ == "that" for child in token.subtree if child.i < token.i):
        return False
    if (
        token.dep_ not in ("appos", "acl:relcl")
        or token.pos_ != "VERB"
        or token.head.pos_ != "NOUN"
        or _has_subject(token)
    ):
        return False
    helping = [child for child in token.children if child.dep_.startswith("aux") and child.i < token.i]
    if not any(child.tag_ in _FINITE for child in helping):
        return False
    between = token.doc[token.head.i + 1 : min(child.i for child in helping)]
    return not any(word.is_punct for word in between)


def _give_predicate(noun: Token, verb: Token) -> None:
    """Make a verb the head of the noun that it hung on."""
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    verb.head, verb.dep_ = (verb if noun.head.i == noun.i else noun.head), noun.dep_
    noun.head, noun.dep_ = verb, "nsubj:pass" if passive else "nsubj"


def _is_authors(token: Token) -> bool:
    """Whether "by X" hangs on a noun as its conjunct: "two bids, *by X* and by Y" joins no bid with X."""
    if token.dep_ != "conj" or token.pos_ not in _NOMINAL or token.head.pos_ not in _NOMINAL:
        return False
    marks = [child.lower_ for child in token.children if child.dep_ in ("case", "cc") and child.i < token.i]
    return marks == ["by"] and not any(child.dep_ == "case" and child.lower_ == "by" for child in token.head.children)


def _is_relative_to_next(token: Token) -> bool:
    """Whether "from which ..." hangs on a noun further up than the one right before it ("a deal on a *fund*")."""
    first = token.left_edge
    if token.dep_ != "acl:relcl" or first.is_sent_start or first.dep_ != "case" or first.head.lower_ != "which":
        return False
    before = first.nbor(-1)
    return before.pos_ == "NOUN" and before.i != token.head.i and any(up.i == token.head.i for up in before.ancestors)


def _part_of(pronoun: Token) -> Token | None:
    """The noun or figure that is taken out of something: "5 tons *of which*"."""
    of = pronoun.i > 0 and pronoun.nbor(-1).lower_ == "of" and pronoun.nbor(-1).head.i == pronoun.i
    part = pronoun.head
    return part if of and part.dep_ in ("appos", "nmod", "obl", "dep") and part.i < pronoun.i else None


def _give_part(part: Token, pronoun: Token) -> None:
    """Make a part the subject of the clause right behind its pronoun: "9 tons, *4 tons of which* were sold"."""
    above = part.head
    for verb in (child for head in (part, above) for child in head.children if child.dep_ == "acl:relcl"):
        finite = _finite_verb(verb)
        if finite is not None and finite.i == pronoun.i + 1 and not _has_subject(verb):
            passive = any(child.dep_ == "aux:pass" for child in verb.children)
            verb.head = above
            part.head, part.dep_ = verb, "nsubj:pass" if passive else "nsubj"
            return


def _is_before_gerund(token: Token) -> bool:
    """Whether a preposition that hangs on a later noun stands right before a gerund, whose arc it then crosses."""
    if token.dep_ != "case" or token.head.i < token.i + 2:
        return False
    gerund, noun = token.nbor(1), token.head
    return (
        noun.head.i != noun.i
        and gerund.tag_ == "VBG"
        and gerund.i < noun.i
        and gerund.dep_ == "advcl"
        and gerund.head.i == noun.head.i
    )


def _mark_gerund(preposition: Token, gerund: Token) -> None:
    """Give a gerund the preposition before it and the noun behind it: "deals were signed *for making pumps*"."""
    noun = preposition.head
    preposition.head, preposition.dep_ = gerund, "mark"
    if not any(child.dep_ == "obj" for child in gerund.children):
        noun.head, noun.dep_ = gerund, "obj"


def _goes_by_itself(verb: Token) -> bool:
    """Whether a verb that nobody does has no helping verb: "sales *tailed* off by 12 percent" is no passive."""
    if verb.tag_ != "VBN" or verb.dep_ in ("acl", "amod") or verb.lemma_.lower() not in _lists().by_themselves:
        return False
    return not any(child.dep_.startswith("aux") for child in verb.children)


def _is_multiplied(token: Token) -> bool:
    """Whether "more than doubled" stands behind a noun and has none: parsers may take another word for the head."""
    if token.lower_ not in _MULTIPLIED or token.i < token.sent.start + 3 or _has_subject(token):
        return False
    words = [word.lower_ for word in token.doc[token.i - 2 : token.i]]
    if words != ["more", "than"]:
        return False
    noun, above = _noun_before(token), [up.i for up in list(token.ancestors)[:2]]
    said = noun.dep_ == "obj" and noun.head.i == token.head.i  # "said its *turnover* more than doubled"
    return said or bool({token.i - 2, noun.i} & set(above))


def _noun_before(verb: Token) -> Token:
    """The head of the noun phrase that ends before "more than doubled"."""
    noun = verb.nbor(-3)
    while noun.head.i < noun.i and noun.head.pos_ in _NOMINAL:
        noun = noun.head
    while noun.dep_ in ("compound", "amod") and noun.head.i > noun.i and noun.head.i < verb.i - 2:
        noun = noun.head
    return noun


def _give_clause(verb: Token) -> None:
    """Make "more than doubled" the verb of the noun before it."""
    noun, more, than = _noun_before(verb), verb.nbor(-2), verb.nbor(-1)
    three = {noun.i, more.i, verb.i}
    top = next((token for token in (verb, noun, more) if token.head.i == token.i or token.head.i not in three), verb)
    head, label = top.head, top.dep_
    verb.head, verb.dep_ = (verb if head.i == top.i else head), label
    noun.head, noun.dep_ = verb, "nsubj"
    more.head, more.dep_ = verb, "advmod"
    than.head, than.dep_ = more, "fixed"
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VBD", _MULTIPLIED[verb.lower_]
    if noun.pos_ == "VERB":
        noun.pos_, noun.tag_ = "NOUN", "NN"


def _is_to_lower(token: Token) -> bool:
    """Whether "to lower" is an infinitive that was taken for a comparative: "told banks *to lower* their rates".

    Behind words that take an infinitive; elsewhere ("led *to lower* rates") the adjective stands.
    """
    noun = token.head
    if (
        token.lower_ != "lower"
        or token.dep_ != "amod"
        or token.i < 2
        or noun.dep_ not in ("obl", "nmod", "obj", "advcl")
    ):
        return False
    to = token.nbor(-1)
    marked = to.lower_ == "to" and to.head.i == noun.i and noun.i > token.i
    return marked and noun.head.lemma_.lower() in _lists().bidding


def _make_infinitive(token: Token) -> None:
    """Make the adjective a verb, the noun behind it its object."""
    noun, to = token.head, token.nbor(-1)
    above = noun.head
    token.head, token.dep_ = above, "acl" if above.pos_ == "NOUN" else "xcomp"
    token.pos_, token.tag_, token.lemma_ = "VERB", "VB", "lower"
    noun.head, noun.dep_ = token, "obj"
    to.head, to.dep_, to.pos_, to.tag_ = token, "mark", "PART", "TO"


def _is_moved(token: Token) -> bool:
    """Whether "gone *up* to 48 percent" was read as a bound ("up to 48 percent")."""
    if token.lower_ not in ("up", "down") or token.i <= token.sent.start or token.i + 1 >= token.sent.end:
        return False
    verb, to = token.nbor(-1), token.nbor(1)
    bound = to.lower_ == "to" and to.head.i == token.i and to.dep_ == "fixed" and token.head.i > to.i
    return bound and verb.pos_ == "VERB" and verb.lemma_.lower() in _lists().moving


def _give_particle(particle: Token, verb: Token) -> None:
    """Make the word the verb's particle, the "to" behind it the preposition of the value."""
    value, to = particle.head, particle.nbor(1)
    particle.head, particle.dep_ = verb, "compound:prt"
    to.head, to.dep_ = value, "case"


def _begins_comparison(token: Token) -> bool:
    """Whether a noun stands before "year on year" or the like, whose first word this is."""
    lemma = token.lemma_.lower()
    if lemma not in _PERIODS or token.is_sent_start or token.nbor(-1).pos_ != "NOUN":
        return False
    words = [t.lemma_.lower() for t in token.doc[token.i + 1 : token.i + 5] if t.text not in _HYPHENS]
    return len(words) > 1 and words[0] in ("on", "over") and words[1] == lemma


def _subordinate(period: Token, noun: Token) -> None:
    """Hang a comparison on the noun before it; in "a growth year on year" parsers may take the noun for a modifier."""
    if noun.head.i not in (period.i, period.head.i):
        return
    left = [child for child in period.children if child.i < noun.i]
    if noun.head.i == period.i:
        noun.dep_ = period.dep_
        noun.head = noun if period.head.i == period.i else period.head
    for child in left:
        child.head = noun
    period.head = noun
    period.dep_ = "nmod:unmarked"


def _give_subject(predicate: Token) -> None:
    """Make what stands alone between "and" and a finite verb the verb's subject.

    In "A is the share of X and *B* is the share of Y" parsers may take B for one more conjunct of X.
    """
    verb = _finite_verb(predicate)
    subject = None if verb is None else _conjunct_before(verb, predicate)
    if subject is None:
        return
    passive = any(child.dep_ == "aux:pass" for child in predicate.children)
    subject.head = predicate
    subject.dep_ = "nsubj:pass" if passive else "nsubj"


def _has_subject(predicate: Token) -> bool:
    return any(child.dep_.startswith(("nsubj", "csubj", "expl")) for child in predicate.children)


def _finite_verb(predicate: Token) -> Token | None:
    """The predicate's first finite auxiliary or copula, or the predicate itself."""
    own = [child for child in predicate.children if child.dep_.startswith(("aux", "cop")) and child.i < predicate.i]
    return next((token for token in (*own, predicate) if token.tag_ in _FINITE), None)


def _conjunct_before(verb: Token, predicate: Token) -> Token | None:
    """The conjunct that fills all between a conjunction and a verb."""
    if verb.is_sent_start:
        return None
    last = verb.nbor(-1)
    for token in (last, *last.ancestors):
        if token.right_edge.i != last.i or token.i == predicate.i:
            return None
        if token.dep_ == "conj" and token.pos_ in _NOMINAL and token.tag_ not in _ASKING:
            return token if _is_introduced(token, predicate) else None
    return None


def _is_introduced(conjunct: Token, predicate: Token) -> bool:
    """Whether the one conjunction before them, wherever it hangs, stands right before the conjunct."""
    joining = [token for head in (conjunct, predicate) for token in head.children if token.dep_ == "cc"]
    own = [t for t in conjunct.subtree if not t.is_punct and (t.head.i != conjunct.i or t.dep_ != "cc")]
    return [token.i + 1 for token in joining if token.i < conjunct.i] == [own[0].i]


@cache
def _lists() -> _Lists:
    return _Lists(**load_word_lists(data_path("trees.yaml"), _Lists.__slots__))
