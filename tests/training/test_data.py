"""Reading of the training data."""

from __future__ import annotations

from pathlib import Path

import pytest

from indiggraph.lang import load
from training.data import OWN_SENTENCES, entities, read_marked, read_plain, read_treebank, words


def test_brackets_become_names(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("# a comment\n\nThe [ORG Ministry of Steel] ( [ORG MoS] ) praised [PERSON Ada Wren] .\n")
    (sentence,) = read_marked(path)
    assert words(sentence) == ["The", "Ministry", "of", "Steel", "(", "MoS", ")", "praised", "Ada", "Wren", "."]
    assert entities(sentence) == [(1, 4, "ORG"), (5, 6, "ORG"), (8, 10, "PERSON")]


@pytest.mark.parametrize("line", ["[ORG Bank of X said", "[BODY Bank] said", "Bank ] said"])
def test_a_wrong_bracket_names_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.txt"
    path.write_text(f"All is well .\n{line}\n")
    with pytest.raises(ValueError, match=r"own\.txt, line 2"):
        read_marked(path)


def test_names_of_a_treebank_are_known_only_where_it_has_some(tmp_path: Path) -> None:
    row = "1\tWren\tWren\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\t{}\n\n"
    path = tmp_path / "trees.conllu"
    path.write_text(row.format("SpaceAfter=No|NER=B-PERSON") + row.format("_"))
    named, bare = read_treebank(path)
    assert [token.ner for token in named] == ["B-PERSON"]
    assert [token.ner for token in bare] == [None]


@pytest.mark.parametrize("path", sorted(OWN_SENTENCES.glob("*.txt")), ids=lambda path: path.stem)
def test_own_sentences_have_names_without_articles(path: Path) -> None:
    sentences = read_marked(path)
    assert len(sentences) >= 400
    for sentence in sentences:
        for start, _, _ in entities(sentence):
            assert sentence[start].form not in ("the", "a", "an"), words(sentence)


def test_own_trees_have_one_root_and_no_cycle() -> None:
    sentences = read_treebank(OWN_SENTENCES / "news.conllu")
    assert len(sentences) >= 100
    for sentence in sentences:
        heads = [token.head for token in sentence]
        assert heads.count(0) == 1, words(sentence)
        for place in range(len(sentence)):
            seen = set()
            while place >= 0:
                assert place not in seen, words(sentence)
                seen.add(place)
                place = int(heads[place] or 0) - 1


def test_plain_sentences_have_words_but_no_labels(tmp_path: Path) -> None:
    path = tmp_path / "plain.jsonl"
    path.write_text(
        '{"tokens": ["Steel", "rose"]}\n{"text": "Wren Ltd.\'s mill"}\n{"text": "see [a](https://b.example)"}\n'
    )
    sentences = read_plain(path, load())
    assert [words(sentence) for sentence in sentences] == [["Steel", "rose"], ["Wren", "Ltd.", "'s", "mill"]]
    assert {(token.upos, token.head, token.ner) for sentence in sentences for token in sentence} == {(None, None, None)}
