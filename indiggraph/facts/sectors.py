"""Which sectors a fact is about: those named nearest to its values, else those of its goods, else the text's.

Sectors are named ("the steel sector") or told by goods and makers ("crude steel", "carmakers"): ``goods.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from indiggraph import schema
from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import load_cues
from indiggraph.facts.syntax import clause_head, governors, within_clause
from indiggraph.facts.view import SentenceView, span_of
from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import Document, Form, Mention, Money, Span, ThingType

__all__ = ["SectorFinder"]

_DOMINANT = 0.5
"""Share of all that tells a sector in a text that makes one the text's main sector."""
_ENOUGH = 2
"""Places below which no sector is the main one."""
_NO_SECTOR = "none"
"""Key of words that tell no sector though a part of them would ("non-oil trade")."""
_FEW = 2
_IN_PHRASE = "“{}” in the phrase of the value"
_IN_CLAUSE = "“{}” in the clause"
_AROUND = "“{}” in a firm's name, or what the paragraph said last"
_IN_LEAD = "“{}” in the text's first sentence"
_BACK = 2
"""Sentences back in which a paragraph's last word on the sector still holds."""
_BY_FIELD = frozenset({"trade", "finance", "technology"})
"""Sectors whose names are also names of activities; they are no text's main sector."""

_Found = tuple[Span, str]
Place = tuple[Token, str]
"""A token that tells a sector, and the sector's key."""


