"""Gathers what speaks for each sector that a fact may be about: where it is told, how much of the text tells it.

No clue is a word or a sector: what is learned from some articles (:mod:`.sectors`) must hold for others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from indiggraph import schema
from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import load_cues
from indiggraph.facts.syntax import clause_head, within_clause
from indiggraph.facts.tellers import Teller, Way, load_kinds
from indiggraph.facts.view import SentenceView
from indiggraph.model import Money, Role, Span

__all__ = ["NO_SECTOR", "OF_ANOTHER", "Clues", "FactPlace", "Whole", "clues_for", "place_of", "whole_of"]

NO_SECTOR = ""
"""Stands for no sector among the choices."""

Clues = Mapping[str, float]
"""What speaks for a choice, by clue: 1, or a share."""

_WORDS = frozenset({Way.NAMED, Way.TOLD})
_NAMES = frozenset({Way.FIRM, Way.KNOWN, Way.NAME})
_WEIGHTS = {Way.NAMED: 1.0, Way.TOLD: 1.0, Way.UNIT: 0.3, Way.FIRM: 0.5, Way.KNOWN: 0.25, Way.NAME: 0.3}
"""What each way of telling counts in a text."""
_TITLE = 3.0
_DAMPED = 0.7
"""Exponent of what counts: the tenth word for a sector says less than the first."""
_ENOUGH = 1.6
"""Weight below which no sector is the main one: two words, or one in the title."""
_FADING = {"near": (0.6, 0.4), "around": (0.85, 0.7)}
"""What a sentence counts for the next one and the one before."""
_REACH = 24
"""Sentences beyond which nothing counts any more."""
_BACK = 2
"""Sentences back in a paragraph that are told apart."""
_LINK = re.compile(r"(?: (?:industry|industries|sectors?))?(?:, and the |, and |, the |, | and the | and | or | & )")
OF_ANOTHER = "clause of another value"
"""The place of what another value's clause tells."""
_STEPS = ("phrase", "clause", "sentence", OF_ANOTHER)
"""Places in a sentence, nearest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """Sectors named in one row ("oil, gas and petrochemical industries"), with the number of the sentence."""

    sentence: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole text tells: all tellers in reading order, the share of each sector, and the main one.

    ``usual_rows`` are those in which most names of their sectors stand.  ``shares`` of activities are of all that is
    told, those of other sectors of what is told but for activities.
    """

    tellers: tuple[Teller, ...]
    rows: tuple[Row, ...]
    usual_rows: tuple[Row, ...]
    shares: Mapping[str, float]
    title: frozenset[str]
    main: str | None

    def between(self, first: int, last: int) -> tuple[Teller, ...]:
        """The tellers of sentences ``first`` to ``last``."""
        start = bisect_left(self.tellers, first, key=_sentence)
        return self.tellers[start : bisect_right(self.tellers, last, key=_sentence)]

    def row_of(self, key: str, sentence: int) -> frozenset[str]:
        """The sectors that the text names in one breath with a sector: in a sentence, else wherever it is named."""
        rows: Sequence[Row] = [row for row in self.rows if row.sentence == sentence]
        if not rows and not any(teller.way in _WORDS for teller in self.between(sentence, sentence)):
            rows = self.usual_rows
        return next((row.keys for row in rows if key in row.keys), frozenset((key,)))


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where a fact stands: the number of its sentence and of the line, and the tellers there with their places."""

    sentence: int
    paragraph: int
    steps: Mapping[Teller, str]
    parties: frozenset[Teller]
    """Those that only say what somebody is."""
    roles: Sequence[tuple[str, Span]]


def _sentence(teller: Teller) -> int:
    return teller.sentence


def whole_of(tellers: tuple[Teller, ...], title: Sequence[str]) -> Whole:
    """Weigh the sectors of a text."""
    counts: dict[str, float] = defaultdict(float)
    for teller in tellers:
        counts[teller.key] += _WEIGHTS[teller.way]
    for key in title:
        counts[key] += _TITLE
    weights = {key: count**_DAMPED for key, count in sorted(counts.items())}
    activities = load_kinds().activities
    usual = {key: weight for key, weight in weights.items() if key not in activities}
    whole, of_usual = sum(weights.values()), sum(usual.values())
    shares = {key: weight / ((of_usual if key in usual else whole) or 1.0) for key, weight in weights.items()}
    main = max(usual, key=lambda key: usual[key], default=None)
    main = main if main and usual[main] >= _ENOUGH else None
    rows = tuple(_rows(tellers))
    return Whole(tellers, rows, tuple(_usual(rows, tellers)), shares, frozenset(title), main)


def _rows(tellers: Sequence[Teller]) -> Iterator[Row]:
    """The rows of names of sectors that nothing but links and words for industries parts."""
    row: list[Teller] = []
    for teller in (t for t in tellers if t.way is Way.NAMED):
        if row and not _is_linked(row[-1], teller):
            yield from _row(row)
            row = []
        row.append(teller)
    yield from _row(row)


def _usual(rows: Sequence[Row], tellers: Sequence[Teller]) -> Iterator[Row]:
    """One of each kind of row in which most of the names of its sectors stand."""
    named = Counter(teller.key for teller in tellers if teller.way is Way.NAMED)
    for keys, count in Counter(row.keys for row in rows).items():
        if 2 * len(keys) * count >= sum(named[key] for key in keys):
            yield Row(0, keys)


def _row(row: Sequence[Teller]) -> Iterator[Row]:
    keys = frozenset(teller.key for teller in row)
    if len(keys) > 1:
        yield Row(row[0].sentence, keys)


def _is_linked(teller: Teller, after: Teller) -> bool:
    between = teller.token.doc.text[teller.span.end : after.span.start]
    return teller.sentence == after.sentence and _LINK.fullmatch(between) is not None


def place_of(draft: Draft, view: SentenceView, whole: Whole, at: tuple[int, int], roles: Iterable[Role]) -> FactPlace:
    """Find where a draft's values stand among the words that tell sectors; ``at`` are its sentence and line."""
    number, line = at
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    anchors = [view.value_roots[v.span] for v in values] or [draft.anchor]
    near = _phrases(anchors)
    others = {root.i for root in view.value_roots.values()} - {anchor.i for anchor in anchors}
    clauses = {clause_head(token).i for token in (*anchors, draft.anchor)}
    taken = {clause_head(root).i for root in view.value_roots.values() if root.i in others} - clauses
    here = whole.between(number, number)
    steps = {teller: _step(teller, near, others, clauses, taken) for teller in here}
    own = [teller for teller in here if _before_next_sum(teller, draft, view)]
    if own and len([v for v in view.values if isinstance(v, Money)]) > 1:
        steps |= {teller: OF_ANOTHER for teller in here if teller not in own and teller.way in _WORDS}
    parties = (t for t in here if t not in own and steps[t] != _STEPS[0] and _describes_party(t.token))
    spans = {mention.id: mention.span for mention in view.mentions}
    told = [(role.name.value, role.span or spans.get(role.mention or "")) for role in roles]
    return FactPlace(number, line, steps, frozenset(parties), [(name, span) for name, span in told if span is not None])


