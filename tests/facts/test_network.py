"""The network of the second reading: what it computes, and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.article import Article, ArticleReader, load_article_reader
from indiggraph.facts.reading.network import Answers, Reader, load_reader, read_network, shapes
from indiggraph.facts.reading.surroundings import (
    ASKED,
    text_of,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.schema import sectors
from tests.facts.rereading import TEXT, Read, loan, read_text


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    """The facts of the text by rules, its sentences, and its mentions by id."""
    return read_text(nlp, TEXT)


Weights = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]
SECTORS = ("", "rail", "steel")


def article_reader() -> ArticleReader:
    return load_article_reader(load_reader().encoder)


def random_weights(width: int, words: int) -> Weights:
    chance = np.random.default_rng(0)
    sizes = shapes(width, words, len(SECTORS))
    return {name: chance.normal(0, 0.1, shape).astype(np.float32) for name, shape in sizes.items()}


def written(path: Path, weights: Mapping[str, object]) -> Path:
    np.savez(path, allow_pickle=False, sectors=np.array(SECTORS), encoder=np.array("00"), **dict(weights))
    return path


def test_answers_are_shares(read: Read) -> None:
    _, around = loan(read)
    answers = load_reader().read(around, article_reader().read(text_of(read[1])))
    assert answers.fillers.shape == (len(around.candidates), ASKED)
    assert ((answers.fillers >= 0) & (answers.fillers <= 1)).all()
    for shares in (answers.kinds, answers.modalities, answers.directions):
        assert shares.sum() == pytest.approx(1, abs=1e-4)
    assert sum(answers.sectors.values()) == pytest.approx(1, abs=1e-4)


def test_sectors_are_those_that_the_reader_of_articles_knows() -> None:
    assert set(load_reader().sectors) - {""} <= {sector.key for sector in sectors()}


def test_what_is_seen_of_the_article_counts(read: Read) -> None:
    _, around = loan(read)
    reader = Reader(random_weights(8, around.words.shape[1]), SECTORS, "00")
    length = len(text_of(read[1]).words)
    chance = np.random.default_rng(1)
    dark, light = (Article(size * chance.normal(size=(length, 8)), size * chance.normal(size=8)) for size in (0.0, 5.0))
    other = Article(dark.words, light.whole)
    assert not np.allclose(reader.read(around, dark).fillers, reader.read(around, light).fillers)
    assert np.allclose(reader.read(around, dark).fillers, reader.read(around, other).fillers)
    assert reader.read(around, dark).sectors != reader.read(around, other).sectors


def test_the_sectors_that_words_tell_count(read: Read) -> None:
    _, around = loan(read)
    reader = Reader(random_weights(8, around.words.shape[1]), SECTORS, "00")
    article = Article(np.zeros((len(text_of(read[1]).words), 8), np.float32), np.zeros(8, np.float32))

    def answers(key: str) -> Answers:
        return reader.read(replace(around, sectors=(key,) * len(around.sectors)), article)

    assert not np.allclose(answers("steel").fillers, answers("rail").fillers)
    assert not np.allclose(answers("steel").fillers, answers(NO_SECTOR).fillers)
    assert np.array_equal(answers("one it does not know").fillers, answers(NO_SECTOR).fillers)


def test_weights_come_back_as_written(tmp_path: Path) -> None:
    weights = random_weights(8, 5)
    found = read_network(written(tmp_path / "reading.npz", weights))
    assert (found.sectors, found.encoder) == (SECTORS, "00")
    assert found.weights.keys() == weights.keys()
    assert all(np.array_equal(found.weights[name], array) for name, array in weights.items())


@pytest.mark.parametrize(
    "damage", ["empty", "no archive", "another shape", "a part missing", "other sectors", "none that is no sector"]
)
def test_weights_that_do_not_fit_are_named(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "reading.npz"
    weights = random_weights(8, 5)
    if damage == "another shape":
        written(path, weights | {"fills.bias": np.zeros(2, np.float32)})
    elif damage == "a part missing":
        written(path, {name: array for name, array in weights.items() if name != "norm.bias"})
    elif damage == "other sectors":
        np.savez(path, allow_pickle=False, sectors=np.array(["steel"]), encoder=np.array("00"), **weights)
    elif damage == "none that is no sector":
        np.savez(
            path, allow_pickle=False, sectors=np.array(["oil", "rail", "steel"]), encoder=np.array("00"), **weights
        )
    else:
        path.write_bytes(b"" if damage == "empty" else b"[]x")
    with pytest.raises(ResourceError, match=r"reading\.npz"):
        read_network(path)
