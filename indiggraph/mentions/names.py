"""Names of people, bodies, places, programs and gatherings, and of what class each is.

The class of a name is decided once for the whole document, by a vote over all places where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein
from spacy.tokens import Doc

from indiggraph import spelling
from indiggraph.lexicon import Entry, Lexicon
from indiggraph.mentions.finds import find_spans, only
from indiggraph.mentions.tagged import Find
from indiggraph.mentions.tokens import Candidate, text_of
from indiggraph.mentions.votes import context_votes, joined_with, listed_with_people
from indiggraph.model import Form, ThingType

__all__ = ["credit_tokens", "find_names", "fold"]

_SURE_PLACE = 1.5  # votes
_JOINED = 1.5  # votes for being joined with a body, or for beginning with its name
_LISTED = 2.5  # votes for standing in a list of people, or beside a namesake
_SURNAME = 6.0  # votes for being the surname of somebody named before
_TOLD_BODY = 1.0  # votes; less says nothing for a body
_SHORT_NAME = 3.0  # votes for being the first word of a longer name
_BODY = ThingType.ORGANIZATION
_ALIASED = frozenset({_BODY, ThingType.PROGRAM, ThingType.GATHERING, ThingType.PRODUCT})
_LONG_SURNAME = 6  # letters
_CREDIT_LINE = 250  # characters; a longer line holds more than a credit
_Votes = dict[ThingType, float]


def find_names(doc: Doc, lexicon: Lexicon, credits: Collection[int]) -> list[Candidate]:
    """Return the names of a document in the order of the text; no two overlap.

    ``credits`` are the tokens of :func:`credit_tokens`: only news agencies are names there.
    """
    names = _link_aliases(doc, list(_decide(doc, find_spans(doc, lexicon), lexicon)))
    return [name for name in names if name.type is ThingType.NEWS_AGENCY or name.start not in credits]


def fold(name: str) -> str:
    """Return a name without case, spaces and punctuation, for comparison inside one document."""
    return re.sub(r"\W", "", name.casefold())


def credit_tokens(doc: Doc, lexicon: Lexicon) -> frozenset[int]:
    """Return the tokens in a credit or licence sentence, or in a short line with one."""
    lines = doc.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    short = [len(line) <= _CREDIT_LINE for line in lines]
    credit = [is_short and _is_credit(line, lexicon) for is_short, line in zip(short, lines, strict=True)]
    sentences = (sentence for sentence in doc.sents if _is_credit(sentence.text, lexicon))
    told = {i for sentence in sentences for i in range(sentence.start, sentence.end)}
    on_line = ((token.i, bisect_right(starts, token.idx) - 1) for token in doc)
    return frozenset(i for i, line in on_line if (credit[line] if short[line] else i in told))


def _is_credit(text: str, lexicon: Lexicon) -> bool:
    text = text.lower()
    return any(word in text for word in lexicon.nouns.credit_words)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the long names of a document say about single words.

    ``surnames`` maps the words of people's names behind the first to the token where the name first stands, ``given``
    holds the first ones, ``bodies`` maps the first words of bodies' names to their class.
    """

    surnames: Mapping[str, int]
    given: frozenset[str]
    bodies: Mapping[str, ThingType]


def _decide(doc: Doc, finds: list[Find], lexicon: Lexicon) -> Iterator[Candidate]:
    """Give every name the class that most places of the document speak for; long names first, their parts after."""
    votes = _vote(doc, finds, lexicon)
    seen = frozenset(_key(doc, find) for find in finds if find.type is ThingType.PERSON)
    _vote_by_company(doc, finds, votes, lexicon)
    since: dict[str, int] = {}
    headline = doc.text.find("\n")
    below = [find for find in finds if 0 <= headline < doc[find.start].idx]
    for find in [*below, *finds]:  # a headline may name by surname whom the text introduces
        since.setdefault(_key(doc, find), find.start)
    won = {name: _winner(tally) for name, tally in votes.items() if " " in name}
    won |= dict.fromkeys(_double_surnames(won, since), ThingType.PERSON)
    won |= dict.fromkeys(_without_kinds(won, since, lexicon), ThingType.ORGANIZATION)
    told = {_key(doc, find) for find in finds if find.entry or any(True for _ in _told(doc, find, lexicon))}
    won |= dict.fromkeys(_begun(won, since, told), ThingType.ORGANIZATION)
    parts = _parts(won, since)
    short = {name for name in votes if name not in won}
    for name in _acting_firms(doc, finds, parts, lexicon) & short:  # a town by the gazetteer alone
        votes[name][ThingType.PLACE] = min(votes[name].get(ThingType.PLACE, 0.0), _TOLD_BODY)
    won |= {name: _winner(_with_parts(name, votes[name], since[name], parts, name in seen)) for name in short}
    bodies = {fold(name) for name in short if won[name].top is ThingType.ORGANIZATION}
    for name in won.keys() - short:
        if fold(name.split()[0]) in bodies:
            won[name] = _winner(votes[name] | {_BODY: votes[name].get(_BODY, 0.0) + _JOINED})
    for find in finds:
        kind = won[_key(doc, find)]
        entries = tuple(entry for entry in lexicon.entries(_text(doc, find)) if entry.type.top is kind.top)
        yield _candidate(find, find.entry or only(entries), kind)


