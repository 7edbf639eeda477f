"""Learns which type a fact has by all signs around it: `python -m training.kinds`.

A multinomial logistic regression with an L2 penalty on the signs (`indiggraph.facts.signs`) of the facts of the
annotated articles (`tests/gold`) that stand for a fact of the gold. The type that its frame gave a fact is one of its
signs, so what is learned is when that is wrong. `--check` prints how often the second look mends and spoils types in
articles held out.

What rules read wrong is best seen in articles that no rule knew: the facts of a part as read for the first time are
kept (`first_kinds.json`; `--first PART` adds a part) and stand for it ever after.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indiggraph.evaluation.gold import GoldFact
from indiggraph.facts.kinds import LEARNED, Kinds
from indiggraph.model import Fact, FactType
from indiggraph.trace import Trace
from training.readings import GOLD, HELD_OUT, UNREAD, aligned, fact_iri

WEIGHTS = Path("indiggraph/data/facts/kinds.json")
FIRST_READING = Path(__file__).with_name("first_kinds.json")
PENALTY, STEPS, LEAST = 1.0, 400, 3
"""The penalty, the steps of the descent, and in how many facts a sign must stand to be weighed."""
POWERS, ABOVE = 30, 1.01
"""How often the greatest singular value is come nearer to, and what it is multiplied by for what is missing."""
LIGHT = 5
"""Signs none of whose weights, in hundredths, reaches this are left out."""
FOLDS = 10

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of an article, the type that its frame gave it, those accepted by its annotator, and its signs."""

    part: str
    article: str
    given: FactType
    accepted: tuple[FactType, ...]
    signs: tuple[str, ...]

    @property
    def wanted(self) -> FactType:
        """The type to learn: the given one where it is accepted."""
        return self.given if self.given in self.accepted else self.accepted[0]


class Signs(Trace):
    """Keeps the given types and the signs of facts by their IRIs."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[FactType, tuple[str, ...]]] = {}

    def signed(self, fact: Fact, signs: Sequence[str]) -> None:
        self.of[fact_iri(fact.id)] = fact.type, tuple(signs)


# ---- examples ------------------------------------------------------------------------------------------------------


def known(gold: Path = GOLD, fresh: Container[str] = ()) -> Iterator[Example]:
    """The facts of all parts of the gold, as they are read now, that are not fresh, held out or to be left unread."""
    for source in sorted(gold.glob("*.jsonl")):
        if source.stem not in fresh and source.stem not in UNREAD | HELD_OUT:
            yield from examples(source, gold / source.stem)


def examples(source: Path, gold: Path) -> Iterator[Example]:
    """The facts of one part that stand for a fact of the gold which is not optional."""
    heard = Signs()
    for article, fact, iri in aligned(source, gold, heard):
        accepted = tuple(_accepted(fact))
        given, signs = heard.of.get(iri, (FactType.OCCURRENCE, ()))
        if given in LEARNED and accepted:
            yield Example(gold.name, article, given, accepted, signs)


def _accepted(fact: GoldFact) -> Iterator[FactType]:
    """The accepted types between which signs decide, the annotator's first one first."""
    for name in (fact.type, *sorted(fact.types - {fact.type})):
        if name in LEARNED:
            yield FactType(name)


# ---- fitting -------------------------------------------------------------------------------------------------------


def fit(told: Sequence[Example]) -> Kinds:
    """Weights by gradient descent with Nesterov's momentum: convex, all data at each step, nothing random."""
    counts = Counter(sign for one in told for sign in one.signs)
    signs = sorted(sign for sign, count in counts.items() if count >= LEAST)
    column = {sign: at for at, sign in enumerate(signs)}
    table = np.zeros((len(told), len(signs) + 1))
    table[:, -1] = 1.0
    wanted = np.zeros((len(told), len(LEARNED)))
    for row, one in enumerate(told):
        table[row, [column[sign] for sign in one.signs if sign in column]] = 1.0
        wanted[row, LEARNED.index(one.wanted)] = 1.0
    weights = _descend(table, wanted)
    rounded = {sign: _hundredths(weights[at]) for sign, at in column.items()}
    heavy = {sign: row for sign, row in rounded.items() if max(map(abs, row)) >= LIGHT}
    return Kinds(_hundredths(weights[-1]), heavy)