def clues_for(place: FactPlace, whole: Whole, rows: Mapping[str, frozenset[str]]) -> dict[str, Clues]:
    """What speaks for each sector that the text tells, and for none of them; those of a row share what they have."""
    keys = list(whole.shares)
    found: dict[str, dict[str, float]] = {key: {} for key in keys}
    for key, clue in _clues_of_tellers(place, whole):
        found[key][clue] = 1.0
    steps = {key: _nearest(key, place) for key in keys}
    for name, (fore, back) in _FADING.items():
        shares = _faded(place, whole, fore, back)
        for key in keys:
            found[key][name] = sum(shares[other] for other in sorted(rows[key]))
    for key in keys:
        found[key]["share of the text"] = min(sum(whole.shares[other] for other in sorted(rows[key])), 1.0)
        found[key] |= dict.fromkeys(_clues_of_key(key, steps, whole), 1.0)
    return {**found, NO_SECTOR: dict.fromkeys(_clues_of_none(steps, whole), 1.0)}


def _clues_of_tellers(place: FactPlace, whole: Whole) -> Iterator[tuple[str, str]]:
    """Where a sector is told, and in which way."""
    paragraph = place.paragraph
    around = whole.between(place.sentence - _BACK, place.sentence + 1)
    first = whole.between(0, 0) if place.sentence > _BACK else ()
    for teller in (*first, *around):
        key, back = teller.key, place.sentence - teller.sentence
        if teller in place.steps:
            step = place.steps[teller] if teller.way not in _NAMES else "sentence"
            yield key, f"{teller.way} in the {step}"
            if teller in place.parties:
                yield key, "says what a party is"
            yield from ((key, f"in the {name}") for name, span in place.roles if span.covers(teller.span))
        elif teller.way is not Way.NAME:
            kind = "words" if teller.way in _WORDS else "unit" if teller.way is Way.UNIT else "name"
            if back > 0 and teller.paragraph == paragraph:
                yield key, f"{kind} {back} sentences before"
            elif teller.sentence == 0 and teller.way in _WORDS:
                yield key, "in the first sentence"
            elif back == 1:
                yield key, f"{kind} in the paragraph before"
            elif back == -1 and teller.paragraph == paragraph:
                yield key, f"{kind} in the sentence after"
    yield from ((key, "in the title") for key in whole.title)


