"""Which thing and which fact of the graph stands for which of the gold: one to one, best matches first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indiggraph.evaluation.gold import ENTITY_SLOTS, GoldAmount, GoldDocument, GoldFact, GoldQuantity
from indiggraph.evaluation.predicted import Amount, Predicted, PredictedFact
from indiggraph.evaluation.words import canonical_duration, norm, overlap, tokens

__all__ = [
    "Things",
    "align_facts",
    "align_things",
    "is_called",
    "same_amount",
    "same_quantity",
    "time_matches",
    "value_matches",
]

_SIMILAR_NAME = 0.75
_SIMILAR_VALUE, _SIMILAR_THEME = 0.6, 0.4
_TOLERANCE = 1e-6
_ALL_SLOTS = (*ENTITY_SLOTS, "sector", "theme")


@dataclass(frozen=True, slots=True)
class Things:
    """The things of one document, aligned: gold key to IRI and back."""

    document: GoldDocument
    graph: Predicted
    iri_of: Mapping[str, str]
    key_of: Mapping[str, str]

    def surfaces(self, value: str) -> set[str]:
        """What a predicted value is called in this document."""
        return self.graph.surfaces(value, self.document.id)

    def called(self, value: str) -> str:
        """One of the names of a predicted value, for people."""
        return min(self.surfaces(value), key=lambda name: (-len(name), name))

    def name(self, key: str) -> str:
        """The first name of a gold entity; a value that is none as it is."""
        entity = self.document.entity(key)
        return key if entity is None or not entity.names else entity.names[0]


def align_things(document: GoldDocument, graph: Predicted) -> Things:
    """Align by shared names (else similar ones), a class in common counting as a bonus."""
    candidates = []
    for entity in document.entities:
        for iri, surfaces in graph.mentions[document.id].items():
            hit = _shared_names(entity.names, surfaces)
            if hit:
                bonus = 0.4 * bool(set(entity.types) & graph.types.get(iri, set())) - 0.1 * entity.optional
                candidates.append((-(hit + bonus), entity.key, iri))
    iri_of: dict[str, str] = {}
    key_of: dict[str, str] = {}
    for _, key, iri in sorted(candidates):
        if key not in iri_of and iri not in key_of:
            iri_of[key], key_of[iri] = iri, key
    return Things(document, graph, iri_of, key_of)


def _shared_names(names: Iterable[str], surfaces: Iterable[str]) -> float:
    shared = {norm(name) for name in names} & {norm(surface) for surface in surfaces}
    if shared:
        return len(shared)
    similar = max((overlap(name, surface) for name in names for surface in surfaces), default=0.0)
    return 0.5 if similar >= _SIMILAR_NAME else 0.0


# ---- values ------------------------------------------------------------------------------------------------


def same_amount(gold: GoldAmount | None, amount: Amount) -> bool:
    """Whether a sum is the annotated one: currency and value, or those bounds that are annotated."""
    if gold is None or amount.currency != gold.currency:
        return False
    if not gold.ranged:
        return _close(gold.value, amount.value)
    bounds = ((gold.minimum, amount.minimum), (gold.maximum, amount.maximum))
    return all(_close(want, got) for want, got in bounds if want is not None)


def _close(want: float | None, got: float | None) -> bool:
    if want is None or got is None:
        return False
    return abs(want - got) <= _TOLERANCE * max(abs(want), abs(got), 1)


def same_quantity(gold: GoldQuantity, quantity: tuple[float, str]) -> bool:
    """Whether a number with its unit is the annotated one; units match by a word in common, "%" exactly."""
    number, unit = quantity
    if not any(abs(want - number) <= _TOLERANCE * max(abs(want), 1) for want in gold.numbers):
        return False
    if "%" in (gold.unit, unit):
        return gold.unit == unit
    want, got = tokens(gold.units), tokens(unit)
    return not want or not got or bool(want & got) or bool(want & {"item", "unit"})


def time_matches(gold: GoldFact, fact: PredictedFact) -> bool:
    """Whether one of the fact's times is accepted; where none is annotated, whether there is none."""
    time = gold.time
    if not (time.known or time.alt_begin or time.alt_end):
        return not any(any(found) for found in fact.times)
    durations = {canonical_duration(part) for part in (time.duration or "").split("/")}
    begins, ends = {time.begin, time.alt_begin or time.begin}, {time.end, time.alt_end or time.end}
    return any(begin in begins and end in ends and length in durations for begin, end, length in fact.times)


