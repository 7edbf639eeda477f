"""How sure the second reading must be: `python -m training.limits`, for `indiggraph/data/facts/reading.yaml`.

The packaged network reads the articles that are held out from training (`training.readings.HELD_OUT`), and F1 of each
slot is printed for limits between which the choice is: all that the annotators put into a slot, what the rules put
there, and what would stand there by the limits; and F1 of the sectors by how much clues and network weigh.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from indiggraph.facts.reading.article import load_article_reader
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
NAMES = {**{number: role.value for number, role in enumerate(ROLES)}, TIME: "time", PART_OF: "partOf", THEME: "theme"}


def filled(read: Read, column: int, fill: float, keep: float) -> Tally:
    """A slot by its limits; of times and wholes a fact has one."""
    tally = Tally()
    for one, answers in read:
        best: dict[int, tuple[float, bool]] = {}
        for row, (candidate, group) in enumerate(zip(one.around.candidates, one.groups, strict=True)):
            if column in candidate.columns:
                told = bool(one.around.told[candidate.place, column])
                share = float(answers.fillers[row, column])
                before = best.get(group, (-1.0, False))
                best[group] = max(before[0], share), before[1] or told
        taken = {group for group, (share, told) in best.items() if share > (keep if told else fill)}
        if column in (TIME, PART_OF) and len(taken) > 1:
            taken = {max(taken, key=lambda group: best[group][0] + (fill - keep) * best[group][1])}
        for group in best:
            if one.weights[group, column]:
                wanted = bool(one.wanted[group, column])
                tally.right += wanted and group in taken
                tally.spare += not wanted and group in taken
                tally.missed += wanted and group not in taken
    return tally


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


def classed(read: Read, lead: float, given: Callable[[Labelled], int], which: str) -> tuple[int, int]:
    """How many facts have an accepted class, of how many, where another must lead that of the rules."""
    right = total = 0
    for one, answers in read:
        wanted = {"type": one.kinds, "modality": one.modalities}.get(which)
        shares = {"type": answers.kinds, "modality": answers.modalities}.get(which, answers.directions)
        if wanted is None and (one.direction < 0 or not one.kinds[KINDS.index(FactType.CHANGE)]):
            continue
        held, best = given(one), int(shares.argmax())
        chosen = best if shares[best] > shares[held] + lead else held
        total += 1
        right += bool(wanted[chosen]) if wanted is not None else chosen == one.direction
    return right, total


def report(read: Read) -> Iterator[str]:
    """F1 by slot: by rules, and by the limits that do best; the share of right classes by lead."""
    for column, name in NAMES.items():
        count = themed if column == THEME else partial(filled, column=column)
        rules = count(read, fill=2.0, keep=-1.0).f1
        tried = {
            (fill, keep): count(read, fill=fill, keep=keep).f1 for fill, keep in product(FILL, KEEP) if keep <= fill
        }
        top = sorted(tried.items(), key=lambda entry: -entry[1])[:4]
        told = ", ".join(f"{f1:.3f} (fill {fill}, keep {keep})" for (fill, keep), f1 in top)
        yield f"{name:13} rules {rules:.3f}, read {told}; .5 and .2: {tried[0.5, 0.2]:.3f}"
    classes: tuple[tuple[str, Callable[[Labelled], int]], ...] = (
        ("type", lambda one: one.around.kind),
        ("modality", lambda one: one.around.modality),
        ("direction", lambda one: one.around.direction),
    )
    for which, given in classes:
        found = {lead: classed(read, lead, given, which) for lead in LEAD}
        yield f"{which:13} " + ", ".join(f"{lead}: {right}/{total}" for lead, (right, total) in found.items())
    yield f"{'sector':13} " + ", ".join(f"{pool}: {in_sectors(read, pool).f1:.3f}" for pool in POOLS)


def in_sectors(read: Read, weights: tuple[float, float]) -> Tally:
    """Sectors by how much the clues and the network weigh, as if no sentence called one by its name."""
    tally = Tally()
    for one, answers in read:
        choices, rows = one.offer
        wanted, optional = (set(slots["sector"]) for slots in (one.gold.slots, one.gold.optional_slots))
        shares = pooled(load_weights().shares(choices), answers.sectors, weights, named=False)
        found = set(chosen(shares, rows)) if rows else set()
        tally.right += len(found & wanted)
        tally.spare += len(found - wanted - optional)
        tally.missed += len(wanted - found)
    return tally


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
