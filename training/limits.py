"""How sure the second reading must be: `python -m training.limits`, for `indiggraph/data/facts/reading.yaml`.

The packaged network reads the articles that are held out from training (`training.readings.HELD_OUT`), and F1 of each
slot is printed for limits between which the choice is: all that the annotators put into a slot, what the rules put
there, and what would stand there by the limits; F1 of the sectors by how much clues and network weigh; and how many
sums have each slot right by the packaged limits, and all of them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from indiggraph.evaluation.slots import LINKED
from indiggraph.facts.reading.article import load_article_reader
from indiggraph.facts.reading.decisions import Limits, load_limits
from indiggraph.facts.reading.network import Answers, load_reader
from indiggraph.facts.reading.surroundings import KINDS, PART_OF, ROLES, THEME, TIME
from indiggraph.facts.sectors import chosen, load_weights, pooled
from indiggraph.model import FactType, RoleName
from training.batches import articles_of
from training.labels import Labelled, labelled
from training.reading import rules_alone
from training.readings import GOLD, HELD_OUT

FILL = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
KEEP = (0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
LEAD = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
POOLS = ((1.0, 0.0), (1.0, 0.25), (1.0, 0.5), (1.0, 1.0), (0.5, 0.5), (0.5, 1.0), (0.25, 1.0))


@dataclass(slots=True)
class Tally:
    """What is right, to spare and missed."""

    right: int = 0
    spare: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.spare + self.missed)


Read = Sequence[tuple[Labelled, Answers]]
GIVEN: Mapping[str, Callable[[Labelled], int]] = {
    "type": lambda one: one.around.kind,
    "modality": lambda one: one.around.modality,
    "direction": lambda one: one.around.direction,
}
"""The classes of a fact, and what the rules made of each."""
NAMES = {**{number: role.value for number, role in enumerate(ROLES)}, TIME: "time", PART_OF: "partOf", THEME: "theme"}


def taken(one: Labelled, answers: Answers, column: int, fill: float, keep: float) -> dict[int, bool]:
    """Each filler that a slot may have, by its number, and whether it has it by these limits, as decisions are made.

    Of times and wholes a fact has one; nothing is added to a `single` role that rules filled, and one thing at most
    where they did not.
    """
    best: dict[int, tuple[float, bool]] = {}
    for row, (candidate, group) in enumerate(zip(one.around.candidates, one.groups, strict=True)):
        if column in candidate.columns:
            told = bool(one.around.told[candidate.place, column])
            share = float(answers.fillers[row, column])
            before = best.get(group, (-1.0, False))
            best[group] = max(before[0], share), before[1] or told
    kept = {group for group, (share, told) in best.items() if told and share > keep}
    new = sorted((g for g, (share, told) in best.items() if not told and share > fill), key=lambda g: -best[g][0])
    chosen = kept | {*new}
    if column in (TIME, PART_OF) and chosen:
        chosen = {max(chosen, key=lambda group: best[group][0] + (fill - keep) * best[group][1])}
    elif NAMES[column] in load_limits().single:
        chosen = kept or {*new[:1]}
    return {group: group in chosen for group in best}


def filled(read: Read, column: int, fill: float, keep: float) -> Tally:
    """A slot by its limits."""
    tally = Tally()
    for one, answers in read:
        for group, is_taken in taken(one, answers, column, fill, keep).items():
            if one.weights[group, column]:
                wanted = bool(one.wanted[group, column])
                tally.right += wanted and is_taken
                tally.spare += not wanted and is_taken
                tally.missed += wanted and not is_taken
    return tally


def right_sums(read: Read, limits: Limits) -> Mapping[str, int]:
    """How many facts with a sum have each slot right that `evaluate` asks for, and all of these; how many there are.

    As there, a time or a whole too many is no error.
    """
    found: Counter[str] = Counter()
    for one, answers in read:
        if one.gold.counted_amount is not None:
            right = _right_slots(one, answers, limits)
            found.update(right | {"all of these": all(right.values()), "sums": True})
    return found


def _right_slots(one: Labelled, answers: Answers, limits: Limits) -> dict[str, bool]:
    roles = {name: _is_right(one, answers, column, limits) for column, name in NAMES.items() if name in LINKED}
    asked = (which for which in GIVEN if which in LINKED)
    classes = {which: _class_is_right(one, answers, which, limits.lead[which]) is not False for which in asked}
    sectors = _in_sectors(one, answers, limits.pool)
    return {**roles, **classes, "sector": not sectors.spare and not sectors.missed}


def _is_right(one: Labelled, answers: Answers, column: int, limits: Limits) -> bool:
    name = NAMES[column]
    fillers = taken(one, answers, column, limits.fill[name], limits.keep[name])
    wanted = {group for group in fillers if one.wanted[group, column]}
    chosen = {group for group, is_taken in fillers.items() if is_taken}
    if column == TIME:
        asked = int(one.gold.time.known and not one.gold.time.optional)
    else:
        asked = len(wanted) if column == PART_OF else len(one.gold.slots[name])
    spare = column < TIME and any(one.weights[group, column] for group in chosen - wanted)
    return wanted <= chosen and len(wanted) >= asked and not spare


def themed(read: Read, fill: float, keep: float) -> Tally:
    """Themes by their limits: a noun is taken where none of the rules' stays; any of several right ones is right."""
    tally = Tally()
    for one, answers in read:
        rows = [row for row, candidate in enumerate(one.around.candidates) if THEME in candidate.columns]
        if not rows or not one.gold.slots["theme"]:
            continue
        share = {row: float(answers.fillers[row, THEME]) for row in rows}
        told = [row for row in rows if one.around.told[one.around.candidates[row].place, THEME]]
        if not told and any(role.name is RoleName.THEME for role in one.fact.roles):
            continue  # taken over from another sentence
        best = max(rows, key=lambda row: share[row])
        taken = [row for row in told if share[row] > keep] or [best] * (share[best] > fill)
        right = sum(bool(one.wanted[one.groups[row], THEME]) for row in taken)
        tally.right += min(right, len(one.gold.slots["theme"]))
        tally.spare += sum(
            not one.wanted[one.groups[row], THEME] for row in taken if one.weights[one.groups[row], THEME]
        )
        tally.missed += max(0, len(one.gold.slots["theme"]) - right)
    return tally


