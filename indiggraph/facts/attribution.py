"""Who says so: speech verbs and sources with the part of the sentence that they cover.

A statement covers the clause under its verb; what the sentence says outside of any such clause falls to the verb that
governs it or, where there is none, to the sentence's first statement.  A quotation that goes on without a speech verb
belongs to the speaker before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import arguments, base, governors, heads_of, is_passive
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Interval, Mention, ThingType

__all__ = ["Statement", "statements"]

_SPEAKERS = (ThingType.PERSON, ThingType.ORGANIZATION, ThingType.GROUP)
_QUOTES = '"“”'
_OPENING = ('"', "“")


@dataclass(frozen=True, slots=True)
class Statement:
    """A source in one sentence: the speech verb (``None`` for *according to*), speakers, carriers and its time."""

    verb: Token | None
    speakers: tuple[str, ...]
    carriers: tuple[str, ...]
    said_at: Interval | None

    def covers(self, token: Token) -> bool:
        """Whether the token lies in a clause under the speech verb."""
        return self.verb is not None and any(g.i == self.verb.i for g in governors(token))


def statements(views: Sequence[SentenceView], cues: Cues) -> list[list[Statement]]:
    """Return the statements of each sentence, in reading order."""
    found: list[list[Statement]] = []
    previous: Statement | None = None
    inside_quote = False
    for view in views:
        here = _of_sentence(view, cues)
        quoted = inside_quote or view.sentence.text.lstrip()[:1] in _OPENING
        if not here and quoted and previous is not None:
            here = [Statement(None, previous.speakers, (), None)]
        found.append(here)
        inside_quote = inside_quote != bool(sum(view.sentence.text.count(mark) for mark in _QUOTES) % 2)
        previous = next((s for s in reversed(here) if s.speakers), None)
    return found


def _of_sentence(view: SentenceView, cues: Cues) -> list[Statement]:
    found = []
    for token in view.sentence:
        statement = _by_verb(token, view, cues) or _by_source(token, view, cues)
        if statement is not None:
            found.append(statement)
    return found


def _by_verb(verb: Token, view: SentenceView, cues: Cues) -> Statement | None:
    if verb.pos_ != "VERB" or verb.dep_ in ("amod", "case") or verb.lemma_.lower() not in cues.speech_verbs:
        return None
    if not _has_content(verb, view, cues):
        return None
    lemma = verb.lemma_.lower()
    subjects = heads_of(verb, "subj") or (heads_of(verb, "obj") if is_passive(verb) else [])
    sources = [source for subject in subjects for source in _sources(subject, cues)]
    speakers = [m for token in sources if (m := _speaker(token, view)) is not None]
    addressees = [
        token
        for name, first in arguments(verb)
        if name in ("obj", "iobj", "to", "with") and lemma in cues.addressed
        for token in [first]
    ]
    carriers = [m for token in addressees if (m := _outlet(token, view)) is not None]
    if lemma in cues.carriers:
        carriers += [m for m in speakers if m.type is ThingType.NEWS_AGENCY]
    speakers = [m for m in speakers if m.type is not ThingType.NEWS_AGENCY]
    if not speakers and not carriers:
        return None
    return Statement(verb, _ids(speakers), _ids(carriers), _said_at(verb, view))


def _has_content(verb: Token, view: SentenceView, cues: Cues) -> bool:
    if verb.lemma_.lower() not in cues.needs_content:
        return True
    clause = any(base(child) in ("ccomp", "parataxis") for child in verb.children)
    clause = clause or (verb.lemma_.lower() == "put" and any(name == "at" for name, _ in arguments(verb)))
    clause = clause or any(head.lemma_.lower() in cues.content_nouns for head in heads_of(verb, "obj"))
    return clause or base(verb) == "parataxis" or (base(verb) in ("ROOT", "root", "conj") and _quoted(view))


def _quoted(view: SentenceView) -> bool:
    return any(mark in view.sentence.text for mark in _QUOTES)


def _by_source(token: Token, view: SentenceView, cues: Cues) -> Statement | None:
    """ "According to X": the preposition stands before the source's head noun."""
    if token.dep_ != "case":
        return None
    words = " ".join([token.lower_, *(child.lower_ for child in token.children if child.dep_ == "fixed")])
    if words not in cues.sources:
        return None
    noun = token.head
    owners = _sources(noun, cues)
    speakers = [m for owner in owners if (m := _speaker(owner, view)) is not None]
    outlets = [m for m in speakers if m.type is ThingType.NEWS_AGENCY]
    others = [m for m in speakers if m.type is not ThingType.NEWS_AGENCY]
    return Statement(None, _ids(others), _ids(outlets), None) if speakers else None


def _sources(noun: Token, cues: Cues) -> list[Token]:
    """Whose statement a noun names: "the ministry's figures", "a report by the bank", "data released by the bank"."""
    if noun.lemma_.lower() not in cues.statement_nouns:
        return [noun]
    owners = [head for name in ("poss", "by", "of", "from", "mod") for head in heads_of(noun, name)]
    return owners + [t for child in noun.children if base(child) == "acl" for t in heads_of(child, "subj")]


def _speaker(token: Token, view: SentenceView) -> Mention | None:
    """The person named in the noun phrase ("bank head X said"), else what the head itself mentions."""
    parts = [token, *(child for child in token.children if base(child) in ("flat", "appos", "nmod", "compound"))]
    people = [view.mention_at(part, (ThingType.PERSON,)) for part in parts if base(part) != "nmod" or not _cased(part)]
    named = [m for m in people if m is not None and m.form is Form.NAME]
    return named[0] if named else view.mention_at(token, _SPEAKERS)


def _cased(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def _outlet(token: Token, view: SentenceView) -> Mention | None:
    mention = view.mention_at(token, (ThingType.ORGANIZATION,))
    return mention if mention is not None and mention.type is ThingType.NEWS_AGENCY else None


def _said_at(verb: Token, view: SentenceView) -> Interval | None:
    """A time that hangs on the speech verb itself ("In spring X announced that ..."); a deadline never does."""
    for value in view.values:
        if isinstance(value, Interval) and not (value.first is None and value.last is not None):
            path = list(governors(view.value_roots[value.span]))
            first_verb = next((g for g in path if g.pos_ in ("VERB", "AUX")), None)
            if first_verb is not None and (first_verb.i == verb.i or _frames(value, first_verb, verb)):
                return value
    return None


def _frames(value: Interval, clause: Token, verb: Token) -> bool:
    """ "Then in 2008, when prices rose, X said": the time before "when" is the main clause's."""
    if base(clause) != "advcl" or clause.head.i != verb.i or clause.i > verb.i:
        return False
    return any(child.lower_ == "when" and child.idx > value.span.end for child in clause.children)


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.id for m in mentions))
