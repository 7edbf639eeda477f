"""Reads the training data: treebanks (CoNLL-U), named entities (JSON lines) and our own sentences.

Open data is compressed with xz; our own sentences (`training/sentences`) are plain text.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from indiggraph.lang import load
from indiggraph.lang.decode import lemma_rule
from indiggraph.lang.encoder import Encoded, Labels, Pieces

__all__ = [
    "ENTITY_LABELS",
    "IGNORED",
    "NER_TAGS",
    "Sentence",
    "Token",
    "Training",
    "entities",
    "held_out",
    "labels_of",
    "read_marked",
    "read_names",
    "read_plain",
    "read_treebank",
    "read_treebank_with_names",
    "targets",
    "words",
]

ENTITY_LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "PRODUCT")
NER_TAGS = ("O", *(f"{prefix}-{label}" for label in ENTITY_LABELS for prefix in "BI"))
OWN_SENTENCES = Path(__file__).parent / "sentences"
CROSSNER_HELD_OUT = 40  # every 40th sentence is kept out of training, to measure by
OWN_HELD_OUT = 10  # the same of our own sentences
IGNORED = -100  # target of a token whose label is unknown; cross entropy skips it
_MARKUP = re.compile(r"\]\(|https?:|www\.|[|{}<>]")
_NER_INDEX = {tag: index for index, tag in enumerate(NER_TAGS)}


@dataclass(frozen=True, slots=True)
class Token:
    """One word with what is known about it; None is unknown. `head` counts from 1, 0 is the root."""

    form: str
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    lemma: str | None = None
    head: int | None = None
    rel: str | None = None
    ner: str | None = None


Sentence = tuple[Token, ...]


def words(sentence: Sentence) -> list[str]:
    """The forms of a sentence."""
    return [token.form for token in sentence]


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def read_treebank(path: Path) -> list[Sentence]:
    """Sentences of a CoNLL-U file; multiword-token lines are skipped, their words are kept.

    Names are read from MISC (`NER=B-ORG`) where a sentence has any; without, they are unknown.
    """
    sentences: list[Sentence] = []
    rows: list[Token] = []
    for line in [*_lines(path), ""]:
        if not line and rows:
            named = any(row.ner for row in rows)
            sentences.append(tuple(replace(row, ner=row.ner or "O") for row in rows) if named else tuple(rows))
            rows = []
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                form, lemma, upos, xpos, feats, head, rel = cells[1:8]
                name = re.search(r"NER=([BI]-\w+)", cells[9])
                rows.append(Token(form, upos, xpos, feats, lemma, int(head), rel, name[1] if name else None))
    return sentences


def read_marked(path: Path) -> list[Sentence]:
    """Sentences of a text file, one a line: tokens set apart by spaces, names in brackets, `[ORG Bank of X] said`.

    A bracket that is not closed, or a label that is none, raises `ValueError` with file and line.
    """
    sentences = []
    for number, line in enumerate(_lines(path), 1):
        if not line or line.startswith("#"):
            continue
        tokens: list[Token] = []
        for label, name, word in re.findall(r"\[([A-Z]+) ([^][]+)\]|(\S+)", line):
            forms = name.split() or [word]
            tags = [f"B-{label}", *[f"I-{label}"] * (len(forms) - 1)] if label else ["O"]
            tokens += [Token(form, ner=tag) for form, tag in zip(forms, tags, strict=True)]
        if any(token.ner not in NER_TAGS or "[" in token.form or "]" in token.form for token in tokens):
            raise ValueError(f"{path}, line {number}: a bracket or label is wrong: {line}")
        sentences.append(tuple(tokens))
    return sentences


def read_names(path: Path) -> list[Sentence]:
    """Sentences of a named-entity `.jsonl.xz` file, without trees."""
    sentences = []
    for line in _lines(path):
        row = json.loads(line)
        tags: list[str | None] = ["O"] * len(row["tokens"])
        for index in row.get("unknown", []):
            tags[index] = None
        for start, end, label in row["ents"]:
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        sentences.append(tuple(Token(form, ner=tag) for form, tag in zip(row["tokens"], tags, strict=True)))
    return sentences


def read_plain(path: Path, nlp: Language) -> list[Sentence]:
    """Sentences of a JSON lines file, one a line, as `tokens` or as `text` that `nlp` cuts into words; no labels.

    Lines with traces of markup (a link) are left out.
    """
    sentences = []
    for line in _lines(path):
        row = json.loads(line)
        if _MARKUP.search(row.get("text", "")):
            continue
        forms = row.get("tokens") or [token.text for token in nlp.make_doc(row["text"]) if not token.is_space]
        sentences.append(tuple(Token(form) for form in forms))
    return sentences


def read_treebank_with_names(treebank: Path, names: Path) -> list[Sentence]:
    """Trees with the names of the same sentences (found by their words); no names where none are found."""
    known = {tuple(words(sentence)): sentence for sentence in reversed(read_names(names))}
    joined = []
    for sentence in read_treebank(treebank):
        named = known.get(tuple(words(sentence)))
        if named is not None:
            sentence = tuple(replace(a, ner=b.ner) for a, b in zip(sentence, named, strict=True))
        joined.append(sentence)
    return joined


def entities(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Names as (start, end, label), end exclusive; unknown tokens end a name."""
    spans: list[tuple[int, int, str]] = []
    start = -1
    for index, tag in enumerate([*(token.ner or "O" for token in sentence), "O"]):
        if start >= 0 and not tag.startswith("I-"):
            spans.append((start, index, str(sentence[start].ner)[2:]))
            start = -1
        if tag.startswith("B-"):
            start = index
    return spans


