"""Learns to read facts in their surroundings: `python -m training.reading`.

A small transformer (`indiggraph.facts.reading.network`) learns, together with the encoder that reads the article as one
text (`indiggraph.facts.reading.article`), from the facts of the annotated articles that stand for a fact of the gold:
which things, times and earlier figures near a fact fill which of its slots, its type, modality and direction, and its
sector. What the rules answered is among what it sees, but only for articles with which no rule of roles was written in
mind (`NEW`); elsewhere, where rules are right more often than they will be, their answers are hidden.

Needs the extra `train`, two cores and an hour and a quarter; on another machine the last digits of the weights differ.
What ships was learned in several runs (training/README.md).
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing.synchronize import Barrier
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.facts.reading import Reread
from indiggraph.facts.reading.network import Answers, shapes
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    MODALITIES,
    ArticleText,
    surroundings_of,
    text_of,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.facts.tellers import Teller
from indiggraph.facts.view import SentenceView
from indiggraph.lang.encoder import Pieces
from indiggraph.model import Fact
from indiggraph.resources import data_path
from indiggraph.trace import Trace
from training.batches import Batch, articles_of, batch_of, windows_of
from training.graph import article_graph, input_ranges
from training.labels import Labelled, labelled
from training.reader import WIDTH, ReaderNetwork
from training.readings import learned_from, learned_from_only

NEW = frozenset({"agency", "bulletin", "desk", "release"})
"""Annotated articles that no rule of roles was written with in mind."""
LEFT_OUT = frozenset({"seeds"})
"""What is not learned, although it may be: rules are tried on it with other names, sums and sectors in it."""
PROCESSES = 2
PASSES, WARM_UP, DECAY = 11, 150, 0.02
RATE, RATE_OF_ENCODER = 1e-3, 1.5e-4
ARTICLES, FACTS = 2, 20
"""Articles of one step, and how many facts of each take part in it at most."""
HIDDEN = 0.25
"""How often the answers of rules are hidden where they are shown."""
OF_CLASSES, OF_DIRECTION, OF_SECTOR = 2.0, 0.3, 4.0
"""How much the classes of a fact weigh in the loss, beside its fillers."""
SAMPLE = 80
"""Articles by which the ranges of 8-bit numbers are fixed."""
_NEAR = 32
"""Articles that are sorted by their length at a time."""
_PATIENCE = 600.0
"""Seconds that a process waits for another one."""
_SURE = 1e-6


def train(facts: Sequence[Labelled], seed: int = 0, passes: int = PASSES, processes: int = 1) -> ReaderNetwork:
    """Train a network with its encoder; the last weights are those that count.

    Each of the ``processes`` takes its share of a step's articles.  They add up what they computed, so that all have
    the same weights.
    """
    untrained = _untrained(facts, seed)
    size = sum(one.numel() for one in (*_of_encoder(untrained), *untrained.weights.parameters()))
    shared = [torch.zeros(size).share_memory_() for _ in range(processes)]  # type: ignore[no-untyped-call]
    threads = torch.get_num_threads()
    torch.set_num_threads(1 if processes > 1 else threads)  # threads do not survive a fork
    fork = torch.multiprocessing.get_context("fork")
    together = fork.Barrier(processes, timeout=_PATIENCE)
    helpers = [
        fork.Process(target=_learn, args=(facts, seed, passes, shared, number, together), daemon=True)
        for number in range(1, processes)
    ]
    try:
        for helper in helpers:
            helper.start()
        network = _learn(facts, seed, passes, shared, 0, together)
        for helper in helpers:
            helper.join()
    finally:
        torch.set_num_threads(threads)
    return network.eval()


def _untrained(facts: Sequence[Labelled], seed: int) -> ReaderNetwork:
    torch.manual_seed(seed)
    sectors = sorted({NO_SECTOR}.union(*(one.sectors() for one in facts)))
    return ReaderNetwork(facts[0].around.words.shape[1], sectors)


def _of_encoder(network: ReaderNetwork) -> list[nn.Parameter]:
    """The parameters of the encoder that are learned."""
    return [one for one in network.encoder.parameters() if one.requires_grad]


def _learn(
    facts: Sequence[Labelled], seed: int, passes: int, shared: Sequence[Tensor], number: int, together: Barrier
) -> ReaderNetwork:
    """What one of the processes does; ``shared`` has the gradients of each."""
    network = _untrained(facts, seed)
    torch.manual_seed(seed + number)
    network.chance = np.random.Generator(np.random.SFC64(seed + number))
    order, own = random.Random(seed), random.Random(f"{seed} {number}")
    pieces = Pieces.from_file(data_path("model") / "tokenizer.json")
    articles, parameters = articles_of(facts), (_of_encoder(network), [*network.weights.parameters()])
    optimiser, gradients = _optimiser(*parameters), _gradients([*parameters[0], *parameters[1]])
    encoder = sum(one.numel() for one in parameters[0])
    steps, step = passes * math.ceil(len(articles) / ARTICLES), 0
    for at in range(passes):
        network.train()
        total = 0.0
        for taken in _steps(articles, order):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * min(1.0, step / WARM_UP) * (1 - (step - 1) / steps)
            gradients.zero_()
            for article in taken[number :: len(shared)]:
                loss = _of_article(network, article, own, pieces) / ARTICLES
                torch.autograd.backward(loss)
                total += loss.item()
            _add_up(gradients, shared, number, together)
            for part in (gradients[:encoder], gradients[encoder:]):
                part *= min(1.0, 1.0 / (float(part.norm()) + _SURE))
            optimiser.step()
        if number == 0:
            print(f"pass {at}: loss {total * len(shared) * passes / steps:.3f}", flush=True)
    return network


def _optimiser(encoder: Sequence[nn.Parameter], reader: Sequence[nn.Parameter]) -> torch.optim.Optimizer:
    rates = (RATE_OF_ENCODER, encoder), (RATE, reader)
    groups = [{"params": group, "lr": rate, "full": rate} for rate, group in rates]
    return torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)


def _gradients(parameters: Sequence[nn.Parameter]) -> Tensor:
    """One row of numbers for the gradients of all parameters, of which each has its part."""
    row = torch.zeros(sum(one.numel() for one in parameters))
    at = 0
    for one in parameters:
        one.grad = row[at : at + one.numel()].view_as(one)
        at += one.numel()
    return row


def _steps(articles: Sequence[list[Labelled]], order: random.Random) -> Iterator[list[list[Labelled]]]:
    """The articles of each step of a pass, in any order: of about one length, so that no process waits long."""
    shuffled = order.sample(articles, len(articles))
    found = []
    for start in range(0, len(shuffled), _NEAR):
        alike = sorted(shuffled[start : start + _NEAR], key=lambda article: len(article[0].text.words))
        taken = [alike[at : at + ARTICLES] for at in range(0, len(alike), ARTICLES)]
        found += [order.sample(step, len(step)) for step in order.sample(taken, len(taken))]
    return iter(found)


def _add_up(gradients: Tensor, shared: Sequence[Tensor], number: int, together: Barrier) -> None:
    if len(shared) > 1:
        shared[number].copy_(gradients)
        together.wait()
        torch.sum(torch.stack(list(shared)), 0, out=gradients)
        together.wait()


def _of_article(network: ReaderNetwork, article: Sequence[Labelled], chance: random.Random, pieces: Pieces) -> Tensor:
    """The loss of some facts of an article."""
    chosen = chance.sample(article, min(FACTS, len(article)))
    hidden = [one.part not in NEW or chance.random() < HIDDEN for one in chosen]
    seen = network.read(windows_of(chosen[0].text, pieces))
    return _loss(network, batch_of(chosen, hidden, network.sectors), seen, len(chosen))


def _loss(network: ReaderNetwork, batch: Batch, article: tuple[Tensor, Tensor], facts: int) -> Tensor:
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
    return network.read(windows_of(text, Pieces.from_file(data_path("model") / "tokenizer.json")))


def answers_of(network: ReaderNetwork, one: Labelled) -> Answers:
    """What a trained network answers of a fact, as it does when its weights are read."""
    with torch.no_grad():
        article = read_article(network, one.text)
        fillers, odds, sectors = network(batch_of([one], [False], network.sectors), article)
    classes = odds[0].split([len(KINDS), len(MODALITIES), len(DIRECTIONS)])
    kinds, modalities, directions = (part.softmax(-1).numpy() for part in classes)
    likely = dict(zip(network.sectors, sectors[0].softmax(-1).tolist(), strict=True))
    return Answers(fillers.sigmoid().numpy(), kinds, modalities, directions, likely)


# ---- files ----------------------------------------------------------------------------------------------------------


def save(folder: Path, network: ReaderNetwork, sample: Iterable[ArticleText]) -> None:
    """Write the weights: `reading.npz`, and `article.onnx`, whose ranges of 8-bit numbers a sample of texts fixes."""
    pieces = Pieces.from_file(data_path("model") / "tokenizer.json")
    taken = (window.pieces() for text in sample for window in windows_of(text, pieces))
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

    def surrounded(
        facts: Sequence[Fact], views: Sequence[SentenceView], tellers: Sequence[Teller], trace: Trace
    ) -> tuple[Reread, ...]:
        if not facts:
            return ()
        text = text_of(views)
        for fact, around in zip(facts, surroundings_of(facts, views, tellers), strict=True):
            trace.surrounded(fact, around, text)
        return tuple(Reread(fact, {}) for fact in facts)

    with patch("indiggraph.facts.build.second_reading", surrounded):
        yield


def facts_to_learn() -> list[Labelled]:
    """The facts of all articles that are learned from, as the rules leave them."""
    with rules_alone():
        sources = *learned_from(), *learned_from_only()
        return [one for source, gold in sources if gold.name not in LEFT_OUT for one in labelled(source, gold)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=data_path("facts"), help="the folder of the weights")
    options = parser.parse_args()
    facts = facts_to_learn()
    articles = articles_of(facts)
    save(
        options.out,
        train(facts, processes=PROCESSES),
        [one[0].text for one in articles[:: math.ceil(len(articles) / SAMPLE)]],
    )


if __name__ == "__main__":
    main()