def _double_surnames(won: Mapping[str, ThingType], since: Mapping[str, int]) -> list[str]:
    """The names of several words that are what is left of a person's longer one before: "*Belmonte Ugarte* asked"."""
    people = [name for name, kind in won.items() if kind is ThingType.PERSON]
    return [name for name in won if any(_is_left(name, full, since) for full in people)]


def _without_kinds(won: Mapping[str, ThingType], since: Mapping[str, int], lexicon: Lexicon) -> list[str]:
    """The names read as people's that are left of a body's before without its kind: "Minera *Cerro Pardo*"."""
    bodies = lexicon.bodies
    leads = bodies.direct | bodies.foreign | bodies.foreign_public
    full = [name for name, kind in won.items() if kind.top is _BODY and name.split()[0] in leads]
    people = (name for name, kind in won.items() if kind is ThingType.PERSON)
    return [name for name in people if any(_is_left(name, other, since) for other in full)]


def _told(doc: Doc, find: Find, lexicon: Lexicon) -> Iterator[ThingType]:
    """Yield what the words around a name or its own say for another class than a body's."""
    for kind, weight in context_votes(doc, find.start, find.end, lexicon):
        if weight > 0 and kind.top is not _BODY:
            yield kind


def _begun(won: Mapping[str, ThingType], since: Mapping[str, int], told: Collection[str]) -> list[str]:
    """The names with which a body's name before begins, and for whose being anything else only the tagger speaks:
    "*Zenda Gulf* sold it" behind "Zenda Gulf Petroleum".
    """
    bodies = [name for name, kind in won.items() if kind.top is _BODY]
    return [
        name
        for name, kind in won.items()
        if kind.top is not _BODY
        and name not in told
        and any(full.startswith(f"{name} ") and since[full] < since[name] for full in bodies)
    ]


def _is_left(name: str, full: str, since: Mapping[str, int]) -> bool:
    """Whether a name is the end of a longer one that stands before it."""
    return full.endswith(f" {name}") and since[full] < since[name]


def _parts(long: Mapping[str, ThingType], since: Mapping[str, int]) -> _Parts:
    surnames: dict[str, int] = {}
    for name in sorted((n for n, kind in long.items() if kind is ThingType.PERSON), key=lambda n: since[n]):
        for word in name.split()[1:]:
            surnames.setdefault(fold(word), since[name])
    given = frozenset(fold(name.split()[0]) for name, kind in long.items() if kind is ThingType.PERSON)
    bodies = {fold(name.split()[0]): kind for name, kind in long.items() if kind.top is _BODY}
    return _Parts(surnames, given, bodies)


def _vote(doc: Doc, finds: list[Find], lexicon: Lexicon) -> dict[str, _Votes]:
    votes: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    for find in finds:
        tally = votes[_key(doc, find)]
        tally[find.type] += find.weight
        for kind, weight in context_votes(doc, find.start, find.end, lexicon):
            tally[kind] += weight
    return dict(votes)


def _vote_by_company(doc: Doc, finds: list[Find], votes: dict[str, _Votes], lexicon: Lexicon) -> None:
    """Add votes for what a name is joined with: a body by the votes so far, people, or somebody of the same surname."""
    won = {name: _winner(tally).top for name, tally in votes.items()}
    bodies = {i for f in finds if won[_key(doc, f)] is ThingType.ORGANIZATION for i in range(f.start, f.end)}
    people = {i for f in finds if won[_key(doc, f)] is ThingType.PERSON for i in range(f.start, f.end)}
    ends = {i: f.end for f in finds for i in range(f.start, f.end)}
    for find in finds:
        if joined_with(doc, find.start, find.end, bodies):
            votes[_key(doc, find)][_BODY] += _JOINED
        elif listed_with_people(doc, find.start, find.end, ends, people, lexicon):
            votes[_key(doc, find)][ThingType.PERSON] += _LISTED


