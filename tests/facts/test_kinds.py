"""The second look at a fact's type: signs around it against what its frame says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indiggraph.errors import ResourceError
from indiggraph.facts.kinds import LEARNED, Kinds, load_kinds, read_kinds
from indiggraph.model import Direction, Extraction, FactType

NONE = (0,) * len(LEARNED)


def weighing(**weights: int) -> tuple[int, ...]:
    return tuple(weights.get(kind.value, 0) for kind in LEARNED)


LOSS = Kinds(NONE, {"the type: Production": weighing(Production=150), "sentence: loss": weighing(Change=200)})


def test_signs_may_outweigh_the_frame() -> None:
    assert LOSS.of(FactType.PRODUCTION, ["the type: Production", "sentence: loss"]) is FactType.CHANGE
    assert LOSS.of(FactType.PRODUCTION, ["the type: Production", "sentence: mill"]) is FactType.PRODUCTION


def test_without_signs_that_are_known_a_fact_keeps_its_type() -> None:
    for kind in FactType:
        assert LOSS.of(kind, ["sentence: mill"]) is kind


def test_an_event_that_is_held_stays_one() -> None:
    assert LOSS.of(FactType.OCCURRENCE, ["sentence: loss"]) is FactType.OCCURRENCE


def test_the_reason_names_the_signs_that_speak_for_the_other_type() -> None:
    signs = ["sentence: loss", "the type: Production"]
    assert LOSS.why(FactType.PRODUCTION, FactType.CHANGE, signs) == "sentence: loss (+2.00)"


def test_packaged_weights_of_a_given_type_speak_for_it() -> None:
    weights = load_kinds().weights
    for at, kind in enumerate(LEARNED):
        given = weights[f"the type: {kind}"]
        assert given[at] == max(given)


@pytest.mark.parametrize(
    "text",
    ["", "{}", json.dumps({"types": ["Trade"], "base": [0], "weights": {}})],
    ids=["empty", "without weights", "other types"],
)
def test_weights_that_do_not_fit_are_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "kinds.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"kinds\.json"):
        read_kinds(path)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Growth led to exports of $40 million.", None),
        ("There was a jump to exports of $40 million.", Direction.INCREASE),
        ("There was a slump to exports of $40 million.", Direction.DECREASE),
    ],
)
def test_what_turns_out_to_be_a_change_goes_the_way_that_words_around_it_tell(
    text: str, direction: Direction | None, extract: Callable[[str], Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Kinds(weighing(Change=100), {})
    monkeypatch.setattr("indiggraph.facts.looks.load_kinds", lambda: change)
    assert {fact.direction for fact in extract(text).facts if fact.amount is not None} == {direction}
