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
        "Velmar Energy announced an investment of £164 million in mills from Isfahan to the border.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Energy"]},
        "from one town to another",
    ),
    (
        "The Ohio-based parts maker will sell the plant to Halden Motors for $38 million.",
        FactType.AGREEMENT,
        {AGENT: ["Halden Motors"], SIDE: ["Ohio-based parts maker"]},
        "a body told by its seat",
    ),
    (
        "Local weavers had spared the country $7 million since spring.",
        FactType.SAVING,
        {AGENT: ["Local weavers"], GETS: ["country"]},
        "who saves money for a country",
    ),
    (
        "The Velmar Energy Ministry's target for the year was 10 gigawatts of capacity.",
        FactType.PRODUCTION,
        {AGENT: ["Velmar Energy Ministry"]},
        "whose target it is",
    ),
    (
        "Shipments from Japan and Korea stood at 2.2 million tons and 2.4 million tons, respectively.",
        FactType.TRADE,
        {AGENT: ["Japan", "Korea"]},
        "shipments from",
    ),
    (
        "Iran and Georgia want to lift their bilateral trade to $1 billion. Last year, two-way trade was $711 million.",
        FactType.TRADE,
        {AGENT: ["Iran", "Iran"], SIDE: ["Georgia", "Georgia"]},
        "trade of two countries with each other",
    ),
    (
        "250,000 meters of drilling was done by the Velmar Mines Organization in six years.",
        FactType.PRODUCTION,
        {AGENT: ["Velmar Mines Organization"]},
        "by whom, without a frame",
    ),
    (
        "The cuts have cost Norvik Steel $135 million.",
        FactType.INVESTMENT,
        {AGENT: ["Norvik Steel"]},
        "whom it cost",
    ),
    (
        "Norvik Textile was left with €3 million.",
        FactType.INVESTMENT,
        {GETS: ["Norvik Textile"]},
        "who is left with money",
    ),
    (
        "Norvik Steel Company forecasts sales of $310 million this year.",
        FactType.TRADE,
        {AGENT: ["Norvik Steel Company"]},
        "a company tells of its own sales",
    ),
    (
        "They will need $6 million, and she hopes for a third of it from Halden Bank.",
        FactType.INVESTMENT,
        {AGENT: ["Halden Bank"], GETS: ["They", "They"]},
        "whom the parts come from",
    ),
    (
        "The debt of Norvik Steel to its suppliers has reached €40 million.",
        FactType.INVESTMENT,
        {AGENT: ["Norvik Steel"], GETS: ["suppliers"]},
        "a debt",
    ),
    (
        "The claims of the contractors from the Velmar Energy Ministry stand at $3 million.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Energy Ministry"], GETS: ["contractors"]},
        "claims",
    ),
    (
        "Parts makers are debtors of Halden Bank in the amount of $14 million.",
        FactType.INVESTMENT,
        {AGENT: ["Parts makers"], GETS: ["Halden Bank"]},
        "debtors",
    ),
    (
        "Norvik Textile needs $35 million in working capital.",
        FactType.INVESTMENT,
        {GETS: ["Norvik Textile"]},
        "who needs money",
    ),
    (
        "The biggest part, 512 million euros, goes to Halden Motors.",
        FactType.INVESTMENT,
        {GETS: ["Halden Motors"]},
        "goes to",
    ),
    (
        "Velmar Bank approved $890 million in credits, of which $300 million went to cable makers.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Bank"], GETS: ["cable makers"]},
        "a part went to",
    ),
    (
        "Norvik Steel has set aside 12 percent of its purchases for small suppliers.",
        FactType.INVESTMENT,
        {AGENT: ["Norvik Steel"], GETS: ["small suppliers"]},
        "earmarked of something for",
    ),
    (
        "$19 million was paid from the resources of the Velmar Seed Fund.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Seed Fund"]},
        "from the resources of",
    ),
    (
        "Private firms got $1.4 billion in Velmar Fund loans.",
        FactType.INVESTMENT,
        {AGENT: ["Velmar Fund"], GETS: ["Private firms"]},
        "whose loans",
    ),
    (
        "Norvik Steel will pay 7 trillion rials and Velmar Bank 5 trillion rials.",
        FactType.INVESTMENT,
        {AGENT: ["Norvik Steel", "Velmar Bank"]},
        "the verb is not repeated",
    ),
    (
        "The chamber brokered a €9 million accord under which Norvik Group is to buy pumps from Halden Motors.",
        FactType.AGREEMENT,
        {AGENT: ["Norvik Group"], SIDE: ["Halden Motors"]},
        "a deal under which",
    ),
    (
        "Exports of dates reached $300 million. Japan, with 40 tons worth $120 million, was the main destination, "
        "followed by Spain ($50 million) and Georgia ($30 million).",
        FactType.TRADE,
        {SIDE: ["Japan", "Spain", "Georgia"]},
        "buyers beside their sums",
    ),
    (
        "Exports of Norvik Steel earned $140 million. Egypt took $80 million of this, Jordan $30 million.",
        FactType.TRADE,
        {AGENT: ["Norvik Steel", "Norvik Steel", "Norvik Steel"], SIDE: ["Egypt", "Jordan"]},
        "buyers take parts",
    ),
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
        FactType.AGREEMENT,
        {AGENT: ["Halden Motors"]},
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
