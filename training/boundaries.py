"""Learns the weights of sentence boundaries: `python -m training.boundaries --data FOLDER`.

A logistic regression with an L1 penalty on the gaps of the treebanks' training texts, so that few clues keep a weight.
The sentences of edited text in the name files, which have no boundary inside but those that the rules see, hold it
back from splitting names and titles. The problem is convex and each step takes all data: nothing is random.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language

from indiggraph.lang.boundaries import Boundaries, Line
from indiggraph.lang.marks import Mark, lines, mark_gaps, short_forms
from indiggraph.lang.sentences import WEIGHTS, words_of
from indiggraph.lang.tokenizer import adapt_tokenizer
from training.raw import RawText, read_raw, read_sentences

TREEBANKS = ("ud_ewt_train", "ud_gum_open_train")
EDITED = ("ner_crossner_train", "ner_wikigold_train", "ner_re3d_open_train")
OPEN = (Mark.SPLIT, Mark.SHORT, Mark.JOINED)
LEAST_SHARE = 0.001  # of the gaps between two shapes that must be boundaries for a vote to be held there
LEAST_COUNT = 3  # of a clue in training
PENALTY = 1.0
STEPS = 500
LEAST_WEIGHT = 0.05  # smaller ones are left out

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A gap of the training texts."""

    clues: list[str]
    pair: str
    splits: bool


def examples(nlp: Language, texts: Sequence[RawText]) -> Iterator[Example]:
    """The gaps on which a vote is held; `RawText.sentences` tell where sentences start."""
    for raw in texts:
        words, _ = words_of(nlp(raw.text))
        marks = mark_gaps(words, raw.text, short_forms())
        starts = {start for start, _ in raw.sentences}
        for begin, end in lines(words):
            line = Line(words[begin:end], marks[begin:end])
            first = 0
            for gap in range(1, end - begin):
                splits = words[begin + gap].start in starts
                if marks[begin + gap] in OPEN:
                    yield Example(line.clues(gap, first), line.pair(gap), splits)
                if splits:
                    first = gap


def whole(nlp: Language, sentences: Sequence[str]) -> Iterator[Example]:
    """The gaps of sentences of edited text where the rules see no boundary: none is one."""
    for text in sentences:
        words, _ = words_of(nlp(text))
        marks = mark_gaps(words, text, short_forms())
        line, first = Line(words, marks), 0
        for gap in range(1, len(words)):
            if marks[gap] in (Mark.BREAK, Mark.SPLIT):
                first = gap
            elif marks[gap] in OPEN:
                yield Example(line.clues(gap, first), line.pair(gap), False)


def fit(rows: Sequence[Sequence[str]], splits: Sequence[bool]) -> tuple[float, dict[str, float]]:
    """Bias and weights of the logistic regression: accelerated proximal gradient steps, one step size for each clue.

    All rows have the same number of clues, so the number times a clue's count bounds the curvature along it.
    """
    counts = Counter(clue for row in rows for clue in row)
    known = sorted(clue for clue, count in counts.items() if count >= LEAST_COUNT)
    number = {clue: place for place, clue in enumerate(known, 2)}  # 0: the bias, 1: all rare clues
    table = np.array([[0, *(number.get(clue, 1) for clue in row)] for row in rows])
    target = np.array(splits, np.float64)
    size = np.bincount(table.ravel(), minlength=len(known) + 2) * table.shape[1] / 4
    penalty = np.full(len(size), PENALTY)
    penalty[:2] = 0, np.inf
    weights = ahead = np.zeros(len(size))
    pace = 1.0
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-ahead[table].sum(axis=1))) - target
        slope = np.bincount(table.ravel(), np.repeat(error, table.shape[1]), len(size))
        moved = ahead - slope / np.maximum(size, 1)
        new = np.sign(moved) * np.maximum(np.abs(moved) - penalty / np.maximum(size, 1), 0)
        next_pace = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead = new + (pace - 1) / next_pace * (new - weights)
        weights, pace = new, next_pace
    kept = {clue: round(float(weights[place]), 2) for clue, place in number.items()}
    return round(float(weights[0]), 2), {clue: value for clue, value in kept.items() if abs(value) >= LEAST_WEIGHT}


def _open_pairs(told: Sequence[Example]) -> frozenset[str]:
    gaps = Counter(one.pair for one in told)
    splits = Counter(one.pair for one in told if one.splits)
    return frozenset(pair for pair, count in splits.items() if count >= LEAST_SHARE * gaps[pair])


def learn(data: Path) -> Boundaries:
    """The weights that the training files give."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp, short_forms().tokens)
    told = [one for name in TREEBANKS for one in examples(nlp, read_raw(data / f"{name}.conllu.xz"))]
    pairs = _open_pairs(told)
    held = [one for name in EDITED for one in whole(nlp, read_sentences(data / f"{name}.jsonl.xz"))]
    rows = [one for one in (*told, *held) if one.pair in pairs]
    bias, weights = fit([one.clues for one in rows], [one.splits for one in rows])
    return Boundaries(bias, weights, pairs)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training data (README.md)")
    parser.add_argument("--out", type=Path, default=Path("indiggraph/data/model"))
    options = parser.parse_args()
    learned = learn(options.data)
    content = {"bias": learned.bias, "pairs": sorted(learned.pairs), "weights": learned.weights}
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    (options.out / WEIGHTS).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
