"""Raw text of a treebank with its sentences and tokens by characters, as the CoNLL 2018 shared task measures them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["RawText", "Span", "read_raw", "read_sentences"]

Span = tuple[int, int]


@dataclass(slots=True)
class RawText:
    """One document: its paragraphs with a blank line between them, and where its sentences and tokens are."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    tokens: list[Span] = field(default_factory=list)

    def add(self, rows: Sequence[list[str]], opens_paragraph: bool) -> None:
        """Append a sentence, given the cells of its rows."""
        if opens_paragraph and self.text:
            self.text = self.text.rstrip() + "\n\n"
        first = len(self.text)
        for parts, space in _surface(rows):
            for part in parts:
                self.tokens.append((len(self.text), len(self.text) + len(part)))
                self.text += part
            self.text += space
        self.sentences.append((first, self.tokens[-1][1]))


def _surface(rows: Sequence[list[str]]) -> Iterator[tuple[list[str], str]]:
    """What is written, token by token: its parts and the space after it.

    A multiword token has its words as parts where these are its characters ("do" and "n't"), which is how the parser
    wants them; otherwise ("dont") it is one.
    """
    words = {cells[0]: cells[1] for cells in rows}
    inside = 0  # number of the last word of the present multiword token
    for cells in rows:
        first, _, last = cells[0].partition("-")
        if int(first) <= inside and not last:
            continue
        parts = [cells[1]]
        if last:
            inside = int(last)
            inner = [words[str(number)] for number in range(int(first), inside + 1)]
            parts = inner if "".join(inner) == cells[1] else parts
        yield parts, "" if "SpaceAfter=No" in cells[9] else " "


def read_raw(path: Path) -> list[RawText]:
    """The documents of a `.conllu.xz` file."""
    documents: list[RawText] = []
    rows: list[list[str]] = []
    opens_paragraph = True
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in (line.rstrip("\n") for line in file):
            if line.startswith("# newdoc"):
                documents.append(RawText())
            elif line.startswith("# newpar"):
                opens_paragraph = True
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                documents[-1].add(rows, opens_paragraph)
                rows, opens_paragraph = [], False
    return documents


def read_sentences(path: Path) -> list[str]:
    """The sentences of a named-entity `.jsonl.xz` file as they were written."""
    sentences = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            joined = set(row.get("nospace", ()))
            spaced = (token + " " * (place not in joined) for place, token in enumerate(row["tokens"]))
            sentences.append("".join(spaced).strip())
    return sentences
