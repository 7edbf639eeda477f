"""Trains the network on a CPU: `python -m training.train --data FOLDER --out FOLDER`.

The length of the run is counted in passes over the data, and nothing is drawn from the clock, so a run can be
repeated. Every checkpoint holds the moving average of the weights; the last one is the model.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from indiggraph.lang.encoder import Pieces, pad
from training.augment import Augmenter
from training.data import IGNORED, Example, Examples, Sentence, Training, entities, labels_of
from training.network import LINEAR_HEADS, Network, minilm_folder
from training.teach import Teacher

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyper-parameters; README.md says where they come from."""

    seed: int = 1
    passes: int = 7
    batch_pieces: int = 640
    longest: int = 180  # pieces; longer sentences are left out of training
    names_share: float = 0.6  # of the sentences without trees, in each pass
    rate_encoder: float = 2e-4
    rate_heads: float = 1.5e-3
    warm_up: int = 100  # steps
    lowest_rate: float = 0.02  # share of the rate at the end of the linear decay
    own_copies: int = 2  # of each of our own sentences in a pass
    dropped_pieces: float = 0.06  # share of the pieces replaced by [MASK]
    lower_cased: float = 0.04  # shares of the sentences with falsified case
    upper_cased: float = 0.04
    title_cased: float = 0.04
    smoothing: float = 0.05  # of the labels of names, which are noisy
    taught_weight: float = 0.5  # of a word that a teacher labels, against 1 of a labelled one
    plain_share: float = 0.6  # of the sentences without any label, in each pass
    average_every: int = 4  # steps between two additions to the moving average
    average_keep: float = 0.99  # share of the old average kept at each addition
    save_every: int = 400  # steps


_LOSS_WEIGHTS = {
    "ner": 1.0,
    "arc": 1.0,
    "rel": 1.0,
    "xpos": 0.5,
    "upos": 0.4,
    "feats": 0.4,
    "lemma": 0.4,
}
_LOWER, _UPPER, _TITLE = 6, 2, 3  # case shapes of words in one case
_LETTERS = range(2, 7)  # case shapes of words with letters

Batch = list[Example]


