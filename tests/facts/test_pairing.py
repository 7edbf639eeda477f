"""Parallel values with a party or a place each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Fact, RoleName

Extract = Callable[[str], Extraction]


def told(extraction: Extraction, fact: Fact, role: RoleName) -> list[str]:
    """The names of the mentions in a role."""
    known = {mention.id: mention.name for mention in extraction.mentions}
    return [known[r.mention].removeprefix("the ") for r in fact.roles if r.name is role and r.mention]


PAIRS = [
    (
        "Brastone Motors, Kelda Trucks and Orlan Steel produced 4,200, 3,100 and 900 tons respectively.",
        RoleName.AGENT,
        [["Brastone Motors"], ["Kelda Trucks"], ["Orlan Steel"]],
        "respectively",
    ),
    (
        "The fund lent $30 million to farmers and $12 million to fishermen.",
        RoleName.BENEFICIARY,
        [["farmers"], ["fishermen"]],
        "in turn",
    ),
    (
        "Deals were struck for 40 lathes in Harran and 12 presses in Velmar.",
        RoleName.PLACE,
        [["Harran"], ["Velmar"]],
        "in turn, of places",
    ),
    (
        "Exports went to Norway ($4 million), Poland ($3 million) and Chad ($2 million).",
        RoleName.COUNTERPARTY,
        [["Norway"], ["Poland"], ["Chad"]],
        "brackets",
    ),
    (
        "The fund lent $30 million to farmers and fishermen.",
        RoleName.BENEFICIARY,
        [["farmers", "fishermen"]],
        "one value has all",
    ),
]


@pytest.mark.parametrize(("text", "role", "expected", "why"), PAIRS, ids=[row[3] for row in PAIRS])
def test_pairs(extract: Extract, text: str, role: RoleName, expected: list[list[str]], why: str) -> None:
    extraction = extract(text)
    valued = [fact for fact in extraction.facts if fact.amount or fact.quantities]
    valued.sort(key=lambda fact: (fact.amount or fact.quantities[0]).span)
    assert [told(extraction, fact, role) for fact in valued] == expected
