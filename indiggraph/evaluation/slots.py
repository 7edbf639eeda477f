"""The slots of aligned facts, counted: what was filled rightly, to spare, or not at all."""

from __future__ import annotations

from collections import defaultdict

from indiggraph.evaluation.align import Things, same_amount, same_quantity, time_matches, value_matches
from indiggraph.evaluation.gold import ENTITY_SLOTS, GoldFact
from indiggraph.evaluation.predicted import Amount, PredictedFact
from indiggraph.evaluation.tally import Tally

__all__ = ["LINKED", "MISSED", "SlotCounter"]

MISSED = "all"
"""What is wrong with a fact that was not found at all."""
LINKED = frozenset(
    {MISSED, "type", "amount", "modality", "sector", "time", "partOf", *ENTITY_SLOTS} - {"place", "reportedBy"}
)
"""The slots that must all be right for a sum to count as fully linked."""
_EITHER_PARTY = ("Agreement", "Cooperation")
"""In a deal or a cooperation either party may be called the agent: the two slots are read as one."""
_PARTIES = ("agent", "counterparty")


class SlotCounter:
    """Tallies by slot over all documents."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = defaultdict(Tally)

    def missed(self, gold: GoldFact) -> None:
        """Count all slots of a fact that was not found as missed."""
        for slot, number in _slot_counts(gold).items():
            self.tallies[slot].add(missed=number)

    def spare(self, fact: PredictedFact) -> None:
        """Count the slots of a fact that nothing annotates as spare."""
        self.tallies["type"].add(spare=1)
        for slot in (*ENTITY_SLOTS, "sector", "theme"):
            self.tallies[slot].add(spare=len(fact.slots[slot]))
        self.tallies["amount"].add(spare=len(fact.amounts))
        self.tallies["quantity"].add(spare=len(fact.quantities))
        self.tallies["time"].add(spare=len({time for time in fact.times if any(time)}))
        self.tallies["partOf"].add(spare=int(bool(fact.part_of)))

    def aligned(self, gold: GoldFact, fact: PredictedFact, things: Things, fact_of: dict[str, str]) -> set[str]:
        """Count the slots of an aligned fact; returns the slots that are missed or wrong.

        ``fact_of`` maps the document's gold facts (keys) to the facts that stand for them (IRIs).
        """
        wrong = self._kinds(gold, fact)
        wrong |= self._amounts(gold, fact)
        wrong |= self._quantities(gold, fact)
        wrong |= self._time(gold, fact)
        wrong |= self._part_of(gold, fact, fact_of)
        for slots in _slot_groups(gold):
            wrong |= self._filled(slots, gold, fact, things)
        return wrong

    def _one(self, slot: str, wanted: bool, right: bool, given: bool) -> set[str]:
        """Count a slot that holds one value."""
        if wanted and right:
            self.tallies[slot].add(1)
            return set()
        self.tallies[slot].add(spare=int(given), missed=int(wanted))
        return {slot} if wanted else set()

    def _kinds(self, gold: GoldFact, fact: PredictedFact) -> set[str]:
        right = fact.type in gold.types
        wrong = self._one("type", True, right, True)
        modality = fact.modality in gold.modalities
        wrong |= self._one("modality", bool(gold.modality), modality, fact.modality is not None)
        open_direction = gold.direction is None and fact.type != gold.type and right
        if not gold.direction_optional and not open_direction:
            same = fact.direction == gold.direction
            wrong |= self._one("direction", bool(gold.direction), same, fact.direction is not None)
        return wrong

    def _amounts(self, gold: GoldFact, fact: PredictedFact) -> set[str]:
        wrong: set[str] = set()
        right = [amount for amount in fact.amounts if same_amount(gold.amount, amount)]
        spare = {
            (amount.value, amount.minimum, amount.maximum, amount.currency)
            for amount in fact.amounts
            if amount not in right and not _is_price(gold, amount)
        }
        if gold.amount is None or not gold.amount.optional:
            missed = gold.amount is not None and not right
            self.tallies["amount"].add(int(bool(right)), spare=len(spare), missed=int(missed))
            if missed or (gold.amount is not None and spare):
                wrong.add("amount")
        for value, currency in gold.amount.equivalents if gold.amount is not None else ():
            self.tallies["equivalent"].hit(any(_equals(amount, value, currency) for amount in fact.amounts))
        return wrong

    def _quantities(self, gold: GoldFact, fact: PredictedFact) -> set[str]:
        wrong: set[str] = set()
        prices = [amount.value for amount in fact.amounts if _is_price(gold, amount)]
        for wanted in gold.quantities:
            found = any(same_quantity(wanted, quantity) for quantity in fact.quantities) or wanted.value in prices
            self.tallies["quantity"].hit(found)
            wrong |= set() if found else {"quantity"}
        spare = sum(not any(same_quantity(want, got) for want in gold.all_quantities) for got in fact.quantities)
        self.tallies["quantity"].add(spare=spare)
        return wrong

    def _time(self, gold: GoldFact, fact: PredictedFact) -> set[str]:
        times = {time for time in fact.times if any(time)}
        ignored = gold.time.optional or not (gold.time.known or (times and not gold.time.told))
        if ignored:
            return set()
        return self._one("time", gold.time.known, len(times) == 1 and time_matches(gold, fact), bool(times))

    def _part_of(self, gold: GoldFact, fact: PredictedFact, fact_of: dict[str, str]) -> set[str]:
        if gold.part_of_optional:
            return set()
        whole = fact_of.get(gold.part_of or "")
        right = whole is not None and fact.part_of == whole
        return self._one("partOf", gold.part_of is not None, right, bool(fact.part_of))

    def _filled(self, slots: tuple[str, ...], gold: GoldFact, fact: PredictedFact, things: Things) -> set[str]:
        """Count slots that are read as one and hold any number of values."""
        wrong: set[str] = set()
        values, used = fact.values(*slots), set()
        for slot in slots:
            for wanted in gold.slots[slot]:
                free = (value for value in values if value not in used)
                found = next((value for value in free if value_matches(slot, wanted, value, things)), None)
                self.tallies[slot].hit(found is not None)
                if found is None:
                    wrong.add(slot)
                else:
                    used.add(found)
        first = slots[0]
        allowed = [wanted for slot in slots for wanted in (*gold.optional_slots[slot], *gold.slots[slot])]
        rest = (value for value in values if value not in used)
        spare = [value for value in rest if not any(value_matches(first, wanted, value, things) for wanted in allowed)]
        if first != "theme" or gold.slots["theme"]:
            self.tallies[first].add(spare=len(spare))
        return wrong | ({first} if spare and first != "theme" else set())


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


def _slot_counts(gold: GoldFact) -> dict[str, int]:
    """How many values each slot of a fact should hold."""
    counts = {slot: len(values) for slot, values in gold.slots.items()}
    return counts | {
        "type": 1,
        "modality": int(bool(gold.modality)),
        "direction": int(bool(gold.direction)),
        "amount": int(gold.counted_amount is not None),
        "equivalent": len(gold.amount.equivalents) if gold.amount is not None else 0,
        "quantity": len(gold.quantities),
        "time": int(gold.time.known and not gold.time.optional),
        "partOf": int(gold.part_of is not None and not gold.part_of_optional),
    }
