"""Who says so without a speech verb: "according to X", "X is of the opinion that", "a claim by X that", "X: ..."."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from indiggraph.facts.cues import Speech
from indiggraph.facts.speakers import is_definite, is_text, owned_by, sources_of, speaker_at, speaker_of
from indiggraph.facts.statements import Statement, Told
from indiggraph.facts.syntax import base, heads_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, ThingType

__all__ = ["as_source", "by_claim", "by_label", "by_mind", "by_source", "ids_of"]

_OF = frozenset({"of"})


def by_mind(noun: Token, view: SentenceView, speech: Speech) -> Statement | None:
    """ "X *is of the opinion* that ...", "X *is confident* that ..."."""
    if noun.lemma_.lower() not in speech.minds or not any(c.dep_ in ("cop", "aux:pass") for c in noun.children):
        return None
    held = noun.pos_ != "NOUN" or any(child.dep_ == "case" and child.lower_ == "of" for child in noun.children)
    clauses = [child for child in noun.children if base(child) in ("ccomp", "acl", "advcl") and child.i > noun.i]
    if not held or not any(child.dep_ in ("mark", "nsubj", "nsubj:pass") for c in clauses for child in c.children):
        return None
    found = [m for head in heads_of(noun, "subj") if (m := speaker_of(head, view, speech)) is not None]
    return Statement(noun, ids_of(found), (), None, noun) if found else None


def by_claim(noun: Token, view: SentenceView, speech: Speech) -> Statement | None:
    """ "A *claim* by X that ...", "X's *estimate* is that ..."."""
    if noun.lemma_.lower() not in speech.claims or noun.pos_ != "NOUN":
        return None
    predicate = noun.head if noun.dep_ == "nsubj:outer" else noun
    clauses = [noun.head] if noun.dep_ == "nsubj:outer" else [c for c in noun.children if base(c) in ("acl", "ccomp")]
    if not any(child.dep_ == "mark" and child.lower_ == "that" for clause in clauses for child in clause.children):
        return None
    owners = [head for name in ("poss", "by", "of", "from") for head in heads_of(noun, name)]
    found = [m for owner in owners if (m := speaker_of(owner, view, speech)) is not None]
    return Statement(predicate, ids_of(found), (), None, predicate) if found else None


def by_label(view: SentenceView) -> Statement | None:
    """Who stands alone before a colon at the beginning: "Chief executive X: ..."."""
    words = [token for token in view.sentence if not token.is_space]
    colon = next((k for k, token in enumerate(words) if token.text == ":"), 0)
    if not colon or any(token.pos_ in ("VERB", "AUX") or token.is_punct for token in words[:colon]):
        return None
    last = words[colon - 1]
    people = (m for m in view.mentions if m.type is ThingType.PERSON and m.form is Form.NAME)
    named = [m for m in people if m.span.end == last.idx + len(last.text)]
    return Statement(None, ids_of(named), (), None, how="before a colon") if named else None


def by_source(token: Token, view: SentenceView, speech: Speech, told: Told) -> Statement | None:
    """ "According to X", "in her view": the preposition stands before the source's head noun."""
    on = token.lower_ == "on" and token.i > 0 and token.nbor(-1).lower_ == "based"
    if token.dep_ != "case":
        return None
    words = " ".join([token.lower_, *(child.lower_ for child in token.children if child.dep_ == "fixed")])
    noun = token.head
    while noun.dep_ == "nmod:desc":  # "according to *Commissioner* X"
        noun = noun.head
    written = is_text(noun, speech)
    if (
        words in speech.sources
        or (on and written)
        or (words in speech.scant_sources and _is_known(noun, written, view))
    ):
        owners = sources_of(noun, speech)
    elif words in speech.opinion_prepositions and noun.lemma_.lower() in speech.opinions:
        owners = heads_of(noun, "poss") or (owned_by(noun, _OF) if words in ("by", "in") else [])
    else:
        return None
    if written and is_definite(noun) and told.writers:
        return Statement(None, told.writers, (), None, written=True, how="as its source")
    speakers = [m for owner in owners if (m := speaker_of(owner, view, speech)) is not None]
    return as_source(speakers, written=written) if speakers else None


def _is_known(noun: Token, written: bool, view: SentenceView) -> bool:
    """Whether a noun is a text, a name or something definite."""
    mention = speaker_at(noun, view)
    return written or (mention is not None and (mention.form is Form.NAME or mention.definite))


def as_source(speakers: Sequence[Mention], *, written: bool) -> Statement:
    outlets = [m for m in speakers if m.type is ThingType.NEWS_AGENCY]
    others = [m for m in speakers if m.type is not ThingType.NEWS_AGENCY]
    return Statement(None, ids_of(others), ids_of(outlets), None, written=written, how="as its source")


def ids_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.id for m in mentions))
