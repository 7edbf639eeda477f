"""The network of the second reading and its encoder of articles, as they are trained.

They compute what :mod:`indiggraph.facts.reading.network` and :mod:`indiggraph.facts.reading.article` compute.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.facts.reading.features import SIZES
from indiggraph.facts.reading.network import HEADS, LAYERS, feature_weight, shapes
from training.batches import Batch, Window
from training.network import WIDTH as SEEN
from training.network import Encoder, minilm_folder

__all__ = ["WIDTH", "ArticleEncoder", "ReaderNetwork"]

WIDTH, DROPOUT = 192, 0.3
MASKED = 0.04
"""How often a piece of a word is hidden in training."""
_THROWN = round(DROPOUT * 256)
"""Bytes below this one are dropped."""
_HIDDEN = -1e4
"""Added to attention scores of what fills up."""


class ArticleEncoder(Encoder):
    """The encoder of `indiggraph.facts.reading.article`: rows for the words of an article, in windows."""

    rounded: ClassVar[Mapping[str, str]] = {"seen": "seen"}

    def __init__(self) -> None:
        super().__init__(1)
        self.load_minilm(minilm_folder() / "model.safetensors")
        self.seen = nn.Linear(SEEN, 2 * WIDTH)
        self.hidden = nn.Dropout(DROPOUT)

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor, first: Tensor) -> Tensor:
        """Rows of one window's words; `first` is the place of each word's first piece."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            (rows,) = self.encode(ids, mask, cases)
        found: Tensor = self.seen(self.hidden(rows.float()[0, first[0]]))
        return found


class ReaderNetwork(nn.Module):
    """The network of `indiggraph.facts.reading.network`, to be trained; parameters have the names of the weights."""

    def __init__(self, words: int, sectors: Sequence[str]) -> None:
        super().__init__()
        self.sectors = tuple(sectors)
        self.chance = np.random.Generator(np.random.SFC64(0))
        self.encoder = ArticleEncoder()
        self.weights = nn.ParameterDict()
        for name, shape in shapes(WIDTH, words, len(sectors)).items():
            self.weights[name.replace(".", "_")] = nn.Parameter(_first(name, shape))

    def read(self, article: Sequence[Window]) -> tuple[Tensor, Tensor]:
        """What is seen of each word of an article, and of the article."""
        hidden = MASKED if self.training else 0.0
        rows = torch.cat([self.encoder(*window.pieces(hidden)) for window in article])
        return rows[:, :WIDTH], rows[:, WIDTH:].mean(0)

    def forward(self, batch: Batch, article: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Odds of each candidate's columns, of each fact's classes, and of its sectors."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            fillers, classes, sectors = self._odds(batch, article)
        return fillers.float(), classes.float(), sectors.float()

    def _odds(self, batch: Batch, article: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        seen, whole = article
        hidden = self._linear(self._dropped(batch.words), "words") + batch.told @ self._get("told.weight").T
        hidden = hidden + self._get("telling")[batch.telling]
        hidden = hidden + functional.embedding(batch.tokens, torch.cat([seen, seen.new_zeros(1, WIDTH)]))
        for feature in SIZES:
            hidden = hidden + self._get(feature_weight(feature))[batch.features[..., feature]]
        for column, name in enumerate(("kind", "modality", "direction", "share")):
            hidden = hidden + self._get(name)[batch.classes[:, column]][:, None]
        hidden = self._normed(hidden, "norm")
        for layer in range(LAYERS):
            hidden = self._layer(hidden, batch.mask, f"layers.{layer}")
        rows = torch.arange(len(hidden))
        trigger, value = hidden[rows, batch.trigger], hidden[rows, batch.value]
        own, fact = hidden[batch.row, batch.place], batch.row
        near = [own, trigger[fact], value[fact], own * trigger[fact], batch.told[batch.row, batch.place]]
        fillers = self._inner(torch.cat(near, -1), "filler", "fills")
        both = torch.cat([trigger, value], -1)
        field = self._dropped(functional.gelu(self._linear(self._dropped(both), "field") + whole))
        return fillers, self._inner(both, "fact", "is"), self._linear(field, "sector")

    def _layer(self, hidden: Tensor, mask: Tensor, name: str) -> Tensor:
        rows = self._normed(hidden, f"{name}.norm_in")
        batch, length, width = rows.shape
        parts = self._linear(rows, f"{name}.qkv").view(batch, length, 3, HEADS, width // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        scores = query * (width // HEADS) ** -0.5 @ key.transpose(-1, -2) + (~mask)[:, None, None] * _HIDDEN
        mixed = self._dropped(scores.softmax(-1).to(value.dtype)) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        hidden = hidden + self._dropped(self._linear(mixed, f"{name}.out"))
        inner = self._dropped(functional.gelu(self._linear(self._normed(hidden, f"{name}.norm_mid"), f"{name}.up")))
        return hidden + self._dropped(self._linear(inner, f"{name}.down"))

    def _inner(self, rows: Tensor, first: str, second: str) -> Tensor:
        inner = functional.gelu(self._linear(self._dropped(rows), first))
        return self._linear(self._dropped(inner), second)

    def _linear(self, rows: Tensor, name: str) -> Tensor:
        return functional.linear(rows, self._get(f"{name}.weight"), self._get(f"{name}.bias"))

    def _normed(self, rows: Tensor, name: str) -> Tensor:
        return functional.layer_norm(rows, rows.shape[-1:], self._get(f"{name}.weight"), self._get(f"{name}.bias"))

    def _dropped(self, rows: Tensor) -> Tensor:
        """Dropout by bytes of a fast generator: that of PyTorch takes a fifth of the time of a step on a CPU."""
        if not self.training:
            return rows
        thrown = np.frombuffer(self.chance.bytes(rows.numel()), np.uint8)
        kept = torch.from_numpy(thrown >= _THROWN).view(rows.shape)
        return rows * (kept.to(rows.dtype) / (1 - _THROWN / 256))

    def _get(self, name: str) -> Tensor:
        weight: Tensor = self.weights[name.replace(".", "_")]
        return weight


def _first(name: str, shape: tuple[int, ...]) -> Tensor:
    """What a weight is before training."""
    if name.endswith("bias"):
        return torch.zeros(shape)
    if "norm" in name:
        return torch.ones(shape)
    if len(shape) == 2 and not name.endswith(".weight"):
        return torch.randn(shape) * 0.1  # embeddings
    return torch.randn(shape) * math.sqrt(1 / (3 * shape[1]))
