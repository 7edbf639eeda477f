"""Who says so: speech verbs and sources with the part of the sentence that they cover.

A statement covers the clause under its verb; what the sentence says outside of any such clause falls to its first
statement that reaches there.  What stands in a quotation without a speech verb of its own belongs to whoever is named
as its speaker where it ends or begins, else to the last speaker before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from indiggraph.facts.cues import Cues, Speech
from indiggraph.facts.quotations import is_quoted, quotations
from indiggraph.facts.speakers import (
    carried_by,
    is_described_outlet,
    is_inverted,
    is_text,
    outlet_of,
    source_at_end,
    sources_of,
    speaker_of,
    subject_beside,
)
from indiggraph.facts.syntax import arguments, base, governors, heads_of, is_passive
from indiggraph.facts.view import SentenceView
from indiggraph.model import Interval, Mention, Span, ThingType

__all__ = ["Statement", "statement_of", "statements"]

_CLAUSES = ("ccomp", "parataxis")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "that"})
_SUBORDINATE = _RELATIVE | {"as", "when", "while", "after", "before", "since", "because", "if"}
_ASIDE = frozenset({",", "”", '"', "—", "–", "-", "."})
_MEMORY = 4
"""Sentences after which a quotation without a speaker belongs to nobody."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A source in one sentence: the speech verb (``None`` for *according to*), speakers, carriers and its time.

    ``reach`` is the token whose clause bounds it, ``None`` for all of the sentence; ``binds`` says that the content is
    what the speaker undertakes ("pledged to", "wants to"), which nobody needs to be said to state.
    """

    verb: Token | None
    speakers: tuple[str, ...]
    carriers: tuple[str, ...]
    said_at: Interval | None
    reach: Token | None = None
    binds: bool = False
    wishes: bool = False
    """Whether the verb tells what its subject wants or promises rather than what is so."""
    beside: tuple[Token, ...] = ()
    """Heads of clauses that hang on the verb but are told by the text: "..., X said, days after Y had closed"."""
    how: str = "by “{}”"
    """How the source is told, with a place for the verb."""

    def covers(self, token: Token) -> bool:
        """Whether the token lies in a clause under the speech verb."""
        return self.verb is not None and self.reaches(token) and any(g.i == self.verb.i for g in governors(token))

    def reaches(self, token: Token) -> bool:
        """Whether the token may belong to the statement though it stands outside of the verb's clause."""
        above = {g.i for g in governors(token)}
        return (self.reach is None or self.reach.i in above) and not any(head.i in above for head in self.beside)


def statement_of(anchor: Token, said: Sequence[Statement]) -> Statement | None:
    """Return the statement of one sentence that an event belongs to, with the sentence's carriers.

    A carrier named anywhere in the sentence carries all of it; a statement without speaker takes the sentence's.
    """
    covering = [s for s in said if s.covers(anchor) and s.verb is not None and s.verb.i != anchor.i]
    found = max(covering, key=_depth) if covering else next((s for s in said if s.reaches(anchor)), None)
    if found is None:
        return None
    found = _told_by(found, said)
    carriers = tuple(dict.fromkeys(c for s in said for c in s.carriers))
    speakers = found.speakers or next((s.speakers for s in said if s.speakers), ())
    return replace(found, carriers=carriers, speakers=speakers)


def _told_by(found: Statement, said: Sequence[Statement]) -> Statement:
    """Who tells of another's wish or promise states it: "according to her, the state had pledged $3 million"."""
    wisher = found.verb
    if wisher is None or not found.wishes:
        return found
    around = [s for s in said if s.speakers and not s.wishes and s.speakers != found.speakers and s.reaches(wisher)]
    outer = [s for s in around if s.verb is None or s.covers(wisher) or s.reach is None]
    return outer[0] if outer else found


def _depth(statement: Statement) -> int:
    return 0 if statement.verb is None else sum(1 for _ in governors(statement.verb))


def statements(views: Sequence[SentenceView], cues: Cues) -> list[list[Statement]]:
    """Return the statements of each sentence, in reading order."""
    found: list[list[Statement]] = []
    outlet: str | None = None
    for view in views:
        here = _of_sentence(view, cues.speech, outlet)
        outlet = next((c for s in reversed(here) for c in s.carriers), outlet)
        found.append(here)
    _speak_quotes(views, found)
    return found


