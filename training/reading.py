"""Learns to read facts in their surroundings: `python -m training.reading`.

A small transformer (`indiggraph.facts.reading.network`) learns, together with the encoder that reads the article as one
text (`indiggraph.facts.reading.article`), from the facts of the annotated articles that stand for a fact of the gold:
which things, times and earlier figures near a fact fill which of its slots, its type, modality and direction, and its
sector. What the rules answered is among what it sees, but only for articles with which no rule of roles was written in
mind (`NEW`); elsewhere, where rules are right more often than they will be, their answers are hidden.

Needs the extra `train`, two cores and an hour and a half; on another machine the last digits of the weights differ.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.facts.reading import Reread
from indiggraph.facts.reading.article import windows
from indiggraph.facts.reading.network import HEADS, LAYERS, Answers, shapes
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    LAST_SPEAKER,
    MARK,
    MODALITIES,
    SIZES,
    SPEAKER,
    ArticleText,
    Floats,
    Numbers,
    Surroundings,
    surroundings_of,
    text_of,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.facts.view import SentenceView
from indiggraph.lang.encoder import SPECIAL_SHAPE, Encoded, Pieces, pad
from indiggraph.lang.vectors import SCALE
from indiggraph.model import Fact
from indiggraph.resources import data_path
from indiggraph.trace import Trace
from training.graph import article_graph, input_ranges
from training.labels import Labelled, labelled
from training.network import WIDTH as SEEN
from training.network import Encoder, minilm_folder
from training.readings import learned_from, learned_from_only

NEW = frozenset({"agency", "bulletin", "desk"})
"""Annotated articles that no rule of roles was written with in mind."""
WIDTH, DROPOUT = 144, 0.3
PASSES, WARM_UP, DECAY = 9, 150, 0.02
RATE, RATE_OF_ENCODER = 1e-3, 1.5e-4
ARTICLES, FACTS = 2, 20
"""Articles of one step, and how many facts of each take part in it at most."""
HIDDEN = 0.25
"""How often the answers of rules are hidden where they are shown."""
MASKED = 0.04
"""How often a piece of a word is hidden."""
OF_CLASSES, OF_DIRECTION, OF_SECTOR = 2.0, 0.3, 4.0
"""How much the classes of a fact weigh in the loss, beside its fillers."""
SAMPLE = 80
"""Articles by which the ranges of 8-bit numbers are fixed."""
_SURE = 1e-6


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
        self.encoder = ArticleEncoder()
        self.weights = nn.ParameterDict()
        for name, shape in shapes(WIDTH, words, len(sectors)).items():
            self.weights[name.replace(".", "_")] = nn.Parameter(_first(name, shape))

    def read(self, article: Sequence[_Window]) -> tuple[Tensor, Tensor]:
        """What is seen of each word of an article, and of the article."""
        rows = torch.cat([self.encoder(*window.pieces(self.training)) for window in article])
        return rows[:, :WIDTH], rows[:, WIDTH:].mean(0)

    def forward(self, batch: _Batch, article: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Odds of each candidate's columns, of each fact's classes, and of its sectors."""
        seen, whole = article
        hidden = self._linear(self._dropped(batch.words), "words") + batch.told @ self._get("told.weight").T
        hidden = hidden + functional.embedding(batch.tokens, torch.cat([seen, seen.new_zeros(1, WIDTH)]))
        for number in range(len(SIZES)):
            hidden = hidden + self._get(f"features.{number}")[batch.features[..., number]]
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
        share = DROPOUT if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(query, key, value, mask[:, None, None], share)
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
        return functional.dropout(rows, DROPOUT, self.training)

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


# ---- batches --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Batch:
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


