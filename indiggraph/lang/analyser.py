"""The model without spaCy: sentences as lists of words in, tags, lemmas, trees and names out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indiggraph.errors import ModelError
from indiggraph.lang.decode import (
    apply_lemma_rule,
    best_tree,
    bio_spans,
    bio_transitions,
    regular_nouns,
    regular_verbs,
    viterbi,
)
from indiggraph.lang.encoder import (
    MAX_PIECES_PER_WORD,
    Encoded,
    FloatArray,
    IntArray,
    Labels,
    Network,
    Pieces,
    Relations,
    read_json,
)
from indiggraph.lang.vectors import Bytes, Projection
from indiggraph.resources import data_path, load_yaml

__all__ = ["BATCH_PIECES", "MAX_PIECES", "Analyser", "Analysis", "batches", "cut_windows"]

MAX_PIECES = 400  # of one window; the network knows 512 positions, training saw 180
BATCH_PIECES = 192  # of one run: enough to read each weight for many pieces, few enough for a core's cache
_BREAKS = frozenset(";,:-–—.")  # words after which a window of a too long sentence is best cut


@dataclass(frozen=True, slots=True)
class Analysis:
    """One sentence: class indexes by word, heads (0 the root, word k is k + 1), lemmas, names (start, end, label).

    `vectors` holds what the network sees of each word, as 8-bit numbers (`vectors.Projection`).
    """

    upos: IntArray
    xpos: IntArray
    feats: IntArray
    rel: IntArray
    heads: IntArray
    lemmas: list[str]
    names: list[tuple[int, int, str]]
    vectors: Bytes


class Analyser:
    """Encodes, runs and decodes."""

    def __init__(self, folder: Path) -> None:
        """Read the model; a missing or broken file raises `ModelError`."""
        self.labels = _labels(folder / "labels.json")
        self._pieces = Pieces.from_file(folder / "tokenizer.json")
        self._network = Network(folder / "model.onnx")
        self._relations = Relations(folder / "relations.onnx")
        self._projection = Projection.from_file(folder / "vectors.npz")
        self._lexicon = _lexicon(folder / "lemmas.json")
        self._lemmas: dict[tuple[str, int, int], str] = {}
        verbs = (item for item in self._lexicon.items() if item[0][0] in ("VB", "VBP"))
        self._irregular = _irregular("irregular_verbs.yaml")
        self._irregular_nouns = _irregular("irregular_nouns.yaml")
        self._verbs = frozenset(apply_lemma_rule(form, rule) for (_, form), rule in verbs)
        self._root, self._parataxis = (self.labels.rel.index(name) for name in ("root", "parataxis"))
        self._outside = self.labels.ner.index("O")
        self._steps = bio_transitions(self.labels.ner)

    @property
    def width(self) -> int:
        """How many numbers the vector of a word has."""
        return self._projection.width

    def analyse(self, words: Sequence[str]) -> Analysis:
        """Analyse one sentence of at least one word."""
        return self.analyse_all([words])[0]

    def analyse_all(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Analyse sentences of at least one word each; what is said of one does not depend on the others."""
        windows = [self._windows(words) for words in sentences]
        parts = self._analyse([part for found in windows for part in found])
        return [next(parts) if len(found) == 1 else self._join([next(parts) for _ in found]) for found in windows]

    def _analyse(self, windows: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse windows in batches of about equal length; yields in the order given."""
        encoded = [self._pieces.encode(words) for words in windows]
        found: dict[int, Analysis] = {}
        for batch in batches([len(item.ids) for item in encoded]):
            analyses = self._run([windows[n] for n in batch], [encoded[n] for n in batch])
            found.update(zip(batch, analyses, strict=True))
        return (found[n] for n in range(len(windows)))

    def _run(self, batch: Sequence[Sequence[str]], encoded: Sequence[Encoded]) -> list[Analysis]:
        out = self._network.run(encoded)
        rows, first = [], 0  # of the words of each sentence; the root is the row before
        heads = []
        targets = np.arange(len(out.upos))  # row of each row's head; roots' own, which nobody reads
        for words in batch:
            row = slice(first + 1, first + 1 + len(words))
            heads.append(best_tree(out.arc_dep[row] @ out.arc_head[first : row.stop].T))
            targets[row] = heads[-1] + first
            rows.append(row)
            first = row.stop
        relations = self._relations.best(out.rel_dep, out.rel_head[targets])
        vectors = self._projection.of(out)
        return [
            Analysis(
                upos=out.upos[row],
                xpos=out.xpos[row],
                feats=out.feats[row],
                rel=np.where(tree == 0, self._root, relations[row]),
                heads=tree,
                lemmas=list(map(self._lemma, words, out.xpos[row].tolist(), out.lemma[row].tolist())),
                names=self._names(out.ner[row]),
                vectors=vectors[row],
            )
            for words, row, tree in zip(batch, rows, heads, strict=True)
        ]

    def _names(self, scores: FloatArray) -> list[tuple[int, int, str]]:
        tags = viterbi(scores, self._steps, self._outside).tolist()
        return bio_spans([self.labels.ner[tag] for tag in tags])

    def _windows(self, words: Sequence[str]) -> list[Sequence[str]]:
        if MAX_PIECES_PER_WORD * len(words) <= MAX_PIECES:
            return [words]
        return cut_windows(words, [len(self._pieces.of(word)) for word in words])

    def _lemma(self, form: str, xpos: int, rule: int) -> str:
        """`_find_lemma`, remembered."""
        lemma = self._lemmas.get((form, xpos, rule))
        if lemma is None:
            lemma = self._find_lemma(form, xpos, rule)
            if len(self._lemmas) < 200_000:  # bounds memory over a long run
                self._lemmas[form, xpos, rule] = lemma
        return lemma

    def _find_lemma(self, form: str, xpos: int, rule: int) -> str:
        """The base of an irregular verb or noun, the lemma seen in training, else what the network's rule gives.

        The rule may make a word that is none ("exporte" of "exported", "factorie" of "factories"): then a known word
        that spelling allows, or the likeliest by spelling, is taken.
        """
        tag = self.labels.xpos[xpos]
        if tag in ("VBD", "VBN") and form.lower() in self._irregular:
            return self._irregular[form.lower()]
        if tag in ("NN", "NNS") and form.lower() in self._irregular_nouns:
            return self._irregular_nouns[form.lower()]
        seen = self._lexicon.get((tag, form))
        lemma = apply_lemma_rule(form, seen or self.labels.lemma[rule])
        regular = regular_verbs(form, tag) or regular_nouns(form, tag)
        if seen or not regular or lemma in self._verbs:
            return lemma
        return next((word for word in regular if word in self._verbs or self._pieces.has(word)), regular[0])

    def _join(self, parts: Sequence[Analysis]) -> Analysis:
        """Windows of one sentence: the roots of later windows become parataxis of the first root."""
        heads, rels, names = [], [], []
        start, top = 0, 0
        for part in parts:
            moved = np.where(part.heads > 0, part.heads + start, top)
            rels.append(np.where(part.heads > 0, part.rel, self._parataxis) if start else part.rel)
            heads.append(moved)
            names += [(first + start, last + start, label) for first, last, label in part.names]
            top = top or int(np.flatnonzero(part.heads == 0)[0]) + 1
            start += len(part.heads)
        return Analysis(
            upos=np.concatenate([part.upos for part in parts]),
            xpos=np.concatenate([part.xpos for part in parts]),
            feats=np.concatenate([part.feats for part in parts]),
            rel=np.concatenate(rels),
            heads=np.concatenate(heads),
            lemmas=[lemma for part in parts for lemma in part.lemmas],
            names=names,
            vectors=np.concatenate([part.vectors for part in parts]),
        )


def batches(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of sentences of given sizes that are run together, shortest first, so that little is filled up."""
    found: list[list[int]] = []
    for number in sorted(range(len(sizes)), key=sizes.__getitem__):
        if not found or sizes[number] * (len(found[-1]) + 1) > BATCH_PIECES:
            found.append([])
        found[-1].append(number)
    return found


def cut_windows(words: Sequence[str], sizes: Sequence[int]) -> list[Sequence[str]]:
    """Cut a sentence into windows of at most `MAX_PIECES` pieces, after punctuation where the last third has some."""
    windows: list[Sequence[str]] = []
    start = total = 0
    cut = -1  # best place to cut so far: after this word
    for place, size in enumerate(sizes):
        if total + size > MAX_PIECES:
            end = cut + 1 if cut > start else place
            windows.append(words[start:end])
            start, cut = end, -1
            total = sum(sizes[start:place])
        total += size
        if words[place] in _BREAKS and total > MAX_PIECES * 2 // 3:
            cut = place
    return [*windows, words[start:]]


def _labels(path: Path) -> Labels:
    try:
        return Labels.from_json(read_json(path))
    except (KeyError, TypeError) as error:
        raise ModelError(f"not the labels of a language model: {path}: {error}") from error


def _irregular(name: str) -> dict[str, str]:
    """Irregular form -> base, from a data file of bases and their forms."""
    table = load_yaml(data_path(name))
    return {form: base for base, forms in table.items() for form in forms}


def _lexicon(path: Path) -> dict[tuple[str, str], str]:
    """(XPOS, form) -> lemma rule, from the compact form of `lemmas.json`: XPOS -> rule -> forms joined by spaces."""
    lexicon: dict[tuple[str, str], str] = {}
    try:
        for xpos, rules in read_json(path).items():
            for rule, forms in rules.items():
                lexicon.update(((xpos, form), rule) for form in forms.split(" "))
    except AttributeError as error:
        raise ModelError(f"not the lemmas of a language model: {path}: {error}") from error
    return lexicon