def _clues_of_key(key: str, steps: Mapping[str, int], whole: Whole) -> Iterator[str]:
    """What a sector is to the text and to the other sectors that are told near the fact."""
    kind = _kind(key)
    yield kind
    nearest = min(steps.values(), default=len(_STEPS))
    is_main = key == whole.main
    if is_main:
        yield f"main: {_level(whole.shares[key])}"
    if nearest == len(_STEPS):
        yield f"{kind}, none is near"
        if is_main:
            yield "main, none is near"
    elif steps[key] == nearest:
        alone = sum(step == nearest for step in steps.values()) == 1
        yield f"{kind}, nearest"
        yield "nearest alone" if alone else "nearest of several"
        if not is_main:
            yield f"{kind}, nearest, not the main one"
    else:
        yield "another is nearer"
        if is_main:
            yield "main, another is nearer"
    if whole.main is not None and not is_main:
        if whole.main in _wider_than(key):
            yield "within the main one"
        if key in _wider_than(whole.main):
            yield "above the main one"


def _clues_of_none(steps: Mapping[str, int], whole: Whole) -> Iterator[str]:
    """What speaks for no sector."""
    yield "no sector"
    yield f"no sector: {len(steps) if len(steps) < 2 else 'few' if len(steps) < 7 else 'many'} told"
    yield f"no sector: main {_level(whole.shares[whole.main]) if whole.main is not None else 'none'}"
    nearest = min(steps.values(), default=len(_STEPS))
    yield f"no sector: {'none in the sentence' if nearest == len(_STEPS) else _STEPS[nearest]}"


def _level(share: float) -> str:
    return "little" if share <= 0.3 else "less than half" if share <= 0.5 else "most" if share <= 0.75 else "nearly all"


def _kind(key: str) -> str:
    kinds = load_kinds()
    return "activity" if key in kinds.activities else "means" if key in kinds.means else "goods"


def _nearest(key: str, place: FactPlace) -> int:
    """The nearest step at which words tell a sector in the fact's sentence."""
    words = [t for t in place.steps if t.key == key and t.way in _WORDS and t not in place.parties]
    return min((_STEPS.index(place.steps[teller]) for teller in words), default=len(_STEPS))


def _faded(place: FactPlace, whole: Whole, fore: float, back: float) -> dict[str, float]:
    """The sectors' shares of what is told, sentences counting less the farther they are from the fact's."""
    counts: dict[str, float] = dict.fromkeys(whole.shares, 0.0)
    for teller in whole.between(place.sentence - _REACH, place.sentence + _REACH):
        away = place.sentence - teller.sentence
        counts[teller.key] += _WEIGHTS[teller.way] * (fore**away if away >= 0 else back**-away)
    total = sum(counts.values()) or 1.0
    return {key: count / total for key, count in counts.items()}


def _describes_party(token: Token) -> bool:
    """ "Ordered towers from X, a *foundry* in Y": what a party is says little of what a fact is about."""
    return any(governor.dep_ == "appos" for governor in within_clause(token))


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


def _step(teller: Teller, near: set[int], others: set[int], clauses: set[int], taken: set[int]) -> str:
    """Where a word stands: in the values' phrases and in no other value's, in their clauses, in another value's."""
    for governor in within_clause(teller.token):
        if governor.i in others:
            break
        if governor.i in near:
            return "phrase"
    head = clause_head(teller.token).i
    return "clause" if head in clauses else "clause of another value" if head in taken else "sentence"


def _before_next_sum(teller: Teller, draft: Draft, view: SentenceView) -> bool:
    """In a list of sums ("€6 million is for A, €8 million for B") a sum's sectors stand before the next or the rest."""
    if draft.amount is None:
        return False
    start = draft.amount.span.end
    later = [v.span.start for v in view.values if isinstance(v, Money) and v.span.start > start]
    later += [token.idx for token in view.sentence if token.lower_ in load_cues().rests and token.idx > start]
    return start <= teller.token.idx < min(later, default=view.span.end)


@cache
def _wider_than(key: str) -> frozenset[str]:
    """Keys of the sectors above a sector in the scheme."""
    by_key = {sector.key: sector for sector in schema.sectors()}
    found: set[str] = set()
    above = by_key[key].broader
    while above is not None and above not in found:
        found.add(above)
        above = by_key[above].broader
    return frozenset(found)
