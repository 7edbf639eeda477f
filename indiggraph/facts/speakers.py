"""Who a phrase names as speaker or carrier: owners of figures, voices of bodies, outlets, and who stands by a verb."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.cues import Speech
from indiggraph.facts.syntax import base, governors, heads_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, ThingType

__all__ = [
    "body_before",
    "bracketed_source",
    "carried_by",
    "is_definite",
    "is_described_outlet",
    "is_inverted",
    "is_known_outlet",
    "is_text",
    "outlet_of",
    "owned_by",
    "source_at_end",
    "sources_of",
    "speaker_at",
    "speaker_of",
    "subject_beside",
]

_SPEAKERS = (ThingType.PERSON, ThingType.ORGANIZATION, ThingType.GROUP)
_BODIES = (ThingType.ORGANIZATION,)
_BODY_OF = frozenset({"at", "from", "of", "with", "in", "for"})
_BREAKS = frozenset({",", "“", "”", '"', "–", "—", ";", ":"})
_CLOSING = frozenset({".", "”", '"', "’", "'", "!", "?"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "that"})
_DEFINITE = frozenset({"the", "this", "these", "those"})
_OWN = "we"
"""What speakers call their body; it tells nobody that they speak."""
_SEGMENTS = 4
"""Stretches between commas, back from a speech verb, in which its subject is looked for."""
_NEAR = len(": the ")
"""Characters between a label and whom it names."""
_STEPS = 4
"""Nouns and verbs over an outlet of which one must be of speech."""


def is_text(noun: Token, speech: Speech) -> bool:
    """Whether a noun names what is said or written rather than who says it ("data", "a report")."""
    return noun.lemma_.lower() in speech.nouns


def is_definite(noun: Token) -> bool:
    """Whether a noun means one known before ("*the* report") and says not whose it is."""
    return _is_bare_definite(noun) and not any(child.dep_ == "compound" for child in noun.children)


def _is_bare_definite(noun: Token) -> bool:
    owned = any(child.dep_ in ("nmod:poss", "acl", "nmod") for child in noun.children)
    return not owned and any(child.lower_ in _DEFINITE for child in noun.children if child.dep_ == "det")


def sources_of(noun: Token, speech: Speech) -> list[Token]:
    """Whose statement a noun names: "the ministry's figures", "a report by the bank", "data released by the bank"."""
    if not is_text(noun, speech):
        return [noun]
    owners = [head for name in ("poss", "by", "of", "from", "mod") for head in heads_of(noun, name)]
    owners += [] if owners else owned_by(noun, frozenset({"by", "of", "from"}))
    return owners + [t for child in noun.children if base(child) == "acl" for t in heads_of(child, "subj")]


def owned_by(noun: Token, prepositions: frozenset[str]) -> list[Token]:
    """Owners behind a preposition that trees hang on their title: "in the words *of* Commissioner X"."""
    return [child for child in noun.children if base(child) == "nmod" and child.left_edge.lower_ in prepositions]


def speaker_of(token: Token, view: SentenceView, speech: Speech) -> Mention | None:
    """The person named in the noun phrase ("bank head X said"), else what the head itself mentions, else its body."""
    parts = [token, *(child for child in token.children if base(child) in ("flat", "appos", "nmod", "compound"))]
    if not token.dep_.startswith("nmod"):  # "the head of the bank, *X*": trees may hang the name on the bank
        parts += [inner for inner in token.subtree if base(inner.head) == "nmod" and _is_apposed(inner)]
    people = [view.mention_at(part, (ThingType.PERSON,)) for part in parts if base(part) != "nmod" or not _cased(part)]
    named = [m for m in people if m is not None and m.form is Form.NAME]
    if named:
        return named[0]
    if token.lemma_.lower() in speech.voices and (body := _body_of(token, view)) is not None:
        return body
    if token.lower_ == _OWN:
        return None
    beside = (view.mention_at(child, _BODIES) for child in token.children if base(child) in ("appos", "flat"))
    named_beside = (m for m in beside if m is not None and m.form is Form.NAME)  # "contractor *Helm Works* said"
    return speaker_at(token, view) or next(named_beside, None)


def _is_apposed(name: Token) -> bool:
    """An apposition, or a conjunct behind a comma alone, for which trees may take it."""
    alone = base(name) == "conj" and not any(child.dep_ == "cc" for child in name.children)
    return base(name) == "appos" or (alone and any(child.text == "," for child in name.children if child.i < name.i))


def speaker_at(token: Token, view: SentenceView) -> Mention | None:
    """Who of those who can speak is named at a token."""
    return view.mention_at(token, _SPEAKERS)


def _body_of(noun: Token, view: SentenceView) -> Mention | None:
    """The body that unnamed people speak for: "officials at the ministry", "ministry sources"."""
    if view.mention_at(noun, (ThingType.PERSON,)) is not None:
        return None  # "an official": a person, whom resolution puts to the body
    for child in noun.children:
        cases = {case.lower_ for case in child.children if case.dep_ == "case"}
        before = child.i < noun.i and base(child) in ("compound", "nmod") and (not cases or child.dep_ == "nmod:poss")
        if before or (base(child) == "nmod" and cases & _BODY_OF):
            body = view.mention_at(child, _BODIES)
            if body is not None:
                return body
    return None


def _cased(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def source_at_end(view: SentenceView, speech: Speech) -> Mention | None:
    """Whose data a sentence ends with: "..., *latest data released by the bank show*"; trees go wrong there.

    The last stretch between commas begins with a noun for what is written and ends with a verb of speech.
    """
    words = [token for token in view.sentence if not token.is_space and token.text not in _CLOSING]
    commas = [k for k, token in enumerate(words) if token.text == ","]
    stretch = words[commas[-1] + 1 :] if commas else []
    text = next((k for k, token in enumerate(stretch) if is_text(token, speech)), None)
    if text is None or stretch[-1].lemma_.lower() not in speech.verbs or stretch[-1].i == stretch[text].i:
        return None
    first, last = stretch[0].idx, stretch[-1].idx
    bodies = [m for m in view.mentions if m.type.top in _BODIES and first <= m.span.start and m.span.end <= last]
    return max(bodies, key=lambda m: (m.span.end - m.span.start, m.id), default=None)


def bracketed_source(view: SentenceView, speech: Speech) -> Mention | None:
    """Whom "(source: X)" or "Source: X" names."""
    for token in view.sentence:
        colon = token.doc[token.i + 1 : token.i + 2].text == ":"
        if colon and token.lemma_.lower() in speech.source_labels:
            behind = (m for m in view.mentions if m.type.top in _SPEAKERS and 0 <= m.span.start - _end(token) <= _NEAR)
            return min(behind, key=lambda m: (m.span.start, -m.span.end), default=None)
    return None


# ---- outlets -------------------------------------------------------------------------------------------------------


def outlet_of(token: Token, view: SentenceView, speech: Speech) -> Mention | None:
    """The outlet that somebody tells something: a known one, or one whose name ends like an outlet's."""
    mention = view.mention_at(token, _BODIES)
    if mention is None or mention.type is ThingType.NEWS_AGENCY:
        return mention
    last = mention.name.split()[-1].lower()
    return mention if mention.form is Form.NAME and last in speech.outlet_names else None


