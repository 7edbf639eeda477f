"""Who speaks over sentences: the statements of a text in reading order, and what belongs to one without saying so.

A sentence without a source of its own may stand in a quotation, in an answer of an interview, in a list that a
statement announces, before a sentence that says who made "the remarks", or go on about what was just said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from indiggraph.facts.attribution import statements_in
from indiggraph.facts.cues import Cues, Speech
from indiggraph.facts.quotations import quotations
from indiggraph.facts.speakers import speaker_at
from indiggraph.facts.statements import Statement, Told
from indiggraph.facts.syntax import base, governors, heads_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, Span, ThingType

__all__ = ["statements"]

_MEMORY = 4
"""Sentences after which a quotation without a speaker belongs to nobody."""
_LABEL = re.compile(r"^[\s*–—-]*(\w+)\s*:")
_LISTED = re.compile(r"^\s*(?:[•*–—-]|\d{1,2}[.)]|\(?[a-z]\))\s")
_NAMED_ANSWERS = 2
"""Paragraphs that must begin with a speaker's name and a colon to make a text an interview."""
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_REFERRING = frozenset({"it", "they", "this", "these", "those", "its", "their", "such", "another", "both", "some"})
_REFERRED = frozenset({"it", "this", "these", "them", "that", "those"})
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})


def statements(views: Sequence[SentenceView], cues: Cues) -> list[list[Statement]]:
    """Return the statements of each sentence, in reading order."""
    found: list[list[Statement]] = []
    told = Told()
    for view in views:
        told = told.with_outlet(view)
        here = statements_in(view, cues.speech, told)
        told = told.after(here, view)
        found.append(here)
    if views:
        _speak_quotes(views, found)
        _answer(views, found, cues.speech)
        _look_back(views, found, cues.speech)
        _run_on(views, found, cues.speech)
    return found


def _give(found: list[list[Statement]], k: int, speakers: tuple[str, ...], how: str) -> None:
    """Give a sentence without speaker the speakers of a passage."""
    if speakers and not any(statement.speakers for statement in found[k]):
        found[k] = [*found[k], Statement(None, speakers, (), None, how=how)]


def _speakers(here: Sequence[Statement]) -> tuple[str, ...]:
    return next((statement.speakers for statement in here if statement.speakers), ())


def _between(views: Sequence[SentenceView], k: int) -> str:
    """The text between a sentence and the one before it."""
    text = views[k].sentence.doc.text
    return text[views[k - 1].span.end if k else 0 : views[k].span.start]


def _begins_paragraph(views: Sequence[SentenceView], k: int) -> bool:
    return k == 0 or "\n" in _between(views, k)


# ---- quotations ----------------------------------------------------------------------------------------------------


def _speak_quotes(views: Sequence[SentenceView], found: list[list[Statement]]) -> None:
    """Give sentences inside a quotation that have no statement the one of the quotation."""
    own = [next((s for s in here if s.speakers), None) for here in found]
    for quote in quotations(views[0].sentence.doc.text):
        inside = [k for k, view in enumerate(views) if view.span.overlaps(quote)]
        speaker = _speaker_of_quote(quote, inside, own, views) if inside else None
        for k in inside:
            if not found[k] and speaker is not None:
                spoken = Statement(None, speaker.speakers, (), None, how="as the speaker of the quotation")
                own[k], found[k] = spoken, [spoken]


def _speaker_of_quote(
    quote: Span, inside: Sequence[int], own: Sequence[Statement | None], views: Sequence[SentenceView]
) -> Statement | None:
    """The speaker told where the quotation ends or begins, else who acts before its colon, else the last one before."""
    for k in (inside[-1], inside[0]):
        told = own[k]
        if told is not None and (told.verb is None or not quote.covers(Span(told.verb.idx, told.verb.idx + 1))):
            return told
    acting = _before_colon(quote, views[inside[0]])
    if acting is not None:
        return Statement(None, (acting.id,), (), None)
    before = [statement for k in range(max(inside[0] - _MEMORY, 0), inside[0]) if (statement := own[k]) is not None]
    return before[-1] if before else None


def _before_colon(quote: Span, view: SentenceView) -> Mention | None:
    """The person who is the subject of a clause that ends with a colon before a quotation ("X disagrees: ...")."""
    before = [token for token in view.sentence if token.idx < quote.start and not token.is_space]
    if not before or before[-1].text != ":":
        return None
    subjects = [token for token in before if base(token) == "nsubj"]
    return view.mention_at(subjects[0], (ThingType.PERSON,)) if subjects else None


