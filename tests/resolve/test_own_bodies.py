"""Whose body is meant: "we" in quoted speech, "her firm", "the company"; people and bodies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Extraction, RoleName
from indiggraph.resolve import resolve

pytestmark = pytest.mark.usefixtures("by_rules_alone")

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
        'Anna Velde, the CEO of Norvik Cables, visited makers. "We have made 40 tons of cable," she said.',
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


DESCRIBED = [
    (
        "HARRAN, May 5 – Norvik Steel paid. The city will waive property taxes worth $3 million.",
        {"HARRAN"},
        "the city of the dateline",
    ),
    (
        "The two big toolmakers export lathes. The two companies have lent $3 million to growers.",
        {"two big toolmakers"},
        "as many companies",
    ),
    ("The UK government contributed £9 million to growers.", {"UK government"}, "a government by its country"),
    (
        '"We have made 40 tons of cable," said Anna Velde, deputy for purchasing at Norvik Cable Company.',
        {"Norvik Cable Company"},
        "a field that is a verb's noun",
    ),
    (
        "Anna Velde, the CEO of Norvik Cables, visited growers. Her firm has made 40 tons of cable.",
        {"Norvik Cables"},
        "her firm",
    ),
    (
        "Karl Olsen leads Halden Motors. Halden Motors made 300 vans. Anna Velde, the CEO of Norvik Cables, said "
        "the company had made 40 tons of cable.",
        {"Halden Motors", "Norvik Cables"},
        "the company of whoever says so",
    ),
    (
        "The ministry will lend $3 million to growers. The Velmar Farm Ministry said so on Monday.",
        {"Velmar Farm Ministry"},
        "the only ministry is named later",
    ),
    ("The ministry will lend $3 million to growers.", {"ministry"}, "a ministry that is not named"),
    ("The company will lend $3 million to growers.", set(), "a company that is not named"),
    (
        "The Velmar Seed Fund was set up in 2011. The fund has lent $3 million to growers.",
        {"Velmar Seed Fund"},
        "a fund that a body's name shows",
    ),
]


@pytest.mark.parametrize(("text", "bodies", "why"), DESCRIBED, ids=[row[2] for row in DESCRIBED])
def test_described(extract: Extract, text: str, bodies: set[str], why: str) -> None:
    assert agents(extract(text)) == bodies
