"""Finds the words of a text that tell sectors: names of sectors, goods and makers, and names of firms.

Sectors are named ("the steel sector") or told by goods and makers ("crude steel", "carmakers"): ``goods.yaml``.  What
known firms and bodies make or look after, gazetteers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from spacy.tokens import Doc, Token

from indiggraph.facts.syntax import governors
from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import Document, Form, Mention, Span, ThingType
from indiggraph.resources import data_path, load_yaml

__all__ = ["Kinds", "Teller", "Way", "lines_of", "load_kinds", "tellers_of", "title_sectors"]

_NO_SECTOR = "none"
"""Key of words that tell no sector though a part of them would ("non-oil trade")."""
_FIRMS = frozenset({ThingType.COMPANY})
"""Things whose names tell what they make ("Harran Steel")."""
_OFFICE_WORDS = frozenset({"minister", "ministry", "secretary", "chamber", "committee", "commission", "department"})
_OTHERS = frozenset(ThingType) - {ThingType.SECTOR, ThingType.GROUP, ThingType.PROGRAM, ThingType.PRODUCT}
_LENDERS = frozenset({"bank", "fund", "insurance", "exchange", "bourse"})
"""Words of firms whose names tell whom they serve ("Bank of Industry and *Mine*")."""

_Found = tuple[Span, str]


class Way(StrEnum):
    """How a word tells a sector."""

    NAMED = "name of the sector"
    TOLD = "goods"
    UNIT = "unit"
    FIRM = "name of a firm"
    KNOWN = "known firm"
    NAME = "another name"


_OF_FIRMS = frozenset({Way.FIRM, Way.KNOWN})
"""Ways in which a firm's name tells a sector, whatever else it names."""


