"""Learns to read facts in their surroundings: `python -m training.reading`.

Small transformers (`indiggraph.facts.reading.network`) learn from the facts of the annotated articles that stand for a
fact of the gold: which things, times and earlier figures near a fact fill which of its slots, and its type, modality
and direction. What the rules answered is among what they see, but only for articles with which no rule of roles was
written in mind (`NEW`); elsewhere, where rules are right more often than they will be, their answers are hidden.

Needs the extra `train`. `--seed` trains one of the networks alone, so that several processes may share the work;
`--join` puts their files together.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import yaml
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.errors import ResourceError
from indiggraph.facts.reading.network import HEADS, LAYERS, Answers, read_networks, shapes
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    LAST_SPEAKER,
    MARK,
    MODALITIES,
    ROLES,
    SIZES,
    SPEAKER,
    Floats,
    Numbers,
    Surroundings,
)
from indiggraph.lang.vectors import SCALE, Projection
from indiggraph.resources import data_path
from training.labels import Labelled, labelled
from training.readings import GOLD, learned_from

NEW = frozenset({"agency", "desk"})
"""Parts of the gold that no rule of roles was written with in mind."""
WIDTH, DROPOUT = 144, 0.3
PASSES, BATCH, RATE, WARM_UP, DECAY = 10, 24, 1e-3, 50, 0.02
HIDDEN = 0.25
"""How often the answers of rules are hidden where they are shown."""
OF_CLASSES, OF_DIRECTION = 0.5, 0.3
"""How much the classes of a fact weigh in the loss, beside its fillers."""
NETWORKS = 2


class ReaderNetwork(nn.Module):
    """The network of `indiggraph.facts.reading.network`, to be trained; parameters have the names of the weights."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.weights = nn.ParameterDict()
        for name, shape in shapes(WIDTH, words).items():
            self.weights[name.replace(".", "_")] = nn.Parameter(_first(name, shape))

    def forward(self, batch: _Batch) -> tuple[Tensor, Tensor]:
        """Odds of each candidate's columns, and of each fact's classes."""
        hidden = self._linear(self._dropped(batch.words), "words") + batch.told @ self._get("told.weight").T
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
        return fillers, self._inner(torch.cat([trigger, value], -1), "fact", "is")

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
    """Facts side by side, padded; candidates one after another, with the fact (`row`) and the word of each."""

    words: Tensor
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


def _batch(facts: Sequence[Labelled], hidden: Sequence[bool]) -> _Batch:
    length = max(len(one.around.words) for one in facts)
    size = len(facts), length
    words = np.zeros((*size, facts[0].around.words.shape[1]), np.float32)
    features: Numbers = np.zeros((*size, len(SIZES)), np.int64)
    told: Floats = np.zeros((*size, ASKED), np.float32)
    mask = np.zeros(size, bool)
    places, rows, groups, count = [], [], [], 0
    for number, (one, hide) in enumerate(zip(facts, hidden, strict=True)):
        around, own = one.around, slice(len(one.around.words))
        words[number, own] = around.words.astype(np.float32) / SCALE
        features[number, own], mask[number, own] = around.features, True
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
    )


def _classes(around: Surroundings, hide: bool) -> tuple[int, int, int, int]:
    """What the rules made of a fact; the class behind the last one says that it is hidden."""
    if hide:
        return len(KINDS), len(MODALITIES), len(DIRECTIONS), 2
    return around.kind, around.modality, around.direction, int(around.is_share)


# ---- training -------------------------------------------------------------------------------------------------------


