"""The network that reads a fact in its surroundings, and what it answers.

Transformer layers (Vaswani et al. 2017, with the norms before the blocks: Xiong et al. 2020) over the words of the
surroundings: what the language models see of each in its sentence and in the article, with embeddings of its features
and of what the rules answered.  Its weights are data (``data/facts/reading.npz``), learned together with the encoder of
articles (:mod:`.article`) from annotated articles by ``python -m training.reading``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.article import Article
from indiggraph.facts.reading.features import SIZES, Feature
from indiggraph.facts.reading.surroundings import ASKED, DIRECTIONS, KINDS, MODALITIES, Surroundings
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.lang.vectors import SCALE
from indiggraph.resources import data_path

__all__ = [
    "HEADS",
    "LAYERS",
    "Answers",
    "Reader",
    "feature_weight",
    "load_reader",
    "numbers_of",
    "read_network",
    "shapes",
]

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]

HEADS, LAYERS = 4, 3
_WIDE = 2
"""The width of the inner layer, as a multiple of the outer one."""
_EPSILON = np.float32(1e-5)
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
_ERF_AT, _ONE, _HALF = np.float32(0.3275911), np.float32(1), np.float32(0.5)
_HALF_ROOT = np.float32(math.sqrt(0.5))


@dataclass(frozen=True, slots=True)
class Answers:
    """How likely each candidate fills each slot (rows as the candidates), and each type, modality and direction is.

    ``sectors`` is how likely each sector is, by its key, and ``NO_SECTOR`` that it has none.
    """

    fillers: Floats
    kinds: Floats
    modalities: Floats
    directions: Floats
    sectors: Mapping[str, float]


def shapes(width: int, words: int, sectors: int) -> dict[str, tuple[int, ...]]:
    """The names and shapes of the weights of a network ``width`` wide, for words of so many numbers and sectors."""
    inner = _WIDE * width
    found: dict[str, tuple[int, ...]] = {
        "words.weight": (width, words),
        "words.bias": (width,),
        **{feature_weight(feature): (size, width) for feature, size in SIZES.items()},
        "told.weight": (width, ASKED),
        "kind": (len(KINDS) + 1, width),
        "modality": (len(MODALITIES) + 1, width),
        "direction": (len(DIRECTIONS) + 1, width),
        "share": (3, width),
        "telling": (sectors, width),
        **_norm("norm", width),
        "filler.weight": (width, 4 * width + ASKED),
        "filler.bias": (width,),
        "fills.weight": (ASKED, width),
        "fills.bias": (ASKED,),
        "fact.weight": (width, 2 * width),
        "fact.bias": (width,),
        "is.weight": (len(KINDS) + len(MODALITIES) + len(DIRECTIONS), width),
        "is.bias": (len(KINDS) + len(MODALITIES) + len(DIRECTIONS),),
        "field.weight": (width, 2 * width),
        "field.bias": (width,),
        "sector.weight": (sectors, width),
        "sector.bias": (sectors,),
    }
    for layer in range(LAYERS):
        at = f"layers.{layer}"
        found |= _norm(f"{at}.norm_in", width) | _norm(f"{at}.norm_mid", width)
        found |= {f"{at}.qkv.weight": (3 * width, width), f"{at}.qkv.bias": (3 * width,)}
        found |= {f"{at}.out.weight": (width, width), f"{at}.out.bias": (width,)}
        found |= {f"{at}.up.weight": (inner, width), f"{at}.up.bias": (inner,)}
        found |= {f"{at}.down.weight": (width, inner), f"{at}.down.bias": (width,)}
    return found


def feature_weight(feature: Feature) -> str:
    """The name of the embeddings of a feature."""
    return f"features.{feature.name.lower()}"


def numbers_of(told: Iterable[str], sectors: Sequence[str]) -> list[int]:
    """The numbers of sectors among those that a network tells apart; another one counts as none."""
    numbers = {key: number for number, key in enumerate(sectors)}
    return [numbers.get(key, numbers[NO_SECTOR]) for key in told]


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}


@dataclass(frozen=True, slots=True)
class Reader:
    """A network, the sectors that it tells apart, and the digest of the encoder with which it was trained."""

    weights: Weights
    sectors: tuple[str, ...]
    encoder: str

    def read(self, around: Surroundings, article: Article) -> Answers:
        """Read one fact of an article."""
        weights = self.weights
        hidden = _seen(weights, around, numbers_of(around.sectors, self.sectors), article)
        trigger, value = hidden[around.trigger], hidden[around.value]
        fact = np.concatenate([trigger, value])[None]
        odds = _inner(fact, weights, "fact", "is")[0]
        ends = np.cumsum([len(KINDS), len(MODALITIES)])
        kinds, modalities, directions = (_shares(part) for part in np.split(odds, ends))
        field = _gelu(_linear(fact, weights, "field") + article.whole)
        sectors = _shares(_linear(field, weights, "sector")[0])
        fillers = _fillers(weights, hidden, around)
        return Answers(fillers, kinds, modalities, directions, dict(zip(self.sectors, sectors.tolist(), strict=True)))


@lru_cache
def load_reader() -> Reader:
    """Return the packaged network.

    Raises:
        ResourceError: the file is damaged, or its weights are of other features or slots than those that are asked.
    """
    return read_network(data_path("facts", "reading.npz"))


def read_network(path: Path) -> Reader:
    """Read a network: its weights as arrays by their names, ``sectors`` with their keys, and ``encoder``, a digest.

    Raises:
        ResourceError: the file is damaged, or its weights are of other features or slots than those that are asked.
    """
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise ResourceError(str(path), f"is damaged: {error}") from error
    sectors, encoder = (arrays.pop(name, np.zeros((0, 0))) for name in ("sectors", "encoder"))
    width, words = arrays["words.weight"].shape if np.ndim(arrays.get("words.weight", 0)) == 2 else (0, 0)
    fits = (sectors.ndim, encoder.ndim) == (1, 0) and NO_SECTOR in sectors.tolist()
    if not fits or {name: array.shape for name, array in arrays.items()} != shapes(width, words, len(sectors)):
        raise ResourceError(str(path), "does not fit what is asked of a fact: run python -m training.reading")
    weights = {name: array.astype(np.float32) for name, array in arrays.items()}
    return Reader(weights, tuple(map(str, sectors)), str(encoder))


# ---- the network ----------------------------------------------------------------------------------------------------


def _seen(weights: Weights, around: Surroundings, sectors: Sequence[int], article: Article) -> Floats:
    """What the network makes of each word around a fact; ``sectors`` are those that words tell."""
    words = around.words.astype(np.float32) / np.float32(SCALE)
    hidden = _linear(words, weights, "words") + article.words[around.tokens] + around.told @ weights["told.weight"].T
    for feature in SIZES:
        hidden = hidden + weights[feature_weight(feature)][around.features[:, feature]]
    hidden = hidden + weights["telling"][sectors]
    fact = zip(("kind", "modality", "direction", "share"), _of_fact(around), strict=True)
    hidden = _normed(hidden + sum(weights[name][at] for name, at in fact), weights, "norm")
    for layer in range(LAYERS):
        hidden = _layer(hidden, weights, f"layers.{layer}")
    return hidden


def _fillers(weights: Weights, hidden: Floats, around: Surroundings) -> Floats:
    trigger, value = hidden[around.trigger], hidden[around.value]
    places = [candidate.place for candidate in around.candidates]
    own = hidden[places]
    both = np.broadcast_to(np.concatenate([trigger, value]), (len(places), 2 * len(trigger)))
    near = np.concatenate([own, both, own * trigger, around.told[places]], axis=1)
    return _sigmoid(_inner(near, weights, "filler", "fills"))


def _of_fact(around: Surroundings) -> tuple[int, int, int, int]:
    return around.kind, around.modality, around.direction, int(around.is_share)


def _layer(hidden: Floats, weights: Weights, name: str) -> Floats:
    hidden = hidden + _attended(_normed(hidden, weights, f"{name}.norm_in"), weights, name)
    inner = _gelu(_linear(_normed(hidden, weights, f"{name}.norm_mid"), weights, f"{name}.up"))
    return hidden + _linear(inner, weights, f"{name}.down")


def _attended(rows: Floats, weights: Weights, name: str) -> Floats:
    length, width = rows.shape
    parts = _linear(rows, weights, f"{name}.qkv").reshape(length, 3, HEADS, width // HEADS)
    query, key, value = parts.transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(width // HEADS)
    mixed = (_shares(scores) @ value).transpose(1, 0, 2).reshape(length, width)
    return _linear(mixed, weights, f"{name}.out")


def _inner(rows: Floats, weights: Weights, first: str, second: str) -> Floats:
    return _linear(_gelu(_linear(rows, weights, first)), weights, second)


def _linear(rows: Floats, weights: Weights, name: str) -> Floats:
    found: Floats = rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def _normed(rows: Floats, weights: Weights, name: str) -> Floats:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
    found: Floats = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return found


def _shares(odds: Floats) -> Floats:
    powers = np.exp(odds - odds.max(axis=-1, keepdims=True))
    found: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return found


def _sigmoid(odds: Floats) -> Floats:
    found: Floats = _ONE / (_ONE + np.exp(-np.clip(odds, -60.0, 60.0)))
    return found


def _gelu(rows: Floats) -> Floats:
    """x times the share of a normal distribution below x; the error function by Abramowitz and Stegun 7.1.26."""
    size = np.abs(rows) * _HALF_ROOT
    step = np.reciprocal(_ERF_AT * size + _ONE)
    rest = step * _polynomial(step, _ERF) * np.exp(-size * size)
    found: Floats = rows * _HALF * (np.copysign(_ONE - rest, rows) + _ONE)
    return found


def _polynomial(at: Floats, factors: Sequence[float]) -> Floats:
    total: Floats = np.zeros_like(at)
    for factor in reversed(factors):
        total = total * at + np.float32(factor)
    return total