@dataclass(frozen=True, slots=True)
class Teller:
    """A word that tells a sector, the number of its sentence, and of the line in which that begins."""

    token: Token
    span: Span
    key: str
    way: Way
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The lists of ``lexicon/sectors.yaml``, which says what each is."""

    taken_as: Mapping[str, str]
    activities: frozenset[str]
    means: frozenset[str]
    units: frozenset[str]


@lru_cache
def load_kinds() -> Kinds:
    """Return the packaged lists."""
    data = load_yaml(data_path("lexicon", "sectors.yaml"))
    return Kinds(data["taken_as"], *(frozenset(data[name]) for name in ("activities", "means", "units")))


def tellers_of(doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Teller, ...]:
    """All that tells a sector, in reading order."""
    text = doc.text
    others = [m for m in mentions if m.form is not Form.PRONOUN and m.type in _OTHERS]
    names = [m.span for m in others]
    firms = [m.span for m in others if _tells_its_goods(m)]
    named, told = _longest(_sectors(mentions), lexicon.find_goods(text))
    told = _in_one_sense(text, told, _senses(text, (*named, *told)))
    known = list(_known(others, lexicon))
    unknown = [span for span in names if span not in dict(known)]
    inside = [(s, k) for s, k in (*lexicon.find_sectors(text), *told) if k != _NO_SECTOR and _inside(s, unknown)]
    found = [(span, key, Way.NAMED) for span, key in named if not _inside(span, names)]
    found += [(span, key, _told_way(text, span)) for span, key in told if not _inside(span, names)]
    found += [(span, key, Way.FIRM if _inside(span, firms) else Way.NAME) for span, key in inside]
    found += [(span, key, Way.KNOWN) for span, key in known]
    return _placed(doc, found)


def title_sectors(document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[str, ...]:
    """What the title tells, in the senses that words have in the text."""
    named, told = _longest(_sectors(mentions), lexicon.find_goods(doc.text))
    title = document.title or ""
    in_title = _longest(lexicon.find_sectors(title), lexicon.find_goods(title))
    goods = _in_one_sense(title, in_title[1], _senses(doc.text, (*named, *told)))
    return tuple(_taken_as(key) for _, key in (*in_title[0], *goods))


def _sectors(mentions: Sequence[Mention]) -> list[_Found]:
    return [(m.span, m.key) for m in mentions if m.type is ThingType.SECTOR and m.key is not None]


def _known(mentions: Iterable[Mention], lexicon: Lexicon) -> Iterator[_Found]:
    """What known firms and bodies are in, but for what every industry has to do with: its bank, the customs."""
    for mention in mentions:
        if mention.form is Form.NAME and mention.key is not None:
            yield from ((mention.span, key) for key in lexicon.industries(mention.key) if not _is_activity(key))


def _is_activity(key: str) -> bool:
    return key in load_kinds().activities


def _tells_its_goods(mention: Mention) -> bool:
    words = {singular(word) for word in mention.name.lower().split()}
    return mention.form is Form.NAME and mention.type in _FIRMS and len(words) > 1 and not words & _LENDERS


def _told_way(text: str, span: Span) -> Way:
    return Way.UNIT if singular(text[span.start : span.end].lower()) in load_kinds().units else Way.TOLD


def _taken_as(key: str) -> str:
    return load_kinds().taken_as.get(key, key)


def _placed(doc: Doc, found: Sequence[tuple[Span, str, Way]]) -> tuple[Teller, ...]:
    """Tellers with the places of their sentences, without verbs ("will *ship* 4 tons") and the words of offices."""
    sentence = {token.i: number for number, tokens in enumerate(doc.sents) for token in tokens}
    lines = lines_of(doc)
    placed = []
    for span, key, way in sorted(dict.fromkeys(found), key=lambda one: one[0]):
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None or _is_verb(tokens.root) or (way not in _OF_FIRMS and _names_office(tokens.root)):
            continue
        number = sentence[tokens.root.i]
        placed.append(Teller(tokens.root, span, _taken_as(key), way, number, lines[number]))
    return tuple(placed)


def lines_of(doc: Doc) -> list[int]:
    """The number of the line in which each sentence begins."""
    text, lines, at, line = doc.text, [], 0, 0
    for tokens in doc.sents:
        line += text.count("\n", at, tokens.start_char)
        at = tokens.start_char
        lines.append(line)
    return lines


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" and not token.lower_.endswith("ing")


def _names_office(token: Token) -> bool:
    """Whether a word is of a post or body, which tells what a state governs ("*Mineral* Resources Minister X")."""
    for governor in governors(token):
        if governor.pos_ in ("VERB", "AUX"):
            return False
        if governor.lemma_.lower() in _OFFICE_WORDS:
            return governor.i == token.i or token.text[:1].isupper()
    return False


def _senses(text: str, found: Sequence[_Found]) -> dict[str, str]:
    """Last words of longer names with the sectors that these tell: "turbine" of "offshore wind turbine"."""
    senses: dict[str, str] = {}
    for span, key in found:
        words = _words(text, span)
        if len(words) > 1:
            senses.setdefault(words[-1], key)
    return senses


def _in_one_sense(text: str, told: Sequence[_Found], senses: Mapping[str, str]) -> list[_Found]:
    """Goods with the sector that a longer name of theirs has in the text."""
    return [(span, senses.get(" ".join(_words(text, span)), key)) for span, key in told]


def _words(text: str, span: Span) -> list[str]:
    return [singular(word) for word in text[span.start : span.end].lower().split()]


def _longest(named: Sequence[_Found], told: Sequence[_Found]) -> tuple[list[_Found], list[_Found]]:
    """Of a sector's name and a good that overlap, the longer one counts: a "gas turbine" is no gas."""
    goods = [(s, k) for s, k in told if not any(s.overlaps(n) and not _wider(s, n) for n, _ in named)]
    kept = [(n, k) for n, k in named if not any(_wider(s, n) for s, _ in goods)]
    return kept, [(s, k) for s, k in goods if k != _NO_SECTOR]


def _wider(span: Span, other: Span) -> bool:
    return span.covers(other) and span != other


def _inside(span: Span, names: Sequence[Span]) -> bool:
    return any(name.covers(span) for name in names)
