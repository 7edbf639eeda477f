"""Decoding: trees against an exhaustive search, names against the grammar of BIO tags, lemma rules as round trips."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indiggraph.lang.analyser import BATCH_PIECES, MAX_PIECES, batches, cut_windows
from indiggraph.lang.decode import (
    apply_lemma_rule,
    best_tree,
    bio_spans,
    bio_transitions,
    is_tree,
    lemma_rule,
    regular_nouns,
    regular_verbs,
    viterbi,
)
from indiggraph.lang.encoder import case_shape

TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")


def _exhaustive(scores: np.ndarray) -> float:
    """Score of the best tree with one root, by trying all."""
    words = len(scores)
    best = -np.inf
    for heads in product(range(words + 1), repeat=words):
        candidate = np.array(heads)
        if (candidate == 0).sum() == 1 and is_tree(heads):
            best = max(best, float(scores[np.arange(words), candidate].sum()))
    return best


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-8, 8))))
def test_best_tree_is_a_tree_with_one_root_and_the_best(scores: np.ndarray) -> None:
    heads = best_tree(scores)
    assert (heads == 0).sum() == 1
    assert is_tree(heads.tolist())
    assert scores[np.arange(len(heads)), heads].sum() == pytest.approx(_exhaustive(scores))


def test_best_tree_of_many_words() -> None:
    heads = best_tree(np.random.default_rng(3).normal(size=(120, 121)))
    assert (heads == 0).sum() == 1
    assert is_tree(heads.tolist())


@pytest.mark.parametrize(
    ("heads", "expected"),
    [([0], True), ([2, 0], True), ([2, 1], False), ([1], False), ([0, 3, 4, 2], False), ([2, 3, 0, 3], True)],
)
def test_is_tree(heads: list[int], expected: bool) -> None:
    assert is_tree(heads) is expected


@settings(deadline=None)
@given(st.integers(1, 8).flatmap(lambda n: arrays(np.float64, (n, len(TAGS)), elements=st.floats(-5, 5))))
def test_viterbi_never_continues_what_was_not_begun(scores: np.ndarray) -> None:
    tags = [TAGS[tag] for tag in viterbi(scores, bio_transitions(TAGS), 0)]
    for before, after in zip(["O", *tags], tags, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]
    assert all(label in ("PERSON", "ORG") for _, _, label in bio_spans(tags))


def test_viterbi_prefers_the_likeliest_allowed_sequence() -> None:
    scores = np.full((2, len(TAGS)), -9.0)
    scores[0, TAGS.index("O")], scores[0, TAGS.index("B-ORG")] = 0.0, -0.5
    scores[1, TAGS.index("I-ORG")] = 0.0  # after O it is not allowed; -0.5 is a small price for it
    assert [TAGS[tag] for tag in viterbi(scores, bio_transitions(TAGS), 0)] == ["B-ORG", "I-ORG"]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O O", []),
        ("B-ORG I-ORG O", [(0, 2, "ORG")]),
        ("B-ORG B-ORG I-ORG", [(0, 1, "ORG"), (1, 3, "ORG")]),
        ("O B-PERSON", [(1, 2, "PERSON")]),
    ],
)
def test_bio_spans(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert bio_spans(tags.split()) == spans


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("mines", "mine", "l1|"),
        ("Mines", "mine", "l1|"),
        ("Ministries", "Ministry", "k3|y"),
        ("carried", "carry", "l3|y"),
        ("ARDAN", "Ardan", "t0|"),
        ("was", "be", "=be"),
        ("’s", "'s", "='s"),
        ("steel", "steel", "l0|"),
    ],
)
def test_lemma_rules(form: str, lemma: str, rule: str) -> None:
    assert lemma_rule(form, lemma) == rule
    assert apply_lemma_rule(form, rule) == lemma


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_a_lemma_rule_gives_back_its_lemma(form: str, lemma: str) -> None:
    assert apply_lemma_rule(form, lemma_rule(form, lemma)) == lemma


def test_a_rule_that_cuts_too_much_leaves_the_form() -> None:
    assert apply_lemma_rule("as", "l3|y") == "as"


@pytest.mark.parametrize(
    ("word", "shape"),
    [("12", 1), ("XNA", 2), ("Ardan", 3), ("A", 4), ("McOrlan", 4), ("eSteel", 5), ("steel", 6), ("1.3", 7), ("–", 8)],
)
def test_case_shape(word: str, shape: int) -> None:
    assert case_shape(word) == shape


def test_windows_are_cut_after_punctuation_and_lose_nothing() -> None:
    words = ["word"] * 300 + [";"] + ["word"] * 300
    windows = cut_windows(words, [1] * len(words))
    assert [word for window in windows for word in window] == words
    assert windows[0][-1] == ";"
    assert all(len(window) <= MAX_PIECES for window in windows)


@given(st.lists(st.tuples(st.sampled_from(["a", ",", "."]), st.integers(1, 20)), min_size=1, max_size=200))
def test_windows_fit(pairs: list[tuple[str, int]]) -> None:
    words = [word for word, _ in pairs]
    start = 0
    for window in cut_windows(words, [size for _, size in pairs]):
        assert window
        assert sum(size for _, size in pairs[start : start + len(window)]) <= MAX_PIECES
        start += len(window)
    assert start == len(words)


@given(st.lists(st.integers(3, 402), max_size=60))
def test_batches_hold_each_sentence_once_and_fit(sizes: list[int]) -> None:
    found = batches(sizes)
    assert sorted(number for batch in found for number in batch) == list(range(len(sizes)))
    assert all(len(batch) * max(sizes[n] for n in batch) <= BATCH_PIECES for batch in found if len(batch) > 1)


def test_batches_go_from_the_shortest_to_the_longest() -> None:
    assert batches([60, 10, 61, 11, 300, 62]) == [[1, 3, 0], [2, 5], [4]]


@pytest.mark.parametrize(
    ("form", "tag", "expected"),
    [
        pytest.param("exported", "VBD", "export", id="no e after a consonant cluster"),
        pytest.param("allotted", "VBN", "allot", id="a doubled consonant is undone"),
        pytest.param("disbursed", "VBN", "disburse", id="a silent e is put back"),
        pytest.param("localizing", "VBG", "localize", id="also before ing"),
        pytest.param("supplied", "VBD", "supply", id="i becomes y"),
        pytest.param("mined", "VBD", "mine", id="a short vowel without a doubled consonant had an e"),
        pytest.param("emphasised", "VBD", "emphasise", id="no noun though it is one"),
        pytest.param("underlined", "VBD", "underline", id="an e after lin"),
        pytest.param("obliged", "VBD", "oblige", id="an e after ig"),
        pytest.param("ratifies", "VBZ", "ratify", id="the third person of a verb in y"),
        pytest.param("abolishes", "VBZ", "abolish", id="and after a sibilant"),
        pytest.param("mulling", "VBG", "mull", id="one syllable keeps both l"),
        pytest.param("mothballed", "VBN", "mothball", id="so do words in all"),
        pytest.param("installed", "VBN", "install", id="and words on such"),
        pytest.param("cancelled", "VBN", "cancel", id="other words double it"),
        pytest.param("totalled", "VBD", "total", id="some in al as well"),
    ],
)
def test_regular_verbs_put_the_likeliest_lemma_first(form: str, tag: str, expected: str) -> None:
    assert regular_verbs(form, tag)[0] == expected


@pytest.mark.parametrize(
    ("form", "lemmas"),
    [
        pytest.param("factories", ("factory", "factorie"), id="y"),
        pytest.param("movies", ("movy", "movie"), id="ie, which is for a word list to know"),
        pytest.param("batches", ("batch", "batche"), id="a sibilant"),
        pytest.param("tomatoes", ("tomato", "tomatoe"), id="o"),
        pytest.param("ties", (), id="too short"),
        pytest.param("mills", (), id="only one way"),
    ],
)
def test_plurals_that_spelling_leaves_open(form: str, lemmas: tuple[str, ...]) -> None:
    assert regular_nouns(form, "NNS") == lemmas
    assert regular_nouns(form, "VBZ") == ()


def test_other_tags_have_no_regular_verb() -> None:
    assert regular_verbs("exports", "NNS") == ()