def _descend(table: Floats, wanted: Floats) -> Floats:
    penalty = np.full((table.shape[1], 1), PENALTY)
    penalty[-1] = 0.0
    step = 1.0 / (0.5 * _greatest(table) ** 2 + PENALTY)
    weights = ahead = np.zeros((table.shape[1], wanted.shape[1]))
    for number in range(STEPS):
        gradient = table.T @ (_shares(table @ ahead) - wanted) + penalty * ahead
        before, weights = weights, ahead - step * gradient
        ahead = weights + number / (number + 3) * (weights - before)
    return weights


def _greatest(table: Floats) -> float:
    """A bound of the table's greatest singular value, close to it: powers of a table without negative numbers."""
    vector = np.ones(table.shape[1])
    for _ in range(POWERS):
        vector = table.T @ (table @ vector)
        vector /= np.linalg.norm(vector)
    return ABOVE * float(np.linalg.norm(table @ vector))


def _shares(odds: Floats) -> Floats:
    powers = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _hundredths(row: Floats) -> tuple[int, ...]:
    return tuple(round(100 * float(weight)) for weight in row)


# ---- measuring -----------------------------------------------------------------------------------------------------


def report(told: Sequence[Example]) -> str:
    """How often the second look mends and spoils types, by part, a tenth of the articles of all parts held out."""
    articles = sorted({(one.part, one.article) for one in told})
    fold_of = {article: number % FOLDS for number, article in enumerate(articles)}
    learned = [fit([one for one in told if fold_of[one.part, one.article] != fold]) for fold in range(FOLDS)]
    lines = ["part          facts  given right  mended  spoiled"]
    for part in sorted({one.part for one in told}):
        mended = spoiled = right = total = 0
        for one in (one for one in told if one.part == part):
            kinds = learned[fold_of[one.part, one.article]]
            was, now = one.given in one.accepted, kinds.of(one.given, one.signs) in one.accepted
            total, right, mended, spoiled = total + 1, right + was, mended + (now > was), spoiled + (now < was)
        lines.append(f"{part:12}  {total:5}  {right:11}  {mended:6}  {spoiled:7}")
    return "\n".join(lines) + "\n"


# ---- files ---------------------------------------------------------------------------------------------------------


def written(learned: Kinds) -> str:
    """The file of the weights, a sign a line."""
    rows = ",\n".join(f"{json.dumps(sign, ensure_ascii=False)}: {list(row)}" for sign, row in learned.weights.items())
    head = f'{{"types": {json.dumps(list(LEARNED))},\n"base": {list(learned.base)},\n"weights": {{\n'
    return f"{head}{rows}\n}}}}\n"


def read_first(path: Path = FIRST_READING) -> list[Example]:
    """The facts of first readings."""
    data: Any = json.loads(path.read_text(encoding="utf-8"))
    names = data["signs"]
    return [
        Example(
            part, article, FactType(given), tuple(map(FactType, accepted)), tuple(sorted(names[at] for at in signs))
        )
        for part, article, given, accepted, signs in data["facts"]
    ]


def write_first(fresh: Iterable[Example], path: Path = FIRST_READING) -> None:
    """Keep the facts of first readings, one a line; signs of one fact alone teach nothing and are left out."""
    kept = list(fresh)
    counts = Counter(sign for one in kept for sign in one.signs)
    names = sorted(sign for sign, count in counts.items() if count > 1)
    at = {sign: number for number, sign in enumerate(names)}
    rows = [
        [one.part, one.article, one.given, list(one.accepted), [at[sign] for sign in one.signs if sign in at]]
        for one in kept
    ]
    facts = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    path.write_text(f'{{"signs": {json.dumps(names, ensure_ascii=False)},\n"facts": [\n{facts}\n]}}\n', "utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", metavar="PART", help="keep the facts of a part of the gold that no rule knows yet")
    parser.add_argument("--check", action="store_true", help="print what the second look does to articles held out")
    options = parser.parse_args()
    fresh = read_first()
    if options.first in {one.part for one in fresh}:
        parser.error(f"{options.first}: its first reading is kept already")
    before = WEIGHTS.read_text(encoding="utf-8")
    # What is learned is when the frames alone are wrong: facts keep their types while the gold is read.
    WEIGHTS.write_text(written(Kinds((0,) * len(LEARNED), {})), encoding="utf-8")
    try:
        if options.first:
            fresh += examples(GOLD / f"{options.first}.jsonl", GOLD / options.first)
            write_first(fresh)
        told = [*known(fresh={one.part for one in fresh}), *fresh]
    except BaseException:
        WEIGHTS.write_text(before, encoding="utf-8")
        raise
    WEIGHTS.write_text(written(fit(told)), encoding="utf-8")
    if options.check:
        print(report(told), end="")


if __name__ == "__main__":
    main()