def _of_sentence(view: SentenceView, speech: Speech, outlet: str | None) -> list[Statement]:
    found = []
    for token in view.sentence:
        statement = _by_verb(token, view, speech, outlet) or _by_source(token, view, speech)
        if statement is not None:
            found.append(statement)
    if not any(statement.speakers for statement in found) and (source := source_at_end(view, speech)) is not None:
        found.append(_as_source([source]))
    carriers = carried_by(view, speech, outlet)
    return found if not carriers else [*found, Statement(None, (), carriers, None, how="as its carrier")]


# ---- quotations over several sentences ---------------------------------------------------------------------------


def _speak_quotes(views: Sequence[SentenceView], found: list[list[Statement]]) -> None:
    """Give sentences inside a quotation that have no statement the one of the quotation."""
    own = [next((s for s in here if s.speakers), None) for here in found]
    for quote in quotations(views[0].sentence.doc.text) if views else ():
        inside = [k for k, view in enumerate(views) if view.span.overlaps(quote)]
        speaker = _speaker_of_quote(quote, inside, own) if inside else None
        for k in inside:
            if not found[k] and speaker is not None:
                spoken = Statement(None, speaker.speakers, (), None, how="as the speaker of the quotation")
                own[k], found[k] = spoken, [spoken]


def _speaker_of_quote(quote: Span, inside: Sequence[int], own: Sequence[Statement | None]) -> Statement | None:
    """The speaker told where the quotation ends or begins, else the last one before it."""
    for k in (inside[-1], inside[0]):
        told = own[k]
        if told is not None and (told.verb is None or not quote.covers(Span(told.verb.idx, told.verb.idx + 1))):
            return told
    before = [statement for k in range(max(inside[0] - _MEMORY, 0), inside[0]) if (statement := own[k]) is not None]
    return before[-1] if before else None


# ---- speech verbs --------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, view: SentenceView, speech: Speech, outlet: str | None) -> Statement | None:
    lemma = _name(verb, speech)
    if verb.pos_ != "VERB" or verb.dep_ in ("amod", "case") or lemma not in speech.verbs | speech.phrasal:
        return None
    if not _has_content(verb, lemma, view, speech):
        return None
    speakers = _subjects(verb, lemma, view, speech)
    carriers = [m.id for token in _addressees(verb, lemma, speech) if (m := outlet_of(token, view, speech)) is not None]
    if lemma in speech.carriers:
        carriers += [m.id for m in speakers if m.type is ThingType.NEWS_AGENCY]
        described = [m for m in speakers if outlet is not None and is_described_outlet(m, speech)]
        carriers += [outlet] * bool(described) if outlet is not None else []
        speakers = [m for m in speakers if m not in described]
    speakers = [m for m in speakers if m.type is not ThingType.NEWS_AGENCY]
    if not speakers and not carriers:
        return None
    return Statement(
        verb,
        _ids(speakers),
        tuple(dict.fromkeys(carriers)),
        None if _is_wish(verb, lemma, view, speech) else _said_at(verb, view),
        _reach(verb, lemma, view, speech),
        lemma not in speech.announcing and not _has_clause(verb) and not is_quoted(view),
        lemma in speech.wishes | speech.promises,
        tuple(token for token in view.sentence if _is_beside(token, verb, speech)),
    )


def _name(verb: Token, speech: Speech) -> str:
    """The verb's lemma, with a particle or adverb where both together are a verb of speech ("go on")."""
    particles = (c.lower_ for c in verb.children if c.dep_ == "compound:prt" or base(c) in ("advmod", "xcomp"))
    phrasal = (f"{verb.lemma_.lower()} {particle}" for particle in particles)
    return next((name for name in phrasal if name in speech.phrasal), verb.lemma_.lower())


def _subjects(verb: Token, lemma: str, view: SentenceView, speech: Speech) -> list[Mention]:
    """Who speaks: the subject, of "quote" the object; where the tree gives none, who stands beside the verb."""
    finite = _finite(verb, speech)
    as_said = finite.i != verb.i and finite.lemma_.lower() in speech.quoting  # "quoted X as saying": X says
    heads = heads_of(finite, "obj" if as_said else "subj")
    found = [m for head in heads for source in sources_of(head, speech) if (m := speaker_of(source, view, speech))]
    if lemma in speech.quoting:  # who is quoted speaks, and not who quotes
        quoted = [m for head in heads_of(verb, "obj") if (m := speaker_of(head, view, speech))]
        found = [*quoted, *(m for m in found if not quoted or m.type is ThingType.NEWS_AGENCY)]
    if found or is_passive(verb) or any(is_text(head, speech) for head in heads) or verb.tag_ not in _FINITE:
        return found
    beside = subject_beside(verb, view)
    return [beside] if beside is not None else []


