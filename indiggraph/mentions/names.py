"""Names of people, bodies, places, programs and gatherings: where they stand, and of what class they are.

Spans come from the tagger, the gazetteer and composition around head words.  The class of a name is decided once for
the whole document, by a vote over all places where it stands: taggers are sure of boundaries, less so of classes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein
from spacy.tokens import Doc, Token

from indiggraph.lexicon import Entry, Lexicon
from indiggraph.mentions.compose import compose
from indiggraph.mentions.tokens import ARTICLES, Candidate, is_join, is_name_word, noun, text_of
from indiggraph.mentions.votes import context_votes
from indiggraph.model import Form, ThingType

__all__ = ["find_names", "fold"]

_LABELS = {
    "PERSON": ThingType.PERSON,
    "ORG": ThingType.ORGANIZATION,
    "GPE": ThingType.PLACE,
    "LOC": ThingType.PLACE,
    "EVENT": ThingType.GATHERING,
    "PRODUCT": ThingType.PRODUCT,
}
_CREDIT = re.compile(r"[A-Z]{2,4}(/[A-Z]{2,4})+")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&\-]*[A-Z][A-Za-z]?s?")
_SURE_PLACE = 1.5  # votes
_LONG_SURNAME = 6  # letters
_DATELINE = re.compile(r"^[^\n]{3,60}?\(([A-Z]{2,6})\)\s*[-–—]", re.MULTILINE)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class _Find:
    """A span that is a name, of a class that its finder believes in."""

    start: int
    end: int
    type: ThingType
    rule: str
    weight: float
    head: int
    entry: Entry | None = None


def find_names(doc: Doc, lexicon: Lexicon) -> list[Candidate]:
    """Return the names of a document in the order of the text; no two overlap."""
    banned = _banned(doc, lexicon)
    tagged = list(_tagged(doc, lexicon))
    composed = [_widened(find, tagged) for find in _composed(doc, lexicon)]
    finds = [*composed, *tagged, *_listed(doc, lexicon), *_bracketed(doc, lexicon), *_announced(doc, lexicon)]
    finds = _without_overlaps(find for find in finds if not banned.intersection(range(find.start, find.end)))
    finds += _repeated(doc, finds, banned)
    return _link_aliases(doc, list(_decide(doc, _without_overlaps(finds), lexicon)))


_Votes = dict[ThingType, float]


def fold(name: str) -> str:
    """Return a name without case, spaces and punctuation, for comparison inside one document."""
    return re.sub(r"\W", "", name.casefold())


# ---- where names stand ----------------------------------------------------------------------------------------


def _banned(doc: Doc, lexicon: Lexicon) -> set[int]:
    """Return tokens that are in no name: credit lines ("EF/MA"), months and currencies that stand alone."""
    banned: set[int] = set()
    for match in _CREDIT.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        banned.update(range(span.start, span.end) if span is not None else ())
    return banned


def _composed(doc: Doc, lexicon: Lexicon) -> Iterator[_Find]:
    for token in doc:
        if not token.text[0].isupper():
            continue
        word, low = noun(token), token.lower_.rstrip(".")
        kind = _head_type(word, low, lexicon)
        if kind is None:
            continue
        leading = word in lexicon.bodies.leading | lexicon.bodies.prefixes
        leading |= kind in (ThingType.GATHERING, ThingType.PROGRAM)
        span = compose(doc, token.i, lexicon, leading, direct=low in lexicon.bodies.direct)
        if span is None or not _telling(doc, span, token.i, kind, lexicon):
            continue
        start = _strip_start(doc, *span, lexicon)
        if any(lexicon.bodies.heads.get(t.lower_) is ThingType.NEWS_AGENCY for t in doc[start : span[1]]):
            kind = ThingType.NEWS_AGENCY if kind.top is ThingType.ORGANIZATION else kind
        if span[1] - start > 1:
            yield _Find(start, span[1], kind, "composed", 4, token.i)


def _head_type(word: str, low: str, lexicon: Lexicon) -> ThingType | None:
    if word in lexicon.gatherings.names:
        return ThingType.GATHERING
    if word in lexicon.programs.names and word not in lexicon.bodies.heads:
        return ThingType.PROGRAM
    if word in lexicon.bodies.prefixes or word in lexicon.nouns.area_heads:
        return ThingType.PLACE
    return lexicon.bodies.heads.get(low) or lexicon.bodies.heads.get(word)


def _telling(doc: Doc, span: tuple[int, int], head: int, kind: ThingType, lexicon: Lexicon) -> bool:
    """Whether the words beside the head make a name: heads that are sector words too ("Steel") need a proper noun."""
    if not lexicon.is_topic(doc[head].text) or kind in (ThingType.GATHERING, ThingType.PROGRAM):
        return True
    others = [token for token in doc[span[0] : span[1]] if token.i != head and is_name_word(token)]
    return any(token.pos_ == "PROPN" and not _is_common(token, lexicon) for token in others)


def _is_common(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.is_topic(token.text) or lexicon.is_demonym(token.text) or noun(token) in lexicon.posts.ranks


def _strip_start(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the start without articles, former and current marks, and lower-case kinds before the name."""
    while start < end - 1 and (
        doc[start].lower_ in ARTICLES
        or doc[start].lower_ in lexicon.posts.former
        or _describes(noun(doc[start]), lexicon)
    ):
        start += 1
    return start