def is_described_outlet(mention: Mention, speech: Speech) -> bool:
    """Whether a mention may stand for an outlet named before: "the paper", "the news agency"."""
    return mention.form is Form.NOMINAL and mention.definite and mention.name.split()[-1].lower() in speech.outlets


def carried_by(view: SentenceView, speech: Speech, outlet: str | None) -> tuple[str, ...]:
    """The outlets behind a preposition under a word of speech: "in an interview with X", "in remarks carried by X".

    ``outlet`` is the last one named before, for which a description may stand.
    """
    found = []
    for mention in view.mentions:
        root = view.roots[mention.id]
        cases = {child.lower_ for child in root.children if child.dep_ == "case"}
        cases = cases or _described_cases(mention, view, speech)
        if cases & speech.carried_prepositions and _is_carried(root, speech):
            if mention.type is ThingType.NEWS_AGENCY:
                found.append(mention.id)
            elif outlet is not None and is_described_outlet(mention, speech):
                found.append(outlet)
    return tuple(dict.fromkeys(found))


def _described_cases(mention: Mention, view: SentenceView, speech: Speech) -> set[str]:
    """The prepositions of the description before an outlet's name: "an interview *with* the daily X"."""
    first = next(token for token in view.sentence if token.idx >= mention.span.start)
    if first.is_sent_start or first.nbor(-1).lemma_.lower() not in speech.outlets:
        return set()
    return {child.lower_ for child in first.nbor(-1).children if child.dep_ == "case"}


def is_known_outlet(noun: Token, speech: Speech) -> bool:
    """Whether a noun means the outlet named before: "told *the agency*", "told *the news agency*"."""
    own = [child for child in noun.children if child.dep_ == "compound" and child.lower_ != "news"]
    return noun.lemma_.lower() in speech.outlets and not own and _is_bare_definite(noun)


def _is_carried(root: Token, speech: Speech) -> bool:
    above = list(governors(root))[1 : _STEPS + 1]
    return any(governor.lemma_.lower() in speech.carried for governor in above)


