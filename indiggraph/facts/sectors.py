"""Which sectors a fact is about: those named nearest to its values, else those of its goods, else the text's.

Sectors are named ("the steel sector") or told by goods and makers ("crude steel", "carmakers"): ``goods.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from indiggraph import schema
from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import clause_head, within_clause
from indiggraph.facts.view import SentenceView, span_of
from indiggraph.lexicon import Lexicon
from indiggraph.model import Document, Form, Mention, Money, Span, ThingType

__all__ = ["SectorFinder"]

_DOMINANT = 0.5
"""Share of all that tells a sector in a text that makes one the text's main sector."""
_ENOUGH = 2
"""Places below which no sector is the main one."""
_BY_FIELD = frozenset({"trade", "finance", "technology"})
"""Sectors whose names are also names of activities; they are no text's main sector."""

_Found = tuple[Span, str]
Place = tuple[Token, str]
"""A token that tells a sector, and the sector's key."""


class SectorFinder:
    """Finds sectors in one document."""

    def __init__(self, document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        names = [m.span for m in mentions if m.form is not Form.PRONOUN and m.type in _OTHERS]
        sectors = [(m.span, m.key) for m in mentions if m.type is ThingType.SECTOR and m.key is not None]
        named, told = _longest(sectors, lexicon.find_goods(document.text))
        self._named = _places(doc, [(span, key) for span, key in named if not _inside(span, names)])
        self._told = _places(doc, [(span, key) for span, key in told if not _inside(span, names)])
        offices = [m.span for m in mentions if m.type in _OFFICES]
        named, told = ([p for p in places if not _inside(p[0], offices)] for places in (named, told))
        title = document.title or ""
        in_title = _longest(lexicon.find_sectors(title), lexicon.find_goods(title))
        self._main = _main([*named, *told, *in_title[0], *in_title[1]])

    def sectors_of(self, draft: Draft, view: SentenceView) -> tuple[str, ...]:
        """Return the sectors of a draft: of the values' own phrases, of the clause, of the sentence, of the text."""
        first, end = view.sentence.start, view.sentence.end
        named = [place for place in self._named if first <= place[0].i < end]
        told = [place for place in self._told if first <= place[0].i < end]
        values = [v for v in (draft.amount, *draft.quantities) if v is not None]
        anchors = [view.value_roots[v.span] for v in values] or [draft.anchor]
        near = _phrases(anchors)
        others = {root.i for root in view.value_roots.values()} - {anchor.i for anchor in anchors}
        clauses = {clause_head(token).i for token in (*anchors, draft.anchor)}
        for places in (named, told):
            nearest = [place for place in places if _belongs(place[0], near, others)]
            beside = [place for place in places if clause_head(place[0]).i in clauses]
            beside = _before_next_sum(beside, draft, view) or beside
            if nearest or beside:
                return self._keys(nearest or beside)
        if named or told:
            return self._keys(named or told)
        return () if self._main is None else (self._main,)

    def told_at(self, keys: Sequence[str], view: SentenceView) -> tuple[Span, ...]:
        """The sentence that tells the text's main sector, where a fact has it from there and not from its own."""
        here = any(view.sentence.start <= token.i < view.sentence.end for token, _ in (*self._named, *self._told))
        if here or not keys:
            return ()
        sentences = [span_of(token.sent) for token, key in (*self._named, *self._told) if key in keys]
        return (min(sentences),) if sentences else ()

    def _keys(self, places: Sequence[Place]) -> tuple[str, ...]:
        """The places' sectors; a wide one stands for the text's main sector within it ("smelter" for aluminium)."""
        keys = {key for _, key in places}
        if self._main is not None and self._main not in keys:
            keys = {self._main if key in _wider_than(self._main) else key for key in keys}
        return tuple(sorted(keys))


def _before_next_sum(places: Sequence[Place], draft: Draft, view: SentenceView) -> list[Place]:
    """In a list of sums ("€6 million is for A, €8 million for B") a sum's sectors stand before the next sum."""
    if draft.amount is None:
        return []
    later = [v.span.start for v in view.values if isinstance(v, Money) and v.span.start > draft.amount.span.start]
    end = min(later, default=view.span.end)
    return [place for place in places if draft.amount.span.end <= place[0].idx < end]


_OFFICES = frozenset({ThingType.GOVERNMENT_BODY, ThingType.PERSON, ThingType.PLACE})
"""Things whose names tell of all that a state governs, not of what the text is about."""
_OTHERS = frozenset(ThingType) - {ThingType.SECTOR, ThingType.GROUP, ThingType.PROGRAM, ThingType.PRODUCT}


def _longest(named: Sequence[_Found], told: Sequence[_Found]) -> tuple[list[_Found], list[_Found]]:
    """Of a sector's name and a good that overlap, the longer one counts: a "gas turbine" is no gas."""
    goods = [(s, k) for s, k in told if not any(s.overlaps(n) and not _wider(s, n) for n, _ in named)]
    return [(n, k) for n, k in named if not any(_wider(s, n) for s, _ in goods)], goods


def _wider(span: Span, other: Span) -> bool:
    return span.covers(other) and span != other


def _main(found: Sequence[tuple[Span, str]]) -> str | None:
    counts = Counter(key for _, key in found if key not in _BY_FIELD)
    if not counts:
        return None
    key, count = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return key if count >= _ENOUGH and count >= _DOMINANT * counts.total() else None


def _inside(span: Span, names: Sequence[Span]) -> bool:
    return any(name.covers(span) for name in names)


def _places(doc: Doc, spans: Sequence[tuple[Span, str]]) -> list[Place]:
    tokens = [(doc.char_span(span.start, span.end, alignment_mode="expand"), key) for span, key in spans]
    return [(found.root, key) for found, key in tokens if found is not None]


def _phrases(anchors: Sequence[Token]) -> set[int]:
    """Heads of the values' noun phrases, up to the verb."""
    reach: set[int] = set()
    for anchor in anchors:
        for governor in within_clause(anchor):
            if governor.pos_ not in ("NOUN", "PROPN", "SYM", "NUM"):
                break
            reach.add(governor.i)
            if governor.dep_ == "conj":
                break
    return reach


def _belongs(token: Token, near: set[int], others: set[int]) -> bool:
    """Whether a token stands in the values' phrases and in no other value's."""
    for governor in within_clause(token):
        if governor.i in others:
            return False
        if governor.i in near:
            return True
    return False


def _wider_than(key: str) -> frozenset[str]:
    """Keys of the sectors above a sector in the scheme."""
    by_key = {sector.key: sector for sector in schema.sectors()}
    found: set[str] = set()
    above = by_key[key].broader
    while above is not None and above not in found:
        found.add(above)
        above = by_key[above].broader
    return frozenset(found)
