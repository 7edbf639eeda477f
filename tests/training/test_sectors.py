"""What is learned of how sectors are chosen: clues that tell, optional sectors, and rows that go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.facts.sectors import Weights, chosen, load_weights
from training.readings import GOLD
from training.sectors import Example, examples, f1, fit, held_out

ROWS = {key: frozenset((key,)) for key in ("steel", "rail")}


def told(article: str, wanted: set[str], allowed: set[str]) -> Example:
    """A fact of a text that tells steel beside its value, and rail elsewhere."""
    choices = {"steel": {"beside": 1.0}, "rail": {"elsewhere": 1.0}, NO_SECTOR: {"none": 1.0}}
    return Example("made", article, choices, ROWS, frozenset(wanted), frozenset(allowed))


TOLD = [told(f"a{number}", {"steel"}, set()) for number in range(8)] + [told("a8", set(), {"rail"})]


def test_a_clue_of_what_is_wanted_weighs_more() -> None:
    weights = fit(TOLD, 1.0).weights
    assert weights["beside"] > weights["none"]
    assert weights["none"] == pytest.approx(weights["elsewhere"])


def test_what_is_optional_may_be_chosen_or_not_and_what_is_not_told_is_none() -> None:
    assert TOLD[-1].right() == {"rail", NO_SECTOR}
    assert told("a", {"oil"}, set()).right() == {NO_SECTOR}


def test_held_out_articles_are_chosen_for() -> None:
    held = held_out(TOLD, 1.0)
    assert held == [("steel",)] * 9
    assert f1(TOLD, held) == pytest.approx(16 / 17)


def test_sectors_of_a_row_are_chosen_together_or_not_at_all() -> None:
    choices = {"oil": {"beside": 1.0}, "gas": {"beside": 1.0}, "rail": {"elsewhere": 1.0}, NO_SECTOR: {}}
    weights = Weights({"beside": 1.0, "elsewhere": 1.2})
    alone = {key: frozenset((key,)) for key in ("oil", "gas", "rail")}
    row = frozenset(("oil", "gas"))
    assert chosen(weights.shares(choices), alone | dict.fromkeys(row, row)) == ("gas", "oil")
    assert chosen(weights.shares(choices), alone) == ()


def test_every_clue_of_a_text_has_a_weight() -> None:
    seen = {
        clue for one in examples([(Path("seeds"), GOLD / "seeds")]) for clues in one.choices.values() for clue in clues
    }
    assert seen <= load_weights().weights.keys()
