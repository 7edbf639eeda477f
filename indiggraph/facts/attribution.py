"""Who says so: speech verbs and sources with the part of the sentence that they cover.

A statement covers the clause under its verb; what the sentence says outside of any such clause falls to its first
statement that reaches there.  What belongs to a statement of another sentence is for
:mod:`indiggraph.facts.passages` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Speech
from indiggraph.facts.quotations import is_quoted
from indiggraph.facts.sources import as_source, by_claim, by_label, by_mind, by_source, ids_of
from indiggraph.facts.speakers import (
    body_before,
    bracketed_source,
    carried_by,
    is_definite,
    is_described_outlet,
    is_inverted,
    is_known_outlet,
    is_text,
    outlet_of,
    source_at_end,
    sources_of,
    speaker_of,
    subject_beside,
)
from indiggraph.facts.statements import Statement, Told
from indiggraph.facts.syntax import arguments, base, governors, heads_of, is_passive
from indiggraph.facts.view import SentenceView
from indiggraph.model import Interval, Mention, ThingType

__all__ = ["statements_in"]

_CLAUSES = ("ccomp", "parataxis")
_PRESENT = frozenset({"VBZ", "VBP"})
_BODY_AGAIN = frozenset({"it", "they"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "that"})
_SUBORDINATE = _RELATIVE | {"as", "when", "while", "after", "before", "since", "because", "if"}
_ASIDE = frozenset({",", "”", '"', "—", "–", "-", "."})


def statements_in(view: SentenceView, speech: Speech, told: Told) -> list[Statement]:
    """Return the statements that a sentence itself tells."""
    found = []
    for token in view.sentence:
        statement = (
            _by_verb(token, view, speech, told)
            or by_source(token, view, speech, told)
            or by_mind(token, view, speech)
            or by_claim(token, view, speech)
        )
        if statement is not None:
            found.append(statement)
    if not any(statement.speakers for statement in found) and (source := _told_aside(view, speech)) is not None:
        found.append(as_source([source], written=True))
    if not found and (label := by_label(view)) is not None:
        found.append(label)
    carriers = carried_by(view, speech, told.outlet)
    return found if not carriers else [*found, Statement(None, (), carriers, None, how="as its carrier")]


def _told_aside(view: SentenceView, speech: Speech) -> Mention | None:
    return source_at_end(view, speech) or bracketed_source(view, speech)


# ---- speech verbs --------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, view: SentenceView, speech: Speech, told: Told) -> Statement | None:
    lemma = _name(verb, speech)
    if not _is_verb(verb) or verb.dep_ in ("amod", "case") or lemma not in speech.verbs | speech.phrasal:
        return None
    if not _has_content(verb, lemma, view, speech):
        return None
    speakers = _subjects(verb, lemma, view, speech)
    carriers = list(_addressed_outlets(verb, lemma, view, speech, told.outlet))
    if lemma in speech.carriers:
        carriers += [m.id for m in speakers if m.type is ThingType.NEWS_AGENCY]
        described = [m for m in speakers if told.outlet is not None and is_described_outlet(m, speech)]
        carriers += [told.outlet] * bool(described) if told.outlet is not None else []
        speakers = [m for m in speakers if m not in described]
    named = ids_of(m for m in speakers if m.type is not ThingType.NEWS_AGENCY)
    if speakers and all(m.text.lower() in _BODY_AGAIN for m in speakers):
        only_it = all(m.text.lower() == "it" for m in speakers)
        before = body_before(verb, view)
        named = (told.body if only_it else ()) or ((before.id,) if before is not None else named)
    texts = _texts(verb, speech)
    if not speakers and any(is_definite(text) for text in texts):
        named = told.writers
    if not named and not carriers:
        return None
    return Statement(
        verb,
        named,
        tuple(dict.fromkeys(carriers)),
        None if _is_wish(verb, lemma, view, speech) else _said_at(verb, view),
        _reach(verb, lemma, view, speech),
        _binds(verb, lemma, speech) and not is_quoted(view),
        lemma in speech.wishes | speech.promises,
        bool(texts) or any(is_text(head, speech) for head in heads_of(verb, "in")),
        tuple(token for token in view.sentence if _is_beside(token, verb, speech)),
    )


def _binds(verb: Token, lemma: str, speech: Speech) -> bool:
    """Whether the subject undertakes what the verb says ("expects to buy"), and does not only tell of it."""
    foretold = lemma in speech.foretelling and bool(heads_of(verb, "obj"))
    return lemma not in speech.announcing and not foretold and not _has_clause(verb) and not _claims_done(verb)


def _claims_done(verb: Token) -> bool:
    """ "*Claims to have* built": what was done, not what is undertaken."""
    return any(base(c) == "xcomp" and any(aux.lower_ == "have" for aux in c.children) for c in verb.children)


def _is_verb(token: Token) -> bool:
    """Whether a word is a verb; taggers take some for nouns that have a clause behind them ("the board *projects*")."""
    return token.pos_ == "VERB" or (token.tag_ == "VBZ" and _has_clause(token))


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
    if found or is_passive(verb) or _texts(verb, speech) or verb.tag_ not in _FINITE:
        return found
    beside = subject_beside(verb, view)
    return [beside] if beside is not None else []


def _finite(verb: Token, speech: Speech) -> Token:
    """The verb itself; of "adding" and "noting" that of the statement that they go on with."""
    if verb.tag_ != "VBG" or base(verb) != "advcl" or speech.quoting & {verb.lemma_.lower()}:
        return verb
    above = (g for g in list(governors(verb))[1:] if g.pos_ == "VERB" and g.tag_ in _FINITE)
    return next((g for g in above if g.lemma_.lower() in speech.verbs and heads_of(g, "subj")), verb)


def _addressed_outlets(
    verb: Token, lemma: str, view: SentenceView, speech: Speech, outlet: str | None
) -> Iterator[str]:
    """The outlets that somebody tells something, by name or as the one named before ("told *the agency*")."""
    if lemma not in speech.addressed:
        return
    for token in (token for name, token in arguments(verb) if name in ("obj", "iobj", "to", "with")):
        mention = outlet_of(token, view, speech)
        if mention is not None:
            yield mention.id
        elif outlet is not None and is_known_outlet(token, speech):
            yield outlet


def _has_content(verb: Token, lemma: str, view: SentenceView, speech: Speech) -> bool:
    if lemma not in speech.needs_content:
        return True
    if lemma in speech.lists and any(token.text == ":" for token in verb.doc[verb.i + 1 : view.sentence.end]):
        return True  # "listed the plants as follows: ..."
    functions = {name for name, _ in arguments(verb)}
    if "obj" in functions and any(is_text(head, speech) for head in heads_of(verb, "subj")):
        return True  # "data show the index rose": trees may take "the index" for all that is shown
    as_told = any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)  # "as reported by X"
    if lemma in speech.present and verb.tag_ not in _PRESENT:
        return False
    if lemma in speech.putting:
        return as_told or "at" in functions or _put_at(verb, view)
    alone = is_inverted(verb, view) or ("obj" not in functions and base(verb) == "parataxis")
    if _claims_done(verb):
        return True
    if _has_clause(verb) or alone or _is_aside(verb) or as_told or _between_commas(verb, speech) is not None:
        return True
    if lemma in speech.quoting and is_passive(verb) and "at" in functions:
        return False  # a price is quoted
    if lemma in speech.quoting and "obj" in functions:
        return True
    if lemma in speech.figures and any(
        view.is_value(token) for head in heads_of(verb, "obj") for token in head.subtree
    ):
        return True
    if any(head.lemma_.lower() in speech.content_nouns for head in heads_of(verb, "obj")):
        return True
    if lemma in speech.wishes and functions & {"obj", "for", "comp", "purpose"}:
        return True
    return base(verb) in ("ROOT", "root", "conj") and is_quoted(view)


def _has_clause(verb: Token) -> bool:
    """Whether a clause says what is said; one beside an object or infinitive does not ("wants to sell; others buy")."""
    names = {base(child) for child in verb.children if child.i > verb.i}
    complete = bool(names & {"obj", "xcomp"})
    clauses = [child for child in verb.children if base(child) in _CLAUSES]
    return any(base(child) == "ccomp" or child.i < verb.i or not complete for child in clauses)


def _is_aside(verb: Token) -> bool:
    """Whether a subject and its verb stand alone between commas or at the end: "..., he went on, ..."."""
    doc = verb.doc
    subjects = [child for child in verb.children if base(child) == "nsubj" and child.i < verb.i]
    if not subjects or subjects[-1].lower_ in _RELATIVE:
        return False
    first = min(token.i for token in subjects[-1].subtree if not token.is_punct)
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    particle = any(
        child.dep_ == "compound:prt" or base(child) == "advmod" for child in behind if child.head.i == verb.i
    )
    last = verb.i + particle
    return first > verb.sent.start and doc[first - 1].text in _ASIDE and doc[last + 1 : last + 2].text in _ASIDE


def _put_at(verb: Token, view: SentenceView) -> bool:
    """Whether what is put stands "at" a value, wherever trees hang that."""
    behind = verb.doc[verb.i + 1 : view.sentence.end]
    end = next((token.i for token in behind if token.text in _ASIDE), view.sentence.end)
    return any(
        token.lower_ == "at" and any(view.is_value(next_one) for next_one in token.doc[token.i + 1 : token.i + 4])
        for token in verb.doc[verb.i + 1 : end]
    )


def _texts(verb: Token, speech: Speech) -> list[Token]:
    """The texts that "say" something: the subject, or what stands alone with its verb between commas."""
    found = [head for head in heads_of(verb, "subj") if is_text(head, speech)]
    aside = _between_commas(verb, speech)
    return found if found or aside is None else [aside]


def _between_commas(verb: Token, speech: Speech) -> Token | None:
    """The noun of ", the report added,", whatever trees make of it."""
    words = verb.doc[max(verb.i - 3, verb.sent.start) : verb.i]
    closed = verb.doc[verb.i + 1 : verb.i + 2].text in _ASIDE
    if not closed or len(words) < 3 or words[0].text not in _ASIDE:
        return None
    return words[2] if words[1].pos_ == "DET" and is_text(words[2], speech) else None


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
    """Whether a clause beside a statement is told by the text.

    That is so of "..., X said, days after Y had closed" and of what a clause says of the speaker ("said X, *whose
    members buy 4 tons*").
    """
    if token.dep_ == "acl:relcl" and token.i > verb.i and _is_of_speaker(token, verb):
        return True
    if base(token) not in ("advcl", "ccomp", "parataxis") or not token.head.i <= verb.i < token.i:
        return False
    told = any(base(child) in _CLAUSES and child.i < verb.i for child in verb.children) or base(verb) == "parataxis"
    return told and any(mark.dep_ == "mark" and mark.lower_ in speech.beside for mark in token.children)


def _is_of_speaker(clause: Token, verb: Token) -> bool:
    above = list(governors(clause))[1:]
    subject = next((g for g in above if base(g) == "nsubj"), None)
    return subject is not None and subject.i > verb.i and subject.head.i == verb.i


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
