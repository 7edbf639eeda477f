"""Facts of single constructions of news: what type, and who plays which part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Fact, FactType, RoleName

Extract = Callable[[str], Extraction]
Parts = dict[RoleName, list[str]]

AGENT, COUNTERPARTY, SPEAKER = RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.STATED_BY

CASES: list[tuple[str, FactType, Parts, str]] = [
    (
        "OSLO- Norway sold 3 million tons of steel to Sweden.",
        FactType.TRADE,
        {AGENT: ["Norway"], COUNTERPARTY: ["Sweden"]},
        "a dateline's dash touches its place",
    ),
    (
        "Velmar Motors won an order for 40 buses worth €12 million.",
        FactType.AGREEMENT,
        {AGENT: [], COUNTERPARTY: ["Velmar Motors"]},
        "who wins an order sells",
    ),
    (
        "The tender for 40 buses was won by Velmar Motors.",
        FactType.AGREEMENT,
        {AGENT: [], COUNTERPARTY: ["Velmar Motors"]},
        "the same in the passive",
    ),
    (
        "Velmar Motors signed an order for 40 buses with Halden Engineering.",
        FactType.AGREEMENT,
        {AGENT: ["Velmar Motors"], COUNTERPARTY: ["Halden Engineering"]},
        "who signs one buys",
    ),
    (
        "Dana Wren called on Halden Bank to provide $4 million.",
        FactType.DIRECTIVE,
        {AGENT: ["Halden Bank"], SPEAKER: ["Dana Wren"]},
        "who is called on acts",
    ),
    (
        "Velmar Motors lost 400 jobs in May.",
        FactType.CHANGE,
        {AGENT: ["Velmar Motors"]},
        "what is lost falls",
    ),
]


CASES += [
    (
        "Norway's trade with its 15 neighbours reached $3 million.",
        FactType.TRADE,
        {AGENT: ["Norway"], COUNTERPARTY: ["15 neighbours"]},
        "neighbours are a party",
    ),
    (
        "The website of Halden Bank quoted Dana Wren as saying 40 pumps were sold.",
        FactType.TRADE,
        {SPEAKER: ["Dana Wren"]},
        "who is quoted speaks",
    ),
    (
        "Investors are willing to come, and a memorandum for a plant was inked between Velmar Motors and Halden Bank.",
        FactType.AGREEMENT,
        {AGENT: ["Velmar Motors"], COUNTERPARTY: ["Halden Bank"]},
        "a clause joined behind a comma has a subject of its own",
    ),
    (
        "Chad with $3 million and Peru ($2 million) were the top export destinations.",
        FactType.TRADE,
        {AGENT: [], COUNTERPARTY: ["Chad", "Peru"]},
        "who has a sum beside the name buys",
    ),
    (
        "The main export destinations were Chad with $3 million and Peru with $2 million.",
        FactType.TRADE,
        {AGENT: [], COUNTERPARTY: ["Chad", "Peru"]},
        "the same with the names behind",
    ),
    (
        "Norway was the largest supplier of steel to Chad with 40,000 tons.",
        FactType.TRADE,
        {AGENT: ["Norway"], COUNTERPARTY: ["Chad"]},
        "a supplier sells",
    ),
    (
        "Goods worth $4 million were traded via the port.",
        FactType.TRADE,
        {AGENT: []},
        "what is traded is trade",
    ),
    (
        "Data released by Halden Bank show the price index of Norvik increased by 4 percent.",
        FactType.CHANGE,
        {SPEAKER: ["Halden Bank"]},
        "data show what their source says",
    ),
]


def _parts(extraction: Extraction, fact: Fact) -> Parts:
    names = {mention.id: mention.name for mention in extraction.mentions}
    parts: Parts = {}
    for role in fact.roles:
        parts.setdefault(role.name, []).append(names[role.mention] if role.mention else str(role.label))
    return parts


@pytest.mark.parametrize(("text", "kind", "wanted", "why"), CASES, ids=[case[-1] for case in CASES])
def test_parts(extract: Extract, text: str, kind: FactType, wanted: Parts, why: str) -> None:
    extraction = extract(text)
    found = [_parts(extraction, fact) for fact in extraction.facts if fact.type is kind]
    assert found, why  # several where a list gives several
    assert {name: [who for parts in found for who in parts.get(name, [])] for name in wanted} == wanted, why


def test_what_is_added_in_words_is_nothing_added(extract: Extract) -> None:
    said, done = extract("“We have 40 mills,” Dana Wren added."), extract("Velmar Motors added 40 buses a week.")
    assert [fact.rule for fact in said.facts if "add" in fact.rule] == []
    assert [fact.type for fact in done.facts] == [FactType.PRODUCTION]


def test_a_share_before_a_noun_is_no_part_of_the_theme(extract: Extract) -> None:
    extraction = extract("Dana Wren will give a 40 per cent capital subsidy.")
    (fact,) = extraction.facts
    assert _parts(extraction, fact)[RoleName.THEME] == ["capital subsidy"]


def test_what_stands_at_a_cost_is_what_the_fact_is_about(extract: Extract) -> None:
    extraction = extract("Velmar Motors has started work on a 500-MW plant in Oslo at a cost of $4 million.")
    (fact,) = [fact for fact in extraction.facts if fact.amount is not None]
    assert _parts(extraction, fact)[RoleName.THEME] == ["500-MW plant"]


def test_a_multiple_is_no_output(extract: Extract) -> None:
    assert extract("In May Halden Bank received four times the applications of a year ago.").facts == ()


def test_value_added_is_a_noun(extract: Extract) -> None:
    assert [fact for fact in extract("Dues take 46% of the value added.").facts if "add" in fact.rule] == []


def test_who_applies_for_money_would_get_it(extract: Extract) -> None:
    extraction = extract("Velmar Motors has applied for $4 million to make pumps.")
    (fact,) = [fact for fact in extraction.facts if fact.amount is not None]
    assert _parts(extraction, fact)[RoleName.BENEFICIARY] == ["Velmar Motors"]


def test_what_one_turns_to_is_no_fact(extract: Extract) -> None:
    facts = extract("Turning to exports of pumps, Dana Wren said that Velmar Motors sold 40 buses.").facts
    assert [fact.type for fact in facts] == [FactType.TRADE]


def test_what_is_put_at_a_sum_is_no_money_put_in(extract: Extract) -> None:
    (fact,) = extract("Dana Wren put the worth of the investment at $4 million.").facts
    assert (fact.type, fact.rule) == (FactType.INVESTMENT, "investment/investment")


def test_the_date_of_a_dateline_is_not_when_it_happened(extract: Extract) -> None:
    (fact,) = extract("Oslo, Feb. 14, XNA – Velmar Motors sold 40 buses.").facts
    assert fact.time is None
