"""Words for several parties named before, and for one of two; bodies and people are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Fact, RoleName

Extract = Callable[[str], Extraction]
DEAL = "Norvik Steel and Halden Engineering signed a contract on Monday. "


def told(extraction: Extraction, fact: Fact, role: RoleName) -> list[str]:
    """The names of the mentions in a role."""
    known = {mention.id: mention.name for mention in extraction.mentions}
    return [known[r.mention] for r in fact.roles if r.name is role and r.mention]


def with_value(extraction: Extraction, words: str) -> Fact:
    """The one fact that has these words as a value."""
    facts = [f for f in extraction.facts if words in {v.text for v in (f.amount, *f.quantities) if v is not None}]
    assert len(facts) == 1, [(fact.type.value, fact.rule) for fact in extraction.facts]
    return facts[0]


STAND_INS = [
    (DEAL + "The two companies will produce 40 tons of cable.", ["Norvik Steel", "Halden Engineering"], "a number"),
    (DEAL + "Both firms will produce 40 tons of cable.", ["Norvik Steel", "Halden Engineering"], "both"),
    (DEAL + "They will produce 40 tons of cable.", ["Norvik Steel", "Halden Engineering"], "they"),
    (DEAL + "The former will produce 40 tons of cable.", ["Norvik Steel"], "the former"),
    (DEAL + "The latter will produce 40 tons of cable.", ["Halden Engineering"], "the latter"),
    (DEAL + "Each of the two companies will produce 40 tons of cable.", ["Norvik Steel", "Halden Engineering"], "each"),
    (DEAL + "The three companies will produce 40 tons of cable.", ["three companies"], "another number"),
    (DEAL + "Two companies will produce 40 tons of cable.", ["Two companies"], "indefinite"),
    (DEAL + "The latter company will produce 40 tons of cable.", ["latter company"], "no pronoun"),
    (
        DEAL + "Rain fell. It snowed. Hail fell. Both firms will produce 40 tons of cable.",
        ["Both firms"],
        "too far back",
    ),
]


@pytest.mark.parametrize(("text", "agents", "why"), STAND_INS, ids=[row[2] for row in STAND_INS])
def test_stand_ins(extract: Extract, text: str, agents: list[str], why: str) -> None:
    found = extract(text)
    assert told(found, with_value(found, "40 tons"), RoleName.AGENT) == agents


def test_the_sentence_that_names_the_parties_is_evidence(extract: Extract) -> None:
    found = extract(DEAL + "Both firms will produce 40 tons of cable.")
    fact = with_value(found, "40 tons")
    assert {found.document.text[span.start : span.end] for span in fact.evidence} == {
        DEAL.strip(),
        "Both firms will produce 40 tons of cable.",
    }


def test_the_number_of_a_set_is_no_quantity(extract: Extract) -> None:
    found = extract(DEAL + "The two companies will produce 40 tons of cable.")
    assert [q.text for fact in found.facts for q in fact.quantities] == ["40 tons"]
