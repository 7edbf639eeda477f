"""Where names stand: spans of the tagger, the gazetteer, composition around head words, brackets, titles, repetition.

Taggers are sure of boundaries, less so of classes; :mod:`indiggraph.mentions.names` decides what class a name has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from indiggraph.lang.marks import dateline_end
from indiggraph.lexicon import Entry, Lexicon
from indiggraph.mentions.compose import compose
from indiggraph.mentions.programs import called, numbered, quoted, whole
from indiggraph.mentions.tokens import ARTICLES, is_join, is_name_word, is_outlet, is_plural, noun, text_of, title_at
from indiggraph.model import ThingType

__all__ = ["Find", "find_spans", "only"]

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
_LINE = re.compile(r"^[^\S\n]*", re.MULTILINE)
_WIRE = re.compile(r"\(([A-Z]{2,6})\)")
_TELLING_ACRONYM = 3
"""Letters of an acronym in brackets from which on the initials before it outweigh what else it may mean ("IPO")."""
_TAIL = 2
"""Words at least of a body's name that is left when its first words are."""
_AMBIGUOUS = 2  # vote for a place whose name an outlet has too
_PROGRAM_FINDERS = {"numbered": numbered, "quoted": quoted, "called": called}
_SURE = frozenset({"composed", *_PROGRAM_FINDERS})
_MONEY = frozenset({"dollar", "cent"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Find:
    """A span that is a name, of a class that its finder believes in."""

    start: int
    end: int
    type: ThingType
    rule: str
    weight: float
    head: int
    entry: Entry | None = None


def find_spans(doc: Doc, lexicon: Lexicon) -> list[Find]:
    """Return where names stand, in the order of the text; no two overlap."""
    banned = _credit_tokens(doc) | _event_tokens(doc, lexicon) | _currency_tokens(doc, lexicon)
    words = frozenset(doc.text.split())
    tagged = list(_tagged(doc, lexicon, words))
    starts = {find.end: find.start for find in tagged}
    holder = {i: find for find in tagged for i in range(find.start, find.end)}
    composed = [_widened(find, starts) for find in _composed(doc, lexicon)]
    known = list(_listed(doc, lexicon))
    listed = [find for find in known if not _is_inside(find, holder.get(find.start))]
    announced = _announced(doc, lexicon, words)
    finds = [*composed, *_programs(doc, lexicon), *tagged, *listed, *_bracketed(doc, lexicon)]
    finds += [*announced, *_titled(doc, lexicon)]
    finds = _without_overlaps(find for find in finds if not banned.intersection(range(find.start, find.end)))
    taken = {i for find in finds for i in range(find.start, find.end)} | banned
    finds += [find for find in known if taken.isdisjoint(range(find.start, find.end))]  # cut off from what held them
    return _without_overlaps([*finds, *_repeated(doc, finds, banned)])


def _is_inside(find: Find, other: Find | None) -> bool:
    """Whether a find is only a part of another."""
    return other is not None and find.end <= other.end and find.end - find.start < other.end - other.start


def only(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the one thing of a gazetteer name; none where several share it."""
    return entries[0] if len(entries) == 1 else None


def _credit_tokens(doc: Doc) -> set[int]:
    """Return the tokens of editors' initials ("QT/LV"), which are in no name."""
    banned: set[int] = set()
    for match in _CREDIT.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        banned.update(range(span.start, span.end) if span is not None else ())
    return banned


def _event_tokens(doc: Doc, lexicon: Lexicon) -> set[int]:
    """Return the tokens of names of wars, crises and the like, in which no place is meant."""
    return {i for e in doc.ents if _names_event(doc, e.start, e.end, lexicon) for i in range(e.start, e.end)}


def _currency_tokens(doc: Doc, lexicon: Lexicon) -> set[int]:
    """Return the tokens of countries that only say whose currency is meant: "US dollars"."""
    money = (token.i - 1 for token in doc[1:] if noun(token) in _MONEY)
    return {i for i in money if lexicon.country(doc[i].text) is not None}


def _composed(doc: Doc, lexicon: Lexicon) -> Iterator[Find]:
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
        if kind is ThingType.PROGRAM:
            span = whole(doc, token.i, span, lexicon)
        if span is None or not _telling(doc, span, token.i, kind, lexicon):
            continue
        start = _strip_start(doc, *span, lexicon)
        if any(lexicon.bodies.heads.get(t.lower_) is ThingType.NEWS_AGENCY for t in doc[start : span[1]]):
            kind = ThingType.NEWS_AGENCY if kind.top is ThingType.ORGANIZATION else kind
        entry = only(lexicon.entries(text_of(doc, start, span[1])))
        if entry is not None and entry.type is ThingType.PROGRAM:
            kind = entry.type  # a fund that is no body
        if span[1] - start > 1:
            yield Find(start, span[1], kind, "composed", 4, token.i)


def _programs(doc: Doc, lexicon: Lexicon) -> Iterator[Find]:
    for rule, finder in _PROGRAM_FINDERS.items():
        for start, end, head in finder(doc, lexicon):
            yield Find(start, end, ThingType.PROGRAM, rule, 4, head)


def _head_type(word: str, low: str, lexicon: Lexicon) -> ThingType | None:
    if word in lexicon.gatherings.names:
        return ThingType.GATHERING
    if (word in lexicon.programs.names or low in lexicon.programs.leads) and word not in lexicon.bodies.heads:
        return ThingType.PROGRAM
    if word in lexicon.bodies.prefixes or word in lexicon.nouns.area_heads:
        return ThingType.PLACE
    known = lexicon.bodies.heads.get(low) or lexicon.bodies.heads.get(word)
    return known or (ThingType.COMPANY if low in lexicon.bodies.direct else None)


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
    endings = tuple(ending.removesuffix("s") for ending in lexicon.groups.endings)
    return word in lexicon.bodies.descriptions or word.endswith(endings)


def _listed(doc: Doc, lexicon: Lexicon) -> Iterator[Find]:
    for span, entries in lexicon.find_names(doc.text):
        tokens = doc.char_span(span.start, span.end)
        plain = (
            tokens is not None and len(tokens) > 1 and entries and entries[0].type is ThingType.PROGRAM
        )  # "third leap"
        if tokens is None or not (plain or any(token.pos_ == "PROPN" or token.ent_type_ for token in tokens)):
            continue
        start = tokens.start + (tokens[0].lower_ in ARTICLES and len(tokens) > 1)
        if start > 0 and _is_direction(doc[start - 1], lexicon) and entries[0].type is ThingType.PLACE:
            start, entries = start - 1, ()  # "Central Java" is another place
        kind = _common_type(entries)
        entry = only(entries)
        weight = 3 if kind is ThingType.PLACE or len(tokens) > 1 else 2
        weight = _AMBIGUOUS if kind is ThingType.PLACE and len(entries) > 1 else weight
        yield Find(start, tokens.end, kind, "gazetteer", weight, tokens.end - 1, entry)


def _is_direction(token: Token, lexicon: Lexicon) -> bool:
    return token.text[0].isupper() and token.lower_ in lexicon.nouns.directions and not token.is_sent_start


def _common_type(entries: tuple[Entry, ...]) -> ThingType:
    kinds = {entry.type for entry in entries}
    if not kinds or kinds == {ThingType.PLACE, ThingType.NEWS_AGENCY}:
        return ThingType.PLACE  # an outlet called by its place
    return next(iter(kinds)) if len(kinds) == 1 else ThingType.ORGANIZATION


def _tagged(doc: Doc, lexicon: Lexicon, words: Set[str]) -> Iterator[Find]:
    ends = {end for _, end in _datelines(doc.text)}
    for span in doc.ents:
        if span.label_ not in _LABELS:
            continue
        start, end = span.start, span.end
        cut = next((token.i for token in span if token.idx in ends), start)
        if cut > start:  # the tagger may join the place of a dateline with the first name behind it
            yield from _cleaned(doc, start, cut, ThingType.PLACE, lexicon, words)
            start = cut
        start = _open_bracket(doc, start, end)
        while (more := _linked_after(doc, end)) > end:
            end = more
        while start > 1 and _is_joined(doc, start - 1) and is_name_word(doc[start - 2]):
            start -= 2
        yield from _cleaned(doc, start, end, _LABELS[span.label_], lexicon, words)


def _open_bracket(doc: Doc, start: int, end: int) -> int:
    """Return the start of a name whose bracket opens before the tagged span: "Norvik (*Chad) Ltd*"."""
    texts = [token.text for token in doc[start:end]]
    if ")" not in texts or "(" in texts or start < 2 or doc[start - 1].text != "(" or not is_name_word(doc[start - 2]):
        return start
    start -= 2
    while start and is_name_word(doc[start - 1]) and not doc[start].is_sent_start:
        start -= 1
    return start


def _linked_after(doc: Doc, end: int) -> int:
    """Return the end after a hyphen or "&" and the capitalised word behind it; the same end if there is none."""
    if is_join(doc[end - 1]) and end < len(doc) and is_name_word(doc[end]) and not doc[end - 1].whitespace_:
        return end + 1
    if end + 1 >= len(doc) or not is_name_word(doc[end + 1]):
        return end
    return end + 2 if doc[end].text == "&" or _is_joined(doc, end) else end


def _is_joined(doc: Doc, hyphen: int) -> bool:
    """Whether a token is a hyphen between two words, without space on either side."""
    return is_join(doc[hyphen]) and not doc[hyphen - 1].whitespace_ and not doc[hyphen].whitespace_


def _widened(find: Find, starts: Mapping[int, int]) -> Find:
    """Let a composed name begin where the tagger begins it, if both end together."""
    return replace(find, start=min(find.start, starts.get(find.end, find.start)))


def _cleaned(doc: Doc, start: int, end: int, kind: ThingType, lexicon: Lexicon, words: Set[str]) -> Iterator[Find]:
    """Cut titles and possessives off a tagged span; a title inside cuts it in two ("[Northwind] Head [A. Smith]")."""
    posts = lexicon.posts
    cut = max((i + 1 for i in range(start, end - 1) if _is_title(doc[i], lexicon)), default=start)
    if cut > start and (kind is ThingType.PERSON or noun(doc[start]) not in posts.heads | posts.honorifics):
        first = next(i for i in range(start, cut) if _is_title(doc[i], lexicon))
        if first > start and not _no_name(doc, start, first, ThingType.ORGANIZATION, lexicon, words):
            yield Find(start, first, ThingType.ORGANIZATION, "tagger", 1, first - 1)
        start, kind = cut, ThingType.PERSON
    if kind is ThingType.ORGANIZATION:
        start = _behind_post(doc, start, end, lexicon)
    while start < end and (doc[start].lower_ in ARTICLES or not doc[start].text[0].isalnum()):
        start += 1
    while end > start and (doc[end - 1].text in _POSSESSIVE or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    start = _strip_start(doc, start, end, lexicon) if end - start > 1 else start
    while kind is ThingType.PERSON and end - start > 2 and _is_title(doc[end - 1], lexicon):
        end -= 1  # "Ada Voss MP"
    if kind is ThingType.PERSON:
        while start > 0 and doc[start - 1].lower_ in posts.kept_titles and is_name_word(doc[start - 1]):
            start -= 1
    if end > start and not _no_name(doc, start, end, kind, lexicon, words):
        yield Find(start, end, kind, "tagger", 1 if end - start > 1 else 0.5, end - 1)


def _behind_post(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the start of a body's name behind a post and "of" that the tagger took in ("Head of Northwind Board")."""
    posts = lexicon.posts
    for i in range(start, end - 2):
        if noun(doc[i]) in posts.heads and not is_plural(doc[i]) and doc[i + 1].lower_ in ("of", "for", "at"):
            return i + 2
        if noun(doc[i]) not in posts.ranks | posts.heads and not lexicon.is_topic(doc[i].text):
            break
    return start


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    posts, low = lexicon.posts, token.lower_.rstrip(".")
    return (noun(token) in posts.heads or low in posts.honorifics) and low not in posts.kept_titles


def _no_name(doc: Doc, start: int, end: int, kind: ThingType, lexicon: Lexicon, words: Set[str]) -> bool:
    """Whether a tagged span is none of our names: a time, a currency, a demonym, a post, or no name at all.

    ``words`` are those of the text: what it writes in lower case elsewhere is no name at the start of a sentence.
    """
    if not any(character.isupper() for character in doc[start:end].text):
        return True
    last = doc[end - 1]
    if noun(last) in lexicon.posts.heads or _names_event(doc, start, end, lexicon):
        return True
    if end - start > 1:
        return False
    word = last.text
    if kind is ThingType.PERSON and word.lower() in lexicon.posts.honorifics - lexicon.posts.kept_titles:
        return True  # "Capt" before a name that the tagger begins behind the full stop
    if lexicon.is_topic(word) and (kind is ThingType.PLACE or title_at(doc, end, lexicon) is not None):
        return True  # "Transport" in "Deputy Transport Minister"
    if not word[0].isupper() or last.pos_ == "ADJ":
        return True
    common = last.is_sent_start and not word.isupper() and (last.pos_ == "NOUN" or word.lower() in words)
    never = word.lower() in lexicon.nouns.never_names or lexicon.is_calendar_or_money(word) or lexicon.is_demonym(word)
    return common or never


def _names_event(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the head of a name is a noun such as "war": its last word, or the last before "of"."""
    inner = next((i for i in range(start + 1, end) if doc[i].lower_ == "of"), end)
    return any(noun(doc[i - 1]) in lexicon.nouns.no_name_heads for i in (inner, end))


def _bracketed(doc: Doc, lexicon: Lexicon) -> Iterator[Find]:
    """Find acronyms in brackets, and the names before them that nothing else finds."""
    wires = _wires(doc.text)
    for token in doc[1:-1] if len(doc) > 2 else ():
        if doc[token.i - 1].text != "(" or doc[token.i + 1].text != ")":
            continue
        start = _initials_start(doc, token.i - 2, token.text)
        common = token.lower_ in lexicon.nouns.never_names or lexicon.is_calendar_or_money(token.text)
        if common and (start is None or len(token.text) < _TELLING_ACRONYM):
            continue
        if lexicon.country(token.text) is not None and _ACRONYM.fullmatch(token.text) is None:
            continue  # "IREL (India) Ltd"
        if start is not None and token.i - 1 - start > 1:
            yield Find(start, token.i - 1, ThingType.ORGANIZATION, "initials", 1, token.i - 2)
        if _ACRONYM.fullmatch(token.text) is not None or start is not None:
            kind = ThingType.NEWS_AGENCY if token.idx in wires else ThingType.ORGANIZATION
            yield Find(token.i, token.i + 1, kind, "bracket", 1, token.i)


def _wires(text: str) -> set[int]:
    """Return where the agencies stand that datelines name in brackets."""
    return {wire.start(1) for start, end in _datelines(text) for wire in _WIRE.finditer(text, start, end)}


def _datelines(text: str) -> list[tuple[int, int]]:
    """Return where datelines begin and where the text behind them does."""
    found = ((line.end(), dateline_end(text, line.end())) for line in _LINE.finditer(text))
    return [(start, end) for start, end in found if end]


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


def _announced(doc: Doc, lexicon: Lexicon, words: Set[str]) -> Iterator[Find]:
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
        if is_outlet(token, lexicon):
            yield Find(start, end, ThingType.NEWS_AGENCY, "announced", 1, end - 1)
        elif _is_title(token, lexicon) and (end - start > 1 or token.lower_ in lexicon.posts.honorifics):
            yield from _cleaned(doc, start, end, ThingType.PERSON, lexicon, words)


def _titled(doc: Doc, lexicon: Lexicon) -> Iterator[Find]:
    """Find acronyms before a title: "ZMO spokesman"."""
    for token in doc[:-1] if len(doc) else ():
        if _is_acronym(token, lexicon) and title_at(doc, token.i + 1, lexicon) is not None:
            yield Find(token.i, token.i + 1, ThingType.ORGANIZATION, "titled", 0.5, token.i)


def _is_acronym(token: Token, lexicon: Lexicon) -> bool:
    word, low = token.text, token.lower_
    shaped = word.isalpha() and word.isupper() and len(word) > 1
    common = low in lexicon.nouns.never_names or low in lexicon.posts.heads or lexicon.is_calendar_or_money(word)
    return shaped and not common and not lexicon.is_topic(word)


def _runs_on(doc: Doc, i: int, first: bool) -> bool:
    """Whether a run of proper nouns goes on at a token, through hyphens too."""
    token = doc[i]
    if not first and is_join(token) and not doc[i - 1].whitespace_ and not token.whitespace_:
        return True
    joined = not first and is_join(doc[i - 1])
    return (token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start) or joined


def _without_overlaps(finds: Iterable[Find]) -> list[Find]:
    """Keep the best of overlapping finds: composed before listed before tagged; among equals the longest."""
    kept: list[Find] = []
    taken: set[int] = set()
    order = sorted(set(finds), key=lambda f: (-_rank(f), f.start - f.end, f.start, -f.weight, f.rule, f.type))
    for find in order:
        tokens = range(find.start, find.end)
        if not taken.intersection(tokens):
            taken.update(tokens)
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _rank(find: Find) -> int:
    return 2 if find.rule in _SURE or (find.rule == "gazetteer" and find.end - find.start > 1) else 1


def _repeated(doc: Doc, finds: list[Find], banned: set[int]) -> Iterator[Find]:
    """Find again, where nothing found it, each name, its acronym, and the last name of each person."""
    taken = banned | {i for find in finds for i in range(find.start, find.end)}
    known: dict[str, Find] = {}
    for find in finds:
        known.setdefault(doc[find.end - 1].text if find.type is ThingType.PERSON else _text(doc, find), find)
    for token in doc:
        first = known.get(token.text)
        if first is not None and token.i not in taken and (is_name_word(token) or first.rule == "bracket"):
            yield Find(token.i, token.i + 1, first.type, "repeated", 0.5, token.i)
    tails = _tails(doc, finds)
    for start in (token.i for token in doc if token.text in tails):
        for tail, kind in tails[doc[start].text]:
            tokens = range(start, start + len(tail))
            if tuple(token.text for token in doc[start : start + len(tail)]) == tail and taken.isdisjoint(tokens):
                yield Find(start, start + len(tail), kind, "repeated", 1, start + len(tail) - 1)


def _tails(doc: Doc, finds: list[Find]) -> dict[str, list[tuple[tuple[str, ...], ThingType]]]:
    """Return by first word what is left of bodies' names without their first word ("Zenda | Rotary Pump")."""
    tails: dict[str, list[tuple[tuple[str, ...], ThingType]]] = defaultdict(list)
    for find in finds:
        tail = tuple(token.text for token in doc[find.start + 1 : find.end])
        named = len(tail) >= _TAIL and all(word[0].isupper() for word in tail)
        if find.type.top is ThingType.ORGANIZATION and named and (tail, find.type) not in tails[tail[0]]:
            tails[tail[0]].append((tail, find.type))
    return tails


def _text(doc: Doc, find: Find) -> str:
    return text_of(doc, find.start, find.end)
