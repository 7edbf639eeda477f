"""Weights of clues: what they come to, how they are told, and that they are those of the questions asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from indiggraph.errors import ResourceError
from indiggraph.facts.clues import QUESTIONS
from indiggraph.facts.confidence import Confidence, load_confidence, read_confidence

WEIGHTS = {"a": {"no": -1.0, "yes": 1.0}, "b": {"no": 0.05, "yes": 0.4}}


def test_the_odds_of_the_clues_add_up() -> None:
    scale = Confidence(0.6, WEIGHTS)
    assert scale.of({"a": "yes", "b": "yes"}) == Decimal("0.88")  # 1 / (1 + e^-2)
    assert scale.of({"a": "no", "b": "yes"}) == Decimal("0.50")


def test_nothing_is_certain() -> None:
    assert Confidence(20, WEIGHTS).of({"a": "no"}) == Decimal("0.99")
    assert Confidence(-20, WEIGHTS).of({"a": "no"}) == Decimal("0.01")


def test_an_answer_without_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError):
        Confidence(0.0, WEIGHTS).of({"a": "perhaps"})


def test_clues_are_told_by_weight_without_the_light_ones() -> None:
    assert Confidence(0.6, WEIGHTS).why({"b": "yes", "a": "no"}) == "log odds 0.60; a: no (-1.00); b: yes (+0.40)"
    assert Confidence(0.6, WEIGHTS).why({"b": "no"}) == "log odds 0.60"


def test_the_packaged_weights_fit_the_questions() -> None:
    weights = load_confidence().weights
    assert {question: tuple(answers) for question, answers in weights.items()} == dict(QUESTIONS)
    assert any(abs(weight) > 0.3 for answers in weights.values() for weight in answers.values())


def test_weights_of_other_questions_are_an_error(tmp_path: Path) -> None:
    weights = {question: dict.fromkeys(answers, 0.0) for question, answers in QUESTIONS.items()}
    path = tmp_path / "weights.yaml"
    path.write_text(yaml.safe_dump({"base": 0.0, "weights": weights}, sort_keys=False), encoding="utf-8")
    assert read_confidence(path).base == 0.0
    weights["it is a share"].pop("yes")
    path.write_text(yaml.safe_dump({"base": 0.0, "weights": weights}, sort_keys=False), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"run python -m training\.confidence"):
        read_confidence(path)