# ---- by place ------------------------------------------------------------------------------------------------------


def is_inverted(verb: Token, view: SentenceView) -> bool:
    """Whether a speech verb stands before its subject: "..., said X"."""
    return _behind(verb, view) is not None


def subject_beside(verb: Token, view: SentenceView) -> Mention | None:
    """Who stands right after an inverted speech verb or before it, past relative clauses and appositions.

    The order of words is surer than the tree in "..., said X" and "..., X, who heads Y, said".
    """
    first = _first_of(verb)
    behind = _behind(verb, view)
    if behind is not None:
        return behind
    kinds = (ThingType.PERSON, ThingType.NEWS_AGENCY)
    adjacent = [m for m in view.mentions if m.type in kinds and m.span.end == _end(verb.doc[first - 1])]
    if adjacent and first > verb.sent.start:
        return max(adjacent, key=lambda m: (m.form is Form.NAME, m.span.start))
    for start, end in _segments_before(first, verb):
        if _is_relative(verb.doc[start]):
            continue
        if any(token.tag_ in _FINITE for token in verb.doc[start:end]):
            return None
        found = _in_segment(start, end, view)
        if found is not None:
            return found
    return None


def _first_of(verb: Token) -> int:
    """Return the first token of a verb with its auxiliaries and the adverbs before it."""
    first = verb.i
    while first > verb.sent.start and verb.doc[first - 1].pos_ in ("ADV", "AUX"):
        first -= 1
    return first


def _behind(verb: Token, view: SentenceView) -> Mention | None:
    first = _first_of(verb)
    apart = first > verb.sent.start and verb.doc[first - 1].text in _BREAKS
    found = _named_behind(verb, view) if apart else None
    addressed = found is not None and (found.type is ThingType.NEWS_AGENCY or base(view.roots[found.id]) == "iobj")
    return None if addressed else found


def _named_behind(verb: Token, view: SentenceView) -> Mention | None:
    """Who stands right behind a verb, or behind a post: "..., stressed the vice president for science, *X*"."""
    end = _segment_end(verb)
    found = _in_segment(verb.i + 1, end, view)
    if found is not None or end >= verb.sent.end or verb.doc[end].text != "," or verb.doc[verb.i + 1].pos_ != "DET":
        return found
    start = verb.doc[end].idx + len(", ")
    people = (m for m in view.mentions if m.type is ThingType.PERSON and m.form is Form.NAME)
    return next((m for m in people if m.span.start == start), None)


def body_before(verb: Token, view: SentenceView) -> Mention | None:
    """The body that is the subject of the clause before: "*The bank* made a loan, it said"."""
    clauses = [child for child in verb.children if base(child) in ("ccomp", "parataxis")]
    clauses += [verb.head] if base(verb) in ("parataxis", "conj", "ccomp") else []
    subjects = [head for clause in clauses if clause.i < verb.i for head in heads_of(clause, "subj")]
    found = (view.mention_at(head, (ThingType.ORGANIZATION, ThingType.GROUP)) for head in subjects)
    return next((m for m in found if m is not None and m.form is not Form.PRONOUN), None)


def _end(token: Token) -> int:
    return token.idx + len(token.text)


def _is_relative(token: Token) -> bool:
    return token.lower_ in _RELATIVE


def _segment_end(verb: Token) -> int:
    end = verb.i + 1
    while end < verb.sent.end and verb.doc[end].text not in _BREAKS and verb.doc[end].pos_ not in ("VERB", "AUX"):
        end += 1
    return end


def _segments_before(end: int, verb: Token) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas before a token, the nearest first."""
    for _ in range(_SEGMENTS):
        while end > verb.sent.start and verb.doc[end - 1].text in _BREAKS:
            end -= 1
        start = end
        while start > verb.sent.start and verb.doc[start - 1].text not in _BREAKS:
            start -= 1
        if start == end:
            return
        yield start, end
        end = start


def _in_segment(start: int, end: int, view: SentenceView) -> Mention | None:
    """The person named in a stretch of tokens, else the speaker whose phrase begins it."""
    doc = view.sentence.doc
    stretch = doc[start:end]
    here = [
        m
        for m in view.mentions
        if stretch.start_char <= m.span.start
        and m.span.end <= stretch.end_char
        and m.type.top in _SPEAKERS
        and m.head != _OWN
    ]
    named = [m for m in here if m.type is ThingType.PERSON and m.form is Form.NAME]
    if named:
        return named[-1]
    first = start + (start < end and doc[start].pos_ == "DET")
    leading = [m for m in here if m.span.start <= doc[first].idx]
    return max(leading, key=lambda m: m.span.end, default=None)