def classed(read: Read, lead: float, which: str) -> tuple[int, int]:
    """How many facts have an accepted class, of how many, where another must lead that of the rules."""
    judged = [_class_is_right(one, answers, which, lead) for one, answers in read]
    return judged.count(True), len(judged) - judged.count(None)


def _class_is_right(one: Labelled, answers: Answers, which: str, lead: float) -> bool | None:
    """Whether a class is accepted; none where a direction is not asked for."""
    wanted = {"type": one.kinds, "modality": one.modalities}.get(which)
    shares = {"type": answers.kinds, "modality": answers.modalities}.get(which, answers.directions)
    if wanted is None and (one.direction < 0 or not one.kinds[KINDS.index(FactType.CHANGE)]):
        return None
    held, best = GIVEN[which](one), int(shares.argmax())
    chosen = best if shares[best] > shares[held] + lead else held
    return bool(wanted[chosen]) if wanted is not None else chosen == one.direction


def report(read: Read) -> Iterator[str]:
    """F1 by slot: by rules, and by the limits that do best; how many right classes by lead; how many sums are right."""
    for column, name in NAMES.items():
        count = themed if column == THEME else partial(filled, column=column)
        rules = count(read, fill=2.0, keep=-1.0).f1
        tried = {
            (fill, keep): count(read, fill=fill, keep=keep).f1 for fill, keep in product(FILL, KEEP) if keep <= fill
        }
        top = sorted(tried.items(), key=lambda entry: -entry[1])[:4]
        told = ", ".join(f"{f1:.3f} (fill {fill}, keep {keep})" for (fill, keep), f1 in top)
        yield f"{name:13} rules {rules:.3f}, read {told}; .5 and .2: {tried[0.5, 0.2]:.3f}"
    for which in GIVEN:
        found = {lead: classed(read, lead, which) for lead in LEAD}
        yield f"{which:13} " + ", ".join(f"{lead}: {right}/{total}" for lead, (right, total) in found.items())
    yield f"{'sector':13} " + ", ".join(f"{pool}: {in_sectors(read, pool).f1:.3f}" for pool in POOLS)
    yield "right in sums, by the packaged limits:"
    yield from (f"{name:13} {count}" for name, count in right_sums(read, load_limits()).items())


def in_sectors(read: Read, weights: tuple[float, float]) -> Tally:
    """Sectors by how much the clues and the network weigh, as if no sentence called one by its name."""
    tally = Tally()
    for one, answers in read:
        own = _in_sectors(one, answers, weights)
        tally.right += own.right
        tally.spare += own.spare
        tally.missed += own.missed
    return tally


def _in_sectors(one: Labelled, answers: Answers, weights: tuple[float, float]) -> Tally:
    choices, rows = one.offer
    wanted, optional = (set(slots["sector"]) for slots in (one.gold.slots, one.gold.optional_slots))
    shares = pooled(load_weights().shares(choices), answers.sectors, weights, named=False)
    found = set(chosen(shares, rows)) if rows else set()
    return Tally(len(found & wanted), len(found - wanted - optional), len(wanted - found))


def read_held_out() -> Iterator[tuple[Labelled, Answers]]:
    """The facts of the articles held out, and what the packaged network answers."""
    reader = load_reader()
    article_reader = load_article_reader(reader.encoder)
    with rules_alone():
        facts = [one for part in sorted(HELD_OUT) for one in labelled(GOLD / f"{part}.jsonl", GOLD / part)]
    for of_article in articles_of(facts):
        article = article_reader.read(of_article[0].text)
        yield from ((one, reader.read(one.around, article)) for one in of_article)


def main() -> None:
    """Command line."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    print("\n".join(report(list(read_held_out()))))


if __name__ == "__main__":
    main()