# ---- interviews ----------------------------------------------------------------------------------------------------


def _answer(views: Sequence[SentenceView], found: list[list[Statement]], speech: Speech) -> None:
    """Give the answers of an interview to whoever answers: "A: ...", "Velde: ..."."""
    labels = [_label(view, speech) if _begins_paragraph(views, k) else None for k, view in enumerate(views)]
    asked = any(label == "question" for label in labels)
    named = sum(isinstance(label, Mention) for label in labels)
    if not (asked and "answer" in labels) and named < _NAMED_ANSWERS:
        return
    first = next(k for k, label in enumerate(labels) if label is not None)
    guest = _guest(views[:first], speech)
    speaker: tuple[str, ...] = ()
    for k, label in enumerate(labels):
        if isinstance(label, Mention):
            speaker = (label.id,) if label.type is ThingType.PERSON else ()
        elif label is not None:
            speaker = (guest.id,) if guest is not None and label == "answer" else ()
        _give(found, k, speaker, "as who answers")


def _label(view: SentenceView, speech: Speech) -> str | Mention | None:
    """What a paragraph begins with before a colon: a word for a question or an answer, or who speaks."""
    text = view.sentence.text.lstrip()
    word = _LABEL.match(text)
    if word is not None and word[1].lower() in speech.questions | speech.answers:
        return "question" if word[1].lower() in speech.questions else "answer"
    start = view.span.start
    for mention in view.mentions:
        if mention.span.start == start and mention.form is Form.NAME and text[len(mention.text) :].startswith(":"):
            return mention if mention.type in (ThingType.PERSON, ThingType.NEWS_AGENCY) else None
    return None


def _guest(views: Sequence[SentenceView], speech: Speech) -> Mention | None:
    """Who is interviewed: the first person in a sentence before the questions that speaks of an interview."""
    people = [
        (any(token.lemma_.lower() in speech.interviews for token in view.sentence), mention)
        for view in views
        for mention in view.mentions
        if mention.type is ThingType.PERSON and mention.form is Form.NAME
    ]
    told = [mention for is_told, mention in people if is_told]
    return next(iter(told or [mention for _, mention in people]), None)


# ---- what a later sentence says of those before it -----------------------------------------------------------------


def _look_back(views: Sequence[SentenceView], found: list[list[Statement]], speech: Speech) -> None:
    """Give what stands before "Making the remarks on Sunday, X said ..." or "This was said by X" to X."""
    for k, view in enumerate(views):
        speakers = _remarking(view, found[k], speech)
        if not speakers or k == 0:
            continue
        for before in range(k - 1, -1, -1):
            if _speakers(found[before]):
                break
            _give(found, before, speakers, "as who made the remarks")
            if _begins_paragraph(views, before):
                break


def _remarking(view: SentenceView, here: Sequence[Statement], speech: Speech) -> tuple[str, ...]:
    for statement in here:
        if statement.verb is not None and _is_of_this(statement.verb):
            return statement.speakers
    for token in view.sentence:
        if token.lemma_.lower() not in speech.made or token.pos_ != "VERB":
            continue
        objects = [head for head in heads_of(token, "obj") if head.lemma_.lower() in speech.remarks]
        if any(child.lower_ in _DEFINITE for head in objects for child in head.children if child.dep_ == "det"):
            makers = [m for head in heads_of(token, "subj") if (m := speaker_at(head, view)) is not None]
            return (makers[0].id,) if makers else _speakers(here)
    return ()


def _is_of_this(verb: Token) -> bool:
    """Whether a speech verb says only that something was said: "*this* was said by X", "who disclosed *this*"."""
    objects = [c for c in verb.children if base(c) == "obj" or c.dep_ in ("nsubj:pass",)]
    clause = any(base(child) in ("ccomp", "parataxis") for child in verb.children)
    return not clause and any(o.pos_ == "PRON" and o.lower_ in _DEMONSTRATIVES for o in objects)


# ---- what goes on --------------------------------------------------------------------------------------------------


