"""Words to word pieces, and word pieces through the ONNX network.

The network is a six-layer MiniLM with linear and biaffine heads (`training/network.py`). It sees a sentence as word
pieces of lower-case text plus one *case shape* per piece, which gives back what lower-casing takes away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from indiggraph.errors import ModelError

__all__ = [
    "CONTINUATION_SHAPE",
    "MAX_PIECES_PER_WORD",
    "SHAPES",
    "SPECIAL_SHAPE",
    "Encoded",
    "Encoder",
    "Labels",
    "Network",
    "Outputs",
    "Pieces",
    "Relations",
    "case_shape",
    "pack",
    "pad",
    "read_json",
]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

MAX_PIECES_PER_WORD = 20  # a longer word is cut: the tail of a URL says nothing about syntax
_MAX_CHARS_PER_WORD = 100  # what is handed to the word-piece splitter, for the same reason
SPECIAL_SHAPE = 0  # [CLS], [SEP] and padding
CONTINUATION_SHAPE = 9  # every piece of a word but the first
_MASKED = -1e4  # added to attention scores of what fills up a grid
SHAPES = 10  # number of case shapes: special, eight shapes of words, continuation


def case_shape(word: str) -> int:
    """Class of the capitals and digits of a word, 1 to 8.

    1 digits, 2 ALL CAPITALS, 3 Capitalised, 4 Capital-then-mixed (also one capital letter), 5 inner capital,
    6 lower case, 7 anything else with a digit, 8 the rest (punctuation, symbols).
    """
    if word.isdigit():
        return 1
    if word.isupper() and len(word) > 1:
        return 2
    if word[:1].isupper():
        return 3 if word[1:].islower() else 4
    if any(char.isupper() for char in word):
        return 5
    if word.islower():
        return 6
    return 7 if any(char.isdigit() for char in word) else 8


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as the network sees it; `first` holds the index of the first piece of each word."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]


class Pieces:
    """Word pieces of words, remembered by word."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls, self._sep, self._unknown, self.mask = (
            _special(tokenizer, name) for name in ("[CLS]", "[SEP]", "[UNK]", "[MASK]")
        )
        self._known: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}  # pieces and their case shapes

    @classmethod
    def from_file(cls, path: Path) -> Pieces:
        """Read a `tokenizer.json`; a file that cannot be read raises `ModelError`."""
        try:
            return cls(Tokenizer.from_file(str(path)))
        except Exception as error:  # the Rust library raises bare Exception
            raise ModelError(f"cannot read the word pieces of the language model: {path}: {error}") from error

    def of(self, word: str) -> tuple[int, ...]:
        """Piece ids of one word, at least one ([UNK]) and at most `MAX_PIECES_PER_WORD`."""
        return self._split(word)[0]

    def _split(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Piece ids of one word and the case shape of each."""
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(word[:_MAX_CHARS_PER_WORD], add_special_tokens=False).ids
            pieces = tuple(ids[:MAX_PIECES_PER_WORD]) or (self._unknown,)
            known = pieces, (case_shape(word), *[CONTINUATION_SHAPE] * (len(pieces) - 1))
            if len(self._known) < 200_000:  # bounds memory over a long run
                self._known[word] = known
        return known

    def has(self, word: str) -> bool:
        """Whether the word is one piece of the vocabulary."""
        return self._tokenizer.token_to_id(word) is not None

    def encode(self, words: Sequence[str]) -> Encoded:
        """[CLS], the pieces of all words, [SEP]."""
        ids, shapes, first = [self._cls], [SPECIAL_SHAPE], []
        for word in words:
            of_word, shapes_of_word = self._split(word)
            first.append(len(ids))
            ids += of_word
            shapes += shapes_of_word
        return Encoded((*ids, self._sep), (*shapes, SPECIAL_SHAPE), tuple(first))


def _special(tokenizer: Tokenizer, name: str) -> int:
    number: int | None = tokenizer.token_to_id(name)
    if number is None:
        raise ModelError(f"the word pieces of the language model lack {name}")
    return number


def pad(batch: Sequence[Encoded], multiple: int = 1) -> dict[str, IntArray]:
    """Arrays `ids`, `mask`, `shapes` (sentences x pieces) and `first` (sentences x words), padded with 0.

    The number of pieces is rounded up to a multiple of `multiple`.
    """
    pieces = -(-max(len(item.ids) for item in batch) // multiple) * multiple
    words = max(len(item.first) for item in batch)
    arrays = {name: np.zeros((len(batch), pieces), np.int64) for name in ("ids", "mask", "shapes")}
    arrays["first"] = np.zeros((len(batch), words), np.int64)
    for row, item in enumerate(batch):
        arrays["ids"][row, : len(item.ids)] = item.ids
        arrays["mask"][row, : len(item.ids)] = 1
        arrays["shapes"][row, : len(item.shapes)] = item.shapes
        arrays["first"][row, : len(item.first)] = item.first
    return arrays


def pack(batch: Sequence[Encoded]) -> dict[str, IntArray | FloatArray]:
    """Arrays for the network: all pieces of all sentences one after another, and where attention finds them.

    By piece: `ids`, `shapes`, `places` in its sentence, `flat` place in the flattened `grid`. By root or word, each
    sentence's root before its words: `first`, the row of its first piece; `word_flat`, its place in `word_grid`. The
    grids hold rows of pieces, a column for each sentence, filled up with row 0; `mask` is what attention adds to it.
    """
    pieces, words = ([len(item.ids) for item in batch], [len(item.first) + 1 for item in batch])
    places, flat = _columns(pieces)
    _, word_flat = _columns(words)
    filled = np.arange(max(pieces)) < np.array(pieces)[:, None]
    first = _joined([(0, *item.first) for item in batch]) + np.repeat(np.cumsum(pieces) - pieces, words)
    return {
        "ids": _joined([item.ids for item in batch]),
        "shapes": _joined([item.shapes for item in batch]),
        "places": places,
        "flat": flat,
        "grid": _grid(np.arange(len(flat)), flat, pieces),
        "first": first,
        "word_flat": word_flat,
        "word_grid": _grid(first, word_flat, words),
        "mask": np.where(filled, 0, _MASKED).astype(np.float32)[:, None, None],
    }


def _joined(rows: Sequence[Sequence[int]]) -> IntArray:
    return np.fromiter(chain.from_iterable(rows), np.int64)


def _columns(sizes: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Place in its column of each item of columns that stand side by side, and its place read row by row."""
    places = np.arange(sum(sizes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return places, places * len(sizes) + np.repeat(np.arange(len(sizes)), sizes)


def _grid(values: IntArray, flat: IntArray, sizes: Sequence[int]) -> IntArray:
    """Values at their places in a grid with a column for each size, 0 elsewhere."""
    grid = np.zeros(max(sizes) * len(sizes), np.int64)
    grid[flat] = values
    return grid.reshape(-1, len(sizes))


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of each head, in the order of the network's outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    ner: tuple[str, ...]
    rel: tuple[str, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Labels:
        """Labels as stored in `labels.json`."""
        return cls(**{name: tuple(data[name]) for name in cls.__slots__})

    def to_json(self) -> dict[str, list[str]]:
        """The reverse of `from_json`."""
        return {name: list(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says; a row for the root of each sentence, before rows for its words.

    `upos`, `xpos`, `feats`, `lemma` are class indexes, `ner` scores by class. The product of a word's `arc_dep` and
    an `arc_head` scores that head; `rel_dep` and the `rel_head` of its head go into `Relations`.
    """

    upos: IntArray
    xpos: IntArray
    feats: IntArray
    lemma: IntArray
    ner: FloatArray
    arc_dep: FloatArray
    arc_head: FloatArray
    rel_dep: FloatArray
    rel_head: FloatArray


class Network:
    """Encoder and heads as an ONNX session; what a sentence gets does not depend on its neighbours in a batch."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session = _session(path)

    def __reduce__(self) -> tuple[type[Network], tuple[Path]]:
        """Pickled as a path: sessions cannot be sent to other processes."""
        return Network, (self._path,)

    def run(self, batch: Sequence[Encoded]) -> Outputs:
        """Run sentences of at most 512 pieces each."""
        return Outputs(*self._session.run(list(Outputs.__slots__), pack(batch)))


class Encoder:
    """An encoder without heads as an ONNX session; what a text gets does not depend on its neighbours in a batch."""

    def __init__(self, path: Path) -> None:
        self._session = _session(path)

    def run(self, batch: Sequence[Encoded]) -> FloatArray:
        """What it sees of texts of at most 512 pieces each: a row for the root of each before rows for its words."""
        found: FloatArray = self._session.run(["seen"], pack(batch))[0]
        return found


class Relations:
    """Best relations of given arcs as an ONNX session."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session = _session(path)

    def __reduce__(self) -> tuple[type[Relations], tuple[Path]]:
        """Pickled as a path, like `Network`."""
        return Relations, (self._path,)

    def best(self, dependents: FloatArray, heads: FloatArray) -> IntArray:
        """Relation of each arc but those from the root; rows of `dependents` and `heads` belong together."""
        found: IntArray = self._session.run(["rel"], {"dependents": dependents, "heads": heads})[0]
        return found


def _session(path: Path) -> onnxruntime.InferenceSession:
    """One thread: a build runs one worker per core. The graphs are written as they are to be run."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own classes differ from version to version
        raise ModelError(f"cannot load the language model: {path}: {error}") from error


def read_json(path: Path) -> Any:
    """Read one JSON file of the model; a missing or broken one raises `ModelError`."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read a file of the language model: {path}: {error}") from error
