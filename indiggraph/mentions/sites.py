"""Names that a lower-case noun completes: "the Zenda refinery", "the Zenda-Hentzau railway", "the Zenix platform"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import Candidate, is_join, is_plural, noun, text_of
from indiggraph.model import ThingType

__all__ = ["with_kinds", "with_sites"]

_KINDS = 3
"""Nouns behind a name at most ("power plant", "fuel oil pipeline")."""
_QUOTES = frozenset({'"', "”", "’", "'"})


def with_sites(doc: Doc, names: Iterable[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Return the names; one that stands before the kind of a site takes it in and has its class."""
    return [_site(doc, name, lexicon) or name for name in names]


def with_kinds(doc: Doc, names: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield names of programs together with the kind behind them ("the Zenix scheme"): one more form."""
    kinds = lexicon.programs.strong | lexicon.programs.titles | lexicon.sites.systems
    for name in names:
        head = _kind_behind(doc, name)
        if name.type is ThingType.PROGRAM and head is not None and noun(head) in kinds:
            yield replace(name, end=head.i + 1, rule="name with kind", alias_of=name.span)


def _site(doc: Doc, name: Candidate, lexicon: Lexicon) -> Candidate | None:
    head = _kind_behind(doc, name)
    if head is None or lexicon.country(text_of(doc, *name.span)) is not None:
        return None
    word = noun(head)
    if word in lexicon.sites.lines:
        kind = ThingType.PROGRAM if _joins_places(doc, name) else None
    else:
        kind = lexicon.sites.kinds.get(word)
        if kind is None and head.i > name.end and head.nbor(-1).pos_ == "NOUN":
            kind = lexicon.sites.works.get(word)
    if kind is None or (name.type.top is ThingType.ORGANIZATION and kind is not ThingType.PLACE):
        return None  # "the Northwind plant" is a firm's
    return replace(name, end=head.i + 1, type=kind, rule="name:site", head=head.i, key=None)


def _kind_behind(doc: Doc, name: Candidate) -> Token | None:
    """Return the last of the lower-case nouns right behind a name, if that is the name's own head."""
    end = first = name.end + (doc[name.end : name.end + 1].text in _QUOTES)
    while end < len(doc) and end - first < _KINDS and _goes_on(doc[end]):
        end += 1
    if end == first or is_plural(doc[end - 1]) or doc[end - 1].pos_ == "ADJ":
        return None
    joined = end < len(doc) and (_goes_on(doc[end]) or is_join(doc[end]))
    return None if joined else doc[end - 1]


def _goes_on(token: Token) -> bool:
    return token.text.islower() and token.pos_ in ("NOUN", "ADJ") and not token.is_sent_start


def _joins_places(doc: Doc, name: Candidate) -> bool:
    inner = doc[name.start + 1 : name.end - 1]
    return name.type is ThingType.PLACE and any(is_join(token) for token in inner)
