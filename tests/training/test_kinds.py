"""What is learned of types: when the frame is wrong, and that first readings come back as they were."""

from __future__ import annotations

from pathlib import Path

from indiggraph.facts.kinds import Kinds, read_kinds
from indiggraph.model import FactType
from training.kinds import Example, examples, fit, known, read_first, report, write_first, written

GIVEN = f"the type: {FactType.PRODUCTION}"


def told(part: str, word: str, wanted: FactType, facts: int) -> list[Example]:
    """Facts that their frame took for Production, with a word in their sentence."""
    signs = (f"sentence: {word}", GIVEN)
    return [Example(part, f"{part}{number % 4}", FactType.PRODUCTION, (wanted,), signs) for number in range(facts)]


TOLD = [*told("a", "loss", FactType.CHANGE, 20), *told("a", "mill", FactType.PRODUCTION, 40)]


def test_a_word_tells_when_the_frame_is_wrong() -> None:
    learned = fit(TOLD)
    assert learned.of(FactType.PRODUCTION, [GIVEN, "sentence: loss"]) is FactType.CHANGE
    assert learned.of(FactType.PRODUCTION, [GIVEN, "sentence: mill"]) is FactType.PRODUCTION
    assert learned.of(FactType.PRODUCTION, [GIVEN, "sentence: barge"]) is FactType.PRODUCTION


def test_what_stands_in_few_facts_is_not_learned() -> None:
    rare = told("a", "barge", FactType.CHANGE, 2)
    assert "sentence: barge" not in fit([*TOLD, *rare]).weights


def test_the_given_type_is_wanted_where_it_is_accepted() -> None:
    both = Example("a", "a1", FactType.PRODUCTION, (FactType.TRADE, FactType.PRODUCTION), ())
    assert both.wanted is FactType.PRODUCTION
    assert told("a", "loss", FactType.CHANGE, 1)[0].wanted is FactType.CHANGE


def test_what_is_learned_is_written_and_read_again(tmp_path: Path) -> None:
    learned = fit(TOLD)
    path = tmp_path / "kinds.json"
    path.write_text(written(learned), encoding="utf-8")
    assert read_kinds(path) == Kinds(learned.base, dict(learned.weights))


def test_held_out_articles_tell_what_is_mended_and_spoiled() -> None:
    assert report(TOLD).splitlines()[1].split() == ["a", "60", "40", "20", "0"]


def test_first_readings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "first.json"
    write_first(TOLD, path)
    assert read_first(path) == TOLD
    assert {one.part for one in read_first()} == {"agency", "desk", "press"}


def test_examples_are_the_facts_of_the_gold_and_nothing_unread(tmp_path: Path) -> None:
    gold = Path(__file__).parents[1] / "gold"
    [line] = [line for line in (gold / "dev.jsonl").read_text("utf-8").splitlines() if '"dev01-' in line]
    for part in ("some", "unread"):
        (tmp_path / f"{part}.jsonl").write_text(line, encoding="utf-8")
        (tmp_path / part).mkdir()
        (tmp_path / part / "one.json").write_bytes((gold / "dev" / "dev01-isfahan-parts-deal.json").read_bytes())
    found = list(examples(tmp_path / "some.jsonl", tmp_path / "some"))
    assert len(found) > 5
    assert list(known(tmp_path)) == found
    assert list(known(tmp_path, fresh={"some"})) == []