def _acting_firms(doc: Doc, finds: Iterable[Find], parts: _Parts, lexicon: Lexicon) -> set[str]:
    """Towns with which a firm's name begins, which act somewhere and nowhere say where something is.

    "Songun Copper Company" is "Songun" in "*Songun* sold 4 tons", unless something is "in Songun" too.
    """
    acting, places = set(), set()
    for find in finds:
        name = _key(doc, find)
        if parts.bodies.get(fold(name)) is not ThingType.COMPANY or lexicon.country(_text(doc, find)) is not None:
            continue
        if any(kind is ThingType.PLACE for kind, _ in context_votes(doc, find.start, find.end, lexicon)):
            places.add(name)
        root = doc[find.start : find.end].root
        if root.dep_ == "nsubj" and root.head.pos_ == "VERB":
            acting.add(name)
    return acting - places


def _with_parts(name: str, tally: _Votes, start: int, parts: _Parts, seen: bool) -> _Votes:
    """Add what the longer names say about a single word: a surname, a given name, or a body's short name.

    A surname stands alone only after the full name; a given name counts where the tagger ever sees a person (``seen``).
    """
    word, more = fold(name), defaultdict(float, tally)
    if any(_same_surname(word, other) for other, first in parts.surnames.items() if first < start):
        more[ThingType.PERSON] = _SURNAME + max(0.0, more[ThingType.PERSON])
    elif word in parts.given and (seen or tally.get(_BODY, 0.0) < _TOLD_BODY):
        more[ThingType.PERSON] = _SHORT_NAME + max(0.0, more[ThingType.PERSON])
    elif word in parts.bodies and tally.get(ThingType.PLACE, 0.0) < _SURE_PLACE:
        more[parts.bodies[word]] += _SHORT_NAME
    return more


def _same_surname(left: str, right: str) -> bool:
    """Whether two words spell one surname: equal, or in another romanisation; or one letter apart in a long word."""
    if left == right or spelling.fold(anyascii(left)) == spelling.fold(anyascii(right)):
        return True
    long = min(len(left), len(right)) >= _LONG_SURNAME and left[0] == right[0]
    return long and Levenshtein.distance(left, right) == 1


def _winner(tally: Mapping[ThingType, float]) -> ThingType:
    tops: dict[ThingType, float] = defaultdict(float)
    for kind, weight in tally.items():
        tops[kind.top] += weight
    top = max(sorted(tops), key=lambda kind: tops[kind])
    return max(sorted(k for k in tally if k.top is top), key=lambda k: (k is not k.top, tally[k]))


def _key(doc: Doc, find: Find) -> str:
    """Return what a name's places have in common: its words in lower case."""
    return _text(doc, find).casefold()


def _candidate(find: Find, entry: Entry | None, kind: ThingType) -> Candidate:
    entry = entry if entry is not None and entry.type.top is kind.top else None
    kind = kind if entry is None else entry.type
    return Candidate(
        find.start, find.end, kind, Form.NAME, f"name:{find.rule}", find.head,
        key=entry.id if entry is not None else None, country=entry.country if entry is not None else None,
    )  # fmt: skip


def _link_aliases(doc: Doc, names: list[Candidate]) -> list[Candidate]:
    """Point a name in brackets to the name before them; all its places then have the class and key of that name."""
    known: dict[str, Candidate] = {}
    linked: dict[int, tuple[int, int]] = {}
    for before, name in pairwise(sorted(names, key=lambda c: c.start)):
        opened = before.end == name.start - 1 and doc[before.end].text == "(" and before.type.top in _ALIASED
        if opened and name.end < len(doc) and doc[name.end].text == ")" and not _says_where(doc, name):
            known[text_of(doc, *name.span)] = before
            linked[name.start] = before.span
    return [_as_alias(name, known.get(text_of(doc, *name.span)), linked.get(name.start)) for name in names]


def _says_where(doc: Doc, name: Candidate) -> bool:
    """Whether a name in brackets is a known place, where a body is ("Halden Earths (India) Ltd")."""
    return name.type.top is ThingType.PLACE and name.key is not None and not text_of(doc, *name.span).isupper()


def _as_alias(name: Candidate, full: Candidate | None, target: tuple[int, int] | None) -> Candidate:
    if full is None:
        return name
    key = full.key or (name.key if name.type.top is full.type.top else None)
    return replace(name, type=full.type, key=key, country=full.country or name.country, alias_of=target)


def _text(doc: Doc, find: Find) -> str:
    return text_of(doc, find.start, find.end)