def _finite(verb: Token, speech: Speech) -> Token:
    """The verb itself; of "adding" and "noting" that of the statement that they go on with."""
    if verb.tag_ != "VBG" or base(verb) != "advcl" or speech.quoting & {verb.lemma_.lower()}:
        return verb
    above = (g for g in list(governors(verb))[1:] if g.pos_ == "VERB" and g.tag_ in _FINITE)
    return next((g for g in above if g.lemma_.lower() in speech.verbs and heads_of(g, "subj")), verb)


def _addressees(verb: Token, lemma: str, speech: Speech) -> Iterator[Token]:
    if lemma in speech.addressed:
        yield from (token for name, token in arguments(verb) if name in ("obj", "iobj", "to", "with"))


def _has_content(verb: Token, lemma: str, view: SentenceView, speech: Speech) -> bool:
    if lemma not in speech.needs_content:
        return True
    functions = {name for name, _ in arguments(verb)}
    if "obj" in functions and any(is_text(head, speech) for head in heads_of(verb, "subj")):
        return True  # "data show the index rose": trees may take "the index" for all that is shown
    as_told = any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)  # "as reported by X"
    if lemma == "put":
        return as_told or "at" in functions
    alone = is_inverted(verb, view) or ("obj" not in functions and base(verb) == "parataxis")
    if _has_clause(verb) or alone or _is_aside(verb) or as_told:
        return True
    if lemma in speech.quoting and "obj" in functions:
        return True
    if any(head.lemma_.lower() in speech.content_nouns for head in heads_of(verb, "obj")):
        return True
    if lemma in speech.wishes and functions & {"obj", "for", "comp", "purpose"}:
        return True
    return base(verb) in ("ROOT", "root", "conj") and is_quoted(view)


def _has_clause(verb: Token) -> bool:
    return any(base(child) in _CLAUSES for child in verb.children)


def _is_aside(verb: Token) -> bool:
    """Whether a subject and its verb stand alone between commas or at the end: "..., he went on, ..."."""
    doc = verb.doc
    subjects = [child for child in verb.children if base(child) == "nsubj" and child.i < verb.i]
    if not subjects or subjects[-1].lower_ in _RELATIVE:
        return False
    first = min(token.i for token in subjects[-1].subtree if not token.is_punct)
    last = max((child.i for child in verb.children if child.dep_ == "compound:prt"), default=verb.i)
    return first > verb.sent.start and doc[first - 1].text in _ASIDE and doc[last + 1 : last + 2].text in _ASIDE


def _reach(verb: Token, lemma: str, view: SentenceView, speech: Speech) -> Token | None:
    """The token whose clause bounds the statement, where it is not all of the sentence.

    Relative clauses, participles and second predicates ("opened the plant and said ...") speak for themselves, "as X
    put it" for the clause around it, wishes for what is wished.
    """
    if _is_aside(verb):
        return None
    for governor in governors(verb):
        between = governor.doc[governor.head.i + 1 : governor.i]
        if governor.dep_ == "acl:relcl" and any(token.lower_ in _RELATIVE for token in between):
            return governor.head if _is_as(verb) else governor
    if _is_as(verb):
        return verb.head
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    participle = base(verb) in ("advcl", "acl") and (verb.tag_ == "VBG" or bool(marks & speech.beside))
    second = base(verb) == "conj" and any(base(child) in _CLAUSES and child.i > verb.i for child in verb.children)
    alone = verb.head.lemma_.lower() not in speech.verbs
    wished = _is_wish(verb, lemma, view, speech)
    return verb if wished or ((participle or second) and alone) else None


def _is_wish(verb: Token, lemma: str, view: SentenceView, speech: Speech) -> bool:
    """Whether the content is what an infinitive or a noun names ("wants firms to hire"): a time there is its own."""
    return lemma in speech.wishes and not _has_clause(verb) and not is_quoted(view)


