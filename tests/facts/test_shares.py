"""Shares and the values that they are shares of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Fact, FactType, Modality, RoleName

Extract = Callable[[str], Extraction]

LOANS = "The Harvonia Fund lent €90 million to mills. "


def shares(extraction: Extraction) -> dict[str, str]:
    """Text of each share's value -> text of its total's."""
    facts = {fact.id: fact for fact in extraction.facts}
    return {value(fact): value(facts[fact.part_of]) for fact in extraction.facts if fact.part_of is not None}


def value(fact: Fact) -> str:
    """The text of a fact's first value."""
    return fact.amount.text if fact.amount is not None else fact.quantities[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            LOANS + "Of this amount, €40 million went to Kell. The ministry paid €5 million of the sum.",
            {"€40 million": "€90 million", "€5 million": "€90 million"},
            id="a noun means the whole, not its last share",
        ),
        pytest.param(
            "Sales reached $80 million. Kenya bought 42 percent of it.", {"42 percent": "$80 million"}, id="of it"
        ),
        pytest.param(
            LOANS + "The biggest chunk, €40 million, went to Kell.", {"€40 million": "€90 million"}, id="a superlative"
        ),
        pytest.param(
            "Exports reached $320 million. Kenya was the top buyer with $120 million. Next came Chad with $60 million.",
            {"$120 million": "$320 million", "$60 million": "$320 million"},
            id="who comes next",
        ),
        pytest.param(
            "The province signed 284 contracts. Kell topped the list with 97 contracts, followed by Norland with 58.",
            {"97 contracts": "284 contracts", "58": "284 contracts"},
            id="who tops a list",
        ),
        pytest.param(
            "The road cost $90 million. Next came Kell: a mill ($6 million).", {}, id="next in a row of places"
        ),
        pytest.param(
            LOANS + "Kell and Velmar will account for €40 million and €30 million, respectively.",
            {"€40 million": "€90 million", "€30 million": "€90 million"},
            id="what they account for",
        ),
        pytest.param(
            "Projects worth €90 million are under way. They include a road in Kell (€20 million).",
            {"€20 million": "€90 million"},
            id="what they include",
        ),
        pytest.param(
            LOANS + "Kell got €50 million. Velmar was paid €30 million, and Norvik €10 million.",
            {"€50 million": "€90 million", "€30 million": "€90 million", "€10 million": "€90 million"},
            id="a row that adds up over sentences",
        ),
        pytest.param(
            "The buyer fulfilled five of the 16 commitments.", {"five": "16 commitments"}, id="so many of the others"
        ),
        pytest.param(
            "Of the 208 looms planned, 140 are in place.", {"140": "208 looms"}, id="a count that begins the sentence"
        ),
        pytest.param(
            "Imports reached $80 million, $41 million of which were pumps, whereas valves took $23 million.",
            {"$41 million": "$80 million"},
            id="a contrast ends what which is of",
        ),
        pytest.param(
            "The bank lent €90 million to mills. Velmar bought 28 types of the machines.", {}, id="types of goods"
        ),
        pytest.param(
            "Exports stood at $320 million, up from $296 million. Kenya accounted for $120 million of that, followed "
            "by Uganda with $60 million.",
            {"$120 million": "$320 million", "$60 million": "$320 million"},
            id="not of the earlier level, nor of the share before",
        ),
        pytest.param(
            "Velmar cut costs by €30 million, a third of which came from lower bills.",
            {"a third": "€30 million"},
            id="what stands before of which is the share, not the whole",
        ),
        pytest.param(
            "Velmar signed contracts worth $9 million for pumps, the making of which saved $3 million.",
            {},
            id="of which may be of goods",
        ),
        pytest.param(
            "Sales reached €80 million. Exports made up 28 percent of sales.",
            {"28 percent": "€80 million"},
            id="a noun that says what the total is of",
        ),
        pytest.param(
            "Sales reached €80 million. Wages made up 28 percent of costs.", {}, id="a noun that is of something else"
        ),
        pytest.param(
            "The figure comprised $28 million of exports and $31 million of imports, leaving a deficit of $3 million.",
            {},
            id="a deficit and exports make no whole of imports",
        ),
        pytest.param(
            "Sales reached €80 million last year, including €30 million of exports.",
            {"€30 million": "€80 million"},
            id="what is included",
        ),
        pytest.param(
            "The fund gave €24 million of support and drew in another €75 million of investment. Kell will shoulder "
            "the bulk of the aid, €12 million.",
            {"€12 million": "€24 million"},
            id="the total of a like word",
        ),
        pytest.param(
            "Velmar indigenized 240 pumps, of which 140 pumps were for mines.",
            {"140 pumps": "240 pumps"},
            id="a count taken out of a count",
        ),
        pytest.param(
            "Velmar put €12 million into looms. It took €3 million from the budget.", {}, id="where money comes from"
        ),
    ],
)
def test_what_a_share_is_of(extract: Extract, text: str, expected: dict[str, str]) -> None:
    assert shares(extract(text)) == expected


def test_a_share_is_meant_as_its_row_says(extract: Extract) -> None:
    extraction = extract(LOANS + "Of this amount, €40 million will go to Kell and €30 million to Marn.")
    assert [fact.modality for fact in extraction.facts] == [Modality.ACTUAL, Modality.PLANNED, Modality.PLANNED]


def test_a_share_is_of_its_wholes_kind(extract: Extract) -> None:
    extraction = extract("Velmar saved €60 million through the deals, of which €25 million pertained to copper.")
    assert [fact.type for fact in extraction.facts if fact.amount is not None] == [FactType.SAVING, FactType.SAVING]


def test_a_share_has_the_beneficiary_of_its_whole(extract: Extract) -> None:
    extraction = extract("The fund lent €90 million to Norvik Steel, of which €40 million was working capital.")
    [whole, share] = [fact for fact in extraction.facts if fact.amount is not None]
    helped = [[role.mention for role in fact.roles if role.name is RoleName.BENEFICIARY] for fact in (whole, share)]
    assert helped[0] == helped[1] != []


def test_the_parts_of_an_order_are_of_whoever_ordered(extract: Extract) -> None:
    extraction = extract("Norvik Rail bought vans worth €90 million. Of the amount, €40 million was for spare parts.")
    [whole, share] = [fact for fact in extraction.facts if fact.amount is not None]
    agents = [[role.mention for role in fact.roles if role.name is RoleName.AGENT] for fact in (whole, share)]
    assert agents[0] == agents[1] != []
