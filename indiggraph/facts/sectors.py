"""Chooses the sector of a fact, or none: the choice for which most speaks (:mod:`.sector_clues`).

The weights of the clues are data (``data/facts/sectors.yaml``), learned from the annotated articles by
``python -m training.sectors``: annotators give a fact one sector, that of the goods at its values or of the text.  What
the second reading, which sees the whole article, says of each sector is weighed with it (:func:`pooled`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.sector_clues import OF_ANOTHER, Clues, FactPlace, clues_for, place_of, whole_of
from indiggraph.facts.tellers import Way, lines_of, tellers_of, title_sectors
from indiggraph.facts.view import SentenceView, span_of
from indiggraph.lexicon import Lexicon
from indiggraph.model import Document, Mention, Role, Span
from indiggraph.resources import data_path, load_yaml
from indiggraph.trace import Trace

__all__ = ["SURE_ENOUGH", "Offer", "SectorFinder", "Weights", "chosen", "load_weights", "pooled"]

SURE_ENOUGH = 0.35
"""Share of a sector among the choices from which it is stated."""
_WHY = {
    "phrase": "“{}” in the phrase of the value",
    "clause": "“{}” in the clause",
    "sentence": "“{}” in the sentence",
    OF_ANOTHER: "“{}” in the sentence",
}
_LEAST, _LEAST_NAMED = 0.004, 0.25
"""What a sector has by the second reading at least: it all but rules sectors out, unless the sentence calls one by its
name."""
_BEFORE = "“{}” before it in the text"
_ELSEWHERE = "the text's main sector"
_JOINED = frozenset({" and ", " & ", " or "})


@dataclass(frozen=True, slots=True)
class Weights:
    """What each clue weighs, in log odds."""

    weights: Mapping[str, float]

    def shares(self, choices: Mapping[str, Clues]) -> dict[str, float]:
        """Return the probability of each choice."""
        odds = {
            key: sum(self.weights.get(clue, 0.0) * value for clue, value in clues.items())
            for key, clues in choices.items()
        }
        most = max(odds.values())
        powers = {key: math.exp(value - most) for key, value in odds.items()}
        total = sum(powers.values())
        return {key: power / total for key, power in powers.items()}


@lru_cache
def load_weights() -> Weights:
    """Return the packaged weights."""
    return Weights(load_yaml(data_path("facts", "sectors.yaml"))["weights"])


@dataclass(frozen=True, slots=True)
class Offer:
    """The sectors that a fact may have: the share of each (and of none), those it goes with; where the fact stands."""

    shares: Mapping[str, float]
    rows: Mapping[str, frozenset[str]]
    place: FactPlace


def chosen(shares: Mapping[str, float], rows: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the likeliest row of sectors, which mostly is one; nothing if none is likely enough."""
    likely = {tuple(sorted(row)): sum(shares[key] for key in row) for row in rows.values()}
    best = max(likely, key=lambda row: (likely[row], row), default=())
    return best if best and likely[best] >= SURE_ENOUGH else ()


def pooled(
    shares: Mapping[str, float], likely: Mapping[str, float], pool: tuple[float, float], *, named: bool
) -> dict[str, float]:
    """Return what clues and the second reading say of choices together: a logarithmic pool (Genest and Zidek 1986).

    ``pool`` is how much each weighs; ``named`` says that the sentence calls a sector by its name.  What the second
    reading gives to sectors that the text does not tell says nothing of the others: each has its part of it.
    """
    own, other = pool
    least = _LEAST_NAMED if named else _LEAST
    spread = (1.0 - sum(likely.get(key, 0.0) for key in shares)) / len(shares)
    powers = {key: share**own * max(likely.get(key, 0.0) + spread, least) ** other for key, share in shares.items()}
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}


class SectorFinder:
    """Finds sectors in one document."""

    def __init__(self, document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.tellers = tellers_of(doc, mentions, lexicon)
        """All that tells a sector, in reading order."""
        self._whole = whole_of(self.tellers, title_sectors(document, doc, mentions, lexicon))
        self._numbers = {tokens.start: number for number, tokens in enumerate(doc.sents)}
        self._lines = lines_of(doc)
        self._starts = [span_of(tokens) for tokens in doc.sents]

    def offer_to(self, draft: Draft, view: SentenceView, roles: Iterable[Role]) -> Offer:
        """Return what sectors a draft may have, and how likely each is."""
        number = self._numbers[view.sentence.start]
        place = place_of(draft, view, self._whole, (number, self._lines[number]), roles)
        rows = {key: self._whole.row_of(key, number) for key in self._whole.shares}
        choices = clues_for(place, self._whole, rows)
        view.trace.offered(choices, rows)
        return Offer(load_weights().shares(choices), rows, place)

    def sectors_of(self, offer: Offer, trace: Trace) -> tuple[str, ...]:
        """Return the sector of a draft, two where the text joins them ("oil and gas"); nothing if none is likely."""
        place, keys = offer.place, self.settled(offer, offer.shares)
        for key in keys:
            trace.taken("sector", key, *self._why(key, place))
        for key in sorted({teller.key for teller in place.steps} - {*keys}):
            trace.passed("sector", key, "“{}” speaks less for it", self._why(key, place)[1])
        return keys

    def settled(self, offer: Offer, shares: Mapping[str, float]) -> tuple[str, ...]:
        """Return the likeliest row of sectors, else the one that the sentence calls by its name; or nothing."""
        return chosen(shares, offer.rows) or _named_alone(offer.place, offer.rows)

    def is_named(self, offer: Offer) -> bool:
        """Whether the sentence of a fact calls one sector, or one row of sectors, by its name."""
        return bool(_named_alone(offer.place, offer.rows))

    def told_at(self, keys: Sequence[str], view: SentenceView) -> tuple[Span, ...]:
        """The sentence that tells a fact's sectors, where its own does not: the last one before it, else the first."""
        number = self._numbers[view.sentence.start]
        telling = [teller.sentence for teller in self._whole.tellers if teller.key in keys]
        if not telling or number in telling:
            return ()
        return (self._starts[max((n for n in telling if n < number), default=min(telling))],)

    def _why(self, key: str, place: FactPlace) -> tuple[str, str]:
        """The reason for a sector, and the word that tells it."""
        here = [(list(_WHY).index(step), t.span, t) for t, step in place.steps.items() if t.key == key]
        if here:
            teller = min(here, key=lambda entry: entry[:2])[2]
            return _WHY[place.steps[teller]], _phrase_to(teller.token)
        before = [t for t in self._whole.tellers if t.key == key and t.sentence < place.sentence]
        return (_BEFORE, _phrase_to(before[-1].token)) if before else (_ELSEWHERE, "")


def _named_alone(place: FactPlace, rows: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The only sector that a sentence calls by its name ("parts in the *steel sector*"), with those of its row."""
    own = (t for t, step in place.steps.items() if step != OF_ANOTHER and t not in place.parties)
    named = {teller.key for teller in own if teller.way is Way.NAMED}
    row = {other for key in named for other in rows[key]}
    return tuple(sorted(row)) if named and all(rows[key] == frozenset(row) for key in named) else ()


def _phrase_to(token: Token) -> str:
    """A noun with what stands before it as part of its name: "water industry"."""
    first = min([child.i for child in token.children if child.dep_ in ("compound", "amod")], default=token.i)
    return str(token.doc[min(first, token.i) : token.i + 1].text)
