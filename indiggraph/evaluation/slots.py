"""The slots of aligned facts: what was filled rightly, to spare, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from indiggraph.evaluation.align import Things, same_amount, same_quantity, time_matches, value_matches
from indiggraph.evaluation.gold import ENTITY_SLOTS, GoldAmount, GoldFact, GoldQuantity, GoldTime
from indiggraph.evaluation.predicted import Amount, PredictedFact

__all__ = ["LINKED", "MISSED", "Note", "aligned_slots", "missed_slots", "spare_slots"]

MISSED = "all"
"""What is wrong with a fact that was not found at all."""
LINKED = frozenset(
    {MISSED, "type", "amount", "modality", "sector", "time", "partOf", *ENTITY_SLOTS} - {"place", "reportedBy"}
)
"""The slots that must all be right for a sum to count as fully linked."""
_EITHER_PARTY = ("Agreement", "Cooperation")
"""In a deal or a cooperation either party may be called the agent: the two slots are read as one."""
_PARTIES = ("agent", "counterparty")

Verdict = Literal["right", "spare", "missed"]
Note = Callable[[str, Verdict, str, str], None]
"""Takes an answer: its slot, the verdict, what is annotated, what was found."""


def missed_slots(gold: GoldFact, things: Things, note: Note) -> None:
    """Note all slots of a fact that was not found as missed."""
    note("type", "missed", gold.type, "")
    for slot, values in gold.slots.items():
        for wanted in values:
            note(slot, "missed", things.name(wanted), "")
    single = {
        "modality": gold.modality,
        "direction": gold.direction,
        "amount": gold.counted_amount and _wanted_amount(gold.counted_amount),
        "time": _wanted_time(gold.time) if gold.time.known and not gold.time.optional else None,
        "partOf": None if gold.part_of_optional else gold.part_of,
    }
    for slot, value in single.items():
        if value:
            note(slot, "missed", value, "")
    for amount, currency in gold.amount.equivalents if gold.amount is not None else ():
        note("equivalent", "missed", f"{amount:,.15g} {currency}", "")
    for quantity in gold.quantities:
        note("quantity", "missed", _wanted_quantity(quantity), "")


def spare_slots(fact: PredictedFact, things: Things, note: Note) -> None:
    """Note the slots of a fact that nothing annotates as spare."""
    note("type", "spare", "", fact.type)
    for slot in (*ENTITY_SLOTS, "sector", "theme"):
        for value in sorted(fact.slots[slot]):
            note(slot, "spare", "", things.called(value))
    for amount in fact.amounts:
        note("amount", "spare", "", _amount(amount))
    for quantity in fact.quantities:
        note("quantity", "spare", "", _quantity(quantity))
    for time in sorted({time for time in fact.times if any(time)}, key=str):
        note("time", "spare", "", _time(time))
    if fact.part_of:
        note("partOf", "spare", "", fact.part_of)


def aligned_slots(gold: GoldFact, fact: PredictedFact, things: Things, fact_of: dict[str, str], note: Note) -> set[str]:
    """Note the slots of an aligned fact; returns the slots that are missed or wrong.

    ``fact_of`` maps the document's gold facts (keys) to the facts that stand for them (IRIs).
    """
    wrong = _kinds(gold, fact, note)
    wrong |= _amounts(gold, fact, note)
    wrong |= _quantities(gold, fact, note)
    wrong |= _times(gold, fact, note)
    wrong |= _part_of(gold, fact, fact_of, note)
    for slots in _slot_groups(gold):
        wrong |= _filled(slots, gold, fact, things, note)
    return wrong


def _one(slot: str, wanted: str | None, right: bool, given: str | None, note: Note) -> set[str]:
    """Note a slot that holds one value."""
    if wanted and right:
        note(slot, "right", wanted, given or "")
        return set()
    if given:
        note(slot, "spare", wanted or "", given)
    if wanted:
        note(slot, "missed", wanted, given or "")
    return {slot} if wanted else set()


def _kinds(gold: GoldFact, fact: PredictedFact, note: Note) -> set[str]:
    right = fact.type in gold.types
    wrong = _one("type", gold.type, right, fact.type, note)
    wrong |= _one("modality", gold.modality, fact.modality in gold.modalities, fact.modality, note)
    open_direction = gold.direction is None and fact.type != gold.type and right
    if not gold.direction_optional and not open_direction:
        wrong |= _one("direction", gold.direction, fact.direction == gold.direction, fact.direction, note)
    return wrong


def _amounts(gold: GoldFact, fact: PredictedFact, note: Note) -> set[str]:
    wrong: set[str] = set()
    right = [amount for amount in fact.amounts if same_amount(gold.amount, amount)]
    others = [amount for amount in fact.amounts if amount not in right and not _is_price(gold, amount)]
    spare = {(amount.value, amount.minimum, amount.maximum, amount.currency): amount for amount in others}
    if gold.amount is None or not gold.amount.optional:
        wanted = "" if gold.amount is None else _wanted_amount(gold.amount)
        if wanted:
            note("amount", "right" if right else "missed", wanted, ", ".join(map(_amount, right)))
        for amount in spare.values():
            note("amount", "spare", wanted, _amount(amount))
        if wanted and (spare or not right):
            wrong.add("amount")
    for value, currency in gold.amount.equivalents if gold.amount is not None else ():
        found = any(_equals(amount, value, currency) for amount in fact.amounts)
        note("equivalent", "right" if found else "missed", f"{value:,.15g} {currency}", "")
    return wrong


def _quantities(gold: GoldFact, fact: PredictedFact, note: Note) -> set[str]:
    wrong: set[str] = set()
    prices = [amount.value for amount in fact.amounts if _is_price(gold, amount)]
    for wanted in gold.quantities:
        found = any(same_quantity(wanted, quantity) for quantity in fact.quantities) or wanted.value in prices
        note("quantity", "right" if found else "missed", _wanted_quantity(wanted), "")
        wrong |= set() if found else {"quantity"}
    for got in fact.quantities:
        if not any(same_quantity(want, got) for want in gold.all_quantities):
            note("quantity", "spare", "", _quantity(got))
    return wrong


def _times(gold: GoldFact, fact: PredictedFact, note: Note) -> set[str]:
    times = sorted({time for time in fact.times if any(time)}, key=str)
    ignored = gold.time.optional or not (gold.time.known or (times and not gold.time.told))
    if ignored:
        return set()
    wanted = _wanted_time(gold.time) if gold.time.known else None
    given = "; ".join(map(_time, times))
    return _one("time", wanted, len(times) == 1 and time_matches(gold, fact), given, note)


def _part_of(gold: GoldFact, fact: PredictedFact, fact_of: dict[str, str], note: Note) -> set[str]:
    if gold.part_of_optional:
        return set()
    whole = fact_of.get(gold.part_of or "")
    return _one("partOf", gold.part_of, whole is not None and fact.part_of == whole, fact.part_of, note)


def _filled(slots: tuple[str, ...], gold: GoldFact, fact: PredictedFact, things: Things, note: Note) -> set[str]:
    """Note slots that are read as one and hold any number of values."""
    wrong: set[str] = set()
    values, used = fact.values(*slots), set()
    for slot in slots:
        for wanted in gold.slots[slot]:
            free = (value for value in values if value not in used)
            found = next((value for value in free if value_matches(slot, wanted, value, things)), None)
            if found is None:
                note(slot, "missed", things.name(wanted), "")
                wrong.add(slot)
            else:
                note(slot, "right", things.name(wanted), things.called(found))
                used.add(found)
    spare = _spare(slots, gold, [value for value in values if value not in used], things)
    if slots[0] != "theme" or gold.slots["theme"]:
        for value in spare:
            note(slots[0], "spare", "", things.called(value))
    return wrong | ({slots[0]} if spare and slots[0] != "theme" else set())


def _spare(slots: tuple[str, ...], gold: GoldFact, values: Iterable[str], things: Things) -> list[str]:
    allowed = [wanted for slot in slots for wanted in (*gold.optional_slots[slot], *gold.slots[slot])]
    return [value for value in values if not any(value_matches(slots[0], wanted, value, things) for wanted in allowed)]


def _slot_groups(gold: GoldFact) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = [(slot,) for slot in (*ENTITY_SLOTS, "sector", "theme")]
    if gold.type not in _EITHER_PARTY:
        return groups
    return [_PARTIES, *(group for group in groups if group[0] not in _PARTIES)]


def _is_price(gold: GoldFact, amount: Amount) -> bool:
    """Whether a sum is annotated as a quantity: a price per unit may be either."""
    if amount.value is None:
        return False
    wanted = (quantity.value for quantity in gold.all_quantities if quantity.value is not None)
    return any(abs(amount.value - value) < 1e-6 * max(1, abs(value)) for value in wanted)


def _equals(amount: Amount, value: float, currency: str) -> bool:
    equal, unit = amount.equal
    return equal is not None and abs(equal - value) <= 1e-6 * value and unit == currency


# ---- in words ----------------------------------------------------------------------------------------------


def _wanted_amount(amount: GoldAmount) -> str:
    return _range(amount.value, amount.minimum, amount.maximum, amount.currency)


def _amount(amount: Amount) -> str:
    return _range(amount.value, amount.minimum, amount.maximum, amount.currency)


def _range(value: float | None, low: float | None, high: float | None, unit: str | None) -> str:
    ends = [value] if value is not None else [end for end in (low, high) if end is not None]
    return f"{' to '.join(f'{end:,.15g}' for end in ends) or 'no figure'} {unit or ''}".strip()


def _wanted_quantity(quantity: GoldQuantity) -> str:
    return f"{' to '.join(f'{number:,.15g}' for number in quantity.numbers)} {quantity.unit}".strip()


def _quantity(quantity: tuple[float, str]) -> str:
    return f"{quantity[0]:,.15g} {quantity[1]}".strip()


def _wanted_time(time: GoldTime) -> str:
    return time.duration or f"{time.begin or '…'} to {time.end or '…'}"


def _time(time: tuple[object, object, object]) -> str:
    begin, end, length = time
    return f"{begin or '…'} to {end or '…'}" if begin or end else f"{length}"
