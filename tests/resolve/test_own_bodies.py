"""What "we" stands for in quoted speech: the speaker's body; people and bodies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Extraction, RoleName
from indiggraph.resolve import resolve

Extract = Callable[[str], Extraction]


def agents(extraction: Extraction) -> set[str]:
    """The labels of the things that act in the text's facts."""
    linker = resolve([extraction], lexicon=load_lexicon())
    roles = [role for fact in extraction.facts for role in fact.roles if role.name is RoleName.AGENT]
    things = [linker.thing_of(role.mention) for role in roles if role.mention is not None]
    return {thing.label for thing in things if thing is not None}


TEXTS = [
    ('"We have made 40 tons of cable," said Anna Velde, the CEO of Norvik Cables.', {"Norvik Cables"}, "a firm"),
    (
        'Anna Velde, the CEO of Norvik Cables, met makers. "We have made 40 tons of cable," she said.',
        {"Norvik Cables"},
        "told before",
    ),
    ('"We have made 40 tons of cable," said Anna Velde.', set(), "no post is told"),
    ('"We have made 40 tons of cable," said Anna Velde, the head of the Velmar Industry Ministry.', set(), "a country"),
    (
        '"We have handed over 40 tons of cable to farmers," said Anna Velde, the head of the Velmar Industry Ministry.',
        {"Velmar Industry Ministry"},
        "a ministry gives",
    ),
]


@pytest.mark.parametrize(("text", "bodies", "why"), TEXTS, ids=[row[2] for row in TEXTS])
def test_we(extract: Extract, text: str, bodies: set[str], why: str) -> None:
    assert agents(extract(text)) == bodies