def _is_as(verb: Token) -> bool:
    """ "As X told the session"."""
    return base(verb) == "advcl" and any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)


def _is_beside(token: Token, verb: Token, speech: Speech) -> bool:
    """Whether a clause behind a statement is told by the text: "..., X said, days after Y had closed"."""
    if base(token) not in ("advcl", "ccomp", "parataxis") or not token.head.i <= verb.i < token.i:
        return False
    told = any(base(child) in _CLAUSES and child.i < verb.i for child in verb.children) or base(verb) == "parataxis"
    return told and any(mark.dep_ == "mark" and mark.lower_ in speech.beside for mark in token.children)


# ---- sources -------------------------------------------------------------------------------------------------------


def _by_source(token: Token, view: SentenceView, speech: Speech) -> Statement | None:
    """ "According to X", "in her view": the preposition stands before the source's head noun."""
    on = token.lower_ == "on" and token.i > 0 and token.nbor(-1).lower_ == "based"
    if token.dep_ != "case":
        return None
    words = " ".join([token.lower_, *(child.lower_ for child in token.children if child.dep_ == "fixed")])
    noun = token.head
    if words in speech.sources or (on and is_text(noun, speech)):
        owners = sources_of(noun, speech)
    elif words in speech.opinion_prepositions and noun.lemma_.lower() in speech.opinions:
        owners = heads_of(noun, "poss")
    else:
        return None
    speakers = [m for owner in owners if (m := speaker_of(owner, view, speech)) is not None]
    return _as_source(speakers) if speakers else None


def _as_source(speakers: Sequence[Mention]) -> Statement:
    outlets = [m for m in speakers if m.type is ThingType.NEWS_AGENCY]
    others = [m for m in speakers if m.type is not ThingType.NEWS_AGENCY]
    return Statement(None, _ids(others), _ids(outlets), None, how="as its source")


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.id for m in mentions))


def _said_at(verb: Token, view: SentenceView) -> Interval | None:
    """A time that hangs on the speech verb itself ("In spring X announced that ..."); a deadline never does.

    What stands behind a verb that ends its sentence is its time, what stands in the clause before it is not, wherever
    the tree hangs them.
    """
    ends = _content_precedes(verb)
    for value in view.values:
        if not isinstance(value, Interval) or (value.first is None and value.last is not None):
            continue
        path = list(governors(view.value_roots[value.span]))
        if ends:
            if value.span.start > verb.idx and not any(base(g) in (*_CLAUSES, "advcl") and g.i > verb.i for g in path):
                return value
            continue
        if _follows(value, verb):
            return value
        first_verb = next((g for g in path if g.pos_ in ("VERB", "AUX") or base(g) in _CLAUSES), None)
        if first_verb is not None and (first_verb.i == verb.i or _frames(value, first_verb, verb)):
            return value
    return None


def _follows(value: Interval, verb: Token) -> bool:
    """Whether a day or week stands right behind the verb: "said *last week* the ministry had ..."."""
    end = verb.idx + len(verb.text)
    if value.span.start <= end or value.precision not in ("day", "week"):
        return False
    return verb.doc.text[end : value.span.start].strip().lower() in ("", "on", "late", "early", "back")


def _content_precedes(verb: Token) -> bool:
    """Whether what is said stands before the verb, and only who, when and where behind it.

    A finite verb that the tree hangs on a noun of the clause before it without a relative pronoun is such a one, too.
    """
    clauses = [child for child in verb.children if base(child) in _CLAUSES]
    between = verb.doc[verb.head.i + 1 : verb.i]
    hung = base(verb) == "parataxis" or (base(verb) in ("acl", "advcl") and verb.tag_ == "VBD")
    behind = hung and verb.head.i < verb.i and not any(token.lower_ in _SUBORDINATE for token in between)
    return (behind or any(child.i < verb.i for child in clauses)) and not any(child.i > verb.i for child in clauses)


def _frames(value: Interval, clause: Token, verb: Token) -> bool:
    """ "Then in 2008, when prices rose, X said": the time before "when" is the main clause's."""
    if base(clause) != "advcl" or clause.head.i != verb.i or clause.i > verb.i:
        return False
    return any(child.lower_ == "when" and child.idx > value.span.end for child in clause.children)
