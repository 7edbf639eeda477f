"""Clues of facts of made-up sentences: each row is one answer to one question."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from indiggraph.facts.clues import QUESTIONS
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Fact, FactType
from indiggraph.pipeline import extract
from indiggraph.trace import Trace


class Heard(Trace):
    """Keeps facts with their clues."""

    def __init__(self) -> None:
        self.facts: list[tuple[Fact, Mapping[str, str]]] = []

    def weighed(self, fact: Fact, clues: Mapping[str, str]) -> None:
        self.facts.append((fact, clues))


def clues(nlp: Language, text: str, kind: FactType) -> Mapping[str, str]:
    """The clues of the first fact of a type."""
    heard = Heard()
    extract(Document("d", text), nlp, load_lexicon(), load_frames(), heard)
    return next(found for fact, found in heard.facts if fact.type is kind)


SUITS = "its value is of a kind that the type has"
STEPS = "steps up from its value to the trigger"
TOLD = "the trigger is told by what stands beside it"
SIGNED = "Norvik Steel signed a contract worth €5 million with Halden Engineering."
ROWS = [
    (SIGNED, FactType.AGREEMENT, "the type", "Agreement"),
    (SIGNED, FactType.AGREEMENT, SUITS, "yes"),
    (SIGNED, FactType.AGREEMENT, STEPS, "3 or more"),
    (SIGNED, FactType.AGREEMENT, TOLD, "yes"),
    (SIGNED, FactType.AGREEMENT, "the trigger took another one in", "yes"),
    (SIGNED, FactType.AGREEMENT, "facts of its sentence", "1"),
    (SIGNED, FactType.AGREEMENT, "it is a share", "no"),
    ("Norvik Steel made 40 tons of rods.", FactType.PRODUCTION, SUITS, "yes"),
    ("Norvik Steel made 40 tons of rods.", FactType.PRODUCTION, STEPS, "at most 1"),
    ("Norvik Steel made 40 tons of rods.", FactType.PRODUCTION, TOLD, "no"),
    ("Norvik Steel makes 5 percent of all rods.", FactType.PRODUCTION, SUITS, "no"),
    ("Norvik Steel signed a contract with Halden Bank.", FactType.AGREEMENT, SUITS, "no value"),
    ("Norvik Steel signed a contract with Halden Bank.", FactType.AGREEMENT, STEPS, "no value"),
    (
        "The fund lent $30 million to farmers and $12 million to fishermen.",
        FactType.INVESTMENT,
        "facts of its sentence",
        "2",
    ),
]


@pytest.mark.parametrize(("text", "kind", "question", "answer"), ROWS)
def test_answer(nlp: Language, text: str, kind: FactType, question: str, answer: str) -> None:
    assert clues(nlp, text, kind)[question] == answer


def test_a_share_is_one(nlp: Language) -> None:
    text = f"{SIGNED} Of this amount, €2 million is for pumps."
    heard = Heard()
    extract(Document("d", text), nlp, load_lexicon(), load_frames(), heard)
    assert [found["it is a share"] for _, found in heard.facts] == ["no", "yes"]


def test_every_question_is_answered_with_one_of_its_answers(nlp: Language) -> None:
    heard = Heard()
    text = f"{SIGNED} It made 40 tons in 2020, up 6 percent, and 300 people work there. €2 million is for pumps."
    extract(Document("d", text), nlp, load_lexicon(), load_frames(), heard)
    assert heard.facts
    for _, found in heard.facts:
        assert found.keys() == QUESTIONS.keys()
        assert all(answer in QUESTIONS[question] for question, answer in found.items())
