"""Facts of an article side by side, and the windows of its words, as networks of the second reading take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from indiggraph.facts.reading.article import windows
from indiggraph.facts.reading.features import SIZES, Feature, Mark, Numbers, Party
from indiggraph.facts.reading.network import numbers_of
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    MODALITIES,
    ArticleText,
    Floats,
    Surroundings,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.lang.encoder import SPECIAL_SHAPE, Encoded, Pieces, pad
from indiggraph.lang.vectors import SCALE
from training.labels import Labelled

__all__ = ["Batch", "Window", "articles_of", "batch_of", "windows_of"]


def articles_of(facts: Iterable[Labelled]) -> list[list[Labelled]]:
    """The facts of each article."""
    found: dict[tuple[str, str], list[Labelled]] = {}
    for one in facts:
        found.setdefault((one.part, one.article), []).append(one)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts of an article side by side, padded; candidates in a row, with the fact (`row`) and the word of each."""

    words: Tensor
    tokens: Tensor
    features: Tensor
    told: Tensor
    mask: Tensor
    classes: Tensor
    trigger: Tensor
    value: Tensor
    row: Tensor
    place: Tensor
    group: Tensor
    """Which filler a candidate is a mention of, by number in the batch."""
    wanted: Tensor
    weights: Tensor
    kinds: Tensor
    modalities: Tensor
    directions: Tensor
    sectors: Tensor
    """1 for each sector that is right."""
    telling: Tensor
    """The number of the sector that each word tells."""


def batch_of(facts: Sequence[Labelled], hidden: Sequence[bool], sectors: Sequence[str]) -> Batch:
    length = max(len(one.around.words) for one in facts)
    size = len(facts), length
    words = np.zeros((*size, facts[0].around.words.shape[1]), np.float32)
    features: Numbers = np.zeros((*size, len(SIZES)), np.int64)
    told: Floats = np.zeros((*size, ASKED), np.float32)
    telling = np.full(size, numbers_of([NO_SECTOR], sectors))
    tokens = np.full(size, len(facts[0].text.words))  # the row behind the last word is of what fills up
    mask = np.zeros(size, bool)
    places, rows, groups, count = [], [], [], 0
    for number, (one, hide) in enumerate(zip(facts, hidden, strict=True)):
        around, own = one.around, slice(len(one.around.words))
        words[number, own] = around.words.astype(np.float32) / SCALE
        features[number, own], mask[number, own], tokens[number, own] = around.features, True, around.tokens
        telling[number, own] = numbers_of(around.sectors, sectors)
        if hide:
            marks = features[number, :, Feature.MARK]
            marks[(marks == Mark.SPEAKER) | (marks == Mark.LAST_SPEAKER)] = Mark.NOTHING
            features[number, :, Feature.PARTY] = Party.NONE
        else:
            told[number, own] = around.told
        places += [candidate.place for candidate in around.candidates]
        rows += [number] * len(around.candidates)
        groups += [count + group for group in one.groups]
        count += len(one.wanted)
    return Batch(
        torch.from_numpy(words),
        torch.from_numpy(tokens),
        torch.from_numpy(features),
        torch.from_numpy(told),
        torch.from_numpy(mask),
        torch.tensor([_classes(one.around, hide) for one, hide in zip(facts, hidden, strict=True)]),
        torch.tensor([one.around.trigger for one in facts]),
        torch.tensor([one.around.value for one in facts]),
        torch.tensor(rows, dtype=torch.long),
        torch.tensor(places, dtype=torch.long),
        torch.tensor(groups, dtype=torch.long),
        torch.from_numpy(np.concatenate([one.wanted for one in facts])),
        torch.from_numpy(np.concatenate([one.weights for one in facts])),
        torch.from_numpy(np.stack([one.kinds for one in facts])),
        torch.from_numpy(np.stack([one.modalities for one in facts])),
        torch.tensor([one.direction for one in facts]),
        torch.tensor([[float(key in right) for key in sectors] for right in (one.sectors() for one in facts)]),
        torch.from_numpy(telling),
    )


def _classes(around: Surroundings, hide: bool) -> tuple[int, int, int, int]:
    """What the rules made of a fact; the class behind the last one says that it is hidden."""
    if hide:
        return len(KINDS), len(MODALITIES), len(DIRECTIONS), 2
    return around.kind, around.modality, around.direction, int(around.is_share)


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read at once; the first ``skipped`` are read for what comes behind them."""

    encoded: Encoded
    skipped: int
    hiding: int
    """The piece that stands for a hidden one."""

    def pieces(self, hidden: float = 0.0) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the encoder takes; ``hidden`` is the share of pieces of words that are hidden at random."""
        arrays = {name: torch.from_numpy(array) for name, array in pad([self.encoded]).items()}
        ids = arrays["ids"]
        if hidden:
            word = arrays["shapes"] != SPECIAL_SHAPE
            ids = torch.where(word & (torch.rand(ids.shape) < hidden), torch.tensor(self.hiding), ids)
        return ids, arrays["mask"], arrays["shapes"], arrays["first"][:, self.skipped :]


def windows_of(text: ArticleText, pieces: Pieces) -> list[Window]:
    sizes = [len(pieces.of(word)) for word in text.words]
    return [
        Window(pieces.encode(text.words[first:end]), own - first, pieces.mask)
        for first, own, end in windows(sizes, text.starts)
    ]
