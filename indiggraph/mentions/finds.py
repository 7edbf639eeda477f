"""Where names stand: spans of the tagger, the gazetteer, composition around head words, brackets, titles, repetition.

Taggers are sure of boundaries, less so of classes; :mod:`indiggraph.mentions.names` decides what class a name has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Entry, Lexicon
from indiggraph.mentions.compose import compose
from indiggraph.mentions.programs import called, numbered, quoted, whole
from indiggraph.mentions.tagged import Find, cleaned, datelines, find_tagged, is_title, names_event, strip_start
from indiggraph.mentions.tokens import ARTICLES, is_join, is_name_word, is_outlet, is_plural, noun, text_of, title_at
from indiggraph.model import ThingType

__all__ = ["Find", "find_spans", "only"]

_CREDIT = re.compile(r"[A-Z]{2,4}(/[A-Z]{2,4})+")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&\-]*[A-Z][A-Za-z]?s?")
_WIRE = re.compile(r"\(([A-Z]{2,6})\)")
_TELLING_ACRONYM = 3
"""Letters of an acronym in brackets from which on the initials before it outweigh what else it may mean ("IPO")."""
_MEMBERS = ("er", "or", "ist")
"""Endings of nouns for those who may be members of a body."""
_TAIL = 2
"""Words at least of a body's name that is left when its first words are."""
_AMBIGUOUS = 2  # vote for a place whose name an outlet has too
_PROGRAM_FINDERS = {"numbered": numbered, "quoted": quoted, "called": called}
_SURE = frozenset({"composed", *_PROGRAM_FINDERS})
_LEADING_ON = frozenset({"of", "for", "on"})
_MONEY = frozenset({"dollar", "cent"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def find_spans(doc: Doc, lexicon: Lexicon) -> list[Find]:
    """Return where names stand, in the order of the text; no two overlap."""
    banned = _credit_tokens(doc) | _event_tokens(doc, lexicon) | _currency_tokens(doc, lexicon)
    words = frozenset(doc.text.split())
    tagged = list(find_tagged(doc, lexicon, words))
    starts = {find.end: find.start for find in tagged}
    ends = {find.start: find.end for find in tagged}
    holder = {i: find for find in tagged for i in range(find.start, find.end)}
    composed = [_widened(doc, find, starts, ends, lexicon) for find in _composed(doc, lexicon)]
    known = list(_listed(doc, lexicon))
    listed = [find for find in known if not _is_inside(find, holder.get(find.start))]
    announced = _announced(doc, lexicon, words)
    finds = [*composed, *_programs(doc, lexicon), *tagged, *listed, *_bracketed(doc, lexicon)]
    finds += [*announced, *_titled(doc, lexicon)]
    finds = _without_overlaps(find for find in finds if not banned.intersection(range(find.start, find.end)))
    taken = {i for find in finds for i in range(find.start, find.end)} | banned
    finds += [find for find in known if taken.isdisjoint(range(find.start, find.end))]  # cut off from what held them
    return _without_overlaps([*finds, *_repeated(doc, finds, banned, lexicon)])


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
    return {i for e in doc.ents if names_event(doc, e.start, e.end, lexicon) for i in range(e.start, e.end)}


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
        if kind is ThingType.GATHERING and _has_members(doc, token.i):
            kind = ThingType.ORGANIZATION  # "Zenda Spinners' Forum"
        if kind is None:
            continue
        leading = word in lexicon.bodies.leading | lexicon.bodies.prefixes
        leading |= kind in (ThingType.GATHERING, ThingType.PROGRAM)
        span = compose(doc, token.i, lexicon, leading, direct=_leads(low, lexicon))
        if kind is ThingType.PROGRAM:
            span = whole(doc, token.i, span, lexicon)
        if span is None or not _telling(doc, span, token.i, kind, lexicon):
            continue
        start = strip_start(doc, *span, lexicon)
        if any(lexicon.bodies.heads.get(t.lower_) is ThingType.NEWS_AGENCY for t in doc[start : span[1]]):
            kind = ThingType.NEWS_AGENCY if kind.top is ThingType.ORGANIZATION else kind
        entry = only(lexicon.entries(text_of(doc, start, span[1])))
        if entry is not None and entry.type is ThingType.PROGRAM:
            kind = entry.type  # a fund that is no body
        if span[1] - start > 1:
            rule = "firm" if word not in lexicon.bodies.heads and low in lexicon.bodies.firm_words else "composed"
            yield Find(start, span[1], kind, rule, 4, token.i)


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
    if known is None and low in lexicon.bodies.foreign_public:
        return ThingType.GOVERNMENT_BODY
    if known is None and low in lexicon.bodies.foreign:
        return ThingType.ORGANIZATION
    firm = low in lexicon.bodies.direct or (low in lexicon.bodies.firm_words and word not in lexicon.groups.strong)
    return known or (ThingType.COMPANY if firm else None)


def _has_members(doc: Doc, head: int) -> bool:
    """Whether the word before a head names its members: "Users'", "Exporters"."""
    if head == 0:
        return False
    member = doc[max(head - 1 - (doc[head - 1].text in _POSSESSIVE), 0)]
    return is_name_word(member) and is_plural(member) and noun(member).endswith(_MEMBERS)


def _leads(word: str, lexicon: Lexicon) -> bool:
    """Whether the name of a body may follow a word directly ("Bank Zenda", "Ministerio de Zenda")."""
    bodies = lexicon.bodies
    return any(word in words for words in (bodies.direct, bodies.foreign, bodies.foreign_public))


def _telling(doc: Doc, span: tuple[int, int], head: int, kind: ThingType, lexicon: Lexicon) -> bool:
    """Whether the words beside the head make a name: heads that are sector words too ("Steel") need a proper noun."""
    if not lexicon.is_topic(doc[head].text) or kind in (ThingType.GATHERING, ThingType.PROGRAM):
        return True
    others = [token for token in doc[span[0] : span[1]] if token.i != head and is_name_word(token)]
    return any(token.pos_ == "PROPN" and not _is_common(token, lexicon) for token in others)


def _is_common(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.is_topic(token.text) or lexicon.is_demonym(token.text) or noun(token) in lexicon.posts.ranks


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


def _widened(doc: Doc, find: Find, starts: Mapping[int, int], ends: Mapping[int, int], lexicon: Lexicon) -> Find:
    """Let a composed name begin where the tagger begins it, if both end together, or end where the tagger ends it if
    "of" or "for" leads on; another body behind "of the" stays one ("an office of the | Zenda Ministry").
    """
    heads = lexicon.bodies.heads
    start = min(find.start, starts.get(find.end, find.start))
    parts = (i for i in range(start + 1, find.start - 1) if doc[i].lower_ == "of" and doc[i + 1].lower_ == "the")
    within = any(noun(token) in heads for i in parts for token in doc[start:i])
    rest = doc[find.end : ends.get(find.start, find.end)]
    led = len(rest) > 1 and rest[0].lower_ in _LEADING_ON and rest[1].text[0].isupper()
    goes_on = led and not any(noun(token) in heads or title_at(doc, token.i, lexicon) for token in rest)
    return replace(find, start=find.start if within else start, end=rest.end if goes_on else find.end)


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
    return {wire.start(1) for start, end in datelines(text) for wire in _WIRE.finditer(text, start, end)}


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
        elif noun(token) in lexicon.bodies.descriptions and token.text.islower() and not is_plural(token):
            yield Find(start, end, ThingType.ORGANIZATION, "announced", 1, end - 1)  # "the carmaker Zenda"
        elif is_title(token, lexicon) and (end - start > 1 or token.lower_ in lexicon.posts.honorifics):
            yield from cleaned(doc, start, end, ThingType.PERSON, lexicon, words)


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


def _repeated(doc: Doc, finds: list[Find], banned: set[int], lexicon: Lexicon) -> Iterator[Find]:
    """Find again, where nothing found it, each name, its acronym, and the surname of each person."""
    taken = banned | {i for find in finds for i in range(find.start, find.end)}
    known: dict[str, Find] = {}
    for find in finds:
        known.setdefault(doc[find.end - 1].text if find.type is ThingType.PERSON else _text(doc, find), find)
    for find in finds:  # a first word may be a surname too
        word = doc[find.start].text
        if find.type is ThingType.PERSON and find.end - find.start > 1 and not lexicon.is_given_name(word):
            known.setdefault(word, find)
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
