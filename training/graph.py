"""The network as ONNX graphs, node by node, made to run fast on one core.

The sentences of a run lie one after another, a row for each word piece; only attention sees them side by side, padded.
Nothing that a sentence gets depends on its neighbours, to the last bit: the scales of the 8-bit numbers are fixed by
training sentences, sums of integers are exact, and what padding adds to the sums of attention is exactly 0. That last
is why the matrix product that mixes the values also sums their weights, in the order of the pieces; a Softmax sums in
an order that hangs on the width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from training.network import ATTENTION_HEADS, LAYERS, REL_WIDTH, SLOPE, WIDTH, Encoder, Network

__all__ = ["Ranges", "article_graph", "encoder_graph", "input_ranges", "relation_graph"]

_OPSET, _IR = 17, 8
_RUNTIME = "com.microsoft"
_OF_RUNTIME = frozenset({"FusedMatMul", "Gelu", "MatMulIntegerToFloat"})  # operators that ONNX itself lacks
_CLASSES = ("upos", "xpos", "feats", "lemma")  # heads of which only the best class leaves the graph
_VECTORS = ("arc_dep", "arc_head", "rel_dep", "rel_head")
_MATRICES = ("qkv", "out", "up", "down")  # of a layer
_HEAD = WIDTH // ATTENTION_HEADS
_LARGEST_SCORE = 80.0  # of attention; the exponential stays a 32-bit number
_NEVER = 1e9  # taken from the score of a class that must not win

Floats = npt.NDArray[np.float32]
Ranges = Mapping[str, tuple[Floats, Floats]]
Kind = tuple[int, Sequence[str | int]]  # type and shape of a tensor
Value = str | npt.NDArray[Any]  # a tensor of the graph by its name, or a constant


# --- ranges of what is rounded to 8 bits -----------------------------------------------------------------------------


def input_ranges(network: Encoder, batches: Iterable[Mapping[str, Tensor]]) -> dict[str, tuple[Floats, Floats]]:
    """Least and greatest numbers, 0 included, that go into each row of each matrix.

    `batches` are arguments of `network`.
    """
    ranges: dict[str, tuple[Floats, Floats]] = {}

    def note(name: str, tensor: Tensor) -> None:
        numbers = tensor.flatten(0, -2).numpy()
        low, high = ranges.get(name, (np.zeros(1, np.float32), np.zeros(1, np.float32)))
        ranges[name] = np.minimum(low, numbers.min(0)), np.maximum(high, numbers.max(0))

    def input_noted(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        return lambda module, inputs: note(name, inputs[0])

    def output_noted(name: str) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        return lambda module, inputs, output: note(name, functional.leaky_relu(output, SLOPE))

    named = dict(network.named_modules())
    inputs = {f"layers.{layer}.{part}": f"layers.{layer}.{part}" for layer in range(LAYERS) for part in _MATRICES}
    inputs |= network.rounded
    hooks = [named[module].register_forward_pre_hook(input_noted(name)) for module, name in inputs.items()]
    hooks += [named[name].register_forward_hook(output_noted(name)) for name in network.rounded_after]
    with torch.no_grad():
        for batch in batches:
            network(**batch)
    for hook in hooks:
        hook.remove()
    return ranges


# --- nodes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows rounded to 8 bits: number = (byte - zero) * scale."""

    name: str
    scale: npt.NDArray[np.float32]
    zero: npt.NDArray[np.uint8]


