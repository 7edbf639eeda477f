"""What is learned of how sure facts are: weights that tell, and the level at which new articles are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from indiggraph.facts.clues import QUESTIONS
from indiggraph.facts.confidence import load_confidence, read_confidence
from training.confidence import (
    COLUMNS,
    Example,
    fit,
    held_out,
    known,
    learn,
    read_first,
    report,
    write_first,
    written,
)

SUITS = "its value is of a kind that the type has"
SHARE = "it is a share"


def told(part: str, suits: str, share: str, facts: int, right: int, *, fresh: bool = False) -> list[Example]:
    """Facts that differ in nothing but two answers."""
    usual = {question: answers[0] for question, answers in QUESTIONS.items()}
    clues = usual | {SUITS: suits, SHARE: share}
    return [Example(part, f"{part}{number % 4}", clues, number < right, fresh) for number in range(facts)]


KNOWN = [
    *told("known", "yes", "no", 50, 49),
    *told("known", "yes", "yes", 50, 49),
    *told("known", "no", "no", 50, 40),
    *told("known", "no", "yes", 50, 40),
]
FRESH = [*told("fresh", "yes", "no", 40, 30, fresh=True), *told("fresh", "no", "yes", 40, 10, fresh=True)]
OTHER = told("other", "yes", "no", 20, 12, fresh=True)


def test_a_clue_that_tells_has_weight_and_one_that_does_not_has_little() -> None:
    weights = dict(zip(COLUMNS, fit([*KNOWN, *OTHER], 1.0).weights, strict=True))
    assert weights[SUITS, "yes"] - weights[SUITS, "no"] > 1.5
    assert abs(weights[SHARE, "yes"] - weights[SHARE, "no"]) < 0.2
    assert weights["the type", "Trade"] == pytest.approx(0)


def test_facts_are_as_sure_as_those_of_articles_read_for_the_first_time() -> None:
    assert fit([*KNOWN, *FRESH], 1.0).shares(FRESH).mean() == pytest.approx(0.5)
    assert fit([*KNOWN, *OTHER], 1.0).shares(OTHER).mean() == pytest.approx(0.6)


def test_a_part_is_held_out_whole() -> None:
    held = held_out([*KNOWN, *FRESH, *OTHER], 1.0)
    assert held[-20:] == pytest.approx(fit([*KNOWN, *FRESH], 1.0).shares(OTHER))


def test_what_is_learned_is_written_and_read_again(tmp_path: Path) -> None:
    rows = [*KNOWN, *FRESH, *OTHER]
    learned, held = learn(rows)
    path = tmp_path / "confidence.yaml"
    path.write_text(written(learned, "# from made-up facts\n"), encoding="utf-8")
    scale = read_confidence(path)
    for one in (KNOWN[0], FRESH[-1]):
        assert float(scale.of(one.clues)) == pytest.approx(learned.shares([one])[0], abs=0.03)
    assert "known: 200 facts by what others teach" in report(rows, held)


def test_examples_are_the_facts_of_the_gold(tmp_path: Path) -> None:
    gold = Path(__file__).parents[1] / "gold"
    [line] = [line for line in (gold / "dev.jsonl").read_text("utf-8").splitlines() if '"dev01-' in line]
    (tmp_path / "some.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "one.json").write_bytes((gold / "dev" / "dev01-isfahan-parts-deal.json").read_bytes())
    found = list(known(tmp_path))
    assert {(one.part, one.article, one.fresh) for one in found} == {("some", "dev01-isfahan-parts-deal", False)}
    assert len(found) > 5
    assert all(one.clues.keys() == QUESTIONS.keys() for one in found)
    assert list(known(tmp_path, fresh={"some"})) == []


def test_first_readings_answer_the_questions_that_there_are() -> None:
    fresh = read_first()
    assert {one.part for one in fresh} >= {"iran", "world"}
    assert all(answer in QUESTIONS[question] for one in fresh for question, answer in one.clues.items())


def test_first_readings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "first.json"
    write_first(FRESH, path)
    assert read_first(path) == FRESH
    path.write_text(path.read_text("utf-8").replace(SUITS, "something else"), encoding="utf-8")
    with pytest.raises(ValueError, match="other questions"):
        read_first(path)


def test_the_packaged_weights_are_those_that_the_command_gives() -> None:
    fresh = read_first()
    rows = [*known(fresh={one.part for one in fresh}), *fresh]
    learned, _ = learn(rows)
    packaged = [float(load_confidence().of(one.clues)) for one in rows]
    apart = abs(learned.shares(rows) - packaged).mean()
    assert apart < 0.02, f"{apart:.3f} apart, as rules have changed since: run python -m training.confidence"
