"""The vote on a gap between words: what it sees, what it cannot overrule, and what is said of broken weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indiggraph.errors import ModelError
from indiggraph.lang.boundaries import Boundaries, Line
from indiggraph.lang.marks import Mark, Word

NONE: dict[str, float] = {}


def _words(text: str) -> list[Word]:
    """The words of a line, with a space after each."""
    words, start = [], 0
    for word in text.split():
        words.append(Word(word, start, True, False))
        start += len(word) + 1
    return words


def _marks(last: Mark) -> list[Mark]:
    return [Mark.BREAK, last]


@pytest.mark.parametrize(
    ("bias", "mark", "starts"),
    [
        (9.0, Mark.HELD, False),
        (-9.0, Mark.BREAK, True),
        (-0.1, Mark.SPLIT, False),
        (0.1, Mark.SPLIT, True),
        (0.9, Mark.JOINED, False),
        (1.1, Mark.JOINED, True),
        (0.1, Mark.SHORT, True),
    ],
)
def test_a_vote_decides_where_the_rules_leave_room(bias: float, mark: Mark, starts: bool) -> None:
    boundaries = Boundaries(bias, NONE, frozenset({"x _ Xx"}))
    assert boundaries.starts(_words("works The"), _marks(mark)) == [True, starts]


def test_a_mark_before_the_gap_needs_no_caution() -> None:
    boundaries = Boundaries(0.1, NONE, frozenset({") _ Xx"}))
    assert boundaries.starts(_words(") The"), _marks(Mark.JOINED)) == [True, True]


def test_without_a_rule_only_known_shapes_can_be_apart() -> None:
    boundaries = Boundaries(9.0, NONE, frozenset({"x _ x"}))
    assert boundaries.starts(_words("works The"), _marks(Mark.JOINED)) == [True, False]
    assert boundaries.starts(_words("works The"), _marks(Mark.SPLIT)) == [True, True]


def test_each_clue_has_its_weight() -> None:
    words, marks = _words("works The"), _marks(Mark.SPLIT)
    clues = Line(words, marks).clues(1, 0)
    assert len(set(clues)) == len(clues)
    for clue in clues:
        assert Boundaries(-1.0, {clue: 1.1}, frozenset()).starts(words, marks) == [True, True], clue


def test_a_line_sees_nothing_of_its_neighbours() -> None:
    first = Word("works", 0, True, True)
    lone, after = (Boundaries(0.0, {"left2 # the": 1.0}, frozenset({"Xx _ Xx"})) for _ in range(2))
    marks = [Mark.BREAK, Mark.SPLIT]
    assert (
        lone.starts(_words("The Works"), marks)[-2:]
        == after.starts([first, *_words("The Works")], [Mark.BREAK, *marks])[-2:]
    )


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("works", "x"),
        ("Works", "Xx"),
        ("X", "X"),
        ("XNA", "XX"),
        ("iOrsk", "xX"),
        ("5", "9"),
        ("317", "99"),
        ("2031", "9999"),
        ("5.5", "9-"),
        ("K.", "X."),
        ("t.", "y."),
        ("U.S.", "x.x."),
        ("Corp.", "x."),
        ("...", ".."),
        ("?!", "!?"),
        ("€", "$"),
        ("–", "–"),
        ("--", "--"),
        ("-----", "---"),
        (":)", "-)"),
        ("velda@orlan.example", "@"),
        ("www.velmar.example", "www"),
        ("03:48", "9:9"),
        ("08/16/2031", "9/9"),
        ("N18.9", "X9-"),
    ],
)
def test_shapes_of_words(word: str, shape: str) -> None:
    assert Line(_words(f"{word} works"), _marks(Mark.JOINED)).pair(1) == f"{shape} _ x"


def test_words_without_a_space_between_them() -> None:
    words = [Word("works", 0, False, False), Word("The", 5, True, False)]
    assert Line(words, _marks(Mark.JOINED)).pair(1) == "x  Xx"


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"bias": 0.0, "weights": {}},
        {"bias": "a", "weights": {}, "pairs": []},
        {"bias": 0, "weights": [], "pairs": []},
    ],
)
def test_broken_weights_are_named(tmp_path: Path, content: object) -> None:
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match=r"sentences\.json"):
        Boundaries.read(path)
