"""Learns how sure facts are: `python -m training.confidence`.

A logistic regression with an L2 penalty on the clues of the facts of the annotated articles (`tests/gold`), each right
or wrong by `indiggraph.evaluate`. The penalty is chosen by cross-validation in which a whole part of the gold is held
out, as articles to come may be of another kind than those known; its figures are printed. The problem is convex and
each step takes all data: nothing is random.

Articles that rules were written with in mind are read better than others, and what is wrong in them is of other kinds.
Facts of articles that were read for the first time are therefore kept as they were found then (`first_reading.json`;
`--first PART` adds a part of the gold, which is to be done before any rule knows it), and stand for that part ever
after; those of parts that nobody reads are as they are found now. Each part has a level of its own in training; the
level that stays is that of these two.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from indiggraph.evaluate import evaluate
from indiggraph.evaluation.reliability import score_reliability
from indiggraph.facts.clues import QUESTIONS
from indiggraph.model import Fact
from indiggraph.trace import Trace
from training.readings import GOLD, HELD_OUT, UNREAD, fact_iri, graph_of

WEIGHTS = Path("indiggraph/data/facts/confidence.yaml")
FIRST_READING = Path(__file__).with_name("first_reading.json")
PENALTIES = (2.0, 4.0, 8.0, 16.0)
STEPS = 50
HEAD = """\
# How sure facts are: the weights of indiggraph/facts/confidence.py in log odds, of each answer to each question of
# indiggraph/facts/clues.py. Learned by `python -m training.confidence` from {facts} facts of {articles} articles.
"""

Floats = npt.NDArray[np.float64]
COLUMNS = [(question, answer) for question, answers in QUESTIONS.items() for answer in answers]


@dataclass(frozen=True, slots=True)
class Example:
    """A fact with its clues; `part` is the folder of the gold that its article is in.

    `fresh` says that it is of an article that no rule knew: of a first reading, or of a part that nobody reads.
    """

    part: str
    article: str
    clues: Mapping[str, str]
    right: bool
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """The base, and the weights in the order of `COLUMNS`, in log odds."""

    base: float
    weights: Floats

    def shares(self, examples: Sequence[Example]) -> Floats:
        """The confidence of each example."""
        return _logistic(self.base + _table(examples) @ self.weights)


class Clues(Trace):
    """Keeps the clues of facts by their IRIs."""

    def __init__(self) -> None:
        self.of: dict[str, Mapping[str, str]] = {}

    def weighed(self, fact: Fact, clues: Mapping[str, str]) -> None:
        self.of[fact_iri(fact.id)] = clues


# ---- examples ------------------------------------------------------------------------------------------------------


def known(gold: Path = GOLD, fresh: Container[str] = ()) -> Iterator[Example]:
    """The facts that are right or wrong, as they are found now, of all parts of the gold but the fresh ones."""
    for source in sorted(gold.glob("*.jsonl")):
        if source.stem not in fresh:
            yield from examples(source, gold / source.stem, fresh=source.stem in UNREAD | HELD_OUT)


def examples(source: Path, gold: Path, *, fresh: bool = False) -> Iterator[Example]:
    """The facts of one part that are right or wrong."""
    heard = Clues()
    graph = graph_of(source, heard)
    for fact in evaluate(gold, graph).judged:
        yield Example(gold.name, fact.document, heard.of[fact.iri], fact.right, fresh)


# ---- fitting -------------------------------------------------------------------------------------------------------


def fit(told: Sequence[Example], penalty: float) -> Fit:
    """Weights with a level for each part by Newton steps, then the base by the first readings."""
    table, parts = _table(told), sorted({one.part for one in told})
    levels = np.array([[one.part == part for part in parts] for one in told], np.float64)
    rows = np.hstack([table, levels])
    right = np.array([one.right for one in told], np.float64)
    slope = np.array([penalty] * table.shape[1] + [1e-6] * len(parts))
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        shares = _logistic(rows @ weights)
        gradient = rows.T @ (shares - right) + slope * weights
        curvature = (rows * (shares * (1 - shares))[:, None]).T @ rows + np.diag(slope)
        weights -= np.linalg.solve(curvature, gradient)
    learned = weights[: table.shape[1]]
    return Fit(_base([one for one in told if one.fresh], learned), learned)


def _base(fresh: Sequence[Example], weights: Floats) -> float:
    """The base at which facts of first readings are right as often as they are."""
    wanted = sum(one.right for one in fresh) / len(fresh)
    odds = _table(fresh) @ weights
    low, high = -10.0, 10.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _logistic(odds + middle).mean() < wanted else (low, middle)
    return low


def _table(told: Sequence[Example]) -> Floats:
    return np.array([[one.clues[question] == answer for question, answer in COLUMNS] for one in told], np.float64)


def _logistic(odds: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-odds))
    return shares


# ---- measuring -----------------------------------------------------------------------------------------------------


def held_out(told: Sequence[Example], penalty: float) -> Floats:
    """The confidence of each example by weights that were learned without its part."""
    shares = np.zeros(len(told))
    for part in sorted({one.part for one in told}):
        inside = np.array([one.part == part for one in told])
        learned = fit([one for one in told if one.part != part], penalty)
        shares[inside] = learned.shares([one for one in told if one.part == part])
    return shares


def loss(told: Sequence[Example], shares: Floats) -> float:
    """Mean log loss."""
    right = np.array([one.right for one in told])
    return float(-np.log(np.where(right, shares, 1 - shares)).mean())


def report(told: Sequence[Example], shares: Floats) -> str:
    """The reliability of held-out facts, by part."""
    tables = []
    for part in sorted({one.part for one in told}):
        pairs = [(float(share), one.right) for one, share in zip(told, shares, strict=True) if one.part == part]
        tables.append(f"{part}: {len(pairs)} facts by what others teach\n{score_reliability(pairs).table()}")
    return "\n".join(tables)


# ---- files ---------------------------------------------------------------------------------------------------------


def written(learned: Fit, head: str) -> str:
    """The file of the weights."""
    weights: dict[str, dict[str, float]] = {question: {} for question in QUESTIONS}
    for (question, answer), weight in zip(COLUMNS, learned.weights, strict=True):
        weights[question][answer] = round(float(weight), 2) + 0.0
    return head + yaml.safe_dump({"base": round(learned.base, 2), "weights": weights}, sort_keys=False)


def learn(told: Sequence[Example]) -> tuple[Fit, Floats]:
    """The fit with the penalty that held-out parts like best, and their facts' confidence."""
    held = {penalty: held_out(told, penalty) for penalty in PENALTIES}
    best = min(PENALTIES, key=lambda penalty: loss(told, held[penalty]))
    return fit(told, best), held[best]


