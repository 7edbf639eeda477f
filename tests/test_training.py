"""What training makes of its data: raw text by characters, and weights that tell sentence boundaries."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from spacy.language import Language

from indiggraph.lang import load
from training.boundaries import fit
from training.evaluate import score_raw
from training.raw import RawText, read_raw, read_sentences

TREEBANK = """\
# newdoc id = a
# newpar
# text = Works don't open.
1\tWorks
2-3\tdon't
2\tdo
3\tn't
4\topen\tSpaceAfter=No
5\t.

# text = dont stay
1-2\tdont
1\tdo
2\tnot
3\tstay

# newpar
# text = Ardan
1\tArdan

# newdoc id = b
# text = Orsk
1\tOrsk

"""


def _conllu(text: str) -> str:
    """CoNLL-U of rows that have only what counts here: number, form, what is said of the space."""
    lines = []
    for line in text.split("\n"):
        number, *cells = line.split("\t")
        full = [number, cells[0], *["_"] * 7, (cells[1:] or ["_"])[0]] if cells else [number]
        lines.append("\t".join(full))
    return "\n".join(lines)


@pytest.fixture
def texts(tmp_path: Path) -> list[RawText]:
    path = tmp_path / "a.conllu.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(_conllu(TREEBANK))
    return read_raw(path)


def test_raw_text_has_spaces_and_paragraphs(texts: list[RawText]) -> None:
    assert [raw.text.rstrip() for raw in texts] == ["Works don't open. dont stay\n\nArdan", "Orsk"]


def test_raw_text_knows_its_sentences_and_tokens(texts: list[RawText]) -> None:
    first = texts[0]
    assert [first.text[start:end] for start, end in first.sentences] == ["Works don't open.", "dont stay", "Ardan"]
    tokens = [first.text[start:end] for start, end in first.tokens]
    assert tokens == ["Works", "do", "n't", "open", ".", "dont", "stay", "Ardan"]


def test_sentences_of_the_name_files_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.xz"
    row = {"tokens": ["Works", "(", "new", ")", "open", "."], "nospace": [1, 2, 4], "ents": []}
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    assert read_sentences(path) == ["Works (new) open."]


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = load()
    pipeline.disable_pipe("indiggraph_syntax")
    return pipeline


def test_raw_text_is_scored_by_characters(nlp: Language) -> None:
    text = "Works open. Ardan waits."
    right = RawText(text, [(0, 11), (12, 24)], [(0, 5), (6, 10), (10, 11), (12, 17), (18, 23), (23, 24)])
    assert score_raw([right], nlp) == {"sentences": 100.0, "tokens": 100.0}
    joined = RawText(text, [(0, 24)], [(0, 5), (6, 11), (12, 17), (18, 24)])
    assert score_raw([joined], nlp) == {"sentences": 0.0, "tokens": 40.0}


def test_the_fit_keeps_clues_that_tell_and_drops_those_that_do_not() -> None:
    rows = [["stop", "even"], ["word", "even"], ["stop", "odd"], ["word", "odd"]] * 50 + [["stop", "rare"]]
    bias, weights = fit(rows, [row[0] == "stop" for row in rows])
    assert set(weights) <= {"stop", "word"}
    score = {clue: weights.get(clue, 0.0) + bias for clue in ("stop", "word")}
    assert score["stop"] > 2 and score["word"] < -2
