"""Words that stand for several parties named before, or for one of two: "the two companies", "both", "the latter".

A description of a set stands for names that the text has coordinated, as many as it counts; *the former* and *the
latter* for the last two parties named.  What they stand for may be named a few sentences before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from indiggraph.facts.cues import Sets
from indiggraph.facts.syntax import arguments, base, coordinated
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, ThingType

__all__ = ["with_stand_ins"]

_BACK = 3
"""Sentences that a set's members may lie back."""
_NAMED = (ThingType.ORGANIZATION, ThingType.GROUP)
_OF_PLACES = (ThingType.PLACE,)
_PAIR = 2


def with_stand_ins(views: Sequence[SentenceView], sets: Sets) -> list[SentenceView]:
    """Return the views with the parties that words of theirs stand for."""
    done: list[SentenceView] = []
    home = _dateline_place(views)
    for view in views:
        near = [*done[-_BACK:], view]
        found: dict[int, tuple[Mention, ...]] = {}
        for token in view.sentence:
            members = _members(token, near, found, sets) or _where(token, near, home, sets)
            if members:
                found[token.i] = members
        done.append(replace(view, stand_ins=found))
    return done


def _members(
    token: Token, near: Sequence[SentenceView], here: Mapping[int, tuple[Mention, ...]], sets: Sets
) -> tuple[Mention, ...]:
    if token.lower_ in ("former", "latter"):
        return _one_of_two(token, near) if _stands_alone(token) else ()
    if token.lower_ == "they" and token.pos_ == "PRON":
        return _acting_together(token, near, here)
    if _is_mutual(token, sets):
        rows = (row for row in _coordinated_before(token, near, _OF_PLACES) if len(row) == _PAIR)
        return tuple(next(rows, ()))
    number = _number(token, sets)
    if number is None:
        return ()
    top = _OF_PLACES if token.lemma_.lower() in sets.places else (ThingType.ORGANIZATION,)
    for row in _rows_before(token, near, top):
        if len(row) == number:
            return tuple(row)
    return ()


def _where(token: Token, near: Sequence[SentenceView], home: tuple[Mention, ...], sets: Sets) -> tuple[Mention, ...]:
    """ "Signed *here*": the place of the dateline; "prices *there* rose": the place named last."""
    if token.pos_ != "ADV" or token.lower_ not in sets.here | sets.there:
        return ()
    if token.lower_ in sets.here:
        return home
    for view in reversed(near[-_PAIR:]):
        named = [m for m in _parties(view, _OF_PLACES) if m.span.end <= token.idx and m.span.start >= view.begin]
        inner = [m for m in named if not _lies_around(m, named, view)]
        if inner:
            return (inner[-1],)
    return ()


def _lies_around(place: Mention, named: Sequence[Mention], view: SentenceView) -> bool:
    """Whether a place only tells where another one is ("a park *in Harran*", "Velmar, *Turkey*")."""
    start = view.sentence.start_char
    before = [m for m in named if m.span.end <= place.span.start]
    between = view.sentence.text[before[-1].span.end - start : place.span.start - start] if before else ""
    return between.strip() in ("in", ",", "in the")


def _dateline_place(views: Sequence[SentenceView]) -> tuple[Mention, ...]:
    """The place that a line before the text names, where it has a dateline."""
    for view in views:
        places = [m for m in _parties(view, _OF_PLACES) if m.span.end <= view.begin]
        if places:
            return (places[0],)
    return ()


def _is_mutual(token: Token, sets: Sets) -> bool:
    """ "Their *bilateral trade*": what the two countries named before do with each other."""
    modifiers = {child.lemma_.lower() for child in token.children if child.i < token.i}
    text = token.doc[max(token.i - 3, 0) : token.i].text.lower()
    told = modifiers & sets.mutual or any(word in text for word in sets.mutual if "-" in word)
    return token.lemma_.lower() in sets.dealings and token.pos_ == "NOUN" and bool(told)