def read_first(path: Path = FIRST_READING) -> list[Example]:
    """The facts of first readings.

    Raises:
        ValueError: they were asked other questions than those that there are.
    """
    data: Any = json.loads(path.read_text(encoding="utf-8"))
    if data["questions"] != list(QUESTIONS):
        raise ValueError(f"{path}: the facts of first readings were asked other questions")
    return [
        Example(part, article, dict(zip(QUESTIONS, answers, strict=True)), right, fresh=True)
        for part, article, right, *answers in data["facts"]
    ]


def write_first(fresh: Iterable[Example], path: Path = FIRST_READING) -> None:
    """Keep the facts of first readings, one a line."""
    rows = [[one.part, one.article, one.right, *one.clues.values()] for one in fresh]
    facts = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    questions = json.dumps(list(QUESTIONS), ensure_ascii=False)
    path.write_text(f'{{"questions": {questions},\n"facts": [\n{facts}\n]}}\n', encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", metavar="PART", help="keep the facts of a part of the gold that no rule knows yet")
    options = parser.parse_args()
    fresh = read_first()
    if options.first in {one.part for one in fresh}:
        parser.error(f"{options.first}: its first reading is kept already")
    before = WEIGHTS.read_text(encoding="utf-8")
    # Weights of other questions would stop the build that answers the new ones.
    WEIGHTS.write_text(written(Fit(0.0, np.zeros(len(COLUMNS))), ""), encoding="utf-8")
    try:
        if options.first:
            fresh += examples(GOLD / f"{options.first}.jsonl", GOLD / options.first, fresh=True)
            write_first(fresh)
        told = [*known(fresh={one.part for one in fresh}), *fresh]
    except BaseException:
        WEIGHTS.write_text(before, encoding="utf-8")
        raise
    learned, held = learn(told)
    head = HEAD.format(facts=len(told), articles=len({one.article for one in told}))
    WEIGHTS.write_text(written(learned, head), encoding="utf-8")
    print(report(told, held), end="")


if __name__ == "__main__":
    main()
