"""Sentences packed for one run: what goes where, and that neighbours change no bit of what a sentence gets."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indiggraph.lang.encoder import Encoded, Network, Outputs, Pieces, pack
from indiggraph.resources import data_path

WORDS = ("the", "Ardan", "mill", "Steel's", "40", "pumps", "of", "$3bn", "XNA", "re-exported", "unbelievably", "–", ".")


@pytest.fixture(scope="module")
def sentences() -> list[Encoded]:
    """Sentences of 1 to 200 words, in no order."""
    draw = random.Random(5)
    pieces = Pieces.from_file(data_path("model/tokenizer.json"))
    sizes = [1, 1, 2, 3, 5, 8, 8, 13, 21, 21, 34, 55, 64, 90, 200]
    draw.shuffle(sizes)
    return [pieces.encode(draw.choices(WORDS, k=size)) for size in sizes]


def _rows(out: Outputs, start: int, stop: int) -> list[np.ndarray]:
    return [getattr(out, name)[start:stop] for name in Outputs.__slots__]


@pytest.mark.parametrize("size", [2, 3, 15])
def test_neighbours_change_no_bit(sentences: list[Encoded], size: int) -> None:
    network = Network(data_path("model/model.onnx"))
    for first in range(0, len(sentences), size):
        batch = sentences[first : first + size]
        together, start = network.run(batch), 0
        for sentence in batch:
            alone, rows = network.run([sentence]), len(sentence.first) + 1
            for found, expected in zip(_rows(together, start, start + rows), _rows(alone, 0, rows), strict=True):
                np.testing.assert_array_equal(found, expected)
            start += rows
        assert start == len(together.upos)


def test_pack_puts_sentences_side_by_side() -> None:
    one, two = Encoded((1, 7, 2), (0, 6, 0), (1,)), Encoded((1, 8, 9, 3, 2), (0, 6, 9, 8, 0), (1, 3))
    packed = {name: array.tolist() for name, array in pack([one, two]).items()}
    assert packed["ids"] == [1, 7, 2, 1, 8, 9, 3, 2]
    assert packed["places"] == [0, 1, 2, 0, 1, 2, 3, 4]
    assert packed["grid"] == [[0, 3], [1, 4], [2, 5], [0, 6], [0, 7]]
    assert packed["flat"] == [0, 2, 4, 1, 3, 5, 7, 9]
    assert packed["first"] == [0, 1, 3, 4, 6]
    assert packed["word_grid"] == [[0, 3], [1, 4], [0, 6]]
    assert packed["word_flat"] == [0, 2, 1, 3, 5]
    assert [[column < 0 for column in row[0][0]] for row in packed["mask"]] == [[False] * 3 + [True] * 2, [False] * 5]
