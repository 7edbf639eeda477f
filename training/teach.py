"""A finished network as teacher of the next one: what the data leaves unknown is learned from its probabilities.

Knowledge distillation (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network") on the labels that are
missing: names of treebanks that have none, trees of sentences with names only, everything of plain text. The teacher
reads sentences as they are, the student with falsified case and dropped pieces (Xie et al. 2020, "Self-training
with Noisy Student").
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from indiggraph.lang.encoder import Labels
from training.data import IGNORED
from training.network import LINEAR_HEADS, Network

__all__ = ["Teacher"]

_MASKED = -1e4

Tensors = dict[str, Tensor]


class Teacher:
    """Sums of cross entropies against the probabilities of a finished network, over what is unknown in a batch."""

    def __init__(self, folder: Path, labels: Labels) -> None:
        """Read `labels.json` and `checkpoint.pt` of a run; raises `ValueError` when its labels are others."""
        stored = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        if stored != json.loads(json.dumps(labels.to_json())):
            raise ValueError(f"{folder / 'labels.json'}: the teacher was trained with other labels")
        self._network = Network(labels, dropout=0.0, head_dropout=0.0)
        self._network.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True))
        self._network.train()  # for the encoder's bfloat16; nothing is dropped

    def losses(self, student: Network, out: Tensors, clean: Tensors, targets: Tensors) -> dict[str, tuple[Tensor, int]]:
        """Of each head with something unknown: the sum of its cross entropies, and of how many words."""
        real = clean["first"] > 0
        rows = (real & ((targets["ner"] == IGNORED) | (targets["head"] == IGNORED))).any(1).nonzero().flatten()
        if not len(rows):
            return {}
        with torch.no_grad():
            taught = self._network(*(clean[name][rows] for name in ("ids", "mask", "shapes", "first")))
        learned = {name: tensor[rows] for name, tensor in out.items()}
        treeless = real[rows] & (targets["head"][rows] == IGNORED)
        found = {}
        for name in LINEAR_HEADS:
            # a label too rare to have a class is unknown too, but of a sentence with a tree
            unknown = real[rows] & (targets[name][rows] == IGNORED) if name == "ner" else treeless
            if unknown.any():
                found[name] = _soft(learned[name][unknown], taught[name][unknown])
        if treeless.any():
            found |= self._tree_losses(student, learned, taught, treeless, real[rows])
        return found

    def _tree_losses(
        self, student: Network, learned: Tensors, taught: Tensors, unknown: Tensor, real: Tensor
    ) -> dict[str, tuple[Tensor, int]]:
        padding = ~torch.cat([torch.ones_like(real[:, :1]), real], 1)[:, None, :]
        arcs = [out["arc"].masked_fill(padding, _MASKED)[unknown] for out in (learned, taught)]
        row, word = unknown.nonzero(as_tuple=True)
        head = arcs[1].argmax(-1)
        relations = [
            network.relations(out["rel_dep"][row, word], out["rel_head"][row, head])
            for network, out in ((student, learned), (self._network, taught))
        ]
        return {"arc": _soft(*arcs), "rel": _soft(*relations)}


def _soft(learned: Tensor, taught: Tensor) -> tuple[Tensor, int]:
    loss = functional.cross_entropy(learned, taught.detach().softmax(-1), reduction="sum")
    return loss, len(learned)