class SectorFinder:
    """Finds sectors in one document."""

    def __init__(self, document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        names = [m.span for m in mentions if m.form is not Form.PRONOUN and m.type in _OTHERS]
        firms = [m.span for m in mentions if m.form is Form.NAME and m.type in _FIRMS and " " in m.name]
        sectors = [(m.span, m.key) for m in mentions if m.type is ThingType.SECTOR and m.key is not None]
        named, told = _longest(sectors, lexicon.find_goods(doc.text))
        senses = _senses(doc.text, (*named, *told))
        told = _in_one_sense(doc.text, told, senses)
        self._doc = doc
        self._named = _outside_offices(_places(doc, [place for place in named if not _inside(place[0], names)]))
        self._told = _outside_offices(_places(doc, [place for place in told if not _inside(place[0], names)]))
        of_firms = [*lexicon.find_sectors(doc.text), *lexicon.find_goods(doc.text)]
        self._lead = _lead(self._named, doc)
        self._of_firms = _places(doc, [place for place in of_firms if _inside(place[0], firms)])
        title = document.title or ""
        in_title = _longest(lexicon.find_sectors(title), lexicon.find_goods(title))
        in_title = (in_title[0], _in_one_sense(title, in_title[1], senses))
        self._main = _main([key for _, key in (*self._named, *self._told, *in_title[0], *in_title[1])])

    def sectors_of(self, draft: Draft, view: SentenceView) -> tuple[str, ...]:
        """Return the sectors of a draft: of the values' own phrases, the clause, the sentence, else what is around."""
        named, told = _within(view.sentence, self._named), _within(view.sentence, self._told)
        values = [v for v in (draft.amount, *draft.quantities) if v is not None]
        anchors = [view.value_roots[v.span] for v in values] or [draft.anchor]
        near = _phrases(anchors)
        others = {root.i for root in view.value_roots.values()} - {anchor.i for anchor in anchors}
        clauses = {clause_head(token).i for token in (*anchors, draft.anchor)}
        for places in (named, told):
            nearest = [place for place in places if _belongs(place[0], near, others)]
            nearest = _before_next_sum(nearest, draft, view) or nearest
            if nearest:
                return self._keys(_with_row(nearest, named, told), named, _IN_PHRASE, view)
        beside = [place for place in (*named, *told) if clause_head(place[0]).i in clauses]
        own = _before_next_sum(beside, draft, view)
        for places in (named, told):
            chosen = [place for place in own or beside if place in places]
            if chosen:
                return self._keys(_with_row(chosen, named, told), named, _IN_CLAUSE, view)
        if named or told:
            taken = {clause_head(root).i for root in view.value_roots.values() if root.i in others} - clauses
            free = [place for place in named or told if clause_head(place[0]).i not in taken]
            return self._keys(free or named or told, named, "“{}” in the sentence", view)
        around = self._around(view)
        return self._keys(around or self._lead, named, _AROUND if around else _IN_LEAD, view)

    def told_at(self, keys: Sequence[str], view: SentenceView) -> tuple[Span, ...]:
        """The sentence that tells a fact's sectors, where its own does not."""
        everywhere = (*self._named, *self._told, *self._of_firms)
        if not keys or any(key in keys for _, key in _within(view.sentence, everywhere)):
            return ()
        before = self._around(view)
        if before or (self._main is None and self._lead):
            return (span_of((before or self._lead)[0][0].sent),)
        sentences = [span_of(token.sent) for token, key in everywhere if key in keys]
        return (min(sentences),) if sentences else ()

    def _around(self, view: SentenceView) -> list[Place]:
        """What the names of firms in the sentence tell, else what the paragraph said last."""
        firms = _within(view.sentence, self._of_firms)
        if firms:
            return firms
        for sentence in reversed(_paragraph_before(self._doc, view)[-_BACK:]):
            for places in (self._named, self._told, self._of_firms):
                found = _within(sentence, places)
                if found:
                    return found if len({key for _, key in found}) == 1 else []
        return []

    def _keys(self, places: Sequence[Place], named: Sequence[Place], why: str, view: SentenceView) -> tuple[str, ...]:
        """Choose among the sectors of places, and tell why."""
        keys = self._chosen(places, named)
        words = {key: _phrase_to(token) for token, key in reversed(places)}
        for key in keys:
            view.trace.taken("sector", key, why if key in words else "the text's main sector", words.get(key, ""))
        for key, word in words.items():
            if key not in keys:
                view.trace.passed("sector", key, "“{}” gives way to the text's main sector", word)
        return keys

    def _chosen(self, places: Sequence[Place], named: Sequence[Place]) -> tuple[str, ...]:
        """The places' sectors, else the text's main one.

        A wide sector stands for the main one within it ("smelter" for aluminium); of goods of several sectors those
        of the main one decide ("oil and chemical tankers" in a text on shipbuilding).
        """
        keys = {key for _, key in places}
        if self._main is None:
            return tuple(sorted(keys))
        if not keys or (not named and (self._main in keys or all(_describes_party(token) for token, _ in places))):
            return (self._main,)
        if self._main not in keys:
            keys = {self._main if key in _wider_than(self._main) else key for key in keys}
        return tuple(sorted(keys))


def _lead(named: Sequence[Place], doc: Doc) -> list[Place]:
    """The sectors that a text's first sentence names, where it names one or two ("the oil and gas industry")."""
    first = [place for sentence in islice(doc.sents, 1) for place in _within(sentence, named)]
    return first if len({key for _, key in first}) <= _FEW else []


def _phrase_to(token: Token) -> str:
    """A noun with what stands before it as part of its name: "water industry"."""
    first = min([child.i for child in token.children if child.dep_ in ("compound", "amod")], default=token.i)
    return str(token.doc[min(first, token.i) : token.i + 1].text)


def _within(sentence: DocSpan, places: Sequence[Place]) -> list[Place]:
    return [place for place in places if sentence.start <= place[0].i < sentence.end]


def _describes_party(token: Token) -> bool:
    """ "Ordered towers from X, a *foundry* in Y": what a party is says little of what a fact is about."""
    return any(governor.dep_ == "appos" for governor in within_clause(token))


def _paragraph_before(doc: Doc, view: SentenceView) -> list[DocSpan]:
    """The sentences before a sentence in its paragraph."""
    start = doc.text.rfind("\n", 0, view.span.start) + 1
    return [sentence for sentence in doc.sents if start <= sentence.start_char < view.sentence.start_char]


def _outside_offices(places: Sequence[Place]) -> list[Place]:
    """Without the words of posts and bodies, which tell what a state governs ("*Mineral* Resources Minister X")."""
    return [place for place in places if not _names_office(place[0])]


def _names_office(token: Token) -> bool:
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


def _with_row(places: Sequence[Place], named: Sequence[Place], told: Sequence[Place]) -> list[Place]:
    """Places with the goods in one row with sectors named ("*medicines* and medical equipment")."""
    rows = {_first_of_row(place[0]).i for place in places if place in named}
    return [*places, *(place for place in told if place not in places and _first_of_row(place[0]).i in rows)]


def _first_of_row(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _before_next_sum(places: Sequence[Place], draft: Draft, view: SentenceView) -> list[Place]:
    """In a list of sums ("€6 million is for A, €8 million for B") a sum's sectors stand before the next or the rest."""
    if draft.amount is None:
        return []
    start = draft.amount.span.end
    later = [v.span.start for v in view.values if isinstance(v, Money) and v.span.start > start]
    later += [token.idx for token in view.sentence if token.lower_ in load_cues().rests and token.idx > start]
    end = min(later, default=view.span.end)
    return [place for place in places if start <= place[0].idx < end]


_FIRMS = frozenset({ThingType.COMPANY})
"""Things whose names tell what they make ("Harran Steel")."""
_OFFICE_WORDS = frozenset({"minister", "ministry", "secretary", "chamber", "committee", "commission", "department"})
_OTHERS = frozenset(ThingType) - {ThingType.SECTOR, ThingType.GROUP, ThingType.PROGRAM, ThingType.PRODUCT}


def _longest(named: Sequence[_Found], told: Sequence[_Found]) -> tuple[list[_Found], list[_Found]]:
    """Of a sector's name and a good that overlap, the longer one counts: a "gas turbine" is no gas."""
    goods = [(s, k) for s, k in told if not any(s.overlaps(n) and not _wider(s, n) for n, _ in named)]
    kept = [(n, k) for n, k in named if not any(_wider(s, n) for s, _ in goods)]
    return kept, [(s, k) for s, k in goods if k != _NO_SECTOR]


def _wider(span: Span, other: Span) -> bool:
    return span.covers(other) and span != other


def _main(found: Sequence[str]) -> str | None:
    counts = Counter(key for key in found if key not in _BY_FIELD)
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
