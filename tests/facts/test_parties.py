"""Who acts, who is on the other side, and who gets what: each row is one construction; all names are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, FactType, RoleName

Extract = Callable[[str], Extraction]
AGENT, SIDE, GETS = RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.BENEFICIARY


def parties(extraction: Extraction, kind: FactType) -> dict[RoleName, list[str]]:
    """The parties of the facts of a type, by role."""
    known = {mention.id: mention.name for mention in extraction.mentions}
    found: dict[RoleName, list[str]] = {}
    for fact in extraction.facts:
        for role in fact.roles:
            if fact.type is kind and role.name in (AGENT, SIDE, GETS) and role.mention is not None:
                found.setdefault(role.name, []).append(known[role.mention])
    return found


ROWS = [
    (
        "A contract was signed between Norvik Steel and Halden Engineering.",
        FactType.AGREEMENT,
        {AGENT: ["Norvik Steel"], SIDE: ["Halden Engineering"]},
        "between",
    ),
    (
        "Norvik Steel and Halden Engineering signed a contract.",
        FactType.AGREEMENT,
        {AGENT: ["Norvik Steel"], SIDE: ["Halden Engineering"]},
        "two who sign",
    ),
    (
        "Norvik Steel and Halden Engineering bought 40 lathes.",
        FactType.AGREEMENT,
        {AGENT: ["Norvik Steel", "Halden Engineering"]},
        "two who buy",
    ),
    (
        "In cooperation with Halden University, Norvik Steel has built a kiln.",
        FactType.COOPERATION,
        {AGENT: ["Norvik Steel"], SIDE: ["Halden University"]},
        "in cooperation with",
    ),
    (
        "The plant was built by Norvik Steel with an investment of $40 million.",
        FactType.INVESTMENT,
        {AGENT: ["Norvik Steel"]},
        "an outlay of whoever builds",
    ),
    (
        "Velmar Bank opened a €200 million line of credit for Norvik Steel.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Bank"], GETS: ["Norvik Steel"]},
        "a line of credit",
    ),
    (
        "Norvik Steel will build a plant for Halden Motors.",
        FactType.ESTABLISHMENT,
        {AGENT: ["Norvik Steel"], GETS: ["Halden Motors"]},
        "what is meant for somebody",
    ),
    (
        "Velmar Bank covered 60 percent of the sum.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Bank"]},
        "a part of a sum",
    ),
    (
        "The insurers owed drug makers $30 million.",
        FactType.INVESTMENT,
        {AGENT: ["The insurers"], GETS: ["drug makers"]},
        "a debt",
    ),
    (
        "Norvik Steel won $30 million for a kiln.",
        FactType.INVESTMENT,
        {GETS: ["Norvik Steel"]},
        "who wins money",
    ),
    (
        "The Velmar Consumers Office ordered two makers on Sunday to refund $3 million to their customers.",
        FactType.DIRECTIVE,
        {AGENT: ["Velmar Consumers Office"], SIDE: ["two makers"], GETS: ["customers"]},
        "an infinitive far from its verb",
    ),
    (
        "Dutch mills enjoy a rebate of $3 million.",
        FactType.INVESTMENT,
        {GETS: ["Dutch mills"]},
        "who has a rebate",
    ),
    (
        "Norvik Textile Company was sold to Halden Motors.",
        FactType.TRADE,
        {SIDE: ["Halden Motors"]},
        "what is sold does not sell",
    ),
    (
        "The Velmar Consumers Office fined Norvik Steel $3 million.",
        FactType.DIRECTIVE,
        {AGENT: ["Velmar Consumers Office"], SIDE: ["Norvik Steel"]},
        "a fine",
    ),
    (
        "Norvik Steel is targeting output of 40 tons.",
        FactType.PRODUCTION,
        {AGENT: ["Norvik Steel"]},
        "the subject of the clause",
    ),
]


@pytest.mark.parametrize(("text", "kind", "expected", "why"), ROWS, ids=[row[3] for row in ROWS])
def test_parties(extract: Extract, text: str, kind: FactType, expected: dict[RoleName, list[str]], why: str) -> None:
    found = {name: [who.removeprefix("The ") for who in whos] for name, whos in parties(extract(text), kind).items()}
    assert found == {name: [who.removeprefix("The ") for who in whos] for name, whos in expected.items()}
