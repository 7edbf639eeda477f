"""What is learned of how sure facts are: weights that tell, and the level at which new articles are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from indiggraph.facts.clues import QUESTIONS
from indiggraph.facts.confidence import read_confidence
from training.confidence import COLUMNS, Example, examples, first_readings, fit, held_out, learn, report, written

SUITS = "its value is of a kind that the type has"
SHARE = "it is a share"


def told(part: str, suits: str, share: str, facts: int, right: int) -> list[Example]:
    """Facts that differ in nothing but two answers."""
    usual = {question: answers[0] for question, answers in QUESTIONS.items()}
    clues = usual | {SUITS: suits, SHARE: share}
    return [Example(part, f"{part}{number % 4}", clues, number < right) for number in range(facts)]


ROWS = [
    *told("known", "yes", "no", 50, 49),
    *told("known", "yes", "yes", 50, 49),
    *told("known", "no", "no", 50, 40),
    *told("known", "no", "yes", 50, 40),
    *told("other", "yes", "no", 40, 32),
    *told("other", "no", "yes", 40, 16),
]
FIRST = {"other": {"facts": 80, "right": 40}}


def test_a_clue_that_tells_has_weight_and_one_that_does_not_has_little() -> None:
    weights = dict(zip(COLUMNS, fit(ROWS, 1.0, FIRST).weights, strict=True))
    assert weights[SUITS, "yes"] - weights[SUITS, "no"] > 1.5
    assert abs(weights[SHARE, "yes"] - weights[SHARE, "no"]) < 0.2
    assert weights["the type", "Trade"] == pytest.approx(0)


def test_facts_are_as_sure_as_those_of_articles_read_for_the_first_time() -> None:
    fresh = [one for one in ROWS if one.part == "other"]
    assert fit(ROWS, 1.0, FIRST).shares(fresh).mean() == pytest.approx(0.5)
    better = {"other": {"facts": 80, "right": 60}}
    assert fit(ROWS, 1.0, better).shares(fresh).mean() == pytest.approx(0.75)
    assert fit(ROWS, 1.0, better).weights == pytest.approx(fit(ROWS, 1.0, FIRST).weights)


def test_a_part_is_held_out_with_its_first_reading() -> None:
    rows = [*ROWS, *told("third", "yes", "no", 20, 20)]
    first = FIRST | {"third": {"facts": 20, "right": 20}}
    held = held_out(rows, 1.0, first)
    alone = fit(ROWS, 1.0, FIRST).shares(rows[-20:])
    assert held[-20:] == pytest.approx(alone)


def test_what_is_learned_is_written_and_read_again(tmp_path: Path) -> None:
    learned, held = learn(ROWS, {**FIRST, "known": {"facts": 200, "right": 160}})
    path = tmp_path / "confidence.yaml"
    path.write_text(written(learned, "# from made-up facts\n"), encoding="utf-8")
    scale = read_confidence(path)
    for one in (ROWS[0], ROWS[-1]):
        assert float(scale.of(one.clues)) == pytest.approx(learned.shares([one])[0], abs=0.03)
    assert "known: 200 facts by what others teach" in report(ROWS, held)


def test_examples_are_the_facts_of_the_gold(tmp_path: Path) -> None:
    gold = Path(__file__).parents[1] / "gold"
    [line] = [line for line in (gold / "dev.jsonl").read_text("utf-8").splitlines() if '"dev01-' in line]
    (tmp_path / "some.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "one.json").write_bytes((gold / "dev" / "dev01-isfahan-parts-deal.json").read_bytes())
    found = list(examples(tmp_path))
    assert {(one.part, one.article) for one in found} == {("some", "dev01-isfahan-parts-deal")}
    assert len(found) > 5
    assert all(one.clues.keys() == QUESTIONS.keys() for one in found)


def test_first_readings_are_counts() -> None:
    assert all(0 < counts["right"] <= counts["facts"] for counts in first_readings().values())
