"""Reads an article as one text: what a language model sees of each of its words among all the others.

The pipeline in :mod:`indiggraph.lang` reads sentence by sentence.  This encoder, of the same make, reads up to 512 word
pieces at once; it was trained together with the network that fills slots (:mod:`.network`), and its weights are data
(``data/facts/article.onnx``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.surroundings import ArticleText
from indiggraph.lang.encoder import Encoder, Pieces
from indiggraph.resources import data_path

__all__ = ["MOST_PIECES", "Article", "ArticleReader", "load_article_reader", "windows"]

Floats = npt.NDArray[np.float32]

MOST_PIECES = 510
"""Of one window: the encoder knows 512 positions, two of which are its marks of beginning and end."""
_OVERLAP = 170
"""Pieces before the end of a window from which the next one begins, so that its first words have something before."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is seen of each word (``words``, a row each) and of the article as a whole."""

    words: Floats
    whole: Floats


class ArticleReader:
    """The encoder with its word pieces."""

    def __init__(self, pieces: Pieces, encoder: Encoder) -> None:
        self._pieces = pieces
        self._encoder = encoder

    def read(self, text: ArticleText) -> Article:
        """Read an article of at least one word; a long one in windows."""
        sizes = [len(self._pieces.of(word)) for word in text.words]
        rows = []
        for first, own, end in windows(sizes, text.starts):
            seen = self._encoder.run([self._pieces.encode(text.words[first:end])])
            rows.append(seen[1 + own - first :])
        words, whole = np.split(np.concatenate(rows), 2, axis=1)
        return Article(words, whole.mean(axis=0))


@lru_cache
def load_article_reader(digest: str) -> ArticleReader:
    """Return the packaged encoder, whose file has a SHA-256 ``digest``.

    Raises:
        ModelError: the word pieces are missing or damaged.
        ResourceError: the encoder is missing, damaged, or not the one that the network was trained with.
    """
    path = data_path("facts", "article.onnx")
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error
    if found != digest:
        raise ResourceError(
            str(path), "is not the one that reading.npz was trained with: run python -m training.reading"
        )
    return ArticleReader(Pieces.from_file(data_path("model", "tokenizer.json")), Encoder(path))


def windows(sizes: Sequence[int], starts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Cut words of given sizes in pieces into windows: the first word that is read, the first that is kept, the end.

    A window ends before a sentence, of whose first words ``starts`` are the places, and begins with one of those that
    the window before has read as well.
    """
    ends = np.array([0, *accumulate(sizes)])
    first = own = 0
    while own < len(sizes):
        end = int(np.searchsorted(ends, ends[first] + MOST_PIECES, "right")) - 1
        if end < len(sizes):
            last = bisect_right(starts, end) - 1
            end = starts[last] if last >= 0 and starts[last] > own else end
        yield first, own, end
        earliest = int(np.searchsorted(ends, ends[end] - _OVERLAP))
        place = bisect_left(starts, earliest)
        first = starts[place] if place < len(starts) and starts[place] < end else earliest
        own = end
