"""The encoder that reads an article as one text, in windows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.article import MOST_PIECES, ArticleReader, load_article_reader, windows
from indiggraph.facts.reading.network import load_reader
from indiggraph.facts.reading.surroundings import ArticleText


def article_reader() -> ArticleReader:
    return load_article_reader(load_reader().encoder)


def test_a_short_article_is_one_window() -> None:
    assert list(windows([1, 3, 2], [0, 2])) == [(0, 0, 3)]


def test_a_long_article_is_cut_before_sentences_and_read_with_some_before() -> None:
    sizes, starts = [2] * 600, list(range(0, 600, 20))
    found = list(windows(sizes, starts))
    assert found[0] == (0, 0, 240)
    assert [own for _, own, _ in found] == [0, *(end for _, _, end in found[:-1])]
    assert found[-1][2] == 600
    assert all(
        2 * (end - first) <= MOST_PIECES and first in starts and end in {*starts, 600} for first, _, end in found
    )
    assert all(own - first >= 80 for first, own, _ in found[1:])


def test_a_sentence_longer_than_a_window_is_cut_anywhere() -> None:
    found = list(windows([20] * 100, [0]))
    assert [own for _, own, _ in found] == [0, *(end for _, _, end in found[:-1])]
    assert found[-1][2] == 100


def test_each_word_has_a_row_whatever_the_length() -> None:
    sentence = ("Norvik", "Steel", "lent", "Halden", "Works", "money", "\n\n", ".")
    for count in (1, 200):
        text = ArticleText(sentence * count, tuple(range(0, 8 * count, 8)))
        article = article_reader().read(text)
        assert len(article.words) == len(text.words)
        assert article.whole.shape == article.words.shape[1:]


def test_words_are_seen_among_the_others() -> None:
    reader, rest = article_reader(), ("was", "sold", ".", "They", "bought", "it", ".")
    steel, bread = (reader.read(ArticleText((what, *rest), (0, 4))) for what in ("Steel", "Bread"))
    assert not np.allclose(steel.words[6], bread.words[6], atol=1e-3)


def test_an_encoder_of_another_training_is_named() -> None:
    with pytest.raises(ResourceError, match=r"article\.onnx.*training\.reading"):
        load_article_reader("00")


def test_a_missing_encoder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indiggraph.facts.reading.article.data_path", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(ResourceError, match=r"article\.onnx"):
        load_article_reader("01")
