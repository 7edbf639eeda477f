"""Learns how the sector of a fact is chosen: `python -m training.sectors`.

A conditional logistic regression with an L2 penalty over the choices of a fact, which are the sectors that its text
tells and none of them, with the clues of `indiggraph/facts/sector_clues.py`. The annotated articles say which choice
is right; where sectors are optional, each of them is, and none is. Articles are held out whole, four times, to choose
the penalty; the printed figures are of held-out articles. Nothing is random.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from indiggraph.evaluation.gold import GoldFact
from indiggraph.facts.sector_clues import NO_SECTOR, Clues
from indiggraph.facts.sectors import Weights, chosen
from indiggraph.model import Fact
from indiggraph.trace import Trace
from training.readings import aligned, fact_iri, learned_from

WEIGHTS = Path("indiggraph/data/facts/sectors.yaml")
PENALTIES = (3.0, 6.0)
FOLDS = 4
STEPS = 15
HEAD = """\
# How the sector of a fact is chosen: the weights of the clues of indiggraph/facts/sector_clues.py in log odds.
# Learned by `python -m training.sectors` from {facts} facts of {articles} articles.
"""

Offer = tuple[Mapping[str, Clues], Mapping[str, frozenset[str]]]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of the gold that was found: its choices, the sectors wanted, and those that may stand there."""

    part: str
    article: str
    choices: Mapping[str, Clues]
    rows: Mapping[str, frozenset[str]]
    wanted: frozenset[str]
    allowed: frozenset[str]

    def right(self) -> frozenset[str]:
        """The choices that are right, none of the sectors where what is wanted is not told."""
        told = self.wanted & self.choices.keys()
        return told or ((self.allowed & self.choices.keys()) | {NO_SECTOR})


class Offers(Trace):
    """Keeps the choices of facts and the rows of their sectors by the IRIs of the facts."""

    def __init__(self) -> None:
        self.of: dict[str, Offer] = {}
        self._last: Offer = ({}, {})

    def offered(self, choices: Mapping[str, Clues], rows: Mapping[str, frozenset[str]]) -> None:
        self._last = (choices, rows)

    def drafted(self, fact: Fact) -> None:
        self.of[fact_iri(fact.id)] = self._last


def examples(sources: Iterable[tuple[Path, Path]]) -> Iterator[Example]:
    """The facts of annotated articles that are found, each with its choices."""
    for source, gold in sources:
        heard = Offers()
        for article, fact, iri in aligned(source, gold, heard):
            yield _example(gold.name, article, heard.of[iri], fact)


def _example(part: str, article: str, offer: Offer, fact: GoldFact) -> Example:
    wanted, optional = fact.slots.get("sector", ()), fact.optional_slots.get("sector", ())
    return Example(part, article, *offer, frozenset(wanted), frozenset(optional))


def fit(told: Sequence[Example], penalty: float) -> Weights:
    """Weights by Newton steps, in each of which the right choices of a fact share it as they are likely."""
    rows = [(number, key, clues) for number, one in enumerate(told) for key, clues in one.choices.items()]
    names = sorted({clue for _, _, clues in rows for clue in clues})
    column = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for row, (_, _, clues) in enumerate(rows):
        for clue, value in clues.items():
            table[row, column[clue]] = value
    group = np.array([number for number, _, _ in rows])
    right = np.array([key in told[number].right() for number, key, _ in rows], np.float64)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        odds = table @ weights
        powers = np.exp(odds - odds.max())
        shares, wanted = _of_group(powers, group), _of_group(powers * right, group)
        gradient = table.T @ (shares - wanted) + penalty * weights
        means = np.zeros((len(told), len(names)))
        np.add.at(means, group, table * shares[:, None])
        curvature = (table * shares[:, None]).T @ table - means.T @ means + penalty * np.eye(len(names))
        weights -= np.linalg.solve(curvature, gradient)
    return Weights({name: round(float(weights[column[name]]), 2) + 0.0 for name in names})


def _of_group(powers: Floats, group: npt.NDArray[np.int_]) -> Floats:
    shares: Floats = powers / np.bincount(group, powers)[group]
    return shares


def held_out(told: Sequence[Example], penalty: float) -> list[tuple[str, ...]]:
    """The choice for each example by weights that were learned without its article."""
    articles = sorted({one.article for one in told})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    learned = [fit([one for one in told if fold[one.article] != k], penalty) for k in range(FOLDS)]
    return [chosen(learned[fold[one.article]].shares(one.choices), one.rows) for one in told]


def f1(told: Sequence[Example], choices: Sequence[Sequence[str]], part: str = "") -> float:
    """F1 of the stated sectors of all examples, or those of one part."""
    right = spare = wanted = 0
    for one, stated in zip(told, choices, strict=True):
        if part in ("", one.part):
            wanted += len(one.wanted)
            right += len(one.wanted.intersection(stated))
            spare += len({*stated} - one.wanted - one.allowed)
    return 2 * right / (right + spare + wanted) if wanted else 0.0


def main() -> None:
    """Command line."""
    told = list(examples(learned_from()))
    held = {penalty: held_out(told, penalty) for penalty in PENALTIES}
    best = max(PENALTIES, key=lambda penalty: f1(told, held[penalty]))
    head = HEAD.format(facts=len(told), articles=len({one.article for one in told}))
    weights = {"weights": dict(fit(told, best).weights)}
    WEIGHTS.write_text(head + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")
    for part in sorted({one.part for one in told}):
        print(f"{part}: F1 {f1(told, held[best], part):.3f} of held-out articles")
    print(f"penalty {best:g}: F1 {f1(told, held[best]):.3f}")


if __name__ == "__main__":
    main()