def _run_on(views: Sequence[SentenceView], found: list[list[Statement]], speech: Speech) -> None:
    """Let a statement go on over what it lists, and over a sentence behind it that is about what it said.

    What a person says goes on to the end of the paragraph, until somebody acts there.
    """
    people = {m.id for view in views for m in view.mentions if m.type is ThingType.PERSON}
    speakers: tuple[str, ...] = ()
    lists = speech_lasts = False
    for k, view in enumerate(views):
        own = _speakers(found[k])
        new = _begins_paragraph(views, k)
        listed = lists and (not new or _LISTED.match(view.sentence.text.lstrip("\n")) is not None)
        if own:
            speakers, lists = own, _announces_list(view, found[k], speech)
            speech_lasts = own[0] in people and _tells_all(view, found[k])
        elif speakers and (listed or (not new and _goes_on(view, views[k - 1], speakers))):
            _give(found, k, speakers, "goes on with what was said")
        elif speakers and not new and speech_lasts and not _acts(view, speakers, speech):
            _give(found, k, speakers, "goes on in the paragraph")
        else:
            speakers, lists, speech_lasts = (), False, False


def _tells_all(view: SentenceView, here: Sequence[Statement]) -> bool:
    """Whether a sentence is all what somebody says: no wish, and nothing that only a clause or an aside says."""
    told = next(statement for statement in here if statement.speakers)
    return not told.wishes and not told.binds and (told.reach is None or told.reach.i == view.sentence.root.i)


def _acts(view: SentenceView, speakers: Sequence[str], speech: Speech) -> bool:
    """Whether the text tells what somebody does: the speaker, a body with a name, or who says something else.

    What is theirs tells of them: "*her office* had sought $3 million".
    """
    root = view.sentence.root
    subjects = [child for child in root.children if base(child) == "nsubj"]
    if (
        subjects
        and root.lemma_.lower() in speech.verbs - speech.figures
        and any(base(child) in ("ccomp", "obj") for child in root.children)
    ):
        return True
    owners = [child for subject in subjects for child in subject.children if child.dep_ == "nmod:poss"]
    for subject in (*subjects, *owners):
        for mention in view.mentions_at(subject):
            person = mention.type is ThingType.PERSON
            named = mention.type.top is ThingType.ORGANIZATION and mention.form is Form.NAME
            if person or named or mention.id in speakers:
                return True
    return False


def _announces_list(view: SentenceView, here: Sequence[Statement], speech: Speech) -> bool:
    """Whether a statement says that it lists something ("went on to list what he can do"), or ends with a colon."""
    if not any(statement.verb is not None for statement in here):
        return False
    if view.sentence.text.rstrip().endswith(":"):
        return True
    said = {statement.verb.i for statement in here if statement.verb is not None}
    listing = (token for token in view.sentence if token.pos_ == "VERB" and token.lemma_.lower() in speech.lists)
    return any(governor.i in said for token in listing for governor in governors(token))


def _goes_on(view: SentenceView, before: SentenceView, speakers: tuple[str, ...]) -> bool:
    """Whether a sentence is about what the one before it said: its subject or a whole there is only referred to."""
    root = view.sentence.root
    subjects = [child for child in root.children if base(child) == "nsubj"] or [root]
    if any(mention.id in speakers for subject in subjects for mention in view.mentions_at(subject)):
        return False
    if any(_refers(subject, view, before) for subject in subjects):
        return True
    return any(t.lower_ in _REFERRED and base(t) == "nmod" and _is_part(t) for t in view.sentence)


def _refers(subject: Token, view: SentenceView, before: SentenceView) -> bool:
    if subject.lower_ in _REFERRING or (subject.pos_ == "NUM" and base(subject) == "nsubj"):
        return True  # "only 40 were sold"
    own = [child for child in subject.children if child.dep_ in ("det", "nmod:poss")]
    if any(child.lower_ in _REFERRING for child in own):
        return True
    if not any(child.lower_ == "the" for child in own) or view.mention_at(subject, (ThingType.PERSON,)) is not None:
        return False
    bodies = view.mentions_at(subject, (ThingType.ORGANIZATION, ThingType.PROGRAM, ThingType.GROUP))
    known = {token.lemma_.lower() for token in before.sentence}
    return any(m.form is Form.NOMINAL for m in bodies) or (not bodies and subject.lemma_.lower() in known)


def _is_part(token: Token) -> bool:
    """Whether a pronoun is the whole of a part: "$265 million *of it*"."""
    return any(child.lower_ == "of" and child.dep_ == "case" for child in token.children)