def value_matches(slot: str, wanted: str, value: str, things: Things) -> bool:
    """Whether a predicted value of a slot is the annotated one: the aligned thing, else one called alike."""
    called = things.surfaces(value)
    if slot == "sector":
        return _same_sector(wanted, value, called)
    if things.document.entity(wanted) is not None and things.iri_of.get(wanted) == value:
        return True
    if slot != "theme" and (wanted in things.iri_of or value in things.key_of):
        return False
    return is_called(slot, wanted, called, things)


def is_called(slot: str, wanted: str, called: Iterable[str], things: Things) -> bool:
    """Whether some names of a filler are much like those of the annotated one."""
    entity = things.document.entity(wanted)
    names = entity.names if entity is not None else (wanted,)
    called = list(called)
    if slot == "theme" and any(_within(name, surface) for name in names for surface in called):
        return True
    floor = _SIMILAR_THEME if slot == "theme" else _SIMILAR_VALUE
    return any(overlap(name, surface) >= floor for name in names for surface in called)


def _same_sector(wanted: str, value: str, called: Iterable[str]) -> bool:
    local = value.replace("#", "/").rsplit("/", 1)[-1].replace("-", " ")
    names = {norm(surface) for surface in called}
    return norm(wanted) in names or any(overlap(wanted, name) >= 0.99 for name in names) or norm(local) == norm(wanted)


def _within(left: str, right: str) -> bool:
    one, other = tokens(left), tokens(right)
    return bool(one and other) and (one <= other or other <= one)


# ---- facts -------------------------------------------------------------------------------------------------


def align_facts(things: Things, facts: list[PredictedFact]) -> dict[int, int]:
    """Align the document's gold facts (by position) with predicted ones: by sum, quantity or cue, then by likeness."""
    candidates = []
    for i, gold in enumerate(things.document.facts):
        for j, fact in enumerate(facts):
            score = _likeness(gold, fact, things)
            if score is not None:
                candidates.append((-score, i, j))
    aligned: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in aligned and j not in taken:
            aligned[i] = j
            taken.add(j)
    return aligned


def _likeness(gold: GoldFact, fact: PredictedFact, things: Things) -> float | None:
    """How well a fact fits, ``None`` where nothing ties the two; the weights are those of the accuracy gate."""
    amount = any(same_amount(gold.amount, found) for found in fact.amounts)
    quantity = any(same_quantity(want, got) for want in gold.all_quantities for got in fact.quantities)
    cue = any(_quoted(text, fact.quotes) for text in gold.cues)
    if not (amount or quantity or cue):
        return None
    kind = fact.type in gold.types
    found = sum(any(same_quantity(want, got) for got in fact.quantities) for want in gold.quantities)
    spare = sum(not any(same_quantity(want, got) for want in gold.all_quantities) for got in fact.quantities)
    score = 5 * amount + 2 * cue + 3 * kind + (1.5 + 0.5 * found if found else 1 * quantity) - 0.5 * spare
    score += 1.0 * (fact.modality == gold.modality) + 1.0 * time_matches(gold, fact)
    score += 0.5 * (fact.direction == gold.direction) - 0.25 * gold.optional
    score += sum(0.5 for slot in _ALL_SLOTS for value in fact.slots[slot] if _filled(slot, value, gold, things))
    return score if kind or amount or (cue and score >= 3) else None


def _filled(slot: str, value: str, gold: GoldFact, things: Things) -> bool:
    return any(value_matches(slot, wanted, value, things) for wanted in gold.slots[slot])


def _quoted(cue: str, quotes: Iterable[str]) -> bool:
    wanted = norm(cue)
    return any(wanted in norm(quote) or (bool(tokens(cue)) and tokens(cue) <= tokens(quote)) for quote in quotes)