def _batch(facts: Sequence[Labelled], hidden: Sequence[bool], sectors: Sequence[str]) -> _Batch:
    length = max(len(one.around.words) for one in facts)
    size = len(facts), length
    words = np.zeros((*size, facts[0].around.words.shape[1]), np.float32)
    features: Numbers = np.zeros((*size, len(SIZES)), np.int64)
    told: Floats = np.zeros((*size, ASKED), np.float32)
    tokens = np.full(size, len(facts[0].text.words))  # the row behind the last word is of what fills up
    mask = np.zeros(size, bool)
    places, rows, groups, count = [], [], [], 0
    for number, (one, hide) in enumerate(zip(facts, hidden, strict=True)):
        around, own = one.around, slice(len(one.around.words))
        words[number, own] = around.words.astype(np.float32) / SCALE
        features[number, own], mask[number, own], tokens[number, own] = around.features, True, around.tokens
        if hide:
            marks = features[number, :, MARK]
            marks[(marks == SPEAKER) | (marks == LAST_SPEAKER)] = 0
        else:
            told[number, own] = around.told
        places += [candidate.place for candidate in around.candidates]
        rows += [number] * len(around.candidates)
        groups += [count + group for group in one.groups]
        count += len(one.wanted)
    return _Batch(
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
    )


def _classes(around: Surroundings, hide: bool) -> tuple[int, int, int, int]:
    """What the rules made of a fact; the class behind the last one says that it is hidden."""
    if hide:
        return len(KINDS), len(MODALITIES), len(DIRECTIONS), 2
    return around.kind, around.modality, around.direction, int(around.is_share)


@dataclass(frozen=True, slots=True)
class _Window:
    """Words that are read at once; the first ``skipped`` are read for what comes behind them."""

    encoded: Encoded
    skipped: int
    hiding: int
    """The piece that stands for a hidden one."""

    def pieces(self, hide: bool) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the encoder takes, some pieces of words hidden."""
        arrays = {name: torch.from_numpy(array) for name, array in pad([self.encoded]).items()}
        ids = arrays["ids"]
        if hide:
            word = arrays["shapes"] != SPECIAL_SHAPE
            ids = torch.where(word & (torch.rand(ids.shape) < MASKED), torch.tensor(self.hiding), ids)
        return ids, arrays["mask"], arrays["shapes"], arrays["first"][:, self.skipped :]


def _windows(text: ArticleText, pieces: Pieces) -> list[_Window]:
    sizes = [len(pieces.of(word)) for word in text.words]
    return [
        _Window(pieces.encode(text.words[first:end]), own - first, pieces.mask)
        for first, own, end in windows(sizes, text.starts)
    ]


# ---- training -------------------------------------------------------------------------------------------------------


def train(facts: Sequence[Labelled], seed: int = 0, passes: int = PASSES) -> ReaderNetwork:
    """Train a network with its encoder; the last weights are those that count."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    articles = articles_of(facts)
    pieces = Pieces.from_file(data_path("model") / "tokenizer.json")
    sectors = sorted({NO_SECTOR}.union(*(one.sectors() for one in facts)))
    network = ReaderNetwork(facts[0].around.words.shape[1], sectors)
    encoder = [one for one in network.encoder.parameters() if one.requires_grad]
    reader = list(network.weights.parameters())
    rates = (RATE_OF_ENCODER, encoder), (RATE, reader)
    groups = [{"params": group, "lr": rate, "full": rate} for rate, group in rates]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps, step = passes * math.ceil(len(articles) / ARTICLES), 0
    for number in range(passes):
        network.train()
        total = 0.0
        chance.shuffle(articles)
        for start in range(0, len(articles), ARTICLES):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * min(1.0, step / WARM_UP) * (1 - (step - 1) / steps)
            optimiser.zero_grad()
            for article in articles[start : start + ARTICLES]:
                chosen = chance.sample(article, min(FACTS, len(article)))
                hidden = [one.part not in NEW or chance.random() < HIDDEN for one in chosen]
                seen = network.read(_windows(chosen[0].text, pieces))
                loss = _loss(network, _batch(chosen, hidden, sectors), seen, len(chosen)) / ARTICLES
                torch.autograd.backward(loss)
                total += loss.item()
            for parameters in (encoder, reader):
                nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
        print(f"pass {number}: loss {total * passes / steps:.3f}", flush=True)
    return network.eval()


def articles_of(facts: Iterable[Labelled]) -> list[list[Labelled]]:
    """The facts of each article."""
    found: dict[tuple[str, str], list[Labelled]] = {}
    for one in facts:
        found.setdefault((one.part, one.article), []).append(one)
    return list(found.values())