def batches(examples: list[Example], settings: Settings, rng: random.Random) -> list[Batch]:
    """Batches of sentences of about the same length; a rest is filled up with other sentences or left out."""
    by_length: defaultdict[int, list[Example]] = defaultdict(list)
    for example in examples:
        by_length[-(-len(example.encoded.ids) // 8) * 8].append(example)
    found = []
    for length, group in sorted(by_length.items()):
        rng.shuffle(group)
        size = max(2, settings.batch_pieces // length)
        for start in range(0, len(group), size):
            batch = group[start : start + size]
            if len(batch) < size:
                if len(group) < size or rng.random() > len(batch) / size:
                    continue
                batch = batch + rng.sample(group[:start], size - len(batch))
            found.append(batch)
    rng.shuffle(found)
    return found


class Passes:
    """Draws the sentences of each pass, changes them and cuts them into batches."""

    def __init__(self, data: Training, examples: Examples, augmenter: Augmenter, settings: Settings) -> None:
        self._data, self._examples, self._augmenter, self._settings = data, examples, augmenter, settings
        self._rng = random.Random(settings.seed)
        self._unchanged: dict[int, Example] = {}

    def next(self) -> list[Batch]:
        """Batches of one pass: all trees but two in three tiny sentences, a share of the sentences with names."""
        rng = self._rng
        trees = [s for s in self._data.trees if len(s) > 2 or rng.random() < 0.3]
        names = [s for s in self._data.names if entities(s) or rng.random() < 0.2]
        rng.shuffle(names)
        drawn = trees + names[: int(len(names) * self._settings.names_share)]
        drawn += (self._data.own_trees + self._data.own_names) * self._settings.own_copies
        drawn += rng.sample(self._data.plain, int(len(self._data.plain) * self._settings.plain_share))
        examples = [self._example(sentence) for sentence in drawn]
        fitting = [e for e in examples if len(e.encoded.ids) <= self._settings.longest]
        return batches(fitting, self._settings, rng)

    def _example(self, sentence: Sentence) -> Example:
        changed = self._augmenter.of(sentence)
        if changed is not sentence:
            return self._examples.of(changed)
        if id(sentence) not in self._unchanged:
            self._unchanged[id(sentence)] = self._examples.of(sentence)
        return self._unchanged[id(sentence)]


class Collator:
    """Batches to tensors, with falsified case and dropped pieces."""

    def __init__(self, settings: Settings, mask: int) -> None:
        self._settings, self._mask = settings, mask
        self._rng = random.Random(settings.seed + 1)
        self._torch = torch.Generator().manual_seed(settings.seed + 2)

    def __call__(self, batch: Batch) -> tuple[dict[str, Tensor], dict[str, Tensor], dict[str, Tensor]]:
        """Inputs of the network, the same unchanged, and targets of the heads."""
        clean = {name: torch.from_numpy(array) for name, array in pad([e.encoded for e in batch], 8).items()}
        inputs = clean | {name: clean[name].clone() for name in ("ids", "shapes")}
        for row in inputs["shapes"]:
            self._falsify_case(row)
        inner = (inputs["shapes"] > 0) & (
            torch.rand(inputs["ids"].shape, generator=self._torch) < self._settings.dropped_pieces
        )
        inputs["ids"][inner] = self._mask
        width = inputs["first"].shape[1]
        targets = {
            name: torch.tensor([e.targets[name] + [IGNORED] * (width - len(e.targets[name])) for e in batch])
            for name in batch[0].targets
        }
        return inputs, clean, targets

    def _falsify_case(self, shapes: Tensor) -> None:
        """Pretend that a sentence was written in lower case, capitals, or with a capital on each word."""
        drawn = self._rng.random()
        settings = self._settings
        letters = (shapes >= _LETTERS.start) & (shapes < _LETTERS.stop)
        for share, shape in (
            (settings.lower_cased, _LOWER),
            (settings.upper_cased, _UPPER),
            (settings.title_cased, _TITLE),
        ):
            if drawn < share:
                shapes[letters if shape != _TITLE else shapes == _LOWER] = shape
                return
            drawn -= share


Sums = dict[str, tuple[Tensor, int]]
"""Of each head the sum of its cross entropies, and of how many words."""


def known_losses(
    network: Network, out: dict[str, Tensor], first: Tensor, targets: dict[str, Tensor], smoothing: float
) -> Sums:
    """Cross entropies of each head that has a known target in the batch."""
    found = {}
    for name in LINEAR_HEADS:
        wanted = targets[name].flatten()
        if (wanted != IGNORED).any():
            smooth = smoothing if name == "ner" else 0.0
            found[name] = _sum(out[name].flatten(0, 1), wanted, smooth)
    known = targets["head"] != IGNORED
    if known.any():
        real = torch.cat([torch.ones_like(known[:, :1]), first > 0], 1)
        arc = out["arc"].masked_fill(~real[:, None, :], -1e4)
        found["arc"] = _sum(arc[known], targets["head"][known])
        row, word = known.nonzero(as_tuple=True)
        scores = network.relations(out["rel_dep"][row, word], out["rel_head"][row, targets["head"][row, word]])
        found["rel"] = _sum(scores, targets["rel"][row, word])
    return found


def _sum(scores: Tensor, wanted: Tensor, smoothing: float = 0.0) -> tuple[Tensor, int]:
    loss = functional.cross_entropy(scores, wanted, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum")
    return loss, int((wanted != IGNORED).sum())


def losses(
    network: Network, collated: tuple[dict[str, Tensor], ...], settings: Settings, teacher: Teacher | None
) -> dict[str, Tensor]:
    """Mean cross entropy of each head over the words of a batch; what a teacher labels counts less."""
    inputs, clean, targets = collated
    out = network(inputs["ids"], inputs["mask"], inputs["shapes"], inputs["first"])
    known = known_losses(network, out, inputs["first"], targets, settings.smoothing)
    taught = teacher.losses(network, out, clean, targets) if teacher is not None else {}
    nothing = (torch.zeros(()), 0)
    found = {}
    for name in _LOSS_WEIGHTS:
        (loss, words), (soft, soft_words) = known.get(name, nothing), taught.get(name, nothing)
        if words + soft_words:
            found[name] = (loss + settings.taught_weight * soft) / (words + settings.taught_weight * soft_words)
    return found


class Average:
    """Exponential moving average of the trained weights."""

    def __init__(self, network: Network, settings: Settings) -> None:
        self._trained = [p for p in network.parameters() if p.requires_grad]
        self._average = [p.detach().clone() for p in self._trained]
        self._settings, self._count = settings, 0
        self._network = network

    def add(self) -> None:
        """Add the present weights; the first additions count more, so that the start is forgotten soon."""
        self._count += 1
        keep = min(self._settings.average_keep, self._count / (self._count + 10))
        torch._foreach_lerp_(self._average, [p.detach() for p in self._trained], 1 - keep)

    def save(self, path: Path) -> None:
        """Write the network with averaged weights."""
        averaged = dict(zip((id(p) for p in self._trained), self._average, strict=True))
        state = {name: averaged.get(id(p), p.detach()) for name, p in self._network.named_parameters()}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)


def _optimizer(network: Network) -> tuple[torch.optim.Optimizer, list[list[Tensor]]]:
    """AdamW with a group for the encoder and one for everything new."""
    groups: list[list[Tensor]] = [[], []]
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[0 if name.startswith(("layers.", "norm.")) else 1].append(parameter)
    options = [{"params": group, "lr": 0.0} for group in groups]
    return torch.optim.AdamW(options, weight_decay=0.01, betas=(0.9, 0.98), fused=True), groups


def _steps(passes: Passes, settings: Settings) -> Iterator[tuple[float, Batch]]:
    """Batches with the share of the run that lies behind them."""
    for number in range(settings.passes):
        drawn = passes.next()
        log.info("pass %d: %d batches", number + 1, len(drawn))
        for index, batch in enumerate(drawn):
            yield (number + index / len(drawn)) / settings.passes, batch


def train(
    data_folder: Path, out: Path, settings: Settings, threads: int, plain: Sequence[Path], taught_by: Path | None
) -> None:
    """Train from MiniLM's weights; writes `labels.json` and `checkpoint.pt` into `out`, again and again.

    `taught_by` is the folder of an earlier run whose network labels what the data leaves unknown, the text of the
    files `plain` too.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(settings.seed)
    out.mkdir(parents=True, exist_ok=True)
    data = Training.read(data_folder, plain)
    labels = labels_of(data.trees)
    (out / "labels.json").write_text(json.dumps(labels.to_json(), ensure_ascii=False, indent=0), encoding="utf-8")
    pieces = Pieces.from_file(minilm_folder() / "tokenizer.json")
    network = Network(labels)
    network.load_minilm(minilm_folder() / "model.safetensors")
    network.train()
    augmenter = Augmenter(data_folder / "wordlists.json", data.trees + data.names, random.Random(settings.seed + 3))
    passes = Passes(data, Examples(pieces, labels), augmenter, settings)
    teacher = Teacher(taught_by, labels) if taught_by is not None else None
    _run(network, passes, Collator(settings, pieces.mask), settings, out, teacher)


def _run(
    network: Network, passes: Passes, collate: Collator, settings: Settings, out: Path, teacher: Teacher | None
) -> None:
    optimizer, groups = _optimizer(network)
    average = Average(network, settings)
    shown: dict[str, float] = {}
    started = time.monotonic()
    for step, (behind, batch) in enumerate(_steps(passes, settings), 1):
        share = min(1.0, step / settings.warm_up) * max(settings.lowest_rate, 1 - behind)
        for options, rate in zip(optimizer.param_groups, (settings.rate_encoder, settings.rate_heads), strict=True):
            options["lr"] = rate * share
        found = losses(network, collate(batch), settings, teacher)
        total = torch.stack([_LOSS_WEIGHTS[name] * loss for name, loss in found.items()]).sum()
        if not math.isfinite(total.item()):
            raise FloatingPointError(f"loss is {total.item()} at step {step}")
        torch.autograd.backward(total)
        for group, limit in zip(groups, (1.0, 5.0), strict=True):
            torch.nn.utils.clip_grad_norm_(group, limit)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % settings.average_every == 0:
            average.add()
        for name, loss in found.items():
            shown[name] = 0.98 * shown.get(name, loss.item()) + 0.02 * loss.item()
        if step % 100 == 0:
            text = " ".join(f"{name} {value:.3f}" for name, value in sorted(shown.items()))
            log.info("step %d, %.0f %%, %.0f s: %s", step, 100 * behind, time.monotonic() - started, text)
        if step % settings.save_every == 0:
            average.save(out / "checkpoint.pt")
    average.save(out / "checkpoint.pt")
    log.info("finished after %d steps", step)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training data (README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder for labels and checkpoints")
    parser.add_argument("--passes", type=int, default=Settings().passes)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--taught-by", type=Path, help="folder of an earlier run, which labels what the data does not")
    parser.add_argument(
        "--plain", type=Path, nargs="*", default=[], help="JSON lines of plain sentences for the teacher"
    )
    options = parser.parse_args()
    if options.plain and not options.taught_by:
        parser.error("--plain needs --taught-by: nothing else labels plain text")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings(seed=options.seed, passes=options.passes)
    train(options.data, options.out, settings, options.threads, options.plain, options.taught_by)


if __name__ == "__main__":
    main()