def train(facts: Sequence[Labelled], seed: int, passes: int = PASSES) -> ReaderNetwork:
    """Train one network; the last weights are those that count."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = ReaderNetwork(facts[0].around.words.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = passes * math.ceil(len(facts) / BATCH), 0
    for number in range(passes):
        network.train()
        total = 0.0
        for chosen in _shuffled(facts, chance):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / WARM_UP) * (1 - (step - 1) / steps)
            hidden = [one.part not in NEW or chance.random() < HIDDEN for one in chosen]
            loss = _loss(network, _batch(chosen, hidden), len(chosen))
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
        print(f"network {seed}, pass {number}: loss {total / math.ceil(len(facts) / BATCH):.3f}", flush=True)
    return network.eval()


def _shuffled(facts: Sequence[Labelled], chance: random.Random) -> list[list[Labelled]]:
    """Batches of facts of about equal length, in any order."""
    ordered = sorted(facts, key=lambda one: len(one.around.words) + 30 * chance.random())
    batches = [list(ordered[start : start + BATCH]) for start in range(0, len(ordered), BATCH)]
    chance.shuffle(batches)
    return batches


def _loss(network: ReaderNetwork, batch: _Batch, facts: int) -> Tensor:
    fillers, odds = network(batch)
    best = torch.full(batch.wanted.shape, -1e4)
    best = best.scatter_reduce(0, batch.group[:, None].expand(-1, ASKED), fillers, "amax")
    missed = functional.binary_cross_entropy_with_logits(best, batch.wanted, reduction="none")
    loss = (missed * batch.weights).sum() / facts
    kinds, modalities, directions = odds.split([len(KINDS), len(MODALITIES), len(DIRECTIONS)], -1)
    for wanted, part in ((batch.kinds, kinds), (batch.modalities, modalities)):
        loss = loss - OF_CLASSES * (wanted * part.log_softmax(-1)).sum(-1).mean()
    if (batch.directions >= 0).any():
        loss = loss + OF_DIRECTION * functional.cross_entropy(directions, batch.directions, ignore_index=-100)
    return loss


def answers_of(network: ReaderNetwork, one: Labelled) -> Answers:
    """What a trained network answers of a fact, as it does when its weights are read."""
    with torch.no_grad():
        fillers, odds = network(_batch([one], [False]))
    classes = [part.softmax(-1).numpy() for part in odds[0].split([len(KINDS), len(MODALITIES), len(DIRECTIONS)])]
    return Answers(fillers.sigmoid().numpy(), *classes)


# ---- files ----------------------------------------------------------------------------------------------------------


def save(path: Path, networks: Iterable[ReaderNetwork]) -> None:
    """Write the file of the weights."""
    arrays = {
        f"{number}/{name}": network.weights[name.replace(".", "_")].detach().numpy().astype(np.float16)
        for number, network in enumerate(networks)
        for name in shapes(WIDTH, network.weights["words_weight"].shape[1])
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)


@contextmanager
def rules_alone() -> Iterator[None]:
    """Let the second reading change nothing while the gold is read: what is learned is what the rules leave to do.

    Weights that are missing, or of other features than those asked now, are replaced while the gold is read.
    """
    limits, weights = data_path("facts") / "reading.yaml", data_path("facts") / "reading.npz"
    before = limits.read_text(encoding="utf-8")
    slots = [*(role.value for role in ROLES), "time", "partOf", "theme"]
    never = {
        "fill": dict.fromkeys(slots, 2.0),
        "keep": dict.fromkeys(slots, -1.0),
        "lead": dict.fromkeys(("type", "modality", "direction"), 2.0),
        "single": [],
    }
    kept = weights.read_bytes() if weights.exists() else None
    try:
        limits.write_text(yaml.safe_dump(never), encoding="utf-8")
        if not _fit(weights):
            save(weights, [ReaderNetwork(vector_width())])
        yield
    finally:
        limits.write_text(before, encoding="utf-8")
        if kept is None:
            weights.unlink(missing_ok=True)
        else:
            weights.write_bytes(kept)


def _fit(weights: Path) -> bool:
    try:
        read_networks(weights)
    except ResourceError:
        return False
    return True


def vector_width() -> int:
    """How many numbers the language model gives of a word."""
    return Projection.from_file(data_path("model") / "vectors.npz").width


def facts_to_learn() -> list[Labelled]:
    """The facts of all parts of the gold that are learned from, as the rules leave them."""
    with rules_alone():
        return [one for source in learned_from() for one in labelled(source, GOLD / source.stem)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, help="train the network of this number alone, and print nothing else")
    parser.add_argument("--out", type=Path, default=data_path("facts") / "reading.npz")
    options = parser.parse_args()
    torch.set_num_threads(1)
    facts = facts_to_learn()
    seeds = range(NETWORKS) if options.seed is None else [options.seed]
    save(options.out, [train(facts, seed) for seed in seeds])


if __name__ == "__main__":
    main()
