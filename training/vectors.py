"""Computes on which axes the vectors of words are projected: `python -m training.vectors --data FOLDER`.

Principal components (Pearson 1901) of what the network sees of the words of treebanks, scaled to unit variance. They
are part of the language model: after `training.export` they are computed anew, and what reads them is learned anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indiggraph.lang.analyser import batches
from indiggraph.lang.encoder import FloatArray, Network, Pieces
from indiggraph.lang.vectors import seen
from indiggraph.resources import data_path
from training.data import read_treebank, words

AXES = 200
STEP = 4  # of the sentences of the treebanks, one in so many
LONGEST = 100  # words of a sentence


def vectors(sentences: Sequence[Sequence[str]]) -> FloatArray:
    """What the network sees of all words of sentences."""
    model = data_path("model")
    network, pieces = Network(model / "model.onnx"), Pieces.from_file(model / "tokenizer.json")
    encoded = [pieces.encode(one) for one in sentences]
    rows = []
    for batch in batches([len(one.ids) for one in encoded]):
        found = seen(network.run([encoded[n] for n in batch]))
        roots = np.cumsum([0] + [len(encoded[n].first) + 1 for n in batch[:-1]])
        rows.append(np.delete(found, roots, axis=0))
    return np.concatenate(rows)


def projection(rows: FloatArray, count: int = AXES) -> tuple[FloatArray, FloatArray]:
    """The mean and the scaled axes of most variance; the largest number of each axis is positive."""
    mean = rows.mean(axis=0, dtype=np.float64)
    variances, axes = np.linalg.eigh(np.cov((rows - mean).T))
    order = np.argsort(-variances)[:count]
    axes = axes[:, order]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(count)])
    return mean.astype(np.float32), (axes / np.sqrt(variances[order])).astype(np.float32)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    treebanks = sorted(parser.parse_args().data.glob("ud_*_train.conllu.xz"))
    sentences = [words(one)[:LONGEST] for treebank in treebanks for one in read_treebank(treebank)[::STEP]]
    mean, axes = projection(vectors(sentences))
    np.savez_compressed(data_path("model") / "vectors.npz", mean=mean.astype(np.float16), axes=axes.astype(np.float16))


if __name__ == "__main__":
    main()