def _loss(network: ReaderNetwork, batch: _Batch, article: tuple[Tensor, Tensor], facts: int) -> Tensor:
    fillers, odds, sectors = network(batch, article)
    best = torch.full(batch.wanted.shape, -1e4)
    best = best.scatter_reduce(0, batch.group[:, None].expand(-1, ASKED), fillers, "amax")
    missed = functional.binary_cross_entropy_with_logits(best, batch.wanted, reduction="none")
    loss = (missed * batch.weights).sum() / facts
    kinds, modalities, directions = odds.split([len(KINDS), len(MODALITIES), len(DIRECTIONS)], -1)
    for wanted, part in ((batch.kinds, kinds), (batch.modalities, modalities)):
        loss = loss - OF_CLASSES * (wanted * part.log_softmax(-1)).sum(-1).mean()
    if (batch.directions >= 0).any():
        loss = loss + OF_DIRECTION * functional.cross_entropy(directions, batch.directions, ignore_index=-100)
    right = (sectors.softmax(-1) * batch.sectors).sum(-1)
    whole: Tensor = loss - OF_SECTOR * (right + _SURE).log().mean()
    return whole


def read_article(network: ReaderNetwork, text: ArticleText) -> tuple[Tensor, Tensor]:
    """What a trained network sees of each word of an article, and of the article."""
    return network.read(_windows(text, Pieces.from_file(data_path("model") / "tokenizer.json")))


def answers_of(network: ReaderNetwork, one: Labelled) -> Answers:
    """What a trained network answers of a fact, as it does when its weights are read."""
    with torch.no_grad():
        article = read_article(network, one.text)
        fillers, odds, sectors = network(_batch([one], [False], network.sectors), article)
    classes = odds[0].split([len(KINDS), len(MODALITIES), len(DIRECTIONS)])
    kinds, modalities, directions = (part.softmax(-1).numpy() for part in classes)
    likely = dict(zip(network.sectors, sectors[0].softmax(-1).tolist(), strict=True))
    return Answers(fillers.sigmoid().numpy(), kinds, modalities, directions, likely)


# ---- files ----------------------------------------------------------------------------------------------------------


def save(folder: Path, network: ReaderNetwork, sample: Iterable[ArticleText]) -> None:
    """Write the weights: `reading.npz`, and `article.onnx`, whose ranges of 8-bit numbers a sample of texts fixes."""
    pieces = Pieces.from_file(data_path("model") / "tokenizer.json")
    taken = (window.pieces(hide=False) for text in sample for window in _windows(text, pieces))
    inputs = (dict(zip(("ids", "mask", "cases", "first"), one, strict=True)) for one in taken)
    graph = article_graph(network.encoder, input_ranges(network.encoder.eval(), inputs)).SerializeToString()
    (folder / "article.onnx").write_bytes(graph)
    weights = network.weights
    names = shapes(WIDTH, weights["words_weight"].shape[1], len(network.sectors))
    arrays = {name: weights[name.replace(".", "_")].detach().numpy().astype(np.float16) for name in names}
    own = {"sectors": np.array(network.sectors), "encoder": np.array(sha256(graph).hexdigest())}
    np.savez_compressed(folder / "reading.npz", allow_pickle=False, **own, **arrays)


@contextmanager
def rules_alone() -> Iterator[None]:
    """Let no fact be read a second time while the gold is read: what is learned is what the rules leave to do."""

    def surrounded(facts: Sequence[Fact], views: Sequence[SentenceView], trace: Trace) -> tuple[Reread, ...]:
        if not facts:
            return ()
        text = text_of(views)
        for fact, around in zip(facts, surroundings_of(facts, views), strict=True):
            trace.surrounded(fact, around, text)
        return tuple(Reread(fact, {}) for fact in facts)

    with patch("indiggraph.facts.build.second_reading", surrounded):
        yield


def facts_to_learn() -> list[Labelled]:
    """The facts of all articles that are learned from, as the rules leave them."""
    with rules_alone():
        sources = *learned_from(), *learned_from_only()
        return [one for source, gold in sources for one in labelled(source, gold)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=data_path("facts"), help="the folder of the weights")
    options = parser.parse_args()
    facts = facts_to_learn()
    articles = articles_of(facts)
    save(options.out, train(facts), [one[0].text for one in articles[:: math.ceil(len(articles) / SAMPLE)]])


if __name__ == "__main__":
    main()