class _Graph:
    """Nodes and constants in the making."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def add(self, kind: str, *inputs: Value, outputs: int | Sequence[str] = 1, **attributes: Any) -> list[str]:
        """Add a node; the names of its outputs."""
        number = len(self._nodes)
        names = [f"{kind}_{number}_{n}" for n in range(outputs)] if isinstance(outputs, int) else list(outputs)
        domain = _RUNTIME if kind in _OF_RUNTIME else ""
        self._nodes.append(helper.make_node(kind, list(map(self._name, inputs)), names, domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: Value, name: str | None = None, **attributes: Any) -> str:
        """Add a node with one output; its name."""
        return self.add(kind, *inputs, outputs=[name] if name else 1, **attributes)[0]

    def _name(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def round(self, rows: str, limits: tuple[Floats, Floats]) -> _Rows:
        """Rows of numbers within limits, as bytes; what lies beyond becomes the limit."""
        low, high = float(limits[0].min()), float(limits[1].max())
        scale = np.array((high - low) / 255, np.float32)
        zero = np.array(round(-low * 255 / (high - low)), np.uint8)
        return _Rows(self.one("QuantizeLinear", rows, scale, zero), scale, zero)

    def multiply(self, rows: _Rows, weight: Floats, bias: Floats) -> str:
        """Rows times a matrix of 8-bit numbers, one scale for each column."""
        scales = (np.maximum(np.abs(weight).max(0), 1e-9) / 127).astype(np.float32)
        rounded = np.round(weight / scales).astype(np.int8)
        zeros = np.zeros(len(scales), np.int8)
        return self.one("MatMulIntegerToFloat", rows.name, rounded, rows.scale, scales, rows.zero, zeros, bias)

    def reshape(self, value: str, *shape: int) -> str:
        return self.one("Reshape", value, np.array(shape))

    def model(self, inputs: Mapping[str, Kind], outputs: Mapping[str, Kind]) -> ModelProto:
        """The checked model with these inputs and outputs."""
        graph = helper.make_graph(
            self._nodes,
            "indiggraph",
            [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()],
            [helper.make_tensor_value_info(name, *kind) for name, kind in outputs.items()],
            self._constants,
        )
        versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=_IR)
        checker.check_model(model)
        return model


# --- encoder and heads -----------------------------------------------------------------------------------------------


def encoder_graph(network: Network, ranges: Ranges) -> ModelProto:
    """From what `indiggraph.lang.encoder.pack` makes to `indiggraph.lang.encoder.Outputs`."""
    return _Analyser(network, ranges).model()


def article_graph(network: Encoder, ranges: Ranges) -> ModelProto:
    """From what `indiggraph.lang.encoder.pack` makes to `seen`, the rows that a last matrix of this name makes."""
    return _Article(network, ranges).model()


class _Encoder:
    def __init__(self, network: Encoder, ranges: Ranges) -> None:
        self._weights = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
        self._ranges = ranges
        self._graph = _Graph()

    def _mixes(self) -> list[str]:
        """Rows of roots and words for each use."""
        graph = self._graph
        rows = self._embed()
        double = graph.one("Mul", "grid", np.array(2))
        grids = double, graph.one("Add", double, np.array(1)), graph.one("Mul", "word_grid", np.array(2))
        layers = []
        for number in range(LAYERS):
            rows = self._layer(f"layers.{number}.", rows, grids, last=number == LAYERS - 1)
            layers.append(rows)
        layers[:-1] = [graph.one("Gather", layer, "first") for layer in layers[:-1]]
        return self._mix(layers)

    def _made(self, outputs: Mapping[str, Kind]) -> ModelProto:
        lists: dict[str, Sequence[str]] = {name: ["pieces"] for name in ("ids", "shapes", "places", "flat")}
        lists |= {"first": ["words"], "word_flat": ["words"]}
        lists |= {"grid": ["longest", "sentences"], "word_grid": ["most_words", "sentences"]}
        inputs: dict[str, Kind] = {name: (TensorProto.INT64, shape) for name, shape in lists.items()}
        inputs["mask"] = (TensorProto.FLOAT, ["sentences", 1, 1, "longest"])
        return self._graph.model(inputs, outputs)

    def _embed(self) -> str:
        """Sum of word, position and case; the words, which are never trained, as 8-bit numbers with one scale."""
        graph = self._graph
        words = self._weights["words.weight"]
        scale = np.array(np.abs(words).max() / 127, np.float32)
        word = graph.one("Gather", np.round(words / scale).astype(np.int8), "ids")
        word = graph.one("DequantizeLinear", word, scale, np.array(0, np.int8))
        place = graph.one("Gather", self._weights["positions.weight"], "places")
        case = graph.one("Gather", self._weights["case.weight"], "shapes")
        return self._norm(graph.one("Add", graph.one("Add", word, place), case), "norm")

    def _layer(self, name: str, rows: str, grids: tuple[str, str, str], last: bool) -> str:
        """One layer; of the last only the rows of words and roots are wanted."""
        graph = self._graph
        mixed = self._attend(name, rows, grids, last)
        if last:
            rows = graph.one("Gather", rows, "first")
        mixed = self._multiply(graph.round(mixed, self._ranges[f"{name}out"]), f"{name}out")
        rows = self._norm(graph.one("Add", rows, mixed), f"{name}norm_out")
        wide = graph.one("Gelu", self._multiply_balanced(rows, f"{name}up"))
        narrow = self._multiply(graph.round(wide, self._ranges[f"{name}down"]), f"{name}down")
        return self._norm(graph.one("Add", rows, narrow), f"{name}norm_down")

    def _attend(self, name: str, rows: str, grids: tuple[str, str, str], last: bool) -> str:
        """What the attention heads mix.

        Query and key of a piece are two rows of one matrix, so that gathering them for the grid needs no splitting.
        A value has a number more than its head's width, always 1: in the product it becomes the sum of the weights.
        """
        graph = self._graph
        query_grid, key_grid, word_grid = grids
        balanced, weight = self._balance(rows, f"{name}qkv")
        bias = self._weights[f"{name}qkv.bias"].copy()
        for part in (weight, bias):
            part[..., :WIDTH] /= np.sqrt(_HEAD)
        pairs = graph.reshape(graph.multiply(balanced, weight[:, : 2 * WIDTH], bias[: 2 * WIDTH]), -1, WIDTH)
        with_sum = [_widened(part[..., 2 * WIDTH :], fill) for part, fill in ((weight, 0), (bias, 1))]
        values = graph.multiply(balanced, *with_sum)
        queries, keys, values = (
            graph.reshape(graph.one("Gather", source, grid), 0, 0, ATTENTION_HEADS, width)
            for source, grid, width in (
                (pairs, word_grid if last else query_grid, _HEAD),
                (pairs, key_grid, _HEAD),
                (values, "grid", _HEAD + 1),
            )
        )
        scores = graph.one("FusedMatMul", queries, keys, transBatchA=1, transBatchB=1, transB=1)
        limits = np.array(-_LARGEST_SCORE, np.float32), np.array(_LARGEST_SCORE, np.float32)
        weights = graph.one("Exp", graph.one("Add", graph.one("Clip", scores, *limits), "mask"))
        mixed = graph.one("Transpose", graph.one("FusedMatMul", weights, values, transBatchB=1), perm=[2, 0, 1, 3])
        mixed = graph.reshape(mixed, -1, ATTENTION_HEADS * (_HEAD + 1))
        mixed = graph.one("Gather", mixed, "word_flat" if last else "flat")
        mixed = graph.reshape(mixed, -1, ATTENTION_HEADS, _HEAD + 1)
        sums, total = graph.add("Split", mixed, np.array([_HEAD, 1]), outputs=2, axis=2)
        return graph.reshape(graph.one("Div", sums, total), -1, WIDTH)

    def _mix(self, layers: Sequence[str]) -> list[str]:
        """Weighted sums of the layers, for each use."""
        graph = self._graph
        shares = torch.from_numpy(self._weights["layer_mix"]).softmax(-1).numpy()
        stack = graph.one("Concat", *(graph.reshape(layer, 1, -1) for layer in layers), axis=0)
        uses = len(shares)
        sums = graph.add("Split", graph.one("MatMul", shares, stack), np.ones(uses, np.int64), outputs=uses, axis=0)
        return [graph.reshape(total, -1, WIDTH) for total in sums]

    def _multiply(self, rows: _Rows, name: str) -> str:
        return self._graph.multiply(rows, self._weights[f"{name}.weight"].T, self._weights[f"{name}.bias"])

    def _multiply_balanced(self, rows: str, name: str) -> str:
        return self._graph.multiply(*self._balance(rows, name), self._weights[f"{name}.bias"])

    def _balance(self, rows: str, name: str) -> tuple[_Rows, Floats]:
        """Rows and matrix with the columns of the rows brought nearer in size, by factors taken out of the matrix.

        A few columns of normalised rows are ten times as large as the others, which one scale for all rounds too much.
        """
        weight: Floats = self._weights[f"{name}.weight"].T
        low, high = self._ranges[name]
        factors = np.sqrt(np.maximum(np.maximum(-low, high), 1e-3) / np.maximum(np.abs(weight).max(1), 1e-6))
        scaled = self._graph.one("Mul", rows, (1 / factors).astype(np.float32))
        return self._graph.round(scaled, (low / factors, high / factors)), weight * factors[:, None]

    def _norm(self, rows: str, name: str) -> str:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return self._graph.one("LayerNormalization", rows, weight, bias, axis=-1, epsilon=1e-12)


class _Analyser(_Encoder):
    def model(self) -> ModelProto:
        syntax, names = self._mixes()
        graph = self._graph
        self._heads(graph.round(syntax, self._ranges["syntax"]))
        ner = self._multiply(graph.round(names, self._ranges["names"]), "linear.ner")
        graph.one("Identity", ner, name="ner")
        outputs: dict[str, Kind] = {name: (TensorProto.INT64, ["words"]) for name in _CLASSES}
        outputs |= {name: (TensorProto.FLOAT, ["words", f"{name}_width"]) for name in ("ner", *_VECTORS)}
        return self._made(outputs)

    def _heads(self, rows: _Rows) -> None:
        """All heads but that of names, with one matrix."""
        graph = self._graph
        names = (*(f"linear.{name}" for name in _CLASSES), *_VECTORS)
        weights = [self._weights[f"{name}.weight"] for name in names]
        found = graph.multiply(
            rows, np.concatenate(weights).T, np.concatenate([self._weights[f"{name}.bias"] for name in names])
        )
        widths = [len(weight) for weight in weights]
        first = len(_CLASSES)
        *scores, vectors = graph.add(
            "Split", found, np.array([*widths[:first], sum(widths[first:])]), outputs=first + 1, axis=1
        )
        for name, score in zip(_CLASSES, scores, strict=True):
            graph.one("ArgMax", score, name=name, axis=-1, keepdims=0)
        vectors = graph.one("LeakyRelu", vectors, alpha=SLOPE)
        parts = ["arc_inner", *_VECTORS[1:]]
        graph.add("Split", vectors, np.array(widths[first:]), outputs=parts, axis=1)
        arcs = self._weights["arc_weights"]
        inner = graph.multiply(graph.round("arc_inner", self._ranges["arc_dep"]), arcs[:-1], arcs[-1])
        graph.one("Identity", inner, name="arc_dep")


class _Article(_Encoder):
    def model(self) -> ModelProto:
        (rows,) = self._mixes()
        seen = self._multiply(self._graph.round(rows, self._ranges["seen"]), "seen")
        self._graph.one("Identity", seen, name="seen")
        return self._made({"seen": (TensorProto.FLOAT, ["words", "seen_width"])})


def _widened(values: Floats, fill: float) -> Floats:
    """A number more for each attention head."""
    heads = values.reshape(*values.shape[:-1], ATTENTION_HEADS, _HEAD)
    wider = np.pad(heads, [(0, 0)] * (heads.ndim - 1) + [(0, 1)], constant_values=fill)
    result: Floats = wider.reshape(*values.shape[:-1], -1)
    return result


# --- relations -------------------------------------------------------------------------------------------------------


def relation_graph(network: Network, root: int, ranges: Ranges) -> ModelProto:
    """Best relation of each arc; `root` is left to the decoder, which knows the arcs from the root."""
    graph = _Graph()
    weights = network.rel_weights.detach().numpy()
    relations = weights.shape[1]
    flat = weights.reshape(REL_WIDTH + 1, -1)
    left = graph.multiply(graph.round("dependents", ranges["rel_dep"]), flat[:-1], flat[-1])
    left = graph.reshape(left, -1, relations, REL_WIDTH + 1)
    right = graph.one("Pad", "heads", np.array([0, 0, 0, 1]), np.array(1, np.float32))
    right = graph.one("Unsqueeze", right, np.array([2]))
    scores = graph.one("Squeeze", graph.one("MatMul", left, right), np.array([2]))
    charge = np.zeros(relations, np.float32)
    charge[root] = _NEVER
    graph.one("ArgMax", graph.one("Sub", scores, charge), name="rel", axis=-1, keepdims=0)
    vectors: Kind = (TensorProto.FLOAT, ["arcs", REL_WIDTH])
    return graph.model({"dependents": vectors, "heads": vectors}, {"rel": (TensorProto.INT64, ["arcs"])})