def _number(token: Token, sets: Sets) -> int | None:
    """How many parties a definite description counts: "the *two* companies", "*both* banks"."""
    if token.lemma_.lower() not in sets.parties | sets.places or token.tag_ not in ("NNS", "NNPS"):
        return None
    words = {child.lower_ for child in token.children if child.i < token.i}
    if "both" in words:
        return _PAIR
    numbers = [sets.numbers[word] for word in words if word in sets.numbers]
    return numbers[0] if numbers and words & sets.definite else None


def _stands_alone(token: Token) -> bool:
    """Whether "former" or "latter" is no modifier: "supplied by *the latter*", not "the latter company"."""
    behind = token.nbor(1) if token.i + 1 < len(token.doc) else token
    article = token.i > 0 and token.nbor(-1).lower_ == "the"
    return article and not (base(token) == "amod" and token.head.i > token.i) and behind.pos_ not in ("NOUN", "PROPN")


def _one_of_two(token: Token, near: Sequence[SentenceView]) -> tuple[Mention, ...]:
    """Of the last two parties named before, the first or the second; a pair in coordination comes before others."""
    pair = next((row for row in _rows_before(token, near[-_PAIR:], _NAMED) if len(row) == _PAIR), None)
    named: list[Mention] = []
    for view in near[-_PAIR:]:
        named += [mention for mention in _parties(view, _NAMED) if mention.span.end <= token.idx]
    distinct = list({mention.name: mention for mention in named}.values())
    chosen = pair or distinct[-_PAIR:]
    return (chosen[token.lower_ == "latter"],) if len(chosen) == _PAIR else ()


def _acting_together(
    token: Token, near: Sequence[SentenceView], here: Mapping[int, tuple[Mention, ...]]
) -> tuple[Mention, ...]:
    """The bodies that were together the subject of the sentence before, where no group was named since."""
    view = near[-1]
    before = [mention for mention in _parties(view, _NAMED) if mention.span.end <= token.idx]
    if before or len(near) < _PAIR:
        return ()
    last = near[-_PAIR]
    for subject in (t for t in last.sentence if base(t) == "nsubj"):
        head = next((noun for name, noun in arguments(subject) if name == "of"), subject)
        row = _row(head, last, (ThingType.ORGANIZATION,))
        members = tuple(row) if len(row) >= _PAIR else last.stand_ins.get(head.i, ())
        if members:
            return members
    return ()


def _rows_before(token: Token, near: Sequence[SentenceView], top: tuple[ThingType, ...]) -> Iterator[list[Mention]]:
    """Names in coordination that end before a token, the nearest first; then the names of a sentence as one row."""
    for view in reversed(near):
        yield from _coordinated_before(token, [view], top)
        named = [mention for mention in _parties(view, top) if mention.span.end <= token.idx]
        yield list({mention.name: mention for mention in named}.values())


def _coordinated_before(
    token: Token, near: Sequence[SentenceView], top: tuple[ThingType, ...]
) -> Iterator[list[Mention]]:
    """Names in coordination that end before a token, the nearest first."""
    for view in reversed(near):
        rows = [_row(first, view, top) for first in view.sentence if base(first) != "conj"]
        ended = [row for row in rows if len(row) >= _PAIR and row[-1].span.end <= token.idx]
        yield from sorted(ended, key=lambda row: row[-1].span, reverse=True)


def _row(first: Token, view: SentenceView, top: tuple[ThingType, ...]) -> list[Mention]:
    """The names of a coordination, or nothing where one of its members is no name."""
    members = [view.mention_at(head, top) for head in coordinated(first)]
    named = [m for m in members if m is not None and m.form is Form.NAME]
    return named if len(named) == len(members) else []


def _parties(view: SentenceView, top: tuple[ThingType, ...]) -> list[Mention]:
    """The sentence's names of parties, each phrase once, in the order of the text."""
    found = [view.mention_at(view.roots[m.id], top) for m in view.mentions if m.type.top in top]
    unique = {m.id: m for m in found if m is not None and m.form is Form.NAME and m.type is not ThingType.NEWS_AGENCY}
    return sorted(unique.values(), key=lambda mention: mention.span)