@dataclass(frozen=True, slots=True)
class Training:
    """All that training reads; no test split is looked at.

    `trees` and `names` are open data (the trees with the development splits), `own_trees` and `own_names` the sentences
    in `training/sentences`. What `held_out` gives of a file is not here. `plain` has no labels; a teacher gives them.
    """

    trees: list[Sentence]
    names: list[Sentence]
    own_trees: list[Sentence]
    own_names: list[Sentence]
    plain: list[Sentence]

    @classmethod
    def read(cls, folder: Path, plain: Sequence[Path] = ()) -> Training:
        """Read the folder of open data, our own sentences and files of plain sentences."""
        crossner = read_names(folder / "ner_crossner_train.jsonl.xz")
        own = [_kept(read_marked(path), OWN_HELD_OUT) for path in sorted(OWN_SENTENCES.glob("*.txt"))]
        return cls(
            trees=[
                *read_treebank_with_names(folder / "ud_ewt_train.conllu.xz", folder / "ner_uner_ewt_train.jsonl.xz"),
                *read_treebank(folder / "ud_gum_open_train.conllu.xz"),
                *read_treebank_with_names(folder / "ud_ewt_dev.conllu.xz", folder / "ner_uner_ewt_dev.jsonl.xz"),
                *read_treebank(folder / "ud_gum_open_dev.conllu.xz"),
            ],
            names=_kept(crossner, CROSSNER_HELD_OUT)
            + read_names(folder / "ner_wikigold_train.jsonl.xz")
            + read_names(folder / "ner_re3d_open_train.jsonl.xz"),
            own_trees=_kept(read_treebank(OWN_SENTENCES / "news.conllu"), OWN_HELD_OUT),
            own_names=[sentence for sentences in own for sentence in sentences],
            plain=[sentence for path in plain for sentence in read_plain(path, load())],
        )


def held_out(folder: Path) -> dict[str, list[Sentence]]:
    """Sentences with names that training does not see, by name of the file."""
    found = {"ner_crossner_train": read_names(folder / "ner_crossner_train.jsonl.xz")[::CROSSNER_HELD_OUT]}
    for path in sorted(OWN_SENTENCES.glob("*.txt")):
        found[path.stem] = read_marked(path)[::OWN_HELD_OUT]
    return found


def _kept(sentences: list[Sentence], step: int) -> list[Sentence]:
    return [sentence for number, sentence in enumerate(sentences) if number % step]


def labels_of(sentences: Iterable[Sentence]) -> Labels:
    """Classes seen at least twice, most frequent first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "feats", "lemma", "rel")}
    for sentence in sentences:
        for token in sentence:
            for name in ("upos", "xpos", "feats", "rel"):
                counts[name][getattr(token, name)] += 1
            counts["lemma"][lemma_rule(token.form, str(token.lemma))] += 1
    frequent = {
        name: tuple(label for label, count in counter.most_common() if count > 1) for name, counter in counts.items()
    }
    return Labels(ner=NER_TAGS, **frequent)


@dataclass(frozen=True, slots=True)
class Example:
    """An encoded sentence with its target classes, one list per head."""

    encoded: Encoded
    targets: dict[str, list[int]]


class Examples:
    """Turns sentences into examples."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self._pieces = pieces
        self._index = {
            name: {label: index for index, label in enumerate(getattr(labels, name))}
            for name in ("upos", "xpos", "feats", "rel", "lemma")
        }

    def of(self, sentence: Sentence) -> Example:
        """Encode one sentence."""
        return Example(self._pieces.encode(words(sentence)), targets(sentence, self._index))


def targets(sentence: Sentence, index: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    """Class indexes of a sentence; `IGNORED` where a label is unknown or too rare to have a class."""
    found = {
        name: [index[name].get(getattr(token, name), IGNORED) for token in sentence]
        for name in ("upos", "xpos", "feats", "rel")
    }
    found["lemma"] = [
        IGNORED if token.lemma is None else index["lemma"].get(lemma_rule(token.form, token.lemma), IGNORED)
        for token in sentence
    ]
    found["head"] = [IGNORED if token.head is None else token.head for token in sentence]
    found["ner"] = [IGNORED if token.ner is None else _NER_INDEX[token.ner] for token in sentence]
    return found