def _describes(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.bodies.descriptions or word.endswith(tuple(e.removesuffix("s") for e in lexicon.groups.endings))


def _listed(doc: Doc, lexicon: Lexicon) -> Iterator[_Find]:
    for span, entries in lexicon.find_names(doc.text):
        tokens = doc.char_span(span.start, span.end)
        if tokens is None or not any(token.pos_ == "PROPN" or token.ent_type_ for token in tokens):
            continue
        start = tokens.start + (tokens[0].lower_ in ARTICLES and len(tokens) > 1)
        kinds = {entry.type for entry in entries}
        kind = next(iter(kinds)) if len(kinds) == 1 else ThingType.ORGANIZATION
        entry = entries[0] if len(entries) == 1 else None
        weight = 3 if kind is ThingType.PLACE or len(tokens) > 1 else 2
        yield _Find(start, tokens.end, kind, "gazetteer", weight, tokens.end - 1, entry)


def _tagged(doc: Doc, lexicon: Lexicon) -> Iterator[_Find]:
    for span in doc.ents:
        if span.label_ not in _LABELS:
            continue
        start, end = span.start, span.end
        while (more := _linked_after(doc, end)) > end:
            end = more
        while start > 1 and is_join(doc[start - 1]) and not doc[start - 2].whitespace_ and is_name_word(doc[start - 2]):
            start -= 2
        yield from _cleaned(doc, start, end, _LABELS[span.label_], lexicon)


def _linked_after(doc: Doc, end: int) -> int:
    """Return the end after a hyphen or "&" and the capitalised word behind it; the same end if there is none."""
    if is_join(doc[end - 1]) and end < len(doc) and is_name_word(doc[end]):
        return end + 1
    if end + 1 >= len(doc) or not is_name_word(doc[end + 1]):
        return end
    return end + 2 if doc[end].text == "&" or (is_join(doc[end]) and not doc[end - 1].whitespace_) else end


def _widened(find: _Find, tagged: Iterable[_Find]) -> _Find:
    """Let a composed name begin where the tagger begins it, if both end together."""
    start = min((other.start for other in tagged if other.end == find.end and other.end - other.start > 1), default=None)
    return find if start is None or start >= find.start else replace(find, start=start)


def _cleaned(doc: Doc, start: int, end: int, kind: ThingType, lexicon: Lexicon) -> Iterator[_Find]:
    """Cut titles and possessives off a tagged span; a title inside cuts it in two ("[Northwind] Head [A. Smith]")."""
    posts = lexicon.posts
    cut = max((i + 1 for i in range(start, end - 1) if _is_title(doc[i], lexicon)), default=start)
    if cut > start:
        first = next(i for i in range(start, cut) if _is_title(doc[i], lexicon))
        if first > start:
            yield _Find(start, first, ThingType.ORGANIZATION, "tagger", 1, first - 1)
        start, kind = cut, ThingType.PERSON
    while start < end and (doc[start].lower_ in ARTICLES or not doc[start].text[0].isalnum()):
        start += 1
    while end > start and (doc[end - 1].text in _POSSESSIVE or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    start = _strip_start(doc, start, end, lexicon) if end - start > 1 else start
    if kind is ThingType.PERSON:
        while start > 0 and doc[start - 1].lower_ in posts.kept_titles and is_name_word(doc[start - 1]):
            start -= 1
    if end > start and not _no_name(doc, start, end, lexicon):
        yield _Find(start, end, kind, "tagger", 1 if end - start > 1 else 0.5, end - 1)


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    posts, low = lexicon.posts, token.lower_.rstrip(".")
    return (noun(token) in posts.heads or low in posts.honorifics) and low not in posts.kept_titles


def _no_name(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a tagged span is none of our names: a time, a currency, a demonym, a post, or no name at all."""
    if not any(character.isalpha() for character in doc[start:end].text):
        return True
    last = doc[end - 1]
    if noun(last) in lexicon.posts.heads or noun(last) in lexicon.nouns.no_name_heads:
        return True
    if end - start > 1:
        return False
    word = last.text
    if not word[0].isupper() and _ACRONYM.fullmatch(word) is None and not last.ent_type_:
        return True
    common = last.is_sent_start and last.pos_ not in ("PROPN", "X") and not word.isupper()
    never = word.lower() in lexicon.nouns.never_names or lexicon.is_calendar_or_money(word) or lexicon.is_demonym(word)
    return common or never


def _bracketed(doc: Doc, lexicon: Lexicon) -> Iterator[_Find]:
    """Find acronyms in brackets, and the names before them that nothing else finds."""
    wires = {match.start(1) for match in _DATELINE.finditer(doc.text)}
    for token in doc[1:-1] if len(doc) > 2 else ():
        if doc[token.i - 1].text != "(" or doc[token.i + 1].text != ")":
            continue
        if token.lower_ in lexicon.nouns.never_names or lexicon.is_calendar_or_money(token.text):
            continue
        start = _initials_start(doc, token.i - 2, token.text)
        if start is not None and token.i - 1 - start > 1:
            yield _Find(start, token.i - 1, ThingType.ORGANIZATION, "initials", 1, token.i - 2)
        if _ACRONYM.fullmatch(token.text) is not None or start is not None:
            kind = ThingType.NEWS_AGENCY if token.idx in wires else ThingType.ORGANIZATION
            yield _Find(token.i, token.i + 1, kind, "bracket", 1, token.i)


def _initials_start(doc: Doc, last: int, acronym: str) -> int | None:
    """Return where the capitalised words before a bracket begin, if their initials are its letters."""
    letters = [letter for letter in acronym if letter.isupper()] or list(acronym.upper())
    i = last
    while i >= doc[last].sent.start and letters:
        token = doc[i]
        if token.text[0].isupper():
            if token.text[0] != letters.pop():
                return None
        elif token.lower_ not in ("of", "for", "and", "the", "&", "-", "in"):
            return None
        i -= 1
    return i + 1 if not letters else None


def _announced(doc: Doc, lexicon: Lexicon) -> Iterator[_Find]:
    """Find capitalised words after a title ("Mr", "minister"), or after the kind of an outlet ("the daily")."""
    for token in doc[:-1]:
        end = token.i + 1
        if doc[end].text == "." and token.lower_ in lexicon.posts.honorifics:
            end += 1
        start = end
        while end < len(doc) and _runs_on(doc, end, end == start):
            end += 1
        if end == start or (token.text[0].isupper() and noun(token) in lexicon.nouns.carriers):
            continue
        if noun(token) in lexicon.nouns.carriers:
            yield _Find(start, end, ThingType.NEWS_AGENCY, "announced", 1, end - 1)
        elif _is_title(token, lexicon) and (end - start > 1 or token.lower_ in lexicon.posts.honorifics):
            yield from _cleaned(doc, start, end, ThingType.PERSON, lexicon)


def _runs_on(doc: Doc, i: int, first: bool) -> bool:
    """Whether a run of proper nouns goes on at a token, through hyphens too."""
    token = doc[i]
    if not first and is_join(token) and not doc[i - 1].whitespace_ and not token.whitespace_:
        return True
    joined = not first and is_join(doc[i - 1])
    return (token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start) or joined


def _without_overlaps(finds: Iterable[_Find]) -> list[_Find]:
    """Keep the best of overlapping finds: composed before listed before tagged; among equals the longest."""
    kept: list[_Find] = []
    taken: set[int] = set()
    order = sorted(set(finds), key=lambda f: (-_rank(f), f.start - f.end, f.start, -f.weight, f.rule, f.type))
    for find in order:
        tokens = range(find.start, find.end)
        if not taken.intersection(tokens):
            taken.update(tokens)
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _rank(find: _Find) -> int:
    return 2 if find.rule == "composed" or (find.rule == "gazetteer" and find.end - find.start > 1) else 1


def _repeated(doc: Doc, finds: list[_Find], banned: set[int]) -> Iterator[_Find]:
    """Find again, where nothing found it, each name, its acronym, and the last name of each person."""
    taken = banned | {i for find in finds for i in range(find.start, find.end)}
    known: dict[str, _Find] = {}
    for find in finds:
        known.setdefault(doc[find.end - 1].text if find.type is ThingType.PERSON else _text(doc, find), find)
    for token in doc:
        find = known.get(token.text)
        if find is not None and token.i not in taken and is_name_word(token):
            yield _Find(token.i, token.i + 1, find.type, "repeated", 0.5, token.i)


def _text(doc: Doc, find: _Find) -> str:
    return text_of(doc, find.start, find.end)


# ---- of what class they are -----------------------------------------------------------------------------------


def _decide(doc: Doc, finds: list[_Find], lexicon: Lexicon) -> Iterator[Candidate]:
    """Give every name the class that most places of the document speak for; long names first, their parts after."""
    votes = _vote(doc, finds, lexicon)
    long = {name: _winner(tally) for name, tally in votes.items() if " " in name}
    people = {fold(word) for name, kind in long.items() if kind is ThingType.PERSON for word in name.split()[1:]}
    firsts = {fold(name.split()[0]): kind for name, kind in long.items() if kind.top is ThingType.ORGANIZATION}
    short = {name: _winner(_with_parts(name, votes[name], people, firsts)) for name in votes if name not in long}
    bodies = {fold(name) for name, kind in short.items() if kind.top is ThingType.ORGANIZATION}
    for name in long:
        if fold(name.split()[0]) in bodies:
            votes[name][ThingType.ORGANIZATION] += 1.5
            long[name] = _winner(votes[name])
    for find in finds:
        name = _key(doc, find)
        yield _candidate(find, long[name] if name in long else short[name])


def _vote(doc: Doc, finds: list[_Find], lexicon: Lexicon) -> dict[str, _Votes]:
    votes: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    bodies = {i for f in finds if f.type.top is ThingType.ORGANIZATION and f.weight > 1 for i in range(f.start, f.end)}
    for find in finds:
        tally = votes[_key(doc, find)]
        tally[find.type] += find.weight
        for kind, weight in context_votes(doc, find.start, find.end, lexicon, bodies):
            tally[kind] += weight
    return dict(votes)


def _with_parts(name: str, tally: _Votes, people: set[str], firsts: dict[str, ThingType]) -> _Votes:
    """Add what the document's longer names say about a single word: a surname, or a body's short name."""
    word, more = fold(name), defaultdict(float, tally)
    if any(_same_surname(word, other) for other in people):
        more[ThingType.PERSON] += 6.0
    elif word in firsts and tally.get(ThingType.PLACE, 0.0) < _SURE_PLACE:
        more[firsts[word]] += 3.0
    return more


def _same_surname(left: str, right: str) -> bool:
    """Whether two words spell one surname: equal, or one letter apart in a long word (another romanisation)."""
    if left == right:
        return True
    long = min(len(left), len(right)) >= _LONG_SURNAME and left[0] == right[0]
    return long and Levenshtein.distance(left, right) == 1


def _winner(tally: Mapping[ThingType, float]) -> ThingType:
    tops: dict[ThingType, float] = defaultdict(float)
    for kind, weight in tally.items():
        tops[kind.top] += weight
    top = max(sorted(tops), key=lambda kind: tops[kind])
    return max(sorted(k for k in tally if k.top is top), key=lambda k: (k is not k.top, tally[k]))


def _key(doc: Doc, find: _Find) -> str:
    """Return what a name's places have in common: its words in lower case."""
    return _text(doc, find).casefold()


def _candidate(find: _Find, kind: ThingType) -> Candidate:
    entry = find.entry if find.entry is not None and find.entry.type.top is kind.top else None
    return Candidate(
        find.start, find.end, kind, Form.NAME, f"name:{find.rule}", find.head,
        key=entry.id if entry is not None else None, country=entry.country if entry is not None else None,
    )  # fmt: skip


def _link_aliases(doc: Doc, names: list[Candidate]) -> list[Candidate]:
    """Point a name in brackets to the name before them; all its places then have the class and key of that name."""
    known: dict[str, Candidate] = {}
    linked: dict[int, tuple[int, int]] = {}
    for before, name in pairwise(sorted(names, key=lambda c: c.start)):
        opened = before.end == name.start - 1 and doc[before.end].text == "(" and before.type is not ThingType.PLACE
        if opened and name.end < len(doc) and doc[name.end].text == ")":
            known[text_of(doc, *name.span)] = before
            linked[name.start] = before.span
    return [_as_alias(name, known.get(text_of(doc, *name.span)), linked.get(name.start)) for name in names]


def _as_alias(name: Candidate, full: Candidate | None, target: tuple[int, int] | None) -> Candidate:
    if full is None:
        return name
    key = full.key or (name.key if name.type.top is full.type.top else None)
    return replace(name, type=full.type, key=key, country=full.country or name.country, alias_of=target)
